package evaluate

import (
	"cmp"
	"errors"
	"slices"

	"leds.internal/ledsq/dedupe"
)

// Pairs gathers scored pairs, and of those that are wrong the worst, with their
// evidence, so that no evidence but theirs is held.
type Pairs struct {
	records      *Records
	truth        *Truth
	cut          float64
	list         []Pair
	falseMatches worst
	missed       worst
	used         bool
}

// NewPairs gathers pairs of these records; truth may be nil. threshold is the
// probability from which a pair is a match; with 0 the pairs' own decisions count.
// It keeps as many errors of each sort as keep says.
func NewPairs(records *Records, truth *Truth, threshold float64, keep int) *Pairs {
	return &Pairs{records: records, truth: truth, cut: threshold, falseMatches: worst{most: keep, sign: 1}, missed: worst{most: keep, sign: -1}}
}

// Add takes a pair as read.
func (p *Pairs) Add(s Scored) error {
	a, b := p.records.Number(s.A), p.records.Number(s.B)
	if a == b {
		return errors.New("a record is paired with itself")
	}
	match := s.Decision == dedupe.Match
	if p.cut > 0 {
		match = s.Probability >= p.cut
	}
	p.list = append(p.list, Pair{a, b, match, s.Weight, s.Probability})
	if p.truth == nil {
		return nil
	}
	same, known := p.truth.Same(a, b)
	switch {
	case !known, same == match:
	case match:
		p.falseMatches.offer(a, b, s)
	default:
		p.missed.offer(a, b, s)
	}
	return nil
}

// Len is how many pairs were added.
func (p *Pairs) Len() int { return len(p.list) }

// PairError is a pair that is wrong.
type PairError struct {
	A           string  `json:"id_a"`
	B           string  `json:"id_b"`
	Weight      float64 `json:"weight"`
	Probability float64 `json:"probability"`
	// Bits is how far the pair is on the wrong side of the threshold: over it for a
	// false match, short of it for a missed one. It is 0 where the pair is on the
	// right side and something else than its weight decided.
	Bits    float64           `json:"bits"`
	Reason  string            `json:"reason,omitempty"`
	For     []dedupe.Evidence `json:"for,omitempty"`     // what spoke for a match, the strongest first
	Against []dedupe.Evidence `json:"against,omitempty"` // what spoke against it, the strongest first
}

// worst keeps the worst pairs offered: a heap with the least bad at its root.
type worst struct {
	most int
	sign float64 // 1: heavy is bad; -1: light is bad
	heap []kept
}

type kept struct {
	a, b int32
	Scored
}

// worse orders pairs from the worst.
func (w *worst) worse(x, y *kept) bool {
	if x.Weight != y.Weight {
		return x.Weight*w.sign > y.Weight*w.sign
	}
	// Of equal weight by their ids: numbers depend on the order of the rows.
	xa, xb, ya, yb := min(x.A, x.B), max(x.A, x.B), min(y.A, y.B), max(y.A, y.B)
	return cmp.Or(cmp.Compare(xa, ya), cmp.Compare(xb, yb)) < 0
}

func (w *worst) offer(a, b int32, s Scored) {
	k := kept{a, b, s}
	switch {
	case len(w.heap) < w.most:
		w.heap = append(w.heap, k)
		for i := len(w.heap) - 1; i > 0 && w.worse(&w.heap[(i-1)/2], &w.heap[i]); i = (i - 1) / 2 {
			w.heap[i], w.heap[(i-1)/2] = w.heap[(i-1)/2], w.heap[i]
		}
	case w.most > 0 && w.worse(&k, &w.heap[0]):
		w.heap[0] = k
		for i := 0; ; {
			least := i
			for _, c := range [2]int{2*i + 1, 2*i + 2} {
				if c < len(w.heap) && w.worse(&w.heap[least], &w.heap[c]) {
					least = c
				}
			}
			if least == i {
				break
			}
			w.heap[i], w.heap[least] = w.heap[least], w.heap[i]
			i = least
		}
	}
}

// list gives the worst first.
func (w *worst) list() []PairError {
	slices.SortFunc(w.heap, func(x, y kept) int {
		if w.worse(&x, &y) {
			return -1
		}
		return 1
	})
	var out []PairError
	for i := range w.heap {
		k := &w.heap[i]
		e := PairError{A: min(k.A, k.B), B: max(k.A, k.B), Weight: k.Weight, Probability: k.Probability, Bits: max(0, w.sign*(k.Weight-k.Threshold)), Reason: k.Reason}
		if evidence, err := k.Parts(); err == nil {
			e.For, e.Against = weigh(evidence)
		}
		out = append(out, e)
	}
	return out
}

// weigh parts evidence into what spoke for a match and what against, the
// strongest first.
func weigh(list []dedupe.Evidence) (pro, contra []dedupe.Evidence) {
	for _, e := range list {
		switch {
		case e.Weight > 0:
			pro = append(pro, e)
		case e.Weight < 0:
			contra = append(contra, e)
		}
	}
	slices.SortStableFunc(pro, func(x, y dedupe.Evidence) int { return cmp.Compare(y.Weight, x.Weight) })
	slices.SortStableFunc(contra, func(x, y dedupe.Evidence) int { return cmp.Compare(x.Weight, y.Weight) })
	return pro, contra
}

// unseen lists the first true pairs, by their ids, that are not among the pairs.
func unseen(t *Truth, r *Records, pairs []Pair, most int) [][2]string {
	var out [][2]string
	order := func(x, y [2]string) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) }
	offer := func(a, b int32) {
		x, y := r.ID(a), r.ID(b)
		pair := [2]string{min(x, y), max(x, y)}
		if len(out) == most && (most == 0 || order(pair, out[most-1]) > 0) {
			return
		}
		if _, seen := slices.BinarySearchFunc(pairs, key(a, b), func(p Pair, k uint64) int { return cmp.Compare(key(p.A, p.B), k) }); seen {
			return
		}
		i, _ := slices.BinarySearchFunc(out, pair, order)
		out = slices.Insert(out, i, pair)
		out = out[:min(len(out), most)]
	}
	if t.labels != nil {
		for _, l := range t.labels {
			if l.Same {
				offer(l.A, l.B)
			}
		}
		return out
	}
	records := make([]int32, 0, t.known)
	for i, u := range t.unit {
		if u >= 0 {
			records = append(records, int32(i))
		}
	}
	slices.SortFunc(records, func(a, b int32) int { return cmp.Or(cmp.Compare(t.unit[a], t.unit[b]), cmp.Compare(a, b)) })
	for i, a := range records {
		for _, b := range records[i+1:] {
			if t.unit[a] != t.unit[b] {
				break
			}
			offer(a, b)
		}
	}
	return out
}

// labelled gives the pairs whose truth is known, with it.
func labelled(t *Truth, pairs []Pair) (known []Pair, truth []bool) {
	for _, p := range pairs {
		if same, ok := t.Same(p.A, p.B); ok {
			known = append(known, p)
			truth = append(truth, same)
		}
	}
	return known, truth
}
