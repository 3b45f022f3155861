package ledsq

import (
	"fmt"
	"slices"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// Here stand the rules about sets of records, which the rule engine can't judge
// one by one. Their titles, reasons and severities are in its catalogue.

// judgeSet adds the findings of the rules about sets to the records concerned.
func (v *validation[R]) judgeSet() {
	set := &setFindings{e: v.e, by: make([][]quality.Finding, len(v.records))}
	v.sameKeys(set)
	v.clones(set)
	v.duplicates(set)
	v.people(set)
	for _, c := range v.found.Conflicts {
		for _, i := range c.Records {
			set.tell(i, "set/source-conflict", "", c.Field,
				fmt.Sprintf("%d records that seem to be one hold %d different values", len(c.Records), len(c.Values)),
				"Find out which value is right and amend the others; the one proposed is only the best supported.")
		}
	}
	v.lags(set)
	judged := setRules[v.found.Kind]
	for i, findings := range set.by {
		v.e.rules.Add(&v.found.Records[i].Report, judged, findings...)
	}
	v.envelopes()
	v.sourceRules()
}

// setRules are the rules about sets that every record of a kind answers for.
var setRules = map[record.Kind][]string{
	record.KindPerson:  {"set/duplicate-exact", "set/duplicate-probable", "set/source-conflict", "set/source-lag"},
	record.KindVehicle: {"set/duplicate-exact", "set/duplicate-probable", "set/source-conflict", "set/source-lag", "vehicle/duplicate-mark"},
	record.KindMissing: {"set/duplicate-exact", "set/duplicate-probable", "set/source-conflict", "set/source-lag", "missing/episode-overlap"},
}

// setFindings gathers findings by record.
type setFindings struct {
	e  *Engine
	by [][]quality.Finding
}

func (s *setFindings) tell(i int, rule string, severity quality.Severity, field, message, fix string) {
	if f, on := s.e.rules.Finding(rule, severity, field, message, fix); on {
		s.by[i] = append(s.by[i], f)
	}
}

// strongKeys are the fields that one source should hold once, by kind.
var strongKeys = map[record.Kind][]string{
	record.KindPerson:  {"pncId", "cro"},
	record.KindVehicle: {"vin", "vrm"},
	record.KindMissing: {"episodeRef"},
}

// sameKeys finds records of one source that share a strong key.
func (v *validation[R]) sameKeys(set *setFindings) {
	for _, name := range strongKeys[v.found.Kind] {
		col, _ := record.FindColumn(v.found.Kind, name)
		holders := map[[2]string][]int{}
		for i, r := range v.records {
			if value := col.Get(r); value != "" {
				key := [2]string{v.found.Records[i].Source, value}
				holders[key] = append(holders[key], i)
			}
		}
		for _, same := range holders {
			if len(same) < 2 || name == "vrm" && v.differ(same, "vin") {
				continue // one mark with two VINs is a clone or a slip, not one vehicle twice
			}
			for _, i := range same {
				set.tell(i, "set/duplicate-exact", "", name, fmt.Sprintf("%d records of this source hold the same %s: %s", len(same), name, v.others(same, i)),
					"Link the records, or merge them in the source system once a person has compared them.")
			}
		}
	}
}

// clones finds vehicles that share a mark but not the VIN, or the VIN but not
// the mark (a mark it bore before does not count).
func (v *validation[R]) clones(set *setFindings) {
	if v.found.Kind != record.KindVehicle {
		return
	}
	for _, pair := range [][2]string{{"vrm", "vin"}, {"vin", "vrm"}} {
		col, _ := record.FindColumn(v.found.Kind, pair[0])
		holders := map[string][]int{}
		for i, r := range v.records {
			if value := col.Get(r); value != "" {
				holders[value] = append(holders[value], i)
			}
		}
		for _, same := range holders {
			if len(same) < 2 || !v.differ(same, pair[1]) {
				continue
			}
			for _, i := range same {
				set.tell(i, "vehicle/duplicate-mark", "", pair[1], fmt.Sprintf("%d records hold the same %s with different values here: %s", len(same), pair[0], v.others(same, i)),
					"See the vehicle: one of the records is mistaken, or a plate is cloned. Treat them as two vehicles until it is settled.")
			}
		}
	}
}

// differ says whether records hold at least two values of a field. For a mark,
// one that another of them bore before does not count, unless the record was
// made after the vehicle had given that mark up: then somebody saw it on the road.
func (v *validation[R]) differ(records []int, name string) bool {
	col, _ := record.FindColumn(v.found.Kind, name)
	earlier := map[string]record.Date{} // until when; "" when that is not known
	if name == "vrm" {
		for _, i := range records {
			if r, ok := any(v.records[i]).(*record.Vehicle); ok {
				for _, p := range r.PreviousVRMs {
					until, twice := earlier[string(p.VRM)]
					if !twice || p.To == "" || until != "" && p.To > until {
						earlier[string(p.VRM)] = p.To
					}
				}
			}
		}
	}
	first := ""
	for _, i := range records {
		value := col.Get(v.records[i])
		until, was := earlier[value]
		switch {
		case value == "" || was && !madeAfter(v.records[i], until):
		case first == "":
			first = value
		case value != first:
			return true
		}
	}
	return false
}

// madeAfter says whether a record was certainly made after a day.
func madeAfter(r record.Record, d record.Date) bool {
	made, ok1 := r.Head().CreatedAt.Time()
	_, last, ok2 := d.Interval()
	return ok1 && ok2 && record.DayAt(made) > last
}

// others names the other records of a group, the first few.
func (v *validation[R]) others(group []int, than int) string {
	const most = 3
	var ids []string
	for _, i := range group {
		if i != than {
			ids = append(ids, v.found.Records[i].ID)
		}
	}
	slices.Sort(ids) // the order of the rows must not show
	if len(ids) > most {
		return fmt.Sprintf("%v and %d more", ids[:most], len(ids)-most)
	}
	return fmt.Sprint(ids)
}

// duplicates tells of the pairs that matching found.
func (v *validation[R]) duplicates(set *setFindings) {
	for _, d := range v.found.Duplicates {
		for _, side := range [][2]int{{d.A, d.B}, {d.B, d.A}} {
			i, other := side[0], v.found.Records[side[1]].ID
			switch {
			case d.Decision == dedupe.Match:
				set.tell(i, "set/duplicate-probable", "", "", fmt.Sprintf("probably the same as record %s (%.1f bits): %s", other, d.Weight, d.Reason),
					"Compare the two; if they are the same, link or merge them in the source system.")
				if overlap(v.records[d.A], v.records[d.B]) {
					set.tell(i, "missing/episode-overlap", "", "missingSince", "runs at the same time as record "+other+", probably of the same person",
						"Join the two enquiries: tell the other force today.")
				}
				v.metElsewhere(set, i, side[1])
			case d.Twins:
				set.tell(i, "set/possible-twin", "", "givenName", "same surname, date of birth and home as record "+other+", but another given name",
					"Do not merge them: find out whether they are twins.")
			default:
				set.tell(i, "set/duplicate-probable", quality.Info, "", fmt.Sprintf("may be the same as record %s (%.1f bits): %s", other, d.Weight, d.Reason),
					"Ask for clerical review; do not merge on this evidence alone.")
			}
		}
	}
}

// overlap says whether two records are episodes that run at the same time.
func overlap[R record.Record](a, b R) bool {
	x, ok1 := any(a).(*record.MissingPerson)
	y, ok2 := any(b).(*record.MissingPerson)
	if !ok1 || !ok2 {
		return false
	}
	return !endsBefore(x, y) && !endsBefore(y, x)
}

// endsBefore says whether episode x is over when y begins.
func endsBefore(x, y *record.MissingPerson) bool {
	end, ok1 := x.FoundAt.Time()
	start, ok2 := y.MissingSince.Time()
	return ok1 && ok2 && !end.After(start)
}

// envelopes says of each source what would be noise on each of its records: that
// none says who made it, when and why.
func (v *validation[R]) envelopes() {
	at := map[string]int{}
	told := map[string]bool{}
	f := v.found
	for i, r := range v.records {
		name := f.Records[i].Source
		k, seen := at[name]
		if !seen {
			k = len(f.Sources)
			at[name] = k
			f.Sources = append(f.Sources, SourceReport{Name: name})
		}
		f.Sources[k].Records++
		h := r.Head()
		if len(h.Purposes) > 0 || h.OwnerCode != "" || h.CreatedAt != "" || h.CreatedBy != "" {
			told[name] = true
		}
	}
	for i := range f.Sources {
		s := &f.Sources[i]
		if told[s.Name] {
			continue
		}
		if finding, on := v.e.rules.Finding("set/envelope-absent", "", "", "no record says who made it, when and for what purpose",
			"Ask the source system for these fields; until then its records can't be judged on them."); on {
			s.Findings = append(s.Findings, finding)
		}
	}
	slices.SortFunc(f.Sources, func(a, b SourceReport) int { return at[a.Name] - at[b.Name] })
}
