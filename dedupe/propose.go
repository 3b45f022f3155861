package dedupe

import (
	"cmp"
	"slices"
)

// found is what explains the pairs of a result: kept compact, since few of many
// pairs are ever looked at.
type found struct {
	s     *scorer
	pairs []scored
	why   []string // by pair: why it was not joined though its weight would do, or that people decided it; "" for others
}

// propose writes the pairs of at least review bits into the result, and of the
// others those that people decided are one.
func (s *scorer) propose(res *Result, pairs []scored, join, review float64, terms *terms) {
	f := &found{s: s}
	n := 0
	for i := range pairs {
		if pairs[i].weight >= review {
			n++
		}
	}
	res.Pairs, f.pairs, f.why = make([]Pair, 0, n), make([]scored, 0, n), make([]string, 0, n)
	type kind struct {
		p        pattern
		decision Decision
		why      string
		rivals   bool
	}
	type some struct{ first, n int }
	kept := terms.keptApart(res.Clusters)
	kinds := map[kind]*some{} // pairs with one reason, and one of them
	rivals := s.rivals(pairs, review)
	for i, x := range pairs {
		says, said := terms.says(x.a, x.b)
		if x.weight < review && says != Same {
			continue
		}
		apart := s.apart(x.p)
		p := Pair{A: int(x.a), B: int(x.b), Weight: x.weight, Probability: s.probability(x.weight), Decision: Review, Twins: apart == mayBeTwins}
		why := ""
		switch {
		case says != "":
			p.Decision, p.Decided, why = says.decision(), true, said
		case x.weight < join:
		case res.Clusters[x.a] == res.Clusters[x.b]:
			p.Decision = Match
		case apart != "":
			why = apart
		case kept[[2]int{min(res.Clusters[x.a], res.Clusters[x.b]), max(res.Clusters[x.a], res.Clusters[x.b])}]:
			why = "people decided that records of the two clusters are not the same"
		case terms.counts():
			why = "one of the two belongs with a record that allows no other, or other records of the two clusters disagree"
		default: // the two agree, but the records each belongs with do not
			why = "other records of the two clusters disagree"
		}
		k := kind{x.p, p.Decision, why, rivals[i] || x.weight < review && s.mayBeRivals(x.p, x.a, x.b)}
		if kinds[k] == nil {
			kinds[k] = &some{first: len(res.Pairs)}
		}
		kinds[k].n++
		res.Pairs, f.pairs, f.why = append(res.Pairs, p), append(f.pairs, x), append(f.why, why)
	}
	res.found = f
	type said struct {
		decision Decision
		reason   string
	}
	sums := map[said]int{}
	for k, one := range kinds {
		sums[said{k.decision, f.because(one.first, &res.Pairs[one.first], appendLevel).Reason}] += one.n
	}
	for k, n := range sums {
		res.Reasons = append(res.Reasons, ReasonCount{k.decision, k.reason, n})
	}
	slices.SortFunc(res.Reasons, func(a, b ReasonCount) int {
		return cmp.Or(b.Pairs-a.Pairs, cmp.Compare(a.Decision, b.Decision), cmp.Compare(a.Reason, b.Reason))
	})
}

// rivals says of pairs of at least some bits whether they may be rivals.
func (s *scorer) rivals(pairs []scored, least float64) []bool {
	out := make([]bool, len(pairs))
	s.eachBatch(pairs, func(from int, some []scored) {
		for i := range some {
			p := &some[i]
			out[from+i] = p.weight >= least && s.mayBeRivals(p.p, p.a, p.b)
		}
	})
	return out
}

func (f *found) explain(i int, p *Pair) Explanation { return f.because(i, p, appendSaid) }

// because explains a pair, each part as say says it.
func (f *found) because(i int, p *Pair, say func([]byte, *Evidence) []byte) Explanation {
	e := Explanation{Prior: f.s.prior}
	x, d := &f.pairs[i], p.Decision
	f.s.weight(x.p, x.a, x.b, func(one addend) { e.Evidence = append(e.Evidence, f.s.evidence(one, x.p, x.a, x.b)) })
	// A pair that was not joined was a match by its own evidence.
	if f.why[i] != "" {
		d = Match
	}
	e.Reason = reason(e.Evidence, d, say)
	switch {
	case p.Decided: // the first thing to know
		e.Reason = f.why[i] + "; by its records: " + e.Reason
	case f.why[i] != "":
		e.Reason += "; " + f.why[i]
	}
	return e
}
