package quality

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"leds.internal/ledsq/record"
)

const wholePolicy = `name: Example Constabulary
off: [person/name-multiple]
severity: {person/uprn-format: warning}
params:
  person/dob-over-120: {age: 115}
weights: {error: 2, warning: 0.4}
gates:
  min-score: 0.9
  max-error-rate: {all: 0.05, person/dob-future: 0}
codes:
  vehicle-colour: {version: "2026", codes: {TEAL: [turquoise green], RED: []}}
  sex: {codes: {F: [female], M: [male]}}
lookups: {postcodes: onspd.csv, register: dvla.csv, existing: nominals.csv}
suppressions:
  - rule: person/postcode-fictitious
    record: P1
    reason: the shelter's address is not told
    owner: Data quality team
    expires: 2027-03-31
`

func TestParsePolicy(t *testing.T) {
	p, err := ParsePolicy(strings.NewReader(wholePolicy))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(p); err != nil {
		t.Fatal(err)
	}
	if p.Params["person/dob-over-120"]["age"] != 115 || p.Gates.MaxErrorRate["all"] != 0.05 || p.Suppressions[0].Expires != "2027-03-31" {
		t.Errorf("%+v", p)
	}
	if p, err := ParsePolicy(strings.NewReader("")); err != nil || !reflect.DeepEqual(p, Policy{}) {
		t.Errorf("an empty file gives %+v, %v", p, err)
	}
	for _, tt := range []struct{ text, want string }{
		{"nmae: x\n", "line 1: field nmae is no key here"},
		{"name: x\noff:\n- person/dob-future\n- person/dob-futura\n", `line 4: there is no rule "person/dob-futura"`},
		{"severity:\n  person/dob-future: dire\n", "line 2: the severity must be"},
		{"params:\n  person/dob-over-120:\n    aeg: 1\n", `line 3: the rule person/dob-over-120 has no parameter "aeg"`},
		{"params:\n  person/dob-over-120:\n    age: .nan\n", `line 3: the parameter "age" of person/dob-over-120 must be from 0`},
		{"lookups: {postcode: x}\n", "line 1: field postcode is no key here"},
		{"codes: {vehicle-colour: {codes: {}}}\n", "line 1: code list vehicle-colour has no codes"},
		{"name: x\ncodes:\n  colour:\n    codes: {RED: []}\n", `line 3: code list colour: there is no set "colour"`},
		{"codes: {vehicle-colour: {codes: {RED: [scarlet], PINK: [Scarlet]}}}\n", `line 1: code list vehicle-colour: "scarlet" of set "vehicle-colour" stands for both`},
		{"codes: {vehicle-colour: {codes: {RED: [a|b]}}}\n", "holds a bar"},
		{"name: x\nonly:\n- person/dob-future\n- no/such\n", "line 4: there is no rule"},
		{"weights: {dire: 1}\n", "line 1: a weight is of"},
		{"gates: {min-score: 2}\n", "line 1: gate min-score must be from 0 to 1"},
		{"name: x\ngates:\n  max-error-rate: {speed: 0.1}\n", `"speed", which is neither a rule nor a dimension`},
		{"suppressions:\n- rule: person/dob-future\n  owner: me\n  expires: 2027-03-31\n", "line 2: a suppression has no reason"},
		{"suppressions:\n- rule: person/dob-future\n  reason: r\n  owner: me\n  expires: soon\n", "line 5: a suppression expires on no date"},
		{"name: x\n---\nname: y\n", "more than one document"},
		{"name: [\n", "line 1"},
	} {
		if _, err := ParsePolicy(strings.NewReader(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q gives %v, want %q", tt.text, err, tt.want)
		}
	}
}

// TestPolicySchema holds the schema to the struct: the same keys, everywhere.
func TestPolicySchema(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal(PolicySchema(), &schema); err != nil {
		t.Fatal(err)
	}
	compareSchema(t, "policy", reflect.TypeFor[Policy](), schema)
}

func compareSchema(t *testing.T, path string, typ reflect.Type, schema map[string]any) {
	t.Helper()
	props, _ := schema["properties"].(map[string]any)
	if schema["additionalProperties"] != false {
		t.Errorf("%s takes unknown keys", path)
	}
	var want []string
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "-" {
			continue
		}
		if j, _, _ := strings.Cut(f.Tag.Get("json"), ","); j != name {
			t.Errorf("%s.%s is %s in JSON", path, name, j)
		}
		want = append(want, name)
		sub, _ := props[name].(map[string]any)
		switch ft := f.Type; {
		case ft.Kind() == reflect.Struct:
			compareSchema(t, path+"."+name, ft, sub)
		case ft.Kind() == reflect.Slice && ft.Elem().Kind() == reflect.Struct:
			items, _ := sub["items"].(map[string]any)
			compareSchema(t, path+"."+name, ft.Elem(), items)
		}
	}
	got := keys(props)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s has the keys %v in the schema, %v in the struct", path, got, want)
	}
}

