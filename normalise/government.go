package normalise

import "strings"

// NINO reads a National Insurance number: two letters, six digits and a suffix
// A to D, AB123456C. Spaces, dashes and dots are dropped; without its suffix it
// is accepted with class "suffix-missing", since it is unique without. There is
// no check digit, so that a repair is never proved.
//
// Other statuses: Temporary (TN, date of birth, sex), Administrative (prefixes
// no person has), TRN (HMRC's temporary reference).
// Source: HMRC manual NIM39110.
func NINO(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("nino/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("nino/placeholder")
	}
	s = strip(unlabel(s, "NINO", "NI", "NATIONAL INSURANCE"), " -.")
	switch s {
	case "QQ123456C", "AA000000A", "XX999999X", "ZZ000000A", "PP999999P", "TN010170M":
		return Result{Status: Placeholder, Rule: "nino/placeholder", Reason: "an example number that nobody has"}
	}
	const shape = "not two letters, six digits and a suffix A to D"
	if len(s) == 8 && isUpper(s[2]) && allDigits(s[:2]) && allDigits(s[3:]) {
		return Result{Status: TRN, Canonical: s, Rule: "nino/trn", Reason: "a temporary reference number of HMRC, not a National Insurance number"}
	}
	if len(s) != 8 && len(s) != 9 || !isUpper(s[0]) || !isUpper(s[1]) {
		return invalid("nino/form", shape)
	}
	digits, n, ok := asDigits(s[2:8])
	if !ok {
		return invalid("nino/form", shape, oneLookalike(s[2:8], func(t string) (string, bool) {
			d, _, ok := asDigits(t)
			return s[:2] + d + s[8:], ok && NINO(s[:2]+d+s[8:], Options{}).Status == Valid
		})...)
	}
	suffix := s[8:]
	canonical := s[:2] + digits + suffix
	if s[:2] == "TN" && (suffix == "M" || suffix == "F") {
		return Result{Status: Temporary, Canonical: canonical, Rule: "nino/temporary", Reason: "an old temporary number: not unique to one person"}
	}
	switch s[:2] {
	case "OO", "CR", "FY", "MW", "NC", "PP", "PY", "PZ":
		return Result{Status: Administrative, Canonical: canonical, Rule: "nino/administrative", Reason: "the prefix is used for administration, never for a person"}
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
		return invalid("nino/prefix", "a prefix that is never used")
	}
	if strings.IndexByte("DFIQUV", s[0]) >= 0 || strings.IndexByte("DFIQUVO", s[1]) >= 0 {
		return invalid("nino/prefix", "a letter that is never used in the prefix")
	}
	if suffix != "" && (suffix[0] < 'A' || suffix[0] > 'D') {
		return invalid("nino/suffix", "the suffix is not A, B, C or D")
	}
	r := valid(text, canonical, "nino/form")
	if n > 0 {
		r = repaired(canonical, "nino/homoglyph", false)
	}
	if suffix == "" {
		r.Class = "suffix-missing"
	}
	return r
}

// NHSNumber reads an NHS number of England, Wales and the Isle of Man: ten
// digits, the last a check digit (weights 10 to 2, modulo 11), 4010232137.
// Spaces, dashes and dots are dropped. A number made of one repeated digit
// passes the check and is a placeholder.
//
// The status tells a number outside the issued ranges: CHIRange (Scotland),
// HCNRange (Northern Ireland, and some issued in England), TestRange (999),
// Unallocated. Numbers are re-issued on adoption and gender reassignment, so
// that an older record may rightly show another.
// Source: NHS Digital FOI NIC-690159.
func NHSNumber(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("nhs/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("nhs/placeholder")
	}
	s = strip(unlabel(s, "NHS"), " -.")
	if !allDigits(s) || len(s) != 10 {
		if d, _, ok := asDigits(s); ok && len(d) == 10 && mod11(d) {
			return invalid("nhs/form", "a letter among the digits; the correction that the check digit confirms is suggested", d)
		}
		return invalid("nhs/form", "not ten digits")
	}
	if sameByte(s) {
		return Result{Status: Placeholder, Rule: "nhs/repeated", Reason: "one digit repeated passes the check and is nobody's number"}
	}
	if !mod11(s) {
		return invalid("nhs/check-digit", "the check digit does not agree with the number")
	}
	r := valid(text, s, "nhs/form")
	nine := atoi(s[:9])
	ranged := func(st Status, reason string) Result {
		return Result{Status: st, Canonical: s, Rule: "nhs/range", Reason: reason}
	}
	switch {
	case nine >= 400_000_000 && nine <= 499_999_999, nine >= 600_000_000 && nine <= 799_999_999:
		return r
	case nine >= 10_101_000 && nine <= 311_299_999:
		return ranged(CHIRange, "in the range of Scottish CHI numbers")
	case s[0] == '3':
		return ranged(HCNRange, "in the range of Northern Ireland, or an older number from 3")
	case s[:3] == "999":
		return ranged(TestRange, "in the range kept for tests")
	}
	return ranged(Unallocated, "the check digit agrees, but no such range is issued")
}

