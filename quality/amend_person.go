package quality

import (
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func amendPersonRules() []Rule {
	const who = `{"by":"1234","at":"2026-11-22T09:00:00Z","reason":"as the person says","source":"telephone"}`
	rule := amendRule(people, who)
	return []Rule{
		rule(Rule{
			ID: "person/identity-replaced", Title: "One person overwritten by another",
			Why:    "When several of name, date of birth and sex change at once, with no identifier in common, the record has become another person's, and the first one's history hangs on them.",
			Source: "judgement", Dimension: Accuracy, Severity: Error,
			ActsOn: []string{"givenName", "surname", "dateOfBirth", "sex"}, Consults: []string{"pncId", "cro", "alias1.surname"}, Check: identityReplaced,
			Params: []Param{{"parts", Count, 3, "how many of given name, surname, date of birth and sex must change"}},
			Pass:   Example{Before: `{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-15","sex":"F"}`, Record: `{"names":[{"givenNames":["Ann"],"surname":"Married"}],"dateOfBirth":"1980-06-15","sex":"F"}`},
			Fail:   Example{Before: `{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-15","sex":"F"}`, Record: `{"names":[{"givenNames":["Peter"],"surname":"Quite-Other"}],"dateOfBirth":"1961-02-28","sex":"M"}`},
		}),
		rule(Rule{
			ID: "person/dob-changed", Title: "Date of birth changed",
			Why:    "A slip put right is welcome; another date altogether makes another person, unless a document shows it.",
			Source: "LEDS Code of Practice (2020), section 6.3; the grades are a judgement", Dimension: Accuracy, Severity: Error,
			ActsOn: []string{"dateOfBirth"}, Consults: []string{"evidence1.assurance", "amendment1.source"}, Check: dobChanged,
			Pass: Example{Before: `{"dateOfBirth":"1980"}`, Record: `{"dateOfBirth":"1980-06-15"}`},
			Fail: Example{Before: `{"dateOfBirth":"1980-06-15"}`, Record: `{"dateOfBirth":"1974-11-03"}`},
		}),
		rule(Rule{
			ID: "person/identifier-changed", Title: "PNC ID, CRO number or ASN changed or removed",
			Why:    "These numbers are made by national systems and stay with the person; another number means another record.",
			Source: "POLE dictionary; the rule is a judgement", POLE: "DS_072", Dimension: Consistency, Severity: Error,
			ActsOn: []string{"pncId", "cro", "asn"}, Consults: []string{"amendment1.type", "amendment1.reason"}, Check: identifierChanged,
			Pass: Example{Before: `{"identifiers":[{"type":"PNC","value":"2003/0062845E"}]}`, Record: `{"identifiers":[{"type":"PNC","value":"1979/0163001B"}]}`, Amendment: `{"type":"merge"}`},
			Fail: Example{Before: `{"identifiers":[{"type":"PNC","value":"2003/0062845E"}]}`, Record: `{"identifiers":[{"type":"PNC","value":"1979/0163001B"}]}`},
		}),
		rule(Rule{
			ID: "person/surname-changed-no-alias", Title: "Former surname not kept",
			Why:    "Under a name that is gone nobody finds the person again.",
			Source: "HMPPS hmpps-person-record keeps primary and alias names; the rule is a judgement", Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"surname"}, Consults: []string{"alias1.surname", "previousName1.surname"}, Check: surnameNotKept,
			Pass: Example{Before: `{"names":[{"surname":"Fenwick"}]}`, Record: `{"names":[{"surname":"Married"},{"type":"previous","surname":"Fenwick"}]}`},
			Fail: Example{Before: `{"names":[{"surname":"Fenwick"}]}`, Record: `{"names":[{"surname":"Married"}]}`},
		}),
		rule(Rule{
			ID: "person/address-overwritten", Title: "Address overwritten",
			Why:    "Where somebody lived is evidence: a former address is ended, not replaced.",
			Source: "HMPPS hmpps-person-record (addresses carry dates); the rule is a judgement", Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"addressLine", "street", "postcode"}, Consults: []string{"premises", "addressTo", "addressStatus"}, Check: addressOverwritten,
			Pass: Example{Before: `{"addresses":[{"line":"1 High Street","postcode":"LS1 1AA"}]}`, Record: `{"addresses":[{"line":"2 Low Road","postcode":"LS2 7EY"},{"line":"1 High Street","postcode":"LS1 1AA","to":"2026-11-01"}]}`},
			Fail: Example{Before: `{"addresses":[{"line":"1 High Street","postcode":"LS1 1AA"}]}`, Record: `{"addresses":[{"line":"2 Low Road","postcode":"LS2 7EY"}]}`},
		}),
		rule(Rule{
			ID: "person/death-reversed", Title: "Death taken back or moved",
			Why:    "Either the first entry was a grave mistake or the second is; both need a reason.",
			Source: "judgement", Dimension: Consistency, Severity: Error,
			ActsOn: []string{"dateOfDeath"}, Consults: []string{"amendment1.type", "amendment1.reason"}, Check: deathReversed,
			Pass: Example{Before: `{"dateOfDeath":"2020-01-05"}`, Record: `{}`, Amendment: `{"type":"rectification"}`},
			Fail: Example{Before: `{"dateOfDeath":"2020-01-05"}`, Record: `{}`},
		}),
		rule(Rule{
			ID: "person/marker-removed-unexplained", Title: "Warning marker removed without explanation",
			Why:    "The next officer at the door is not warned. A marker is ended, with reason and authority, and stays to be seen.",
			Source: "judgement: officer safety", Dimension: Completeness, Severity: Error,
			ActsOn: []string{"marker1.code"}, Consults: []string{"marker1.endAt", "marker1.endReason", "amendment1.by"}, Check: markerRemoved,
			Pass: Example{Before: `{"markers":[{"code":"VI","setAt":"2025-10-01T09:00:00Z"}]}`, Record: `{"markers":[{"code":"VI","setAt":"2025-10-01T09:00:00Z","endAt":"2026-11-01T09:00:00Z","endReason":"reviewed, no longer relevant"}]}`},
			Fail: Example{Before: `{"markers":[{"code":"VI","setAt":"2025-10-01T09:00:00Z"}]}`, Record: `{}`},
		}),
		rule(Rule{
			ID: "person/category-changed", Title: "Category of data subject lost",
			Why:    "A category that disappears changes what may be done with the record.",
			Source: "Data Protection Act 2018, section 38(3); the rule is a judgement", Kinds: persons, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"category"}, Consults: []string{"amendment1.reason"}, Check: categoryChanged,
			Pass: Example{Before: `{"dataSubjectCategory":["suspect"]}`, Record: `{"dataSubjectCategory":["suspect","victim"]}`},
			Fail: Example{Before: `{"dataSubjectCategory":["convicted"]}`, Record: `{"dataSubjectCategory":["suspect"]}`},
		}),
	}
}

