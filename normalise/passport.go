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

// MRZ tests the check digits of a machine-readable zone: a passport's two lines
// of 44 characters (TD3) or a card's three of 30 (TD1), parted by a line end or
// a vertical bar. Class is TD3 or TD1 for a valid one; for an invalid one it
// shows each check in order as 1 (agrees) or 0: number, birth, expiry, optional
// data (TD3 only), composite. Source: ICAO Doc 9303.
func MRZ(text string, _ Options) Result {
	s := strings.ToUpper(strings.TrimSpace(text))
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == '\n' || r == '\r' || r == ' ' })
	canonical := strings.Join(lines, "|")
	class := ""
	var checks []bool
	test := func(field string, check byte) { checks = append(checks, mrzAgrees(field, check)) }
	switch {
	case len(lines) == 2 && len(lines[0]) == 44 && len(lines[1]) == 44:
		class = "TD3"
		l := lines[1]
		test(l[:9], l[9])
		test(l[13:19], l[19])
		test(l[21:27], l[27])
		test(l[28:42], l[42])
		test(l[:10]+l[13:20]+l[21:43], l[43])
	case len(lines) == 3 && len(lines[0]) == 30 && len(lines[1]) == 30 && len(lines[2]) == 30:
		class = "TD1"
		a, b := lines[0], lines[1]
		test(a[5:14], a[14])
		test(b[:6], b[6])
		test(b[8:14], b[14])
		test(a[5:30]+b[:7]+b[8:15]+b[18:29], b[29])
	default:
		return invalid("mrz/form", "not two lines of 44 characters nor three of 30")
	}
	bits, ok := "", true
	for _, c := range checks {
		if c {
			bits += "1"
		} else {
			bits, ok = bits+"0", false
		}
	}
	if !ok {
		return Result{Status: Invalid, Class: bits, Rule: "mrz/check-digit", Reason: "a check digit does not agree"}
	}
	r := valid(text, canonical, "mrz/form")
	r.Class = class
	return r
}

// mrzAgrees tests one field: weights 7, 3, 1 repeating, modulo 10.
func mrzAgrees(field string, check byte) bool {
	weights := [3]int{7, 3, 1}
	sum := 0
	for i := 0; i < len(field); i++ {
		v := 0
		switch c := field[i]; {
		case isDigit(c):
			v = int(c - '0')
		case isUpper(c):
			v = int(c-'A') + 10
		case c != '<':
			return false
		}
		sum += v * weights[i%3]
	}
	if check == '<' { // an empty optional field may have a filler for its check
		return strings.Trim(field, "<") == ""
	}
	return isDigit(check) && sum%10 == int(check-'0')
}
