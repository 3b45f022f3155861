package sample

import (
	"strconv"

	"leds.internal/ledsq/record"
)

func (a *amender) nameNow() *record.Name { return &a.now().Names[0] }

func spellingCorrected(a *amender) bool {
	wrong := omitted(&planter{r: a.r}, a.nameNow().GivenNames[0])
	n := &a.was().Names[0]
	if wrong == n.GivenNames[0] || len(wrong) < 4 {
		return false
	}
	n.GivenNames = []string{wrong}
	return true
}

func middleAdded(a *amender) bool {
	n := &a.was().Names[0]
	if n.MiddleNames == "" {
		return false
	}
	n.MiddleNames = ""
	return true
}

func movedKept(a *amender) bool {
	if a.person.died != 0 {
		return false
	}
	return a.move(true)
}

// move puts a new home first. Kept says that the old one stays, with its end.
func (a *amender) move(keep bool) bool {
	p := a.now()
	if len(p.Addresses) != 1 {
		return false
	}
	h := newHome(&a.r, a.person.homes[0].at, a.at.day-20)
	now := address(&h, a.src)
	now.From = record.Date(isoDay(h.from))
	a.was().Addresses[0].From = record.Date(isoDay(a.person.homes[0].from))
	old := a.was().Addresses[0]
	old.To = record.Date(isoDay(h.from - 1))
	p.Addresses = []record.Address{now}
	if keep {
		p.Addresses = append(p.Addresses, old)
	}
	return a.person.homes[0].from < h.from-1
}

func aliasAdded(a *amender) bool {
	other := person{heritage: a.person.heritage, female: a.person.female}
	other.name(&a.r)
	p := a.now()
	p.Names = append(p.Names, record.Name{Type: record.AliasName, GivenNames: []string{a.src.word(other.given, false, false)}, Surname: a.src.word(other.surname, true, false)})
	return a.person.died == 0
}

// marry gives another surname that differs from the old beyond spelling.
func (a *amender) marry() bool {
	n := a.nameNow()
	s := rareSurname(&a.r)
	if !a.person.female || len(a.now().Names) > 1 || n.Surname == "" || letters(s)[:2] == letters(n.Surname)[:min(2, len(letters(n.Surname)))] {
		return false
	}
	// A driver number in the old surname would be a fault of its own.
	a.both(func(r record.Record) { dropIdentifier(record.PersonOf(r), record.IDDriver) })
	n.Surname = a.src.word(s, true, false)
	return true
}

func dropIdentifier(p *record.Person, t record.IdentifierType) {
	kept := p.Identifiers[:0:0]
	for _, id := range p.Identifiers {
		if id.Type != t {
			kept = append(kept, id)
		}
	}
	p.Identifiers = kept
}

func marriedKept(a *amender) bool {
	old := a.nameNow().Surname
	if !a.marry() {
		return false
	}
	a.now().Names = append(a.now().Names, record.Name{Type: record.PreviousName, GivenNames: []string{a.nameNow().GivenNames[0]}, Surname: old})
	return true
}

func surnameNotKept(a *amender) bool { return a.marry() }

func phoneAdded(a *amender) bool {
	p := a.now()
	if len(p.Contacts) == 0 || a.person.mobile == a.person.oldPhone {
		return false
	}
	p.Contacts = append(p.Contacts, record.Contact{Type: record.ContactWorkMob, Value: a.src.number(a.person.oldPhone)})
	return true
}

// withMarker puts a warning marker on both sides.
func (a *amender) withMarker() {
	m := words().markers[a.r.below(len(words().markers))]
	set := a.was().CreatedAt
	a.both(func(r record.Record) {
		p := record.PersonOf(r)
		p.Markers = []record.Marker{{Code: record.Code{Value: m[0]}, Text: m[1], Basis: record.Fact, Source: "arresting officer", SetAt: set, SetBy: p.CreatedBy, ReviewDate: p.ReviewDate}}
	})
}

func markerEnded(a *amender) bool {
	if !a.person.known {
		return false
	}
	a.withMarker()
	m := &a.now().Markers[0]
	m.EndAt, m.EndReason = a.later.stamp(), "no incident since, reviewed by an inspector"
	return true
}

