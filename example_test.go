package ledsq_test

import (
	"context"
	"fmt"
	"time"

	"leds.internal/ledsq"
	"leds.internal/ledsq/record"
)

// asOf is the time the examples judge by.
var asOf = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// A person about to be recorded: the identifier is written short, the postcode
// without its space, and the date of birth cannot be.
func ExampleCreate_person() {
	engine, err := ledsq.New(ledsq.Config{AsOf: asOf})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &record.Person{
		Names:       []record.Name{{GivenNames: []string{"siobhan"}, Surname: "o'brien"}},
		DateOfBirth: "31/06/1979",
		Sex:         record.Code{Value: "female"},
		Identifiers: []record.Identifier{{Type: record.IDPNC, Value: "79/163001b"}},
		Addresses:   []record.Address{{Line: "4 Invented Row", Postcode: "ls14ap"}},
	}
	made, err := ledsq.Create(context.Background(), engine, p)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range made.Changes {
		if c.From != c.To {
			fmt.Printf("%s: %s → %s\n", c.Field, c.From, c.To)
		}
	}
	for _, f := range made.Findings {
		if f.Field == "dateOfBirth" {
			fmt.Println(f.Severity, f.Rule)
		}
	}
	// Output:
	// givenName: siobhan → Siobhan
	// surname: o'brien → O'Brien
	// sex: female → F
	// pncId: 79/163001b → 1979/0163001B
	// postcode: ls14ap → LS1 4AP
	// error record/date-format
}

// A vehicle whose mark is newer than the vehicle: unlawful, and the usual sign
// of a clone or a misread plate.
func ExampleCreate_vehicle() {
	engine, _ := ledsq.New(ledsq.Config{AsOf: asOf})
	v := &record.Vehicle{VRM: "ab71 cde", Make: "vw", Model: "Golf", FirstRegistered: "2012-03",
		Colours: []record.Code{{Value: "blu"}}, BodyShape: record.Code{Value: "hatchback"}}
	made, err := ledsq.Create(context.Background(), engine, v)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(made.Record.VRM), made.Record.Make, made.Record.Colours[0].Value)
	for _, f := range made.Findings {
		fmt.Println(f.Severity, f.Rule, f.Field)
	}
	// Output:
	// AB71CDE VOLKSWAGEN BLUE
	// warning vehicle/vrm-newer-than-vehicle vrm
}

// A missing child graded at the lowest risk although the record itself says
// otherwise.
func ExampleCreate_missing() {
	engine, _ := ledsq.New(ledsq.Config{AsOf: asOf})
	m := &record.MissingPerson{
		Person: record.Person{Names: []record.Name{{GivenNames: []string{"Ola"}, Surname: "Nowak"}}, DateOfBirth: "2014-02-01", Sex: record.Code{Value: "F"},
			Contacts: []record.Contact{{Type: record.ContactPhone, Value: "07700 900123"}}},
		MissingSince: "2026-11-22T20:15:00Z", LastSeenAt: "2026-11-22T20:00:00Z", ReportedAt: "2026-11-22T21:40:00Z", LastSeenPlace: "Invented Park",
		Circumstances:   "Did not come home from a friend's house after an argument.",
		RiskAssessments: []record.RiskAssessment{{Level: record.Code{Value: "very low"}, At: "2026-11-22T22:00:00Z", By: "1234"}},
		Factors:         map[string]record.Tri{"sexualExploitation": record.Yes},
		NextReviewAt:    "2026-11-23T10:00:00Z",
	}
	made, err := ledsq.Create(context.Background(), engine, m)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range made.Findings {
		if f.Severity == "error" {
			fmt.Println(f.Rule, f.Field)
		}
	}
	// Output:
	// missing/risk-rationale-missing riskRationale
	// missing/risk-contradiction riskLevel
}

// An amendment that takes a warning marker away without a word.
func ExampleAmend() {
	engine, _ := ledsq.New(ledsq.Config{AsOf: asOf})
	before := &record.Person{Envelope: record.Envelope{ID: "n1", Version: "3"},
		Names:   []record.Name{{GivenNames: []string{"Tomasz"}, Surname: "Zieliński"}},
		Markers: []record.Marker{{Code: record.Code{Value: "WE"}, SetAt: "2026-05-01T10:00:00Z", SetBy: "1234", Source: "incident", Basis: record.Fact}}}
	after := record.Clone(before)
	after.Markers, after.Version = nil, "4"
	kept, err := ledsq.Amend(context.Background(), engine, before, after,
		record.Amendment{At: "2026-11-23T08:30:00Z", By: "4321", Reason: "tidy up", Source: "records unit", BaseVersion: "3"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range kept.Findings {
		if f.Severity == "error" {
			fmt.Println(f.Rule)
		}
	}
	// Output:
	// person/marker-removed-unexplained
}

// Two systems hold the same man; the library proposes the pair, says why, and
// lists what they disagree on.
func ExampleValidate() {
	engine, _ := ledsq.New(ledsq.Config{AsOf: asOf})
	person := func(id, given, surname string, dob record.Date, sex, pnc string) *record.Person {
		return &record.Person{Envelope: record.Envelope{ID: id}, Names: []record.Name{{GivenNames: []string{given}, Surname: surname}}, DateOfBirth: dob,
			Sex: record.Code{Value: sex}, Identifiers: []record.Identifier{{Type: record.IDPNC, Value: pnc}}}
	}
	custody := []*record.Person{person("c1", "William", "Ashdown", "1979-03-04", "M", "2002/0073319Z"), person("c2", "Aisha", "Karim", "1991-12-30", "F", "1979/0163001B")}
	crime := []*record.Person{person("x9", "BILL", "ASHDOWN", "1979-04-03", "M", "02/73319z"), person("x8", "Ewa", "Mazur", "1985-05-17", "F", "")}
	found, err := ledsq.Validate(context.Background(), engine, []ledsq.Source[*record.Person]{
		ledsq.Records("custody", custody), ledsq.Records("crime", crime)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range found.Duplicates {
		fmt.Println(d.IDA, d.IDB, d.Decision)
	}
	for _, c := range found.Conflicts {
		fmt.Println(c.Field, "differs between", len(c.Records), "records")
	}
	// Output:
	// c1 x9 match
	// dateOfBirth differs between 2 records
}
