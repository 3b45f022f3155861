package sample

import "math/bits"

// stream is a splittable source of random numbers (SplitMix64). A stream is
// made from a key, such as seed, kind and number of the record, so that what is
// drawn for one record depends on nothing but its key: not on the order in
// which records are made, nor on how many jobs make them.
//
// It is fast and evenly spread; it is not fit for secrets.
type stream struct{ state uint64 }

const golden = 0x9e3779b97f4a7c15

// mix is the finaliser of SplitMix64: every bit of the input moves every bit of
// the output.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// key folds a number into a key.
func key(k, part uint64) uint64 { return mix(k*golden + mix(part+golden)) }

func streamOf(k, part uint64) stream { return stream{key(k, part)} }

func (r *stream) next() uint64 {
	r.state += golden
	return mix(r.state)
}

// below gives a number from 0 to n-1.
func (r *stream) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// between gives a number from a to b, both included.
func (r *stream) between(a, b int) int {
	if b <= a {
		return a
	}
	return a + r.below(b-a+1)
}

// unit gives a number from 0 to below 1. Where a product of it is added to
// something, the product is converted to float64 first: otherwise some
// processors would fuse the two and round differently.
func (r *stream) unit() float64 { return float64(r.next()>>11) / (1 << 53) }

// chance is true with probability p.
func (r *stream) chance(p float64) bool { return p > 0 && r.unit() < p }

// pick gives one of the values.
func pick[T any](r *stream, xs []T) T { return xs[r.below(len(xs))] }

// choose gives the index of a weight, drawn in proportion. The weights need not add up to 1.
func choose(r *stream, weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	u := float64(r.unit() * sum)
	for i, w := range weights {
		if u -= w; u < 0 {
			return i
		}
	}
	return len(weights) - 1
}
