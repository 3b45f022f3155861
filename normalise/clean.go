package normalise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plainASCII says whether s needs no cleaning: printable ASCII without outer or
// doubled spaces. Nearly every value passes, so that cleaning costs one look.
func plainASCII(s string) bool {
	space := true // a leading space is as bad as a doubled one
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' {
			return false
		}
		if c == ' ' {
			if space {
				return false
			}
			space = true
		} else {
			space = false
		}
	}
	return !space || s == ""
}

// CleanText puts one line of text in order without changing what it says:
// Unicode form NFC, curly quotes and long dashes as ASCII, no control or
// zero-width characters, every run of white space one space, none at the ends.
// A byte that is not UTF-8 becomes U+FFFD.
func CleanText(s string) string {
	if plainASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")) {
		r = plainRune(r)
		switch {
		case r == ' ':
			space = b.Len() > 0
			continue
		case r < 0:
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if out := norm.NFC.String(b.String()); out != s { // what was taken out may have kept marks apart
		return out
	}
	return s
}

// plainRune maps a character to its plain form, white space to ' ', and one
// that shows nothing to -1.
func plainRune(r rune) rune {
	if r < 0x80 {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\v' || r == '\f':
			return ' '
		case r < ' ' || r == 0x7F:
			return -1
		}
		return r
	}
	switch r {
	case '‘', '’', '‚', '‛', 'ʼ', 'ʻ', '′', '`', '´', 'ʹ':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '－':
		return '-'
	case '\u00AD', '\uFEFF', '\u200B', '\u200C', '\u200D', '\u2060', '\u180E':
		return -1
	}
	switch {
	case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// cleanLines is CleanText for text of many lines: line ends become \n, and the
// lines themselves keep their dashes, quotes and inner spacing.
func cleanLines(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= ' ' && s[i] <= '~' || s[i] == '\n'
	}
	if !plain {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
		s = norm.NFC.String(strings.Map(func(r rune) rune {
			if r == '\n' || r == '\t' {
				return r
			}
			if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != '\u200D' && r != '\u200C' {
				return -1
			}
			return r
		}, s))
	}
	return strings.TrimSpace(s)
}

// tidy prepares an identifier: compatibility forms such as full-width digits
// made plain, cleaned as text, upper case.
func tidy(s string) string {
	if plainASCII(s) {
		return upperASCII(s)
	}
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < utf8.RuneSelf
	}
	if ascii {
		return strings.ToUpper(CleanText(s))
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	for range 3 { // upper case may leave the compatibility form, and the reverse
		t := norm.NFKC.String(strings.ToUpper(CleanText(norm.NFKC.String(s))))
		if t == s {
			break
		}
		s = t
	}
	return s
}

func upperASCII(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'a' && s[i] <= 'z' {
			return strings.ToUpper(s)
		}
	}
	return s
}

// strip deletes the bytes of cut from s; no byte of cut may be outside ASCII.
func strip(s, cut string) string {
	found := false
	for i := 0; i < len(cut) && !found; i++ {
		found = strings.IndexByte(s, cut[i]) >= 0
	}
	if !found {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(cut, s[i]) < 0 {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// unlabel takes a leading label off an upper-case value, as in "PNC ID: 79/…".
// A mark or space must part the two, or the label may belong to the value.
func unlabel(s string, labels ...string) string {
	for _, l := range labels {
		rest, ok := strings.CutPrefix(s, l)
		if !ok || rest == "" || !isLabelEnd(rest[0]) {
			continue
		}
		for again := true; again; {
			again = false
			rest = strings.TrimLeft(rest, " .:#=")
			for _, word := range [...]string{"ID", "NUMBER", "NUM", "NO", "REF"} {
				if r, ok := strings.CutPrefix(rest, word); ok && r != "" && isLabelEnd(r[0]) {
					rest, again = r, true
				}
			}
		}
		return rest
	}
	return s
}

func isLabelEnd(c byte) bool { return c == ' ' || c == ':' || c == '.' || c == '#' || c == '=' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func allAlnum(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) && !isUpper(s[i]) {
			return false
		}
	}
	return s != ""
}

// atoi reads digits already checked; it is for numbers that fit.
func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func sameByte(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			return false
		}
	}
	return s != ""
}

func pad(s string, n int) string {
	if len(s) >= n {
		return s
	}
	return strings.Repeat("0", n-len(s)) + s
}
