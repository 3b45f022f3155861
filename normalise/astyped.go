package normalise

import (
	"strings"
	"sync"

	"leds.internal/ledsq/record"
)

// look is how a leaf is looked at before it is read with care.
type look uint8

const (
	lookNone look = iota // at once with care
	lookPast             // not at all: it was read with the names, or stays
	lookName
	lookText
	lookDOB
	lookDate
	lookPostcode
	lookPhone
	lookEmail
	lookPNCID
	lookCode
	lookRef
)

func lookOf(t record.Type, set string) look {
	switch t {
	case record.TypeGiven, record.TypeMiddle, record.TypeSurname, record.TypeFullName:
		return lookName
	case record.TypeText, record.TypeAddress, record.TypePlace, record.TypeModel:
		return lookText
	case record.TypeDOB:
		return lookDOB
	case record.TypeDate:
		return lookDate
	case record.TypePostcode:
		return lookPostcode
	case record.TypePhone:
		return lookPhone
	case record.TypeEmail:
		return lookEmail
	case record.TypePNCID:
		return lookPNCID
	case record.TypeCode, record.TypeTitle, record.TypeSuffix:
		return lookCode
	case record.TypeRef:
		if set == "" {
			return lookRef
		}
		return lookCode
	}
	return lookNone
}

// looks are the looks of the leaves of a kind, by their place.
func looks(k record.Kind) []look {
	switch k {
	case record.KindPerson:
		return personLooks()
	case record.KindVehicle:
		return vehicleLooks()
	}
	return missingLooks()
}

var (
	personLooks  = sync.OnceValue(func() []look { return looksOf(record.KindPerson) })
	vehicleLooks = sync.OnceValue(func() []look { return looksOf(record.KindVehicle) })
	missingLooks = sync.OnceValue(func() []look { return looksOf(record.KindMissing) })
)

func looksOf(k record.Kind) (out []look) {
	for _, f := range record.LeafFields(k) {
		l := lookOf(f.Type, f.CodeSet)
		switch f.Type {
		case record.TypeTitle, record.TypeGiven, record.TypeMiddle, record.TypeSurname, record.TypeSuffix:
			l = lookPast
		case record.TypeFullName:
			if strings.HasSuffix(f.Path, ".fullName") {
				l = lookPast
			}
		case record.TypeRef:
			// Extra columns are carried untouched; the type of a list element says
			// which flat name it has, and stays.
			if strings.HasPrefix(f.Path, "extra[") || strings.HasPrefix(f.Path, "person.extra[") || strings.HasSuffix(f.Path, "[?].type") {
				l = lookPast
			}
		}
		out = append(out, l)
	}
	return out
}

// asTyped says of most values that are in their standard form already that
// Value would leave them and find nothing to report. It costs some nanoseconds
// where Value costs some hundred; what it is not sure of it leaves to Value,
// which alone says what a value is. A test holds the two together.
func (w *recorder) asTyped(l look, set, text string) bool {
	if text == "" {
		return false
	}
	switch l {
	case lookName:
		return plainName(text) && namePlaceholder(text) == ""
	case lookText:
		return plainASCII(text) && !isUnknown(text)
	case lookDOB:
		return w.plainDay(text) && text != "1970-01-01"
	case lookDate:
		return w.plainDay(text)
	case lookPostcode:
		return plainPostcode(text)
	case lookPhone:
		return plainPhone(text)
	case lookEmail:
		return plainEmail(text)
	case lookPNCID:
		return w.plainPNCID(text)
	case lookCode:
		return w.plainCode(set, text)
	case lookRef:
		return text[0] > ' ' && text[0] < 0x7f && text[len(text)-1] > ' ' && text[len(text)-1] < 0x7f
	}
	return false
}

// letterKind tells vowels from consonants as lookAtName does, 0 for what is neither.
var letterKind = func() (k [256]uint8) {
	for c := 'a'; c <= 'z'; c++ {
		k[c] = 1
	}
	for _, c := range "aeiouyw" {
		k[c] = 2
	}
	return k
}()

// plainName is a capital and small letters, or else what lookAtName finds plain.
func plainName(s string) bool {
	prev := s[0] | 0x20
	if !isUpper(s[0]) || len(s) == 1 {
		return plainNames(s)
	}
	run, consonants := 1, int(2-letterKind[prev])
	for i := 1; i < len(s); i++ {
		c := s[i]
		switch letterKind[c] {
		case 0:
			return plainNames(s)
		case 1:
			consonants++
		default:
			consonants = 0
		}
		if run++; c != prev {
			run = 1
		}
		if run == 3 || consonants == 7 {
			return false
		}
		prev = c
	}
	return true
}

func plainNames(s string) bool {
	look := lookAtName(s)
	return look.plain && !look.odd && look.upper && look.lower
}

// plainDay is a day from 1902 to the year before AsOf, in ISO form.
func (w *recorder) plainDay(text string) bool {
	y, _, _, ok := isoDay(text)
	return ok && y > 1901 && y < 2199 && (w.AsOf.IsZero() || y < w.year && y > w.year-120)
}

func plainPostcode(text string) bool {
	n := len(text)
	return n >= 6 && n <= 8 && text[n-4] == ' ' && inwardOK(text[n-3:]) && outwardOK(text[:n-4]) && !pseudoOutward(text[:n-4])
}

// plainPhone is a British number in international form.
func plainPhone(text string) bool {
	return len(text) == 13 && text[:3] == "+44" && text[3] != '0' && allDigits(text[3:]) && britishNumber(text[3:]) != "" && !fillerNumber(text[3:])
}

// plainEmail is an address of small letters, digits and the commonest marks.
func plainEmail(text string) bool {
	at, dot, prev := -1, -1, byte('.')
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z':
		case isDigit(c):
		case c == '_' || c == '+':
			if at >= 0 {
				return false
			}
		case c == '.':
			if prev == '.' || prev == '-' {
				return false
			}
			dot = i
		case c == '-':
			if prev == '.' {
				return false
			}
		case c == '@':
			if at >= 0 || prev == '.' {
				return false
			}
			at, dot, c = i, -1, '.' // a label begins
		default:
			return false
		}
		prev = c
	}
	if at <= 0 || dot < at || len(text)-dot < 3 {
		return false
	}
	for i := dot + 1; i < len(text); i++ {
		if text[i] < 'a' { // the last label is of letters
			return false
		}
	}
	switch text {
	case "none@none.com", "test@test.com", "noemail@noemail.com", "no@email.com":
		return false
	}
	return misspeltDomain(text[at+1:]) == ""
}

// plainPNCID is a PNCID in its standard form, of a year not after AsOf.
func (w *recorder) plainPNCID(text string) bool {
	return len(text) == 13 && text[4] == '/' && allDigits(text[:4]) && allDigits(text[5:12]) && text[5:12] != "0000000" &&
		(text[:2] == "19" || text[:2] == "20") && (w.AsOf.IsZero() || atoi(text[:4]) <= w.year) &&
		checkLetter(text[2:4], text[5:12]) == text[12]
}

// plainCode is a code as its list has it.
func (w *recorder) plainCode(set, text string) bool {
	if w.Codes != nil {
		return false
	}
	if w.list == nil || w.set != set { // a file has the same few lists in every record
		load, ok := codeSets[set]
		if !ok {
			return false
		}
		w.set, w.list = set, load()
	}
	return w.list.lookup[text] == text && !w.list.blank[text]
}
