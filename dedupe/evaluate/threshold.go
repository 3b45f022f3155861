package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Threshold is what matching would be if every pair of at least so many bits were
// a match. Without truth only what is expected is known.
type Threshold struct {
	Weight      float64 `json:"weight"`      // bits, to the thousandth
	Probability float64 `json:"probability"` // of the lightest pair of these
	Pairs       int     `json:"pairs"`       // of at least that weight; of labelled truth, those labelled
	True        int     `json:"true"`
	False       int     `json:"false"`
	Missed      int     `json:"missed"`
	Precision   float64 `json:"precision"`
	Recall      float64 `json:"recall"`
	F1          float64 `json:"f1"`
	// ExpectedPrecision and ExpectedRecall are what the probabilities say.
	ExpectedPrecision float64 `json:"expectedPrecision"`
	ExpectedRecall    float64 `json:"expectedRecall"`
}

// thresholds gives a row for each weight that occurs, the highest first. t is nil
// without truth; truth is how many true pairs there are.
func thresholds(pairs []Pair, t *Truth, truth int, expected float64) []Threshold {
	type one struct {
		bits       int64
		p          float64
		same, good bool
	}
	list := make([]one, 0, len(pairs))
	for _, p := range pairs {
		o := one{bits: int64(math.Floor(p.Weight*1000 + 1e-6)), p: p.Probability}
		if t != nil {
			if o.same, o.good = t.Same(p.A, p.B); !o.good {
				continue
			}
		}
		list = append(list, o)
	}
	slices.SortFunc(list, func(x, y one) int { return cmp.Or(cmp.Compare(y.bits, x.bits), cmp.Compare(y.p, x.p)) })
	all := 0.0
	for _, o := range list {
		all += o.p
	}
	all = max(all, expected)
	var out []Threshold
	row, sum := Threshold{}, 0.0
	for i, o := range list {
		row.Pairs++
		sum += o.p
		if o.same {
			row.True++
		}
		if i+1 < len(list) && list[i+1].bits == o.bits {
			continue
		}
		row.Weight, row.Probability = float64(o.bits)/1000, o.p
		row.ExpectedPrecision, row.ExpectedRecall = sum/float64(row.Pairs), sum/max(all, 1e-300)
		if t != nil {
			row.False, row.Missed = row.Pairs-row.True, truth-row.True
			row.Precision = float64(row.True) / float64(row.Pairs)
			row.Recall = float64(row.True) / float64(max(truth, 1))
			row.F1 = 2 * float64(row.True) / float64(max(row.Pairs+truth, 1))
		}
		out = append(out, row)
	}
	return out
}

// best gives the threshold of the highest F1, of equal ones the highest.
func best(list []Threshold) *Threshold {
	var out *Threshold
	for i := range list {
		if out == nil || list[i].F1 > out.F1 {
			out = &list[i]
		}
	}
	return out
}

// Thin gives at most n of the thresholds, evenly by their weight, the last among them.
func Thin(list []Threshold, n int) []Threshold {
	if len(list) <= n || n < 2 {
		return list
	}
	high, low := list[0].Weight, list[len(list)-1].Weight
	var out []Threshold
	for _, t := range list {
		if len(out) == 0 || t.Weight <= high-float64(len(out))*(high-low)/float64(n-1)+1e-9 {
			out = append(out, t)
		}
	}
	return out
}
