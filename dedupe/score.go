package dedupe

import (
	"math"
)

// scored is a pair kept for clustering: its records, levels and weight.
type scored struct {
	a, b   int32
	p      pattern
	weight float64
}

// scorer turns a pattern and the rarity of the values agreed on into a weight.
type scorer struct {
	t           *table
	comparisons []comparison
	random      []drawn
	counts      []patternCount // of the candidate pairs
	names       together
	m, u, h     [][]float64
	weights     [][]float64     // log2(m/u)
	home        [][]float64     // log2(h/u), nil without rivals
	rarities    [][]levelRarity // by comparison and level
	prior       float64         // bits
	homePrior   float64         // bits
	alone       bool            // there are no rivals to fear
	families    bool            // fathers and sons of one name, twins and the like were seen
	preset      *preset
	calibration *Calibration // that labels taught, else nil
	given       *ModelFile   // estimated elsewhere: nothing is estimated here
	jobs        int
	known       *verdicts      // nil to remember none
	chance      []patternCount // patterns of random, once numbered
	chanceOf    []int32        // by random pair: the place of its pattern in chance
}

// weight is the match weight of a pair in bits: the prior, what each comparison
// adds, and what names that go together and the chance of rivals take away. tell,
// unless nil, hears each part but the prior, in that order: weight and evidence
// are one sum.
func (s *scorer) weight(p pattern, a, b int32, tell func(addend)) float64 {
	w, home := s.prior, s.homePrior
	for k := range s.comparisons {
		c, l := &s.comparisons[k], p.level(k)
		if l == 0 {
			continue
		}
		base, rare := s.part(k, l, a, b)
		w += base + rare
		if s.home != nil {
			home += s.home[k][l-1]
			if c.shared {
				home += rare
			}
		}
		if tell != nil {
			tell(addend{k, l, base + rare})
		}
	}
	together, less := s.names.bits(s.t, p, a), s.less(home)
	if tell != nil && together > 0 {
		tell(addend{namesAdd, 0, -together})
	}
	if tell != nil && less != 0 {
		tell(addend{rivalAdds, 0, less})
	}
	return w - together + less
}

// mayBeRivals says whether the chance that the two are rivals weighs anything.
func (s *scorer) mayBeRivals(p pattern, a, b int32) bool {
	if s.home == nil {
		return false
	}
	home := s.homePrior
	for k := range s.comparisons {
		if l := p.level(k); l > 0 {
			home += s.home[k][l-1]
			if s.comparisons[k].shared {
				_, rare := s.part(k, l, a, b)
				home += rare
			}
		}
	}
	return s.less(home) != 0
}

// addend is what one part adds to a weight: a comparison by its number with the
// level it has, or one of the parts that are no comparisons.
type addend struct {
	part  int
	level uint8
	bits  float64
}

// Parts that are no comparisons, and how evidence names them.
const (
	namesAdd  = -1
	rivalAdds = -2
	namesPart = "name"
	rivalPart = "rival"
)

// less is what the chance that the two are rivals takes from the weight, given
// the odds of that against chance in bits. Never above 0.
func (s *scorer) less(home float64) float64 {
	if s.home == nil {
		return 0
	}
	return -math.Log2(1 + math.Exp2(home))
}

// part is what one comparison adds: the weight of its level, and an adjustment
// for the value agreed on. Agreement on a rare value weighs more than on a
// common one: the level's u is replaced by the value's own frequency, in the
// share the level says.
func (s *scorer) part(k int, l uint8, a, b int32) (base, rare float64) {
	w := s.weights[k][l-1]
	lv := &s.rarities[k][l-1]
	if lv.first == nil {
		return w, 0
	}
	if own := lv.first.column; l == 1 && s.t.id(own, a) != s.t.id(own, b) {
		return w, 0 // they agree by another name or address, whose rarity is not looked up
	}
	adjust := s.rarity(lv.first, a, b)
	if lv.second != nil { // the rarer of the two speaks for both
		adjust = max(adjust, s.rarity(lv.second, a, b))
	}
	// A value so common that agreement says nothing still never counts against.
	return w, max(lv.share*adjust, min(w, 0)-w)
}

// rarity is by value id log2 of how much rarer than the average agreement a value is.
type rarity struct {
	column *column
	rare   []float64
	one    float64     // of a value that one record has
	counts *termCounts // in place of rare, in an Index
}

func (r *rarity) of(id uint32) float64 {
	if r.counts != nil {
		return r.counts.of(id)
	}
	return r.rare[id]
}

// levelRarity is what adjusts the weight of a level; first is nil for nothing.
type levelRarity struct {
	first, second *rarity
	share         float64
}

// rarity speaks for a pair. Where the two values differ, the commoner speaks.
func (s *scorer) rarity(r *rarity, a, b int32) float64 {
	x, y := s.t.id(r.column, a), s.t.id(r.column, b)
	if x == missing || y == missing {
		return 0
	}
	return min(r.of(x), r.of(y))
}

