package similarity

import "math/bits"

// jaro gives the Jaro similarity of two ASCII texts of 1 to 64 letters. It is that
// of smetrics to the last bit, with the letters of b as bits of a word.
func jaro(a, b string) float64 {
	reach := max(max(len(a), len(b))/2-1, 0)
	var inA, inB uint64 // letters that found a partner
	if len(b) <= 8 {
		inA, inB = matchShort(a, b, reach)
	} else {
		inA, inB = matchLong(a, b, reach)
	}
	if inA == 0 {
		return 0
	}
	m := float64(bits.OnesCount64(inA))
	unaligned := 0
	for inA != 0 {
		if a[bits.TrailingZeros64(inA)] != b[bits.TrailingZeros64(inB)] {
			unaligned++
		}
		inA &= inA - 1
		inB &= inB - 1
	}
	return ((m / float64(len(a))) + (m / float64(len(b))) + ((m - float64(unaligned/2)) / m)) / 3.0
}

// window has the bits from i-reach to i+reach.
func window(i, reach int) uint64 {
	w := ^uint64(0) >> max(63-2*reach, 0) // 2*reach+1 bits, at most 64
	if i < reach {
		return w >> (reach - i)
	}
	return w << (i - reach)
}

// matchShort pairs the letters of a with those of b, at most 8, the first free
// one within reach: the bytes of b are compared at once.
func matchShort(a, b string, reach int) (inA, inB uint64) {
	const low = 0x7f7f7f7f7f7f7f7f
	var text uint64
	for j := len(b) - 1; j >= 0; j-- {
		text = text<<8 | uint64(b[j])
	}
	all := uint64(1)<<len(b) - 1
	for i := 0; i < len(a); i++ {
		x := text ^ uint64(a[i])*0x0101010101010101
		x = ^((x&low + low) | x | low) // the high bit of each byte that is equal
		x = (x >> 7) * 0x0102040810204080 >> 56
		if x &= window(i, reach) & all &^ inB; x != 0 {
			inA |= 1 << i
			inB |= x & -x
		}
	}
	return inA, inB
}

// matchLong does the same for up to 64 letters, with a table of where each stands.
func matchLong(a, b string, reach int) (inA, inB uint64) {
	var at [128]uint64
	for j := 0; j < len(b); j++ {
		at[b[j]&127] |= 1 << j
	}
	for i := 0; i < len(a); i++ {
		if x := at[a[i]&127] & window(i, reach) &^ inB; x != 0 {
			inA |= 1 << i
			inB |= x & -x
		}
	}
	return inA, inB
}

// winkler raises a Jaro similarity above 0.7 by up to four letters that both begin with.
func winkler(j float64, a, b string) float64 {
	if j <= 0.7 {
		return j
	}
	n := 0
	for n < min(len(a), len(b), 4) && a[n] == b[n] {
		n++
	}
	return j + 0.1*float64(n)*(1.0-j)
}
