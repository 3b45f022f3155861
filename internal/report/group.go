package report

import (
	"cmp"
	"slices"

	"leds.internal/ledsq/quality"
)

// GroupTotal is what was found of the records that share a force or a source.
type GroupTotal struct {
	Name     string  `json:"name"` // "" of records that say none
	Records  int     `json:"records"`
	Score    float64 `json:"score"`    // mean
	Errors   int     `json:"errors"`   // records with at least one
	Warnings int     `json:"warnings"` // records with at least one
}

// FieldTotal is how many records have a fault in a field.
type FieldTotal struct {
	Field    string `json:"field"`
	Records  int    `json:"records"` // with at least one failed rule
	Errors   int    `json:"errors"`  // findings
	Warnings int    `json:"warnings"`
	Infos    int    `json:"infos"`
}

// maxGroups is how many forces, sources or fields are told apart. A file that
// names more is broken or hostile: the rest are counted as one.
const maxGroups = 1000

// Rest is the name under which what exceeds maxGroups is counted.
const Rest = "(all others)"

// groups adds up records by what they share.
type groups map[string]*GroupTotal

func (g groups) add(name string, score float64, worst [4]bool) {
	t := g[name]
	if t == nil {
		if len(g) >= maxGroups {
			name = Rest
		}
		if t = g[name]; t == nil {
			t = &GroupTotal{Name: name}
			g[name] = t
		}
	}
	t.Records++
	t.Score += score
	if worst[Rank(quality.Error)] {
		t.Errors++
	}
	if worst[Rank(quality.Warning)] {
		t.Warnings++
	}
}

// list gives the groups, the largest first; nothing when no record names one.
func (g groups) list() (out []GroupTotal) {
	if len(g) == 0 || len(g) == 1 && g[""] != nil {
		return nil
	}
	for _, t := range g {
		one := *t
		one.Score = round(one.Score / float64(one.Records))
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b GroupTotal) int {
		return cmp.Or(b.Records-a.Records, cmp.Compare(a.Name, b.Name))
	})
	return out
}

// fields adds up findings by field.
type fields struct {
	totals map[string]*FieldTotal
	last   map[string]int // the record a field was last counted for
}

func (f *fields) add(record int, found *quality.Finding) {
	if found.Outcome != quality.Fail || found.Field == "" {
		return
	}
	name := found.Field
	t := f.totals[name]
	if t == nil {
		if len(f.totals) >= maxGroups {
			name = Rest
		}
		if t = f.totals[name]; t == nil {
			t = &FieldTotal{Field: name}
			f.totals[name] = t
		}
	}
	switch found.Severity {
	case quality.Error:
		t.Errors++
	case quality.Warning:
		t.Warnings++
	default:
		t.Infos++
	}
	if f.last[name] != record {
		f.last[name] = record
		t.Records++
	}
}

// list gives the fields, those with faults in most records first.
func (f *fields) list() (out []FieldTotal) {
	for _, t := range f.totals {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b FieldTotal) int {
		return cmp.Or(b.Records-a.Records, b.Errors-a.Errors, cmp.Compare(a.Field, b.Field))
	})
	return out
}
