package dedupe

import "slices"

// terms are what clusters must keep to whatever the weights say: people's
// decisions, and how many records of a file or a source may stand in one cluster.
type terms struct {
	people *Constraints
	most   [2]int64 // records of the left and of the right file in one cluster, 0 for any number
	source []int32  // by record, where no two records of one source may be one; nil for none
}

// counts says whether the records of a cluster are counted by file or source.
func (t *terms) counts() bool {
	return t != nil && (t.most != [2]int64{} || t.source != nil)
}

// bindings are the records that people put together, by the group of connected
// records they lie in, which decisions touch.
type bindings map[int32][][]int

// bind joins what people put together, so that it is worked on together, and
// gives the groups that decisions touch; nil for none.
func (t *terms) bind(groups forest) bindings {
	if t == nil || t.people == nil {
		return nil
	}
	for _, m := range t.people.Groups() {
		for _, r := range m[1:] {
			groups.join(int32(m[0]), int32(r))
		}
	}
	out := bindings{}
	for _, r := range t.people.records {
		root := groups.find(int32(r))
		if out[root] == nil {
			out[root] = [][]int{}
		}
	}
	for _, m := range t.people.Groups() {
		root := groups.find(int32(m[0]))
		out[root] = append(out[root], m)
	}
	return out
}

// has says whether decisions touch the group of some pairs.
func (b bindings) has(groups forest, pairs []scored, group []int32) bool {
	if b == nil {
		return false
	}
	root := pairs[group[0]].a
	for groups[root] != root { // find writes, and several look at once
		root = groups[root]
	}
	_, touched := b[root]
	return touched
}

// together puts the records that people joined into one cluster, the least first.
func (t *terms) together(out []int) {
	if t == nil {
		return
	}
	for _, m := range t.people.Groups() {
		for _, r := range m {
			out[r] = m[0]
		}
	}
}

// joinMust joins what people put together, before any pair has its say.
func (g *grouper) joinMust(roots forest) {
	for _, m := range g.must {
		first, _ := slices.BinarySearch(g.members, int32(m[0]))
		for _, r := range m[1:] {
			i, _ := slices.BinarySearch(g.members, int32(r))
			if a, b := roots.find(int32(first)), roots.find(int32(i)); a != b {
				g.join(roots, a, b)
			}
		}
	}
}

// join joins two clusters of the group.
func (g *grouper) join(roots forest, a, b int32) {
	into, from := min(a, b), max(a, b)
	roots.join(a, b)
	g.joiner.Merge(int(g.members[into]), int(g.members[from]))
	if g.terms != nil && g.terms.source != nil {
		g.sources[into] = append(g.sources[into], g.sources[from]...)
	}
	g.merge(into, from)
}

// allowed says whether terms let two clusters be joined.
func (g *grouper) allowed(a, b int32) bool {
	if g.joiner.Apart(int(g.members[a]), int(g.members[b])) {
		return false
	}
	if !g.terms.counts() {
		return true
	}
	for side, most := range g.terms.most {
		if most > 0 && g.size[a][side]+g.size[b][side] > most {
			return false
		}
	}
	if g.terms.source != nil {
		for _, s := range g.sources[a] {
			if slices.Contains(g.sources[b], s) {
				return false
			}
		}
	}
	return true
}

// gatherSources notes the source of each record of the group.
func (g *grouper) gatherSources() {
	if g.terms == nil || g.terms.source == nil {
		return
	}
	g.sources = make([][]int32, len(g.members))
	for i, r := range g.members {
		g.sources[i] = []int32{g.terms.source[r]}
	}
}
