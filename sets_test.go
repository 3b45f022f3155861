package ledsq_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"leds.internal/ledsq"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/record"
)

// TestSets shows what the rules about sets of people and vehicles tell apart.
func TestSets(t *testing.T) {
	person := func(given, surname, dob, pnc string) string {
		return fmt.Sprintf(`{"names":[{"givenNames":[%q],"surname":%q}],"dateOfBirth":%q,"identifiers":[{"type":"PNC","value":%q}],"addresses":[{"line":"1 Invented Row","postcode":"LS1 4AP"}]}`, given, surname, dob, pnc)
	}
	const vin = "SALLAAA146A395321"
	transferred := `{"vin":"` + vin + `","vrm":"A1ABC","previousVrms":[{"vrm":"AB51CDE","to":"2024-02-10"}]}`
	episode := func(since, found string) string {
		return fmt.Sprintf(`{"person":{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-15"},"missingSince":%q,"foundAt":%q}`, since, found)
	}
	for _, tt := range []struct {
		kind       record.Kind
		a, b, rule string
		want       bool
		why        string
	}{
		{record.KindPerson, person("Ann", "Fenwick", "1980-06-15", "2003/0062845E"), person("Bea", "Harker", "1961-02-28", "2003/0062845E"), "person/identifier-conflict", true, "nothing else in common"},
		{record.KindPerson, person("Ann", "Fenwick", "1980-06-15", "2003/0062845E"), person("Bea", "Harker", "1980-06-15", "2003/0062845E"), "person/identifier-conflict", false, "one day of birth: a change of name"},
		{record.KindPerson, person("Ann", "Fenwick", "1980-06-15", "2003/0062845E"), person("Ann", "FENWICK", "1961-02-28", "2003/0062845E"), "person/identifier-conflict", false, "one surname: a slip in the date"},
		{record.KindPerson, person("Kieran", "Fenwick", "2006-06-22", ""), person("Shannon", "Fenwick", "2006-06-22", ""), "set/possible-twin", true, "brother and sister"},
		{record.KindPerson, person("William", "Fenwick", "2006-06-22", ""), person("Bill", "Fenwick", "2006-06-22", ""), "set/possible-twin", false, "two forms of one name"},
		{record.KindPerson, person("William", "Fenwick", "2006-06-22", ""), person("W", "Fenwick", "2006-06-22", ""), "set/possible-twin", false, "an initial"},
		{record.KindVehicle, transferred, `{"vin":"` + vin + `","vrm":"AB51CDE","createdAt":"2023-05-01T09:00:00Z"}`, "vehicle/duplicate-mark", false, "made while it bore that mark"},
		{record.KindVehicle, transferred, `{"vin":"` + vin + `","vrm":"AB51CDE"}`, "vehicle/duplicate-mark", false, "not known when it was made"},
		{record.KindVehicle, transferred, `{"vin":"` + vin + `","vrm":"AB51CDE","createdAt":"2026-05-01T09:00:00Z"}`, "vehicle/duplicate-mark", true, "seen under a mark given up two years before"},
		{record.KindMissing, episode("2026-11-11T09:00:00Z", ""), episode("2026-11-15T21:00:00Z", ""), "missing/episode-overlap", true, "both open"},
		{record.KindMissing, episode("2026-10-11T09:00:00Z", "2026-10-12T09:00:00Z"), episode("2026-11-15T21:00:00Z", ""), "missing/episode-overlap", false, "one after the other"},
	} {
		n := 0
		switch tt.kind {
		case record.KindPerson:
			n = foundIn[*record.Person](t, tt.rule, tt.a, tt.b)
		case record.KindVehicle:
			n = foundIn[*record.Vehicle](t, tt.rule, tt.a, tt.b)
		default:
			n = foundIn[*record.MissingPerson](t, tt.rule, tt.a, tt.b)
		}
		if want := map[bool]int{true: 2}[tt.want]; n != want {
			t.Errorf("%s on %d records, want %d: %s", tt.rule, n, want, tt.why)
		}
	}
}

// foundIn validates records written as JSON and counts those on which a rule failed.
func foundIn[R record.Record](t *testing.T, rule string, texts ...string) (n int) {
	t.Helper()
	var none R
	r, err := ingest.NewReader("set.jsonl", strings.NewReader(strings.Join(texts, "\n")+"\n"), ingest.Options{Kind: none.Kind()})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var records []R
	for row, err := range r.All(context.Background()) {
		if err != nil || row.Err != nil {
			t.Fatal(err, row.Err)
		}
		records = append(records, row.Record.(R))
	}
	found, err := ledsq.Validate(context.Background(), samplesEngine(t), []ledsq.Source[R]{ledsq.Records("set", records)})
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range found.Records {
		if _, ok := failed(rec.Findings)[rule]; ok {
			n++
		}
	}
	return n
}
