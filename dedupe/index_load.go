package dedupe

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// load reads the records of a store.
func (c *core) load(ctx context.Context, store Store) error {
	if err := c.loadValues(store); err != nil {
		return err
	}
	c.seat()
	if err := c.loadRows(ctx, store); err != nil {
		return err
	}
	c.markSaved()
	return c.loadClusters(store)
}

func (c *core) loadValues(store Store) error {
	err := store.Each(tableValues, func(k, v []byte) error {
		v, err := opened(v)
		if err != nil {
			return err
		}
		at := binary.BigEndian.Uint64(k)
		if at>>32 >= uint64(len(c.t.cols)) {
			return fmt.Errorf("%w: values of an unknown column", ErrCorrupt)
		}
		col := c.t.cols[at>>32]
		if uint64(uint32(at))+uint64(col.loans)+1 != uint64(len(col.text)) {
			return fmt.Errorf("%w: values are missing", ErrCorrupt)
		}
		text := string(v) // one copy for all
		for len(text) > 0 {
			n, w := binary.Uvarint([]byte(text[:min(len(text), binary.MaxVarintLen64)]))
			if w <= 0 || n > uint64(len(text)-w) {
				return fmt.Errorf("%w: a value is cut short", ErrCorrupt)
			}
			col.take(text[w : w+int(n)])
			text = text[w+int(n):]
		}
		return nil
	})
	return err
}

// take appends a value that the column does not have.
func (c *column) take(text string) {
	hash := fnv64(text)
	slot, _ := c.look(text, hash)
	c.slots[slot] = hash>>32<<32 | uint64(len(c.text))
	c.text = append(c.text, text)
	if 2*len(c.text) > len(c.slots) {
		c.grow()
	}
}

// decoder reads a row.
type decoder struct {
	b    []byte
	fail bool
}

func (d *decoder) number() uint64 {
	n, w := binary.Uvarint(d.b)
	if w <= 0 {
		d.fail = true
		return 0
	}
	d.b = d.b[w:]
	return n
}

func (d *decoder) take(n uint64) []byte {
	if n > uint64(len(d.b)) {
		d.fail = true
		return nil
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) cells(c *core, into []uint32) {
	for i, col := range c.t.cols {
		id := d.number()
		if id != 0 {
			id += uint64(col.loans)
		}
		if id >= uint64(len(col.text)) {
			d.fail = true
			return
		}
		into[i] = uint32(id)
	}
}

// decodeRow appends a row to the table.
func (c *core) decodeRow(v []byte) error {
	v, err := opened(v)
	if err != nil {
		return err
	}
	t, d := c.t, &decoder{b: v}
	id, source := d.take(d.number()), d.take(d.number())
	hash := d.take(8)
	base := len(t.cells)
	t.cells = append(t.cells, make([]uint32, t.width)...)
	d.cells(c, t.cells[base:])
	others := d.number()
	if d.fail || others > lentOther {
		return fmt.Errorf("%w: a record is cut short", ErrCorrupt)
	}
	for range others {
		concept := d.take(1)
		at := len(t.extra)
		t.extra = append(t.extra, make([]uint32, t.width)...)
		d.cells(c, t.extra[at:])
		if d.fail || int(concept[0]) >= len(concepts) {
			return fmt.Errorf("%w: a record is cut short", ErrCorrupt)
		}
		t.addOther(concepts[concept[0]], int32(extraRows+at/t.width))
	}
	row := int32(t.n)
	t.hash = append(t.hash, binary.BigEndian.Uint64(hash))
	t.n++
	for i, col := range t.cols {
		if t.cells[base+i] != missing {
			col.filled++
		}
	}
	n := c.newID(string(id))
	if c.rowOf[n] != 0 {
		return fmt.Errorf("%w: two records bear one id", ErrCorrupt)
	}
	c.rowOf[n] = row
	c.idOf, c.from, c.hidden = append(c.idOf, n), append(c.from, c.source.id(string(source), fnv64(string(source)))), append(c.hidden, false)
	c.live++
	return nil
}

// gap appends a row that nobody finds.
func (c *core) gap() {
	c.t.cells = append(c.t.cells, make([]uint32, c.t.width)...)
	c.t.hash = append(c.t.hash, 0)
	c.t.n++
	c.idOf, c.from, c.hidden = append(c.idOf, 0), append(c.from, 0), append(c.hidden, true)
}

func (c *core) loadRows(ctx context.Context, store Store) error {
	err := store.Each(tableRows, func(k, v []byte) error {
		row := binary.BigEndian.Uint64(k) + searchers
		if row < uint64(c.t.n) || row >= extraRows {
			return fmt.Errorf("%w: records are out of order", ErrCorrupt)
		}
		for uint64(c.t.n) < row {
			c.gap()
		}
		if row&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return c.decodeRow(v)
	})
	return err
}

func (c *core) loadClusters(store Store) error {
	other := map[int32]uint32{}
	err := store.Each(tableClusters, func(k, v []byte) error {
		v, err := opened(v)
		row := binary.BigEndian.Uint64(k) + searchers
		if err == nil && (row >= uint64(c.t.n) || c.hidden[row]) {
			err = fmt.Errorf("%w: a cluster of a record that is not there", ErrCorrupt)
		}
		if err == nil {
			other[int32(row)] = c.newID(string(v))
		}
		return err
	})
	if err != nil {
		return err
	}
	c.seatCluster(int32(c.t.n - 1))
	for r := searchers; r < c.t.n; r++ {
		if c.hidden[r] {
			continue
		}
		label, ok := other[int32(r)]
		if !ok {
			label = c.idOf[r]
		}
		c.enter(int32(r), label)
	}
	err = store.Each(tableDecisions, func(_, v []byte) error {
		var j Judgement
		v, err := opened(v)
		if err == nil {
			err = json.Unmarshal(v, &j)
		}
		c.judged.add(j)
		return err
	})
	if err != nil {
		return errors.Join(ErrCorrupt, err)
	}
	err = store.Each(tableJournal, func(_, v []byte) error {
		var e JournalEntry
		v, err := opened(v)
		if err == nil {
			err = json.Unmarshal(v, &e)
		}
		c.journalled = e.Seq
		if c.recent = append(c.recent, e); len(c.recent) > 2*keptEntries {
			c.recent = append([]JournalEntry(nil), c.recent[keptEntries:]...)
		}
		return err
	})
	if err != nil {
		return errors.Join(ErrCorrupt, err)
	}
	return nil
}
