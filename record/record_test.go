package record

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// leafPaths lists the JSON paths of every leaf of a Go type, with lists as [].
func leafPaths(t reflect.Type, prefix string, out map[string]bool) {
	switch t.Kind() {
	case reflect.String:
		out[prefix] = true
	case reflect.Slice:
		leafPaths(t.Elem(), prefix+"[]", out)
	case reflect.Map:
		out[prefix+"{}"] = true
	case reflect.Struct:
		if t == reflect.TypeFor[Code]() {
			out[prefix] = true
			return
		}
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			at := prefix
			if !f.Anonymous {
				at = strings.TrimPrefix(prefix+"."+name, ".")
			}
			leafPaths(f.Type, at, out)
		}
	default:
		panic(prefix + " is neither text nor made of text")
	}
}

// TestEveryFieldHasARow fails when a struct field is missing from its field
// table, or a row names a field that is not there.
func TestEveryFieldHasARow(t *testing.T) {
	for _, k := range Kinds() {
		want := map[string]bool{}
		leafPaths(reflect.TypeOf(New(k)).Elem(), "", want)
		have := map[string]bool{}
		for _, f := range Fields(k) {
			path := f.Path
			for {
				open := strings.IndexByte(path, '[')
				if open < 0 {
					break
				}
				end := open + strings.IndexByte(path[open:], ']')
				if path[open+1:end] != "" { // the type stands in the path of its group
					have[path[:open]+"\x00\x01.type"] = true
				}
				path = path[:open] + "\x00\x01" + path[end+1:]
			}
			have[path] = true
			if f.Meaning == "" || f.Type == "" || f.Name == "" {
				t.Errorf("%s: the row of %s lacks a name, type or meaning", k, f.Path)
			}
			if f.Type == TypeCode && f.CodeSet == "" {
				t.Errorf("%s: %s is a code of no set", k, f.Path)
			}
		}
		for path := range want {
			if !have[strings.ReplaceAll(path, "[]", "\x00\x01")] {
				t.Errorf("%s: no row for %s", k, path)
			}
		}
	}
}

// genRecord fills random columns of a record, lists and keys included.
func genRecord(t *rapid.T, k Kind) Record {
	r := New(k)
	fields := Fields(k)
	text := rapid.OneOf(rapid.StringMatching(`[A-Za-z' .,"\n;=-]{1,12}`), rapid.String())
	for range rapid.IntRange(1, 30).Draw(t, "n") {
		f := fields[rapid.IntRange(0, len(fields)-1).Draw(t, "field")]
		idx := [maxDepth]int{}
		for i := range idx {
			idx[i] = rapid.IntRange(1, 3).Draw(t, "idx")
		}
		name := flatName(f.Name, idx, rapid.SampledFrom([]string{"suicide", "dementia"}).Draw(t, "key"))
		if strings.HasSuffix(name, ".type") && strings.Contains(f.Path, "[?]") {
			continue
		}
		c, ok := FindColumn(k, name)
		if !ok || c.Name() != name {
			t.Fatalf("%s: %s is not found again (got %s)", f.Path, name, c.Name())
		}
		s := strings.ToValidUTF8(text.Draw(t, "text"), "?")
		if strings.Contains(f.Path, "extra") {
			continue
		}
		c.Set(r, s)
		if got := c.Get(r); got != s {
			t.Fatalf("%s: set %q, got %q", name, s, got)
		}
	}
	Compact(r)
	return r
}

func TestJSONAndFlatRoundTrip(t *testing.T) {
	for _, k := range Kinds() {
		t.Run(string(k), rapid.MakeCheck(func(t *rapid.T) {
			r := genRecord(t, k)
			b, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			back := New(k)
			if err := json.Unmarshal(b, back); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(r, back); d != "" {
				t.Fatalf("JSON: %s", d)
			}
			flat := New(k)
			for _, c := range Columns(k, []Record{r}) {
				c.Set(flat, c.Get(r))
			}
			if d := Diff(r, flat); len(d) != 0 {
				t.Fatalf("flat: %d fields differ, first %s", len(d), d[0].Name)
			}
			if d := Diff(r, Clone(r)); len(d) != 0 {
				t.Fatal("a clone differs")
			}
		}))
	}
}

func TestCloneIsDeep(t *testing.T) {
	p := &Person{Names: []Name{{GivenNames: []string{"Ann"}}}}
	c := Clone(p)
	c.Names[0].GivenNames[0] = "Bea"
	if p.Names[0].GivenNames[0] != "Ann" {
		t.Error("changing the clone changed the original")
	}
}

func TestFindColumn(t *testing.T) {
	for _, tt := range []struct {
		kind Kind
		name string
		ok   bool
		why  string
	}{
		{KindPerson, "surname", true, "the primary name is bare"},
		{KindPerson, "alias1.surname", true, "aliases are numbered from 1"},
		{KindPerson, "alias2.givenName3", true, "two numbers"},
		{KindPerson, "address2.postcode", true, "the first address is bare, the second numbered"},
		{KindPerson, "pncId", true, "identifiers are named after their scheme"},
		{KindPerson, "pncId2.country", true, "and numbered from the second"},
		{KindPerson, "process1.offence2.text", true, "lists in lists"},
		{KindPerson, "sex.codeSet", true, "a code has its set beside it"},
		{KindPerson, "vrm", false, "a person has no mark"},
		{KindVehicle, "colour2", true, "a second colour"},
		{KindVehicle, "firstRegistered", true, "flat name differs from the path"},
		{KindMissing, "surname", true, "the person of the episode is bare"},
		{KindMissing, "person.id", true, "but not their envelope"},
		{KindMissing, "factor.dementia", true, "keys of a map"},
		{KindMissing, "riskLevel", true, "the first assessment is bare"},
		{KindMissing, "riskAssessment2.riskLevel", true, "later ones are numbered"},
		{KindPerson, "alias.surname", false, "an alias needs its number"},
		{KindPerson, "alias9999.surname", false, "nobody has as many names"},
		{KindPerson, "surname2", false, "a surname takes none"},
	} {
		c, ok := FindColumn(tt.kind, tt.name)
		if ok != tt.ok {
			t.Errorf("%s %s: found %v, want %v: %s", tt.kind, tt.name, ok, tt.ok, tt.why)
		}
		if ok && c.Name() != tt.name {
			t.Errorf("%s is called %s", tt.name, c.Name())
		}
	}
}

