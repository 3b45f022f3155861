package quality_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-playground/validator/v10"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

func ExampleEngine_Check() {
	engine, err := quality.New(quality.Policy{})
	if err != nil {
		panic(err)
	}
	asOf := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	p := &record.Person{
		Names:       []record.Name{{GivenNames: []string{"Ann"}, Surname: "Fenwick"}},
		DateOfBirth: "1980-06-15",
		Sex:         record.Code{Value: "F"},
		Identifiers: []record.Identifier{{Type: record.IDPNC, Value: "2001/0171310S"}},
		Addresses:   []record.Address{{Postcode: "SW1A 1AA"}},
	}
	changes := normalise.Record(p, normalise.Options{AsOf: asOf})
	report := engine.Check(quality.Create, &quality.Subject{Record: p, Changes: changes, AsOf: asOf})
	for _, f := range report.Findings {
		fmt.Printf("%s %s %s\n", f.Severity, f.Rule, f.Field)
	}
	for _, l := range report.Score.Lost {
		fmt.Printf("%s takes off %.3f\n", l.Rule, l.Points)
	}
	// Output:
	// error person/pncid-check pncId
	// person/pncid-check takes off 0.065
}

func ExampleRegisterTags() {
	v := validator.New(validator.WithRequiredStructEnabled())
	if err := quality.RegisterTags(v); err != nil {
		panic(err)
	}
	type visitor struct {
		Surname  string  `validate:"person_name"`
		Postcode string  `validate:"omitempty,uk_postcode"`
		Car      *string `validate:"omitempty,uk_vrm"`
	}
	fmt.Println(v.Struct(visitor{Surname: "O'Example", Postcode: "sw1a 1aa"}))
	fmt.Println(v.Struct(visitor{Surname: "Examp1e"}) != nil)
	// Output:
	// <nil>
	// true
}

func ExampleReadPostcodes() {
	directory, err := quality.ReadPostcodes(strings.NewReader("pcds,town\nSW1A 1AA,London\n"), "directory.csv")
	if err != nil {
		panic(err)
	}
	engine, err := quality.New(quality.Policy{Lookups: quality.Lookups{PostcodeInUse: directory.InUse, PostcodeTown: directory.Town}})
	if err != nil {
		panic(err)
	}
	p := &record.Person{Addresses: []record.Address{{Town: "Leeds", Postcode: "SW1A 1AA"}}}
	for _, f := range engine.Check(quality.Create, &quality.Subject{Record: p}).Findings {
		if f.Rule == "person/postcode-town" {
			fmt.Println(f.Severity, f.Message)
		}
	}
	// Output: info the directory has the postcode in another town
}
