package dedupe

import (
	"leds.internal/ledsq/dedupe/internal/similarity"
)

// comparer compares records of one table. Each worker has its own: it keeps
// what it computed of values it met before.
type comparer struct {
	t           *table
	comparisons []comparison
	cols        [][]*column // by comparison: the columns it uses, in their order
	cache       []*[cacheSize]cached
}

const cacheSize = 1 << 13

type cached struct {
	pair  uint64
	grade uint8
}

func newComparer(t *table, comparisons []comparison) *comparer {
	c := &comparer{t: t, comparisons: comparisons, cache: make([]*[cacheSize]cached, len(t.cols))}
	for _, k := range comparisons {
		cols := make([]*column, len(k.uses))
		for i, name := range k.uses {
			cols[i] = t.column(name)
		}
		c.cols = append(c.cols, cols)
	}
	return c
}

// ids gives the value ids of a column for two records.
func (c *comparer) ids(col *column, a, b int32) (uint32, uint32) {
	return c.t.id(col, a), c.t.id(col, b)
}

// grade gives how alike two values of a column are, from a function of their
// texts that depends on nothing else, and remembers it. f gets the lesser text first.
func (c *comparer) grade(col *column, x, y uint32, f func(a, b string) uint8) uint8 {
	if x > y {
		x, y = y, x
	}
	cache := c.cache[col.index]
	if cache == nil {
		cache = new([cacheSize]cached)
		c.cache[col.index] = cache
	}
	pair := uint64(x)<<32 | uint64(y)
	slot := &cache[mix(pair, 1)%cacheSize]
	if slot.pair != pair {
		a, b := col.text[x], col.text[y]
		if a > b { // by text, not by id: the order of the rows must not matter
			a, b = b, a
		}
		*slot = cached{pair, f(a, b)}
	}
	return slot.grade
}

// onColumn compares one column: 0 where a value is missing, 1 where the values are
// the same, else the level that grade gives for their texts.
func onColumn(grade func(a, b string) uint8) func(*comparer, []*column, int32, int32) uint8 {
	return func(c *comparer, cols []*column, a, b int32) uint8 {
		x, y := c.ids(cols[0], a, b)
		switch {
		case x == missing || y == missing:
			return 0
		case x == y:
			return 1
		}
		return c.grade(cols[0], x, y, grade)
	}
}

// Grades of two spellings, the closest first. 0 is never given.
const (
	same uint8 = iota + 1
	oneEdit
	close2
	alike
	different
)

// spelling grades two texts by edits that their length can bear: a two-letter
// name one letter apart is another name.
func spelling(a, b string) uint8 {
	if a == b {
		return same
	}
	short := min(len(a), len(b))
	limit := 0
	switch {
	case short >= 8:
		limit = 2
	case short >= 4:
		limit = 1
	}
	if limit > 0 {
		if d := similarity.Distance(a, b, limit); d == 1 {
			return oneEdit
		} else if d == 2 && limit == 2 {
			return close2
		}
	}
	if short == 3 && similarity.Distance(a, b, 1) == 1 {
		return alike
	}
	switch jw := similarity.JaroWinkler(a, b); {
	case short >= 3 && jw >= 0.92:
		return close2
	case short >= 3 && jw >= 0.84:
		return alike
	}
	return different
}
