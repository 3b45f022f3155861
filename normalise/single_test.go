package normalise

import (
	"strings"
	"testing"
	"time"

	"leds.internal/ledsq/record"

	"github.com/google/go-cmp/cmp"
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
