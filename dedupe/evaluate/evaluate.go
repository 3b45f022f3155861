// Package evaluate says how good a matching is: against the truth, where people
// gave it, and by what the matching itself expects, where they did not.
//
// Truth is either the entity of each record, or labelled pairs. Against it stand
// scored pairs, clusters, or both. Everything is counted by record in arrays, so
// that millions of pairs take n log n steps and no map.
//
// Intervals are analytic, at 95%: the entities are taken for the sample, the
// statistic is linearised over them (a ratio of totals by entity), and the
// effective number of observations that follows goes into Wilson's interval,
// which keeps its width where no error was seen. Nothing is drawn at random.
package evaluate

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// Records gives ids numbers from 0, in the order met.
type Records struct {
	ids []string
	at  map[string]int32
}

// NewRecords makes an empty list.
func NewRecords() *Records { return &Records{at: map[string]int32{}} }

// Number gives the number of an id, a new one if it was not met before.
func (r *Records) Number(id string) int32 {
	if i, ok := r.at[id]; ok {
		return i
	}
	id = strings.Clone(id)
	i := int32(len(r.ids))
	r.at[id] = i
	r.ids = append(r.ids, id)
	return i
}

// Find gives the number of an id met before.
func (r *Records) Find(id string) (int32, bool) { i, ok := r.at[id]; return i, ok }

// ID gives the id of a number.
func (r *Records) ID(i int32) string { return r.ids[i] }

// Len is how many ids were met.
func (r *Records) Len() int { return len(r.ids) }

// Pair is a scored pair of records, A unlike B.
type Pair struct {
	A, B        int32
	Match       bool    // proposed as one
	Weight      float64 // bits
	Probability float64 // of being one
}

// key orders pairs of records whatever way round they stand.
func key(a, b int32) uint64 { return uint64(min(a, b))<<32 | uint64(max(a, b)) }

// Label is what is known of one pair.
type Label struct {
	A, B int32
	Same bool
}

// Truth is what is known of which records are one.
type Truth struct {
	unit   []int32 // by record: its entity, or the labelled records it hangs together with; -1 for nothing known
	units  int
	labels []Label // by key; nil where the entities are the whole truth
	known  int     // records with a unit
}

// ByEntity makes the truth of the entity of each record, -1 where it is not
// known: such records are left out of everything.
func ByEntity(entity []int32) *Truth {
	t := &Truth{unit: entity}
	for _, e := range entity {
		if e >= 0 {
			t.known++
			t.units = max(t.units, int(e)+1)
		}
	}
	return t
}

// ByLabels makes the truth of labelled pairs among n records: only these pairs
// count. It fails when a pair is labelled twice; whoever has decisions that
// supersede others drops those first.
func ByLabels(n int, labels []Label) (*Truth, error) {
	t := &Truth{unit: slices.Repeat([]int32{-1}, n), labels: slices.Clone(labels)}
	slices.SortFunc(t.labels, func(x, y Label) int { return cmp.Compare(key(x.A, x.B), key(y.A, y.B)) })
	root := make([]int32, n)
	for i := range root {
		root[i] = int32(i)
	}
	find := func(x int32) int32 {
		for root[x] != x {
			root[x] = root[root[x]]
			x = root[x]
		}
		return x
	}
	for i, l := range t.labels {
		if i > 0 && key(l.A, l.B) == key(t.labels[i-1].A, t.labels[i-1].B) {
			return nil, errors.New("evaluate: a pair is labelled twice")
		}
		t.unit[l.A], t.unit[l.B] = 0, 0
		if l.Same {
			a, b := find(l.A), find(l.B)
			root[max(a, b)] = min(a, b)
		}
	}
	number := slices.Repeat([]int32{-1}, n)
	for i := range t.unit {
		if t.unit[i] < 0 {
			continue
		}
		t.known++
		r := find(int32(i))
		if number[r] < 0 {
			number[r] = int32(t.units)
			t.units++
		}
		t.unit[i] = number[r]
	}
	return t, nil
}

// Labelled says whether the truth is of labelled pairs only.
func (t *Truth) Labelled() bool { return t.labels != nil }

// Same says whether two records are one, and whether that is known.
func (t *Truth) Same(a, b int32) (same, known bool) {
	if t.labels != nil {
		i, ok := slices.BinarySearchFunc(t.labels, key(a, b), func(l Label, k uint64) int { return cmp.Compare(key(l.A, l.B), k) })
		return ok && t.labels[i].Same, ok
	}
	if int(max(a, b)) >= len(t.unit) || t.unit[a] < 0 || t.unit[b] < 0 {
		return false, false
	}
	return t.unit[a] == t.unit[b], true
}

// sizes gives the number of records of each unit.
func (t *Truth) sizes() []int32 {
	out := make([]int32, t.units)
	for _, u := range t.unit {
		if u >= 0 {
			out[u]++
		}
	}
	return out
}
