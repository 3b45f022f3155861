package dedupe

import (
	"strings"
	"unicode/utf8"
)

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

// maxJoins bounds how often words of a name are joined, and so the time.
const maxJoins = 4

// joinAlike makes one of neighbouring words of x that y writes as one word, as in
// Abdul Rahman and Abdulrahman, and gives how often it did.
func joinAlike(x, y *wholeName) (times int) {
	for ; times < maxJoins; times++ {
		best, from, end := priceJoined, 0, 0
		for j := range y.n {
			v := &y.words[j]
			if v.kind != plainWord || len(v.text) < 4 {
				continue
			}
			nearest := -1.0
			for i := range x.n {
				for e := i + 2; e <= min(i+3, x.n); e++ {
					if !x.joinable(i, e, len(v.text)) {
						continue
					}
					w := x.joined(i, e)
					p, _ := priceSpelt(&w, v)
					if p >= best {
						continue
					}
					if nearest < 0 {
						nearest = nearestTo(v, x)
					}
					if p+0.1 < nearest {
						best, from, end = p, i, e
					}
				}
			}
		}
		if end == 0 {
			break
		}
		x.join(from, end)
	}
	return times
}

// joinable says whether the words from i to e, joined, may be one of so many letters.
func (w *wholeName) joinable(i, e, letters int) bool {
	size := 0
	for _, x := range w.words[i:e] {
		if x.kind == generationWord || x.kind == titleWord {
			return false
		}
		size += len(x.text)
	}
	return size <= letters+2 && size >= letters-2
}

// nearestTo gives the price of the word of x that comes nearest to v as it stands.
func nearestTo(v *nameWord, x *wholeName) float64 {
	least := priceDiffers
	for i := range x.n {
		p, _ := priceSpelt(&x.words[i], v)
		least = min(least, p)
	}
	return least
}

// sameJoined says whether two names are the same but for spaces, and gives the
// words joined.
func sameJoined(x, y *wholeName) (string, bool) {
	if x.n == y.n || x.size() != y.size() {
		return "", false
	}
	a, b := x.joined(0, x.n), y.joined(0, y.n)
	return a.text, a.text == b.text && a.native == b.native
}

func (w *wholeName) size() (n int) {
	for i := range w.n {
		n += len(w.words[i].text)
	}
	return n
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
