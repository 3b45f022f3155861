package ingest

import (
	"fmt"
	"strings"
	"testing"

	"leds.internal/ledsq/record"
)

// manyRows writes a file of so many rows, each by its number.
func manyRows(header string, row func(i int) string) string {
	var b strings.Builder
	b.WriteString(header + "\n")
	for i := range 60 {
		b.WriteString(row(i) + "\n")
	}
	return b.String()
}

func TestColumnsByTheirValues(t *testing.T) {
	given := strings.Fields("Anna Bram Cleo Dirk Elsa Finn Gita Hugo Ines Joop")
	surname := func(i int) string { return "Van" + string(rune('a'+i%26)) + string(rune('a'+i*7%26)) + "en" }
	for _, c := range []struct {
		why, file, mapping, first string
	}{
		{"headers that say nothing", manyRows("f1,f2,f3,f4,f5,f6,f7", func(i int) string {
			return fmt.Sprintf("%d,%s,%s,19%02d-02-%02d,%d Elm Street,Town%c,%d", i+1, given[i%10], surname(i), 20+i, 1+i%28, i, 'a'+i%6, 10000+i%6)
		}), "id=f1 givenName=f2 surname=f3 dateOfBirth=f4 addressLine=f5 town=f6 postcode=f7", "1|Anna|Vanaaen|1920-02-01"},
		{"an id by its values, where it has none twice", manyRows("EPIC_NO,Name,Visit", func(i int) string {
			return fmt.Sprintf("XYZ%04d,%s %s,2019-01-%02d", i, given[i%10], surname(i), 1+i%28)
		}), "id=EPIC_NO fullName=Name", ""},
		{"a number that stands there twice is no id", manyRows("Name,person_no", func(i int) string { return fmt.Sprintf("%s %s,%d", given[i%10], surname(i), i/2) }), "fullName=Name", ""},
		{"the number of a patient, who has several records", manyRows("patient_no,Name", func(i int) string { return fmt.Sprintf("%d,%s %s", i/2, given[i%10], surname(i)) }), "fullName=Name", ""},
		{"the number of a house", manyRows("Name,Strasse,Nr", func(i int) string { return fmt.Sprintf("%s %s,Am Ring,%d", given[i%10], surname(i), i%9) }), "fullName=Name street=Strasse", ""},
		{"an answer is never read, whatever its values", manyRows("Name,cluster,true_entity_id", func(i int) string { return fmt.Sprintf("%s %s,%d,e%d", given[i%10], surname(i), i, i) }), "fullName=Name", ""},
		{"a date of few years is none of birth", manyRows("Name,entered", func(i int) string { return fmt.Sprintf("%s %s,2019-01-%02d", given[i%10], surname(i), 1+i%28) }), "fullName=Name", ""},
		{"an age, and the year in which it was told", manyRows("Name,census year,age", func(i int) string { return fmt.Sprintf("%s %s,%d,%d", given[i%10], surname(i), 1851+10*(i%3), 20+i%40) }),
			"fullName=Name dateOfBirth={age}-{census year}", "1|Anna|Vanaaen|1831"},
		{"two digits for the year, which stands first", manyRows("surname,birth_date", func(i int) string { return fmt.Sprintf("%s,%02d%02d%02d", surname(i), 20+i, 1+i%12, 1+i%28) }),
			"surname=surname dateOfBirth=birth_date", "1||Vanaaen|01 JAN 20"},
		{"two digits for the year, which stands last", manyRows("surname,birth_date", func(i int) string { return fmt.Sprintf("%s,%02d%02d%02d", surname(i), 1+i%12, 1+i%28, 20+i) }),
			"surname=surname dateOfBirth=birth_date", "1||Vanaaen|01 JAN 20"},
		{"a date of many years that its header calls another event", manyRows("Name,register_date", func(i int) string { return fmt.Sprintf("%s %s,%d-01-%02d", given[i%10], surname(i), 1960+i, 1+i%28) }), "fullName=Name", ""},
		{"an age goes before a date that nobody names", manyRows("Name,age,stamp", func(i int) string {
			return fmt.Sprintf("%s %s,%d,%d-01-%02d", given[i%10], surname(i), 20+i%40, 1960+i, 1+i%28)
		}), "fullName=Name age=age dateOfBirth={age}", ""},
		{"an age in the year at hand", manyRows("Name,age", func(i int) string { return fmt.Sprintf("%s %s,%d", given[i%10], surname(i), 20+i%40) }), "fullName=Name age=age dateOfBirth={age}", "1|Anna|Vanaaen|2006"},
	} {
		t.Run(c.why, func(t *testing.T) {
			r, err := NewReader("f", strings.NewReader(c.file), Options{Kind: record.KindPerson, Values: true, Year: 2026})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range r.Mapping() {
				got = append(got, m.String())
			}
			want := strings.ReplaceAll(c.mapping, "dateOfBirth={age}-{census year}", "age=age dateOfBirth={age}-{census year}")
			if have := strings.Join(got, " "); have != want {
				t.Errorf("%s, not %s", have, want)
			}
			if c.first == "" {
				return
			}
			row, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			p := row.Record.(*record.Person)
			n := p.PrimaryName()
			name := n.Given() + "|" + n.Surname
			if n.FullName != "" {
				name = strings.ReplaceAll(n.FullName, " ", "|")
			}
			if have := p.ID + "|" + name + "|" + string(p.DateOfBirth); have != c.first {
				t.Errorf("the first row is %s, not %s", have, c.first)
			}
		})
	}
}

func TestLettersForTheSexes(t *testing.T) {
	for _, c := range []struct{ letters, want string }{
		{"MK", "MF"}, {"KM", "FM"}, {"MV", "MF"}, {"MW", "MF"}, {"HF", "MF"}, {"HM", "MF"}, // Spanish: hombre, mujer
		{"MF", "MF"}, {"MX", "MX"}, {"KH", "KH"}, // nobody knows which is which
	} {
		r, err := NewReader("f", strings.NewReader(manyRows("surname,sex", func(i int) string { return fmt.Sprintf("Smit%d,%c", i, c.letters[i%2]) })),
			Options{Kind: record.KindPerson, Values: true, Year: 2026})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for range 2 {
			row, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			got += row.Record.(*record.Person).Sex.Value
		}
		if got != c.want {
			t.Errorf("%s are read as %s, not %s", c.letters, got, c.want)
		}
	}
}
