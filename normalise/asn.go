package normalise

import "strings"

// ASN reads an arrest/summons number.
//
// The standard form is 20 characters: year (2 digits), force, unit and system
// (2 letters or digits each), sequence (11 digits) and a check letter,
// 1101ZD0100000448754K. Accepted are slashes and spaces anywhere, sequences
// without leading zeros, and the 21-character form with a top-level code after
// the year, which is dropped.
//
// The letter is force, system, year and sequence modulo 23, the first two only
// where they are digits; so an error in the unit, or in an alphabetic force, is
// not detected. Class "dummy" marks the patterns used where nobody was arrested
// or summonsed.
//
// Source: ministryofjustice bichard7-next-core, Asn and isDummyAsn (MIT).
func ASN(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("asn/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("asn/placeholder")
	}
	s = unlabel(s, "ASN")
	if g := strings.Split(s, "/"); len(g) == 4 && len(g[1]) == 5 {
		s = g[0] + g[1][1:] + g[2] + g[3] // the top-level code stands alone before the force
	}
	s = strip(s, "/ ")
	if len(s) < 10 || len(s) > 21 || !allAlnum(s) || !isUpper(s[len(s)-1]) {
		return invalid("asn/form", "not a year, force, unit, system, sequence and letter")
	}
	forms := [2]string{s, s[:2] + s[3:]}
	first := 0
	if len(s) == 21 {
		first = 1
	}
	for i := first; i < 2; i++ {
		canonical, n, ok := asnReading(forms[i])
		if !ok {
			continue
		}
		if strings.Trim(canonical[8:19], "0") == "" {
			return Result{Status: Placeholder, Rule: "asn/placeholder", Reason: "a sequence of zeros stands for no value"}
		}
		r := valid(text, canonical, "asn/form")
		if n > 0 {
			r = repaired(canonical, "asn/check-letter", true)
		}
		if dummyASN(canonical) {
			r.Class = "dummy"
		}
		return r
	}
	return invalid("asn/check-letter", "the form or the check letter is wrong")
}

// asnReading reads a number without a top-level code.
func asnReading(s string) (canonical string, homoglyphs int, ok bool) {
	if len(s) < 10 || len(s) > 20 {
		return "", 0, false
	}
	year, n, ok1 := asDigits(s[:2])
	seq, m, ok2 := asDigits(s[8 : len(s)-1])
	if !ok1 || !ok2 {
		return "", 0, false
	}
	force, system := s[2:4], s[6:8]
	if !allDigits(force) {
		force = ""
	}
	if !allDigits(system) {
		system = ""
	}
	seq = pad(seq, 11)
	letter := s[len(s)-1]
	return year + s[2:8] + seq + string(letter), n + m, checkLetter(force, system, year, seq) == letter
}

func dummyASN(s string) bool {
	if p := s[:8]; p == "0800NP01" || p == "0800PP01" || s[4:8] == "NRPR" {
		return true
	}
	switch s[2:8] {
	case "12LN00", "00NP00":
		return true
	}
	switch s[2:6] {
	case "6300", "06SS", "00XX":
		return true
	}
	if s[2:4] == "50" {
		switch s[4:6] {
		case "11", "12", "21", "41", "42", "43", "OF", "SJ":
			return true
		}
	}
	return false
}
