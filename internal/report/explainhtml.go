package report

import (
	"html/template"
	"io"
	"math"
	"strconv"
)

// Shows says what the page shows of the records.
func (e *explained) Shows() string {
	some, revealed := e.Cluster != nil && len(e.Cluster.Values) > 0, e.Cluster != nil && e.Cluster.Revealed
	for _, w := range e.Pairs {
		some, revealed = some || len(w.Beside) > 0, revealed || w.Revealed
	}
	switch {
	case !some:
		return "This page names records by their ids, says how their values agree and shows no value of them."
	case revealed:
		return "This page holds personal data: values are shown as they are. Keep it as you would the records."
	}
	return "Values are masked: what stands here shows their shape and whether they agree."
}

// pageExplained is how many pairs of a cluster its page explains, the weakest first.
const pageExplained = 100

// explained is what the page of an explanation shows.
type explained struct {
	CSS                  template.CSS
	CSP                  string
	Tool, Version, Title string
	Cluster              *ClusterWaterfall // nil for a pair
	Pairs                []*Waterfall
	LeftOut              string
}

// drawn is a step with its bar, in hundredths of the widest.
type drawn struct {
	Step
	Sum               bool // the row that adds up
	Against           bool
	From, Width, Zero float64
}

// Name is the part as a reader who has not met a prior would call it.
func (s *Step) Name() string {
	if s.Part == "prior" {
		return "where every pair starts"
	}
	return s.Part
}

// drawSteps gives the steps of a waterfall and their sum, to one scale.
func drawSteps(w *Waterfall) []drawn {
	least, most := 0.0, 0.0
	for _, s := range w.Steps {
		least, most = min(least, s.Total), max(most, s.Total)
	}
	span := max(most-least, 1e-9)
	at := func(bits float64) float64 { return 100 * (bits - least) / span }
	row := func(s Step, before float64, sum bool) drawn {
		return drawn{Step: s, Sum: sum, Against: s.Total < before, From: at(min(before, s.Total)), Width: max(at(max(before, s.Total))-at(min(before, s.Total)), 0.5), Zero: at(0)}
	}
	var out []drawn
	before := 0.0
	for _, s := range w.Steps {
		out = append(out, row(s, before, false))
		before = s.Total
	}
	return append(out, row(Step{Part: "match weight", Level: "the sum", Weight: w.Weight, Total: w.Weight}, 0, true))
}

// signedBits writes bits with their sign, and a minus that is one.
func signedBits(f float64) string {
	s := strconv.FormatFloat(math.Abs(f), 'f', 2, 64)
	switch {
	case s == "0.00":
		return s
	case f < 0:
		return "−" + s
	}
	return "+" + s
}

// decisionWord says a decision as a tag of a page does.
func decisionWord(d string) string {
	switch d {
	case "match":
		return "proposed as a match"
	case "review":
		return "for review"
	}
	return "not proposed"
}

func writeExplained(w io.Writer, e *explained) error {
	css, err := pageFiles.ReadFile("page/report.css")
	if err != nil {
		return err
	}
	more, err := pageFiles.ReadFile("page/explain.css")
	if err != nil {
		return err
	}
	css = append(css, more...)
	e.CSS = template.CSS(css) //nolint:gosec // they are our own files
	e.CSP = "default-src 'none'; style-src '" + hashOf(css) + "'; base-uri 'none'; form-action 'none'"
	funcs := pageFuncs()
	funcs["steps"], funcs["signed"], funcs["decision"] = drawSteps, signedBits, decisionWord
	t, err := template.New("explain.tmpl").Funcs(funcs).ParseFS(pageFiles, "page/explain.tmpl")
	if err != nil {
		return err
	}
	return t.Execute(w, e)
}
