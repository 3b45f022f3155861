package report

import (
	"fmt"
	"strings"

	"leds.internal/ledsq/dedupe/evaluate"
)

func (t *text) evaluation(r *evaluate.Report) {
	t.printf("ledsq %s: %s\n", t.h.Command, strings.Join(t.h.Files, ", "))
	if rows := scoreRows(r); len(rows) > 0 {
		t.truth(r)
		t.printf("\n  %-27s %-21s  %-21s  %-21s\n", "", "precision", "recall", "F1")
		for _, row := range rows {
			t.printf("  %-27s %-21s  %-21s  %-21s\n", row.what, scoreText(row.s.Precision), scoreText(row.s.Recall), scoreText(row.s.F1))
		}
		if s := r.Stratified; s != nil && s.Precision.Known() {
			t.printf("  %-27s %-21s  %-21s  each label standing for the pairs like it\n", "all pairs of the file", scoreText(s.Precision), scoreText(s.Recall))
		}
		t.printf("  %s\n", intervalNote)
	}
	t.expected(r)
	t.thresholdTable(r)
	t.wrong(r)
	t.reliability(r)
	t.groups(r)
	t.plan(r)
}

func (t *text) truth(r *evaluate.Report) {
	if r.Labels > 0 {
		t.printf("\nTruth       %s of %s; recall is of the pairs labelled\n", plural(r.Labels, "labelled pair"), plural(r.Records, "record"))
	} else {
		t.printf("\nTruth       %s of %s\n", plural(r.Records, "record"), entities(r.Entities))
	}
	if r.Unknown > 0 && r.Labels == 0 {
		t.printf("Left out    %s of which the truth is not known\n", plural(r.Unknown, "record"))
	}
	if r.Absent > 0 {
		t.printf("Absent      %s with known truth in no cluster: taken to stand alone\n", plural(r.Absent, "record"))
	}
	if p := r.Pairs; p != nil {
		t.printf("True pairs  %s: %s found; %s compared and not found; %s never compared, or too light for the file\n",
			count(p.True), count(p.Both), count(p.True-p.Both-r.NotCompared), count(r.NotCompared))
		t.printf("Proposed    %s, %s of them false\n", plural(p.Found, "pair"), count(p.Found-p.Both))
	}
}

func entities(n int) string {
	if n == 1 {
		return "1 entity"
	}
	return count(n) + " entities"
}

func (t *text) expected(r *evaluate.Report) {
	e := r.Expected
	if e == nil {
		return
	}
	t.printf("\nExpected by the probabilities, without labels\n")
	t.printf("  precision  %s; %.3f to %.3f if every weight were one bit less or more\n", scoreText(e.Precision), e.IfLess.Precision, e.IfMore.Precision)
	of := fmt.Sprintf("of %.0f true pairs expected in all", e.All)
	if e.OnlyThese {
		of = "of the pairs in the file only: what was never compared is not in it (--expected-matches N)"
	}
	t.printf("  recall     %s; %.3f to %.3f likewise; %s\n", scoreText(e.Recall), e.IfLess.Recall, e.IfMore.Recall, of)
	t.printf("  The intervals are of chance alone and take the probabilities for right.\n")
}

func (t *text) thresholdTable(r *evaluate.Report) {
	if len(r.Thresholds) == 0 {
		return
	}
	t.printf("\nBy threshold (%s of %s; --out csv=FILE has all)\n", count(min(thinned, len(r.Thresholds))), count(len(r.Thresholds)))
	if r.Pairs == nil {
		t.printf("  %9s %11s %11s %10s %10s\n", "bits", "probability", "pairs", "expected P", "expected R")
		for _, x := range evaluate.Thin(r.Thresholds, thinned) {
			t.printf("  %9.3f %11.6f %11s %10.3f %10.3f\n", x.Weight, x.Probability, count(x.Pairs), x.ExpectedPrecision, x.ExpectedRecall)
		}
		return
	}
	t.printf("  %9s %11s %9s %8s %8s %9s %8s %8s %10s\n", "bits", "probability", "pairs", "false", "missed", "precision", "recall", "F1", "expected P")
	row := func(x *evaluate.Threshold, note string) {
		t.printf("  %9.3f %11.6f %9s %8s %8s %9.3f %8.3f %8.3f %10.3f%s\n", x.Weight, x.Probability, count(x.Pairs), count(x.False), count(x.Missed), x.Precision, x.Recall, x.F1, x.ExpectedPrecision, note)
	}
	for _, x := range evaluate.Thin(r.Thresholds, thinned) {
		row(&x, "")
	}
	if r.Best != nil {
		row(r.Best, "  best F1")
	}
}

