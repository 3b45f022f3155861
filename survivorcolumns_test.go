package ledsq_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leds.internal/ledsq"
	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

var boats = &dedupe.Schema{Name: "boats", ID: "ref", Source: "system", Changed: "updated", Comparisons: []dedupe.SchemaComparison{
	{Column: "hull", Type: "code"}, {Column: "day", Type: "date"}, {Column: "worth", Type: "number"}}}

func boat(source, changed string, cells ...string) *record.Person {
	p := &record.Person{}
	p.SourceSystem, p.ModifiedAt = source, record.Timestamp(changed)
	for i := 0; i < len(cells); i += 2 {
		p.Extra = append(p.Extra, record.Extra{Name: cells[i], Value: cells[i+1]})
	}
	return p
}

func TestSurviveColumns(t *testing.T) {
	records := []*record.Person{
		boat("MARINA", "2026-06-09", "ref", "1", "hull", "AB-1", "day", "2026", "worth", "£1,250.00", "remark", "x"),
		boat("HARBOUR", "2026-06-09T10:00:00Z", "ref", "2", "hull", "ab1", "day", "03/04/2026", "worth", "1250", "remark", "y"),
		boat("POLICE", "", "ref", "3", "hull", "AB-2", "day", "about Easter"),
	}
	s := ledsq.SurviveColumns(records, []int{0, 1, 2}, boats, normalise.Options{}, ledsq.SurvivorPolicy{})
	want := []ledsq.SurvivorField{
		{Field: "hull", Value: "ab1", From: 1, Source: "HARBOUR", Date: "2026-06-09T10:00:00Z", Why: "held by 2 records, the next by 1", Others: []string{"AB-2"}},
		{Field: "day", Value: "2026-04-03", From: 1, Source: "HARBOUR", Date: "2026-06-09T10:00:00Z", Why: "held by 2 records, the next by 1", Others: []string{"about Easter"}},
		{Field: "worth", Value: "1250", From: 1, Source: "HARBOUR", Date: "2026-06-09T10:00:00Z", Why: "the 2 records that say agree"},
		{Field: "remark", Value: "y", From: 1, Source: "HARBOUR", Date: "2026-06-09T10:00:00Z", Why: "from the record changed last: 2026-06-09T10:00:00Z", Others: []string{"x"}},
	}
	if d := cmp.Diff(want, s.Fields); d != "" {
		t.Error(d)
	}
	if s.Record != nil || len(s.Conflicts) != 2 || !slices.Equal(s.Conflicts[0].Values, []string{"ab1", "AB-2"}) || !slices.Equal(s.Conflicts[0].Records, []int{0, 1, 2}) || s.Conflicts[0].Held[0].Value != "AB-1" {
		t.Errorf("%+v", s)
	}
	policy := ledsq.SurvivorPolicy{Fields: map[string][]ledsq.Preference{"remark": {ledsq.MostComplete}}}
	if err := policy.ValidateColumns([]string{"hull", "remark"}); err != nil {
		t.Error(err)
	}
	if err := policy.ValidateColumns([]string{"hull"}); err == nil || !strings.Contains(err.Error(), `"remark"`) {
		t.Error(err)
	}
}

// Whatever the records hold, a value proposed is one that a record holds, nothing
// that any holds is lost from sight, and the order of the records means nothing.
func TestSurviveColumnsKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.SampledFrom([]string{"", "A1", "a-1", "B2", "2026", "2026-01-02", "2 Jan 2026", "7.0", "7"})
		var records []*record.Person
		for range rapid.IntRange(1, 5).Draw(t, "n") {
			r := boat(rapid.SampledFrom([]string{"", "P", "Q"}).Draw(t, "source"), rapid.SampledFrom([]string{"", "2026-01-01", "2026-01-02T00:00:00Z", "no time"}).Draw(t, "at"),
				"hull", cell.Draw(t, "hull"), "day", cell.Draw(t, "day"), "note", cell.Draw(t, "note"))
			r.ID = string(rune('a' + len(records)))
			records = append(records, r)
		}
		order := rapid.Permutation(numbers(len(records))).Draw(t, "order")
		s := ledsq.SurviveColumns(records, numbers(len(records)), boats, normalise.Options{}, ledsq.SurvivorPolicy{})
		again := ledsq.SurviveColumns(records, order, boats, normalise.Options{}, ledsq.SurvivorPolicy{})
		byName := func(a, b ledsq.SurvivorField) int { return strings.Compare(a.Field, b.Field) }
		slices.SortFunc(s.Fields, byName)
		slices.SortFunc(again.Fields, byName)
		if d := cmp.Diff(s.Fields, again.Fields); d != "" {
			t.Fatal(d)
		}
		for _, f := range s.Fields {
			shown := append([]string{f.Value}, f.Others...)
			for i, r := range records {
				for _, e := range r.Extra {
					if e.Name != f.Field || e.Value == "" {
						continue
					}
					_, canonical := boats.Canonical(f.Field, e.Value, normalise.Options{})
					if !slices.ContainsFunc(shown, func(v string) bool {
						_, c := boats.Canonical(f.Field, v, normalise.Options{})
						return strings.EqualFold(v, e.Value) || canonical != "" && (c == canonical || f.Field == "day" && strings.HasPrefix(c, canonical))
					}) {
						t.Fatalf("%s: %q of record %d is neither proposed nor among the others: %q", f.Field, e.Value, i, shown)
					}
				}
			}
		}
	})
}

func numbers(n int) (out []int) {
	for i := range n {
		out = append(out, i)
	}
	return out
}
