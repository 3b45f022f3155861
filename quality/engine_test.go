package quality

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
	"pgregory.net/rapid"
)

// rich is a person with much in it and several things wrong.
const rich = `{"id":"r1","sourceSystem":"RMS","ownerCode":"01ZD","purpose":["law-enforcement"],"createdAt":"2026-10-01T09:00:00Z","createdBy":"1234",
"roles":["known-suspect"],"dataSubjectCategory":["suspect"],"names":[{"givenNames":["Ann"],"surname":"Examp1e"},{"type":"alias","surname":"Harker"}],
"dateOfBirth":"1980-06-15","age":40,"ageAsOf":"2026-10-01","sex":"F","identifiers":[{"type":"PNC","value":"2001/0171310S"},{"type":"NINO","value":"QQ123456C"}],
"addresses":[{"line":"1 High Street","town":"Leeds","postcode":"LS1 1AA"},{"line":"2 Low Road","postcode":"SW1A 1CV"}],
"contacts":[{"type":"MOBH","value":"07700 900123"},{"type":"EMAIL","value":"nobody"}],
"markers":[{"code":"VI","setAt":"2024-10-01T09:00:00Z"}],
"processes":[{"arrestAt":"2026-10-01T07:00:00Z","offences":[{"start":"2026-09-30T22:00:00Z"}]}]}`

func load(t testing.TB, kind record.Kind, text string) *Subject {
	t.Helper()
	r := record.New(kind)
	if err := json.Unmarshal([]byte(text), r); err != nil {
		t.Fatal(err)
	}
	at := exampleDay(t)
	return &Subject{Record: r, Changes: normalise.Record(r, normalise.Options{AsOf: at}), AsOf: at}
}

