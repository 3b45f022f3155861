package dedupe

import (
	"math"
)

// Model is what was estimated: for each level of each comparison how often it
// holds among records of one entity (m) and of two (u), and how likely two
// records drawn at random are the same (the prior).
type Model struct {
	Comparisons []ModelComparison `json:"comparisons"`
	Prior       float64           `json:"prior"`           // probability that two random records match
	Expected    float64           `json:"expectedMatches"` // pairs
	Rivals      float64           `json:"expectedRivals"`  // pairs that share much and are two: people of one home, episodes of one person
	Rounds      int               `json:"rounds"`          // of expectation maximisation
	Converged   bool              `json:"converged"`
	Match       float64           `json:"matchProbability"`  // threshold
	Review      float64           `json:"reviewProbability"` // threshold
	Precision   float64           `json:"expectedPrecision"` // of the matches, as their weights foretell it
	Candidates  int64             `json:"candidatePairs"`
	Blocking    *BlockingRecall   `json:"blockingRecall,omitempty"` // nil where every pair was compared, or nothing can be said
	Alone       bool              `json:"listsPeopleOneByOne"`      // next to no households were seen: twins and parents are not feared
	Families    bool              `json:"familiesSeen,omitempty"`   // fathers and sons of one name were seen: what lacks a given name or a date of birth joins nobody by name and home
}

// ModelComparison is one comparison's levels with their parameters.
type ModelComparison struct {
	Name   string       `json:"name"`
	Levels []ModelLevel `json:"levels"`
}

// ModelLevel is one level: its m and u probabilities and its weight,
// log2(m/u) after smoothing, in bits.
type ModelLevel struct {
	Name   string  `json:"name"`
	M      float64 `json:"m"`
	U      float64 `json:"u"`
	Weight float64 `json:"weight"`
	Rival  float64 `json:"rival,omitempty"` // among pairs that share much and are two, 0 without such
}

// class is one kind of pair in the mixture: its share of the candidate pairs
// and how often each level holds (by comparison; index 0 is level 1).
type class struct {
	share  float64
	levels [][]float64
}

// startM is where expectation maximisation begins for matches: agreement is the rule.
func startM(levels int) []float64 {
	m := make([]float64, levels)
	switch levels {
	case 1:
		m[0] = 1
	case 2:
		m[0], m[1] = 0.9, 0.1
	default:
		for i := range m {
			m[i] = 0.15 / float64(levels-2)
		}
		m[0], m[levels-1] = 0.8, 0.05
	}
	return m
}

// startU is how often the levels hold by chance, when there is too little data to
// tell: chance for full agreement, more for each looser one.
func startU(levels int, chance float64) []float64 {
	u := make([]float64, levels)
	rest := 1.0
	for i := range levels - 1 {
		u[i] = min(chance*float64(i+1), 0.1)
		rest -= u[i]
	}
	u[levels-1] = rest
	return u
}

// How many pairs the documented default m and u count for beside the data.
const (
	defaultM = 3
	defaultU = 500
)

// levelShares counts the levels of each comparison over patterns. The defaults (by
// comparison and level) count for mass pairs, so that few pairs don't lead to
// absurd shares and a level never seen is rare and not impossible.
func levelShares(counts []patternCount, defaults [][]float64, mass float64) [][]float64 {
	return unpack(counts, len(defaults)).shares(counts, nil, defaults, mass)
}

// mostLevels is how many levels a pattern tells apart, that of no value included.
const mostLevels = 16

// unpacked is the levels of patterns, laid out for going over them many times.
type unpacked struct {
	at    []uint16 // pattern by pattern, comparison by comparison: mostLevels times the comparison, plus the level
	width int
}

func unpack(counts []patternCount, comparisons int) *unpacked {
	u := &unpacked{at: make([]uint16, 0, len(counts)*comparisons), width: comparisons}
	for i := range counts {
		for k := range comparisons {
			u.at = append(u.at, uint16(k*mostLevels)+uint16(counts[i].p.level(k)))
		}
	}
	return u
}

