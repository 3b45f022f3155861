package normalise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// particle says whether an upper-case word is a particle that is written small
// before a surname.
func particle(w string) bool {
	switch w {
	case "VAN", "DER", "DEN", "DE", "TER", "TEN", "VON", "ZU", "DA", "DAS", "DO", "DOS", "DEL", "DELLA", "DU",
		"BIN", "IBN", "BINT", "BINTI", "Y", "AP", "AB", "FERCH", "VERCH":
		return true
	}
	return false
}

// surnamePart says whether an upper-case word before the last belongs to the
// surname when a full name is split.
func surnamePart(w string) bool {
	switch w {
	case "MAC", "MC", "O", "NI", "NIC", "UI", "ST", "SAINT", "DI", "LA", "LE", "LO", "AL", "EL", "ABU", "VAN'T", "T'":
		return true
	}
	return particle(w) && w != "AB"
}

// recase is properCase where writing the name so, once more, leaves it as it is;
// in a few scripts case and Unicode form work against each other.
func recase(s string, family bool) string {
	c := properCase(s, family)
	if lookAtName(c).plain {
		return c
	}
	c = norm.NFC.String(c)
	if again := norm.NFC.String(properCase(c, family)); again != c {
		return s
	}
	return c
}

// properCase writes a name of one case in mixed case. Its result, read again,
// comes out the same.
func properCase(s string, family bool) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		upper := strings.ToUpper(w)
		switch {
		case family && i+1 < len(words) && particle(upper):
			words[i] = strings.ToLower(w)
		case initials(upper) && (!family || i == 0 && len(words) > 1):
			words[i] = upper
		default:
			words[i] = properWord(w)
		}
	}
	return strings.Join(words, " ")
}

// initials knows two letters run together for a forename: TJ.
func initials(w string) bool {
	switch w {
	case "ST", "MC", "NG":
		return false
	}
	return len(w) == 2 && isUpper(w[0]) && isUpper(w[1]) && !strings.ContainsAny(w, "AEIOUY")
}

func properWord(w string) string {
	var b strings.Builder
	b.Grow(len(w))
	start := 0 // of the current part, which begins with a capital
	for i, r := range w {
		switch {
		case i == start:
			b.WriteRune(unicode.ToTitle(r))
		case i == start+2 && isMc(w[start:]):
			b.WriteRune(unicode.ToTitle(r))
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		next := i + utf8.RuneLen(r)
		switch r {
		case '-', '.', '/', '(', '"', '[':
			start = next
		case '\'':
			if i-start <= 1 { // O'Neill and D'Arcy, but not Mary's
				start = next
			}
		}
	}
	return b.String()
}

// isMc knows Mc before at least two letters more.
func isMc(w string) bool {
	return len(w) >= 4 && (w[0] == 'M' || w[0] == 'm') && (w[1] == 'C' || w[1] == 'c') && w[2] != '-' && w[2] != '\'' && w[3] != '-'
}
