package normalise

import "strings"

// Number reads a whole number: commas between thousands, a plus sign, leading
// zeros, ".0" and a unit after it (cm, cc, yrs …) are dropped. Anything else,
// ranges and fractions too, is Unknown and kept.
func Number(text string) Result {
	if allDigits(text) && len(text) < 16 && (text[0] != '0' || len(text) == 1) {
		return Result{Status: Valid, Canonical: text}
	}
	s := tidy(text)
	if s == "" {
		return invalid("number/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("number/placeholder")
	}
	body := s
	if i := strings.IndexFunc(body, func(r rune) bool { return r >= 'A' && r <= 'Z' }); i > 0 {
		switch strings.TrimSuffix(strings.TrimSpace(body[i:]), ".") {
		case "CM", "CMS", "CC", "CCM", "YR", "YRS", "YEAR", "YEARS", "Y/O", "YO", "YEARS OLD", "DOORS", "DR":
			body = strings.TrimSpace(body[:i])
		}
	}
	sign := ""
	if body != "" && (body[0] == '+' || body[0] == '-') {
		sign, body = strings.Trim(body[:1], "+"), body[1:]
	}
	if dot := strings.IndexByte(body, '.'); dot > 0 && strings.Trim(body[dot+1:], "0") == "" {
		body = body[:dot]
	}
	if strings.Contains(body, ",") {
		groups := strings.Split(body, ",")
		for i, g := range groups {
			if i > 0 && len(g) != 3 || i == 0 && (len(g) == 0 || len(g) > 3) {
				return Result{Status: Unknown, Rule: "number/form", Reason: "not a whole number"}
			}
		}
		body = strings.Join(groups, "")
	}
	if !allDigits(body) || len(body) > 15 {
		return Result{Status: Unknown, Rule: "number/form", Reason: "not a whole number"}
	}
	if body = strings.TrimLeft(body, "0"); body == "" {
		body, sign = "0", ""
	}
	return valid(text, sign+body, "number/form")
}

// Tri reads the answer to a yes-or-no question: yes, no or unknown.
func Tri(text string) Result {
	switch text {
	case "yes", "no", "unknown":
		return Result{Status: Valid, Canonical: text}
	}
	canonical := ""
	switch strings.TrimSuffix(tidy(text), ".") {
	case "":
		return invalid("tri/empty", reasonEmpty)
	case "YES", "Y", "TRUE", "T", "1":
		canonical = "yes"
	case "NO", "N", "FALSE", "F", "0":
		canonical = "no"
	case "UNKNOWN", "UNK", "U", "NK", "N/K", "NOT KNOWN", "DON'T KNOW", "DONT KNOW", "NOT SURE", "NOT STATED", "NOT RECORDED":
		canonical = "unknown"
	default:
		return Result{Status: Unknown, Rule: "tri/unknown", Reason: "neither yes, no nor unknown"}
	}
	return valid(text, canonical, "tri/form")
}

// Text puts a line of words in order: see CleanText. A field that holds nothing
// but a word for "not known" is a placeholder. U+FFFD and the marks of a wrong
// character set are Suspect and left.
func Text(text string) Result {
	s := CleanText(text)
	if s == "" || isUnknown(s) {
		return placeholder("text/placeholder")
	}
	if damaged(text) {
		return Result{Status: Suspect, Canonical: s, Rule: "text/encoding", Reason: "characters were damaged on the way: the text was read in the wrong character set"}
	}
	if s == text {
		return Result{Status: Valid, Canonical: s}
	}
	return valid(text, s, "text/form")
}

// Narrative is Text for words on many lines: only line ends, characters that
// show nothing and white space at the ends are changed.
func Narrative(text string) Result {
	s := cleanLines(text)
	if s == "" {
		return placeholder("text/placeholder")
	}
	if damaged(text) {
		return Result{Status: Suspect, Canonical: s, Rule: "text/encoding", Reason: "characters were damaged on the way: the text was read in the wrong character set"}
	}
	if s == text {
		return Result{Status: Valid, Canonical: s}
	}
	return valid(text, s, "text/form")
}

// ref trims a reference of some system and leaves it otherwise as it is.
func ref(text string) Result {
	s := strings.TrimSpace(text)
	if s == text && s != "" {
		return Result{Status: Valid, Canonical: s}
	}
	if s == "" {
		return placeholder("ref/empty")
	}
	return valid(text, s, "ref/form")
}

// damaged knows the traces of UTF-8 read as Windows-1252, and the character
// that stands for one that could not be read.
func damaged(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return strings.Contains(s, "\uFFFD") || strings.Contains(s, "â€") || mojibake(s)
		}
	}
	return false
}

// mojibake looks for Ã or Â before a character that is no letter of a word:
// what the second byte of a two-byte character becomes.
func mojibake(s string) bool {
	prev := rune(0)
	for _, r := range s {
		if (prev == 'Ã' || prev == 'Â') && (r >= 0x80 && r <= 0xBF || strings.ContainsRune("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ", r)) {
			return true
		}
		prev = r
	}
	return false
}
