package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"leds.internal/ledsq"
	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/quality"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func header() *Header {
	return &Header{Tool: "ledsq", Version: "v1", Command: "check", Principle: "create", Kind: "person", AsOf: "2026-11-23", Files: []string{"a b.csv"}, FailOn: quality.Error,
		Rules: []quality.Rule{{ID: "person/a", Title: "A is wrong", Why: "Because.", Source: "judgement", Severity: quality.Error, Dimension: quality.Validity},
			{ID: "person/b", Title: "B | <odd>", Why: "So.", Source: "Code 6.2", Severity: quality.Warning, Dimension: quality.Accuracy},
			{ID: "person/never", Title: "Never fails", Why: "So.", Source: "x", Severity: quality.Info, Dimension: quality.Accuracy}}}
}

func finding(rule string, s quality.Severity, o quality.Outcome) quality.Finding {
	return quality.Finding{Rule: rule, Severity: s, Outcome: o, Dimension: quality.Validity, Field: "surname", Message: "is \"odd\", 100% <so>\nand more", Fix: "=put it right"}
}

// feed writes one report of three records and two skipped rows.
func feed(t *testing.T, name string, h *Header, more int) string {
	t.Helper()
	f, err := FindFormat(name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, tally := f.New(&out, h), NewTally(h)
	record := func(r *Record) {
		tally.Add(r)
		if err := w.Record(r); err != nil {
			t.Fatal(err)
		}
	}
	record(&Record{ID: "p1", File: "a b.csv", Row: 1, Line: 2, Score: quality.Score{Overall: 1}})
	record(&Record{ID: "=p2", File: "a b.csv", Row: 2, Line: 3, Score: quality.Score{Overall: 0.1 + 0.2, Dimensions: map[quality.Dimension]float64{quality.Validity: 0.5}},
		Findings: []quality.Finding{finding("person/a", quality.Error, quality.Fail), finding("person/b", quality.Info, quality.CannotTell)}})
	record(&Record{File: "a b.csv", Row: 3, Line: 4, Score: quality.Score{Overall: 0.96}, Findings: []quality.Finding{finding("person/b", quality.Warning, quality.Fail)}})
	for i := range more {
		record(&Record{ID: fmt.Sprint("m", i), File: "a b.csv", Row: i + 4, Line: i + 5, Findings: []quality.Finding{finding("person/b", quality.Warning, quality.Fail)}})
	}
	for i := range 2 {
		s := SkippedRow{File: "a b.csv", Row: 10 + i, Column: "dob", Reason: "is cut off"}
		tally.Skip(s)
		if err := w.Skip(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(tally.Sum()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	for _, f := range Formats() {
		t.Run(f.Name, func(t *testing.T) { golden(t, f.Name, feed(t, f.Name, header(), 0)) })
	}
	t.Run("set", func(t *testing.T) {
		s := &Summary{Set: &Set{Sources: []SourceTotal{{Name: "x", Records: 1, Score: 1}, {Name: "y", Records: 2, Score: 0.5, Rates: []ledsq.Rate{{Source: "y", Name: "minimum", Meaning: "complete", Of: 2, Reached: 0.5, Target: 0.95}}, Findings: []quality.Finding{{Rule: "set/rate-below-target", Severity: quality.Warning, Message: "half_of them", Fix: "Ask."}}}}, Filled: []ledsq.Filled{{Field: "surname", Records: 3, Share: 1}}, Matches: 1, Clusters: 1, Rate: 1.0 / 3,
			Pairs:     []SetPair{{"a", "b", 12.34, 0.999, "match", "same surname"}},
			Conflicts: []Conflict{{"sex", []string{"a", "b"}, []string{"M***", "F***"}, "most records", nil}}, Dropped: []Dropped{{"surname", 2, 9000}}}}
		var b bytes.Buffer
		for _, name := range []string{"text", "markdown"} {
			f, _ := FindFormat(name)
			if err := f.New(&b, header()).Close(s); err != nil {
				t.Fatal(err)
			}
		}
		golden(t, "set", b.String())
	})
	t.Run("match", func(t *testing.T) {
		res := &dedupe.Result{Clusters: []int{0, 0, 2}, Dropped: []dedupe.Dropped{{Key: "surname", Blocks: 1, Records: 2}}, Pairs: []dedupe.Pair{
			{A: 0, B: 1, Weight: 3.14159, Probability: 0.9, Decision: dedupe.Match}},
			Reasons: []dedupe.ReasonCount{{Decision: dedupe.Match, Reason: "same, quite", Pairs: 1}},
			Model:   &dedupe.Model{Match: 0.9, Review: 0.2, Candidates: 3, Comparisons: []dedupe.ModelComparison{{Name: "name", Levels: []dedupe.ModelLevel{{Name: "same", M: 0.9, U: 0.01, Weight: 6.5}}}}}}
		var b bytes.Buffer
		h := header()
		h.Command = "dedupe"
		for _, f := range MatchFormats() {
			sum := SumMatching(res)
			if f == "json" {
				sum.Model = nil // it is dedupe's own
			}
			if err := WriteMatching(&b, f, h, sum, true); err != nil {
				t.Fatal(err)
			}
		}
		id := func(i int) string { return []string{"=a", "b,c", "d"}[i] }
		why := func(int) dedupe.Explanation {
			return dedupe.Explanation{Reason: "same, quite", Evidence: []dedupe.Evidence{{Comparison: "name", Level: "same", Weight: 2.5}}}
		}
		for _, lines := range []bool{false, true} {
			if err := WritePairs(&b, res.Pairs, why, id, lines, false, true, 2); err != nil {
				t.Fatal(err)
			}
		}
		named := ClusterIDs(res.Clusters, id)
		if err := WriteClusters(&b, len(named), func(i int) string { return id(named[i]) }, id, true, 2); err != nil {
			t.Fatal(err)
		}
		golden(t, "match", b.String())
	})
	t.Run("rules", func(t *testing.T) {
		var b bytes.Buffer
		h := header()
		for _, f := range RuleFormats() {
			if err := WriteRules(&b, f, h.Rules); err != nil {
				t.Fatal(err)
			}
		}
		if err := Explain(&b, "text", &h.Rules[0]); err != nil {
			t.Fatal(err)
		}
		golden(t, "rules", b.String())
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name + ".golden"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s (-update rewrites it):\n%s", path, got)
	}
}

func TestLinesAreTheContract(t *testing.T) {
	got := strings.Split(feed(t, "jsonl", header(), 0), "\n")
	if want := `{"id":"p1","score":1,"dimensions":{},"findings":[]}`; got[0] != want {
		t.Errorf("got %s", got[0])
	}
	var r struct {
		ID         string
		Score      float64
		Dimensions map[string]float64
		Findings   []quality.Finding
	}
	dec := json.NewDecoder(strings.NewReader(got[1]))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		t.Fatal(err)
	}
	if r.ID != "=p2" || r.Score != 0.3 || r.Dimensions["validity"] != 0.5 || len(r.Findings) != 2 || r.Findings[0] != finding("person/a", quality.Error, quality.Fail) {
		t.Errorf("read back as %+v", r)
	}
}

func TestSARIFIsCutWorstFirst(t *testing.T) {
	var doc struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID, Name string } }
			}
			Invocations []struct {
				ExecutionSuccessful        bool
				ToolExecutionNotifications []struct{ Message struct{ Text string } }
			}
			Results []struct {
				RuleID, Kind, Level string
				RuleIndex           int
				Locations           []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(feed(t, "sarif", header(), maxSARIF)), &doc); err != nil {
		t.Fatal(err)
	}
	run := doc.Runs[0]
	if doc.Version != "2.1.0" || len(run.Results) != maxSARIF {
		t.Fatalf("version %s, %d results", doc.Version, len(run.Results))
	}
	first := run.Results[0]
	loc := first.Locations[0].PhysicalLocation
	if first.RuleID != "person/a" || first.Level != "error" || loc.ArtifactLocation.URI != "a%20b.csv" || loc.Region.StartLine != 3 {
		t.Errorf("the first result is %+v", first)
	}
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Fatalf("the index of %s is that of another rule", r.RuleID)
		}
	}
	if n := run.Invocations[0].ToolExecutionNotifications; run.Invocations[0].ExecutionSuccessful || !strings.HasPrefix(n[0].Message.Text, "3 of 5,003 results are not shown") {
		t.Errorf("what was cut is not said: %v", n)
	}
}

