package normalise

import "strings"

// vrmClass gives the format of a mark without spaces, "" for none.
func vrmClass(s string) string {
	var b [7]byte
	if len(s) == 0 || len(s) > 7 {
		return ""
	}
	return vrmClassOf(b[:copy(b[:], s)])
}

// vrmClassOf takes the mark apart into runs of letters and digits; its shape,
// such as LDL, decides which formats are tried.
func vrmClassOf(s []byte) string {
	var runs [4][]byte
	n, start := 0, 0
	for i := range s {
		if !isDigit(s[i]) && !isUpper(s[i]) {
			return ""
		}
		if i+1 == len(s) || isDigit(s[i]) != isDigit(s[i+1]) {
			if n == 3 {
				return ""
			}
			runs[n] = s[start : i+1]
			n, start = n+1, i+1
		}
	}
	a, b, c := runs[0], runs[1], runs[2]
	letterFirst := isUpper(s[0])
	switch {
	case n == 1 && !letterFirst:
		return vrmDigits(a)
	case n == 2 && letterFirst:
		return vrmLettersDigits(a, b)
	case n == 2:
		return vrmDigitsLetters(a, b)
	case n == 3 && letterFirst:
		return vrmLDL(a, b, c)
	case n == 3:
		return vrmDLD(a, b, c)
	}
	return ""
}

func vrmDigits(d []byte) string {
	switch {
	case len(d) > 5:
		return ""
	case len(d) == 5 && d[0] == '0':
		return "trade2015"
	}
	return "guernsey"
}

func vrmLettersDigits(l, d []byte) string {
	if d[0] == '0' {
		return ""
	}
	switch {
	case isManx(l) && len(d) <= 4 && (len(l) < 3 || l[0] == 'M' || len(d) <= 3):
		return "iom"
	case len(l) == 1 && l[0] == 'J' && len(d) > 4, len(l) == 1 && l[0] == 'E' && len(d) > 4:
		return "jersey"
	case string(l) == "JSY" && len(d) <= 3:
		return "jersey"
	case niCode(l, true) && len(d) <= 4:
		return "ni"
	case len(l) <= 2 && len(d) <= 4 && lettersT(l), len(l) == 3 && len(d) <= 3 && lettersT(l):
		return "dateless"
	}
	return ""
}

func vrmDigitsLetters(d, l []byte) string {
	if d[0] == '0' {
		return ""
	}
	switch {
	case isManx(l) && len(d) <= 4 && (len(l) < 3 || l[0] == 'M' || len(d) <= 3):
		return "iom"
	case niCode(l, false) && len(d) <= 4:
		return "ni"
	case len(l) <= 2 && len(d) <= 4 && lettersT(l), len(l) == 3 && len(d) <= 3 && lettersT(l):
		return "dateless"
	}
	return ""
}

// vrmLDL knows the formats of letters, digits, letters.
func vrmLDL(a, d, b []byte) string {
	switch {
	case len(a) == 3 && len(b) == 1 && d[0] != '0' && isManx(a) && len(d) <= 3 && b[0] <= 'Y':
		return "iom"
	case len(a) == 1 && len(b) == 3 && d[0] != '0' && isManx(b) && len(d) <= 3:
		return "iom"
	case len(a) == 2 && len(d) == 2 && len(b) == 3 && lettersT(a) && lettersS(b) && !(d[0] == '0' && d[1] == '1'):
		return "current"
	case len(a) == 2 && len(d) == 2 && len(b) == 2:
		return "military"
	case d[0] == '0' || len(d) > 3:
		return ""
	case len(a) == 1 && len(b) == 3 && a[0] == 'Q' && lettersT(b):
		return "qplate"
	case len(a) == 1 && len(b) == 3 && ageLetter(a[0]) && lettersT(b):
		return "prefix"
	case len(a) == 3 && len(b) == 1 && ageLetter(b[0]) && lettersT(a):
		return "suffix"
	}
	return ""
}

func vrmDLD(a, l, b []byte) string {
	switch {
	case len(a) == 3 && len(b) == 3 && len(l) == 1 && (l[0] == 'D' || l[0] == 'X'):
		return "diplomatic"
	case len(a) == 2 && len(l) == 2 && len(b) == 2:
		return "military"
	}
	return ""
}

// lettersT allows the letters of marks in general: not I, Q or Z.
func lettersT(l []byte) bool {
	for _, c := range l {
		if c == 'I' || c == 'Q' || c == 'Z' {
			return false
		}
	}
	return true
}

// lettersS allows Z as well, which the last three of a current mark may have.
func lettersS(l []byte) bool {
	for _, c := range l {
		if c == 'I' || c == 'Q' {
			return false
		}
	}
	return true
}

func ageLetter(c byte) bool { return strings.IndexByte("IOQUZ", c) < 0 }

// isManx knows MN, MAN and MN after a serial letter. Great Britain never issued
// them, so that they decide before any other format.
func isManx(l []byte) bool {
	switch len(l) {
	case 2:
		return l[0] == 'M' && l[1] == 'N'
	case 3:
		if l[0] == 'M' && l[1] == 'A' && l[2] == 'N' {
			return true
		}
		return l[1] == 'M' && l[2] == 'N' && strings.IndexByte("AIQSZ", l[0]) < 0
	}
	return false
}

// niCode knows the county and city codes of Northern Ireland, after a serial
// letter where one may stand.
func niCode(l []byte, serial bool) bool {
	switch {
	case len(l) == 2:
	case len(l) == 3 && serial && l[0] <= 'Z' && l[0] != 'Q':
		l = l[1:]
	default:
		return false
	}
	return niCounties()[l[0]-'A'][l[1]-'A']
}
