package quality

import "leds.internal/ledsq/record"

func amendMissingRules() []Rule {
	const who = `{"by":"1234","at":"2026-11-22T09:00:00Z","reason":"call from the sister","source":"telephone"}`
	rule := amendRule(episodes, who)
	return []Rule{
		rule(Rule{
			ID: "missing/risk-lowered", Title: "Risk lowered without a new assessment",
			Why:    "A lower level takes officers off the search. It needs its own reasons, assessor and time, and for two levels a supervisor.",
			Source: "College of Policing APP (risk; quick guide for supervisors); the two levels are a judgement", Dimension: Accuracy, Severity: Error,
			ActsOn: []string{"riskLevel"}, Consults: []string{"riskRationale", "riskAssessedAt", "riskAssessedBy", "riskSupervisorAt", "riskSupervisor"}, Check: riskLowered,
			Params: []Param{{"least", Characters, 20, "shortest reasons"}},
			Pass: Example{Before: `{"riskAssessments":[{"level":"high","at":"2026-11-21T09:00:00Z","by":"1234"}]}`,
				Record: `{"riskAssessments":[{"level":"high","at":"2026-11-21T09:00:00Z","by":"1234"},{"level":"medium","at":"2026-11-22T09:00:00Z","by":"5678","rationale":"Spoke to her sister by telephone this morning and is well."}]}`},
			Fail: Example{Before: `{"riskAssessments":[{"level":"high","at":"2026-11-21T09:00:00Z","by":"1234"}]}`,
				Record: `{"riskAssessments":[{"level":"high","at":"2026-11-21T09:00:00Z","by":"1234"},{"level":"medium"}]}`},
		}),
		rule(Rule{
			ID: "missing/risk-history-rewritten", Title: "Former risk assessment edited or removed",
			Why:    "What was known and decided at the time is what a later inquiry asks. A new assessment is added; an old one stays.",
			Source: "LEDS Code of Practice (2020), section 6.9; the rule is a judgement", Dimension: Consistency, Severity: Error,
			ActsOn: []string{"riskLevel", "riskRationale"}, Consults: []string{"riskAssessedAt", "riskAssessedBy"}, Check: riskRewritten,
			Pass: Example{Before: `{"riskAssessments":[{"level":"low"}]}`, Record: `{"riskAssessments":[{"level":"low"},{"level":"high"}]}`},
			Fail: Example{Before: `{"riskAssessments":[{"level":"low"}]}`, Record: `{"riskAssessments":[{"level":"high"}]}`},
		}),
		rule(Rule{
			ID: "missing/missing-since-moved", Title: "Time of going missing moved",
			Why:    "Every deadline moves with it.",
			Source: "judgement", Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"missingSince"}, Consults: []string{"amendment1.type", "amendment1.reason"}, Check: sinceMoved,
			Params: []Param{{"later", Hours, 1, "how much later it may move without a correction"}, {"earlier", Hours, 24, "how much earlier"}},
			Pass:   Example{Before: `{"missingSince":"2026-11-20T20:00:00Z"}`, Record: `{"missingSince":"2026-11-20T18:00:00Z"}`},
			Fail:   Example{Before: `{"missingSince":"2026-11-20T20:00:00Z"}`, Record: `{"missingSince":"2026-11-21T20:00:00Z"}`, Amendment: `{"by":"1234"}`},
		}),
		rule(Rule{
			ID: "missing/closed-incomplete", Title: "Closed without saying that the person is well",
			Why:    "A person is missing until located and their well-being or otherwise confirmed.",
			Source: "College of Policing APP, definition of missing; the list of fields is a judgement", POLE: "P_014", Dimension: Completeness, Severity: Error, Principles: []Principle{Amend, Validate},
			ActsOn: []string{"foundAt", "outcome", "foundPlace", "wellbeingConfirmedAt"}, Consults: []string{"status"}, Check: closedIncomplete,
			Pass: Example{Before: `{"status":"active"}`, Record: `{"status":"closed","foundAt":"2026-11-22T20:00:00Z","outcome":"found-safe","foundPlace":"at a friend's","wellbeingConfirmedAt":"2026-11-22T21:00:00Z"}`},
			Fail: Example{Before: `{"status":"active"}`, Record: `{"status":"closed","foundAt":"2026-11-22T20:00:00Z","outcome":"found-safe","foundPlace":"at a friend's"}`},
		}),
		rule(Rule{
			ID: "missing/wish-not-to-disclose", Title: "Whereabouts shown against the person's wish",
			Why:    "An adult may choose not to be found; some are hiding from whoever reported them.",
			Source: "West Mercia Police and the charity Missing People on adults' whereabouts; the rule is a judgement", Dimension: Accuracy, Severity: Error,
			ActsOn: []string{"foundPlace"}, Consults: []string{"disclosureWish", "dateOfBirth", "age", "securityMarking"}, Check: wishNotToDisclose,
			Pass: Example{Before: `{"status":"active"}`, Record: `{"person":{"age":46},"status":"closed","foundPlace":"withheld","whereaboutsDisclosure":{"wish":"refused"}}`},
			Fail: Example{Before: `{"status":"active"}`, Record: `{"person":{"age":46},"status":"closed","foundPlace":"1 High Street, Leeds","whereaboutsDisclosure":{"wish":"refused"}}`},
		}),
	}
}

