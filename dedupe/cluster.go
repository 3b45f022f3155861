package dedupe

import (
	"cmp"
	"math"
	"slices"
)

// A pair speaks for or against two clusters being one with its weight, down to
// least bits, times the share of the comparisons that could be made: a pair with
// next to nothing in common to compare says next to nothing.
const least = -6

// tooMany is how many pairs across two clusters are looked at one by one; of more,
// those that blocking never brought together count half of least each.
const tooMany = 900

// againstTwins is what a pair that looks like twins counts, in bits, whatever its
// weight: else a record without a given name would make one person of two.
const againstTwins = least / 2

// speaks is what a pair of records says of their clusters, in whole millionths of
// a bit, so that adding in another order gives the same.
func speaks(w weigher, weight float64, p pattern) int64 {
	said := max(weight, least) * w.cover(p)
	switch w.apart(p) {
	case mayBeTwins:
		said = againstTwins
	case mayBeNamesakes, otherIdentity:
		said = min(said, 0)
	}
	return int64(math.Round(said * 1e6))
}

// clusters joins records pair by pair, the surest first. Two clusters are
// joined only if all the pairs across them together speak for it, those that
// blocking never brought together included: a chain of look-alikes does not make
// one person. Pairs held apart never join two clusters by themselves. What terms
// ask for holds whatever the weights; nil asks for nothing. It gives for each
// record the least record of its cluster.
func clusters(t *table, pairs []scored, join float64, w weigher, jobs int, terms *terms) []int {
	// Only records that chains of joining pairs connect can come into one cluster,
	// so each such group is worked on alone.
	joins := make([]bool, len(pairs))
	const some = 1 << 14
	share(jobs, (len(pairs)+some-1)/some, func() func(int) {
		return func(i int) {
			for k := i * some; k < min((i+1)*some, len(pairs)); k++ {
				joins[k] = pairs[k].weight >= join && w.apart(pairs[k].p) == ""
			}
		}
	})
	groups := newForest(t.n)
	for i := range pairs {
		if joins[i] {
			groups.join(pairs[i].a, pairs[i].b)
		}
	}
	bound := terms.bind(groups)
	inside, ends := groups.sort(pairs)
	out := make([]int, t.n)
	for i := range out {
		out[i] = i
	}
	terms.together(out)
	const batch = 256
	share(jobs, (len(ends)+batch-1)/batch, func() func(int) {
		g := &grouper{t: t, pairs: pairs, joins: joins, w: w, look: w.looker(), terms: terms}
		return func(i int) {
			for k := i * batch; k < min((i+1)*batch, len(ends)); k++ {
				if group := piece(inside, ends, k); !bound.has(groups, pairs, group) {
					g.run(group, out)
				}
			}
		}
	})
	if bound != nil { // a Joiner is for one goroutine
		g := &grouper{t: t, pairs: pairs, joins: joins, w: w, look: w.looker(), terms: terms, joiner: terms.people.Begin()}
		for k := range ends {
			if group := piece(inside, ends, k); bound.has(groups, pairs, group) {
				g.must = bound[groups.find(pairs[group[0]].a)]
				g.run(group, out)
			}
		}
	}
	return out
}

// piece gives the k-th piece of a list of pieces laid end to end.
func piece(inside, ends []int32, k int) []int32 {
	from := int32(0)
	if k > 0 {
		from = ends[k-1]
	}
	return inside[from:ends[k]]
}

// forest is a union-find over numbers; the root of a tree is its least number.
type forest []int32

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = int32(i)
	}
	return f
}

func (f forest) find(x int32) int32 {
	for f[x] != x {
		f[x] = f[f[x]]
		x = f[x]
	}
	return x
}

func (f forest) join(a, b int32) {
	a, b = f.find(a), f.find(b)
	f[max(a, b)] = min(a, b)
}

// sort gives the pairs that lie within one tree, tree by tree and in their order,
// and where each tree's end.
func (f forest) sort(pairs []scored) (inside, ends []int32) {
	counts := make([]int32, len(f))
	for i := range pairs {
		if a := f.find(pairs[i].a); a == f.find(pairs[i].b) {
			counts[a]++
		}
	}
	sum := int32(0)
	for i, n := range counts {
		counts[i] = sum
		if sum += n; n > 0 {
			ends = append(ends, sum)
		}
	}
	inside = make([]int32, sum)
	for i := range pairs {
		if a := f.find(pairs[i].a); a == f.find(pairs[i].b) {
			inside[counts[a]] = int32(i)
			counts[a]++
		}
	}
	return inside, ends
}

// weigher says what pairs of records are worth.
type weigher interface {
	apart(p pattern) string                               // why a pair may not be joined on its own, "" if it may
	cover(p pattern) float64                              // the share of the comparisons that could be made, by what they can say
	looker() func(a, b int32) (weight float64, p pattern) // compares two records; each worker has its own
}

// grouper makes the clusters of one group after another.
type grouper struct {
	t       *table
	pairs   []scored
	joins   []bool
	members []int32    // records of the group, ascending; their places stand for them
	size    [][2]int64 // of a cluster, in the left and the right file; of one file all are left
	near    [][]tie    // of a cluster: those it has pairs with
	order   []ranked
	of      [][]int32 // members of a cluster, by their places
	seen    []uint64  // the pairs of the group, by places
	met     map[uint64]bool
	w       weigher
	look    func(a, b int32) (float64, pattern)
	looked  map[uint64]int64 // what pairs say that blocking never brought together
	terms   *terms
	joiner  *Joiner // of a group that people decided on, else nil
	must    [][]int // records of the group that people put together
	sources [][]int32
}

