// Package dedupe finds records that are likely about the same person, vehicle
// or episode: blocking, comparing, Fellegi-Sunter scoring with parameters
// estimated from the data, two thresholds, and clusters. It proposes and
// explains; it never merges.
package dedupe

import (
	"cmp"
	"slices"
)

// Decision is what is proposed for a pair.
type Decision string

// The decisions.
const (
	Match   Decision = "match"    // at or above the match threshold
	Review  Decision = "review"   // between the thresholds: for clerical review
	NoMatch Decision = "no-match" // below both
)

// Evidence is what one comparison adds to a pair's weight.
type Evidence struct {
	Comparison string  `json:"comparison"` // name, dateOfBirth, postcode …
	Level      string  `json:"level"`      // exact, one letter apart, …
	Weight     float64 `json:"weight"`     // bits

	// Shared says what it is that Others say how common it is: the value that the
	// two agree on, or their given name and surname together; "" for neither.
	// Others is how many others of these records have it, counted as the weight
	// counts them: one record for each entity, as a first clustering had it, and
	// the two themselves as one. So it is near, and 0 is sure.
	Shared Shared `json:"shared,omitempty"`
	Others int    `json:"others,omitempty"`
}

// Shared is what evidence says how common it is.
type Shared string

// What others may share with the two of a pair.
const (
	SharedValue Shared = "value"      // what the comparison compares
	SharedName  Shared = "whole name" // given name and surname together
)

// Pair is two records that may be the same. A and B index the records in the
// order they were added, A before B. Why is told by Result.Explain.
type Pair struct {
	A, B        int
	Weight      float64 // match weight in bits: log2 of the odds, prior included
	Probability float64 // of a match, from the weight
	Decision    Decision
	Twins       bool // another given name, while surname and day of birth agree or nearly, so far as known
	Decided     bool // people decided it, or it follows from what they decided: Decision is theirs
}

// Explanation is why a pair was proposed.
type Explanation struct {
	Prior    float64    // bits: the odds that two records drawn at random are one
	Evidence []Evidence // with the prior it adds up to the weight
	Reason   string     // the evidence in words, without personal values
}

// ReasonCount is how many pairs were decided in one way for the same reason.
type ReasonCount struct {
	Decision Decision
	Reason   string
	Pairs    int
}

// Dropped says that a block was too large to compare in full.
type Dropped struct {
	Key     string `json:"key"`     // the blocking key, by name
	Blocks  int    `json:"blocks"`  // how many blocks of it
	Records int    `json:"records"` // records in them
}

// Result is what Find found. Ordered by A then B, the same whatever the number
// of workers.
type Result struct {
	Pairs    []Pair        // matches and reviews, and of the rest those that people decided are one
	Clusters []int         // for each record the index of the first record of its cluster
	Dropped  []Dropped     // what blocking left out
	Reasons  []ReasonCount // of the pairs, most frequent first
	Model    *Model
	Decided  *Decided // what people decided, nil without decisions
	Taught   *Taught  // what labels taught, nil unless Teach was called

	found *found // what explains the pairs
}

// Explain says why a pair of Pairs, by its place there, was proposed. It is
// worked out anew each time, since few of many pairs are looked at; workers may
// call it at the same time. A result that Find did not make explains nothing.
func (r *Result) Explain(i int) Explanation {
	if r.found == nil {
		return Explanation{}
	}
	return r.found.explain(i, &r.Pairs[i])
}

// Compare weighs any two of the records, whether they are among Pairs or not, and
// says why; ok is false where a result has nothing to weigh by. What is not among
// Pairs is NoMatch.
func (r *Result) Compare(a, b int) (p Pair, why Explanation, ok bool) {
	if r.found == nil || a == b {
		return Pair{}, Explanation{}, false
	}
	a, b = min(a, b), max(a, b)
	i, listed := slices.BinarySearchFunc(r.Pairs, [2]int{a, b}, func(p Pair, w [2]int) int { return cmp.Or(p.A-w[0], p.B-w[1]) })
	if listed {
		return r.Pairs[i], r.Explain(i), true
	}
	s := r.found.s
	weight, levels := s.looker()(int32(a), int32(b))
	one := &found{s: s, pairs: []scored{{int32(a), int32(b), levels, weight}}, why: []string{""}}
	p = Pair{A: a, B: b, Weight: one.pairs[0].weight, Probability: s.probability(one.pairs[0].weight), Decision: NoMatch}
	return p, one.explain(0, &p), true
}
