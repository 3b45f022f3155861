package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Stratum is pairs alike in decision and probability.
type Stratum struct {
	Match    bool    `json:"match"`
	From     float64 `json:"from"` // probability
	To       float64 `json:"to"`
	Pairs    int     `json:"pairs"`
	Expected float64 `json:"expected"` // share that is true, by the probabilities
	Look     int     `json:"look"`     // pairs to look at, or looked at
	Good     int     `json:"good"`     // of those looked at, the true ones; 0 in a plan
}

// Plan is which pairs to look at, so that as few as possible settle how good the
// matching is: strata by decision and probability, and from each as many as its
// size, its doubt and its bearing on precision and recall deserve (Neyman's
// allocation).
type Plan struct {
	Strata []Stratum `json:"strata"`
	// PrecisionWithin and RecallWithin are how closely precision, and recall among
	// the pairs listed, will be known: half the width of their 95% intervals, if the
	// probabilities are about right.
	PrecisionWithin float64     `json:"precisionWithin"`
	RecallWithin    float64     `json:"recallWithin"`
	Pairs           [][2]string `json:"-"` // which pairs, in the order in which to look at them
}

// leastDoubt keeps strata that the model is sure of from being left out: what it
// is wrongly sure of is what labels are for.
const leastDoubt = 0.1

// strata sorts pairs into strata; of gives each pair's.
func strata(pairs []Pair) (list []Stratum, of []int) {
	bins := len(binEdges) - 1
	at := slices.Repeat([]int{-1}, 2*bins)
	for _, p := range pairs {
		at[place(p)] = 0
	}
	for k := range at {
		if at[k] == 0 {
			at[k] = len(list)
			b := k % bins
			list = append(list, Stratum{Match: k >= bins, From: binEdges[b], To: binEdges[b+1]})
		}
	}
	of = make([]int, len(pairs))
	for i, p := range pairs {
		of[i] = at[place(p)]
		s := &list[of[i]]
		s.Pairs++
		s.Expected += p.Probability
	}
	for i := range list {
		list[i].Expected /= float64(list[i].Pairs)
	}
	return list, of
}

func place(p Pair) int {
	k := binOf(p.Probability)
	if p.Match {
		k += len(binEdges) - 1
	}
	return k
}

// MakePlan plans which n pairs to look at. Which pairs of a stratum are taken
// depends on their ids alone, so that a plan can be made again.
func MakePlan(r *Records, pairs []Pair, n int) *Plan {
	list, of := strata(pairs)
	p := &Plan{Strata: list}
	allocate(list, n)
	p.PrecisionWithin, p.RecallWithin = within(list)
	type draw struct {
		stratum int
		hash    uint64
		pair    [2]string
	}
	// Of each stratum the pairs with the least hashes.
	taken := make([][]draw, len(list))
	byHash := func(x, y draw) int {
		return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.pair[0], y.pair[0]), cmp.Compare(x.pair[1], y.pair[1]))
	}
	for i, q := range pairs {
		s := of[i]
		a, b := r.ID(q.A), r.ID(q.B)
		d := draw{s, hashPair(min(a, b), max(a, b)), [2]string{min(a, b), max(a, b)}}
		if k := list[s].Look; len(taken[s]) == k && (k == 0 || byHash(d, taken[s][k-1]) > 0) {
			continue
		}
		at, _ := slices.BinarySearchFunc(taken[s], d, byHash)
		taken[s] = slices.Insert(taken[s], at, d)
		taken[s] = taken[s][:min(len(taken[s]), list[s].Look)]
	}
	var all []draw
	for _, t := range taken {
		all = append(all, t...)
	}
	// Mixed, so that whoever looks can't tell what the model thinks.
	slices.SortFunc(all, byHash)
	for _, d := range all {
		p.Pairs = append(p.Pairs, d.pair)
	}
	return p
}

// weighStrata says how much the variance of a stratum's true pairs adds to those of
// precision and of recall together, for pairs proposed as matches and for others.
func weighStrata(list []Stratum) (match, other float64) {
	var found, truth, missed float64
	for _, s := range list {
		if n := float64(s.Pairs); s.Match {
			found += n
			truth += n * s.Expected
		} else {
			missed += n * s.Expected
		}
	}
	all := max(truth+missed, 1)
	if found > 0 {
		match = 1/(found*found) + missed*missed/(all*all*all*all)
	}
	return match, max(truth*truth/(all*all*all*all), 1e-300)
}

