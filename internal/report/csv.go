package report

import (
	"encoding/csv"
	"io"
	"strconv"
)

// table is CSV: one row per finding, and one per row that could not be read.
type table struct {
	w      *csv.Writer
	opened bool
	err    error
}

func newCSV(w io.Writer, _ *Header) Writer { return &table{w: csv.NewWriter(w)} }

func (t *table) open() {
	if !t.opened {
		t.opened = true
		t.err = t.w.Write([]string{"file", "row", "id", "rule", "severity", "outcome", "dimension", "field", "message", "fix"})
	}
}

func (t *table) Record(r *Record) error {
	t.open()
	for _, f := range r.Findings {
		if t.err == nil {
			t.err = t.w.Write([]string{Cell(r.File), strconv.Itoa(r.Row), Cell(r.ID), Cell(f.Rule), string(f.Severity), string(f.Outcome),
				string(f.Dimension), Cell(f.Field), Cell(f.Message), Cell(f.Fix)})
		}
	}
	return t.err
}

func (t *table) Skip(s SkippedRow) error {
	t.open()
	if t.err == nil {
		t.err = t.w.Write([]string{Cell(s.File), strconv.Itoa(s.Row), "", "", "error", "row-skipped", "", Cell(s.Column), Cell(s.Reason), ""})
	}
	return t.err
}

func (t *table) Close(*Summary) error {
	t.open()
	t.w.Flush()
	if t.err == nil {
		t.err = t.w.Error()
	}
	return t.err
}

// Cell makes text safe to open in a spreadsheet: what would be taken for a
// formula is put behind an apostrophe.
func Cell(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r':
		return "'" + s
	}
	return s
}
