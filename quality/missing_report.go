package quality

import "leds.internal/ledsq/record"

func missingRules() []Rule {
	return []Rule{
		{
			ID: "missing/person-minimum", Title: "Not said who is missing",
			Why:    "Name, date of birth or age, sex and a home are what a search starts from.",
			Source: "POLE dictionary, “4+1”; the estimated age is a judgement", POLE: "P_014",
			Kinds: episodes, Principles: throughout, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"givenName", "surname", "dateOfBirth", "sex", "addressLine"}, Consults: []string{"age", "fullName", "phone", "missingFrom", "recordType"}, Since: version1, Check: missingMinimum,
			Pass: Example{Record: `{"person":{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-15","sex":"F","addresses":[{"line":"1 High Street"}]}}`},
			Fail: Example{Record: `{"person":{"names":[{"givenNames":["Ann"]}],"sex":"F","addresses":[{"line":"1 High Street"}]}}`},
		},
		{
			ID: "missing/description-minimum", Title: "Too few features of appearance",
			Why:    "Officers look for a face and a build, not for a date of birth.",
			Source: "POLE dictionary, P_014 part 3; the hours of grace are a judgement", POLE: "P_014",
			Kinds: episodes, Principles: throughout, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"build", "complexion", "eyeLeft", "eyeRight", "hairColour", "feature1"}, Consults: []string{"sex", "ethnicityObserved", "createdAt", "status"}, Since: version1, Check: missingDescription,
			Params: []Param{{"descriptors", Count, 4, "features that are enough"}, {"grace", Hours, 24, "time before a gap becomes an error"}},
			Pass:   Example{Record: `{"person":{"sex":"F","description":{"build":"slim","hairColour":"brown","eyeLeft":"blue"}}}`},
			Fail:   Example{Record: `{"person":{"sex":"F"}}`},
		},
		{
			ID: "missing/times-missing", Title: "Not known since when, or when reported",
			Why:    "Every deadline of the enquiry is counted from these times.",
			Source: "College of Policing APP (missing persons); national data fields missing_since and date_reported_missing",
			Kinds:  episodes, Principles: throughout, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"missingSince", "reportedAt"}, Consults: []string{"lastSeenAt", "recordType"}, Since: version1, Check: missingTimes,
			Pass: Example{Record: `{"missingSince":"2026-11-22T20:00:00Z","reportedAt":"2026-11-22T22:00:00Z"}`},
			Fail: Example{Record: `{"reportedAt":"2026-11-22T22:00:00Z"}`},
		},
		{
			ID: "missing/times-order", Title: "Times out of order",
			Why:    "Nobody is found before being missing; a wrong time moves every deadline.",
			Source: "fields as in a police extract (missing_since, when_traced); the tests are a judgement",
			Kinds:  episodes, Principles: throughout, Dimension: Consistency, Severity: Error,
			ActsOn: []string{"missingSince", "lastSeenAt", "reportedAt", "foundAt"}, Consults: []string{"outcome", "dateOfDeath"}, Since: version1, Check: missingOrder,
			Params: []Param{{"slack", Hours, 1, "how much later than missing somebody may have been last seen"}},
			Pass:   Example{Record: `{"missingSince":"2026-11-22T20:00:00Z","lastSeenAt":"2026-11-22T19:00:00Z","reportedAt":"2026-11-22T22:00:00Z"}`},
			Fail:   Example{Record: `{"missingSince":"2026-11-22T23:00:00Z","reportedAt":"2026-11-22T22:00:00Z"}`},
		},
		{
			ID: "missing/initial-actions-missing", Title: "No first step agreed",
			Why:    "A report with no step agreed is one that nobody is working on.",
			Source: "College of Policing APP (missing-person investigations), minimum actions",
			Kinds:  episodes, Principles: atCreate, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"action1.text"}, Consults: []string{"status", "foundAt"}, Since: version1, Check: initialActions,
			Pass: Example{Record: `{"actions":[{"text":"Search of the home"}]}`},
			Fail: Example{Record: `{"missingSince":"2026-11-22T20:00:00Z"}`},
		},
		{
			ID: "missing/reporter-incomplete", Title: "Not known who reported it",
			Why:    "Whoever reported it knows most, and must be reached again.",
			Source: "College of Policing APP (risk identification, assessment and management)",
			Kinds:  episodes, Principles: atCreate, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"reporter.name", "reporter.relationship", "reporter.contact"}, Consults: []string{"recordType"}, Since: version1, Check: reporterIncomplete,
			Pass: Example{Record: `{"reporter":{"name":"Bea Example","relationship":"sister","contact":"07700 900123"}}`},
			Fail: Example{Record: `{"reporter":{"name":"Bea Example"}}`},
		},
		{
			ID: "missing/circumstances-thin", Title: "Circumstances hardly told",
			Why:    "What happened decides the risk; a word or two decides nothing.",
			Source: "fields circumstances and missing_from of a police extract; the length is a judgement",
			Kinds:  episodes, Principles: atCreate, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"circumstances", "missingFrom"}, Consults: []string{"lastSeenPlace"}, Since: version1, Check: circumstancesThin,
			Params: []Param{{"least", Characters, 20, "shortest account"}},
			Pass:   Example{Record: `{"circumstances":"Left for work as usual and did not arrive there.","missingFrom":"home"}`},
			Fail:   Example{Record: `{"circumstances":"gone","missingFrom":"home"}`},
		},
		{
			ID: "missing/child-care-status", Title: "Not known whether the child is looked after",
			Why:    "A child in care has an authority that must be told and can help.",
			Source: "Department for Education, statutory guidance on children who run away or go missing from home or care; the rule is a judgement",
			Kinds:  episodes, Principles: throughout, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"lookedAfter", "responsibleAuthority"}, Consults: []string{"dateOfBirth", "age"}, Since: version1, Check: childCare,
			Pass: Example{Record: `{"person":{"dateOfBirth":"2012-06-15"},"lookedAfter":"yes","responsibleAuthority":"Example Council"}`},
			Fail: Example{Record: `{"person":{"dateOfBirth":"2012-06-15"},"lookedAfter":"yes"}`},
		},
		{
			ID: "missing/recorded-late", Title: "Recorded or circulated late",
			Why:    "Until it is recorded no other force can know; people have been spoken to by one force on the day another was told they were missing.",
			Source: "Home Office (2003) and GOV.UK: on the national computer within 48 hours; the shorter limits are a judgement",
			Kinds:  episodes, Principles: throughout, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"createdAt", "nationalCirculatedAt"}, Consults: []string{"reportedAt", "missingSince", "riskLevel", "foundAt"}, Since: version1, Check: recordedLate,
			Params: []Param{{"high", Hours, 1, "time to record at high risk"}, {"other", Hours, 24, "time to record otherwise"}, {"national", Hours, 48, "time to circulate nationally"}},
			Pass:   Example{Record: `{"missingSince":"2026-11-22T20:00:00Z","reportedAt":"2026-11-22T22:00:00Z","createdAt":"2026-11-22T22:30:00Z"}`},
			Fail:   Example{Record: `{"missingSince":"2026-11-15T20:00:00Z","reportedAt":"2026-11-15T22:00:00Z","createdAt":"2026-11-15T22:30:00Z"}`},
		},
	}
}

