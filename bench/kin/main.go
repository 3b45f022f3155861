// Command kin measures the default matching of persons on a sample population,
// whose truth is known: which errors cost recall, and how many relatives,
// namesakes and other pairs easily mistaken for one are joined.
//
//	go run ./bench/kin -n 50000
//
// Records are normalised and compared as `ledsq dedupe` does, with no option.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

func main() {
	n := flag.Int("n", 50_000, "records")
	seed := flag.Uint64("seed", 7, "seed of the population")
	profile := flag.String("profile", "realistic", "profile of errors")
	why := flag.Bool("why", false, "print the evidence of the pairs of records that joined two people, and how many true pairs have the same")
	flag.Parse()
	if err := run(os.Stdout, *n, *seed, *profile, *why); err != nil {
		fmt.Fprintln(os.Stderr, "kin:", err)
		os.Exit(1)
	}
}

// population is the truth about the records, by number.
type population struct {
	entity    []string
	errors    [][]string // types, sorted, each once
	of        map[string][]int
	household map[string][]string // entities, in order of appearance
	relation  map[string]string   // of a household
}

// linkage is what was found about them.
type linkage struct {
	cluster []int
	pairs   map[[2]int]int // place in result.Pairs
	result  *dedupe.Result
}

func (l *linkage) joined(a, b int) bool { return l.cluster[a] == l.cluster[b] }

// proposed says whether a pair is joined or proposed, for a match or for review.
func (l *linkage) proposed(a, b int) bool {
	_, ok := l.pairs[[2]int{min(a, b), max(a, b)}]
	return ok || l.joined(a, b)
}

func run(w io.Writer, n int, seed uint64, profile string, why bool) error {
	p, ok := sample.ProfileByName(profile)
	if !ok {
		return fmt.Errorf("%s is no profile", profile)
	}
	f, err := dedupe.NewFinder(record.KindPerson, dedupe.Config{})
	if err != nil {
		return err
	}
	pop, err := fill(f, sample.Options{Kind: record.KindPerson, N: n, Seed: seed, Profile: p})
	if err != nil {
		return err
	}
	res, err := f.Find(context.Background())
	if err != nil {
		return err
	}
	l := &linkage{cluster: res.Clusters, pairs: make(map[[2]int]int, len(res.Pairs)), result: res}
	for i, pair := range res.Pairs {
		l.pairs[[2]int{pair.A, pair.B}] = i
	}
	if _, err := fmt.Fprintf(w, "%d records, seed %d, %s: %s\n\n", n, seed, profile, overall(pop, l)); err != nil {
		return err
	}
	if err := byError(w, pop, l); err != nil {
		return err
	}
	return byRelation(w, pop, l, why)
}

// evidence gives the levels of a pair on which it turns who two people are.
func (l *linkage) evidence(i int) string {
	out := string(l.result.Pairs[i].Decision)
	for _, e := range l.result.Explain(i).Evidence {
		switch e.Comparison {
		case "given name", "surname", "date of birth", "address":
			out += "; " + e.Level
		}
	}
	return out
}

// fill makes the population and gives its records to the finder.
func fill(f *dedupe.Finder, o sample.Options) (*population, error) {
	pop := &population{of: map[string][]int{}, household: map[string][]string{}, relation: map[string]string{}}
	err := sample.Generate(context.Background(), o, func(it sample.Item) error {
		i := len(pop.entity)
		pop.entity = append(pop.entity, it.Entity)
		var types []string
		for _, e := range it.Errors {
			types = append(types, e.Type)
		}
		slices.Sort(types)
		pop.errors = append(pop.errors, slices.Compact(types))
		if len(pop.of[it.Entity]) == 0 && it.Household != "" {
			pop.household[it.Household] = append(pop.household[it.Household], it.Entity)
			pop.relation[it.Household] = it.Relation
		}
		pop.of[it.Entity] = append(pop.of[it.Entity], i)
		normalise.Record(it.Record, normalise.Options{AsOf: sample.DefaultAsOf()})
		return f.Add(it.Record)
	})
	return pop, err
}

func overall(pop *population, l *linkage) string {
	found, whole, both := map[int]int{}, map[string]int{}, map[string]int{}
	for i, e := range pop.entity {
		found[l.cluster[i]]++
		whole[e]++
		both[fmt.Sprint(e, " ", l.cluster[i])]++
	}
	tp, p, t := pairsIn(both), pairsIn(found), pairsIn(whole)
	return fmt.Sprintf("precision %.4f, recall %.4f, F1 %.4f", tp/max(p, 1), tp/max(t, 1), 2*tp/max(p+t, 1))
}

func pairsIn[K comparable](sizes map[K]int) (sum float64) {
	for _, n := range sizes {
		sum += float64(n) * float64(n-1) / 2
	}
	return sum
}

// tally counts pairs that ought to be joined.
type tally struct{ pairs, joined, proposed, alone, aloneJoined int }

