package evaluate

import (
	"cmp"
	"slices"
)

// counts holds for each record how many pairs it is in: true ones, those found,
// those that are both, and true ones that were never compared. A pair counts for
// both its records, so that sums over all of them are twice the pairs.
type counts struct {
	truth, found, both []int32
	unseen             []int32 // nil where it is not known what was compared
}

func newCounts(n int) *counts {
	return &counts{truth: make([]int32, n), found: make([]int32, n), both: make([]int32, n)}
}

func add(list []int32, a, b int32) { list[a]++; list[b]++ }

// countPairs counts the pairs proposed as matches. pairs are in order of their keys.
func countPairs(t *Truth, n int, pairs []Pair) *counts {
	c := newCounts(n)
	c.unseen = make([]int32, n)
	if t.labels != nil {
		i := 0
		for _, l := range t.labels {
			k := key(l.A, l.B)
			for i < len(pairs) && key(pairs[i].A, pairs[i].B) < k {
				i++
			}
			seen := i < len(pairs) && key(pairs[i].A, pairs[i].B) == k
			c.label(l, seen && pairs[i].Match)
			if l.Same && !seen {
				add(c.unseen, l.A, l.B)
			}
		}
		return c
	}
	sizes := t.sizes()
	for i, u := range t.unit {
		if u >= 0 {
			c.truth[i] = sizes[u] - 1
			c.unseen[i] = sizes[u] - 1
		}
	}
	for _, p := range pairs {
		same, known := t.Same(p.A, p.B)
		if !known {
			continue
		}
		if same {
			c.unseen[p.A]--
			c.unseen[p.B]--
		}
		if p.Match {
			add(c.found, p.A, p.B)
			if same {
				add(c.both, p.A, p.B)
			}
		}
	}
	return c
}

func (c *counts) label(l Label, found bool) {
	if l.Same {
		add(c.truth, l.A, l.B)
	}
	if found {
		add(c.found, l.A, l.B)
		if l.Same {
			add(c.both, l.A, l.B)
		}
	}
}

// cell is a cluster's share of an entity: the records they have in common.
type cell struct {
	cluster, unit int32
	records       []int32
}

// cells gives what clusters and entities have in common, by cluster. Records of
// which nothing is known are left out; those in no cluster stand alone.
func cells(t *Truth, clusters []int32) []cell {
	order := make([]int32, 0, t.known)
	for i, u := range t.unit {
		if u >= 0 {
			order = append(order, int32(i))
		}
	}
	of := func(i int32) int32 {
		if int(i) < len(clusters) && clusters[i] >= 0 {
			return clusters[i]
		}
		return -1 - i // alone
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(of(a), of(b)), cmp.Compare(t.unit[a], t.unit[b]), cmp.Compare(a, b))
	})
	var out []cell
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && of(order[to]) == of(order[from]) && t.unit[order[to]] == t.unit[order[from]] {
			to++
		}
		out = append(out, cell{of(order[from]), t.unit[order[from]], order[from:to]})
		from = to
	}
	return out
}

// eachCluster visits the cells of each cluster with its number of records.
func eachCluster(list []cell, visit func(of []cell, size int)) {
	for from := 0; from < len(list); {
		to, size := from, 0
		for to < len(list) && list[to].cluster == list[from].cluster {
			size += len(list[to].records)
			to++
		}
		visit(list[from:to], size)
		from = to
	}
}

// countClusters counts the pairs that share a cluster.
func countClusters(t *Truth, n int, clusters []int32) *counts {
	c := newCounts(n)
	if t.labels != nil {
		for _, l := range t.labels {
			c.label(l, clusters[l.A] >= 0 && clusters[l.A] == clusters[l.B])
		}
		return c
	}
	sizes := t.sizes()
	eachCluster(cells(t, clusters), func(of []cell, size int) {
		for _, x := range of {
			for _, i := range x.records {
				c.truth[i] = sizes[x.unit] - 1
				c.found[i] = int32(size) - 1
				c.both[i] = int32(len(x.records)) - 1
			}
		}
	})
	return c
}

// scores measures pairs from counts, over records for which in holds.
func (c *counts) scores(t *Truth, in func(record int) bool, z float64) PairScores {
	p, r, f := c.ratios(t, in)
	return PairScores{Precision: p.score(z), Recall: r.score(z), F1: f.score(z)}
}

func (c *counts) ratios(t *Truth, in func(record int) bool) (precision, recall, f1 ratio) {
	truth, found, both := make([]float64, t.units), make([]float64, t.units), make([]float64, t.units)
	for i, u := range t.unit {
		if u >= 0 && in(i) {
			truth[u] += float64(c.truth[i])
			found[u] += float64(c.found[i])
			both[u] += float64(c.both[i])
		}
	}
	precision, recall = ratioOf(both, found), ratioOf(both, truth)
	for u := range both {
		truth[u] += found[u]
		both[u] *= 2
	}
	return precision, recall, ratioOf(both, truth)
}

func everyRecord(int) bool { return true }

// total gives the number of pairs.
func total(list []int32) int {
	sum := int64(0)
	for _, n := range list {
		sum += int64(n)
	}
	return int(sum / 2)
}
