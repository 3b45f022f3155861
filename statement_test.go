package ledsq_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"leds.internal/ledsq"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

func statementPerson(id string) *record.Person {
	return &record.Person{Envelope: record.Envelope{ID: id, SourceSystem: "RMS", CreatedAt: "2026-11-20T09:00:00Z"},
		Names: []record.Name{{GivenNames: []string{"Zebedee"}, Surname: "Quillfeather"}}, DateOfBirth: "2031-06-15", Age: "30"}
}

func TestStatementOfRecord(t *testing.T) {
	e, err := ledsq.New(ledsq.Config{AsOf: samplesAsOf, Policy: quality.Policy{Name: "Example Constabulary", Off: []string{"person/name-multiple"},
		Params: map[string]map[string]float64{"person/dob-over-120": {"age": 115}}}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := ledsq.State(context.Background(), e, quality.Validate, statementPerson("P1"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"ruleSet":"1.0"`, `"policy":"Example Constabulary"`, `"off":["person/name-multiple"]`, `"id":"P1"`, `"source":"RMS"`, `"lastChanged":"2026-11-20T09:00:00Z"`,
		`"notRun":["record/already-known","person/postcode-not-in-use","person/postcode-town"]`, `"params":{"age":115}`, `"rule":"person/dob-future"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the statement lacks %s: %s", want, text)
		}
	}
	if strings.Contains(string(text), "Quill") || strings.Contains(string(text), "2031") {
		t.Error("the statement gives values away")
	}
	if slices.ContainsFunc(s.Rules, func(r quality.RuleVersion) bool {
		return r.ID == "person/name-multiple" || strings.HasPrefix(r.ID, "vehicle/")
	}) {
		t.Error("it names rules that did not run")
	}
}

func TestStatementOfSet(t *testing.T) {
	e := samplesEngine(t)
	found, err := ledsq.Validate(context.Background(), e, []ledsq.Source[*record.Person]{ledsq.Records("list", []*record.Person{statementPerson("P1"), statementPerson("P2")})})
	if err != nil {
		t.Fatal(err)
	}
	s := found.Statement
	if s.Metrics.Records != 2 || !slices.Equal(s.Sources, []string{"RMS"}) || s.Principle != quality.Validate {
		t.Errorf("%+v", s)
	}
	if !slices.ContainsFunc(s.Rules, func(r quality.RuleVersion) bool { return r.ID == "set/duplicate-probable" }) {
		t.Error("rules about sets are not named")
	}
}

func TestDue(t *testing.T) {
	e := samplesEngine(t)
	p := &record.Person{Envelope: record.Envelope{ID: "P1", OwnerCode: "01ZD", ReviewDate: "01/11/2026"}}
	due, err := ledsq.Due(context.Background(), e, p)
	if err != nil || len(due) != 1 || due[0].Rule != "record/review-overdue" || !due[0].Overdue || due[0].Owner != "01ZD" {
		t.Errorf("%+v, %v", due, err)
	}
	after := &record.Person{Envelope: record.Envelope{ID: "P1", OwnerCode: "01ZD", ReviewDate: "2027-11-01"}}
	kept, err := ledsq.Amend(context.Background(), e, p, after, record.Amendment{})
	if err != nil || len(kept.Due) != 1 || kept.Due[0].Overdue {
		t.Errorf("%+v, %v", kept.Due, err)
	}
}
