package normalise

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name puts one name, or one part of a name, in order: Unicode and spacing as
// by CleanText, prefixes left by data migrations removed, upper- or lower-case
// names written in mixed case (McDonald, O'Neill, van der Berg; Mac is not
// recased, since Mackie and Macey are no Mac names). A name typed in mixed case
// keeps its case, and every script its letters.
//
// Words that stand for no name are placeholders; those that are also surnames
// (Driver, Constable, Null) are reported and kept. Digits, marks that
// names do not have, three equal letters in a row and long runs without a vowel
// make a name Suspect.
func Name(text string, _ Options) Result { return readName(text, true) }

// readName reads a name; family says that particles such as van may begin it.
func readName(text string, family bool) Result {
	look := lookAtName(text)
	if look.plain && !look.odd && look.upper && look.lower {
		if class := namePlaceholder(text); class == "" {
			return Result{Status: Valid, Canonical: text}
		}
	}
	s := strings.Trim(CleanText(text), " ,;:")
	rule := "name/form"
	for _, prefix := range [...]string{"MIG_ERROR_", "NO_SHOW_", "DUPLICATE_"} {
		for len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
			s, rule = strings.Trim(s[len(prefix):], " ,;:"), "name/migration-prefix"
		}
	}
	if s == "" {
		return placeholder("name/placeholder")
	}
	look = lookAtName(s)
	canonical := s
	if look.upper != look.lower {
		canonical = recase(s, family)
	}
	switch class := namePlaceholder(s); class {
	case "":
	case "blank":
		return placeholder("name/placeholder")
	case "also-name":
		return Result{Status: Placeholder, Canonical: canonical, Rule: "name/placeholder", Reason: "a word that stands for no value, kept because people bear it as a name"}
	default:
		return Result{Status: Suspect, Canonical: canonical, Class: class, Rule: "name/not-a-name", Reason: "a word that describes somebody, or an office, rather than names them"}
	}
	suspect := func(rule, reason string, near ...string) Result {
		return Result{Status: Suspect, Canonical: canonical, Rule: rule, Reason: reason, Suggestions: near}
	}
	switch {
	case damaged(text):
		return suspect("name/encoding", "characters were damaged on the way: the text was read in the wrong character set")
	case look.digit:
		return suspect("name/digit", "a digit in a name", digitAsLetter(s)...)
	case strings.ContainsAny(s, `()[]{}"<>@#+=_*?&;:|\`):
		return suspect("name/mark", "a mark that names do not have")
	case look.repeated:
		return suspect("name/repeated-letter", "the same letter three times in a row")
	case look.noVowel:
		return suspect("name/no-vowel", "a long word without a vowel")
	}
	if canonical == text {
		return Result{Status: Valid, Canonical: text}
	}
	r := valid(text, canonical, rule)
	switch {
	case rule == "name/migration-prefix":
		r.Reason = "a prefix left by a data migration removed"
	case canonical != s:
		r.Rule, r.Reason = "name/case", "written in capitals or small letters throughout; put in mixed case"
	}
	return r
}

// nameLook is what one pass over a name finds.
type nameLook struct {
	plain, upper, lower, digit, repeated, noVowel bool
	odd                                           bool // anything but letters, single spaces, - and '
}

func lookAtName(s string) (l nameLook) {
	l.plain = s != ""
	prev, run, consonants := byte(0), 0, 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		u := c &^ 0x20
		switch {
		case u >= 'A' && u <= 'Z':
			if c == u {
				l.upper = true
			} else {
				l.lower = true
			}
			if u == prev {
				if run++; run == 3 {
					l.repeated, l.odd = true, true
				}
			} else {
				run = 1
			}
			if u == 'A' || u == 'E' || u == 'I' || u == 'O' || u == 'U' || u == 'Y' || u == 'W' {
				consonants = 0
			} else if consonants++; consonants == 7 {
				l.noVowel, l.odd = true, true
			}
			prev = u
			continue
		case c >= utf8.RuneSelf:
			return lookAtRunes(s, l)
		case isDigit(c):
			l.digit, l.odd = true, true
		case c == ' ' && i > 0 && i+1 < len(s) && s[i-1] != ' ':
		case c == '-' && i > 0 && i+1 < len(s), c == '\'' && i > 0:
		default:
			l.odd = true
		}
		prev, run, consonants = 0, 0, 0
	}
	return l
}

func lookAtRunes(s string, l nameLook) nameLook {
	l.plain, l.odd = false, true
	for _, r := range s {
		l.upper = l.upper || unicode.IsUpper(r)
		l.lower = l.lower || unicode.IsLower(r)
		l.digit = l.digit || unicode.IsDigit(r)
	}
	return l
}

// namePlaceholder gives "" for a name, "blank" for a word that stands for none,
// "also-name" for such a word that people bear, or the class of a description.
func namePlaceholder(s string) string {
	words := namePlaceholders()
	if !words.mayHave(s) {
		return "" // nearly every name
	}
	var buf [24]byte
	if len(s) > len(buf) || len(s) == 1 && isUpper(s[0]&^0x20) { // one letter is an initial
		return ""
	}
	b := buf[:len(s)]
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' {
			c -= 32
		}
		b[i] = c
	}
	class, ok := words.class[string(b)]
	if !ok {
		return ""
	}
	switch string(b) {
	case "NULL", "BLANK", "NA", "NAN", "TEST", "TESTER", "TRAINING", "SAMPLE", "EXAMPLE", "DEMO", "ANON", "BABY", "REX":
		return "also-name"
	case "UNIDENTIFIED", "UNKNOWN MALE", "UNKNOWN FEMALE", "UNIDENTIFIED MALE", "UNIDENTIFIED FEMALE", "NFA":
		return "blank"
	}
	switch {
	case string(b) == "MASTER":
		return "title"
	case class == "unknown", class == "filler", class == "test", strings.HasPrefix(class, "title"):
		return "blank"
	case strings.HasPrefix(class, "infant"):
		return "infant"
	case strings.HasPrefix(class, "role"):
		return "role"
	case strings.HasPrefix(class, "organisation"):
		return "organisation"
	}
	return class
}

// digitAsLetter suggests the letter for a single 0 or 1 inside a name: J0HN.
func digitAsLetter(s string) []string {
	found := ""
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		letter := ""
		switch s[i] {
		case '0':
			letter = "o"
		case '1':
			letter = "i"
		case '5':
			letter = "s"
		}
		if found != "" || letter == "" || len(s) < 3 || len(s) > 40 {
			return nil
		}
		found = properCase(strings.ToLower(s[:i]+letter+s[i+1:]), true)
	}
	return []string{found}
}
