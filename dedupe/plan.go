package dedupe

import (
	"cmp"
	"context"
	"slices"
)

// How keys are tried and chosen.
const (
	mostLost     = 10       // pairs a key may leave in blocks too large for each it brings together: a town is no key where nearly everybody lives in one
	trialPairs   = 400      // pairs of each key that are compared to tell what it brings
	trialKeys    = 400      // keys tried at the most, those of single atoms aside
	keyCost      = 0.1      // what a key costs beside its pairs, in pairs per record: it has to be sorted by
	worthwhile   = 1.0 / 60 // matches that a key must bring for each further pair, once freePairs are spent
	widest       = 3        // pairs per record of a key that is taken first while pairs are free: of wider ones most are pairs of strangers
	smallestGain = 1e-4     // of all the matches, that a key must bring
)

// option is a key that was tried on the sample.
type option struct {
	key     key
	pairs   float64 // expected
	wide    bool    // too many pairs, or too many of them in blocks too large
	sampled []drawn // some of its pairs: those whose hash is below sure
	hashes  []uint64
	sure    uint64
	dropped map[uint64]bool // hashes of the blocks too large
	covers  []int32         // of all the pairs compared, those it brings together
}

// try counts the pairs of a key in the sample and keeps some, chosen by content. A
// key of more than most pairs is too wide, and what is said of it has no meaning.
func (p *planner) try(k key, most float64, s *sorter) *option {
	o := &option{key: k, sure: 1<<64 - 1}
	if s.hashes == nil {
		s.hashes = make([]uint64, len(p.sample))
	}
	for i := range s.hashes {
		h := uint64(1)
		for _, a := range k {
			if c := p.codes[a][i]; c != 0 && h != 0 {
				h = mix(h, c)
			} else {
				h = 0
			}
		}
		s.hashes[i] = h
	}
	limit := max(p.limits.block/int(p.step), 8)
	free := p.t.right == nil && p.t.source == nil // any two records are compared
	kept, all := 0, 0
	s.group(len(s.hashes), func(yield func(uint64, uint32)) {
		for i, h := range s.hashes {
			if h != 0 {
				yield(h, uint32(i))
			}
		}
	}, func(records []uint64) {
		size := len(records)
		if float64(kept)*p.scale > most {
			return // enough to know
		}
		all += size * (size - 1) / 2
		if size > limit {
			if o.dropped == nil {
				o.dropped = map[uint64]bool{}
			}
			o.dropped[s.hashes[uint32(records[0])]] = true
			return
		}
		for i, x := range records {
			mine := p.hashes[uint32(x)]
			for _, y := range records[i+1:] {
				a, b := p.sample[uint32(x)], p.sample[uint32(y)]
				if !free && !p.t.comparable(a, b) {
					continue
				}
				kept++
				yours := p.hashes[uint32(y)]
				if h := mix(mine^yours, mine+yours); h <= o.sure { // pairHash
					o.sampled, o.hashes = append(o.sampled, drawn{a: min(a, b), b: max(a, b)}), append(o.hashes, h)
					if len(o.sampled) >= 4*trialPairs {
						o.thin()
					}
				}
			}
		}
	})
	o.pairs = float64(kept) * p.scale
	o.wide = all > mostLost*kept || o.pairs > most
	if len(o.sampled) > trialPairs {
		o.thin()
	}
	return o
}

// thin keeps the pairs of the lowest hashes.
func (o *option) thin() {
	sorted := slices.Clone(o.hashes)
	slices.Sort(sorted)
	o.sure = sorted[trialPairs-1]
	n := 0
	for i, h := range o.hashes {
		if h <= o.sure {
			o.sampled[n], o.hashes[n] = o.sampled[i], h
			n++
		}
	}
	o.sampled, o.hashes = o.sampled[:n], o.hashes[:n]
}

// tryAll tries keys at the same time.
func (p *planner) tryAll(keys []key, most float64, jobs int) []*option {
	out := make([]*option, len(keys))
	share(jobs, len(keys), func() func(int) {
		own := &sorter{}
		return func(i int) { out[i] = p.try(keys[i], most, own) }
	})
	return out
}