func (u *unpacked) of(i int) []uint16 { return u.at[i*u.width:][:u.width] }

// shares is levelShares, each pattern with a weight; nil for all alike.
func (u *unpacked) shares(counts []patternCount, weight []float64, defaults [][]float64, mass float64) [][]float64 {
	sums := make([]float64, mostLevels*u.width) // of those without a value first
	for i := range counts {
		w := counts[i].n
		if weight != nil {
			w *= weight[i]
		}
		for _, at := range u.of(i) {
			sums[at] += w
		}
	}
	out := make([][]float64, u.width)
	for k := range out {
		own, total := sums[k*mostLevels+1:][:len(defaults[k])], mass
		for _, w := range own {
			total += w
		}
		out[k] = make([]float64, len(own))
		for l, w := range own {
			out[k][l] = (w + mass*defaults[k][l]) / total
		}
	}
	return out
}

// defaultLevels gives the default shares of levels by comparison: among matches,
// by chance, and among rivals.
func defaultLevels(comparisons []comparison) (m, u, h [][]float64) {
	for _, c := range comparisons {
		match, chance := startM(len(c.levels)), startU(len(c.levels), c.chance)
		m, u = append(m, match), append(u, chance)
		if c.shared {
			h = append(h, match)
		} else {
			h = append(h, chance)
		}
	}
	return m, u, h
}

// Classes of the mixture.
const (
	matches = iota
	others  // pairs of two entities, as random pairs are
	rivals  // pairs that share much and are two: people of one household, episodes of one person
)

// estimate fits a mixture to the patterns of the candidate pairs by expectation
// maximisation: matches; pairs of two entities, whose levels are those of random
// pairs and stay so; and rivals, who agree on what they share and on nothing else:
// people of one household, where addresses are compared, or episodes of one
// person. Without the third class twins, partners and parents, or all the episodes
// of one child, pass for matches. Shares are of all pairs of
// the n records: the pairs that blocking left out are taken for others, so that what
// blocking selects for doesn't pass for agreement.
func estimate(comparisons []comparison, counts []patternCount, random [][]float64, n int, all float64, names *together) (c []class, rounds int, converged bool) {
	begin := min(0.1*float64(n)/all, 0.1)
	m0, _, h0 := defaultLevels(comparisons)
	defaults := [][][]float64{matches: m0, others: random, rivals: h0}
	c = []class{matches: {begin, m0}, others: {1, random}}
	shared := 0
	for _, k := range comparisons {
		if k.shared {
			shared++
		}
	}
	if shared >= 2 {
		c = append(c, class{begin, h0})
	}
	post := make([][]float64, len(c))
	for g := range post {
		post[g] = make([]float64, len(counts))
	}
	odds := make([]float64, len(c))
	u := unpack(counts, len(comparisons))
	// By how much two of two entities agree on both names more often than by chance on
	// each, as a logarithm: much to begin with, since what is once taken for a match stays so.
	culture := mostCulture
	for rounds = 1; rounds <= 300; rounds++ {
		logs := make([][]float64, len(c)) // by comparison and level, 0 for none
		shares := make([]float64, len(c))
		for g := range c {
			shares[g], logs[g] = math.Log(c[g].share), make([]float64, mostLevels*len(comparisons))
			for k, levels := range c[g].levels {
				for l, x := range levels {
					logs[g][k*mostLevels+l+1] = math.Log(x)
				}
			}
		}
		sums := make([]float64, len(c))
		for i, pc := range counts {
			top := math.Inf(-1)
			for g := range c {
				sum, own := shares[g], logs[g]
				for _, at := range u.of(i) {
					sum += own[at]
				}
				odds[g] = sum
				if g == others && names.both(pc.p) {
					odds[g] += culture
				}
				top = max(top, odds[g])
			}
			all := 0.0
			for g := range c {
				odds[g] = math.Exp(odds[g] - top)
				all += odds[g]
			}
			for g := range c {
				post[g][i] = odds[g] / all
				sums[g] += post[g][i] * pc.n
			}
		}
		moved := 0.0
		culture = namesakes(counts, post[others], random, all, names)
		for g := range c {
			if g == others {
				continue
			}
			next := class{share: min(max(sums[g]/all, 0.1/all), 0.5), levels: u.shares(counts, post[g], defaults[g], defaultM)}
			switch g {
			case rivals:
				keepApart(comparisons, next.levels, random)
			case matches:
				keepTogether(comparisons, next.levels)
			}
			moved = max(moved, math.Abs(next.share/c[g].share-1)/10)
			for k := range next.levels {
				for l, x := range next.levels[k] {
					moved = max(moved, math.Abs(x-c[g].levels[k][l]))
				}
			}
			c[g] = next
		}
		if moved < 1e-5 {
			return c, rounds, true
		}
	}
	return c, rounds - 1, false
}

