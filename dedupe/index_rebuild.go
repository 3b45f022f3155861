package dedupe

import (
	"bytes"
	"context"
	"fmt"
	"slices"
)

// Rebuild makes the index anew from its records, with a model estimated from them
// as they are now, and writes it to another store, which must be empty, or keeps
// it in memory alone for nil. Decisions, the journal and the ids of clusters go
// along. The index itself stays as it is and can be searched meanwhile; nothing
// can be written to it until Rebuild is done, and what is written to it later the
// new one does not have: close it.
//
// For that time memory holds the records twice.
func (x *Index) Rebuild(ctx context.Context, to Store) (*Index, error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	b, err := NewIndexBuilder(x.kind, x.cfg)
	if err != nil {
		return nil, err
	}
	c := x.core
	for r := int32(searchers); int(r) < c.t.n; r++ {
		if !c.hidden[r] {
			if err := b.Add(&Prepared{c.rowAgain(r, x), c.idText(r), c.source.text[c.from[r]]}); err != nil {
				return nil, err
			}
		}
	}
	b.previous = x.Clusters()
	b.decided = slices.Clone(c.judged.list)
	b.c.journalled, b.c.recent = c.journalled, slices.Clone(c.recent)
	if x.store != nil {
		if err := x.store.Each(tableJournal, func(k, v []byte) error {
			b.earlier = append(b.earlier, storedEntry{bytes.Clone(k), bytes.Clone(v)})
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return b.Build(ctx, to)
}

// rowAgain gives the prepared row of a record.
func (c *core) rowAgain(r int32, x *Index) *Row {
	row := &Row{kind: x.kind, hash: c.t.hash[r]}
	cells := func(of int32, every bool, concept string) (out []cell) {
		for i, col := range c.t.cols {
			if every || c.preset.attributes[i].concept == concept {
				if text := col.text[c.t.id(col, of)]; text != "" || !every {
					out = append(out, cell{i, fnv64(text), text})
				}
			}
		}
		return out
	}
	row.cells = cells(r, true, "")
	for _, o := range c.t.othersOf(r) {
		from := len(row.more)
		row.more = append(row.more, cells(o.row, false, o.concept)...)
		row.others = append(row.others, otherCells{o.concept, from, len(row.more)})
	}
	return row
}

// carry gives the clusters of a new index the ids they had, and puts people's
// decisions to use.
func (x *Index) carry(b *IndexBuilder) {
	c := x.core
	now := x.Clusters()
	named, report, err := CarryIDs(b.previous, now, CarryOptions{})
	if err != nil { // ids are unique in an index
		panic(fmt.Sprintf("dedupe: %v", err))
	}
	for r := searchers; r < c.t.n; r++ {
		c.leave(int32(r))
	}
	for _, m := range named {
		row, _ := c.rowByID(m.Record)
		c.enter(row, c.newID(m.Cluster))
	}
	w := newWriter(x)
	e := JournalEntry{Cause: "rebuilt"}
	for _, ch := range report.Changes {
		if ch.Kind != Appeared {
			e.Changes = append(e.Changes, ch)
		}
	}
	w.enterJournal(e)
	var from []int32
	for id := range c.judged.by {
		if row, ok := c.rowByID(id); ok {
			from = append(from, row)
		}
	}
	slices.Sort(from)
	for _, r := range from { // one by one: what each touches is small
		w.recluster("decided", c.idText(r), []int32{r}, nil)
	}
}
