package evaluate

import "math"

// Expected is what probabilities say of a matching without any label. It is as
// good as they are.
type Expected struct {
	Matches   int     `json:"matches"`       // pairs proposed as matches
	True      float64 `json:"expectedTrue"`  // of them, by their probabilities
	All       float64 `json:"expectedPairs"` // true pairs in all: as the model expects, or only those among the pairs
	OnlyThese bool    `json:"onlyThesePairs"`
	// The intervals are of chance only: pairs taken for independent, probabilities
	// for right.
	Precision Score `json:"precision"`
	Recall    Score `json:"recall"` // of the pairs compared where OnlyThese
	// The bounds say how much hangs on the probabilities themselves: what if every
	// weight were one bit too high, or one too low (the number of matches expected
	// was halved or doubled).
	IfLess Shares `json:"ifWeightsOneBitLess"`
	IfMore Shares `json:"ifWeightsOneBitMore"`
}

// Shares are precision and recall without intervals, 0 where there is nothing to
// measure.
type Shares struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// Expect gives expected precision and recall of the pairs proposed as matches.
// all is how many true pairs the model expects among all records, 0 if unknown:
// recall is then only of the pairs that are listed, which is too high.
func Expect(pairs []Pair, all float64) Expected {
	e := Expected{OnlyThese: all <= 0}
	var sums [3]struct{ match, total, spread, rest float64 }
	for _, p := range pairs {
		for k, shift := range [3]float64{0, -1, 1} {
			q := p.Probability
			if shift != 0 {
				q = shifted(q, shift)
			}
			s := &sums[k]
			s.total += q
			if p.Match {
				s.match += q
				s.spread += q * (1 - q)
			} else {
				s.rest += q * (1 - q)
			}
		}
		if p.Match {
			e.Matches++
		}
	}
	e.True = sums[0].match
	e.All = max(all, sums[0].total)
	n := float64(e.Matches)
	precision := func(k int) float64 {
		if n == 0 {
			return math.NaN()
		}
		return sums[k].match / n
	}
	// With fewer true pairs expected in all, those not listed are fewer too.
	unseen := e.All - sums[0].total
	recall := func(k int, factor float64) float64 {
		if t := sums[k].total + unseen*factor; t > 0 {
			return sums[k].match / t
		}
		return math.NaN()
	}
	p, r := precision(0), recall(0, 1)
	half := z95 * math.Sqrt(sums[0].spread) / max(n, 1)
	e.Precision = Score{p, max(0, p-half), min(1, p+half)}
	// recall = match/(match+rest), two independent sums: linearised.
	rest := e.All - sums[0].match
	half = z95 * math.Sqrt(rest*rest*sums[0].spread+e.True*e.True*(sums[0].rest+unseen)) / max(e.All*e.All, 1e-300)
	e.Recall = Score{r, max(0, r-half), min(1, r+half)}
	if e.Precision.Known() {
		e.IfLess, e.IfMore = Shares{precision(1), recall(1, 0.5)}, Shares{precision(2), recall(2, 2)}
	}
	return e
}

// shifted moves a probability by bits.
func shifted(p, bits float64) float64 {
	f := math.Exp2(bits)
	return p * f / (1 - p + p*f)
}
