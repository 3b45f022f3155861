package normalise_test

import (
	"fmt"
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func ExamplePNCID() {
	r := normalise.PNCID("2OO2/OO73319Z", normalise.Options{})
	fmt.Println(r.Status, r.Canonical, r.Proved)
	fmt.Println(normalise.PNCID("1981100Q", normalise.Options{}).Readings)
	// Output:
	// repaired 2002/0073319Z true
	// [1981/0000100Q 2019/0081100Q]
}

func ExamplePostcode() {
	for _, s := range []string{"sw1a1aa", "SWIA IAA", "5W1A 1AA", "2602"} {
		r := normalise.Postcode(s)
		fmt.Println(r.Status, r.Canonical, r.Suggestions)
	}
	// Output:
	// valid SW1A 1AA []
	// repaired SW1A 1AA []
	// invalid  [SW1A 1AA]
	// foreign 2602 []
}

func ExampleVRM() {
	r := normalise.VRM("lbo7 se0")
	fmt.Println(r.Status, r.Canonical, r.Class)
	r = normalise.VRM("0011OO0")
	fmt.Println(r.Status, r.Readings, r.Class)
	// Output:
	// repaired LB07SEO current
	// ambiguous [OO11OOO OOI1000] current|ni
}

func ExampleDate() {
	o := normalise.Options{AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	for _, s := range []string{"15.6.80", "00/05/1970", "12/31/1985", "03/04/1990"} {
		r := normalise.Date(s, o)
		fmt.Println(r.Status, r.Canonical, r.Rule)
	}
	// Output:
	// valid 1980-06-15 date/century-assumed
	// partial 1970-05 date/partial
	// invalid  date/order
	// valid 1990-04-03 date/order-assumed
}

func ExampleAs() {
	read, ok := normalise.As("nhs")
	fmt.Println(ok, read("401 023 2137", normalise.Options{}).Canonical)
	// Output: true 4010232137
}

func ExampleFoldName() {
	fmt.Println(normalise.FoldName("O’Brien"), normalise.FoldName("Mc Donald"), normalise.FoldName("Łuczak-Müller"))
	// Output: OBRIEN MCDONALD LUCZAK MULLER
}

func ExampleNameLink() {
	fmt.Println(normalise.NameLink("Robert", "Bob"))
	// Output: medium diminutive true
}

func ExampleRecord() {
	p := &record.Person{
		Names:       []record.Name{{GivenNames: []string{"Mr JOHN"}, Surname: "SMITH (JONES)"}},
		DateOfBirth: "15/06/1980",
		Addresses:   []record.Address{{Postcode: "sw1a1aa"}},
	}
	changes := normalise.Record(p, normalise.Options{})
	for _, c := range changes {
		fmt.Printf("%s: %q to %q (%s)\n", c.Field, c.From, c.To, c.Rule)
	}
	normalise.Undo(p, changes)
	fmt.Println(p.Names[0].Surname, string(p.DateOfBirth))
	// Output:
	// surname: "SMITH (JONES)" to "Smith" (name/other-name)
	// alias1.surname: "" to "Jones" (name/other-name)
	// givenName: "Mr JOHN" to "John" (name/title)
	// title: "" to "Mr" (name/title)
	// dateOfBirth: "15/06/1980" to "1980-06-15" (dob/form)
	// postcode: "sw1a1aa" to "SW1A 1AA" (postcode/form)
	// SMITH (JONES) 15/06/1980
}
