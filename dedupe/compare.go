package dedupe

import (
	"leds.internal/ledsq/dedupe/internal/similarity"
)

// comparer compares records of one table.
type comparer struct {
	t           *table
	comparisons []comparison
	cols        [][]*column // by comparison: the columns it uses, in their order
	crossed     []crossed
	pairs       []int32  // of a batch, laid end to end
	warmed      []uint32 // values of these
	sink        uint32   // so that reading ahead is not left out
}

// crossed gives for the values of one column their ids in another.
type crossed struct {
	from, to *column
	ids      []uint32
}

func newComparer(t *table, comparisons []comparison) *comparer {
	c := &comparer{t: t, comparisons: comparisons}
	for _, k := range comparisons {
		cols := make([]*column, len(k.uses))
		for i, name := range k.uses {
			cols[i] = t.column(name)
		}
		c.cols = append(c.cols, cols)
	}
	return c
}

// in gives for the values of one column their ids in another: missing for those
// that it has not.
func (c *comparer) in(from, to *column) []uint32 {
	for i := range c.crossed {
		if x := &c.crossed[i]; x.from == from && x.to == to {
			return x.ids
		}
	}
	ids := make([]uint32, len(from.text))
	for id := 1; id < len(ids); id++ {
		ids[id], _ = to.find(from.text[id])
	}
	c.crossed = append(c.crossed, crossed{from, to, ids})
	return ids
}

// other gives for one value of a column its id in another.
func (c *comparer) other(from, to *column, id uint32) uint32 {
	if from.loans > 0 { // columns that grow
		id, _ = to.find(from.text[id])
		return id
	}
	return c.in(from, to)[id]
}

// ids gives the value ids of a column for two records.
func (c *comparer) ids(col *column, a, b int32) (uint32, uint32) {
	return c.t.id(col, a), c.t.id(col, b)
}

// grade gives how alike two values of a column are, from a function that depends
// on nothing but them, in whatever order they come.
func (c *comparer) grade(col *column, x, y uint32, f func(a, b form) uint8) uint8 {
	return f(form{col, x}, form{col, y})
}

// onColumn compares one column: 0 where a value is missing, 1 where the values are
// the same, else the level that grade gives for their texts.
func onColumn(grade func(a, b form) uint8) func(*comparer, []*column, int32, int32) uint8 {
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
func spelling(a, b form) uint8 {
	if a.id == b.id {
		return same
	}
	return acrossColumns(a, b)
}

// acrossColumns is spelling for values of two columns, whose numbers mean nothing
// to one another.
func acrossColumns(a, b form) uint8 {
	x, y := a.brief(), b.brief()
	if !x.mayBeSpelt(y) {
		return different
	}
	return spell(a.text(), b.text(), x, y)
}

// plainSpelling is spelling without regard to spaces.
func plainSpelling(a, b form) uint8 {
	x, y := a.plainBrief(), b.plainBrief()
	if !x.mayBeSpelt(y) {
		return different
	}
	return spell(a.plain(), b.plain(), x, y)
}

// editsFor is how many edits a text of a length can bear.
func editsFor(length int) int {
	switch {
	case length >= 8:
		return 2
	case length >= 4:
		return 1
	}
	return 0
}

func spell(a, b string, x, y brief) uint8 {
	if a == b {
		return same
	}
	short := min(len(a), len(b))
	if limit := editsFor(short); limit > 0 && x.mayBeWithin(y, limit) {
		if d := similarity.Distance(a, b, limit); d == 1 {
			return oneEdit
		} else if d == 2 && limit == 2 {
			return close2
		}
	}
	if short == 3 && x.mayBeWithin(y, 1) && similarity.Distance(a, b, 1) == 1 {
		return alike
	}
	if short < 3 || !x.mayBeLike(y, 0.84) {
		return different
	}
	switch jw := jaroWinkler(a, b); {
	case jw >= 0.92:
		return close2
	case jw >= 0.84:
		return alike
	}
	return different
}

// jaroWinkler is the similarity of two texts whichever comes first: letters find
// their partners in the order of the lesser one.
func jaroWinkler(a, b string) float64 {
	if a > b {
		a, b = b, a
	}
	return similarity.JaroWinkler(a, b)
}
