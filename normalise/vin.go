package normalise

import "strings"

// VIN reads a vehicle identification number: 17 characters without I, O and Q,
// of which the last four are digits. O and Q are read as 0, I as 1.
//
// Class is check-ok or check-no for the check digit in place nine. It is
// mandatory in North America and China only, so that check-no says nothing
// about a European vehicle; for a number that begins with 1 to 5 it makes the
// value Suspect. Shorter numbers belong to vehicles older than the standard:
// class "chassis", and their field is chassisNumber.
//
// Source: ISO 3779 and 49 CFR 565.
func VIN(text string) Result {
	s := tidy(text)
	if s == "" {
		return invalid("vin/empty", reasonEmpty)
	}
	if isToken(s) || s == "NOT AVAILABLE" {
		return placeholder("vin/placeholder")
	}
	s = strip(unlabel(s, "VIN"), " -")
	if len(s) != 17 || !allAlnum(s) {
		if len(s) >= 3 && len(s) < 17 && allAlnum(s) {
			return Result{Status: Invalid, Class: "chassis", Rule: "vin/length", Reason: "fewer than 17 characters: a chassis number, or part of a VIN"}
		}
		return invalid("vin/form", "not 17 letters and digits")
	}
	if strings.Trim(s, "0") == "" {
		return Result{Status: Placeholder, Rule: "vin/placeholder", Reason: "zeros stand for no value"}
	}
	fixed := s
	if strings.ContainsAny(s, "IOQ") {
		fixed = strings.NewReplacer("I", "1", "O", "0", "Q", "0").Replace(s)
	}
	if !allDigits(fixed[13:]) {
		return invalid("vin/serial", "the last four characters are not digits")
	}
	ok := vinChecks(fixed)
	r := valid(text, fixed, "vin/form")
	if fixed != s {
		r = repaired(fixed, "vin/homoglyph", ok)
	}
	r.Class = "check-no"
	if ok {
		r.Class = "check-ok"
	} else if fixed[0] >= '1' && fixed[0] <= '5' {
		r.Status, r.Rule, r.Reason = Suspect, "vin/check-digit", "a North American number whose check digit does not agree"
		near := oneLookalike(fixed, func(t string) (string, bool) {
			return t, !strings.ContainsAny(t, "IOQ") && allDigits(t[13:]) && vinChecks(t)
		})
		if len(near) == 1 {
			r.Suggestions = near
		}
	}
	return r
}

// vinChecks tests the check digit of a number of legal characters.
func vinChecks(s string) bool {
	const values = "12345678\x0012345\x007\x00923456789" // A to Z, digits by value; 0 where never used
	weights := [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}
	sum := 0
	for i := range 17 {
		v := int(s[i] - '0')
		if !isDigit(s[i]) {
			v = int(values[s[i]-'A'] - '0')
			if v < 0 {
				return false
			}
		}
		sum += v * weights[i]
	}
	want := byte('0' + sum%11)
	if sum%11 == 10 {
		want = 'X'
	}
	return s[8] == want
}

// Chassis reads the chassis number of a vehicle older than the VIN standard:
// 3 to 16 letters and digits of no standard form. One of 17 is a VIN in the
// wrong field.
func Chassis(text string) Result {
	s := tidy(text)
	if s == "" {
		return invalid("chassis/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("chassis/placeholder")
	}
	if r := VIN(s); r.OK() {
		return Result{Status: Suspect, Canonical: s, Rule: "chassis/vin", Reason: "this is a VIN of 17 characters"}
	}
	if n := len(strip(s, " -/*.")); n < 3 || n > 16 {
		return Result{Status: Unknown, Rule: "chassis/length", Reason: "not 3 to 16 letters and digits"}
	}
	return valid(text, s, "chassis/form")
}

// EngineNumber reads an engine number, for which there is no standard: 4 to 20
// letters, digits and the marks - / * and dot. It is never repaired.
func EngineNumber(text string) Result {
	s := tidy(text)
	if s == "" {
		return invalid("engine/empty", reasonEmpty)
	}
	if isToken(s) || strings.Trim(s, "0") == "" {
		return placeholder("engine/placeholder")
	}
	if len(s) < 4 || len(s) > 20 || !allAlnum(strip(s, " -/*.")) {
		return Result{Status: Unknown, Rule: "engine/form", Reason: "not 4 to 20 letters, digits and marks"}
	}
	return valid(text, s, "engine/form")
}
