package quality

import (
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// identifierRule is the rule on the form of one scheme of identifiers.
func identifierRule(id, title, why, source, pole string, t record.IdentifierType, only func(*normalise.Change) bool, typ record.Type, severity Severity, dim Dimension, pass, fail string) Rule {
	example := func(value string) Example {
		return Example{Record: `{"identifiers":[{"type":"` + string(t) + `","value":"` + value + `"}]}`}
	}
	return Rule{
		ID: id, Title: title, Why: why, Source: source, POLE: pole, Kinds: people, Principles: throughout, Dimension: dim, Severity: severity,
		ActsOn: []string{identifierNames[t]}, Since: version1, asks: ofValues,
		Check: func(c *Ctx) Outcome { return c.judge(hasIdentifier(c.person, t), only, typ) },
		Pass:  example(pass), Fail: example(fail),
	}
}

func identifierRules() []Rule {
	const pnc = "POLE dictionary; HMPPS hmpps-person-record (PNCIdentifier)"
	rules := []Rule{
		identifierRule("person/pncid-format", "Not a PNC ID", "The PNC ID is the key to a national record; in another form it finds nothing.", pnc, "DS_072",
			record.IDPNC, notCheckLetter, record.TypePNCID, Error, Validity, "2003/0062845E", "2003-62845"),
		identifierRule("person/pncid-check", "Check letter of the PNC ID wrong", "The letter shows that a digit was mistyped: the number is another person's, or nobody's.", pnc, "DS_072",
			record.IDPNC, checkLetter, record.TypePNCID, Error, Accuracy, "1979/0163001B", "2001/0171310S"),
		identifierRule("person/cro-format-check", "Not a CRO number, or its check letter wrong", "The CRO number is the key to fingerprints.", "POLE dictionary; HMPPS hmpps-person-record (CROIdentifier)", "DS_071",
			record.IDCRO, nil, record.TypeCRO, Error, Accuracy, "65656/91H", "65656/91A"),
		identifierRule("person/nino-format", "Not a National Insurance number", "The prefix and suffix follow published rules; a number outside them was mistyped or made up.", "HMRC manual NIM39110; POLE dictionary", "DS_060",
			record.IDNINO, nil, record.TypeNINO, Error, Validity, "AB123456C", "QQ12345C"),
		identifierRule("person/nhs-number-check", "Not an NHS number, or its check digit wrong", "The check digit shows that a digit was mistyped.", "NHS Data Dictionary; NHS Digital FOI NIC-690159", "",
			record.IDNHS, nil, record.TypeNHS, Error, Accuracy, "4010232137", "4010232138"),
		identifierRule("person/prison-number-format", "Not a prison number", "It is the key to the prison record: a letter, four digits, two letters.", "HMPPS prison-api", "",
			record.IDPrison, nil, record.TypePrison, Error, Validity, "A1234AA", "A12345A"),
		identifierRule("person/crn-format", "Not a case reference number of probation", "It is the key to the probation record: a letter and six digits.", "HMPPS test data generator", "",
			record.IDCRN, nil, record.TypeCRN, Error, Validity, "X123456", "X12345"),
		identifierRule("person/driver-number-format", "Not a driver number", "It holds parts of name and date of birth in fixed places; a number that can't be taken apart was mistyped.", "DVLA vehicles-presentation-common; POLE dictionary, DS_061", "DS_061",
			record.IDDriver, nil, record.TypeDriver, Error, Validity, "MORGA657054SM9IJ", "MORGA697054SM9IJ"),
		identifierRule("person/passport-format", "Not a United Kingdom passport number", "A number of another shape belongs to another country, which must be named, or was mistyped.", "POLE dictionary", "DS_056",
			record.IDPassport, nil, record.TypePassport, Warning, Validity, "925665416", "92566541"),
	}
	return append(rules,
		Rule{
			ID: "person/asn-format-check", Title: "Not an arrest/summons number, or its check letter wrong",
			Why:    "The number ties the person to the arrest and to the court's result; a wrong one loses both.",
			Source: "Bichard 7 (ministryofjustice bichard7-next-core), Asn and exceptions HO100206, HO100321",
			Kinds:  people, Principles: throughout, Dimension: Accuracy, Severity: Error,
			ActsOn: []string{"asn", "process1.asn"}, Since: version1, Check: asnFormat, asks: ofValues,
			Pass: Example{Record: `{"identifiers":[{"type":"ASN","value":"1101ZD0100000448754K"}]}`},
			Fail: Example{Record: `{"identifiers":[{"type":"ASN","value":"1101ZD0100000448754A"}]}`},
		},
		Rule{
			ID: "person/driver-number-mismatch", Title: "Driver number belongs to somebody else",
			Why:    "The number shows the surname, date of birth and sex of its holder. Where they differ, one of the records is another person's, or the licence is older than a change of name.",
			Source: "DVLA number layout, as POLE dictionary DS_061 rules 6 and 7 imply", POLE: "DS_061",
			Kinds: people, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"driverNumber"}, Consults: []string{"surname", "givenName", "dateOfBirth", "sex", "alias1.surname", "previousName1.surname"}, Since: version1, Check: driverMismatch, asks: notOfLists,
			Pass: Example{Record: `{"names":[{"surname":"Morgan"}],"dateOfBirth":"1975-07-05","identifiers":[{"type":"DRIVER","value":"MORGA707055SM9IJ"}]}`},
			Fail: Example{Record: `{"names":[{"surname":"Fenwick"}],"dateOfBirth":"1981-03-09","identifiers":[{"type":"DRIVER","value":"MORGA707055SM9IJ"}]}`},
		})
}

