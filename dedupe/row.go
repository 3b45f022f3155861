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
	named  *[2]int32 // where its number goes, of a record that a decision names
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

// Prepare reads what is compared of a record, which must be normalised (see
// normalise.Record). It may be called by several workers at once; the row keeps
// texts of the record alive until it is added.
func (f *Finder) Prepare(r record.Record) *Row {
	row := rows.Get().(*Row)
	row.kind, row.named = r.Kind(), f.named[r.Head().ID]
	row.cells, row.more, row.others = row.cells[:0], row.more[:0], row.others[:0]
	if row.kind != f.kind {
		return row
	}
	h := uint64(7)
	for i, a := range f.preset.attributes {
		text, hash := a.read(r), emptyHash
		if text != "" {
			hash = fnv64(text)
			row.cells = append(row.cells, cell{i, hash, text})
		}
		h = mix(h+uint64(i), hash)
	}
	// The id takes part so that records of equal content stay apart.
	row.hash = mix(h, fnv64(r.Head().ID))
	if f.preset.variants != nil {
		f.preset.variants(r, func(concept string, v record.Record) {
			from := len(row.more)
			for i, a := range f.preset.attributes {
				if a.concept == concept {
					text := a.read(v)
					row.more = append(row.more, cell{i, fnv64(text), text})
				}
			}
			row.others = append(row.others, otherCells{concept, from, len(row.more)})
		})
	}
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
	clear(row.cells) // so that no text is kept
	clear(row.more)
	rows.Put(row)
	return nil
}
