package quality

import (
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func riskRules() []Rule {
	return []Rule{
		{
			ID: "missing/risk-missing", Title: "Risk not assessed",
			Why:    "The risk decides how fast and by how many the person is looked for.",
			Source: "College of Policing APP (missing-person investigations), minimum actions",
			Kinds:  episodes, Principles: throughout, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"riskLevel", "riskAssessedAt", "riskAssessedBy"}, Consults: []string{"recordType"}, Since: version1, Check: riskMissing,
			Pass: Example{Record: `{"riskAssessments":[{"level":"medium","at":"2026-11-22T22:00:00Z","by":"1234"}]}`},
			Fail: Example{Record: `{"missingSince":"2026-11-22T20:00:00Z"}`},
		},
		{
			ID: "missing/risk-code-unknown", Title: "Risk level of no scheme",
			Why:    "The schemes of England and Wales, of before 2017 and of Scotland differ; a level of none can't be compared or reported.",
			Source: "College of Policing APP; HMICFRS glossary; National Missing Persons Framework for Scotland. The names of the schemes are ours",
			Kinds:  episodes, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn: []string{"riskLevel"}, Consults: []string{"riskLevel.codeSet"}, Since: version1, Check: riskCode,
			Pass: Example{Record: `{"riskAssessments":[{"level":"medium"}]}`},
			Fail: Example{Record: `{"riskAssessments":[{"level":"amber"}]}`},
		},
		{
			ID: "missing/risk-rationale-missing", Title: "Risk without reasons",
			Why:    "Who gave the information, when, and why it means this level: without it nobody can review the decision.",
			Source: "College of Policing APP (risk identification, assessment and management); the length is a judgement",
			Kinds:  episodes, Principles: throughout, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"riskRationale", "riskSource", "reporter.informationAt"}, Consults: []string{"riskLevel", "reporter.name"}, Since: version1, Check: riskRationale,
			Params: []Param{{"least", Characters, 20, "shortest reasons"}},
			Pass:   Example{Record: `{"riskAssessments":[{"level":"medium","rationale":"Out of character and unwell, but in contact yesterday.","source":"sister"}],"reporter":{"informationAt":"2026-11-22T21:00:00Z"}}`},
			Fail:   Example{Record: `{"riskAssessments":[{"level":"medium","rationale":"usual"}]}`},
		},
		{
			ID: "missing/risk-contradiction", Title: "Risk lower than the answers",
			Why:    "Levels have been set low although the force's own data showed a danger to life.",
			Source: "College of Policing APP; HMIC on the police response to missing children. Which answer forbids which level is a judgement",
			Kinds:  episodes, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"riskLevel"}, Consults: []string{"factor.suicide", "riskFactor1", "dateOfBirth", "age"}, Since: version1, Check: riskContradiction,
			Pass: Example{Record: `{"riskAssessments":[{"level":"high"}],"factors":{"suicide":"yes"}}`},
			Fail: Example{Record: `{"riskAssessments":[{"level":"low"}],"factors":{"suicide":"yes"}}`},
		},
		{
			ID: "missing/child-lowest-risk", Title: "A child at the lowest level",
			Why:    "Children were wrongly classed as absent, and came to harm.",
			Source: "HMICFRS, cause of concern; a warning, since the level may be right",
			Kinds:  episodes, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"riskLevel"}, Consults: []string{"dateOfBirth", "age"}, Since: version1, Check: childLowest,
			Pass: Example{Record: `{"person":{"dateOfBirth":"2012-06-15"},"riskAssessments":[{"level":"medium"}]}`},
			Fail: Example{Record: `{"person":{"dateOfBirth":"2012-06-15"},"riskAssessments":[{"level":"no-apparent-risk"}]}`},
		},
		{
			ID: "missing/review-time-missing", Title: "No time of review",
			Why:    "The risk changes by the hour: a time to look again is set at the start.",
			Source: "College of Policing APP (missing-person investigations), minimum actions",
			Kinds:  episodes, Principles: throughout, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"nextReviewAt"}, Consults: []string{"status", "foundAt"}, Since: version1, Check: reviewTimeMissing,
			Pass: Example{Record: `{"nextReviewAt":"2026-11-24T08:00:00Z"}`},
			Fail: Example{Record: `{"missingSince":"2026-11-22T20:00:00Z"}`},
		},
		{
			ID: "missing/review-overdue", Title: "Review overdue, or set too late",
			Why:    "A review that does not happen leaves the search at what was known on the first night.",
			Source: "College of Policing APP; the hours are a judgement that force policy replaces",
			Kinds:  episodes, Principles: atValidate, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"nextReviewAt"}, Consults: []string{"riskLevel", "review1.at", "riskAssessedAt", "foundAt"}, Since: version1, Check: missingReviewOverdue,
			Params: []Param{{"high", Hours, 12, "longest interval at high risk"}, {"medium", Hours, 24, "at medium risk"}, {"low", Hours, 48, "at low risk"}, {"lowest", Hours, 72, "at the lowest level"}},
			Pass:   Example{Record: `{"riskAssessments":[{"level":"medium","at":"2026-11-23T08:00:00Z"}],"nextReviewAt":"2026-11-24T08:00:00Z"}`},
			Fail:   Example{Record: `{"riskAssessments":[{"level":"high","at":"2026-11-22T08:00:00Z"}],"nextReviewAt":"2026-11-22T18:00:00Z"}`},
		},
	}
}

