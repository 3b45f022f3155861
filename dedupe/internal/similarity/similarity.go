// Package similarity measures how alike two strings are. It is the only caller
// of smetrics, whose functions count bytes, may panic on empty text and give an
// unusual Soundex: here text outside ASCII is packed rune by rune into bytes
// first, empty text never reaches a metric, and Soundex is squeezed into the
// American one (all four confirmed by tests).
package similarity

import (
	"github.com/xrash/smetrics"
)

// JaroWinkler gives the Jaro-Winkler similarity in [0,1], with the customary
// boost threshold 0.7 and prefix of 4. Missing text is not agreement: 0 when
// either is empty.
func JaroWinkler(a, b string) float64 {
	if a == "" || b == "" {
		return 0
	}
	if a == b {
		return 1
	}
	if ascii(a) && ascii(b) {
		if len(a) <= 64 && len(b) <= 64 {
			return min(winkler(jaro(a, b), a, b), 1)
		}
	} else {
		var ok bool
		if a, b, ok = pack(a, b); !ok {
			return 0
		}
	}
	return min(smetrics.JaroWinkler(a, b, 0.7, 4), 1)
}

// Distance gives the optimal string alignment distance: the least number of
// letters inserted, dropped, replaced or exchanged with a neighbour. It stops
// at limit: limit+1 means "more than limit".
func Distance(a, b string, limit int) int {
	if a == b {
		return 0
	}
	if abs(len(a)-len(b)) > limit && ascii(a) && ascii(b) {
		return limit + 1
	}
	if !ascii(a) || !ascii(b) {
		var ok bool
		if a, b, ok = pack(a, b); !ok || abs(len(a)-len(b)) > limit {
			return limit + 1
		}
	}
	// What both begin and end with costs nothing.
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch {
	case len(a)+len(b) == 0:
		return 0
	case len(a) <= 1 && len(b) <= 1:
		return min(1, limit+1)
	case len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]:
		return min(1, limit+1)
	case limit <= 1:
		return limit + 1 // one edit would have left no more than that
	}
	return min(osa(a, b, limit), limit+1)
}

// osa works in bytes, within the band of cells that limit can reach, over three
// rows held on the stack for text of up to 63 letters.
func osa(a, b string, limit int) int {
	limit = min(limit, 250) // rows hold small numbers
	var space [3][64]uint8
	before, last, row := space[0][:], space[1][:], space[2][:]
	if len(b) >= 64 {
		before, last, row = make([]uint8, len(b)+1), make([]uint8, len(b)+1), make([]uint8, len(b)+1)
	}
	over := uint8(limit + 1)
	for j := range min(len(b), limit+1) + 1 {
		last[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		lo, hi := max(i-limit, 1), min(i+limit, len(b))
		row[lo-1] = over
		if lo == 1 {
			row[0] = uint8(min(i, limit+1))
		}
		best := row[lo-1]
		for j := lo; j <= hi; j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = min(d, over)
			best = min(best, row[j])
		}
		if best >= over {
			return limit + 1
		}
		if hi < len(b) {
			row[hi+1] = over
		}
		before, last, row = last, row, before
	}
	return int(last[len(b)])
}

// Soundex gives the American Soundex code of upper-case letters, or "" when
// there is none of A to Z. smetrics merges equal letters where the code asks
// for equal digits, so such letters are taken out before.
func Soundex(s string) string {
	const digits = "01230120022455012623010202" // A to Z
	var squeezed [64]byte
	n := 0
	last := byte(0)
	for i := 0; i < len(s) && n < len(squeezed); i++ {
		c := s[i]
		if c < 'A' || c > 'Z' {
			continue
		}
		d := digits[c-'A']
		if n > 0 && (c == 'H' || c == 'W') {
			continue
		}
		if n > 0 && d != '0' && d == last {
			continue
		}
		squeezed[n] = c
		n++
		last = d
	}
	if n == 0 {
		return ""
	}
	return smetrics.Soundex(string(squeezed[:n]))
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
