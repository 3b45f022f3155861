package cli

import (
	"context"
	"fmt"

	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
)

// eachRow reads an input to its end. work is done on the rows that could be
// read by several goroutines at once; use gets every row and its work in the
// order of the file, whatever the number of workers, so that they never change
// the output. Neither may keep a record longer than use lasts, unless it tells
// the row to Keep it.
func eachRow[T any](ctx context.Context, in *input, jobs int, work func(*ingest.Row) (T, error), use func(*ingest.Row, T) error) error {
	return aborted(ingest.Each(ctx, in.Reader, jobs, func(row *ingest.Row) (T, error) { return guarded(work, row) }, use))
}

// eachText is eachRow for work that needs few of the records (see ingest.EachText):
// worker makes the work of one goroutine.
func eachText[T any](ctx context.Context, in *input, jobs int, worker func() func(*ingest.Row, *ingest.Texts) (T, error), use func(*ingest.Row, T) error) error {
	return aborted(ingest.EachText(ctx, in.Reader, jobs, func() func(*ingest.Row, *ingest.Texts) (T, error) {
		work := worker()
		return func(row *ingest.Row, texts *ingest.Texts) (T, error) {
			return guarded(func(row *ingest.Row) (T, error) { return work(row, texts) }, row)
		}
	}, use))
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
