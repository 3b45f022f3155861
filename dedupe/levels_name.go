package dedupe

import "strings"

// Given names: a pair of records whose given name and surname are exchanged
// agrees on both, at a level of its own.
func givenComparison() comparison {
	return comparison{name: "given name", most: 0.2, concept: "name", chance: 0.004, uses: []string{"given", "surname", "middle"}, swaps: givenSwapped, compare: compareGiven, reads: spelt, levels: []level{
		{name: "same given name", column: "given", share: 1},
		{name: "given name and surname exchanged", column: "given", share: 1},
		{name: "given name one letter apart", column: "given", share: 0.5},
		{name: "nickname or other form of the given name", column: "given", share: 0.5},
		{name: "given name alike", column: "given", share: 0.3},
		{name: "given name and surname exchanged, nearly"},
		{name: "given name of one is a middle name of the other"},
		{name: "given name only an initial, which agrees"},
		{name: "given name a little alike"},
		{name: "given name differs"},
	}}
}

const (
	givenSame = iota + 1
	givenSwapped
	givenEdit
	givenNick
	givenClose
	givenSwappedNearly
	givenMiddle
	givenInitial
	givenAlike
	givenDiffers
)

func compareGiven(c *comparer, cols []*column, a, b int32) uint8 {
	given := cols[0]
	x, y := c.ids(given, a, b)
	if x == missing || y == missing {
		return 0
	}
	if x == y {
		return givenSame
	}
	if swapped(c, cols[0], cols[1], a, b) {
		return givenSwapped
	}
	g := c.grade(given, x, y, gradeGiven)
	if g > givenSwappedNearly && swappedNearly(c, cols[0], cols[1], a, b) {
		return givenSwappedNearly
	}
	if g > givenMiddle {
		mx, my := c.ids(cols[2], a, b)
		if partOf(given.text[x], cols[2].text[my]) || partOf(given.text[y], cols[2].text[mx]) {
			return givenMiddle
		}
	}
	return g
}

func gradeGiven(x, y form) uint8 {
	p, q := x.brief(), y.brief()
	if p.size > q.size {
		p, q, x, y = q, p, y, x
	}
	if p.size == 1 {
		if uint8(p.head) == uint8(q.head) {
			return givenInitial
		}
		return givenDiffers
	}
	s := spelling(x, y)
	if s == oneEdit {
		return givenEdit
	}
	if linked(x, y) {
		return givenNick
	}
	switch {
	case s == close2 || p.size >= 4 && p.head == q.head && strings.HasPrefix(y.text(), x.text()):
		return givenClose
	case s == alike || x.sound() == y.sound():
		return givenAlike
	}
	return givenDiffers
}

// swapped says whether given name and surname of one record are surname and
// given name of the other, allowing a letter's difference in neither.
func swapped(c *comparer, given, surname *column, a, b int32) bool {
	ga, gb := c.ids(given, a, b)
	sa, sb := c.ids(surname, a, b)
	if ga == missing || gb == missing || sa == missing || sb == missing {
		return false
	}
	if given.loans > 0 { // the numbers of values on loan mean nothing in another column
		return given.text[ga] == surname.text[sb] && given.text[gb] == surname.text[sa]
	}
	in := c.in(given, surname)
	return in[ga] == sb && in[gb] == sa
}

// swappedNearly says whether given name and surname of one record are like surname
// and given name of the other. One of the four may be missing.
func swappedNearly(c *comparer, given, surname *column, a, b int32) bool {
	ga, gb := c.ids(given, a, b)
	sa, sb := c.ids(surname, a, b)
	if (ga == missing || sb == missing) && (gb == missing || sa == missing) {
		return false
	}
	near := func(g, s uint32) bool {
		return g == missing || s == missing || acrossColumns(form{given, g}, form{surname, s}) <= close2
	}
	return near(ga, sb) && near(gb, sa)
}

func surnameComparison() comparison {
	return comparison{name: "surname", most: 0.08, concept: "name", chance: 0.001, shared: true, uses: []string{"surname", "given"}, swaps: surnameSwapped, compare: compareSurname, reads: []reading{{0, []touch{touchPlainBriefs, touchBriefs}}}, levels: []level{
		{name: "same surname", column: "surname", share: 1},
		{name: "surname and given name exchanged", column: "surname", share: 1},
		{name: "surname one letter apart", column: "surname", share: 0.5},
		{name: "one surname is part of the other", column: "surname", share: 0.5},
		{name: "surname alike", column: "surname", share: 0.3},
		{name: "surname and given name exchanged, nearly"},
		{name: "surname a little alike"},
		{name: "surname differs"},
	}}
}

const (
	surnameSame = iota + 1
	surnameSwapped
	surnameEdit
	surnamePart
	surnameClose
	surnameSwappedNearly
	surnameAlike
	surnameDiffers
)

func compareSurname(c *comparer, cols []*column, a, b int32) uint8 {
	surname := cols[0]
	x, y := c.ids(surname, a, b)
	if x == missing || y == missing {
		return 0
	}
	if x == y {
		return surnameSame
	}
	if swapped(c, cols[1], cols[0], a, b) {
		return surnameSwapped
	}
	g := c.grade(surname, x, y, gradeSurname)
	if g > surnameSwappedNearly && swappedNearly(c, cols[1], cols[0], a, b) {
		return surnameSwappedNearly
	}
	return g
}

func gradeSurname(x, y form) uint8 {
	switch s := plainSpelling(x, y); {
	case s == same:
		return surnameSame
	case s == oneEdit:
		return surnameEdit
	case (x.spaced() || y.spaced()) && (partOf(x.text(), y.text()) || partOf(y.text(), x.text())):
		return surnamePart
	case s == close2 || linked(x, y):
		return surnameClose
	case s == alike || x.sound() == y.sound():
		return surnameAlike
	}
	return surnameDiffers
}

// partOf says whether a is one of the words of b, as in SMITH and SMITH JONES.
func partOf(a, b string) bool {
	if len(a) < 3 || len(b) < len(a) {
		return false
	}
	for w := range strings.SplitSeq(b, " ") {
		if w == a {
			return true
		}
	}
	return false
}

// gradeMiddle takes an initial for the name it begins.
func gradeMiddle(x, y form) uint8 {
	p, q := x.brief(), y.brief()
	if p.size > q.size {
		p, q, x, y = q, p, y, x
	}
	switch s := spelling(x, y); {
	case p.size == 1 && uint8(p.head) == uint8(q.head):
		return 2
	case s <= alike || partOf(x.text(), y.text()) || linked(x, y):
		return 3
	}
	return 4
}
