package sample

// cellSize is how many records are planned together. A household and all the
// records of its members lie in one cell, so that any one record can be made
// without making those before it.
const cellSize = 32

// cell says which records of a cell are the first of an entity and which are
// further ones: record k < entities is the first of entity k, the rest are
// further records of the entity in of.
type cell struct {
	number   int
	key      uint64
	entities int
	records  int
	of       [cellSize]uint8 // by record: its entity
	copy     [cellSize]uint8 // by record: 0 for the first of an entity
	member   [cellSize]uint8 // by entity: its number in the household
	first    [cellSize]uint8 // by entity: the household's first entity
	shape    [cellSize]shape // by entity: the kind of household
}

// shape is a kind of household, or of people who might be mistaken for each other.
type shape uint8

const (
	single   shape = iota
	couple         // two partners; most wives of British husbands took the name
	siblings       // two or three children of the same parents, close in age
	parent         // a parent and a child of the same surname
	twins          // born the same day
	namesake       // father and son of the same name, usually at one address
	stranger       // two people of the same name who have nothing to do with each other
	shapes
)

var shapeNames = [shapes]string{"", "couple", "siblings", "parent", "twins", "namesake", "stranger"}

// shapeShares is the part of households of each shape: judgement. It is per
// household, so that larger ones hold a larger part of the people.
var shapeShares = [shapes]float64{0.62, 0.14, 0.115, 0.065, 0.02, 0.025, 0.015}

// planOf lays out a cell of n records.
func planOf(kindKey uint64, number, n int, duplicates float64) (c cell) {
	c.number, c.key, c.records = number, key(kindKey, uint64(number)), n
	r := streamOf(c.key, 0)
	further := int(float64(duplicates*float64(n)) + r.unit())
	c.entities = max(1, n-further)
	for e := 0; e < c.entities; {
		s := shape(choose(&r, shapeShares[:]))
		size := [shapes]int{1, 2, 2, 2, 2, 2, 2}[s]
		if s == siblings && r.chance(0.3) {
			size = 3
		}
		if e+size > c.entities {
			s, size = single, 1
		}
		for m := range size {
			c.first[e+m], c.member[e+m], c.shape[e+m] = uint8(e), uint8(m), s
		}
		e += size
	}
	for k := range c.entities {
		c.of[k] = uint8(k)
	}
	var copies [cellSize]uint8
	last := 0
	for k := c.entities; k < n; k++ {
		// Who is known already is the more likely to come again.
		if k == c.entities || !r.chance(0.35) {
			last = r.below(c.entities)
		}
		copies[last]++
		c.of[k], c.copy[k] = uint8(last), copies[last]
	}
	return c
}

// layout finds the records of a whole run: which record stands at a place, and
// at which place a record stands.
type layout struct {
	n          int
	key        uint64
	duplicates float64
	order      permutation
}

func layoutOf(o *Options, tag uint64) layout {
	k := key(o.Seed, tag)
	return layout{o.N, k, o.Duplicates, newPermutation(o.N, key(k, 1))}
}

func (l *layout) cell(number int) cell {
	return planOf(key(l.key, 2), number, min(cellSize, l.n-number*cellSize), l.duplicates)
}

// entityID names an entity; it says nothing about which records are its own.
func entityID(prefix byte, c *cell, e int) string {
	b := digits(append(make([]byte, 0, 11), 'E', prefix), c.number*cellSize+e+1, 9)
	return string(b)
}

// recordID names the record at a place of the output, from 1.
func recordID(prefix byte, place int) string {
	return string(digits(append(make([]byte, 0, 10), prefix), place+1, 9))
}
