package normalise

import (
	"strings"
	"testing"

	"leds.internal/ledsq/record"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// pieces are what generated values are made of: text that the parsers know,
// and text that nothing knows.
var pieces = []string{"", " ", "SMITH", "john", "O'NEILL", "Mc", "van der", "MACDONALD", "née Jones", " aka ", "(Bob)", `"Bob"`, "Mr ", "DR. ", "Jr", "/", ",", "-", "'", ".",
	"MIG_ERROR_", "UNKNOWN", "N/K", "NULL", "Driver", "J0HN", "Ł", "ß", "é", "e\u0301", "’", "–", "\u200b", "\u00a0", "\xff", "Ã©", "Иван", "李",
	"1980", "15", "06", "/", "15/06/1980", "1980-06-15", "03.04.90", "May", "c1980", "~", "T14:30", "Z", "14:30", "00", "01/01/1980", "19800615",
	"2002/0073319Z", "065656/91H", "SF83/50058Z", "1101ZD0100000448754K", "A1234AA", "X12345O", "AB123456C", "4010232137", "0101701233",
	"MORGA657054SM9IJ", "SW1A 1AA", "sw1a1aa", "LS1 OAA", "2602", "ZZ993VZ", "NFA", "no fixed abode", "+44", "07700 900123", " ext 12", "+48 22 123 45 67", "x@y.com",
	"A@B.CON", "AB51 CDE", "LBO7SE0", "0011OO0", "1M8GDM9AXKP042788", "BLUE/WHITE", "blu", "VW", "merc", "M", "female", "IC1", "British", "AUS", "high", "absent", "yes", "Y",
	"year", "estimated", "180cm", "1,998", "I", "O", "0", "1", "S", "5"}

func genText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 4).Draw(t, "pieces"), "")
		}),
		rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 4).Draw(t, "words"), " ")
		}),
		rapid.String(),
		rapid.StringOfN(rapid.RuneFrom([]rune("ABIOQSZabc0158/- .'")), 0, 18, -1),
	)
}

// genRecord fills random fields of a record.
func genRecord(t *rapid.T, k record.Kind) record.Record {
	r := record.New(k)
	fields := record.Fields(k)
	text := genText()
	for range rapid.IntRange(0, 12).Draw(t, "values") {
		f := fields[rapid.IntRange(0, len(fields)-1).Draw(t, "field")]
		if rapid.Bool().Draw(t, "name") { // names take most of the care
			f = fields[rapid.SampledFrom(nameRows(fields)).Draw(t, "row")]
		}
		c, ok := record.FindColumn(k, strings.ReplaceAll(f.First(), "*", "key"))
		if ok {
			c.Set(r, text.Draw(t, "text"))
		}
	}
	record.Compact(r)
	return r
}

func nameRows(fields []record.Field) (rows []int) {
	for i, f := range fields {
		switch f.Type {
		case record.TypeGiven, record.TypeMiddle, record.TypeSurname, record.TypeFullName, record.TypeTitle, record.TypeDOB, record.TypePhone:
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		rows = []int{0}
	}
	return rows
}

func TestRecordIsIdempotentAndUndone(t *testing.T) {
	for _, k := range record.Kinds() {
		t.Run(string(k), rapid.MakeCheck(func(t *rapid.T) {
			original := genRecord(t, k)
			r := record.Clone(original)
			cs := Record(r, asOf)
			once := record.Clone(r)
			for _, c := range Record(r, asOf) {
				if c.From != c.To {
					t.Errorf("a second time changes %s from %q to %q by %s", c.Field, c.From, c.To, c.Rule)
				}
			}
			if d := record.Diff(once, r); len(d) > 0 {
				t.Errorf("a second time changes %s from %q to %q", d[0].Name, d[0].Before, d[0].After)
			}
			for _, d := range record.Diff(original, once) {
				found := false
				for _, c := range cs {
					found = found || c.Field == d.Name && c.From != c.To
				}
				if !found {
					t.Errorf("%s went from %q to %q without a change", d.Name, d.Before, d.After)
				}
			}
			for _, c := range cs {
				if len(c.From) > 5 && strings.ContainsAny(c.From, "0123456789") && strings.Contains(c.Reason, c.From) {
					t.Errorf("the reason of %s holds the value", c.Rule)
				}
				if c.Rule == "" || c.Reason == "" {
					t.Errorf("%s: a change without rule or reason, %q to %q", c.Field, c.From, c.To)
				}
			}
			Undo(once, cs)
			if d := record.Diff(original, once); len(d) > 0 {
				t.Errorf("undone, %s is %q and was %q; %s", d[0].Name, d[0].After, d[0].Before, cmp.Diff(original, once))
			}
		}))
	}
}

func TestValueIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := record.Fields(rapid.SampledFrom(record.Kinds()).Draw(t, "kind"))
		f := fields[rapid.IntRange(0, len(fields)-1).Draw(t, "field")]
		checkIdempotent(t, f.Type, f.CodeSet, genText().Draw(t, "text"))
	})
}

type failer interface{ Errorf(string, ...any) }

func checkIdempotent(t failer, typ record.Type, set, text string) {
	r := Value(typ, set, text, asOf)
	if r.Canonical == "" {
		return
	}
	if again := Value(typ, set, r.Canonical, asOf); again.Canonical != r.Canonical {
		t.Errorf("%s %s: %q gives %q (%s), which gives %q (%s %s)", typ, set, text, r.Canonical, r.Rule, again.Canonical, again.Status, again.Rule)
	}
}

func TestFoldIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := genText().Draw(t, "text")
		if f := Fold(s); Fold(f) != f {
			t.Errorf("%q folds to %q, which folds to %q", s, f, Fold(f))
		}
		if f := FoldName(s); FoldName(f) != f {
			t.Errorf("%q folds to %q, which folds to %q", s, f, FoldName(f))
		}
	})
}

func FuzzValue(f *testing.F) {
	for i, p := range pieces {
		f.Add(uint8(i), p)
	}
	fields := append(append(record.Fields(record.KindPerson)[:0:0], record.Fields(record.KindPerson)...), record.Fields(record.KindVehicle)...)
	f.Fuzz(func(t *testing.T, n uint8, text string) {
		row := fields[int(n)%len(fields)]
		checkIdempotent(t, row.Type, row.CodeSet, text)
		for _, name := range Types() {
			read, _ := As(name)
			read(text, asOf)
		}
	})
}
