package quality

import "leds.internal/ledsq/record"

func strength(a record.Assurance) int {
	switch a {
	case record.Biometric, record.Documentary:
		return 2
	case record.OfficialRecord:
		return 1
	}
	return 0
}

// assuranceDowngraded compares elements in their order: a proved one that is
// still there under another number was not replaced.
func assuranceDowngraded(c *Ctx) Outcome {
	old := record.PersonOf(c.was())
	if old == nil {
		return NotApplicable
	}
	now := c.person
	const message, fix = "a value proved by a document or fingerprint gave way to a weaker one", "Keep the proved value, and add the other beside it."
	proved := false
	weaker := func(before, after record.Assurance, same, kept bool, field func() string) {
		if strength(before) < 2 {
			return
		}
		proved = true
		if !same && !kept && strength(after) < 2 {
			c.Fail(field(), message, fix)
		}
	}
	for i := range min(len(old.Names), len(now.Names)) {
		b, a := &old.Names[i], &now.Names[i]
		weaker(b.Assurance, a.Assurance, b.Surname == a.Surname && b.Given() == a.Given(), keepsName(now, b), func() string { return nameLeaf(now.Names, i, "surname") })
	}
	for i := range min(len(old.Addresses), len(now.Addresses)) {
		b, a := &old.Addresses[i], &now.Addresses[i]
		weaker(b.Assurance, a.Assurance, b.Line == a.Line && b.Premises == a.Premises && b.Street == a.Street && b.Postcode == a.Postcode, keepsAddress(now, b), func() string { return bare("address", i, "postcode") })
	}
	for i := range min(len(old.Identifiers), len(now.Identifiers)) {
		b, a := &old.Identifiers[i], &now.Identifiers[i]
		weaker(b.Assurance, a.Assurance, b.Type != a.Type || b.Value == a.Value, false, func() string { return identifierField(now.Identifiers, i) })
	}
	for i := range min(len(old.Contacts), len(now.Contacts)) {
		b, a := &old.Contacts[i], &now.Contacts[i]
		weaker(b.Assurance, a.Assurance, b.Type != a.Type || b.Value == a.Value, false, func() string { return contactField(now.Contacts, i) })
	}
	before := c.was().Head()
	for _, e := range before.Assessed {
		if strength(e.Assurance) == 2 && c.touched(e.Field) && strength(evidenceFor(c.head, e.Field)) < 2 {
			proved = true
			c.Fail(e.Field, message, fix)
		}
	}
	if !proved {
		return NotApplicable
	}
	return c.Done()
}

// was gives the record before, or an empty one of the same kind.
func (c *Ctx) was() record.Record {
	if b := c.subject.Before; b != nil && b.Kind() == c.rec.Kind() {
		return b
	}
	return record.New(c.rec.Kind())
}

func evidenceFor(h *record.Envelope, field string) record.Assurance {
	for _, e := range h.Assessed {
		if e.Field == field {
			return e.Assurance
		}
	}
	return ""
}
