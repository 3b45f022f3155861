package dedupe

import (
	"fmt"
	"testing"

	"leds.internal/ledsq/normalise"
)

// TestBlockingRecall plants pairs that each of two independent keys brings together
// with a known chance, and compares what is estimated with what is planted.
func TestBlockingRecall(t *testing.T) {
	s := &Schema{Name: "x", Comparisons: []SchemaComparison{{Column: "a", Type: "code"}, {Column: "b", Type: "code"}, {Column: "c", Type: "code"}, {Column: "d", Type: "code"}},
		Blocking: []SchemaKey{{"a"}, {"b"}}}
	f, err := NewSchemaFinder(s, Config{})
	if err != nil {
		t.Fatal(err)
	}
	f.limits.allPairs = 10
	const n = 800
	missed := 0
	for i := range 2 * n {
		e := uint64(i / 2)
		values := make([]string, 4)
		for k := range values {
			values[k] = fmt.Sprintf("%c%09d", 'A'+k, mix(e+1, uint64(k)+11)%1_000_000_000)
		}
		if i%2 == 1 { // one in four has another a, and one in five another b
			badA, badB := mix(e, 5)%4 == 0, mix(e, 6)%5 == 0
			if badA {
				values[0] = fmt.Sprintf("Z%09d", mix(e, 7)%1_000_000_000)
			}
			if badB {
				values[1] = fmt.Sprintf("Z%09d", mix(e, 8)%1_000_000_000)
			}
			if badA && badB {
				missed++
			}
		}
		if err := f.AddRow(f.PrepareValues(fmt.Sprint(i), values, normalise.Options{})); err != nil {
			t.Fatal(err)
		}
	}
	res, err := f.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b, truth := res.Model.Blocking, 1-float64(missed)/n
	if b == nil {
		t.Fatal("nothing is said of blocking")
	}
	t.Logf("recall %.3f (%.3f–%.3f), by the truth %.3f", b.Recall, b.Low, b.High, truth)
	if truth < b.Low || truth > b.High || b.High-b.Low > 0.06 || b.Found != n-missed {
		t.Errorf("%+v; by the truth %.4f", b, truth)
	}
}
