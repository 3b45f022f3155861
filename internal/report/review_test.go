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
	"leds.internal/ledsq/record"
)

func pairsOf(n int) []ReviewPair {
	var out []ReviewPair
	for i := range n {
		w := float64(i%60) - 2
		p := ReviewPair{A: fmt.Sprint("a", i), B: fmt.Sprint("b", i), Weight: w, Probability: 1 / (1 + math.Exp2(-w)), Decision: "match", Reason: "same surname"}
		if w < 3.2 || i%7 == 0 {
			p.Decision = "review"
		}
		out = append(out, p)
	}
	return out
}

func sampleOf(pairs []ReviewPair, most int) ([]ReviewPair, string) {
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
	if len(got) != 100 || !slices.EqualFunc(got, again, func(a, b ReviewPair) bool { return a.A == b.A && a.B == b.B }) {
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
	sureOnly := slices.DeleteFunc(pairsOf(6000), func(p ReviewPair) bool { return p.Weight < 20 || p.Decision == "review" })
	if got, _ := sampleOf(sureOnly, 100); len(got) != 100 {
		t.Errorf("%d pairs of one stratum", len(got))
	}
}

func TestReadPairs(t *testing.T) {
	read := func(text string) (out []ReviewPair, err error) {
		err = ReadPairs(strings.NewReader(text), func(p *ReviewPair) error { out = append(out, *p); return nil })
		return out, err
	}
	in := []dedupe.Pair{{A: 0, B: 1, Weight: 5.5, Probability: 0.978, Decision: dedupe.Match}}
	why := dedupe.Explanation{Reason: "-odd, \"quoted\"", Evidence: []dedupe.Evidence{{Comparison: "surname", Level: "same", Weight: 7}}}
	for _, jsonl := range []bool{false, true} {
		var b bytes.Buffer
		if err := WritePairs(&b, in, func(int) dedupe.Explanation { return why }, func(i int) string { return []string{"=1+1", "'@x"}[i] }, jsonl, true, true, 1); err != nil {
			t.Fatal(err)
		}
		got, err := read(b.String())
		if err != nil || len(got) != 1 {
			t.Fatalf("%v: %v", got, err)
		}
		if p := got[0]; p.A != "=1+1" || p.B != "'@x" && p.B != "@x" || p.Weight != 5.5 || p.Reason != why.Reason || jsonl != (len(p.Evidence) == 1) {
			t.Errorf("jsonl %v: %+v", jsonl, p)
		}
	}
	for text, want := range map[string]string{
		"":                              "it is empty",
		"{\"id_a\":\"Zebedee\"":         "line 1 is not a pair",
		"{\"id_a\":\"a\",\"weight\":1}": "line 1: an id is missing",
		"id_a,id_b\n":                   "the column weight is missing",
		"\"":                            "it is neither CSV nor JSON Lines",
		"id_a,id_b,weight,probability,decision,reason\na,b,Zebedee,1,match,x\n": "row 1: weight and probability must be numbers",
		"id_a,id_b,weight,probability,decision,reason\na,b,NaN,1,match,x\n":     "row 1: the weight or the probability makes no sense",
		"id_a,id_b,weight,probability,decision,reason\na,b,1,2,match,x\n":       "row 1: the weight or the probability makes no sense",
		"id_a,id_b,weight,probability,decision,reason\na,b,1,1,yes,x\n":         "row 1: the decision must be",
		"id_a,id_b,weight,probability,decision,reason\na,b\n":                   "row 1 is not CSV",
		"{" + strings.Repeat(" ", maxPairLine) + "}":                            "line 1 is longer",
	} {
		if _, err := read(text); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "Zebedee") {
			t.Errorf("%.60q: %v, not %q", text, err, want)
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
		Pairs: []ReviewPair{{A: "a", B: "b", Weight: 4, Probability: 0.94, Decision: "match", Reason: "same surname", Evidence: []dedupe.Evidence{{Comparison: "surname", Level: "same surname", Weight: 9}}},
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
	d := r.data()
	if len(d.Groups) != 1 || len(d.Groups[0]) != 3 {
		t.Errorf("groups %v", d.Groups)
	}
	k, l := slices.Index(d.Fields, "Surname"), slices.Index(d.Fields, "Date of birth")
	if a, b := d.Records[0].Classes, d.Records[1].Classes; k < 0 || l < 0 || a[k] != b[k] || a[l] == b[l] || a[k] == 0 {
		t.Errorf("classes %v and %v of %v", a, b, d.Fields)
	}
	if p := d.Pairs[0]; p.Start != -5 || *p.Weight != 4 {
		t.Errorf("the evidence starts at %g", p.Start)
	}
	r.Blind = true
	text, err := json.Marshal(r.data().Pairs)
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