// namesakes gives the logarithm of how much more often pairs of two entities agree
// on given name and surname than chance on each would have it.
func namesakes(counts []patternCount, share []float64, random [][]float64, all float64, names *together) float64 {
	if names.given < 0 || names.surname < 0 {
		return 0
	}
	n := 0.0
	for i, pc := range counts {
		if names.both(pc.p) {
			n += share[i] * pc.n
		}
	}
	chance := all * random[names.given][givenSame-1] * random[names.surname][surnameSame-1]
	return min(max(math.Log((n+1)/(chance+1)), 0), mostCulture)
}

// mostCulture bounds it: a factor of 16.
const mostCulture = 4 * math.Ln2

// keepTogether holds the matches to what they are: records of one entity, of which
// no more than a share may disagree on what makes the entity. Else the class would
// learn namesakes, or all the episodes of one child.
func keepTogether(comparisons []comparison, levels [][]float64) {
	for k, c := range comparisons {
		last := len(levels[k]) - 1
		differ := levels[k][last]
		if c.most == 0 || differ <= c.most {
			continue
		}
		for l := range last {
			levels[k][l] *= (1 - c.most) / (1 - differ)
		}
		levels[k][last] = c.most
	}
}

// homeLike is by how much rivals may agree more often than chance on what they do
// not share: a son has his father's name, twins their day of birth.
const homeLike = 0.03

// keepApart holds the rivals to what they are: two. Else the class would
// learn the matches with errors in them.
func keepApart(comparisons []comparison, levels, random [][]float64) {
	for k, c := range comparisons {
		if c.shared {
			continue
		}
		last := len(levels[k]) - 1
		agree, limit := 1-levels[k][last], 1-random[k][last]+homeLike
		if agree > limit {
			for l := range last {
				levels[k][l] *= limit / agree
			}
			levels[k][last] = 1 - limit
		}
	}
}

// weights gives log2(m/u) by comparison and level, made to fall from the
// closest agreement to the least: a level whose estimate breaks the order is
// pooled with its neighbour (the pool adjacent violators algorithm), each level
// counting as much as it occurs.
func weights(m, u [][]float64) [][]float64 {
	out := make([][]float64, len(m))
	for k := range m {
		type pool struct {
			m, u float64
			n    int
		}
		var pools []pool
		for l := range m[k] {
			pools = append(pools, pool{m[k][l], u[k][l], 1})
			for n := len(pools); n > 1; n = len(pools) {
				a, b := pools[n-2], pools[n-1]
				if a.m/a.u >= b.m/b.u {
					break
				}
				pools = append(pools[:n-2], pool{a.m + b.m, a.u + b.u, a.n + b.n})
			}
		}
		for _, q := range pools {
			for range q.n {
				out[k] = append(out[k], math.Log2(q.m/q.u))
			}
		}
	}
	return out
}
