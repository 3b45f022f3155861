package ingest

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"runtime"
	"slices"
	"sync"
)

// All gives the rest of the rows in order. After an error that ends reading it
// gives that error with an empty Row, and stops; the end of the file is no error.
func (r *Reader) All(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			if err := ctx.Err(); err != nil {
				yield(Row{}, err)
				return
			}
			row, err := r.Next()
			if err == io.EOF {
				return
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// Batches gives the rest of the rows in order, some hundreds at a time, and
// makes the records in several goroutines (workers; 0 is one for each
// processor). The rows are the same, in the same order, whatever the number of
// workers; their grouping is not promised. A batch belongs to the caller.
//
// Reading goes at most two batches for each worker ahead of the caller. No
// other method of the Reader may be called while the loop runs; once it ends,
// however it ends, no goroutine is left. After a loop left early the Reader can
// only be closed.
func (r *Reader) Batches(ctx context.Context, workers int) iter.Seq2[[]Row, error] {
	return func(yield func([]Row, error) bool) {
		for b, err := range batches(ctx, r, workers, task[struct{}]{}) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(b.rows, nil) {
				return
			}
		}
	}
}

// Each reads the rest of the rows like Batches. work is done on every row that
// could be read, by the goroutine that made its record, while use gets all rows,
// each with what work made of it, in the order of the file. The first error of
// reading, work or use ends it and is given; rows before it have been used,
// except for some in the batch of a row whose work failed.
//
// A record is good until use returns: then its memory is used for another, so
// that reading a file of any length costs that of some thousand records. Texts
// may be kept, and so may a record once its row was told to Keep it.
func Each[T any](ctx context.Context, r *Reader, workers int, work func(*Row) (T, error), use func(*Row, T) error) error {
	return each(ctx, r, workers, task[T]{worker: func() func(*Row) (T, error) { return work }}, use)
}

func each[T any](ctx context.Context, r *Reader, workers int, todo task[T], use func(*Row, T) error) error {
	for b, err := range batches(ctx, r, workers, todo) {
		if err == nil {
			err = b.err
		}
		if err != nil {
			return err
		}
		for i := range b.rows {
			if err := use(&b.rows[i], b.out[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// Keep makes the record the caller's own beyond the end of use in Each.
func (r *Row) Keep() { r.room = nil }

// task is what is done with the rows.
type task[T any] struct {
	worker func() func(*Row) (T, error) // makes the work of one goroutine; nil where none is done
	texts  bool                         // rows come as texts, where the format has columns
}

func (t task[T]) work() func(*Row) (T, error) {
	if t.worker == nil {
		return nil
	}
	return t.worker()
}

// batches gives the rest of the rows, and what work made of them. A batch is
// used again once the caller asks for the next, unless no work is done.
func batches[T any](ctx context.Context, r *Reader, workers int, todo task[T]) iter.Seq2[*batch[T], error] {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return func(yield func(*batch[T], error) bool) {
		if left := r.left(); len(left) > 0 {
			b, work := &batch[T]{rows: left}, todo.work()
			for i := range left {
				b.work(i, work)
			}
			if !yield(b, nil) {
				return
			}
		}
		if r.err != nil {
			if r.err != io.EOF {
				yield(nil, r.err)
			}
			return
		}
		l := newLine(r, workers, todo)
		whole := false
		defer func() {
			l.stop()
			if !whole {
				r.err = errors.New(r.name + ": the loop over its batches was left early, and rows read ahead are gone")
			}
		}()
		for {
			select {
			case <-ctx.Done():
				yield(nil, ctx.Err())
				return
			case b, ok := <-l.order:
				if !ok {
					whole = true
					if r.err != io.EOF {
						yield(nil, r.err)
					}
					return
				}
				<-b.done
				for i := range b.rows {
					r.count(&b.rows[i])
				}
				if !yield(b, nil) {
					return
				}
				if todo.worker != nil {
					l.used.Put(b)
				}
			}
		}
	}
}

// left gives the rows of the piece that Next has begun.
func (r *Reader) left() []Row {
	var rows []Row
	for ; r.at < len(r.piece.rows); r.at++ {
		row := r.parser.parse(r.piece, r.piece.rows[r.at])
		r.count(&row)
		rows = append(rows, row)
	}
	return rows
}

// line is an assembly line: one goroutine cuts, several parse and work, and
// order holds the batches in the order they were cut.
type line[T any] struct {
	order chan *batch[T]
	quit  chan struct{}
	all   sync.WaitGroup
	spare sync.Pool // of *piece
	used  sync.Pool // of *batch that the caller has done with
	tally []*tally
	to    *tally
}

type batch[T any] struct {
	piece *piece
	rows  []Row
	out   []T   // what work made of the rows
	err   error // of work; it ended the batch
	done  chan struct{}
}

func newLine[T any](r *Reader, workers int, todo task[T]) *line[T] {
	l := &line[T]{order: make(chan *batch[T], 2*workers), quit: make(chan struct{}), to: &r.tally}
	l.spare.New = func() any { return new(piece) }
	l.used.New = func() any { return new(batch[T]) }
	cut := make(chan *batch[T])
	l.all.Go(func() {
		defer close(cut)
		defer close(l.order)
		for {
			b := l.used.Get().(*batch[T])
			b.piece, b.done, b.err = l.spare.Get().(*piece), make(chan struct{}), nil
			err := r.cut(b.piece)
			if len(b.piece.rows) > 0 {
				select {
				case l.order <- b:
				case <-l.quit:
					return
				}
				select {
				case cut <- b:
				case <-l.quit:
					close(b.done)
					return
				}
			}
			if r.err = err; err != nil { // read by the caller after order is closed
				return
			}
		}
	})
	for range workers {
		p, work := r.form.parser(), todo.work()
		if t, ok := p.(texter); ok && todo.texts {
			t.readTexts()
		}
		l.tally = append(l.tally, p.tally())
		l.all.Go(func() {
			for b := range cut {
				b.parse(p, work)
				l.spare.Put(b.piece)
				b.piece = nil
				close(b.done)
			}
		})
	}
	return l
}

// reuser is a parser that makes records in rooms given back.
type reuser interface{ reuse() *builder }

// parse makes the records of a batch, in the memory of those it held before,
// and does the work on each while it is at hand.
func (b *batch[T]) parse(p parser, work func(*Row) (T, error)) {
	n := len(b.piece.rows)
	b.rows = slices.Grow(b.rows[:0], n)[:n]
	b.out = b.out[:0]
	var build *builder
	if re, ok := p.(reuser); ok && work != nil {
		build = re.reuse()
	}
	for i, s := range b.piece.rows {
		if build == nil {
			b.rows[i] = p.parse(b.piece, s)
		} else {
			build.free, build.spot.room = b.rows[i].room, nil
			b.rows[i] = p.parse(b.piece, s)
			b.rows[i].room = cmp.Or(build.spot.room, build.free)
		}
		b.work(i, work)
	}
}

// work does the work on one row, up to the first error.
func (b *batch[T]) work(i int, work func(*Row) (T, error)) {
	if work == nil {
		return
	}
	var out T
	if b.err == nil && b.rows[i].Err == nil {
		out, b.err = work(&b.rows[i])
	}
	b.rows[i].texts = nil
	b.out = append(b.out, out)
}

// stop ends the goroutines and takes over what they counted.
func (l *line[T]) stop() {
	close(l.quit)
	l.all.Wait()
	for _, t := range l.tally {
		l.to.add(t)
	}
}

// sorted gives the keys of a map in the order of their text.
func sorted[K comparable, V any](m map[K]V, text func(K) string) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b K) int { return cmp.Compare(text(a), text(b)) })
	return keys
}
