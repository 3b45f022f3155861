package dedupe

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// plainClusters is clusters over all records at once, with maps: what clusters must equal.
//
// It joins records pair by pair, the surest first. Two clusters are
// joined only if the mean weight over all pairs across them, the unseen ones
// included, stays above zero: a chain of look-alikes does not make one person.
// Pairs held apart never join two clusters by themselves. It gives for each record the least record of its cluster.
func plainClusters(t *table, pairs []scored, join float64, apart func(pattern) string) []int {
	n := t.n
	root := make([]int32, n)
	size := make([][2]int64, n) // of the left and the right file; of one file all are left
	for i := range root {
		root[i], size[i][0] = int32(i), 1
		if t.right != nil && t.right[i] {
			size[i] = [2]int64{0, 1}
		}
	}
	// between is how many pairs there are to compare between two clusters.
	between := func(a, b int32) int64 {
		if t.right == nil {
			return size[a][0] * size[b][0]
		}
		return size[a][0]*size[b][1] + size[a][1]*size[b][0]
	}
	// near holds for a cluster, by its root, the sum of weights to others and
	// how many pairs that is.
	// Sums are whole millionths of a bit: adding in another order gives the same.
	type tie struct {
		sum int64
		n   int32
	}
	near := map[int32]map[int32]tie{}
	link := func(a, b int32, w int64, k int32) {
		if near[a] == nil {
			near[a] = map[int32]tie{}
		}
		x := near[a][b]
		near[a][b] = tie{x.sum + w, x.n + k}
	}
	order := make([]int, 0, len(pairs))
	for i, p := range pairs {
		w := int64(math.Round(p.weight * 1e6))
		link(p.a, p.b, w, 1)
		link(p.b, p.a, w, 1)
		if p.weight >= join && apart(p.p) == "" {
			order = append(order, i)
		}
	}
	// Ties are broken by content, so that the order of the rows never matters.
	slices.SortStableFunc(order, func(i, j int) int {
		x, y := pairs[i], pairs[j]
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(pairHash(t, x.a, x.b), pairHash(t, y.a, y.b)))
	})
	find := func(x int32) int32 {
		for root[x] != x {
			root[x] = root[root[x]]
			x = root[x]
		}
		return x
	}
	for _, i := range order {
		a, b := find(pairs[i].a), find(pairs[i].b)
		if a == b {
			continue
		}
		across := near[a][b]
		if across.sum+unseen*1e6*(between(a, b)-int64(across.n)) <= 0 {
			continue
		}
		if len(near[a]) < len(near[b]) {
			a, b = b, a
		}
		root[b] = a
		size[a] = [2]int64{size[a][0] + size[b][0], size[a][1] + size[b][1]}
		for _, c := range slices.Sorted(maps.Keys(near[b])) {
			x := near[b][c]
			delete(near[c], b)
			if c == a {
				continue
			}
			link(a, c, x.sum, x.n)
			link(c, a, x.sum, x.n)
		}
		delete(near, b)
	}
	least := make([]int, n)
	for i := range least {
		least[i] = -1
	}
	out := make([]int, n)
	for i := range n {
		r := find(int32(i))
		if least[r] < 0 {
			least[r] = i
		}
		out[i] = least[r]
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
		apart := func(p pattern) string {
			if p[0] == 0 {
				return "apart"
			}
			return ""
		}
		join := float64(rng.IntN(6)) - 2
		got, want := clusters(tab, pairs, join, apart, 2), plainClusters(tab, pairs, join, apart)
		if !slices.Equal(got, want) {
			t.Fatalf("round %d: %v, want %v", round, got, want)
		}
	}
}
