package dedupe

import (
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// personPreset compares persons on whatever is there: names as a pair that may
// be exchanged, date of birth, address as one concept, identifiers, contacts.
func personPreset() preset {
	about := func(f func(*record.Person) string) func(record.Record) string {
		return func(r record.Record) string { return f(record.PersonOf(r)) }
	}
	p := preset{
		people:   true,
		variants: personVariants,
		rival:    "may be two people of one household",
		apart:    personsApart,
		attributes: []attribute{
			{"given", about(func(p *record.Person) string { g, _ := givenAndMiddle(p); return g }), "name"},
			{"middle", about(func(p *record.Person) string { _, m := givenAndMiddle(p); return m }), "name"},
			{"surname", about(surname), "name"},
			{"dob", about(func(p *record.Person) string {
				if p.DateOfBirth.Known() {
					return string(p.DateOfBirth)
				}
				return ""
			}), ""},
			{"sex", about(func(p *record.Person) string {
				if p.Sex.Value == "M" || p.Sex.Value == "F" {
					return p.Sex.Value
				}
				return ""
			}), ""},
			{"postcode", about(firstAddress(func(a *record.Address) string { return normalise.Fold(string(a.Postcode)) })), "address"},
			{"line", about(firstAddress(addressLine)), "address"},
			{"locality", about(firstAddress(func(a *record.Address) string { return normalise.Fold(a.Locality) })), "address"},
			{"town", about(firstAddress(func(a *record.Address) string { return normalise.Fold(a.Town) })), "address"},
			{"phone", about(func(p *record.Person) string {
				return contact(p, record.ContactPhone, record.ContactMobile, record.ContactHome)
			}), ""},
			{"email", about(func(p *record.Person) string { return contact(p, record.ContactEmail) }), ""},
			{"placeOfBirth", about(func(p *record.Person) string { return normalise.Fold(p.PlaceOfBirth) }), ""},
			{"occupation", about(func(p *record.Person) string { return normalise.Fold(p.Occupation) }), ""},
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
		name string
		typ  record.IdentifierType
	}{{"PNC ID", record.IDPNC}, {"CRO number", record.IDCRO}, {"NINO", record.IDNINO}, {"NHS number", record.IDNHS}, {"driver number", record.IDDriver},
		{"passport", record.IDPassport}, {"prison number", record.IDPrison}, {"CRN", record.IDCRN}, {"national id", record.IDNational}} {
		p.attributes = append(p.attributes, attribute{id.name, about(func(p *record.Person) string {
			for i := range p.Identifiers {
				if p.Identifiers[i].Type == id.typ {
					return normalise.Fold(p.Identifiers[i].Value)
				}
			}
			return ""
		}), ""})
		p.comparisons = append(p.comparisons, comparison{name: id.name, most: 0.2, chance: 0.000001, identifies: true, uses: []string{id.name}, compare: onColumn(gradeCodes), reads: coded, levels: []level{
			{name: "same " + id.name, column: id.name, share: 1}, {name: id.name + " one character apart"}, {name: id.name + " differs"}}})
		p.atoms = append(p.atoms, atom{id.name, id.name, false, value})
	}
	return p
}

// surname is the surname, folded; or the whole name where nobody could tell its
// parts: a single name, or one in a script that is written without spaces.
func surname(p *record.Person) string {
	n := p.PrimaryName()
	if n.Surname == "" && n.Given() == "" {
		return normalise.FoldName(n.FullName)
	}
	return normalise.FoldName(n.Surname)
}

// givenAndMiddle gives the first given name and the rest, folded.
func givenAndMiddle(p *record.Person) (given, middle string) {
	n := p.PrimaryName()
	all := normalise.FoldName(n.Given())
	given, middle, _ = strings.Cut(all, " ")
	for _, g := range n.GivenNames[min(1, len(n.GivenNames)):] {
		middle = strings.TrimSpace(middle + " " + normalise.FoldName(g))
	}
	if n.MiddleNames != "" {
		middle = strings.TrimSpace(middle + " " + normalise.FoldName(n.MiddleNames))
	}
	return given, middle
}

func firstAddress(f func(*record.Address) string) func(*record.Person) string {
	return func(p *record.Person) string {
		if len(p.Addresses) == 0 {
			return ""
		}
		return f(&p.Addresses[0])
	}
}

// addressLine is number and street as one comparable text, with the commonest
// abbreviations of street words written alike.
func addressLine(a *record.Address) string {
	words := strings.Fields(normalise.Fold(a.Premises + " " + a.Line + " " + a.Street))
	for i, w := range words {
		if i > 0 {
			if short, ok := streetWords[w]; ok {
				words[i] = short
			}
		}
	}
	return strings.Join(words, " ")
}

var streetWords = map[string]string{
	"STREET": "ST", "ROAD": "RD", "AVENUE": "AVE", "LANE": "LN", "DRIVE": "DR", "CLOSE": "CL", "COURT": "CT", "CRESCENT": "CRES",
	"PLACE": "PL", "SQUARE": "SQ", "TERRACE": "TCE", "GARDENS": "GDNS", "GROVE": "GR", "CIRCUIT": "CCT", "APARTMENT": "FLAT", "APT": "FLAT",
}

func contact(p *record.Person, types ...record.ContactType) string {
	for _, t := range types {
		for i := range p.Contacts {
			if p.Contacts[i].Type == t && p.Contacts[i].Value != "" {
				return strings.ToLower(p.Contacts[i].Value)
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
