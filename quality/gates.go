package quality

import (
	"fmt"
	"slices"
	"strings"
)

// Gates are what a data set must reach, or a run fails.
type Gates struct {
	// MinScore is the least mean score over the records, from 0 to 1.
	MinScore float64 `json:"min-score,omitempty" yaml:"min-score,omitempty"`
	// MaxErrorRate is the greatest share of records, from 0 to 1: by the id of a
	// rule, of those that fail it, whatever the severity; by the name of a
	// dimension, or "all", of those with a finding of severity error in it.
	MaxErrorRate map[string]float64 `json:"max-error-rate,omitempty" yaml:"max-error-rate,omitempty"`
}

// AllDimensions names the records with an error in any dimension.
const AllDimensions = "all"

func (g Gates) validate() error {
	if !(g.MinScore >= 0 && g.MinScore <= 1) {
		return fmt.Errorf("quality: policy: gate min-score must be from 0 to 1")
	}
	for _, of := range g.names() {
		if x := g.MaxErrorRate[of]; !(x >= 0 && x <= 1) {
			return fmt.Errorf("quality: policy: gate max-error-rate of %s must be from 0 to 1", of)
		}
		if _, ok := Find(of); !ok && of != AllDimensions && dimensionIndex(Dimension(of)) < 0 {
			return fmt.Errorf("quality: policy: gate max-error-rate is of %q, which is neither a rule nor a dimension nor %s", of, AllDimensions)
		}
	}
	return nil
}

func (g Gates) names() []string {
	out := make([]string, 0, len(g.MaxErrorRate))
	for of := range g.MaxErrorRate {
		out = append(out, of)
	}
	slices.Sort(out)
	return out
}

// GateCount counts records for the gates. The zero value is ready; one
// goroutine at a time may use it.
type GateCount struct {
	records int
	score   float64
	failed  map[string]int
}

// Add counts one record's report.
func (n *GateCount) Add(s Score, findings []Finding) {
	n.records++
	n.score += s.Overall
	if n.failed == nil {
		n.failed = map[string]int{}
	}
	var seen []string
	once := func(of string) {
		if !slices.Contains(seen, of) {
			seen = append(seen, of)
			n.failed[of]++
		}
	}
	for _, f := range findings {
		if f.Outcome != Fail {
			continue
		}
		once(f.Rule)
		if f.Severity == Error {
			once(string(f.Dimension))
			once(AllDimensions)
		}
	}
}

// Missed says which gates the records counted do not reach, in order. No
// records reach every gate.
func (g Gates) Missed(n *GateCount) []string {
	if n.records == 0 {
		return nil
	}
	var out []string
	if mean := n.score / float64(n.records); mean < g.MinScore {
		out = append(out, fmt.Sprintf("min-score: the mean score is %.4f, below %g", mean, g.MinScore))
	}
	for _, of := range g.names() {
		if rate := float64(n.failed[of]) / float64(n.records); rate > g.MaxErrorRate[of] {
			what := "have an error of " + of
			if strings.Contains(of, "/") {
				what = "fail " + of
			} else if of == AllDimensions {
				what = "have an error"
			}
			out = append(out, fmt.Sprintf("max-error-rate: %.4f of the records %s, above %g", rate, what, g.MaxErrorRate[of]))
		}
	}
	return out
}
