package dedupe

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// pattern packs the level of each comparison of a pair into four bits.
type pattern [2]uint64

const maxComparisons = 32

func (p pattern) level(i int) uint8 { return uint8(p[i/16]>>(4*(i%16))) & 15 }

// patternCount is how many pairs show a pattern.
type patternCount struct {
	p pattern
	n float64
}

// active are the comparisons that at least two records have values for.
func active(t *table, all []comparison) []comparison {
	var out []comparison
	for _, c := range all {
		filled := 0
		for i, name := range c.uses {
			if i == 0 || c.anyOf {
				filled = max(filled, t.column(name).filled)
			}
		}
		if filled >= 2 && len(out) < maxComparisons {
			// A town alone makes no household.
			c.shared = c.shared && (t.column(c.uses[0]).filled > 0 || len(c.uses) > 1 && t.column(c.uses[1]).filled > 0)
			out = append(out, c)
		}
	}
	return out
}

// pattern compares two records. Where one has several names or addresses, the
// closest of each concept count.
func (c *comparer) pattern(a, b int32) pattern {
	return c.closest(c.rows(a, b, ""), a, b)
}

// closest gives the pattern of two records from that of their first names and addresses.
func (c *comparer) closest(p pattern, a, b int32) pattern {
	mine, yours := c.t.othersOf(a), c.t.othersOf(b)
	if len(mine)+len(yours) == 0 {
		return p
	}
	for _, concept := range [...]string{"name", "address"} {
		best := p
		try := func(x, y int32) {
			if q := c.rows(x, y, concept); c.closer(q, best, concept) {
				best = c.with(best, q, concept)
			}
		}
		for _, m := range mine {
			if m.concept == concept {
				try(m.row, b)
			}
		}
		for _, y := range yours {
			if y.concept != concept {
				continue
			}
			try(a, y.row)
			for _, m := range mine {
				if m.concept == concept {
					try(m.row, y.row)
				}
			}
		}
		p = best
	}
	return p
}

// rows compares two rows, on one concept or, with "", on all.
func (c *comparer) rows(a, b int32, concept string) pattern {
	var p pattern
	for i := range c.comparisons {
		if concept == "" || c.comparisons[i].concept == concept {
			p[i/16] |= uint64(c.comparisons[i].compare(c, c.cols[i], a, b)) << (4 * (i % 16))
		}
	}
	return p
}

// closer says whether p agrees more closely than q on a concept, over its
// comparisons together: the levels summed, a missing one counting as the last.
func (c *comparer) closer(p, q pattern, concept string) bool {
	sum := func(p pattern) (n int) {
		for i := range c.comparisons {
			if c.comparisons[i].concept != concept {
				continue
			}
			l := int(p.level(i))
			if l == 0 {
				l = len(c.comparisons[i].levels)
			}
			n += l
		}
		return n
	}
	return sum(p) < sum(q)
}

// with gives p with the levels of one concept taken from q.
func (c *comparer) with(p, q pattern, concept string) pattern {
	for i := range c.comparisons {
		if c.comparisons[i].concept == concept {
			shift := 4 * (i % 16)
			p[i/16] = p[i/16]&^(15<<shift) | q[i/16]&(15<<shift)
		}
	}
	return p
}

// countPatterns compares candidate pairs, one in every share (below 65,536) by
// the hashes of the two, and counts their patterns.
func countPatterns(ctx context.Context, t *table, comparisons []comparison, c *candidates, jobs int, share uint64) ([]patternCount, error) {
	draw := make([]uint16, t.n) // a pair is taken if the two numbers add up to a multiple of share
	for r, h := range t.hash {
		draw[r] = uint16(h % share)
	}
	var mu sync.Mutex
	var counts []map[pattern]float64
	err := c.each(ctx, jobs, func() visitor {
		own := newComparer(t, comparisons)
		seen := map[pattern]float64{}
		mu.Lock()
		counts = append(counts, seen)
		mu.Unlock()
		var some []drawn
		count := func() {
			own.patterns(some)
			for i := range some {
				seen[some[i].p]++
			}
			some = some[:0]
		}
		return visitor{visit: func(_ int, a int32, with []int32) {
			for _, b := range t.across(a, with) {
				if sum := uint64(draw[a]) + uint64(draw[b]); sum != 0 && sum != share {
					continue
				}
				if some = append(some, drawn{a: min(a, b), b: max(a, b)}); len(some) == 8*batchSize {
					count()
				}
			}
		}, done: func(int) { count() }}
	})
	return merge(counts), err
}

