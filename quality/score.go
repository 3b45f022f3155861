package quality

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// The weight of a rule in a score, by severity, unless the policy sets another.
// A judgement of ours: an error counts as two and a half warnings or ten notes.
const (
	ErrorWeight   = 1.0
	WarningWeight = 0.4
	InfoWeight    = 0.1
)

// Loss is what one failed rule takes off the overall score.
type Loss struct {
	Rule   string  `json:"rule"`
	Points float64 `json:"points"` // in (0,1]
}

// Weights are weights of the dimensions, in the order that Dimensions gives. In
// JSON they stand by the names of the dimensions, those of no weight left out.
type Weights [len(dimensions)]float64

// Of gives the weight of one dimension, 0 for one that is unknown.
func (w Weights) Of(d Dimension) float64 {
	if i := dimensionIndex(d); i >= 0 {
		return w[i]
	}
	return 0
}

// MarshalJSON writes the weights by name.
func (w Weights) MarshalJSON() ([]byte, error) {
	by := make(map[Dimension]float64, len(w))
	for i, d := range dimensions {
		if w[i] > 0 {
			by[d] = w[i]
		}
	}
	return json.Marshal(by)
}

// UnmarshalJSON reads what MarshalJSON writes; an unknown dimension is an error.
func (w *Weights) UnmarshalJSON(text []byte) error {
	var by map[Dimension]float64
	if err := json.Unmarshal(text, &by); err != nil {
		return err
	}
	*w = Weights{}
	for d, x := range by {
		i := dimensionIndex(d)
		if i < 0 {
			return fmt.Errorf("quality: unknown dimension %q", d)
		}
		w[i] = x
	}
	return nil
}

// weights hold the weight of each severity at its rank.
type weights [4]float64

func (w *weights) of(s Severity) float64 { return w[max(rank(s), 1)] }

// rank orders severities: 0 is none, 3 the most serious.
func rank(s Severity) int {
	switch s {
	case Error:
		return 3
	case Warning:
		return 2
	case Info:
		return 1
	}
	return 0
}

func dimensionIndex(d Dimension) int {
	switch d {
	case Completeness:
		return 0
	case Uniqueness:
		return 1
	case Consistency:
		return 2
	case Timeliness:
		return 3
	case Validity:
		return 4
	case Accuracy:
		return 5
	}
	return -1
}

var dimensions = [...]Dimension{Completeness, Uniqueness, Consistency, Timeliness, Validity, Accuracy}

// tally adds up the weights of the rules on one record.
type tally struct {
	*weights
	decided, failed Weights
	open            float64
	losses          []Loss // Points holds the weight until score is called
}

// count takes in one rule. A rule that passed weighs what its severity does; one
// that failed weighs what its worst finding does, so that a further finding can
// never raise a score.
func (t *tally) count(r *active, o Outcome, findings []Finding) {
	switch o {
	case Pass:
		t.decided[r.dimension] += r.weight
	case Fail:
		t.fail(r.ID, r.Dimension, t.worst(findings))
	case CannotTell, RuleError:
		t.undecided(r)
	}
}

func (t *tally) undecided(r *active) { t.open += r.weight }

func (t *tally) fail(id string, d Dimension, w float64) {
	i := dimensionIndex(d)
	t.decided[i] += w
	t.failed[i] += w
	t.losses = append(t.losses, Loss{id, w})
}

func (t *tally) worst(findings []Finding) float64 {
	w := 0.0
	for _, f := range findings {
		if f.Outcome == Fail {
			w = max(w, t.of(f.Severity))
		}
	}
	return w
}

func (t *tally) score() Score {
	all, bad, n := 0.0, 0.0, 0
	for i := range dimensions {
		all += t.decided[i]
		bad += t.failed[i]
		if t.decided[i] > 0 {
			n++
		}
	}
	s := Score{Overall: 1, Coverage: 1, Open: t.open}
	if all+t.open > 0 {
		s.Coverage = all / (all + t.open)
	}
	if all == 0 {
		return s
	}
	s.Overall = max(0, 1-bad/all)
	s.Weights = t.decided
	if bad == 0 && len(t.losses) == 0 {
		s.Dimensions = t.fullMarks()
		return s
	}
	s.Dimensions = make(map[Dimension]float64, n)
	for i, d := range dimensions {
		if t.decided[i] > 0 {
			s.Dimensions[d] = max(0, 1-t.failed[i]/t.decided[i])
		}
	}
	if len(t.losses) > 0 {
		s.Lost = make([]Loss, len(t.losses))
		for i, l := range t.losses {
			s.Lost[i] = Loss{l.Rule, l.Points / all}
		}
	}
	return s
}

// fullMarks gives 1 for each dimension that was decided. Nearly all records of a
// file have nothing wrong, and they share a map for each set of dimensions.
func (t *tally) fullMarks() map[Dimension]float64 {
	set := 0
	for i, w := range t.decided {
		if w > 0 {
			set |= 1 << i
		}
	}
	return fullMarks()[set]
}

var fullMarks = sync.OnceValue(func() []map[Dimension]float64 {
	all := make([]map[Dimension]float64, 1<<len(dimensions))
	for set := range all {
		all[set] = map[Dimension]float64{}
		for i, d := range dimensions {
			if set>>i&1 == 1 {
				all[set][d] = 1
			}
		}
	}
	return all
})

// with scores anew after rules about sets passed and findings of others. A rule
// counts once, by its worst.
func (s Score) with(weigh *weights, passed []*active, findings []Finding) Score {
	t := tally{weights: weigh}
	all := 0.0
	t.decided = s.Weights
	for i, d := range dimensions {
		if w := s.Weights[i]; w > 0 {
			t.failed[i] = w * (1 - s.Dimensions[d])
			all += w
		}
	}
	t.open = s.Open
	for _, l := range s.Lost {
		t.losses = append(t.losses, Loss{l.Rule, l.Points * all})
	}
	for _, r := range passed {
		t.count(r, Pass, nil)
	}
	for _, f := range findings {
		if f.Outcome != Fail {
			continue
		}
		w := t.of(f.Severity)
		i := slices.IndexFunc(t.losses, func(l Loss) bool { return l.Rule == f.Rule })
		switch {
		case i < 0:
			t.fail(f.Rule, f.Dimension, w)
		case w > t.losses[i].Points:
			more := w - t.losses[i].Points
			d := dimensionIndex(f.Dimension)
			t.decided[d] += more
			t.failed[d] += more
			t.losses[i].Points = w
		}
	}
	return t.score()
}
