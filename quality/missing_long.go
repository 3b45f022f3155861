package quality

import (
	"time"

	"leds.internal/ledsq/record"
)

func missingDeadlineRules() []Rule {
	return []Rule{
		{
			ID: "missing/ukmpu-overdue", Title: "UK Missing Persons Unit not told",
			Why:    "The unit compares the missing with the unidentified of the whole country, and can't with those it has not been told of.",
			Source: "National Crime Agency, information for police, citing the code of practice of 2009", Kinds: episodes, Principles: atValidate, Dimension: Timeliness, Severity: Error,
			ActsOn: []string{"ukmpuNotifiedAt"}, Consults: []string{"missingSince", "reportedAt", "recordType", "foundAt", "status"}, Since: version1, Check: ukmpuOverdue,
			Params: []Param{{"missing", Hours, 72, "time to tell of a missing person"}, {"unidentified", Hours, 48, "time to tell of an unidentified person, body or remains"}},
			Pass:   Example{Record: `{"missingSince":"2026-11-22T20:00:00Z"}`},
			Fail:   Example{Record: `{"missingSince":"2026-11-12T20:00:00Z"}`},
		},
		{
			ID: "missing/long-term-review-overdue", Title: "Long-term review not held",
			Why:    "Old enquiries are solved by looking again with new means.",
			Source: "police guidance as the charity Missing People quotes it: 28 days, 3, 6 and 12 months, then every year", Kinds: episodes, Principles: atValidate, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"review1.at"}, Consults: []string{"missingSince", "foundAt", "status"}, Since: version1, Check: longTermReview,
			Pass: Example{Record: `{"missingSince":"2026-10-01T20:00:00Z","reviews":[{"at":"2026-10-29T21:00:00Z","by":"1234"}]}`},
			Fail: Example{Record: `{"missingSince":"2026-10-01T20:00:00Z"}`},
		},
		{
			ID: "missing/photo-or-forensic-absent", Title: "No photograph, or nothing to identify a body by",
			Why:    "Publicity needs a face; DNA, teeth or fingerprints are what answers a family years later.",
			Source: "National Crime Agency, information for police; the 28 days are a judgement", Kinds: episodes, Principles: atValidate, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"photoPresent", "dnaAvailable"}, Consults: []string{"dentalAvailable", "fingerprintsAvailable", "missingSince", "photograph1.ref", "foundAt"}, Since: version1, Check: photoForensic,
			Params: []Param{{"photo", Hours, 72, "time to obtain a photograph"}, {"forensic", Days, 28, "time to find out what is available"}},
			Pass:   Example{Record: `{"missingSince":"2026-11-12T20:00:00Z","photo":{"present":"yes"}}`},
			Fail:   Example{Record: `{"missingSince":"2026-11-12T20:00:00Z","photo":{"present":"no"}}`},
		},
		{
			ID: "missing/prevention-interview-late", Title: "No prevention interview after return",
			Why:    "What happened to a person while missing is told soon after, or never.",
			Source: "College of Policing APP: as soon as possible; 24 hours is the practice of some forces (secondary)", Kinds: episodes, Principles: atValidate, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"preventionInterview.at"}, Consults: []string{"foundAt", "outcome", "preventionInterview.refused"}, Since: version1, Check: preventionLate,
			Params: []Param{{"limit", Hours, 24, "time to hold the interview"}},
			Pass:   Example{Record: `{"foundAt":"2026-11-20T20:00:00Z","preventionInterview":{"at":"2026-11-21T09:00:00Z"}}`},
			Fail:   Example{Record: `{"foundAt":"2026-11-20T20:00:00Z"}`},
		},
		{
			ID: "missing/return-interview-late", Title: "No return interview offered to a child",
			Why:    "A child tells an independent person what they would not tell the police.",
			Source: "Department for Education: within 72 hours, by the local authority; only some two in three are, so that this warns", Kinds: episodes, Principles: atValidate, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"returnInterview.offeredAt"}, Consults: []string{"foundAt", "dateOfBirth", "age", "returnInterview.heldAt", "returnInterview.refused"}, Since: version1, Check: returnLate,
			Params: []Param{{"limit", Hours, 72, "time to offer the interview"}},
			Pass:   Example{Record: `{"person":{"dateOfBirth":"2012-06-15"},"foundAt":"2026-11-18T20:00:00Z","returnInterview":{"offeredAt":"2026-11-19T09:00:00Z"}}`},
			Fail:   Example{Record: `{"person":{"dateOfBirth":"2012-06-15"},"foundAt":"2026-11-18T20:00:00Z"}`},
		},
	}
}

// gone gives how many hours the person has certainly been missing; ok is false
// when they are not, or nothing tells since when.
func (c *Ctx) gone() (hours float64, ok bool) {
	m := c.missing
	if !c.openEpisode() || c.now.IsZero() {
		return 0, false
	}
	for _, t := range [...]record.Timestamp{m.MissingSince, m.LastSeenAt, m.ReportedAt} {
		if s, ok := when(t); ok {
			return s.hoursTo(exactly(c.now)), true
		}
	}
	return 0, false
}

