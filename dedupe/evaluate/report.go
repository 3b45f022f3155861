package evaluate

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// PairScores measure a matching over pairs of records.
type PairScores struct {
	Precision Score `json:"precision"` // of the pairs found, the share that is true
	Recall    Score `json:"recall"`    // of the true pairs, the share found
	F1        Score `json:"f1"`
	True      int   `json:"true"`  // pairs (or clusters, records) that there are
	Found     int   `json:"found"` // that were found
	Both      int   `json:"right"` // of those found, the true ones
}

// ClusterScores measure a matching over whole clusters.
type ClusterScores struct {
	Pairs PairScores `json:"pairs"` // pairs of records that share a cluster
	// Exact counts a cluster as right only if it is an entity, whole and pure;
	// Several is the same without what stands alone.
	Exact   PairScores `json:"exact"`
	Several PairScores `json:"exactOfSeveral"`
	// BCubed is, over records, how much of a record's cluster is of its entity
	// (precision), and how much of its entity is in its cluster (recall).
	BCubed PairScores `json:"bCubed"`
}

// Report is everything that was found out. What could not be measured is nil.
type Report struct {
	Records   int `json:"records"`             // with known truth, or all without truth
	Entities  int `json:"entities"`            // of them; of labelled pairs, the groups they hang together in
	Unknown   int `json:"recordsWithoutTruth"` // left out
	Absent    int `json:"recordsInNoCluster"`  // with truth, and in no cluster: taken to stand alone
	Labels    int `json:"labelledPairs"`       // 0 where entities are known
	PairsRead int `json:"pairsRead"`

	Pairs      *PairScores    `json:"pairs,omitempty"`    // the pairs proposed as matches
	Stratified *Stratified    `json:"weighted,omitempty"` // the same from labelled pairs, each standing for others like it
	Clusters   *ClusterScores `json:"clusters,omitempty"`
	Thresholds []Threshold    `json:"thresholds,omitempty"`
	Best       *Threshold     `json:"bestThreshold,omitempty"` // of the highest F1

	NotCompared    int             `json:"truePairsNeverCompared"`
	FalseMatches   []PairError     `json:"falseMatches,omitempty"` // the heaviest first
	Missed         []PairError     `json:"missed,omitempty"`       // the lightest first
	Unseen         [][2]string     `json:"neverCompared,omitempty"`
	WrongClusters  []ClusterError  `json:"wrongClusters,omitempty"`  // that hold several entities, the worst first
	BrokenEntities []ClusterError  `json:"brokenEntities,omitempty"` // that lie in several clusters, the worst first
	Reliability    []Bin           `json:"reliability,omitempty"`
	Calibrated     *CalibrationFit `json:"calibration,omitempty"`
	Groups         []GroupTable    `json:"groups,omitempty"`
	RecallGap      *Gap            `json:"largestRecallGap,omitempty"`
	PrecisionGap   *Gap            `json:"largestPrecisionGap,omitempty"`
	Expected       *Expected       `json:"expected,omitempty"`
	Plan           *Plan           `json:"plan,omitempty"`
}

// Input is what to evaluate, and against what. Pairs or Clusters must be given.
type Input struct {
	Records  *Records
	Truth    *Truth      // nil for none
	Pairs    *Pairs      // nil for none
	Clusters []int32     // by record, -1 for none; nil for none
	Group    []Grouping  // to compare groups by
	Expected float64     // true pairs the model expects in all, 0 if it did not say
	Use      Calibration // applied to the probabilities first, if it has knots
	Worst    int         // how many errors of each sort to list
	Sample   int         // how many pairs a plan may ask to be looked at, 0 for no plan
}

