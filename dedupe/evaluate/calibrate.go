package evaluate

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"math"
	"slices"

	"leds.internal/ledsq/dedupe"
)

// Bin is the pairs whose probability lies in an interval: what was said of them,
// and what is true.
type Bin struct {
	From      float64 `json:"from"`
	To        float64 `json:"to"`
	Pairs     int     `json:"pairs"`
	Predicted float64 `json:"predicted"` // mean probability
	Observed  Score   `json:"observed"`  // share that is true
}

// binEdges are finer where it matters: near certainty.
var binEdges = []float64{0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1}

// binOf gives the bin of a probability.
func binOf(p float64) int {
	i, exact := slices.BinarySearch(binEdges, p)
	if !exact {
		i--
	}
	return min(i, len(binEdges)-2)
}

// Reliability compares the probabilities of pairs with what is true of them, in
// bins. Empty bins are left out. The interval takes pairs for independent.
func Reliability(pairs []Pair, truth []bool) []Bin {
	sum, good, n := [20]float64{}, [20]int{}, [20]int{}
	for i, p := range pairs {
		k := binOf(p.Probability)
		n[k]++
		sum[k] += p.Probability
		if truth[i] {
			good[k]++
		}
	}
	var out []Bin
	for k := range len(binEdges) - 1 {
		if n[k] > 0 {
			f := float64(n[k])
			out = append(out, Bin{binEdges[k], binEdges[k+1], n[k], sum[k] / f, wilson(float64(good[k])/f, f, z95)})
		}
	}
	return out
}

// miscalibration is the mean distance of what was said and what is true over
// bins, weighted by their pairs; and the mean square error of single pairs.
func miscalibration(pairs []Pair, truth []bool) (ece, brier float64) {
	for _, b := range Reliability(pairs, truth) {
		ece += float64(b.Pairs) * math.Abs(b.Predicted-b.Observed.Value)
	}
	for i, p := range pairs {
		d := p.Probability
		if truth[i] {
			d = 1 - d
		}
		brier += d * d
	}
	n := float64(max(len(pairs), 1))
	return ece / n, brier / n
}

// Knot is a point of a calibration.
type Knot = dedupe.Knot

// Calibration turns a weight into a probability as labels showed it.
type Calibration = dedupe.Calibration

// Calibrate learns a calibration from labelled pairs, by pooling adjacent
// violators: the monotone function nearest to the labels. To each pool one more
// pair is added, as true as its probability said before, so that a handful of
// labels never makes a certainty. It takes n log n steps and fails on fewer than
// two pairs.
func Calibrate(pairs []Pair, truth []bool) (Calibration, error) {
	c := Calibration{Version: dedupe.CalibrationVersion}
	if len(pairs) < 2 {
		return c, errors.New("evaluate: a calibration needs at least two labelled pairs")
	}
	order := make([]int, len(pairs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int { return cmp.Compare(pairs[i].Weight, pairs[k].Weight) })
	type pool struct{ n, good, weight, said float64 }
	var pools []pool
	merge := func(share func(pool) float64) {
		for k := len(pools) - 1; k > 0 && share(pools[k-1]) >= share(pools[k]); k-- {
			a, b := pools[k-1], pools[k]
			pools = append(pools[:k-1], pool{a.n + b.n, a.good + b.good, a.weight + b.weight, a.said + b.said})
		}
	}
	for from := 0; from < len(order); {
		p := pool{}
		to := from
		for to < len(order) && pairs[order[to]].Weight == pairs[order[from]].Weight {
			p.n++
			p.weight += pairs[order[to]].Weight
			p.said += pairs[order[to]].Probability
			if truth[order[to]] {
				p.good++
			}
			to++
		}
		from = to
		pools = append(pools, p)
		merge(func(p pool) float64 { return p.good / p.n })
	}
	// What was added may put two pools out of order again.
	raw := pools
	pools = nil
	shrunk := func(p pool) float64 { return (p.good + p.said/p.n) / (p.n + 1) }
	for _, p := range raw {
		pools = append(pools, p)
		merge(shrunk)
	}
	for _, p := range pools {
		c.Knots = append(c.Knots, Knot{Weight: math.Round(p.weight/p.n*1e6) / 1e6, Probability: math.Round(shrunk(p)*1e9) / 1e9, Pairs: int(p.n)})
	}
	return c, nil
}

// CalibrationFit is a calibration with how much it helps, on pairs that it was
// not learnt from: each half of the pairs is judged by what the other half taught.
type CalibrationFit struct {
	Calibration
	// ErrorBefore and ErrorAfter are the mean distance between what was said and
	// what is true, over the bins of the reliability table.
	ErrorBefore float64 `json:"errorBefore"`
	ErrorAfter  float64 `json:"errorAfter"`
	// BrierBefore and BrierAfter are mean square errors of single pairs.
	BrierBefore float64 `json:"brierBefore"`
	BrierAfter  float64 `json:"brierAfter"`
}

// fit learns a calibration and tests it crosswise; nil when there are too few
// labels to learn from.
func fit(pairs []Pair, truth []bool) *CalibrationFit {
	c, err := Calibrate(pairs, truth)
	if err != nil || len(pairs) < 20 {
		return nil
	}
	f := &CalibrationFit{Calibration: c}
	f.ErrorBefore, f.BrierBefore = miscalibration(pairs, truth)
	// By weight and turn about, so that both halves span all weights whatever the
	// order of the rows.
	order := make([]int, len(pairs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int {
		x, y := truth[i], truth[k]
		t := 0
		if x != y {
			t = 1
			if y {
				t = -1
			}
		}
		return cmp.Or(cmp.Compare(pairs[i].Weight, pairs[k].Weight), t)
	})
	after := slices.Clone(pairs)
	for half := range 2 {
		var p []Pair
		var t []bool
		for n, i := range order {
			if n%2 == half {
				p, t = append(p, pairs[i]), append(t, truth[i])
			}
		}
		taught, err := Calibrate(p, t)
		if err != nil {
			return nil
		}
		for n, i := range order {
			if n%2 != half {
				after[i].Probability = taught.Probability(pairs[i].Weight)
			}
		}
	}
	f.ErrorAfter, f.BrierAfter = miscalibration(after, truth)
	return f
}

// ReadCalibration reads what Write wrote. It refuses other versions and anything
// that is not a rising function of probabilities.
func ReadCalibration(r io.Reader) (Calibration, error) {
	var c Calibration
	d := json.NewDecoder(io.LimitReader(r, 16<<20))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, errors.New("is not a calibration: it must be the JSON that ledsq evaluate --calibration writes")
	}
	return c, c.Validate()
}