// byError prints recall by the errors that either record of a true pair has.
func byError(w io.Writer, pop *population, l *linkage) error {
	types := map[string]*tally{}
	all, none := &tally{}, &tally{}
	count := func(t *tally, a, b int, alone bool) {
		t.pairs++
		if alone {
			t.alone++
		}
		if l.joined(a, b) {
			t.joined++
			if alone {
				t.aloneJoined++
			}
		}
		if l.proposed(a, b) {
			t.proposed++
		}
	}
	for _, list := range pop.of {
		for i, b := range list {
			for _, a := range list[:i] {
				count(all, a, b, false)
				either := slices.Concat(pop.errors[a], pop.errors[b])
				slices.Sort(either)
				either = slices.Compact(either)
				if len(either) == 0 {
					count(none, a, b, true)
				}
				for _, t := range either {
					if types[t] == nil {
						types[t] = &tally{}
					}
					count(types[t], a, b, len(either) == 1)
				}
			}
		}
	}
	if _, err := fmt.Fprint(w, "| error in either record | pairs | joined | joined or proposed | alone | joined |\n|---|--:|--:|--:|--:|--:|\n"); err != nil {
		return err
	}
	names := make([]string, 0, len(types))
	for name := range types {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int {
		a, b := types[x], types[y]
		return cmp.Or(cmp.Compare(share(a.joined, a.pairs), share(b.joined, b.pairs)), cmp.Compare(x, y))
	})
	row := func(name string, t *tally) error {
		alone, joined := "–", "–"
		if t.alone > 0 {
			alone, joined = fmt.Sprint(t.alone), fmt.Sprintf("%.3f", share(t.aloneJoined, t.alone))
		}
		_, err := fmt.Fprintf(w, "| %s | %d | %.3f | %.3f | %s | %s |\n", name, t.pairs, share(t.joined, t.pairs), share(t.proposed, t.pairs), alone, joined)
		return err
	}
	for _, name := range names {
		if err := row(name, types[name]); err != nil {
			return err
		}
	}
	if err := row("none", none); err != nil {
		return err
	}
	return row("all pairs", all)
}

func share(part, of int) float64 { return float64(part) / float64(max(of, 1)) }

// kin counts pairs of people who are two.
type kin struct {
	people, joinedPeople, records, joinedRecords, proposedRecords int
	reasons                                                       map[string]int
}

// relations in the order of the tables; see sample.Item.
var relations = []string{"twins", "siblings", "namesake", "parent", "couple", "stranger"}

// byRelation prints how many pairs of people who are two ended in one cluster.
func byRelation(w io.Writer, pop *population, l *linkage, why bool) error {
	by := map[string]*kin{}
	for home, people := range pop.household {
		k := by[pop.relation[home]]
		if k == nil {
			k = &kin{reasons: map[string]int{}}
			by[pop.relation[home]] = k
		}
		for i, second := range people {
			for _, first := range people[:i] {
				k.count(pop.of[first], pop.of[second], l)
			}
		}
	}
	if _, err := fmt.Fprint(w, "\n| two people who are | pairs of people | joined | of 1,000 (95%) | pairs of records | joined | proposed for review |\n|---|--:|--:|--:|--:|--:|--:|\n"); err != nil {
		return err
	}
	for _, name := range relations {
		k := by[name]
		if k == nil {
			continue
		}
		lo, hi := wilson(k.joinedPeople, k.people)
		if _, err := fmt.Fprintf(w, "| %s | %d | %d | %.1f (%.1f to %.1f) | %d | %d | %d |\n", name, k.people, k.joinedPeople,
			1000*share(k.joinedPeople, k.people), 1000*lo, 1000*hi, k.records, k.joinedRecords, k.proposedRecords-k.joinedRecords); err != nil {
			return err
		}
	}
	if !why {
		return nil
	}
	same := map[string]int{} // true pairs, by their evidence
	for i, p := range l.result.Pairs {
		if pop.entity[p.A] == pop.entity[p.B] && l.joined(p.A, p.B) {
			same[l.evidence(i)]++
		}
	}
	if _, err := fmt.Fprint(w, "\n| two people who are | joined pairs of records | true pairs with the same evidence | evidence |\n|---|--:|--:|---|\n"); err != nil {
		return err
	}
	for _, name := range relations {
		if k := by[name]; k != nil {
			if err := k.printReasons(w, name, same); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *kin) count(first, second []int, l *linkage) {
	k.people++
	any := false
	for _, a := range first {
		for _, b := range second {
			k.records++
			if l.proposed(a, b) {
				k.proposedRecords++
			}
			if !l.joined(a, b) {
				continue
			}
			k.joinedRecords++
			any = true
			reason := "other records only"
			if i, ok := l.pairs[[2]int{min(a, b), max(a, b)}]; ok {
				reason = l.evidence(i)
			}
			k.reasons[reason]++
		}
	}
	if any {
		k.joinedPeople++
	}
}

func (k *kin) printReasons(w io.Writer, name string, same map[string]int) error {
	reasons := make([]string, 0, len(k.reasons))
	for r := range k.reasons {
		reasons = append(reasons, r)
	}
	slices.SortFunc(reasons, func(x, y string) int { return cmp.Or(cmp.Compare(k.reasons[y], k.reasons[x]), cmp.Compare(x, y)) })
	for _, r := range reasons {
		if _, err := fmt.Fprintf(w, "| %s | %d | %d | %s |\n", name, k.reasons[r], same[r], r); err != nil {
			return err
		}
	}
	return nil
}

// wilson is the 95% score interval of a proportion.
func wilson(part, of int) (lo, hi float64) {
	if of == 0 {
		return 0, 1
	}
	const z = 1.96
	n, p := float64(of), share(part, of)
	mid, half := p+z*z/(2*n), z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, (mid-half)/(1+z*z/n)), (mid + half) / (1 + z*z/n)
}