// merge adds up counts; whole numbers, so the order of workers does not matter.
func merge(counts []map[pattern]float64) []patternCount {
	sum := map[pattern]float64{}
	for _, m := range counts {
		for p, n := range m {
			sum[p] += n
		}
	}
	out := make([]patternCount, 0, len(sum))
	for p, n := range sum {
		out = append(out, patternCount{p, n})
	}
	slices.SortFunc(out, func(a, b patternCount) int { return slices.Compare(a.p[:], b.p[:]) })
	return out
}

// numbered gives the patterns of pairs in their order, to be counted, and for each
// pair the place of its own.
func numbered(pairs []drawn) ([]patternCount, []int32) {
	of := map[pattern]int32{}
	number := make([]int32, len(pairs))
	var list []pattern
	for i := range pairs {
		n, ok := of[pairs[i].p]
		if !ok {
			n = int32(len(list))
			of[pairs[i].p] = n
			list = append(list, pairs[i].p)
		}
		number[i] = n
	}
	order := make([]int32, len(list))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int { return slices.Compare(list[x][:], list[y][:]) })
	out, place := make([]patternCount, len(list)), make([]int32, len(list))
	for i, n := range order {
		out[i].p, place[n] = list[n], int32(i)
	}
	for i, n := range number {
		number[i] = place[n]
	}
	return out, number
}

// pairHash is the same for a pair in whatever order its records come.
func pairHash(t *table, a, b int32) uint64 { return mix(t.hash[a]^t.hash[b], t.hash[a]+t.hash[b]) }

// drawn is a pair of records drawn at random.
type drawn struct {
	a, b int32
	p    pattern
}

// drawPairs compares about n pairs of records drawn at random (the same ones
// whatever the order of the rows), or all of them if there are fewer.
func drawPairs(t *table, comparisons []comparison, n, jobs int) []drawn {
	var out []drawn
	if t.all()*(t.all()-1)/2 <= n {
		for a := range int32(t.n) {
			for b := a + 1; b < int32(t.n); b++ {
				if t.comparable(a, b) {
					out = append(out, drawn{a: a, b: b})
				}
			}
		}
	} else {
		members := byContent(t, n/4)
		for k := range uint64(n) {
			a := members[mix(k+1, 0x51)%uint64(len(members))]
			b := members[mix(k+1, 0x52)%uint64(len(members))]
			if a != b && t.comparable(a, b) {
				out = append(out, drawn{a: min(a, b), b: max(a, b)})
			}
		}
	}
	if len(out) > batchSize {
		derive(t, comparisons, jobs)
	}
	comparePairs(t, comparisons, out, jobs)
	return out
}

// comparePairs compares each pair of a list.
func comparePairs(t *table, comparisons []comparison, list []drawn, jobs int) {
	const batch = 1 << 12
	share(jobs, (len(list)+batch-1)/batch, func() func(int) {
		c := newComparer(t, comparisons)
		return func(i int) {
			c.patterns(list[i*batch : min((i+1)*batch, len(list))])
		}
	})
}

// byContent gives about n records, or all if there are fewer, chosen and ordered
// by their content and not by their rows.
func byContent(t *table, n int) []int32 {
	var members []int32
	step := uint64(max(t.all()/n, 1))
	for r, h := range t.hash {
		if h%step == 0 {
			members = append(members, int32(r))
		}
	}
	slices.SortFunc(members, func(a, b int32) int {
		return cmp.Or(cmp.Compare(t.hash[a], t.hash[b]), cmp.Compare(a, b))
	})
	return members
}
