package dedupe

import (
	"cmp"
	"slices"
)

// Decided says what people's decisions came to in a run.
type Decided struct {
	Same, NotSame  int // decisions that stand and were applied
	CannotTell     int // that stand and bind nobody
	Superseded     int // by later ones
	Beyond         int // pairs that people decided are one, though they fell short of clerical review
	Contradictions []Contradiction
	Unresolved     []Judgement // on records that are not there
	Disagreements  []Disagreement
}

// Attention is how many things need a person: decisions that contradict each
// other, and those that the evidence speaks against.
func (d *Decided) Attention() int {
	if d == nil {
		return 0
	}
	return len(d.Contradictions) + len(d.Disagreements)
}

// Sides of a linked pair of files, put before ids that both may have.
const (
	leftMark  = "<"
	rightMark = ">"
)

// namedBy gives a place for the number of each record that a decision names.
func namedBy(list []Judgement) map[string]*[2]int32 {
	out := map[string]*[2]int32{}
	for _, j := range list {
		for _, id := range [2]string{j.A, j.B} {
			if out[id] == nil {
				out[id] = &[2]int32{}
			}
		}
	}
	return out
}

// name notes the number of a record that a decision names: n counts it already.
// Of several with one id the first is meant.
func (row *Row) name(n int, right bool) {
	if row.named == nil {
		return
	}
	side := &row.named[0]
	if right {
		side = &row.named[1]
	}
	if *side == 0 {
		*side = int32(n)
	}
}

// terms adds the decisions to what else holds; without any it gives that.
func (f *Finder) terms(others *terms) *terms {
	if len(f.cfg.Judgements) == 0 {
		return others
	}
	list := f.cfg.Judgements
	if f.t.right != nil {
		list = f.sided(list)
	}
	c := NewConstraints(list, f.index)
	for i := range c.Contradictions {
		one := &c.Contradictions[i]
		one.A, one.B = unsided(one.A, f.t.right != nil), unsided(one.B, f.t.right != nil)
		f.unside(one.Chain)
		f.unside(one.Against)
	}
	f.unside(c.Unresolved)
	out := &terms{people: c}
	if others != nil {
		out.most, out.source = others.most, others.source
	}
	return out
}

// index gives the number of a record that a decision names.
func (f *Finder) index(id string) (int, bool) {
	side := 0
	if f.t.right != nil {
		if id[:1] == rightMark {
			side = 1
		}
		id = id[1:]
	}
	at := f.named[id]
	if at == nil || at[side] == 0 {
		return 0, false
	}
	return int(at[side]) - 1, true
}

// sided marks the ids of decisions with the file they are meant in, since two
// files may use one id for two records: the first of a pair is of the left file
// and the second of the right, else the other way round, else both are of one.
func (f *Finder) sided(list []Judgement) []Judgement {
	out := slices.Clone(list)
	for i := range out {
		j := &out[i]
		a, b := f.named[j.A], f.named[j.B]
		switch {
		case a[0] != 0 && b[1] != 0:
			j.A, j.B = leftMark+j.A, rightMark+j.B
		case a[1] != 0 && b[0] != 0:
			j.A, j.B = rightMark+j.A, leftMark+j.B
		case a[1] != 0 && b[1] != 0:
			j.A, j.B = rightMark+j.A, rightMark+j.B
		default:
			j.A, j.B = leftMark+j.A, leftMark+j.B
		}
	}
	return out
}

func unsided(id string, linked bool) string {
	if linked {
		return id[1:]
	}
	return id
}

func (f *Finder) unside(list []Judgement) {
	for i := range list {
		list[i].A, list[i].B = unsided(list[i].A, f.t.right != nil), unsided(list[i].B, f.t.right != nil)
	}
}

// withDecided adds the pairs that people decided are one and that are not there,
// weighed like the others.
func (s *scorer) withDecided(pairs []scored, people *Constraints) []scored {
	if people == nil {
		return pairs
	}
	var added []scored
	look := s.looker()
	for _, r := range people.resolved {
		if r.j.Verdict != Same {
			continue
		}
		a, b := int32(people.records[r.a]), int32(people.records[r.b])
		x := scored{a: min(a, b), b: max(a, b)}
		if _, there := slices.BinarySearchFunc(pairs, x, inOrder); there {
			continue
		}
		x.weight, x.p = look(x.a, x.b)
		added = append(added, x)
	}
	if len(added) == 0 {
		return pairs
	}
	out := append(slices.Clone(pairs), added...)
	slices.SortFunc(out, inOrder)
	return slices.CompactFunc(out, func(x, y scored) bool { return x.a == y.a && x.b == y.b })
}

// says gives what people decided of two records, and in words how.
func (t *terms) says(a, b int32) (Verdict, string) {
	if t == nil || t.people == nil {
		return "", ""
	}
	v := t.people.Says(int(a), int(b))
	switch {
	case v == "":
		return "", ""
	case t.people.direct(int(a), int(b)):
		return v, "decided by a person: " + v.words()
	}
	return v, "follows from people's decisions: " + v.words()
}

// keptApart are the clusters that people hold apart by a decision on records of
// both, the lesser first.
func (t *terms) keptApart(cluster []int) map[[2]int]bool {
	if t == nil || t.people == nil {
		return nil
	}
	out := map[[2]int]bool{}
	for _, f := range t.people.forbid {
		a, b := cluster[t.people.records[f[0]]], cluster[t.people.records[f[1]]]
		out[[2]int{min(a, b), max(a, b)}] = true
	}
	return out
}

func (v Verdict) words() string {
	if v == Same {
		return "the same"
	}
	return "not the same"
}

func (v Verdict) decision() Decision {
	if v == Same {
		return Match
	}
	return NoMatch
}

// direct says whether a decision that stands names both records.
func (c *Constraints) direct(a, b int) bool {
	x, okX := c.node[a]
	y, okY := c.node[b]
	if !okX || !okY {
		return false
	}
	if c.pairs == nil {
		c.pairs = map[[2]int32]bool{}
		for _, r := range c.resolved {
			c.pairs[[2]int32{min(r.a, r.b), max(r.a, r.b)}] = true
		}
	}
	return c.pairs[[2]int32{min(x, y), max(x, y)}]
}

// decided sums up what the decisions came to.
func (f *Finder) decided(t *terms, res *Result) *Decided {
	if t == nil || t.people == nil {
		return nil
	}
	c := t.people
	d := &Decided{Contradictions: c.Contradictions, Unresolved: c.Unresolved}
	standing, superseded := Standing(f.cfg.Judgements)
	d.Superseded = len(superseded)
	for _, j := range standing {
		if j.Verdict == CannotTell {
			d.CannotTell++
		}
	}
	for _, r := range c.resolved {
		a, b := c.records[r.a], c.records[r.b]
		switch {
		case r.j.Verdict == NotSame:
			d.NotSame++
		case c.Group(a) == c.Group(b):
			d.Same++
		}
	}
	pairs := res.Pairs
	for i := range pairs {
		if pairs[i].Decided && pairs[i].Decision == Match && pairs[i].Probability < f.cfg.Review {
			d.Beyond++
		}
	}
	d.Disagreements = c.Disagreements(pairs, res.Model.Match, f.cfg.Review)
	for i := range d.Disagreements {
		j := &d.Disagreements[i].Judgement
		j.A, j.B = unsided(j.A, f.t.right != nil), unsided(j.B, f.t.right != nil)
	}
	slices.SortStableFunc(d.Unresolved, func(x, y Judgement) int { return cmp.Or(cmp.Compare(x.File, y.File), x.Row-y.Row) })
	return d
}
