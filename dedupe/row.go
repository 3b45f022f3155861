package dedupe

import (
	"fmt"
	"sync"

	"leds.internal/ledsq/record"
)

// Row is what is compared of one record: made by Prepare, used up by AddRow.
type Row struct {
	kind   record.Kind
	hash   uint64
	cells  []cell
	more   []cell // of further names and addresses
	others []otherCells
	known  []*knownValue // by cell: the value as it was met before, nil for one that was not; shorter where none was
	named  *[2]int32     // where its number goes, of a record that a decision names
	buf    []byte        // the texts of the cells one after another, while the row is made
	ends   []int         // of the texts in it
}

// cell is a value of one column, never an empty one but in more.
type cell struct {
	column int
	hash   uint64
	text   string
}

// otherCells are the cells in which a row under another name or at another
// address differs from the record's own.
type otherCells struct {
	concept  string
	from, to int // in Row.more
}

var rows = sync.Pool{New: func() any { return new(Row) }}

// emptyHash is the hash of a cell without a value.
var emptyHash = fnv64("")

func newRow(k record.Kind, named *[2]int32) *Row {
	row := rows.Get().(*Row)
	row.kind, row.named = k, named
	row.cells, row.more, row.others, row.known = row.cells[:0], row.more[:0], row.others[:0], row.known[:0]
	row.buf, row.ends = row.buf[:0], row.ends[:0]
	return row
}

// done gives the row back, so that no text is kept.
func (row *Row) done() {
	clear(row.cells)
	clear(row.more)
	clear(row.known)
	rows.Put(row)
}

// met gives the value of a cell if a coder has met it before.
func (row *Row) met(cell int) *knownValue {
	if cell < len(row.known) {
		return row.known[cell]
	}
	return nil
}

// cell gives a cell whose text, up to texts, is what stands in buf from a place on.
func (row *Row) cell(column, from int) cell {
	row.ends = append(row.ends, len(row.buf))
	return cell{column, fnv64(row.buf[from:]), ""}
}

// texts gives the cells their texts: one piece of memory for all.
func (row *Row) texts() {
	all, from, i := string(row.buf), 0, 0
	for _, cells := range [2][]cell{row.cells, row.more} {
		for k := range cells {
			if cells[k].text != "" { // met before
				continue
			}
			cells[k].text = all[from:row.ends[i]]
			from = row.ends[i]
			i++
		}
	}
}

// Prepare reads what is compared of a record, which must be normalised (see
// normalise.Record). It may be called by several workers at once.
func (f *Finder) Prepare(r record.Record) *Row {
	row := newRow(r.Kind(), f.named[r.Head().ID])
	if row.kind != f.kind {
		return row
	}
	h := uint64(7)
	for i, a := range f.preset.attributes {
		from, hash := len(row.buf), emptyHash
		if row.buf = a.read(row.buf, r); len(row.buf) > from {
			c := row.cell(i, from)
			hash = c.hash
			row.cells = append(row.cells, c)
		}
		h = mix(h+uint64(i), hash)
	}
	// The id takes part so that records of equal content stay apart.
	row.hash = mix(h, fnv64(r.Head().ID))
	if f.preset.variants != nil {
		f.preset.variants(r, func(concept string, v record.Record) {
			first := len(row.more)
			for i, a := range f.preset.attributes {
				if a.concept == concept {
					from := len(row.buf)
					row.buf = a.read(row.buf, v)
					row.more = append(row.more, row.cell(i, from))
				}
			}
			row.others = append(row.others, otherCells{concept, first, len(row.more)})
		})
	}
	row.texts()
	return row
}

// AddRow adds a prepared record: cheap, and to be called by one worker at a time.
// Records are numbered from 0 in the order they are added. The row must not be
// used again.
func (f *Finder) AddRow(row *Row) error { return f.addRow(row, false) }

// AddRightRow is AddRow for a record of the right-hand file (see AddRight).
func (f *Finder) AddRightRow(row *Row) error { return f.addRow(row, true) }

func (f *Finder) addRow(row *Row, right bool) error {
	if row.kind != f.kind {
		return fmt.Errorf("dedupe: a %s among records of kind %s", row.kind, f.kind)
	}
	f.t.add(row)
	row.name(f.t.n, right)
	if right && f.t.right == nil {
		f.t.right = make([]bool, f.t.n-1, cap(f.t.hash))
	}
	if f.t.right != nil {
		f.t.right = append(f.t.right, right)
	}
	row.done()
	return nil
}
