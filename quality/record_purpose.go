package quality

import (
	"strings"
	"unicode/utf8"

	"leds.internal/ledsq/record"
)

func purposeRules() []Rule {
	return []Rule{
		{
			ID: "record/purpose-missing", Title: "No lawful purpose",
			Why:    "A record may be made only for a law enforcement, other policing or safeguarding purpose.",
			Source: "LEDS Code of Practice (2020), sections 6.2, 5.2, 5.3 and 5.5",
			Kinds:  everyKind, Principles: atCreate, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"purpose"}, Since: version1, Check: purposeMissing, asks: notOfLists,
			Pass: Example{Record: `{"purpose":["policing"],"createdBy":"1234"}`},
			Fail: Example{Record: `{"createdBy":"1234"}`},
		},
		{
			ID: "record/purpose-justification", Title: "Justification missing, too long or said without meaning",
			Why:    "A reviewer must be able to read why the record was made; the national service takes 3 to 250 characters.",
			Source: "LEDS API client schemas (X-Leds-Justification); the list of empty phrases is a judgement",
			Kinds:  everyKind, Principles: atCreate, Dimension: Validity, Severity: Error,
			ActsOn: []string{"justification"}, Consults: []string{"purpose"}, Since: version1, Check: purposeJustification, asks: notOfLists,
			Params: []Param{{"least", Characters, 3, "shortest justification"}, {"most", Characters, 250, "longest justification"}},
			Pass:   Example{Record: `{"purpose":["policing"],"justification":"Witness to a road traffic collision"}`},
			Fail:   Example{Record: `{"purpose":["policing"],"justification":"as above"}`},
		},
		{
			ID: "record/purpose-kind-mismatch", Title: "Purpose does not suit the record",
			Why:    "Each purpose has its own scope; one that does not fit what the record shows should be looked at.",
			Source: "LEDS Code of Practice (2020), sections 5.3 to 5.6; which purpose suits what is a judgement",
			Kinds:  everyKind, Principles: atCreate, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"purpose"}, Consults: []string{"category", "marker1.code", "circulation1.type", "dateOfBirth", "age", "link1.kind"}, Since: version1, Check: purposeMismatch, asks: notOfLists,
			Pass: Example{Kind: record.KindMissing, Record: `{"purpose":["safeguarding"]}`},
			Fail: Example{Kind: record.KindMissing, Record: `{"purpose":["law-enforcement"]}`},
		},
		{
			ID: "record/category-missing", Title: "No category of data subject",
			Why:    "Personal data held for law enforcement must distinguish suspects, convicted persons, victims, witnesses and others.",
			Source: "Data Protection Act 2018, section 38(3), as the ICO explains it",
			Kinds:  persons, Principles: atCreate, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"category"}, Consults: []string{"purpose"}, Since: version1, Check: categoryMissing, asks: notOfLists,
			Pass: Example{Record: `{"purpose":["law-enforcement"],"dataSubjectCategory":["witness"]}`},
			Fail: Example{Record: `{"purpose":["law-enforcement"]}`},
		},
		{
			ID: "record/fact-basis-missing", Title: "Assessment not told from fact",
			Why:    "Data based on facts must, as far as possible, be told from data based on personal assessment.",
			Source: "Data Protection Act 2018, section 38(2); which fields are assessments is a judgement",
			Kinds:  people, Principles: atCreate, Dimension: Accuracy, Severity: Warning,
			ActsOn: []string{"marker1.basis", "associate1.basis", "riskLevel"}, Consults: []string{"marker1.code", "marker1.text", "associate1.id", "associate1.name", "evidence1.field", "evidence1.basis"}, Since: version1, Check: factBasis, asks: notOfLists,
			Pass: Example{Record: `{"associates":[{"id":"p2","relationship":"said to be a friend","basis":"assessment"}]}`},
			Fail: Example{Record: `{"associates":[{"id":"p2","relationship":"said to be a friend"}]}`},
		},
	}
}

func purposeMissing(c *Ctx) Outcome {
	if !c.carries {
		return NotApplicable
	}
	if len(c.head.Purposes) == 0 {
		return c.Fail("purpose", "no purpose is given", "Give law-enforcement, policing or safeguarding.")
	}
	for i, p := range c.head.Purposes {
		if !is(p, "law-enforcement", "policing", "safeguarding") {
			field := "purpose"
			if i > 0 {
				field = strings.TrimSuffix(item("purpose", i, ""), ".")
			}
			c.Fail(field, "the purpose is none of the three the Code allows", "Give law-enforcement, policing or safeguarding.")
		}
	}
	return c.Done()
}

