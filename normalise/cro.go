package normalise

import "strings"

// CRO reads a Criminal Records Office number.
//
// Standard file: a serial of six digits, a slash, the year in two digits and a
// check letter, 065656/91H. Short file: SF, the year, a slash, the serial
// without leading zeros and the letter, SF83/50058Z. Accepted are serials
// without padding, any case, a label, and a missing slash after six digits.
//
// The letter is year and serial modulo 23; for a standard file the serial is
// first padded to six digits, for a short file it is not. A dash is not
// accepted for the slash, because a date would pass.
//
// Source: HMPPS hmpps-person-record, CROIdentifier (MIT).
func CRO(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("cro/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("cro/placeholder")
	}
	s = strip(unlabel(s, "CRO"), " ")
	if rest, ok := strings.CutPrefix(s, "SF"); ok {
		return croShortFile(text, rest)
	}
	if strings.HasPrefix(s, "5F") {
		if r := croShortFile(s, s[2:]); r.OK() {
			return invalid("cro/form", "a short file number begins with the letters SF", r.Canonical)
		}
	}
	serial, rest, ok := strings.Cut(s, "/")
	if !ok && len(s) == 9 { // six digits, two of the year and the letter
		serial, rest, ok = s[:6], s[6:], true
	}
	if !ok || len(rest) < 2 || !isUpper(rest[len(rest)-1]) {
		return invalid("cro/form", "not a serial, a slash, a two-digit year and a letter")
	}
	letter := rest[len(rest)-1]
	d, n, ok1 := asDigits(serial)
	y, m, ok2 := asDigits(rest[:len(rest)-1])
	if !ok1 || !ok2 || len(d) > 6 || len(y) != 2 {
		if ok1 && ok2 && len(d) == 4 {
			if r := PNCID(s, Options{}); r.Status == Valid {
				return Result{Status: Invalid, Class: "pncid", Rule: "cro/pncid", Reason: "this is a PNCID"}
			}
		}
		return invalid("cro/form", "not a serial of up to six digits, a slash, a two-digit year and a letter")
	}
	d = pad(d, 6)
	canonical := d + "/" + y + string(letter)
	switch {
	case checkLetter(y, d) != letter:
		return invalid("cro/check-letter", "the check letter does not agree with the number")
	case d == "000000":
		return Result{Status: Placeholder, Rule: "cro/placeholder", Reason: "a serial of zeros stands for no value"}
	case n+m > 0:
		return repaired(canonical, "cro/check-letter", true)
	}
	return valid(text, canonical, "cro/form")
}

// croFits says whether the parts make a standard CRO number that passes its check.
func croFits(serial, rest string) bool {
	return len(rest) == 3 && allDigits(serial) && len(serial) <= 6 && allDigits(rest[:2]) &&
		checkLetter(rest[:2], pad(serial, 6)) == rest[2]
}

// croShortFile reads what follows SF. Zeros before the serial are dropped if
// the letter then agrees, and kept if it agrees only with them.
func croShortFile(text, s string) Result {
	year, rest, ok := strings.Cut(s, "/")
	if !ok && len(s) > 3 {
		year, rest, ok = s[:2], s[2:], true
	}
	if !ok || len(rest) < 2 || !isUpper(rest[len(rest)-1]) {
		return invalid("cro/form", "not SF, a two-digit year, a slash, a serial and a letter")
	}
	letter := rest[len(rest)-1]
	y, n, ok1 := asDigits(year)
	d, m, ok2 := asDigits(rest[:len(rest)-1])
	if !ok1 || !ok2 || len(y) != 2 || len(d) > 6 {
		return invalid("cro/form", "not SF, a two-digit year, a slash, a serial of up to six digits and a letter")
	}
	short := strings.TrimLeft(d, "0")
	switch {
	case short == "":
		return invalid("cro/form", "the serial is zero")
	case checkLetter(y, short) == letter:
		d = short
	case d == short || checkLetter(y, d) != letter:
		return invalid("cro/check-letter", "the check letter does not agree with the number")
	}
	canonical := "SF" + y + "/" + d + string(letter)
	if n+m > 0 {
		return repaired(canonical, "cro/check-letter", true)
	}
	return valid(text, canonical, "cro/form")
}
