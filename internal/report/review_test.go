package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/evaluate"
	"leds.internal/ledsq/record"
)

func pairsOf(n int) []evaluate.Scored {
	var out []evaluate.Scored
	for i := range n {
		w := float64(i%60) - 2
		p := evaluate.Scored{A: fmt.Sprint("a", i), B: fmt.Sprint("b", i), Weight: w, Probability: 1 / (1 + math.Exp2(-w)), Decision: "match", Reason: "same surname"}
		if w < 3.2 || i%7 == 0 {
			p.Decision = "review"
		}
		out = append(out, p)
	}
	return out
}

func sampleOf(pairs []evaluate.Scored, most int) ([]evaluate.Scored, string) {
	s := NewSampler(most, 0.9, 0.2)
	for i := range pairs {
		s.Add(&pairs[i])
	}
	return s.Pairs()
}

func TestSampleDependsOnIDsAlone(t *testing.T) {
	pairs := pairsOf(6000)
	got, how := sampleOf(pairs, 100)
	slices.Reverse(pairs)
	again, _ := sampleOf(pairs, 100)
	if len(got) != 100 || !slices.EqualFunc(got, again, func(a, b evaluate.Scored) bool { return a.A == b.A && a.B == b.B }) {
		t.Errorf("%d pairs, and another sample when the rows are turned round", len(got))
	}
	near := 0
	for _, p := range got {
		if math.Abs(p.Weight-3.17) <= nearBits || math.Abs(p.Weight+2) <= nearBits {
			near++
		}
	}
	if near < 50 { // of all pairs a sixth is near a threshold
		t.Errorf("%d of 100 pairs are near a threshold", near)
	}
	if !strings.HasPrefix(how, "A sample of 100 of 6,000 pairs: 38 of 557 near the match threshold") {
		t.Error(how)
	}
	if all, how := sampleOf(pairs[:30], 100); len(all) != 30 || how != "" {
		t.Errorf("of few pairs %d are taken, %q", len(all), how)
	}
	// A stratum that is empty leaves its share to the others.
	sureOnly := slices.DeleteFunc(pairsOf(6000), func(p evaluate.Scored) bool { return p.Weight < 20 || p.Decision == "review" })
	if got, _ := sampleOf(sureOnly, 100); len(got) != 100 {
		t.Errorf("%d pairs of one stratum", len(got))
	}
}

// TestPairsComeBack: what is written is read as it was, evidence and ids that
// look like formulas included.
func TestPairsComeBack(t *testing.T) {
	in := []dedupe.Pair{{A: 0, B: 1, Weight: 5.5, Probability: 0.978, Decision: dedupe.Match}}
	why := dedupe.Explanation{Prior: -1.5, Reason: "-odd, \"quoted\"", Evidence: []dedupe.Evidence{{Comparison: "surname", Level: "same", Weight: 7, Shared: dedupe.SharedName, Others: 12}}}
	for _, jsonl := range []bool{false, true} {
		var b bytes.Buffer
		if err := WritePairs(&b, in, func(int) dedupe.Explanation { return why }, func(i int) string { return []string{"=1+1", "'@x"}[i] }, jsonl, true, true, 1); err != nil {
			t.Fatal(err)
		}
		var got []evaluate.Scored
		err := evaluate.ReadPairs(&b, "p", 0, func(p evaluate.Scored) error { got = append(got, p); return nil })
		if err != nil || len(got) != 1 {
			t.Fatalf("%v: %v", got, err)
		}
		if p := got[0]; p.A != "=1+1" || p.B != "'@x" && p.B != "@x" || p.Weight != 5.5 || p.Reason != why.Reason {
			t.Errorf("jsonl %v: %+v", jsonl, p)
		}
		w, err := WaterfallOf(&got[0])
		if jsonl != (err == nil) {
			t.Fatalf("jsonl %v: %v", jsonl, err)
		}
		if jsonl && (len(w.Steps) != 2 || w.Steps[1].What() != "same (about 12 others here share the whole name)" || w.Steps[1].Total != 5.5) {
			t.Errorf("%+v", w)
		}
	}
}

