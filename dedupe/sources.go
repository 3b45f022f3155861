package dedupe

import (
	"errors"
	"slices"
)

// Cardinality says how many records of each file may be one when two are linked.
type Cardinality string

// The cardinalities. "One" says of a file that it holds no duplicates.
const (
	ManyToMany Cardinality = "many-to-many" // any number, the default
	OneToMany  Cardinality = "one-to-many"  // the left file holds no duplicates
	ManyToOne  Cardinality = "many-to-one"  // the right file holds none
	OneToOne   Cardinality = "one-to-one"   // neither does
)

// Cardinalities gives them all, the default first.
func Cardinalities() []Cardinality {
	return []Cardinality{ManyToMany, OneToOne, OneToMany, ManyToOne}
}

// most gives how many records of the left and right file may be in one cluster, 0
// for any number.
func (c Cardinality) most() [2]int64 {
	switch c {
	case OneToOne:
		return [2]int64{1, 1}
	case OneToMany:
		return [2]int64{1, 0}
	case ManyToOne:
		return [2]int64{0, 1}
	}
	return [2]int64{}
}

// Sources says of which source each record is, in the order they were added, and
// that no source holds duplicates: records of one source are not compared and
// never in one cluster. It is called before Find.
func (f *Finder) Sources(of []int32) error {
	switch {
	case f.t.right != nil:
		return errors.New("dedupe: two files are linked: sources are for one")
	case len(of) != f.t.n:
		return errors.New("dedupe: sources need one for each record")
	}
	f.t.source = slices.Clone(of)
	return nil
}

// across leaves of the partners of a record those of other sources, in place.
func (t *table) across(a int32, with []int32) []int32 {
	if t.source == nil {
		return with
	}
	kept := with[:0]
	for _, b := range with {
		if t.source[a] != t.source[b] {
			kept = append(kept, b)
		}
	}
	return kept
}

// bounds are the terms that do not come from people, nil for none.
func (f *Finder) bounds() *terms {
	t := &terms{most: f.cfg.Cardinality.most(), source: f.t.source}
	if f.t.right == nil {
		t.most = [2]int64{}
	}
	if !t.counts() {
		return nil
	}
	return t
}
