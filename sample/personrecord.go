package sample

import (
	"strconv"
	"sync"

	"leds.internal/ledsq/record"
)

// words are the short texts that records quote, read once.
var words = sync.OnceValue(func() (w struct {
	jobs     []string
	offences [][]string
	markers  [][]string
	reason   map[string]string
}) {
	w.jobs, w.offences, w.markers, w.reason = lines("jobs.txt"), rows("offences.csv"), rows("markers.csv"), map[string]string{}
	for _, f := range rows("justify.csv") {
		w.reason[f[0]] = f[1]
	}
	return w
})

var categories = map[string]string{"offender": "convicted", "known-suspect": "suspect", "victim": "victim", "witness": "witness", "involved-party": "other"}

// moment is the reference date in the units the generator reckons in.
type moment struct {
	day record.Day
	now minute
}

// personRecord writes one record of a person, without error, as its source
// would: what the source fills, and in which form.
func personRecord(p *person, copyNo int, at moment, out *record.Person) *source {
	r := p.stream(tagRecord + uint64(copyNo))
	s := sourceFor(&r, p)
	role := roleFor(&r, p, s)
	w := words()

	created := createdAt(&r, p, at)
	h := &p.homes[0]
	owner := pick(&r, h.at.owners)
	ref := reference(s.prefix, r.below(9_000_000)+1_000_000)
	event := eventRef(owner, r.between(10_000, 99_999), created)
	purpose, link := "law-enforcement", "crime"
	if role == "involved-party" {
		purpose, link = "policing", "incident"
	}
	confirmed := max(created+5*hour, at.now-minute(r.between(1, 150))*day-minute(r.between(60, 600)))
	if confirmed > at.now {
		confirmed = created
	}
	room := *out
	*out = record.Person{
		Roles: room.Roles[:0], Categories: room.Categories[:0], Names: room.Names[:0], Identifiers: room.Identifiers[:0],
		Addresses: room.Addresses[:0], Contacts: room.Contacts[:0],
	}
	out.Envelope = record.Envelope{
		SourceSystem: s.name, SourceID: ref, OwnerCode: owner,
		Purposes:      append(room.Purposes[:0], record.Code{Value: purpose}),
		Justification: w.reason[role],
		CreatedAt:     created.stamp(), CreatedBy: strconv.Itoa(r.between(1001, 9899)),
		LastConfirmed: confirmed.stamp(), Version: "1", Status: record.Code{Value: "active"},
		ReviewDate: record.Date(isoDay(at.day + record.Day(r.between(40, 1500)))),
		Links:      append(room.Links[:0], record.Link{Kind: link, ID: event}),
	}
	out.Roles = append(out.Roles, record.Code{Value: role})
	out.Categories = append(out.Categories, record.Code{Value: categories[role]})

	var given []string
	if len(room.Names) > 0 {
		given = room.Names[0].GivenNames[:0]
	}
	personNames(&r, p, s, given, out)
	out.DateOfBirth = s.day(p.born)
	if r.chance(s.age) {
		on := created.dayOf()
		out.Age, out.AgeAsOf = record.Number(strconv.Itoa(ageOn(p.born, on))), record.Date(isoDay(on))
	}
	if p.died != 0 {
		out.DateOfDeath = record.Date(isoDay(p.died))
	}
	out.Sex.Value = s.sex[sexIndex(p.female)]
	if r.chance(s.ethnicity) {
		out.EthnicitySelfDefined.Value = p.heritage.ethnicity
	}
	if r.chance(s.nation) {
		out.Nationalities = []record.Code{{Value: p.nationality()}}
	}
	if r.chance(s.nation * 0.8) {
		out.PlaceOfBirth = p.birthplace()
	}
	personIdentifiers(&r, p, s, created.dayOf(), out)
	personPlaces(&r, p, s, out)
	if r.chance(s.contact) {
		personContacts(&r, p, s, out)
	}
	if r.chance(s.email) && ageOn(p.born, at.day) < 80 {
		out.Contacts = append(out.Contacts, record.Contact{Type: record.ContactEmail, Value: p.email()})
	}
	if r.chance(s.body) {
		p.describe(&out.Description)
	}
	if r.chance(s.job) && ageOn(p.born, at.day) > 17 {
		j := p.stream(tagJob)
		out.Occupation = pick(&j, w.jobs)
	}
	if s.process {
		arrest(&r, p, owner, role, created, at, out)
	}
	return s
}

