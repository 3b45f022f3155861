package dedupe

import (
	"maps"
	"slices"
)

// Constraints are people's decisions put to use: which records must be in one
// cluster, and which must never be. A nil Constraints holds nothing.
type Constraints struct {
	records  []int         // the records of the nodes
	ids      []string      // as the decisions name them
	node     map[int]int32 // by record: those with a decision
	groups   [][]int
	group    []int32 // by node: its place in groups, -1 for none
	forbid   [][2]int32
	markers  []map[int32]int32 // by node: by scope the marker it bears, nil for none
	base     *Joiner           // the groups joined, nothing else
	resolved []resolved
	same     map[int32][]int   // by node: its "same" decisions, once asked for
	pairs    map[[2]int32]bool // nodes that one decision names, the lesser first, once asked for

	// Contradictions need a person: decisions that cannot all be right. The
	// "same" decisions of the records concerned are set aside, all of them; what
	// holds records apart stands, since a wrong merge does more harm.
	Contradictions []Contradiction
	// Unresolved are decisions on records that are not there.
	Unresolved []Judgement
}

// resolved is a standing decision with its records found.
type resolved struct {
	a, b int32 // nodes
	j    *Judgement
}

// NewConstraints resolves decisions, of which those superseded are left out (see
// Standing). index gives the number of a record by its id.
func NewConstraints(list []Judgement, index func(id string) (int, bool)) *Constraints {
	c := &Constraints{node: map[int]int32{}}
	standing, _ := Standing(list)
	for i := range standing {
		j := &standing[i]
		a, okA := index(j.A)
		b, okB := index(j.B)
		if !okA || !okB || a == b {
			c.Unresolved = append(c.Unresolved, *j)
			continue
		}
		if j.Verdict != CannotTell {
			c.resolved = append(c.resolved, resolved{c.at(a, j.A), c.at(b, j.B), j})
		}
	}
	c.mark()
	must := newUnion(len(c.records))
	for _, r := range c.resolved {
		if r.j.Verdict == Same {
			must.join(r.a, r.b)
		} else {
			c.forbid = append(c.forbid, [2]int32{r.a, r.b})
		}
	}
	bad := c.findContradictions(must)
	members := map[int32][]int{}
	for i, rec := range c.records {
		if root := must.find(int32(i)); bad[root] == 0 {
			members[root] = append(members[root], rec)
		}
	}
	for _, m := range members {
		if len(m) > 1 {
			slices.Sort(m)
			c.groups = append(c.groups, m)
		}
	}
	slices.SortFunc(c.groups, func(a, b []int) int { return a[0] - b[0] })
	c.group = slices.Repeat([]int32{-1}, len(c.records))
	c.base = c.Begin()
	for g, m := range c.groups {
		c.group[c.node[m[0]]] = int32(g)
		for _, rec := range m[1:] {
			c.group[c.node[rec]] = int32(g)
			c.base.Merge(m[0], rec)
		}
	}
	return c
}

// at gives the node of a record.
func (c *Constraints) at(record int, id string) int32 {
	k, ok := c.node[record]
	if !ok {
		k = int32(len(c.records))
		c.node[record] = k
		c.records = append(c.records, record)
		c.ids = append(c.ids, id)
		c.markers = append(c.markers, nil)
	}
	return k
}

// mark gives the records of each scope their markers: one to those that "same"
// joins within it.
func (c *Constraints) mark() {
	scopes := map[string]int32{}
	var within []*union
	for _, r := range c.resolved {
		if r.j.Scope == "" {
			continue
		}
		s, ok := scopes[r.j.Scope]
		if !ok {
			s = int32(len(within))
			scopes[r.j.Scope] = s
			within = append(within, &union{parent: map[int32]int32{}})
		}
		if r.j.Verdict == Same {
			within[s].join(r.a, r.b)
		} else {
			within[s].find(r.a)
			within[s].find(r.b)
		}
	}
	for s, u := range within {
		for k := range u.parent {
			if c.markers[k] == nil {
				c.markers[k] = map[int32]int32{}
			}
			c.markers[k][int32(s)] = u.find(k)
		}
	}
}

// Groups gives the groups of records that must be in one cluster, each of two or
// more, ascending. The caller must not change them.
func (c *Constraints) Groups() [][]int {
	if c == nil {
		return nil
	}
	return c.groups
}

// Group gives the least record of the group a record must be with: itself when
// nobody decided anything.
func (c *Constraints) Group(record int) int {
	if c != nil {
		if k, ok := c.node[record]; ok && c.group[k] >= 0 {
			return c.groups[c.group[k]][0]
		}
	}
	return record
}

