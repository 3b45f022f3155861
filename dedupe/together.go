package dedupe

import "math"

// together says how much more often two records of two entities agree on given
// name and surname at once than by chance on each: names come in cultures, and a
// Kaur is more often a Harpreet. The agreement on both must not count twice.
type together struct {
	given, surname int     // comparisons, -1 where there is none
	holders        *tally  // entities by given name and surname
	givenHolders   *tally  // entities by given name
	lastHolders    *tally  // entities by surname
	n              float64 // entities with both
	first, last    *column
}

// full gives the names of a record as one key, 0 where either is missing.
func full(given, surname uint32) uint64 {
	if given == missing || surname == missing {
		return 0
	}
	return uint64(given)<<32 | uint64(surname)
}

// both says whether a pattern agrees on given name and surname.
func (g *together) both(p pattern) bool {
	return g.given >= 0 && g.surname >= 0 && p.level(g.given) == givenSame && p.level(g.surname) == surnameSame
}

// bits is what the agreement of two records on both names weighs too much: how
// many others bear the whole name, over how many would by chance.
func (g *together) bits(t *table, p pattern, a int32) float64 {
	if g.holders == nil || !g.both(p) {
		return 0
	}
	x, y := t.id(g.first, a), t.id(g.last, a)
	if full(x, y) == 0 { // they agree by another name, which is not counted
		return 0
	}
	others := float64(max(g.holders.of(full(x, y))-1, 1)) // but for the two themselves
	chance := float64(g.givenHolders.of(uint64(x))) * float64(g.lastHolders.of(uint64(y))) / g.n
	return max(math.Log2((others+0.5)/(chance+1)/1.5), 0)
}

// count makes room to count so many full names, given names and surnames.
func (g *together) count(names, given, last int) {
	g.holders, g.givenHolders, g.lastHolders = newTally(names), newTally(given), newTally(last)
}

// namesTogether counts over one record of each entity. Without entities (nil),
// when duplicates would pass for namesakes, it says nothing.
func namesTogether(t *table, comparisons []comparison, members []int32) together {
	g := together{given: -1, surname: -1}
	if t.column("given") == nil || t.column("surname") == nil { // a schema may call any comparison so
		return g
	}
	for k, c := range comparisons {
		switch c.name {
		case "given name":
			g.given = k
		case "surname":
			g.surname = k
		}
	}
	if members == nil && t.overall == nil || g.given < 0 || g.surname < 0 {
		return g
	}
	g.first, g.last = t.column("given"), t.column("surname")
	if t.overall != nil {
		return t.overall.together(g)
	}
	g.count(len(members)/2, len(g.first.text), len(g.last.text))
	for _, r := range members {
		x, y := t.id(g.first, r), t.id(g.last, r)
		if name := full(x, y); name != 0 {
			g.holders.add(name, 1)
			g.givenHolders.add(uint64(x), 1)
			g.lastHolders.add(uint64(y), 1)
			g.n++
		}
	}
	return g
}
