package dedupe

import (
	"fmt"
	"slices"
	"testing"
)

// TestPlanOfManyAtoms plans keys where a schema of very many columns would give
// more atoms than pairs are marked by.
func TestPlanOfManyAtoms(t *testing.T) {
	people, _ := fake1000(t)
	f, err := NewFinder(people[0].Kind(), Config{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	f.limits.allPairs = 1000
	f.preset.atoms = slices.Clone(f.preset.atoms)
	for i := range 2 * mostAtoms {
		a := f.preset.atoms[i%8]
		a.name = fmt.Sprint(a.name, i)
		f.preset.atoms = append(f.preset.atoms, a)
	}
	for _, p := range people[:400] {
		if err := f.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	f.t.compact()
	p := newPlanner(f.t, f.preset.atoms, f.limits, 2)
	if len(p.atoms) != mostAtoms {
		t.Errorf("planned from %d atoms", len(p.atoms))
	}
	comparisons := active(f.t, f.preset.comparisons)
	if keys := p.plan(t.Context(), f, comparisons, drawPairs(f.t, comparisons, 10_000, 2)); len(keys) == 0 {
		t.Error("no keys")
	}
}

// TestPairsPerRecord shows that whoever asks for more pairs gets them, and loses no more.
func TestPairsPerRecord(t *testing.T) {
	people, _ := fake1000(t)
	few := func(f *Finder) { f.limits.allPairs = 1000 }
	usual, same, wide := find(t, people, Config{}, few), find(t, people, Config{PairsPerRecord: 2}, few), find(t, people, Config{PairsPerRecord: 40}, few)
	if usual.Model.Candidates != same.Model.Candidates {
		t.Errorf("%d pairs by default, %d where two for each record are asked for", usual.Model.Candidates, same.Model.Candidates)
	}
	if n := wide.Model.Candidates; n < 2*usual.Model.Candidates || n > int64(40*len(people)) {
		t.Errorf("%d pairs where forty for each record may be taken, %d otherwise", n, usual.Model.Candidates)
	}
	if len(wide.Pairs) < len(usual.Pairs) {
		t.Errorf("more pairs to compare give %d proposals, fewer %d", len(wide.Pairs), len(usual.Pairs))
	}
	for _, n := range []int{-1, mostPerRecord + 1} {
		if (Config{PairsPerRecord: n}).Validate() == nil {
			t.Errorf("%d pairs for each record are allowed", n)
		}
	}
}
