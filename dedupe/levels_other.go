package dedupe

import (
	"leds.internal/ledsq/dedupe/internal/similarity"
	"leds.internal/ledsq/record"
)

func dobComparison() comparison {
	return comparison{name: "date of birth", most: 0.3, chance: 0.0001, uses: []string{"dob"}, compare: compareDOB, reads: []reading{{0, []touch{touchDays}}}, levels: []level{
		{name: "same date of birth", column: "dob", share: 1},
		{name: "day and month of birth exchanged", column: "dob", share: 0.5},
		{name: "date of birth one digit apart", column: "dob", share: 0.3},
		{name: "birth dates may be the same day"},
		{name: "two of day, month and year of birth agree"},
		{name: "year of birth agrees or nearly"},
		{name: "date of birth differs"},
	}}
}

const (
	dobSame = iota + 1
	dobSwapped
	dobDigit
	dobOverlap
	dobTwoParts
	dobNear
	dobDiffers
)

func compareDOB(c *comparer, cols []*column, a, b int32) uint8 {
	dob := cols[0]
	x, y := c.ids(dob, a, b)
	if x == missing || y == missing {
		return 0
	}
	if x == y && len(dob.text[x]) == len("1980-06-15") {
		return dobSame
	}
	return c.grade(dob, x, y, gradeDates)
}

// generation is the least number of years between parent and child: a birthday in
// common says nothing then.
const generation = 15

// gradeDates compares two dates as intervals where either is not an exact day.
func gradeDates(a, b form) uint8 {
	x, y := a.day(), b.day()
	if !x.exact || !y.exact {
		if record.Date(a.text()).Overlaps(record.Date(b.text())) {
			return dobOverlap
		}
		if x.from-y.from < 800 && y.from-x.from < 800 {
			return dobNear
		}
		return dobDiffers
	}
	parts := 0
	for _, eq := range [...]bool{x.year == y.year, x.month == y.month, x.day == y.day} {
		if eq {
			parts++
		}
	}
	switch {
	case x.year == y.year && x.month == y.day && x.day == y.month:
		return dobSwapped
	case x.oneDigit(y):
		return dobDigit
	case parts == 2 && x.year-y.year < generation && y.year-x.year < generation:
		return dobTwoParts
	case x.year-y.year <= 1 && y.year-x.year <= 1:
		return dobNear
	}
	return dobDiffers
}

// Address is one concept: postcode, line and town say the same thing three
// times and must not be counted three times.
func addressComparison() comparison {
	return comparison{name: "address", concept: "address", chance: 0.00001, shared: true, anyOf: true, uses: []string{"postcode", "line", "town", "locality"}, compare: compareAddress, closest: closestAddress, reads: []reading{{0, []touch{touchPostcodes}}, {1, []touch{touchLines, touchWords, touchLexicon}}}, levels: []level{
		{name: "same address", column: "line", second: "postcode", share: 0.7},
		{name: "address a letter or two apart", column: "line", share: 0.7},
		{name: "address alike", column: "line", share: 0.5},
		{name: "same postcode", column: "postcode", share: 1},
		{name: "postcode one character apart"},
		{name: "same district or town", column: "town", share: 1},
		{name: "same district or town, another street"},
		{name: "address differs"},
	}}
}

const (
	addressSame = iota + 1
	addressClose
	addressAlike
	addressPostcode
	addressPostcodeEdit
	addressTown
	addressStreet
	addressDiffers
)

func compareAddress(c *comparer, cols []*column, a, b int32) uint8 {
	postcode, line, town, locality := cols[0], cols[1], cols[2], cols[3]
	pa, pb := c.ids(postcode, a, b)
	la, lb := c.ids(line, a, b)
	ta, tb := c.ids(town, a, b)
	va, vb := c.ids(locality, a, b)
	both := func(x, y uint32) bool { return x != missing && y != missing }
	pc, ln := uint8(0), uint8(0) // 0 where one side has none
	if both(pa, pb) {
		pc = c.grade(postcode, pa, pb, gradePostcodes)
	}
	if both(la, lb) {
		ln = c.grade(line, la, lb, gradeLines)
	}
	samePlace := both(ta, tb) && (ta == tb || c.grade(town, ta, tb, spelling) <= close2) ||
		both(va, vb) && (va == vb || c.grade(locality, va, vb, spelling) <= close2)
	switch {
	case ln == same && (pc != different || samePlace):
		return addressSame
	case ln == oneEdit && (pc != different || samePlace):
		return addressClose
	case ln != 0 && ln <= alike && (pc == same || pc == oneEdit || pc == 0 && samePlace || ln <= close2 && samePlace):
		return addressAlike
	case pc == same:
		return addressPostcode
	case ln == same || ln == oneEdit || pc == oneEdit:
		return addressPostcodeEdit
	case pc == alike || samePlace:
		if ln == different {
			return addressStreet
		}
		return addressTown
	case pc != 0 || ln != 0 || both(ta, tb):
		return addressDiffers
	}
	return 0
}

