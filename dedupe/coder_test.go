package dedupe

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"

	"github.com/google/go-cmp/cmp"
)

// awkward are texts that move, split or mean other things in company.
var awkward = []string{"Ann", "ANN", "  ann  MARIE ", "Mr John", "Robert (Bob)", "Smith aka Jones", "Smith née Jones", "M'Donald", "Mc Donald", "O Brien", "van der Berg",
	"UNKNOWN", "Null", "SMITH, John", "exact", "year", "estimated", "France", "GBR", "1980-01-01", "3/4/1980", "1980-06", "1970-01-01", "2025-03-01T10:00:00Z", "LS1 1AA", "ls11aa",
	"NFA", "75001", "07700900123 x 12", "07513015459", "+447513015459", "Ann@Example.COM", "BLUE/WHITE", "blue", "M", "female", "2005/0127852V", "AB123456C", "no fixed abode",
	"AB12 CDE", "Flat 2", "1 Road Road", "APT 4 High Street Close", "Ł", "Șerban 王", "\xff", "PNC", "yes", "-", "'", strings.Repeat("Long Lane ", 12)}

// TestCoder holds the rows of a coder, whatever it has met before, to those of
// records made and normalised.
func TestCoder(t *testing.T) {
	for _, k := range []record.Kind{record.KindPerson, record.KindVehicle, record.KindMissing} {
		t.Run(string(k), func(t *testing.T) { testCoder(t, k) })
	}
}

