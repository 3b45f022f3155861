package evaluate_test

import (
	"context"
	"testing"

	"leds.internal/ledsq/dedupe/evaluate"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// TestOriginOnSamples measures the proxy by generated people, whose recorded
// ethnicity goes with the tradition their name was drawn from. The generator's
// lists of names were not made for it. What it says must mostly be right; what it
// does not say is another matter, and docs/evaluation.md gives both.
func TestOriginOnSamples(t *testing.T) {
	// Groups a code of ethnicity (18+1) may go with.
	fits := map[string][]string{
		"South Asian Muslim": {"A2", "A3"}, "Sikh": {"A1"}, "South Asian Hindu": {"A1"}, "Arabic": {"O2", "B2", "A2", "A3"}, "Horn of Africa": {"B2"},
		"West African": {"B2"}, "Chinese": {"A4", "A9"}, "Vietnamese": {"A9", "A4"}, "Slavic": {"W9"}, "Romanian": {"W9"}, "Baltic": {"W9"}, "Iberian": {"W9"}, "Albanian": {"W9"},
		"Gaelic": {"W1", "W2"}, "no sign": {"W1", "W2", "B1"},
	}
	said, right := map[string]int{}, map[string]int{}
	of, found := map[string]int{}, map[string]int{}
	o := sample.Options{Kind: record.KindPerson, N: 6000, Seed: 11, Duplicates: -1}
	err := sample.Generate(context.Background(), o, func(it sample.Item) error {
		p := it.Record.(*record.Person)
		normalise.Record(p, normalise.Options{AsOf: sample.DefaultAsOf()})
		code := p.EthnicitySelfDefined.Value
		if code == "" || code == "NS" {
			return nil
		}
		g := evaluate.Origin(p.PrimaryName())
		said[g]++
		of[code]++
		if g != "no sign" {
			found[code]++
		}
		for _, c := range fits[g] {
			if c == code {
				right[g]++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all, good := 0, 0
	for g, n := range said {
		t.Logf("said %-20s %5d, fits %.2f", g, n, float64(right[g])/float64(n))
		if g != "no sign" {
			all += n
			good += right[g]
		}
	}
	for c, n := range of {
		t.Logf("of %-3s %5d a sign in %.2f", c, n, float64(found[c])/float64(n))
	}
	if all < 300 || float64(good) < 0.85*float64(all) {
		t.Errorf("%d of %d signs fit", good, all)
	}
	for _, c := range []string{"A1", "A2", "A3", "A4"} {
		if float64(found[c]) < 0.5*float64(of[c]) {
			t.Errorf("of %s only %d of %d have a sign", c, found[c], of[c])
		}
	}
}
