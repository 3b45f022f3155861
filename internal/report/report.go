// Package report writes what was found of records, in the formats people and
// machines ask for. It is fed record by record, in order, so that a report on
// a million rows needs the memory of its summary only. It masks nothing and
// reveals nothing: what it is given is written, and findings hold no values.
package report

import (
	"fmt"
	"io"
	"strings"

	"leds.internal/ledsq/quality"
)

// Header says what was run, on what, and by which date: what every report
// begins with.
type Header struct {
	Tool      string   `json:"tool"`
	Version   string   `json:"version"`
	Command   string   `json:"command"`
	Principle string   `json:"principle,omitempty"`
	Kind      string   `json:"kind,omitempty"`
	AsOf      string   `json:"asOf,omitempty"`
	Files     []string `json:"files"`
	// Revealed says that personal values were asked for and are not masked.
	Revealed bool `json:"revealed"`

	// Rules are the rules that were to run, for formats that list them.
	Rules []quality.Rule `json:"-"`
	// FailOn is the severity from which a finding fails a build, "" for never.
	FailOn quality.Severity `json:"-"`
	// List asks a text report for every finding.
	List bool `json:"-"`
	// Earlier are the results of earlier runs, oldest first, for trends.
	Earlier []Earlier `json:"-"`
	// Fairness is what an evaluation found group by group.
	Fairness []FairnessTable `json:"-"`
}

// Record is what was found of one record.
type Record struct {
	ID       string
	File     string
	Row      int // data row from 1
	Line     int // line of the file from 1
	Score    quality.Score
	Findings []quality.Finding
	Changed  []Change // of an amendment
	Force    string   // the owner's, by name or code; "" where the record says none
	Source   string   // the system or file it comes from
	// Value gives what the record holds in a field, by flat name, masked unless
	// the header says revealed. It may be nil.
	Value func(field string) string
}

// Change is one field an amendment changed. The values are masked already,
// unless the header says that they are revealed.
type Change struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// SkippedRow is a row that could not be read.
type SkippedRow struct {
	File   string `json:"file"`
	Row    int    `json:"row"`
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
	// Text is all of it in one sentence, where whoever read the row has one.
	Text string `json:"-"`
}

func (s SkippedRow) String() string {
	switch {
	case s.Text != "":
		return s.Text
	case s.Column == "":
		return fmt.Sprintf("%s: row %d: %s", s.File, s.Row, s.Reason)
	}
	return fmt.Sprintf("%s: row %d, column %s: %s", s.File, s.Row, s.Column, s.Reason)
}

// Writer takes a report as it is made: records and skipped rows in the order
// of the input, then Close, once, with the summary of all of them.
type Writer interface {
	Record(*Record) error
	Skip(SkippedRow) error
	Close(*Summary) error
}

// Format is one way of writing a report.
type Format struct {
	Name    string
	Meaning string
	New     func(io.Writer, *Header) Writer
}

// Formats lists them.
func Formats() []Format {
	return []Format{
		{"text", "a summary for people", newText},
		{"json", "one document: header, records, summary", newJSON},
		{"jsonl", "one line per record", newLines},
		{"csv", "one row per finding, for spreadsheets", newCSV},
		{"markdown", "a summary in tables", newMarkdown},
		{"sarif", "SARIF 2.1.0, at most 5,000 results", newSARIF},
		{"junit", "JUnit XML, one test case per rule", newJUnit},
		{"github", "annotations of GitHub Actions, at most 10 per level", newGitHub},
		{"gitlab", "code quality report of GitLab", newGitLab},
		{"html", "one page for a browser, with charts, that works offline", newHTML},
	}
}

// FindFormat finds a format by name. Its error says what there is.
func FindFormat(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("there is no format %q: use one of %s", name, strings.Join(names, ", "))
}

// fails says whether a finding is at or above the severity that fails a build.
func (h *Header) fails(f quality.Finding) bool {
	return h.FailOn != "" && f.Outcome == quality.Fail && Rank(f.Severity) >= Rank(h.FailOn)
}

// Rank orders severities: 0 is none, 3 the most serious.
func Rank(s quality.Severity) int {
	switch s {
	case quality.Error:
		return 3
	case quality.Warning:
		return 2
	case quality.Info:
		return 1
	}
	return 0
}

// title gives what a rule is called, its id where it has no title.
func (h *Header) title(id string) string {
	for i := range h.Rules {
		if h.Rules[i].ID == id {
			return h.Rules[i].Title
		}
	}
	return id
}
