package dedupe

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
)

// appendText writes a text with its length before it.
func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// appendRow writes what is compared of a record: its length, number, hash, id,
// and cells, and those in which further names and addresses differ.
func appendRow(b []byte, number uint64, id string, r *Row) []byte {
	at := len(b)
	b = append(b, 0, 0, 0, 0)
	b = binary.AppendUvarint(b, number)
	b = binary.LittleEndian.AppendUint64(b, r.hash)
	b = appendText(b, id)
	cells := func(list []cell) {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, c := range list {
			b = appendText(binary.AppendUvarint(b, uint64(c.column)), c.text)
		}
	}
	cells(r.cells)
	b = binary.AppendUvarint(b, uint64(len(r.others)))
	for _, o := range r.others {
		b = appendText(b, o.concept)
		cells(r.more[o.from:o.to])
	}
	binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	return b
}

// packed is a record as appendRow wrote it.
type packed struct {
	number uint64
	whole  string // as written, with the length
	rest   string // from the hash on
}

// unpackRows finds the records of a batch.
func unpackRows(b Batch, take func(packed)) error {
	return items(b, func(c *cursor) {
		if len(c.s) < 4 {
			c.bad = true
			return
		}
		n := int(binary.LittleEndian.Uint32([]byte(c.s[:4])))
		if n > len(c.s)-4 {
			c.bad = true
			return
		}
		own := cursor{s: c.s[4 : 4+n]}
		p := packed{number: own.uvarint(), whole: c.s[:4+n], rest: own.s}
		if own.bad {
			c.bad = true
			return
		}
		c.s = c.s[4+n:]
		take(p)
	})
}

// unpack reads a record into a row, and gives its id.
func (p packed) unpack(row *Row, columns int) (id string, ok bool) {
	c := cursor{s: p.rest}
	row.cells, row.more, row.others = row.cells[:0], row.more[:0], row.others[:0]
	row.hash = c.uint64()
	id = c.text()
	cells := func(to []cell) []cell {
		for n := c.uvarint(); n > 0 && !c.bad; n-- {
			k, text := c.uvarint(), c.text()
			if k >= uint64(columns) {
				c.bad = true
				break
			}
			to = append(to, cell{int(k), fnv64(text), text})
		}
		return to
	}
	row.cells = cells(row.cells)
	for n := c.uvarint(); n > 0 && !c.bad; n-- {
		o := otherCells{concept: c.text(), from: len(row.more)}
		row.more = cells(row.more)
		o.to = len(row.more)
		row.others = append(row.others, o)
	}
	return id, !c.bad && c.s == ""
}

// part is some of the records in a table of their own, ordered by their numbers.
type part struct {
	w    *Worker
	rows []packed
	ids  []string
	t    *table
}

func (p *part) take(b Batch) error {
	return unpackRows(b, func(r packed) { p.rows = append(p.rows, r) })
}

// build makes the table. Records given several times are there once.
func (p *part) build() error {
	slices.SortFunc(p.rows, func(x, y packed) int { return cmp.Compare(x.number, y.number) })
	for i := 1; i < len(p.rows); i++ {
		if p.rows[i].number == p.rows[i-1].number && p.rows[i].whole != p.rows[i-1].whole {
			return fmt.Errorf("dedupe: record %d of file %d was read twice, and not alike", p.rows[i].number&(1<<40-1)+1, p.rows[i].number>>40+1)
		}
	}
	p.rows = slices.CompactFunc(p.rows, func(x, y packed) bool { return x.number == y.number })
	p.t = newTable(p.w.f.preset.attributes)
	p.ids = make([]string, len(p.rows))
	var row Row
	for i, r := range p.rows {
		id, ok := r.unpack(&row, len(p.t.cols))
		if !ok {
			return damaged(Batch{Kind: BatchRows, Data: []byte(r.whole)})
		}
		p.ids[i] = id
		p.t.add(&row)
	}
	for _, c := range p.t.cols {
		c.filled = p.w.cfg.Facts.Filled[c.name]
	}
	p.t.overall = &overall{n: p.w.cfg.Facts.Records, facts: &p.w.cfg.Facts}
	return nil
}

// weigh makes the table and what weighs its pairs; nil where no column is compared.
func (p *part) weigh() (*scorer, error) {
	if err := p.build(); err != nil {
		return nil, err
	}
	f := p.w.f
	f.t = p.t
	comparisons := active(p.t, f.cfg.Model.known(f.preset.comparisons))
	if err := p.t.overall.load(p); err != nil {
		return nil, err
	}
	if len(comparisons) == 0 {
		return nil, nil
	}
	return f.given(comparisons, &Model{}), nil
}

// row finds a record by its number.
func (p *part) row(number uint64) (int32, bool) {
	i, ok := slices.BinarySearchFunc(p.rows, number, func(r packed, n uint64) int { return cmp.Compare(r.number, n) })
	return int32(i), ok
}

// ReadStep gives records away as they are read, and counts their values.
type ReadStep struct {
	w      *Worker
	file   int
	n      int
	blank  int64
	filled []int64
	rows   *outbox
	terms  *termCounter
	last   uint64
}

// NewRead makes a step that is given the records of one file, by its place among the files.
func (w *Worker) NewRead(file int, out Sink) *ReadStep {
	return &ReadStep{w: w, file: file, filled: make([]int64, len(w.f.preset.attributes)), rows: newOutbox(BatchRows, out), terms: w.newTermCounter(out)}
}

// Add adds the next record. The row must not be used again.
func (r *ReadStep) Add(id string, row *Row) error {
	if row.kind != r.w.f.kind {
		return fmt.Errorf("dedupe: a %s among records of kind %s", row.kind, r.w.f.kind)
	}
	number := numberOf(r.file, r.n)
	if at := batchOf(number); at != r.last { // a batch of neighbours is whole
		if err := r.rows.close(); err != nil {
			return err
		}
		r.last = at
	}
	r.n++
	if id == "" {
		r.blank++
	}
	b := r.rows.to(r.w.shardOfRecord(number))
	b.Data = appendRow(b.Data, number, id, row)
	for _, list := range [2][]cell{row.cells, row.more} {
		for _, c := range list {
			if c.text != "" {
				r.filled[c.column]++
			}
		}
	}
	err := r.terms.row(row, id)
	row.done()
	return err
}

// End ends the file.
func (r *ReadStep) End() (Tally, error) {
	if err := r.rows.close(); err != nil {
		return nil, err
	}
	if err := r.terms.flush(); err != nil {
		return nil, err
	}
	out := Tally{"records": int64(r.n), "blankIDs": r.blank, "terms": r.terms.out.total}
	for i, a := range r.w.f.preset.attributes {
		out["filled:"+a.name] = r.filled[i]
	}
	return out, nil
}
