package sample

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// likeCase writes a new value in the case of the old one.
func likeCase(old, now string) string {
	switch {
	case len(old) > 1 && old == upper(old) && old != lowerCase(old):
		return upper(now)
	case old == lowerCase(old) && old != upper(old):
		return lowerCase(now)
	}
	return now
}

var keys = map[rune]string{'a': "sqz", 'b': "vgn", 'c': "xvd", 'd': "sfe", 'e': "wrd", 'f': "dgr", 'g': "fht", 'h': "gjy", 'i': "uok", 'j': "hku", 'k': "jli", 'l': "kop", 'm': "nj", 'n': "bmh", 'o': "ipl", 'p': "ol", 'q': "wa", 'r': "etf", 's': "adw", 't': "ryg", 'u': "yij", 'v': "cbf", 'w': "qes", 'x': "zcs", 'y': "tuh", 'z': "xas",
	'1': "2q", '2': "13", '3': "24", '4': "35", '5': "46", '6': "57", '7': "68", '8': "79", '9': "80", '0': "9p"}

// letterAt draws the place of a letter or digit, -1 when there is none in a few tries.
func letterAt(p *planter, rs []rune) int {
	for range 6 {
		if i := p.r.below(len(rs)); unicode.IsLetter(rs[i]) || unicode.IsDigit(rs[i]) {
			return i
		}
	}
	return -1
}

func neighbourKey(p *planter, s string) string {
	rs := []rune(s)
	i := letterAt(p, rs)
	if i < 0 {
		return s
	}
	near := keys[unicode.ToLower(rs[i])]
	if near == "" {
		return s
	}
	k := rune(near[p.r.below(len(near))])
	if unicode.IsUpper(rs[i]) {
		k = unicode.ToUpper(k)
	}
	rs[i] = k
	return string(rs)
}

func transposed(p *planter, s string) string {
	rs := []rune(s)
	if len(rs) < 3 {
		return s
	}
	for range 6 {
		i := 1 + p.r.below(len(rs)-2) // the first letter is seldom wrong
		if rs[i] != rs[i+1] && unicode.IsLetter(rs[i]) && unicode.IsLetter(rs[i+1]) {
			rs[i], rs[i+1] = rs[i+1], rs[i]
			return string(rs)
		}
	}
	return s
}

func omitted(p *planter, s string) string {
	rs := []rune(s)
	i := letterAt(p, rs)
	if i < 0 || len(rs) < 3 {
		return s
	}
	if i == 0 && unicode.IsUpper(rs[0]) && unicode.IsLower(rs[1]) {
		rs[1] = unicode.ToUpper(rs[1])
	}
	return string(rs[:i]) + string(rs[i+1:])
}

func doubled(p *planter, s string) string {
	rs := []rune(s)
	i := letterAt(p, rs)
	if i < 0 {
		return s
	}
	again := rs[i]
	if i == 0 && len(rs) > 1 && unicode.IsLower(rs[1]) {
		again = unicode.ToLower(again)
	}
	return string(rs[:i+1]) + string(again) + string(rs[i+1:])
}

const looks = "0OO01II15SS58BB8"

// misread exchanges one character with one that looks like it.
func misread(p *planter, s string) string {
	start := p.r.below(max(1, len(s)))
	for k := range len(s) {
		i := (start + k) % len(s)
		for j := 0; j < len(looks); j += 2 {
			if s[i] == looks[j] || s[i]|0x20 == looks[j] && looks[j] >= 'a' {
				return s[:i] + looks[j+1:j+2] + s[i+1:]
			}
		}
	}
	return s
}

type respelling struct{ from, to string }

var hearing = sync.OnceValue(func() map[string][]respelling {
	out := map[string][]respelling{}
	for family, list := range sections("hearing.txt") {
		for _, pair := range list {
			from, to, _ := strings.Cut(pair, ">")
			out[family] = append(out[family], respelling{from, to})
		}
	}
	return out
})

var hearingOf = map[string]string{"pakistani": "south-asian", "indian": "south-asian", "sikh": "south-asian", "bangladeshi": "south-asian", "polish": "slavic", "albanian": "slavic",
	"romanian": "romance", "portuguese": "romance", "arabic": "arabic", "west-african": "african", "horn": "african", "chinese": "chinese", "vietnamese": "chinese"}

// heard writes a name as an English ear might.
func heard(p *planter, s string) string {
	family := hearingOf[p.person.heritage.name]
	if family == "" {
		family = "english"
	}
	rules := hearing()[family]
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s
	}
	for range 8 {
		h := pick(&p.r, rules)
		i := strings.Index(low, strings.ToLower(h.from))
		if i < 0 {
			continue
		}
		now := s[:i] + h.to + s[i+len(h.from):]
		if i > 0 {
			now = s[:i] + strings.ToLower(h.to) + s[i+len(h.from):]
		}
		if now = strings.TrimSpace(now); len(now) < 2 || now == s {
			continue
		}
		r, n := utf8.DecodeRuneInString(now)
		if first, _ := utf8.DecodeRuneInString(s); unicode.IsUpper(first) {
			now = string(unicode.ToUpper(r)) + now[n:]
		}
		return likeCase(s, now)
	}
	return s
}

// cut ends text at the length of a field of another system.
func cut(p *planter, s string) string {
	rs := []rune(s)
	for _, n := range []int{60, 35, 20, 14, 10, 8, 6} {
		if len(rs) > n && (n <= 10 || p.r.chance(0.7)) {
			return strings.TrimRight(string(rs[:n]), " ")
		}
	}
	return s
}

// windows1252 is what the bytes 0x80 to 0x9F are in Windows-1252; those it does
// not use stay control characters.
var windows1252 = [32]rune{'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f, 0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ'}

// doubleEncoded reads the bytes of UTF-8 as Windows-1252. A name of plain
// letters can't be damaged so.
func doubleEncoded(_ *planter, s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 0x80 && c < 0xa0:
			b.WriteRune(windows1252[c-0x80])
		default:
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

func caseSpacing(p *planter, s string) string {
	switch p.r.below(5) {
	case 0:
		if u := upper(s); u != s {
			return u
		}
		return lowerCase(s)
	case 1:
		return lowerCase(s)
	case 2:
		return s + " "
	case 3:
		return " " + s
	}
	if i := strings.IndexByte(s, ' '); i > 0 {
		return s[:i] + " " + s[i:]
	}
	return s + "  "
}

func placeholderFor(p *planter, _ string) string {
	return pick(&p.r, []string{"UNKNOWN", "UNKNOWN", "N/K", "NOT KNOWN", "NOT ENTERED", "XX", "TBC", "-"})
}

func rewriteBlank(p *planter, t *ErrorType) bool {
	f := p.pickField(t.Fields)
	return f != "" && p.put(t, f, "")
}
