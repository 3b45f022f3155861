package quality

import (
	"time"

	"leds.internal/ledsq/record"
)

func vehicleReportRules() []Rule {
	return []Rule{
		{
			ID: "vehicle/report-incomplete", Title: "Report lacks type, time, owner or reference",
			Why:    "A stop rests on the report. Without time, owner and crime reference nobody can confirm it at the roadside, and it lapses unconfirmed.",
			Source: "lost or stolen practice as published by claims specialists (secondary); the list is a judgement",
			Kinds:  vehicles, Principles: throughout, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"report1.type", "report1.at", "report1.ownerCode", "report1.crimeRef"}, Consults: []string{"ownerCode"}, Since: version1, Check: reportIncomplete,
			Pass: Example{Record: `{"reports":[{"type":"stolen","at":"2026-11-22T09:00:00Z","ownerCode":"01ZD","crimeRef":"C1"}]}`},
			Fail: Example{Record: `{"reports":[{"type":"stolen","at":"2026-11-22T09:00:00Z"}]}`},
		},
		{
			ID: "vehicle/stolen-weed-due", Title: "Stolen report about to lapse",
			Why:    "An unconfirmed report is weeded after 42 days, a confirmed one after six years; the vehicle then looks recovered while it is not.",
			Source: "PNC Manual and NPCC circular of 11/2024, as claims specialists report them (secondary); the warnings before are a judgement",
			Kinds:  vehicles, Principles: atValidate, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"report1.confirmed"}, Consults: []string{"report1.type", "report1.at", "report1.recoveredAt", "report1.cancelReason"}, Since: version1, Check: stolenWeed,
			Params: []Param{{"confirm", Hours, 48, "time to confirm a report"}, {"alert", Days, 14, "unconfirmed so long is an error"},
				{"weed", Days, 35, "unconfirmed so long, a week before it is weeded"}, {"confirmed", Months, 69, "age of a confirmed report, three months before it is weeded"}},
			Pass: Example{Record: `{"reports":[{"type":"stolen","at":"2026-11-22T09:00:00Z"}]}`},
			Fail: Example{Record: `{"reports":[{"type":"stolen","at":"2026-10-10T09:00:00Z","confirmed":"no"}]}`},
		},
		{
			ID: "vehicle/report-conflict", Title: "Reports contradict each other",
			Why:    "A recovered vehicle that still shows as stolen gets its owner stopped, at times at gunpoint.",
			Source: "judgement: wrong stops are the harm",
			Kinds:  vehicles, Principles: atValidate, Dimension: Consistency, Severity: Error,
			ActsOn: []string{"report1.recoveredAt", "report1.type"}, Consults: []string{"report1.at", "report1.ownerCode", "report1.cancelReason", "markedForExport"}, Since: version1, Check: reportConflict,
			Pass: Example{Record: `{"reports":[{"type":"stolen","at":"2026-11-01T09:00:00Z","recoveredAt":"2026-11-05T09:00:00Z","cancelReason":"recovered"}]}`},
			Fail: Example{Record: `{"reports":[{"type":"stolen","at":"2026-11-01T09:00:00Z","ownerCode":"01ZD"},{"type":"stolen","at":"2026-11-02T09:00:00Z","ownerCode":"52AB"}]}`},
		},
		{
			ID: "vehicle/interest-no-expiry", Title: "Marker of interest without end",
			Why:    "Intelligence about a vehicle ages fast; a marker without end has it stopped for years.",
			Source: "LEDS Code of Practice (2020), section 6.3; three months are a judgement",
			Kinds:  vehicles, Principles: atValidate, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"report1.expiresAt"}, Consults: []string{"report1.type", "report1.at", "reviewDate", "lastConfirmedAt"}, Since: version1, Check: interestNoExpiry,
			Params: []Param{{"life", Months, 3, "age at which a marker must have been reviewed, or by which it must be"}},
			Pass:   Example{Record: `{"reports":[{"type":"interest","at":"2026-11-01T09:00:00Z","expiresAt":"2026-12-01T09:00:00Z"}]}`},
			Fail:   Example{Record: `{"reports":[{"type":"interest","at":"2026-11-01T09:00:00Z"}]}`},
		},
	}
}

func stolen(r *record.VehicleReport) bool { return is(r.Type, "stolen", "lost", "lost-or-stolen") }

// stands says that one report still stands.
func stands(r *record.VehicleReport) bool { return r.RecoveredAt == "" && r.CancelReason == "" }

func reportIncomplete(c *Ctx) Outcome {
	v := c.vehicle
	if len(v.Reports) == 0 {
		return NotApplicable
	}
	for i := range v.Reports {
		r := &v.Reports[i]
		if r.OwnerCode == "" { // the report may be another force's than the record
			s := Error
			if v.OwnerCode != "" {
				s = Warning
			}
			c.FailAs(s, item("report", i, "ownerCode"), "it is not said which force owns the report", "Complete the report.")
		}
		for _, part := range [...]struct {
			gone          bool
			leaf, message string
		}{
			{r.Type.Value == "", "type", "the report has no type"},
			{r.At == "", "at", "the report has no time"},
			{r.CrimeRef == "" && (stolen(r) || is(r.Type, "found", "seized")), "crimeRef", "the report has no crime or incident reference"},
		} {
			if part.gone {
				c.Fail(item("report", i, part.leaf), part.message, "Complete the report.")
			}
		}
	}
	return c.Done()
}

