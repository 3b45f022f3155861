package sample

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"leds.internal/ledsq/record"
)

// Outputs are where a run is written; what is nil is not written. Truth is
// "id,entity_id", Labels is "id,field,type,original", both with a header.
type Outputs struct{ Records, Truth, Labels io.Writer }

// Columns gives the flat names of the CSV columns of a kind, in order. They are
// the same in every run: a field without column is left out of CSV, not of
// JSON Lines.
func Columns(k record.Kind) []string {
	var names []string
	switch k {
	case record.KindPerson:
		for _, c := range personColumns {
			names = append(names, c.name)
		}
	case record.KindVehicle:
		for _, c := range vehicleColumns {
			names = append(names, c.name)
		}
	case record.KindMissing:
		for _, c := range missingColumns {
			names = append(names, c.name)
		}
	}
	return names
}

// WriteCSV writes records as CSV with the columns of Columns. It is the fast way:
// rows are formatted by the jobs that make them.
func WriteCSV(ctx context.Context, o Options, out Outputs) error {
	header := []byte(strings.Join(Columns(o.Kind), ",") + "\n")
	row := rowWriter(o.Kind)
	return write(ctx, o, out, header, func(b []byte, r record.Record) ([]byte, error) { return row(b, r), nil })
}

// WriteJSONL writes records as JSON Lines, in their canonical nested form.
func WriteJSONL(ctx context.Context, o Options, out Outputs) error {
	return write(ctx, o, out, nil, func(b []byte, r record.Record) ([]byte, error) {
		line, err := json.Marshal(r)
		return append(append(b, line...), '\n'), err
	})
}

// rowWriter gives the function that appends a record of a kind as one row.
func rowWriter(k record.Kind) func([]byte, record.Record) []byte {
	switch k {
	case record.KindPerson:
		return func(b []byte, r record.Record) []byte { return appendRow(b, personColumns, r.(*record.Person)) }
	case record.KindVehicle:
		return func(b []byte, r record.Record) []byte { return appendRow(b, vehicleColumns, r.(*record.Vehicle)) }
	}
	return func(b []byte, r record.Record) []byte {
		return appendRow(b, missingColumns, r.(*record.MissingPerson))
	}
}

// column is one CSV column of a kind with a quick way to its value. A test
// compares it with the field table.
type column[R any] struct {
	name string
	get  func(R) string
}

func appendRow[R any](b []byte, columns []column[R], r R) []byte {
	for i := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendField(b, columns[i].get(r))
	}
	return append(b, '\n')
}

// special are the bytes that ask for quotes.
var special = [256]bool{',': true, '"': true, '\n': true, '\r': true}

// appendField quotes as encoding/csv does.
func appendField(b []byte, s string) []byte {
	if s == "" {
		return b
	}
	quote := s == `\.`
	for i := range len(s) {
		if special[s[i]] {
			quote = true
			break
		}
	}
	if first := s[0]; first <= ' ' || first >= utf8.RuneSelf {
		r, _ := utf8.DecodeRuneInString(s)
		quote = quote || unicode.IsSpace(r)
	}
	if !quote {
		return append(b, s...)
	}
	b = append(b, '"')
	for i := range len(s) {
		if s[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}

// page is what one job wrote: the bytes of records, truth and labels.
type page struct {
	records, truth, labels []byte
	err                    error
	scratch                *scratch
}

func write(ctx context.Context, o Options, out Outputs, header []byte, appendTo func([]byte, record.Record) ([]byte, error)) error {
	g, err := newRun(o)
	if err != nil {
		return err
	}
	put := func(w io.Writer, b []byte) {
		if w != nil && err == nil && len(b) > 0 {
			if _, e := w.Write(b); e != nil {
				err = fmt.Errorf("sample: writing %s: %w", o.Kind, e)
			}
		}
	}
	put(out.Records, header)
	put(out.Truth, []byte("id,entity_id\n"))
	put(out.Labels, []byte("id,field,type,original\n"))
	if err != nil {
		return err
	}
	// Pages go round: at 200,000 records a second, making them anew would keep
	// the garbage collector busier than the generator.
	pages := sync.Pool{New: func() any { return &page{scratch: newScratch(o.Kind)} }}
	return inOrder(ctx, g.o.N, g.o.Jobs, func(from, to int) *page {
		p := pages.Get().(*page)
		p.records, p.truth, p.labels = p.records[:0], p.truth[:0], p.labels[:0]
		for i := from; i < to && p.err == nil; i++ {
			it := g.item(i, p.scratch)
			if out.Records != nil {
				p.records, p.err = appendTo(p.records, it.Record)
			}
			if out.Truth != nil {
				p.truth = append(append(append(p.truth, it.Record.Head().ID...), ','), it.Entity...)
				p.truth = append(p.truth, '\n')
			}
			if out.Labels != nil {
				for _, e := range it.Errors {
					p.labels = appendLabel(p.labels, e)
				}
			}
		}
		return p
	}, func(p *page) error {
		defer pages.Put(p)
		if p.err != nil {
			return fmt.Errorf("sample: writing %s: %w", o.Kind, p.err)
		}
		put(out.Records, p.records)
		put(out.Truth, p.truth)
		put(out.Labels, p.labels)
		return err
	})
}

func appendLabel(b []byte, e PlantedError) []byte {
	for i, s := range [...]string{e.ID, e.Field, e.Type, e.Original} {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendField(b, s)
	}
	return append(b, '\n')
}
