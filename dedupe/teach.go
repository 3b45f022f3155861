package dedupe

import (
	"cmp"
	"errors"
	"slices"
)

// Label is a pair of records, by their numbers, whose truth is known.
type Label struct {
	A, B int
	Same bool
}

// Labels are what is known of the truth: the entity of each record, or single
// pairs.
type Labels struct {
	Entity []int32 // by record, -1 for one not known; nil when only Pairs are known
	Pairs  []Label
}

// Taught is what labels did to a model.
type Taught struct {
	Pairs    int      `json:"pairs"` // labelled pairs of one entity that m was counted on
	Prior    float64  `json:"prior"` // pairs that the estimate without labels counted for
	Judged   []Judged `json:"-"`
	Recalled int      `json:"-"` // pairs of one entity among Judged
}

// Judged is a labelled pair with its weight, to learn a calibration from.
type Judged struct {
	Weight      float64
	Probability float64 // by the bits alone
	Same        bool
}

// unlabelled is how many labelled pairs the estimate without labels counts for,
// so that few labels correct it and many take its place.
const unlabelled = 30

// perEntity bounds the records of one entity that are paired: a person with a
// hundred records must not speak for all.
const perEntity = 10

// Teach gives labels to learn from, before Find. Records are named by their
// numbers, in the order they were added.
func (f *Finder) Teach(l Labels) error {
	if f.cfg.Model != nil {
		return errors.New("dedupe: a model that is given is not taught: leave it out")
	}
	if l.Entity != nil && len(l.Entity) != f.t.n {
		return errors.New("dedupe: labels by entity need one for each record")
	}
	for _, p := range l.Pairs {
		if p.A < 0 || p.B < 0 || p.A >= f.t.n || p.B >= f.t.n || p.A == p.B {
			return errors.New("dedupe: a label is not of two records that were added")
		}
	}
	f.labels = &l
	return nil
}

// teach counts m anew on the labelled pairs of one entity.
func (s *scorer) teach(l *Labels) *Taught {
	counts := map[pattern]float64{}
	t := &Taught{Prior: unlabelled}
	c := newComparer(s.t, s.comparisons)
	add := func(a, b int32) {
		counts[c.pattern(min(a, b), max(a, b))]++
		t.Pairs++
	}
	for _, p := range l.Pairs {
		if p.Same {
			add(int32(p.A), int32(p.B))
		}
	}
	for _, m := range entities(s.t, l.Entity) {
		for i, a := range m {
			for _, b := range m[i+1:] {
				if s.t.comparable(a, b) {
					add(a, b)
				}
			}
		}
	}
	s.m = levelShares(merge([]map[pattern]float64{counts}), s.m, unlabelled)
	s.weights = weights(s.m, s.u)
	s.remember()
	return t
}

// entities gives the records of each entity of two or more, the first by content
// where there are many.
func entities(t *table, entity []int32) [][]int32 {
	by := map[int32][]int32{}
	for r, e := range entity {
		if e >= 0 {
			by[e] = append(by[e], int32(r))
		}
	}
	var out [][]int32
	for _, m := range by {
		if len(m) < 2 {
			continue
		}
		slices.SortFunc(m, func(a, b int32) int { return cmp.Or(cmp.Compare(t.hash[a], t.hash[b]), int(a-b)) })
		out = append(out, m[:min(len(m), perEntity)])
	}
	slices.SortFunc(out, func(x, y []int32) int { return int(x[0] - y[0]) })
	return out
}

// judge gives the labelled pairs their weights. Of labels by entity these are the
// pairs that were compared and kept.
func (t *Taught) judge(s *scorer, l *Labels, pairs []scored) {
	add := func(weight float64, same bool) {
		t.Judged = append(t.Judged, Judged{weight, probability(weight), same})
		if same {
			t.Recalled++
		}
	}
	if l.Entity != nil {
		for i := range pairs {
			if x, y := l.Entity[pairs[i].a], l.Entity[pairs[i].b]; x >= 0 && y >= 0 {
				add(pairs[i].weight, x == y)
			}
		}
	}
	c := newComparer(s.t, s.comparisons)
	for _, p := range l.Pairs {
		a, b := int32(min(p.A, p.B)), int32(max(p.A, p.B))
		add(s.weight(c.pattern(a, b), a, b, nil), p.Same)
	}
}
