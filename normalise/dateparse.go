package normalise

import (
	"strings"

	"leds.internal/ledsq/record"
)

// dateRead is a date as parsed: month or day 0 where unknown.
type dateRead struct {
	y, m, d int
	other   string // the reading with day and month exchanged, where it is one
	century bool   // the century was not given
	null    bool   // zeros or nines that stand for no date
	why     string // why it can't be read
	suggest []string
}

// step names the rule by which a date can't be read.
func (r dateRead) step() string {
	switch r.why {
	case notInOrder:
		return "order"
	case notCalendar:
		return "calendar"
	case isSerial:
		return "spreadsheet"
	case sixDigits:
		return "six-digits"
	}
	return "form"
}

func badDate(why string, suggest ...string) dateRead { return dateRead{why: why, suggest: suggest} }

const (
	notADate    = "not a date"
	notInOrder  = "no such day in the order of day and month asked for; the other order is suggested"
	notCalendar = "no such day in the calendar"
	isSerial    = "a number that a spreadsheet shows for a date"
	sixDigits   = "six digits without separators"
)

// dateToken is a run of digits, or a month name as its number.
type dateToken struct {
	n, width int
	month    bool
}

// parseDate reads upper-case text without time or words around it.
func parseDate(s, kind string, o Options) dateRead {
	var buf [4]dateToken
	t := buf[:0]
	for i := 0; i < len(s); {
		c := s[i]
		j := i
		switch {
		case isDigit(c):
			for j < len(s) && isDigit(s[j]) {
				j++
			}
			if j-i > 8 || len(t) == 4 {
				return badDate(notADate)
			}
			t = append(t, dateToken{n: atoi(s[i:j]), width: j - i})
		case isUpper(c):
			for j < len(s) && isUpper(s[j]) {
				j++
			}
			w := s[i:j]
			if m := monthNumber(w); m > 0 && len(t) < 4 {
				t = append(t, dateToken{n: m, month: true})
			} else if !dateNoise(w, i > 0 && isDigit(s[i-1])) {
				return badDate(notADate)
			}
		case strings.IndexByte("/.- ,'", c) >= 0:
			j++
		default:
			return badDate(notADate)
		}
		i = j
	}
	for _, k := range t {
		if k.month {
			return namedMonth(t, kind, o)
		}
	}
	switch len(t) {
	case 3:
		return threeNumbers(t, kind, o)
	case 2:
		return twoNumbers(t)
	case 1:
		return oneNumber(s, t[0], kind, o)
	}
	return badDate(notADate)
}

// dateNoise knows the words that may stand in a date and say nothing.
func dateNoise(w string, afterDigit bool) bool {
	switch w {
	case "ST", "ND", "RD", "TH":
		return afterDigit
	case "OF", "THE", "MON", "TUE", "TUES", "WED", "THU", "THUR", "THURS", "FRI", "SAT", "SUN",
		"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY":
		return true
	}
	return false
}

func monthNumber(w string) int {
	if len(w) < 3 {
		return 0
	}
	names := [...]string{"JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"}
	for i, n := range names {
		if w == n || w == n[:3] || len(w) == 4 && len(n) > 4 && w == n[:4] {
			return i + 1
		}
	}
	return 0
}

// fullYear gives the year of a token of four or two digits.
func fullYear(t dateToken, kind string, o Options) (y int, assumed, ok bool) {
	switch t.width {
	case 4:
		return t.n, false, true
	case 2:
		last := o.pivotYear()
		if kind != "dob" {
			last += horizon
		}
		y = last/100*100 + t.n
		if y > last {
			y -= 100
		}
		return y, true, true
	}
	return 0, false, false
}

// namedMonth reads a date whose month is a word: the year is the number of four
// digits, or else the last.
func namedMonth(t []dateToken, kind string, o Options) dateRead {
	m, nums := 0, [3]dateToken{}
	n := 0
	for _, k := range t {
		switch {
		case k.month && m != 0 || n == 3:
			return badDate(notADate)
		case k.month:
			m = k.n
		default:
			nums[n] = k
			n++
		}
	}
	switch n {
	case 1:
		if nums[0].width != 4 {
			return badDate("a month without its year")
		}
		return calendar(nums[0].n, m, 0)
	case 2:
		day, year := nums[0], nums[1]
		if day.width == 4 || o.DateOrder == YMD && year.width != 4 {
			day, year = year, day
		}
		y, assumed, ok := fullYear(year, kind, o)
		if !ok || day.width > 2 {
			return badDate(notADate)
		}
		r := calendar(y, m, day.n)
		r.century = assumed
		return r
	}
	return badDate(notADate)
}

// calendar checks a reading; a zero day or month is unknown.
func calendar(y, m, d int) dateRead {
	switch {
	case y == 0 && m == 0 && d == 0, y == 9999 && (m == 99 && d == 99):
		return dateRead{null: true}
	case m == 0:
		d = 0
	}
	if y < 1000 || !(record.YMD{Year: y, Month: m, Day: d}).Valid() {
		return badDate(notCalendar)
	}
	return dateRead{y: y, m: m, d: d}
}

