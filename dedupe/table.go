package dedupe

import (
	"math"
	"slices"
	"strings"
)

// missing is the value id of a cell that holds nothing.
const missing = 0

// column is one attribute of every record, held as ids into a dictionary of its
// distinct values, so that work on a value is done once however often it occurs.
type column struct {
	name    string
	index   int      // of the column in its table
	text    []string // by id; text[0] is "" for missing
	slots   []uint64 // open hash table: the high half of a value's hash, and its id; 0 is free
	arena   strings.Builder
	bytes   int    // of the pieces that text lies in
	filled  int    // records that have a value
	touched int    // keeps reading ahead from being left out
	loans   uint32 // so many ids from 1 on are lent to those who ask an Index, 0 elsewhere
	*forms
}

func newColumn(name string) *column {
	return &column{name: name, text: []string{""}, slots: make([]uint64, 16), forms: newForms()}
}

// id gives the id of a value, a new one if it was not met before.
func (c *column) id(value string, hash uint64) uint32 {
	if value == "" {
		return missing
	}
	c.filled++
	slot, id := c.look(value, hash)
	if id != missing {
		return id
	}
	id = uint32(len(c.text))
	c.text = append(c.text, c.keep(value))
	c.slots[slot] = hash>>32<<32 | uint64(id)
	if 2*len(c.text) > len(c.slots) {
		c.grow()
	}
	return id
}

// again is id for a value that a coder has met: it is looked up once.
func (c *column) again(k *knownValue) uint32 {
	if k.id == missing {
		k.id = c.id(k.text, k.hash)
	} else {
		c.filled++
	}
	return k.id
}

// find gives the id of a value, and false for one that no record has.
func (c *column) find(value string) (uint32, bool) {
	_, id := c.look(value, fnv64(value))
	return id, id != missing
}

// look gives the slot of a value and its id, or a free slot and missing.
func (c *column) look(value string, hash uint64) (slot int, id uint32) {
	last := len(c.slots) - 1
	for at := int(hash>>32) & last; ; at = (at + 1) & last {
		s := c.slots[at]
		if s == 0 || s>>32 == hash>>32 && c.text[uint32(s)] == value {
			return at, uint32(s)
		}
	}
}

func (c *column) grow() {
	old := c.slots
	c.slots = make([]uint64, 2*len(old))
	last := len(c.slots) - 1
	for _, s := range old {
		if s == 0 {
			continue
		}
		at := int(s>>32) & last
		for c.slots[at] != 0 {
			at = (at + 1) & last
		}
		c.slots[at] = s
	}
}

// keep copies a value, which may be a piece of a whole row, to where many lie together.
func (c *column) keep(value string) string {
	const piece = 1 << 16
	if c.arena.Cap()-c.arena.Len() < len(value) {
		c.arena = strings.Builder{}
		c.arena.Grow(max(min(piece, 64*len(c.text)), len(value)))
		c.bytes += c.arena.Cap()
	}
	from := c.arena.Len()
	c.arena.WriteString(value)
	return c.arena.String()[from:]
}

// rarities gives, by value id, log2 of the chance that two records with a value
// agree over the share of records with a value that have this one, and what it is
// of a value that one record has. With members,
// only the records it lists are counted: one for each entity, so that a person
// recorded ten times does not make a name common.
func (t *table) rarities(c *column, members []int32) (rare []float64, one float64) {
	if t.overall != nil {
		return t.overall.rarities(c)
	}
	counts := make([]int32, len(c.text))
	n := int64(0)
	count := func(id uint32) {
		if id != missing {
			counts[id]++
			n++
		}
	}
	if members == nil {
		for r := range t.n {
			count(t.id(c, int32(r)))
		}
	} else {
		for _, r := range members {
			count(t.id(c, r))
		}
	}
	agree := agreement(counts, n)
	rare = make([]float64, len(counts))
	var seen [256]float64 // most values are as few as many others
	for i, k := range counts {
		k = max(k, 1) // a value no counted record has still occurs once at least
		if int(k) < len(seen) && seen[k] != 0 {
			rare[i] = seen[k]
			continue
		}
		rare[i] = rareness(agree, k, n)
		if int(k) < len(seen) {
			seen[k] = rare[i]
		}
	}
	return rare, rareness(agree, 1, n)
}

// agreement is the chance that two of n records with a value agree, given how
// often each value occurs.
func agreement(counts []int32, n int64) float64 {
	squares := int64(0)
	for _, k := range counts {
		squares += int64(k) * int64(k)
	}
	return agreementOf(squares, n)
}

// agreementOf is agreement, given the sum of the squares of how often each value occurs.
func agreementOf(squares, n int64) float64 {
	return max(float64(squares)/(float64(n)*float64(n)+1), 1e-12)
}

// rareness is what a value that k of n records have weighs more than the average
// agreement, in bits.
func rareness(agree float64, k int32, n int64) float64 {
	return math.Log2(agree / (float64(k) / float64(max(n, 1))))
}