// unidentified says that the episode is about somebody found and not known, of
// whom neither name nor time of going missing can be asked.
func (c *Ctx) unidentified() bool {
	return is(c.missing.RecordType, "unidentified-person", "unidentified-body", "unidentified-remains")
}

// openEpisode says that the person is, as far as recorded, still missing.
func (c *Ctx) openEpisode() bool { return c.open() && c.missing.FoundAt == "" }

func missingMinimum(c *Ctx) Outcome {
	if c.unidentified() {
		return NotApplicable
	}
	p := c.person
	n := p.PrimaryName()
	for _, part := range [...]struct {
		gone           bool
		field, message string
	}{
		{n.Given() == "" && n.FullName == "", "givenName", "the given name is missing"},
		{n.Surname == "" && n.FullName == "", "surname", "the surname is missing"},
		{!p.DateOfBirth.Known() && p.Age == "", "dateOfBirth", "neither date of birth nor age is given so that it can be read"},
		{p.Sex.Value == "" && p.GenderIdentity.Value == "", "sex", "the sex is missing"},
	} {
		if part.gone {
			c.Fail(part.field, part.message, "Ask whoever reported it; an estimate of the age will do.")
		}
	}
	if !p.DateOfBirth.Known() && p.Age != "" {
		c.FailAs(Info, "dateOfBirth", "only an age is given, and no date of birth that can be read", "Ask for the date of birth: an age alone finds nobody.")
	}
	if !reachable(p) && c.missing.AtTime.Phone == "" {
		s := Error
		if c.missing.MissingFrom != "" { // which is often the home
			s = Warning
		}
		c.FailAs(s, "addressLine", "there is no home address and no other way of reaching the person", "Ask whoever reported it where the person lives.")
	}
	return c.Done()
}

func missingDescription(c *Ctx) Outcome {
	n := descriptors(c.person)
	if n >= int(c.Param("descriptors")) {
		return Pass
	}
	s := Warning
	switch {
	case !c.openEpisode(): // of use only the next time
		s = Info
	case c.late("grace"):
		s = Error
	}
	return c.FailAs(s, "", "too few features of appearance are recorded to know the person by", "Ask for build, complexion, eyes, hair, ethnicity and anything distinctive.")
}

func missingTimes(c *Ctx) Outcome {
	if c.unidentified() {
		return NotApplicable
	}
	m := c.missing
	if m.MissingSince == "" && m.LastSeenAt == "" {
		c.Fail("missingSince", "it is not known since when the person is missing", "Give the time, or the time when they were last seen.")
	}
	if m.ReportedAt == "" {
		c.Fail("reportedAt", "it is not known when the police were told", "Give the time.")
	}
	return c.Done()
}

