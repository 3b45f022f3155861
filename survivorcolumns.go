package ledsq

import (
	"slices"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// ValidateColumns is Validate for records of a schema (see SurviveColumns), whose
// single fields are these columns.
func (p SurvivorPolicy) ValidateColumns(columns []string) error {
	return p.validate(func(name string) bool { return slices.Contains(columns, name) })
}

// SurviveColumns is Survive for records of a schema, whose columns stand in Extra.
// A value is proposed for each column but those of ids, sources and changes: of
// those compared first, in the order of the schema, then of the others as they are
// met. Values that the schema compares as the same are one value, written as the
// record writes it that it is taken from; a date is written as in ISO 8601. Columns
// are single fields: a value in one may be from another record than the value
// beside it. Values that differ in a compared column are a conflict.
//
// SourceSystem of a record says where it is from, ModifiedAt when it was changed.
func SurviveColumns[R record.Record](records []R, members []int, s *dedupe.Schema, o normalise.Options, p SurvivorPolicy) *Survivor {
	var units []*unit
	for _, c := range s.Columns() {
		if !slices.ContainsFunc(units, func(u *unit) bool { return u.name == c }) {
			units = append(units, &unit{name: c})
		}
	}
	compared := len(units)
	for _, i := range members {
		for _, e := range records[i].Head().Extra {
			text := strings.TrimSpace(e.Value)
			if text == "" || slices.Contains([]string{s.ID, s.Source, s.Changed}, e.Name) && e.Name != "" {
				continue
			}
			k := slices.IndexFunc(units, func(u *unit) bool { return u.name == e.Name })
			if k < 0 {
				k = len(units)
				units = append(units, &unit{name: e.Name})
			}
			kind, key := s.Canonical(e.Name, text, o)
			if kind == "date" && key != "" {
				units[k].kind, text = record.TypeDate, key
			}
			if key == "" {
				key = normalise.Fold(text)
			}
			units[k].put(i, key, []leafText{{e.Name, text}})
		}
	}
	out := &Survivor{}
	for n, u := range units {
		if len(u.candidates) == 0 {
			continue
		}
		u.choose(headers(records), &p)
		c := &u.candidates[0]
		f := SurvivorField{Field: u.name, Value: c.leaves[0].text, From: c.from, Source: records[c.from].Head().SourceSystem, Date: c.date, Why: c.why, Others: u.others()}
		out.Fields = append(out.Fields, f)
		if n >= compared || len(f.Others) == 0 {
			continue
		}
		x := Conflict{Field: u.name, Values: append([]string{f.Value}, f.Others...), Proposed: f.Value, Why: f.Why}
		for _, i := range members {
			head := records[i].Head()
			if text := head.ExtraValue(u.name); text != "" {
				x.Records = append(x.Records, i)
				x.Held = append(x.Held, Held{Value: text, Source: head.SourceSystem, At: changed(head)})
			}
		}
		out.Conflicts = append(out.Conflicts, x)
	}
	return out
}
