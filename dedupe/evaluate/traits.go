package evaluate

import (
	"fmt"
	"slices"
	"sync"
	"unicode"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// Trait is a way to sort records into groups that every record of its kind has.
type Trait struct {
	Name    string
	About   string
	persons bool // of persons and missing persons only
	raw     bool // read before the record is normalised
	of      func(r record.Record, on record.Day) string
}

// Traits lists the built-in traits, in the order of reports.
func Traits() []Trait {
	return []Trait{
		{"name origin", "tradition of names, guessed from words and endings of a small table; a proxy that says nothing of a person and never enters a score", true, false,
			func(r record.Record, _ record.Day) string { return Origin(record.PersonOf(r).PrimaryName()) }},
		{"script", "letters in which the name was typed", true, true,
			func(r record.Record, _ record.Day) string { return script(record.PersonOf(r).PrimaryName()) }},
		{"sex", "as recorded", true, false,
			func(r record.Record, _ record.Day) string { return orUnknown(record.PersonOf(r).Sex.Value) }},
		{"age", "in whole years on the day of judgement, by the date of birth recorded", true, false, ageBand},
		{"completeness", "how many of the facts that matching lives on are filled in", false, false, completeness},
	}
}

// nameFrequency is the trait that needs all the records.
var nameFrequency = Trait{Name: "name frequency", persons: true,
	About: "surname among those that a third of the records bear (common), the next third, or the last (rare), counted in the file itself"}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

// script names the letters of a name.
func script(n record.Name) string {
	found := ""
	note := func(s string) {
		switch {
		case found == "", found == s, found == "Latin" && s == "Latin with accents":
			found = s
		case found == "Latin with accents" && s == "Latin":
		default:
			found = "mixed"
		}
	}
	for _, text := range append([]string{n.MiddleNames, n.Surname, n.FullName}, n.GivenNames...) {
		for _, r := range text {
			switch {
			case !unicode.IsLetter(r) && !unicode.IsMark(r):
			case r < unicode.MaxASCII:
				note("Latin")
			case unicode.Is(unicode.Latin, r), unicode.Is(unicode.Inherited, r):
				note("Latin with accents")
			case unicode.Is(unicode.Cyrillic, r):
				note("Cyrillic")
			case unicode.Is(unicode.Greek, r):
				note("Greek")
			case unicode.Is(unicode.Arabic, r):
				note("Arabic")
			case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
				note("East Asian")
			default:
				note("other")
			}
		}
	}
	if found == "" {
		return "no name"
	}
	return found
}

// ageBand puts an age into a band. A date of birth that allows of two is not known.
func ageBand(r record.Record, on record.Day) string {
	least, most, ok := record.PersonOf(r).DateOfBirth.AgeOn(on)
	if !ok {
		return "unknown"
	}
	band := func(age int) string {
		from := 0
		for _, to := range []int{10, 18, 25, 35, 50, 65, 80} {
			if age < to {
				return fmt.Sprintf("%02d to %d", from, to-1)
			}
			from = to
		}
		return "80 and over"
	}
	switch {
	case least < 0:
		return "unknown"
	case band(least) != band(most):
		return "not known to the band"
	}
	return band(least)
}

// facts are what matching lives on, by kind: each is one of several fields.
var facts = map[record.Kind][][]string{
	record.KindPerson: {{"givenName", "fullName"}, {"surname", "fullName"}, {"dateOfBirth"}, {"sex"}, {"postcode", "addressLine", "street"},
		{"phone", "mobile", "homePhone", "workPhone", "email"}, {"pncId", "cro", "nino", "nhsNumber", "driverNumber", "passport", "prisonNumber"}},
	record.KindVehicle: {{"vrm"}, {"vin", "chassisNumber"}, {"make"}, {"model"}, {"colour"}, {"engineNumber"}, {"firstRegistered", "yearOfManufacture"}},
	record.KindMissing: {{"givenName", "fullName"}, {"surname", "fullName"}, {"dateOfBirth"}, {"sex"}, {"missingSince"}, {"lastSeenPlace"},
		{"postcode", "addressLine", "phone", "email", "pncId"}},
}

// factColumns are the columns of facts.
var factColumns = sync.OnceValue(func() map[record.Kind][][]record.Column {
	out := map[record.Kind][][]record.Column{}
	for k, list := range facts {
		for _, names := range list {
			var cols []record.Column
			for _, name := range names {
				if c, ok := record.FindColumn(k, name); ok {
					cols = append(cols, c)
				}
			}
			out[k] = append(out[k], cols)
		}
	}
	return out
})

func completeness(r record.Record, _ record.Day) string {
	list := factColumns()[r.Kind()]
	n := 0
	for _, cols := range list {
		if slices.ContainsFunc(cols, func(c record.Column) bool { return c.Get(r) != "" }) {
			n++
		}
	}
	switch {
	case n <= 3:
		return fmt.Sprintf("0 to 3 of %d", len(list))
	case n <= 5:
		return fmt.Sprintf("4 or 5 of %d", len(list))
	}
	return fmt.Sprintf("6 or 7 of %d", len(list))
}

// surname gives the surname to count, folded.
func surname(r record.Record) string {
	p := record.PersonOf(r)
	if p == nil {
		return ""
	}
	n := p.PrimaryName()
	if n.Surname == "" {
		return normalise.FoldName(n.FullName)
	}
	return normalise.FoldName(n.Surname)
}
