package normalise

import (
	"slices"
	"strings"
	"testing"
	"time"

	"leds.internal/ledsq/record"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// hard are values that move, split, blank or read others differently.
var hard = []string{"Ann", "  ann  MARIE ", "Mr John", "Robert (Bob)", "Smith aka Jones", "Smith née Jones", "O'Neill", "van der Berg", "UNKNOWN", "Null",
	"SMITH, John", "exact", "year", "month", "estimated", "France", "GBR", "1980-01-01", "3/4/1980", "01/13/80", "1970-01-01", "LS1 1AA", "ls11aa", "NFA", "75001",
	"07700900123 x 12", "0770 090 0123", "BLUE/WHITE", "Red & Blue", "blue", "M", "female", "12AB34567", "AB123456C", "no fixed abode", "AB12 CDE", "Ł", "\xff", "PNC", "yes", "-", "PHONE"}

// TestSingle holds Single to Canonicalise: of any two fields that can be read
// alone, each becomes in a record with both what it becomes by itself.
func TestSingle(t *testing.T) {
	o := Options{AsOf: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, k := range []record.Kind{record.KindPerson, record.KindVehicle, record.KindMissing} {
		testSingle(t, k, o)
	}
}

func testSingle(t *testing.T, k record.Kind, o Options) {
	type one struct {
		column record.Column
		single *Single
		typed  []string // of hard, those that may be read alone
		became []string
	}
	var all, roles []one
	for _, f := range record.Fields(k) {
		name := f.First()
		s := SingleOf(k, name, o)
		if s == nil {
			continue
		}
		c, ok := record.FindColumn(k, name)
		if !ok {
			continue
		}
		a := one{column: c, single: s}
		for _, text := range hard {
			if to, alone := s.Read(text); alone {
				a.typed, a.became = append(a.typed, text), append(a.became, to)
			}
		}
		all = append(all, a)
		// Whatever has to do with others, or others with it, is tried with all.
		switch {
		case !s.Inert(), f.Type == record.TypePostcode, f.Type == record.TypePassport, f.Type == record.TypeDriver, f.Type == record.TypeDOB, f.Type == record.TypePhone,
			f.Type == record.TypeVRM, f.Type == record.TypeTitle, f.Type == record.TypeSuffix:
			roles = append(roles, a)
		}
	}
	if len(all) < 40 || len(roles) < 3 {
		t.Fatalf("%s: %d fields can be read alone, %d of them with something to do with others", k, len(all), len(roles))
	}
	for n, a := range roles {
		for m, b := range all {
			if a.column.Name() == b.column.Name() {
				continue
			}
			if len(b.typed) == 0 {
				continue
			}
			for i := (n + m) % 8; i < len(a.typed); i += 8 { // others with other fields
				j := (i*7 + m) % len(b.typed)
				r := record.New(k)
				a.column.Set(r, a.typed[i])
				b.column.Set(r, b.typed[j])
				Canonicalise(r, o)
				got := [2]string{a.column.Get(r), b.column.Get(r)}
				if want := [2]string{a.became[i], b.became[j]}; got != want && !movedOn(a.column, b.column) {
					t.Errorf("%s: %s %q and %s %q:\n%s", k, a.column.Name(), a.typed[i], b.column.Name(), b.typed[j], cmp.Diff(want, got))
				}
			}
		}
	}
}

// movedOn knows the fields that others fill.
func movedOn(columns ...record.Column) bool {
	for _, c := range columns {
		if c.Field.Name == "noFixedAbode" || strings.HasSuffix(c.Field.Name, ".extension") {
			return true
		}
	}
	return false
}

// TestPlain: a text that is plain becomes, by itself in a record, its form and
// nothing else, and is valid.
func TestPlain(t *testing.T) {
	texts := slices.Concat(hard, []string{"Leeds", "12 High Street", "ann@example.org", "ANN@Example.org", "07700900123", "01134960123#4", "2003/0062845E", "03/62845E", "S28WS",
		"15/06/1980", "15 Jun 1980", "SMITH", "No fixed abode, Leeds", "of no fixed abode", "XX"})
	free := rapid.OneOf(genText(), rapid.StringMatching(`[A-Z]{1,2}[0-9]{1,2} ?[0-9][A-Z]{2}|0[1-9][0-9]{8,9}|[0-9]{2}/[0-9]{2}/(19)?[0-9]{2}|[A-Za-z]{1,9}`))
	plain := map[record.Type]int{}
	for _, k := range record.Kinds() {
		for _, f := range record.Fields(k) {
			name := strings.ReplaceAll(f.First(), "*", "key")
			s := SingleOf(k, name, asOf)
			if s == nil {
				continue
			}
			c, _ := record.FindColumn(k, name)
			for _, text := range texts {
				if tryPlain(t, k, c, s, text) {
					plain[f.Type]++
				}
			}
			if plain[f.Type] < 500 { // of fields of one type some are enough
				rapid.Check(t, func(t *rapid.T) {
					for _, text := range rapid.SliceOfN(free, 1, 20).Draw(t, "texts") {
						if text != "" {
							tryPlain(t, k, c, s, text)
						}
					}
				})
			}
		}
	}
	for _, typ := range []record.Type{record.TypeSurname, record.TypeGiven, record.TypeDOB, record.TypeDate, record.TypePostcode, record.TypePhone, record.TypeEmail, record.TypePNCID, record.TypeAddress, record.TypeRef} {
		if plain[typ] == 0 {
			t.Errorf("no %s was plain", typ)
		}
	}
}

func tryPlain(t interface{ Fatalf(string, ...any) }, k record.Kind, c record.Column, s *Single, text string) bool {
	form, ok := s.Plain(text)
	if !ok {
		return false
	}
	r := record.New(k)
	c.Set(r, text)
	for _, ch := range Record(r, asOf) {
		if ch.Status != Valid {
			t.Fatalf("%s %q passes as plain and is %+v", c.Name(), text, ch)
		}
	}
	n := 0
	record.Walk(r, func(l record.Leaf) {
		if n++; n > 1 || l.Text() != form {
			t.Fatalf("%s %q: plain %q, and %s becomes %q", c.Name(), text, form, l.Name(), l.Text())
		}
	})
	if n == 0 {
		t.Fatalf("%s %q is plain and blanked", c.Name(), text)
	}
	return true
}