func (c *Ctx) oldEpisode() *record.MissingPerson {
	m, _ := c.Before().(*record.MissingPerson)
	return m
}

func riskStep(c record.Code) int {
	switch {
	case lowest(c):
		return 1
	case is(c, "low"):
		return 2
	case is(c, "medium"):
		return 3
	case is(c, "high"):
		return 4
	}
	return 0
}

func riskLowered(c *Ctx) Outcome {
	old := c.oldEpisode()
	if old == nil || len(old.RiskAssessments) == 0 {
		return NotApplicable
	}
	was, now := old.Risk(), c.missing.Risk()
	from, to := riskStep(was.Level), riskStep(now.Level)
	if from == 0 || to == 0 {
		return NotApplicable
	}
	if to >= from {
		return Pass
	}
	i := len(c.missing.RiskAssessments) - 1
	if now.At == was.At || now.At == "" || now.By == "" || !c.long(now.Rationale, "least") || now.Rationale == was.Rationale {
		c.Fail(bare("riskAssessment", i, "riskLevel"), "the risk was lowered without new reasons, assessor and time", "Add an assessment of its own, with what changed.")
	}
	if from-to >= 2 && now.SupervisorAt == "" && now.Supervisor == "" {
		c.Fail(bare("riskAssessment", i, "riskSupervisorAt"), "the risk fell by two levels or more, and no supervisor has confirmed it", "Have a supervisor confirm it.")
	}
	return c.Done()
}

func sameAssessment(a, b *record.RiskAssessment) bool {
	return fold(a.Level) == fold(b.Level) && a.At == b.At && a.By == b.By && a.Rationale == b.Rationale && a.Source == b.Source
}

func riskRewritten(c *Ctx) Outcome {
	old := c.oldEpisode()
	if old == nil || len(old.RiskAssessments) == 0 {
		return NotApplicable
	}
	for i := range old.RiskAssessments {
		if i >= len(c.missing.RiskAssessments) {
			c.Fail(bare("riskAssessment", i, "riskLevel"), "a former risk assessment was removed", "Put it back.")
		} else if !sameAssessment(&old.RiskAssessments[i], &c.missing.RiskAssessments[i]) {
			c.Fail(bare("riskAssessment", i, "riskLevel"), "a former risk assessment was edited", "Put it back as it was, and add the new one after it.")
		}
	}
	return c.Done()
}

func sinceMoved(c *Ctx) Outcome {
	old := c.oldEpisode()
	if old == nil {
		return NotApplicable
	}
	was, ok1 := when(old.MissingSince)
	now, ok2 := when(c.missing.MissingSince)
	if !ok1 || !ok2 {
		return NotApplicable
	}
	reasoned := c.Amendment().Reason != "" || c.because("correction", "rectification")
	if !reasoned && (was.hoursTo(now) > c.Limit("later").Hours() || now.hoursTo(was) > c.Limit("earlier").Hours()) {
		return c.Fail("missingSince", "the time since when the person is missing was moved without a reason", "Say why, and set the deadlines anew.")
	}
	return Pass
}

func closedIncomplete(c *Ctx) Outcome {
	if !is(c.head.Status, "closed") {
		return NotApplicable
	}
	m := c.missing
	if is(m.Outcome, "cancelled") { // never missing: nobody to be found
		return Pass
	}
	for _, part := range [...]struct {
		gone           bool
		field, message string
	}{
		{m.FoundAt == "", "foundAt", "the episode is closed, and it is not known when the person was found"},
		{m.Outcome.Value == "" || is(m.Outcome, "unknown", "not-known"), "outcome", "the episode is closed without an outcome"},
		{m.FoundPlace == "", "foundPlace", "the episode is closed, and it is not known where the person was found"},
		{m.WellbeingAt == "", "wellbeingConfirmedAt", "the episode is closed, and nobody has confirmed that the person is well or otherwise"},
	} {
		if part.gone {
			c.Fail(part.field, part.message, "Add it, or leave the episode open.")
		}
	}
	return c.Done()
}

func wishNotToDisclose(c *Ctx) Outcome {
	m := c.missing
	if c.oldEpisode() == nil || !is(m.Disclosure.Wish, "refused") {
		return NotApplicable
	}
	if _, most, ok := c.age(c.today); ok && most < 18 {
		return NotApplicable
	}
	if m.FoundPlace == "" || oneOf(m.FoundPlace, "withheld", "not-disclosed", "restricted") || is(c.head.SecurityMark, "official-sensitive", "secret", "top-secret") {
		return Pass
	}
	return c.Fail("foundPlace", "an adult asked that their whereabouts not be told, and the place stands in a field that is shared", "Write withheld there, and keep the place where only the enquiry sees it.")
}
