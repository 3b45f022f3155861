package dedupe

import (
	"math/bits"
)

// blockSet is the records sorted into blocks by one key.
type blockSet struct {
	key   string
	of    []uint32 // by record: its block from 1, or 0 for none
	order []int32  // records, block by block
	start []int32  // where block b (from 1) begins in order: start[b-1]
	pairs int64
	drop  Dropped
}

// mix joins two hashes into one; neither may be 0.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x9e3779b97f4a7c15, b^0xd1b54a32d192ed03)
	h := hi ^ lo
	if h == 0 {
		return 1
	}
	return h
}

// fnv64 hashes text the same way in every run, on every machine, never to 0.
func fnv64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 32
	return max(mix(h, 0x2545f4914f6cdd1d), 1)
}

type entry struct {
	h uint64
	r int32
}

// sortEntries sorts by hash, stable, in four passes of 16 bits (or by
// comparison when there are few).
func sortEntries(a []entry, spare []entry) []entry {
	b := spare[:len(a)]
	if len(a) < 1<<12 {
		return sortFew(a, b)
	}
	var counts [1 << 16]int32
	for shift := 0; shift < 64; shift += 16 {
		clear(counts[:])
		for i := range a {
			counts[uint16(a[i].h>>shift)]++
		}
		sum := int32(0)
		for i := range counts {
			counts[i], sum = sum, sum+counts[i]
		}
		for i := range a {
			d := uint16(a[i].h >> shift)
			b[counts[d]] = a[i]
			counts[d]++
		}
		a, b = b, a
	}
	return a
}

// sortFew is a bottom-up merge sort: stable, and without the cost of 65,536 counters.
func sortFew(a, b []entry) []entry {
	for width := 1; width < len(a); width *= 2 {
		for lo := 0; lo < len(a); lo += 2 * width {
			mid, hi := min(lo+width, len(a)), min(lo+2*width, len(a))
			i, j := lo, mid
			for k := lo; k < hi; k++ {
				if i < mid && (j >= hi || a[i].h <= a[j].h) {
					b[k] = a[i]
					i++
				} else {
					b[k] = a[j]
					j++
				}
			}
		}
		a, b = b, a
	}
	return a
}

// makeBlocks groups records by hash; 0 is no key. more are further keys of
// records: they stand in those blocks too, though their own block stays that of
// their first key. A block of more than maxBlock records is left out and reported.
func makeBlocks(key string, hashes []uint64, more []entry, maxBlock int) *blockSet {
	n := len(more)
	for _, h := range hashes {
		if h != 0 {
			n++
		}
	}
	entries := make([]entry, 0, n)
	for r, h := range hashes {
		if h != 0 {
			entries = append(entries, entry{h, int32(r)})
		}
	}
	entries = append(entries, more...)
	entries = sortEntries(entries, make([]entry, n))
	s := &blockSet{key: key, of: make([]uint32, len(hashes)), drop: Dropped{Key: key}}
	s.start = append(s.start, 0)
	for lo := 0; lo < n; {
		hi := lo + 1
		for hi < n && entries[hi].h == entries[lo].h {
			hi++
		}
		size := hi - lo
		switch {
		case size > maxBlock:
			s.drop.Blocks++
			s.drop.Records += size
		case size > 1:
			id := uint32(len(s.start))
			for _, e := range entries[lo:hi] {
				if hashes[e.r] == e.h {
					s.of[e.r] = id
				}
				s.order = append(s.order, e.r)
			}
			s.start = append(s.start, int32(len(s.order)))
			s.pairs += int64(size) * int64(size-1) / 2
		}
		lo = hi
	}
	return s
}

// countPairs counts the pairs of records with equal hashes, in blocks of at most
// maxBlock and in all.
func countPairs(hashes []uint64, spare *[2][]entry, maxBlock int) (kept, all int64) {
	a := spare[0][:0]
	for r, h := range hashes {
		if h != 0 {
			a = append(a, entry{h, int32(r)})
		}
	}
	spare[0] = a
	if cap(spare[1]) < len(a) {
		spare[1] = make([]entry, len(a))
	}
	a = sortEntries(a, spare[1][:cap(spare[1])])
	for lo := 0; lo < len(a); {
		hi := lo + 1
		for hi < len(a) && a[hi].h == a[lo].h {
			hi++
		}
		size := int64(hi - lo)
		pairs := size * (size - 1) / 2
		all += pairs
		if size <= int64(maxBlock) {
			kept += pairs
		}
		lo = hi
	}
	return kept, all
}
