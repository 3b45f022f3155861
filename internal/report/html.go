package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"leds.internal/ledsq/quality"
)

//go:embed page
var pageFiles embed.FS

// How much the page shows, so that a report on a million records stays small
// enough to open and to print. It says what it leaves out.
const (
	pageRules     = 20  // told in full, with examples
	pageRulesMore = 200 // in one line each
	pageGroups    = 50
	pageFields    = 40
	pagePairs     = 50
	pageConflicts = 50
	pageSkipped   = 20
)

// page is all that the HTML report shows. Sections that are nil or empty are
// left out, with a word on why where a reader would miss them.
type page struct {
	CSS   template.CSS
	CSP   string
	H     *Header
	Title string
	Tiles []tile

	Skipped     int
	SkippedRows []SkippedRow

	Dimensions   []dimension
	Distribution *figure
	Bands        []Band
	Trend        *trend
	Groups       []groupTable
	OfSources    []untold // found of a source as a whole
	Fields       []FieldTotal
	Filled       []filled
	Rules        []ruleCard
	MoreRules    []RuleTotal
	Amended      *Amended
	Duplicates   *duplicates
	Conflicts    []Conflict
	Untold       []untold
	CanFairness  bool // a run that matches, which an evaluation can be about
	LeftOut      []string
	Records      int
}

// tile is one of the numbers a report begins with.
type tile struct{ Label, Value, Note string }

type dimension struct {
	Name    string
	Score   float64
	Meaning string
}

type groupTable struct {
	Title, What string
	Rows        []GroupTotal
}

type filled struct {
	Field   string
	Records int
	Share   float64
}

// ruleCard is one rule with what it found, what it means and what to do.
type ruleCard struct {
	RuleTotal
	Why, Source string
	Word        string
}

// untold is a rule that could not tell, or a finding about no single record.
type untold struct{ Rule, Title, Why, Of string }

// html is a page for a browser. It needs no network, no script and no file beside it.
type html struct {
	w io.Writer
	h *Header
}

func newHTML(w io.Writer, h *Header) Writer { return &html{w, h} }

func (p *html) Record(*Record) error  { return nil }
func (p *html) Skip(SkippedRow) error { return nil }

func (p *html) Close(s *Summary) error { return writePage(p.w, summaryPage(p.h, s)) }

// writePage fills the template.
func writePage(w io.Writer, p *page) error {
	css, err := pageFiles.ReadFile("page/report.css")
	if err != nil {
		return err
	}
	p.CSS = template.CSS(css) //nolint:gosec // it is our own file
	p.CSP = "default-src 'none'; style-src '" + hashOf(css) + "'; img-src data:; base-uri 'none'; form-action 'none'"
	t, err := template.New("report.tmpl").Funcs(pageFuncs()).ParseFS(pageFiles, "page/report.tmpl")
	if err != nil {
		return err
	}
	return t.Execute(w, p)
}

// hashOf is how a Content Security Policy names one piece of text.
func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func pageFuncs() template.FuncMap {
	return template.FuncMap{
		"count":       count[int],
		"plural":      plural,
		"score":       func(f float64) string { return strconv.FormatFloat(f, 'f', 3, 64) },
		"bits":        func(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) },
		"percent":     percent,
		"probability": func(f float64) string { return percent(min(f, 0.9999)) }, // no match is certain
		"width":       func(f float64) string { return strconv.FormatFloat(min(max(f, 0), 1)*100, 'f', 1, 64) },
		"word":        func(r RuleTotal) string { return word(r.Severity, r.Outcome) },
		"share": func(n, of int) string {
			if of == 0 {
				return ""
			}
			return percent(float64(n) / float64(of))
		},
		"ratio": func(n, of int) float64 { return float64(n) / float64(max(of, 1)) },
		"field": fieldLabel,
		"add":   func(a, b int) int { return a + b },
	}
}

// percent never rounds a part up to the whole, or anything down to nothing.
func percent(f float64) string {
	p := f * 100
	switch {
	case f > 0 && p < 0.1:
		return "under 0.1%"
	case f < 1 && p > 99.9:
		return "over 99.9%"
	}
	return strconv.FormatFloat(p, 'f', 1, 64) + "%"
}

// meaningOf says what a dimension asks, in the words of the Government Data
// Quality Framework cut short.
func meaningOf(d quality.Dimension) string {
	switch d {
	case quality.Completeness:
		return "Is what should be there, there?"
	case quality.Uniqueness:
		return "Is each entity recorded once?"
	case quality.Consistency:
		return "Do values agree with each other?"
	case quality.Timeliness:
		return "Is it up to date?"
	case quality.Validity:
		return "Is it in the expected form?"
	case quality.Accuracy:
		return "Is it likely to be true?"
	}
	return ""
}

func (h *Header) masking() string {
	if h.Revealed {
		return "Personal values are shown in this report. Handle it as you would the records."
	}
	return "Personal values are masked in this report."
}

// Masking says whether the report shows personal values.
func (p *page) Masking() string { return p.H.masking() }

// leave notes that a table stops short.
func (p *page) leave(shown, all int, what string) {
	if all > shown {
		p.LeftOut = append(p.LeftOut, fmt.Sprintf("%s: %s of %s are shown.", what, count(shown), count(all)))
	}
}
