package ledsq_test

import (
	"context"
	"math"
	"testing"

	"leds.internal/ledsq"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// TestSmallChange: one value of a record left out or damaged moves its score by
// little, whichever value it is. The bounds are what docs/scoring.md states.
func TestSmallChange(t *testing.T) {
	e, ctx := samplesEngine(t), context.Background()
	most := map[record.Kind]float64{record.KindPerson: 0.15, record.KindVehicle: 0.20, record.KindMissing: 0.15}
	for _, k := range record.Kinds() {
		top, where, sum, n := 0.0, "", 0.0, 0
		err := sample.Generate(ctx, sample.Options{Kind: k, N: 15, Seed: 11, Duplicates: -1}, func(it sample.Item) error {
			score := func(r record.Record) float64 {
				made, err := ledsq.Judge(ctx, e, quality.Validate, r)
				if err != nil {
					t.Fatal(err)
				}
				return made.Score.Overall
			}
			was := score(it.Record)
			for _, c := range record.Columns(k, []record.Record{it.Record}) {
				for _, text := range []string{"", "§" + c.Get(it.Record)} {
					r := record.Clone(it.Record)
					c.Set(r, text)
					record.Compact(r)
					d := math.Abs(score(r) - was)
					sum += d
					n++
					if d > top {
						top, where = d, c.Name()+" "+text[:min(len(text), 2)]
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: at most %.3f (%s), on average %.4f over %d changes", k, top, where, sum/float64(n), n)
		if top > most[k] || n < 100 {
			t.Errorf("%s: a change of %s moves the score by %.3f, more than %.2f", k, where, top, most[k])
		}
	}
}