// closestAddress looks at which values are there and the same.
func closestAddress(c *comparer, cols []*column, a, b int32) uint8 {
	pa, pb := c.ids(cols[0], a, b)
	la, lb := c.ids(cols[1], a, b)
	switch {
	case la != missing && lb != missing:
		return addressSame
	case pa != missing && pa == pb:
		return addressPostcode
	case pa != missing && pb != missing:
		return addressPostcodeEdit
	}
	return addressTown
}

func gradePostcodes(x, y form) uint8 {
	if x.id == y.id {
		return same
	}
	p, q := x.postcode(), y.postcode()
	switch {
	case min(p.size, q.size) >= 4 && p.plain.mayBeWithin(q.plain, 1) && similarity.Distance(x.plain(), y.plain(), 1) <= 1:
		return oneEdit // spaces aside
	case p.district.size != 0 && p.district == q.district && district(x.text()) == district(y.text()):
		return alike
	}
	return different
}

// gradeLines compares address lines word by word, whatever their order: the
// numbers must agree, the other words may be one letter apart.
func gradeLines(x, y form) uint8 {
	if x.id == y.id {
		return same
	}
	a, b := x.line(), y.line()
	if min(a.size, b.size) >= 8 && a.digits == b.digits && mayBeWithin(a.letters, b.letters, int(a.size), int(b.size), 2) && sameDigits(x.text(), y.text()) {
		ja, jb := x.plain(), y.plain()
		if ja == jb {
			return same
		}
		if similarity.Distance(ja, jb, 2) <= 2 {
			return oneEdit
		}
	}
	hit, near := pairWords(x.c.lexicon, a.words, b.words)
	if near && x.text() > y.text() { // words find their partners in the order of the lesser text
		hit, _ = pairWords(x.c.lexicon, b.words, a.words)
	}
	switch share := float64(hit) / float64(max(a.size+b.size, 1)); {
	case share >= 0.999 && len(x.text()) == len(y.text()):
		return same
	case share >= 0.85:
		return close2
	case share >= 0.65 || share >= 0.3 && jaroWinkler(x.text(), y.text()) >= 0.92:
		return alike
	}
	return different
}

// pairWords finds for each word of a one of b that is the same, or near it, and
// counts their letters; near says that there was one not the same.
func pairWords(lexicon []word, a, b []uint32) (hit int, near bool) {
	b = b[:min(len(b), 64)]
	var used uint64 // words of b already paired
	for _, w := range a {
		for j, v := range b {
			if used&(1<<j) != 0 {
				continue
			}
			if w != v {
				if !lexicon[w].near(&lexicon[v]) {
					continue
				}
				near = true
			}
			hit += len(lexicon[w].text) + len(lexicon[v].text)
			used |= 1 << j
			break
		}
	}
	return hit, near
}

// sameDigits says whether two texts have the same digits in the same order:
// 12 High Street and 21 High Street are two homes.
func sameDigits(a, b string) bool {
	i, j := 0, 0
	for {
		for i < len(a) && !digit(a[i]) {
			i++
		}
		for j < len(b) && !digit(b[j]) {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// near says whether two words of at least four letters are one letter apart.
func (w *word) near(v *word) bool {
	a, b := len(w.text), len(v.text)
	return min(a, b) >= 4 && !w.numeric && !v.numeric && a-b <= 1 && b-a <= 1 &&
		mayBeWithin(w.letters, v.letters, a, b, 1) && similarity.Distance(w.text, v.text, 1) <= 1
}

func numeric(s string) bool { return s != "" && digit(s[0]) }

// gradeUnlike is for columns of few values: what is not the same differs.
func gradeUnlike(_, _ form) uint8 { return 2 }

// gradeCodes is for codes and numbers: one character dropped, added, mistyped or
// exchanged is less than another code.
func gradeCodes(a, b form) uint8 {
	x, y := a.ends(), b.ends()
	if min(x.len(), y.len()) >= 5 && x.mayBeOneEdit(y) && similarity.Distance(a.text(), b.text(), 1) == 1 {
		return 2
	}
	return 3
}

// gradeWords is for free words.
func gradeWords(a, b form) uint8 {
	if spelling(a, b) <= alike {
		return 2
	}
	return 3
}

// wordsComparison compares free words.
func wordsComparison(name, from string) comparison {
	return comparison{name: name, chance: 0.01, uses: []string{from}, compare: onColumn(gradeWords), reads: spelt, levels: []level{
		{name: "same " + name, column: from, share: 1}, {name: name + " alike"}, {name: name + " differs"}}}
}
