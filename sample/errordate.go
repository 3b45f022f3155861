package sample

import (
	"strconv"

	"leds.internal/ledsq/record"
)

// date is a day taken apart, so that an error can make one that doesn't exist.
type date struct{ y, m, d int }

// dateError changes the true date of birth and writes it as the source would.
func dateError(change func(*planter, date) date) func(*planter, *ErrorType) bool {
	return func(p *planter, t *ErrorType) bool {
		if p.get("dateOfBirth") == "" {
			return false
		}
		y, m, d := civil(p.person.born)
		now := change(p, date{y, m, d})
		if now.m < 1 || now.m > 12 || now.d < 1 || now.d > record.DaysIn(now.y, now.m) {
			return false
		}
		return p.put(t, "dateOfBirth", string(p.src.day(record.DayOf(now.y, now.m, now.d))))
	}
}

// swapDayMonth makes no error where it would make no date.
func swapDayMonth(_ *planter, d date) date { return date{d.y, d.d, d.m} }

func dateDigit(p *planter, d date) date {
	if p.r.chance(0.3) {
		d.m += pick(&p.r, []int{-1, 1, 1, -1, 3, -3})
		d.d = min(d.d, 28)
		return d
	}
	d.d += pick(&p.r, []int{-10, -1, 1, 10, 3, -3})
	return d
}

func yearOff(n int) func(*planter, date) date {
	return func(p *planter, d date) date {
		if p.r.chance(0.5) {
			d.y -= n
		} else {
			d.y += n
		}
		d.d = min(d.d, record.DaysIn(d.y, d.m))
		return d
	}
}

func defaultDate(p *planter, d date) date {
	switch p.r.below(8) {
	case 0:
		return date{1900, 1, 1}
	case 1:
		return date{1970, 1, 1}
	}
	return date{d.y, 1, 1}
}

func falseDate(p *planter, d date) date {
	return date{d.y + p.r.between(-4, 4), 1 + p.r.below(12), 1 + p.r.below(28)}
}

// ageForBirth leaves the age where the date of birth should be.
func ageForBirth(p *planter, t *ErrorType) bool {
	if p.get("dateOfBirth") == "" || !p.free("dateOfBirth") || !p.free("age") {
		return false
	}
	years := ageOn(p.person.born, p.at.day)
	if p.r.chance(0.5) {
		y, _, _ := civil(p.at.day)
		return p.put(t, "dateOfBirth", strconv.Itoa(y-years))
	}
	if p.get("age") == "" {
		p.put(t, "age", strconv.Itoa(years))
	}
	return p.put(t, "dateOfBirth", "")
}

func sexWrong(p *planter, t *ErrorType) bool {
	if p.get("sex") == "" {
		return false
	}
	return p.put(t, "sex", p.src.sex[sexIndex(!p.person.female)])
}
