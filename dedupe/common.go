package dedupe

import "math"

// evidence says what a part adds to a pair's weight, and of a comparison how
// common what the two agree on is.
func (s *scorer) evidence(one addend, p pattern, a, b int32) Evidence {
	switch one.part {
	case namesAdd:
		return Evidence{Comparison: namesPart, Level: "given name and surname often go together", Weight: one.bits}
	case rivalAdds:
		return Evidence{Comparison: rivalPart, Level: s.preset.rival, Weight: one.bits}
	}
	k, l := one.part, one.level
	c := &s.comparisons[k]
	e := Evidence{Comparison: c.name, Level: c.levels[l-1].name, Weight: one.bits}
	if s.names.both(p) && (k == s.names.given || k == s.names.surname) {
		if k != s.names.surname || s.names.holders == nil { // it is said once, of both
			return e
		}
		x, y := s.t.id(s.names.first, a), s.t.id(s.names.last, a)
		n := max(int(s.names.holders.of(full(x, y)))-1, 0)
		if !s.t.grows || n > fewOthers { // names that came later were not counted
			e.Shared, e.Others = SharedName, n
		}
		return e
	}
	lv := &s.rarities[k][l-1]
	for _, r := range [...]*rarity{lv.first, lv.second} {
		if r == nil {
			continue
		}
		x := s.t.id(r.column, a)
		if x == missing || x != s.t.id(r.column, b) {
			continue // they agree by something else
		}
		if n, ok := r.holders(x); ok && (e.Shared == "" || n-1 < e.Others) {
			e.Shared, e.Others = SharedValue, max(n-1, 0)
		}
	}
	return e
}

// holders is how many records have a value, as its rarity counts them; not ok
// where there are too few to count.
func (r *rarity) holders(id uint32) (n int, ok bool) {
	if c := r.counts; c != nil {
		if c.n < c.least || c.n == 0 || int(id) >= len(c.count) {
			return 0, false
		}
		return int(c.count[id]), true
	}
	return int(math.Round(math.Exp2(r.one - r.rare[id]))), true
}
