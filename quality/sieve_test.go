package quality

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"

	"pgregory.net/rapid"
)

// alike makes texts of each type: a usual one first, and those that come close to what
// some rule has words about.
var alike = map[record.Type]string{
	record.TypeGiven:    `Ann|ANN|ann|A|J\.|Dr|dr|Miss|Mr Bob|Ann Mary|Zoë|ZoÃ«|O'Neil|Ltd|School|Unknown|Null|Baby|XX|aka|Bob aka Rob|[A-Z][a-z]{1,9}|[A-Z]{2,9}|[a-z]{2,9}|[A-Z][a-z]{34,36}|Ann[0-9]`,
	record.TypeMiddle:   `James|JAMES|Mary Jane|J|NULL|James \(Jim\)|[A-Z][a-z]{1,9}|[A-Z][a-z]{34,36}|PLC`,
	record.TypeSurname:  `Smith|SMITH|smith|McDonald|O'Brien|Smith-Jones|van Dyke|Smith nee Jones|née|Trading Ltd|Ltd|Limited|School|Tesco|Tesco Stores|UNKNOWN|Null|Driver|XX|XXX|aka|[A-Z][a-z]{1,12}|[A-Z]{2,12}|[A-Z][a-z]{34,36}|Sm1th|Smith\*|Smi\x1bth`,
	record.TypeDOB:      `1980-06-15|2026-11-20|(19|20)[0-9]{2}-(0[1-9]|1[0-2])-[0-2][0-9]|(0[1-9]|[12][0-9])/(0[1-9]|1[0-2])/(19|20)[0-9]{2}|1970-01-01|1900-01-01|1990-01-01|01/01/1990|1990|1990-06|1906-11-2[0-9]|1907-01-01|2026-11-2[0-9]|1 Jan 1990|unknown|00/00/0000|1901-01-01`,
	record.TypeDate:     `2020-03-04|20[0-4][0-9]-(0[1-9]|1[0-2])-[0-2][0-9]|03/04/2020|31/12/99|2020|1899-12-30|1800-01-01|not a date|tbc`,
	record.TypeTime:     `2026-11-20T09:00:00Z|2026-11-[12][0-9]T09:00:00Z|2026-11-20T09:00:00|2026-11-20|never`,
	record.TypePostcode: `LS1 1AA|ls11aa|AB1 1AB|AB11AB|LS11AA|AB1 2CD|AB12CD|A1 1AA|AA1 1AA|ZZ99 3VZ|NF1 1NF|S[0-9]{1,2} ?[0-9][A-Z]{2}|[A-Z]{1,2}[0-9O] ?[0-9O][ABD-H]{2}|SW1A|XX1 1XX|GIR 0AA|75001|none`,
	record.TypePhone:    `07700900123|0[1-9][0-9]{8,9}|07700 ?900[0-9]{3}|\+447700900[0-9]{3}|\+33612345678|0113 496 0[0-9]{3}|0113 496 0123 x12|07777777777|7700900123|00447700900123|O7700900123|ask|12345`,
	record.TypeEmail:    `ann@example.org|[a-z]{1,6}@(example|mail)\.(org|com)|Ann\.Lee@Example\.ORG|none@none\.com|(unknown|none|x|n/k|no_email|noemail|tbc|XX)@example\.org|a@b\.co|a@b\.c|ann at example|ann@@example\.org|[a-z]{100,115}@example\.org|ann@gmial\.com`,
	record.TypePNCID:    `2003/0062845E|03/62845E|1979/0163001B|2001/0171310S|2003-62845|2003/0062845|000000/00Z|20O3/0062845E|2099/0062845E`,
	record.TypeCode:     `M|F|Male|female|1|9|U|X|Q7|not known|British|GBR|FRA|BLUE|Blue/White|brown|W1|white|suspect|victim|active|fact|VI`,
	record.TypeTri:      `yes|no|Y|unknown|perhaps`,
	record.TypeRef:      `r-1|r-[0-9]|none|XX| 7|Smith\x07`,
	record.TypeVRM:      `AB12 ?CDE|AB12CDE|A1|Q123ABC|TBC|NONE|ABI2CDE`,
	record.TypeVIN:      `WVWZZZ1JZ3W386752|1M8GDM9AXKP042788|1M8GDM9AXKP04278O|123`,
	record.TypeCRO:      `65656/91H|65656/91A|SF39/93C|000000/00Z`,
	record.TypeNINO:     `AB123456C|ab 12 34 56 c|QQ12345C|TN010101M|AB123456`,
	record.TypeNHS:      `4010232137|401 023 2137|4010232138|0000000000`,
	record.TypeDriver:   `MORGA657054SM9IJ|MORGA707055SM9IJ|MORGA697054SM9IJ`,
	record.TypeNumber:   `7|[0-9]{1,3}|many`,
}

const words = `12 High Street|1 Mill Lane|Leeds|York|XX|xx|NFA|No fixed abode|Unknown|TBC|n/k|ZoÃ«|Lôn Fach|a\x00b|  two  spaces |\*\*|[A-Z][a-z]{1,12}`