// table is the records to compare, column by column.
type table struct {
	n       int
	hash    []uint64    // by record, of its content
	source  []int32     // by record, where no two records of one source are compared; else nil
	right   []bool      // by record: whether it is of the right-hand file; nil when one file is searched for duplicates
	cells   []uint32    // value ids, record by record: what is compared lies together
	others  [][]other   // by record: further names and addresses; nil for a record without, shorter than n when the last have none
	extra   []uint32    // cells of those, row by row
	pieces  [][]uint32  // cells of the records after those, which addAll has added
	batch   [][]pending // by column, of addAll
	width   int         // cells of a row
	cols    []*column
	byName  map[string]*column
	grows   bool     // records are still to come: no column is left out
	overall *overall // of a table that holds a part of the records only, what all of them say; else nil
}

func newTable(attributes []attribute) *table {
	t := &table{byName: map[string]*column{}}
	for _, a := range attributes {
		c := newColumn(a.name)
		c.index = len(t.cols)
		t.cols = append(t.cols, c)
		t.byName[a.name] = c
	}
	t.width = len(t.cols)
	return t
}

// compact leaves out the columns that no record has a value for, so that rows
// are short; no more records can be added then.
func (t *table) compact() {
	var kept []int
	for _, c := range t.cols {
		if c.filled > 0 {
			kept = append(kept, c.index)
		}
	}
	width := len(kept) + 1 // the last cell is that of all empty columns
	t.batch = nil
	if width >= t.width || t.grows {
		t.settle()
		return
	}
	narrow := func(to, from []uint32) {
		for i, k := range kept {
			to[i] = from[k]
		}
	}
	t.cells = t.gather(width, narrow)
	extra := make([]uint32, len(t.extra)/t.width*width)
	for r := range len(t.extra) / t.width {
		narrow(extra[r*width:], t.extra[r*t.width:])
	}
	t.extra = extra
	for _, c := range t.cols {
		i := slices.Index(kept, c.index)
		if i < 0 {
			i = width - 1
		}
		c.index = i
	}
	t.width = width
}

func (t *table) column(name string) *column { return t.byName[name] }

// other is a row that stands for a record under another name or at another
// address: its first row with the columns of one concept replaced.
type other struct {
	concept string
	row     int32
}

// extraRows is where the numbers of such rows begin.
const extraRows = 1 << 30

// id gives the value id of a column in a row: a record, or another row of one.
func (t *table) id(c *column, r int32) uint32 {
	if r >= extraRows {
		return t.extra[int(r-extraRows)*t.width+c.index]
	}
	return t.cells[int(r)*t.width+c.index]
}

// add adds a record.
func (t *table) add(row *Row) {
	t.settle()
	t.hash = append(t.hash, row.hash)
	t.cells = append(t.cells, make([]uint32, len(t.cols))...)
	own := t.cells[t.n*len(t.cols):]
	for i, c := range row.cells {
		if k := row.met(i); k != nil {
			own[c.column] = t.cols[c.column].again(k)
		} else {
			own[c.column] = t.cols[c.column].id(c.text, c.hash)
		}
	}
	for _, o := range row.others {
		base := len(t.extra)
		t.extra = append(t.extra, own...)
		other := t.extra[base:]
		for _, c := range row.more[o.from:o.to] {
			other[c.column] = t.cols[c.column].id(c.text, c.hash)
		}
		t.addOther(o.concept, int32(extraRows+base/len(t.cols)))
	}
	t.n++
}

// addOther notes another row of the last record.
func (t *table) addOther(concept string, row int32) {
	for len(t.others) <= t.n {
		t.others = append(t.others, nil)
	}
	t.others[t.n] = append(t.others[t.n], other{concept, row})
}

func (t *table) othersOf(r int32) []other {
	if int(r) < len(t.others) {
		return t.others[r]
	}
	return nil
}

// comparable says whether two records are to be compared: always within one
// file, only across the two when files are linked, and never within a source
// that holds no duplicates.
func (t *table) comparable(a, b int32) bool {
	return (t.right == nil || t.right[a] != t.right[b]) && (t.source == nil || t.source[a] != t.source[b])
}

// pairs is how many pairs of records there are to compare.
func (t *table) pairs() float64 {
	if t.overall != nil {
		return float64(t.all()) * float64(t.all()-1) / 2
	}
	if t.source != nil {
		all, within := float64(t.n)*float64(t.n-1)/2, map[int32]int{}
		for _, s := range t.source {
			within[s]++
		}
		for _, n := range within { // whole numbers: in any order the sum is the same
			all -= float64(n) * float64(n-1) / 2
		}
		return all
	}
	if t.right == nil {
		return float64(t.n) * float64(t.n-1) / 2
	}
	right := 0
	for _, is := range t.right {
		if is {
			right++
		}
	}
	return float64(right) * float64(t.n-right)
}
