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
	a, b, ok := pack(a, b)
	if !ok {
		return 0
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
	a, b, ok := pack(a, b)
	if !ok || abs(len(a)-len(b)) > limit {
		return limit + 1
	}
	return min(osa(a, b, limit), limit+1)
}

// osa works in bytes, over three rows held on the stack for text of up to 63 letters.
func osa(a, b string, limit int) int {
	var space [3][64]int
	var rows [3][]int
	for i := range rows {
		if len(b) < 64 {
			rows[i] = space[i][:len(b)+1]
		} else {
			rows[i] = make([]int, len(b)+1)
		}
	}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			best = min(best, d)
		}
		if best > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
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

// pack maps the runes of both strings to bytes, so that a function of bytes
// works in runes. Plain ASCII comes back as it is; ok is false for more than
// 255 different runes.
func pack(a, b string) (string, string, bool) {
	if ascii(a) && ascii(b) {
		return a, b, true
	}
	codes := map[rune]byte{}
	one := func(s string) (string, bool) {
		out := make([]byte, 0, len(s))
		for _, r := range s {
			c, seen := codes[r]
			if !seen {
				if len(codes) == 255 {
					return "", false
				}
				c = byte(len(codes) + 1)
				codes[r] = c
			}
			out = append(out, c)
		}
		return string(out), true
	}
	pa, ok1 := one(a)
	pb, ok2 := one(b)
	return pa, pb, ok1 && ok2
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