// lowest says that a level is the lowest of its scheme.
func lowest(c record.Code) bool { return is(c, "no-apparent-risk", "absent", "very-low") }

func riskMissing(c *Ctx) Outcome {
	if c.unidentified() {
		return NotApplicable
	}
	r := c.missing.Risk()
	if r.Level.Value == "" {
		return c.Fail("riskLevel", "no risk level is recorded", "Assess the risk now.")
	}
	i := len(c.missing.RiskAssessments) - 1
	if r.At == "" {
		c.Fail(bare("riskAssessment", i, "riskAssessedAt"), "it is not known when the risk was assessed", "Add the time.")
	}
	if r.By == "" {
		c.Fail(bare("riskAssessment", i, "riskAssessedBy"), "it is not known who assessed the risk", "Add the collar number.")
	}
	return c.Done()
}

func riskCode(c *Ctx) Outcome {
	any := false
	for i := range c.missing.RiskAssessments {
		l := c.missing.RiskAssessments[i].Level
		if l.Value == "" {
			continue
		}
		any = true
		ok := is(l, "low", "medium", "high")
		switch strings.ToUpper(l.Set) {
		case "SCO":
		case "EW-2017":
			ok = ok || is(l, "no-apparent-risk", "absent")
		case "EW-APP":
			ok = ok || is(l, "very-low")
		default:
			ok = ok || lowest(l)
		}
		if !ok {
			c.Fail(bare("riskAssessment", i, "riskLevel"), "the level is not one of its scheme", "Use very-low, low, medium or high, and name the scheme if it is another.")
		}
	}
	for i := range c.changes {
		if ch := &c.changes[i]; ch.Type == record.TypeCode && strings.HasSuffix(ch.Field, "riskLevel") && ch.Status == normalise.Valid && oneOf(ch.From, "absent") {
			c.FailAs(Info, ch.Field, "absent is no longer a level of its own; it was read as no apparent risk", "Use the levels of the present scheme.")
		}
	}
	if !any {
		return NotApplicable
	}
	return c.Done()
}