// Apart says whether two records, or the groups they must be with, must never be
// in one cluster.
func (c *Constraints) Apart(a, b int) bool {
	return c != nil && c.base.Apart(c.Group(a), c.Group(b))
}

// Says gives what was decided of two records, directly or by what follows from
// other decisions: Same, NotSame, or "" for nothing.
func (c *Constraints) Says(a, b int) Verdict {
	switch {
	case c == nil:
		return ""
	case c.Group(a) == c.Group(b):
		return Same
	case c.Apart(a, b):
		return NotSame
	}
	return ""
}

// Begin starts a clustering in which every record stands alone: the first thing
// to merge is each of the Groups.
func (c *Constraints) Begin() *Joiner {
	if c == nil {
		return nil
	}
	k := len(c.records)
	j := &Joiner{at: make(map[int]int32, k), forbid: make([]map[int32]bool, k), markers: make([]map[int32]int32, k), nodes: newUnion(k)}
	for i, rec := range c.records {
		j.at[rec] = int32(i)
		j.markers[i] = maps.Clone(c.markers[i])
	}
	for _, f := range c.forbid {
		j.hold(f[0], f[1])
		j.hold(f[1], f[0])
	}
	return j
}

// Joiner follows a clustering and knows at each step which clusters must stay
// apart. Clusters are named by whatever record stands for them, as in a
// union-find. A merge costs what the smaller of the two brings; clusters without
// a decision cost a look into a map. It is for one goroutine. A nil Joiner holds
// nothing apart.
type Joiner struct {
	at      map[int]int32    // by the record that stands for a cluster: its node
	nodes   *union           // nodes of one cluster
	forbid  []map[int32]bool // by root node: the root nodes it must not meet
	markers []map[int32]int32
}

func (j *Joiner) hold(a, b int32) {
	if j.forbid[a] == nil {
		j.forbid[a] = map[int32]bool{}
	}
	j.forbid[a][b] = true
}

// Apart says whether the clusters that a and b stand for must stay two.
func (j *Joiner) Apart(a, b int) bool {
	if j == nil || a == b {
		return false
	}
	x, okX := j.at[a]
	y, okY := j.at[b]
	if !okX || !okY {
		return false
	}
	x, y = j.nodes.find(x), j.nodes.find(y)
	if j.forbid[x][y] {
		return true
	}
	few, many := j.markers[x], j.markers[y]
	if len(few) > len(many) {
		few, many = many, few
	}
	for scope, m := range few {
		if o, ok := many[scope]; ok && o != m {
			return true
		}
	}
	return false
}

// Merge says that the cluster that from stood for is now part of the one that
// into stands for. It gives false and changes nothing when they must stay apart.
func (j *Joiner) Merge(into, from int) bool {
	if j == nil || into == from {
		return true
	}
	if j.Apart(into, from) {
		return false
	}
	y, ok := j.at[from]
	if !ok {
		return true
	}
	delete(j.at, from)
	x, ok := j.at[into]
	if !ok {
		j.at[into] = y
		return true
	}
	x, y = j.nodes.find(x), j.nodes.find(y)
	if x == y {
		return true
	}
	if len(j.forbid[x])+len(j.markers[x]) < len(j.forbid[y])+len(j.markers[y]) {
		x, y = y, x
	}
	j.nodes.parent[y] = x
	for z := range j.forbid[y] {
		delete(j.forbid[z], y)
		j.hold(z, x)
		j.hold(x, z)
	}
	if j.markers[x] == nil {
		j.markers[x] = j.markers[y]
	} else {
		maps.Copy(j.markers[x], j.markers[y])
	}
	j.forbid[y], j.markers[y] = nil, nil
	return true
}

// union is a union-find over the nodes met. The root is not by rank: paths are
// halved as they are walked.
type union struct{ parent map[int32]int32 }

func newUnion(n int) *union {
	u := &union{make(map[int32]int32, n)}
	for i := range int32(n) {
		u.parent[i] = i
	}
	return u
}

func (u *union) find(x int32) int32 {
	if _, ok := u.parent[x]; !ok {
		u.parent[x] = x
	}
	for u.parent[x] != x {
		u.parent[x] = u.parent[u.parent[x]]
		x = u.parent[x]
	}
	return x
}

// join keeps the lesser root, so that the order of joining doesn't show.
func (u *union) join(a, b int32) {
	a, b = u.find(a), u.find(b)
	u.parent[max(a, b)] = min(a, b)
}
