package report

import (
	"math"
	"testing"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/record"
)

// TestWaterfallsAddUp explains every pair of a set, listed or not, and adds up.
func TestWaterfallsAddUp(t *testing.T) {
	f, err := dedupe.NewFinder(record.KindPerson, dedupe.Config{})
	if err != nil {
		t.Fatal(err)
	}
	surnames, given, days := []string{"QUILL", "QUIL", "MAZUR"}, []string{"ANNA", "ANN", "EWA", "OLA"}, []record.Date{"1979-03-04", "1979-04-03", "1985-05-17", ""}
	n := 0
	for _, s := range surnames {
		for _, g := range given {
			for _, d := range days {
				if err := f.Add(&record.Person{Names: []record.Name{{Surname: s, GivenNames: []string{g}}}, DateOfBirth: d}); err != nil {
					t.Fatal(err)
				}
				n++
			}
		}
	}
	res, err := f.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for a := range n {
		for b := range a {
			p, why, ok := res.Compare(a, b)
			if !ok {
				t.Fatal("two records can't be compared")
			}
			w, err := NewWaterfall("a", "b", &p, why)
			if err != nil {
				t.Fatal(err)
			}
			if last := w.Steps[len(w.Steps)-1].Total; math.Abs(last-p.Weight) > 1e-4 {
				t.Fatalf("the steps of %d and %d end at %f, the weight is %f", b, a, last, p.Weight)
			}
		}
	}
	if p, why, _ := res.Compare(0, 1); true {
		p.Weight++
		if _, err := NewWaterfall("a", "b", &p, why); err == nil {
			t.Error("parts that do not add up are shown")
		}
	}
}