// Evaluate measures. It uses up the pairs, which can be evaluated once. The order
// in which records and pairs were added changes nothing.
func Evaluate(in Input) (*Report, error) {
	if in.Pairs == nil && in.Clusters == nil {
		return nil, errors.New("evaluate: neither pairs nor clusters are given")
	}
	if err := in.canonical(); err != nil {
		return nil, err
	}
	n := in.Records.Len()
	r := &Report{Records: n}
	var pairs []Pair
	if in.Pairs != nil {
		pairs = in.Pairs.list
		r.PairsRead = len(pairs)
		if len(in.Use.Knots) > 0 {
			pairs = slices.Clone(pairs)
			for i := range pairs {
				pairs[i].Probability = in.Use.Probability(pairs[i].Weight)
			}
		}
		e := Expect(pairs, in.Expected)
		r.Expected = &e
		if in.Sample > 0 {
			r.Plan = MakePlan(in.Records, pairs, in.Sample)
		}
	}
	if in.Truth == nil {
		r.Thresholds = thresholds(pairs, nil, 0, in.Expected)
		return r, nil
	}
	r.truth(in, pairs, n)
	return r, nil
}

// truth measures against it.
func (r *Report) truth(in Input, pairs []Pair, n int) {
	t := in.Truth
	r.Records, r.Entities, r.Labels, r.Unknown = t.known, t.units, len(t.labels), n-t.known
	var c *counts
	if in.Clusters != nil {
		for i, u := range t.unit {
			if u >= 0 && in.Clusters[i] < 0 {
				r.Absent++
			}
		}
		c = countClusters(t, n, in.Clusters)
		r.Clusters = &ClusterScores{Pairs: c.all(t)}
		if t.labels == nil {
			r.clusters(in)
		}
	}
	if in.Pairs != nil {
		byPair := countPairs(t, n, pairs)
		s := byPair.all(t)
		r.Pairs = &s
		r.Thresholds = thresholds(pairs, t, s.True, in.Expected)
		r.Best = best(r.Thresholds)
		r.NotCompared = total(byPair.unseen)
		r.FalseMatches, r.Missed = in.Pairs.falseMatches.list(), in.Pairs.missed.list()
		r.Unseen = unseen(t, in.Records, pairs, in.Worst)
		known, truth := labelled(t, pairs)
		r.Reliability = Reliability(known, truth)
		r.Calibrated = fit(known, truth)
		if t.labels != nil {
			r.Stratified = stratify(t, pairs)
		}
		if c == nil {
			c = byPair
		} else {
			c.unseen = byPair.unseen
		}
	}
	r.Groups = compareGroups(t, c, in.Group)
	r.RecallGap, r.PrecisionGap = largest(r.Groups)
}

// all measures over all records.
func (c *counts) all(t *Truth) PairScores {
	s := c.scores(t, everyRecord, z95)
	s.True, s.Found, s.Both = total(c.truth), total(c.found), total(c.both)
	return s
}

// clusters measures whole clusters, and lists the worst.
func (r *Report) clusters(in Input) {
	t := in.Truth
	list := cells(t, in.Clusters)
	sizes := t.sizes()
	exact, shares := make([]float64, t.units), make([]float64, t.units)
	exactMany, sharesMany, many := make([]float64, t.units), make([]float64, t.units), make([]float64, t.units)
	purity, whole, records := make([]float64, t.units), make([]float64, t.units), make([]float64, t.units)
	ones := slices.Repeat([]float64{1}, t.units)
	out := &r.Clusters.Exact
	several := &r.Clusters.Several
	pieces := make([]int, t.units)
	for u, size := range sizes {
		records[u] = float64(size)
		if size > 1 {
			many[u] = 1
			several.True++
		}
	}
	out.True = t.units
	eachCluster(list, func(of []cell, size int) {
		out.Found++
		if size > 1 {
			several.Found++
		}
		falsely := size * (size - 1) / 2
		for _, x := range of {
			k := float64(len(x.records))
			falsely -= len(x.records) * (len(x.records) - 1) / 2
			pieces[x.unit]++
			shares[x.unit] += k / float64(size)
			if size > 1 {
				sharesMany[x.unit] += k / float64(size)
			}
			purity[x.unit] += k * k / float64(size)
			whole[x.unit] += k * k / records[x.unit]
			if len(of) == 1 && int32(size) == sizes[x.unit] {
				exact[x.unit] = 1
				out.Both++
				if size > 1 {
					exactMany[x.unit] = 1
					several.Both++
				}
			}
		}
		if len(of) > 1 {
			r.WrongClusters = append(r.WrongClusters, ClusterError{members(in.Records, of), len(of), falsely})
		}
	})
	out.fill(exact, shares, ones)
	several.fill(exactMany, sharesMany, many)
	b := &r.Clusters.BCubed
	b.True, b.Found = t.known, t.known
	b.Precision, b.Recall = ratioOf(purity, records).score(z95), ratioOf(whole, records).score(z95)
	b.F1 = harmonic(purity, whole, records)
	r.BrokenEntities = broken(in.Records, list, sizes, pieces)
	r.WrongClusters = worstClusters(r.WrongClusters, in.Worst)
	r.BrokenEntities = worstClusters(r.BrokenEntities, in.Worst)
}

