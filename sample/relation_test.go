package sample_test

import (
	"testing"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// What Relation says shows in clean records: twins share the day of birth and
// not the given name, father and son the name and not the day; every household
// has at least two people in it.
func TestRelationsShow(t *testing.T) {
	type member struct{ given, surname, born, relation string }
	homes := map[string]map[string]member{}
	for _, it := range items(t, sample.Options{Kind: record.KindPerson, N: 4000, Seed: 3, Duplicates: -1}) {
		if (it.Household == "") != (it.Relation == "") {
			t.Fatalf("household %q, relation %q", it.Household, it.Relation)
		}
		if it.Household == "" {
			continue
		}
		p := it.Record.(*record.Person)
		normalise.Record(p, normalise.Options{AsOf: sample.DefaultAsOf()}) // sources write names and dates in their own ways
		if homes[it.Household] == nil {
			homes[it.Household] = map[string]member{}
		}
		n := p.PrimaryName()
		homes[it.Household][it.Entity] = member{plain(n.Given()), plain(n.Surname), string(p.DateOfBirth), it.Relation}
	}
	seen := map[string]int{}
	for home, people := range homes {
		if len(people) < 2 {
			t.Errorf("%s has %d people", home, len(people))
		}
		for e, x := range people {
			for f, y := range people {
				if e >= f {
					continue
				}
				seen[x.relation]++
				sameName := x.given == y.given && x.surname == y.surname
				if x.relation != y.relation || x.relation == "twins" && (x.born != y.born || sameName) || x.relation == "namesake" && (x.born == y.born || !sameName) {
					t.Errorf("%s: %q and %q are not so related", home, x.relation, y.relation)
				}
			}
		}
	}
	for _, r := range []string{"couple", "siblings", "parent", "twins", "namesake", "stranger"} {
		if seen[r] < 10 {
			t.Errorf("%d pairs of %s", seen[r], r)
		}
	}
}
