package dedupe

import (
	"math/bits"
	"slices"
)

// blockSet is the records sorted into blocks by one key.
type blockSet struct {
	key   string
	place []uint32 // by record: where those it is to be compared with begin in order, plus 1; 0 for none
	more  []extra  // further places of records, ascending by record
	order []uint32 // records, block by block, with endMark on the last of each
	pairs int64
	drop  Dropped
	held  span     // the records whose partners are held: places are counted from its beginning
	met   []uint64 // where not all are held: a bit for each record that has partners
	parts []int    // and how long order is for each part of the records
}

// span is some of the records, from one to before another.
type span struct{ from, to int32 }

// has says whether a record has partners.
func (b *blockSet) has(r int32) bool {
	if b.met != nil {
		return b.met[r/64]>>(r%64)&1 != 0
	}
	return b.place[r] != 0
}

// extra is a further place of a record that stands in several blocks of a key,
// under another name or at another address.
type extra struct {
	record int32
	place  uint32
}

// endMark is set on the last record of a block. Numbers of records are below it.
const endMark = 1 << 31

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
func fnv64[T string | []byte](s T) uint64 { return fnvEnd(fnvMore(fnvBegin, s)) }

const fnvBegin = 14695981039346656037

// fnvMore goes on with a piece of the text.
func fnvMore[T string | []byte](h uint64, s T) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

func fnvEnd(h uint64) uint64 {
	h ^= h >> 32
	return max(mix(h, 0x2545f4914f6cdd1d), 1)
}

// entry is a record under a hash.
type entry struct {
	h uint64
	r uint32
}

// sorter groups records by hash. It keeps its memory for the next time.
type sorter struct {
	parted, local []uint64
	starts        []int
	hashes        []uint64 // by record, of whoever sorts
}

// partBits is how many bits the number of a part has that n records are sorted into.
func partBits(n int) int { return max(bits.Len(uint(n))-9, 1) }

// grouped is what group knows of a hash: two that agree on it are one to it, so
// that their blocks are one.
func grouped(h uint64, n int) uint64 { return h>>(64-partBits(n))<<32 | h&(1<<32-1) }

// group calls each with the records of one hash after another, in an order that
// is fixed by the hashes: ascending by record, each once, the lone ones left out.
// Entries are given by next, which is called twice through. Records are first
// sorted into parts that fit the cache, then within each part.
func (s *sorter) group(n int, entries func(yield func(h uint64, r uint32)), each func(records []uint64)) {
	width := partBits(n)
	if cap(s.starts) < 1<<width+1 {
		s.starts = make([]int, 1<<width+1)
	}
	starts := s.starts[:1<<width+1]
	clear(starts)
	shift := 64 - width
	entries(func(h uint64, _ uint32) { starts[h>>shift+1]++ })
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	all := starts[len(starts)-1]
	if cap(s.parted) < all {
		s.parted = make([]uint64, all+all/8)
	}
	parted := s.parted[:all]
	entries(func(h uint64, r uint32) {
		part := h >> shift
		parted[starts[part]] = h<<32 | uint64(r)
		starts[part]++
	})
	from := 0
	for part := range len(starts) - 1 {
		one := parted[from:starts[part]]
		from = starts[part]
		s.sortPart(one)
		for lo := 0; lo < len(one); {
			hi, same := lo+1, 1
			for hi < len(one) && one[hi]>>32 == one[lo]>>32 {
				if one[hi] != one[hi-1] { // a record may come twice with one hash
					one[lo+same] = one[hi]
					same++
				}
				hi++
			}
			if same > 1 {
				each(one[lo : lo+same])
			}
			lo = hi
		}
	}
}

// sortPart sorts by counting over the upper bits, then what fell together.
func (s *sorter) sortPart(a []uint64) {
	if len(a) < 24 {
		insertionSort(a)
		return
	}
	const width = 8
	var ends [1 << width]int32
	for _, x := range a {
		ends[x>>(64-width)]++
	}
	sum := int32(0)
	for i, n := range ends {
		ends[i], sum = sum, sum+n
	}
	if cap(s.local) < len(a) {
		s.local = make([]uint64, len(a)+len(a)/4)
	}
	local := s.local[:len(a)]
	for _, x := range a {
		at := &ends[x>>(64-width)]
		local[*at] = x
		*at++
	}
	copy(a, local)
	from := int32(0)
	for _, to := range ends {
		if one := a[from:to]; len(one) > 24 {
			slices.Sort(one)
		} else if len(one) > 1 {
			insertionSort(one)
		}
		from = to
	}
}

