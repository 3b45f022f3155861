package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"leds.internal/ledsq/dedupe"
)

// duplicates is the part of a page about records that may be one.
type duplicates struct {
	Matches, Reviews, Clusters int
	Rate                       float64 // records beyond the first of their cluster
	Candidates                 int64
	Dropped                    []Dropped
	Largest                    []ClusterTotal
	Pairs                      []SetPair
	AllPairs                   int
	Sizes                      []ClusterSize
	Weights                    []WeightBand
	Thresholds                 []Threshold
	SizeChart                  *figure
	WeightChart                *figure
	ThresholdChart             *figure
	Reasons                    []ReasonTotal
	Model                      *model
	Decisions                  *Decisions
	Blocking                   *dedupe.BlockingRecall
}

// model is what was estimated, level by level.
type model struct {
	Prior, Expected string
	Levels          []modelLevel
}

type modelLevel struct {
	Comparison, Level string
	M, U, Weight      float64
	// Bar is where the bar of the weight begins and how wide it is, in percent
	// of the widest.
	From, Width float64
	Against     bool
}

// writeMatchingPage writes the page of dedupe and link.
func writeMatchingPage(w io.Writer, h *Header, m *Matching) error {
	p := &page{H: h, Title: "Likely duplicates", Records: m.Records, Skipped: m.Skipped, CanFairness: true}
	if h.Command == "link" {
		p.Title = "Likely links between two files"
	}
	beyond := m.Records - m.Entities
	p.Tiles = []tile{
		{"Pairs proposed as matches", count(m.Matches), fmt.Sprintf("probability from %g", m.Match)},
		{"Pairs for clerical review", count(m.Reviews), fmt.Sprintf("probability from %g", m.Review)},
		{"Records read", count(m.Records), skippedNote(m.Skipped)},
		{"Entities", count(m.Entities), plural(beyond, "record") + " beyond the first of theirs"},
		{"Expected matches", fmt.Sprintf("%.0f", m.Expected), "pairs, by the model"},
	}
	d := &duplicates{Matches: m.Matches, Reviews: m.Reviews, Candidates: m.Candidates, Dropped: m.Dropped, Largest: m.Largest, Sizes: m.Sizes, Reasons: m.Reasons}
	for _, s := range m.Sizes {
		d.Clusters += s.Clusters
	}
	if m.Records > 0 {
		d.Rate = float64(beyond) / float64(m.Records)
	}
	d.charts(m.Weights, m.Thresholds, m.Sizes)
	p.pairs(d, m.Pairs)
	p.leave(len(d.Largest), d.Clusters, "Clusters")
	d.Model, d.Decisions = modelOf(m), m.Decisions
	if m.Model != nil {
		d.Blocking = m.Model.Blocking
	}
	if m.Decisions != nil && len(m.Decisions.Attention) > 0 {
		p.Tiles = append(p.Tiles, tile{"Decisions that need attention", count(len(m.Decisions.Attention)), "see people's decisions"})
	}
	p.Duplicates = d
	p.Trend = trendOf(h, EarlierSummary{Records: m.Records, Matches: m.Matches, Reviews: m.Reviews, Entities: m.Entities})
	p.SkippedRows = m.SkippedRow[:min(len(m.SkippedRow), pageSkipped)]
	p.leave(len(p.SkippedRows), len(m.SkippedRow), "Rows that could not be read")
	return writePage(w, p)
}

func (d *duplicates) charts(w []WeightBand, t []Threshold, s []ClusterSize) {
	d.Weights, d.Thresholds = w, t
	if len(w) > 0 {
		d.WeightChart = weightChart(w)
	}
	if len(t) > 1 {
		d.ThresholdChart = thresholdChart(t)
	}
	if len(s) > 1 {
		d.SizeChart = sizeChart(s[:min(len(s), maxBands)])
	}
}

// pairs lists some of them, those that want people first: for review, then the
// matches from the least sure on.
func (p *page) pairs(d *duplicates, pairs []SetPair) {
	order := func(s *SetPair) int {
		if s.Decision == string(dedupe.Review) {
			return 0
		}
		return 1
	}
	pairs = slices.Clone(pairs)
	slices.SortFunc(pairs, func(a, b SetPair) int {
		return cmp.Or(order(&a)-order(&b), cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	d.Pairs, d.AllPairs = pairs[:min(len(pairs), pagePairs)], len(pairs)
	p.leave(len(d.Pairs), len(pairs), "Pairs")
}

func modelOf(m *Matching) *model {
	if m.Model == nil || len(m.Model.Comparisons) == 0 {
		return nil
	}
	out := &model{Prior: fmt.Sprintf("%.3g", m.Model.Prior), Expected: fmt.Sprintf("%.0f", m.Expected)}
	widest := 1.0
	for _, c := range m.Model.Comparisons {
		for _, l := range c.Levels {
			widest = max(widest, l.Weight, -l.Weight)
		}
	}
	for _, c := range m.Model.Comparisons {
		for _, l := range c.Levels {
			one := modelLevel{Comparison: c.Name, Level: l.Name, M: l.M, U: l.U, Weight: l.Weight, Against: l.Weight < 0}
			one.From, one.Width = 50, 50*l.Weight/widest
			if one.Against {
				one.From, one.Width = 50+one.Width, -one.Width
			}
			out.Levels = append(out.Levels, one)
		}
	}
	return out
}
