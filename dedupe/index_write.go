package dedupe

import (
	"context"
	"errors"
	"fmt"
	"math"

	"leds.internal/ledsq/record"
)

// change is one thing to be written, and who waits for it.
type change struct {
	kind     changeKind
	id       string
	prepared *Prepared
	decided  []Judgement
	old, row int32 // the row that goes and the one that comes, 0 for none
	err      error
	done     chan error
}

type changeKind string

const (
	added   changeKind = "added"
	updated changeKind = "updated"
	removed changeKind = "removed"
	decided changeKind = "decided"
)

// mostTogether is how many changes are made durable at once.
const mostTogether = 512

// Add takes in a normalised record, which searches find from when it returns; it is
// durable then, if the index has a store. ErrExists says that a record of its id is
// there.
func (x *Index) Add(ctx context.Context, r record.Record) error { return x.put(ctx, added, r) }

// Update puts a normalised record in the place of the one of its id. ErrUnknown
// says that there is none.
func (x *Index) Update(ctx context.Context, r record.Record) error { return x.put(ctx, updated, r) }

func (x *Index) put(ctx context.Context, k changeKind, r record.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	p := prepare(&Finder{kind: x.kind, preset: x.preset}, r)
	if err := x.fits(p); err != nil {
		return err
	}
	return x.do(&change{kind: k, id: p.id, prepared: p})
}

// AddAll takes in many records at once, made durable together in parts of some
// hundred. It gives an error for each, nil for those taken in.
func (x *Index) AddAll(ctx context.Context, list []record.Record) []error {
	out := make([]error, len(list))
	var waiting []*change
	var place []int
	f := &Finder{kind: x.kind, preset: x.preset}
	for i, r := range list {
		p := prepare(f, r)
		if out[i] = errors.Join(ctx.Err(), x.fits(p)); out[i] != nil {
			continue
		}
		waiting = append(waiting, &change{kind: added, id: p.id, prepared: p, done: make(chan error, 1)})
		place = append(place, i)
	}
	x.enqueue(waiting...)
	for i, ch := range waiting {
		out[place[i]] = <-ch.done
	}
	return out
}

// Remove takes a record out. ErrUnknown says that there is none of this id.
func (x *Index) Remove(ctx context.Context, id string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return x.do(&change{kind: removed, id: id})
}

// Decide takes in what people decided of pairs of records, also of records yet to
// come, and makes the clusters that it touches anew. Of several decisions on a
// pair the latest stands (see Standing).
func (x *Index) Decide(ctx context.Context, list []Judgement) error {
	if err := ctx.Err(); err != nil || len(list) == 0 {
		return err
	}
	for _, j := range list {
		if j.A == "" || j.B == "" || j.A == j.B || j.Verdict != Same && j.Verdict != NotSame && j.Verdict != CannotTell {
			return errors.New("dedupe: a decision needs two records and a verdict")
		}
	}
	return x.do(&change{kind: decided, decided: list})
}

// maxUnmerge bounds the pairs that Unmerge holds apart.
const maxUnmerge = 10_000

// Unmerge takes records out of their cluster for good: by a decision of a person
// each is held apart from all records of the cluster that are not named. by is
// that decision: who, when and why.
func (x *Index) Unmerge(ctx context.Context, ids []string, by Judgement) error {
	out := map[string]bool{}
	for _, id := range ids {
		out[id] = true
	}
	var list []Judgement
	for _, id := range ids {
		cluster, records := x.ClusterOf(id)
		if cluster == "" {
			return ErrUnknown
		}
		for _, other := range records {
			if !out[other] {
				j := by
				j.A, j.B, j.Verdict, j.Scope = id, other, NotSame, ""
				list = append(list, j)
			}
		}
		if len(list) > maxUnmerge {
			return fmt.Errorf("dedupe: to unmerge would hold more than %d pairs apart: decide by a scope", maxUnmerge)
		}
	}
	return x.Decide(ctx, list)
}

// Decisions gives the decisions taken in, in their order.
func (x *Index) Decisions() []Judgement {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return append([]Judgement(nil), x.judged.list...)
}

func (x *Index) do(ch *change) error {
	ch.done = make(chan error, 1)
	x.enqueue(ch)
	return <-ch.done
}

// enqueue lets changes wait their turn. Whoever comes first has all that wait
// written, so that many are made durable at once.
func (x *Index) enqueue(list ...*change) {
	x.queue.Lock()
	defer x.queue.Unlock()
	x.waiting = append(x.waiting, list...)
	if !x.leading && len(x.waiting) > 0 {
		x.leading = true
		go x.lead()
	}
}

func (x *Index) lead() {
	for {
		x.queue.Lock()
		batch := x.waiting[:min(len(x.waiting), mostTogether)]
		x.waiting = x.waiting[len(batch):]
		if len(batch) == 0 {
			x.leading, x.waiting = false, nil
			x.queue.Unlock()
			return
		}
		x.queue.Unlock()
		x.apply(batch)
	}
}

