package ledsq_test

import (
	"strings"
	"testing"

	"leds.internal/ledsq"
	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// indexed makes an engine whose index holds a record.
func indexed[R record.Record](t *testing.T, r R) *ledsq.Engine {
	x, err := dedupe.NewIndex(r.Kind(), dedupe.IndexConfig{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := ledsq.New(ledsq.Config{AsOf: sample.DefaultAsOf()})
	if err != nil {
		t.Fatal(err)
	}
	held, _ := ledsq.Normalise(plain, r)
	if err := x.Add(t.Context(), held); err != nil {
		t.Fatal(err)
	}
	e, err := ledsq.New(ledsq.Config{AsOf: sample.DefaultAsOf(), Index: x})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func alreadyKnown(t *testing.T, list []quality.Finding) quality.Finding {
	for _, f := range list {
		if f.Rule == "record/already-known" {
			return f
		}
	}
	t.Helper()
	t.Fatalf("no finding of record/already-known among %d", len(list))
	return quality.Finding{}
}

// TestCreateSearches makes records of a person, a vehicle and a missing person
// that are held already.
func TestCreateSearches(t *testing.T) {
	about := func(id string) record.Person {
		return record.Person{Envelope: record.Envelope{ID: id}, Names: []record.Name{{GivenNames: []string{"Harriet"}, Surname: "Fenwick"}}, DateOfBirth: "1980-06-15",
			Contacts: []record.Contact{{Type: record.ContactMobile, Value: "07700900123"}}, Identifiers: []record.Identifier{{Type: record.IDPNC, Value: "2003/0062845E"}}}
	}
	first, second := about("P1"), about("P2")
	made, err := ledsq.Create(t.Context(), indexed(t, &first), &second)
	if err != nil {
		t.Fatal(err)
	}
	if len(made.Known) != 1 || made.Known[0].ID != "P1" || made.Known[0].Decision != dedupe.Match || made.Known[0].Strong != "PNC ID" || len(made.Known[0].Evidence) < 4 {
		t.Errorf("known: %+v", made.Known)
	}
	if f := alreadyKnown(t, made.Findings); f.Severity != quality.Error || f.Field != "pncId" || !strings.Contains(f.Message, "duplicate-exists") || !strings.Contains(f.Message, "P1") {
		t.Errorf("finding: %+v", f)
	}
	second.Names, second.Identifiers, second.Contacts, second.DateOfBirth = []record.Name{{GivenNames: []string{"Olu"}, Surname: "Adeyemi"}}, nil, nil, "1991-02-03"
	if made, err = ledsq.Create(t.Context(), indexed(t, &first), &second); err != nil || len(made.Known) != 0 {
		t.Errorf("a stranger: %+v, %v", made.Known, err)
	}

	v := func(id string) *record.Vehicle {
		return &record.Vehicle{Envelope: record.Envelope{ID: id}, VRM: "AB51CDE", Make: "FORD", Model: "FOCUS"}
	}
	car, err := ledsq.Create(t.Context(), indexed(t, v("V1")), v("V2"))
	if err != nil {
		t.Fatal(err)
	}
	if f := alreadyKnown(t, car.Findings); f.Severity != quality.Error || f.Field != "vrm" {
		t.Errorf("finding: %+v", f)
	}

	m := func(id string) *record.MissingPerson {
		return &record.MissingPerson{Envelope: record.Envelope{ID: id}, Person: about(""), EpisodeRef: "MP/2026/00071"}
	}
	gone, err := ledsq.Create(t.Context(), indexed(t, m("M1")), m("M2"))
	if err != nil {
		t.Fatal(err)
	}
	if f := alreadyKnown(t, gone.Findings); f.Severity != quality.Warning {
		t.Errorf("a missing person's report is kept from being made: %+v", f)
	}
	if len(gone.Known) != 1 {
		t.Errorf("known: %+v", gone.Known)
	}
}
