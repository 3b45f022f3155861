package report

import (
	"fmt"
	"io"
	"slices"

	"leds.internal/ledsq/dedupe"
)

// Matching sums up what was found by matching records with each other.
type Matching struct {
	Records    int           `json:"records"`
	Skipped    int           `json:"skipped"`
	Candidates int64         `json:"candidatePairs"`
	Expected   float64       `json:"expectedMatches"`
	Match      float64       `json:"matchProbability"`
	Review     float64       `json:"reviewProbability"`
	Matches    int           `json:"matches"`
	Reviews    int           `json:"reviews"`
	Entities   int           `json:"entities"` // clusters, those of one record included
	Sizes      []ClusterSize `json:"clusters"` // of two records or more
	Reasons    []ReasonTotal `json:"reasons"`  // most frequent first
	Dropped    []Dropped     `json:"dropped"`
	Model      *dedupe.Model `json:"model"`
	SkippedRow []SkippedRow  `json:"skippedRows"`
	Decisions  *Decisions    `json:"decisions,omitempty"` // nil without a decisions file

	Weights    []WeightBand   `json:"weights"`
	Thresholds []Threshold    `json:"thresholds"`
	Largest    []ClusterTotal `json:"-"` // for a page: every format else has the data files
	Pairs      []SetPair      `json:"-"`
}

// ClusterSize is how many clusters have so many records.
type ClusterSize struct {
	Records  int `json:"records"`
	Clusters int `json:"clusters"`
}

// ReasonTotal is how many pairs have the same reason.
type ReasonTotal struct {
	Decision string `json:"decision"`
	Reason   string `json:"reason"`
	Pairs    int    `json:"pairs"`
}

// foretold says how many of the matches are right by their own weights.
func (m *Matching) foretold() string {
	if m.Model == nil || m.Model.Precision == 0 {
		return ""
	}
	return fmt.Sprintf("; precision foretold %.3f", m.Model.Precision)
}

// maxReasons is how many reasons a summary of matching lists.
const maxReasons = 10

// SumMatching sums up a result.
func SumMatching(res *dedupe.Result) *Matching {
	m := &Matching{Records: len(res.Clusters), Candidates: res.Model.Candidates, Expected: res.Model.Expected, Match: res.Model.Match,
		Review: res.Model.Review, Model: res.Model, Sizes: []ClusterSize{}, Reasons: []ReasonTotal{}, Dropped: Droppings(res.Dropped), SkippedRow: []SkippedRow{}}
	size := make([]int, len(res.Clusters))
	for _, c := range res.Clusters {
		size[c]++
	}
	sizes := map[int]int{}
	for _, n := range size {
		if n > 0 {
			m.Entities++
		}
		if n > 1 {
			sizes[n]++
		}
	}
	for n, k := range sizes {
		m.Sizes = append(m.Sizes, ClusterSize{n, k})
	}
	slices.SortFunc(m.Sizes, func(a, b ClusterSize) int { return a.Records - b.Records })
	for i := range res.Pairs {
		switch res.Pairs[i].Decision {
		case dedupe.Match:
			m.Matches++
		case dedupe.Review:
			m.Reviews++
		}
	}
	for _, r := range res.Reasons[:min(len(res.Reasons), maxReasons)] {
		m.Reasons = append(m.Reasons, ReasonTotal{string(r.Decision), r.Reason, r.Pairs})
	}
	sure := certainties(res.Pairs)
	m.Decisions = decisionsOf(res.Decided)
	m.Weights, m.Thresholds = weightBands(sure), thresholds(sure, res.Model)
	return m
}

// Droppings puts what blocking left out into a report.
func Droppings(list []dedupe.Dropped) []Dropped {
	out := []Dropped{}
	for _, d := range list {
		out = append(out, Dropped{d.Key, d.Blocks, d.Records})
	}
	return out
}

// MatchFormats are the formats a summary of matching can be written in.
func MatchFormats() []string { return []string{"text", "json", "markdown", "html"} }

