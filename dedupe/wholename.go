package dedupe

import (
	"fmt"
	"math"
	"strings"
)

// NameLevel says in plain English how two names agree. The order is that of the
// weakest agreement allowed: a name is as good as the worst of its words.
type NameLevel uint8

// The levels, best first. NamesMissing means that one of the names has no word
// to compare; it is neither agreement nor disagreement.
const (
	NamesMissing        NameLevel = iota
	NamesSame                     // the same words, but for case, accents, spaces, titles and particles
	NamesReordered                // the same words in another order
	NamesVariant                  // a nickname or another form of a name
	NamesInitials                 // an initial stands for a word that begins with it
	NamesPart                     // one has words that the other leaves out
	NamesLetterApart              // a letter's difference, where the word is long enough for it to be a slip
	NamesTransliterated           // what one sound is written as in several alphabets and spellings
	NamesSound                    // sound alike
	NamesAlike                    // more alike than names are by chance
	NamesDiffer
)

var nameLevelText = [...]string{"missing", "same", "same words in another order", "nickname or variant", "initials agree", "one is part of the other",
	"a letter apart", "transliterated alike", "sound alike", "alike", "differs"}

// String gives the level in words.
func (l NameLevel) String() string {
	if int(l) < len(nameLevelText) {
		return nameLevelText[l]
	}
	return fmt.Sprintf("level %d", uint8(l))
}

// NameWord is what one word of a name, or several written as one, was paired with.
// A is "" for a word that only the second name has, B for one that only the
// first has. The words are folded: upper-case, without accents.
type NameWord struct {
	A, B       string
	Level      NameLevel
	Similarity float64 // 0 where one side is ""
}

// String gives the pair with all but first letters masked.
func (w NameWord) String() string {
	switch {
	case w.B == "":
		return maskWord(w.A) + " only in the first"
	case w.A == "":
		return maskWord(w.B) + " only in the second"
	}
	return maskWord(w.A) + "~" + maskWord(w.B) + " " + w.Level.String()
}

// GoString keeps %#v from printing the words.
func (w NameWord) GoString() string { return w.String() }

// NameComparison says how alike two names are as wholes. Similarity lies in
// [0,1]: 1 for the same name, and near 0 for names with no word in common. It
// ranks pairs of names; it is not a probability, and two people may bear one name.
type NameComparison struct {
	Similarity float64
	Level      NameLevel
	Words      []NameWord // in the order of the first name, then what only the second has
	Cut        bool       // whether a name went beyond the limits, so that its end was left out
}

// String gives level and similarity, and the words with all but their first
// letter masked. The words themselves are personal: they stand in Words alone.
func (c NameComparison) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%.2f)", c.Level, c.Similarity)
	for i, w := range c.Words {
		sep := ", "
		if i == 0 {
			sep = ": "
		}
		b.WriteString(sep + w.String())
	}
	return b.String()
}

// GoString keeps %#v from printing the words.
func (c NameComparison) GoString() string { return c.String() }

// maskWord keeps the first letter and says nothing of the length.
func maskWord(s string) string {
	for _, r := range s {
		return string(r) + "***"
	}
	return ""
}

// Limits of what is compared of a name. No name of a person comes near them; what
// lies beyond is cut off, which NameComparison.Cut says.
const (
	maxNameBytes = 512
	maxNameWords = 16
	maxWordRunes = 48
)

// The price list. A name's similarity is exp(-sum of prices), as for independent
// evidence: every word that disagrees divides it, and many that agree do not
// make up for one that contradicts. Judgement, not fitted to any labelled file.
const (
	priceDiffers       = 1.6  // two words that have nothing to do with each other
	priceMiddle        = 0.8  // the part of a price that is asked of words between first and last
	priceMiddleInitial = 0.4  // the part of an initial's price that is asked there
	priceOrder         = 0.03 // words in another order
	priceSpacing       = 0.02 // written as one word and as two
	priceJoined        = 0.3  // up to which words are joined for a word they may be
	priceExtra         = 0.12 // a middle word that one name leaves out
	priceExtraEnd      = 0.22 // a first or last word that one name leaves out
	priceLone          = 0.55 // all but one word left out
	priceParticle      = 0.03 // a particle or title left out
	priceGenerated     = 0.12 // Jr, II … on one side only
	priceConflict      = 1.2  // Jr and Sr, II and III
	priceRepeated      = 0.02 // a word that the name has already
	priceCut           = 0.1  // a name beyond the limits, unless equal
)

// CompareNames says how alike two names of persons are, each given as one text
// in any script and in any order of given names and surname. Titles (Dr, Sheikh)
// and particles (van der, al-, bin) count for little, generations (Jr, II) only
// when they conflict. Each word is paired with one of the other name so that the
// whole agrees best. A word that stands for no value (UNKNOWN) is a word here:
// package normalise takes such out.
//
// It is symmetric: CompareNames(b, a) has the same similarity and level, with A
// and B of each word exchanged. The same text on both sides gives 1, and a text
// without letters NamesMissing and 0. At most 512 bytes and 16 words of a name
// are read, so that the time is bounded whatever the input.
func CompareNames(a, b string) NameComparison {
	var x, y wholeName
	x.read(a)
	y.read(b)
	if x.n == 0 || y.n == 0 {
		return NameComparison{Cut: x.cut || y.cut}
	}
	order := x.order(&y)
	exchanged := order > 0
	if order == 0 && x.cut == y.cut && x.words == y.words {
		return x.withItself(a == b)
	}
	if exchanged {
		x, y = y, x
	}
	c := compareWhole(&x, &y)
	c.Cut = x.cut || y.cut
	if c.Cut && a != b {
		c.Similarity *= math.Exp(-priceCut)
	}
	if exchanged {
		for i := range c.Words {
			c.Words[i].A, c.Words[i].B = c.Words[i].B, c.Words[i].A
		}
		c.Words = inOrderOfA(c.Words, &y)
	}
	return c
}

// withItself is the comparison of a name with the same words; whole says whether
// the texts are the same, cut or not.
func (w *wholeName) withItself(whole bool) NameComparison {
	c := NameComparison{Similarity: 1, Level: NamesSame, Cut: w.cut, Words: make([]NameWord, 0, w.n)}
	for i := range w.n {
		if x := &w.words[i]; x.kind == plainWord {
			c.Words = append(c.Words, NameWord{A: x.text, B: x.text, Level: NamesSame, Similarity: 1})
		}
	}
	if c.Cut && !whole {
		c.Similarity = math.Exp(-priceCut)
	}
	return c
}

// inOrderOfA puts the words in the order of the first name.
func inOrderOfA(words []NameWord, a *wholeName) []NameWord {
	out := make([]NameWord, 0, len(words))
	taken := make([]bool, len(words))
	for i := range a.n {
		for k, w := range words {
			if !taken[k] && w.A == a.words[i].text {
				out, taken[k] = append(out, w), true
				break
			}
		}
	}
	for k, w := range words {
		if !taken[k] {
			out = append(out, w)
		}
	}
	return out
}
