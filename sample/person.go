package sample

import (
	"leds.internal/ledsq/record"
)

// person is one made-up human being: the truth that records are made from.
// What is costly to write, such as identifiers, is drawn when asked for, from a
// stream of its own, and is therefore the same in every record.
type person struct {
	key      uint64
	heritage *heritage
	female   bool
	given    string
	middle   string
	surname  string
	maiden   string // surname before marriage, "" if it never changed
	born     record.Day
	died     record.Day // 0 while alive
	homes    [3]home    // the present one first
	nHomes   int
	mobile   phone
	landline phone
	oldPhone phone
	british  bool
	year     int  // of the reference date, after which nothing is issued
	known    bool // has been arrested: PNC ID, CRO number
}

// tags of the streams a person's values are drawn from.
const (
	tagPNC = iota + 1
	tagCRO
	tagNINO
	tagNHS
	tagDriver
	tagPassport
	tagPrison
	tagCRN
	tagEmail
	tagBody
	tagJob
	tagAlias
	tagRecord // plus the copy
)

func (p *person) stream(tag uint64) stream { return streamOf(p.key, tag) }

// age is a class of ages that a missing-person episode asks for.
type age uint8

const (
	anyAge age = iota
	child
	adult
	old
)

// personOf makes the person of an entity: the household's first member, or one
// derived from it.
func personOf(c *cell, e int, today record.Day, want age) person {
	first := int(c.first[e])
	p := newPerson(key(c.key, uint64(first)+1), today, want, c.shape[e])
	if m := int(c.member[e]); m > 0 {
		return relative(&p, c.shape[e], key(p.key, uint64(m)), today, want)
	}
	return p
}

// sexRatio is the part of men among people in police records: about seven in
// ten of those arrested and half of victims are men; judgement from the two.
const sexRatio = 0.66

func newPerson(k uint64, today record.Day, want age, s shape) person {
	r := streamOf(k, 0)
	p := person{key: k, heritage: drawHeritage(&r)}
	p.year, _, _ = civil(today)
	p.female = !r.chance(sexRatio)
	if s == namesake {
		p.female = false
	}
	p.known = r.chance(0.48)
	p.born = today - record.Day(drawAge(&r, want, s)*365.25) - 1
	p.name(&r)
	p.settle(&r, today)
	p.later(&r, today, want)
	if !p.british && want == anyAge && s != twins && p.heritage.newYear > 0 && r.chance(p.heritage.newYear) {
		y, _, _ := civil(p.born)
		p.born = record.DayOf(y, 1, 1)
	}
	return p
}

// drawAge gives an age in years: two in three between 18 and 45, as among people
// who come to police notice, with a thin tail to 95.
func drawAge(r *stream, want age, s shape) float64 {
	switch want {
	case child:
		return 13.2 + float64(4.7*r.unit())
	case old:
		return 71 + float64(20*r.unit())
	}
	if want == anyAge && s != namesake && s != parent && r.chance(0.05) {
		return 13.2 + float64(4.7*r.unit())
	}
	a := 16 + float64(60*r.unit()*(0.35+float64(0.65*r.unit())))
	if r.chance(0.12) {
		a = 14 + float64(81*r.unit())
	}
	switch {
	case want == adult && a < 19:
		a += 8
	case s == namesake:
		a = 42 + float64(0.5*a) // the father
	case s == parent:
		a = 40 + float64(0.5*a)
	}
	return a
}

// settle gives the person homes, the present one first, and telephone numbers.
func (p *person) settle(r *stream, today record.Day) {
	at := townOf(r, p.heritage)
	from := today - record.Day(60+r.below(2600))
	if grown := p.born + 200; from < grown {
		from = grown
	}
	p.homes[0] = newHome(r, at, from)
	p.nHomes = 1
	for p.nHomes < 3 && r.chance(0.45) {
		there := at
		if r.chance(0.2) {
			there = pick(r, places().any)
		}
		start := p.homes[p.nHomes-1].from - record.Day(150+r.below(2000))
		if start <= p.born {
			break
		}
		p.homes[p.nHomes] = newHome(r, there, start)
		p.nHomes++
	}
	p.mobile, p.oldPhone = mobile(r), mobile(r)
	p.landline = landline(r, at)
	p.british = !r.chance(p.heritage.foreign)
}

