package dedupe

import "slices"

// tally counts keys, none of them 0, in an open hash table: a map to which
// nothing is added but ones. The nil tally counts nothing and has nothing.
type tally struct {
	keys   []uint64
	counts []int32
	n      int // keys
}

// newTally makes room for so many keys; more are taken too.
func newTally(room int) *tally {
	size := 16
	for size < 2*room {
		size *= 2
	}
	return &tally{keys: make([]uint64, size), counts: make([]int32, size)}
}

// at gives the place of a key, or a free one.
func (t *tally) at(key uint64) int {
	last := uint64(len(t.keys) - 1)
	i := key * 0x9e3779b97f4a7c15
	for i = (i ^ i>>32) & last; t.keys[i] != key && t.keys[i] != 0; {
		i = (i + 1) & last
	}
	return int(i)
}

// add counts a key n times more.
func (t *tally) add(key uint64, n int32) {
	i := t.at(key)
	t.counts[i] += n
	if t.keys[i] != 0 {
		return
	}
	t.keys[i] = key
	if t.n++; 2*t.n > len(t.keys) {
		old := *t
		*t = *newTally(len(old.keys))
		for j, k := range old.keys {
			if k != 0 {
				t.add(k, old.counts[j])
			}
		}
	}
}

// set says how often a key that was counted is to count.
func (t *tally) set(key uint64, n int32) { t.counts[t.at(key)] = n }

// of gives how often a key was counted.
func (t *tally) of(key uint64) int32 {
	if t == nil || key == 0 {
		return 0
	}
	return t.counts[t.at(key)]
}

// sorted gives the keys counted more than least times, ascending.
func (t *tally) sorted(least int32) []uint64 {
	var out []uint64
	for i, k := range t.keys {
		if k != 0 && t.counts[i] > least {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}
