package dedupe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"leds.internal/ledsq/record"
)

// finderOf gives a finder of persons as they are.
func finderOf(t *testing.T, people []*record.Person) *Finder {
	f, err := NewFinder(record.KindPerson, Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if err := f.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func trained(t *testing.T, people []*record.Person, labels *Labels) (*ModelFile, *Result) {
	f := finderOf(t, people)
	if labels != nil {
		if err := f.Teach(*labels); err != nil {
			t.Fatal(err)
		}
	}
	res, err := f.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return f.Keep(res, "2026-11-23"), res
}

// TestModelElsewhere trains on one half of a set and uses the model, through its
// file, on the other.
func TestModelElsewhere(t *testing.T) {
	people, entity := fake1000(t)
	m, _ := trained(t, people[:500], nil)
	var file bytes.Buffer
	if err := m.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := ReadModel(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var twice bytes.Buffer
	if err := again.Write(&twice); err != nil || twice.String() != file.String() {
		t.Errorf("a model read and written is another: %v", err)
	}
	res := find(t, people[500:], Config{Model: again}, nil)
	_, _, f1 := pairF1(res.Clusters, entity[500:])
	own := find(t, people[500:], Config{}, nil)
	_, _, ownF1 := pairF1(own.Clusters, entity[500:])
	t.Logf("F1 %.3f with the model of the other half, %.3f with one of its own", f1, ownF1)
	if f1 < ownF1-0.03 {
		t.Errorf("F1 %.3f with the model of the other half, %.3f with one of its own", f1, ownF1)
	}
	for _, c := range res.Model.Comparisons {
		for l, lv := range c.Levels {
			if want := m.find(c.Name).Levels[l]; lv != want {
				t.Fatalf("%s, %s: %+v is used for %+v", c.Name, lv.Name, lv, want)
			}
		}
	}
	for i, p := range res.Pairs {
		why := res.Explain(i)
		sum := why.Prior
		for _, e := range why.Evidence {
			sum += e.Weight
		}
		if math.Abs(sum-p.Weight) > 1e-6 {
			t.Fatalf("the parts add up to %f, the weight is %f", sum, p.Weight)
		}
	}
}

func TestReadModel(t *testing.T) {
	people, _ := fake1000(t)
	m, _ := trained(t, people[:100], nil)
	change := func(f func(m map[string]any)) string {
		text, _ := json.Marshal(m)
		var v map[string]any
		if err := json.Unmarshal(text, &v); err != nil {
			t.Fatal(err)
		}
		f(v)
		text, _ = json.Marshal(v)
		return string(text)
	}
	first := func(v map[string]any) map[string]any {
		return v["model"].(map[string]any)["comparisons"].([]any)[0].(map[string]any)
	}
	for _, c := range []struct{ why, in, want string }{
		{"as it is", change(func(map[string]any) {}), ""},
		{"a newer format", change(func(v map[string]any) { v["format"] = 99 }), "is a model of format 99, and this program reads formats up to 1"},
		{"a format that is none", change(func(v map[string]any) { v["format"] = "new" }), "its format is no number"},
		{"not JSON", "name: x", "is no model"},
		{"other JSON", "{}", "is no model"},
		{"a key nobody knows", change(func(v map[string]any) { v["colour"] = "red" }), "unknown field \"colour\""},
		{"a kind there is not", change(func(v map[string]any) { v["kind"] = "boat" }), "no such kind"},
		{"a prior that is none", change(func(v map[string]any) { v["model"].(map[string]any)["prior"] = 2 }), "the prior must lie between 0 and 1"},
		{"a weight without end", change(func(v map[string]any) { first(v)["levels"].([]any)[0].(map[string]any)["weight"] = 1e9 }), "less than 100 bits"},
		{"a comparison nobody knows", change(func(v map[string]any) { first(v)["name"] = "shoe size" }), "compares \"shoe size\", which this version of ledsq does not"},
		{"a level nobody knows", change(func(v map[string]any) { first(v)["levels"].([]any)[1].(map[string]any)["name"] = "rhymes" }), "has the level \"rhymes\", which this version"},
		{"levels in another order", change(func(v map[string]any) {
			l := first(v)["levels"].([]any)
			l[0], l[1] = l[1], l[0]
		}), "stand in another order"},
		{"a level too few", change(func(v map[string]any) {
			l := first(v)["levels"].([]any)
			first(v)["levels"] = l[:len(l)-1]
		}), "levels and this version of ledsq has"},
	} {
		m, err := ReadModel(strings.NewReader(c.in))
		if err == nil {
			_, err = NewFinder(record.KindPerson, Config{Model: m})
		}
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error %v, want %q", c.why, err, c.want)
		}
	}
	if _, err := NewFinder(record.KindVehicle, Config{Model: m}); err == nil || !strings.Contains(err.Error(), "kind") {
		t.Errorf("a model of persons is used for vehicles: %v", err)
	}
}

// TestOldModel reads a model out of the summary that was used before there were
// files of models.
func TestOldModel(t *testing.T) {
	people, _ := fake1000(t)
	m, _ := trained(t, people[:150], nil)
	for i := range m.Model.Comparisons {
		for l := range m.Model.Comparisons[i].Levels {
			m.Model.Comparisons[i].Levels[l].Rival = 0 // it knew none
		}
	}
	old, _ := json.Marshal(map[string]any{"header": map[string]any{"tool": "ledsq", "kind": "person", "asOf": "2026-11-20"}, "summary": map[string]any{"records": 300, "model": m.Model, "matches": 5}})
	got, err := ReadModel(bytes.NewReader(old))
	if err != nil {
		t.Fatal(err)
	}
	if got.Format != ModelFormat || got.Kind != record.KindPerson || got.Estimated != "2026-11-20" || fmt.Sprint(got.Model) != fmt.Sprint(m.Model) {
		t.Errorf("%+v", got)
	}
	if res := find(t, people[300:450], Config{Model: got}, nil); len(res.Pairs) == 0 {
		t.Error("nothing is found with an old model")
	}
}

// TestTeach counts m on labels: with the truth of half the records, what agreement
// weighs moves towards what the truth says.
func TestTeach(t *testing.T) {
	people, entity := fake1000(t)
	people, entity = people[:400], entity[:400]
	number := map[string]int32{}
	labels := &Labels{Entity: make([]int32, len(people))}
	for i, e := range entity {
		if _, ok := number[e]; !ok {
			number[e] = int32(len(number))
		}
		labels.Entity[i] = number[e]
	}
	plain, _ := trained(t, people, nil)
	m, res := trained(t, people, labels)
	true0 := 0.0 // the share of true pairs with both birth dates that agree fully
	n := 0.0
	for i := range people {
		for k := range i {
			if entity[i] == entity[k] && people[i].DateOfBirth != "" && people[k].DateOfBirth != "" {
				n++
				if people[i].DateOfBirth == people[k].DateOfBirth {
					true0++
				}
			}
		}
	}
	share := true0 / n
	before, after := plain.find("date of birth").Levels[0].M, m.find("date of birth").Levels[0].M
	if math.Abs(after-share) > 0.04 || math.Abs(after-share) > math.Abs(before-share)+1e-9 {
		t.Errorf("the same date of birth among pairs of one person: %.3f by the truth, %.3f taught, %.3f untaught", share, after, before)
	}
	if res.Taught.Pairs < 300 || res.Taught.Recalled == 0 || res.Taught.Recalled == len(res.Taught.Judged) {
		t.Errorf("%d pairs, %d of one entity among %d judged", res.Taught.Pairs, res.Taught.Recalled, len(res.Taught.Judged))
	}
	// A calibration is used: probabilities are its own, and thresholds are met by it.
	m.Calibration = &Calibration{Version: CalibrationVersion, Knots: []Knot{{Weight: -5, Probability: 0.01}, {Weight: 4, Probability: 0.6}, {Weight: 8, Probability: 0.99}}}
	used := find(t, people, Config{Model: m}, nil)
	for _, p := range used.Pairs {
		if want := m.Calibration.Probability(p.Weight); p.Weight >= -5 && math.Abs(p.Probability-want) > 1e-9 {
			t.Fatalf("%f bits are probability %f, want %f", p.Weight, p.Probability, want)
		}
		if p.Decision == Match && p.Probability < used.Model.Match {
			t.Fatalf("a match of probability %f", p.Probability)
		}
	}
	for _, p := range []float64{0.005, 0.3, 0.6, 0.9, 0.99} {
		s := &scorer{calibration: m.Calibration}
		w := s.bits(p)
		if s.probability(w) < p-1e-12 || s.probability(w-1e-6) > p {
			t.Errorf("probability %f is reached from %f bits: %f there", p, w, s.probability(w))
		}
	}
	if s := (&scorer{calibration: m.Calibration}); !math.IsInf(s.bits(0.999), 1) {
		t.Error("a probability that labels never showed is reached")
	}
}

// TestCardinality links two files whose records are alike in fours.
func TestCardinality(t *testing.T) {
	people, _ := fake1000(t)
	for _, c := range []struct {
		cardinality Cardinality
		left, right int
	}{{ManyToMany, 2, 2}, {OneToOne, 1, 1}, {OneToMany, 1, 2}, {ManyToOne, 2, 1}} {
		f, err := NewFinder(record.KindPerson, Config{Cardinality: c.cardinality})
		if err != nil {
			t.Fatal(err)
		}
		const n = 40
		for i := range 4 * n {
			p := *people[i/4*7]
			p.ID = fmt.Sprint(i)
			add := f.Add
			if i%2 == 1 {
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
		left, right := map[int]int{}, map[int]int{}
		mostLeft, mostRight := 0, 0
		for i, x := range res.Clusters {
			if f.t.right[i] {
				right[x]++
				mostRight = max(mostRight, right[x])
			} else {
				left[x]++
				mostLeft = max(mostLeft, left[x])
			}
		}
		if mostLeft < c.left || mostRight < c.right || c.left == 1 && mostLeft > 1 || c.right == 1 && mostRight > 1 {
			t.Errorf("%s: %d of the left and %d of the right in one cluster", c.cardinality, mostLeft, mostRight)
		}
		for i, p := range res.Pairs {
			if p.Decision == Match && res.Clusters[p.A] != res.Clusters[p.B] {
				t.Errorf("%s: pair %d is a match in two clusters", c.cardinality, i)
			}
		}
	}
}

// TestSources joins records of sources without duplicates.
func TestSources(t *testing.T) {
	people, _ := fake1000(t)
	people = people[:150]
	of := make([]int32, len(people))
	for i := range of {
		of[i] = int32(i % 3)
	}
	res := find(t, people, Config{}, nil)
	f, err := NewFinder(record.KindPerson, Config{})
	if err != nil {
		t.Fatal(err)
	}
	f.limits.allPairs = 1000
	for _, p := range people {
		if err := f.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Sources(of); err != nil {
		t.Fatal(err)
	}
	got, err := f.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range got.Pairs {
		if of[p.A] == of[p.B] {
			t.Fatalf("%d and %d are of one source and were compared", p.A, p.B)
		}
	}
	joined := 0
	for i := range people {
		for k := range i {
			if got.Clusters[i] == got.Clusters[k] {
				if joined++; of[i] == of[k] {
					t.Fatalf("%d and %d are of one source and in one cluster", k, i)
				}
			}
		}
	}
	if joined == 0 || len(got.Pairs) >= len(res.Pairs) {
		t.Errorf("%d records joined, %d pairs of %d", joined, len(got.Pairs), len(res.Pairs))
	}
}
