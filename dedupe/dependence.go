package dedupe

import (
	"cmp"
	"math"
	"slices"
)

// Dependence is two comparisons that agree together more often, or less, than if
// they knew nothing of each other. Their weights are added as if they did not: by
// Bits, where both agree, the sum says too much.
type Dependence struct {
	A           string  `json:"a"`
	B           string  `json:"b"`
	Among       string  `json:"among"`       // matches, or non-matches
	Correlation float64 `json:"correlation"` // of agreeing and differing, from -1 to 1
	Bits        float64 `json:"bits"`        // log2 of how much more often both agree than by chance on each
	Pairs       float64 `json:"pairs"`       // that it was measured on, both comparisons having values
}

// What is reported: no less correlation, and on no fewer agreements expected or
// seen together.
const (
	leastCorrelation = 0.1
	leastTogether    = 20
)

// dependence measures how comparisons go together among pairs of two entities,
// drawn at random, and among matches, the strongest first. Agreement is any level
// but the last among random pairs, and full agreement among matches, where errors
// come together.
func (s *scorer) dependence(res *Result) []Dependence {
	apart, joined := map[pattern]float64{}, map[pattern]float64{}
	for _, d := range s.random {
		if res.Clusters[d.a] != res.Clusters[d.b] {
			apart[d.p]++
		}
	}
	for i := range res.Pairs {
		if res.Pairs[i].Decision == Match && !res.Pairs[i].Decided {
			joined[res.found.pairs[i].p]++
		}
	}
	out := []Dependence{}
	for _, one := range []struct {
		among string
		list  map[pattern]float64
		agree func(k int, l uint8) bool
	}{
		{"non-matches", apart, func(k int, l uint8) bool { return int(l) < len(s.comparisons[k].levels) }},
		{"matches", joined, func(_ int, l uint8) bool { return l == 1 }},
	} {
		for a := range s.comparisons {
			for b := a + 1; b < len(s.comparisons); b++ {
				var n, x, y, both float64
				for p, times := range one.list { // whole numbers: in any order the sums are the same
					l, m := p.level(a), p.level(b)
					if l == 0 || m == 0 {
						continue
					}
					n += times
					agreeA, agreeB := one.agree(a, l), one.agree(b, m)
					if agreeA {
						x += times
					}
					if agreeB {
						y += times
					}
					if agreeA && agreeB {
						both += times
					}
				}
				chance := x * y / max(n, 1)
				spread := math.Sqrt(x * (n - x) * y * (n - y))
				if spread == 0 || max(both, chance) < leastTogether {
					continue
				}
				phi := (n*both - x*y) / spread
				if math.Abs(phi) < leastCorrelation {
					continue
				}
				out = append(out, Dependence{s.comparisons[a].name, s.comparisons[b].name, one.among, phi, math.Log2(max(both, 0.5) / chance), n})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Dependence) int { return cmp.Compare(math.Abs(y.Correlation), math.Abs(x.Correlation)) })
	return out
}
