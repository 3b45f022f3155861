package quality

import "leds.internal/ledsq/record"

func personRules() []Rule {
	return []Rule{
		{
			ID: "person/no-identifying-data", Title: "Nothing that identifies anybody",
			Why:    "A record without name, identifier or four features of appearance says nothing about anybody and can't be found again.",
			Source: "POLE dictionary, sections 1.4 and P_003, P_007", POLE: "P_003",
			Kinds: persons, Principles: throughout, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"surname", "givenName", "pncId"}, Consults: []string{"build", "complexion", "feature1", "eyeLeft", "eyeRight", "hairColour", "sex", "ethnicityObserved"},
			Since: version1, Check: noIdentifyingData, asks: whatIsFilled,
			Params: []Param{{"descriptors", Count, 4, "features of appearance that do instead of a name"}},
			Pass:   Example{Record: `{"names":[{"surname":"Fenwick"}]}`},
			Fail:   Example{Record: `{"sex":"M","description":{"build":"slim"}}`},
		},
		{
			ID: "person/four-plus-one", Title: "Four plus one incomplete",
			Why:    "Given name, surname, date of birth, sex and one way of reaching the person are the least by which one person is told from another. What is not known at first is added as soon as possible.",
			Source: "POLE dictionary, “4+1”; the hours of grace are a judgement", POLE: "P_001",
			Kinds: persons, Principles: throughout, Dimension: Completeness, Severity: Warning,
			ActsOn:   []string{"givenName", "surname", "dateOfBirth", "sex", "addressLine", "phone", "email"},
			Consults: []string{"role", "fullName", "age", "genderIdentity", "postcode", "pncId", "cro", "createdAt"}, Since: version1, Check: fourPlusOne, asks: whatIsFilled,
			Params: []Param{{"grace", Hours, 72, "time to complete a new record before a gap becomes an error"}},
			Pass:   Example{Record: `{"roles":["victim"],"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-15","sex":"F","contacts":[{"type":"MOBH","value":"+447700900123"}]}`},
			Fail:   Example{Record: `{"roles":["victim"],"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"sex":"F","contacts":[{"type":"MOBH","value":"+447700900123"}]}`},
		},
		{
			ID: "person/marker-unsupported", Title: "Warning marker without support",
			Why:    "Officers act on a marker at once. One without source, reason, basis and date can be neither trusted nor challenged.",
			Source: "Data Protection Act 2018, section 38(2); LEDS Code of Practice (2020), section 6.4; the list of parts is a judgement",
			Kinds:  people, Principles: throughout, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"marker1.code", "marker1.source", "marker1.text", "marker1.setAt", "marker1.basis"}, Consults: []string{"marker1.evidenceRef", "marker1.endAt"}, Since: version1, Check: markerUnsupported, asks: notOfLists,
			Pass: Example{Record: `{"markers":[{"code":"VI","text":"Threw a bottle at an officer","basis":"fact","source":"arresting officer","setAt":"2026-10-01T09:00:00Z"}]}`},
			Fail: Example{Record: `{"markers":[{"code":"VI","basis":"fact","setAt":"2026-10-01T09:00:00Z"}]}`},
		},
		{
			ID: "person/role-inconsistent", Title: "Victim or witness with an offender's data",
			Why:    "Suspects, convicted persons, victims and witnesses must be clearly told apart.",
			Source: "Data Protection Act 2018, section 38(3); the test is a judgement",
			Kinds:  persons, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"category"}, Consults: []string{"process1.asn", "process1.arrestAt", "asn"}, Since: version1, Check: roleInconsistent, asks: notOfLists,
			Pass: Example{Record: `{"dataSubjectCategory":["victim","suspect"],"processes":[{"arrestAt":"2026-10-01T09:00:00Z"}]}`},
			Fail: Example{Record: `{"dataSubjectCategory":["victim"],"processes":[{"arrestAt":"2026-10-01T09:00:00Z"}]}`},
		},
		{
			ID: "person/identifier-conflict", Title: "Two identifiers where there is one",
			Why:    "The PNC ID and CRO number belong to one person each; two on one record mean two people, or an unfinished merge. One on two records with neither surname nor date of birth in common is on the wrong one of them; that shows when a whole set is validated.",
			Source: "POLE dictionary; the test is a judgement", POLE: "O_008",
			Kinds: people, Principles: atValidate, Dimension: Uniqueness, Severity: Error,
			ActsOn: []string{"pncId", "cro"}, Consults: []string{"amendment1.type", "surname", "alias1.surname", "dateOfBirth"}, Since: version1, Check: identifierConflict, asks: whatIsFilled,
			Pass: Example{Record: `{"identifiers":[{"type":"PNC","value":"2003/0062845E"}]}`},
			Fail: Example{Record: `{"identifiers":[{"type":"PNC","value":"2003/0062845E"},{"type":"PNC","value":"1979/0163001B"}]}`},
		},
		{
			ID: "person/status-contradiction", Title: "States that can't both be true",
			Why:    "A dead person who is still wanted, or someone wanted for nothing, sends officers out in vain, or to a grieving family.",
			Source: "LEDS Code of Practice (2020), section 6.3; the pairs are a judgement",
			Kinds:  persons, Principles: atValidate, Dimension: Consistency, Severity: Error,
			ActsOn: []string{"circulation1.type", "circulation1.ref"}, Consults: []string{"dateOfDeath", "circulation1.to", "circulation1.offence", "link1.kind"}, Since: version1, Check: statusContradiction, asks: notOfLists,
			Pass: Example{Record: `{"circulations":[{"type":"wanted","ref":"W1"}]}`},
			Fail: Example{Record: `{"dateOfDeath":"2026-01-05","circulations":[{"type":"wanted","ref":"W1"}]}`},
		},
	}
}