// TestSieve holds what a sieve says of a row to what Check says of its record, for
// any choice of the rules it can be made for and of fields. Every sieve sees many
// rows, so that what it remembers is tried too.
func TestSieve(t *testing.T) {
	gens := map[string]*rapid.Generator[string]{}
	gen := func(pattern string) *rapid.Generator[string] {
		if gens[pattern] == nil {
			gens[pattern] = rapid.StringMatching(`(` + pattern + `)`)
		}
		return gens[pattern]
	}
	clean, dirty := 0, 0
	o := normalise.Options{AsOf: exampleDay(t)}
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(record.Kinds()).Draw(t, "kind")
		p := rapid.SampledFrom([]Principle{Create, Validate}).Draw(t, "principle")
		policy := Policy{Only: rulesThat(k, ofValues)}
		fields := somefields(t, k)
		if k == record.KindPerson && rapid.Bool().Draw(t, "list") {
			policy.Only = rulesThat(k, ofValues, notOfLists, whatIsFilled, ofItsFields)
			fields = listOf(t)
		}
		if rapid.Bool().Draw(t, "some") {
			policy.Only = rapid.SliceOfN(rapid.SampledFrom(policy.Only), 1, 3).Draw(t, "only")
		}
		e, err := New(policy)
		if err != nil {
			t.Fatal(err)
		}
		s := e.Sieve(p, k, fields, o)
		if s == nil {
			t.Fatal("no sieve")
		}
		for range 100 {
			texts := make([]string, len(fields))
			r := record.New(k)
			for i, name := range fields {
				c, _ := record.FindColumn(k, name)
				pattern, ok := alike[c.Field.Type]
				if !ok {
					pattern = words
				}
				if rapid.IntRange(0, 2).Draw(t, "blank") > 0 {
					if rapid.Bool().Draw(t, "usual") { // or a row would hardly ever be clean
						pattern, _, _ = strings.Cut(pattern, "|")
					}
					texts[i] = gen(pattern).Draw(t, name)
				}
				if strings.TrimSpace(texts[i]) == "" {
					texts[i] = ""
					continue
				}
				c.Set(r, texts[i])
			}
			record.Compact(r)
			got, ok := s.Clean(func(i int) string { return texts[i] })
			if !ok {
				dirty++
				continue
			}
			clean++
			changes := normalise.Record(r, o)
			want := e.Check(p, &Subject{Record: r, Changes: changes, AsOf: o.AsOf})
			if len(want.Findings) > 0 || !reflect.DeepEqual(got, want.Score) {
				t.Fatalf("%q of %q: clean with %v, and Check finds %v, %v", texts, fields, got, want.Findings, want.Score)
			}
		}
	})
	if clean*20 < dirty {
		t.Errorf("only %d records of %d were seen to be clean", clean, clean+dirty)
	}
}

func rulesThat(k record.Kind, which ...asks) (ids []string) {
	for _, r := range Rules() {
		if !r.Set && r.Judges(k) && slices.Contains(which, r.asks) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// listOf are the fields of a list that says who people are, and some more.
func listOf(t *rapid.T) []string {
	names := []string{"givenName", "surname", "dateOfBirth"}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(listFields), 0, 10, rapid.ID).Draw(t, "more") {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// somefields are few of the fields of a kind, mostly those that files have.
func somefields(t *rapid.T, k record.Kind) (names []string) {
	usual := []string{"id", "givenName", "middleNames", "surname", "sex", "dateOfBirth", "postcode", "addressLine", "town", "pncId", "phone", "email",
		"mobile", "title", "nationality", "cro", "createdAt", "country", "dobPrecision", "noFixedAbode", "hairColour", "vrm", "vin", "make", "model", "colour", "firstRegistered"}
	all := record.Fields(k)
	for range rapid.IntRange(1, 6).Draw(t, "fields") {
		name := rapid.SampledFrom(usual).Draw(t, "usual")
		if rapid.IntRange(0, 3).Draw(t, "any") == 0 {
			f := rapid.SampledFrom(all).Draw(t, "field")
			name = f.First()
		}
		if _, ok := record.FindColumn(k, name); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// TestSieveWants says for which rules there is one.
func TestSieveWants(t *testing.T) {
	o := normalise.Options{AsOf: exampleDay(t)}
	for _, row := range []struct {
		policy Policy
		want   bool
		why    string
	}{
		{Policy{Only: []string{"person/name-format", "record/date-format"}}, true, "rules on values alone"},
		{Policy{}, true, "all of them, of a person"},
		{Policy{Only: []string{"person/postcode-not-in-use"}}, true, "it can't run, and says so once"},
		{Policy{Only: []string{"person/postcode-not-in-use"}, Lookups: Lookups{PostcodeInUse: func(record.Postcode) bool { return false }}}, false, "no look at a text tells what a directory has"},
		{Policy{Only: []string{"person/name-format"}, Params: map[string]map[string]float64{"person/name-format": {"most": 20}}}, false, "a plain name may be longer"},
		{Policy{Only: []string{"x/y"}, Extra: []Rule{withID("person/dob-future", "x/y")}}, false, "whatever it was made from, nobody has tried it"},
	} {
		if got := newEngine(t, row.policy).Sieve(Create, record.KindPerson, []string{"surname"}, o) != nil; got != row.want {
			t.Errorf("a sieve: %v; %s", got, row.why)
		}
	}
}

func withID(of, id string) Rule {
	r, _ := Find(of)
	r.ID = id
	return r
}
