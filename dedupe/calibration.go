package dedupe

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// Knot is a point of a calibration.
type Knot struct {
	Weight      float64 `json:"weight"` // bits
	Probability float64 `json:"probability"`
	Pairs       int     `json:"pairs"` // labelled pairs it rests on
}

// Calibration turns a weight into a probability as labels showed it: never
// falling, straight between its knots and level beyond them. Without knots it
// turns bits into the odds they say. Package evaluate learns one.
type Calibration struct {
	Version int    `json:"version"`
	Knots   []Knot `json:"knots"` // by weight
}

// CalibrationVersion is the version of calibrations written and read.
const CalibrationVersion = 1

// Probability gives the probability of a match for a weight in bits.
func (c *Calibration) Probability(weight float64) float64 {
	k := c.Knots
	if len(k) == 0 {
		return probability(weight)
	}
	i, _ := slices.BinarySearchFunc(k, weight, func(k Knot, w float64) int { return cmp.Compare(k.Weight, w) })
	switch {
	case i == 0:
		return k[0].Probability
	case i == len(k):
		return k[i-1].Probability
	}
	a, b := k[i-1], k[i]
	return a.Probability + (b.Probability-a.Probability)*(weight-a.Weight)/(b.Weight-a.Weight)
}

// Write writes the calibration as JSON.
func (c *Calibration) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(c)
}

// Validate says what is wrong with a calibration, or nil: another version, no
// knots, or anything that is not a rising function of probabilities.
func (c *Calibration) Validate() error {
	if c.Version != CalibrationVersion {
		return fmt.Errorf("is a calibration of version %d, and this program reads version %d: learn it anew", c.Version, CalibrationVersion)
	}
	if len(c.Knots) == 0 {
		return errors.New("is a calibration without a knot: learn it anew")
	}
	for i, k := range c.Knots {
		switch {
		case !(k.Probability >= 0 && k.Probability <= 1):
			return fmt.Errorf("knot %d: the probability must lie between 0 and 1", i+1)
		case i > 0 && (k.Weight <= c.Knots[i-1].Weight || k.Probability < c.Knots[i-1].Probability):
			return fmt.Errorf("knot %d: weights must rise and probabilities never fall", i+1)
		}
	}
	return nil
}

// probability gives the probability of a match for a weight: as labels showed it
// where the model was taught by some. Below what labels reach a pair is never
// surer than its bits say.
func (s *scorer) probability(weight float64) float64 {
	c := s.calibration
	if c == nil {
		return probability(weight)
	}
	p := c.Probability(weight)
	if weight < c.Knots[0].Weight {
		p = min(p, probability(weight))
	}
	return p
}

// bits gives the least weight that reaches a probability, +Inf for none.
func (s *scorer) bits(p float64) float64 {
	if s.calibration == nil {
		return bitsOf(p)
	}
	k := s.calibration.Knots
	if p <= min(k[0].Probability, probability(k[0].Weight)) {
		return min(bitsOf(p), k[0].Weight)
	}
	for i := range k {
		if k[i].Probability < p {
			continue
		}
		if i == 0 || k[i].Probability == k[i-1].Probability {
			return k[i].Weight
		}
		a, b := k[i-1], k[i]
		w := a.Weight + (b.Weight-a.Weight)*(p-a.Probability)/(b.Probability-a.Probability)
		for w < b.Weight && s.probability(w) < p { // what rounding took
			w = math.Nextafter(w, b.Weight)
		}
		return w
	}
	return math.Inf(1)
}