func TestDate(t *testing.T) {
	for _, tt := range []struct {
		a, b    Date
		overlap bool
		before  bool
		why     string
	}{
		{"1980-06-15", "1980-06-15", true, false, "the same day"},
		{"1980", "1980-06-15", true, false, "a year holds its days"},
		{"1980-06", "1980-07", false, true, "months apart"},
		{"1980-06-15~", "1982-06-14", true, false, "an estimate reaches two years"},
		{"1980-06-15~", "1982-06-16", false, true, "and no further"},
		{"[1990-04-03,1990-03-04]", "1990-03-04", true, false, "either reading may be meant"},
		{"[1990-04-03,1990-03-04]", "1990-03-20", false, false, "days between the readings are neither"},
		{"1984/1986-03", "1986-03-31", true, false, "intervals hold both ends"},
		{"15/06/1980", "1980-06-15", false, false, "text not understood equals nothing"},
		{"", "1980", false, false, "nothing equals nothing"},
		{"1979-12-31", "1980", false, true, "the day before the year"},
	} {
		if got := tt.a.Overlaps(tt.b); got != tt.overlap {
			t.Errorf("%q overlaps %q: %v; %s", string(tt.a), string(tt.b), got, tt.why)
		}
		if got := tt.b.Overlaps(tt.a); got != tt.overlap {
			t.Errorf("overlap of %q and %q is not symmetric", string(tt.a), string(tt.b))
		}
		if got := tt.a.Before(tt.b); got != tt.before {
			t.Errorf("%q before %q: %v; %s", string(tt.a), string(tt.b), got, tt.why)
		}
	}
	if lo, hi, _ := Date("1980").AgeOn(DayOf(2026, 11, 23)); lo != 45 || hi != 46 {
		t.Errorf("born 1980: %d to %d", lo, hi)
	}
	for d, p := range map[Date]Precision{"": NoDate, "soon": Unreadable, "1980-13-01": Unreadable, "1980-02-30": Unreadable,
		"1980/1982": ToInterval, "1980": ToYear, "1980-06~": ToMonth, "1980-06-15": ToDay} {
		if d.Precision() != p {
			t.Errorf("precision of %q is %d", string(d), d.Precision())
		}
	}
}

func TestNothingPersonalIsLogged(t *testing.T) {
	p := &Person{Envelope: Envelope{ID: "r1"}, Names: []Name{{GivenNames: []string{"Zebedee"}, Surname: "Quillfeather"}},
		DateOfBirth: "1931-02-27", Identifiers: []Identifier{{Type: IDPNC, Value: "1979/0163001B"}},
		Addresses: []Address{{Line: "7 Hidden Row", Postcode: "ZE1 0AA"}}, Contacts: []Contact{{Type: ContactPhone, Value: "07700900123"}}}
	var b strings.Builder
	log := slog.New(slog.NewTextHandler(&b, nil))
	log.Info("x", "person", p, "byValue", *p, "name", p.Names[0], "id", PNCID("1979/0163001B"), "dob", p.DateOfBirth, "episode", MissingPerson{Person: *p})
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		fmt.Fprintf(&b, verb, p)
		fmt.Fprintf(&b, verb, *p)
		fmt.Fprintf(&b, verb, p.Names)
		fmt.Fprintf(&b, verb, p.Identifiers)
		fmt.Fprintf(&b, verb, p.Addresses)
		fmt.Fprintf(&b, verb, p.Contacts)
		fmt.Fprintf(&b, verb, Postcode("ZE1 0AA"))
	}
	Walk(Masked(p), func(l Leaf) { b.WriteString(l.Text()) })
	for _, secret := range []string{"Zebedee", "Quillfeather", "1931", "0163001", "Hidden", "ZE1", "900123"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("%s is written out", secret)
		}
	}
	if !strings.Contains(b.String(), "r1") {
		t.Error("the record's id should be written")
	}
}

// TestDayOf holds the count of days to the calendar of package time.
func TestDayOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, m, d := rapid.IntRange(-2, 10001).Draw(t, "year"), rapid.IntRange(-1, 14).Draw(t, "month"), rapid.IntRange(-40, 70).Draw(t, "day")
		at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		got := DayOf(y, m, d)
		if want := Day(at.Unix() / 86400); got != want {
			t.Errorf("%d-%d-%d is day %d, want %d", y, m, d, got, want)
		}
	})
	if n := DayOf(2004, 2, 29).AgeOn(DayOf(2025, 2, 28)); n != 20 {
		t.Errorf("born on a leap day, the day before the birthday: %d", n)
	}
}
