package dedupe

import (
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// personPreset compares persons on whatever is there: names as a pair that may
// be exchanged, date of birth, address as one concept, identifiers, contacts.
func personPreset() preset {
	about := func(form former, text func(*record.Person) string) func([]byte, record.Record) []byte {
		return func(b []byte, r record.Record) []byte { return form(b, text(record.PersonOf(r))) }
	}
	first := func(form former, text func(*record.Address) string) func([]byte, record.Record) []byte {
		return about(form, func(p *record.Person) string {
			if len(p.Addresses) == 0 {
				return ""
			}
			return text(&p.Addresses[0])
		})
	}
	fold, foldName := former(normalise.AppendFold), former(normalise.AppendFoldName)
	p := preset{
		people:   true,
		variants: personVariants,
		rival:    "may be two people of one household",
		apart:    personsApart,
		attributes: []attribute{
			{"given", about(firstName, givenName), "name", in(firstName, "givenName")},
			{"middle", middleNames, "name", []fieldForm{{"givenName", otherNames}, {"middleNames", foldName}}},
			{"surname", about(foldName, surname), "name", in(foldName, "surname")},
			{"dob", about(knownDate, func(p *record.Person) string { return string(p.DateOfBirth) }), "", in(knownDate, "dateOfBirth")},
			{"sex", about(knownSex, func(p *record.Person) string { return p.Sex.Value }), "", in(knownSex, "sex")},
			{"postcode", first(fold, func(a *record.Address) string { return string(a.Postcode) }), "address", in(fold, "postcode")},
			{"line", first(addressLine, wholeLine), "address", in(addressLine, "premises", "addressLine", "street")},
			{"locality", first(fold, func(a *record.Address) string { return a.Locality }), "address", in(fold, "locality")},
			{"town", first(fold, func(a *record.Address) string { return a.Town }), "address", in(fold, "town")},
			{"phone", about(lower, func(p *record.Person) string {
				return contact(p, record.ContactPhone, record.ContactMobile, record.ContactHome)
			}), "", in(lower, "phone", "mobile", "homePhone")},
			{"email", about(lower, func(p *record.Person) string { return contact(p, record.ContactEmail) }), "", in(lower, "email")},
			{"placeOfBirth", about(fold, func(p *record.Person) string { return p.PlaceOfBirth }), "", in(fold, "placeOfBirth")},
			{"occupation", about(fold, func(p *record.Person) string { return p.Occupation }), "", in(fold, "occupation")},
		},
		comparisons: []comparison{
			givenComparison(), surnameComparison(),
			{name: "middle name", concept: "name", chance: 0.005, uses: []string{"middle"}, compare: onColumn(gradeMiddle), reads: spelt, levels: []level{
				{name: "same middle name", column: "middle", share: 1}, {name: "middle initial agrees"}, {name: "middle name alike"}, {name: "middle name differs"}}},
			dobComparison(),
			{name: "sex", most: 0.1, chance: 0.5, uses: []string{"sex"}, compare: onColumn(gradeUnlike), levels: []level{{name: "same sex"}, {name: "sex differs"}}},
			addressComparison(),
			{name: "phone", chance: 0.000001, shared: true, uses: []string{"phone", "phone"}, compare: onColumn(gradeCodes), reads: coded, levels: []level{
				{name: "same phone", column: "phone", share: 1}, {name: "phone one digit apart"}, {name: "phone differs"}}},
			emailComparison(),
			wordsComparison("place of birth", "placeOfBirth"),
			wordsComparison("occupation", "occupation"),
		},
		atoms: []atom{
			{"given", "given", false, value}, {"given sound", "given", true, sound}, {"given start", "given", true, start(3)},
			{"surname", "surname", false, joined}, {"surname sound", "surname", true, sound}, {"surname start", "surname", true, start(3)},
			{"dob", "dob", false, value}, {"dob parts", "dob", true, dateParts}, {"dob year and month", "dob", true, dateCut(7)},
			{"dob month and day", "dob", true, dateEnd}, {"dob year", "dob", true, dateCut(4)},
			{"postcode", "postcode", false, value}, {"postcode district", "postcode", true, district},
			{"address", "line", false, value}, {"address start", "line", true, start(8)},
			{"locality", "locality", false, value}, {"town", "town", false, value},
			{"phone", "phone", false, value}, {"email", "email", false, value}, {"email user", "email", true, user},
			{"place of birth", "placeOfBirth", true, value}, {"occupation", "occupation", true, value},
		},
	}
	for _, id := range []struct {
		name, field string
		typ         record.IdentifierType
	}{{"PNC ID", "pncId", record.IDPNC}, {"CRO number", "cro", record.IDCRO}, {"NINO", "nino", record.IDNINO}, {"NHS number", "nhsNumber", record.IDNHS},
		{"driver number", "driverNumber", record.IDDriver}, {"passport", "passport", record.IDPassport}, {"prison number", "prisonNumber", record.IDPrison},
		{"CRN", "crn", record.IDCRN}, {"national id", "nationalId", record.IDNational}} {
		p.attributes = append(p.attributes, attribute{id.name, about(fold, func(p *record.Person) string {
			for i := range p.Identifiers {
				if p.Identifiers[i].Type == id.typ {
					return p.Identifiers[i].Value
				}
			}
			return ""
		}), "", in(fold, id.field)})
		p.comparisons = append(p.comparisons, comparison{name: id.name, most: 0.2, chance: 0.000001, identifies: true, uses: []string{id.name}, compare: onColumn(gradeCodes), reads: coded, levels: []level{
			{name: "same " + id.name, column: id.name, share: 1}, {name: id.name + " one character apart"}, {name: id.name + " differs"}}})
		p.atoms = append(p.atoms, atom{id.name, id.name, false, value})
	}
	return p
}

func contact(p *record.Person, types ...record.ContactType) string {
	for _, t := range types {
		for i := range p.Contacts {
			if p.Contacts[i].Type == t && p.Contacts[i].Value != "" {
				return p.Contacts[i].Value
			}
		}
	}
	return ""
}

// maxVariants bounds the further names, and addresses, that are compared.
const maxVariants = 8

// personVariants gives a person under each further name (aliases, earlier names,
// nicknames) and at each further address.
func personVariants(r record.Record, add func(concept string, v record.Record)) {
	p := record.PersonOf(r)
	primary := p.PrimaryName()
	under := func(names []record.Name, addresses []record.Address) record.Record {
		return &record.Person{Names: names, Addresses: addresses}
	}
	n := 0
	for i := range p.Names {
		name := p.Names[i]
		if n == maxVariants || name.Surname == "" && name.Given() == "" || name.Surname == primary.Surname && name.Given() == primary.Given() {
			continue
		}
		if name.Surname == "" { // an alias that is only a forename goes with the surname
			name.Surname = primary.Surname
		}
		if name.Given() == "" { // and a maiden name with the forename
			name.GivenNames, name.MiddleNames = primary.GivenNames, primary.MiddleNames
		}
		name.Type = record.PrimaryName
		add("name", under([]record.Name{name}, nil))
		n++
	}
	for i := 1; i < min(len(p.Addresses), maxVariants+1); i++ {
		add("address", under(nil, p.Addresses[i:i+1]))
	}
}