func (t *text) wrong(r *evaluate.Report) {
	list := func(head, over string, errors []evaluate.PairError) {
		if len(errors) == 0 {
			return
		}
		t.printf("\n%s\n", head)
		for _, e := range errors {
			t.printf("  %s – %s  %.1f bits", e.A, e.B, e.Weight)
			if e.Bits > 0 {
				t.printf(", %.1f %s", e.Bits, over)
			}
			switch {
			case len(e.Against) > 0:
				t.printf("; against it: %s", spoken(e.Against))
			case len(e.For) > 0:
				t.printf("; nothing spoke against it")
			case e.Reason != "":
				t.printf(": %s", e.Reason)
			}
			t.printf("\n")
			if len(e.For) > 0 {
				t.printf("      for it: %s\n", spoken(e.For))
			}
		}
	}
	list("False matches, the heaviest first", "over the threshold", r.FalseMatches)
	if len(r.Unseen) > 0 {
		t.printf("\nTrue pairs never compared, or too light for the file\n")
		for _, p := range r.Unseen {
			t.printf("  %s – %s\n", p[0], p[1])
		}
		if more := r.NotCompared - len(r.Unseen); more > 0 {
			t.printf("  …and %s more\n", count(more))
		}
	}
	list("Missed, the lightest first", "short of the threshold", r.Missed)
	clusters := func(head, what string, list []evaluate.ClusterError) {
		if len(list) == 0 {
			return
		}
		t.printf("\n%s\n", head)
		for _, c := range list {
			t.printf("  %d %s, %s wrong: %s\n", c.Parts, what, plural(c.Pairs, "pair"), strings.Join(c.Records, ", "))
		}
	}
	clusters("Clusters that hold several entities, the worst first", "entities", r.WrongClusters)
	clusters("Entities in several clusters, the worst first", "clusters", r.BrokenEntities)
}

func (t *text) reliability(r *evaluate.Report) {
	if len(r.Reliability) == 0 {
		return
	}
	t.printf("\nAre the probabilities right?\n  %-14s %9s %10s  %s\n", "probability", "pairs", "said", "true")
	for _, b := range r.Reliability {
		t.printf("  %-14s %9s %10.3f  %s\n", fmt.Sprintf("%g to %g", b.From, b.To), count(b.Pairs), b.Predicted, scoreText(b.Observed))
	}
	if c := r.Calibrated; c != nil {
		t.printf("  Mean error %.4f; with a calibration learnt from half the labels and tried on the other half %.4f\n", c.ErrorBefore, c.ErrorAfter)
	}
}

func (t *text) groups(r *evaluate.Report) {
	for _, g := range r.Groups {
		t.printf("\nBy %s: %s\n", g.By, g.About)
		t.printf("  %-20s %9s %9s %7s %-25s %9s %-25s %9s\n", "", "records", "pairs", "recall", "  gap to the rest, points", "precision", "  gap to the rest, points", "uncompared")
		for _, x := range g.Rows {
			t.printf("  %-20s %9s %9s %7s   %-25s %7s   %-25s %8s\n", x.Group, count(x.Records), count(x.Pairs), share(x.Recall), gapText(x.RecallGap, x.RecallSure),
				share(x.Precision), gapText(x.PrecisionGap, x.PrecisionSure), share(x.NeverCompared))
		}
	}
	if len(r.Groups) > 0 {
		t.printf("\n%s\n%s\n", gapSentence("recall", r.RecallGap), gapSentence("precision", r.PrecisionGap))
		t.printf("Gaps in points of a hundred, with intervals of 95%%; * wider than chance makes any gap of this report, once in twenty reports.\n")
	}
}

func share(s evaluate.Score) string {
	if !s.Known() {
		return "–"
	}
	return fmt.Sprintf("%.3f", s.Value)
}

func (t *text) plan(r *evaluate.Report) {
	p := r.Plan
	if p == nil {
		return
	}
	n := 0
	for _, s := range p.Strata {
		n += s.Look
	}
	t.printf("\nWhat looking at %s would settle: precision to within %.1f points, recall among the pairs in the file to within %.1f\n", plural(n, "pair"), 100*p.PrecisionWithin, 100*p.RecallWithin)
	t.printf("  %-8s %-14s %11s %10s %8s\n", "", "probability", "pairs", "said", "look at")
	for _, s := range p.Strata {
		t.printf("  %-8s %-14s %11s %10.3f %8d\n", proposed(s.Match), fmt.Sprintf("%g to %g", s.From, s.To), count(s.Pairs), s.Expected, s.Look)
	}
}

func proposed(match bool) string {
	if match {
		return "match"
	}
	return "no match"
}
