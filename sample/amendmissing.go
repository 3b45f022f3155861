package sample

import "leds.internal/ledsq/record"

func (a *amender) episode() *record.MissingPerson { return a.after.(*record.MissingPerson) }

// reopen makes both sides an open episode: what the closing set is taken off.
func (a *amender) reopen() {
	next := (a.at.now + 20*hour).stamp()
	a.both(func(r record.Record) {
		m := r.(*record.MissingPerson)
		m.Status.Value = "active"
		m.FoundAt, m.FoundPlace, m.FoundBy, m.Outcome, m.Harm = "", "", "", record.Code{}, nil
		m.WellbeingAt, m.WellbeingBy = "", ""
		m.PreventionInterview, m.ReturnInterview, m.Disclosure = record.Interview{}, record.ReturnInterview{}, record.WhereaboutsDisclosure{}
		m.NextReviewAt = next
	})
}

// assess appends a risk assessment of a level.
func (a *amender) assess(level, rationale string) {
	m := a.episode()
	next := record.RiskAssessment{Level: m.Risk().Level, At: a.later.stamp(), By: collar(&a.r), Rationale: rationale, Source: "Reporter, second account",
		SupervisorAt: (a.later + 10).stamp(), Supervisor: "DI41"}
	next.Level.Value = level
	m.RiskAssessments = append(m.RiskAssessments, next)
}

func riskRaised(a *amender) bool {
	a.reopen()
	if a.episode().Risk().Level.Value == "high" {
		return false
	}
	a.assess("high", "Second account shows serious harm to be very likely: a note was found this evening.")
	return true
}

// riskLowered appends a lower level with the reasons of the higher one.
func riskLowered(a *amender) bool {
	a.reopen()
	was := a.episode().Risk()
	if l := was.Level.Value; l != "high" && l != "medium" {
		return false
	}
	a.assess("low", was.Rationale)
	return true
}

func riskRewritten(a *amender) bool {
	a.reopen()
	r := &a.episode().RiskAssessments[0]
	if r.Level.Value == "medium" {
		return false
	}
	r.Level.Value = "medium"
	r.Rationale = phrases()["medium"][0]
	return true
}

func actionAdded(a *amender) bool {
	m := a.episode()
	m.Actions = append(m.Actions, record.Action{At: a.later.stamp(), By: collar(&a.r), Text: pick(&a.r, phrases()["action"])})
	return true
}

func sinceMoved(a *amender) bool {
	a.reopen()
	m := a.episode()
	t, ok := m.MissingSince.Time()
	if !ok {
		return false
	}
	m.MissingSince = (minute(t.Unix()/60) + 2*day).stamp()
	return true
}

func (a *amender) shut() *record.MissingPerson {
	a.reopen()
	m := a.episode()
	m.Status.Value, m.NextReviewAt = "closed", ""
	m.FoundAt, m.FoundPlace, m.FoundBy = (a.later - 3*hour).stamp(), "Railway station waiting room", "police"
	m.Outcome.Value = "found-safe"
	m.WellbeingAt, m.WellbeingBy = (a.later - 2*hour).stamp(), "5120"
	m.PreventionInterview = record.Interview{At: (a.later - hour).stamp(), By: "5120", Refused: record.No}
	m.Disclosure.Wish.Value = "agreed"
	if ageOn(a.person.born, a.at.day) < 18 {
		m.Disclosure.Wish.Value = "child"
	}
	return m
}

func closedComplete(a *amender) bool { a.shut(); return true }

func closedIncomplete(a *amender) bool {
	m := a.shut()
	m.WellbeingAt, m.WellbeingBy = "", ""
	return true
}

func wishIgnored(a *amender) bool {
	if ageOn(a.person.born, a.at.day) < 18 {
		return false
	}
	a.shut().Disclosure.Wish.Value = "refused"
	return true
}
