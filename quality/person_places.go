package quality

import (
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func placeRules() []Rule {
	return []Rule{
		{
			ID: "person/postcode-invalid", Title: "Not a postcode",
			Why:    "A wrong postcode sends an officer to the wrong door and hides the address from every search.",
			Source: "POLE dictionary, with the letters of Royal Mail where the two disagree (POLE would refuse IG, JE and ZE)", POLE: "DS_010",
			Kinds: people, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn: []string{"postcode"}, Consults: []string{"country"}, Since: version1, Check: postcodeInvalid, asks: ofValues,
			Pass: Example{Record: `{"addresses":[{"postcode":"SW1A 1AA"}]}`},
			Fail: Example{Record: `{"addresses":[{"postcode":"SW1A 1CV"}]}`},
		},
		{
			ID: "person/postcode-fictitious", Title: "Made-up postcode",
			Why:    "A postcode made up to fill the field puts people at an address that does not exist.",
			Source: "POLE dictionary, section 1.4; HMPPS person-match; part of the list is a judgement", POLE: "1.4",
			Kinds: people, Principles: throughout, Dimension: Accuracy, Severity: Error,
			ActsOn: []string{"postcode"}, Consults: []string{"noFixedAbode"}, Since: version1, Check: postcodeFictitious, asks: ofValues,
			Pass: Example{Record: `{"addresses":[{"postcode":"SW1A 1AA"}]}`},
			Fail: Example{Record: `{"addresses":[{"postcode":"AB1 2CD"}]}`},
		},
		{
			ID: "person/postcode-not-in-use", Title: "Postcode not in the directory",
			Why:    "Well formed is not the same as real: only a directory can tell.",
			Source: "POLE dictionary, section 1.4; the directory is the caller's", POLE: "1.4",
			Kinds: people, Principles: throughout, Dimension: Accuracy, Severity: Warning,
			ActsOn: []string{"postcode"}, Needs: PostcodeLookup, Since: version1, Check: postcodeNotInUse, asks: ofValues,
			Pass: Example{Record: `{"addresses":[{"postcode":"SW1A 1AA"}]}`},
			Fail: Example{Record: `{"addresses":[{"postcode":"SW1A 9ZZ"}]}`},
		},
		{
			ID: "person/postcode-town", Title: "Town and postcode disagree",
			Why:    "The directory has the postcode in another town: one of the two is of another address. A village, or a part of a city, may stand for its post town.",
			Source: "POLE dictionary, section 1.4; the directory is the caller's, and must have towns", POLE: "1.4",
			Kinds: people, Principles: throughout, Dimension: Consistency, Severity: Info,
			ActsOn: []string{"town"}, Consults: []string{"postcode"}, Needs: TownLookup, Since: version1, Check: postcodeTown,
			Pass: Example{Record: `{"addresses":[{"town":"London","postcode":"SW1A 1AA"}]}`},
			Fail: Example{Record: `{"addresses":[{"town":"Leeds","postcode":"SW1A 1AA"}]}`},
		},
		{
			ID: "person/address-inconsistent", Title: "Address contradicts itself",
			Why:    "No fixed abode with a house number, an end before its beginning or two main homes: one part is wrong.",
			Source: "POLE dictionary; HMPPS hmpps-person-record (Address); the combination is a judgement", POLE: "L_001",
			Kinds: people, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn:   []string{"noFixedAbode", "addressTo", "addressType", "postcode"},
			Consults: []string{"premises", "uprn", "addressFrom", "addressStatus", "addressLine", "street", "country"}, Since: version1, Check: addressInconsistent, asks: whatIsFilled,
			Pass: Example{Record: `{"addresses":[{"premises":"1","street":"High Street","postcode":"LS1 1AA","from":"2020-01-01"}]}`},
			Fail: Example{Record: `{"addresses":[{"noFixedAbode":"yes","premises":"1","street":"High Street","postcode":"LS1 1AA"}]}`},
		},
		{
			ID: "person/uprn-format", Title: "Not a property reference number",
			Why:    "The number finds the exact home; spreadsheets round it and lose its last digits.",
			Source: "POLE dictionary, which asks for 12 digits; real ones have up to 12", POLE: "DS_011",
			Kinds: people, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn: []string{"uprn"}, Since: version1, Check: uprnFormat, asks: ofValues,
			Pass: Example{Record: `{"addresses":[{"uprn":"100023336956"}]}`},
			Fail: Example{Record: `{"addresses":[{"uprn":"1.00023E+11"}]}`},
		},
		{
			ID: "person/contact-format", Title: "Not a telephone number or email address",
			Why:    "A contact that can't be used, or was made up, is worse than none: somebody believes the person can be reached.",
			Source: "POLE dictionary; Ofcom's numbering plan. Numbers kept for fiction are not an error here, because test data uses them", POLE: "DS_053",
			Kinds: people, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn: []string{"phone", "mobile", "homePhone", "workPhone", "workMobile", "email"}, Since: version1, Check: contactFormat, asks: ofValues,
			Pass: Example{Record: `{"contacts":[{"type":"MOBH","value":"+447700900123"},{"type":"EMAIL","value":"ann@example.org"}]}`},
			Fail: Example{Record: `{"contacts":[{"type":"EMAIL","value":"ann at example"}]}`},
		},
	}
}

func hasPostcode(p *record.Person) bool {
	for i := range p.Addresses {
		if p.Addresses[i].Postcode != "" {
			return true
		}
	}
	return false
}

func postcodeInvalid(c *Ctx) Outcome {
	for i := range c.changes {
		if ch := &c.changes[i]; ch.Type == record.TypePostcode && ch.Status == normalise.Foreign && c.britishAddress(ch.Field) {
			c.Fail(ch.Field, "another country's postcode in an address of the United Kingdom", "Correct the postcode or the country.")
		}
	}
	return c.judge(hasPostcode(c.person), nil, record.TypePostcode)
}

func (c *Ctx) britishAddress(field string) bool {
	for i := range c.person.Addresses {
		if bare("address", i, "postcode") == field {
			return is(c.person.Addresses[i].Country, "gbr")
		}
	}
	return false
}

func postcodeFictitious(c *Ctx) Outcome {
	for i := range c.person.Addresses {
		if fictitious(string(c.person.Addresses[i].Postcode)) {
			c.Fail(bare("address", i, "postcode"), "the postcode is one that people make up", "Leave it blank where it is not known.")
		}
	}
	for i := range c.changes {
		ch := &c.changes[i]
		if ch.Type != record.TypePostcode {
			continue
		}
		switch {
		case ch.Status == normalise.Placeholder && strings.ContainsAny(ch.From, "0123456789"):
			c.Fail(ch.Field, "the postcode stands for an address that is not known", "Leave it blank where it is not known.")
		case ch.Status == normalise.NoFixedAbode:
			c.FailAs(Info, ch.Field, "the postcode stands for no fixed abode", "Record no fixed abode, and leave the postcode blank.")
		}
	}
	if len(c.found) == c.start && !hasPostcode(c.person) {
		return NotApplicable
	}
	return c.Done()
}

// fictitious knows the postcodes that people make up.
func fictitious(postcode string) bool {
	if len(postcode) > 0 && postcode[0] != 'A' && postcode[0] != ' ' { // most
		return false
	}
	switch strings.ReplaceAll(postcode, " ", "") {
	case "AB12CD", "AA11AA", "AB11AB", "A11AA":
		return true
	}
	return false
}

func postcodeNotInUse(c *Ctx) Outcome {
	asked := false
	for i := range c.person.Addresses {
		a := &c.person.Addresses[i]
		if a.Postcode == "" || a.Country.Value != "" && !is(a.Country, "gbr") {
			continue
		}
		field := bare("address", i, "postcode")
		if ch, ok := c.Change(field); ok && ch.Status != normalise.Valid && ch.Status != normalise.Repaired {
			continue
		}
		asked = true
		if !c.lookups.PostcodeInUse(a.Postcode) {
			c.Fail(field, "the postcode is well formed, and the directory does not have it", "Check the address.")
		}
	}
	if !asked {
		return NotApplicable
	}
	return c.Done()
}

func postcodeTown(c *Ctx) Outcome {
	asked := false
	for i := range c.person.Addresses {
		a := &c.person.Addresses[i]
		if a.Postcode == "" || a.Town == "" {
			continue
		}
		real := normalise.FoldName(c.lookups.PostcodeTown(a.Postcode))
		if real == "" {
			continue
		}
		asked = true
		// LONDON and WESTMINSTER LONDON, or the town in the line of the address.
		if typed := normalise.FoldName(a.Town); !strings.Contains(typed, real) && !strings.Contains(real, typed) && !strings.Contains(normalise.FoldName(a.Line), real) {
			c.Fail(bare("address", i, "town"), "the directory has the postcode in another town", "Compare the address with its source; a village or part of a city may stand for its post town.")
		}
	}
	if !asked {
		return NotApplicable
	}
	return c.Done()
}

func addressInconsistent(c *Ctx) Outcome {
	p := c.person
	if len(p.Addresses) == 0 {
		return NotApplicable
	}
	main := -1
	for i := range p.Addresses {
		a := &p.Addresses[i]
		if a.NoFixedAbode == record.Yes && (a.UPRN != "" || a.Premises != "" || a.Postcode != "" && !c.standsForNoAbode(bare("address", i, "postcode"))) {
			c.Fail(bare("address", i, "noFixedAbode"), "no fixed abode is recorded together with a home", "Keep the one that is true; a place to sleep can be a temporary address.")
		}
		if a.To.Before(a.From) {
			c.Fail(bare("address", i, "addressTo"), "the address ended before it began", "Correct whichever date is wrong.")
		}
		if is(a.Type, "main") && a.To == "" && !is(a.Status, "previous") {
			if main >= 0 {
				c.Fail(bare("address", i, "addressType"), "two addresses are both the main one", "End the one the person has left.")
			}
			main = i
		}
		if a.Postcode == "" && a.Premises != "" && a.Street != "" && (a.Country.Value == "" || is(a.Country, "gbr")) {
			c.FailAs(Info, bare("address", i, "postcode"), "the address has no postcode", "Look it up.")
		}
	}
	return c.Done()
}

// standsForNoAbode says that the postcode itself is one that means no fixed abode.
func (c *Ctx) standsForNoAbode(field string) bool {
	ch, ok := c.Change(field)
	return ok && ch.Status == normalise.NoFixedAbode
}

func uprnFormat(c *Ctx) Outcome {
	has := false
	for i := range c.person.Addresses {
		has = has || c.person.Addresses[i].UPRN != ""
	}
	return c.judge(has, nil, record.TypeUPRN)
}

// filler knows the words that stand for no value where one must be put.
func filler(s string) bool {
	return oneOf(s, "unknown", "not-known", "not-entered", "n/k", "nk", "tbc", "tba", "none", "n/a", "x", "xx", "xxx", "-", "noemail", "no-email")
}

// fillerEmail says that an address begins with such a word.
func fillerEmail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at >= 0 && filler(s[:at])
}

// oddLength says that an address is shorter or longer than national systems take.
func oddLength(email string) bool { return len(email) < 5 || len(email) > 120 }

func contactFormat(c *Ctx) Outcome {
	has := false
	for i := range c.person.Contacts {
		k := &c.person.Contacts[i]
		has = has || k.Value != "" && k.Type != record.ContactSocial
		if k.Type == record.ContactEmail && fillerEmail(k.Value) {
			c.FailAs(Warning, contactField(c.person.Contacts, i), "the email address begins with a filler: it is made up", "Leave it blank, or find out the address.")
		}
		if k.Type == record.ContactEmail && k.Value != "" && oddLength(k.Value) {
			c.Fail(contactField(c.person.Contacts, i), "the email address is shorter or longer than national systems take", "Check it.")
		}
	}
	return c.judge(has, nil, record.TypePhone, record.TypeEmail)
}
