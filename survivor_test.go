package ledsq_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leds.internal/ledsq"
	"leds.internal/ledsq/record"
)

func person(id, source, at, given, surname, dob string, more func(*record.Person)) *record.Person {
	p := &record.Person{DateOfBirth: record.Date(dob)}
	if given != "" || surname != "" {
		p.Names = []record.Name{{Type: record.PrimaryName, GivenNames: []string{given}, Surname: surname}}
	}
	p.ID, p.SourceSystem, p.ModifiedAt = id, source, record.Timestamp(at)
	if more != nil {
		more(p)
	}
	return p
}

func field(s *ledsq.Survivor, name string) ledsq.SurvivorField {
	for _, f := range s.Fields {
		if f.Field == name {
			return f
		}
	}
	return ledsq.SurvivorField{}
}

func TestSurvive(t *testing.T) {
	home := func(line, postcode string) func(*record.Person) {
		return func(p *record.Person) {
			p.Addresses = []record.Address{{Line: line, Postcode: record.Postcode(postcode)}}
		}
	}
	people := []*record.Person{
		person("1", "RMS", "2026-01-01T00:00:00Z", "William", "Ashdown", "1979", home("", "LS1 4AP")),
		person("2", "CUSTODY", "2026-03-01T00:00:00Z", "Bill", "Ashdown", "1979-03-04", home("4 Invented Row", "LS1 4AP")),
		person("3", "RMS", "2026-03-01T02:00:00+03:00", "William", "Ashdown", "1980-03-04", home("9 Other Row", "LS2 1AA")), // before record 2, whatever the text says
	}
	all := []int{0, 1, 2}
	for _, c := range []struct {
		why           string
		policy        ledsq.SurvivorPolicy
		field, value  string
		from          int
		reason, other string
	}{
		{"most records", ledsq.SurvivorPolicy{}, "givenName", "William", 2, "held by 2 records, the next by 1", ""},
		{"a year beside a day of it counts for the day", ledsq.SurvivorPolicy{}, "dateOfBirth", "1979-03-04", 1, "held by 2 records, the next by 1", "1980-03-04"},
		{"a postcode beside the address counts for it", ledsq.SurvivorPolicy{}, "addressLine", "4 Invented Row", 1, "held by 2 records", ""},
		{"the second address stays", ledsq.SurvivorPolicy{}, "address2.postcode", "LS2 1AA", 2, "least preferred", ""},
		{"the latest", ledsq.SurvivorPolicy{Order: []ledsq.Preference{ledsq.MostRecent}}, "givenName", "Bill", 1, "from the record changed last: 2026-03-01T00:00:00Z", ""},
		{"the trusted", ledsq.SurvivorPolicy{Order: []ledsq.Preference{ledsq.MostTrusted}, Trusted: []string{"CUSTODY"}}, "givenName", "Bill", 1, "from CUSTODY, trusted more", ""},
		{"an order for one field", ledsq.SurvivorPolicy{Fields: map[string][]ledsq.Preference{"dateOfBirth": {ledsq.MostTrusted}}, Trusted: []string{"PNC", "CUSTODY"}}, "dateOfBirth", "1979-03-04", 1, "from CUSTODY", "1980-03-04"},
		{"an order for a list", ledsq.SurvivorPolicy{Fields: map[string][]ledsq.Preference{"addresses[]": {ledsq.MostRecent}}}, "postcode", "LS1 4AP", 1, "from the record changed last", ""},
	} {
		if err := c.policy.Validate(); err != nil {
			t.Errorf("%s: %v", c.why, err)
		}
		s := ledsq.Survive(people, all, c.policy)
		f := field(s, c.field)
		if f.Value != c.value || f.From != c.from || !strings.HasPrefix(f.Why, c.reason) || strings.Join(f.Others, ",") != c.other {
			t.Errorf("%s: %+v", c.why, f)
		}
		if col, _ := record.FindColumn(record.KindPerson, c.field); col.Get(s.Record) != c.value {
			t.Errorf("%s: the record has %q", c.why, col.Get(s.Record))
		}
		if s.Record.Head().ID != "" || s.Record.Head().SourceSystem != "" {
			t.Errorf("%s: the envelope is not empty", c.why)
		}
		if len(s.Conflicts) != 1 || s.Conflicts[0].Field != "dateOfBirth" || s.Conflicts[0].Proposed != field(s, "dateOfBirth").Value {
			t.Errorf("%s: conflicts %+v", c.why, s.Conflicts)
		}
	}
}

