package dedupe

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// maxComponent bounds how many records are clustered anew for one that changes.
// Who would belong to more stands alone, and the journal says so: so many records
// of one entity are more often a mistake, such as one made-up date of birth, than
// one person.
const maxComponent = 300

// clustering is the clusters of an index. A cluster is a ring of rows.
type clustering struct {
	label        []uint32 // by row: the id of its cluster, among ids
	ring         []int32  // by row: the next of its cluster
	holder       []int32  // by id: a row of the cluster that bears it, 0 for none
	clustersLive int
	judged       judged
	journalled   uint64 // the last entry's number
	recent       []JournalEntry
	parents      []int // scratch of the grouper, by row
}

// judged are people's decisions.
type judged struct {
	list []Judgement
	by   map[string][]int32 // by record: places in the list
}

func (j *judged) add(list ...Judgement) {
	if j.by == nil {
		j.by = map[string][]int32{}
	}
	for _, one := range list {
		n := int32(len(j.list))
		j.list = append(j.list, one)
		j.by[one.A] = append(j.by[one.A], n)
		j.by[one.B] = append(j.by[one.B], n)
	}
}

// JournalEntry says what one change did to the clusters. A record that came and
// stands alone is not entered.
type JournalEntry struct {
	Seq     uint64          `json:"seq"`
	At      time.Time       `json:"at,omitzero"`
	Cause   string          `json:"cause"` // added, updated, removed, decided, rebuilt
	Record  string          `json:"record,omitempty"`
	Changes []ClusterChange `json:"changes,omitempty"`
	Note    string          `json:"note,omitempty"`
}

// keptEntries is how many of the last entries are held in memory.
const keptEntries = 10_000

// seatCluster makes room for a row, which stands in no cluster yet.
func (c *core) seatCluster(row int32) {
	for int(row) >= len(c.label) {
		c.label, c.ring = append(c.label, 0), append(c.ring, int32(len(c.ring)))
	}
}

// seatClusters takes the clusters of a batch, numbered from 0, as the first ones.
func (c *core) seatClusters(batch []int) {
	least := map[int]uint32{} // the least id of each cluster of several
	for i, k := range batch {
		id := c.idOf[searchers+i]
		if was, ok := least[k]; !ok || compareIDs(c.ids.text[id], c.ids.text[was]) < 0 {
			least[k] = id
		}
	}
	c.seatCluster(int32(c.t.n - 1))
	for i, k := range batch {
		c.enter(int32(searchers+i), least[k])
	}
}

// enter puts a row, which stands in no cluster, into one.
func (c *core) enter(row int32, label uint32) {
	for int(label) >= len(c.holder) {
		c.holder = append(c.holder, 0)
	}
	c.label[row] = label
	if h := c.holder[label]; h != 0 {
		c.ring[row], c.ring[h] = c.ring[h], row
		return
	}
	c.holder[label], c.ring[row] = row, row
	c.clustersLive++
}

// leave takes a row out of its cluster.
func (c *core) leave(row int32) {
	label := c.label[row]
	if label == 0 {
		return
	}
	before := row
	for c.ring[before] != row {
		before = c.ring[before]
	}
	next := c.ring[row]
	c.ring[before], c.ring[row], c.label[row] = next, row, 0
	switch {
	case before == row:
		c.holder[label] = 0
		c.clustersLive--
	case c.holder[label] == row:
		c.holder[label] = next
	}
}

// fellows gives the rows of a row's cluster, itself included.
func (c *core) fellows(row int32) []int32 {
	out := []int32{row}
	for at := c.ring[row]; at != row; at = c.ring[at] {
		out = append(out, at)
	}
	return out
}

// near gives the rows that a row is to be compared with, as a batch would: those
// under the keys that are not too common.
func (w *writer) near(row int32) []int32 {
	c := w.c
	w.once.list = w.once.list[:0]
	c.eachKey(row, func(p *posting, h uint64) {
		if p.narrow || p.size(h, standardLimits.block) > standardLimits.block {
			return
		}
		p.each(h, func(r int32) bool {
			if r != row && w.stands(r) {
				w.once.list = append(w.once.list, r)
			}
			return true
		})
	})
	w.once.once()
	return w.once.list
}

// stands says whether a row is one that is found, or will be with what is being
// written.
func (w *writer) stands(row int32) bool {
	if gone, staged := w.fate[row]; staged {
		return !gone
	}
	return !w.c.hidden[row]
}

// component is the records that clusters may be made of, and their pairs.
type component struct {
	rows  []int32
	in    map[int32]bool
	pairs []scored
	joins []bool
	full  bool
}

