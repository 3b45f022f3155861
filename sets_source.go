package ledsq

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// Here stand the rules about a source as a whole. Their findings stand in
// SourceReport and are of no single record.

// Rate is a share of a source's records, beside the target it is held to.
type Rate struct {
	Source  string  `json:"source"`
	Name    string  `json:"name"`    // of the target: the parameter of set/rate-below-target
	Meaning string  `json:"meaning"` // what it is the share of
	Of      int     `json:"of"`      // what was counted: records, arrests, results
	Reached float64 `json:"reached"` // in [0,1]
	Target  float64 `json:"target"`  // in [0,1]
	Below   bool    `json:"below"`   // of enough, and short of the target
}

// minimum is the rule by which a record of a kind is complete at the least.
var minimum = map[record.Kind]string{record.KindPerson: "person/four-plus-one", record.KindVehicle: "vehicle/minimum-description", record.KindMissing: "missing/person-minimum"}

// share counts what reached a target.
type share struct{ reached, of int }

func (s *share) count(reached bool) {
	s.of++
	if reached {
		s.reached++
	}
}

// sourceRules judges each source as a whole.
func (v *validation[R]) sourceRules() {
	f := v.found
	by := make([][]int, len(f.Sources))
	at := map[string]int{}
	for i, s := range f.Sources {
		at[s.Name] = i
	}
	for i := range f.Records {
		k := at[f.Records[i].Source]
		by[k] = append(by[k], i)
	}
	for k := range f.Sources {
		s := &f.Sources[k]
		s.Rates = v.rates(s.Name, by[k])
		for _, r := range s.Rates {
			if r.Below {
				v.tellSource(s, "set/rate-below-target", "", fmt.Sprintf("%.1f%% of %d where %.0f%% is the target: %s", 100*r.Reached, r.Of, 100*r.Target, r.Meaning),
					"Find out where they are held up or left out; the records concerned have findings of their own.")
			}
		}
		v.spikes(s, by[k])
	}
}

func (v *validation[R]) tellSource(s *SourceReport, rule, field, message, fix string) {
	if f, on := v.e.rules.Finding(rule, "", field, message, fix); on {
		s.Findings = append(s.Findings, f)
	}
}

// rates holds a source to the targets of set/rate-below-target, in the order of
// the parameters; what there is none of is left out.
func (v *validation[R]) rates(source string, records []int) (out []Rate) {
	const rule = "set/rate-below-target"
	shares := map[string]*share{"arrests-day": {}, "arrests-three-days": {}, "results-week": {}, "minimum": {}}
	complete := minimum[v.found.Kind]
	for _, i := range records {
		if v.e.rules.Runs(complete) {
			shares["minimum"].count(!slices.ContainsFunc(v.found.Records[i].Findings, func(f quality.Finding) bool { return f.Rule == complete && f.Outcome == quality.Fail }))
		}
		p, ok := any(v.records[i]).(*record.Person)
		if !ok {
			continue
		}
		for j := range p.Processes {
			q := &p.Processes[j]
			if took, ok := between(q.ArrestAt, p.CreatedAt); ok {
				shares["arrests-day"].count(took <= 24*time.Hour)
				shares["arrests-three-days"].count(took <= 72*time.Hour)
			}
			if took, ok := between(q.ResultReceivedAt, q.ResultEnteredAt); ok {
				shares["results-week"].count(took <= 7*24*time.Hour)
			}
		}
	}
	least, _ := v.e.rules.Param(rule, "least")
	r, on := v.e.rules.Rule(rule)
	if !on {
		return nil
	}
	for _, p := range r.Params {
		s := shares[p.Name]
		if s == nil || s.of == 0 {
			continue
		}
		target, _ := v.e.rules.Param(rule, p.Name)
		x := Rate{Source: source, Name: p.Name, Meaning: p.Meaning, Of: s.of, Reached: float64(s.reached) / float64(s.of), Target: target / 100}
		x.Below = float64(s.of) >= least && x.Reached < x.Target
		out = append(out, x)
	}
	return out
}

// between gives the time from one moment to another, where both are known and in order.
func between(from, to record.Timestamp) (time.Duration, bool) {
	a, ok1 := from.Time()
	b, ok2 := to.Time()
	return b.Sub(a), ok1 && ok2 && !b.Before(a)
}

// spiked are the fields of which many records of a source should not hold one value.
var spiked = map[record.Kind][]string{
	record.KindPerson:  {"dateOfBirth", "addressLine", "postcode", "phone", "mobile", "email", "nino", "nhsNumber"},
	record.KindVehicle: {"vrm", "vin", "engineNumber"},
	record.KindMissing: {"dateOfBirth", "addressLine", "postcode", "phone", "mobile", "missingSince"},
}