func riskRationale(c *Ctx) Outcome {
	r := c.missing.Risk()
	if r.Level.Value == "" {
		return NotApplicable
	}
	i := len(c.missing.RiskAssessments) - 1
	s := Warning
	if is(r.Level, "high") || lowest(r.Level) {
		s = Error
	}
	if !c.long(r.Rationale, "least") {
		c.FailAs(s, bare("riskAssessment", i, "riskRationale"), "the reasons for the level are missing, or too short to be any", "Write what was weighed and why it means this level.")
	}
	if r.Source == "" && c.missing.Reporter.Name == "" {
		c.Fail(bare("riskAssessment", i, "riskSource"), "it is not said who gave the information", "Add name and contact, and when it was obtained.")
	} else if c.missing.Reporter.InformationAt == "" {
		c.Fail("reporter.informationAt", "it is not said when the information was obtained", "Add the time: an account ages by the hour.")
	}
	return c.Done()
}

// grave says that an answer to this question, if it is yes, speaks of a danger
// to life. Forces name their questions differently, so that words are looked for.
func grave(key string) bool {
	k := fold(record.Code{Value: key})
	for _, w := range [...]string{"suicid", "self-harm", "selfharm", "abduct", "serious-crime", "medication", "dementia", "exploit", "forced-marriage", "honour", "traffick", "hba", "cse", "cce"} {
		if strings.Contains(k, w) {
			return true
		}
	}
	return false
}

func riskContradiction(c *Ctx) Outcome {
	m := c.missing
	r := m.Risk()
	if r.Level.Value == "" {
		return NotApplicable
	}
	bottom := lowest(r.Level)
	if !bottom && !is(r.Level, "low") {
		return Pass
	}
	danger := false
	for key, answer := range m.Factors {
		danger = danger || answer == record.Yes && grave(key)
	}
	for _, f := range r.Factors {
		danger = danger || grave(f)
	}
	if _, most, ok := c.age(c.today); ok && !c.now.IsZero() && most < 13 {
		danger = true
	}
	if !danger {
		return Pass
	}
	s := Warning
	if bottom {
		s = Error
	}
	return c.FailAs(s, bare("riskAssessment", len(m.RiskAssessments)-1, "riskLevel"), "the level is lower than the recorded answers or the age suggest", "Assess the risk again, or write why the answers do not raise it.")
}

func childLowest(c *Ctx) Outcome {
	r := c.missing.Risk()
	if r.Level.Value == "" || !c.child() {
		return NotApplicable
	}
	if lowest(r.Level) {
		return c.Fail(bare("riskAssessment", len(c.missing.RiskAssessments)-1, "riskLevel"), "a child is graded at the lowest level", "Have a supervisor confirm the level, or raise it.")
	}
	return Pass
}

func reviewTimeMissing(c *Ctx) Outcome {
	if !c.openEpisode() {
		return NotApplicable
	}
	if c.missing.NextReviewAt == "" {
		return c.Fail("nextReviewAt", "no time is set to review the decisions", "Set it by the level of risk.")
	}
	return Pass
}

func missingReviewOverdue(c *Ctx) Outcome {
	m := c.missing
	next, ok := when(m.NextReviewAt)
	if !ok || !c.openEpisode() {
		return NotApplicable
	}
	if c.now.IsZero() {
		return c.noDate()
	}
	level, limit, s := m.Risk().Level, "medium", Warning
	switch {
	case is(level, "high"):
		limit, s = "high", Error
	case is(level, "low"):
		limit = "low"
	case lowest(level):
		limit = "lowest"
	}
	if next.before(exactly(c.now)) {
		return c.FailAs(s, "nextReviewAt", "the review is overdue", "Review the episode now, and set the next time.")
	}
	last, ok := when(m.Risk().At)
	for i := range m.Reviews {
		if at, ok2 := when(m.Reviews[i].At); ok2 && (!ok || last.before(at)) {
			last, ok = at, true
		}
	}
	if ok && last.hoursTo(next) > c.Limit(limit).Hours() {
		return c.FailAs(Warning, "nextReviewAt", "the next review is set later than the level of risk allows", "Bring it forward.")
	}
	return Pass
}
