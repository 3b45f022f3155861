package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"leds.internal/ledsq/internal/table"
)

// csvReport is CSV: one row per finding, and one per row that could not be read.
type csvReport struct {
	w      *csv.Writer
	opened bool
	err    error
}

func newCSV(w io.Writer, _ *Header) Writer { return &csvReport{w: csv.NewWriter(w)} }

func (t *csvReport) open() {
	if !t.opened {
		t.opened = true
		t.err = t.w.Write([]string{"file", "row", "id", "rule", "severity", "outcome", "dimension", "field", "message", "fix"})
	}
}

func (t *csvReport) Record(r *Record) error {
	t.open()
	for _, f := range r.Findings {
		if t.err == nil {
			t.err = t.w.Write([]string{table.Guard(r.File), strconv.Itoa(r.Row), table.Guard(r.ID), table.Guard(f.Rule), string(f.Severity), string(f.Outcome),
				string(f.Dimension), table.Guard(f.Field), table.Guard(f.Message), table.Guard(f.Fix)})
		}
	}
	return t.err
}

func (t *csvReport) Skip(s SkippedRow) error {
	t.open()
	if t.err == nil {
		t.err = t.w.Write([]string{table.Guard(s.File), strconv.Itoa(s.Row), "", "", "error", "row-skipped", "", table.Guard(s.Column), table.Guard(s.Reason), ""})
	}
	return t.err
}

func (t *csvReport) Close(*Summary) error {
	t.open()
	t.w.Flush()
	if t.err == nil {
		t.err = t.w.Error()
	}
	return t.err
}
