package dedupe

import (
	"math"
	"slices"
)

// BlockingRecall is how many of the sure matches there are blocking brings
// together, told without labels by comparing two sets of keys that share no column:
// if one finds nine in ten of what the other finds, it finds about nine in ten of
// all (capture and recapture, by Chapman's estimator). It takes the two sets for
// independent; records bad in every field are missed by both, so that the truth
// lies rather below.
type BlockingRecall struct {
	Recall float64  `json:"recall"`
	Low    float64  `json:"low"` // of an interval of 95%
	High   float64  `json:"high"`
	Found  int      `json:"found"` // sure matches that were found by any key
	A      []string `json:"a"`     // keys of one set
	B      []string `json:"b"`
	ByA    int      `json:"byA"` // sure matches that a key of the set brings together
	ByB    int      `json:"byB"`
	ByBoth int      `json:"byBoth"`
}

const (
	sureMatch     = 0.99   // probability of what is counted
	leastRecap    = 30     // matches that both sets find, or nothing is said
	mostRecapture = 20_000 // matches looked at, about
)

// recapture compares the keys over the sure matches, nil where nothing can be said:
// all pairs were compared, too few are sure, or no two sets share no column.
func (c *candidates) recapture(s *scorer, pairs []scored) *BlockingRecall {
	p, keys := c.planner, c.keys
	if p == nil || len(keys) < 2 || len(keys) > 64 {
		return nil
	}
	floor, sure := s.bits(sureMatch), 0
	is := func(x *scored) bool { return x.weight >= floor && s.apart(x.p) == "" }
	for i := range pairs {
		if is(&pairs[i]) {
			sure++
		}
	}
	step := uint64(1 + sure/mostRecapture)
	by := map[uint64]int{} // matches by the keys that bring them together
	found := 0
	share := make([]bool, len(p.atoms))
	for i := range pairs {
		x := &pairs[i]
		if !is(x) || pairHash(c.t, x.a, x.b)%step != 0 {
			continue
		}
		for a := range p.atoms {
			share[a] = p.share(a, x.a, x.b)
		}
		var mask uint64
		for k := range keys {
			if !slices.ContainsFunc(keys[k], func(a int) bool { return !share[a] }) && p.compared(c.sets[k], x.a, x.b) {
				mask |= 1 << k
			}
		}
		if mask != 0 {
			by[mask]++
			found++
		}
	}
	columns := make([]uint64, len(keys)) // of a key
	for k := range keys {
		for _, a := range keys[k] {
			columns[k] |= 1 << p.column[a].index
		}
	}
	var best *BlockingRecall
	for _, own := range distinct(columns) {
		var a, b uint64 // keys of nothing but these columns, and of none of them
		for k, c := range columns {
			switch {
			case c&^own == 0:
				a |= 1 << k
			case c&own == 0:
				b |= 1 << k
			}
		}
		if b == 0 {
			continue
		}
		r := &BlockingRecall{Found: found}
		for mask, n := range by {
			if mask&a != 0 {
				r.ByA += n
			}
			if mask&b != 0 {
				r.ByB += n
			}
			if mask&a != 0 && mask&b != 0 {
				r.ByBoth += n
			}
		}
		if r.ByBoth < leastRecap || best != nil && r.ByBoth <= best.ByBoth {
			continue
		}
		for k := range keys {
			if a>>k&1 != 0 {
				r.A = append(r.A, p.name(keys[k]))
			}
			if b>>k&1 != 0 {
				r.B = append(r.B, p.name(keys[k]))
			}
		}
		r.estimate()
		best = r
	}
	return best
}

// share says whether two records agree on an atom.
func (p *planner) share(atom int, a, b int32) bool {
	col := p.column[atom]
	x, y := p.t.id(col, a), p.t.id(col, b)
	if x == missing || y == missing {
		return false
	}
	code := p.atoms[atom].derive(col.text[x])
	return code != "" && (x == y || code == p.atoms[atom].derive(col.text[y]))
}

// compared says whether the block that two records share was not too large.
func (p *planner) compared(s *blockSet, a, b int32) bool {
	if p.t.right != nil && p.t.right[a] {
		a = b // places are of the left record
	}
	return s.has(a)
}

// estimate is Chapman's.
func (r *BlockingRecall) estimate() {
	a, b, both, found := float64(r.ByA), float64(r.ByB), float64(r.ByBoth), float64(r.Found)
	all := (a+1)*(b+1)/(both+1) - 1
	spread := math.Sqrt((a + 1) * (b + 1) * (a - both) * (b - both) / ((both + 1) * (both + 1) * (both + 2)))
	share := func(all float64) float64 { return min(found/max(all, found), 1) }
	r.Recall, r.Low, r.High = share(all), share(all+1.96*spread), share(all-1.96*spread)
}

// distinct gives each set of columns once, in order.
func distinct(sets []uint64) []uint64 {
	out := slices.Clone(sets)
	slices.Sort(out)
	return slices.Compact(out)
}