// TestReviewMasks looks for values in a page that was not to reveal them, and for
// the agreement that must be seen all the same.
func TestReviewMasks(t *testing.T) {
	person := func(surname, dob string) record.Record {
		return &record.Person{Names: []record.Name{{Surname: surname}}, DateOfBirth: record.Date(dob)}
	}
	people := map[string]record.Record{"a": person("Quillfeather", "1931-02-27"), "b": person("Quillfeather", "1931-02-28")}
	r := &Review{Tool: "ledsq", Version: "v1", Record: func(id string, _ bool) record.Record { return people[id] },
		Pairs: []evaluate.Scored{{A: "a", B: "b", Weight: 4, Probability: 0.94, Decision: "match", Reason: "same surname", Prior: new(float64), Evidence: []byte(`[{"comparison":"surname","level":"same surname","weight":4}]`)},
			{A: "b", B: "c", Weight: 0, Probability: 0.5, Decision: "review"}}}
	for _, revealed := range []bool{false, true} {
		r.Revealed = revealed
		var b bytes.Buffer
		if err := WriteReview(&b, r); err != nil {
			t.Fatal(err)
		}
		if shown := strings.Contains(b.String(), "uillfeather") || strings.Contains(b.String(), "1931"); shown != revealed {
			t.Errorf("revealed %v, shown %v", revealed, shown)
		}
		if holds := strings.Contains(b.String(), "holds personal data"); holds != revealed {
			t.Errorf("revealed %v, said %v", revealed, holds)
		}
	}
	d, err := r.data()
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Groups) != 1 || len(d.Groups[0]) != 3 {
		t.Errorf("groups %v", d.Groups)
	}
	k, l := slices.Index(d.Fields, "Surname"), slices.Index(d.Fields, "Date of birth")
	if a, b := d.Records[0].Classes, d.Records[1].Classes; k < 0 || l < 0 || a[k] != b[k] || a[l] == b[l] || a[k] == 0 {
		t.Errorf("classes %v and %v of %v", a, b, d.Fields)
	}
	if p := d.Pairs[0]; *p.Weight != 4 || len(p.Steps) != 2 || p.Steps[1][3] != 4.0 {
		t.Errorf("steps %v", p.Steps)
	}
	r.Blind = true
	if d, err = r.data(); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(d.Pairs)
	if err != nil || strings.Contains(string(text), "surname") || strings.Contains(string(text), `"w"`) {
		t.Errorf("blind: %s, %v", text, err)
	}
}

func TestAgreement(t *testing.T) {
	decide := func(who string, verdicts ...dedupe.Verdict) (out []dedupe.Judgement) {
		for i, v := range verdicts {
			j := dedupe.Judgement{A: fmt.Sprint("a", i), B: fmt.Sprint("b", i), Verdict: v, Reviewer: who, At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Rationale: "Quillfeather"}
			if who == "sam" {
				j.A, j.B = j.B, j.A // a pair has no order
			}
			out = append(out, j)
		}
		return out
	}
	s, n, c := dedupe.Same, dedupe.NotSame, dedupe.CannotTell
	a := CompareReviews("kim.csv", decide("kim", s, s, s, s, s, n, n, n, c, s), "sam.csv", decide("sam", s, s, s, s, n, n, n, s, c))
	// Of nine pairs seven agree; by chance 5/9·5/9 + 3/9·3/9 + 1/9·1/9 = 35/81 would.
	if want := (7.0/9 - 35.0/81) / (1 - 35.0/81); a.Both != 9 || a.Agreed != 7 || a.Kappa == nil || math.Abs(*a.Kappa-want) > 1e-6 || len(a.Differ) != 2 {
		t.Errorf("%+v, not kappa %g", a, want)
	}
	if one := CompareReviews("a", decide("kim", s, s), "b", decide("sam", s, s)); one.Kappa != nil || one.Agreed != 2 {
		t.Errorf("one answer to everything: %+v", one)
	}
	if none := CompareReviews("a", decide("kim", s), "b", nil); none.Kappa != nil || none.Both != 0 {
		t.Errorf("nothing in common: %+v", none)
	}
	for _, format := range AgreementFormats() {
		for _, revealed := range []bool{false, true} {
			var b bytes.Buffer
			if err := WriteAgreement(&b, format, a, revealed); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(b.String(), "Quillfeather") != revealed || !strings.Contains(b.String(), "a4") {
				t.Errorf("%s, revealed %v:\n%s", format, revealed, b.String())
			}
		}
	}
}
