package dedupe

import (
	"strings"

	"leds.internal/ledsq/record"
)

// missing is the value id of a cell that holds nothing.
const missing = 0

// column is one attribute of every record, held as ids into a dictionary of its
// distinct values, so that work on a value is done once however often it occurs.
type column struct {
	name   string
	index  int      // of the column in its table
	text   []string // by id; text[0] is "" for missing
	dict   map[string]uint32
	filled int // records that have a value
}

func newColumn(name string) *column {
	return &column{name: name, text: []string{""}, dict: map[string]uint32{"": missing}}
}

// id gives the id of a value, a new one if it was not met before.
func (c *column) id(value string) uint32 {
	if value == "" {
		return missing
	}
	c.filled++
	id, seen := c.dict[value]
	if !seen {
		id = uint32(len(c.text))
		value = strings.Clone(value) // it may be a piece of a whole row
		c.text = append(c.text, value)
		c.dict[value] = id
	}
	return id
}

// frequencies gives, by value id, the share of records with a value that have
// this one, and the chance that two records with a value agree. With members,
// only the records it lists are counted: one for each entity, so that a person
// recorded ten times does not make a name common.
func (t *table) frequencies(c *column, members []int32) (share []float64, agree float64) {
	counts := make([]int64, len(c.text))
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
	share = make([]float64, len(counts))
	squares := int64(0)
	for i, k := range counts {
		// A value no counted record has still occurs once at least.
		share[i] = float64(max(k, 1)) / float64(max(n, 1))
		squares += k * k
	}
	return share, max(float64(squares)/(float64(n)*float64(n)+1), 1e-12)
}

// table is the records to compare, column by column.
type table struct {
	n      int
	hash   []uint64  // by record, of its content
	right  []bool    // by record: whether it is of the right-hand file; nil when one file is searched for duplicates
	cells  []uint32  // value ids, record by record: what is compared lies together
	others [][]other // by record: further names and addresses; nil for a record without, shorter than n when the last have none
	extra  []uint32  // cells of those, row by row
	cols   []*column
	byName map[string]*column
}

func newTable(attributes []attribute) *table {
	t := &table{byName: map[string]*column{}}
	for _, a := range attributes {
		c := newColumn(a.name)
		c.index = len(t.cols)
		t.cols = append(t.cols, c)
		t.byName[a.name] = c
	}
	return t
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
		return t.extra[int(r-extraRows)*len(t.cols)+c.index]
	}
	return t.cells[int(r)*len(t.cols)+c.index]
}

// addOther adds another row to the last record, reading the attributes of one
// concept from v and the rest from the record.
func (t *table) addOther(attributes []attribute, concept string, v record.Record) {
	r := t.n - 1
	base := t.cells[r*len(t.cols) : (r+1)*len(t.cols)]
	row := int32(extraRows + len(t.extra)/len(t.cols))
	for i, a := range attributes {
		id := base[i]
		if a.concept == concept {
			id = t.cols[i].id(a.read(v))
		}
		t.extra = append(t.extra, id)
	}
	for len(t.others) <= r {
		t.others = append(t.others, nil)
	}
	t.others[r] = append(t.others[r], other{concept, row})
}

func (t *table) othersOf(r int32) []other {
	if int(r) < len(t.others) {
		return t.others[r]
	}
	return nil
}

// comparable says whether two records are to be compared: always within one
// file, only across the two when files are linked.
func (t *table) comparable(a, b int32) bool { return t.right == nil || t.right[a] != t.right[b] }

// pairs is how many pairs of records there are to compare.
func (t *table) pairs() float64 {
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
