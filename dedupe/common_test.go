package dedupe

import (
	"fmt"
	"strings"
	"testing"

	"leds.internal/ledsq/record"
)

// TestOthersAreCounted: a pair is told how many others have the name they agree
// on, and no pair is told of others who are not there.
func TestOthersAreCounted(t *testing.T) {
	person := func(given, surname, dob, phone string) *record.Person {
		return &record.Person{Names: []record.Name{{GivenNames: []string{given}, Surname: surname}}, DateOfBirth: record.Date(dob), Contacts: []record.Contact{{Type: record.ContactMobile, Value: phone}}}
	}
	var people []*record.Person
	born := func(i int) string { return fmt.Sprintf("%d-%02d-%02d", 1930+i%70, 1+i%12, 1+i%28) }
	for i := range 600 { // strangers, each with a name of their own
		people = append(people, person("g"+strings.Repeat("b", i%9)+string(rune('a'+i%26)), "s"+string(rune('a'+i/26%26))+string(rune('a'+i%26))+"son", born(7*i+3), fmt.Sprintf("+4477009%05d", i)))
	}
	for i := range 30 { // namesakes
		people = append(people, person("Ann", "Poole", born(11*i), fmt.Sprintf("+4477008%05d", i)))
	}
	twice := func(given, surname, dob, phone string) int {
		people = append(people, person(given, surname, dob, phone), person(given, surname, dob, phone))
		return len(people) - 2
	}
	common, rare := twice("Ann", "Poole", "1951-12-31", "+447700800900"), twice("Zebedee", "Quillfeather", "1961-12-31", "+447700800901")
	res := find(t, people, Config{}, nil)
	for _, c := range []struct {
		at, least, most int
		says            string
	}{{common, 30, 31, "about 3"}, {rare, 0, 0, "nobody else here has the whole name"}} {
		p, why, ok := res.Compare(c.at, c.at+1)
		if !ok || p.Decision != Match {
			t.Fatalf("%d: %+v", c.at, p)
		}
		told := false
		for _, e := range why.Evidence {
			if e.Shared == SharedName {
				told = true
				if e.Others < c.least || e.Others > c.most || !strings.Contains(why.Reason, c.says) || !strings.Contains(why.Reason, e.Said()) {
					t.Errorf("%d others in %q", e.Others, why.Reason)
				}
			}
		}
		if !told {
			t.Errorf("%q does not say how common the name is", why.Reason)
		}
	}
}

func TestSaid(t *testing.T) {
	for _, c := range []struct {
		shared Shared
		others int
		want   string
	}{
		{"", 7, "same"},
		{SharedValue, 4, "same"},
		{SharedValue, 5, "same (about 5 others here share it)"},
		{SharedName, 0, "same (nobody else here has the whole name)"},
		{SharedName, 4, "same (few others here share the whole name)"},
		{SharedName, 99, "same (about 99 others here share the whole name)"},
		{SharedName, 996, "same (about 1,000 others here share the whole name)"},
		{SharedName, 1234567, "same (about 1,200,000 others here share the whole name)"},
	} {
		e := Evidence{Level: "same", Shared: c.shared, Others: c.others}
		if got := e.Said(); got != c.want {
			t.Errorf("%d: %q, want %q", c.others, got, c.want)
		}
	}
}