func markerRemoved(a *amender) bool {
	if !a.person.known {
		return false
	}
	a.withMarker()
	a.now().Markers = nil
	return true
}

func inRole(r record.Record, role, category string) {
	p := r.(*record.Person)
	p.Roles, p.Categories = []record.Code{{Value: role}}, []record.Code{{Value: category}}
}

func categoryAdded(a *amender) bool {
	p := a.now()
	if !a.person.known || a.person.died != 0 {
		return false
	}
	a.both(func(r record.Record) { inRole(r, "known-suspect", "suspect") })
	p.Categories = []record.Code{{Value: "convicted"}, {Value: "suspect"}}
	p.Roles = []record.Code{{Value: "offender"}}
	return true
}

func convictionLowered(a *amender) bool {
	if !a.person.known || a.person.died != 0 {
		return false
	}
	a.both(func(r record.Record) { inRole(r, "offender", "convicted") })
	a.now().Categories = []record.Code{{Value: "suspect"}}
	return true
}

func occupationAdded(a *amender) bool {
	a.was().Occupation = ""
	a.now().Occupation = pick(&a.r, words().jobs)
	return true
}

func recipientsNotTold(a *amender) bool {
	was, now := a.was(), a.now()
	if len(was.Contacts) == 0 || was.Contacts[0].Type == record.ContactEmail {
		return false
	}
	shared := record.Share{Recipient: "Victim Support", SharedAt: (a.at.now - 9*day).stamp()}
	a.both(func(r record.Record) { r.Head().SharedWith = []record.Share{shared} })
	right := a.person.mobile
	right.number = right.number%900 + 50
	now.Contacts[0].Value = a.src.number(right)
	return now.Contacts[0].Value != was.Contacts[0].Value
}

func assuranceLowered(a *amender) bool {
	n := a.nameNow()
	now := heard(&planter{r: a.r, person: a.person}, n.Surname)
	if letters(now) == letters(n.Surname) {
		return false
	}
	a.was().Names[0].Assurance = record.Documentary
	n.Surname, n.Assurance = now, record.SelfDeclared
	return true
}

func identityReplaced(a *amender) bool {
	other := newPerson(a.r.next(), a.at.day, adult, single)
	if other.heritage == a.person.heritage || a.person.known || other.born == a.person.born {
		return false
	}
	a.both(func(r record.Record) {
		p := record.PersonOf(r)
		p.Identifiers, p.Age, p.AgeAsOf = nil, "", ""
	})
	n := a.nameNow()
	n.GivenNames, n.MiddleNames, n.Surname = []string{a.src.word(other.given, false, false)}, "", a.src.word(other.surname, true, false)
	a.now().DateOfBirth = a.src.day(other.born)
	a.now().Sex.Value = a.src.sex[sexIndex(other.female)]
	return true
}

func dobReplaced(a *amender) bool {
	a.both(func(r record.Record) {
		p := record.PersonOf(r)
		dropIdentifier(p, record.IDDriver)
		p.Age, p.AgeAsOf = "", ""
	})
	a.now().DateOfBirth = a.src.day(a.person.born - record.Day(a.r.between(900, 2800)))
	return true
}

func pncReplaced(a *amender) bool {
	for i := range a.now().Identifiers {
		if id := &a.now().Identifiers[i]; id.Type == record.IDPNC {
			id.Value = pncID(2000+a.r.below(20), a.r.between(1000, 999_999), a.src.shortPNC)
			return true
		}
	}
	return false
}

func addressOverwritten(a *amender) bool { return a.move(false) }

func deathReversed(a *amender) bool {
	if a.was().DateOfDeath == "" {
		// Recorded as dead by mistake of identity, or by right: no reason is given.
		a.was().DateOfDeath = record.Date(isoDay(a.at.day - record.Day(a.r.between(3, 7))))
	}
	a.now().DateOfDeath = ""
	return true
}

// collar draws a collar number.
func collar(r *stream) string { return strconv.Itoa(r.between(1001, 9899)) }
