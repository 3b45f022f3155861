package normalise

import "strings"

// Postcode reads a full postcode of the United Kingdom or a Crown dependency:
// SW1A 1AA. Case and spacing do not matter. Letters O and I are read as digits,
// and the reverse, when exactly one reading is a postcode of an area that
// exists; look-alikes such as S and 5 are only suggested.
//
// Class: "bfpo", "overseas" (British overseas territories), "pseudo" (NHS codes
// for an address not known). No fixed abode has a status of its own. A value
// that cannot be British but may be another country's is Foreign (Unknown when
// nothing tells), with Canonical its trimmed upper-case text; one that looks
// British and is not is Invalid. An outward code alone is Invalid here, class
// "outward": see PartialPostcode. That a postcode is in use needs a directory.
//
// Source: shapes and letters as DVLA's Postcode.scala and Royal Mail's sheet;
// areas in codes/postcode_areas.csv.
func Postcode(text string) Result {
	r := readPostcode(text)
	if r.Status == Partial {
		return Result{Status: Invalid, Class: r.Class, Rule: r.Rule, Reason: r.Reason}
	}
	return r
}

// PartialPostcode is Postcode for a field that may hold part of a postcode: an
// outward code, alone or with the digit of its sector, is Partial and kept.
// Records use this one.
func PartialPostcode(text string) Result { return readPostcode(text) }

func readPostcode(text string) Result {
	if plainPostcode(text) {
		return Result{Status: Valid, Canonical: text}
	}
	s := tidy(text)
	if s == "" {
		return invalid("postcode/empty", reasonEmpty)
	}
	s = unlabel(s, "POSTCODE", "POST CODE")
	compact := strip(s, " -.")
	if r, ok := specialPostcode(text, s, compact); ok {
		return r
	}
	if isToken(s) {
		return placeholder("postcode/placeholder")
	}
	if n := len(compact); n >= 5 && n <= 7 && allAlnum(compact) {
		if r, ok := britishPostcode(text, compact[:n-3], compact[n-3:]); ok {
			return r
		}
	}
	if outwardOK(compact) || len(compact) > 2 && isDigit(compact[len(compact)-1]) && outwardOK(compact[:len(compact)-1]) && strings.Contains(s, " ") {
		canonical := compact
		if !outwardOK(compact) {
			canonical = compact[:len(compact)-1] + " " + compact[len(compact)-1:]
		}
		return Result{Status: Partial, Canonical: canonical, Class: "outward", Rule: "postcode/outward", Reason: "only the first part of a postcode"}
	}
	return otherPostcode(s, compact)
}

// britishPostcode reads outward and inward code, repairing O and I.
func britishPostcode(text, out, in string) (Result, bool) {
	if outwardOK(out) && inwardOK(in) {
		return valid(text, out+" "+in, "postcode/form"), true
	}
	if fixed, _, ok := fit(in, "DLL"); ok && inwardOK(fixed) {
		var found []string
		var buf [4]byte
		if outs := outwardReadings(out, buf[:0], nil); outwardOK(out) {
			found = []string{out + " " + fixed}
		} else {
			for _, o := range outs {
				found = append(found, o+" "+fixed)
			}
		}
		switch {
		case len(found) == 1:
			return repaired(found[0], "postcode/homoglyph", false), true
		case len(found) > 1:
			return ambiguous("postcode/homoglyph", "O or I may each be a letter or a digit, and more than one reading is a postcode", found...), true
		}
	}
	return Result{}, false
}

// outwardReadings appends every reading of O/0 and I/1 that is an outward code.
func outwardReadings(s string, head []byte, found []string) []string {
	if len(s) == 0 {
		if outwardOK(string(head)) {
			found = append(found, string(head))
		}
		return found
	}
	found = outwardReadings(s[1:], append(head, s[0]), found)
	if h := homoglyph(s[0]); h != 0 {
		found = outwardReadings(s[1:], append(head, h), found)
	}
	return found
}

// homoglyph gives the character that has the same shape on a plate, 0 for none.
func homoglyph(c byte) byte {
	switch c {
	case 'O':
		return '0'
	case '0':
		return 'O'
	case 'I':
		return '1'
	case '1':
		return 'I'
	}
	return 0
}

func inwardOK(s string) bool {
	return len(s) == 3 && isDigit(s[0]) && inwardLetter(s[1]) && inwardLetter(s[2])
}

func inwardLetter(c byte) bool {
	switch c {
	case 'C', 'I', 'K', 'M', 'O', 'V':
		return false
	}
	return isUpper(c)
}

// outwardOK says whether s is an outward code of an area that exists.
func outwardOK(s string) bool {
	if len(s) < 2 || len(s) > 4 || !isUpper(s[0]) {
		return false
	}
	letters := 1
	if isUpper(s[1]) {
		letters = 2
	}
	rest := s[letters:]
	switch len(rest) {
	case 1:
		if !isDigit(rest[0]) {
			return false
		}
	case 2:
		third := "ABCDEFGHJKPSTUW"
		if letters == 2 {
			third = "ABEHMNPRVWXY"
		}
		if !isDigit(rest[0]) || !isDigit(rest[1]) && strings.IndexByte(third, rest[1]) < 0 {
			return false
		}
	default:
		return false
	}
	i := int(s[0] - 'A')
	if letters == 1 {
		return postcodeAreas()[i][26]
	}
	return postcodeAreas()[i][s[1]-'A']
}

func pseudoOutward(s string) bool { return s == "NF1" || s == "ZZ99" }

