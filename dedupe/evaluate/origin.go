package evaluate

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

//go:embed origin.csv
var originTable string

// noOrigin is the group of names that no sign speaks for: most British and
// Caribbean names, and whatever the table does not know.
const noOrigin = "no sign"

// originRule is a row of the table: words that speak for a tradition of names.
type originRule struct {
	group, part string
	words       []string
}

// originRules are the rows, the surest parts first: whole words, then ends and
// starts.
var originRules = sync.OnceValue(func() []originRule {
	rows, err := csv.NewReader(strings.NewReader(originTable)).ReadAll()
	if err != nil {
		panic("evaluate: the table of name origins: " + err.Error()) // it is part of the program
	}
	var out []originRule
	for _, part := range []string{"middle", "surname", "given", "surname-start", "surname-end", "given-end"} {
		for _, r := range rows[1:] {
			if r[1] == part {
				out = append(out, originRule{r[0], r[1], strings.Fields(r[2])})
			}
		}
	}
	return out
})

// Origin guesses from what tradition a name comes, by the words and endings of a
// table of some three hundred, or "no sign". It is a proxy for comparing errors
// between groups of many records: it says nothing of a person, is blind to who
// took a partner's or an English name, and never enters a score.
func Origin(n record.Name) string {
	given, surname := n.Given(), n.Surname
	if surname == "" && n.FullName != "" {
		words := strings.Fields(n.FullName)
		given, surname = words[0], words[len(words)-1]
	}
	surname = normalise.FoldName(surname)
	given, middle := normalise.FoldName(given), normalise.FoldName(n.MiddleNames)
	last := surname[strings.LastIndexByte(surname, ' ')+1:]
	first, _, _ := strings.Cut(surname, " ")
	first, _, _ = strings.Cut(first, "-")
	whole := strings.ReplaceAll(surname, " ", "")
	for _, r := range originRules() {
		for _, w := range r.words {
			if speaks(r.part, w, given, middle, surname, first, last, whole) {
				return r.group
			}
		}
	}
	return noOrigin
}

// speaks says whether a word of the table speaks for a name. Starts of up to
// three letters that are words of their own (AL, BEN, DA) must stand alone, and
// what is left of a name beside a start or an end must be a name too.
func speaks(part, w, given, middle, surname, first, last, whole string) bool {
	const rest = 3
	switch part {
	case "middle":
		return hasWord(middle, w)
	case "given":
		return given == w || strings.HasPrefix(given, w+" ")
	case "given-end":
		return strings.HasSuffix(given, w) && len(given) >= len(w)+2
	case "surname":
		return last == w || first == w || whole == w
	case "surname-end":
		return strings.HasSuffix(last, w) && len(last) >= len(w)+rest
	}
	if first == w {
		return surname != w
	}
	switch w { // particles stand alone; these are written in one word with the name
	case "AL", "EL", "ABD", "BIN", "BEN", "IBN", "ABU", "DA", "DOS", "DE":
		return false
	}
	return strings.HasPrefix(whole, w) && len(whole) >= len(w)+rest
}

func hasWord(text, w string) bool {
	for f := range strings.FieldsSeq(text) {
		if f == w {
			return true
		}
	}
	return false
}
