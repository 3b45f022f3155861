package ledsq_test

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
	"time"

	"leds.internal/ledsq"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// The rules and the labelled samples in testdata were made apart. These tests
// hold them together: see testdata/README.md.

// samplesAsOf is the end of the reference day of the samples.
var samplesAsOf = time.Date(2026, 11, 23, 23, 59, 59, 0, time.UTC)

// notFound are the labels that validating their own file can't find, and why.
var notFound = map[string]string{
	"M0197 missing/contact-elsewhere": "the arrest stands in a file of another kind, persons.csv; Validate takes records of one kind",
}

func TestSamplesValidate(t *testing.T) {
	e := samplesEngine(t)
	t.Run("person", func(t *testing.T) { validateSample[*record.Person](t, e, "persons", "csv") })
	t.Run("vehicle", func(t *testing.T) { validateSample[*record.Vehicle](t, e, "vehicles", "csv") })
	t.Run("missing", func(t *testing.T) { validateSample[*record.MissingPerson](t, e, "missing", "jsonl") })
}

func TestSamplesAmend(t *testing.T) {
	e := samplesEngine(t)
	t.Run("person", func(t *testing.T) { amendSample[*record.Person](t, e, "persons", "csv") })
	t.Run("vehicle", func(t *testing.T) { amendSample[*record.Vehicle](t, e, "vehicles", "csv") })
	t.Run("missing", func(t *testing.T) { amendSample[*record.MissingPerson](t, e, "missing", "jsonl") })
}

func samplesEngine(t *testing.T) *ledsq.Engine {
	t.Helper()
	e, err := ledsq.New(ledsq.Config{AsOf: samplesAsOf})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func validateSample[R record.Record](t *testing.T, e *ledsq.Engine, name, ext string) {
	t.Parallel()
	found, err := ledsq.Validate(context.Background(), e, []ledsq.Source[R]{ledsq.Records(name, readSample[R](t, name+"."+ext))})
	if err != nil {
		t.Fatal(err)
	}
	labels := sampleLabels(t, name+".errors.csv", func(map[string]string) bool { return true })
	if len(found.Records) == 0 || len(labels) == 0 {
		t.Fatalf("%d records, %d labels", len(found.Records), len(labels))
	}
	for _, r := range found.Records {
		rules := failed(r.Findings)
		for _, rule := range labels[r.ID] {
			why, excused := notFound[r.ID+" "+rule]
			if _, ok := rules[rule]; !ok && !excused {
				t.Errorf("%s: %s is planted and not found", r.ID, rule)
			} else if ok && excused {
				t.Errorf("%s: %s is found although %s: take it off the list", r.ID, rule, why)
			}
		}
		if len(labels[r.ID]) > 0 {
			continue
		}
		for rule, s := range rules {
			if s == quality.Error {
				t.Errorf("%s: %s is an error on a record without a planted one", r.ID, rule)
			}
		}
	}
}

func amendSample[R record.Record](t *testing.T, e *ledsq.Engine, name, ext string) {
	t.Parallel()
	before, after := readSample[R](t, name+".before."+ext), readSample[R](t, name+".after."+ext)
	if len(before) == 0 || len(before) != len(after) {
		t.Fatalf("%d records before, %d after", len(before), len(after))
	}
	labels := sampleLabels(t, "amend.errors.csv", func(row map[string]string) bool { return row["file"] == name+".after."+ext })
	for i := range after {
		kept, err := ledsq.Amend(context.Background(), e, before[i], after[i], record.Amendment{})
		if err != nil {
			t.Fatal(err)
		}
		id := kept.Record.Head().ID
		rules := failed(kept.Findings)
		for _, rule := range labels[id] {
			if _, ok := rules[rule]; !ok {
				t.Errorf("%s: %s is planted and not found", id, rule)
			}
		}
		if len(labels[id]) > 0 {
			continue
		}
		for rule, s := range rules {
			if s != quality.Info {
				t.Errorf("%s: a good amendment gives %s (%s)", id, rule, s)
			}
		}
	}
}

// failed gives the rules that failed, with the worst severity of each.
func failed(findings []quality.Finding) map[string]quality.Severity {
	worse := map[quality.Severity]int{quality.Info: 1, quality.Warning: 2, quality.Error: 3}
	rules := map[string]quality.Severity{}
	for _, f := range findings {
		if f.Outcome == quality.Fail && worse[f.Severity] > worse[rules[f.Rule]] {
			rules[f.Rule] = f.Severity
		}
	}
	return rules
}

func readSample[R record.Record](t *testing.T, name string) (records []R) {
	t.Helper()
	var none R
	r, err := ingest.Open(filepath.Join("testdata", name), nil, ingest.Options{Kind: none.Kind()})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for row, err := range r.All(context.Background()) {
		if err == nil && row.Err != nil {
			err = row.Err
		}
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, row.Record.(R))
	}
	return records
}

// sampleLabels gives the rules planted by id of record, from the rows that are wanted.
func sampleLabels(t *testing.T, name string, wanted func(row map[string]string) bool) map[string][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	labels := map[string][]string{}
	for _, cells := range rows[1:] {
		row := map[string]string{}
		for i, column := range rows[0] {
			row[column] = cells[i]
		}
		if !wanted(row) {
			continue
		}
		if _, ok := quality.Find(row["rule"]); !ok {
			t.Errorf("%s: %s names a rule that does not exist: %s", name, row["id"], row["rule"])
		}
		labels[row["id"]] = append(labels[row["id"]], row["rule"])
	}
	return labels
}
