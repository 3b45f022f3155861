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
