package quality

import (
	"time"

	"leds.internal/ledsq/record"
)

func envelopeRules() []Rule {
	return []Rule{
		{
			ID: "record/provenance-missing", Title: "Not known whose record it is",
			Why:    "Without owner, source and maker nobody can check a record, correct it or answer for it.",
			Source: "LEDS API client schemas (ownerCode); Data Protection Act 2018, section 62", POLE: "DS_070",
			Kinds: everyKind, Principles: atCreate, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"ownerCode", "source", "sourceId", "createdAt", "createdBy"}, Since: version1, Check: provenanceMissing, asks: notOfLists,
			Params: []Param{{"collar", Characters, 10, "longest collar number"}},
			Pass:   Example{Record: `{"ownerCode":"01ZD","sourceSystem":"RMS","sourceID":"n1","createdAt":"2026-11-20T09:00:00Z","createdBy":"1234"}`},
			Fail:   Example{Record: `{"ownerCode":"1","sourceSystem":"RMS","sourceID":"n1","createdAt":"2026-11-20T09:00:00Z"}`},
		},
		{
			ID: "record/timestamps-impossible", Title: "Made or changed at an impossible time",
			Why:    "A record cannot be made in the future, nor changed before it was made: such times come from wrong clocks or wrong mappings, and spoil every deadline counted from them.",
			Source: "POLE dictionary; the allowance for clocks is a judgement", POLE: "E_001",
			Kinds: everyKind, Principles: []Principle{Create, Validate}, Dimension: Consistency, Severity: Error,
			ActsOn: []string{"createdAt", "modifiedAt", "lastConfirmedAt"}, Since: version1, Check: timestampsImpossible, asks: notOfLists,
			Params: []Param{{"skew", Minutes, 5, "how far clocks may disagree"}},
			Pass:   Example{Record: `{"createdAt":"2026-11-20T09:00:00Z","modifiedAt":"2026-11-21T09:00:00Z"}`},
			Fail:   Example{Record: `{"createdAt":"2026-11-20T09:00:00Z","modifiedAt":"2026-11-19T09:00:00Z"}`},
		},
		{
			ID: "record/orphan", Title: "Linked to nothing",
			Why:    "A person or vehicle that belongs to no event is held for no reason anybody can see.",
			Source: "POLE dictionary, section 1.4; the days of grace are a judgement", POLE: "1.4",
			Kinds: everyKind, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"link1.id"}, Consults: []string{"createdAt", "process1.asn", "circulation1.type", "report1.type"}, Since: version1, Check: orphan, asks: notOfLists,
			Params: []Param{{"grace", Days, 7, "time to link a new record before it becomes an error"}},
			Pass:   Example{Record: `{"createdBy":"1234","links":[{"kind":"crime","id":"C1"}]}`},
			Fail:   Example{Record: `{"createdBy":"1234"}`},
		},
		{
			ID: "record/review-date-missing", Title: "No date of review",
			Why:    "Information in use must be proactively reviewed, which needs a day on which somebody will look.",
			Source: "LEDS Code of Practice (2020), sections 6.3 and 6.5",
			Kinds:  everyKind, Principles: throughout, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"reviewDate"}, Consults: []string{"status", "nextReviewAt"}, Since: version1, Check: reviewDateMissing, asks: notOfLists,
			Pass: Example{Record: `{"status":"active","reviewDate":"2027-05-01"}`},
			Fail: Example{Record: `{"status":"active"}`},
		},
		{
			ID: "record/review-overdue", Title: "Review overdue",
			Why:    "A record or warning marker past its review may no longer be true, and is still acted upon.",
			Source: "LEDS Code of Practice (2020), section 6.3; the limits are a judgement",
			Kinds:  everyKind, Principles: atValidate, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"reviewDate", "marker1.reviewDate"}, Consults: []string{"status", "marker1.setAt", "marker1.endAt"}, Since: version1, Check: reviewOverdue, asks: notOfLists,
			Params: []Param{{"late", Days, 90, "delay that makes it an error"}, {"marker", Months, 12, "life of a marker without a review date"}},
			Pass:   Example{Record: `{"status":"active","reviewDate":"2027-05-01"}`},
			Fail:   Example{Record: `{"status":"active","reviewDate":"2026-05-01"}`},
		},
		{
			ID: "record/not-confirmed-recently", Title: "Not confirmed for long",
			Why:    "What is in use must be up to date: a person still wanted, a vehicle still of interest, an address still current.",
			Source: "LEDS Code of Practice (2020), section 6.3; the numbers are a judgement",
			Kinds:  []record.Kind{record.KindPerson, record.KindVehicle}, Principles: atValidate, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"lastConfirmedAt"}, Consults: []string{"modifiedAt", "createdAt", "status", "circulation1.type", "role", "report1.type"}, Since: version1, Check: notConfirmed, asks: notOfLists,
			Params: []Param{{"wanted", Months, 6, "person wanted or circulated"}, {"contact", Months, 12, "victim or witness"}, {"interest", Months, 3, "vehicle of interest"}},
			Pass:   Example{Record: `{"createdAt":"2026-11-01T09:00:00Z","circulations":[{"type":"wanted","ref":"W1"}]}`},
			Fail:   Example{Record: `{"createdAt":"2026-01-01T09:00:00Z","circulations":[{"type":"wanted","ref":"W1"}]}`},
		},
	}
}

