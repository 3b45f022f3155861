package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"leds.internal/ledsq/record"
)

func nameRules() []Rule {
	return []Rule{
		{
			ID: "person/name-format", Title: "Not written as a name",
			Why:    "Digits, references and marks in a name field hide the name from every search.",
			Source: "POLE dictionary, section 1.4 (which is stricter than DS_031, and right); any script is allowed", POLE: "DS_031",
			Kinds: people, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn: []string{"givenName", "middleNames", "surname", "alias1.surname"}, Since: version1, Check: nameFormat, asks: ofValues,
			Params: []Param{{"most", Characters, longestName, "longest name"}},
			Pass:   Example{Record: `{"names":[{"givenNames":["Anne-Marie"],"surname":"O'Brien"}]}`},
			Fail:   Example{Record: `{"names":[{"givenNames":["Ann"],"surname":"Fenwick 20261123-0042"}]}`},
		},
		{
			ID: "person/title-in-name", Title: "Title in a name field",
			Why:    "A title typed before the given name becomes the name that is searched for.",
			Source: "POLE dictionary, section 1.4", POLE: "1.4",
			Kinds: people, Principles: throughout, Dimension: Validity, Severity: Warning,
			ActsOn: []string{"givenName"}, Consults: []string{"title"}, Since: version1, Check: titleInName, asks: ofValues,
			Pass: Example{Record: `{"names":[{"title":"Dr","givenNames":["Ann"],"surname":"Fenwick"}]}`},
			Fail: Example{Record: `{"names":[{"givenNames":["Dr Ann"],"surname":"Fenwick"}]}`},
		},
		{
			ID: "person/name-multiple", Title: "Several names in one given name",
			Why:    "One field for each given name lets the first one be compared; Mary Ann may also be one name.",
			Source: "POLE dictionary, section 1.4; a note only, since other systems hold middle names as one text", POLE: "1.4",
			Kinds: people, Principles: atCreate, Dimension: Validity, Severity: Info,
			ActsOn: []string{"givenName"}, Since: version1, Check: nameMultiple, asks: ofValues,
			Pass: Example{Record: `{"names":[{"givenNames":["Ann"],"middleNames":"Mary Jane","surname":"Fenwick"}]}`},
			Fail: Example{Record: `{"names":[{"givenNames":["Ann Mary Jane"],"surname":"Fenwick"}]}`},
		},
		{
			ID: "person/alias-in-name", Title: "Alias in a name field",
			Why:    "A second name inside the first is found by neither.",
			Source: "POLE dictionary, P_007", POLE: "P_007",
			Kinds: people, Principles: throughout, Dimension: Validity, Severity: Warning,
			ActsOn: []string{"givenName", "surname"}, Consults: []string{"alias1.surname"}, Since: version1, Check: aliasInName, asks: ofValues,
			Pass: Example{Record: `{"names":[{"givenNames":["Robert"],"surname":"Fenwick"},{"type":"alias","givenNames":["Bob"]}]}`},
			Fail: Example{Record: `{"names":[{"givenNames":["Robert"],"surname":"Fenwick aka Harker"}]}`},
		},
		{
			ID: "person/name-is-organisation", Title: "An organisation recorded as a person",
			Why:    "A shop or council is not a person; recorded as one it gathers events that are nobody's.",
			Source: "POLE dictionary, section 1.4; the list of words is a judgement", POLE: "1.4",
			Kinds: people, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn: []string{"surname", "givenName", "fullName"}, Since: version1, Check: nameIsOrganisation, asks: ofValues,
			Pass: Example{Record: `{"names":[{"givenNames":["Ann"],"surname":"School"}]}`},
			Fail: Example{Record: `{"names":[{"givenNames":["Example"],"surname":"Trading Ltd"}]}`},
		},
	}
}

// longestName is how many characters national systems take.
const longestName = 35

// nameFault says what is wrong with the form of one name, and how much.
type nameFault uint8

const (
	nameFine nameFault = iota
	nameMarks
	nameLong
	nameDigits
)