func TestSurvivorPolicy(t *testing.T) {
	for want, p := range map[string]ledsq.SurvivorPolicy{
		`has no preference "newest"`:           {Order: []ledsq.Preference{"newest"}},
		`there is no field or list "shoeSize"`: {Fields: map[string][]ledsq.Preference{"shoeSize": {ledsq.MostRecent}}},
		`no source is trusted`:                 {Order: []ledsq.Preference{ledsq.MostTrusted}},
	} {
		if err := p.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
		if _, err := ledsq.New(ledsq.Config{AsOf: asOf, Survivor: p}); err == nil {
			t.Errorf("an engine takes a policy that %s", want)
		}
	}
}

// TestSurvivorIsTrue draws records and looks at every statement of the proposal:
// each value is held by the record it is said to be from, a name is of one record,
// no element of a list is lost, and the order of the records changes nothing.
func TestSurvivorIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
		var people []*record.Person
		for i := range rapid.IntRange(1, 5).Draw(t, "n") {
			p := person(fmt.Sprint("R", i), pick("source", "A", "B", "C"), pick("at", "", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
				pick("given", "William", "WILLIAM", "Bill", ""), pick("surname", "Ashdown", "Karim", ""), pick("dob", "", "1979", "1979-03-04", "1980-03-04"), nil)
			for range rapid.IntRange(0, 2).Draw(t, "homes") {
				p.Addresses = append(p.Addresses, record.Address{Line: pick("line", "", "4 Invented Row", "9 Other Row"), Postcode: record.Postcode(pick("postcode", "LS1 4AP", "LS2 1AA"))})
			}
			people = append(people, p)
		}
		policy := ledsq.SurvivorPolicy{Trusted: []string{"B"}}
		for range rapid.IntRange(0, 3).Draw(t, "order") {
			policy.Order = append(policy.Order, rapid.SampledFrom([]ledsq.Preference{ledsq.MostFrequent, ledsq.MostRecent, ledsq.MostComplete, ledsq.MostTrusted}).Draw(t, "preference"))
		}
		members := make([]int, len(people))
		for i := range members {
			members[i] = i
		}
		s := ledsq.Survive(people, members, policy)
		from := map[string]int{}
		for _, f := range s.Fields {
			held := false
			record.Walk(people[f.From], func(l record.Leaf) { held = held || l.Text() == f.Value && l.Field.First() == first(f.Field) })
			if !held {
				t.Fatalf("%+v is not what record %d says", f, f.From)
			}
			if f.Field == "givenName" || f.Field == "surname" {
				from[f.Field] = f.From
			}
		}
		if g, ok := from["givenName"]; ok {
			if n, ok := from["surname"]; ok && n != g {
				t.Fatal("a name made of parts of two records")
			}
		}
		got := s.Record.(*record.Person)
		for _, p := range people {
			for _, a := range p.Addresses {
				if !slices.ContainsFunc(got.Addresses, func(b record.Address) bool {
					return b.Postcode == a.Postcode && (a.Line == "" || a.Line == b.Line)
				}) {
					t.Fatal("an address is lost")
				}
			}
		}
		turned := slices.Clone(people)
		slices.Reverse(turned)
		again := ledsq.Survive(turned, members, policy)
		if d := cmp.Diff(got, again.Record); d != "" {
			t.Fatal(d)
		}
	})
}

// first gives the flat name of a field's first occurrence.
func first(name string) string {
	c, _ := record.FindColumn(record.KindPerson, name)
	return c.Field.First()
}

// Two records of one person: what to write into one is proposed, field by field,
// and left to whoever decides.
func ExampleSurvive() {
	people := []*record.Person{
		person("1", "RMS", "2026-01-01T00:00:00Z", "William", "Ashdown", "1979", nil),
		person("2", "CUSTODY", "2026-03-01T00:00:00Z", "Bill", "Ashdown", "1979-03-04", nil),
	}
	s := ledsq.Survive(people, []int{0, 1}, ledsq.SurvivorPolicy{Order: []ledsq.Preference{ledsq.MostTrusted}, Trusted: []string{"RMS"}})
	for _, f := range s.Fields {
		fmt.Printf("%s: %s from %s, %s\n", f.Field, f.Value, f.Source, f.Why)
	}
	// Output:
	// givenName: William from RMS, from RMS, trusted more
	// surname: Ashdown from RMS, from RMS, trusted more
	// name2.givenName: Bill from CUSTODY, least preferred
	// name2.surname: Ashdown from CUSTODY, least preferred
	// dateOfBirth: 1979-03-04 from CUSTODY, the 2 records that say agree
}