// specialPostcode knows the postcodes that stand for something else.
func specialPostcode(text, s, compact string) (Result, bool) {
	switch compact {
	case "GIR0AA":
		return valid(text, "GIR 0AA", "postcode/form"), true
	case "ZZ993VZ", "NF11NF", "NF11FA":
		return Result{Status: NoFixedAbode, Canonical: compact, Rule: "postcode/no-fixed-abode", Reason: "a postcode that stands for no fixed abode"}, true
	case "NFA", "N/F/A":
		return Result{Status: NoFixedAbode, Canonical: "NFA", Rule: "postcode/no-fixed-abode", Reason: "no fixed abode stands for the postcode"}, true
	case "XX11XX", "ZZ11ZZ":
		return placeholder("postcode/placeholder"), true
	case "GX111AA":
		return overseasPostcode(text, "GX11 1AA"), true
	case "AI2640":
		return overseasPostcode(text, "AI-2640"), true
	}
	if len(compact) == 7 && strings.HasPrefix(compact, "ZZ99") {
		return Result{Status: Placeholder, Canonical: compact, Class: "pseudo", Rule: "postcode/pseudo", Reason: "an NHS code for an address that is not known"}, true
	}
	if d, ok := strings.CutPrefix(compact, "BFPO"); ok && len(d) <= 4 && allDigits(d) && d[0] != '0' {
		r := valid(text, "BFPO "+d, "postcode/form")
		r.Class = "bfpo"
		return r, true
	}
	if len(compact) == 7 && compact[4:] == "1ZZ" {
		switch compact[:4] {
		case "ASCN", "STHL", "TDCU", "FIQQ", "SIQQ", "BBND", "BIQQ", "PCRN", "TKCA":
			return overseasPostcode(text, compact[:4]+" 1ZZ"), true
		}
	}
	if len(compact) == 7 && compact[:2] == "KY" && allDigits(compact[2:]) && strings.Contains(s, "-") {
		return overseasPostcode(text, compact[:3]+"-"+compact[3:]), true
	}
	return Result{}, false
}

func overseasPostcode(text, canonical string) Result {
	r := valid(text, canonical, "postcode/form")
	r.Class = "overseas"
	return r
}

// otherPostcode tells another country's postcode from a British one gone wrong.
func otherPostcode(s, compact string) Result {
	digits, letters := 0, 0
	for i := 0; i < len(compact); i++ {
		switch {
		case isDigit(compact[i]):
			digits++
		case isUpper(compact[i]):
			letters++
		}
	}
	if digits+letters == len(compact) {
		if letters == 0 && digits >= 3 && digits <= 10 || abroad(compact) {
			return Result{Status: Foreign, Canonical: s, Rule: "postcode/foreign", Reason: "the form of another country's postcode"}
		}
		if n := len(compact); n >= 4 && n <= 8 && letters > 0 && digits > 0 {
			return Result{Status: Invalid, Rule: "postcode/form", Reason: "it looks British, but the shape, a letter or the area is wrong",
				Suggestions: suggestPostcodes(compact)}
		}
	}
	return Result{Status: Unknown, Canonical: s, Rule: "postcode/unknown", Reason: "not recognised as a postcode"}
}

// abroad knows the shapes of other countries that mix letters and digits.
func abroad(s string) bool {
	for _, mask := range [...]string{"LDLDLD", "DDDDLL"} { // Canada, Netherlands
		if out, n, ok := fit(s, mask); ok && n == 0 && out == s {
			return true
		}
	}
	if len(s) == 7 && isUpper(s[0]) && isDigit(s[1]) && (isDigit(s[2]) || s[2] == 'W') {
		return true // Ireland: no British postcode of seven has a digit second
	}
	if len(s) >= 6 && len(s) <= 7 && isUpper(s[0]) && isUpper(s[1]) && allDigits(s[2:]) {
		return true // country letters before digits: LV-1010, LT-01100
	}
	return false
}

func suggestPostcodes(compact string) []string {
	if len(compact) < 5 || len(compact) > 7 {
		return nil
	}
	return oneLookalike(compact, func(t string) (string, bool) {
		r, ok := britishPostcode(t, t[:len(t)-3], t[len(t)-3:])
		return r.Canonical, ok && r.Canonical != ""
	})
}

// UPRN reads a unique property reference number: up to twelve digits without
// leading zeros. It has no check digit. Spaces are not accepted, since two
// numbers may stand in one field, and scientific notation is what a spreadsheet
// leaves of a number: its last digits are lost.
func UPRN(text string) Result { return propertyNumber(text, "uprn", 12) }

// USRN reads a unique street reference number: up to eight digits without
// leading zeros. It has no check digit.
func USRN(text string) Result { return propertyNumber(text, "usrn", 8) }

func propertyNumber(text, name string, most int) Result {
	s := tidy(text)
	if s == "" {
		return invalid(name+"/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder(name + "/placeholder")
	}
	s = unlabel(s, strings.ToUpper(name))
	if !allDigits(s) {
		if strings.Contains(s, "E+") {
			return invalid(name+"/spreadsheet", "a spreadsheet has rounded the number; its last digits are lost")
		}
		return invalid(name+"/form", "not a whole number")
	}
	s = strings.TrimLeft(s, "0")
	switch {
	case s == "":
		return invalid(name+"/form", "the number is zero")
	case len(s) > most:
		return invalid(name+"/length", "too many digits")
	}
	if s == text {
		return Result{Status: Valid, Canonical: s}
	}
	return valid(text, s, name+"/form")
}