// nameShape is the one test of the form of a name, behind the rule and the tag
// person_name: letters of any script, marks, and between them spaces, hyphens,
// apostrophes and the dot of an initial. Spacing is put right by normalising.
func nameShape(s string, most int) nameFault {
	fault := nameFine
	for i := 0; i < len(s); i++ {
		b := s[i]
		switch {
		case b|0x20 >= 'a' && b|0x20 <= 'z', b == ' ', b == '-', b == '\'', b == '.':
		case b >= '0' && b <= '9':
			return nameDigits
		case b < utf8.RuneSelf:
			fault = nameMarks
		default:
			if f := nameRunes(s[i:]); f != nameFine {
				return f
			}
			i = len(s)
		}
	}
	if fault == nameFine && len(s) > most && utf8.RuneCountInString(s) > most {
		return nameLong
	}
	return fault
}

func nameRunes(s string) nameFault {
	fault := nameFine
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), r == ' ', r == '-', r == '\'', r == '.', r == '’', r == '·', r == '・', r == '\u200c', r == '\u200d':
		case unicode.IsDigit(r):
			return nameDigits
		default:
			fault = nameMarks
		}
	}
	return fault
}

// eachName calls visit for every part of every name.
func (c *Ctx) eachName(visit func(i int, leaf, text string)) bool {
	any := false
	for i := range c.person.Names {
		n := &c.person.Names[i]
		for j, g := range n.GivenNames {
			leaf := "givenName"
			if j > 0 {
				leaf = strings.TrimSuffix(item(leaf, j, ""), ".")
			}
			any = true
			visit(i, leaf, g)
		}
		for _, part := range [...]struct{ leaf, text string }{{"middleNames", n.MiddleNames}, {"surname", n.Surname}, {"fullName", n.FullName}} {
			if part.text != "" {
				any = true
				visit(i, part.leaf, part.text)
			}
		}
	}
	return any
}

func nameFormat(c *Ctx) Outcome {
	most := int(c.Param("most"))
	any := c.eachName(func(i int, leaf, text string) {
		limit := most
		if leaf == "fullName" || leaf == "middleNames" { // several names as one text
			limit *= 3
		}
		if leaf == "givenName" && initial(text) {
			c.FailAs(Info, nameLeaf(c.person.Names, i, leaf), "only an initial is given", "Add the name, if it is known.")
		}
		switch nameShape(text, limit) {
		case nameDigits:
			c.Fail(nameLeaf(c.person.Names, i, leaf), "there are digits in the name: a reference, a mark or a telephone number", "Move what is not the name to its own field.")
		case nameLong:
			c.Fail(nameLeaf(c.person.Names, i, leaf), "the name is longer than national systems take", "Move what is not the name to its own field.")
		case nameMarks:
			c.FailAs(Warning, nameLeaf(c.person.Names, i, leaf), "the name holds marks other than space, hyphen and apostrophe", "Keep the name; move remarks to their own field.")
		}
	})
	if !any {
		return NotApplicable
	}
	return c.Done()
}

// initial says that a given name is one letter, as no name in an alphabet is.
func initial(s string) bool {
	s = strings.TrimSuffix(s, ".")
	return len(s) == 1 && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z')
}

var titleWords = [...]string{"MR", "MRS", "MISS", "MS", "MX", "DR", "PROF", "REV", "SIR", "LADY", "LORD", "DAME", "FR", "IMAM", "RABBI", "PC", "SGT"}

func titleInName(c *Ctx) Outcome {
	given := false
	for i := range c.person.Names {
		for _, g := range c.person.Names[i].GivenNames {
			given = true
			if titled(g) {
				c.Fail(nameLeaf(c.person.Names, i, "givenName"), "a title stands in the given name", "Move it to the title.")
			}
		}
	}
	c.ofRule("name/title", func(field string) {
		if !strings.HasSuffix(field, "title") {
			given = true
			c.FailAs(Info, field, "a title stood in the given name; it was moved to its own field", "Correct the source, so that the next one is right.")
		}
	})
	if !given {
		return NotApplicable
	}
	return c.Done()
}

// titled says that a given name begins with a title, or is one.
func titled(given string) bool {
	first, rest, _ := strings.Cut(given, " ")
	first = strings.TrimSuffix(first, ".")
	for _, t := range titleWords {
		if len(first) == len(t) && strings.EqualFold(first, t) && (rest != "" || t == "MR" || t == "MRS" || t == "MISS" || t == "DR") {
			return true
		}
	}
	return false
}

