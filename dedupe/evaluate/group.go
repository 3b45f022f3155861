package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Grouping sorts records into groups.
type Grouping struct {
	Name   string   // what it groups by
	About  string   // what it stands for, and how far it can be trusted
	Labels []string // of the groups
	Of     []int32  // by record its group, -1 for none
}

// GroupRow is how a matching does for the records of one group. A pair counts for
// both its records, half for each where they are of two groups.
type GroupRow struct {
	Group     string `json:"group"`
	Records   int    `json:"records"`
	Pairs     int    `json:"truePairs"`
	Precision Score  `json:"precision"`
	Recall    Score  `json:"recall"`
	// The gaps are to all other records: above 0, the group fares better.
	PrecisionGap Score `json:"precisionGap"`
	RecallGap    Score `json:"recallGap"`
	// NeverCompared is the share of its true pairs that were never compared, of
	// which no weight could have helped; not known without pairs.
	NeverCompared Score `json:"neverCompared"`
	// PrecisionSure and RecallSure say that the gap is wider than chance makes any
	// of the gaps of the report, once in twenty reports (Bonferroni).
	PrecisionSure bool `json:"precisionGapSure"`
	RecallSure    bool `json:"recallGapSure"`
}

// GroupTable compares the groups of one grouping.
type GroupTable struct {
	By    string     `json:"by"`
	About string     `json:"about,omitempty"`
	Rows  []GroupRow `json:"rows"`
}

// Gap is the widest gap found.
type Gap struct {
	By    string `json:"by"`
	Group string `json:"group"`
	Gap   Score  `json:"gap"`
	// Sure is false when all gaps are within what chance makes; this is then the
	// widest of those.
	Sure bool `json:"sure"`
}

// leastPairs is how many true pairs, or pairs found, a group needs before its gap
// is named the widest.
const leastPairs = 10

// compareGroups measures the groups of each grouping against all other records.
func compareGroups(t *Truth, c *counts, groupings []Grouping) []GroupTable {
	tests := 0
	for _, g := range groupings {
		tests += 2 * len(g.Labels)
	}
	strict := quantile(0.05 / float64(max(tests, 1)))
	var out []GroupTable
	for _, g := range groupings {
		table := GroupTable{By: g.Name, About: g.About}
		for label, name := range g.Labels {
			in := func(i int) bool { return i < len(g.Of) && g.Of[i] == int32(label) }
			other := func(i int) bool { return i < len(g.Of) && g.Of[i] >= 0 && g.Of[i] != int32(label) }
			row := GroupRow{Group: name, NeverCompared: none}
			truth, unseen := 0.0, 0.0
			for i, u := range t.unit {
				if u < 0 || !in(i) {
					continue
				}
				row.Records++
				truth += float64(c.truth[i])
				if c.unseen != nil {
					unseen += float64(c.unseen[i])
				}
			}
			if row.Records == 0 {
				continue
			}
			row.Pairs = int(math.Round(truth / 2))
			p, r, _ := c.ratios(t, in)
			restP, restR, _ := c.ratios(t, other)
			row.Precision, row.Recall = p.score(z95), r.score(z95)
			row.PrecisionGap, row.RecallGap = difference(row.Precision, restP.score(z95)), difference(row.Recall, restR.score(z95))
			row.PrecisionSure = apart(difference(p.score(strict), restP.score(strict)))
			row.RecallSure = apart(difference(r.score(strict), restR.score(strict)))
			if c.unseen != nil && truth > 0 {
				row.NeverCompared = wilson(unseen/truth, r.n, z95)
			}
			table.Rows = append(table.Rows, row)
		}
		slices.SortStableFunc(table.Rows, func(x, y GroupRow) int {
			return cmp.Or(cmp.Compare(y.Records, x.Records), cmp.Compare(x.Group, y.Group))
		})
		out = append(out, table)
	}
	return out
}

// apart says whether an interval leaves out 0.
func apart(s Score) bool { return s.Known() && (s.Low > 0 || s.High < 0) }

// largest names the widest gaps to the worse: where a group fares worst. A gap
// wider than chance goes before one that is not.
func largest(tables []GroupTable) (recall, precision *Gap) {
	take := func(to **Gap, by string, r *GroupRow, gap Score, sure bool) {
		if !gap.Known() || gap.Value >= 0 || r.Pairs < leastPairs {
			return
		}
		if w := *to; w == nil || sure && !w.Sure || sure == w.Sure && gap.Value < w.Gap.Value {
			*to = &Gap{by, r.Group, gap, sure}
		}
	}
	for _, t := range tables {
		for i := range t.Rows {
			r := &t.Rows[i]
			take(&recall, t.By, r, r.RecallGap, r.RecallSure)
			take(&precision, t.By, r, r.PrecisionGap, r.PrecisionSure)
		}
	}
	return recall, precision
}