// WriteMatching writes a summary of matching. verbose adds the model to a text.
func WriteMatching(w io.Writer, format string, h *Header, m *Matching, verbose bool) error {
	switch format {
	case "json":
		_, err := w.Write(append(marshal(struct {
			Header  *Header   `json:"header"`
			Summary *Matching `json:"summary"`
		}{h, m}), '\n'))
		return err
	case "html":
		return writeMatchingPage(w, h, m)
	case "markdown":
		t := &markdown{w: w, h: h}
		t.matching(m)
		return t.err
	}
	t := &text{w: w, h: h}
	t.matching(m)
	if verbose {
		t.model(m.Model)
	}
	return t.err
}

func (t *text) matching(m *Matching) {
	t.header(&Summary{Records: m.Records, Skipped: m.Skipped})
	t.printf("\nCandidate pairs    %s\n", count(m.Candidates))
	t.printf("Expected matches   %.0f pairs\n", m.Expected)
	t.printf("Found              %s as matches (probability from %g%s), %s for clerical review (from %g)\n", plural(m.Matches, "pair"), m.Match, m.foretold(), count(m.Reviews), m.Review)
	if m.Model != nil && m.Model.Blocking != nil {
		b := m.Model.Blocking
		t.printf("Blocking recall    %.3f (%.3f–%.3f) of sure matches, by comparing keys: of %s by one set, %s by another, %s by both; records bad in every field lower it\n",
			b.Recall, b.Low, b.High, count(b.ByA), count(b.ByB), count(b.ByBoth))
	}
	t.printf("Entities           %s\n", count(m.Entities))
	for _, s := range m.Sizes {
		t.printf("  of %d records     %s\n", s.Records, plural(s.Clusters, "cluster"))
	}
	if len(m.Dropped) > 0 {
		t.printf("\nNot compared in full, the blocks being too large\n")
		for _, d := range m.Dropped {
			t.printf("  %s: %s with %s\n", d.Key, plural(d.Blocks, "block"), plural(d.Records, "record"))
		}
	}
	t.decisions(m.Decisions)
	if len(m.Reasons) > 0 {
		t.printf("\nMost frequent reasons\n")
		for _, r := range m.Reasons {
			t.printf("  %9s  %-7s %s\n", count(r.Pairs), r.Decision, r.Reason)
		}
	}
	t.printf("\nA proposal, not proof of identity: nothing was merged.\n")
	t.skipped(&Summary{Skipped: m.Skipped, SkippedRows: m.SkippedRow})
}

func (t *text) model(m *dedupe.Model) {
	t.printf("\nModel: two random records match with probability %.3g; estimated in %d rounds", m.Prior, m.Rounds)
	if !m.Converged {
		t.printf(", not converged")
	}
	t.printf("\n  %-16s %-44s %8s %8s %8s\n", "comparison", "level", "m", "u", "bits")
	for _, c := range m.Comparisons {
		for _, l := range c.Levels {
			t.printf("  %-16s %-44s %8.4f %8.2g %8.2f\n", c.Name, l.Name, l.M, l.U, l.Weight)
		}
	}
}

func (m *markdown) matching(s *Matching) {
	m.printf("# ledsq %s\n\n%s: %s, %s skipped.\n\n", m.h.Command, md(fmt.Sprint(m.h.Files)), plural(s.Records, "record"), plural(s.Skipped, "row"))
	m.printf("| candidate pairs | expected matches | matches | for review | entities |\n|--:|--:|--:|--:|--:|\n| %s | %.0f | %s | %s | %s |\n",
		count(s.Candidates), s.Expected, count(s.Matches), count(s.Reviews), count(s.Entities))
	m.decisions(s.Decisions)
	if len(s.Reasons) > 0 {
		m.printf("\n| pairs | decision | reason |\n|--:|---|---|\n")
	}
	for _, r := range s.Reasons {
		m.printf("| %s | %s | %s |\n", count(r.Pairs), r.Decision, md(r.Reason))
	}
}
