package evaluate

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leds.internal/ledsq/record"
)

// TestCalibrateIsMonotone draws labels and looks at the function learnt: it never
// falls, stays inside 0 and 1, and survives being written and read.
func TestCalibrateIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var pairs []Pair
		var truth []bool
		for range rapid.IntRange(2, 40).Draw(t, "n") {
			w := float64(rapid.IntRange(-80, 80).Draw(t, "w")) / 8
			pairs = append(pairs, Pair{Weight: w, Probability: 1 / (1 + math.Exp2(-w))})
			truth = append(truth, rapid.Bool().Draw(t, "same"))
		}
		c, err := Calibrate(pairs, truth)
		if err != nil {
			t.Fatal(err)
		}
		last := 0.0
		for w := -12.0; w <= 12; w += 0.25 {
			p := c.Probability(w)
			if p < last-1e-12 || p < 0 || p > 1 {
				t.Fatalf("at %v bits %v after %v: %+v", w, p, last, c.Knots)
			}
			last = p
		}
		var b bytes.Buffer
		if err := c.Write(&b); err != nil {
			t.Fatal(err)
		}
		again, err := ReadCalibration(&b)
		if err != nil || !slices.Equal(again.Knots, c.Knots) {
			t.Fatalf("%v: %+v", err, again)
		}
	})
}

// TestCalibrationHelps gives weights that say three bits too much.
func TestCalibrationHelps(t *testing.T) {
	var pairs []Pair
	var truth []bool
	for i := range 4000 {
		w := float64(i%160)/10 - 8
		p := 1 / (1 + math.Exp2(-w))
		pairs = append(pairs, Pair{A: int32(2 * i), B: int32(2*i + 1), Weight: w + 3, Probability: 1 / (1 + math.Exp2(-w-3))})
		truth = append(truth, float64((i*7919)%1000)/1000 < p)
	}
	f := fit(pairs, truth)
	if f.ErrorBefore < 0.1 || f.ErrorAfter > 0.03 || f.BrierAfter >= f.BrierBefore {
		t.Errorf("error %.3f → %.3f, Brier %.3f → %.3f", f.ErrorBefore, f.ErrorAfter, f.BrierBefore, f.BrierAfter)
	}
	if got := f.Probability(3); math.Abs(got-0.5) > 0.1 {
		t.Errorf("at 3 bits too many the odds are even, learnt %.3f", got)
	}
}

