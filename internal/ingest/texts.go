package ingest

import (
	"context"

	"leds.internal/ledsq/record"
)

// Texts is a row as the texts of its columns, of which no record was made.
type Texts struct {
	build  *builder
	cells  []string
	number int
	room   room // of the record, when it is made after all
}

// EachText is Each for work that can do without most of the records: rows of
// formats with columns come as texts, their Record nil; those of JSON come as
// records, and their texts are nil. worker makes the work of one goroutine, which
// may keep from row to row what it has learnt, as long as that changes no result.
//
// Texts, and a record made of them, are good until work returns. Strings may be
// kept, but some hundred rows are one piece of memory: what is kept for long is
// to be cloned.
func EachText[T any](ctx context.Context, r *Reader, workers int, worker func() func(*Row, *Texts) (T, error), use func(*Row, T) error) error {
	return each(ctx, r, workers, task[T]{texts: true, worker: func() func(*Row) (T, error) {
		work := worker()
		return func(row *Row) (T, error) { return work(row, row.texts) }
	}}, use)
}

// texter is a parser that can leave records unmade.
type texter interface{ readTexts() }

// give puts the cells into a row: as its texts, or without any as its record.
func (t *Texts) give(row *Row, b *builder, cells []string) {
	if t == nil {
		row.Record = b.record(cells, row.Number)
		return
	}
	t.cells, t.number, row.texts = cells, row.Number, t
}

// Field gives the text for a field as it was typed, "" where it is blank; i
// counts in what Mapping gave before the first row was read.
func (t *Texts) Field(i int) string {
	text := t.build.plan.setters[i].text(t.cells)
	if blank(text) {
		return ""
	}
	return text
}

// Extra gives that of a column that maps to no field; i counts in Unmapped.
func (t *Texts) Extra(i int) string {
	at := t.build.plan.extras[i].cell
	if at >= len(t.cells) || blank(t.cells[at]) {
		return ""
	}
	return t.cells[at]
}

// Make gives a row that came as texts its record, which is good as long as that
// of Each, where Texts.Record is good as long as the work.
func (r *Row) Make() {
	if t := r.texts; t != nil {
		t.build.free = r.room
		r.Record = t.build.record(t.cells, t.number)
		r.room = t.build.spot.room
	}
}

// Record makes the record of the row, as Each gives it.
func (t *Texts) Record() record.Record {
	t.build.free = &t.room
	return t.build.record(t.cells, t.number)
}
