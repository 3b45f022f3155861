package record

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar date as far as a record knows it. Its text, once
// normalised, is ISO 8601 with three additions from the Extended Date/Time
// Format (EDTF, in ISO 8601-2):
//
//	1980-06-15               a day
//	1980-06, 1980            a month, a year: the rest is unknown
//	1980-06-15~, 1980~       estimated: two years either way (EstimateYears)
//	1984/1986-03             some day in this interval, both ends included
//	[1990-04-03,1990-03-04]  one of two readings of an ambiguous day and month,
//	                         the likelier first
//
// Any other text is a date not yet understood: it is kept, and Precision
// answers Unreadable. The zero value is no date.
//
// A Date compares as the interval of days it may stand for, so "1980" neither
// equals nor contradicts "1980-06-15".
type Date string

// EstimateYears is how far, in years either way, an estimated date may be off.
// It is a judgement of ours: no standard fixes it.
const EstimateYears = 2

// Precision says how much of a date is known.
type Precision uint8

// The precisions, least first.
const (
	NoDate     Precision = iota // the date is empty
	Unreadable                  // there is text, but not a canonical date
	ToInterval                  // an interval with two ends
	ToYear
	ToMonth
	ToDay
)

// Day counts days since 1 January 1970, which is day 0, in the proleptic
// Gregorian calendar.
type Day int32

