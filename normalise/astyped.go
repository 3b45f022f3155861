package normalise

import "leds.internal/ledsq/record"

// asTyped says of most values that are in their standard form already that
// Value would leave them and find nothing to report. It costs some nanoseconds
// where Value costs some hundred; what it is not sure of it leaves to Value,
// which alone says what a value is. A test holds the two together.
func (w *recorder) asTyped(t record.Type, set, text string) bool {
	if text == "" {
		return false
	}
	switch t {
	case record.TypeGiven, record.TypeMiddle, record.TypeSurname, record.TypeFullName:
		return plainName(text) && namePlaceholder(text) == ""
	case record.TypeText, record.TypeAddress, record.TypePlace, record.TypeModel:
		return plainASCII(text) && !isUnknown(text)
	case record.TypeDOB:
		return w.plainDay(text) && text != "1970-01-01"
	case record.TypeDate:
		return w.plainDay(text)
	case record.TypePostcode:
		return plainPostcode(text)
	case record.TypePhone:
		return plainPhone(text)
	case record.TypeEmail:
		return plainEmail(text)
	case record.TypePNCID:
		return w.plainPNCID(text)
	case record.TypeCode:
		return w.plainCode(set, text)
	case record.TypeTitle, record.TypeSuffix:
		return w.plainCode(string(t), text)
	case record.TypeRef:
		if set == "" {
			return text[0] > ' ' && text[0] < 0x7f && text[len(text)-1] > ' ' && text[len(text)-1] < 0x7f
		}
		return w.plainCode(set, text)
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
