package normalise

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"leds.internal/ledsq/record"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// checkAsTyped fails where asTyped passes a text that Value changes or reports.
func checkAsTyped(t interface{ Fatalf(string, ...any) }, typ record.Type, set, text string, o Options) bool {
	w := &recorder{Options: o, year: o.AsOf.Year()}
	if !w.asTyped(lookOf(typ, set), set, text) {
		return false
	}
	r := Value(typ, set, text, o)
	if to, plain := apply(r, text); !plain || to != text || r.Canonical != text {
		t.Fatalf("%s %s %q passes as it is, and is %+v", typ, set, text, r)
	}
	return true
}

// TestAsTypedIsWhatValueSays tries every type with texts of all kinds, with what
// is made canonical of them, and with both changed by a character.
func TestAsTypedIsWhatValueSays(t *testing.T) {
	types := slices.Sorted(maps.Keys(readers))
	sets := append(slices.Sorted(maps.Keys(codeSets)), "", "no-such-set")
	texts := genText()
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom(types).Draw(t, "type")
		set := rapid.SampledFrom(sets).Draw(t, "set")
		o := rapid.SampledFrom([]Options{{}, asOf, {AsOf: time.Date(1990, 3, 1, 0, 0, 0, 0, time.UTC), DateOrder: MDY}}).Draw(t, "options")
		text := texts.Draw(t, "text")
		for _, s := range []string{text, Value(typ, set, text, o).Canonical} {
			checkAsTyped(t, typ, set, s, o)
			if len(s) > 0 {
				i := rapid.IntRange(0, len(s)-1).Draw(t, "at")
				c := rapid.SampledFrom([]byte("0159AZaz-./@ +'\x7f")).Draw(t, "byte")
				checkAsTyped(t, typ, set, s[:i]+string(rune(c))+s[i+1:], o)
				checkAsTyped(t, typ, set, s[:i]+s[i+1:], o)
				checkAsTyped(t, typ, set, s[:i]+string(rune(c))+s[i:], o)
			}
		}
	})
	for set, load := range codeSets {
		for text := range load().lookup {
			checkAsTyped(t, record.TypeCode, set, text, asOf)
		}
	}
	for domain, words := range placeholders() {
		for word := range words {
			for _, typ := range types {
				checkAsTyped(t, typ, domain, word, asOf)
				checkAsTyped(t, typ, domain, strings.ToLower(word), asOf)
				checkAsTyped(t, typ, domain, properCase(word, true), asOf)
			}
		}
	}
}

// TestAsTypedPasses what most records hold, or it would be of no use.
func TestAsTypedPasses(t *testing.T) {
	for _, row := range [][3]string{
		{"given", "", "Ann"}, {"middle", "", "Mary Jane"}, {"surname", "", "O'Neill"}, {"fullname", "", "Ann Smith-Jones"},
		{"address", "", "12 High Street"}, {"place", "", "Leeds"}, {"dob", "", "1980-06-15"}, {"date", "", "2024-02-29"},
		{"postcode", "", "LS1 1AA"}, {"phone", "", "+447911123456"}, {"email", "", "ann.smith_2@mail-1.example.org"}, {"pncid", "", "2002/0073319Z"},
		{"code", "sex", "F"}, {"title", "title", "Mr"}, {"ref", "", "r-1"}, {"ref", "basis", "fact"},
	} {
		if !checkAsTyped(t, record.Type(row[0]), row[1], row[2], asOf) {
			t.Errorf("%q is not seen to be a plain %s", row[2], row[0])
		}
	}
}

// TestNamePlaceholderSkipsNoWord: every word of the list is still found.
func TestNamePlaceholderSkipsNoWord(t *testing.T) {
	w := namePlaceholders()
	for word := range w.class {
		if len(word) < len(w.ends) && (!w.mayHave(word) || !w.mayHave(strings.ToLower(word))) {
			t.Errorf("%q is skipped", word)
		}
	}
}

// TestPhoneRunTogether: eleven digits read as the same digits with a space.
func TestPhoneRunTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`0([0-9]{10}|7[0-9]{9}|7700900[0-9]{3}|1[0-9]{9}|([0-9])0000000[0-9]{2}|7777777777|1234567890)`).Draw(t, "number")
		if d := cmp.Diff(Phone(text[:5]+" "+text[5:], asOf), Phone(text, asOf)); d != "" {
			t.Fatalf("%s: %s", text, d)
		}
	})
}

// TestCanonicaliseIsRecord without the account.
func TestCanonicaliseIsRecord(t *testing.T) {
	for _, k := range record.Kinds() {
		t.Run(string(k), rapid.MakeCheck(func(t *rapid.T) {
			a := genRecord(t, k)
			b := record.Clone(a)
			Record(a, asOf)
			Canonicalise(b, asOf)
			if d := record.Diff(a, b); len(d) > 0 {
				t.Fatal(fmt.Sprint("they differ in ", d[0].Name))
			}
		}))
	}
}

func BenchmarkNormalisePersons(b *testing.B) {
	for name, f := range map[string]func(record.Record){
		"Record":       func(r record.Record) { Record(r, asOf) },
		"Canonicalise": func(r record.Record) { Canonicalise(r, asOf) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			p := benchPerson()
			for b.Loop() {
				p.Contacts[0].Value, p.Addresses[0].Postcode = "07911123456", "ls1 1aa"
				f(p)
			}
		})
	}
}

// TestPlainName holds the quick look at a name to the thorough one.
func TestPlainName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[A-Zb-d][a-eyw' é-]{0,3}[a-e]{0,3}[bcdfgEI]{0,8}`).Draw(t, "name")
		if got, want := plainName(s), plainNames(s); got != want {
			t.Fatalf("%q: plain %v, want %v", s, got, want)
		}
	})
}