// component gathers from some rows on what pairs, old clusters and decisions
// connect.
func (w *writer) component(from []int32) *component {
	c, k := w.c, &component{in: map[int32]bool{}}
	reach := func(r int32) {
		if !k.in[r] && w.stands(r) {
			k.in[r] = true
			k.rows = append(k.rows, r)
		}
	}
	for _, r := range from {
		reach(r)
	}
	floor := min(bitsOf(c.cfg.Review), least) - 4
	join := bitsOf(c.frozen.Model.Match)
	w.compare.floor = floor - slack
	seen := map[[2]int32]bool{}
	for i := 0; i < len(k.rows); i++ {
		if len(k.rows) > maxComponent {
			k.full = true
			return k
		}
		row := k.rows[i]
		w.compare.first(row)
		for _, y := range w.near(row) {
			p, ok := w.compare.pattern(y)
			if !ok {
				continue
			}
			a, b := min(row, y), max(row, y)
			weight := c.still.weight(p, a, b, nil)
			if weight < floor || seen[[2]int32{a, b}] {
				continue
			}
			seen[[2]int32{a, b}] = true
			joins := weight >= join && c.still.apart(p) == ""
			k.pairs, k.joins = append(k.pairs, scored{a, b, p, weight}), append(k.joins, joins)
			if joins {
				reach(y)
			}
		}
		if c.label[row] != 0 {
			for _, r := range c.fellows(row) {
				reach(r)
			}
		}
		for _, n := range c.judged.by[c.idText(row)] {
			j := &c.judged.list[n]
			for _, id := range [2]string{j.A, j.B} {
				if r, ok := w.row(id); ok && j.Verdict == Same {
					reach(r)
				}
			}
		}
	}
	// Pairs with records outside say nothing of what is inside.
	n := 0
	for i, p := range k.pairs {
		if k.in[p.a] && k.in[p.b] {
			k.pairs[n], k.joins[n] = p, k.joins[i]
			n++
		}
	}
	k.pairs, k.joins = k.pairs[:n], k.joins[:n]
	slices.Sort(k.rows)
	return k
}

// constraints are the decisions that bear on a component.
func (w *writer) constraints(k *component) *Constraints {
	var places []int32
	for _, r := range k.rows {
		places = append(places, w.c.judged.by[w.c.idText(r)]...)
	}
	if len(places) == 0 {
		return nil
	}
	slices.Sort(places)
	var list []Judgement
	for _, n := range slices.Compact(places) {
		list = append(list, w.c.judged.list[n])
	}
	return NewConstraints(list, func(id string) (int, bool) {
		r, ok := w.row(id)
		return int(r), ok
	})
}

// recluster makes the clusters of what some rows touch anew and enters what that
// changed. before are the clusters as they were, of records that are gone too.
func (w *writer) recluster(cause, id string, from []int32, before []Membership) {
	c := w.c
	k := w.component(from)
	if k.full {
		w.x.mu.Lock()
		defer w.x.mu.Unlock()
		for _, r := range from {
			if c.label[r] == 0 && w.stands(r) {
				w.enter(r, w.freeLabel(c.idText(r)))
			}
		}
		w.enterJournal(JournalEntry{Cause: cause, Record: id, Note: fmt.Sprintf("more than %d records would be clustered anew: a person has to look; records without a cluster stand alone", maxComponent)})
		return
	}
	if len(k.rows) == 1 && len(before) == 0 && c.label[k.rows[0]] == 0 && len(c.judged.by[c.idText(k.rows[0])]) == 0 {
		w.x.mu.Lock()
		defer w.x.mu.Unlock()
		w.enter(k.rows[0], w.freeLabel(c.idText(k.rows[0])))
		return
	}
	for _, r := range k.rows {
		if c.label[r] != 0 {
			before = append(before, Membership{c.idText(r), c.ids.text[c.label[r]]})
		}
	}
	slices.SortFunc(before, func(x, y Membership) int { return compareIDs(x.Record, y.Record) })
	before = slices.CompactFunc(before, func(x, y Membership) bool { return x.Record == y.Record })
	people := w.constraints(k)
	now := w.group(k, people)
	old := map[string]bool{}
	for _, m := range before {
		old[m.Cluster] = true
	}
	taken := func(id string) bool {
		n, ok := c.ids.find(id)
		return ok && !old[id] && int(n) < len(c.holder) && c.holder[n] != 0
	}
	named, report, err := CarryIDs(before, now, CarryOptions{taken: taken})
	if err != nil { // a record can't stand twice here
		panic("dedupe: " + err.Error())
	}
	w.x.mu.Lock()
	defer w.x.mu.Unlock()
	for _, r := range k.rows {
		c.leave(r)
	}
	for i, m := range named {
		w.enter(k.rows[i], c.newID(m.Cluster))
	}
	e := JournalEntry{Cause: cause, Record: id}
	for _, ch := range report.Changes {
		if ch.Kind != Appeared || len(ch.After[0].Records) > 1 {
			e.Changes = append(e.Changes, ch)
		}
	}
	if people != nil && len(people.Contradictions) > 0 {
		e.Note = fmt.Sprintf("%d contradictions among decisions: their “same” is set aside until one is withdrawn", len(people.Contradictions))
	}
	if len(e.Changes) > 0 || e.Note != "" {
		w.enterJournal(e)
	}
}