func TestReadCalibration(t *testing.T) {
	for in, want := range map[string]string{
		`x`:                                 "is not a calibration",
		`{"version":9,"knots":[]}`:          "version 9",
		`{"version":1,"knots":[]}`:          "without a knot",
		`{"version":1,"knots":[],"more":1}`: "is not a calibration",
		`{"version":1,"knots":[{"weight":1,"probability":2,"pairs":1}]}`:                                            "between 0 and 1",
		`{"version":1,"knots":[{"weight":1,"probability":0.5,"pairs":1},{"weight":2,"probability":0.4,"pairs":1}]}`: "never fall",
	} {
		if _, err := ReadCalibration(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
}

// TestExpectIsRight draws pairs that are true as often as their probability says,
// and looks whether precision and recall lie where they were expected.
func TestExpectIsRight(t *testing.T) {
	seed := uint64(7)
	draw := func() float64 {
		seed = seed*6364136223846793005 + 1442695040888963407
		return float64(seed>>11) / (1 << 53)
	}
	in, runs := [2]int{}, 200
	for range runs {
		var pairs []Pair
		good, found, all := 0.0, 0.0, 0.0
		for range 400 {
			p := draw()
			pairs = append(pairs, Pair{Match: p >= 0.8, Probability: p})
			if draw() < p {
				all++
				if p >= 0.8 {
					good++
				}
			}
			if p >= 0.8 {
				found++
			}
		}
		e := Expect(pairs, 0)
		for i, x := range [2]struct {
			s    Score
			true float64
		}{{e.Precision, good / found}, {e.Recall, good / all}} {
			if x.s.Low <= x.true && x.true <= x.s.High {
				in[i]++
			}
		}
	}
	for i, n := range in {
		if n < runs*88/100 {
			t.Errorf("%s lies in %d of %d intervals of 95%%", []string{"precision", "recall"}[i], n, runs)
		}
	}
	e := Expect([]Pair{{Match: true, Probability: 0.9}, {Probability: 0.5}}, 2)
	about(t, "recall of two expected in all", e.Recall.Value, 0.45)
	if e.OnlyThese || e.IfLess.Precision >= e.Precision.Value || e.IfMore.Precision <= e.Precision.Value {
		t.Errorf("%+v", e)
	}
	if e := Expect(nil, 0); e.Precision.Known() || e.Recall.Known() {
		t.Errorf("nothing is expected of nothing: %+v", e)
	}
}

// TestPlan looks at what a plan asks for, and whether the labels it asks for then
// tell the truth, although the model is wrong about half of its strata.
func TestPlan(t *testing.T) {
	r := NewRecords()
	var pairs []Pair
	same := map[uint64]bool{}
	good, found, all := 0.0, 0.0, 0.0
	for i := range 5000 {
		p := float64(i%1000) / 1000
		q := Pair{A: r.Number(fmt.Sprint("a", i)), B: r.Number(fmt.Sprint("b", i)), Match: p >= 0.9, Probability: p, Weight: math.Log2((p + 1e-6) / (1 - p))}
		pairs = append(pairs, q)
		s := float64((i*7919)%997)/997 < p*p // less often than it says
		same[key(q.A, q.B)] = s
		if s {
			all++
		}
		if q.Match {
			found++
			if s {
				good++
			}
		}
	}
	plan := MakePlan(r, pairs, 300)
	total := 0
	for _, s := range plan.Strata {
		total += s.Look
		if s.Look < 2 {
			t.Errorf("a stratum with %d to look at: %+v", s.Look, s)
		}
	}
	if total != 300 || len(plan.Pairs) != 300 {
		t.Fatalf("%d planned, %d drawn", total, len(plan.Pairs))
	}
	turned := slices.Clone(pairs)
	slices.Reverse(turned)
	if again := MakePlan(r, turned, 300); fmt.Sprint(again.Pairs) != fmt.Sprint(plan.Pairs) {
		t.Error("the order of the pairs changes the plan")
	}
	var labels []Label
	for _, p := range plan.Pairs {
		a, _ := r.Find(p[0])
		b, _ := r.Find(p[1])
		labels = append(labels, Label{a, b, same[key(a, b)]})
	}
	truth, err := ByLabels(r.Len(), labels)
	if err != nil {
		t.Fatal(err)
	}
	s := stratify(truth, pairs)
	if p := good / found; s.Precision.Low > p || s.Precision.High < p || s.Precision.High-s.Precision.Low > 0.2 {
		t.Errorf("precision %.3f, estimated %+v", p, s.Precision)
	}
	if q := good / all; s.Recall.Low > q || s.Recall.High < q || s.Recall.High-s.Recall.Low > 0.2 {
		t.Errorf("recall %.3f, estimated %+v", q, s.Recall)
	}
	if small := MakePlan(r, pairs[:3], 100); len(small.Pairs) != 3 {
		t.Errorf("%d of 3 pairs are drawn", len(small.Pairs))
	}
}

// TestGapIsFound plants a group whose pairs are missed twice as often, beside one
// that differs by chance.
func TestGapIsFound(t *testing.T) {
	r := NewRecords()
	n := 4000
	entity, cluster := make([]int32, n), make([]int32, n)
	planted, chance := Grouping{Name: "planted", Labels: []string{"a", "b"}, Of: make([]int32, n)}, Grouping{Name: "chance", Labels: []string{"x", "y"}, Of: make([]int32, n)}
	for i := range n {
		r.Number(fmt.Sprint(i))
		e := int32(i / 2)
		entity[i], cluster[i] = e, e
		planted.Of[i], chance.Of[i] = b32(e%4 == 0), b32(e%7 == 0)
		if i%2 == 1 && (e%10 == 1 || e%4 == 0 && e%3 == 1) {
			cluster[i] = int32(n + i)
		}
	}
	got, err := Evaluate(Input{Records: r, Truth: ByEntity(entity), Clusters: cluster, Group: []Grouping{chance, planted}})
	if err != nil {
		t.Fatal(err)
	}
	if g := got.RecallGap; g == nil || g.By != "planted" || g.Group != "b" || !g.Sure || g.Gap.High >= 0 {
		t.Errorf("recall gap %+v", g)
	}
	if got.PrecisionGap != nil {
		t.Errorf("precision gap %+v where every pair is right", got.PrecisionGap)
	}
	for _, row := range got.Groups[0].Rows {
		if row.RecallSure {
			t.Errorf("chance makes a sure gap: %+v", row)
		}
	}
}

func b32(b bool) int32 { return int32(b2i(b)) }

func TestOrigin(t *testing.T) {
	for name, want := range map[string]string{
		"Aisha Begum": "South Asian Muslim", "Mohammed Smith": "South Asian Muslim", "Harpreet Jones": "Sikh", "Anita Patel": "South Asian Hindu",
		"Omar al-Hashimi": "Arabic", "Hodan Warsame": "Horn of Africa", "Tunde Adeyemi": "West African", "Wei Zhang": "Chinese", "Linh Nguyễn": "Vietnamese",
		"Ewa Kowalska": "Slavic", "Ion Ionescu": "Romanian", "Jonas Kazlauskas": "Baltic", "Ana da Silva": "Iberian", "Arben Gashi": "Albanian", "Sinéad O'Brien": "Gaelic", "Iain McDonald": "Gaelic",
		"William Ashdown": noOrigin, "Megan Jenkins": noOrigin, "Tom Collins": noOrigin, "Ben Hopkins": noOrigin, "Ann Alderton": noOrigin, "": noOrigin,
	} {
		given, surname, _ := strings.Cut(name, " ")
		if got := Origin(record.Name{GivenNames: []string{given}, Surname: surname}); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if got := Origin(record.Name{FullName: name}); got != want && !strings.Contains(name, "da ") && !strings.Contains(name, "al-") {
			t.Errorf("%s in full: %s, want %s", name, got, want)
		}
	}
}

func TestTraits(t *testing.T) {
	p := &record.Person{Names: []record.Name{{GivenNames: []string{"Łukasz"}, Surname: "Nowak"}}, DateOfBirth: "1990-11-24", Sex: record.Code{Value: "M"}}
	on := record.DayOf(2026, 11, 23)
	want := map[string]string{"name origin": "Slavic", "script": "Latin with accents", "sex": "M", "age": "35 to 49", "completeness": "4 or 5 of 7"}
	for _, tr := range Traits() {
		if got := tr.of(p, on); got != want[tr.Name] {
			t.Errorf("%s: %s, want %s", tr.Name, got, want[tr.Name])
		}
	}
	for text, want := range map[string]string{"Анна": "Cyrillic", "王": "East Asian", "Anna Анна": "mixed", "": "no name", "محمد": "Arabic"} {
		if got := script(record.Name{Surname: text}); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := ageBand(&record.Person{DateOfBirth: "1991"}, on); got != "not known to the band" {
		t.Errorf("a year that allows of 34 and 35: %s", got)
	}
	if _, err := NewGrouper(record.KindPerson, on, []string{"surname"}); err == nil {
		t.Error("a report may be grouped by surname")
	}
}

// TestNameFrequency counts surnames in the file itself.
func TestNameFrequency(t *testing.T) {
	g, err := NewGrouper(record.KindPerson, 0, []string{"force"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 90 {
		name := "Smith"
		switch {
		case i >= 60:
			name = fmt.Sprint("Rare", i)
		case i >= 30:
			name = fmt.Sprint("Middling", i%3)
		}
		p := &record.Person{Names: []record.Name{{Surname: name}}}
		p.Extra = []record.Extra{{Name: "force", Value: []string{"A", "B"}[i%2]}}
		g.Add(int32(i), g.Look(p, func() {}))
	}
	seen := map[string]bool{}
	for _, x := range g.Groupings() {
		seen[x.Name] = true
		if x.Name == "name frequency" {
			if x.Labels[x.Of[0]] != "common" || x.Labels[x.Of[40]] != "middling" || x.Labels[x.Of[80]] != "rare" {
				t.Errorf("%v %v", x.Labels, x.Of)
			}
		}
	}
	if !seen["name frequency"] || !seen["force"] || seen["sex"] {
		t.Errorf("groupings %v", seen)
	}
}

func ExampleEvaluate() {
	records := NewRecords()
	for _, id := range []string{"P1", "P2", "P3", "P4"} {
		records.Number(id)
	}
	truth := ByEntity([]int32{0, 0, 1, 1})
	pairs := NewPairs(records, truth, 0, 10)
	err := ReadPairs(strings.NewReader("id_a,id_b,weight,decision\nP1,P2,9.5,match\nP2,P3,4.1,match\nP3,P4,1.2,review\n"), "pairs.csv", 0, pairs.Add)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := Evaluate(Input{Records: records, Truth: truth, Pairs: pairs, Worst: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Pairs)
	for _, e := range r.Missed {
		fmt.Printf("missed: %s and %s, %.1f bits short\n", e.A, e.B, e.Bits)
	}
	// Output:
	// precision 0.500 recall 0.500 F1 0.500
	// missed: P3 and P4, 2.0 bits short
}

func ExampleCalibrate() {
	var pairs []Pair
	var truth []bool
	for i := range 100 { // weights of 3 bits: right in seven of ten, not in eight of nine
		pairs = append(pairs, Pair{Weight: 3, Probability: 8.0 / 9}, Pair{Weight: 9, Probability: 0.998})
		truth = append(truth, i%10 < 7, true)
	}
	c, err := Calibrate(pairs, truth)
	fmt.Printf("%.2f %.2f %v\n", c.Probability(3), c.Probability(9), err)
	// Output: 0.70 1.00 <nil>
}
