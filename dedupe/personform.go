package dedupe

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// The forms in which what is known of people is compared.

func givenName(p *record.Person) string { return p.PrimaryName().Given() }

// surname is the surname; or the whole name where nobody could tell its parts: a
// single name, or one in a script that is written without spaces.
func surname(p *record.Person) string {
	n := p.PrimaryName()
	if n.Surname == "" && n.Given() == "" {
		return n.FullName
	}
	return n.Surname
}

// firstName is the first word of a given name, otherNames the rest.
func firstName(b []byte, given string) []byte {
	from := len(b)
	b = normalise.AppendFoldName(b, given)
	if i := bytes.IndexByte(b[from:], ' '); i >= 0 {
		b = b[:from+i]
	}
	return b
}

func otherNames(b []byte, given string) []byte {
	if oneWord(given) {
		return b
	}
	from := len(b)
	b = normalise.AppendFoldName(b, given)
	i := bytes.IndexByte(b[from:], ' ')
	if i < 0 {
		return b[:from]
	}
	return slices.Delete(b, from, from+i+1)
}

// oneWord says of most words that nothing in them parts two.
func oneWord(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// middleNames are all names between the first and the surname.
func middleNames(b []byte, r record.Record) []byte {
	from, n := len(b), record.PersonOf(r).PrimaryName()
	b = otherNames(b, n.Given())
	add := func(name string) {
		end := len(b)
		if end > from {
			b = append(b, ' ')
		}
		if start := len(b); name != "" {
			if b = normalise.AppendFoldName(b, name); len(b) > start {
				return
			}
		}
		b = b[:end]
	}
	for _, g := range n.GivenNames[min(1, len(n.GivenNames)):] {
		add(g)
	}
	add(n.MiddleNames)
	return b
}

// knownDate is a date that says anything, knownSex M or F; else nothing.
func knownDate(b []byte, s string) []byte {
	if record.Date(s).Known() {
		b = append(b, s...)
	}
	return b
}

func knownSex(b []byte, s string) []byte {
	if s == "M" || s == "F" {
		b = append(b, s...)
	}
	return b
}

// wholeLine is number and street as one text.
func wholeLine(a *record.Address) string {
	if a.Premises == "" && a.Street == "" {
		return a.Line
	}
	return a.Premises + " " + a.Line + " " + a.Street
}

// addressLine is number and street with the commonest abbreviations of street
// words written alike.
func addressLine(b []byte, line string) []byte {
	from := len(b)
	b = normalise.AppendFold(b, line)
	for at := from; ; at++ {
		end := bytes.IndexByte(b[at:], ' ')
		if end += at; end < at {
			end = len(b)
		}
		if at > from {
			if short, ok := streetWords[string(b[at:end])]; ok {
				b = slices.Replace(b, at, end, short...)
				end = at + len(short)
			}
		}
		if at = end; at == len(b) {
			return b
		}
	}
}

var streetWords = map[string][]byte{
	"STREET": []byte("ST"), "ROAD": []byte("RD"), "AVENUE": []byte("AVE"), "LANE": []byte("LN"), "DRIVE": []byte("DR"), "CLOSE": []byte("CL"),
	"COURT": []byte("CT"), "CRESCENT": []byte("CRES"), "PLACE": []byte("PL"), "SQUARE": []byte("SQ"), "TERRACE": []byte("TCE"), "GARDENS": []byte("GDNS"),
	"GROVE": []byte("GR"), "CIRCUIT": []byte("CCT"), "APARTMENT": []byte("FLAT"), "APT": []byte("FLAT"),
}

// lower writes contacts in small letters.
func lower(b []byte, s string) []byte {
	from := len(b)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return append(b[:from], strings.ToLower(s)...)
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

// code is a number or mark without the spaces in it.
func code(b []byte, s string) []byte {
	from := len(b)
	b = normalise.AppendFold(b, s)
	return b[:from+len(slices.DeleteFunc(b[from:], func(c byte) bool { return c == ' ' }))]
}