// learn estimates m, the priors and the rivals from the counted patterns and from
// chance as it stands.
func (s *scorer) learn(m *Model) {
	all := s.t.pairs()
	classes, rounds, converged := estimate(s.comparisons, s.counts, s.u, s.t.all(), all, &s.names)
	m.Rounds, m.Converged = rounds, converged
	m.Expected = classes[matches].share * all
	s.m = classes[matches].levels
	s.weights = weights(s.m, s.u)
	if len(classes) > rivals {
		m.Rivals = classes[rivals].share * all
		s.h = classes[rivals].levels
		s.home = weights(s.h, s.u)
	}
	// Twins and parents are not feared where plenty of matches are seen and next
	// to no households: such a file lists people one by one.
	s.alone = s.h != nil && s.preset.people && m.Expected >= 200 && m.Rivals*s.households() < 0.05*m.Expected
	s.setPriors(m)
	s.remember()
}

// households is the share of the rivals that look like one family: those of one
// surname. Others are strangers of one block of flats, of whom nobody is the other's
// twin.
func (s *scorer) households() float64 {
	for k, c := range s.comparisons {
		if c.name == "surname" && len(c.levels) == surnameDiffers {
			sum := 0.0
			for _, x := range s.h[k][:surnameSwappedNearly] {
				sum += x
			}
			return sum
		}
	}
	return 1 // nobody knows
}

// setPriors sets the priors from what is expected among all pairs of records.
func (s *scorer) setPriors(m *Model) {
	all := s.t.pairs()
	m.Prior = min(max(m.Expected/all, 1/(2*all)), 0.5)
	s.prior = bitsOf(m.Prior)
	s.homePrior = math.Log2(max(m.Rivals, 0.5) / all)
}

// fit estimates u and the frequencies: from all records, or once clusters are
// known, from one record of each, so that what duplicates agree on does not
// pass for chance.
func (s *scorer) fit(cluster []int) {
	members := representatives(s.t, cluster)
	s.countValues(members, func() {
		s.countChance(cluster)
		_, chance, _ := defaultLevels(s.comparisons)
		s.u = levelShares(s.chance, chance, defaultU)
	})
}

// countChance counts the patterns of the random pairs, but for those within a cluster.
func (s *scorer) countChance(cluster []int) {
	if s.chanceOf == nil {
		s.chance, s.chanceOf = numbered(s.random)
	}
	for i := range s.chance {
		s.chance[i].n = 0
	}
	for i := range s.random {
		if d := &s.random[i]; cluster == nil || cluster[d.a] != cluster[d.b] {
			s.chance[s.chanceOf[i]].n++
		}
	}
}

// countValues counts how common values are, and how names go together: over all
// records for nil. What else is to be done is done at the same time.
func (s *scorer) countValues(members []int32, also ...func()) {
	tasks := append([]func(){func() { s.names = namesTogether(s.t, s.comparisons, members) }}, also...)
	tasks = append(tasks, s.frequencies(members)...)
	share(s.jobs, len(tasks), func() func(int) { return func(i int) { tasks[i]() } })
}

// representatives gives one record of each cluster, the same one whatever the
// order of the rows; nil for nil.
func representatives(t *table, cluster []int) []int32 {
	if cluster == nil {
		return nil
	}
	best := make([]int32, t.n)
	for i, c := range cluster {
		if c == i || t.hash[i] < t.hash[best[c]] {
			best[c] = int32(i)
		}
	}
	var out []int32
	for i, c := range cluster {
		if c == i {
			out = append(out, best[i])
		}
	}
	return out
}

// describe writes the parameters into the model.
func (s *scorer) describe(m *Model) {
	for k, c := range s.comparisons {
		mc := ModelComparison{Name: c.name}
		for l, lv := range c.levels {
			one := ModelLevel{Name: lv.name, M: s.m[k][l], U: s.u[k][l], Weight: s.weights[k][l]}
			if s.h != nil {
				one.Rival = s.h[k][l]
			}
			mc.Levels = append(mc.Levels, one)
		}
		m.Comparisons = append(m.Comparisons, mc)
	}
	m.Alone, m.Families = s.alone, s.families
}

// looker compares and weighs any two records.
func (s *scorer) looker() func(a, b int32) (float64, pattern) {
	c := newComparer(s.t, s.comparisons)
	return func(a, b int32) (float64, pattern) {
		p := c.pattern(a, b)
		return s.weight(p, a, b, nil), p
	}
}

// frequencies gives what counts the values of every column that adjusts a weight.
func (s *scorer) frequencies(members []int32) (tasks []func()) {
	known := map[string]*rarity{"": nil}
	of := func(name string) *rarity {
		r, ok := known[name]
		if !ok {
			c := s.t.column(name)
			r = &rarity{column: c}
			known[name] = r
			tasks = append(tasks, func() { r.rare, r.one = s.t.rarities(c, members) })
		}
		return r
	}
	s.rarities = make([][]levelRarity, len(s.comparisons))
	for k, c := range s.comparisons {
		for _, l := range c.levels {
			s.rarities[k] = append(s.rarities[k], levelRarity{of(l.column), of(l.second), l.share})
		}
	}
	return tasks
}

func probability(weight float64) float64 { return 1 / (1 + math.Exp2(-weight)) }

func bitsOf(probability float64) float64 { return math.Log2(probability / (1 - probability)) }