// options tries single atoms, every two of two columns, and three where two are
// too common.
func (p *planner) options(budget float64, jobs int) []*option {
	var keys []key
	for i := range p.atoms {
		if !p.atoms[i].coarse {
			keys = append(keys, key{i})
		}
		for j := i + 1; j < len(p.atoms); j++ {
			if p.column[i] != p.column[j] {
				keys = append(keys, key{i, j})
			}
		}
	}
	var good []*option
	keep := func(tried []*option) (wide []key) {
		for _, o := range tried {
			switch {
			case o.wide:
				wide = append(wide, o.key)
			case o.pairs > 0:
				good = append(good, o)
			}
		}
		return wide
	}
	var finer []key
	for _, k := range keep(p.tryAll(keys, budget/3, jobs)) {
		// Only the finer of the wide keys are worth a third atom.
		if len(k) != 2 || p.atoms[k[0]].coarse && p.atoms[k[1]].coarse {
			continue
		}
		for j := range p.atoms {
			if len(finer) < trialKeys && p.atoms[j].coarse && p.column[j] != p.column[k[0]] && p.column[j] != p.column[k[1]] {
				finer = append(finer, key{k[0], k[1], j})
			}
		}
	}
	keep(p.tryAll(finer, budget/3, jobs))
	return good
}

// plan chooses the keys that bring most probable matches for the pairs they cost.
// Some pairs of every key tried are compared and weighed by what they themselves
// tell of matches; each counts for as many as were not looked at.
func (p *planner) plan(ctx context.Context, f *Finder, comparisons []comparison, random []drawn) []key {
	budget := max(float64(p.limits.perRecord)*float64(p.n), float64(p.limits.allPairs))
	free := p.limits.free(p.n)
	options := p.options(budget, f.cfg.Jobs)
	pool, hashes := pooled(options)
	stands := make([]float64, len(pool)) // for how many pairs of all records each stands
	p.cover(options, pool, hashes, stands, f.cfg.Jobs)
	gain := f.foresee(comparisons, random, pool, stands)
	total, sure := 0.0, make([]float64, len(pool))
	for i := range gain {
		if gain[i] >= sureMatch {
			sure[i] = stands[i]
		}
		gain[i] *= stands[i]
		total += gain[i]
	}
	c := &choice{p: p, options: options, gain: gain, sure: sure, stands: stands, covered: make([]bool, len(pool))}
	// First what brings most for its cost, then, while pairs are free, whatever
	// brings any that are new: models foresee only what they know. Keys are few, so
	// that each of those left takes up to its share of the pairs that are free. The
	// cheapest first would fill the places with keys that bring next to nothing.
	worth := func(brings, costs float64) float64 {
		if brings < smallestGain*total || c.spent+costs > budget || c.spent+costs > free && brings < worthwhile*costs {
			return 0
		}
		return brings / (costs + keyCost*float64(p.n))
	}
	c.take(worth)
	c.take(func(_, costs float64) float64 { return c.fresh(costs, free) })
	if c.prune() { // cheaper keys may bring the best of what was dropped
		c.take(func(brings, costs float64) float64 {
			if c.spent+costs > free {
				return 0
			}
			return worth(brings, costs)
		})
	}
	return c.keys
}

// choice is a set of keys being chosen.
type choice struct {
	p       *planner
	options []*option // nil for those taken
	gain    []float64 // by pair of the pool: matches it stands for
	sure    []float64 // and sure ones
	stands  []float64 // and pairs
	covered []bool
	spent   float64
	keys    []key
	taken   []*option // of keys
}

// fresh is what a key is worth for pairs that no key before it brings, as long as
// pairs are free: the more the better up to its share of those left.
func (c *choice) fresh(costs, free float64) float64 {
	left := free - c.spent
	switch {
	case costs == 0 || costs > left:
		return 0
	case costs <= min(left/float64(c.p.limits.keys-len(c.keys)), widest*float64(c.p.n)):
		return 1 + costs
	}
	return 1 / (1 + costs)
}

// take adds keys, that of the highest value next, until none has any. The value
// follows from the matches a key brings that are not covered yet and the pairs it costs.
func (c *choice) take(value func(brings, costs float64) float64) {
	for len(c.keys) < c.p.limits.keys {
		best, most, price := -1, 0.0, 0.0
		for i, o := range c.options {
			if o == nil {
				continue
			}
			brings, costs := 0.0, 0.0
			for _, j := range o.covers {
				if !c.covered[j] {
					brings += c.gain[j]
					costs += c.stands[j]
				}
			}
			if v := value(brings, costs); v > most {
				best, most, price = i, v, costs
			}
		}
		if best < 0 {
			return
		}
		for _, j := range c.options[best].covers {
			c.covered[j] = true
		}
		c.spent += price
		c.keys, c.taken = append(c.keys, c.options[best].key), append(c.taken, c.options[best])
		c.options[best] = nil
	}
}

