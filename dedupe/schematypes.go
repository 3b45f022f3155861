package dedupe

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"leds.internal/ledsq/dedupe/internal/similarity"
	"leds.internal/ledsq/internal/edit"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// schemaType is a way to compare a column: how its values are written alike, which
// levels there are, and what blocking keys can be made of it.
type schemaType struct {
	name      string
	canonical func(text string, o normalise.Options) string
	criteria  []string      // of levels
	levels    []SchemaLevel // where a schema gives none
	chance    float64
	parts     []schemaPart // the whole value first
	numbers   bool         // digits must agree before words are compared
}

// schemaPart is what a blocking key can take of a value.
type schemaPart struct {
	name   string // "" for the whole
	coarse bool
	derive func(text string) string
}

func whole(rest ...schemaPart) []schemaPart { return append([]schemaPart{{"", false, value}}, rest...) }

var schemaTypes = []schemaType{
	{name: "exact", canonical: folded, chance: 0.1, parts: whole()},
	{name: "text", canonical: folded, criteria: []string{"edits", "similarity", "sound", "part"}, chance: 0.01,
		levels: []SchemaLevel{{Edits: 1}, {Similarity: 0.92}, {Similarity: 0.84}},
		parts:  whole(schemaPart{"sound", true, sound}, schemaPart{"start", true, start(3)})},
	{name: "name", canonical: func(s string, _ normalise.Options) string { return normalise.FoldName(s) }, chance: 0.005,
		criteria: []string{"edits", "similarity", "sound", "part", "nickname"},
		levels:   []SchemaLevel{{Edits: 1}, {Is: "nickname"}, {Is: "part"}, {Similarity: 0.92}, {Is: "sound"}},
		parts:    whole(schemaPart{"sound", true, sound}, schemaPart{"start", true, start(3)})},
	{name: "code", canonical: func(s string, o normalise.Options) string { return letters(folded(s, o)) }, chance: 1e-6,
		criteria: []string{"edits", "similarity", "part"}, levels: []SchemaLevel{{Edits: 1}},
		parts: whole(schemaPart{"start", true, start(4)}, schemaPart{"end", true, end(4)})},
	{name: "number", canonical: func(s string, _ normalise.Options) string { return readNumber(s) }, chance: 0.01,
		criteria: []string{"within", "percent"}, levels: []SchemaLevel{{Percent: 1}, {Percent: 10}}, parts: whole()},
	{name: "date", canonical: dated, chance: 0.001, criteria: []string{"days", "overlap", "exchanged"},
		levels: []SchemaLevel{{Is: "overlap"}, {Is: "exchanged"}, {Days: 1}, {Days: 7}, {Days: 31}},
		parts:  whole(schemaPart{"month", true, dateCut(7)}, schemaPart{"year", true, dateCut(4)})},
	{name: "words", canonical: folded, criteria: []string{"words", "edits", "similarity"}, chance: 0.001,
		levels: []SchemaLevel{{Words: 0.85}, {Words: 0.5}}, parts: whole(schemaPart{"start", true, start(8)})},
	{name: "address", canonical: func(s string, _ normalise.Options) string { return string(addressLine(nil, s)) }, chance: 0.0001, numbers: true,
		criteria: []string{"words", "edits", "similarity"}, levels: []SchemaLevel{{Words: 0.85}, {Words: 0.65}}, parts: whole(schemaPart{"start", true, start(8)})},
	{name: "postcode", canonical: func(s string, _ normalise.Options) string { return normalise.Fold(normalise.Postcode(s).Canonical) }, chance: 0.0001,
		criteria: []string{"edits", "district"}, levels: []SchemaLevel{{Edits: 1}, {Is: "district"}}, parts: whole(schemaPart{"district", true, district})},
}

// ComparisonTypes gives the types of comparisons that a schema may use.
func ComparisonTypes() []string {
	var out []string
	for i := range schemaTypes {
		out = append(out, schemaTypes[i].name)
	}
	return out
}

func comparisonType(name string) *schemaType {
	for i := range schemaTypes {
		if schemaTypes[i].name == name {
			return &schemaTypes[i]
		}
	}
	return nil
}

func folded(s string, _ normalise.Options) string { return normalise.Fold(s) }

// letters leaves letters and digits: AB-12/3 and AB123 are one code.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 0x80 {
			return r
		}
		return -1
	}, s)
}