func asnFormat(c *Ctx) Outcome {
	has := hasIdentifier(c.person, record.IDASN)
	for i := range c.person.Processes {
		has = has || c.person.Processes[i].ASN != ""
	}
	c.ofType(record.TypeASN, func(ch *normalise.Change) {
		if ch.Class == "dummy" {
			c.FailAs(Info, ch.Field, "a number of the pattern used where nobody was arrested or summonsed", "Give the real number for a recordable offence.")
		}
	})
	return c.judge(has, nil, record.TypeASN)
}

func driverMismatch(c *Ctx) Outcome {
	p := c.person
	compared := false
	for i := range p.Identifiers {
		id := &p.Identifiers[i]
		if id.Type != record.IDDriver || len(id.Value) < 16 || id.Country.Value != "" && !is(id.Country, "gbr") {
			continue
		}
		field := identifierField(p.Identifiers, i)
		if ch, ok := c.Change(field); ok && (ch.Status == normalise.Invalid || ch.Status == normalise.Foreign) {
			continue
		}
		compared = true
		born := string(p.DateOfBirth)
		if !p.DateOfBirth.Exact() {
			born = ""
		}
		r := normalise.DriverAgrees(id.Value, p.PrimaryName().Surname, "", born, p.Sex.Value)
		if r.Status != normalise.Mismatch {
			continue
		}
		for part := range strings.SplitSeq(r.Class, ";") {
			switch part {
			case "surname":
				if !c.otherSurname(id.Value) {
					c.Fail(field, "the driver number was made for another surname", "Check whose licence it is; if the name changed, add the former name.")
				}
			case "dob":
				c.Fail(field, "the driver number was made for another date of birth", "Check the date of birth and whose licence it is.")
			case "sex":
				c.FailAs(Info, field, "the driver number was made for the other sex", "Check it; DVLA may hold another sex than this record.")
			}
		}
	}
	if !compared || p.PrimaryName().Surname == "" && p.DateOfBirth == "" {
		return NotApplicable
	}
	return c.Done()
}

// otherSurname says whether the number was made for another name of the person.
func (c *Ctx) otherSurname(number string) bool {
	for i := range c.person.Names {
		if s := c.person.Names[i].Surname; s != "" && normalise.DriverAgrees(number, s, "", "", "").Status == normalise.Valid {
			return true
		}
	}
	return false
}
