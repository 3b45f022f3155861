package normalise

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Display gives the canonical text of an identifier in the form people read and
// write: 79/163001B, AB 12 34 56 C, 943 476 5919, AB51 CDE. Text that is not
// canonical, or of no type known here, is given back as it is. Every display
// form reads back as the same canonical text.
func Display(typeName, canonical string) string {
	f := displays[typeName]
	if f == nil || canonical == "" {
		return canonical
	}
	return f(canonical)
}

// displays is the display form of every type of identifier: one row per type.
var displays = map[string]func(string) string{
	"pncid": displayPNCID, "cro": same, "asn": displayASN, "noms": same, "crn": same, "ptiurn": grouped(4), "ccr": same,
	"nino": grouped(2, 2, 2, 2), "nhs": grouped(3, 3), "chi": displayCHI, "driver": grouped(5, 6), "passport": same, "brp": same,
	"utr": grouped(5), "mrz": func(s string) string { return strings.ReplaceAll(s, "|", "\n") },
	"postcode": same, "uprn": same, "usrn": same, "phone": displayPhone, "email": same,
	"vrm": displayVRM, "vin": same, "chassis": same, "engine": same,
}

func same(s string) string { return s }

// grouped puts a space after each group of so many characters.
func grouped(groups ...int) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, n := range groups {
			if len(s) <= n {
				break
			}
			b.WriteString(s[:n])
			b.WriteByte(' ')
			s = s[n:]
		}
		b.WriteString(s)
		return b.String()
	}
}

// displayPNCID is the short form of the PNC: two-digit year, no leading zeros.
func displayPNCID(s string) string {
	p, ok := SplitPNCID(s)
	if !ok {
		return s
	}
	return s[2:5] + strings.TrimLeft(s[5:len(s)-1], "0") + string(p.Check)
}

// displayASN puts the slashes in and drops the zeros of the sequence.
func displayASN(s string) string {
	if len(s) != 20 {
		return s
	}
	return s[:2] + "/" + s[2:6] + "/" + s[6:8] + "/" + strings.TrimLeft(s[8:19], "0") + s[19:]
}

func displayCHI(s string) string {
	if len(s) != 11 {
		return s
	}
	return s[:6] + " " + s[6:10] // the letter for the sex is ours
}

// displayPhone is the national form for a British number, else the
// international one, each with the spaces of its country.
func displayPhone(s string) string {
	n, err := phonenumbers.Parse(s, "")
	if err != nil {
		return s
	}
	if strings.HasPrefix(s, "+44") {
		return phonenumbers.Format(n, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// displayVRM puts the space where the plate has it.
func displayVRM(s string) string {
	switch vrmClass(s) {
	case "current":
		return s[:4] + " " + s[4:]
	case "prefix", "qplate":
		return s[:len(s)-3] + " " + s[len(s)-3:]
	case "suffix":
		return s[:3] + " " + s[3:]
	case "":
		return s
	}
	var b strings.Builder // at each change between letters and digits
	for i := 0; i < len(s); i++ {
		if i > 0 && isDigit(s[i]) != isDigit(s[i-1]) {
			b.WriteByte(' ')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
