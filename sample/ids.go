package sample

import "strconv"

// checkLetters are those of the PNC ID, the CRO number and the ASN, by the
// remainder modulo 23.
const checkLetters = "ZABCDEFGHJKLMNPQRTUVWXY"

// digits writes n with leading zeros.
func digits(b []byte, n, width int) []byte {
	start := len(b)
	for range width {
		b = append(b, '0')
	}
	for i := len(b) - 1; i >= start && n > 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return b
}

// pncID writes a PNC ID, in full or as the PNC displays it (81/34U).
func pncID(year, serial int, short bool) string {
	b := make([]byte, 0, 13)
	if short {
		b = append2(b, year%100)
		b = append(b, '/')
		b = strconv.AppendInt(b, int64(serial), 10)
	} else {
		b = append4(b, year)
		b = append(b, '/')
		b = digits(b, serial, 7)
	}
	return string(append(b, checkLetters[(year%100*10_000_000+serial)%23]))
}

// croNumber writes a standard CRO number, or a short-file one.
func croNumber(year, serial int, shortFile bool) string {
	b := make([]byte, 0, 12)
	if shortFile {
		b = append(b, 'S', 'F')
		b = append2(b, year%100)
		b = append(b, '/')
		b = strconv.AppendInt(b, int64(serial), 10)
		n := year % 100
		for p := serial; p > 0; p /= 10 {
			n *= 10
		}
		return string(append(b, checkLetters[(n+serial)%23]))
	}
	b = digits(b, serial, 6)
	b = append(b, '/')
	b = append2(b, year%100)
	return string(append(b, checkLetters[(year%100*1_000_000+serial)%23]))
}

// asn writes an arrest/summons number of the owner's force and unit, system 01.
func asn(owner string, year, serial int) string {
	b := append2(make([]byte, 0, 20), year%100)
	b = append(b, owner...)
	b = append(b, "01"...)
	b = digits(b, serial, 11)
	n := 0
	if isDigits(owner[:2]) {
		n = int(owner[0]-'0')*10 + int(owner[1]-'0')
	}
	for _, part := range []int{1, year % 100} {
		n = (n*100 + part) % 23
	}
	for range 11 {
		n = n * 10 % 23
	}
	return string(append(b, checkLetters[(n+serial)%23]))
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// nhsNumber writes an NHS number of the test range, which begins 999 and is
// given to nobody.
func nhsNumber(r *stream) string {
	for {
		b := digits(append(make([]byte, 0, 10), "999"...), r.below(1_000_000), 6)
		sum := 0
		for i, c := range b {
			sum += int(c-'0') * (10 - i)
		}
		if c := (11 - sum%11) % 11; c < 10 {
			return string(append(b, byte('0'+c)))
		}
	}
}

// ninoPrefixes are prefixes that HMRC issues or may issue.
var ninoPrefixes = []string{"AB", "AE", "BW", "CE", "EG", "HJ", "JG", "JK", "LR", "LW", "NE", "PB", "RE", "SK", "TY", "WK", "YC", "ZY", "OA", "JM", "KC", "MR", "PW", "SX"}

func nino(r *stream) string {
	b := append(make([]byte, 0, 9), pick(r, ninoPrefixes)...)
	b = digits(b, r.between(1, 999_998), 6)
	return string(append(b, "ABCD"[r.below(4)]))
}

// passportNumber has nine digits and no check; the first is never 0, which a
// spreadsheet would lose.
func passportNumber(r *stream) string { return strconv.Itoa(r.between(100_000_000, 999_999_999)) }

func prisonNumber(r *stream) string {
	b := digits([]byte{'A'}, r.between(1000, 9999), 4)
	return string(append(b, checkLetters[1+r.below(22)], checkLetters[1+r.below(22)]))
}

func crn(r *stream) string {
	return string(digits([]byte{"BCDEFGHJKLMNPRSTVWX"[r.below(19)]}, r.between(1000, 999_999), 6))
}

// driverNumber writes the number of a Great Britain licence for a person; the
// tie-break and the last two letters are free, because how they are made is not
// published.
func driverNumber(r *stream, surname, given, middle string, female bool, y, m, d int) string {
	b := make([]byte, 0, 16)
	s := letters(surname)
	if len(s) >= 3 && s[:3] == "MAC" {
		s = "MC" + s[3:]
	}
	for i := range 5 {
		if i < len(s) {
			b = append(b, s[i])
		} else {
			b = append(b, '9')
		}
	}
	if female {
		m += 50
	}
	b = append(b, byte('0'+y/10%10))
	b = append2(b, m)
	b = append2(b, d)
	b = append(b, byte('0'+y%10), letters(given)[0])
	if second := letters(middle); second != "" {
		b = append(b, second[0])
	} else {
		b = append(b, '9')
	}
	return string(append(b, "99998765"[r.below(8)], "ABCDEFGHJKLM"[r.below(12)], "ABCDEFGHJKLMNPRTVWXYZ"[r.below(21)]))
}
