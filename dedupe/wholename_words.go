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

// join makes one word of those from i to the one before end.
func (w *wholeName) join(i, end int) {
	x := w.joined(i, end)
	copy(w.words[i+1:], w.words[end:w.n])
	w.n -= end - i - 1
	w.words[i] = x
}

func (w *wholeName) joined(i, end int) nameWord {
	var b, n strings.Builder
	for _, x := range w.words[i:end] {
		b.WriteString(x.text)
		n.WriteString(x.native)
	}
	return nameWord{text: b.String(), key: spellingKey(b.String()), native: n.String(), other: w.words[i].other}
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// Particles of surnames and words for "son of", in the languages that police
// records meet most. As a first word they may be a name: Van Morrison, Le Duc Anh.
var nameParticles = words(`VAN VON DER DEN DE DA DAS DO DOS DI DEL DELLA DELLO DU LA LE LAS LOS TER TEN ZU ZUM ZUR AF AV
	BEN BT WALAD OULD AP AB FERCH VERCH Y E KYZY KIZI OGLU OGLY UGLI UULU UR AS AZ AD AN ASH UL`)

// Articles and words for son, daughter and father that are never a name alone.
var articles = words(`AL EL BIN IBN BINT BINTI ABU`)

// The article as it is written after Abd: before some letters it takes their sound.
var servantArticles = words(`AL EL UL UR AR US AS UN AN`)

// Those that stand between a child's name and the father's.
var descentWords = words(`BIN IBN BINT BINTI BEN BT WALAD OULD AP AB FERCH VERCH`)

// Titles that are hardly ever names.
var nameTitles = words(`MR MRS MISS MS MX DR DOCTOR PROF PROFESSOR REV REVD REVEREND SIR LADY LORD DAME PC DC PS DS SGT INSP CLLR CAPT CAPTAIN
	COL COLONEL LT LIEUTENANT PRESIDENT IMAM RABBI MULLAH MAULANA MAWLANA MAULVI AYATOLLAH USTAD SHEIKH SHAIKH SHAYKH SHEIK HAJI HAJJI HADJI
	SRI SHRI SMT PANDIT HERR FRAU MONSIEUR MME SENOR SENORA SR SRA`)

// Titles that are names too: left out they count for little, and against
// another word for as much as any.
var softTitles = words(`MASTER MAJ MAJOR GEN GENERAL MAYOR PRINCE PRINCESS KING QUEEN DON DONA FR HAJ HAJJ SAYYID SEYYED SYED SAYED`)

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

// splitInitials takes initials run together apart where the other name has two
// words or more that begin with them, side by side: TJ Hale and Thomas James Hale.
func (w *wholeName) splitInitials(v *wholeName) {
	for i := 0; i < w.n && w.n < maxNameWords; i++ {
		x := w.words[i]
		if x.kind != plainWord || len(x.text) != 2 || x.text[0] >= utf8.RuneSelf || !v.hasSideBySide(x.text[0], x.text[1]) || v.has(x.text) {
			continue
		}
		copy(w.words[i+2:w.n+1], w.words[i+1:w.n])
		w.n++
		for k := range 2 {
			s := x.text[k : k+1]
			w.words[i+k] = nameWord{text: s, key: spellingKey(s), other: x.other}
		}
	}
}

func (w *wholeName) has(text string) bool {
	for i := range w.n {
		if w.words[i].text == text {
			return true
		}
	}
	return false
}

func (w *wholeName) hasSideBySide(a, b byte) bool {
	for i := 1; i < w.n; i++ {
		if w.words[i-1].text[0] == a && w.words[i].text[0] == b {
			return true
		}
	}
	return false
}
