package sample_test

import (
	"context"
	"testing"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// TestAmendments judges every pair by the rules for amendments: the rule named
// on a bad one fires, and no error-level finding is made on a good one.
func TestAmendments(t *testing.T) {
	engine, err := quality.New(quality.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	at := sample.DefaultAsOf()
	for _, k := range record.Kinds() {
		made, missed, wrong := map[string]int{}, map[string]int{}, map[string]int{}
		err := sample.GenerateAmendments(context.Background(), sample.Options{Kind: k, N: 1500, Seed: 3}, func(a sample.Amended) error {
			o := normalise.Options{AsOf: at}
			s := &quality.Subject{AsOf: at, Before: a.Before, Record: a.After}
			s.Amendment = a.After.Head().Amendments[len(a.After.Head().Amendments)-1]
			s.BeforeChanges = normalise.Record(a.Before, o)
			s.Changes = normalise.Record(a.After, o)
			hit := false
			for _, f := range engine.Check(quality.Amend, s).Findings {
				if f.Outcome != quality.Fail {
					continue
				}
				hit = hit || f.Rule == a.Rule
				if !a.Flag && f.Severity == quality.Error {
					wrong[a.Type+" "+f.Rule+" "+f.Field+": "+f.Message]++
				}
			}
			made[a.Type]++
			if a.Flag && !hit {
				missed[a.Type]++
			}
			if a.Flag != (a.Rule != "") {
				t.Errorf("%s: flag and rule disagree", a.Type)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, ty := range sample.AmendmentTypes() {
			if ty.Kinds[0] == k && made[ty.Name] == 0 {
				t.Errorf("%s: no amendment of type %s", k, ty.Name)
			}
		}
		for name, n := range missed {
			t.Errorf("%s: %d of %d %s amendments are not flagged by their rule", k, n, made[name], name)
		}
		for what, n := range wrong {
			t.Errorf("%s: good amendment flagged %d times: %s", k, n, what)
		}
		t.Log(k, made)
	}
}
