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
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return func(yield func([]Row, error) bool) {
		if left := r.left(); len(left) > 0 && !yield(left, nil) {
			return
		}
		if r.err != nil {
			if r.err != io.EOF {
				yield(nil, r.err)
			}
			return
		}
		l := newLine(r, workers)
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
				for _, row := range b.rows {
					r.count(row)
				}
				if !yield(b.rows, nil) {
					return
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
		r.count(row)
		rows = append(rows, row)
	}
	return rows
}

// line is an assembly line: one goroutine cuts, several parse, and order holds
// the batches in the order they were cut.
type line struct {
	order chan *batch
	quit  chan struct{}
	all   sync.WaitGroup
	spare sync.Pool // of *piece
	tally []*tally
	to    *tally
}

type batch struct {
	piece *piece
	rows  []Row
	done  chan struct{}
}

func newLine(r *Reader, workers int) *line {
	l := &line{order: make(chan *batch, 2*workers), quit: make(chan struct{}), to: &r.tally}
	l.spare.New = func() any { return new(piece) }
	todo := make(chan *batch)
	l.all.Go(func() {
		defer close(todo)
		defer close(l.order)
		for {
			b := &batch{piece: l.spare.Get().(*piece), done: make(chan struct{})}
			err := r.cut(b.piece)
			if len(b.piece.rows) > 0 {
				select {
				case l.order <- b:
				case <-l.quit:
					return
				}
				select {
				case todo <- b:
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
		p := r.form.parser()
		l.tally = append(l.tally, p.tally())
		l.all.Go(func() {
			for b := range todo {
				b.rows = make([]Row, len(b.piece.rows))
				for i, s := range b.piece.rows {
					b.rows[i] = p.parse(b.piece, s)
				}
				l.spare.Put(b.piece)
				b.piece = nil
				close(b.done)
			}
		})
	}
	return l
}

// stop ends the goroutines and takes over what they counted.
func (l *line) stop() {
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