// spikes finds values that stand in a source far more often than chance or life
// would have it: a default of a form, a filler, a feed gone wrong. Which value it
// is the finding does not say, as it may be somebody's own.
func (v *validation[R]) spikes(s *SourceReport, records []int) {
	const rule = "set/placeholder-spike"
	param := func(name string) float64 { x, _ := v.e.rules.Param(rule, name); return x }
	if !v.e.rules.Runs(rule) {
		return
	}
	most, least := param("share")/100, param("least")
	spike := func(n, of int) bool { return float64(n) >= least && float64(n) > most*float64(of) }
	for _, name := range spiked[v.found.Kind] {
		col, ok := record.FindColumn(v.found.Kind, name)
		if !ok {
			continue
		}
		counts, of, top := map[string]int{}, 0, 0
		for _, i := range records {
			if value := col.Get(v.records[i]); value != "" {
				of++
				counts[value]++
				top = max(top, counts[value])
			}
		}
		if spike(top, of) {
			v.tellSource(s, rule, name, fmt.Sprintf("one value stands in %d of %d records that have one (%.1f%%)", top, of, 100*float64(top)/float64(of)),
				"Look at the records that hold it: a form or feed may fill it in by itself.")
		}
		if name == "dateOfBirth" {
			v.birthdays(s, counts, param("times"), least)
		}
	}
	fillers := map[string]int{}
	for _, i := range records {
		last := ""
		for _, f := range v.found.Records[i].Findings {
			if f.Rule == "record/placeholder-value" && f.Field != "" && f.Field != last {
				fillers[f.Field]++
				last = f.Field
			}
		}
	}
	for _, field := range slices.Sorted(maps.Keys(fillers)) {
		if n := fillers[field]; spike(n, len(records)) {
			v.tellSource(s, rule, field, fmt.Sprintf("a filler such as UNKNOWN stands for the value in %d of %d records (%.1f%%)", n, len(records), 100*float64(n)/float64(len(records))),
				"Let the source leave the field blank where it is not known.")
		}
	}
}

// birthdays finds a day of the year on which many times more people of a source
// were born than on its other days: most often 1 January, for want of the date.
func (v *validation[R]) birthdays(s *SourceReport, born map[string]int, times, least float64) {
	days, all := map[string]int{}, 0
	for date, n := range born {
		if record.Date(date).Exact() && len(date) == len("1980-06-15") {
			days[date[5:]] += n
			all += n
		}
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		n := days[day]
		if mean := float64(all-n) / 365; float64(n) >= least && float64(n) > times*mean {
			at, err := time.Parse("01-02", day)
			if err != nil {
				continue // 29 February
			}
			v.tellSource(s, "set/placeholder-spike", "dateOfBirth", fmt.Sprintf("%d of %d people were born on %s, where chance would have %.0f", n, all, at.Format("2 January"), float64(all)/365),
				"Ask the source what it enters where the date of birth is not known; take the day for not known.")
		}
	}
}

// lags finds records of one entity whose source did not take over what another
// source has changed since.
func (v *validation[R]) lags(set *setFindings) {
	const rule = "set/source-lag"
	hours, _ := v.e.rules.Param(rule, "lag")
	lag := time.Duration(hours * float64(time.Hour))
	type pair struct{ late, early int }
	fields := map[pair][]string{}
	var order []pair
	for _, c := range v.found.Conflicts {
		for _, early := range c.Records {
			for _, late := range c.Records {
				if c.value(early) == c.value(late) || v.found.Records[early].Source == v.found.Records[late].Source {
					continue
				}
				changed, ok1 := v.records[late].Head().ModifiedAt.Time()
				touched, ok2 := lastTouched(v.records[early].Head())
				if !ok1 || !ok2 || !touched.Before(changed) || v.e.cfg.AsOf.Sub(changed) <= lag {
					continue
				}
				p := pair{late, early}
				if fields[p] == nil {
					order = append(order, p)
				}
				fields[p] = append(fields[p], c.Field)
			}
		}
	}
	for _, p := range order {
		set.tell(p.early, rule, "", "", fmt.Sprintf("source %s changed its record %s after this one was last touched, and they now differ in %s",
			v.found.Records[p.late].Source, v.found.Records[p.late].ID, strings.Join(fields[p], ", ")),
			"Compare the two, and take over what is right; find out why the change did not come through.")
	}
}

// lastTouched is when a record was last changed, or else made.
func lastTouched(h *record.Envelope) (time.Time, bool) {
	if at, ok := h.ModifiedAt.Time(); ok {
		return at, true
	}
	return h.CreatedAt.Time()
}