// later gives a change of name by marriage, and a death.
func (p *person) later(r *stream, today record.Day, want age) {
	years := ageOn(p.born, today)
	if p.female && years > 24 && p.takesName() && r.chance(0.45) {
		p.maiden, p.surname = p.surname, p.marriedName(r)
		if p.maiden == p.surname {
			p.maiden = ""
		}
	}
	if want == anyAge && r.chance(deathRate(years)) {
		p.died = today - record.Day(20+r.below(400))
	}
}

// takesName says whether women of the tradition change their surname at marriage.
func (p *person) takesName() bool {
	switch p.heritage.form {
	case plain, gaelic, slavic, iberian:
		return true
	}
	return false
}

// deathRate is the part of people on file who died in the last year or so:
// judgement, rising with age.
func deathRate(years int) float64 {
	switch {
	case years > 80:
		return 0.06
	case years > 60:
		return 0.02
	}
	return 0.005
}

// relative makes another member of a person's household.
func relative(p *person, s shape, k uint64, today record.Day, want age) person {
	r := streamOf(k, 0)
	q := newPerson(k, today, want, single)
	q.heritage, q.maiden, q.died = p.heritage, "", 0
	family := p.birthName()
	switch s {
	case couple:
		if r.chance(0.12) {
			q.heritage = drawHeritage(&r) // a mixed couple
		}
		q.female = !p.female
		q.born = clampBirth(p.born+record.Day(r.between(-2200, 2200)), today, want)
		q.name(&r)
		own := q.surname
		if q.female && q.takesName() && r.chance(0.65) {
			q.surname = feminine(p.heritage, p.surname)
			if own != q.surname {
				q.maiden = own
			}
		}
	case siblings, twins:
		q.female = r.chance(0.4)
		q.born = p.born
		if s == siblings {
			q.born = clampBirth(p.born+record.Day(r.between(300, 2300)*(1-2*r.below(2))), today, want)
		}
		q.name(&r)
		for range 4 {
			if q.given != p.given || q.female != p.female {
				break
			}
			q.name(&r)
		}
		q.inherit(p, family)
	case parent:
		q.born = clampBirth(p.born+record.Day(r.between(7000, 12500)), today, want)
		q.name(&r)
		q.childOf(p, family)
	case namesake:
		q.female = false
		q.born = clampBirth(p.born+record.Day(r.between(7000, 12500)), today, want)
		q.name(&r)
		middle := q.middle
		q.childOf(p, family)
		q.given, q.surname = p.given, p.surname
		if q.middle = middle; r.chance(0.4) {
			q.middle = p.middle
		}
	case stranger:
		// Shares only the name, and now and then the day of birth.
		q.female, q.given, q.surname = p.female, p.given, p.surname
		q.middle = ""
		if r.chance(0.25) {
			q.born = p.born
		}
		return q
	}
	if at := [shapes]float64{couple: 1, siblings: 0.7, twins: 0.75, parent: 0.6, namesake: 0.65}[s]; r.chance(at) && p.homes[0].from > q.born {
		q.homes[0] = p.homes[0]
		q.landline = p.landline
		if q.nHomes > 1 && q.homes[1].from >= q.homes[0].from {
			q.nHomes = 1
		}
	}
	if q.homes[0].from < q.born {
		q.homes[0].from = q.born
	}
	for q.nHomes > 1 && q.homes[q.nHomes-1].from <= q.born {
		q.nHomes--
	}
	return q
}

// clampBirth keeps a relative at least 14 years old.
func clampBirth(d, today record.Day, want age) record.Day {
	latest := today - 14*366
	if want == child {
		latest = today - 13*366
	}
	return min(d, latest)
}

func (p *person) birthName() string {
	if p.maiden != "" {
		return p.maiden
	}
	return p.surname
}
