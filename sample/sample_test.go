package sample_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

func profile(t testing.TB, name string) sample.Profile {
	t.Helper()
	p, ok := sample.ProfileByName(name)
	if !ok {
		t.Fatalf("no profile %s", name)
	}
	return p
}

func items(t testing.TB, o sample.Options) []sample.Item {
	t.Helper()
	var out []sample.Item
	if err := sample.Generate(context.Background(), o, func(it sample.Item) error { out = append(out, it); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

type form func(context.Context, sample.Options, sample.Outputs) error

func written(t *testing.T, o sample.Options, write form) (records, truth, labels string) {
	t.Helper()
	var r, e, l bytes.Buffer
	if err := write(context.Background(), o, sample.Outputs{Records: &r, Truth: &e, Labels: &l}); err != nil {
		t.Fatal(err)
	}
	return r.String(), e.String(), l.String()
}

func TestSameSeedSameBytes(t *testing.T) {
	for _, k := range record.Kinds() {
		for name, write := range map[string]form{"csv": sample.WriteCSV, "jsonl": sample.WriteJSONL} {
			o := sample.Options{Kind: k, N: 3001, Seed: 42, Profile: profile(t, "harsh"), Jobs: 1}
			r1, e1, l1 := written(t, o, write)
			o.Jobs = 2
			r2, e2, l2 := written(t, o, write)
			o.Jobs = 7
			r3, e3, l3 := written(t, o, write)
			if r1 != r2 || e1 != e2 || l1 != l2 || r1 != r3 || e1 != e3 || l1 != l3 {
				t.Errorf("%s %s: the number of jobs changes the output", k, name)
			}
			o.Seed = 43
			if r4, _, _ := written(t, o, write); r4 == r1 {
				t.Errorf("%s %s: another seed gives the same records", k, name)
			}
		}
	}
}

// TestWrittenIsGenerated compares the fast way, which writes over one record
// again and again, with the records themselves.
func TestWrittenIsGenerated(t *testing.T) {
	for _, k := range record.Kinds() {
		o := sample.Options{Kind: k, N: 700, Seed: 9, Profile: profile(t, "harsh")}
		its := items(t, o)
		text, truth, labels := written(t, o, sample.WriteCSV)
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != o.N+1 || strings.Count(truth, "\n") != o.N+1 {
			t.Fatalf("%s: %d rows", k, len(rows))
		}
		if diff := cmp.Diff(sample.Columns(k), rows[0]); diff != "" {
			t.Error(diff)
		}
		planted := 0
		for c, name := range rows[0] {
			col, ok := record.FindColumn(k, name)
			if !ok || col.Name() != name {
				t.Fatalf("%s: no field has the column %s", k, name)
			}
			for i, it := range its {
				if want := col.Get(it.Record); rows[i+1][c] != want {
					t.Fatalf("%s %s: column %s is %q, the record has %q", k, it.Record.Head().ID, name, rows[i+1][c], want)
				}
			}
		}
		for _, it := range its {
			planted += len(it.Errors)
		}
		if got := strings.Count(labels, "\n"); got < planted+1 {
			t.Errorf("%s: %d lines of labels for %d errors", k, got, planted)
		}
		lines, _, _ := written(t, o, sample.WriteJSONL)
		for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
			want, err := json.Marshal(its[i].Record)
			if err != nil || line != string(want) {
				t.Fatalf("%s: line %d differs", k, i)
			}
		}
	}
}

// TestCSVLosesNothing: whatever a person or a vehicle holds has a column.
// Episodes have more reviews than columns.
func TestCSVLosesNothing(t *testing.T) {
	for _, k := range []record.Kind{record.KindPerson, record.KindVehicle} {
		has, lost := map[string]bool{}, map[string]int{}
		for _, name := range sample.Columns(k) {
			has[name] = true
		}
		for _, it := range items(t, sample.Options{Kind: k, N: 5000, Seed: 10, Profile: profile(t, "harsh")}) {
			record.Walk(it.Record, func(l record.Leaf) {
				if !has[l.Name()] {
					lost[l.Name()]++
				}
			})
		}
		for name, n := range lost {
			t.Errorf("%s: %d values of %s have no column", k, n, name)
		}
	}
}

// TestLabelsAreTrue takes every planted error back and gets the record that the
// same options without any rates give.
func TestLabelsAreTrue(t *testing.T) {
	types := map[string]bool{}
	for _, k := range record.Kinds() {
		o := sample.Options{Kind: k, N: 4000, Seed: 11, Profile: profile(t, "harsh")}
		dirty := items(t, o)
		o.Profile = sample.Profile{}
		clean := items(t, o)
		for i, it := range dirty {
			seen := map[string]bool{}
			for _, e := range it.Errors {
				types[e.Type] = true
				c, ok := record.FindColumn(k, e.Field)
				if !ok {
					t.Fatalf("%s: no field %s", e.Type, e.Field)
				}
				if now := c.Get(it.Record); now == e.Original {
					t.Errorf("%s %s: %s holds its original", e.ID, e.Type, e.Field)
				}
				if seen[e.Field] || e.ID != it.Record.Head().ID {
					t.Errorf("%s: %s is labelled twice, or for another record", e.ID, e.Field)
				}
				seen[e.Field] = true
			}
			for _, e := range it.Errors {
				c, _ := record.FindColumn(k, e.Field)
				c.Set(it.Record, e.Original)
			}
			record.Compact(it.Record)
			record.Compact(clean[i].Record)
			if diff := cmp.Diff(clean[i].Record, it.Record); diff != "" {
				t.Fatalf("%s is not the clean record after taking back %v:\n%s", it.Record.Head().ID, it.Errors, diff)
			}
			if it.Entity != clean[i].Entity || len(clean[i].Errors) > 0 {
				t.Fatal("rates change who is who")
			}
		}
	}
	for _, ty := range sample.ErrorTypes() {
		if !types[ty.Name] {
			t.Errorf("%s never happens", ty.Name)
		}
	}
}

func TestDuplicates(t *testing.T) {
	for _, share := range []float64{-1, 0, 0.1, 0.6} {
		its := items(t, sample.Options{Kind: record.KindPerson, N: 20000, Seed: 2, Duplicates: share})
		entities, next := map[string]int{}, 0
		for i, it := range its {
			entities[it.Entity]++
			if i > 0 && its[i-1].Entity == it.Entity {
				next++
			}
		}
		want := map[float64]float64{-1: 0, 0: sample.DefaultDuplicates}[share]
		if share > 0 {
			want = share
		}
		if got := 1 - float64(len(entities))/float64(len(its)); got < want-0.01 || got > want+0.01 {
			t.Errorf("duplicates %g: %.3f of records are further ones, want %.2f", share, got, want)
		}
		if next > 10 {
			t.Errorf("duplicates %g: %d duplicates stand next to each other", share, next)
		}
	}
}

func TestFilesFitEachOther(t *testing.T) {
	o := sample.Options{Kind: record.KindPerson, N: 3000, Seed: 8}
	people := map[string]*record.Person{}
	for _, it := range items(t, o) {
		people[it.Record.Head().ID] = it.Record.(*record.Person)
	}
	o.Kind = record.KindVehicle
	cars, kept := map[string]*record.Vehicle{}, 0
	for _, it := range items(t, o) {
		v := it.Record.(*record.Vehicle)
		cars[v.ID] = v
		for _, k := range v.Keepers {
			if k.PersonID == "" {
				continue
			}
			kept++
			p := people[k.PersonID]
			if p == nil || !strings.EqualFold(plain(p.PrimaryName().Given()+" "+p.PrimaryName().Surname), plain(k.Name)) {
				t.Errorf("keeper of %s is not the person of that record", v.ID)
			}
		}
	}
	o.Kind = record.KindMissing
	known, drove := 0, 0
	for _, it := range items(t, o) {
		m := it.Record.(*record.MissingPerson)
		if p := people[m.Person.ID]; m.Person.ID != "" {
			if known++; p == nil || !strings.EqualFold(plain(p.PrimaryName().Surname), plain(m.Person.PrimaryName().Surname)) {
				t.Errorf("the person of %s is another", m.ID)
			}
		}
		if v := cars[m.AtTime.VehicleID]; m.AtTime.VehicleID != "" {
			if drove++; v == nil || strings.ReplaceAll(string(v.VRM), " ", "") != string(m.AtTime.VRM) {
				t.Errorf("the vehicle of %s is another", m.ID)
			}
		}
	}
	if kept < 500 || known < 100 || drove < 10 {
		t.Errorf("%d keepers, %d persons, %d vehicles are linked", kept, known, drove)
	}
}

func TestOptions(t *testing.T) {
	for name, o := range map[string]sample.Options{
		"no kind":        {N: 1},
		"no records":     {Kind: record.KindPerson},
		"too many":       {Kind: record.KindPerson, N: 1, Duplicates: 0.95},
		"negative jobs":  {Kind: record.KindPerson, N: 1, Jobs: -1},
		"unknown error":  {Kind: record.KindPerson, N: 1, Profile: sample.Profile{Rates: map[string]sample.Rate{"typo": {}}}},
		"rate above one": {Kind: record.KindPerson, N: 1, Profile: sample.Profile{Rates: map[string]sample.Rate{"alias": {First: 2}}}},
	} {
		if o.Validate() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	stop := errors.New("enough")
	n := 0
	err := sample.Generate(context.Background(), sample.Options{Kind: record.KindPerson, N: 1e6, Seed: 1}, func(sample.Item) error {
		if n++; n == 5 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 5 {
		t.Errorf("stopped with %v after %d", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := sample.Generate(ctx, sample.Options{Kind: record.KindPerson, N: 1e6}, func(sample.Item) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestNoOutsideChance finds imports that would make the output depend on more
// than the options.
func TestNoOutsideChance(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range tree.Imports {
			if p := strings.Trim(i.Path.Value, `"`); strings.HasPrefix(p, "math/rand") || p == "crypto/rand" || p == "os" {
				t.Errorf("%s imports %s", f.Name(), p)
			}
		}
		if b, _ := os.ReadFile(f.Name()); bytes.Contains(b, []byte("time.Now(")) {
			t.Errorf("%s reads the clock", f.Name())
		}
	}
}
