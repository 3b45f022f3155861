package report

import (
	"strings"
	"unicode"
)

// abbreviated are the words of flat names that people write in capitals.
var abbreviated = map[string]string{"pnc": "PNC", "id": "ID", "cro": "CRO", "asn": "ASN", "crn": "CRN", "nino": "NINO", "nhs": "NHS", "vrm": "VRM", "vin": "VIN", "uprn": "UPRN"}

// fieldLabel puts a flat name into words: address2.postcode is "Address 2 postcode".
func fieldLabel(name string) string {
	var b strings.Builder
	var last rune
	for _, r := range name {
		switch {
		case r == '.' || r == '_':
			r = ' '
			b.WriteRune(r)
		case unicode.IsUpper(r) && unicode.IsLower(last), unicode.IsDigit(r) && unicode.IsLetter(last):
			b.WriteRune(' ')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
		last = r
	}
	words := strings.Fields(b.String())
	for i, w := range words {
		if short, ok := abbreviated[w]; ok {
			words[i] = short
		} else if i == 0 {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}
