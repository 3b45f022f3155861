package report

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSARIFSchema holds the report to the schema that OASIS publishes with
// SARIF 2.1.0 (errata 01).
func TestSARIFSchema(t *testing.T) {
	text, err := os.ReadFile("testdata/sarif-2.1.0.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	check := func(report string) error {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(report))
		if err != nil {
			return err
		}
		return schema.Validate(v)
	}
	bare := header()
	bare.Rules = nil
	for name, report := range map[string]string{
		"some findings":      feed(t, "sarif", header(), 0),
		"more than it holds": feed(t, "sarif", header(), maxSARIF+10),
		"no catalogue":       feed(t, "sarif", bare, 1),
		"nothing at all":     empty(t, "sarif"),
	} {
		if err := check(report); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if check(strings.Replace(feed(t, "sarif", header(), 0), `"level"`, `"levle"`, 1)) == nil {
		t.Error("the schema lets anything pass")
	}
}

func empty(t *testing.T, format string) string {
	t.Helper()
	f, err := FindFormat(format)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	h := header()
	if err := f.New(&b, h).Close(NewTally(h).Sum()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What code scanning asks of SARIF beyond the schema: rules are found by index,
// lines begin at 1, and no more results than are shown, saying so.
func TestSARIFLimits(t *testing.T) {
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct{ ID, Name string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Locations []struct {
					PhysicalLocation struct{ Region struct{ StartLine int } }
				}
			}
		}
	}
	text := feed(t, "sarif", header(), 3*maxSARIF)
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != maxSARIF || len(text) > 10<<20 {
		t.Errorf("%d results in %d bytes", len(run.Results), len(text))
	}
	if !strings.Contains(text, "not shown") {
		t.Error("it does not say that results were cut")
	}
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || len(r.Locations) != 1 || r.Locations[0].PhysicalLocation.Region.StartLine < 1 {
			t.Fatalf("%+v", r)
		}
	}
	for _, rule := range run.Tool.Driver.Rules {
		if rule.Name == rule.ID {
			t.Errorf("%s has its id for a name, which editors leave out", rule.ID)
		}
	}
}

// TestJUnitForm holds the report to the JUnit XML of common readers: the
// elements and attributes of the Jenkins schema, and counts that agree.
func TestJUnitForm(t *testing.T) {
	allowed := map[string]string{
		"testsuites": "name tests failures errors time disabled", "testsuite": "name tests failures errors skipped time timestamp hostname id package disabled",
		"properties": "", "property": "name value", "testcase": "name classname time status assertions file line",
		"failure": "message type", "error": "message type", "skipped": "message", "system-out": "", "system-err": "",
	}
	for _, text := range []string{feed(t, "junit", header(), 100), empty(t, "junit")} {
		d := xml.NewDecoder(strings.NewReader(text))
		count := map[string]int{}
		var said struct{ tests, failures, errors string }
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			e, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			attrs, ok := allowed[e.Name.Local]
			if !ok {
				t.Errorf("no element of JUnit: %s", e.Name.Local)
			}
			count[e.Name.Local]++
			for _, a := range e.Attr {
				if !strings.Contains(" "+attrs+" ", " "+a.Name.Local+" ") {
					t.Errorf("%s has no attribute %s", e.Name.Local, a.Name.Local)
				}
				if e.Name.Local == "testsuite" {
					switch a.Name.Local {
					case "tests":
						said.tests = a.Value
					case "failures":
						said.failures = a.Value
					case "errors":
						said.errors = a.Value
					}
				}
			}
		}
		if said.tests != fmt.Sprint(count["testcase"]) || said.failures != fmt.Sprint(count["failure"]) || said.errors != fmt.Sprint(count["error"]) || count["testsuite"] != 1 {
			t.Errorf("it says %+v and has %v", said, count)
		}
	}
}

// TestGitLabForm holds the report to what GitLab asks of code quality reports.
func TestGitLabForm(t *testing.T) {
	for _, text := range []string{feed(t, "gitlab", header(), 30), empty(t, "gitlab")} {
		var issues []struct {
			Description string `json:"description"`
			Check       string `json:"check_name"`
			Severity    string `json:"severity"`
			Fingerprint string `json:"fingerprint"`
			Location    struct {
				Path  string
				Lines struct{ Begin int }
			}
		}
		if err := json.Unmarshal([]byte(text), &issues); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, i := range issues {
			if i.Description == "" || i.Check == "" || i.Location.Path == "" || i.Location.Lines.Begin < 1 || seen[i.Fingerprint] ||
				!slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, i.Severity) {
				t.Errorf("%+v", i)
			}
			seen[i.Fingerprint] = true
		}
	}
}
