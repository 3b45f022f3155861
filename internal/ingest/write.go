package ingest

import (
	"bufio"
	"encoding/csv"
	"io"
	"slices"

	"leds.internal/ledsq/record"
)

// CSVWriter writes records as CSV: UTF-8, commas, LF. It is for one goroutine.
type CSVWriter struct {
	// Safe puts an apostrophe before cells that a spreadsheet would take for a
	// formula: those that begin with = + - @ tab or carriage return. It
	// changes values (+44… among them), so files for machines do without.
	// Set it before the first Write.
	Safe bool

	out    *bufio.Writer
	csv    *csv.Writer
	cols   []record.Column
	extras []string
	cells  []string
	begun  bool
}

// NewCSVWriter writes the given columns (record.Columns gives those that lose
// nothing), and after them the extras of those names. An extra with the name
// of a column is headed original_NAME, for no two columns may have one name.
func NewCSVWriter(w io.Writer, cols []record.Column, extras []string) *CSVWriter {
	out := bufio.NewWriterSize(w, 64<<10)
	return &CSVWriter{out: out, csv: csv.NewWriter(out), cols: cols, extras: extras}
}

// Write writes one record, the header before the first.
func (w *CSVWriter) Write(r record.Record) error {
	if err := w.header(); err != nil {
		return err
	}
	w.cells = w.cells[:0]
	for _, c := range w.cols {
		w.cells = append(w.cells, c.Get(r))
	}
	head := r.Head()
	for _, name := range w.extras {
		value := ""
		if i := slices.IndexFunc(head.Extra, func(e record.Extra) bool { return e.Name == name }); i >= 0 {
			value = head.Extra[i].Value
		}
		w.cells = append(w.cells, value)
	}
	return w.row()
}

func (w *CSVWriter) header() error {
	if w.begun {
		return nil
	}
	w.begun = true
	w.cells = w.cells[:0]
	for _, c := range w.cols {
		w.cells = append(w.cells, c.Name())
	}
	for _, name := range w.extras {
		for slices.Contains(w.cells, name) {
			name = "original_" + name
		}
		w.cells = append(w.cells, name)
	}
	return w.row()
}

func (w *CSVWriter) row() error {
	if w.Safe {
		for i, cell := range w.cells {
			w.cells[i] = SafeCell(cell)
		}
	}
	if len(w.cells) == 1 && w.cells[0] == "" { // an empty line would be no row
		w.csv.Flush()
		_, err := w.out.WriteString("\"\"\n")
		return err
	}
	return w.csv.Write(w.cells)
}

// Flush writes out what is still held back, and the header if no record was written.
func (w *CSVWriter) Flush() error {
	if err := w.header(); err != nil {
		return err
	}
	w.csv.Flush()
	if err := w.csv.Error(); err != nil {
		return err
	}
	return w.out.Flush()
}

// SafeCell puts an apostrophe before text that a spreadsheet would take for a formula.
func SafeCell(s string) string {
	if s != "" {
		switch s[0] {
		case '=', '+', '-', '@', '\t', '\r':
			return "'" + s
		}
	}
	return s
}
