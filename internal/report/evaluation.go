package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/evaluate"
	"leds.internal/ledsq/internal/guard"
)

// EvaluationFormats are the formats an evaluation can be written in. CSV is the
// table of thresholds, with every one of them.
func EvaluationFormats() []string { return []string{"text", "json", "csv", "markdown"} }

// thinned is how many thresholds a table for people has.
const thinned = 12

// WriteEvaluation writes an evaluation.
func WriteEvaluation(w io.Writer, format string, h *Header, r *evaluate.Report) error {
	switch format {
	case "json":
		_, err := w.Write(append(marshal(struct {
			Header *Header          `json:"header"`
			Report *evaluate.Report `json:"report"`
		}{h, r}), '\n'))
		return err
	case "csv":
		return thresholdsCSV(w, r)
	case "markdown":
		m := &markdown{w: w, h: h}
		m.evaluation(r)
		return m.err
	}
	t := &text{w: w, h: h}
	t.evaluation(r)
	return t.err
}

func thresholdsCSV(w io.Writer, r *evaluate.Report) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"weight", "probability", "pairs", "true", "false", "missed", "precision", "recall", "f1", "expected_precision", "expected_recall"})
	share := func(f float64) string { return strconv.FormatFloat(f, 'f', 6, 64) }
	for _, t := range r.Thresholds {
		row := []string{strconv.FormatFloat(t.Weight, 'f', 3, 64), share(t.Probability), strconv.Itoa(t.Pairs), "", "", "", "", "", "", share(t.ExpectedPrecision), share(t.ExpectedRecall)}
		if r.Pairs != nil { // there is truth
			for i, n := range []int{t.True, t.False, t.Missed} {
				row[3+i] = strconv.Itoa(n)
			}
			row[6], row[7], row[8] = share(t.Precision), share(t.Recall), share(t.F1)
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// WriteGroups writes the comparison of groups as CSV, a row for each group.
func WriteGroups(w io.Writer, r *evaluate.Report) error {
	out := csv.NewWriter(w)
	head := []string{"by", "group", "records", "true_pairs"}
	for _, s := range []string{"precision", "recall", "precision_gap", "recall_gap", "never_compared"} {
		head = append(head, s, s+"_low", s+"_high")
	}
	_ = out.Write(append(head, "precision_gap_sure", "recall_gap_sure"))
	for _, t := range r.Groups {
		for _, g := range t.Rows {
			row := []string{guard.Put(t.By), guard.Put(g.Group), strconv.Itoa(g.Records), strconv.Itoa(g.Pairs)}
			for _, s := range []evaluate.Score{g.Precision, g.Recall, g.PrecisionGap, g.RecallGap, g.NeverCompared} {
				if !s.Known() {
					row = append(row, "", "", "")
					continue
				}
				for _, f := range []float64{s.Value, s.Low, s.High} {
					row = append(row, strconv.FormatFloat(f, 'f', 6, 64))
				}
			}
			_ = out.Write(append(row, yesOrNo(g.PrecisionSure), yesOrNo(g.RecallSure)))
		}
	}
	out.Flush()
	return out.Error()
}

// WriteErrors writes the errors listed as CSV, the worst of each sort first.
func WriteErrors(w io.Writer, r *evaluate.Report) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"error", "id_a", "id_b", "weight", "probability", "bits", "against", "for", "reason"})
	list := func(what string, errors []evaluate.PairError) {
		for _, e := range errors {
			_ = out.Write([]string{what, guard.Put(e.A), guard.Put(e.B), strconv.FormatFloat(e.Weight, 'f', 3, 64), strconv.FormatFloat(e.Probability, 'f', 6, 64),
				strconv.FormatFloat(e.Bits, 'f', 3, 64), guard.Put(spoken(e.Against)), guard.Put(spoken(e.For)), guard.Put(e.Reason)})
		}
	}
	list("false-match", r.FalseMatches)
	for _, p := range r.Unseen {
		_ = out.Write([]string{"never-compared", guard.Put(p[0]), guard.Put(p[1]), "", "", "", "", "", ""})
	}
	list("missed", r.Missed)
	out.Flush()
	return out.Error()
}

func yesOrNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// spoken puts evidence into words with its bits.
func spoken(list []dedupe.Evidence) string {
	var parts []string
	for _, e := range list {
		if math.Abs(e.Weight) >= 0.05 { // else it would read 0.0
			parts = append(parts, fmt.Sprintf("%s (%+.1f)", e.Said(), e.Weight))
		}
	}
	return strings.Join(parts, ", ")
}

// scoreText gives a score with its interval.
func scoreText(s evaluate.Score) string {
	if !s.Known() {
		return "–"
	}
	return fmt.Sprintf("%.3f (%.3f–%.3f)", s.Value, s.Low, s.High)
}

// gapText gives a gap in points of a hundred.
func gapText(s evaluate.Score, sure bool) string {
	if !s.Known() {
		return "–"
	}
	mark := ""
	if sure {
		mark = " *"
	}
	return fmt.Sprintf("%+.1f (%+.1f to %+.1f)%s", 100*s.Value, 100*s.Low, 100*s.High, mark)
}

// scoreRow is one line of the table of scores.
type scoreRow struct {
	what string
	s    *evaluate.PairScores
}

func scoreRows(r *evaluate.Report) (rows []scoreRow) {
	if r.Pairs != nil {
		rows = append(rows, scoreRow{"pairs proposed as matches", r.Pairs})
	}
	if c := r.Clusters; c != nil {
		rows = append(rows, scoreRow{"pairs in one cluster", &c.Pairs})
		if r.Labels == 0 {
			rows = append(rows, scoreRow{"whole clusters", &c.Exact}, scoreRow{"whole clusters of several", &c.Several}, scoreRow{"records (B-cubed)", &c.BCubed})
		}
	}
	return rows
}

// gapSentence names the widest gap, or says that there is none to name.
func gapSentence(what string, g *evaluate.Gap) string {
	switch {
	case g == nil:
		return fmt.Sprintf("No group of enough pairs is behind the rest in %s.", what)
	case !g.Sure:
		return fmt.Sprintf("No gap in %s is wider than chance makes among so many; the widest is %s %q, %s points.", what, g.By, g.Group, gapText(g.Gap, false))
	}
	return fmt.Sprintf("The widest gap in %s: %s %q is %.1f points behind all others (%.1f to %.1f).", what, g.By, g.Group, -100*g.Gap.Value, -100*g.Gap.High, -100*g.Gap.Low)
}

const intervalNote = "Intervals are of 95%, analytic: entities are the sample, ratios linearised over them, Wilson's formula on what that is worth."
