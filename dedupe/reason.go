package dedupe

import (
	"slices"
	"strconv"
)

// reason puts the evidence into one sentence, in the order of the comparisons,
// each part as say says it. That two may be rivals is said where a person has to
// decide.
func reason(evidence []Evidence, d Decision, say func(b []byte, e *Evidence) []byte) string {
	b := make([]byte, 0, 256)
	for i := range evidence {
		e := &evidence[i]
		if e.Comparison == namesPart || e.Comparison == rivalPart && d != Review {
			continue
		}
		if len(b) > 0 {
			b = append(b, "; "...)
		}
		b = say(b, e)
	}
	return string(b)
}

func appendLevel(b []byte, e *Evidence) []byte { return append(b, e.Level...) }

// fewOthers is up to how many others are told as few: below it one more or less
// would matter, and a number would tell more about people than it explains.
const fewOthers = 4

// Said is the level in words, and how common what the two agree on is: "same
// surname (about 12 others here share the whole name)". Of a value other than a
// name it says so only where that is common. It holds no value.
func (e *Evidence) Said() string { return string(appendSaid(nil, e)) }

func appendSaid(b []byte, e *Evidence) []byte {
	b = append(b, e.Level...)
	if e.Shared == "" || e.Shared == SharedValue && e.Others <= fewOthers {
		return b
	}
	switch {
	case e.Others == 0:
		b = append(b, " (nobody else here has "...)
	case e.Others <= fewOthers:
		b = append(b, " (few others here share "...)
	default:
		b = append(appendTwoFigures(append(b, " (about "...), e.Others), " others here share "...)
	}
	if e.Shared == SharedName {
		return append(b, "the whole name)"...)
	}
	return append(b, "it)"...)
}

// appendTwoFigures writes a number rounded to its first two figures.
func appendTwoFigures(b []byte, n int) []byte {
	unit := 1
	for n/unit >= 100 {
		unit *= 10
	}
	from := len(b)
	b = strconv.AppendInt(b, int64((n+unit/2)/unit*unit), 10)
	for i := len(b) - 3; i > from; i -= 3 {
		b = slices.Insert(b, i, ',')
	}
	return b
}
