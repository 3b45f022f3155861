package dedupe

import "fmt"

// AddRows is AddRow, or AddRightRow, for many records at once, which costs half:
// the columns are filled one after another, by several workers where there are
// that many. The rows must not be used again.
func (f *Finder) AddRows(rows []*Row, right bool) error {
	for _, row := range rows {
		if row.kind != f.kind {
			return fmt.Errorf("dedupe: a %s among records of kind %s", row.kind, f.kind)
		}
	}
	f.t.addAll(rows, f.cfg.Jobs)
	first := f.t.n - len(rows)
	if right && f.t.right == nil {
		f.t.right = make([]bool, first, cap(f.t.hash))
	}
	for i, row := range rows {
		row.name(first+i+1, right)
		if f.t.right != nil {
			f.t.right = append(f.t.right, right)
		}
		row.done()
	}
	return nil
}

// pending is a cell on its way into a table.
type pending struct {
	at    int // in the cells of the batch, or behind them in the extra ones
	hash  uint64
	text  string
	known *knownValue
	id    uint32
}

// ofRecord marks a cell of another row that is the record's own.
const ofRecord = ^uint32(0)

// addAll adds records. They get the numbers, and values the ids, that add gives
// them one after another.
func (t *table) addAll(rows []*Row, jobs int) {
	width := len(t.cols)
	cells := make([]uint32, len(rows)*width)
	if t.batch == nil {
		t.batch = make([][]pending, width)
	}
	type copied struct{ own, extra int }
	var copies []copied
	firstExtra := len(t.extra)
	for r, row := range rows {
		t.hash = append(t.hash, row.hash)
		for i, c := range row.cells {
			k := row.met(i)
			if k != nil && k.id != missing { // the commonest
				cells[r*width+c.column] = t.cols[c.column].again(k)
				continue
			}
			t.batch[c.column] = append(t.batch[c.column], pending{at: r*width + c.column, hash: c.hash, text: c.text, known: k})
		}
		for _, o := range row.others {
			base := len(t.extra)
			for range width {
				t.extra = append(t.extra, ofRecord)
			}
			for _, c := range row.more[o.from:o.to] {
				t.batch[c.column] = append(t.batch[c.column], pending{at: len(cells) + base - firstExtra + c.column, hash: c.hash, text: c.text})
			}
			copies = append(copies, copied{r * width, base})
			t.addOther(o.concept, int32(extraRows+base/width))
		}
		t.n++
	}
	share(jobs, width, func() func(int) {
		return func(i int) { t.cols[i].ids(t.batch[i]) }
	})
	extra := t.extra[firstExtra:]
	for i, list := range t.batch {
		for k := range list {
			if p := &list[k]; p.at < len(cells) {
				cells[p.at] = p.id
			} else {
				extra[p.at-len(cells)] = p.id
			}
		}
		clear(list) // so that no text is kept
		t.batch[i] = list[:0]
	}
	for _, c := range copies {
		for i := range width {
			if cell := &t.extra[c.extra+i]; *cell == ofRecord {
				*cell = cells[c.own+i]
			}
		}
	}
	t.pieces = append(t.pieces, cells)
}

// ids gives every value its id. The places where values are looked for lie far
// apart in memory: all are touched first, so that the processor fetches many of
// them at a time.
func (c *column) ids(list []pending) {
	last, touched := len(c.slots)-1, 0
	for i := range list {
		list[i].id = uint32(c.slots[int(list[i].hash>>32)&last])
	}
	for i := range list {
		touched += len(c.text[list[i].id])
	}
	for i := range list {
		if text := c.text[list[i].id]; text != "" {
			touched += int(text[0])
		}
	}
	c.touched = touched
	for i := range list {
		p := &list[i]
		if p.known != nil {
			p.id = c.again(p.known)
		} else {
			p.id = c.id(p.text, p.hash)
		}
	}
}

// settle puts the cells of all records into one list.
func (t *table) settle() {
	if len(t.pieces) > 0 {
		t.cells = t.gather(len(t.cols), func(to, from []uint32) { copy(to, from) })
	}
}

// gather gives the cells of all records, each row by fill, in rows of another
// width. The pieces are let go one by one.
func (t *table) gather(width int, fill func(to, from []uint32)) []uint32 {
	old := len(t.cols)
	out := make([]uint32, 0, t.n*width)
	take := func(cells []uint32) {
		for ; len(cells) > 0; cells = cells[old:] {
			out = out[:len(out)+width]
			fill(out[len(out)-width:], cells[:old])
		}
	}
	take(t.cells)
	t.cells = nil
	for i, piece := range t.pieces {
		take(piece)
		t.pieces[i] = nil
	}
	t.pieces = nil
	return out
}
