package quality

import (
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// Ctx is what a rule's check sees: the subject taken apart once, the parameters
// of the rule, and the way to report. It is valid only during the check.
type Ctx struct {
	subject *Subject
	rec     record.Record
	changes []normalise.Change
	lookups Lookups

	person  *record.Person
	vehicle *record.Vehicle
	missing *record.MissingPerson
	head    *record.Envelope

	now     time.Time
	today   record.Day
	created time.Time // zero when not known
	carries bool      // the record has an envelope beyond its id and source

	rule  *active
	start int // of the rule's own findings
	found []Finding
	tally tally

	diff     []record.Difference
	diffDone bool
}

func (c *Ctx) reset(e *Engine, s *Subject, r record.Record, changes []normalise.Change) {
	*c = Ctx{subject: s, rec: r, changes: changes, lookups: e.lookups, head: r.Head(), person: record.PersonOf(r), now: s.AsOf, found: c.found[:0], tally: c.tally}
	switch r := r.(type) {
	case *record.Vehicle:
		c.vehicle = r
	case *record.MissingPerson:
		c.missing = r
	}
	if !c.now.IsZero() {
		c.today = record.DayAt(c.now)
	}
	c.created, _ = c.head.CreatedAt.Time()
	c.carries = CarriesEnvelope(c.head)
}

// clear lets go of the record, so that a pooled context keeps nobody's data.
func (c *Ctx) clear() {
	clear(c.found)
	*c = Ctx{found: c.found[:0], tally: c.tally}
}

// Record gives the record being judged: for an amendment, the one after.
func (c *Ctx) Record() record.Record { return c.rec }

// Head gives its envelope.
func (c *Ctx) Head() *record.Envelope { return c.head }

// Person gives the person it is about, nil for a vehicle.
func (c *Ctx) Person() *record.Person { return c.person }

// Vehicle gives the vehicle, nil for other kinds.
func (c *Ctx) Vehicle() *record.Vehicle { return c.vehicle }

// Missing gives the missing-person episode, nil for other kinds.
func (c *Ctx) Missing() *record.MissingPerson { return c.missing }

// Before gives the record before the amendment, nil when there is none.
func (c *Ctx) Before() record.Record { return c.subject.Before }

// Amendment gives who amended, when, why and on which version.
func (c *Ctx) Amendment() *record.Amendment { return &c.subject.Amendment }

// AsOf gives the reference time; it is never the clock.
func (c *Ctx) AsOf() time.Time { return c.now }

// Changes gives what normalising did to, or found of, the record.
func (c *Ctx) Changes() []normalise.Change { return c.changes }

// Diff gives what the amendment changed, found once.
func (c *Ctx) Diff() []record.Difference {
	if !c.diffDone {
		c.diffDone = true
		if b := c.subject.Before; b != nil && b.Kind() == c.rec.Kind() {
			c.diff = record.Diff(b, c.rec)
		}
	}
	return c.diff
}

func (c *Ctx) touched(field string) bool {
	for i := range c.Diff() {
		if c.diff[i].Name == field {
			return true
		}
	}
	return false
}

// Change gives what was found of one field.
func (c *Ctx) Change(field string) (ch normalise.Change, ok bool) {
	for i := range c.changes {
		if c.changes[i].Field == field {
			return c.changes[i], true
		}
	}
	return ch, false
}

// Param gives the value of a parameter of the rule. An unknown name panics,
// which is reported as a rule error.
func (c *Ctx) Param(name string) float64 {
	i := c.rule.param(name)
	if i < 0 {
		panic("quality: a rule reads a parameter it does not have")
	}
	return c.rule.params[i]
}

// Limit gives a parameter as a duration: a day is 24 hours.
func (c *Ctx) Limit(name string) time.Duration {
	i := c.rule.param(name)
	if i < 0 {
		panic("quality: a rule reads a parameter it does not have")
	}
	unit := time.Hour
	switch c.rule.Params[i].Unit {
	case Minutes:
		unit = time.Minute
	case Days:
		unit = 24 * time.Hour
	}
	return time.Duration(c.rule.params[i] * float64(unit))
}

// Fail reports a finding of the rule's severity. The texts must not repeat a
// value of the record. It returns Fail.
func (c *Ctx) Fail(field, message, fix string) Outcome {
	return c.FailAs(c.rule.severity, field, message, fix)
}

// FailAs reports a finding of another severity, unless the policy has fixed the
// rule's. It returns Fail.
func (c *Ctx) FailAs(s Severity, field, message, fix string) Outcome {
	if c.rule.fixed {
		s = c.rule.severity
	}
	c.found = append(c.found, Finding{Rule: c.rule.ID, Severity: s, Outcome: Fail, Dimension: c.rule.Dimension, Field: field, Message: message, Fix: fix})
	return Fail
}

// CannotTell reports that the rule could not decide, and why. It returns CannotTell.
func (c *Ctx) CannotTell(field, reason string) Outcome {
	c.found = append(c.found, Finding{Rule: c.rule.ID, Severity: Info, Outcome: CannotTell, Dimension: c.rule.Dimension, Field: field, Message: reason})
	return CannotTell
}

// Done gives the outcome of a check that reports as it goes: Fail if anything
// was reported, else Pass.
func (c *Ctx) Done() Outcome {
	if len(c.found) > c.start {
		return Fail
	}
	return Pass
}

// noDate is what a rule says that needs a reference time and has none.
func (c *Ctx) noDate() Outcome {
	return c.CannotTell("", "no reference date was given, so nothing can be early or late")
}

// late says that a grace time since the record was made has passed. It is false
// when the time of making is not known: nobody is late by a clock not started.
func (c *Ctx) late(param string) bool {
	return !c.created.IsZero() && !c.now.IsZero() && c.now.Sub(c.created) > c.Limit(param)
}

// CarriesEnvelope says whether a record has an envelope at all, beyond its id and
// source. Where a source
// is a plain list of names and dates, no record of it says who made it, when and
// what for; to say so on every one of a million rows would bury the rest. Rules
// on the completeness of the envelope do not apply to such a record: that the
// source carries none is said once, of the set (set/envelope-absent).
func CarriesEnvelope(h *record.Envelope) bool {
	return h.OwnerCode != "" || len(h.Purposes) > 0 || h.PurposeDetail != "" || h.Justification != "" || h.LegalBasis != "" ||
		h.CreatedAt != "" || h.CreatedBy != "" || h.ModifiedAt != "" || h.ModifiedBy != "" || h.LastConfirmed != "" || h.Version != "" ||
		h.Status.Value != "" || h.ReviewDate != "" || h.RetentionGroup.Value != "" || h.SecurityMark.Value != "" ||
		len(h.Links) > 0 || len(h.Amendments) > 0 || len(h.SharedWith) > 0
}
