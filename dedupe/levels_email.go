package dedupe

import "strings"

func emailComparison() comparison {
	return comparison{name: "email", chance: 0.000001, uses: []string{"email", "given", "surname"}, levels: []level{
		{name: "same email", column: "email", share: 1}, {name: "email one letter apart", column: "email", share: 0.5},
		{name: "same email user"}, {name: "email alike"}, {name: "email differs"}},
		compare: compareEmails, reads: []reading{{0, []touch{touchBriefs, touchUsers}}}}
}

const (
	emailSame = iota + 1
	emailEdit
	emailUser
	emailAlike
	emailDiffers
)

// compareEmails leaves out of the comparison what two addresses have from the names
// of their owners alone: jan.smit@ and jan.smit2@ are as alike as two Jan Smits are.
func compareEmails(c *comparer, cols []*column, a, b int32) uint8 {
	x, y := c.ids(cols[0], a, b)
	switch {
	case x == missing || y == missing:
		return 0
	case x == y:
		return emailSame
	}
	g := c.grade(cols[0], x, y, gradeEmails)
	if g == emailDiffers {
		return g
	}
	left, right := user(cols[0].text[x]), user(cols[0].text[y])
	if !named(c, cols, left, a) || !named(c, cols, right, b) {
		return g
	}
	own := digitsOf(left)
	if own == digitsOf(right) && (g == emailEdit || g == emailUser && len(own) >= 3) {
		return g
	}
	return 0
}

// named says whether the user of an email is called after a name of the record.
func named(c *comparer, cols []*column, user string, r int32) bool {
	for _, col := range cols[1:] {
		if id := c.t.id(col, r); id != missing && len(col.text[id]) >= 3 && strings.Contains(user, strings.ToLower(col.text[id])) {
			return true
		}
	}
	return false
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func gradeEmails(x, y form) uint8 {
	s := spelling(x, y)
	a, b := user(x.text()), user(y.text())
	switch {
	case s == same:
		return emailSame
	case s == oneEdit:
		return emailEdit
	case a == b:
		return emailUser
	case x.userBrief().mayBeLike(y.userBrief(), 0.88) && jaroWinkler(a, b) >= 0.88:
		return emailAlike
	}
	return emailDiffers
}