// tie is the pairs between two clusters: how many, and what they say together.
type tie struct {
	to  int32
	n   int32
	sum int64
}

// ranked is a pair in the order of joining.
type ranked struct {
	a, b   int32
	weight float64
	hash   uint64
}

// run writes the clusters of one group, given its pairs, into out.
func (g *grouper) run(group []int32, out []int) {
	if len(group) == 1 && g.joiner == nil && !g.terms.counts() {
		if p := &g.pairs[group[0]]; speaks(g.w, p.weight, p.p) > 0 {
			out[max(p.a, p.b)] = int(min(p.a, p.b))
		}
		return
	}
	g.gather(group)
	roots := newForest(len(g.members))
	g.joinMust(roots)
	for _, p := range g.order {
		a, b := roots.find(p.a), roots.find(p.b)
		if a == b || !g.allowed(a, b) {
			continue
		}
		if !g.agree(a, b) {
			continue
		}
		g.join(roots, a, b)
	}
	for i, r := range g.members {
		out[r] = int(g.members[roots.find(int32(i))])
	}
}

// agree says whether the pairs across two clusters together speak for their being one.
func (g *grouper) agree(a, b int32) bool {
	across := g.near[a][g.tie(a, b)]
	n := g.between(a, b)
	switch {
	case n == int64(across.n):
		return across.sum > 0
	case n > tooMany:
		return across.sum+least*1e6/2*(n-int64(across.n)) > 0
	}
	if len(g.met) == 0 {
		for _, p := range g.seen {
			g.met[p] = true
		}
	}
	sum := across.sum
	for _, x := range g.of[a] {
		for _, y := range g.of[b] {
			key := places(x, y)
			if g.met[key] || !g.t.comparable(g.members[x], g.members[y]) {
				continue
			}
			said, known := g.looked[key]
			if !known {
				weight, p := g.look(g.members[min(x, y)], g.members[max(x, y)])
				said = speaks(g.w, weight, p)
				g.looked[key] = said
			}
			sum += said
		}
	}
	return sum > 0
}

// places is a pair of places as one key.
func places(x, y int32) uint64 { return uint64(min(x, y))<<32 | uint64(max(x, y)) }

// gather reads the records and pairs of a group.
func (g *grouper) gather(group []int32) {
	g.members, g.order, g.size, g.seen, g.of = g.members[:0], g.order[:0], g.size[:0], g.seen[:0], g.of[:0]
	if g.met == nil {
		g.met, g.looked = map[uint64]bool{}, map[uint64]int64{}
	}
	clear(g.met)
	clear(g.looked)
	for _, i := range group {
		g.members = append(g.members, g.pairs[i].a, g.pairs[i].b)
	}
	for _, m := range g.must {
		for _, r := range m {
			g.members = append(g.members, int32(r))
		}
	}
	slices.Sort(g.members)
	g.members = slices.Compact(g.members)
	for len(g.near) < len(g.members) {
		g.near = append(g.near, nil)
	}
	for i, r := range g.members {
		one := [2]int64{1, 0}
		if g.t.right != nil && g.t.right[r] {
			one = [2]int64{0, 1}
		}
		g.size, g.near[i] = append(g.size, one), g.near[i][:0]
		g.of = append(g.of, []int32{int32(i)})
	}
	g.gatherSources()
	for _, i := range group {
		p := &g.pairs[i]
		a, _ := slices.BinarySearch(g.members, p.a)
		b, _ := slices.BinarySearch(g.members, p.b)
		w := speaks(g.w, p.weight, p.p)
		g.seen = append(g.seen, places(int32(a), int32(b)))
		g.near[a] = append(g.near[a], tie{int32(b), 1, w})
		g.near[b] = append(g.near[b], tie{int32(a), 1, w})
		if g.joins[i] {
			g.order = append(g.order, ranked{int32(a), int32(b), p.weight, pairHash(g.t, p.a, p.b)})
		}
	}
	// Ties are broken by content, so that the order of the rows never matters.
	slices.SortStableFunc(g.order, func(x, y ranked) int { return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.hash, y.hash)) })
}

// between is how many pairs there are to compare between two clusters.
func (g *grouper) between(a, b int32) int64 {
	if g.t.right == nil {
		return g.size[a][0] * g.size[b][0]
	}
	return g.size[a][0]*g.size[b][1] + g.size[a][1]*g.size[b][0]
}

// tie finds the place of one cluster among those near another, -1 for none.
func (g *grouper) tie(a, b int32) int {
	return slices.IndexFunc(g.near[a], func(t tie) bool { return t.to == b })
}

// merge puts cluster b into a.
func (g *grouper) merge(a, b int32) {
	g.size[a] = [2]int64{g.size[a][0] + g.size[b][0], g.size[a][1] + g.size[b][1]}
	g.of[a] = append(g.of[a], g.of[b]...)
	g.drop(a, b)
	for _, t := range g.near[b] {
		if t.to == a {
			continue
		}
		g.drop(t.to, b)
		g.add(a, t.to, t)
		g.add(t.to, a, t)
	}
	g.near[b] = g.near[b][:0]
}

// drop forgets that b is near a.
func (g *grouper) drop(a, b int32) {
	i, last := g.tie(a, b), len(g.near[a])-1
	if i < 0 { // people joined what no pair joins
		return
	}
	g.near[a][i] = g.near[a][last]
	g.near[a] = g.near[a][:last]
}

// add counts further pairs between a and b.
func (g *grouper) add(a, b int32, t tie) {
	if i := g.tie(a, b); i >= 0 {
		g.near[a][i].n += t.n
		g.near[a][i].sum += t.sum
		return
	}
	g.near[a] = append(g.near[a], tie{b, t.n, t.sum})
}
