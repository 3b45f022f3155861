package report

import (
	"encoding/csv"
	"io"
	"strings"

	"leds.internal/ledsq"
	"leds.internal/ledsq/internal/guard"
)

// Survivors writes proposed records as CSV, a row for each field. It is a data
// file: values stand as they are, but for what a spreadsheet would take for a
// formula.
type Survivors struct {
	w     *csv.Writer
	begun bool
}

// NewSurvivors writes to w.
func NewSurvivors(w io.Writer) *Survivors { return &Survivors{w: csv.NewWriter(w)} }

// Write writes what is proposed for a cluster. id gives the id of a record by its
// place.
func (s *Survivors) Write(cluster string, id func(int) string, proposed *ledsq.Survivor) error {
	if err := s.header(); err != nil {
		return err
	}
	disputed := map[string]bool{}
	for _, c := range proposed.Conflicts {
		disputed[c.Field] = true
	}
	for _, f := range proposed.Fields {
		row := []string{cluster, f.Field, f.Value, id(f.From), f.Source, string(f.Date), f.Why, yesOrNo(disputed[f.Field]), strings.Join(f.Others, " | ")}
		for i, cell := range row {
			row[i] = guard.Put(cell)
		}
		if err := s.w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func (s *Survivors) header() error {
	if s.begun {
		return nil
	}
	s.begun = true
	return s.w.Write([]string{"cluster_id", "field", "value", "from_id", "source", "date", "why", "conflict", "others"})
}

// Flush writes out what is held back, and the header if nothing was proposed.
func (s *Survivors) Flush() error {
	if err := s.header(); err != nil {
		return err
	}
	s.w.Flush()
	return s.w.Error()
}
