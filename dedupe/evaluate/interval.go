package evaluate

import (
	"encoding/json"
	"math"
)

// Score is a share from 0 to 1, or a difference of two, with its interval. All
// three are NaN, in JSON null, where there is nothing to measure.
type Score struct {
	Value float64
	Low   float64
	High  float64
}

// none is the score of nothing.
var none = Score{math.NaN(), math.NaN(), math.NaN()}

// Known says whether there was anything to measure.
func (s Score) Known() bool { return !math.IsNaN(s.Value) }

// MarshalJSON gives {"value":…,"low":…,"high":…} to six digits, or null.
func (s Score) MarshalJSON() ([]byte, error) {
	if !s.Known() {
		return []byte("null"), nil
	}
	r := func(f float64) float64 { return math.Round(f*1e6) / 1e6 }
	return json.Marshal(struct {
		Value float64 `json:"value"`
		Low   float64 `json:"low"`
		High  float64 `json:"high"`
	}{r(s.Value), r(s.Low), r(s.High)})
}

// z95 is the two-sided 95% quantile of the normal distribution.
const z95 = 1.959963984540054

// quantile gives the normal quantile for an interval that errs with probability
// alpha on both sides together.
func quantile(alpha float64) float64 { return math.Sqrt2 * math.Erfinv(1-alpha) }

// wilson is Wilson's interval of a share seen in n observations.
func wilson(p, n, z float64) Score {
	if n <= 0 || math.IsNaN(p) {
		return none
	}
	z2 := z * z
	mid := (p + z2/(2*n)) / (1 + z2/n)
	half := z / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	return Score{p, max(0, min(p, mid-half)), min(1, max(p, mid+half))}
}

// ratio is a ratio of two totals over units, with how many independent
// observations it is worth.
type ratio struct {
	value float64
	n     float64 // effective observations
}

// ratioOf gives the ratio of the totals of x and y by unit. The variance of the
// linearised ratio tells the effective number of observations, which is taken to
// be no more than the number of units of equal weight that carry y (Kish): with
// few errors in sight their variance is luck, and to err is to be too wide.
func ratioOf(x, y []float64) ratio {
	var sx, sy, sy2 float64
	units := 0.0
	for u := range y {
		sx += x[u]
		sy += y[u]
		sy2 += y[u] * y[u]
		if y[u] > 0 {
			units++
		}
	}
	if sy == 0 {
		return ratio{math.NaN(), 0}
	}
	r := ratio{sx / sy, sy * sy / sy2}
	if units < 2 {
		return r
	}
	var v float64
	for u := range y {
		d := (x[u] - r.value*y[u]) / sy
		v += d * d
	}
	v *= units / (units - 1)
	if p := r.value * (1 - r.value); v > 0 && p > 0 {
		r.n = min(r.n, p/v)
	}
	return r
}

func (r ratio) score(z float64) Score { return wilson(r.value, r.n, z) }

// difference is Newcombe's interval of the difference of two shares that are
// seen independently of each other.
func difference(a, b Score) Score {
	if !a.Known() || !b.Known() {
		return none
	}
	d := a.Value - b.Value
	return Score{d, d - math.Hypot(a.Value-a.Low, b.High-b.Value), d + math.Hypot(a.High-a.Value, b.Value-b.Low)}
}
