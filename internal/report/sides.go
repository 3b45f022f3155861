package report

import (
	"slices"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// side is one row where records stand side by side: a field, or a column of the
// source that maps to none.
type side struct {
	label string
	value func(record.Record) string
	same  func(value string) string // values with the same of it agree
	mask  func(value string) string
}

// sidesOf gives the rows in which any of the records holds something: what tells
// entities apart first, from the row at about on what is about the record itself,
// who made it and when. Of records of a schema the columns that are compared come
// first, and values agree that are compared as the same, read as o says. Records
// that are not known are nil.
func sidesOf(records []record.Record, s *dedupe.Schema, o normalise.Options) (rows []side, about int) {
	records = slices.DeleteFunc(slices.Clone(records), func(r record.Record) bool { return r == nil })
	if len(records) == 0 {
		return nil, 0
	}
	if s == nil {
		var columns []record.Column
		columns, about = identifyingFirst(records)
		for _, c := range columns {
			if name := c.Name(); name != "id" && !strings.HasPrefix(c.Field.Path, "extra[") {
				rows = append(rows, side{fieldLabel(name), c.Get, func(v string) string { return v }, c.Field.Mask})
			}
		}
		return append(rows, extraSides(records, nil, o)...), about
	}
	rows = extraSides(records, s, o)
	return rows, len(rows)
}

// extraSides gives the rows of columns that map to no field.
func extraSides(records []record.Record, s *dedupe.Schema, o normalise.Options) (rows []side) {
	var names []string
	if s != nil {
		names = s.Columns()
	}
	held := map[string]bool{}
	for _, r := range records {
		for _, e := range r.Head().Extra {
			if names = append(names, e.Name); strings.TrimSpace(e.Value) != "" {
				held[e.Name] = true
			}
		}
	}
	for i, name := range names {
		if !held[name] || slices.Contains(names[:i], name) || s != nil && s.ID != "" && name == s.ID {
			continue
		}
		rows = append(rows, side{label: name, mask: func(string) string { return "***" }, value: func(r record.Record) string { return r.Head().ExtraValue(name) }, same: func(v string) string {
			if s != nil {
				if _, canonical := s.Canonical(name, v, o); canonical != "" {
					return canonical
				}
			}
			return normalise.Fold(v)
		}})
	}
	return rows
}

// classes numbers from 1, in the order in which they are met, the values of the
// records that agree; 0 is of a record that holds nothing.
func (s *side) classes(records []record.Record) []int {
	out, of := make([]int, len(records)), map[string]int{}
	for i, r := range records {
		if r == nil {
			continue
		}
		if v := s.value(r); v != "" {
			same := s.same(v)
			if of[same] == 0 {
				of[same] = len(of) + 1
			}
			out[i] = of[same]
		}
	}
	return out
}

// shown is a value as a page or a text may show it.
func (s *side) shown(value string, revealed bool) string {
	if revealed || value == "" {
		return value
	}
	return s.mask(value)
}

// identifyingFirst gives the columns of the records, those that every kind of
// record has, about the record itself, after all others; about is the first of them.
func identifyingFirst(records []record.Record) (columns []record.Column, about int) {
	kind, other := records[0].Kind(), record.KindVehicle
	if kind == other {
		other = record.KindPerson
	}
	envelope := map[string]bool{}
	for _, f := range record.Fields(other) {
		envelope[f.Name] = true
	}
	var later []record.Column
	for _, c := range record.Columns(kind, records) {
		if envelope[c.Field.Name] {
			later = append(later, c)
		} else {
			columns = append(columns, c)
		}
	}
	return append(columns, later...), len(columns)
}

// Beside is a field of two records side by side.
type Beside struct {
	Field string `json:"field"`
	A     string `json:"a"`
	B     string `json:"b"`
	Same  bool   `json:"same"` // both say it, and the same
}

// SetBeside adds what the two records hold, masked unless revealed. Of records of
// a schema o says how their columns were read.
func (w *Waterfall) SetBeside(a, b record.Record, s *dedupe.Schema, o normalise.Options, revealed bool) {
	w.Revealed = revealed
	both := []record.Record{a, b}
	rows, _ := sidesOf(both, s, o)
	for _, row := range rows {
		c := row.classes(both)
		w.Beside = append(w.Beside, Beside{row.label, row.shown(row.value(a), revealed), row.shown(row.value(b), revealed), c[0] != 0 && c[0] == c[1]})
	}
}

// Says says how the two values stand to each other.
func (b *Beside) Says() string {
	switch {
	case b.Same:
		return "same"
	case b.A == "" || b.B == "":
		return "one only"
	}
	return "not the same"
}

// FieldValues are the values that the records of a cluster have in a field.
type FieldValues struct {
	Field   string   `json:"field"`
	Values  []HeldBy `json:"values"`
	Without []string `json:"without,omitempty"` // records that hold nothing there
}

// HeldBy is a value with the records that hold it.
type HeldBy struct {
	Value   string   `json:"value"`
	Records []string `json:"records"`
}

// SetValues adds what the records of the cluster hold, in the order of their ids,
// masked unless revealed: values that are the same once, those of most records
// first. A record that was not found is nil. Of records of a schema o says how
// their columns were read.
func (c *ClusterWaterfall) SetValues(records []record.Record, s *dedupe.Schema, o normalise.Options, revealed bool) {
	c.Revealed = revealed
	rows, _ := sidesOf(records, s, o)
	for _, row := range rows {
		f := FieldValues{Field: row.label}
		for i, class := range row.classes(records) {
			switch {
			case records[i] == nil:
				continue
			case class == 0:
				f.Without = append(f.Without, c.Records[i])
				continue
			case class > len(f.Values):
				f.Values = append(f.Values, HeldBy{Value: row.shown(row.value(records[i]), revealed)})
			}
			f.Values[class-1].Records = append(f.Values[class-1].Records, c.Records[i])
		}
		slices.SortStableFunc(f.Values, func(x, y HeldBy) int { return len(y.Records) - len(x.Records) })
		c.Values = append(c.Values, f)
	}
}
