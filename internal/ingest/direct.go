package ingest

import "leds.internal/ledsq/record"

// room is a person with space at hand for the parts that most persons have, so
// that a record is one piece of memory and not seven, and none when the room of
// a record done with is used again. What does not fit lies elsewhere.
type room struct {
	person      record.Person
	names       [1]record.Name
	given       [1]string
	addresses   [1]record.Address
	contacts    [2]record.Contact
	identifiers [2]record.Identifier
	extra       [2]record.Extra
}

// spot is a record being made.
type spot struct {
	rec    record.Record
	person *record.Person // nil for a vehicle
	room   *room          // nil where the record has none
}

func (s *spot) primary() *record.Name {
	p := s.person
	if len(p.Names) == 0 && s.room != nil {
		s.room.names[0].Type = record.PrimaryName
		p.Names = s.room.names[:]
		return &p.Names[0]
	}
	for i := range p.Names {
		if t := p.Names[i].Type; t == record.PrimaryName || t == "" {
			return &p.Names[i]
		}
	}
	p.Names = append(p.Names, record.Name{Type: record.PrimaryName})
	return &p.Names[len(p.Names)-1]
}

func (s *spot) given(text string) {
	n := s.primary()
	switch {
	case len(n.GivenNames) > 0:
		n.GivenNames[0] = text
	case s.room != nil:
		s.room.given[0] = text
		n.GivenNames = s.room.given[:]
	default:
		n.GivenNames = []string{text}
	}
}

func (s *spot) address() *record.Address {
	p := s.person
	if len(p.Addresses) == 0 {
		if s.room != nil {
			p.Addresses = s.room.addresses[:]
		} else {
			p.Addresses = make([]record.Address, 1)
		}
	}
	return &p.Addresses[0]
}

func (s *spot) contact(t record.ContactType) *record.Contact {
	p := s.person
	for i := range p.Contacts {
		if p.Contacts[i].Type == t {
			return &p.Contacts[i]
		}
	}
	if p.Contacts == nil && s.room != nil {
		p.Contacts = s.room.contacts[:0]
	}
	p.Contacts = append(p.Contacts, record.Contact{Type: t})
	return &p.Contacts[len(p.Contacts)-1]
}

func (s *spot) identifier(t record.IdentifierType) *record.Identifier {
	p := s.person
	for i := range p.Identifiers {
		if p.Identifiers[i].Type == t {
			return &p.Identifiers[i]
		}
	}
	if p.Identifiers == nil && s.room != nil {
		p.Identifiers = s.room.identifiers[:0]
	}
	p.Identifiers = append(p.Identifiers, record.Identifier{Type: t})
	return &p.Identifiers[len(p.Identifiers)-1]
}

// direct gives a way of setting the commonest fields of a person without
// reflection; nil for all others. A test holds it to record.Column.Set.
func direct(k record.Kind, field string) func(*spot, string) {
	switch {
	case field == "id":
		return func(s *spot, text string) { s.rec.Head().ID = text }
	case k == record.KindVehicle:
		return nil
	}
	return directs[field]
}

var directs = map[string]func(*spot, string){
	"middleNames":  func(s *spot, text string) { s.primary().MiddleNames = text },
	"surname":      func(s *spot, text string) { s.primary().Surname = text },
	"fullName":     func(s *spot, text string) { s.primary().FullName = text },
	"dateOfBirth":  func(s *spot, text string) { s.person.DateOfBirth = record.Date(text) },
	"sex":          func(s *spot, text string) { s.person.Sex.Value = text },
	"ethnicity":    func(s *spot, text string) { s.person.EthnicitySelfDefined.Value = text },
	"placeOfBirth": func(s *spot, text string) { s.person.PlaceOfBirth = text },
	"occupation":   func(s *spot, text string) { s.person.Occupation = text },
	"addressLine":  func(s *spot, text string) { s.address().Line = text },
	"premises":     func(s *spot, text string) { s.address().Premises = text },
	"street":       func(s *spot, text string) { s.address().Street = text },
	"locality":     func(s *spot, text string) { s.address().Locality = text },
	"town":         func(s *spot, text string) { s.address().Town = text },
	"county":       func(s *spot, text string) { s.address().County = text },
	"postcode":     func(s *spot, text string) { s.address().Postcode = record.Postcode(text) },
	"phone":        func(s *spot, text string) { s.contact(record.ContactPhone).Value = text },
	"mobile":       func(s *spot, text string) { s.contact(record.ContactMobile).Value = text },
	"email":        func(s *spot, text string) { s.contact(record.ContactEmail).Value = text },
	"pncId":        func(s *spot, text string) { s.identifier(record.IDPNC).Value = text },
	"cro":          func(s *spot, text string) { s.identifier(record.IDCRO).Value = text },
	"nino":         func(s *spot, text string) { s.identifier(record.IDNINO).Value = text },
	"nhsNumber":    func(s *spot, text string) { s.identifier(record.IDNHS).Value = text },
	"driverNumber": func(s *spot, text string) { s.identifier(record.IDDriver).Value = text },
	"passport":     func(s *spot, text string) { s.identifier(record.IDPassport).Value = text },
	"nationalId":   func(s *spot, text string) { s.identifier(record.IDNational).Value = text },
	"givenName":    (*spot).given,
}
