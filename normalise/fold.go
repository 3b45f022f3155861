package normalise

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form of a text that comparisons use, never storage: upper-case
// A to Z, digits and single spaces. Accents are dropped, letters that do not
// decompose are spelt out (Ł L, Ø O, ß SS, Æ AE, Þ TH …), Cyrillic and Greek
// are transliterated, hyphens and other marks become spaces, apostrophes are
// deleted. Arabic, Hebrew, Chinese, Korean, Indic and other scripts are spelt in
// Latin letters too, by a general table (see transliterate): good enough to
// compare by, too rough to show. Folding twice changes nothing.
func Fold(s string) string {
	folded := true
	space := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isUpper(c) || isDigit(c):
			space = false
			continue
		case c == ' ' && !space:
			space = true
			continue
		}
		folded = false
		break
	}
	if folded && (!space || s == "") {
		return s
	}
	var buf [64]byte
	return string(AppendFold(buf[:0], s))
}

// AppendFold appends to b what Fold gives.
func AppendFold(b []byte, s string) []byte {
	from := len(b)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isUpper(c) || isDigit(c):
			b = append(b, c)
		case c >= 'a' && c <= 'z':
			b = append(b, c-32)
		case c == '\'' || c == '`':
		case c >= utf8.RuneSelf:
			return append(b[:from], foldUnicode(s)...)
		default:
			if n := len(b); n > from && b[n-1] != ' ' {
				b = append(b, ' ')
			}
		}
	}
	if n := len(b); n > from && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return b
}

func foldUnicode(s string) string {
	b := make([]byte, 0, len(s)+8)
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToUpper(r)
		if r < utf8.RuneSelf {
			c := byte(r)
			switch {
			case isUpper(c) || isDigit(c):
				b = append(b, c)
			case c == '\'' || c == '`':
			default:
				b = appendSpace(b)
			}
			continue
		}
		if t, ok := letters[r]; ok {
			b = append(b, t...)
			continue
		}
		switch {
		case unicode.Is(unicode.Cf, r):
		case r == '’' || r == '‘' || r == 'ʼ' || r == 'ʻ' || r == '′' || r == '´' || r == 'ʹ':
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			b = transliterate(b, unicode.ToLower(r)) // capitals of Georgian are not in the table
		default:
			b = appendSpace(b)
		}
	}
	out := strings.TrimSuffix(string(b), " ")
	if !isFolded(out) {
		out = norm.NFKC.String(out) // letters without a spelling go back to one form
	}
	return out
}

func isFolded(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func appendSpace(b []byte) []byte {
	if len(b) > 0 && b[len(b)-1] != ' ' {
		b = append(b, ' ')
	}
	return b
}

// FoldName is Fold for names: a Mc or O standing alone joins what follows (MC
// DONALD, O BRIEN), M' becomes MC, and so the spellings of one name meet. Mac
// and Mc stay apart, because Mack and Macey are no Mc names.
func FoldName(s string) string {
	f := Fold(s)
	if len(f) > 2 && f[0] == 'M' && len(s) > 2 && (s[1] == '\'' || strings.HasPrefix(s[1:], "’")) && f[1] != ' ' {
		f = "MC" + f[1:]
	}
	if !strings.Contains(f, " ") {
		return f
	}
	if !strings.Contains(f, "MC ") && !strings.Contains(f, "O ") {
		return f
	}
	b := make([]byte, 0, len(f))
	for i := 0; i < len(f); i++ {
		if f[i] == ' ' && joins(f, i) {
			continue
		}
		b = append(b, f[i])
	}
	if len(b) == len(f) {
		return f
	}
	return FoldName(string(b)) // what was joined may join again
}

// AppendFoldName appends to b what FoldName gives.
func AppendFoldName(b []byte, s string) []byte {
	from := len(b)
	b = AppendFold(b, s)
	f := b[from:]
	if len(s) > 1 && (s[1] == '\'' || s[1] >= utf8.RuneSelf) || bytes.IndexByte(f, ' ') >= 0 && (bytes.Contains(f, []byte("MC ")) || bytes.Contains(f, []byte("O "))) {
		return append(b[:from], FoldName(s)...)
	}
	return b
}

// joins says whether the space at i follows a word MC, or a word O before at
// least three letters.
func joins(f string, i int) bool {
	start := strings.LastIndexByte(f[:i], ' ') + 1
	switch f[start:i] {
	case "MC":
		return i+1 < len(f)
	case "O":
		end := i + 1
		for end < len(f) && isUpper(f[end]) {
			end++
		}
		return end-i > 3
	}
	return false
}

// letters spells letters that do not decompose, Cyrillic (after the ICAO Doc
// 9303 table) and Greek (after ISO 843) in A to Z.
var letters = map[rune]string{
	'Ł': "L", 'Ø': "O", 'Đ': "D", 'Ð': "D", 'Ħ': "H", 'ß': "SS", 'ẞ': "SS", 'Æ': "AE", 'Œ': "OE", 'Þ': "TH", 'Ŋ': "NG", 'Ŧ': "T",
	'ı': "I", 'Ə': "E", 'Ɛ': "E", 'Ɔ': "O", 'Ɖ': "D", 'Ɓ': "B", 'Ɗ': "D", 'Ƙ': "K", 'Ƴ': "Y", 'Ɲ': "NY", 'ĸ': "K",

	'А': "A", 'Б': "B", 'В': "V", 'Г': "G", 'Ґ': "G", 'Д': "D", 'Ђ': "D", 'Ѓ': "G", 'Е': "E", 'Ё': "E", 'Є': "IE", 'Ж': "ZH", 'З': "Z", 'Ѕ': "DZ",
	'И': "I", 'І': "I", 'Ї': "I", 'Й': "I", 'Ј': "J", 'К': "K", 'Л': "L", 'Љ': "LJ", 'М': "M", 'Н': "N", 'Њ': "NJ", 'О': "O", 'П': "P",
	'Р': "R", 'С': "S", 'Т': "T", 'Ћ': "C", 'Ќ': "K", 'У': "U", 'Ў': "U", 'Ф': "F", 'Х': "KH", 'Ц': "TS", 'Ч': "CH", 'Џ': "DZ", 'Ш': "SH",
	'Щ': "SHCH", 'Ъ': "IE", 'Ы': "Y", 'Ь': "", 'Э': "E", 'Ю': "IU", 'Я': "IA",

	'Α': "A", 'Β': "V", 'Γ': "G", 'Δ': "D", 'Ε': "E", 'Ζ': "Z", 'Η': "I", 'Θ': "TH", 'Ι': "I", 'Κ': "K", 'Λ': "L", 'Μ': "M", 'Ν': "N",
	'Ξ': "X", 'Ο': "O", 'Π': "P", 'Ρ': "R", 'Σ': "S", 'Τ': "T", 'Υ': "Y", 'Φ': "F", 'Χ': "CH", 'Ψ': "PS", 'Ω': "O",
}
