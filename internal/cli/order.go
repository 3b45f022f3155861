package cli

import (
	"context"
	"fmt"
	"sync"

	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
)

// eachRow reads an input to its end. work is done on the rows that could be
// read by several goroutines at once; use gets every row and its work in the
// order of the file, whatever the number of workers, so that they never change
// the output. Only some batches per worker are held at a time.
func eachRow[T any](ctx context.Context, in *input, jobs int, work func(*ingest.Row) (T, error), use func(*ingest.Row, T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type batch struct {
		rows []ingest.Row
		out  []T
		err  error
		done chan struct{}
	}
	todo, order := make(chan *batch), make(chan *batch, 2*jobs)
	var ended error // of reading; set before order is closed
	var all sync.WaitGroup
	all.Go(func() {
		defer close(order)
		defer close(todo)
		for rows, err := range in.Batches(ctx, jobs) {
			if err != nil {
				ended = err
				return
			}
			b := &batch{rows: rows, done: make(chan struct{})}
			for _, to := range []chan *batch{order, todo} {
				select {
				case to <- b:
				case <-ctx.Done():
					ended = ctx.Err()
					return
				}
			}
		}
	})
	for range jobs {
		all.Go(func() {
			for b := range todo {
				b.out = make([]T, len(b.rows))
				for i := range b.rows {
					if b.rows[i].Err != nil {
						continue
					}
					if b.out[i], b.err = guarded(work, &b.rows[i]); b.err != nil {
						break
					}
				}
				close(b.done)
			}
		})
	}
	err := func() error {
		for b := range order {
			select {
			case <-b.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if b.err != nil {
				return b.err
			}
			for i := range b.rows {
				if err := use(&b.rows[i], b.out[i]); err != nil {
					return err
				}
			}
		}
		return nil
	}()
	cancel()
	all.Wait()
	if err == nil {
		err = ended
	}
	return aborted(err)
}

// guarded does the work on one row. A fault of ours must name the row and never
// the values that brought it about.
func guarded[T any](work func(*ingest.Row) (T, error), row *ingest.Row) (out T, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = &failure{exitCrash, fmt.Errorf("%s: row %d: internal fault (%T): nothing was written; report it to whoever maintains ledsq", row.File, row.Number, x)}
		}
	}()
	return work(row)
}

// skippedRow puts a row that can't be read into a report.
func skippedRow(row *ingest.Row) report.SkippedRow {
	return report.SkippedRow{File: row.File, Row: row.Number, Column: row.Err.Column, Reason: row.Err.Reason, Text: row.Err.Error()}
}
