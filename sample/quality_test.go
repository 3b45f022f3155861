package sample_test

import (
	"context"
	"testing"
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// TestCleanIsClean judges the clean profile by the rules for new records: at
// most one record in 200 may have a finding of severity error.
func TestCleanIsClean(t *testing.T) {
	const n = 2000
	engine, err := quality.New(quality.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []time.Time{sample.DefaultAsOf(), time.Date(2016, 5, 31, 8, 0, 0, 0, time.UTC), time.Date(2040, 2, 29, 23, 0, 0, 0, time.UTC)} {
		judgeClean(t, engine, at, n)
	}
}

func judgeClean(t *testing.T, engine *quality.Engine, at time.Time, n int) {
	for _, k := range record.Kinds() {
		bad, count := 0, map[string]int{}
		example := map[string]string{}
		err := sample.Generate(context.Background(), sample.Options{Kind: k, N: n, Seed: 5, AsOf: at, Profile: profile(t, "clean")}, func(it sample.Item) error {
			changes := normalise.Record(it.Record, normalise.Options{AsOf: at})
			rep := engine.Check(quality.Create, &quality.Subject{Record: it.Record, Changes: changes, AsOf: at})
			any := false
			for _, f := range rep.Findings {
				if f.Outcome != quality.Fail {
					continue
				}
				key := string(f.Severity) + " " + f.Rule + " " + f.Field + ": " + f.Message
				count[key]++
				example[key] = it.Record.Head().ID
				any = any || f.Severity == quality.Error
			}
			if any {
				bad++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s as of %s: %d of %d records with an error", k, at.Format(time.DateOnly), bad, n)
		for key, c := range count {
			t.Logf("  %5d %s (%s)", c, key, example[key])
		}
		if bad*200 > n {
			t.Errorf("%s: %d of %d clean records have an error-level finding", k, bad, n)
		}
	}
}