func testCoder(t *testing.T, k record.Kind) {
	f, err := NewFinder(k, Config{})
	if err != nil {
		t.Fatal(err)
	}
	o := normalise.Options{AsOf: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	var fields, compared []string
	for _, a := range f.preset.attributes {
		for _, one := range a.fields {
			if normalise.SingleOf(k, one.field, o) == nil {
				t.Errorf("%s is read from %s, which can't be read alone", a.name, one.field)
			}
			compared = append(compared, one.field)
		}
	}
	names := []string{"alias1.givenName", "address2.postcode", "address2.town", "givenName2", "colour2"}
	for _, field := range record.Fields(k) {
		names = append(names, field.First())
	}
	for _, name := range names {
		if _, ok := record.FindColumn(k, name); ok && !strings.HasPrefix(name, "extra") {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	random := rand.New(rand.NewPCG(7, 7))
	coder, alone := f.Coder(fields, o), 0
	const rounds = 8_000
	for n := range rounds {
		texts, r := make([]string, len(fields)), record.New(k)
		set := func(name, text string) {
			i := slices.Index(fields, name)
			if texts[i] != "" {
				return
			}
			texts[i] = text
			c, _ := record.FindColumn(k, name)
			c.Set(r, text)
		}
		if n < 2*len(fields) { // each by itself first
			set(fields[n/2], awkward[random.IntN(len(awkward))])
		} else {
			for range 1 + random.IntN(5) {
				set(compared[random.IntN(len(compared))], awkward[random.IntN(len(awkward))])
			}
			if n%3 == 0 {
				set(fields[random.IntN(len(fields))], awkward[random.IntN(len(awkward))])
			}
		}
		record.Compact(r)
		id := fmt.Sprintf(" %d ", n%97)
		r.Head().ID = id
		normalise.Canonicalise(r, o)
		want := f.Prepare(r)
		got, ok := coder.Row(coder.ID(id), texts)
		if !ok {
			continue
		}
		alone++
		slices.SortFunc(got.cells, func(a, b cell) int { return a.column - b.column })
		if got.hash != want.hash || !slices.Equal(got.cells, want.cells) || len(want.others) > 0 {
			var typed []string
			for i, text := range texts {
				if text != "" {
					typed = append(typed, fmt.Sprintf("%s=%q", fields[i], text))
				}
			}
			t.Fatalf("%s:\n got %v\nwant %v, and %d other rows", strings.Join(typed, " "), got.cells, want.cells, len(want.others))
		}
		got.done()
		want.done()
	}
	if alone < rounds/3 {
		t.Errorf("only %d of %d rows were made without their records", alone, rounds)
	}
}

// TestAddRows holds rows added many at a time, by any number of workers and with
// values met before, to rows added one by one.
func TestAddRows(t *testing.T) {
	fields := []string{"givenName", "middleNames", "surname", "dateOfBirth", "postcode", "alias1.surname", "address2.postcode"}
	type maker func(f *Finder, n int) *Row
	make1 := func(texts []string, n int) record.Record {
		p := record.New(record.KindPerson)
		for i, text := range texts {
			if c, ok := record.FindColumn(record.KindPerson, fields[i]); ok && text != "" {
				c.Set(p, text)
			}
		}
		record.Compact(p)
		p.Head().ID = fmt.Sprint(n)
		normalise.Canonicalise(p, normalise.Options{})
		return p
	}
	random := rand.New(rand.NewPCG(3, 4))
	var all [][]string
	for range 3000 {
		row := make([]string, len(fields))
		for i := range row {
			if random.IntN(4) > 0 && (i < 5 || random.IntN(6) == 0) {
				row[i] = []string{"Ann", "Mary Ann", "Berg", "1980-01-01", "LS1 1AA"}[random.IntN(5)] + strings.Repeat("e", random.IntN(2)*random.IntN(9))
			}
		}
		all = append(all, row)
	}
	build := func(jobs, at int, make maker) *Finder {
		f, err := NewFinder(record.KindPerson, Config{Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		var batch []*Row
		for n := range all {
			row := make(f, n)
			if at == 0 {
				if err := f.AddRow(row); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if batch = append(batch, row); len(batch) == at || n == len(all)-1 {
				if err := f.AddRows(batch, false); err != nil {
					t.Fatal(err)
				}
				batch = batch[:0]
			}
		}
		f.t.settle()
		return f
	}
	want := build(1, 0, func(f *Finder, n int) *Row { return f.Prepare(make1(all[n], n)) })
	for _, jobs := range []int{1, 4} {
		for _, at := range []int{1, 7, 512} {
			coders := map[*Finder][]*Coder{}
			got := build(jobs, at, func(f *Finder, n int) *Row {
				if coders[f] == nil {
					coders[f] = []*Coder{f.Coder(fields, normalise.Options{}), f.Coder(fields, normalise.Options{})}
				}
				if row, ok := coders[f][n/50%2].Row(fmt.Sprint(n), all[n]); ok {
					return row
				}
				return f.Prepare(make1(all[n], n))
			})
			if !slices.Equal(got.t.cells, want.t.cells) || !slices.Equal(got.t.extra, want.t.extra) || !slices.Equal(got.t.hash, want.t.hash) || got.t.n != want.t.n {
				t.Fatalf("%d jobs, %d at a time: other cells", jobs, at)
			}
			for i, c := range got.t.cols {
				if diff := cmp.Diff(want.t.cols[i].text, c.text); diff != "" || c.filled != want.t.cols[i].filled {
					t.Fatalf("%d jobs, %d at a time: column %s, %d filled, %d wanted:\n%s", jobs, at, c.name, c.filled, want.t.cols[i].filled, diff)
				}
			}
			for r := range int32(want.t.n) {
				if !slices.Equal(got.t.othersOf(r), want.t.othersOf(r)) {
					t.Fatalf("%d jobs, %d at a time: other rows of %d", jobs, at, r)
				}
			}
		}
	}
	if len(want.t.extra) == 0 {
		t.Fatal("no record has another name or address")
	}
	if _, err := want.Find(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// TestTextCache meets more texts than it has places for.
func TestTextCache(t *testing.T) {
	c, forms := newTextCache(), []attributeForm{{0, lower}}
	known := func(text string) string {
		k := c.find(text)
		if k == nil {
			k = c.keep(text, text, true, forms)
		}
		if k == nil {
			return "closed"
		}
		return k.first.text
	}
	for n := range 20 * cachePlaces {
		text := fmt.Sprint("T", n%7)
		if n%5 == 0 {
			text = fmt.Sprint("U", n)
		}
		if got := known(text); got != strings.ToLower(text) {
			t.Fatalf("%s became %s", text, got)
		}
	}
	c = newTextCache()
	for n := range 2 * cacheTrial {
		known(fmt.Sprint(n))
	}
	if got := known("1"); got != "closed" || c.slots != nil {
		t.Errorf("texts that never come again are kept: %s", got)
	}
	if k := newTextCache().keep(strings.Repeat("x", cacheMaxText+1), "x", true, forms); k != nil {
		t.Error("a long text is kept")
	}
}
