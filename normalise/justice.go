package normalise

import "strings"

// PrisonNumber reads a prison (NOMS) number: letter, four digits, two letters,
// A1234AA. Spaces and dashes are dropped. There is no check digit, so that a
// repair of O and 0, I and 1 is never proved. The local numbers that came before
// (two letters, four digits) are another type and not accepted.
// Source: prison-api, pattern ^[A-Z]\d{4}[A-Z]{2}$.
func PrisonNumber(text string, _ Options) Result {
	return fitted(text, "noms", "LDDDDLL", "a letter, four digits and two letters", "NOMS", "NOMIS", "PRISON")
}

// CRN reads a probation case reference number: a letter and six digits,
// X123456. There is no check digit. Source: the HMPPS test generator.
func CRN(text string, _ Options) Result {
	if s := tidy(text); s != "" && isDigit(s[0]) {
		return invalid("crn/form", "not a letter and six digits") // nothing shows that a digit was meant as a letter
	}
	return fitted(text, "crn", "LDDDDDD", "a letter and six digits", "CRN")
}

// fitted reads an identifier that is one mask and has no check digit.
func fitted(text, name, mask, shape string, labels ...string) Result {
	s := tidy(text)
	if s == "" {
		return invalid(name+"/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder(name + "/placeholder")
	}
	s = strip(unlabel(s, labels...), " -.")
	out, n, ok := fit(s, mask)
	if !ok {
		return invalid(name+"/form", "not "+shape, oneLookalike(s, func(t string) (string, bool) {
			out, _, ok := fit(t, mask)
			return out, ok
		})...)
	}
	if n > 0 {
		return repaired(out, name+"/homoglyph", false)
	}
	if out == text {
		return Result{Status: Valid, Canonical: out}
	}
	return valid(text, out, name+"/form")
}

// PTIURN reads a police case number: force and unit, two letters or digits
// each, and three to seven digits, 01ZD0303208. Spaces and slashes are dropped.
// There is no check digit. Class "short" marks fewer than seven digits, where a
// leading zero of the force may be lost. Source: bichard7-next-core.
func PTIURN(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("ptiurn/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("ptiurn/placeholder")
	}
	s = strip(unlabel(s, "PTIURN", "PTI-URN", "URN"), " /")
	if len(s) < 7 || len(s) > 11 || !allAlnum(s) {
		return invalid("ptiurn/form", "not four letters or digits and three to seven digits")
	}
	digits, n, ok := asDigits(s[4:])
	if !ok {
		return invalid("ptiurn/form", "not four letters or digits and three to seven digits")
	}
	r := valid(text, s, "ptiurn/form")
	if n > 0 {
		r = repaired(s[:4]+digits, "ptiurn/homoglyph", false)
	}
	if len(s) < 11 {
		r.Class = "short"
	}
	return r
}

// CourtCaseRef reads a court case reference of the PNC: year, court, number and
// letter, 97/1626/008395Q. Which check the letter is has not been published, so
// it is not tested. Source: bichard7-next-core and the LEDS schema.
func CourtCaseRef(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("ccr/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("ccr/placeholder")
	}
	const reason = "not a two-digit year, four digits of the court and a number with a letter, parted by slashes"
	g := strings.Split(strip(s, " "), "/")
	if len(g) != 3 || len(g[2]) < 2 {
		return invalid("ccr/form", reason)
	}
	year, a, ok1 := asDigits(g[0])
	court, b, ok2 := asDigits(g[1])
	number, c, ok3 := asDigits(g[2][:len(g[2])-1])
	letter := g[2][len(g[2])-1]
	if !ok1 || !ok2 || !ok3 || len(year) != 2 || len(court) != 4 || len(number) > 6 || strings.IndexByte(checkLetters, letter) < 0 {
		return invalid("ccr/form", reason)
	}
	canonical := year + "/" + court + "/" + number + string(letter)
	if a+b+c > 0 {
		return repaired(canonical, "ccr/homoglyph", false)
	}
	return valid(text, canonical, "ccr/form")
}