// mod11 tests the check digit of an NHS number or CHI number.
func mod11(s string) bool {
	sum := 0
	for i := range 9 {
		sum += int(s[i]-'0') * (10 - i)
	}
	c := 11 - sum%11
	if c == 11 {
		c = 0
	}
	return c == int(s[9]-'0') // ten is never issued and equals no digit
}

// CHI reads a Scottish Community Health Index number: date of birth as DDMMYY,
// three digits of which the third is even for women and odd for men, and the
// check digit of the NHS number. Canonical appends M or F, as that digit says.
// A lost leading zero is put back only if the check digit then agrees.
// Source: the structure as documented by the fhir nhs-number package.
func CHI(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("chi/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("chi/placeholder")
	}
	s = strip(unlabel(s, "CHI"), " -.")
	sex := ""
	if len(s) > 9 && (s[len(s)-1] == 'M' || s[len(s)-1] == 'F') {
		s, sex = s[:len(s)-1], s[len(s)-1:]
	}
	padded := len(s) == 9
	if padded {
		s = "0" + s
	}
	if !allDigits(s) || len(s) != 10 {
		return invalid("chi/form", "not ten digits")
	}
	if sameByte(s) {
		return Result{Status: Placeholder, Rule: "chi/repeated", Reason: "one digit repeated is nobody's number"}
	}
	yy := atoi(s[4:6])
	if !realDate(1900+yy, atoi(s[2:4]), atoi(s[:2])) && !realDate(2000+yy, atoi(s[2:4]), atoi(s[:2])) {
		return invalid("chi/date", "the first six digits are not a date")
	}
	if !mod11(s) {
		return invalid("chi/check-digit", "the check digit does not agree with the number")
	}
	want := "M"
	if (s[8]-'0')%2 == 0 {
		want = "F"
	}
	if sex != "" && sex != want {
		return invalid("chi/sex", "the letter contradicts the ninth digit")
	}
	if padded {
		return Result{Status: Repaired, Canonical: s + want, Rule: "chi/leading-zero", Proved: true,
			Reason: "a leading zero was lost; the check digit confirms it"}
	}
	return valid(text, s+want, "chi/form")
}

// UTR reads a unique taxpayer reference: ten digits, the first a check digit
// over the rest (weights 6 7 8 9 10 5 4 3 2, modulo 11). Spaces and a trailing
// K are dropped. Source: python-stdnum agrees on the vectors.
func UTR(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("utr/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("utr/placeholder")
	}
	s = strings.TrimSuffix(strip(unlabel(s, "UTR"), " -"), "K")
	if len(s) != 10 || !allDigits(s) {
		return invalid("utr/form", "not ten digits")
	}
	if strings.Trim(s, "0") == "" {
		return Result{Status: Placeholder, Rule: "utr/placeholder", Reason: "zeros stand for no value"}
	}
	weights := [...]int{6, 7, 8, 9, 10, 5, 4, 3, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i+1]-'0')
	}
	if "21987654321"[sum%11] != s[0] {
		return invalid("utr/check-digit", "the check digit does not agree with the number")
	}
	return valid(text, s, "utr/form")
}
