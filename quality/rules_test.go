package quality

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func exampleDay(t testing.TB) time.Time {
	at, err := time.Parse(time.RFC3339, ExampleDay)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// subjectOf builds what a rule sees from an example.
func subjectOf(t testing.TB, r *Rule, x Example) *Subject {
	t.Helper()
	kind := x.Kind
	if kind == "" {
		kind = r.Kinds[0]
	}
	at := exampleDay(t)
	load := func(text string) (record.Record, []normalise.Change) {
		rec := record.New(kind)
		dec := json.NewDecoder(strings.NewReader(text))
		dec.DisallowUnknownFields()
		if err := dec.Decode(rec); err != nil {
			t.Fatalf("%s: example: %v", r.ID, err)
		}
		return rec, normalise.Record(rec, normalise.Options{AsOf: at})
	}
	s := &Subject{AsOf: at}
	s.Record, s.Changes = load(x.Record)
	if x.Before != "" {
		s.Before, s.BeforeChanges = load(x.Before)
	}
	if x.Amendment != "" {
		if err := json.Unmarshal([]byte(x.Amendment), &s.Amendment); err != nil {
			t.Fatalf("%s: amendment: %v", r.ID, err)
		}
	}
	return s
}

// exampleLookups know one postcode, one vehicle and one person.
var exampleLookups = Lookups{
	PostcodeInUse: func(p record.Postcode) bool { return p == "SW1A 1AA" },
	PostcodeTown:  func(p record.Postcode) string { return map[record.Postcode]string{"SW1A 1AA": "LONDON"}[p] },
	Existing:      exampleExisting().Known,
	RegisteredVehicle: func(m record.VRM) *record.Vehicle {
		if m == "AB51CDE" {
			return &record.Vehicle{VRM: m, Make: "FORD"}
		}
		return nil
	},
}

func exampleExisting() *Existing {
	x := NewExisting()
	if err := x.Add(&record.Person{Envelope: record.Envelope{ID: "P1"}, Names: []record.Name{{GivenNames: []string{"Ann"}, Surname: "Fenwick"}}, DateOfBirth: "1980-06-15",
		Identifiers: []record.Identifier{{Type: record.IDPNC, Value: "2003/0062845E"}}}); err != nil {
		panic(err)
	}
	return x
}

func newEngine(t testing.TB, p Policy) *Engine {
	t.Helper()
	e, err := New(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// outcome runs one rule alone.
func outcome(e *Engine, id string, s *Subject) (Outcome, []Finding) {
	c := new(Ctx)
	c.reset(e, s, s.Record, s.Changes)
	var got Outcome
	c.runAll([]*active{e.byID[id]}, func(_ *active, o Outcome) { got = o })
	return got, c.found
}

func TestRulesAreComplete(t *testing.T) {
	if err := ValidateRules(Rules()); err != nil {
		t.Fatal(err)
	}
	if n := len(Rules()); n < 60 {
		t.Errorf("only %d rules", n)
	}
	for i, fault := range []Rule{
		{ID: "NoSlash"}, {ID: "a/b"},
		{ID: "a/b", Title: "t", Why: "w", Source: "s", Since: "1", Kinds: persons, Principles: atCreate, Dimension: Validity, Severity: Error},
	} {
		if ValidateRules([]Rule{fault}) == nil {
			t.Errorf("faulty rule %d is taken", i)
		}
	}
	r, ok := Find("person/dob-future")
	if !ok || ValidateRules([]Rule{r, r}) == nil {
		t.Error("a rule twice is taken")
	}
	r.ActsOn = []string{"noSuchField"}
	if ValidateRules([]Rule{r}) == nil {
		t.Error("a rule on a field that does not exist is taken")
	}
}

func TestEveryRuleOnItsExamples(t *testing.T) {
	e := newEngine(t, Policy{Lookups: exampleLookups})
	for _, r := range Rules() {
		if r.Set {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			if o, found := outcome(e, r.ID, subjectOf(t, &r, r.Pass)); o != Pass {
				t.Errorf("the example that should pass gives %s: %+v", o, found)
			}
			o, found := outcome(e, r.ID, subjectOf(t, &r, r.Fail))
			if o != Fail || len(found) == 0 {
				t.Fatalf("the example that should fail gives %s", o)
			}
			p := r.Principles[0]
			rep := e.Check(p, subjectOf(t, &r, r.Fail))
			if !slices.ContainsFunc(rep.Findings, func(f Finding) bool { return f.Rule == r.ID && f.Outcome == Fail }) {
				t.Errorf("Check(%s) does not report it", p)
			}
			for _, f := range found {
				if f.Message == "" || f.Rule != r.ID || f.Dimension != r.Dimension || rank(f.Severity) == 0 {
					t.Errorf("incomplete finding %+v", f)
				}
				if f.Outcome == Fail && f.Fix == "" {
					t.Errorf("a finding without a fix: %s", f.Message)
				}
				kind := r.Fail.Kind
				if kind == "" {
					kind = r.Kinds[0]
				}
				if _, ok := record.FindColumn(kind, f.Field); f.Field != "" && !ok {
					t.Errorf("finding on %q, which is no field", f.Field)
				}
			}
		})
	}
}

// TestNoPersonalValueIsTold plants every value of every example and greps the
// texts of what is found, under every principle.
func TestNoPersonalValueIsTold(t *testing.T) {
	e := newEngine(t, Policy{Lookups: exampleLookups})
	for _, r := range Rules() {
		if r.Set {
			continue
		}
		for _, x := range []Example{r.Pass, r.Fail} {
			s := subjectOf(t, &r, x)
			var secrets []string
			plant := func(rec record.Record) {
				record.Walk(rec, func(l record.Leaf) {
					if l.Field.Personal >= record.Direct && len(l.Text()) > 3 && l.Field.Type != record.TypeCode && l.Field.Type != record.TypeTri && l.Field.Type != record.TypeNarrative {
						secrets = append(secrets, l.Text())
					}
				})
			}
			plant(s.Record)
			if s.Before != nil {
				plant(s.Before)
			}
			for i := range s.Changes {
				if s.Changes[i].Type == record.TypeSurname || s.Changes[i].Type == record.TypeDOB || s.Changes[i].Type == record.TypePostcode {
					secrets = append(secrets, s.Changes[i].From)
				}
			}
			for _, p := range []Principle{Create, Amend, Validate} {
				for _, f := range e.Check(p, s).Findings {
					for _, secret := range secrets {
						if len(secret) > 3 && secret != "UNKNOWN" && secret != "home" && strings.Contains(f.Message+f.Fix, secret) {
							t.Errorf("%s: the text of %s repeats a value", r.ID, f.Rule)
						}
					}
				}
			}
		}
	}
}

func TestThinRecordIsNotBuried(t *testing.T) {
	e := newEngine(t, Policy{})
	p := &record.Person{Envelope: record.Envelope{ID: "1", SourceSystem: "list"}, DateOfBirth: "1980-06-15",
		Names: []record.Name{{GivenNames: []string{"Ann"}, Surname: "Fenwick"}}, Addresses: []record.Address{{Postcode: "SW1A 1AA"}}}
	changes := normalise.Record(p, normalise.Options{AsOf: exampleDay(t)})
	for _, pr := range []Principle{Create, Validate} {
		rep := e.Check(pr, &Subject{Record: p, Changes: changes, AsOf: exampleDay(t)})
		for _, f := range rep.Findings {
			if f.Severity != Info {
				t.Errorf("%s: %s on a plain list: %s", pr, f.Rule, f.Message)
			}
		}
		if len(rep.Findings) > 0 {
			t.Errorf("%s: %d findings on a plain list: %+v", pr, len(rep.Findings), rep.Findings)
		}
	}
	p.CreatedBy = "1234" // now there is an envelope, and it is incomplete
	if rep := e.Check(Create, &Subject{Record: p, Changes: changes, AsOf: exampleDay(t)}); len(rep.Findings) < 4 {
		t.Errorf("an incomplete envelope gives %d findings", len(rep.Findings))
	}
}

func TestMarksByAge(t *testing.T) {
	for _, tt := range []struct {
		vrm  string
		want record.Date
		why  string
	}{
		{"AB51CDE", "2001-09-01", "the first number of the format is a September one"},
		{"AB02CDE", "2002-03-01", "March to August carry the year"},
		{"AB26CDE", "2026-03-01", ""},
		{"AB76CDE", "2026-09-01", ""},
		{"AB00CDE", "2050-09-01", "the last of the format"},
		{"A123BCD", "1983-08-01", "the first prefix"},
		{"Y123BCD", "2001-03-01", "the last prefix"},
		{"ABC123A", "1963-02-01", "the first suffix"},
		{"T123BCD", "1999-03-01", "the first prefix after letters came twice a year"},
		{"1ABC", "", "dateless marks show no age"},
		{"AIZ1234", "", "nor do those of Northern Ireland"},
	} {
		day, ok := vrmIssued(tt.vrm)
		if got := record.DateOfDay(day); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%s: %s, want %s; %s", tt.vrm, string(got), string(tt.want), tt.why)
		}
	}
}