func threeNumbers(t []dateToken, kind string, o Options) dateRead {
	a, b, c := t[0], t[1], t[2]
	if a.width == 4 { // year first is ISO, whatever the order asked for
		if c.width > 2 || b.width > 2 {
			return badDate(notADate)
		}
		return swappable(a.n, b.n, c.n, false)
	}
	day, month, year := a, b, c
	switch {
	case o.DateOrder == MDY:
		day, month = b, a
	case o.DateOrder == YMD && c.width != 4:
		year, month, day = a, b, c
	}
	y, assumed, ok := fullYear(year, kind, o)
	if !ok || day.width > 2 || month.width > 2 {
		return badDate(notADate)
	}
	if y == 2000 && assumed && day.n == 0 && month.n == 0 {
		return dateRead{null: true}
	}
	r := swappable(y, month.n, day.n, o.DateOrder != YMD || c.width == 4)
	r.century = assumed
	return r
}

// swappable checks a reading of three numbers and looks at day and month
// exchanged: as another reading if the first is good and the order was open, as
// a suggestion if it is not.
func swappable(y, m, d int, open bool) dateRead {
	r := calendar(y, m, d)
	switch {
	case r.null || m == 0 || d == 0:
	case r.why != "" && realDate(y, d, m):
		return badDate(notInOrder, string(record.NewDate(y, d, m)))
	case r.why == "" && open && m != d && realDate(y, d, m):
		r.other = string(record.NewDate(y, d, m))
	}
	return r
}

// twoNumbers reads a month and a year, the one of four digits being the year.
func twoNumbers(t []dateToken) dateRead {
	switch {
	case t[0].width == 4 && t[1].width <= 2:
		return calendar(t[0].n, t[1].n, 0)
	case t[1].width == 4 && t[0].width <= 2:
		return calendar(t[1].n, t[0].n, 0)
	}
	return badDate(notADate)
}

// oneNumber reads a year, or eight digits run together.
func oneNumber(s string, t dateToken, kind string, o Options) dateRead {
	switch t.width {
	case 4:
		return calendar(t.n, 0, 0)
	case 5:
		if t.n >= 10000 && t.n <= 60000 { // days since 30 December 1899
			day := record.DayOf(1899, 12, 30) + record.Day(t.n)
			return badDate(isSerial, string(record.DateOfDay(day)))
		}
	case 6:
		two := func(i int) dateToken { return dateToken{n: t.n / [...]int{10000, 100, 1}[i] % 100, width: 2} }
		r := threeNumbers([]dateToken{two(0), two(1), two(2)}, kind, o)
		if r.why == "" && !r.null && r.d > 0 {
			return badDate(sixDigits, string(record.NewDate(r.y, r.m, r.d)))
		}
	case 8:
		return eightDigits(t.n, o)
	}
	return badDate(notADate)
}

// eightDigits reads year first, or last in the order asked for. In the years
// 1850 to 2199 no number can be both.
func eightDigits(n int, o Options) dateRead {
	if n == 0 || n == 99999999 {
		return dateRead{null: true}
	}
	y, m, d := n/10000, n/100%100, n%100
	if y >= 1850 && y <= 2199 && (realDate(y, m, d) || m == 0 && d == 0 || m >= 1 && m <= 12 && d == 0) {
		return calendar(y, m, d)
	}
	a, b, y := n/1000000, n/10000%100, n%10000
	if y < 1850 || y > 2199 {
		return badDate(notCalendar)
	}
	if o.DateOrder == MDY {
		a, b = b, a
	}
	return swappable(y, b, a, true)
}

// cutEstimate takes off the words and marks that say a date is an estimate.
func cutEstimate(s string) (string, bool) {
	if t, ok := strings.CutSuffix(s, "~"); ok {
		return t, true
	}
	for _, w := range [...]string{"CIRCA", "APPROXIMATELY", "APPROX", "ABOUT", "ABT", "ESTIMATED", "EST", "C"} {
		if t, ok := strings.CutPrefix(s, w); ok && t != "" && (t[0] == ' ' || t[0] == '.' || isDigit(t[0])) {
			return strings.TrimLeft(t, " ."), true
		}
		if t, ok := strings.CutSuffix(strings.TrimRight(s, ")."), w); ok && len(w) > 1 && t != "" && (t[len(t)-1] == ' ' || t[len(t)-1] == '(') {
			return strings.TrimRight(t, " ("), true
		}
	}
	return s, false
}

type clock uint8

const (
	clockNone clock = iota
	clockSome
	clockLate // 23:00 exactly: midnight of British Summer Time written in UTC
	clockBad
)

// cutClock takes the time of day off a date.
func cutClock(s string) (string, clock) {
	i := strings.IndexByte(s, ':')
	if i < 3 {
		if i >= 0 {
			return s, clockBad
		}
		return s, clockNone
	}
	start := i
	for start > 0 && isDigit(s[start-1]) {
		start--
	}
	if start == 0 || s[start-1] != 'T' && s[start-1] != ' ' {
		return s, clockBad
	}
	h, _, ok := readClock(s[start:])
	if !ok {
		return s, clockBad
	}
	date := strings.TrimRight(s[:start-1], " ,")
	if h == "23:00:00" {
		return date, clockLate
	}
	return date, clockSome
}