// prune drops keys, the dearest first, that those taken after them made
// needless: what only they bring are too few sure matches for so many pairs. No
// more than sure ones count, since of namesakes by the million a model takes more for
// likely matches than there are. While pairs are free every key stays.
func (c *choice) prune() (dropped bool) {
	free := c.p.limits.free(c.p.n)
	times := make([]int, len(c.covered)) // how many keys bring a pair together
	for _, o := range c.taken {
		for _, j := range o.covers {
			times[j]++
		}
	}
	for c.spent > free {
		worst, saved := -1, 0.0
		for i, o := range c.taken {
			brings, costs := 0.0, 0.0
			for _, j := range o.covers {
				if times[j] == 1 {
					brings += c.sure[j]
					costs += c.stands[j]
				}
			}
			if costs > saved && brings < worthwhile*costs {
				worst, saved = i, costs
			}
		}
		if worst < 0 {
			return dropped
		}
		dropped = true
		for _, j := range c.taken[worst].covers {
			times[j]--
			c.covered[j] = times[j] > 0
		}
		c.spent -= saved
		c.keys, c.taken = slices.Delete(c.keys, worst, worst+1), slices.Delete(c.taken, worst, worst+1)
	}
	return dropped
}

// pooled gives the pairs of all options, each once, in the order of their hashes.
func pooled(options []*option) ([]drawn, []uint64) {
	type hashed struct {
		drawn
		h uint64
	}
	var all []hashed
	for _, o := range options {
		for i, d := range o.sampled {
			all = append(all, hashed{d, o.hashes[i]})
		}
	}
	slices.SortFunc(all, func(x, y hashed) int {
		return cmp.Or(cmp.Compare(x.h, y.h), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	all = slices.CompactFunc(all, func(x, y hashed) bool { return x.a == y.a && x.b == y.b })
	pool, hashes := make([]drawn, len(all)), make([]uint64, len(all))
	for i, x := range all {
		pool[i], hashes[i] = x.drawn, x.h
	}
	return pool, hashes
}

// cover finds which pairs of the pool each option brings together, and for how
// many pairs each stands: it is in the pool if its hash is below the bound of any
// option that brings it together, so the highest of these is its chance.
func (p *planner) cover(options []*option, pool []drawn, hashes []uint64, stands []float64, jobs int) {
	masks := make([][mostAtoms / 64]uint64, len(pool))
	for i, d := range pool {
		for a := range p.atoms {
			if h := p.hash[a][p.t.id(p.column[a], d.a)]; h != 0 && h == p.hash[a][p.t.id(p.column[a], d.b)] {
				masks[i][a/64] |= 1 << (a % 64)
			}
		}
	}
	share(jobs, len(options), func() func(int) {
		return func(k int) {
			o := options[k]
			var need [mostAtoms / 64]uint64
			for _, a := range o.key {
				need[a/64] |= 1 << (a % 64)
			}
			for i := range pool {
				if masks[i][0]&need[0] == need[0] && masks[i][1]&need[1] == need[1] && !(len(o.dropped) > 0 && o.dropped[p.of(o.key, pool[i].a)]) {
					o.covers = append(o.covers, int32(i))
				}
			}
		}
	})
	chance := make([]uint64, len(pool))
	for _, o := range options {
		for _, i := range o.covers {
			if hashes[i] <= o.sure {
				chance[i] = max(chance[i], o.sure)
			}
		}
	}
	for i, c := range chance {
		stands[i] = p.scale * (1 << 63) / (float64(c) / 2)
	}
}

// foresee gives how probable it is of each pair that it is a match, from a model
// estimated on them.
func (f *Finder) foresee(comparisons []comparison, random, pool []drawn, stands []float64) []float64 {
	comparePairs(f.t, comparisons, pool, f.cfg.Jobs)
	counts := map[pattern]float64{}
	for i, d := range pool { // in the order of their hashes: sums come out alike
		counts[d.p] += stands[i]
	}
	s := &scorer{t: f.t, preset: &f.preset, comparisons: comparisons, random: random, counts: merge([]map[pattern]float64{counts}), jobs: f.cfg.Jobs}
	s.fit(nil)
	s.learn(&Model{})
	out := make([]float64, len(pool))
	for i, d := range pool {
		out[i] = probability(s.weight(d.p, d.a, d.b, nil))
	}
	return out
}
