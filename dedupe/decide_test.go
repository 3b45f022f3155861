package dedupe

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"leds.internal/ledsq/record"
)

// TestClustersKeepToDecisions holds clusters of any weights to what people
// decided: no chain joins what they hold apart, and nothing splits what they put
// together, in whatever order the pairs come.
func TestClustersKeepToDecisions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 24).Draw(t, "n")
		tab := &table{n: n}
		for r := range n {
			tab.hash = append(tab.hash, mix(uint64(r)+1, 7))
		}
		var pairs []scored
		for a := range int32(n) {
			for b := a + 1; b < int32(n); b++ {
				if w := rapid.IntRange(-12, 14).Draw(t, "weight"); w > -8 {
					pairs = append(pairs, scored{a, b, pattern{4}, float64(w)})
				}
			}
		}
		list := drawJudgements(t, n)
		index := func(id string) (int, bool) { i, err := strconv.Atoi(id); return i, err == nil && i < n }
		c := NewConstraints(list, index)
		got := clusters(tab, pairs, 4, fixedWeigher{}, 2, &terms{people: c})
		checkDecided(t.Fatalf, c, got)
		if again := clusters(tab, pairs, 4, fixedWeigher{}, 1, &terms{people: NewConstraints(list, index)}); !slices.Equal(got, again) {
			t.Fatalf("the number of workers changes the clusters")
		}
		if plain := clusters(tab, pairs, 4, fixedWeigher{}, 1, nil); len(list) == 0 && !slices.Equal(got, plain) {
			t.Fatalf("without decisions there are other clusters")
		}
	})
}

func drawJudgements(t *rapid.T, n int) []Judgement {
	var list []Judgement
	for i := range rapid.IntRange(0, 12).Draw(t, "decisions") {
		a, b := rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b")
		if a == b {
			continue
		}
		j := Judgement{A: strconv.Itoa(a), B: strconv.Itoa(b), Verdict: rapid.SampledFrom([]Verdict{Same, NotSame, CannotTell}).Draw(t, "verdict"), Row: i + 1}
		if j.Verdict != CannotTell {
			j.Scope = rapid.SampledFrom([]string{"", "", "s"}).Draw(t, "scope")
		}
		list = append(list, j)
	}
	return list
}

// checkDecided compares clusters with what was decided of every two records.
func checkDecided(fail func(string, ...any), c *Constraints, clusters []int) {
	for a := range clusters {
		for b := range a {
			switch c.Says(a, b) {
			case Same:
				if clusters[a] != clusters[b] {
					fail("%d and %d were put together and are in two clusters", b, a)
				}
			case NotSame:
				if clusters[a] == clusters[b] {
					fail("%d and %d were held apart and are in one cluster", b, a)
				}
			}
		}
	}
	for i, x := range clusters {
		if x > i || clusters[x] != x {
			fail("cluster %d of record %d is not its least record", x, i)
		}
	}
}