// oldPerson gives the person before the amendment, nil when there is none.
func (c *Ctx) oldPerson() *record.Person {
	if c.Before() == nil {
		return nil
	}
	return record.PersonOf(c.Before())
}

func identityReplaced(c *Ctx) Outcome {
	old := c.oldPerson()
	if old == nil || !named(old) {
		return NotApplicable
	}
	was, now := old.PrimaryName(), c.person.PrimaryName()
	n := 0
	if a, b := was.Given(), now.Given(); a != "" && b != "" && !near(a, b) {
		if _, _, short := normalise.NameLink(a, b); !short {
			n++
		}
	}
	// The former surname kept as an alias says nothing: that is also what is left
	// of a person overwritten. One known before as an alias is no other person.
	if was.Surname != "" && now.Surname != "" && !near(was.Surname, now.Surname) && !hasSurname(old, now.Surname) {
		n++
	}
	if old.DateOfBirth.Known() && c.person.DateOfBirth.Known() && !old.DateOfBirth.Overlaps(c.person.DateOfBirth) && dobSlip(old.DateOfBirth, c.person.DateOfBirth) != slipSmall {
		n++
	}
	if a, b := fold(old.Sex), fold(c.person.Sex); (a == "m" || a == "f") && (b == "m" || b == "f") && a != b {
		n++
	}
	if n >= int(c.Param("parts")) && !sharesIdentifier(old, c.person) {
		return c.Fail("", "so much of the identity changed at once that the record now seems to be about somebody else", "Put the former values back and make a record of its own for the other person.")
	}
	return Pass
}

func dobChanged(c *Ctx) Outcome {
	old := c.oldPerson()
	if old == nil || !old.DateOfBirth.Known() || c.person.DateOfBirth == "" {
		return NotApplicable
	}
	was, now := old.DateOfBirth, c.person.DateOfBirth
	if was.Overlaps(now) { // the same, or made more or less exact
		return Pass
	}
	const field = "dateOfBirth"
	switch dobSlip(was, now) {
	case slipSmall:
		return c.FailAs(Info, field, "day and month were exchanged, or one digit changed", "No more is needed if the source shows it.")
	case slipYear:
		return c.FailAs(Warning, field, "the date of birth moved by a year", "Confirm it from a document.")
	}
	if strength(evidenceFor(c.head, field)) == 2 {
		return Pass
	}
	return c.Fail(field, "the date of birth is another altogether, and no document is given for it", "Confirm it from a document and record that as its evidence; keep both dates if they are used.")
}