func stolenWeed(c *Ctx) Outcome {
	any := false
	for i := range c.vehicle.Reports {
		r := &c.vehicle.Reports[i]
		at, ok := when(r.At)
		if !ok || !stolen(r) || !stands(r) {
			continue
		}
		if c.now.IsZero() {
			return c.noDate()
		}
		any = true
		hours := at.hoursTo(exactly(c.now))
		field := item("report", i, "confirmed")
		switch {
		case r.Confirmed == record.Yes || r.ConfirmedAt != "":
			if c.now.AddDate(0, -int(c.Param("confirmed")), 0).Unix() > at.to {
				c.Fail(field, "the confirmed report is close to the age at which it is weeded", "If the vehicle is still missing, renew the report.")
			}
		case hours > c.Limit("weed").Hours():
			c.FailAs(Error, field, "the report was never confirmed and is about to be weeded, or has been", "Confirm it now: once it is gone the vehicle looks recovered.")
		case hours > c.Limit("alert").Hours():
			c.FailAs(Error, field, "the report has not been confirmed for longer than the force is given", "Confirm it with the crime reference.")
		case hours > c.Limit("confirm").Hours():
			c.Fail(field, "the report has not been confirmed in time", "Confirm it with the crime reference.")
		}
	}
	if !any {
		return NotApplicable
	}
	return c.Done()
}

func reportConflict(c *Ctx) Outcome {
	v := c.vehicle
	if len(v.Reports) == 0 {
		return NotApplicable
	}
	first := -1
	for i := range v.Reports {
		r := &v.Reports[i]
		if !stolen(r) {
			continue
		}
		if r.RecoveredAt != "" && r.CancelReason == "" && c.open() && (r.ExpiresAt != "" || r.Confirmed == record.Yes) && c.stillStands(r) {
			c.Fail(item("report", i, "recoveredAt"), "the vehicle is recovered, and the report still stands", "Cancel the report, with its reason.")
		}
		if !stands(r) {
			continue
		}
		if v.MarkedForExport == record.Yes || is(v.Head().Status, "scrapped", "destroyed", "exported") {
			c.Fail(item("report", i, "type"), "the vehicle is reported stolen, and marked for export or scrapped", "Find out which is true.")
		}
		if first >= 0 && v.Reports[first].OwnerCode != r.OwnerCode {
			c.Fail(item("report", i, "ownerCode"), "two forces both report the vehicle as stolen", "Agree who owns the report, and cancel the other.")
		}
		if first < 0 {
			first = i
		}
		if recoveredSince(v, i) {
			c.Fail(item("report", i, "type"), "the vehicle was found later, and the report of its theft still stands", "Cancel the report of the theft, with its reason.")
		}
	}
	return c.Done()
}

// stillStands says that a report has not lapsed by the reference time.
func (c *Ctx) stillStands(r *record.VehicleReport) bool {
	end, ok := when(r.ExpiresAt)
	return !ok || c.now.IsZero() || !end.before(exactly(c.now))
}

// recoveredSince says whether a later report says that the vehicle was found.
func recoveredSince(v *record.Vehicle, i int) bool {
	at, ok := when(v.Reports[i].At)
	for j := range v.Reports {
		if found, ok2 := when(v.Reports[j].At); j != i && ok && ok2 && is(v.Reports[j].Type, "found") && at.before(found) {
			return true
		}
	}
	return false
}

func interestNoExpiry(c *Ctx) Outcome {
	any := false
	for i := range c.vehicle.Reports {
		r := &c.vehicle.Reports[i]
		if !is(r.Type, "interest") || !stands(r) {
			continue
		}
		any = true
		field := item("report", i, "expiresAt")
		at, ok := when(r.At)
		if last, known := when(c.head.LastConfirmed); known && (!ok || at.before(last)) {
			at, ok = last, true
		}
		if r.ExpiresAt == "" && !c.reviewedBy(at, ok) {
			c.Fail(field, "the marker of interest has no end, and the record no review soon enough to end it", "Set when it ends.")
			continue
		}
		if ok && !c.now.IsZero() && c.now.AddDate(0, -int(c.Param("life")), 0).Unix() > at.to {
			c.Fail(field, "the marker of interest has not been reviewed for longer than it may stand", "Review it: confirm or cancel.")
		}
	}
	if !any {
		return NotApplicable
	}
	return c.Done()
}

// reviewedBy says that the record as a whole is to be reviewed within the life
// of a marker last looked at then.
func (c *Ctx) reviewedBy(at span, ok bool) bool {
	_, to, set := c.head.ReviewDate.Interval()
	return set && (!ok || to <= record.DayAt(time.Unix(at.to, 0).UTC().AddDate(0, int(c.Param("life")), 0)))
}
