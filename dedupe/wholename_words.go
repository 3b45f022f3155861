package dedupe

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"leds.internal/ledsq/normalise"
)

// wordKind is what part a word plays in a name.
type wordKind uint8

const (
	plainWord wordKind = iota
	particleWord
	titleWord
	generationWord // Jr, Sr, II …
)

// nameWord is one word of a name: folded, and as a key of its spelling.
type nameWord struct {
	text string
	key  string // with the spellings of one sound written alike
	// native is the word in a script that writes a syllable or a meaning with each
	// sign, where a sign is more than a letter: 이재형, 习近平. Else "".
	native string
	kind   wordKind
	soft   bool   // may be a title or particle, and a name as well
	other  bool   // from a script other than Latin
	sound  string // skeleton, when asked for
}

// wholeName is a name taken apart, on the stack.
type wholeName struct {
	words [maxNameWords]nameWord
	n     int
	cut   bool
}

// read takes a name apart.
func (w *wholeName) read(text string) {
	if len(text) > maxNameBytes {
		end := maxNameBytes
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text, w.cut = text[:end], true
	}
	folded := normalise.FoldName(text)
	other, dense := scripts(text)
	var native []string
	if dense {
		native = strings.FieldsFunc(norm.NFC.String(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
		if len(native) != strings.Count(folded, " ")+1 {
			native = nil // the words don't correspond
		}
	}
	i := 0
	for word := range strings.SplitSeq(folded, " ") {
		if word == "" {
			continue
		}
		if w.n == maxNameWords {
			w.cut = true
			break
		}
		if short, ok := cutRunes(word, maxWordRunes); ok {
			word, w.cut = short, true
		}
		x := nameWord{text: word, other: other}
		if native != nil {
			x.native = native[i]
		}
		i++
		w.words[w.n] = x
		w.n++
	}
	w.joinServant()
	w.classify()
	for i := range w.n {
		w.words[i].key = spellingKey(w.words[i].text)
	}
}

func cutRunes(s string, most int) (string, bool) {
	if len(s) <= most {
		return s, false
	}
	n := 0
	for i := range s {
		if n == most {
			return s[:i], true
		}
		n++
	}
	return s, false
}

// scripts says whether a name has letters of a script other than Latin, and
// whether all its letters are of a script whose signs are syllables or more.
func scripts(s string) (other, dense bool) {
	dense = true
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				dense = false
			}
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana):
			other = true
		case unicode.IsLetter(r):
			dense = false
			other = other || !unicode.Is(unicode.Latin, r)
		}
	}
	return other, dense && other
}

// classify finds titles, particles and generations, and takes them for plain
// words where nothing else would be left. A title stands before the name, a
// particle before another word, a generation after the first word.
func (w *wholeName) classify() {
	plain := 0
	for i := range w.n {
		x := &w.words[i]
		switch {
		case plain == 0 && nameTitles[x.text]:
			x.kind = titleWord
		case i > 0 && generationNumber(x.text, i == w.n-1) != 0:
			x.kind = generationWord
		case i > 0 && i < w.n-1 && nameParticles[x.text], articles[x.text] && i < w.n-1:
			x.kind = particleWord
		default:
			x.soft = plain == 0 && i < w.n-1 && (softTitles[x.text] || nameParticles[x.text])
			plain++
		}
	}
	if plain == 0 {
		for i := range w.n {
			w.words[i].kind = plainWord
		}
	}
}

// joinServant writes the article of Abd al-Rahman as in Abdul Rahman.
func (w *wholeName) joinServant() {
	for i := 0; i+2 < w.n; i++ {
		if w.words[i].text == "ABD" && servantArticles[w.words[i+1].text] {
			w.words[i].text = "ABDUL"
			copy(w.words[i+1:], w.words[i+2:w.n])
			w.n--
		}
	}
}

// order compares two names by their words, so that a pair is always looked at in
// one way round.
func (w *wholeName) order(v *wholeName) int {
	for i := range min(w.n, v.n) {
		x, y := &w.words[i], &v.words[i]
		if c := cmp.Or(strings.Compare(x.text, y.text), strings.Compare(x.native, y.native)); c != 0 {
			return c
		}
	}
	return cmp.Compare(w.n, v.n)
}

// generationNumber tells the first of a name from the second: 1 for Sr, 2 for Jr and
// II, and so on; 0 for what is no generation. What follows a name and says
// nothing of who bears it (OBE) is 9.
func generationNumber(s string, last bool) int {
	switch s {
	case "SNR", "SENIOR", "1ST":
		return 1
	case "JR", "JNR", "JUNIOR", "II", "2ND":
		return 2
	case "III", "3RD":
		return 3
	case "IV", "4TH":
		return 4
	case "SR":
		if last {
			return 1
		}
	case "ESQ", "OBE", "MBE", "CBE", "QPM", "PHD":
		return 9
	}
	return 0
}
