package dedupe

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leds.internal/ledsq/dedupe/internal/similarity"
)

// TestBoundsNeverLie shows that what is told at a glance is never told wrongly.
func TestBoundsNeverLie(t *testing.T) {
	texts := []*rapid.Generator[string]{rapid.StringMatching(`[AB]{0,10}`), rapid.StringMatching(`[A-E0-9 ]{0,20}`), rapid.StringMatching(`[aAÉ漢]{0,8}`)}
	rapid.Check(t, func(t *rapid.T) {
		g := texts[rapid.IntRange(0, len(texts)-1).Draw(t, "kind")]
		a, b := g.Draw(t, "a"), g.Draw(t, "b")
		if rapid.Bool().Draw(t, "near") && a != "" {
			i := rapid.IntRange(0, len(a)-1).Draw(t, "at")
			b = a[:i] + "X" + a[i+1:]
		}
		x, y := briefOf(a), briefOf(b)
		for limit := range 3 {
			if similarity.Distance(a, b, limit) <= limit && !x.mayBeWithin(y, limit) {
				t.Fatalf("%q %q are within %d", a, b, limit)
			}
		}
		for _, floor := range []float64{0.84, 0.88, 0.92} {
			if a != "" && b != "" && jaroWinkler(a, b) >= floor && !x.mayBeLike(y, floor) {
				t.Fatalf("%q %q are alike", a, b)
			}
		}
		if spell(a, b, x, y) != different && !x.mayBeSpelt(y) {
			t.Fatalf("%q %q are spelt alike", a, b)
		}
		if similarity.Distance(a, b, 1) <= 1 && !endsOf(a).mayBeOneEdit(endsOf(b)) {
			t.Fatalf("%q %q are one edit apart", a, b)
		}
		day := func(name string) string {
			return fmt.Sprintf("%04d-%02d-%02d", 1980+rapid.IntRange(0, 40).Draw(t, name+" year"), rapid.IntRange(1, 12).Draw(t, name+" month"), rapid.IntRange(1, 28).Draw(t, name+" day"))
		}
		d, e := day("d"), day("e")
		if got, want := dayOf(d).oneDigit(dayOf(e)), similarity.Distance(d, e, 1) <= 1; got != want {
			t.Fatalf("%s and %s one digit apart: %v", d, e, got)
		}
	})
}

// TestBoundedScoring shows that leaving pairs early keeps exactly those that
// comparing everything keeps, with the same levels and weights, of one file and of two.
func TestBoundedScoring(t *testing.T) {
	people, _ := fake1000(t)
	for _, linked := range []bool{false, true} {
		f, _ := NewFinder(people[0].Kind(), Config{Jobs: 2})
		f.limits.allPairs = 1000
		for i, p := range people {
			add := f.Add
			if linked && i%3 == 0 {
				add = f.AddRight
			}
			if err := add(p); err != nil {
				t.Fatal(err)
			}
		}
		f.t.compact()
		comparisons := active(f.t, f.preset.comparisons)
		random := drawPairs(f.t, comparisons, randomPairs, 2)
		cand, err := f.block(context.Background(), comparisons, random)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.learner(context.Background(), comparisons, cand, random)
		if err != nil {
			t.Fatal(err)
		}
		s.learn(&Model{})
		const floor = -3
		got, n, err := s.score(context.Background(), cand, 2, floor)
		if err != nil {
			t.Fatal(err)
		}
		var want []scored
		met := int64(0)
		c := newComparer(f.t, comparisons)
		seen := map[[2]int32]bool{}
		if err := cand.each(context.Background(), 1, func() visitor {
			return visitor{visit: func(_ int, a int32, with []int32) {
				for _, b := range with {
					x, y := min(a, b), max(a, b)
					if seen[[2]int32{x, y}] || !f.t.comparable(x, y) {
						t.Fatalf("%d and %d came twice, or within one file", x, y)
					}
					seen[[2]int32{x, y}] = true
					met++
					p := c.pattern(x, y)
					if w := s.weight(p, x, y, nil); w >= floor {
						want = append(want, scored{x, y, p, w})
					}
				}
			}}
		}); err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(want, inOrder)
		if n != met || len(want) == 0 || len(want) == int(met) || !slices.Equal(got, want) {
			t.Errorf("linked %v: kept %d of %d, want %d of %d", linked, len(got), n, len(want), met)
		}
	}
}