func ukmpuOverdue(c *Ctx) Outcome {
	hours, ok := c.gone()
	if !ok {
		return NotApplicable
	}
	limit := c.Limit("missing")
	if c.unidentified() {
		limit = c.Limit("unidentified")
	}
	if c.missing.UKMPUNotifiedAt == "" && c.missing.UKMPURef == "" && hours > limit.Hours() {
		return c.Fail("ukmpuNotifiedAt", "the UK Missing Persons Unit has not been told in time", "Notify the unit, and record when and its reference.")
	}
	return Pass
}

func longTermReview(c *Ctx) Outcome {
	if _, ok := c.gone(); !ok {
		return NotApplicable
	}
	since, ok := when(c.missing.MissingSince)
	if !ok {
		return NotApplicable
	}
	due, _ := milestones(since.at(), c.now)
	if len(due) == 0 {
		return NotApplicable
	}
	last := len(due) - 1
	if !c.reviewed(due[last].AddDate(0, 0, early), c.now) {
		return c.Fail("review1.at", "a long-term review is due and not recorded", "Hold the review, and record its decision.")
	}
	for i, d := range due[:last] {
		if !c.reviewed(d.AddDate(0, 0, early), due[i+1].AddDate(0, 0, early)) {
			return c.FailAs(Info, "review1.at", "a long-term review was left out, and later ones were held", "No more can be done for it; record why, if it is known.")
		}
	}
	return Pass
}

// early is from how many days before a milestone a review counts for it.
const early = -7

// milestones gives the times of long-term review that have passed, and the next.
func milestones(start, now time.Time) (passed []time.Time, next time.Time) {
	all := []time.Time{start.AddDate(0, 0, 28), start.AddDate(0, 3, 0), start.AddDate(0, 6, 0), start.AddDate(1, 0, 0)}
	for i := 0; ; i++ {
		if i == len(all) {
			all = append(all, start.AddDate(i-2, 0, 0))
		}
		if !all[i].Before(now) {
			return all[:i], all[i]
		}
	}
}

// reviewed says whether a review was held between two times.
func (c *Ctx) reviewed(from, to time.Time) bool {
	for i := range c.missing.Reviews {
		if at, ok := when(c.missing.Reviews[i].At); ok && at.to >= from.Unix() && at.from <= to.Unix() {
			return true
		}
	}
	return false
}

func photoForensic(c *Ctx) Outcome {
	hours, ok := c.gone()
	if !ok || hours <= c.Limit("photo").Hours() {
		return NotApplicable
	}
	if c.lacksPhoto() {
		c.Fail("photoPresent", "no photograph is held", "Ask family, employer or school for one.")
	}
	if hours > c.Limit("forensic").Hours() && c.lacksForensic() {
		c.Fail("dnaAvailable", "it is not recorded whether DNA, dental records or fingerprints are available", "Find out and record the answer, also when it is no.")
	}
	return c.Done()
}

func (c *Ctx) lacksPhoto() bool {
	return c.missing.Photo.Present != record.Yes && len(c.missing.Person.Photographs) == 0 && !c.unidentified()
}

func (c *Ctx) lacksForensic() bool {
	return c.missing.DNAAvailable == "" && c.missing.DentalAvailable == "" && c.missing.FingerprintsHeld == ""
}

func foundDead(m *record.MissingPerson) bool { return is(m.Outcome, "deceased", "found-deceased") }

func preventionLate(c *Ctx) Outcome {
	m := c.missing
	found, ok := when(m.FoundAt)
	if !ok || foundDead(m) {
		return NotApplicable
	}
	if m.PreventionInterview.Refused == record.Yes {
		return Pass
	}
	held, done := when(m.PreventionInterview.At)
	if !done {
		if c.now.IsZero() {
			return c.noDate()
		}
		held = exactly(c.now)
	}
	if found.hoursTo(held) > c.Limit("limit").Hours() {
		return c.Fail("preventionInterview.at", "no prevention interview was held in time after the return", "Hold it, or record that it was refused.")
	}
	return Pass
}

func returnLate(c *Ctx) Outcome {
	m := c.missing
	found, ok := when(m.FoundAt)
	if !ok || foundDead(m) {
		return NotApplicable
	}
	if _, most, ok := c.age(record.Day(found.to / 86400)); !ok || most >= 18 {
		return NotApplicable
	}
	r := &m.ReturnInterview
	if r.Refused == record.Yes {
		return Pass
	}
	end, done := when(r.OfferedAt)
	if !done {
		end, done = when(r.HeldAt)
	}
	if !done {
		if c.now.IsZero() {
			return c.noDate()
		}
		end = exactly(c.now)
	}
	if found.hoursTo(end) > c.Limit("limit").Hours() {
		return c.Fail("returnInterview.offeredAt", "no return interview was offered to the child in time", "Ask the local authority whether it was offered, and record the answer.")
	}
	return Pass
}
