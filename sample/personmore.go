package sample

import (
	"strconv"

	"leds.internal/ledsq/record"
)

// personIdentifiers gives the identifiers that the source holds of the person
// on a day: nobody drives at 14.
func personIdentifiers(r *stream, p *person, s *source, on record.Day, out *record.Person) {
	ids := out.Identifiers
	add := func(t record.IdentifierType, v string) { ids = append(ids, record.Identifier{Type: t, Value: v}) }
	if p.known && (s.process || s.suspects && r.chance(0.55)) {
		add(record.IDPNC, p.pncID(s.shortPNC))
		if r.chance(0.5) {
			add(record.IDCRO, p.cro())
		}
		if r.chance(0.12) && ageOn(p.born, on) > 20 {
			add(record.IDPrison, p.prison())
		}
		if r.chance(0.08) && ageOn(p.born, on) > 17 {
			k := p.stream(tagCRN)
			add(record.IDCRN, crn(&k))
		}
	}
	years := ageOn(p.born, on)
	if years >= 17 && r.chance(s.government) {
		k := p.stream(tagNINO)
		add(record.IDNINO, nino(&k))
	}
	if r.chance(s.health) {
		k := p.stream(tagNHS)
		add(record.IDNHS, nhsNumber(&k))
	}
	if years >= 18 && p.drives() && r.chance(s.government) {
		add(record.IDDriver, p.licence())
	}
	if p.british && r.chance(s.government*0.2) {
		k := p.stream(tagPassport)
		ids = append(ids, record.Identifier{Type: record.IDPassport, Value: passportNumber(&k), Country: record.Code{Value: "GBR"}})
	}
	out.Identifiers = ids
}

// pncID is made in the year of the first arrest, at 12 or later, and last year at the latest.
func (p *person) pncID(short bool) string {
	r := p.stream(tagPNC)
	y, _, _ := civil(p.born)
	u := r.unit()
	return pncID(max(1965, min(y+12+int(u*u*30), p.year-1)), r.between(1, 999_999), short)
}

func (p *person) cro() string {
	r := p.stream(tagCRO)
	y, _, _ := civil(p.born)
	year := max(1965, min(y+13+r.below(20), p.year-1))
	return croNumber(year, r.between(1, 999_999), r.chance(0.05))
}

func (p *person) prison() string {
	r := p.stream(tagPrison)
	return prisonNumber(&r)
}

func (p *person) drives() bool {
	r := p.stream(tagDriver)
	return r.chance(0.7)
}

// licence is the driver number, in the present name: DVLA changes it on marriage.
func (p *person) licence() string {
	r := p.stream(tagDriver)
	y, m, d := civil(p.born)
	return driverNumber(&r, p.surname, p.given, p.middle, p.female, y, m, d)
}

func (p *person) nationality() string {
	if p.british || p.heritage.nation == "" {
		return "GBR"
	}
	return p.heritage.nation
}

func (p *person) birthplace() string {
	if p.nationality() != "GBR" {
		return p.heritage.born[p.key%uint64(len(p.heritage.born))]
	}
	return p.homes[p.nHomes-1].at.town
}

// mailDomains are reserved for examples (RFC 2606 and 6761): no mail reaches anybody.
var mailDomains = []string{"inbox.example", "post.example", "example.org", "example.net", "mailbox.example", "example.com"}

// email is made of the name and a number, so that hardly two people share one, as
// nobody does: the plain name is long taken.
func (p *person) email() string {
	r := p.stream(tagEmail)
	g, s := lowerCase(letters(p.given)), lowerCase(letters(p.surname))
	b := make([]byte, 0, 40)
	switch r.below(4) {
	case 0:
		b = append(append(append(b, g...), '.'), s...)
	case 1:
		b = append(append(b, g[0]), s...)
	case 2:
		b = append(b, g...)
	case 3:
		b = append(append(append(b, s...), '_'), g...)
	}
	b = append(strconv.AppendInt(b, int64(r.between(1, 99_999)), 10), '@')
	return string(append(b, pick(&r, mailDomains)...))
}

var (
	builds = []string{"thin", "slim", "medium", "stocky", "heavy"}
	eyes   = []string{"brown", "blue", "green", "hazel"}
	hairs  = []string{"brown", "black", "ginger", "blonde", "dark-brown"}
	marks  = []string{"Scar on the left forearm", "Small star tattoo behind the right ear", "Wears glasses", "Pierced eyebrow", "Birthmark on the neck", "Walks with a limp", "Mole on the chin", "Rose tattoo on the shoulder"}
)

// describe gives what the person looks like, the same in every record.
func (p *person) describe(d *record.Description) {
	r := p.stream(tagBody)
	height := r.between(160, 193)
	if p.female {
		height = r.between(150, 180)
	}
	d.HeightFromCm = record.Number(strconv.Itoa(height))
	d.Build.Value = pick(&r, builds)
	eye := pick(&r, eyes)
	d.EyeLeft.Value, d.EyeRight.Value = eye, eye
	d.HairColour.Value = pick(&r, hairs)
	if r.chance(0.4) {
		d.Features = []string{pick(&r, marks)}
	}
}

// arrest adds the process a custody or PNC record is about, and now and then a
// warning marker.
func arrest(r *stream, p *person, owner, role string, created minute, at moment, out *record.Person) {
	w := words()
	y, _, _ := civil(created.dayOf())
	arrested := created - minute(r.between(30, 600))
	began := arrested - minute(r.between(20, 20_000))
	o := pick(r, w.offences)
	pr := record.Process{
		ASN: record.ASN(asn(owner, y, r.between(1, 999_999))), ArrestAt: arrested.stamp(),
		Offences: []record.Offence{{Code: record.Code{Value: o[0]}, Text: o[1], Start: began.stamp(), End: began.stamp()}},
	}
	if role == "offender" {
		pr.Result.Value = "convicted"
	} else if at.now-created > 300*day {
		pr.Result.Value = "no-further-action"
	}
	out.Processes = []record.Process{pr}
	if r.chance(0.1) {
		m := pick(r, w.markers)
		out.Markers = []record.Marker{{Code: record.Code{Value: m[0]}, Text: m[1], Basis: record.Fact, Source: "arresting officer",
			SetAt: created.stamp(), SetBy: out.CreatedBy, ReviewDate: out.ReviewDate}}
	}
}
