package normalise

import "strings"

// Phone reads a telephone number and writes it in international form (E.164):
// +447700900123. A number without country code is read as British and must
// have a shape of the national numbering plan; "00" and "+" are the same, "(0)"
// after a country code is dropped, and so is an extension, which Record puts in
// its own field.
//
// Class: geographic, mobile, personal, pager, national, voip, freephone,
// service, premium or corporate, or "drama" for the numbers Ofcom keeps for
// fiction, which are valid here. A number of another country is Foreign if it
// has the length and beginning that country's plan gives, Suspect if it has
// only a possible length, else Invalid; its class is the country, such as "FR".
// That a number is in use cannot be told.
//
// British shapes are our own, because the library calls most drama numbers
// invalid; a test compares the two over the whole plan. Source: Ofcom's National
// Telephone Numbering Plan; codes/ofcom_drama_numbers.csv; for other countries
// Google's libphonenumber data through github.com/nyaruka/phonenumbers.
func Phone(text string, _ Options) Result {
	if plainPhone(text) {
		return Result{Status: Valid, Canonical: text, Class: britishNumber(text[3:])}
	}
	if len(text) == 11 && text[0] == '0' && text[1] != '0' && allDigits(text) { // the commonest way to type one
		return britishPhone(text, text[1:], 0, true)
	}
	s := tidy(text)
	if s == "" {
		return invalid("phone/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("phone/placeholder")
	}
	s, _ = cutExtension(unlabel(s, "TELEPHONE", "TEL", "MOBILE", "MOB", "PHONE"))
	digits, n, ok := phoneDigits(s)
	if !ok {
		return invalid("phone/form", "it holds more than a telephone number", embeddedNumber(s)...)
	}
	plus := strings.HasPrefix(s, "+")
	if !plus && strings.HasPrefix(digits, "00") && len(digits) > 4 && strings.Trim(digits, "0") != "" {
		digits, plus = digits[2:], true
	}
	if national, ok := strings.CutPrefix(digits, "44"); ok && (plus || len(digits) == 12 && digits[2] != '0') {
		return britishPhone(text, strings.TrimPrefix(national, "0"), n, plus)
	}
	if plus {
		return foreignPhone(digits)
	}
	if national, ok := strings.CutPrefix(digits, "0"); ok {
		return britishPhone(text, national, n, true)
	}
	if len(digits) == 10 && digits[0] == '7' && britishNumber(digits) != "" {
		r := britishPhone(text, digits, n, true)
		if r.Status == Valid || r.Status == Repaired {
			return Result{Status: Repaired, Canonical: r.Canonical, Class: r.Class, Rule: "phone/leading-zero", Reason: "a leading zero was lost"}
		}
		return r
	}
	if len(digits) >= 6 && len(digits) <= 15 && n == 0 {
		return Result{Status: Unknown, Rule: "phone/no-code", Reason: "without area or country code"}
	}
	return invalid("phone/length", "too short for a telephone number")
}

// britishPhone reads a national number without its zero. sure says that plus or
// zero showed it to be one.
func britishPhone(text, nsn string, homoglyphs int, sure bool) Result {
	if fillerNumber(nsn) {
		return Result{Status: Placeholder, Rule: "phone/filler", Reason: "a number that is typed to fill a field"}
	}
	class := britishNumber(nsn)
	if class == "" {
		return invalid("phone/plan", "no British number begins or is as long as this")
	}
	canonical := "+44" + nsn
	r := valid(text, canonical, "phone/form")
	switch {
	case homoglyphs > 0:
		r = repaired(canonical, "phone/homoglyph", false)
	case !sure:
		r = Result{Status: Repaired, Canonical: canonical, Rule: "phone/country-code", Reason: "read as the country code 44 without its plus sign"}
	}
	r.Class = class
	return r
}

// britishNumber gives the class of a national number without its zero, "" for
// one that the plan does not have.
func britishNumber(n string) string {
	if len(n) < 7 || len(n) > 10 || !allDigits(n) {
		return ""
	}
	if len(n) == 10 && isDrama(n) {
		return "drama"
	}
	full := len(n) == 10
	switch n[0] {
	case '1':
		if full || len(n) == 9 {
			return "geographic"
		}
	case '2':
		if full && strings.IndexByte("03489", n[1]) >= 0 {
			return "geographic"
		}
	case '3':
		if full && strings.IndexByte("0347", n[1]) >= 0 {
			return "national"
		}
	case '5':
		switch {
		case full && n[1] == '5':
			return "corporate"
		case full && n[1] == '6':
			return "voip"
		case len(n) == 9 && n[:3] == "500":
			return "freephone"
		}
	case '7':
		switch {
		case !full:
		case n[1] == '0':
			return "personal"
		case n[1] == '6' && n[:4] != "7624": // 07624 is Isle of Man mobile
			return "pager"
		default:
			return "mobile"
		}
	case '8':
		switch {
		case n[:2] == "80" && (full || len(n) == 9 || n == "8001111"):
			return "freephone"
		case full, len(n) == 7 && n[:6] == "845464":
			return "service"
		}
	case '9':
		if full && n[1] != '2' {
			return "premium"
		}
	}
	return ""
}

// fillerNumber knows numbers that are typed because the field wants one.
func fillerNumber(nsn string) bool {
	switch nsn {
	case "7700000000", "1234567890", "7777777777", "7123456789", "0000000000", "":
		return true
	}
	return len(nsn) >= 9 && sameByte(nsn[1:]) && (nsn[1] == '0' || nsn[0] == nsn[1])
}

// phoneDigits takes the digits out of a number; marks that people put between
// them are dropped. ok is false when anything else stands in it.
func phoneDigits(s string) (digits string, homoglyphs int, ok bool) {
	s = strings.Replace(s, "(0)", "", 1)
	b := make([]byte, 0, 16)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			b = append(b, c)
		case c == 'O':
			b = append(b, '0')
			homoglyphs++
		case c == 'I':
			b = append(b, '1')
			homoglyphs++
		case c == '+' && i == 0:
		case c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/':
		default:
			return "", 0, false
		}
	}
	return string(b), homoglyphs, len(b) > 0 && homoglyphs < 3
}

// cutExtension parts the extension from an upper-case number.
func cutExtension(s string) (number, extension string) {
	for _, mark := range [...]string{"EXTENSION", "EXTN", "EXT", "X", "#"} {
		i := strings.Index(s, mark)
		if i < 4 {
			continue
		}
		if e := strings.Trim(s[i+len(mark):], " .:"); allDigits(e) && len(e) <= 6 {
			return strings.TrimRight(s[:i], " ,;."), e
		}
	}
	return s, ""
}

// embeddedNumber suggests the British number that stands among other words.
func embeddedNumber(s string) []string {
	s = strip(s, " -()")
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		j := i
		for j < len(s) && isDigit(s[j]) {
			j++
		}
		if d := s[i:j]; len(d) == 11 && d[0] == '0' && britishNumber(d[1:]) != "" {
			return []string{"+44" + d[1:]}
		}
		i = j
	}
	return nil
}
