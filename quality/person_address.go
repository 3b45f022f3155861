package quality

import "leds.internal/ledsq/record"

func addressRules() []Rule {
	return []Rule{
		{
			ID: "person/address-incomplete", Title: "Address missing or in part",
			Why:    "Without the line nobody finds the door, without the postcode no search finds the home. A plain list is not asked for addresses.",
			Source: "POLE dictionary, L_001 and the contact of “4+1”; a note only, because part of an address is better than none", POLE: "L_001",
			Kinds: people, Principles: throughout, Dimension: Completeness, Severity: Info,
			ActsOn: []string{"addressLine", "postcode", "town"}, Consults: []string{"noFixedAbode", "country", "premises", "street", "uprn", "role", "createdAt"}, Since: version1, Check: addressIncomplete, asks: whatIsFilled,
			Pass: Example{Record: `{"roles":["victim"],"addresses":[{"line":"1 High Street","town":"Leeds","postcode":"LS1 1AA"}]}`},
			Fail: Example{Record: `{"roles":["victim"],"addresses":[{"line":"1 High Street","town":"Leeds"}]}`},
		},
		{
			ID: "person/pncid-before-age", Title: "PNC ID older than its holder can be",
			Why:    "The year of the number is the one in which the person was first arrested or summonsed. Nobody below the age of criminal responsibility is: the number or the date of birth is another person's.",
			Source: "the year of the PNC ID (POLE dictionary, DS_072); Children and Young Persons Act 1933, section 50", POLE: "DS_072",
			Kinds: people, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"pncId"}, Consults: []string{"dateOfBirth"}, Since: version1, Check: pncBeforeAge, asks: ofItsFields,
			Params: []Param{{"age", Years, 10, "age of criminal responsibility"}},
			Pass:   Example{Record: `{"dateOfBirth":"1980-06-15","identifiers":[{"type":"PNC","value":"2003/0062845E"}]}`},
			Fail:   Example{Record: `{"dateOfBirth":"1998-06-15","identifiers":[{"type":"PNC","value":"2003/0062845E"}]}`},
		},
	}
}

// addressIncomplete asks of a current address in the United Kingdom for line,
// town and postcode, and of a record that is more than a plain list for one.
func addressIncomplete(c *Ctx) Outcome {
	p := c.person
	if len(p.Roles) == 0 && !c.carries || unnamedRole(p) || c.missing != nil && c.unidentified() {
		return NotApplicable
	}
	any := false
	for i := range p.Addresses {
		a := &p.Addresses[i]
		line := a.Line != "" || a.Street != "" || a.Premises != "" || a.UPRN != ""
		if !line && a.Town == "" && a.Postcode == "" && a.NoFixedAbode != record.Yes && a.SiteLocation == "" {
			continue
		}
		any = true
		if a.NoFixedAbode == record.Yes || a.SiteLocation != "" || a.To != "" || is(a.Status, "previous") || a.Country.Value != "" && !is(a.Country, "gbr") {
			continue
		}
		for _, part := range [...]struct {
			gone       bool
			leaf, what string
		}{
			{!line, "addressLine", "the address has neither line nor street"},
			{a.Town == "", "town", "the address has no town"},
			{a.Postcode == "" && !c.told(bare("address", i, "postcode")), "postcode", "the address has no postcode"},
		} {
			if part.gone {
				c.Fail(bare("address", i, part.leaf), part.what, "Look it up.")
			}
		}
	}
	if !any {
		return c.Fail("addressLine", "no address is recorded", "Add it, or record no fixed abode.")
	}
	return c.Done()
}

// told says that normalising has something to say of a field, so that a rule of
// its own speaks of it.
func (c *Ctx) told(field string) bool {
	_, ok := c.Change(field)
	return ok
}

func pncBeforeAge(c *Ctx) Outcome {
	born, ok := c.person.DateOfBirth.First()
	if !ok || !c.person.DateOfBirth.Known() {
		return NotApplicable
	}
	judged := false
	for i := range c.person.Identifiers {
		id := &c.person.Identifiers[i]
		if id.Type != record.IDPNC || len(id.Value) != 13 || id.Value[4] != '/' {
			continue
		}
		year, ok := record.Number(id.Value[:4]).Int()
		if !ok {
			continue
		}
		judged = true
		if float64(year-born.Year) < c.Param("age") {
			c.Fail(identifierField(c.person.Identifiers, i), "the number is of a year in which the person was below the age of criminal responsibility", "Compare number and date of birth with the national record: one of them is another person's.")
		}
	}
	if !judged {
		return NotApplicable
	}
	return c.Done()
}