func provenanceMissing(c *Ctx) Outcome {
	if !c.carries {
		return NotApplicable
	}
	h := c.head
	if !ownerCode(h.OwnerCode) {
		c.Fail("ownerCode", "the owner is not given as four letters or digits", "Give the force and station code.")
	}
	if h.SourceSystem == "" {
		c.Fail("source", "the source system is not given", "Name the system the record comes from.")
	}
	// Where a source system is named, the id may be that of another one which
	// gathered the record; else it is taken for the source's own.
	if h.SourceID == "" && (h.ID == "" || h.SourceSystem != "") {
		c.Fail("sourceId", "the record has no identifier in its source", "Carry the identifier over from the source.")
	}
	if h.CreatedAt == "" {
		c.Fail("createdAt", "it is not known when the record was made", "Carry the time over from the source.")
	}
	switch {
	case h.CreatedBy == "":
		c.Fail("createdBy", "it is not known who made the record", "Give the collar number.")
	case float64(len(h.CreatedBy)) > c.Param("collar"):
		c.Fail("createdBy", "who made the record is given in more characters than a collar number has", "Give the collar number, not the name.")
	}
	return c.Done()
}

func ownerCode(s string) bool {
	if len(s) != 4 {
		return false
	}
	for i := range len(s) {
		if b := s[i] | 0x20; (b < 'a' || b > 'z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

func timestampsImpossible(c *Ctx) Outcome {
	h := c.head
	created, okC := when(h.CreatedAt)
	modified, okM := when(h.ModifiedAt)
	confirmed, okF := when(h.LastConfirmed)
	if !okC && !okM && !okF {
		return NotApplicable
	}
	skew := int64(c.Limit("skew") / time.Second)
	if c.now.IsZero() {
		return c.noDate()
	}
	limit := span{c.now.Unix() + skew, c.now.Unix() + skew}
	for _, t := range [...]struct {
		at    span
		ok    bool
		field string
	}{{created, okC, "createdAt"}, {modified, okM, "modifiedAt"}, {confirmed, okF, "lastConfirmedAt"}} {
		if t.ok && limit.before(t.at) {
			c.Fail(t.field, "the time lies in the future", "Correct the time, or the clock or time zone it came from.")
		}
	}
	if okC && okM && modified.before(span{created.from - skew, created.to - skew}) {
		c.Fail("modifiedAt", "the record was changed before it was made", "Correct whichever time is wrong.")
	}
	return c.Done()
}

func orphan(c *Ctx) Outcome {
	if !c.carries {
		return NotApplicable
	}
	if c.linked() {
		return Pass
	}
	s := Warning
	if c.missing == nil && c.late("grace") { // an episode is an event itself, though its incident should be found
		s = Error
	}
	return c.FailAs(s, "link1.id", "the record is linked to no event and no other record", "Link the crime, incident, custody record or person it belongs to.")
}

func reviewDateMissing(c *Ctx) Outcome {
	if !c.carries || !c.open() {
		return NotApplicable
	}
	if c.head.ReviewDate == "" {
		s := Warning
		if c.missing != nil && c.missing.NextReviewAt != "" { // somebody will look soon, at the search if not at the record
			s = Info
		}
		return c.FailAs(s, "reviewDate", "no date of review is set", "Set the day on which the record is to be looked at again.")
	}
	return Pass
}

func reviewOverdue(c *Ctx) Outcome {
	var markers []record.Marker
	if c.person != nil {
		markers = c.person.Markers
	}
	if !c.open() || c.head.ReviewDate == "" && len(markers) == 0 {
		return NotApplicable
	}
	if c.now.IsZero() {
		return c.noDate()
	}
	late := record.Day(c.Param("late"))
	overdue := func(field string, due record.Day) {
		s := Warning
		if c.today-due > late {
			s = Error
		}
		c.FailAs(s, field, "the review is overdue", "Review it: confirm, amend or close, and set the next date.")
	}
	if _, to, ok := c.head.ReviewDate.Interval(); ok && to < c.today {
		overdue("reviewDate", to)
	}
	for i := range markers {
		m := &markers[i]
		if m.EndAt != "" {
			continue
		}
		if _, to, ok := m.ReviewDate.Interval(); ok {
			if to < c.today {
				overdue(item("marker", i, "reviewDate"), to)
			}
		} else if set, ok := m.SetAt.Time(); ok {
			if due := record.DayAt(set.AddDate(0, int(c.Param("marker")), 0)); due < c.today {
				overdue(item("marker", i, "reviewDate"), due)
			}
		}
	}
	return c.Done()
}

func notConfirmed(c *Ctx) Outcome {
	if !c.open() {
		return NotApplicable
	}
	months, last := c.currency()
	if months == 0 || last < 0 {
		return NotApplicable
	}
	if c.now.IsZero() {
		return c.noDate()
	}
	if time.Unix(last, 0).UTC().AddDate(0, int(months), 0).Before(c.now) {
		return c.Fail("lastConfirmedAt", "nobody has confirmed or changed the record for longer than its kind allows", "Check with the owner that it still holds, and record when it was confirmed.")
	}
	return Pass
}

// currency gives for how many months a record of its kind holds unconfirmed, 0
// for ever, and when it was last made, changed or confirmed, -1 where that is not
// known.
func (c *Ctx) currency() (months float64, last int64) {
	switch {
	case c.vehicle != nil:
		for i := range c.vehicle.Reports {
			if r := &c.vehicle.Reports[i]; is(r.Type, "interest") && stands(r) {
				months = c.Param("interest")
			}
		}
	case len(c.person.Circulations) > 0:
		months = c.Param("wanted")
	case anyIs(c.person.Roles, "victim", "witness") || anyIs(c.person.Categories, "victim", "witness"):
		months = c.Param("contact")
	}
	last = -1
	for _, t := range [...]record.Timestamp{c.head.CreatedAt, c.head.ModifiedAt, c.head.LastConfirmed} {
		if s, ok := when(t); ok {
			last = max(last, s.to)
		}
	}
	return months, last
}

// linked says that the record belongs to an event or to another record.
func (c *Ctx) linked() bool {
	return len(c.head.Links) > 0 || c.person != nil && (len(c.person.Processes) > 0 || len(c.person.Circulations) > 0) || c.vehicle != nil && len(c.vehicle.Reports) > 0
}