func TestSuppressions(t *testing.T) {
	s := Suppression{Rule: "person/dob-future", Record: "P1", Reason: "r", Owner: "o", Expires: "2026-11-23"}
	record1 := load(t, record.KindPerson, `{"id":"P1","dateOfBirth":"2031-06-15"}`)
	record2 := load(t, record.KindPerson, `{"id":"P2","dateOfBirth":"2031-06-15"}`)
	has := func(list []Finding) bool {
		return slices.ContainsFunc(list, func(f Finding) bool { return f.Rule == s.Rule })
	}
	e := newEngine(t, Policy{Suppressions: []Suppression{s}, AsOf: exampleDay(t)})
	plain := newEngine(t, Policy{}).Check(Create, record1)
	one, two := e.Check(Create, record1), e.Check(Create, record2)
	if has(one.Findings) || !has(one.Suppressed) || !has(two.Findings) {
		t.Errorf("on its last day: %+v", one)
	}
	if one.Score.Overall != plain.Score.Overall {
		t.Error("a suppression makes the record better")
	}
	if u := e.Suppressions(); len(u) != 1 || u[0].Findings != 1 || u[0].Expired {
		t.Errorf("%+v", u)
	}
	late := newEngine(t, Policy{Suppressions: []Suppression{s}, AsOf: exampleDay(t).Add(24 * time.Hour)})
	if !has(late.Check(Create, record1).Findings) || !late.Suppressions()[0].Expired {
		t.Error("an expired suppression still holds")
	}
}

func TestGates(t *testing.T) {
	var n GateCount
	n.Add(Score{Overall: 1}, nil)
	n.Add(Score{Overall: 0.5}, []Finding{{Rule: "person/dob-future", Severity: Error, Outcome: Fail, Dimension: Validity}, {Rule: "person/dob-future", Severity: Error, Outcome: Fail, Dimension: Validity}})
	n.Add(Score{Overall: 0.9}, []Finding{{Rule: "person/name-format", Severity: Warning, Outcome: Fail, Dimension: Validity}})
	n.Add(Score{Overall: 0.8}, []Finding{{Rule: "person/name-format", Severity: Error, Outcome: CannotTell, Dimension: Validity}})
	for _, tt := range []struct {
		g    Gates
		want int
		why  string
	}{
		{Gates{}, 0, "no gates"},
		{Gates{MinScore: 0.8}, 0, "the mean is 0.8"},
		{Gates{MinScore: 0.81}, 1, "above the mean"},
		{Gates{MaxErrorRate: map[string]float64{"all": 0.25, "validity": 0.25, "accuracy": 0}}, 0, "one in four"},
		{Gates{MaxErrorRate: map[string]float64{"all": 0.24, "validity": 0}}, 2, "one in four is more"},
		{Gates{MaxErrorRate: map[string]float64{"person/name-format": 0.25}}, 0, "a rule counts at any severity"},
		{Gates{MaxErrorRate: map[string]float64{"person/name-format": 0.2}}, 1, "so that it fails"},
	} {
		if got := tt.g.Missed(&n); len(got) != tt.want {
			t.Errorf("%s: %v", tt.why, got)
		}
	}
	if (Gates{MinScore: 1}).Missed(new(GateCount)) != nil {
		t.Error("no records miss a gate")
	}
}
