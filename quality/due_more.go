package quality

import (
	"time"

	"leds.internal/ledsq/record"
)

// A report of theft is weeded a week after the limit "weed", a confirmed one
// three months after the limit "confirmed".
const (
	weedAfter      = 7 * 24 * time.Hour
	confirmedAfter = 3 // months
)

func dueStolen(d *duties) {
	for i := range d.vehicle.Reports {
		r := &d.vehicle.Reports[i]
		at, ok := when(r.At)
		if !ok || !stolen(r) || !stands(r) {
			continue
		}
		field := item("report", i, "confirmed")
		if r.Confirmed == record.Yes || r.ConfirmedAt != "" {
			d.add(r.OwnerCode, field, "renew the report if the vehicle is still missing, before it is weeded", at.at().AddDate(0, int(d.Param("confirmed"))+confirmedAfter, 0))
			continue
		}
		d.add(r.OwnerCode, field, "confirm the report with its crime reference", at.at().Add(d.Limit("confirm")))
		d.add(r.OwnerCode, field, "confirm the report before it is weeded: then the vehicle looks recovered", at.at().Add(d.Limit("weed")+weedAfter))
	}
}

func dueInterest(d *duties) {
	for i := range d.vehicle.Reports {
		r := &d.vehicle.Reports[i]
		if !is(r.Type, "interest") || !stands(r) {
			continue
		}
		field := item("report", i, "expiresAt")
		if end, ok := when(r.ExpiresAt); ok && !end.before(exactly(d.now)) {
			d.add(r.OwnerCode, field, "the marker of interest lapses: renew it if it is still needed", end.at())
		}
		at, ok := when(r.At)
		if last, known := when(d.head.LastConfirmed); known && (!ok || at.before(last)) {
			at, ok = last, true
		}
		if ok {
			d.add(r.OwnerCode, field, "review the marker of interest: confirm or cancel it", at.at().AddDate(0, int(d.Param("life")), 0))
		}
	}
}

// missingFrom gives since when the person is missing, or else was last seen or
// reported.
func (d *duties) missingFrom() (span, bool) {
	if !d.openEpisode() {
		return span{}, false
	}
	for _, t := range [...]record.Timestamp{d.missing.MissingSince, d.missing.LastSeenAt, d.missing.ReportedAt} {
		if s, ok := when(t); ok {
			return s, true
		}
	}
	return span{}, false
}

func dueEpisodeReview(d *duties) {
	if next, ok := when(d.missing.NextReviewAt); ok && d.openEpisode() {
		d.add("", "nextReviewAt", "review the episode and set the next time", next.at())
	}
}

func dueUKMPU(d *duties) {
	since, ok := d.missingFrom()
	if !ok || d.missing.UKMPUNotifiedAt != "" || d.missing.UKMPURef != "" {
		return
	}
	limit := d.Limit("missing")
	if d.unidentified() {
		limit = d.Limit("unidentified")
	}
	d.add("", "ukmpuNotifiedAt", "notify the UK Missing Persons Unit", since.at().Add(limit))
}

func dueCirculation(d *duties) {
	since, ok := when(d.missing.MissingSince)
	if !ok {
		since, ok = when(d.missing.ReportedAt)
	}
	if ok && d.carries && d.missing.NationalCirculated == "" && d.openEpisode() {
		d.add("", "nationalCirculatedAt", "circulate the episode nationally", since.at().Add(d.Limit("national")))
	}
}

// dueLongTerm gives the last milestone that passed without its review, and the
// next one to come.
func dueLongTerm(d *duties) {
	since, ok := when(d.missing.MissingSince)
	if !ok || !d.openEpisode() {
		return
	}
	const field, what = "review1.at", "hold the long-term review"
	passed, next := milestones(since.at(), d.now)
	if n := len(passed); n > 0 && !d.reviewed(passed[n-1].AddDate(0, 0, early), d.now) {
		d.add("", field, what, passed[n-1])
	}
	if !d.reviewed(next.AddDate(0, 0, early), d.now) {
		d.add("", field, what, next)
	}
}

func dueForensic(d *duties) {
	since, ok := d.missingFrom()
	if !ok {
		return
	}
	if d.lacksPhoto() {
		d.add("", "photoPresent", "obtain a photograph", since.at().Add(d.Limit("photo")))
	}
	if d.lacksForensic() {
		d.add("", "dnaAvailable", "find out whether DNA, dental records or fingerprints are available", since.at().Add(d.Limit("forensic")))
	}
}

func duePrevention(d *duties) {
	m := d.missing
	if found, ok := when(m.FoundAt); ok && !foundDead(m) && m.PreventionInterview.Refused != record.Yes && m.PreventionInterview.At == "" {
		d.add("", "preventionInterview.at", "hold the prevention interview", found.at().Add(d.Limit("limit")))
	}
}

func dueReturn(d *duties) {
	m := d.missing
	found, ok := when(m.FoundAt)
	if !ok || foundDead(m) || m.ReturnInterview.Refused == record.Yes || m.ReturnInterview.OfferedAt != "" || m.ReturnInterview.HeldAt != "" {
		return
	}
	if _, most, ok := d.age(record.Day(found.to / 86400)); ok && most < 18 {
		d.add("", "returnInterview.offeredAt", "see that the local authority offers the child a return interview", found.at().Add(d.Limit("limit")))
	}
}
