package dedupe

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// fixedWeigher weighs pairs by a table: what is not in it, by its records' numbers.
type fixedWeigher struct{}

func (fixedWeigher) apart(p pattern) string {
	if p[0] == 0 {
		return "apart"
	}
	return ""
}

func (fixedWeigher) cover(p pattern) float64 { return float64(p[0]) / 4 }

func (fixedWeigher) looker() func(a, b int32) (float64, pattern) {
	return func(a, b int32) (float64, pattern) { return float64((a*7+b*3)%11) - 7, pattern{uint64(a+b) % 5} }
}

// plainClusters is clusters over all records at once, without anything kept from
// one join to the next: what clusters must equal.
func plainClusters(t *table, pairs []scored, join float64, w fixedWeigher) []int {
	met := map[[2]int32]scored{}
	var order []scored
	for _, p := range pairs {
		met[[2]int32{p.a, p.b}] = p
		if p.weight >= join && w.apart(p.p) == "" {
			order = append(order, p)
		}
	}
	slices.SortStableFunc(order, func(x, y scored) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(pairHash(t, x.a, x.b), pairHash(t, y.a, y.b)))
	})
	out := make([]int, t.n)
	for i := range out {
		out[i] = i
	}
	look := w.looker()
	for _, p := range order {
		one, other := out[p.a], out[p.b]
		if one == other {
			continue
		}
		sum := int64(0)
		for a := range int32(t.n) {
			for b := a + 1; b < int32(t.n); b++ {
				across := out[a] == one && out[b] == other || out[a] == other && out[b] == one
				if !across || !t.comparable(a, b) {
					continue
				}
				weight, q := look(a, b)
				if m, ok := met[[2]int32{a, b}]; ok {
					weight, q = m.weight, m.p
				}
				sum += speaks(w, weight, q)
			}
		}
		if sum <= 0 {
			continue
		}
		for i := range out {
			if out[i] == one || out[i] == other {
				out[i] = min(one, other)
			}
		}
	}
	return out
}

// TestClustersGroupByGroup shows that working on connected records alone gives what
// working on all at once gives, of one file and of two.
func TestClustersGroupByGroup(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 200 {
		tab := &table{n: 2 + rng.IntN(60)}
		for r := range tab.n {
			tab.hash = append(tab.hash, mix(uint64(r)+1, 99))
			if round%2 == 1 {
				tab.right = append(tab.right, rng.IntN(2) == 0)
			}
		}
		var pairs []scored
		few := 1 + rng.IntN(4)
		for a := range int32(tab.n) {
			for b := a + 1; b < int32(tab.n); b++ {
				if tab.comparable(a, b) && rng.IntN(20) < few {
					pairs = append(pairs, scored{a, b, pattern{uint64(rng.IntN(5))}, math.Round(rng.NormFloat64()*8*4) / 4})
				}
			}
		}
		join := float64(rng.IntN(6)) - 2
		got, want := clusters(tab, pairs, join, fixedWeigher{}, 2, nil), plainClusters(tab, pairs, join, fixedWeigher{})
		if !slices.Equal(got, want) {
			t.Fatalf("round %d: %v, want %v", round, got, want)
		}
	}
}
