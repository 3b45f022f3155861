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
	g := byEmail(c, cols, a, b)
	if g == 0 || g == emailSame || g == emailDiffers {
		return g
	}
	x, y := c.ids(cols[0], a, b)
	left, right := user(cols[0].text[x]), user(cols[0].text[y])
	if !named(c, cols, left, a) || !named(c, cols, right, b) {
		return g
	}
	if sameDigits(left, right) && (g == emailEdit || g == emailUser && digits(left) >= 3) {
		return g
	}
	return 0
}

var byEmail = onColumn(gradeEmails)

// named says whether the user of an email is called after a name of the record.
func named(c *comparer, cols []*column, user string, r int32) bool {
	for _, col := range cols[1:] {
		if id := c.t.id(col, r); id != missing && len(col.text[id]) >= 3 && strings.Contains(user, strings.ToLower(col.text[id])) {
			return true
		}
	}
	return false
}

// digits counts those of a text.
func digits(s string) (n int) {
	for i := range len(s) {
		if digit(s[i]) {
			n++
		}
	}
	return n
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