// writer is one batch of changes under way.
type writer struct {
	x       *Index
	c       *core
	fate    map[int32]bool   // of rows that come (false) or go (true)
	ids     map[string]int32 // rows of ids that come or, with 0, go
	touched map[int32]bool   // rows whose cluster may be another
	entries []JournalEntry
	writes  []StoreWrite
	compare *bounded
	once    gatherer
}

func newWriter(x *Index) *writer {
	return &writer{x: x, c: x.core, fate: map[int32]bool{}, ids: map[string]int32{}, touched: map[int32]bool{},
		compare: newBounded(x.still, math.Inf(-1)), once: gatherer{t: x.t}}
}

// row gives the row of a record that stands.
func (w *writer) row(id string) (int32, bool) {
	if r, ok := w.ids[id]; ok {
		return r, r != 0
	}
	return w.c.rowByID(id)
}

// enter and the like change what searches read.
func (w *writer) enter(row int32, label uint32) {
	w.touched[row] = true
	w.c.enter(row, label)
}

func (w *writer) enterJournal(e JournalEntry) {
	c := w.c
	c.journalled++
	e.Seq = c.journalled
	if w.x.cfg.Now != nil {
		e.At = w.x.cfg.Now()
	}
	w.entries = append(w.entries, e)
	if c.recent = append(c.recent, e); len(c.recent) > 2*keptEntries {
		c.recent = append([]JournalEntry(nil), c.recent[keptEntries:]...)
	}
}

func (x *Index) apply(batch []*change) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.broken != nil {
		for _, ch := range batch {
			ch.done <- x.broken
		}
		return
	}
	w := newWriter(x)
	w.stage(batch)
	for _, ch := range batch {
		if ch.err == nil {
			w.carryOut(ch)
		}
	}
	if x.store != nil {
		w.write(batch)
		if err := x.store.Commit(w.writes); err != nil {
			x.broken = fmt.Errorf("dedupe: nothing more is written, since the store failed: %w", err)
			for _, ch := range batch {
				ch.done <- x.broken
			}
			return
		}
		w.c.markSaved()
	}
	x.mu.Lock()
	for _, ch := range batch {
		if ch.err == nil {
			if ch.old != 0 {
				w.c.hide(ch.old)
			}
			if ch.row != 0 {
				w.c.show(ch.row)
			}
		}
	}
	x.mu.Unlock()
	for _, ch := range batch {
		ch.done <- ch.err
	}
	w.fold()
}

// stage takes in the records that come, hidden as yet, and says which rows go.
func (w *writer) stage(batch []*change) {
	c := w.c
	at := map[string]int32{} // as the changes before would leave it
	for _, ch := range batch {
		if ch.kind == decided {
			continue
		}
		old, there := at[ch.id]
		if !there {
			old, _ = c.rowByID(ch.id)
		}
		switch {
		case ch.kind == added && old != 0:
			ch.err = ErrExists
			continue
		case ch.kind != added && old == 0:
			ch.err = ErrUnknown
			continue
		}
		ch.old = old
		if ch.prepared != nil {
			w.x.mu.Lock() // for one record, so that no search waits for a whole batch
			ch.row = c.stage(ch.prepared)
			c.file(ch.row)
			w.x.mu.Unlock()
		}
		at[ch.id] = ch.row
	}
}

// carryOut makes the clusters that a change touches anew.
func (w *writer) carryOut(ch *change) {
	c := w.c
	var from []int32
	var before []Membership
	if ch.old != 0 {
		if c.label[ch.old] != 0 {
			before = append(before, Membership{ch.id, c.ids.text[c.label[ch.old]]})
		}
		for _, r := range w.component([]int32{ch.old}).rows {
			if r != ch.old {
				from = append(from, r)
			}
		}
		w.fate[ch.old] = true
		w.x.mu.Lock()
		c.leave(ch.old)
		w.x.mu.Unlock()
		w.touched[ch.old] = true
		w.ids[ch.id] = 0
	}
	if ch.row != 0 {
		w.fate[ch.row] = false
		w.ids[ch.id] = ch.row
		from = append(from, ch.row)
	}
	if ch.kind == decided {
		w.x.mu.Lock()
		c.judged.add(ch.decided...)
		w.x.mu.Unlock()
		for _, j := range ch.decided {
			for _, id := range [2]string{j.A, j.B} {
				if r, ok := w.row(id); ok {
					from = append(from, r)
				}
			}
		}
	}
	w.recluster(string(ch.kind), ch.id, from, before)
}

// fold sorts in what came under a key, one key at a time, so that nobody waits.
func (w *writer) fold() {
	for i, p := range w.c.posts {
		if p.foldable() {
			next := p.folded(w.c.hidden, &sorter{})
			w.x.mu.Lock()
			w.c.posts[i] = next
			w.x.mu.Unlock()
			return
		}
	}
}