func identifierChanged(c *Ctx) Outcome {
	old := c.oldPerson()
	if old == nil || !hasIdentifier(old, record.IDPNC) && !hasIdentifier(old, record.IDCRO) && !hasIdentifier(old, record.IDASN) {
		return NotApplicable
	}
	if c.rectified() || c.because("merge", "merged") {
		return Pass
	}
	for i := range old.Identifiers {
		id := &old.Identifiers[i]
		if id.Value == "" || id.Type != record.IDPNC && id.Type != record.IDCRO && id.Type != record.IDASN {
			continue
		}
		kept := false
		for _, v := range c.person.IdentifierValues(id.Type) {
			kept = kept || v == id.Value
		}
		if !kept {
			c.Fail(identifierField(old.Identifiers, i), "a number made by a national system was changed or removed", "Put it back; for a merge or rectification, say so in the amendment.")
		}
	}
	return c.Done()
}

func surnameNotKept(c *Ctx) Outcome {
	old := c.oldPerson()
	if old == nil {
		return NotApplicable
	}
	was := old.PrimaryName().Surname
	if was == "" || c.person.PrimaryName().Surname == "" {
		return NotApplicable
	}
	if hasSurname(c.person, was) || c.rectified() || c.because("correction") && near(was, c.person.PrimaryName().Surname) {
		return Pass
	}
	return c.Fail("surname", "the surname changed, and the former one is not kept", "Add the former surname as a previous name or alias.")
}

func addressOverwritten(c *Ctx) Outcome {
	old := c.oldPerson()
	if old == nil || len(old.Addresses) == 0 {
		return NotApplicable
	}
	if c.rectified() || c.because("correction") {
		return Pass
	}
	for i := range old.Addresses {
		a := &old.Addresses[i]
		if a.To != "" || is(a.Status, "previous") || a.Line == "" && a.Street == "" && a.Postcode == "" {
			continue
		}
		if i < len(c.person.Addresses) && completes(a, &c.person.Addresses[i]) || keepsAddress(c.person, a) {
			continue
		}
		leaf := "addressLine"
		if a.Line == "" {
			leaf = "postcode"
			if a.Street != "" {
				leaf = "street"
			}
		}
		c.Fail(bare("address", i, leaf), "a current address was replaced or removed, and its end is not recorded", "Keep the former address with the day it ended, and add the new one.")
	}
	return c.Done()
}

func deathReversed(c *Ctx) Outcome {
	old := c.oldPerson()
	if old == nil || old.DateOfDeath == "" {
		return NotApplicable
	}
	if old.DateOfDeath == c.person.DateOfDeath || c.person.DateOfDeath.Overlaps(old.DateOfDeath) || c.rectified() {
		return Pass
	}
	return c.Fail("dateOfDeath", "a recorded death was taken back or moved without a reason", "Put it back, or give rectification as the type of the amendment, with its evidence.")
}

func markerRemoved(c *Ctx) Outcome {
	old := c.oldPerson()
	if old == nil || len(old.Markers) == 0 {
		return NotApplicable
	}
	for i := range old.Markers {
		m := &old.Markers[i]
		if m.EndAt != "" {
			continue
		}
		kept := false
		for j := range c.person.Markers {
			n := &c.person.Markers[j]
			if fold(n.Code) != fold(m.Code) || m.Code.Value == "" && n.Text != m.Text {
				continue
			}
			kept = true
			if n.EndAt != "" && (strings.TrimSpace(n.EndReason) == "" || c.Amendment().By == "") {
				c.Fail(item("marker", j, "endReason"), "a warning marker was ended, and reason or authority is missing", "Say why it ended, and who decided.")
			}
			break
		}
		if !kept {
			c.Fail(item("marker", i, "code"), "a warning marker was removed", "Put it back; to end it, set end, reason and who decided.")
		}
	}
	return c.Done()
}

func categoryChanged(c *Ctx) Outcome {
	old := c.oldPerson()
	if old == nil || len(old.Categories) == 0 {
		return NotApplicable
	}
	for _, k := range old.Categories {
		if anyIs(c.person.Categories, fold(k)) {
			continue
		}
		s := Warning
		if is(k, "convicted") {
			s = Error
			if c.because("quashed", "error", "rectification") {
				continue
			}
		}
		c.FailAs(s, "category", "a category of data subject was removed", "Put it back, or say in the reason that it was quashed or entered in error.")
		break
	}
	return c.Done()
}
