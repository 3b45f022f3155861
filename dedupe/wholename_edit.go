package dedupe

import (
	"cmp"
	"unicode/utf8"
)

// nameRunes is a word as letters, on the stack.
type nameRunes struct {
	r [maxWordRunes]rune
	n int
}

func (w *nameRunes) set(s string) {
	w.n = 0
	for _, r := range s {
		if w.n == len(w.r) {
			return
		}
		w.r[w.n] = r
		w.n++
	}
}

// editCosts says what an edit costs, 1 for an ordinary letter.
type editCosts struct {
	vowels float64 // the part of a price that vowels cost, and consonants that stand for vowels
	letter bool    // whether letters are Latin ones, with their confusions
}

var (
	plainEdits          = editCosts{vowels: 1}
	letterEdits         = editCosts{vowels: 1, letter: true}
	transliteratedEdits = editCosts{vowels: 0.4, letter: true} // vowels are guessed where the script has none
)

// editCost is the weighted optimal string alignment distance. What looks alike
// or sounds alike costs less, a first letter more: people seldom get it wrong.
func editCost(a, b *nameRunes, c editCosts) float64 {
	var space [3][maxWordRunes + 1]float64
	before, last, row := &space[0], &space[1], &space[2]
	for j := 1; j <= b.n; j++ {
		last[j] = last[j-1] + c.drop(b, j-1)
	}
	for i := 1; i <= a.n; i++ {
		row[0] = last[0] + c.drop(a, i-1)
		for j := 1; j <= b.n; j++ {
			d := last[j-1]
			if a.r[i-1] != b.r[j-1] {
				change := c.change(a.r[i-1], b.r[j-1])
				if i == 1 && j == 1 && change > 0.5 {
					change *= 1.3
				}
				d += change
			}
			d = min(d, last[j]+c.drop(a, i-1), row[j-1]+c.drop(b, j-1))
			if i > 1 && j > 1 && a.r[i-1] == b.r[j-2] && a.r[i-2] == b.r[j-1] {
				d = min(d, before[j-2]+0.8)
			}
			row[j] = d
		}
		before, last, row = last, row, before
	}
	return last[b.n]
}

// drop is the cost of a letter that only one word has.
func (c editCosts) drop(w *nameRunes, i int) float64 {
	if !c.letter {
		return 1
	}
	r := w.r[i]
	switch {
	case i > 0 && w.r[i-1] == r:
		return 0.2 // one of a double
	case r == 'H' && i > 0:
		return 0.4
	case i > 0 && c.vowels < 1 && (r == 'V' || r == 'W' || r == 'J'):
		return 0.5 // Hebrew and Arabic write O and U as one of these
	case vowel(r):
		if i == 0 {
			return 0.9 * c.vowels
		}
		return 0.7 * c.vowels
	}
	return 1
}

// change is the cost of a letter for another.
func (c editCosts) change(r, s rune) float64 {
	if !c.letter || r >= utf8.RuneSelf || s >= utf8.RuneSelf {
		return 1
	}
	p := changeCosts[r][s]
	if p > 0 && vowel(r) && vowel(s) {
		return p * c.vowels
	}
	return cmp.Or(p, 1)
}

// changeCosts is confusable both ways, and what a vowel costs for another.
var changeCosts = func() (t [utf8.RuneSelf][utf8.RuneSelf]float64) {
	for _, r := range "AEIOUY" {
		for _, s := range "AEIOUY" {
			t[r][s] = 0.7
		}
	}
	for pair, p := range confusable {
		t[pair[0]][pair[1]], t[pair[1]][pair[0]] = p, p
	}
	return t
}()

func vowel(r rune) bool {
	switch r {
	case 'A', 'E', 'I', 'O', 'U', 'Y':
		return true
	}
	return false
}

// confusable gives what costs less than another letter: signs that look alike, and letters that several languages write for one sound.
var confusable = map[[2]byte]float64{
	{'0', 'O'}: 0.2, {'1', 'I'}: 0.2, {'1', 'L'}: 0.2, {'5', 'S'}: 0.2, {'8', 'B'}: 0.2, {'0', 'D'}: 0.4, {'2', 'Z'}: 0.3, {'3', 'E'}: 0.3, {'4', 'A'}: 0.3, {'6', 'G'}: 0.3, {'7', 'T'}: 0.4, {'9', 'G'}: 0.3, {'I', 'L'}: 0.7,
	{'C', 'K'}: 0.3, {'K', 'Q'}: 0.3, {'C', 'Q'}: 0.4, {'C', 'S'}: 0.6, {'S', 'Z'}: 0.4, {'V', 'W'}: 0.3, {'F', 'V'}: 0.5, {'I', 'Y'}: 0.3, {'I', 'J'}: 0.4, {'J', 'Y'}: 0.4,
	{'G', 'J'}: 0.5, {'B', 'P'}: 0.7, {'D', 'T'}: 0.7, {'B', 'V'}: 0.7, {'G', 'K'}: 0.7, {'M', 'N'}: 0.7, {'O', 'U'}: 0.5, {'E', 'I'}: 0.5, {'A', 'E'}: 0.6,
	{'H', 'K'}: 0.7, {'U', 'V'}: 0.6, {'U', 'W'}: 0.5,
}
