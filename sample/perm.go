package sample

// permutation puts the numbers 0 to n-1 in an order that looks random, without
// holding them: a Feistel network over the next power of four, walked until the
// result is below n. Records are made in this order, so that duplicates are not
// next to each other however many there are, and memory stays flat.
type permutation struct {
	n    uint64
	half uint
	mask uint64
	keys [4]uint64
}

func newPermutation(n int, k uint64) permutation {
	p := permutation{n: uint64(n), half: 1}
	for uint64(1)<<(2*p.half) < p.n {
		p.half++
	}
	p.mask = 1<<p.half - 1
	for i := range p.keys {
		p.keys[i] = key(k, uint64(i))
	}
	return p
}

// at gives the number at a place.
func (p *permutation) at(place int) int {
	x := uint64(place)
	for {
		l, r := x>>p.half, x&p.mask
		for _, k := range p.keys {
			l, r = r, l^(mix(r^k)&p.mask)
		}
		if x = l<<p.half | r; x < p.n {
			return int(x)
		}
	}
}

// place gives the place of a number: the inverse of at.
func (p *permutation) place(number int) int {
	x := uint64(number)
	for {
		l, r := x>>p.half, x&p.mask
		for i := len(p.keys) - 1; i >= 0; i-- {
			l, r = r^(mix(l^p.keys[i])&p.mask), l
		}
		if x = l<<p.half | r; x < p.n {
			return int(x)
		}
	}
}
