package sample

import "leds.internal/ledsq/record"

// minute counts minutes since 1 January 1970, 00:00 UTC.
type minute int64

const (
	hour = minute(60)
	day  = 24 * hour
)

func minuteOf(d record.Day, at minute) minute { return minute(d)*day + at }

// dayOf gives the calendar day in London.
func (m minute) dayOf() record.Day { return record.Day((m + m.offset()) / day) }

// offset gives what London is ahead of UTC: an hour from the last Sunday of
// March to the last Sunday of October, 01:00 UTC. Reading a time zone file would
// make the output depend on the machine.
func (m minute) offset() minute {
	y, month, _ := civil(record.Day(m / day))
	switch {
	case month > 3 && month < 10:
		return hour
	case month < 3 || month > 10:
		return 0
	}
	from, to := minuteOf(lastSunday(y, 3), hour), minuteOf(lastSunday(y, 10), hour)
	if m >= from && m < to {
		return hour
	}
	return 0
}

func lastSunday(year, month int) record.Day {
	d := dayAt(year, month, 31) // March and October both have 31
	return d - (d+4)%7          // day 0 was a Thursday
}

// stamp writes a moment as RFC 3339 in London time.
func (m minute) stamp() record.Timestamp {
	off := m.offset()
	local := m + off
	b := make([]byte, 0, 25)
	b = appendDay(b, record.Day(local/day))
	of := int(local % day)
	b = append(b, 'T')
	b = append2(b, of/60)
	b = append(b, ':')
	b = append2(b, of%60)
	if off == 0 {
		b = append(b, ":00+00:00"...)
	} else {
		b = append(b, ":00+01:00"...)
	}
	return record.Timestamp(b)
}

func appendDay(b []byte, d record.Day) []byte {
	y, m, dd := civil(d)
	b = append4(b, y)
	b = append(b, '-')
	b = append2(b, m)
	b = append(b, '-')
	return append2(b, dd)
}

func isoDay(d record.Day) string { return string(appendDay(make([]byte, 0, 10), d)) }

func append2(b []byte, n int) []byte { return append(b, byte('0'+n/10%10), byte('0'+n%10)) }

func append4(b []byte, n int) []byte { return append2(append2(b, n/100), n%100) }

// civil is record.Day.Date without the detour over time.Time, which a generator
// that writes ten dates a record would feel. Algorithm: days in 400-year eras
// that begin on 1 March.
func civil(d record.Day) (y, m, dd int) {
	z := int(d) + 719468
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	dd = doy - (153*mp+2)/5 + 1
	m = mp + 3
	if m > 12 {
		m -= 12
	}
	y = yoe + era*400
	if m <= 2 {
		y++
	}
	return y, m, dd
}

// dayAt is record.DayOf without that detour, for parts in range.
func dayAt(y, m, d int) record.Day {
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	return record.Day(era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468)
}

// ageOn gives the age in whole years on a day.
func ageOn(born, on record.Day) int {
	by, bm, bd := civil(born)
	y, m, d := civil(on)
	if m < bm || m == bm && d < bd {
		y--
	}
	return y - by
}

// addYears gives the same day n years on, 28 February for 29.
func addYears(d record.Day, n int) record.Day {
	y, m, dd := civil(d)
	if m == 2 && dd == 29 {
		dd = 28
	}
	return record.DayOf(y+n, m, dd)
}
