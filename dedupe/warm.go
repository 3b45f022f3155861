package dedupe

// Most of the time of comparing goes into waiting for memory: rows and what is
// derived from values lie scattered over some hundred megabytes, and each look
// depends on the one before. So pairs are compared some hundred at a time, and
// before each comparison its memory is read for all of them at once: those reads
// do not depend on each other, the processor has many of them under way together,
// and the comparison then finds everything in a near cache.

// reading is what a comparison will look at of two values that are not the same.
type reading struct {
	use   int     // which of the columns it uses
	touch []touch // one after the other, since one may show the way to the next
}

// touch reads from what is derived of some values. What it gives has no meaning:
// it is there so that the reading is not left out.
type touch func(c *column, ids []uint32) uint32

// batchSize is how many pairs go together: their memory fits a near cache.
const batchSize = 256

// warm reads what a comparison will look at, of pairs of rows laid end to end.
func (c *comparer) warm(k int, rows []int32) {
	for i := range c.comparisons[k].reads {
		r := &c.comparisons[k].reads[i]
		col := c.cols[k][r.use]
		width, at := c.t.width, col.index
		ids := c.warmed[:0]
		for j := 0; j+1 < len(rows); j += 2 {
			x, y := c.t.cells[int(rows[j])*width+at], c.t.cells[int(rows[j+1])*width+at]
			if x != y && x != missing && y != missing {
				ids = append(ids, x, y)
			}
		}
		c.warmed = ids
		for _, f := range r.touch {
			c.sink += f(col, ids)
		}
	}
}

// derive derives what comparisons read, of several columns at the same time: else
// the workers wait for the one that comes first.
func derive(t *table, comparisons []comparison, jobs int) {
	c := newComparer(t, comparisons)
	var tasks []func()
	for k := range comparisons {
		for _, r := range comparisons[k].reads {
			tasks = append(tasks, func() {
				for _, f := range r.touch {
					f(c.cols[k][r.use], nil)
				}
			})
		}
	}
	share(jobs, len(tasks), func() func(int) { return func(i int) { tasks[i]() } })
}

// warmRows reads the cells of rows.
func (c *comparer) warmRows(rows []int32) {
	width, cells, sink := c.t.width, c.t.cells, uint32(0)
	for _, r := range rows {
		at := int(r) * width
		sink += cells[at] + cells[at+width-1]
	}
	c.sink += sink
}

// patterns compares the pairs of a list, all of each.
func (c *comparer) patterns(list []drawn) {
	for len(list) > 0 {
		n := min(len(list), batchSize)
		c.batch(list[:n])
		list = list[n:]
	}
}

func (c *comparer) batch(list []drawn) {
	rows := c.pairs[:0]
	for i := range list {
		rows = append(rows, list[i].a, list[i].b)
	}
	c.warmRows(rows)
	plain := rows[:0]
	for i := range list {
		d := &list[i]
		d.p = pattern{}
		if len(c.t.othersOf(d.a))+len(c.t.othersOf(d.b)) == 0 {
			plain = append(plain, d.a, d.b)
		}
	}
	c.pairs = plain
	for k := range c.comparisons {
		one, cols := &c.comparisons[k], c.cols[k]
		c.warm(k, plain)
		for i := range list {
			d := &list[i]
			d.p[k/16] |= uint64(one.compare(c, cols, d.a, d.b)) << (4 * (k % 16))
		}
	}
	if len(plain) == 2*len(list) {
		return
	}
	for i := range list {
		if d := &list[i]; len(c.t.othersOf(d.a))+len(c.t.othersOf(d.b)) > 0 {
			d.p = c.closest(d.p, d.a, d.b)
		}
	}
}

// What comparisons read.
var (
	spelt = []reading{{0, []touch{touchBriefs}}}
	coded = []reading{{0, []touch{touchEnds}}}
)

var (
	touchBriefs      = touchBrief(func(c *column) *derived[brief] { return &c.briefs })
	touchPlainBriefs = touchBrief(func(c *column) *derived[brief] { return &c.plainBriefs })
	touchUsers       = touchBrief(func(c *column) *derived[brief] { return &c.users })
)

// touchBrief reads one of the briefs of values.
func touchBrief(of func(c *column) *derived[brief]) touch {
	return func(c *column, ids []uint32) (sink uint32) {
		v := of(c).all(c)
		for _, id := range ids {
			sink += v[id].size
		}
		return sink
	}
}

func touchPostcodes(c *column, ids []uint32) (sink uint32) {
	v := c.postcodes.all(c)
	for _, id := range ids {
		sink += v[id].size
	}
	return sink
}

func touchEnds(c *column, ids []uint32) (sink uint32) {
	v := c.ends.all(c)
	for _, id := range ids {
		sink += uint32(v[id])
	}
	return sink
}

func touchDays(c *column, ids []uint32) (sink uint32) {
	v := c.days.all(c)
	for _, id := range ids {
		sink += v[id].digits
	}
	return sink
}

func touchLines(c *column, ids []uint32) (sink uint32) {
	v := c.lines.all(c)
	for _, id := range ids {
		sink += v[id].digits
	}
	return sink
}

// touchWords comes after touchLines.
func touchWords(c *column, ids []uint32) (sink uint32) {
	v := c.lines.all(c)
	for _, id := range ids {
		if words := v[id].words; len(words) > 0 {
			sink += words[0]
		}
	}
	return sink
}

// touchLexicon comes after touchWords.
func touchLexicon(c *column, ids []uint32) (sink uint32) {
	v := c.lines.all(c)
	for _, id := range ids {
		for _, w := range v[id].words {
			sink += uint32(c.lexicon[w].letters)
		}
	}
	return sink
}