// fill sets the scores of clusters: x are the right ones, found and truth the
// clusters found and true, by entity.
func (s *PairScores) fill(x, found, truth []float64) {
	s.Precision, s.Recall = ratioOf(x, found).score(z95), ratioOf(x, truth).score(z95)
	twice, sum := make([]float64, len(x)), make([]float64, len(x))
	for u := range x {
		twice[u], sum[u] = 2*x[u], found[u]+truth[u]
	}
	s.F1 = ratioOf(twice, sum).score(z95)
}

// harmonic is the harmonic mean of two ratios over the same records, with its
// interval from the linearised mean.
func harmonic(p, r, n []float64) Score {
	rp, rr := ratioOf(p, n), ratioOf(r, n)
	if rp.n == 0 || rp.value+rr.value == 0 {
		return none
	}
	sum := rp.value + rr.value
	dp, dr := 2*rr.value*rr.value/(sum*sum), 2*rp.value*rp.value/(sum*sum)
	f := 2 * rp.value * rr.value / sum
	x := make([]float64, len(n))
	for u := range n {
		x[u] = f*n[u] + dp*(p[u]-rp.value*n[u]) + dr*(r[u]-rr.value*n[u])
	}
	return ratioOf(x, n).score(z95)
}

// ClusterError is a cluster or an entity that is not right.
type ClusterError struct {
	Records []string `json:"records"` // at most ten
	Parts   int      `json:"parts"`   // entities in the cluster, or clusters the entity lies in
	Pairs   int      `json:"pairs"`   // falsely joined, or missed
}

// maxMembers is how many records of a wrong cluster are listed.
const maxMembers = 10

func members(r *Records, of []cell) []string {
	var out []string
	for _, x := range of {
		for _, i := range x.records {
			out = append(out, r.ID(i))
		}
	}
	slices.Sort(out)
	return slices.Clone(out[:min(maxMembers, len(out))])
}

// broken lists the entities that lie in several clusters.
func broken(r *Records, list []cell, sizes []int32, pieces []int) []ClusterError {
	order := make([]int, 0, len(list))
	for i := range list {
		if pieces[list[i].unit] > 1 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, k int) int { return cmp.Compare(list[i].unit, list[k].unit) })
	var out []ClusterError
	for from := 0; from < len(order); {
		to := from
		var of []cell
		unit := list[order[from]].unit
		missed := int(sizes[unit]) * (int(sizes[unit]) - 1) / 2
		for to < len(order) && list[order[to]].unit == unit {
			k := len(list[order[to]].records)
			missed -= k * (k - 1) / 2
			of = append(of, list[order[to]])
			to++
		}
		out = append(out, ClusterError{members(r, of), len(of), missed})
		from = to
	}
	return out
}

func worstClusters(list []ClusterError, n int) []ClusterError {
	slices.SortStableFunc(list, func(x, y ClusterError) int {
		return cmp.Or(cmp.Compare(y.Pairs, x.Pairs), cmp.Compare(x.Records[0], y.Records[0]))
	})
	return list[:min(n, len(list))]
}

// String says the scores in one line.
func (s PairScores) String() string {
	return fmt.Sprintf("precision %.3f recall %.3f F1 %.3f", s.Precision.Value, s.Recall.Value, s.F1.Value)
}
