package report

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/quality"
)

func TestThresholds(t *testing.T) {
	var pairs []certainty
	for _, p := range []float64{0.9995, 0.96, 0.92, 0.5, 0.25} {
		pairs = append(pairs, certainty{math.Log2(p / (1 - p)), p, p >= 0.9})
	}
	pairs = append(pairs, certainty{10, 0.999, false}) // held: twins
	got := thresholds(pairs, &dedupe.Model{Match: 0.9, Review: 0.2, Expected: 8})
	if first := got[0]; first.Probability != 0.2 || first.Pairs != 5 || first.Left != 1 || math.Abs(first.False-1.3705) > 1e-6 || math.Abs(first.FoundShare-3.6295/8) > 1e-6 {
		t.Errorf("from 0.2: %+v", first)
	}
	for i, th := range got {
		if th.Pairs+th.Left != len(pairs) {
			t.Errorf("from %g: %d taken and %d left of %d", th.Probability, th.Pairs, th.Left, len(pairs))
		}
		if i > 0 && (th.Pairs > got[i-1].Pairs || th.FoundShare > got[i-1].FoundShare) {
			t.Errorf("from %g more than from %g", th.Probability, got[i-1].Probability)
		}
	}
	n := 0
	bands := weightBands(pairs)
	for _, b := range bands {
		n += b.Matches + b.Reviews
	}
	if n != len(pairs) || len(bands) > maxBands || bands[0].From > -1.5 {
		t.Errorf("%d pairs in bands %v", n, bands)
	}
	if len(weightBands(nil)) != 0 || len(thresholds(nil, &dedupe.Model{})) != 0 {
		t.Error("of no pairs there is nothing to say")
	}
}

func TestLargestClusters(t *testing.T) {
	name := func(i int) string { return fmt.Sprint("r", i) }
	got := LargestClusters([]int{0, 0, 0, 3, 4, 4}, []dedupe.Pair{{A: 0, B: 1, Weight: 9}, {A: 1, B: 2, Weight: 4}, {A: 2, B: 3, Weight: -1}, {A: 4, B: 5, Weight: 7}}, name)
	if len(got) != 2 || got[0].Records != 3 || got[0].Weakest != 4 || got[0].Proposed != 2 || got[0].Possible != 3 || strings.Join(got[1].IDs, " ") != "r4 r5" {
		t.Errorf("%+v", got)
	}
}

// TestGroups counts by force, source and field, and holds out against a file
// that names a new source in every row.
func TestGroups(t *testing.T) {
	tally := NewTally(header())
	for i := range 3000 {
		r := &Record{ID: fmt.Sprint(i), Source: fmt.Sprint("s", i), Force: "Kent Police", Score: quality.Score{Overall: 0.5}}
		if i%3 == 0 {
			r.Findings = []quality.Finding{finding("person/a", quality.Error, quality.Fail), finding("person/b", quality.Warning, quality.Fail), finding("person/b", quality.Info, quality.CannotTell)}
		}
		tally.Add(r)
	}
	s := tally.Sum()
	if len(s.Forces) != 1 || s.Forces[0] != (GroupTotal{"Kent Police", 3000, 0.5, 1000, 1000}) {
		t.Errorf("%+v", s.Forces)
	}
	if len(s.Sources) != maxGroups+1 || s.Sources[0].Name != Rest || s.Sources[0].Records != 2000 {
		t.Errorf("%d sources, the largest %+v", len(s.Sources), s.Sources[0])
	}
	if len(s.Fields) != 1 || s.Fields[0] != (FieldTotal{"surname", 1000, 1000, 1000, 0}) {
		t.Errorf("%+v", s.Fields)
	}
	var b bytes.Buffer
	h := header()
	h.Command = "check"
	if err := newHTML(&b, h).Close(s); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "By source: 50 of 1,001 are shown.") {
		t.Error("the page does not say what it leaves out")
	}
}

func TestReadEarlier(t *testing.T) {
	text := feed(t, "json", header(), 10)
	e, err := ReadEarlier(strings.NewReader(text))
	if err != nil || e.Header.AsOf != "2026-11-23" || e.Summary.Records != 13 || e.Summary.Findings[quality.Error] != 1 {
		t.Errorf("%+v, %v", e, err)
	}
	if err := e.Comparable(header()); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]string{"": "not a JSON result", "[1]": "not a JSON result", "{}": "no header and summary", `{"header":{},"records":3}`: "no list",
		text[:len(text)/2]: "can't be read", `{"summary":` + strings.Repeat("[", 20000): "can't be read"} {
		if _, err := ReadEarlier(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, not %q", text, err, want)
		}
	}
}

func TestWords(t *testing.T) {
	for name, want := range map[string]string{"address2.postcode": "Address 2 postcode", "pncId": "PNC ID", "nhsNumber": "NHS number", "": "", "dateOfBirth": "Date of birth"} {
		if got := fieldLabel(name); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	for f, want := range map[float64]string{0: "0.0%", 0.00001: "under 0.1%", 0.5: "50.0%", 0.99999: "over 99.9%", 1: "100.0%"} {
		if got := percent(f); got != want {
			t.Errorf("%g: %q, not %q", f, got, want)
		}
	}
}
