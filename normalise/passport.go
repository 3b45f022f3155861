package normalise

import "strings"

// Passport reads a United Kingdom passport number: nine digits. It has no
// check digit and belongs to the booklet, so it changes at every renewal and is
// never a key to a person. One letter before or after six digits is the book of
// before 1988, status Legacy. The number of another country's passport is not
// recognised here; a record that names the country keeps it as Foreign.
func Passport(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("passport/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("passport/placeholder")
	}
	s = strip(unlabel(s, "PASSPORT"), " -")
	if d, n, ok := asDigits(s); ok && len(d) == 9 {
		switch {
		case strings.Trim(d, "0") == "":
			return Result{Status: Placeholder, Rule: "passport/placeholder", Reason: "zeros stand for no value"}
		case n > 0:
			return repaired(d, "passport/homoglyph", false)
		case d == "123456789" || sameByte(d):
			return Result{Status: Suspect, Canonical: d, Rule: "passport/filler", Reason: "a run of digits that is typed to fill a field"}
		}
		return valid(text, d, "passport/form")
	}
	if len(s) == 7 && (isUpper(s[0]) && allDigits(s[1:]) || isUpper(s[6]) && allDigits(s[:6])) {
		return Result{Status: Legacy, Canonical: s, Rule: "passport/legacy", Reason: "the form of the old blue book"}
	}
	return invalid("passport/form", "not nine digits")
}

// BRP reads the number of a biometric residence permit: two letters, a third
// letter X or a digit, six digits, ZW9005196. It has no check digit.
func BRP(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("brp/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("brp/placeholder")
	}
	s = strip(unlabel(s, "BRP"), " -")
	const reason = "not two letters, a digit or X, and six digits"
	if len(s) != 9 || !isUpper(s[0]) || !isUpper(s[1]) {
		return invalid("brp/form", reason)
	}
	if s[2] == 'X' {
		d, n, ok := asDigits(s[3:])
		if !ok {
			return invalid("brp/form", reason)
		}
		if n > 0 {
			return repaired(s[:3]+d, "brp/homoglyph", false)
		}
		return valid(text, s, "brp/form")
	}
	d, n, ok := asDigits(s[2:])
	if !ok {
		return invalid("brp/form", reason)
	}
	if n > 0 {
		return repaired(s[:2]+d, "brp/homoglyph", false)
	}
	return valid(text, s, "brp/form")
}
