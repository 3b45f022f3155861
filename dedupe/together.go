package dedupe

import "math"

// together says how much more often two records of two entities agree on given
// name and surname at once than by chance on each: names come in cultures, and a
// Kaur is more often a Harpreet. The agreement on both must not count twice.
type together struct {
	given, surname int // comparisons, -1 where there is none
	extra          float64
}

// bits is what a pattern that agrees on both names weighs too much.
func (g together) bits(p pattern) float64 {
	if g.extra == 0 || p.level(g.given) != givenSame || p.level(g.surname) != surnameSame {
		return 0
	}
	return g.extra
}

// namesTogether measures it over one record of each entity. Without entities
// (nil), when duplicates would pass for namesakes, it says nothing.
func namesTogether(t *table, comparisons []comparison, members []int32) together {
	g := together{given: -1, surname: -1}
	for k, c := range comparisons {
		switch c.name {
		case "given name":
			g.given = k
		case "surname":
			g.surname = k
		}
	}
	if members == nil || g.given < 0 || g.surname < 0 {
		return together{}
	}
	given, surname := t.column("given"), t.column("surname")
	full := map[uint64]int64{}
	first, last := map[uint32]int64{}, map[uint32]int64{}
	n := int64(0)
	for _, r := range members {
		if x, y := t.id(given, r), t.id(surname, r); x != missing && y != missing {
			full[uint64(x)<<32|uint64(y)]++
			first[x]++
			last[y]++
			n++
		}
	}
	both, one, other := samePairs(full), samePairs(first), samePairs(last)
	all := float64(n) * float64(n-1) / 2
	if both < 20 || all == 0 { // too few to tell from chance
		return together{}
	}
	g.extra = max(math.Log2(both/all/(one/all*other/all)), 0)
	return g
}

// samePairs counts the pairs that share a value, from how many have each.
func samePairs[K comparable](counts map[K]int64) float64 {
	sum := int64(0)
	for _, n := range counts {
		sum += n * (n - 1) / 2
	}
	return float64(sum)
}
