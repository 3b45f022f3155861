package dedupe

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync/atomic"
)

// score compares every candidate pair and keeps those of at least floor bits,
// ordered by record numbers.
func (s *scorer) score(ctx context.Context, c *candidates, jobs int, floor float64) ([]scored, int64, error) {
	kept := make([][]scored, c.chunks())
	var n atomic.Int64
	err := c.each(ctx, jobs, func() visitor {
		own := newPairBatch(s, floor)
		return visitor{
			visit: func(_ int, a int32, with []int32) { own.add(a, s.t.across(a, with)) },
			done: func(chunk int) {
				own.flush()
				slices.SortFunc(own.kept, inOrder)
				kept[chunk] = slices.Clone(own.kept)
				own.kept = own.kept[:0]
				n.Add(own.seen)
				own.seen = 0
			},
		}
	})
	out := slices.Concat(kept...)
	if s.t.right != nil { // left and right may have come mixed
		slices.SortFunc(out, inOrder)
	}
	return out, n.Load(), err
}

// weighAll weighs pairs anew.
func (s *scorer) weighAll(pairs []scored) {
	s.eachBatch(pairs, func(_ int, some []scored) {
		for i := range some {
			p := &some[i]
			p.weight = s.weight(p.p, p.a, p.b, nil)
		}
	})
}

// eachBatch gives pairs to workers, some at a time, when what weighing looks at
// was read; from is the place of the first.
func (s *scorer) eachBatch(pairs []scored, do func(from int, some []scored)) {
	share(s.jobs, (len(pairs)+batchSize-1)/batchSize, func() func(int) {
		c := newComparer(s.t, s.comparisons)
		return func(i int) {
			from := i * batchSize
			some := pairs[from:min(from+batchSize, len(pairs))]
			s.warmWeights(c, some)
			do(from, some)
		}
	})
}

// warmWeights reads what weighing pairs will look at.
func (s *scorer) warmWeights(c *comparer, pairs []scored) {
	rows := c.pairs[:0]
	for i := range pairs {
		rows = append(rows, pairs[i].a, pairs[i].b)
	}
	c.pairs = rows
	c.warmRows(rows)
	sum := 0.0
	for k := range s.comparisons {
		for i := range pairs {
			p := &pairs[i]
			l := p.p.level(k)
			if l == 0 {
				continue
			}
			lv := &s.rarities[k][l-1]
			for _, r := range [...]*rarity{lv.first, lv.second} {
				if r != nil {
					sum += r.of(s.t.id(r.column, p.a)) + r.of(s.t.id(r.column, p.b))
				}
			}
		}
	}
	c.sink += uint32(math.Float64bits(sum))
}

func inOrder(x, y scored) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }

// bounded compares one record with others, and stops at each as soon as what is
// left to compare cannot lift the pair to the floor. What it lets through is
// compared in full, so that the result is that of comparing everything: what it
// leaves out would have weighed less than the floor.
type bounded struct {
	*comparer
	s     *scorer
	floor float64
	order []int // comparisons, in which most is to be lost first
	a     int32
	aIDs  []uint32    // the record's values of the first column of each comparison
	swap  []uint32    // by comparison: the value of the second column that would make the two exchanged
	caps  [][]float64 // by comparison and level (0 for none): the most that this or a lesser level can add
	total float64     // prior and all that can be added
	open  []undecided // comparisons of a pair
}

// undecided is a comparison not yet made, and the most that it can add.
type undecided struct {
	k    int
	most float64
}

// slack is what the order of adding up may change.
const slack = 1e-6

func newBounded(s *scorer, floor float64) *bounded {
	b := &bounded{comparer: newComparer(s.t, s.comparisons), s: s, floor: floor - slack}
	b.aIDs, b.swap = make([]uint32, len(s.comparisons)), make([]uint32, len(s.comparisons))
	for k := range s.comparisons {
		b.caps = append(b.caps, make([]float64, len(s.comparisons[k].levels)+1))
		b.order = append(b.order, k)
	}
	loss := func(k int) float64 {
		w := s.weights[k]
		return w[0] - w[len(w)-1]
	}
	slices.SortStableFunc(b.order, func(x, y int) int { return cmp.Compare(loss(y), loss(x)) })
	return b
}

// first sets the record that is compared with others.
func (b *bounded) first(a int32) {
	b.a, b.total = a, b.s.prior
	for k := range b.comparisons {
		caps, cols := b.caps[k], b.cols[k]
		b.aIDs[k] = b.t.id(cols[0], a)
		top := math.Inf(-1)
		for l := len(caps) - 1; l >= 1; l-- {
			top = max(top, b.s.most(k, uint8(l), a))
			caps[l] = top
		}
		if swaps := b.comparisons[k].swaps; swaps != 0 {
			other := b.t.id(cols[1], a)
			// Unlike texts may still be the same but for a space.
			caps[swaps+1] = max(caps[swaps+1], b.s.weights[k][0])
			b.swap[k] = missing
			if b.aIDs[k] != missing && other != missing {
				b.swap[k] = b.other(cols[0], cols[1], b.aIDs[k])
			}
		}
		b.total += max(top, 0)
	}
}

// closest gives the closest level that a pair may reach, from looking at its
// values' numbers alone; 0 says that there is nothing to compare.
func (b *bounded) closest(k int, y int32) uint8 {
	c, cols := &b.comparisons[k], b.cols[k]
	if c.anyOf {
		if c.closest == nil {
			return 1
		}
		return c.closest(b.comparer, cols, b.a, y)
	}
	x, z := b.aIDs[k], b.t.id(cols[0], y)
	switch {
	case x == missing || z == missing:
		return 0
	case x == z || c.swaps != 0 && b.swap[k] != missing && b.swap[k] == b.t.id(cols[1], y):
		return 1
	case c.swaps != 0:
		return c.swaps + 1
	}
	return 2
}

// pattern compares the record with another; ok is false if the pair stays below
// the floor.
func (b *bounded) pattern(y int32) (p pattern, ok bool) {
	if len(b.t.othersOf(b.a))+len(b.t.othersOf(y)) > 0 {
		return b.comparer.pattern(min(b.a, y), max(b.a, y)), true
	}
	top := b.total
	b.open = b.open[:0]
	for _, k := range b.order {
		caps, l := b.caps[k], b.closest(k, y)
		if l == 0 {
			top -= max(caps[1], 0)
		} else {
			most := caps[l]
			if b.comparisons[k].anyOf { // there may be nothing to compare after all
				most = max(most, 0)
			}
			top -= max(caps[1], 0) - most
			b.open = append(b.open, undecided{k, most})
		}
		if top < b.floor {
			return p, false
		}
	}
	x, z := min(b.a, y), max(b.a, y)
	for _, o := range b.open {
		l := b.comparisons[o.k].compare(b.comparer, b.cols[o.k], x, z)
		top -= o.most
		if l != 0 {
			base, rare := b.s.part(o.k, l, x, z)
			top += base + rare
		}
		if top < b.floor {
			return p, false
		}
		p[o.k/16] |= uint64(l) << (4 * (o.k % 16))
	}
	return p, true
}

// most is the most that a level can add to a pair of a record.
func (s *scorer) most(k int, l uint8, a int32) float64 {
	w := s.weights[k][l-1]
	lv := &s.rarities[k][l-1]
	adjust := 0.0
	for _, r := range [...]*rarity{lv.first, lv.second} {
		if r == nil {
			continue
		}
		if x := s.t.id(r.column, a); x != missing {
			adjust = max(adjust, r.of(x))
		}
	}
	return w + max(lv.share*adjust, min(w, 0)-w)
}
