package normalise

// checkLetters is the table of the mod-23 check letter that PNCID, CRO and ASN
// share; I, O and S are not in it.
const checkLetters = "ZABCDEFGHJKLMNPQRTUVWXY"

// checkLetter gives the letter for a string of digits of any length.
func checkLetter(parts ...string) byte {
	r := 0
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			r = (r*10 + int(p[i]-'0')) % 23
		}
	}
	return checkLetters[r]
}

// asDigits reads s as digits, letter O as 0 and I as 1, counting those.
func asDigits(s string) (digits string, homoglyphs int, ok bool) {
	if s == "" {
		return "", 0, false
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		d := c
		switch {
		case isDigit(c):
		case c == 'O':
			d = '0'
		case c == 'I':
			d = '1'
		default:
			return "", 0, false
		}
		if d != c {
			if b == nil {
				b = []byte(s)
			}
			b[i] = d
			homoglyphs++
		}
	}
	if b == nil {
		return s, 0, true
	}
	return string(b), homoglyphs, true
}

// lookalikeDigit gives the digit a letter is often mistaken for, 0 for none.
func lookalikeDigit(c byte) byte {
	switch c {
	case 'S':
		return '5'
	case 'B':
		return '8'
	case 'Z':
		return '2'
	case 'G':
		return '6'
	}
	return 0
}

// lookalike gives what a character is often mistaken for, either way, 0 for none.
func lookalike(c byte) byte {
	switch c {
	case '5':
		return 'S'
	case '8':
		return 'B'
	case '2':
		return 'Z'
	case '6':
		return 'G'
	}
	return lookalikeDigit(c)
}

// fit reads s by a mask: L a letter, D a digit, A either. A homoglyph in a
// position of fixed kind is set right and counted.
func fit(s, mask string) (out string, homoglyphs int, ok bool) {
	if len(s) != len(mask) {
		return "", 0, false
	}
	var b []byte
	set := func(i int, c byte) {
		if b == nil {
			b = []byte(s)
		}
		b[i] = c
		homoglyphs++
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch mask[i] {
		case 'D':
			switch {
			case isDigit(c):
			case c == 'O':
				set(i, '0')
			case c == 'I':
				set(i, '1')
			default:
				return "", 0, false
			}
		case 'L':
			switch {
			case isUpper(c):
			case c == '0':
				set(i, 'O')
			case c == '1':
				set(i, 'I')
			default:
				return "", 0, false
			}
		default:
			if !isDigit(c) && !isUpper(c) {
				return "", 0, false
			}
		}
	}
	if b == nil {
		return s, 0, true
	}
	return string(b), homoglyphs, true
}

// oneLookalike tries every single exchange of a look-alike in s, and gives the
// texts for which accept is true. No identifier is longer than 24 characters.
func oneLookalike(s string, accept func(string) (string, bool)) (found []string) {
	if len(s) > 24 {
		return nil
	}
	for i := 0; i < len(s); i++ {
		l := lookalike(s[i])
		if l == 0 {
			continue
		}
		if t, ok := accept(s[:i] + string(l) + s[i+1:]); ok && !contains(found, t) {
			found = append(found, t)
		}
	}
	return found
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