// ofRule calls visit with each field that a step of normalising changed.
func (c *Ctx) ofRule(rule string, visit func(field string)) {
	for i := range c.changes {
		if c.changes[i].Rule == rule && c.changes[i].From != "" {
			visit(c.changes[i].Field)
		}
	}
}

func nameMultiple(c *Ctx) Outcome {
	given := false
	for i := range c.person.Names {
		for j, g := range c.person.Names[i].GivenNames {
			given = true
			if strings.IndexByte(g, ' ') > 0 {
				leaf := "givenName"
				if j > 0 {
					leaf = strings.TrimSuffix(item(leaf, j, ""), ".")
				}
				c.Fail(nameLeaf(c.person.Names, i, leaf), "one given name holds several words", "Give each name a field of its own, unless they are one name.")
			}
		}
	}
	if !given {
		return NotApplicable
	}
	return c.Done()
}

func aliasInName(c *Ctx) Outcome {
	any := c.eachName(func(i int, leaf, text string) {
		if aliasMark(text) {
			c.Fail(nameLeaf(c.person.Names, i, leaf), "a second name, or a mark of one, stands in the name", "Move the second name to an alias or previous name.")
		}
	})
	c.ofRule("name/other-name", func(field string) {
		any = true
		c.FailAs(Info, field, "a second name stood in the field; it was moved to a name of its own", "Correct the source, so that the next one is right.")
	})
	if !any {
		return NotApplicable
	}
	return c.Done()
}

func aliasMark(s string) bool {
	if strings.ContainsAny(s, `"()[]/`) {
		return true
	}
	for word := range strings.FieldsSeq(s) {
		switch len(word) {
		case 3, 4, 5, 6:
			for _, w := range [...]string{"AKA", "A.K.A", "A.K.A.", "NEE", "NÉE"} {
				if strings.EqualFold(word, w) && w != "NEE" {
					return true
				}
			}
		}
	}
	return false
}

func nameIsOrganisation(c *Ctx) Outcome {
	any := false
	for i := range c.person.Names {
		n := &c.person.Names[i]
		any = any || n.Surname != "" || n.FullName != "" || len(n.GivenNames) > 0
		if n.Type != record.PrimaryName && n.Type != "" {
			continue
		}
		switch {
		case organisation(n.Surname, n.Given() != "" && strings.IndexByte(n.Surname, ' ') < 0):
			c.Fail(nameLeaf(c.person.Names, i, "surname"), "the name is that of an organisation", "Record the organisation as such, and the person who acted for it here.")
		case organisation(n.FullName, false):
			c.Fail(nameLeaf(c.person.Names, i, "fullName"), "the name is that of an organisation", "Record the organisation as such, and the person who acted for it here.")
		case organisation(n.Given(), false) && n.Given() != "":
			c.Fail(nameLeaf(c.person.Names, i, "givenName"), "the name is that of an organisation", "Record the organisation as such, and the person who acted for it here.")
		}
	}
	for i := range c.changes {
		if ch := &c.changes[i]; ch.Rule == "name/not-a-name" {
			any = true
			c.FailAs(Warning, ch.Field, "a word that describes somebody, or an office, rather than names them", "Record the name, and the description in its own field.")
		}
	}
	if !any {
		return NotApplicable
	}
	return c.Done()
}

// organisation looks for the words that only organisations bear. weak words are
// surnames too, and count only among others.
func organisation(s string, alone bool) bool {
	alone = alone || strings.IndexByte(s, ' ') <= 0
	for word := range strings.FieldsSeq(s) {
		word = strings.Trim(word, ".,")
		for _, w := range [...]string{"LTD", "LIMITED", "PLC", "LLP", "CONSTABULARY"} {
			if strings.EqualFold(word, w) {
				return true
			}
		}
		if alone {
			continue
		}
		for _, w := range [...]string{"COUNCIL", "SCHOOL", "HOSPITAL", "STORES", "SUPERMARKET", "TESCO", "SAINSBURYS", "ASDA", "COLLEGE", "ACADEMY"} {
			if strings.EqualFold(word, w) {
				return true
			}
		}
	}
	return false
}
