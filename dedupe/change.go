package dedupe

import (
	"cmp"
	"fmt"
	"slices"
)

// ChangeKind says what became of clusters from one run to the next.
type ChangeKind string

// The kinds of change. A change is about clusters that share records, directly or
// by others, and about nothing else.
const (
	Unchanged ChangeKind = "unchanged" // one cluster, the same records
	Grew      ChangeKind = "grew"      // one cluster; records were added to it
	Shrank    ChangeKind = "shrank"    // one cluster; records of it are gone from the file
	Replaced  ChangeKind = "replaced"  // one cluster; both
	Joined    ChangeKind = "joined"    // several clusters became one
	Split     ChangeKind = "split"     // one cluster became several
	Moved     ChangeKind = "moved"     // records moved between several clusters
	Appeared  ChangeKind = "appeared"  // a cluster of new records only
	Vanished  ChangeKind = "vanished"  // a cluster whose records are all gone
)

// ChangeKinds gives the kinds in the order of a report.
func ChangeKinds() []ChangeKind {
	return []ChangeKind{Joined, Split, Moved, Grew, Shrank, Replaced, Appeared, Vanished, Unchanged}
}

// ClusterState is a cluster in one of two runs.
type ClusterState struct {
	ID      string   `json:"id"`
	Records []string `json:"records"`
}

// ClusterMove is a record that was in both runs and is now under another id.
type ClusterMove struct {
	Record string `json:"record"`
	From   string `json:"from"`
	To     string `json:"to"`
}

// ClusterChange says what became of clusters that belong together.
type ClusterChange struct {
	Kind    ChangeKind     `json:"kind"`
	Before  []ClusterState `json:"before,omitempty"`
	After   []ClusterState `json:"after,omitempty"`
	Added   []string       `json:"added,omitempty"`   // records of After that were in no cluster before
	Removed []string       `json:"removed,omitempty"` // records of Before that are in none now
	Moves   []ClusterMove  `json:"moves,omitempty"`
	Why     string         `json:"why"`
}

// ChangeReport says what changed between two runs.
type ChangeReport struct {
	Records  int                `json:"records"` // in the run now
	Added    int                `json:"added"`   // records not in the run before
	Removed  int                `json:"removed"` // records only in the run before
	Moved    int                `json:"moved"`   // records in both under another id
	Clusters int                `json:"clusters"`
	KeptIDs  int                `json:"keptIds"` // clusters now that bear an old id
	Counts   map[ChangeKind]int `json:"counts"`
	Changes  []ClusterChange    `json:"changes"` // all but the unchanged, by kind, then by the least record
}

// describeChanges finds the clusters that belong together and says what became
// of them.
func describeChanges(old, now *sides, links []overlap, name []string, o CarryOptions) *ChangeReport {
	r := &ChangeReport{Records: len(now.at), Clusters: len(name), Counts: map[ChangeKind]int{}, Changes: []ClusterChange{}}
	n := len(old.members)
	parent := make([]int32, n+len(name))
	for i := range parent {
		parent[i] = int32(i)
	}
	find := func(x int32) int32 {
		for parent[x] != x {
			parent[x] = parent[parent[x]]
			x = parent[x]
		}
		return x
	}
	for _, l := range links {
		a, b := find(l.old), find(l.now+int32(n))
		parent[max(a, b)] = min(a, b)
	}
	order := make([]int32, len(parent))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(int(find(a)-find(b)), int(a-b)) })
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && find(order[to]) == find(order[from]) {
			to++
		}
		var c ClusterChange
		for _, x := range order[from:to] {
			if int(x) < n {
				c.Before = append(c.Before, ClusterState{old.id[x], old.members[x]})
			} else {
				c.After = append(c.After, ClusterState{name[int(x)-n], now.members[int(x)-n]})
			}
		}
		from = to
		c.settle(old, now, name)
		r.Added += len(c.Added)
		r.Removed += len(c.Removed)
		r.Moved += len(c.Moves)
		r.Counts[c.Kind]++
		for _, a := range c.After {
			if slices.ContainsFunc(c.Before, func(b ClusterState) bool { return b.ID == a.ID }) {
				r.KeptIDs++
			}
		}
		if c.Kind != Unchanged {
			c.Why = c.why(o)
			r.Changes = append(r.Changes, c)
		}
	}
	kinds := ChangeKinds()
	slices.SortFunc(r.Changes, func(x, y ClusterChange) int {
		return cmp.Or(slices.Index(kinds, x.Kind)-slices.Index(kinds, y.Kind), compareIDs(x.least(), y.least()))
	})
	return r
}

// settle finds what was added, removed and moved, and which kind of change it is.
func (c *ClusterChange) settle(old, now *sides, name []string) {
	byID := func(a, b ClusterState) int { return compareIDs(a.Records[0], b.Records[0]) }
	slices.SortFunc(c.Before, byID)
	slices.SortFunc(c.After, byID)
	for _, b := range c.Before {
		for _, rec := range b.Records {
			to, there := now.at[rec]
			switch {
			case !there:
				c.Removed = append(c.Removed, rec)
			case name[to] != b.ID:
				c.Moves = append(c.Moves, ClusterMove{rec, b.ID, name[to]})
			}
		}
	}
	for _, a := range c.After {
		for _, rec := range a.Records {
			if _, there := old.at[rec]; !there {
				c.Added = append(c.Added, rec)
			}
		}
	}
	switch before, after := len(c.Before), len(c.After); {
	case before == 0:
		c.Kind = Appeared
	case after == 0:
		c.Kind = Vanished
	case before > 1 && after > 1:
		c.Kind = Moved
	case before > 1:
		c.Kind = Joined
	case after > 1:
		c.Kind = Split
	case len(c.Added) > 0 && len(c.Removed) > 0:
		c.Kind = Replaced
	case len(c.Added) > 0:
		c.Kind = Grew
	case len(c.Removed) > 0:
		c.Kind = Shrank
	default:
		c.Kind = Unchanged
	}
}

func (c *ClusterChange) least() string {
	if len(c.After) > 0 {
		return c.After[0].Records[0]
	}
	return c.Before[0].Records[0]
}

// why says what else happened to the records, which is all that ids can tell of
// the cause.
func (c *ClusterChange) why(o CarryOptions) string {
	changed, decided := 0, 0
	for _, a := range c.After {
		for _, rec := range a.Records {
			if o.Changed != nil && o.Changed(rec) {
				changed++
			}
			if o.Decided != nil && o.Decided(rec) {
				decided++
			}
		}
	}
	var said string
	say := func(n int, one, many string) {
		switch {
		case n == 0:
			return
		case said != "":
			said += "; "
		}
		if n == 1 {
			said += "1 record " + one
		} else {
			said += fmt.Sprintf("%d records %s", n, many)
		}
	}
	say(len(c.Added), "was added", "were added")
	say(len(c.Removed), "was removed", "were removed")
	say(changed, "changed", "changed")
	say(decided, "is named by a decision", "are named by decisions")
	switch {
	case said != "":
		return said
	case o.Changed != nil:
		return "no record of these was added, removed or changed: weights, decisions or settings were"
	}
	return "no record of these was added or removed: their contents, weights, decisions or settings changed"
}
