package quality

import (
	"slices"
	"testing"
	"time"

	"leds.internal/ledsq/record"
)

// TestDutiesAgreeWithRules holds the two together: where a duty of a rule is
// overdue the rule fails, and where the rule fails a duty of it is overdue.
func TestDutiesAgreeWithRules(t *testing.T) {
	e := newEngine(t, Policy{Lookups: exampleLookups})
	judged := map[string]int{}
	for _, x := range variations() {
		if !slices.ContainsFunc(dutyTable, func(d struct {
			rule string
			open bool
			list func(*duties)
		}) bool {
			return d.rule == x.rule
		}) || x.severity == Info {
			continue
		}
		r, _ := Find(x.rule)
		s := subjectOf(t, &r, Example{Kind: x.kind, Record: x.record, Before: x.before, Amendment: x.amendment})
		overdue := false
		for _, d := range e.Duties(s.Record, s.Changes, s.AsOf) {
			overdue = overdue || d.Rule == x.rule && d.Overdue
			if d.What == "" || d.Due.IsZero() {
				t.Errorf("incomplete duty %+v", d)
			}
			if _, ok := record.FindColumn(x.kind, d.Field); !ok {
				t.Errorf("duty on %q, which is no field", d.Field)
			}
		}
		judged[x.rule]++
		if _, more := failsOtherwise[x.rule]; overdue && x.want != Fail || x.want == Fail && !overdue && !more {
			t.Errorf("%s on %s: %s, and overdue is %t: %s", x.rule, x.record, x.want, overdue, x.why)
		}
	}
	if len(judged) != len(dutyTable) {
		t.Errorf("variations of %d rules only: %v", len(judged), judged)
	}
}

// failsOtherwise are the rules that fail for more than that a time has passed.
var failsOtherwise = map[string]string{
	"record/orphan":               "warns from the start, and is an error when the grace has passed",
	"person/process-entered-late": "a delay that is over can't be made good",
	"vehicle/interest-no-expiry":  "a marker needs an end from the start",
	"missing/review-overdue":      "a review may be set too far ahead",
	"missing/recorded-late":       "a delay that is over can't be made good",
}

func TestDuties(t *testing.T) {
	e := newEngine(t, Policy{Params: map[string]map[string]float64{"vehicle/stolen-weed-due": {"confirm": 24}}})
	s := load(t, record.KindVehicle, `{"id":"V1","ownerCode":"01ZD","reviewDate":"2027-01-15","reports":[{"type":"stolen","at":"2026-11-22T09:00:00Z","ownerCode":"52AB"}]}`)
	got := e.Duties(s.Record, s.Changes, s.AsOf)
	want := []Duty{
		{Rule: "vehicle/stolen-weed-due", Field: "report1.confirmed", Owner: "52AB", Due: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Overdue: true},
		{Rule: "vehicle/stolen-weed-due", Field: "report1.confirmed", Owner: "52AB", Due: time.Date(2027, 1, 3, 9, 0, 0, 0, time.UTC)},
		{Rule: "record/review-overdue", Field: "reviewDate", Owner: "01ZD", Due: time.Date(2027, 1, 15, 23, 59, 59, 0, time.UTC)},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, w := range want {
		g := got[i]
		if g.Rule != w.Rule || g.Field != w.Field || g.Owner != w.Owner || !g.Due.Equal(w.Due) || g.Overdue != w.Overdue || g.Record != "V1" || g.Kind != record.KindVehicle {
			t.Errorf("%d: %+v", i, g)
		}
	}
	off := newEngine(t, Policy{Off: []string{"vehicle/stolen-weed-due"}})
	if got := off.Duties(s.Record, s.Changes, s.AsOf); len(got) != 1 {
		t.Errorf("a rule that is off gives duties: %+v", got)
	}
	if e.Duties(s.Record, s.Changes, time.Time{}) != nil {
		t.Error("duties without a day to count from")
	}
	m := load(t, record.KindMissing, `{"id":"M1","missingSince":"2026-10-01T20:00:00Z","ukmpuRef":"U1","photo":{"present":"yes"},"dnaAvailable":"no"}`)
	var long []time.Time
	for _, d := range e.Duties(m.Record, m.Changes, m.AsOf) {
		if d.Rule == "missing/long-term-review-overdue" {
			long = append(long, d.Due)
		}
	}
	if len(long) != 2 || !long[0].Equal(time.Date(2026, 10, 29, 20, 0, 0, 0, time.UTC)) || !long[1].Equal(time.Date(2027, 1, 1, 20, 0, 0, 0, time.UTC)) {
		t.Errorf("long-term reviews fall due %v", long)
	}
}