// DayOf gives the day of a calendar date; out-of-range values carry over as in time.Date.
func DayOf(year, month, day int) Day {
	if month >= 3 && month <= 12 && year >= 1 && year <= 9999 { // months counted from March: leap days come last
		return civil(year, month-3, day)
	} else if month >= 1 && month <= 2 && year >= 2 && year <= 9999 {
		return civil(year-1, month+9, day)
	}
	return Day(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// civil counts the days to the day of a month of the year that begins in March;
// 719468 of them lie before 1970.
func civil(year, month, day int) Day {
	return Day(365*year + year/4 - year/100 + year/400 + (153*month+2)/5 + day - 1 - 719468)
}

// DayAt gives the day on which t falls in its own time zone.
func DayAt(t time.Time) Day {
	y, m, d := t.Date()
	return DayOf(y, int(m), d)
}

// Date gives the calendar date of a day.
func (d Day) Date() (year, month, day int) {
	y, m, dd := time.Unix(int64(d)*86400, 0).UTC().Date()
	return y, int(m), dd
}

// YMD is one reading of a date. Month and Day are 0 where unknown.
type YMD struct{ Year, Month, Day int }

// NewDate writes a date from its parts; month or day 0 means unknown. It does
// not check that the day exists: normalise.Date does.
func NewDate(year, month, day int) Date {
	switch {
	case month == 0:
		return Date(fmt.Sprintf("%04d", year))
	case day == 0:
		return Date(fmt.Sprintf("%04d-%02d", year, month))
	}
	return Date(YMD{year, month, day}.String())
}

// DateOfDay writes a day as a date.
func DateOfDay(d Day) Date {
	y, m, dd := d.Date()
	return NewDate(y, m, dd)
}

// String gives the ISO text of a full reading.
func (r YMD) String() string {
	b := make([]byte, 0, 10)
	b = append(b, byte('0'+r.Year/1000%10), byte('0'+r.Year/100%10), byte('0'+r.Year/10%10), byte('0'+r.Year%10), '-',
		byte('0'+r.Month/10), byte('0'+r.Month%10), '-', byte('0'+r.Day/10), byte('0'+r.Day%10))
	return string(b)
}

// Valid says whether the reading is a calendar date (to its precision) in the years 1 to 9999.
func (r YMD) Valid() bool {
	if r.Year < 1 || r.Year > 9999 || r.Month < 0 || r.Month > 12 || r.Day < 0 || (r.Day > 0 && r.Month == 0) {
		return false
	}
	return r.Day <= DaysIn(r.Year, r.Month)
}

// DaysIn gives the number of days in a month, 31 for month 0.
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// reading parses "1980", "1980-06" or "1980-06-15".
func reading(s string) (YMD, bool) {
	var r YMD
	num := func(s string) int {
		n := 0
		for i := 0; i < len(s); i++ {
			if s[i] < '0' || s[i] > '9' {
				return -1
			}
			n = n*10 + int(s[i]-'0')
		}
		return n
	}
	switch len(s) {
	case 10:
		if s[7] != '-' {
			return r, false
		}
		if r.Day = num(s[8:]); r.Day < 1 {
			return r, false
		}
		fallthrough
	case 7:
		if s[4] != '-' {
			return r, false
		}
		if r.Month = num(s[5:7]); r.Month < 1 {
			return r, false
		}
		fallthrough
	case 4:
		r.Year = num(s[:4])
	default:
		return r, false
	}
	return r, r.Valid()
}

// parsed is a date taken apart: up to two readings, or an interval of two ends.
type parsed struct {
	r         [2]YMD
	n         int
	interval  bool
	estimated bool
}

func (d Date) parse() (p parsed, ok bool) {
	s := string(d)
	if s == "" {
		return p, false
	}
	if s[0] == '[' && s[len(s)-1] == ']' {
		a, b, two := strings.Cut(s[1:len(s)-1], ",")
		ra, oka := reading(a)
		rb, okb := reading(b)
		p.r, p.n = [2]YMD{ra, rb}, 2
		return p, two && oka && okb
	}
	if s[len(s)-1] == '~' {
		p.estimated, s = true, s[:len(s)-1]
	}
	if a, b, two := strings.Cut(s, "/"); two {
		ra, oka := reading(a)
		rb, okb := reading(b)
		p.r, p.n, p.interval = [2]YMD{ra, rb}, 2, true
		return p, oka && okb && ra.span()[0] <= rb.span()[1]
	}
	p.r[0], ok = reading(s)
	p.n = 1
	return p, ok
}

// span gives the first and last day a reading may stand for.
func (r YMD) span() [2]Day {
	if r.Month == 0 {
		return [2]Day{DayOf(r.Year, 1, 1), DayOf(r.Year, 12, 31)}
	}
	if r.Day == 0 {
		return [2]Day{DayOf(r.Year, r.Month, 1), DayOf(r.Year, r.Month, DaysIn(r.Year, r.Month))}
	}
	d := DayOf(r.Year, r.Month, r.Day)
	return [2]Day{d, d}
}

// spans gives the intervals the date may stand for, none when it is not readable.
func (d Date) spans() (s [2][2]Day, n int) {
	p, ok := d.parse()
	if !ok {
		return s, 0
	}
	if p.interval {
		s[0], n = [2]Day{p.r[0].span()[0], p.r[1].span()[1]}, 1
	} else {
		for n = range p.n {
			s[n] = p.r[n].span()
		}
		n = p.n
	}
	if p.estimated {
		for i := range n {
			fy, fm, fd := s[i][0].Date()
			ty, tm, td := s[i][1].Date()
			s[i] = [2]Day{DayOf(fy-EstimateYears, fm, fd), DayOf(ty+EstimateYears, tm, td)}
		}
	}
	return s, n
}

// Precision says how much of the date is known. An ambiguous date has the
// precision of its first reading.
func (d Date) Precision() Precision {
	if d == "" {
		return NoDate
	}
	p, ok := d.parse()
	switch {
	case !ok:
		return Unreadable
	case p.interval:
		return ToInterval
	case p.r[0].Month == 0:
		return ToYear
	case p.r[0].Day == 0:
		return ToMonth
	}
	return ToDay
}

// Known says whether the date is readable, to whatever precision.
func (d Date) Known() bool { return d.Precision() > Unreadable }

// Exact says whether the date is one certain day: not partial, estimated or ambiguous.
func (d Date) Exact() bool {
	p, ok := d.parse()
	return ok && p.n == 1 && !p.estimated && p.r[0].Day > 0
}

// Estimated says whether the date is marked as an estimate.
func (d Date) Estimated() bool { p, ok := d.parse(); return ok && p.estimated }

// Ambiguous says whether day and month may be exchanged.
func (d Date) Ambiguous() bool { p, ok := d.parse(); return ok && p.n == 2 && !p.interval }

// Readings gives each way the date may be read, the likelier first: one for
// most dates, two for an ambiguous one, the two ends for an interval, none when
// it is empty or not readable.
func (d Date) Readings() []YMD {
	p, ok := d.parse()
	if !ok {
		return nil
	}
	return append([]YMD(nil), p.r[:p.n]...)
}

// First gives the likelier reading, and false when there is none.
func (d Date) First() (YMD, bool) {
	p, ok := d.parse()
	return p.r[0], ok
}

// Interval gives the first and last day the date may stand for, over all its
// readings; ok is false when it is empty or not readable.
func (d Date) Interval() (from, to Day, ok bool) {
	s, n := d.spans()
	if n == 0 {
		return 0, 0, false
	}
	from, to = s[0][0], s[0][1]
	if n == 2 {
		from, to = min(from, s[1][0]), max(to, s[1][1])
	}
	return from, to, true
}

// Overlaps says whether both dates may be the same day. It is false when
// either is empty or not readable.
func (d Date) Overlaps(e Date) bool {
	s, n := d.spans()
	t, m := e.spans()
	for i := range n {
		for j := range m {
			if s[i][0] <= t[j][1] && t[j][0] <= s[i][1] {
				return true
			}
		}
	}
	return false
}

// Before says whether d is certainly earlier than e: every reading of d ends
// before any reading of e begins. It is false when either is not readable.
func (d Date) Before(e Date) bool {
	_, dTo, ok1 := d.Interval()
	eFrom, _, ok2 := e.Interval()
	return ok1 && ok2 && dTo < eFrom
}

// After says whether d is certainly later than e.
func (d Date) After(e Date) bool { return e.Before(d) }

// AgeOn gives the least and greatest age in whole years on a day of somebody
// born on d; ok is false when d is not readable. Ages are negative for dates
// after the day.
func (d Date) AgeOn(on Day) (least, greatest int, ok bool) {
	from, to, ok := d.Interval()
	if !ok {
		return 0, 0, false
	}
	return to.AgeOn(on), from.AgeOn(on), true
}

// AgeOn gives the age in whole years, on a day, of somebody born on d; negative
// for a day before it.
func (d Day) AgeOn(on Day) int {
	by, bm, bd := d.Date()
	y, m, day := on.Date()
	n := y - by
	if m < bm || (m == bm && day < bd) {
		n--
	}
	return n
}

// Timestamp is a moment: RFC 3339 text with its offset from UTC once
// normalised, any text before.
type Timestamp string

// Time gives the moment; ok is false when the text is not RFC 3339 with an offset.
func (t Timestamp) Time() (at time.Time, ok bool) {
	if t == "" { // an error costs more than a time
		return at, false
	}
	at, err := time.Parse(time.RFC3339Nano, string(t))
	return at, err == nil
}

// NewTimestamp writes a moment to the second, in t's own zone.
func NewTimestamp(t time.Time) Timestamp { return Timestamp(t.Format(time.RFC3339)) }

// Number is a whole number, decimal digits once normalised, any text before.
// JSON gives and takes it as a number where it is one.
type Number string

// Int gives the number; ok is false when the text is not a whole number.
func (n Number) Int() (i int, ok bool) {
	i, err := strconv.Atoi(string(n))
	return i, err == nil
}

// NewNumber writes a number.
func NewNumber(i int) Number { return Number(strconv.Itoa(i)) }

// Tri is an answer to a yes-or-no question that may also be unknown: "yes",
// "no", "unknown", or "" when it was not asked. Any other text is not yet
// normalised. JSON takes true and false as well.
type Tri string

// The answers.
const (
	Yes     Tri = "yes"
	No      Tri = "no"
	Unknown Tri = "unknown"
)