func TestJUnitCounts(t *testing.T) {
	var doc junitSuites
	if err := xml.Unmarshal([]byte(feed(t, "junit", header(), 100)), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Tests != 4 || doc.Failures != 1 || doc.Errors != 1 || len(doc.Suite.Cases) != 4 {
		t.Errorf("%d tests, %d failures, %d errors", doc.Tests, doc.Failures, doc.Errors)
	}
	if out := doc.Suite.Cases[2].Out; !strings.HasSuffix(out, "and 82 more") {
		t.Errorf("a warning below the threshold is told and does not fail: %q", out)
	}
}

func TestGitHubLimits(t *testing.T) {
	h := header()
	tally := NewTally(h)
	for i := range 15 {
		tally.Add(&Record{ID: "x", File: "f.csv", Line: 2, Findings: []quality.Finding{finding(fmt.Sprintf("person/r%02d", i), quality.Warning, quality.Fail)}})
	}
	var b bytes.Buffer
	if err := newGitHub(&b, h).Close(tally.Sum()); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "::warning"); n != maxAnnotations || !strings.Contains(b.String(), "5 rules of level warning not shown") {
		t.Errorf("%d annotations:\n%s", n, b.String())
	}
}

func TestCSVIsSafeInSpreadsheets(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(feed(t, "csv", header(), 0))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, c := range row {
			if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
				t.Errorf("a spreadsheet takes %q for a formula", c)
			}
		}
	}
}

func TestUnknownFormats(t *testing.T) {
	for name, want := range map[string]string{"pdf": "use one of text", "HTML": "use one of text"} {
		if _, err := FindFormat(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