func TestCheckIsDeterministicAndConcurrent(t *testing.T) {
	e := newEngine(t, Policy{})
	s := load(t, record.KindPerson, rich)
	want := e.Check(Validate, s)
	if len(want.Findings) < 5 {
		t.Fatalf("only %d findings", len(want.Findings))
	}
	for i := 1; i < len(want.Findings); i++ {
		a, b := want.Findings[i-1], want.Findings[i]
		if x, y := e.order(a.Rule), e.order(b.Rule); x > y || x == y && a.Field > b.Field {
			t.Errorf("%s %s stands before %s %s", a.Rule, a.Field, b.Rule, b.Field)
		}
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if d := cmp.Diff(want, e.Check(Validate, s)); d != "" {
					t.Error(d)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestRuleError(t *testing.T) {
	bad, _ := Find("person/dob-future")
	bad.ID, bad.Check = "own/crash", func(c *Ctx) Outcome { panic(c.Person().PrimaryName().Surname) }
	e := newEngine(t, Policy{Extra: []Rule{bad}})
	rep := e.Check(Create, load(t, record.KindPerson, `{"names":[{"surname":"Quillfeather"}]}`))
	var f Finding
	for _, g := range rep.Findings {
		if g.Rule == "own/crash" {
			f = g
		}
	}
	if f.Outcome != RuleError || strings.Contains(fmt.Sprintf("%+v", rep), "Quillfeather") {
		t.Errorf("a crash gives %+v", f)
	}
	if rep.Score.Coverage >= 1 {
		t.Error("a crashed rule counts as decided")
	}
	// It crashes on the record before, too, and is told all the same.
	after := load(t, record.KindPerson, `{"names":[{"surname":"Quillfeather"}]}`)
	after.Before = load(t, record.KindPerson, `{"names":[{"surname":"Quillfeather"}],"sex":"F"}`).Record
	if !slices.ContainsFunc(e.Check(Amend, after).Findings, func(g Finding) bool { return g.Rule == "own/crash" && g.Outcome == RuleError }) {
		t.Error("a crash in an amendment is not told")
	}
}

func TestPolicy(t *testing.T) {
	s := load(t, record.KindPerson, `{"dateOfBirth":"2031-06-15"}`)
	has := func(p Policy) (Severity, bool) {
		for _, f := range newEngine(t, p).Check(Create, s).Findings {
			if f.Rule == "person/dob-future" {
				return f.Severity, true
			}
		}
		return "", false
	}
	if got, _ := has(Policy{}); got != Error {
		t.Errorf("default: %q", got)
	}
	if _, on := has(Policy{Off: []string{"person/dob-future"}}); on {
		t.Error("a rule turned off still runs")
	}
	if _, on := has(Policy{Only: []string{"person/dob-over-120"}}); on {
		t.Error("a rule runs that is not among the only ones")
	}
	if _, on := has(Policy{Only: []string{"person/dob-future"}}); !on {
		t.Error("the only rule does not run")
	}
	if _, on := has(Policy{Only: []string{"person/dob-future"}, Off: []string{"person/dob-future"}}); on {
		t.Error("a rule runs that is off")
	}
	if e := newEngine(t, Policy{Only: []string{"person/dob-future"}}); len(e.Rules()) != 1 || len(e.Checked(record.KindPerson, Create, false).Off) != len(Rules())-1 {
		t.Error("the statement does not tell the rules that are not among the only ones")
	}
	if got, _ := has(Policy{Severity: map[string]Severity{"person/dob-future": Info}}); got != Info {
		t.Errorf("severity is %q", got)
	}
	old := load(t, record.KindPerson, `{"dateOfBirth":"1920-06-15"}`)
	e := newEngine(t, Policy{Params: map[string]map[string]float64{"person/dob-over-120": {"age": 100}}})
	if o, _ := outcome(e, "person/dob-over-120", old); o != Fail {
		t.Errorf("parameter not taken: %s", o)
	}
	for _, p := range []Policy{{Off: []string{"no/such"}}, {Only: []string{"no/such"}}, {Severity: map[string]Severity{"no/such": Info}}, {Severity: map[string]Severity{"person/dob-future": "dire"}},
		{Params: map[string]map[string]float64{"person/dob-over-120": {"aeg": 1}}}, {Extra: []Rule{{ID: "x/y"}}}} {
		if _, err := New(p); err == nil {
			t.Errorf("%+v is taken", p)
		}
	}
}

func TestLookupAbsentIsNotPass(t *testing.T) {
	e := newEngine(t, Policy{})
	if got := e.NotRun(); len(got) != 4 || got[0].Outcome != CannotTell {
		t.Errorf("%+v", got)
	}
	s := load(t, record.KindPerson, `{"addresses":[{"postcode":"SW1A 9ZZ"}]}`)
	with := newEngine(t, Policy{Lookups: exampleLookups})
	if a, b := e.Check(Create, s).Score.Coverage, with.Check(Create, s).Score.Coverage; a >= b {
		t.Errorf("coverage %v without the look-up, %v with it", a, b)
	}
	if o, _ := outcome(with, "person/postcode-not-in-use", s); o != Fail {
		t.Errorf("with the directory: %s", o)
	}
}

func TestAmendReportsWhatItBroughtAbout(t *testing.T) {
	e := newEngine(t, Policy{})
	before := load(t, record.KindPerson, `{"dateOfBirth":"1980-06-15","sex":"F","identifiers":[{"type":"NINO","value":"QQ12345C"}],"addresses":[{"postcode":"LS1 1AA"}]}`)
	after := load(t, record.KindPerson, `{"dateOfBirth":"1980-06-15","sex":"F","identifiers":[{"type":"NINO","value":"QQ12345C"}],"addresses":[{"postcode":"LS1 1CV"}]}`)
	after.Before, after.BeforeChanges = before.Record, before.Changes
	found := map[string]bool{}
	for _, f := range e.Check(Amend, after).Findings {
		found[f.Rule] = true
	}
	if !found["person/postcode-invalid"] {
		t.Error("a fault that the amendment brought in is not told")
	}
	if found["person/nino-format"] {
		t.Error("an old fault in a field left alone is told")
	}
	same := load(t, record.KindPerson, rich)
	same.Before, same.BeforeChanges = record.Clone(same.Record), same.Changes
	for _, f := range e.Check(Amend, same).Findings {
		if f.Rule != "record/no-change" && f.Rule != "record/version-stale" {
			t.Errorf("no change, and yet %s: %s", f.Rule, f.Message)
		}
	}
}

func TestSetFindings(t *testing.T) {
	e := newEngine(t, Policy{})
	rep := e.Check(Validate, load(t, record.KindPerson, rich))
	before := rep.Score.Overall
	f, ok := e.Finding("set/duplicate-exact", "", "pncId", "another record has the same PNC ID", "Merge them.")
	if !ok || f.Severity != Error || f.Dimension != Uniqueness {
		t.Fatalf("%+v", f)
	}
	e.Add(&rep, nil, f)
	if rep.Score.Overall >= before {
		t.Errorf("score %v, was %v", rep.Score.Overall, before)
	}
	addsUp(t, rep.Score)
	if rep.Findings[len(rep.Findings)-1].Rule != f.Rule {
		t.Error("not in rule order")
	}
	if _, ok := e.Finding("set/no-such", "", "", "", ""); ok {
		t.Error("an unknown rule makes a finding")
	}
}

func addsUp(t testing.TB, s Score) {
	t.Helper()
	lost, sum, weights := 0.0, 0.0, 0.0
	for _, l := range s.Lost {
		lost += l.Points
	}
	if math.Abs(lost-(1-s.Overall)) > 1e-9 {
		t.Errorf("lost %v of %v", lost, 1-s.Overall)
	}
	for i, d := range Dimensions() {
		if v, ok := s.Dimensions[d]; ok {
			if v < 0 || v > 1 {
				t.Errorf("%s is %v", d, v)
			}
			sum += v * s.Weights[i]
			weights += s.Weights[i]
		}
	}
	if weights > 0 && math.Abs(sum/weights-s.Overall) > 1e-9 {
		t.Errorf("overall %v is not the mean of the dimensions, %v", s.Overall, sum/weights)
	}
	if s.Overall < 0 || s.Overall > 1 || s.Coverage < 0 || s.Coverage > 1 {
		t.Errorf("out of range: %+v", s)
	}
}

// TestScoreProperties: reasons add up, and a further finding never raises a score.
func TestScoreProperties(t *testing.T) {
	e := newEngine(t, Policy{})
	severities := []Severity{Error, Warning, Info}
	outcomes := []Outcome{Pass, Fail, NotApplicable, CannotTell, RuleError}
	rapid.Check(t, func(rt *rapid.T) {
		type result struct {
			r *active
			o Outcome
			f []Finding
		}
		var results []result
		for i := range e.rules {
			if rapid.Bool().Draw(rt, "in") {
				o := rapid.SampledFrom(outcomes).Draw(rt, "outcome")
				var f []Finding
				if o == Fail {
					f = []Finding{{Outcome: Fail, Severity: rapid.SampledFrom(severities).Draw(rt, "severity")}}
				}
				results = append(results, result{&e.rules[i], o, f})
			}
		}
		score := func() Score {
			t := tally{weights: &e.weights}
			for _, x := range results {
				t.count(x.r, x.o, x.f)
			}
			return t.score()
		}
		was := score()
		addsUp(t, was)
		if len(results) == 0 {
			return
		}
		x := &results[rapid.IntRange(0, len(results)-1).Draw(rt, "which")]
		if x.o == CannotTell || x.o == RuleError {
			return
		}
		x.o = Fail
		x.f = append(x.f, Finding{Outcome: Fail, Severity: rapid.SampledFrom(severities).Draw(rt, "more")})
		now := score()
		addsUp(t, now)
		if now.Overall > was.Overall+1e-9 {
			rt.Fatalf("a further finding of %s raises the score from %v to %v", x.r.ID, was.Overall, now.Overall)
		}
	})
}

// TestAnyRecord: no rule crashes on any text in any field, under any principle.
func TestAnyRecord(t *testing.T) {
	e := newEngine(t, Policy{Lookups: exampleLookups})
	at := exampleDay(t)
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"1980-06-15", "2026-11-20T09:00:00Z", "yes", "high", "stolen", "AB51CDE", "MORGA657054SM9IJ", "1980", "[1990-04-03,1990-03-04]", "wanted", "x"}))
	rapid.Check(t, func(rt *rapid.T) {
		k := rapid.SampledFrom(record.Kinds()).Draw(rt, "kind")
		fields := record.Fields(k)
		gen := func() (record.Record, []normalise.Change) {
			r := record.New(k)
			for range rapid.IntRange(0, 25).Draw(rt, "n") {
				f := &fields[rapid.IntRange(0, len(fields)-1).Draw(rt, "field")]
				name := strings.Replace(f.First(), "*", "suicide", 1)
				if c, ok := record.FindColumn(k, name); ok {
					c.Set(r, strings.ToValidUTF8(text.Draw(rt, "text"), "?"))
				}
			}
			return r, normalise.Record(r, normalise.Options{AsOf: at})
		}
		s := &Subject{AsOf: at}
		s.Record, s.Changes = gen()
		s.Before, s.BeforeChanges = gen()
		for _, p := range []Principle{Create, Amend, Validate} {
			rep := e.Check(p, s)
			addsUp(t, rep.Score)
			for _, f := range rep.Findings {
				if f.Outcome == RuleError {
					rt.Fatalf("%s crashed: %s", f.Rule, f.Message)
				}
			}
		}
	})
}