// descriptors counts the eight features of appearance of the POLE dictionary.
func descriptors(p *record.Person) int {
	n := 0
	for _, has := range [...]bool{p.Sex.Value != "" || p.GenderIdentity.Value != "", p.Description.Build.Value != "", p.Description.Complexion.Value != "",
		len(p.Description.Features) > 0, p.Description.EyeLeft.Value != "", p.Description.EyeRight.Value != "",
		p.EthnicityObserved.Value != "", p.Description.HairColour.Value != ""} {
		if has {
			n++
		}
	}
	return n
}

func named(p *record.Person) bool {
	for i := range p.Names {
		if n := &p.Names[i]; n.Surname != "" || n.FullName != "" || len(n.GivenNames) > 0 {
			return true
		}
	}
	return false
}

func noIdentifyingData(c *Ctx) Outcome {
	p := c.person
	for i := range p.Identifiers {
		if p.Identifiers[i].Value != "" {
			return Pass
		}
	}
	if named(p) || descriptors(p) >= int(c.Param("descriptors")) {
		return Pass
	}
	return c.Fail("", "the record has no name, no identifier and too few features of appearance to tell anybody by", "Add a name, an identifier or at least four features, or do not make the record.")
}

// unnamedRole says that the role is one of people whose name is not known.
func unnamedRole(p *record.Person) bool {
	return len(p.Roles) > 0 && !anyIs(p.Roles, "offender", "known-suspect", "suspect", "victim", "witness", "involved-party", "subject", "missing") &&
		anyIs(p.Roles, "unknown-suspect", "person-of-interest-unknown", "unborn")
}

// fourPlusOne is as strict as the role asks. Where a record gives neither roles
// nor an envelope, it comes from a plain list, and nothing shows that it is meant
// to hold more than it does: a gap in name or date of birth, which every list of
// people has, is noted, and sex and contact, which many lists do not carry at
// all, are left to the completeness of the set.
func fourPlusOne(c *Ctx) Outcome {
	p := c.person
	if unnamedRole(p) {
		return NotApplicable
	}
	s := Warning
	offender := anyIs(p.Roles, "offender") || anyIs(p.Categories, "convicted")
	list := len(p.Roles) == 0 && !c.carries
	switch {
	case offender, c.late("grace"):
		s = Error
	case list:
		s = Info
	}
	n := p.PrimaryName()
	if n.Given() == "" && n.FullName == "" {
		c.FailAs(s, "givenName", "the given name is missing", "Add it as soon as it is known.")
	}
	if n.Surname == "" && n.FullName == "" {
		c.FailAs(s, "surname", "the surname is missing", "Add it as soon as it is known.")
	}
	if p.DateOfBirth == "" || !list && !p.DateOfBirth.Known() {
		c.FailAs(s, "dateOfBirth", "the date of birth is missing, or can't be read", "Add it, or the year or an estimate, as soon as it is known.")
	}
	if list {
		return c.Done()
	}
	if p.Sex.Value == "" && p.GenderIdentity.Value == "" {
		c.FailAs(s, "sex", "the sex is missing", "Add it as soon as it is known.")
	}
	if !reachable(p) && !(offender && (hasIdentifier(p, record.IDPNC) || hasIdentifier(p, record.IDCRO))) {
		c.FailAs(s, "addressLine", "there is no address, telephone number or email by which to reach the person", "Add one, or record no fixed abode.")
	}
	return c.Done()
}

