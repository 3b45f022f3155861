package quality

import (
	"slices"
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func textRules() []Rule {
	return []Rule{
		{
			ID: "record/placeholder-value", Title: "A filler stands for a value",
			Why:    "What is not known stays blank: UNKNOWN, TBC or XXX is counted, searched and matched as if it were true.",
			Source: "POLE dictionary, section 1.4; HMPPS person-match strips the same fillers", POLE: "1.4",
			Kinds: everyKind, Principles: throughout, Dimension: Accuracy, Severity: Warning,
			ActsOn: []string{"surname", "givenName", "vrm", "make", "missingSince"}, Since: version1, Check: placeholderValue, asks: ofValues,
			Pass: Example{Record: `{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}]}`},
			Fail: Example{Record: `{"names":[{"givenNames":["Ann"],"surname":"UNKNOWN"}]}`},
		},
		{
			ID: "record/text-encoding", Title: "Damaged characters",
			Why:    "Text read in the wrong character set cannot be searched, and spells a name its owner would not know.",
			Source: "LEDS Code of Practice (2020), section 6.4 (standard format); the patterns are a judgement",
			Kinds:  everyKind, Principles: throughout, Dimension: Validity, Severity: Warning,
			ActsOn: []string{"surname", "givenName", "addressLine", "town", "make", "model", "circumstances"}, Since: version1, Check: textEncoding, asks: ofValues,
			Pass: Example{Record: `{"names":[{"givenNames":["Zoë"],"surname":"Fenwick"}]}`},
			Fail: Example{Record: `{"names":[{"givenNames":["ZoÃ«"],"surname":"Fenwick"}]}`},
		},
		{
			ID: "record/date-format", Title: "Date or time not understood",
			Why:    "A date that can't be read, or read in two ways, can't be compared; a time without its offset may be an hour off.",
			Source: "POLE dictionary; LEDS API client schemas (offset required)", POLE: "DS_001",
			Kinds: everyKind, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn: []string{"dateOfBirth", "createdAt", "reviewDate", "firstRegistered", "missingSince", "reportedAt"}, Since: version1, Check: dateFormat, asks: ofValues,
			Pass: Example{Record: `{"createdAt":"2026-11-20T09:00:00Z","dateOfBirth":"1980-06-15"}`},
			Fail: Example{Record: `{"createdAt":"last Tuesday","dateOfBirth":"1980-06-15"}`},
		},
		{
			ID: "person/coded-value-unknown", Title: "Code not in its list",
			Why:    "A code outside its list means nothing to the next system, and the same code means different things in different lists.",
			Source: "POLE dictionary; HMPPS code lists; lists that nobody publishes are ours, and only warn", POLE: "DS_037",
			Kinds: people, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn:   []string{"sex", "genderIdentity", "ethnicity", "ethnicityObserved", "nationality", "country", "build", "hairColour", "role"},
			Consults: []string{"sex.codeSet", "ethnicity.codeSet"}, Since: version1, Check: codedValue, asks: ofValues,
			Pass: Example{Record: `{"sex":"F"}`},
			Fail: Example{Record: `{"sex":"Q7"}`},
		},
		{
			ID: "vehicle/coded-value-unknown", Title: "Code not in its list",
			Why:    "A colour, shape or fuel in other words than the register's is not found by them.",
			Source: "DVLA wording of colours, shapes and fuels, of which no full list is public", POLE: "O_001",
			Kinds: vehicles, Principles: throughout, Dimension: Validity, Severity: Warning,
			ActsOn: []string{"colour", "bodyType", "fuel", "vehicleType", "registrationCountry", "report1.type"}, Since: version1, Check: codedValue, asks: ofValues,
			Pass: Example{Record: `{"colours":["BLUE"]}`},
			Fail: Example{Record: `{"colours":["SHINY"]}`},
		},
		{
			ID: "record/repair-unproved", Title: "Read with a guess that nothing proves",
			Why:    "One letter was taken for a digit, or the reverse, because only one reading has the right form. Nothing confirms it, so a person should.",
			Source: "judgement",
			Kinds:  everyKind, Principles: throughout, Dimension: Accuracy, Severity: Info,
			ActsOn: []string{"postcode", "vrm", "prisonNumber", "nino", "driverNumber", "phone"}, Since: version1, Check: repairUnproved, asks: ofValues,
			Pass: Example{Record: `{"addresses":[{"postcode":"SW1A 1AA"}]}`},
			Fail: Example{Record: `{"addresses":[{"postcode":"SW1A 1OA"},{"postcode":"LS1 OAA"}]}`},
		},
	}
}

// mandatory fields are those without which the record is of little use.
func mandatory(field string) bool {
	switch field {
	case "surname", "givenName", "fullName", "dateOfBirth", "sex", "vrm", "vin", "make", "missingSince", "reportedAt", "riskLevel":
		return true
	}
	return false
}

func placeholderValue(c *Ctx) Outcome {
	for i := range c.changes {
		ch := &c.changes[i]
		if ch.Status != normalise.Placeholder || strings.TrimSpace(ch.From) == "" {
			continue
		}
		if invented(ch) || ch.Type == record.TypeDOB && strings.ContainsAny(ch.From, "123456789") || ch.Type == record.TypePostcode && strings.ContainsAny(ch.From, "0123456789") {
			continue // rules of their own
		}
		s := Warning
		if mandatory(ch.Field) {
			s = Error
		}
		if ch.Type == record.TypeCode || ch.Type == record.TypeTri { // "not known" is a code like others in many lists
			s = Info
		}
		message, fix := "a filler stands for a value that is not known; it was taken for blank", "Leave the field blank, or find out the value."
		if ch.To == ch.From { // kept, because it may be true: Null and Driver are surnames too
			s, message, fix = Info, "a word that often stands for no value; it was kept, because it may be true", "Confirm it, or leave the field blank."
		}
		c.FailAs(s, ch.Field, message, fix)
	}
	c.eachText(func(field, text string) {
		if twoCrosses(text) {
			c.FailAs(Info, field, "a filler seems to stand for a value that is not known", "Leave the field blank, or find out the value.")
		}
	})
	return c.Done()
}

// twoCrosses is a filler that normalising keeps, as it may be part of a code.
func twoCrosses(text string) bool { return text == "XX" }

// eachText gives the fields that hold words about places and things, which
// normalising leaves as they are.
func (c *Ctx) eachText(visit func(field, text string)) {
	if p := c.person; p != nil {
		for i := range p.Addresses {
			visit(bare("address", i, "town"), p.Addresses[i].Town)
			visit(bare("address", i, "addressLine"), p.Addresses[i].Line)
		}
		visit("placeOfBirth", p.PlaceOfBirth)
		visit("occupation", p.Occupation)
	}
	if v := c.vehicle; v != nil {
		visit("model", v.Model)
		for i := range v.Keepers {
			visit(item("keeper", i, "name"), v.Keepers[i].Name)
		}
	}
	if m := c.missing; m != nil {
		visit("foundPlace", m.FoundPlace)
		visit("lastSeenPlace", m.LastSeenPlace)
	}
}

// textual says whether the leaf holds words.
func textual(t record.Type) bool {
	switch t {
	case record.TypeText, record.TypeNarrative, record.TypeGiven, record.TypeMiddle, record.TypeSurname, record.TypeFullName, record.TypeAddress,
		record.TypePlace, record.TypeMake, record.TypeModel:
		return true
	}
	return false
}

func textEncoding(c *Ctx) Outcome {
	for i := range c.changes {
		ch := &c.changes[i]
		if textual(ch.Type) && (damaged(ch.From) || strings.HasSuffix(ch.Rule, "/encoding")) {
			c.Fail(ch.Field, "characters were damaged, or control characters stand in the text", "Read the source again in its own character set (UTF-8 or Windows-1252).")
		}
	}
	again := func(field, text string) {
		if damaged(text) && !slices.ContainsFunc(c.found[c.start:], func(f Finding) bool { return f.Field == field }) {
			c.Fail(field, "characters were damaged, or control characters stand in the text", "Read the source again in its own character set (UTF-8 or Windows-1252).")
		}
	}
	c.eachText(again)
	if c.person != nil {
		c.eachName(func(i int, leaf, text string) {
			if damaged(text) {
				again(nameLeaf(c.person.Names, i, leaf), text)
			}
		})
	}
	return c.Done()
}

// damaged knows characters that no typist enters: the mark of an unreadable
// byte, control characters, and UTF-8 read as Latin-1.
func damaged(s string) bool {
	plain := true
	for i := range len(s) {
		if b := s[i]; b >= 0x7F || b < ' ' && b != '\n' && b != '\t' && b != '\r' {
			plain = false
			break
		}
	}
	if plain {
		return false
	}
	prev := rune(0)
	for _, r := range s {
		switch {
		case r == '\uFFFD', r < ' ' && r != '\n' && r != '\t' && r != '\r', r >= 0x7F && r < 0xA0:
			return true
		case (prev == 'Ã' || prev == 'Â') && (r >= 0xA0 && r <= 0xBF), prev == 'â' && r == '€':
			return true
		}
		prev = r
	}
	return misread(s)
}

func isDate(t record.Type) bool {
	return t == record.TypeDate || t == record.TypeDOB || t == record.TypeTime
}

// dateFormat does not report a date such as 03/04/1980 that was read in the order
// the file is said to have: two in five dates could be read both ways, and whether
// the order is right is a question about the file.
func dateFormat(c *Ctx) Outcome {
	for i := range c.changes {
		ch := &c.changes[i]
		if !isDate(ch.Type) || ch.Class == "future" {
			continue
		}
		switch ch.Status {
		case normalise.Invalid, normalise.Unknown:
			c.Fail(ch.Field, "not a date or time that can be read", "Write the date as YYYY-MM-DD, a time as YYYY-MM-DDThh:mm:ssZ.")
		case normalise.Ambiguous:
			c.FailAs(Warning, ch.Field, "day and month could be exchanged, and nothing tells which is meant", "Look at the source and write the date as YYYY-MM-DD.")
		case normalise.Suspect:
			if ch.Rule == "time/no-offset" {
				c.FailAs(Warning, ch.Field, "the time has no offset from UTC and may be an hour off", "Add Z in winter, +01:00 in British summer time.")
			} else if ch.Type != record.TypeDOB {
				c.FailAs(Warning, ch.Field, "a date that a record is unlikely to hold", "Check it against the source.")
			}
		case normalise.Partial:
			if ch.Type == record.TypeTime {
				c.FailAs(Info, ch.Field, "a date without a time of day", "Add the time, if it is known.")
			}
		}
	}
	if p := c.person; p != nil && p.DateOfBirth.Known() && !p.DateOfBirth.Exact() && p.DOBPrecision == "" {
		c.FailAs(Info, "dateOfBirth", "only part of the date of birth is given", "Complete it, or state its precision.")
	}
	if len(c.found) == c.start && !c.dated() {
		return NotApplicable
	}
	return c.Done()
}

// dated says whether the record holds any of the usual dates.
func (c *Ctx) dated() bool {
	return c.head.CreatedAt != "" || c.head.ReviewDate != "" || c.person != nil && c.person.DateOfBirth != "" ||
		c.vehicle != nil && c.vehicle.FirstRegistered != "" || c.missing != nil && (c.missing.MissingSince != "" || c.missing.ReportedAt != "")
}

func codedValue(c *Ctx) Outcome {
	coded := false
	for i := range c.changes {
		ch := &c.changes[i]
		if ch.Type != record.TypeCode || strings.HasPrefix(ch.Field, "purpose") || strings.HasSuffix(ch.Field, "riskLevel") {
			continue // rules of their own
		}
		if strings.HasPrefix(ch.Field, "marker") {
			continue // the list of markers is not public: an unknown one is no fault
		}
		coded = true
		switch ch.Status {
		case normalise.Unknown, normalise.Invalid:
			s := Warning
			if published(ch.Field) {
				s = c.rule.severity
			}
			c.FailAs(s, ch.Field, "the value is not in the list of codes for this field", "Use a code of the list, or name the code set the value is from.")
		case normalise.Ambiguous:
			c.FailAs(Warning, ch.Field, "the code means different things in different lists", "Name the code set and version it was taken from.")
		}
	}
	if !coded && !c.coded() {
		return NotApplicable
	}
	return c.Done()
}

// published says that the code list of a field is a public standard: a value
// outside it is wrong, where outside a list of ours it is only not known to us.
func published(field string) bool {
	if i := strings.LastIndexByte(field, '.'); i >= 0 {
		field = field[i+1:]
	}
	switch strings.TrimRight(field, "0123456789") {
	case "sex", "genderIdentity", "ethnicity", "ethnicityObserved", "nationality", "country", "countryOfBirth", "registrationCountry":
		return true
	}
	return false
}

// coded says whether the record holds any of the usual codes.
func (c *Ctx) coded() bool {
	if p := c.person; p != nil && (p.Sex.Value != "" || p.EthnicitySelfDefined.Value != "" || p.EthnicityObserved.Value != "" || len(p.Roles) > 0 || len(p.Nationalities) > 0) {
		return true
	}
	return c.vehicle != nil && (len(c.vehicle.Colours) > 0 || c.vehicle.BodyShape.Value != "" || c.vehicle.FuelType.Value != "")
}

func repairUnproved(c *Ctx) Outcome {
	for i := range c.changes {
		if ch := &c.changes[i]; ch.Status == normalise.Repaired && !ch.Proved {
			c.Fail(ch.Field, "a letter was read as a digit, a digit as a letter, or a lost character put back; nothing proves it right", "Compare with the source and confirm.")
		}
	}
	return c.Done()
}
