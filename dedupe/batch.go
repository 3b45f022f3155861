package dedupe

import (
	"cmp"
	"slices"
)

// pairBatch compares pairs, some hundred at a time, and leaves each as soon as what
// is left to compare cannot lift it to the floor. What it lets through is
// compared in full, so that the result is that of comparing everything: what it
// leaves out would have weighed less than the floor.
//
// The pairs of a batch go through one comparison after another together. Most
// of the time goes into waiting for memory, since records and values lie
// scattered, and the processor waits for those of many pairs at once.
type pairBatch struct {
	*comparer
	s       *scorer
	floor   float64
	order   []int // comparisons, in which most is lost for the least work first
	looks   []look
	rare    []*rarity // every one that adjusts a level
	levels  []capped  // of all comparisons, one after another
	adjusts []float64 // by rarity, of the record at hand
	offset  []int     // by comparison: where its caps begin, one for each level, and none before them
	width   int       // of the caps of a record
	caps    []float64 // record by record: the most that a level or a lesser one can add
	pairs   []bounding
	kept    []scored
	seen    int64
}

// bounding is a pair on its way.
type bounding struct {
	a, b int32
	caps int32   // where those of a begin
	top  float64 // the most that the pair can weigh
	near pattern // the closest levels that are possible
	p    pattern // the levels found
}

// look is how a comparison is judged by the numbers of its values.
type look struct {
	k      int
	cols   [2]int // in the row
	swaps  uint8
	in     []uint32 // with swaps: by value of the first column, its number in the second
	anyOf  bool
	offset int
}

// capped is what one level can add.
type capped struct {
	weight, share, least float64
	rare                 [2]int // in adjusts, 0 for none
}

func newPairBatch(s *scorer, floor float64) *pairBatch {
	b := &pairBatch{comparer: newComparer(s.t, s.comparisons), s: s, floor: floor - slack, rare: []*rarity{nil}}
	known := map[*rarity]int{nil: 0}
	place := func(r *rarity) int {
		i, ok := known[r]
		if !ok {
			i = len(b.rare)
			known[r] = i
			b.rare = append(b.rare, r)
		}
		return i
	}
	for k := range s.comparisons {
		b.offset = append(b.offset, b.width)
		for l, w := range s.weights[k] {
			lv := &s.rarities[k][l]
			b.levels = append(b.levels, capped{w, lv.share, min(w, 0) - w, [2]int{place(lv.first), place(lv.second)}})
		}
		b.width += len(s.weights[k])
	}
	b.adjusts = make([]float64, len(b.rare))
	b.order = s.rejecting()
	for _, k := range b.order {
		c, cols := &s.comparisons[k], b.cols[k]
		o := look{k: k, cols: [2]int{cols[0].index}, swaps: c.swaps, anyOf: c.anyOf, offset: b.offset[k]}
		if c.swaps != 0 {
			o.cols[1], o.in = cols[1].index, b.in(cols[0], cols[1])
		}
		b.looks = append(b.looks, o)
	}
	return b
}

// rejecting orders the comparisons so that those come first which tell most
// pairs apart for their cost, as the counted patterns have it.
func (s *scorer) rejecting() []int {
	order := make([]int, len(s.comparisons))
	loss := make([]float64, len(s.comparisons))
	for k := range order {
		order[k] = k
		w := s.weights[k]
		for _, pc := range s.counts {
			if l := pc.p.level(k); l > 0 {
				loss[k] += pc.n * (w[0] - w[l-1])
			}
		}
		if len(s.counts) == 0 { // the model was estimated elsewhere
			loss[k] = w[0] - w[len(w)-1]
		}
		if s.comparisons[k].anyOf { // compares several columns of long texts
			loss[k] /= 16
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(loss[y], loss[x]) })
	return order
}

// add takes the pairs of a record with others.
func (b *pairBatch) add(a int32, with []int32) {
	b.seen += int64(len(with))
	for len(with) > 0 {
		n := min(len(with), batchSize-len(b.pairs))
		at, top := b.first(a)
		for _, y := range with[:n] {
			b.pairs = append(b.pairs, bounding{a: a, b: y, caps: int32(at), top: top})
		}
		if with = with[n:]; len(b.pairs) == batchSize {
			b.flush()
		}
	}
}