// TestDecisionsInFind decides pairs of real records at random and looks at what
// becomes of them: the decisions hold, no weight changes, what was decided is
// said, and without them the result is what it was.
func TestDecisionsInFind(t *testing.T) {
	people, _ := fake1000(t)
	people = people[:120]
	at := map[string]int{}
	for i, p := range people {
		at[p.ID] = i
	}
	plain := find(t, people, Config{}, nil)
	rng := rand.New(rand.NewPCG(4, 2))
	for round := range 4 {
		var list []Judgement
		add := func(a, b int, v Verdict) {
			list = append(list, Judgement{A: people[a].ID, B: people[b].ID, Verdict: v, Reviewer: "PS 1", At: time.Unix(int64(len(list)), 0), File: "d.csv", Row: len(list) + 1})
		}
		for range 8 { // matches torn apart, and strangers joined
			p := plain.Pairs[rng.IntN(len(plain.Pairs))]
			add(p.A, p.B, NotSame)
			if a, b := rng.IntN(len(people)), rng.IntN(len(people)); a != b {
				add(a, b, Same)
			}
		}
		res := find(t, people, Config{Judgements: list}, func(f *Finder) {
			if round%2 == 1 {
				f.limits.allPairs = 100 // blocking never meets the strangers
			}
		})
		index := func(id string) (int, bool) { i, ok := at[id]; return i, ok }
		c := NewConstraints(list, index)
		checkDecided(t.Fatalf, c, res.Clusters)
		if res.Decided == nil || res.Decided.Attention() == 0 || len(res.Decided.Unresolved) > 0 {
			t.Fatalf("round %d: decisions against all evidence need no attention: %+v", round, res.Decided)
		}
		told := 0
		for i, p := range res.Pairs {
			why := res.Explain(i)
			sum := why.Prior
			for _, e := range why.Evidence {
				sum += e.Weight
			}
			if math.Abs(sum-p.Weight) > 1e-6 {
				t.Errorf("the parts of pair %d add up to %f and not to %f", i, sum, p.Weight)
			}
			says := c.Says(p.A, p.B)
			if p.Decided != (says != "") || says == Same && p.Decision != Match || says == NotSame && p.Decision != NoMatch {
				t.Errorf("people say %q of a pair that is %+v", says, p)
			}
			if strings.HasPrefix(why.Reason, "decided by a person: ") {
				told++
			}
		}
		if told == 0 {
			t.Error("no pair is said to be decided by a person")
		}
		for _, j := range list { // those on strangers are there, whatever their weight
			a, b := at[j.A], at[j.B]
			if c.Says(a, b) == Same && !slices.ContainsFunc(res.Pairs, func(p Pair) bool { return p.A == min(a, b) && p.B == max(a, b) }) {
				t.Errorf("the pair of row %d is not listed", j.Row)
			}
		}
		if round%2 == 0 {
			weight := map[[2]int]float64{}
			for _, p := range plain.Pairs {
				weight[[2]int{p.A, p.B}] = p.Weight
			}
			for _, p := range res.Pairs {
				if w, ok := weight[[2]int{p.A, p.B}]; ok && w != p.Weight {
					t.Fatalf("a decision changed a weight from %f to %f", w, p.Weight)
				}
			}
		}
	}
	again := find(t, people, Config{}, nil)
	if !slices.Equal(again.Clusters, plain.Clusters) || fmt.Sprint(again.Pairs) != fmt.Sprint(plain.Pairs) {
		t.Error("without the decisions the result is not what it was")
	}
}

// TestDecisionsAcrossFiles decides pairs of two files that use the same ids.
func TestDecisionsAcrossFiles(t *testing.T) {
	people, _ := fake1000(t)
	const n = 60
	decide := func(a, b string, v Verdict) []Judgement {
		return []Judgement{{A: a, B: b, Verdict: v, Reviewer: "PS 1", File: "d.csv", Row: 1}}
	}
	run := func(list []Judgement) *Result {
		f, err := NewFinder(record.KindPerson, Config{Judgements: list})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 * n {
			p := *people[i]
			p.ID = strconv.Itoa(i % n)
			add := f.Add
			if i >= n {
				add = f.AddRight
			}
			if err := add(&p); err != nil {
				t.Fatal(err)
			}
		}
		res, err := f.Find(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	res := run(decide("3", "7", Same))
	if res.Clusters[3] != res.Clusters[n+7] || res.Clusters[7] == res.Clusters[n+3] {
		t.Errorf("3 of the left and 7 of the right were to be one: clusters %d and %d", res.Clusters[3], res.Clusters[n+7])
	}
	if d := res.Decided; len(d.Disagreements) != 1 || d.Disagreements[0].A != "3" || d.Disagreements[0].B != "7" || d.Same != 1 {
		t.Errorf("%+v", d)
	}
	if d := run(decide("3", "nobody", Same)).Decided; len(d.Unresolved) != 1 || d.Unresolved[0].B != "nobody" {
		t.Errorf("%+v", d)
	}
}
