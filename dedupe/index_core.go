package dedupe

import (
	"slices"
)

// searchers is how many search at the same time; others wait their turn.
const searchers = 16

// Each column lends every searcher so many ids for values that no record has: its
// own value, and those of further names or addresses.
const (
	lentEach  = 1 + maxVariants
	lentIDs   = searchers * lentEach
	lentOther = 2 * maxVariants // rows of further names and addresses
)

// core is what an index holds in memory. Records are rows of a table, the first
// of which are those of the searchers. A record that changes gets another row.
type core struct {
	preset *preset
	cfg    IndexConfig
	t      *table
	ids    *column  // of records and of clusters
	rowOf  []int32  // by id: the row that stands, 0 for none
	idOf   []uint32 // by row
	source *column  // systems records came from
	from   []uint32 // by row: its source
	hidden []bool   // by row: removed, replaced, or not yet durable
	live   int      // records
	saved  []int    // by column: values that are stored
	others int32    // the first row of the further names and addresses of searchers
	posts  []*posting
	counts []*termCounts // by column of the table
	frozen *frozen
	search *scorer // weighs by how rare values are now
	still  *scorer // weighs by how rare they were when the model was estimated
	asking [searchers]*asker
	clustering
}

func newCore(p *preset, cfg IndexConfig, t *table) *core {
	return &core{preset: p, cfg: cfg, t: t, ids: newColumn("id"), source: newColumn("source"), rowOf: []int32{0}, saved: make([]int, len(t.cols))}
}

// lend sets ids aside for values of those who ask. The column must be empty.
func (c *column) lend(n int) {
	c.loans = uint32(n)
	c.text = make([]string, n+1)
	c.lexicon = make([]word, n*mostLentWords)
}

// newIndexTable makes a table whose columns lend and grow.
func newIndexTable(p *preset) *table {
	t := newTable(p.attributes)
	t.grows = true
	for _, c := range t.cols {
		c.lend(lentIDs)
	}
	return t
}

// seat puts the rows of the searchers before those of the records.
func (c *core) seat() {
	t := c.t
	t.cells = append(make([]uint32, searchers*t.width, len(t.cells)+searchers*t.width), t.cells...)
	t.hash = append(make([]uint64, searchers, len(t.hash)+searchers), t.hash...)
	t.others = append(make([][]other, searchers, len(t.others)+searchers), t.others...)
	t.n += searchers
	c.others = int32(extraRows + len(t.extra)/t.width)
	t.extra = append(t.extra, make([]uint32, searchers*lentOther*t.width)...)
	c.idOf = append(make([]uint32, searchers), c.idOf...)
	c.from = append(make([]uint32, searchers), c.from...)
	c.hidden = append(make([]bool, searchers), c.hidden...)
	for i := range searchers {
		c.hidden[i] = true
	}
}

// newID gives the number of an id of a record or cluster, a new one if it was not met.
func (c *core) newID(id string) uint32 {
	n := c.ids.id(id, fnv64(id))
	for int(n) >= len(c.rowOf) {
		c.rowOf = append(c.rowOf, 0)
	}
	return n
}

func (c *core) rowByID(id string) (int32, bool) {
	n, ok := c.ids.find(id)
	if !ok || c.rowOf[n] == 0 {
		return 0, false
	}
	return c.rowOf[n], true
}

func (c *core) idText(row int32) string { return c.ids.text[c.idOf[row]] }

// stage takes a record in without showing it. Nobody may search meanwhile.
func (c *core) stage(p *Prepared) int32 {
	row := int32(c.t.n)
	c.t.add(p.row)
	for _, col := range c.t.cols {
		for _, d := range col.all() {
			d.grow(col)
		}
		c.relink(col)
	}
	c.idOf = append(c.idOf, c.newID(p.id))
	c.from = append(c.from, c.source.id(p.source, fnv64(p.source)))
	c.hidden = append(c.hidden, true)
	c.seatCluster(row)
	return row
}

// relink tells names of a column that another came that they are linked with.
func (c *core) relink(col *column) {
	d := &col.links
	if !d.ready.Load() {
		return
	}
	for ; col.linked < len(d.values); col.linked++ {
		id := uint32(col.linked)
		if id <= col.loans {
			continue
		}
		for _, other := range d.values[id] {
			if other > col.loans && !slices.Contains(d.values[other], id) && slices.Contains(nameLinks(col, other), id) {
				d.values[other] = append(slices.Clone(d.values[other]), id)
			}
		}
	}
}

// show makes a staged record one that is found; hide takes one away. Nobody may
// search meanwhile.
func (c *core) show(row int32) {
	c.hidden[row] = false
	c.rowOf[c.idOf[row]] = row
	c.count(row, 1)
	c.live++
}

func (c *core) hide(row int32) {
	c.hidden[row] = true
	if c.rowOf[c.idOf[row]] == row {
		c.rowOf[c.idOf[row]] = 0
	}
	c.count(row, -1)
	c.live--
}

func (c *core) count(row int32, by int32) {
	for i, col := range c.t.cols {
		c.counts[i].add(c.t.id(col, row), by)
	}
}

// recount counts the values of all records.
func (c *core) recount() []*termCounts {
	out := make([]*termCounts, len(c.t.cols))
	share(c.cfg.Jobs, len(out), func() func(int) {
		return func(i int) {
			col := c.t.cols[i]
			k := &termCounts{count: make([]int32, len(col.text))}
			for r := searchers; r < c.t.n; r++ {
				if id := c.t.id(col, int32(r)); id != missing && !c.hidden[r] {
					k.count[id]++
					k.n++
				}
			}
			for _, n := range k.count {
				k.squares += int64(n) * int64(n)
			}
			out[i] = k
		}
	})
	return out
}

// warm derives what comparing needs before anybody waits for it.
func (c *core) warm() {
	var rows []int32
	step := max((c.t.n-searchers)/64, 1)
	for r := searchers; r < c.t.n; r += step {
		rows = append(rows, int32(r))
	}
	k := newComparer(c.t, c.still.comparisons)
	for _, a := range rows {
		for _, b := range rows {
			if a < b {
				k.pattern(a, b)
			}
		}
	}
}
