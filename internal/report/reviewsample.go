package report

import (
	"cmp"
	"container/heap"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/evaluate"
)

// Strata of a sample for review: where a person's time tells most comes first.
const (
	nearMatch  = iota // within nearBits of the match threshold
	nearReview        // within nearBits of the review threshold
	held              // for review although the weight reaches the match threshold
	between
	sure
	strata
)

// nearBits is how near to a threshold a pair lies whose decision a somewhat
// other threshold would turn.
const nearBits = 3

// stratumShares is how a sample is shared out. A judgement: most where decisions
// turn, some where all seems clear, or nobody would learn that it is not.
func stratumShares() [strata]float64 { return [strata]float64{0.35, 0.25, 0.15, 0.1, 0.15} }

func stratumNames() [strata]string {
	return [strata]string{"near the match threshold", "near the review threshold", "held for review for another reason", "between the thresholds", "sure"}
}

// Sampler chooses pairs for review as they are read, with the memory of the
// sample only. Which are chosen depends on their ids and on nothing else: not on
// the order of the rows, and on no clock.
type Sampler struct {
	most          int
	match, review float64 // bits
	total         [strata]int
	kept          [strata]pairHeap
}

// NewSampler makes a sampler of at most so many pairs. match and review are the
// thresholds the pairs were found by, as probabilities.
func NewSampler(most int, match, review float64) *Sampler {
	bits := func(p float64) float64 { return math.Log2(p / (1 - p)) }
	return &Sampler{most: most, match: bits(match), review: bits(review)}
}

func (s *Sampler) stratum(p *evaluate.Scored) int {
	m, r := math.Abs(p.Weight-s.match), math.Abs(p.Weight-s.review)
	switch {
	case p.Decision == dedupe.Review && p.Weight >= s.match:
		return held
	case m <= nearBits && m <= r:
		return nearMatch
	case r <= nearBits:
		return nearReview
	case p.Weight < s.match:
		return between
	}
	return sure
}

// Add takes a pair into account.
func (s *Sampler) Add(p *evaluate.Scored) {
	k := s.stratum(p)
	s.total[k]++
	h := &s.kept[k]
	one := hashed{pairOrder(p), *p}
	if h.Len() < s.most {
		heap.Push(h, one)
	} else if one.before((*h)[0]) {
		(*h)[0] = one
		heap.Fix(h, 0)
	}
}

// Pairs gives the sample in the order of its hash, which tells nothing of the
// scores, and says how it came about; "" where all pairs are in it.
func (s *Sampler) Pairs() (pairs []evaluate.Scored, how string) {
	all := 0
	for _, n := range s.total {
		all += n
	}
	quota := s.quotas(all)
	var chosen []hashed
	var parts []string
	for k := range s.kept {
		list := s.kept[k]
		slices.SortFunc(list, func(a, b hashed) int {
			if a.before(b) {
				return -1
			}
			return 1
		})
		chosen = append(chosen, list[:quota[k]]...)
		if s.total[k] > 0 {
			parts = append(parts, fmt.Sprintf("%s of %s %s", count(quota[k]), count(s.total[k]), stratumNames()[k]))
		}
	}
	slices.SortFunc(chosen, func(a, b hashed) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	for _, c := range chosen {
		pairs = append(pairs, c.pair)
	}
	if len(pairs) < all {
		how = fmt.Sprintf("A sample of %s of %s: %s. What it shows of one group of pairs does not hold of all.", count(len(pairs)), plural(all, "pair"), strings.Join(parts, ", "))
	}
	return pairs, how
}

// quotas shares the sample out; what a stratum cannot fill goes to the others in turn.
func (s *Sampler) quotas(all int) (quota [strata]int) {
	left := min(s.most, all)
	for k, share := range stratumShares() {
		quota[k] = min(int(share*float64(s.most)), s.total[k], left)
		left -= quota[k]
	}
	for k := 0; left > 0; k = (k + 1) % strata {
		if quota[k] < s.total[k] {
			quota[k]++
			left--
		}
	}
	return quota
}

type hashed struct {
	order uint64
	pair  evaluate.Scored
}

func (a hashed) before(b hashed) bool {
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.pair.A, b.pair.A), cmp.Compare(a.pair.B, b.pair.B)) < 0
}

// pairOrder is the same for a pair and its mirror image.
func pairOrder(p *evaluate.Scored) uint64 {
	h := fnv.New64a()
	for _, id := range []string{min(p.A, p.B), "\x00", max(p.A, p.B)} {
		_, _ = h.Write([]byte(id)) // a hash takes everything
	}
	x := h.Sum64() // ids in sequence differ in few bits: spread them
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// pairHeap has the last of its pairs on top, the first to give way.
type pairHeap []hashed

func (h pairHeap) Len() int           { return len(h) }
func (h pairHeap) Less(i, j int) bool { return h[j].before(h[i]) }
func (h pairHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *pairHeap) Push(x any)        { *h = append(*h, x.(hashed)) }

func (h *pairHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
