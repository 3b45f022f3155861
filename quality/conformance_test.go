package quality

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"slices"
	"testing"

	"leds.internal/ledsq/record"
)

var update = flag.Bool("update", false, "rewrite the files that are made of the catalogue")

const conformanceFile = "../testdata/conformance.csv"

// variations are all the hand-written rows: the examples of the rules, what
// each rule says of an empty record, and the tables of the other files.
func variations() []variation {
	var out []variation
	for _, r := range Rules() {
		if r.Set {
			continue
		}
		for _, x := range []struct {
			Example
			want Outcome
			why  string
		}{{r.Pass, Pass, "the rule's own example that passes"}, {r.Fail, Fail, "the rule's own example that fails: " + lower(r.Title)}} {
			kind := x.Kind
			if kind == "" {
				kind = r.Kinds[0]
			}
			out = append(out, variation{r.ID, kind, x.Record, x.Before, x.Amendment, x.want, "", x.why})
		}
		empty, why := NotApplicable, "nothing to judge"
		if o, ok := onEmpty[r.ID]; ok {
			empty, why = o.want, o.why
		}
		before := ""
		if r.amendOnly() {
			before = "{}"
		}
		out = append(out, variation{r.ID, r.Kinds[0], "{}", before, "", empty, "", why})
	}
	out = append(out, valueVariations()...)
	return slices.Concat(out, edges, recordVariations, personVariations, vehicleVariations, missingVariations, amendVariations)
}

// lower takes the capital off the first word, unless it is an abbreviation.
func lower(s string) string {
	if len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return string(bytes.ToLower([]byte(s[:1]))) + s[1:]
}

// onEmpty says what rules give of a record with nothing in it where that is not
// that they do not apply.
var onEmpty = map[string]struct {
	want Outcome
	why  string
}{
	"record/placeholder-value":        {Pass, "no filler stands in it"},
	"record/text-encoding":            {Pass, "no text is damaged"},
	"record/repair-unproved":          {Pass, "nothing was repaired"},
	"person/no-identifying-data":      {Fail, "nobody can be told by it"},
	"person/four-plus-one":            {Fail, "all of it is missing"},
	"vehicle/minimum-description":     {Fail, "all of it is missing"},
	"missing/person-minimum":          {Fail, "not said who is missing"},
	"missing/description-minimum":     {Fail, "no feature at all"},
	"missing/times-missing":           {Fail, "no time at all"},
	"missing/initial-actions-missing": {Fail, "no step at all"},
	"missing/reporter-incomplete":     {Fail, "nobody reported it"},
	"missing/circumstances-thin":      {Fail, "nothing is told"},
	"missing/risk-missing":            {Fail, "no level at all"},
	"missing/review-time-missing":     {Fail, "an open episode needs one"},
	"record/no-change":                {Fail, "nothing before, nothing after"},
	"record/key-or-owner-changed":     {Pass, "no key was touched"},
	"record/value-lost":               {Pass, "nothing was there to be lost"},
}

// TestConformanceFile holds the file to the tables, and each row of it to the
// rules: TestVariations has judged the same rows with their severities.
func TestConformanceFile(t *testing.T) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	row := func(cells ...string) {
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	row("rule", "kind", "principle", "as_of", "record", "before", "amendment", "outcome", "reason")
	seen := map[string]bool{}
	for _, x := range variations() {
		r, _ := Find(x.rule)
		key := x.rule + "\x00" + string(x.kind) + "\x00" + x.record + "\x00" + x.before + "\x00" + x.amendment
		if seen[key] {
			t.Errorf("%s: the same row stands twice: %s", x.rule, x.record)
		}
		seen[key] = true
		row(x.rule, string(x.kind), string(r.Principles[0]), ExampleDay, x.record, x.before, x.amendment, string(x.want), x.why)
	}
	w.Flush()
	if *update {
		if err := os.WriteFile(conformanceFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	on, err := os.ReadFile(conformanceFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(on, b.Bytes()) {
		t.Error("testdata/conformance.csv is not what the tables say: go test ./quality -run Conformance -update")
	}
	rows, err := csv.NewReader(bytes.NewReader(on)).ReadAll()
	if err != nil || len(rows) < 601 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	e := newEngine(t, Policy{Lookups: exampleLookups})
	outcomes := map[string]map[string]bool{}
	for _, c := range rows[1:] {
		r, ok := Find(c[0])
		if !ok {
			t.Fatalf("no rule %s", c[0])
		}
		s := subjectOf(t, &r, Example{Kind: record.Kind(c[1]), Record: c[4], Before: c[5], Amendment: c[6]})
		if o, _ := outcome(e, c[0], s); string(o) != c[7] {
			t.Errorf("%s on %s: %s, want %s: %s", c[0], c[4], o, c[7], c[8])
		}
		if outcomes[c[0]] == nil {
			outcomes[c[0]] = map[string]bool{}
		}
		outcomes[c[0]][c[7]] = true
	}
	for id, o := range outcomes {
		if !o[string(Pass)] || !o[string(Fail)] {
			t.Errorf("%s is not seen to pass and to fail", id)
		}
	}
}
