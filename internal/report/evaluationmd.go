package report

import (
	"fmt"
	"strings"

	"leds.internal/ledsq/dedupe/evaluate"
)

func (m *markdown) evaluation(r *evaluate.Report) {
	m.printf("# ledsq %s\n\n%s", m.h.Command, md(strings.Join(m.h.Files, ", ")))
	if r.Labels > 0 {
		m.printf(": %s", plural(r.Labels, "labelled pair"))
	} else if r.Entities > 0 {
		m.printf(": %s of %s", plural(r.Records, "record"), entities(r.Entities))
	}
	m.printf(".\n")
	if rows := scoreRows(r); len(rows) > 0 {
		m.printf("\n| | precision | recall | F1 |\n|---|---|---|---|\n")
		for _, row := range rows {
			m.printf("| %s | %s | %s | %s |\n", row.what, scoreText(row.s.Precision), scoreText(row.s.Recall), scoreText(row.s.F1))
		}
		if s := r.Stratified; s != nil && s.Precision.Known() {
			m.printf("| all pairs of the file, labels weighted | %s | %s | |\n", scoreText(s.Precision), scoreText(s.Recall))
		}
		m.printf("\n%s\n", intervalNote)
	}
	if e := r.Expected; e != nil {
		m.printf("\nExpected without labels: precision %s, recall %s.\n", scoreText(e.Precision), scoreText(e.Recall))
	}
	m.thresholds(r)
	if len(r.Reliability) > 0 {
		m.printf("\n## Reliability\n\n| probability | pairs | said | true |\n|---|--:|--:|---|\n")
		for _, b := range r.Reliability {
			m.printf("| %g to %g | %s | %.3f | %s |\n", b.From, b.To, count(b.Pairs), b.Predicted, scoreText(b.Observed))
		}
	}
	for _, g := range r.Groups {
		m.printf("\n## By %s\n\n%s.\n\n| group | records | pairs | recall | gap, points | precision | gap, points | never compared |\n|---|--:|--:|---|---|---|---|--:|\n", md(g.By), md(g.About))
		for _, x := range g.Rows {
			m.printf("| %s | %s | %s | %s | %s | %s | %s | %s |\n", md(x.Group), count(x.Records), count(x.Pairs), scoreText(x.Recall), md(gapText(x.RecallGap, x.RecallSure)),
				scoreText(x.Precision), md(gapText(x.PrecisionGap, x.PrecisionSure)), share(x.NeverCompared))
		}
	}
	if len(r.Groups) > 0 {
		m.printf("\n%s %s\n", md(gapSentence("recall", r.RecallGap)), md(gapSentence("precision", r.PrecisionGap)))
	}
	m.errors(r)
	if p := r.Plan; p != nil {
		m.printf("\n## What to look at\n\nPrecision to within %.1f points, recall to within %.1f.\n\n| | probability | pairs | said | look at |\n|---|---|--:|--:|--:|\n", 100*p.PrecisionWithin, 100*p.RecallWithin)
		for _, s := range p.Strata {
			m.printf("| %s | %g to %g | %s | %.3f | %d |\n", proposed(s.Match), s.From, s.To, count(s.Pairs), s.Expected, s.Look)
		}
	}
}

func (m *markdown) thresholds(r *evaluate.Report) {
	if len(r.Thresholds) == 0 {
		return
	}
	m.printf("\n## By threshold\n\n| bits | probability | pairs | false | missed | precision | recall | F1 | expected precision |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, x := range evaluate.Thin(r.Thresholds, thinned) {
		cells := "– | – | – | – | –"
		if r.Pairs != nil {
			cells = fmt.Sprintf("%s | %s | %.3f | %.3f | %.3f", count(x.False), count(x.Missed), x.Precision, x.Recall, x.F1)
		}
		m.printf("| %.3f | %.6f | %s | %s | %.3f |\n", x.Weight, x.Probability, count(x.Pairs), cells, x.ExpectedPrecision)
	}
}

func (m *markdown) errors(r *evaluate.Report) {
	list := func(head, over string, errors []evaluate.PairError) {
		if len(errors) == 0 {
			return
		}
		m.printf("\n## %s\n\n| records | bits | %s | against it | for it |\n|---|--:|--:|---|---|\n", head, over)
		for _, e := range errors {
			pro := spoken(e.For)
			if pro == "" {
				pro = e.Reason
			}
			m.printf("| %s – %s | %.1f | %.1f | %s | %s |\n", md(e.A), md(e.B), e.Weight, e.Bits, md(spoken(e.Against)), md(pro))
		}
	}
	list("False matches", "over", r.FalseMatches)
	list("Missed", "short", r.Missed)
}
