package evaluate

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leds.internal/ledsq/dedupe"
)

// gather makes pairs of "a b weight" lines.
func gather(t testing.TB, r *Records, truth *Truth, threshold float64, csv string) *Pairs {
	p := NewPairs(r, truth, threshold, 5)
	if err := ReadPairs(strings.NewReader(csv), "p.csv", threshold, p.Add); err != nil {
		t.Fatal(err)
	}
	return p
}

func about(t testing.TB, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// TestByHand measures a case small enough to count on paper: entities {0 1 2}
// {3 4} {5}, clusters {0 1} {2 3} {4} {5}.
func TestByHand(t *testing.T) {
	r := NewRecords()
	for i := range 6 {
		r.Number(fmt.Sprint(i))
	}
	truth := ByEntity([]int32{0, 0, 0, 1, 1, 2})
	pairs := gather(t, r, truth, 0.5, "id_a,id_b,weight\n0,1,5\n2,3,4\n3,4,-1\n1,5,-2\n")
	got, err := Evaluate(Input{Records: r, Truth: truth, Pairs: pairs, Clusters: []int32{10, 10, 20, 20, 30, 40}, Worst: 5})
	if err != nil {
		t.Fatal(err)
	}
	// Of 4 true pairs (01 02 12 34) the clusters hold 1; they hold 01 and 23.
	c := got.Clusters
	about(t, "pair precision", c.Pairs.Precision.Value, 1.0/2)
	about(t, "pair recall", c.Pairs.Recall.Value, 1.0/4)
	about(t, "pair F1", c.Pairs.F1.Value, 2.0/6)
	// Exact: {5} of 4 clusters and 3 entities; of several records none.
	about(t, "exact precision", c.Exact.Precision.Value, 1.0/4)
	about(t, "exact recall", c.Exact.Recall.Value, 1.0/3)
	about(t, "exact F1", c.Exact.F1.Value, 2.0/7)
	if c.Several.True != 2 || c.Several.Found != 2 || c.Several.Both != 0 {
		t.Errorf("of several records: %+v", c.Several)
	}
	// B-cubed by record: precision 1 1 ½ ½ 1 1; recall ⅔ ⅔ ⅓ ½ ½ 1.
	about(t, "B³ precision", c.BCubed.Precision.Value, 5.0/6)
	about(t, "B³ recall", c.BCubed.Recall.Value, (2.0/3+2.0/3+1.0/3+0.5+0.5+1)/6)
	about(t, "B³ F1", c.BCubed.F1.Value, 2*(5.0/6)*(11.0/18)/(5.0/6+11.0/18))
	if len(got.WrongClusters) != 1 || strings.Join(got.WrongClusters[0].Records, "") != "23" || got.WrongClusters[0].Pairs != 1 {
		t.Errorf("wrong clusters %+v", got.WrongClusters)
	}
	if len(got.BrokenEntities) != 2 || got.BrokenEntities[0].Pairs != 2 || got.BrokenEntities[0].Parts != 2 {
		t.Errorf("broken entities %+v", got.BrokenEntities)
	}
	// By pairs the same, and 02 and 12 were never compared.
	about(t, "recall by pairs", got.Pairs.Recall.Value, 1.0/4)
	if got.NotCompared != 2 || fmt.Sprint(got.Unseen) != "[[0 2] [1 2]]" {
		t.Errorf("never compared: %d %v", got.NotCompared, got.Unseen)
	}
	if len(got.FalseMatches) != 1 || got.FalseMatches[0].A != "2" || got.FalseMatches[0].Bits != 4 {
		t.Errorf("false matches %+v", got.FalseMatches)
	}
	if len(got.Missed) != 1 || got.Missed[0].A != "3" || got.Missed[0].Bits != 1 {
		t.Errorf("missed %+v", got.Missed)
	}
	if b := got.Best; b.Weight != -1 || b.True != 2 || b.False != 1 || b.Missed != 2 {
		t.Errorf("best %+v", b)
	}
}

// TestAgainstBruteForce compares all figures with their definitions, pair by pair.
func TestAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 14).Draw(t, "n")
		r := NewRecords()
		entity, cluster := make([]int32, n), make([]int32, n)
		for i := range n {
			r.Number(fmt.Sprint(i))
			entity[i] = rapid.Int32Range(-1, 4).Draw(t, "entity")
			cluster[i] = rapid.Int32Range(-1, 4).Draw(t, "cluster")
		}
		truth := ByEntity(entity)
		pairs := NewPairs(r, truth, 0.5, 3)
		weight := map[[2]int]float64{}
		for i := range n {
			for k := range i {
				if rapid.Bool().Draw(t, "scored") {
					w := float64(rapid.IntRange(-3, 3).Draw(t, "weight"))
					weight[[2]int{k, i}] = w
					s := Scored{A: fmt.Sprint(i), B: fmt.Sprint(k), Weight: w, Probability: 1 / (1 + math.Exp2(-w))}
					if err := pairs.Add(s); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		got, err := Evaluate(Input{Records: r, Truth: truth, Pairs: pairs, Clusters: cluster, Worst: 3})
		if err != nil {
			t.Fatal(err)
		}
		var want, byCluster, byPair, both, bothPair, unseen int
		for i := range n {
			for k := range i {
				if entity[i] < 0 || entity[k] < 0 {
					continue
				}
				same := entity[i] == entity[k]
				in := cluster[i] >= 0 && cluster[i] == cluster[k]
				w, seen := weight[[2]int{k, i}]
				match := seen && w >= 0
				want += b2i(same)
				byCluster += b2i(in)
				byPair += b2i(match)
				both += b2i(in && same)
				bothPair += b2i(match && same)
				unseen += b2i(same && !seen)
			}
		}
		if c := got.Clusters.Pairs; c.True != want || c.Found != byCluster || c.Both != both {
			t.Fatalf("by cluster %+v, want %d %d %d", c, want, byCluster, both)
		}
		if p := got.Pairs; p.True != want || p.Found != byPair || p.Both != bothPair || got.NotCompared != unseen {
			t.Fatalf("by pair %+v, want %d %d %d; %d unseen, want %d", p, want, byPair, bothPair, got.NotCompared, unseen)
		}
		for _, row := range got.Thresholds {
			found, good := 0, 0
			for k, w := range weight {
				if a, b := entity[k[0]], entity[k[1]]; w >= row.Weight && a >= 0 && b >= 0 {
					found++
					good += b2i(a == b)
				}
			}
			if row.Pairs != found || row.True != good || row.Missed != want-good {
				t.Fatalf("threshold %+v, want %d of which %d", row, found, good)
			}
		}
		for _, s := range []Score{got.Pairs.Precision, got.Pairs.Recall, got.Pairs.F1, got.Clusters.BCubed.F1, got.Clusters.Exact.Recall} {
			if s.Known() && !(0 <= s.Low && s.Low <= s.Value && s.Value <= s.High && s.High <= 1) {
				t.Fatalf("interval %+v", s)
			}
		}
		precision, records := 0.0, 0
		for i := range n {
			if entity[i] < 0 {
				continue
			}
			records++
			size, good := 1, 1
			for k := range n {
				if k != i && entity[k] >= 0 && cluster[i] >= 0 && cluster[k] == cluster[i] {
					size++
					good += b2i(entity[k] == entity[i])
				}
			}
			precision += float64(good) / float64(size)
		}
		if records > 0 && math.Abs(got.Clusters.BCubed.Precision.Value-precision/float64(records)) > 1e-9 {
			t.Fatalf("B³ precision %v, want %v", got.Clusters.BCubed.Precision.Value, precision/float64(records))
		}
	})
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestLabels measures by labelled pairs only.
func TestLabels(t *testing.T) {
	r := NewRecords()
	for i := range 8 {
		r.Number(fmt.Sprint(i))
	}
	truth, err := ByLabels(8, []Label{{0, 1, true}, {3, 2, false}, {4, 5, true}, {6, 7, true}})
	if err != nil {
		t.Fatal(err)
	}
	pairs := gather(t, r, truth, 0.9, "id_a,id_b,weight,decision\n1,0,5,match\n2,3,6,match\n4,5,1,review\n0,7,9,match\n")
	got, err := Evaluate(Input{Records: r, Truth: truth, Pairs: pairs, Worst: 5})
	if err != nil {
		t.Fatal(err)
	}
	if p := got.Pairs; p.True != 3 || p.Found != 2 || p.Both != 1 || got.NotCompared != 1 || got.Labels != 4 || got.Entities != 5 {
		t.Errorf("%+v, never compared %d, %d groups", p, got.NotCompared, got.Entities)
	}
	if s := got.Stratified; s.Outside != 1 || s.Unlabeled != 1 {
		t.Errorf("stratified %+v", s)
	}
	if _, err := ByLabels(3, []Label{{0, 1, true}, {1, 0, false}}); err == nil {
		t.Error("a pair labelled twice passes")
	}
}

// TestIntervalsCover draws matchings whose errors come by the entity, so that
// pairs are far from independent, and counts how often the interval holds the
// truth. Pairs taken for independent would cover far less.
func TestIntervalsCover(t *testing.T) {
	seed := uint64(1)
	draw := func() float64 { // a generator of our own, so that the test is the same everywhere
		seed = seed*6364136223846793005 + 1442695040888963407
		return float64(seed>>11) / (1 << 53)
	}
	for _, recall := range []float64{0.6, 0.9, 0.98} {
		covered, runs := 0, 300
		for range runs {
			x, y := make([]float64, 200), make([]float64, 200)
			for u := range y {
				y[u] = []float64{0, 1, 1, 3, 10}[int(draw()*5)]
				if draw() < recall {
					x[u] = y[u]
				}
			}
			if s := ratioOf(x, y).score(z95); s.Low <= recall && recall <= s.High {
				covered++
			}
		}
		t.Logf("%v: %d of %d", recall, covered, runs)
		if covered < runs*90/100 {
			t.Errorf("recall %v lies in %d of %d intervals of 95%%", recall, covered, runs)
		}
	}
}

func TestDifference(t *testing.T) {
	d := difference(wilson(0.9, 1000, z95), wilson(0.95, 10000, z95))
	if !apart(d) || math.Abs(d.Value+0.05) > 1e-9 {
		t.Errorf("a clear gap: %+v", d)
	}
	if apart(difference(wilson(0.9, 20, z95), wilson(0.95, 20, z95))) {
		t.Error("twenty records make a gap of five in a hundred sure")
	}
	if apart(difference(none, wilson(1, 5, z95))) {
		t.Error("nothing makes a gap")
	}
}

func TestReadPairs(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"nothing", "", "p: is empty"},
		{"no ids", "a,b,weight\n", "p: pairs need the columns id_a and id_b"},
		{"no weight", "id_a,id_b\n", "p: pairs need the column weight"},
		{"no number", "id_a,id_b,weight\n1,2,Zebedee\n", "p: row 1, column weight: is not a number"},
		{"NaN", "id_a,id_b,weight\n1,2,NaN\n", "p: row 1, column weight: is missing"},
		{"infinite", "id_a,id_b,weight\n1,2,+Inf\n", "p: row 1, column weight: is no weight"},
		{"beyond", "id_a,id_b,probability\n1,2,1.5\n", "p: row 1, column probability: must lie"},
		{"unknown decision", "id_a,id_b,weight,decision\n1,2,3,Zebedee\n", "p: row 1, column decision: must be"},
		{"one record", "id_a,id_b,weight\n1,1,3\n", "p: row 1: a record is paired with itself"},
		{"no id", "id_a,id_b,weight\n1,,3\n", "p: row 1, column id_b: is empty"},
		{"not JSON", "{\"id_a\":Zebedee}\n", "p: row 1: is not a JSON object"},
		{"a short row", "id_a,id_b,weight\n1,2\n", "p: row 1: line 2 is not CSV"},
	} {
		err := ReadPairs(strings.NewReader(c.in), "p", 0, NewPairs(NewRecords(), nil, 0, 0).Add)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "Zebedee") {
			t.Errorf("%s: %v, want %q", c.why, err, c.want)
		}
	}
	var got []Scored
	in := "\ufeff{\"id_a\":\"1\",\"id_b\":\"2\",\"probability\":0.5}\n\n{\"id_a\":\"3\",\"id_b\":\"4\",\"weight\":4,\"evidence\":[{\"comparison\":\"surname\",\"level\":\"differs\",\"weight\":-2}]}\n"
	if err := ReadPairs(strings.NewReader(in), "p", 0, func(s Scored) error { got = append(got, s); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Weight != 0 || got[0].Decision != dedupe.Review || got[1].Decision != dedupe.Match || len(got[1].Evidence) == 0 {
		t.Errorf("%+v", got)
	}
}

func TestPairsTwice(t *testing.T) {
	r := NewRecords()
	p := gather(t, r, nil, 0, "id_a,id_b,weight\n1,2,3\n2,1,3\n")
	if _, err := Evaluate(Input{Records: r, Pairs: p}); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("a pair that stands twice: %v", err)
	}
}

// TestWorstAreTheWorst compares the heap with sorting everything.
func TestWorstAreTheWorst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worst{most: rapid.IntRange(0, 5).Draw(t, "most"), sign: rapid.SampledFrom([]float64{1, -1}).Draw(t, "sign")}
		var all []float64
		for i := range rapid.IntRange(0, 20).Draw(t, "n") {
			x := float64(rapid.IntRange(-5, 5).Draw(t, "w"))
			all = append(all, x*-w.sign)
			w.offer(0, 1, Scored{A: fmt.Sprint(i), B: "x", Weight: x})
		}
		slices.Sort(all)
		got := w.list()
		if len(got) != min(len(all), w.most) {
			t.Fatalf("%d kept of %d", len(got), len(all))
		}
		for i, e := range got {
			if e.Weight*-w.sign != all[i] {
				t.Fatalf("place %d has %v, want %v", i, e.Weight, all[i]*-w.sign)
			}
		}
	})
}