func insertionSort(a []uint64) {
	for i := 1; i < len(a); i++ {
		x, j := a[i], i
		for ; j > 0 && a[j-1] > x; j-- {
			a[j] = a[j-1]
		}
		a[j] = x
	}
}

// makeBlocks groups records by hash; 0 is no key. more are further keys of
// records: they stand in those blocks too. A block of more than maxBlock records is
// left out and reported. Only the partners of the records held are kept.
func (s *sorter) makeBlocks(t *table, key string, hashes []uint64, more []entry, maxBlock int, held span) *blockSet {
	b := newBlockSet(key, len(hashes), held)
	s.group(len(hashes), func(yield func(uint64, uint32)) {
		for r, h := range hashes {
			if h != 0 {
				yield(h, uint32(r))
			}
		}
		for _, e := range more {
			yield(e.h, e.r)
		}
	}, func(records []uint64) {
		if len(records) > maxBlock {
			b.drop.Blocks++
			b.drop.Records += len(records)
			return
		}
		b.add(t, records)
	})
	slices.SortFunc(b.more, func(x, y extra) int { return int(x.record) - int(y.record) })
	return b
}

func newBlockSet(key string, n int, held span) *blockSet {
	b := &blockSet{key: key, place: make([]uint32, held.to-held.from), drop: Dropped{Key: key}, held: held}
	if len(b.place) < n {
		b.met, b.parts = make([]uint64, (n+63)/64), make([]int, memoryParts)
	}
	return b
}

// add adds a block of records, ascending in their low halves. Of one file every
// record is compared with those after it; of two, those of the left with all
// of the right, which stand last.
func (b *blockSet) add(t *table, records []uint64) {
	from := len(b.order)
	for _, x := range records {
		if t.right == nil || !t.right[uint32(x)] {
			b.order = append(b.order, uint32(x))
		}
	}
	left := len(b.order) - from
	if t.right != nil {
		for _, x := range records {
			if t.right[uint32(x)] {
				b.order = append(b.order, uint32(x))
			}
		}
		if n := len(b.order) - from - left; left == 0 || n == 0 {
			b.order = b.order[:from]
			return
		} else {
			b.pairs += int64(left) * int64(n)
		}
	} else {
		b.pairs += int64(left) * int64(left-1) / 2
		left-- // the last has none after it
	}
	if b.met != nil {
		if left = b.split(t, from, left); left == 0 {
			b.order = b.order[:from]
			return
		}
	}
	for i, r := range b.order[from : from+left] {
		at := uint32(from + i + 2)
		if t.right != nil {
			at = uint32(from + left + 1)
		}
		if place := &b.place[int32(r)-b.held.from]; *place == 0 {
			*place = at
		} else {
			b.more = append(b.more, extra{int32(r), at})
		}
	}
	b.order[len(b.order)-1] |= endMark
}

// split notes who of the block just put at the end of order has partners, and
// leaves of it only what the records held need: themselves and those after them. It
// gives how many of the records held there are.
func (b *blockSet) split(t *table, from, left int) int {
	block := b.order[from:]
	per, last := partSize(t.n), int32(-1)
	lo, hi := left, left
	for i, r := range block[:left] {
		b.met[r/64] |= 1 << (r % 64)
		if part := int32(r) / per; part != last {
			last = part
			b.parts[part] += len(block) - i
		}
		if int32(r) >= b.held.from && lo == left {
			lo = i
		}
		if int32(r) >= b.held.to && hi == left {
			hi = i
		}
	}
	if lo >= hi {
		return 0
	}
	if t.right != nil { // of the left only those held need be there
		kept := copy(block, block[lo:hi])
		b.order = b.order[:from+kept+copy(block[kept:], block[left:])]
		return kept
	}
	b.order = b.order[:from+copy(block, block[lo:])]
	return hi - lo
}
