package normalise

import (
	"strings"

	"leds.internal/ledsq/record"
)

// MRZ tests the check digits of a machine-readable zone: a passport's two lines
// of 44 characters (TD3) or a card's three of 30 (TD1), parted by a line end or
// a vertical bar. Class is TD3 or TD1 for a valid one; for an invalid one it
// shows each check in order as 1 (agrees) or 0: number, birth, expiry, optional
// data (TD3 only), composite.
//
// Letters that a reader takes for digits (O I S B Z) are repaired in the dates
// and check digits alone, and only when every check then agrees. SplitMRZ gives
// the fields. Source: ICAO Doc 9303.
func MRZ(text string, _ Options) Result {
	s := strings.ToUpper(strings.TrimSpace(text))
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == '\n' || r == '\r' || r == ' ' })
	class, bits := mrzChecks(lines)
	if class == "" {
		return invalid("mrz/form", "not two lines of 44 characters nor three of 30")
	}
	if !strings.Contains(bits, "0") {
		r := valid(text, strings.Join(lines, "|"), "mrz/form")
		r.Class = class
		return r
	}
	fixed := mrzDigits(class, lines)
	if _, b := mrzChecks(fixed); !strings.Contains(b, "0") {
		return Result{Status: Repaired, Canonical: strings.Join(fixed, "|"), Class: class, Rule: "mrz/homoglyph", Proved: true,
			Reason: "a letter read for a digit in a date or check digit; every check digit now agrees"}
	}
	return Result{Status: Invalid, Class: bits, Rule: "mrz/check-digit", Reason: "a check digit does not agree"}
}

// mrzChecks gives the format, "" for none, and a 1 or 0 for each check.
func mrzChecks(lines []string) (class, bits string) {
	test := func(field string, check byte) {
		if mrzAgrees(field, check) {
			bits += "1"
		} else {
			bits += "0"
		}
	}
	switch {
	case len(lines) == 2 && len(lines[0]) == 44 && len(lines[1]) == 44:
		l := lines[1]
		test(l[:9], l[9])
		test(l[13:19], l[19])
		test(l[21:27], l[27])
		test(l[28:42], l[42])
		test(l[:10]+l[13:20]+l[21:43], l[43])
		return "TD3", bits
	case len(lines) == 3 && len(lines[0]) == 30 && len(lines[1]) == 30 && len(lines[2]) == 30:
		a, b := lines[0], lines[1]
		test(a[5:14], a[14])
		test(b[:6], b[6])
		test(b[8:14], b[14])
		test(a[5:30]+b[:7]+b[8:15]+b[18:29], b[29])
		return "TD1", bits
	}
	return "", ""
}

// mrzDigits reads letters as the digits they resemble where only a digit can stand.
func mrzDigits(class string, lines []string) []string {
	digits := [][2]int{{9, 10}, {13, 20}, {21, 28}, {42, 44}}
	if class == "TD1" {
		digits = [][2]int{{0, 7}, {8, 15}, {29, 30}}
	}
	b := []byte(lines[1])
	for _, d := range digits {
		for i := d[0]; i < d[1]; i++ {
			switch b[i] {
			case 'O':
				b[i] = '0'
			case 'I':
				b[i] = '1'
			default:
				if l := lookalikeDigit(b[i]); l != 0 {
					b[i] = l
				}
			}
		}
	}
	out := append([]string(nil), lines...)
	out[1] = string(b)
	if class == "TD1" && len(out[0]) == 30 { // the check digit of the number stands in the first line
		if d, _, ok := asDigits(out[0][14:15]); ok {
			out[0] = out[0][:14] + d + out[0][15:]
		}
	}
	return out
}

// MRZParts are the fields of a machine-readable zone. Names are in its own
// spelling, without accents, apostrophes or hyphens, and cut at its end.
type MRZParts struct {
	Format, Document, Issuer string // TD3 or TD1; P, ID …; three letters
	Surname, Given           string
	Number, Nationality, Sex string // sex M, F or "" where not stated
	Born, BornAlso, Expiry   record.Date
	Optional                 string
	Specimen                 bool // issued by UTO, the country of ICAO's examples
}

// SplitMRZ takes the canonical text of a machine-readable zone apart. It has no
// centuries: Born is the later year that is not after Options.AsOf, BornAlso the
// earlier one where it makes the bearer no older than 120. Expiry lies after
// 1970.
func SplitMRZ(s string, o Options) (p MRZParts, ok bool) {
	lines := strings.Split(s, "|")
	class, bits := mrzChecks(lines)
	if class == "" || strings.Contains(bits, "0") {
		return p, false
	}
	p = MRZParts{Format: class, Document: mrzText(lines[0][:2]), Issuer: mrzText(lines[0][2:5])}
	names, born, expiry := "", "", ""
	if l := lines[1]; class == "TD3" {
		names, p.Number, p.Nationality, born, p.Sex, expiry, p.Optional = lines[0][5:], l[:9], l[10:13], l[13:19], l[20:21], l[21:27], l[28:42]
	} else {
		names, p.Number, p.Nationality, born, p.Sex, expiry, p.Optional = lines[2], lines[0][5:14], l[15:18], l[:6], l[7:8], l[8:14], lines[0][15:]
	}
	surname, given, _ := strings.Cut(names, "<<")
	p.Surname, p.Given = mrzText(surname), mrzText(given)
	p.Number, p.Nationality, p.Sex, p.Optional = mrzText(p.Number), mrzText(p.Nationality), mrzText(p.Sex), mrzText(p.Optional)
	p.Specimen = p.Issuer == "UTO"
	p.Expiry = mrzDate("20", expiry)
	if allDigits(expiry) && atoi(expiry[:2]) >= 70 {
		p.Expiry = mrzDate("19", expiry)
	}
	p.Born, p.BornAlso = mrzDate("20", born), mrzDate("19", born)
	if !o.AsOf.IsZero() {
		today := record.Date(o.AsOf.Format("2006-01-02"))
		if p.Born > today {
			p.Born = ""
		}
		if len(p.BornAlso) > 4 && o.AsOf.Year()-atoi(string(p.BornAlso[:4])) > 120 {
			p.BornAlso = ""
		}
	}
	if p.Born == "" {
		p.Born, p.BornAlso = p.BornAlso, ""
	}
	return p, true
}

func mrzText(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "<", " ")), " ")
}

// mrzDate gives a date that exists, "" for any other; unknown months and days are
// fillers in the zone, and give the year or the month.
func mrzDate(century, s string) record.Date {
	t := strings.TrimRight(s, "<")
	switch {
	case !allDigits(t):
		return ""
	case len(t) == 2:
		return record.Date(century + t)
	case len(t) == 4:
		return record.Date(century + t[:2] + "-" + t[2:])
	case len(t) == 6 && realDate(atoi(century+t[:2]), atoi(t[2:4]), atoi(t[4:])):
		return record.Date(century + t[:2] + "-" + t[2:4] + "-" + t[4:])
	}
	return ""
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
