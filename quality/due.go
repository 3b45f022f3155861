package quality

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// Duty is something to be done about a record by a time: after it the record, or
// a part of it, lapses, and Rule fails. It holds no personal value.
type Duty struct {
	Rule   string      `json:"rule"`
	Kind   record.Kind `json:"kind"`
	Record string      `json:"id"`
	Field  string      `json:"field"` // flat name of what lapses
	What   string      `json:"what"`  // what is to be done
	// Due is the last moment in time. A date stands for the end of that day, UTC.
	Due time.Time `json:"due"`
	// Owner is whose it is: the owner of the report or record, or else the
	// source it comes from; "" where the record says neither.
	Owner string `json:"owner"`
	// Overdue says that the time has passed by the reference time.
	Overdue bool `json:"overdue"`
}

// Duties gives what is to be done about a normalised record, soonest first, with
// the limits the policy sets. Rules that are off give none. Without a reference
// time there is no telling what has lapsed: nil.
func (e *Engine) Duties(r record.Record, changes []normalise.Change, asOf time.Time) []Duty {
	if r == nil || asOf.IsZero() {
		return nil
	}
	c := e.pool.Get().(*Ctx)
	defer e.pool.Put(c)
	c.reset(e, &Subject{Record: r, Changes: changes, AsOf: asOf}, r, changes)
	d := &duties{Ctx: c, e: e}
	for _, of := range dutyTable {
		if a := e.byID[of.rule]; a != nil && a.Judges(r.Kind()) && (!of.open || c.open()) {
			c.rule = a
			of.list(d)
		}
	}
	out := d.list
	c.clear()
	slices.SortStableFunc(out, func(a, b Duty) int {
		return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Field, b.Field))
	})
	return out
}

// dutyTable says which rules have something fall due, and what.
var dutyTable = []struct {
	rule string
	open bool // only of records in use
	list func(*duties)
}{
	{"record/review-overdue", true, dueReviews},
	{"record/not-confirmed-recently", true, dueConfirmation},
	{"record/orphan", false, dueLink},
	{"person/process-entered-late", false, dueResult},
	{"person/impending-stale", false, dueEnquiry},
	{"vehicle/stolen-weed-due", false, dueStolen},
	{"vehicle/interest-no-expiry", false, dueInterest},
	{"missing/review-overdue", true, dueEpisodeReview},
	{"missing/ukmpu-overdue", true, dueUKMPU},
	{"missing/recorded-late", true, dueCirculation},
	{"missing/long-term-review-overdue", true, dueLongTerm},
	{"missing/photo-or-forensic-absent", true, dueForensic},
	{"missing/prevention-interview-late", false, duePrevention},
	{"missing/return-interview-late", false, dueReturn},
}

// duties gathers what is due of one record.
type duties struct {
	*Ctx
	e    *Engine
	list []Duty
}

func (d *duties) add(owner, field, what string, due time.Time) {
	d.list = append(d.list, Duty{Rule: d.rule.ID, Kind: d.rec.Kind(), Record: d.head.ID, Field: field, What: what, Due: due.UTC(),
		Owner: cmp.Or(owner, d.head.OwnerCode, d.head.SourceSystem), Overdue: due.Before(d.now)})
}

// at gives the moment from which a limit runs, the latest where a time is not
// known to the second: a duty is overdue when the rule is certain that it is.
func (s span) at() time.Time { return time.Unix(s.to, 0).UTC() }

func endOf(day record.Day) time.Time {
	y, m, dd := day.Date()
	return time.Date(y, time.Month(m), dd, 23, 59, 59, 0, time.UTC)
}

func dueReviews(d *duties) {
	if _, to, ok := d.head.ReviewDate.Interval(); ok {
		d.add("", "reviewDate", "review the record: confirm, amend or close it", endOf(to))
	}
	if d.person == nil {
		return
	}
	for i := range d.person.Markers {
		m := &d.person.Markers[i]
		if m.EndAt != "" {
			continue
		}
		field := item("marker", i, "reviewDate")
		if _, to, ok := m.ReviewDate.Interval(); ok {
			d.add("", field, "review the warning marker: keep or end it", endOf(to))
		} else if set, ok := m.SetAt.Time(); ok {
			d.add("", field, "review the warning marker, which has no review date of its own", endOf(record.DayAt(set.AddDate(0, int(d.Param("marker")), 0))))
		}
	}
}

func dueConfirmation(d *duties) {
	if months, last := d.currency(); months > 0 && last >= 0 {
		d.add("", "lastConfirmedAt", "confirm with the owner that the record still holds", time.Unix(last, 0).UTC().AddDate(0, int(months), 0))
	}
}

func dueLink(d *duties) {
	if d.carries && d.missing == nil && !d.linked() && !d.created.IsZero() {
		d.add("", "link1.id", "link the record to its event", d.created.Add(d.Limit("grace")))
	}
}

func dueResult(d *duties) {
	for i := range d.person.Processes {
		q := &d.person.Processes[i]
		if received, ok := when(q.ResultReceivedAt); ok && q.ResultEnteredAt == "" {
			d.add("", item("process", i, "resultEnteredAt"), "enter the result", received.at().Add(d.Limit("result")))
		}
	}
}

func dueEnquiry(d *duties) {
	if d.enquired(d.now.AddDate(0, -int(d.Param("limit")), 0)) {
		return
	}
	for i := range d.person.Processes {
		q := &d.person.Processes[i]
		arrest, ok := when(q.ArrestAt)
		if next, planned := dateSpan(q.NextAppearance); !ok || !impending(q) || planned && next.to >= d.now.Unix()-24*3600 {
			continue
		}
		d.add("", item("process", i, "result"), "enquire after the prosecution, and enter the result", arrest.at().AddDate(0, int(d.Param("limit")), 0))
	}
}