func purposeJustification(c *Ctx) Outcome {
	if !c.carries {
		return NotApplicable
	}
	text := strings.TrimSpace(c.head.Justification)
	n := float64(utf8.RuneCountInString(text))
	switch {
	case n < c.Param("least"):
		return c.Fail("justification", "no justification is given, or one too short to mean anything", "Say in a sentence why the record is made.")
	case n > c.Param("most"):
		return c.Fail("justification", "the justification is too long for the national service", "Shorten it.")
	}
	said := len(text) < 25 && oneOf(strings.Trim(text, " ."), "police", "enquiry", "police-enquiry", "n/a", "test", "as-above", "law-enforcement", "policing", "safeguarding", "none", "required")
	if said {
		return c.FailAs(Warning, "justification", "the justification says nothing that the purpose does not", "Say in a sentence why the record is made.")
	}
	return Pass
}

func purposeMismatch(c *Ctx) Outcome {
	if len(c.head.Purposes) == 0 {
		return NotApplicable
	}
	only := func(word string) bool {
		for _, p := range c.head.Purposes {
			if !is(p, word) {
				return false
			}
		}
		return true
	}
	linked := func(kinds ...string) bool {
		for i := range c.head.Links {
			if oneOf(c.head.Links[i].Kind, kinds...) {
				return true
			}
		}
		return false
	}
	switch c.rec.(type) {
	case *record.MissingPerson:
		if only("law-enforcement") && !linked("crime", "suspect", "custody") {
			return c.Fail("purpose", "a missing person is recorded for law enforcement only, with no link to a crime", "Add safeguarding, or link the crime.")
		}
	case *record.Vehicle:
		if only("safeguarding") && !linked("person", "missing") {
			return c.Fail("purpose", "a vehicle is recorded for safeguarding only, with no link to a person", "Link the person to be safeguarded, or correct the purpose.")
		}
	case *record.Person:
		grounds := len(c.person.Markers) > 0 || len(c.person.Circulations) > 0 || anyIs(c.person.Roles, "missing", "vulnerable-child", "vulnerable-adult", "unborn") || linked("missing", "safeguarding", "incident") || c.child()
		if only("safeguarding") && !grounds && len(c.person.Categories) > 0 && !anyIs(c.person.Categories, "suspect", "convicted") {
			return c.Fail("purpose", "the record is for safeguarding, and nothing in it shows who is at risk or why", "Record the vulnerability or link the incident, or correct the purpose.")
		}
	}
	return Pass
}

func categoryMissing(c *Ctx) Outcome {
	if !anyIs(c.head.Purposes, "law-enforcement") {
		return NotApplicable
	}
	if anyIs(c.person.Categories, "suspect", "convicted", "offender", "victim", "witness", "other") {
		return Pass
	}
	return c.Fail("category", "the category of data subject is not given", "Give one or more of suspect, convicted, victim, witness or other.")
}

func factBasis(c *Ctx) Outcome {
	graded := c.missing != nil && c.carries && c.missing.Risk().Level.Value != ""
	if !graded && len(c.person.Markers)+len(c.person.Associates) == 0 {
		return NotApplicable
	}
	basis := func(b record.Basis) bool { return b == record.Fact || b == record.Assessment }
	for i := range c.person.Associates {
		if !basis(c.person.Associates[i].Basis) {
			c.Fail(item("associate", i, "basis"), "it is not said whether the association is fact or assessment", "Give fact or assessment, and the source.")
		}
	}
	for i := range c.person.Markers {
		if !basis(c.person.Markers[i].Basis) {
			c.Fail(item("marker", i, "basis"), "it is not said whether the marker rests on fact or assessment", "Give fact or assessment, and the source.")
		}
	}
	if graded {
		field := bare("riskAssessment", len(c.missing.RiskAssessments)-1, "riskLevel")
		told := false
		for _, e := range c.head.Assessed {
			told = told || basis(e.Basis) && (e.Field == field || e.Field == "riskLevel")
		}
		if !told {
			c.Fail(field, "it is not said whether the level of risk rests on fact or assessment", "Give fact or assessment as the evidence of the level, and the source.")
		}
	}
	return c.Done()
}