func missingOrder(c *Ctx) Outcome {
	m := c.missing
	since, okS := when(m.MissingSince)
	seen, okL := when(m.LastSeenAt)
	told, okR := when(m.ReportedAt)
	found, okF := when(m.FoundAt)
	if !okS && !okL && !okR && !okF {
		return NotApplicable
	}
	const fix = "Correct whichever time is wrong."
	if okS && okR && told.before(since) {
		c.Fail("missingSince", "the person was reported before being missing", fix)
	}
	if okL && okR && told.before(seen) {
		c.Fail("lastSeenAt", "the person was last seen after the report", fix)
	}
	if okF && (okS && found.before(since) || !okS && okL && found.before(seen)) {
		c.Fail("foundAt", "the person was found before being missing", fix)
	}
	if okS && okL && since.hoursTo(seen) > c.Limit("slack").Hours() {
		c.FailAs(Warning, "lastSeenAt", "the person was last seen well after being missing", fix)
	}
	if !c.now.IsZero() {
		now := exactly(c.now)
		for _, t := range [...]struct {
			at    span
			ok    bool
			field string
		}{{since, okS, "missingSince"}, {seen, okL, "lastSeenAt"}, {told, okR, "reportedAt"}, {found, okF, "foundAt"}} {
			if t.ok && now.before(t.at) {
				c.Fail(t.field, "the time lies in the future", "Correct the time, or its time zone.")
			}
		}
	}
	if is(m.Outcome, "deceased", "found-deceased") && m.Person.DateOfDeath == "" {
		c.FailAs(Warning, "dateOfDeath", "the person was found dead, and no date of death is recorded", "Add it, or an estimate.")
	}
	return c.Done()
}

func initialActions(c *Ctx) Outcome {
	if is(c.missing.Outcome, "cancelled") {
		return NotApplicable
	}
	for i := range c.missing.Actions {
		if c.missing.Actions[i].Text != "" {
			return Pass
		}
	}
	s := Warning
	if !c.openEpisode() { // nothing is left to be done but to complete the history
		s = Info
	}
	return c.FailAs(s, "action1.text", "no first step is recorded", "Record what was agreed to be done, by whom and when.")
}

func reporterIncomplete(c *Ctx) Outcome {
	if c.unidentified() {
		return NotApplicable
	}
	r := &c.missing.Reporter
	if r.Name == "" {
		c.Fail("reporter.name", "it is not known who reported the person missing", "Add the name.")
	}
	if r.Relationship == "" {
		c.Fail("reporter.relationship", "it is not known what the reporter is to the person", "Add the relationship.")
	}
	if r.Contact == "" {
		c.Fail("reporter.contact", "there is no way of reaching the reporter", "Add a telephone number or address.")
	}
	return c.Done()
}

func circumstancesThin(c *Ctx) Outcome {
	m := c.missing
	if !c.long(m.Circumstances, "least") {
		c.Fail("circumstances", "the circumstances are missing, or told in too few words to judge the risk by", "Write what happened, what is unusual and what is feared.")
	}
	if m.MissingFrom == "" {
		s := Warning
		if m.LastSeenPlace != "" {
			s = Info
		}
		c.FailAs(s, "missingFrom", "it is not said where the person is missing from", "Add the place; where they were last seen may be another.")
	}
	return c.Done()
}

func childCare(c *Ctx) Outcome {
	if !c.child() {
		return NotApplicable
	}
	m := c.missing
	switch {
	case m.LookedAfter != record.Yes && m.LookedAfter != record.No:
		return c.Fail("lookedAfter", "it is not known whether a local authority looks after the child", "Ask the home or the local authority.")
	case m.LookedAfter == record.Yes && m.ResponsibleAuth == "":
		return c.Fail("responsibleAuthority", "the child is looked after, and the authority is not named", "Name it: it must be told.")
	}
	return Pass
}

func recordedLate(c *Ctx) Outcome {
	m := c.missing
	told, okR := when(m.ReportedAt)
	known := false
	if okR && !c.created.IsZero() {
		known = true
		limit := c.Limit("other")
		if is(m.Risk().Level, "high") {
			limit = c.Limit("high")
		}
		if told.hoursTo(exactly(c.created)) > limit.Hours() {
			c.Fail("createdAt", "the episode was recorded late after the report", "Nothing can undo the delay; find out why it came about.")
		}
	}
	since, ok := when(m.MissingSince)
	if !ok {
		since, ok = told, okR
	}
	if ok && c.carries {
		end, circulated := when(m.NationalCirculated)
		found, wasFound := when(m.FoundAt)
		switch {
		case circulated:
		case wasFound:
			end, circulated = found, true
		case m.NationalCirculated == "" && !c.now.IsZero() && c.openEpisode():
			end, circulated = exactly(c.now), true
		}
		if circulated {
			known = true
			if since.hoursTo(end) > c.Limit("national").Hours() {
				c.FailAs(Error, "nationalCirculatedAt", "the episode was not visible nationally within the time allowed", "Circulate it now, if the person is still missing.")
			}
		}
	}
	if !known {
		return NotApplicable
	}
	return c.Done()
}