// allocate says how many of each stratum to look at: two first, since one tells
// nothing of its spread, then always where one more lessens the variance of
// precision and recall most.
func allocate(list []Stratum, n int) {
	for range 2 {
		for i := range list {
			if n > 0 && list[i].Look < list[i].Pairs {
				list[i].Look++
				n--
			}
		}
	}
	match, other := weighStrata(list)
	for ; n > 0; n-- {
		best, most := -1, 0.0
		for i, s := range list {
			w := other
			if s.Match {
				w = match
			}
			d := float64(s.Pairs) * max(leastDoubt, math.Sqrt(s.Expected*(1-s.Expected)))
			k := max(float64(s.Look), 0.5)
			if gain := w * d * d / (k * (k + 1)); s.Look < s.Pairs && gain > most {
				best, most = i, gain
			}
		}
		if best < 0 {
			return
		}
		list[best].Look++
	}
}

// within gives the half-widths a plan leads to.
func within(list []Stratum) (precision, recall float64) {
	var found, truth, missed, spread, rest float64
	for _, s := range list {
		n, k := float64(s.Pairs), float64(s.Look)
		v := 0.0
		if k < n {
			v = n * n * max(leastDoubt*leastDoubt, s.Expected*(1-s.Expected)) / max(k, 0.5) * (1 - k/n)
		}
		if s.Match {
			found += n
			truth += n * s.Expected
			spread += v
		} else {
			missed += n * s.Expected
			rest += v
		}
	}
	precision = z95 * math.Sqrt(spread) / max(found, 1)
	all := truth + missed
	recall = z95 * math.Sqrt(missed*missed*spread+truth*truth*rest) / max(all*all, 1e-300)
	return min(1, precision), min(1, recall)
}

// Stratified is precision and recall from labelled pairs where each stands for
// the pairs like it: labels chosen by a plan are no mirror of all pairs.
type Stratified struct {
	Strata    []Stratum `json:"strata"`
	Precision Score     `json:"precision"`
	Recall    Score     `json:"recall"`       // among the pairs listed
	Unlabeled int       `json:"unlabelled"`   // pairs in strata without a label: the probabilities speak for them
	Outside   int       `json:"labelsUnseen"` // labelled pairs that are not among the pairs
}

// stratify weighs labelled pairs by the strata they come from.
func stratify(t *Truth, pairs []Pair) *Stratified {
	list, of := strata(pairs)
	out := &Stratified{Strata: list, Outside: len(t.labels)}
	for i, p := range pairs {
		if same, known := t.Same(p.A, p.B); known {
			out.Outside--
			list[of[i]].Look++
			if same {
				list[of[i]].Good++
			}
		}
	}
	var found, truth, missed, spread, rest float64
	for _, s := range list {
		n, k := float64(s.Pairs), float64(s.Look)
		share := s.Expected
		if s.Look == 0 {
			out.Unlabeled += s.Pairs
		} else {
			share = float64(s.Good) / k
		}
		// The spread from shrunk shares: two out of two is no certainty.
		q := (float64(s.Good) + 0.5) / (k + 1)
		if s.Look == 0 {
			q = s.Expected
		}
		v := 0.0
		if s.Look < s.Pairs {
			v = n * n * q * (1 - q) / max(k, 1) * (1 - k/n)
		}
		if s.Match {
			found += n
			truth += n * share
			spread += v
		} else {
			missed += n * share
			rest += v
		}
	}
	out.Precision, out.Recall = none, none
	if found > 0 {
		out.Precision = normal(truth/found, spread/(found*found))
	}
	if all := truth + missed; all > 0 {
		out.Recall = normal(truth/all, (missed*missed*spread+truth*truth*rest)/(all*all*all*all))
	}
	return out
}

// normal gives the interval of a share of known variance, as Wilson would of as
// many observations as give that variance.
func normal(p, v float64) Score {
	if v <= 0 {
		return Score{p, p, p}
	}
	if p <= 0 || p >= 1 {
		half := z95 * math.Sqrt(v)
		return Score{p, max(0, p-half), min(1, p+half)}
	}
	return wilson(p, p*(1-p)/v, z95)
}

// hashPair is FNV-1a with a last mixing, the same in every run.
func hashPair(a, b string) uint64 {
	h := uint64(14695981039346656037)
	for _, s := range [2]string{a, b} {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return h ^ h>>33
}
