package dedupe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Contradiction is a set of decisions that cannot all be right: a chain of
// "same" leads from A to B, and A and B are held apart.
type Contradiction struct {
	A, B    string
	Chain   []Judgement // the "same" decisions that lead from A to B, the shortest way
	Against []Judgement // what holds them apart: the decision on the pair, or those of a scope
	Scope   string      // "" when it is the decision on the pair
}

// String names the rows, not the records.
func (c Contradiction) String() string {
	apart := "that they are not"
	if c.Scope != "" {
		apart = "by their scope that they are not"
	}
	return fmt.Sprintf("%s: by these decisions two records are one; %s: %s. Until one of them is withdrawn, no “same” of these records is applied",
		decisionRows(c.Chain), decisionRows(c.Against), apart)
}

// decisionRows says where decisions stand.
func decisionRows(list []Judgement) string {
	const most = 8
	var parts []string
	for i, j := range list {
		if i == most {
			parts = append(parts, fmt.Sprintf("%d more", len(list)-most))
			break
		}
		parts = append(parts, fmt.Sprintf("%s row %d", j.File, j.Row))
	}
	return strings.Join(parts, ", ")
}

// maxContradictions is how many contradictions are told of one group of records:
// whoever settles the first ones will run again.
const maxContradictions = 10

// findContradictions finds the groups that "same" joins and that are held apart
// within, by their roots, and writes down what stands against what.
func (c *Constraints) findContradictions(must *union) map[int32]int {
	bad := map[int32]int{}
	report := func(a, b int32, against []Judgement, scope string) {
		if root := must.find(a); bad[root] < maxContradictions {
			bad[root]++
			c.Contradictions = append(c.Contradictions, Contradiction{c.ids[a], c.ids[b], c.chain(a, b), against, scope})
		}
	}
	scopes := map[string][]resolved{}
	var order []string
	for _, r := range c.resolved {
		if r.j.Verdict == NotSame && must.find(r.a) == must.find(r.b) {
			report(r.a, r.b, []Judgement{*r.j}, "")
		}
		if r.j.Scope != "" {
			if scopes[r.j.Scope] == nil {
				order = append(order, r.j.Scope)
			}
			scopes[r.j.Scope] = append(scopes[r.j.Scope], r)
		}
	}
	for _, scope := range order {
		first := map[int32]int32{} // by group, a record of it that the scope names
		for _, r := range scopes[scope] {
			for _, k := range [2]int32{r.a, r.b} {
				g := must.find(k)
				if _, ok := first[g]; !ok {
					first[g] = k
				}
				if bad[g] == 0 && c.differ(first[g], k) {
					report(first[g], k, naming(scopes[scope], first[g], k), scope)
				}
			}
		}
	}
	return bad
}

// differ says whether two nodes bear different markers in one scope.
func (c *Constraints) differ(a, b int32) bool {
	for scope, m := range c.markers[a] {
		if o, ok := c.markers[b][scope]; ok && o != m {
			return true
		}
	}
	return false
}

// naming are the decisions that name one of two records.
func naming(list []resolved, a, b int32) []Judgement {
	var out []Judgement
	for _, r := range list {
		if r.a == a || r.b == a || r.a == b || r.b == b {
			out = append(out, *r.j)
		}
	}
	return out
}

// chain finds the shortest way by "same" from a to b, of equal ones always the
// same.
func (c *Constraints) chain(a, b int32) []Judgement {
	if c.same == nil {
		c.same = map[int32][]int{}
		for i, r := range c.resolved {
			if r.j.Verdict == Same {
				c.same[r.a] = append(c.same[r.a], i)
				c.same[r.b] = append(c.same[r.b], i)
			}
		}
	}
	by := map[int32]int{a: -1} // the decision that led to a node
	for todo := []int32{a}; len(todo) > 0; todo = todo[1:] {
		if _, there := by[b]; there {
			break
		}
		for _, i := range c.same[todo[0]] {
			to := c.resolved[i].a + c.resolved[i].b - todo[0]
			if _, known := by[to]; !known {
				by[to] = i
				todo = append(todo, to)
			}
		}
	}
	var out []Judgement
	for at := b; at != a; {
		i, ok := by[at]
		if !ok {
			return nil // they are not joined
		}
		out = append(out, *c.resolved[i].j)
		at = c.resolved[i].a + c.resolved[i].b - at
	}
	slices.Reverse(out)
	return out
}

// Disagreement is a decision that the evidence speaks against. The decision
// stands; somebody should look again.
type Disagreement struct {
	Judgement
	Seen        bool    // whether the pair was compared and is in the list given
	Weight      float64 // bits, 0 unless seen
	Probability float64 // of a match, 0 unless seen
}

// Disagreements gives the standing decisions that pairs speak against, the
// starkest first: "not-same" at or above the probability match, "same" below
// review or not among the pairs at all. pairs is ordered by A, then B, as Find
// gives it.
func (c *Constraints) Disagreements(pairs []Pair, match, review float64) []Disagreement {
	if c == nil {
		return nil
	}
	var out []Disagreement
	for _, r := range c.resolved {
		a, b := c.records[r.a], c.records[r.b]
		want := [2]int{min(a, b), max(a, b)}
		i, seen := slices.BinarySearchFunc(pairs, want, func(p Pair, w [2]int) int { return cmp.Or(p.A-w[0], p.B-w[1]) })
		d := Disagreement{Judgement: *r.j, Seen: seen}
		if seen {
			d.Weight, d.Probability = pairs[i].Weight, pairs[i].Probability
		}
		if r.j.Verdict == NotSame && seen && d.Probability >= match || r.j.Verdict == Same && d.Probability < review {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(x, y Disagreement) int { return cmp.Compare(y.starkness(), x.starkness()) })
	return out
}

// starkness is how far the evidence lies on the other side.
func (d *Disagreement) starkness() float64 {
	if d.Verdict == NotSame {
		return d.Probability
	}
	return 1 - d.Probability
}