// first notes what the levels can add at most to a pair of a record, and in all.
func (b *pairBatch) first(a int32) (at int, total float64) {
	for i, r := range b.rare {
		b.adjusts[i] = 0
		if r != nil {
			if x := b.t.id(r.column, a); x != missing {
				b.adjusts[i] = max(r.of(x), 0)
			}
		}
	}
	at = len(b.caps)
	b.caps = slices.Grow(b.caps, b.width)[:at+b.width]
	caps := b.caps[at:]
	for i := range b.levels {
		l := &b.levels[i]
		caps[i] = l.weight + max(l.share*max(b.adjusts[l.rare[0]], b.adjusts[l.rare[1]]), l.least)
	}
	total = b.s.prior
	for k, from := range b.offset {
		own := caps[from : from+len(b.s.weights[k])]
		for l := len(own) - 2; l >= 0; l-- {
			own[l] = max(own[l], own[l+1])
		}
		if swaps := b.comparisons[k].swaps; swaps != 0 {
			// Unlike texts may still be the same but for a space.
			own[swaps] = max(own[swaps], b.s.weights[k][0])
		}
		total += max(own[0], 0)
	}
	return at, total
}

// closest gives the closest level that a pair may reach, from looking at its
// values' numbers alone; 0 says that there is nothing to compare.
func (o *look) closest(b *pairBatch, x, y []uint32, p *bounding) uint8 {
	if o.anyOf {
		c := &b.comparisons[o.k]
		if c.closest == nil {
			return 1
		}
		return c.closest(b.comparer, b.cols[o.k], p.a, p.b)
	}
	v, w := x[o.cols[0]], y[o.cols[0]]
	switch {
	case v == missing || w == missing:
		return 0
	case v == w:
		return 1
	case o.swaps != 0:
		if in := o.in[v]; in != missing && in == y[o.cols[1]] {
			return 1
		}
		return o.swaps + 1
	}
	return 2
}

// flush decides on the pairs of the batch and keeps those that reach the floor.
func (b *pairBatch) flush() {
	rows := b.comparer.pairs[:0]
	for i := range b.pairs {
		rows = append(rows, b.pairs[i].b)
	}
	b.comparer.pairs = rows
	b.warmRows(rows)
	left := b.pairs[:0]
	for i := range b.pairs {
		p := &b.pairs[i]
		if len(b.t.othersOf(p.a))+len(b.t.othersOf(p.b)) > 0 {
			p.p = b.pattern(min(p.a, p.b), max(p.a, p.b))
			b.keep(p)
		} else if b.glance(p) {
			left = append(left, *p)
		}
	}
	for i := range b.looks {
		left = b.compare(left, &b.looks[i])
	}
	for i := range left {
		b.keep(&left[i])
	}
	b.pairs, b.caps = b.pairs[:0], b.caps[:0]
}

// glance finds what is possible for a pair from the numbers of its values; it is
// false if that stays below the floor.
func (b *pairBatch) glance(p *bounding) bool {
	width := b.t.width
	x, y := b.t.cells[int(p.a)*width:][:width], b.t.cells[int(p.b)*width:][:width]
	for i := range b.looks {
		o := &b.looks[i]
		caps := b.caps[int(p.caps)+o.offset:]
		l := o.closest(b, x, y, p)
		if l == 0 {
			p.top -= max(caps[0], 0)
		} else {
			p.top -= max(caps[0], 0) - o.most(caps, l)
			p.near[o.k/16] |= uint64(l) << (4 * (o.k % 16))
		}
		if p.top < b.floor {
			return false
		}
	}
	return true
}

// most is the most that a level or a lesser one can add.
func (o *look) most(caps []float64, l uint8) float64 {
	if o.anyOf { // there may be nothing to compare after all
		return max(caps[l-1], 0)
	}
	return caps[l-1]
}

// compare makes one comparison for all the pairs left, and leaves out those that
// stay below the floor.
func (b *pairBatch) compare(pairs []bounding, o *look) []bounding {
	left := pairs[:0]
	k, c, cols := o.k, &b.comparisons[o.k], b.cols[o.k]
	if c.reads != nil {
		rows := b.comparer.pairs[:0]
		for i := range pairs {
			if p := &pairs[i]; p.near.level(k) != 0 {
				rows = append(rows, p.a, p.b)
			}
		}
		b.comparer.pairs = rows
		b.warm(k, rows)
	}
	for i := range pairs {
		p := &pairs[i]
		if near := p.near.level(k); near != 0 {
			caps := b.caps[int(p.caps)+o.offset:]
			l := c.compare(b.comparer, cols, min(p.a, p.b), max(p.a, p.b))
			p.top -= o.most(caps, near)
			if l != 0 {
				p.top += caps[l-1]
				p.p[k/16] |= uint64(l) << (4 * (k % 16))
			}
			if p.top < b.floor {
				continue
			}
		}
		left = append(left, *p)
	}
	return left
}

// keep weighs a pair that was compared in full.
func (b *pairBatch) keep(p *bounding) {
	x, y := min(p.a, p.b), max(p.a, p.b)
	if w := b.s.weight(p.p, x, y, nil); w >= b.floor+slack {
		b.kept = append(b.kept, scored{x, y, p.p, w})
	}
}
