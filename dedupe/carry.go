package dedupe

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
)

// CarryOptions tell CarryIDs more than ids can, for better reasons in the report.
// The zero value knows nothing more.
type CarryOptions struct {
	// Changed says whether a record reads otherwise than in the run before; nil if
	// that is not known.
	Changed func(record string) bool
	// Decided says whether a person's decision since the run before names a record.
	Decided func(record string) bool

	taken func(id string) bool // ids of clusters that are not among the previous
}

// CarryIDs gives the clusters of a run the ids they had in the run before. An
// old id goes to the new cluster that shares most records with the old one, the
// largest overlap first, of equal ones that with the least record; each old id
// goes to one cluster at most. Every other cluster is new: it takes the least id
// of its records that is not an old cluster's id, else the least one with a
// number added. So an id never passes from one entity to another that has
// nothing in common with it.
//
// The result has the records of current in their order. The report says of every
// old and new cluster what became of it. The order of the rows changes neither.
// It takes n log n steps, and an error says that a record stands twice.
func CarryIDs(previous, current []Membership, o CarryOptions) ([]Membership, *ChangeReport, error) {
	if twice(previous) > 0 {
		return nil, nil, errors.New("dedupe: a record stands in the previous clusters twice")
	}
	if twice(current) > 0 {
		return nil, nil, errors.New("dedupe: a record stands in the clusters twice")
	}
	old, now := newSides(previous), newSides(current)
	links := overlaps(old, now)
	name := make([]string, len(now.members)) // by new cluster
	given := make([]bool, len(old.members))
	best := slices.Clone(links)
	slices.SortFunc(best, func(x, y overlap) int { return cmp.Or(y.records-x.records, compareIDs(x.least, y.least)) })
	for _, l := range best {
		if name[l.now] == "" && !given[l.old] {
			name[l.now], given[l.old] = old.id[l.old], true
		}
	}
	nameNew(name, old, now, o.taken)
	out := make([]Membership, len(current))
	for i, m := range current {
		out[i] = Membership{m.Record, name[now.at[m.Record]]}
	}
	return out, describeChanges(old, now, links, name, o), nil
}

// sides are the clusters of one run.
type sides struct {
	at      map[string]int32 // cluster by record
	id      []string         // by cluster
	members [][]string       // by cluster, in the order of ids
}

func newSides(list []Membership) *sides {
	s := &sides{at: make(map[string]int32, len(list))}
	by := map[string]int32{}
	for _, m := range list {
		c, ok := by[m.Cluster]
		if !ok {
			c = int32(len(s.id))
			by[m.Cluster] = c
			s.id = append(s.id, m.Cluster)
			s.members = append(s.members, nil)
		}
		s.at[m.Record] = c
		s.members[c] = append(s.members[c], m.Record)
	}
	for _, m := range s.members {
		slices.SortFunc(m, compareIDs)
	}
	return s
}

// overlap is what an old and a new cluster share.
type overlap struct {
	old, now int32
	records  int
	least    string
}

// overlaps gives what clusters share, by new cluster.
func overlaps(old, now *sides) []overlap {
	var out []overlap
	for c, members := range now.members {
		from := len(out)
		for _, r := range members {
			o, ok := old.at[r]
			if !ok {
				continue
			}
			out = append(out, overlap{o, int32(c), 1, r})
		}
		part := out[from:]
		slices.SortStableFunc(part, func(x, y overlap) int { return int(x.old - y.old) })
		k := 0
		for i := range part {
			if i > 0 && part[i].old == part[k].old {
				part[k].records++
				continue
			}
			if i > 0 {
				k++
			}
			part[k] = part[i]
		}
		if len(part) > 0 {
			out = out[:from+k+1]
		}
	}
	return out
}

// nameNew names the clusters that got no old id.
func nameNew(name []string, old, now *sides, elsewhere func(string) bool) {
	taken := make(map[string]bool, len(old.id))
	for _, id := range old.id {
		taken[id] = true
	}
	free := func(id string) bool { return !taken[id] && (elsewhere == nil || !elsewhere(id)) }
	var fresh []int
	for c := range name {
		if name[c] == "" {
			fresh = append(fresh, c)
		}
	}
	slices.SortFunc(fresh, func(a, b int) int { return compareIDs(now.members[a][0], now.members[b][0]) })
	for _, c := range fresh {
		for _, r := range now.members[c] {
			if free(r) {
				name[c] = r
				break
			}
		}
		for n := 2; name[c] == ""; n++ {
			if id := now.members[c][0] + "-" + strconv.Itoa(n); free(id) {
				name[c] = id
			}
		}
		taken[name[c]] = true
	}
}
