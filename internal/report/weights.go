package report

import (
	"cmp"
	"math"
	"slices"

	"leds.internal/ledsq/dedupe"
)

// WeightBand is how many pairs have a match weight from From to below To, in bits.
type WeightBand struct {
	From    float64 `json:"from"`
	To      float64 `json:"to"`
	Matches int     `json:"matches"`
	Reviews int     `json:"reviews"`
}

// Threshold is what would follow if pairs were taken for matches from a
// probability on. The shares are the model's own reckoning, from the
// probabilities it gives: they are no measurement against a known truth.
type Threshold struct {
	Probability float64 `json:"probability"`
	Pairs       int     `json:"pairs"`        // taken
	Left        int     `json:"left"`         // below, or held for review for another reason: left for people
	FalseShare  float64 `json:"falseShare"`   // of the pairs, expected to be no matches
	FoundShare  float64 `json:"foundShare"`   // of all expected matches, expected among the pairs
	False       float64 `json:"falseMatches"` // how many pairs FalseShare is
}

// ClusterTotal is one cluster of two records or more.
type ClusterTotal struct {
	Records int      `json:"records"`
	IDs     []string `json:"ids"` // some of them
	// Weakest is the least match weight, in bits, of a pair of its records that
	// was proposed; Proposed of Possible pairs were.
	Weakest  float64 `json:"weakest"`
	Proposed int     `json:"proposedPairs"`
	Possible int     `json:"possiblePairs"`
}

// maxBands is how many bands a histogram of weights has at most.
const maxBands = 20

// certainty is what charts of match weights need of a pair.
type certainty struct {
	weight, probability float64
	match               bool
}

// weightBands counts pairs by weight, in bands of whole bits.
func weightBands(pairs []certainty) []WeightBand {
	out := []WeightBand{}
	if len(pairs) == 0 {
		return out
	}
	least, most := math.Inf(1), math.Inf(-1)
	for _, p := range pairs {
		least, most = min(least, p.weight), max(most, p.weight)
	}
	width := max(1, math.Ceil((most-least+1)/maxBands))
	from := math.Floor(least/width) * width
	for f := from; f <= most; f += width {
		out = append(out, WeightBand{From: f, To: f + width})
	}
	for _, p := range pairs {
		b := &out[min(int((p.weight-from)/width), len(out)-1)]
		if p.match {
			b.Matches++
		} else {
			b.Reviews++
		}
	}
	return out
}

// thresholds says what follows from each of some thresholds, from the model's
// review threshold on. A pair that is for review although it reaches the match
// threshold is held for another reason, and no threshold would take it.
func thresholds(pairs []certainty, m *dedupe.Model) []Threshold {
	out := []Threshold{}
	if len(pairs) == 0 {
		return out
	}
	all, total := 0.0, len(pairs)
	for _, p := range pairs {
		all += p.probability
	}
	pairs = slices.DeleteFunc(slices.Clone(pairs), func(p certainty) bool { return !p.match && p.probability >= m.Match })
	slices.SortFunc(pairs, func(a, b certainty) int { return cmp.Compare(b.weight, a.weight) })
	expected := max(m.Expected, all)
	n, found := 0, 0.0
	for _, at := range []float64{0.999, 0.99, 0.95, 0.9, 0.8, 0.7, 0.5, 0.3, 0.2} {
		if at < m.Review {
			break
		}
		for ; n < len(pairs) && pairs[n].probability >= at; n++ {
			found += pairs[n].probability
		}
		t := Threshold{Probability: at, Pairs: n, Left: total - n, FoundShare: round(found / expected), False: round(float64(n) - found)}
		if n > 0 {
			t.FalseShare = round((float64(n) - found) / float64(n))
		}
		out = append(out, t)
	}
	slices.Reverse(out)
	return out
}

// Clusters of a report.
const (
	maxClusters    = 20 // listed
	maxClusterSize = 20 // records named of one
)

// LargestClusters describes the largest clusters of a result, given for each
// record the first of its cluster; name gives what a record is called. Of equal
// size the least sure come first.
func LargestClusters(first []int, pairs []dedupe.Pair, name func(int) string) []ClusterTotal {
	size := map[int]int{}
	for _, c := range first {
		size[c]++
	}
	type link struct {
		weakest float64
		n       int
	}
	links := map[int]link{}
	for i := range pairs {
		p := &pairs[i]
		if c := first[p.A]; c == first[p.B] {
			l, ok := links[c]
			if !ok || p.Weight < l.weakest {
				l.weakest = p.Weight
			}
			l.n++
			links[c] = l
		}
	}
	roots := []int{}
	for c, n := range size {
		if n > 1 {
			roots = append(roots, c)
		}
	}
	slices.SortFunc(roots, func(a, b int) int {
		return cmp.Or(size[b]-size[a], cmp.Compare(links[a].weakest, links[b].weakest), a-b)
	})
	roots = roots[:min(len(roots), maxClusters)]
	at := map[int]int{}
	out := make([]ClusterTotal, len(roots))
	for i, c := range roots {
		at[c] = i
		out[i] = ClusterTotal{Records: size[c], Weakest: round(links[c].weakest), Proposed: links[c].n, Possible: size[c] * (size[c] - 1) / 2, IDs: []string{}}
	}
	for r, c := range first {
		if i, ok := at[c]; ok && len(out[i].IDs) < maxClusterSize {
			out[i].IDs = append(out[i].IDs, name(r))
		}
	}
	return out
}

// certainties reads pairs for the charts.
func certainties(pairs []dedupe.Pair) []certainty {
	out := make([]certainty, len(pairs))
	for i := range pairs {
		p := &pairs[i]
		out[i] = certainty{p.Weight, p.Probability, p.Decision == dedupe.Match}
	}
	return out
}