// readNumber writes numbers alike: 1,250.00 and £1250 are one. Anything else is no
// value.
func readNumber(s string) string {
	s = strings.NewReplacer(",", "", " ", "", "\u00a0", "", "£", "", "€", "", "$", "").Replace(s)
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return ""
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// dated writes a date as in ISO 8601; what can't be read is no value.
func dated(s string, o normalise.Options) string {
	if d := record.Date(normalise.Date(s, o).Canonical); d.Known() {
		return string(d)
	}
	return ""
}

// holds says whether two values that are not the same agree by a criterion.
func (l *SchemaLevel) holds(x, y form, numbers bool) bool {
	short := func(least int) bool { return min(len(x.plain()), len(y.plain())) < least }
	switch {
	case l.Edits > 0:
		return !short(4*l.Edits) && x.plainBrief().mayBeWithin(y.plainBrief(), l.Edits) && similarity.Distance(x.plain(), y.plain(), l.Edits) <= l.Edits
	case l.Similarity > 0:
		return !short(3) && x.plainBrief().mayBeLike(y.plainBrief(), l.Similarity) && jaroWinkler(x.plain(), y.plain()) >= l.Similarity
	case l.Words > 0:
		return (!numbers || sameDigits(x.text(), y.text())) && sharedWords(x, y) >= l.Words
	case l.Within > 0 || l.Percent > 0:
		a, _ := strconv.ParseFloat(x.text(), 64)
		b, _ := strconv.ParseFloat(y.text(), 64)
		return math.Abs(a-b) <= l.Within+l.Percent/100*max(math.Abs(a), math.Abs(b))
	case l.Days > 0:
		d, e := x.day(), y.day()
		return int(d.from-e.to) <= l.Days && int(e.from-d.to) <= l.Days
	}
	switch l.Is {
	case "sound":
		return x.sound() == y.sound() && x.sound() != [4]byte{}
	case "part":
		return partOf(x.text(), y.text()) || partOf(y.text(), x.text())
	case "nickname":
		return linked(x, y)
	case "exchanged":
		d, e := x.day(), y.day()
		return d.exact && e.exact && d.year == e.year && d.month == e.day && d.day == e.month
	case "overlap":
		return record.Date(x.text()).Overlaps(record.Date(y.text()))
	case "district":
		p := district(x.text())
		return p != "" && p == district(y.text())
	}
	return false
}

// sharedWords is the share of two texts' letters that lie in words both have, but
// for a letter.
func sharedWords(x, y form) float64 {
	a, b := x.line(), y.line()
	if x.text() > y.text() { // words find their partners in the order of the lesser text
		a, b = b, a
	}
	hit, _ := pairWords(x.c.lexicon, a.words, b.words)
	return float64(hit) / float64(max(a.size+b.size, 1))
}

// say puts a level of a comparison into words.
func (l *SchemaLevel) say(name string) string {
	switch {
	case l.Name != "":
		return l.Name
	case l.Edits == 1:
		return name + " one character apart"
	case l.Edits > 1:
		return fmt.Sprintf("%s %d characters apart", name, l.Edits)
	case l.Similarity > 0:
		return fmt.Sprintf("%s alike (%g)", name, l.Similarity)
	case l.Words > 0:
		return fmt.Sprintf("%s shares words (%g)", name, l.Words)
	case l.Within > 0:
		return fmt.Sprintf("%s within %g", name, l.Within)
	case l.Percent > 0:
		return fmt.Sprintf("%s within %g%%", name, l.Percent)
	case l.Days == 1:
		return name + " the day before or after"
	case l.Days > 1:
		return fmt.Sprintf("%s within %d days", name, l.Days)
	}
	return name + map[string]string{"sound": " sounds alike", "part": " of one is part of the other", "nickname": " is another form", "exchanged": ": day and month exchanged",
		"overlap": " may agree", "district": ": same district"}[l.Is]
}

// meant suggests which word was meant.
func meant(given string, known []string) string {
	best, least := "", 1+max(len(given)/3, 2)
	for _, k := range known {
		if n := edit.Distance(strings.ToLower(given), strings.ToLower(k)); n < least {
			best, least = k, n
		}
	}
	if best != "" {
		return ": did you mean " + best + "?"
	}
	if len(known) == 0 {
		return ": it has none"
	}
	return ": use one of " + strings.Join(known, ", ")
}