func TestNothingToCheck(t *testing.T) {
	e := newEngine(t, Policy{})
	for _, s := range []*Subject{nil, {}} {
		if rep := e.Check(Create, s); rep.Score.Overall != 1 || len(rep.Findings) != 0 {
			t.Errorf("%+v", rep)
		}
	}
	for _, k := range record.Kinds() {
		for _, p := range []Principle{Create, Amend, Validate} {
			addsUp(t, e.Check(p, &Subject{Record: record.New(k)}).Score)
		}
	}
}

// TestWeightsInJSON: a score says how much there was to judge by.
func TestWeightsInJSON(t *testing.T) {
	score := newEngine(t, Policy{}).Check(Validate, load(t, record.KindPerson, rich)).Score
	b, err := json.Marshal(score)
	if err != nil || !strings.Contains(string(b), `"weights":{"accuracy":`) {
		t.Fatal(string(b), err)
	}
	var back Score
	if err := json.Unmarshal(b, &back); err != nil || back.Weights != score.Weights || back.Weights.Of(Accuracy) == 0 || back.Weights.Of("speed") != 0 {
		t.Fatal(back.Weights, err)
	}
	if json.Unmarshal([]byte(`{"weights":{"speed":1}}`), &back) == nil {
		t.Error("an unknown dimension is taken")
	}
}
