package ledsq_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"leds.internal/ledsq"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// ofSource validates made-up people, one source, and gives the findings of a rule
// on the source as a whole.
func ofSource(t *testing.T, policy quality.Policy, rule string, n int, make func(i int, p *record.Person)) ([]quality.Finding, []ledsq.Rate) {
	t.Helper()
	var people []*record.Person
	for i := range n {
		p := &record.Person{Envelope: record.Envelope{ID: fmt.Sprint("P", i), CreatedAt: "2026-10-01T12:00:00Z", CreatedBy: "1234"},
			Names:       []record.Name{{GivenNames: []string{"A" + strings.Repeat("b", i%7)}, Surname: "C" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + "ell"}},
			DateOfBirth: record.Date(fmt.Sprintf("%04d-%02d-%02d", 1950+i%50, 1+i%12, 2+i%27)), Sex: record.Code{Value: "F"},
			Addresses: []record.Address{{Line: fmt.Sprint(i+1, " Invented Row"), Town: "Leeds", Postcode: "LS1 4AP"}}}
		p.Addresses[0].Postcode = record.Postcode(fmt.Sprintf("LS%d %dAP", 1+i%20, i/20%10))
		make(i, p)
		people = append(people, p)
	}
	e, err := ledsq.New(ledsq.Config{AsOf: samplesEngine(t).AsOf(), Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	found, err := ledsq.Validate(context.Background(), e, []ledsq.Source[*record.Person]{ledsq.Records("custody", people)})
	if err != nil {
		t.Fatal(err)
	}
	var out []quality.Finding
	for _, f := range found.Sources[0].Findings {
		if f.Rule == rule {
			out = append(out, f)
		}
	}
	if got := found.Statement.Rates; len(got) != len(found.Sources[0].Rates) {
		t.Errorf("the statement holds %d rates of %d", len(got), len(found.Sources[0].Rates))
	}
	return out, found.Sources[0].Rates
}

func TestPlaceholderSpike(t *testing.T) {
	const rule = "set/placeholder-spike"
	for _, tt := range []struct {
		why    string
		fields string
		make   func(i int, p *record.Person)
	}{
		{"nothing stands out", "", func(int, *record.Person) {}},
		{"a default postcode", "postcode", func(i int, p *record.Person) {
			if i%10 == 0 {
				p.Addresses[0].Postcode = "LS1 4AP"
			}
		}},
		{"nineteen are too few", "", func(i int, p *record.Person) {
			if i < 19 {
				p.Addresses[0].Postcode = "BD1 1AA"
			}
		}},
		{"born on 1 January of many years", "dateOfBirth", func(i int, p *record.Person) {
			if i%12 == 0 {
				p.DateOfBirth = record.Date(fmt.Sprintf("%04d-01-01", 1940+i%60))
			}
		}},
		{"a filler in one field", "surname", func(i int, p *record.Person) {
			if i%9 == 0 {
				p.Names[0].Surname = "UNKNOWN"
			}
		}},
	} {
		found, _ := ofSource(t, quality.Policy{}, rule, 250, tt.make)
		var fields []string
		for _, f := range found {
			fields = append(fields, f.Field)
			if strings.Contains(f.Message, "LS1") || f.Outcome != quality.Fail || f.Severity != quality.Warning {
				t.Errorf("%s: %+v", tt.why, f)
			}
		}
		if got := strings.Join(fields, " "); got != tt.fields {
			t.Errorf("%s: found in %q, want %q", tt.why, got, tt.fields)
		}
	}
	found, _ := ofSource(t, quality.Policy{Off: []string{rule}}, rule, 100, func(_ int, p *record.Person) { p.DateOfBirth = "1970-01-01" })
	if len(found) > 0 {
		t.Error("a rule turned off finds something")
	}
}

func TestRateBelowTarget(t *testing.T) {
	arrests := func(late int) func(i int, p *record.Person) {
		return func(i int, p *record.Person) {
			at := record.Timestamp("2026-10-01T09:00:00Z") // three hours before it was entered
			if i < late {
				at = "2026-09-30T09:00:00Z" // twenty-seven
			}
			p.Processes = []record.Process{{ArrestAt: at, ResultReceivedAt: "2026-10-10T09:00:00Z", ResultEnteredAt: "2026-10-12T09:00:00Z"}}
		}
	}
	for _, tt := range []struct {
		n, late, want int
		policy        quality.Policy
		why           string
	}{
		{100, 10, 0, quality.Policy{}, "90% in a day is the target"},
		{100, 11, 1, quality.Policy{}, "89%"},
		{19, 19, 0, quality.Policy{}, "too few for a rate"},
		{100, 11, 0, quality.Policy{Params: map[string]map[string]float64{"set/rate-below-target": {"arrests-day": 80}}}, "a force's own target"},
	} {
		found, rates := ofSource(t, tt.policy, "set/rate-below-target", tt.n, arrests(tt.late))
		if len(found) != tt.want || len(rates) != 4 || rates[0].Name != "arrests-day" || rates[0].Of != tt.n {
			t.Errorf("%s: %d findings, want %d; rates %+v", tt.why, len(found), tt.want, rates)
		}
	}
	found, rates := ofSource(t, quality.Policy{}, "set/rate-below-target", 100, func(i int, p *record.Person) {
		if i%10 == 0 {
			p.DateOfBirth = ""
		}
	})
	if len(found) != 1 || len(rates) != 1 || rates[0].Reached != 0.9 || !rates[0].Below {
		t.Errorf("one record in ten without date of birth: %+v, %+v", found, rates)
	}
}

func TestSourceLag(t *testing.T) {
	at := func(source, born, modified string) string {
		return fmt.Sprintf(`{"id":"%s1","sourceSystem":%q,"createdAt":"2026-01-05T09:00:00Z","modifiedAt":%q,"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":%q,"identifiers":[{"type":"PNC","value":"2003/0062845E"}],"addresses":[{"line":"1 Invented Row","postcode":"LS1 4AP"}]}`,
			source, source, modified, born)
	}
	for _, tt := range []struct {
		a, b string
		want int
		why  string
	}{
		{at("A", "1980-06-15", "2026-11-01T09:00:00Z"), at("B", "1980-06-16", ""), 1, "changed in A three weeks ago, and not in B"},
		{at("A", "1980-06-15", "2026-11-01T09:00:00Z"), at("B", "1980-06-15", ""), 0, "they agree: nothing to take over"},
		{at("A", "1980-06-15", "2026-11-01T09:00:00Z"), at("B", "1980-06-16", "2026-11-02T09:00:00Z"), 1, "B changed later, so that A lags"},
		{at("A", "1980-06-15", ""), at("B", "1980-06-16", ""), 0, "nobody changed anything"},
		{at("A", "1980-06-15", "2026-11-23T01:00:00Z"), at("B", "1980-06-16", ""), 0, "not a day ago"},
		{at("A", "1980-06-15", "2026-11-01T09:00:00Z"), at("A", "1980-06-16", ""), 0, "one source"},
	} {
		if n := foundIn[*record.Person](t, "set/source-lag", tt.a, tt.b); n != tt.want {
			t.Errorf("set/source-lag on %d records, want %d: %s", n, tt.want, tt.why)
		}
	}
}

func TestMetElsewhere(t *testing.T) {
	episode := func(id, since, more string) string {
		return fmt.Sprintf(`{"id":%q,"person":{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-15"},"missingSince":%q%s}`, id, since, more)
	}
	for _, tt := range []struct {
		more string
		want int
		why  string
	}{
		{`,"foundAt":"2026-11-16T09:00:00Z"`, 1, "found by the other force"},
		{`,"links":[{"kind":"custody","id":"C1","from":"2026-11-16"}]`, 1, "in custody elsewhere"},
		{`,"links":[{"kind":"incident","id":"I1","from":"2026-11-16"}]`, 0, "an incident is no meeting"},
		{`,"foundAt":"2026-11-10T09:00:00Z"`, 0, "an earlier episode"},
	} {
		since := "2026-11-15T09:00:00Z"
		other := since
		if strings.Contains(tt.more, "11-10") {
			other = "2026-11-09T09:00:00Z"
		}
		n := foundIn[*record.MissingPerson](t, "missing/contact-elsewhere", episode("M1", since, ""), episode("M2", other, tt.more))
		if tt.want == 1 && strings.Contains(tt.more, "custody") {
			tt.want = 2 // and by its own link
		}
		if n != tt.want {
			t.Errorf("missing/contact-elsewhere on %d records, want %d: %s", n, tt.want, tt.why)
		}
	}
}

// TestConflict shows which value is proposed, and why.
func TestConflict(t *testing.T) {
	person := func(id, source, born, created string, proof record.Assurance) *record.Person {
		p := &record.Person{Envelope: record.Envelope{ID: id, SourceSystem: source, CreatedAt: record.Timestamp(created)}, DateOfBirth: record.Date(born),
			Names: []record.Name{{GivenNames: []string{"Ann"}, Surname: "Fenwick"}}, Identifiers: []record.Identifier{{Type: record.IDPNC, Value: "2003/0062845E"}}}
		if proof != "" {
			p.Assessed = []record.Evidence{{Field: "dateOfBirth", Assurance: proof}}
		}
		return p
	}
	const early, late = "2026-01-05T09:00:00Z", "2026-05-05T09:00:00Z"
	for _, tt := range []struct {
		people []*record.Person
		want   string
		why    string
	}{
		{[]*record.Person{person("1", "A", "1980-06-15", early, record.Documentary), person("2", "B", "1980-06-16", late, ""), person("3", "C", "1980-06-16", late, record.SelfDeclared)}, "1980-06-15", "the best assured: documentary"},
		{[]*record.Person{person("1", "A", "1980-06-15", late, ""), person("2", "B", "1980-06-16", early, ""), person("3", "C", "1980-06-16", early, "")}, "1980-06-16", "held by most records"},
		{[]*record.Person{person("1", "A", "1980-06-15", early, ""), person("2", "B", "1980-06-16", late, "")}, "1980-06-16", "the latest"},
	} {
		found, err := ledsq.Validate(context.Background(), samplesEngine(t), []ledsq.Source[*record.Person]{ledsq.Records("set", tt.people)})
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Conflicts) != 1 {
			t.Fatalf("%d conflicts", len(found.Conflicts))
		}
		c := found.Conflicts[0]
		if c.Proposed != tt.want || c.Why != tt.why || len(c.Held) != len(tt.people) || c.Held[0].Source != "A" || c.Held[0].At == "" {
			t.Errorf("%+v, want %s: %s", c, tt.want, tt.why)
		}
	}
}
