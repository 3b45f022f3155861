package sample

import "leds.internal/ledsq/record"

// The functions below reach an element of a list that may not be there.

func code(cs []record.Code, i int) string {
	if i < len(cs) {
		return cs[i].Value
	}
	return ""
}

func link(ls []record.Link, i int) record.Link {
	if i < len(ls) {
		return ls[i]
	}
	return record.Link{}
}

var (
	noName    record.Name
	noAddress record.Address
	noMarker  record.Marker
	noProcess record.Process
	noOffence record.Offence
	noKeeper  record.Keeper
	noReport  record.VehicleReport
)

func nameOf(p *record.Person, t record.NameType) *record.Name {
	for i := range p.Names {
		if p.Names[i].Type == t {
			return &p.Names[i]
		}
	}
	return &noName
}

func identifier(p *record.Person, t record.IdentifierType) string {
	for i := range p.Identifiers {
		if p.Identifiers[i].Type == t {
			return p.Identifiers[i].Value
		}
	}
	return ""
}

func passportCountry(p *record.Person) string {
	for i := range p.Identifiers {
		if p.Identifiers[i].Type == record.IDPassport {
			return p.Identifiers[i].Country.Value
		}
	}
	return ""
}

func addressAt(p *record.Person, i int) *record.Address {
	if i < len(p.Addresses) {
		return &p.Addresses[i]
	}
	return &noAddress
}

func contact(p *record.Person, t record.ContactType) string {
	for i := range p.Contacts {
		if p.Contacts[i].Type == t {
			return p.Contacts[i].Value
		}
	}
	return ""
}

func feature(p *record.Person) string {
	if len(p.Description.Features) > 0 {
		return p.Description.Features[0]
	}
	return ""
}

func marker(p *record.Person) *record.Marker {
	if len(p.Markers) > 0 {
		return &p.Markers[0]
	}
	return &noMarker
}

func process(p *record.Person) *record.Process {
	if len(p.Processes) > 0 {
		return &p.Processes[0]
	}
	return &noProcess
}

func offence(p *record.Person) *record.Offence {
	if pr := process(p); len(pr.Offences) > 0 {
		return &pr.Offences[0]
	}
	return &noOffence
}

func previous(v *record.Vehicle) record.PreviousMark {
	if len(v.PreviousVRMs) > 0 {
		return v.PreviousVRMs[0]
	}
	return record.PreviousMark{}
}

func keeper(v *record.Vehicle) *record.Keeper {
	if len(v.Keepers) > 0 {
		return &v.Keepers[0]
	}
	return &noKeeper
}

func report(v *record.Vehicle) *record.VehicleReport {
	if len(v.Reports) > 0 {
		return &v.Reports[0]
	}
	return &noReport
}