// group gives the clusters of a component, by its rows in order, each named by its
// least id for now.
func (w *writer) group(k *component, people *Constraints) []Membership {
	c := w.c
	for len(c.parents) < c.t.n {
		c.parents = append(c.parents, 0)
	}
	for _, r := range k.rows {
		c.parents[r] = int(r)
	}
	slices.SortFunc(k.pairs, inOrder)
	w.rejoin(k)
	g := &grouper{t: c.t, pairs: k.pairs, joins: k.joins, joiner: people.Begin(), must: people.Groups(), w: c.still, look: c.still.looker()}
	if len(k.pairs) > 0 || len(people.Groups()) > 0 {
		all := make([]int32, len(k.pairs))
		for i := range all {
			all[i] = int32(i)
		}
		if len(all) == 1 && people == nil && !k.joins[0] {
			all = nil
		}
		if len(all) > 0 || people != nil {
			g.run(all, c.parents)
		}
	}
	least := map[int]string{}
	for _, r := range k.rows {
		id := c.idText(r)
		if was, ok := least[c.parents[r]]; !ok || compareIDs(id, was) < 0 {
			least[c.parents[r]] = id
		}
	}
	out := make([]Membership, len(k.rows))
	for i, r := range k.rows {
		out[i] = Membership{c.idText(r), least[c.parents[r]]}
	}
	return out
}

// rejoin says anew, of pairs in their order, which may join.
func (w *writer) rejoin(k *component) {
	join := bitsOf(w.c.frozen.Model.Match)
	k.joins = k.joins[:0]
	for i := range k.pairs {
		k.joins = append(k.joins, k.pairs[i].weight >= join && w.c.still.apart(k.pairs[i].p) == "")
	}
}

// freeLabel gives the id of a new cluster of one record: the record's own unless
// another cluster bears it.
func (w *writer) freeLabel(id string) uint32 {
	c := w.c
	for n, name := 2, id; ; n++ {
		l := c.newID(name)
		if int(l) >= len(c.holder) || c.holder[l] == 0 {
			return l
		}
		name = fmt.Sprintf("%s-%d", id, n)
	}
}

// ClusterOf gives the id of a record's cluster and the ids of the records in it,
// in the order of ids; "" and nothing for a record that is not there.
func (x *Index) ClusterOf(id string) (cluster string, records []string) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	row, ok := x.rowByID(id)
	if !ok {
		return "", nil
	}
	for _, r := range x.fellows(row) {
		if !x.hidden[r] {
			records = append(records, x.idText(r))
		}
	}
	slices.SortFunc(records, compareIDs)
	return x.ids.text[x.label[row]], records
}

// Clusters gives for every record its cluster, in the order of record ids.
func (x *Index) Clusters() []Membership {
	x.mu.RLock()
	defer x.mu.RUnlock()
	out := make([]Membership, 0, x.live)
	for r := searchers; r < x.t.n; r++ {
		if !x.hidden[r] {
			out = append(out, Membership{x.idText(int32(r)), x.ids.text[x.label[r]]})
		}
	}
	slices.SortFunc(out, func(a, b Membership) int { return cmp.Or(compareIDs(a.Record, b.Record)) })
	return out
}

// Journal gives what changed in the clusters after an entry, by its number, the
// oldest first: of the last 10,000 entries, which is all that is held in memory.
func (x *Index) Journal(after uint64) []JournalEntry {
	x.mu.RLock()
	defer x.mu.RUnlock()
	i, _ := slices.BinarySearchFunc(x.recent, after+1, func(e JournalEntry, s uint64) int { return cmp.Compare(e.Seq, s) })
	return slices.Clone(x.recent[i:])
}