// createdAt draws when a record was made: in the last two years, after the
// person came to the present address, and not on the day they were born.
func createdAt(r *stream, p *person, at moment) minute {
	if p.died != 0 {
		return minuteOf(p.died, 0) + minute(r.between(1, 12))*day + minute(r.between(480, 1300))
	}
	back := r.between(8, 700)
	if first := int(at.day - p.homes[0].from); back > first-1 {
		back = max(8, first-1)
	}
	return minuteOf(at.day-record.Day(back), minute(r.between(0, 1439)))
}

func roleFor(r *stream, p *person, s *source) string {
	victimish := []float64{0.55, 0.3, 0.15}
	if p.died == 0 && s.suspects && p.known && (!s.others || r.chance(0.75)) {
		if r.chance(0.6) {
			return "offender"
		}
		return "known-suspect"
	}
	if !s.others {
		return "known-suspect"
	}
	return []string{"victim", "witness", "involved-party"}[choose(r, victimish)]
}

func reference(prefix string, n int) string {
	return string(strconv.AppendInt(append(make([]byte, 0, 12), prefix...), int64(n), 10))
}

// eventRef writes a crime or incident reference: force, number, year.
func eventRef(owner string, n int, at minute) string {
	y, _, _ := civil(at.dayOf())
	b := append(make([]byte, 0, 11), owner[:2]...)
	b = append(b, '/')
	b = strconv.AppendInt(b, int64(n), 10)
	b = append(b, '/')
	return string(append2(b, y%100))
}

// personNames writes the names; room is where the given name may go.
func personNames(r *stream, p *person, s *source, room []string, out *record.Person) {
	lower := s.upper == someLower && r.chance(0.12)
	n := record.Name{Type: record.PrimaryName, GivenNames: append(room, s.word(p.given, false, lower)), Surname: s.word(p.surname, true, lower)}
	if p.middle != "" && r.chance(s.middle) {
		n.MiddleNames = s.word(p.middle, false, lower)
	}
	if r.chance(s.title) {
		n.Title = p.title()
	}
	out.Names = append(out.Names, n)
	if p.maiden != "" && r.chance(0.15) {
		out.Names = append(out.Names, record.Name{Type: record.PreviousName, GivenNames: []string{n.GivenNames[0]}, Surname: s.word(p.maiden, true, lower)})
	}
}

func (p *person) title() string {
	switch {
	case !p.female:
		return "Mr"
	case p.maiden != "":
		return "Mrs"
	case p.key%3 == 0:
		return "Ms"
	}
	return "Miss"
}

func personPlaces(r *stream, p *person, s *source, out *record.Person) {
	h := &p.homes[0]
	out.Addresses = append(out.Addresses, address(h, s))
	if r.chance(0.5) {
		out.Addresses[0].From = record.Date(isoDay(h.from))
	}
	if p.nHomes > 1 && r.chance(s.past) {
		old := address(&p.homes[1], s)
		old.From, old.To = record.Date(isoDay(p.homes[1].from)), record.Date(isoDay(h.from-1))
		out.Addresses[0].From = record.Date(isoDay(h.from))
		out.Addresses = append(out.Addresses, old)
	}
}

func address(h *home, s *source) record.Address {
	town := h.at.town
	if s.upper == allUpper {
		town = upper(town)
	}
	return record.Address{Line: h.line(), Town: town, County: h.at.county, Postcode: s.postcode(h), Country: record.Code{Value: "GBR"}}
}

func personContacts(r *stream, p *person, s *source, out *record.Person) {
	n, t := p.mobile, record.ContactMobile
	if r.chance(0.3) {
		n, t = p.landline, record.ContactHome
	}
	if r.chance(0.5) {
		t = record.ContactPhone
	}
	out.Contacts = append(out.Contacts, record.Contact{Type: t, Value: s.number(n)})
}