func reachable(p *record.Person) bool {
	for i := range p.Contacts {
		if p.Contacts[i].Value != "" {
			return true
		}
	}
	for i := range p.Addresses {
		if a := &p.Addresses[i]; a.Line != "" || a.Street != "" || a.Premises != "" || a.Postcode != "" || a.UPRN != "" || a.NoFixedAbode == record.Yes {
			return true
		}
	}
	return false
}

func markerUnsupported(c *Ctx) Outcome {
	if len(c.person.Markers) == 0 {
		return NotApplicable
	}
	for i := range c.person.Markers {
		m := &c.person.Markers[i]
		if m.EndAt != "" {
			continue
		}
		for _, part := range [...]struct {
			gone       bool
			leaf, what string
		}{
			{m.Code.Value == "", "code", "the marker has no code"},
			{m.Source == "" && m.EvidenceRef == "", "source", "the marker has no source"},
			{m.Text == "", "text", "the marker gives no reason"},
			{m.SetAt == "", "setAt", "it is not known when the marker was set"},
			{m.Basis == "", "basis", "it is not said whether the marker rests on fact or assessment"},
		} {
			if part.gone {
				c.Fail(item("marker", i, part.leaf), part.what, "Complete the marker from its evidence, or end it with a reason.")
			}
		}
	}
	return c.Done()
}

func roleInconsistent(c *Ctx) Outcome {
	p := c.person
	if len(p.Categories) == 0 {
		return NotApplicable
	}
	for _, k := range p.Categories {
		if !is(k, "victim", "witness") {
			return Pass
		}
	}
	if len(p.Processes) > 0 || hasIdentifier(p, record.IDASN) {
		return c.Fail("category", "the person is only a victim or witness, and the record holds an arrest or summons", "Add the category that the arrest gives, or move the arrest to the record it belongs to.")
	}
	return Pass
}

func identifierConflict(c *Ctx) Outcome {
	p := c.person
	if !hasIdentifier(p, record.IDPNC) && !hasIdentifier(p, record.IDCRO) {
		return NotApplicable
	}
	for i := range c.head.Amendments {
		if oneOf(c.head.Amendments[i].Type, "merge") {
			return Pass
		}
	}
	for i := range p.Identifiers {
		id := &p.Identifiers[i]
		if id.Value == "" || id.Type != record.IDPNC && id.Type != record.IDCRO {
			continue
		}
		for j := range i {
			if o := &p.Identifiers[j]; o.Type == id.Type && o.Value != "" && o.Value != id.Value {
				c.Fail(identifierField(p.Identifiers, i), "the record holds more than one number of a scheme that gives each person one", "Find out which is right; if two records were merged, say so in the amendment.")
				break
			}
		}
	}
	return c.Done()
}

func statusContradiction(c *Ctx) Outcome {
	p := c.person
	if len(p.Circulations) == 0 {
		return NotApplicable
	}
	for i := range p.Circulations {
		k := &p.Circulations[i]
		if end, ok := when(k.To); ok && (c.now.IsZero() || end.before(exactly(c.now))) {
			continue
		}
		if p.DateOfDeath != "" && is(k.Type, "wanted", "locate-trace", "missing", "bail") {
			c.Fail(item("circulation", i, "type"), "the person is recorded as dead and still circulated", "End the circulation, or correct the death.")
		}
		if is(k.Type, "wanted") && k.Ref == "" && k.Offence == "" {
			c.Fail(item("circulation", i, "ref"), "the person is wanted, and neither offence nor warrant is given", "Give the offence or the reference of the warrant.")
		}
	}
	return c.Done()
}
