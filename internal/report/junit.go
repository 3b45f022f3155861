package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"leds.internal/ledsq/quality"
)

// junit is JUnit XML with one test case per rule: a case per record would
// bring every viewer down. A rule fails its case when its findings are at or
// above the severity that fails the build.
type junit struct {
	w     io.Writer
	h     *Header
	lines map[string][]string // by rule, the first findings in words
	total map[string]int
	worst map[string]quality.Finding
}

// maxJUnit is how many findings a test case lists.
const maxJUnit = 20

func newJUnit(w io.Writer, h *Header) Writer {
	return &junit{w: w, h: h, lines: map[string][]string{}, total: map[string]int{}, worst: map[string]quality.Finding{}}
}

type junitSuites struct {
	XMLName  xml.Name   `xml:"testsuites"`
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Errors   int        `xml:"errors,attr"`
	Suite    junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string          `xml:"name,attr"`
	Tests    int             `xml:"tests,attr"`
	Failures int             `xml:"failures,attr"`
	Errors   int             `xml:"errors,attr"`
	Props    []junitProperty `xml:"properties>property"`
	Cases    []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string       `xml:"name,attr"`
	Class   string       `xml:"classname,attr"`
	Failure *junitDetail `xml:"failure,omitempty"`
	Error   *junitDetail `xml:"error,omitempty"`
	Out     string       `xml:"system-out,omitempty"`
}

type junitDetail struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

func (j *junit) Record(r *Record) error {
	for i := range r.Findings {
		f := &r.Findings[i]
		j.total[f.Rule]++
		if n := len(j.lines[f.Rule]); n < maxJUnit {
			j.lines[f.Rule] = append(j.lines[f.Rule], word(f.Severity, f.Outcome)+": "+message(j.h, r, f))
		}
		if w, ok := j.worst[f.Rule]; !ok || gravity(f) > gravity(&w) {
			j.worst[f.Rule] = *f
		}
	}
	return nil
}

// gravity orders findings: undecided, then failed by severity, then crashed.
func gravity(f *quality.Finding) int {
	switch f.Outcome {
	case quality.RuleError:
		return 9
	case quality.Fail:
		return Rank(f.Severity)
	}
	return 0
}

func (j *junit) Skip(SkippedRow) error { return nil }

func (j *junit) Close(s *Summary) error {
	suite := junitSuite{Name: "ledsq " + j.h.Command + " " + strings.Join(j.h.Files, " "), Props: []junitProperty{
		{"version", j.h.Version}, {"asOf", j.h.AsOf}, {"revealed", fmt.Sprint(j.h.Revealed)}, {"records", fmt.Sprint(s.Records)},
		{"skipped", fmt.Sprint(s.Skipped)}, {"score", fmt.Sprint(s.Score)}}}
	rows := junitCase{Name: "every row can be read", Class: "ledsq.input"}
	if s.Skipped > 0 {
		var b strings.Builder
		for i, r := range s.SkippedRows {
			if i == maxJUnit {
				fmt.Fprintf(&b, "and %s more\n", count(s.Skipped-i))
				break
			}
			b.WriteString(r.String() + "\n")
		}
		rows.Error = &junitDetail{plural(s.Skipped, "row") + " skipped", "row-skipped", b.String()}
	}
	suite.Cases = append(suite.Cases, rows)
	listed := map[string]bool{}
	for _, r := range j.h.Rules {
		listed[r.ID] = true
		suite.Cases = append(suite.Cases, j.one(r.ID, r.Title))
	}
	for _, r := range s.Rules { // of no catalogue given
		if !listed[r.Rule] {
			listed[r.Rule] = true
			suite.Cases = append(suite.Cases, j.one(r.Rule, r.Title))
		}
	}
	for _, c := range suite.Cases {
		suite.Tests++
		if c.Failure != nil {
			suite.Failures++
		}
		if c.Error != nil {
			suite.Errors++
		}
	}
	out, err := xml.MarshalIndent(junitSuites{Name: "ledsq", Tests: suite.Tests, Failures: suite.Failures, Errors: suite.Errors, Suite: suite}, "", " ")
	if err != nil {
		return err
	}
	_, err = j.w.Write([]byte(xml.Header + string(out) + "\n"))
	return err
}

func (j *junit) one(rule, title string) junitCase {
	family, _, _ := strings.Cut(rule, "/")
	c := junitCase{Name: rule + ": " + title, Class: "ledsq." + family}
	n := j.total[rule]
	if n == 0 {
		return c
	}
	lines := strings.Join(j.lines[rule], "\n")
	if more := n - len(j.lines[rule]); more > 0 {
		lines += fmt.Sprintf("\nand %s more", count(more))
	}
	worst := j.worst[rule]
	detail := &junitDetail{plural(n, "finding") + ": " + title, word(worst.Severity, worst.Outcome), lines}
	switch {
	case worst.Outcome == quality.RuleError:
		c.Error = detail
	case j.h.fails(worst):
		c.Failure = detail
	default:
		c.Out = lines
	}
	return c
}
