package normalise

import (
	"slices"
	"strings"
	"sync"
)

// DaitchMokotoff gives the Daitch-Mokotoff codes of a name, six digits each, in
// ascending order: several where a spelling has several sounds (CH, C, RS, J …).
// Two names sound alike if they share a code. It was made for Slavic and
// Germanic names in every spelling, treats English ones well, and keeps more of
// a name than Soundex. A shared code is a reason to compare, never evidence.
//
// Source: the table published by Avotaynu and JewishGen; tested on their examples.
func DaitchMokotoff(name string) []string {
	s := strip(FoldName(name), " 0123456789")
	if s == "" {
		return nil
	}
	rules := dmRules()
	branches := []dmBranch{{}}
	for i := 0; i < len(s); {
		r, n := rules.longest(s[i:])
		if n == 0 { // a letter that has no Latin spelling
			i++
			continue
		}
		codes := r[2]
		switch {
		case i == 0:
			codes = r[0]
		case i+n < len(s) && strings.IndexByte("AEIOU", s[i+n]) >= 0:
			codes = r[1]
		}
		twice := i > 0 && (s[i-1] == 'M' && s[i] == 'N' || s[i-1] == 'N' && s[i] == 'M') // M and N side by side both count
		var next []dmBranch
		for _, b := range branches {
			for _, c := range codes {
				if nb := b.add(c, twice); !slices.Contains(next, nb) && len(next) < 64 {
					next = append(next, nb)
				}
			}
		}
		branches, i = next, i+n
		if !slices.ContainsFunc(branches, func(b dmBranch) bool { return len(b.code) < 6 }) {
			break // nothing further counts
		}
	}
	out := make([]string, 0, len(branches))
	for _, b := range branches {
		out = append(out, (b.code + "000000")[:6])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// dmBranch is one way of reading the name so far, and the code added last.
type dmBranch struct{ code, last string }

func (b dmBranch) add(c string, twice bool) dmBranch {
	if c != "" && len(b.code) < 6 && (twice || !strings.HasSuffix(b.last, c)) {
		b.code += c
		b.code = b.code[:min(6, len(b.code))]
	}
	b.last = c
	return b
}

// dmTable has a row per treatment: the codes at the start of the name, before a
// vowel and elsewhere (- for none, a bar between branches), and the spellings.
const dmTable = `
0 - - A E I O U
0 1 - AI AJ AY EI EJ EY OI OJ OY UI UJ UY UE
0 7 - AU
1 1 - EU
1 - - IA IE IO IU Y
1|4 -|4 -|4 J
2 4 4 SCHTSCH SCHTSH SCHTCH SHTCH SHTSH STSCH ZHDZH SHCH STCH STRZ STRS STSH SZCZ SZCS ZDZH ZDZ SC
2 43 43 SCHT SCHD SHT SZT SHD SZD ZHD ST SD ZD
3 3 3 D T DT TH
4 4 4 S Z TTSCH TTCH TSCH TTSZ ZSCH CSZ CZS DRZ DRS DSH DSZ DZH DZS SCH TCH TRZ TRS TSH TTS TTZ TZS TSZ ZSH CZ CS DS DZ SH SZ TS TC TZ ZH ZS
4|5 4|5 4|5 C CH
5|45 5|45 5|45 CK
4|94 4|94 4|94 RS RZ
5 5 - H
5 5 5 G K Q KH
5 54 54 X CHS KS
6 6 6 M N
66 66 66 MN NM
7 7 7 B F P V W FB PF PH
8 8 8 L
9 9 9 R
`

type dmRuleSet map[string][3][]string

// longest finds the rule for the longest spelling at the front of s.
func (m dmRuleSet) longest(s string) (codes [3][]string, n int) {
	for n = min(7, len(s)); n > 0; n-- {
		if r, ok := m[s[:n]]; ok {
			return r, n
		}
	}
	return codes, 0
}

var dmRules = sync.OnceValue(func() dmRuleSet {
	m := dmRuleSet{}
	for line := range strings.Lines(strings.TrimSpace(dmTable)) {
		f := strings.Fields(line)
		var codes [3][]string
		for i := range codes {
			codes[i] = strings.Split(strings.ReplaceAll(f[i], "-", ""), "|")
		}
		for _, spelling := range f[3:] {
			m[spelling] = codes
		}
	}
	return m
})

// Skeleton gives the consonants of a name, with those that transcription mixes
// up written alike: a key for Arabic and South Asian names, whose vowels are
// spelt by ear. Mohammed, Muhammad and محمد all give MHMD; but so does Mahmud.
// Of the first letter the vowel counts (A, E and I as I, O and U as U). Words are
// joined, because Abdul Rahman is one name; an article before the name (al, el)
// is dropped. It is no evidence by itself.
func Skeleton(name string) string {
	f := FoldName(name)
	for _, article := range [...]string{"AL ", "EL ", "UL "} {
		if rest, ok := strings.CutPrefix(f, article); ok {
			f = rest
		}
	}
	s := strip(f, " ")
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		c, n := skeletonSound(s, i)
		i += n
		switch {
		case c == 0:
		case len(b) > 0 && b[len(b)-1] == c: // one of a double
		default:
			b = append(b, c)
		}
	}
	if n := len(b); n > 1 && b[n-1] == 'H' { // Fatimah
		b = b[:n-1]
	}
	return string(b)
}

// skeletonSound gives the sound at i, 0 for none, and how many letters it takes.
func skeletonSound(s string, i int) (c byte, n int) {
	next := byte(0)
	if i+1 < len(s) {
		next = s[i+1]
	}
	if next == 'H' {
		switch s[i] {
		case 'P':
			return 'F', 2
		case 'K':
			return 'K', 2
		case 'Z':
			return 'J', 2
		case 'C':
			return 'C', 2
		case 'B', 'D', 'G', 'S', 'T':
			return skeletonLetter(s[i]), 2
		}
	}
	switch s[i] {
	case 'A', 'E', 'I', 'O', 'U', 'Y':
		switch {
		case i > 0:
			return 0, 1
		case s[i] == 'A':
			return 'A', 1
		case s[i] == 'O' || s[i] == 'U':
			return 'U', 1
		}
		return 'I', 1
	case 'W':
		if i > 0 && strings.IndexByte("AEIOU", s[i-1]) >= 0 && strings.IndexByte("AEIOUY", next) < 0 {
			return 0, 1 // Chowdhury: part of the vowel
		}
	case 'C':
		if next == 'K' {
			return 'K', 2
		}
	}
	return skeletonLetter(s[i]), 1
}

func skeletonLetter(c byte) byte {
	switch c {
	case 'Q', 'C':
		return 'K'
	case 'G':
		return 'J'
	case 'W':
		return 'V'
	}
	if !isUpper(c) {
		return 0
	}
	return c
}
