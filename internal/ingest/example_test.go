package ingest_test

import (
	"context"
	"fmt"
	"strings"

	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/record"
)

func ExampleNewReader() {
	file := "ref;Forename;Surname;DOB\nA1;Ada;Example;10/12/1985\nA2;Too few\nA3;Alan;Sample;\n"
	m, err := ingest.ParseMap("id=ref")
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := ingest.NewReader("custody.csv", strings.NewReader(file), ingest.Options{Map: m})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer r.Close()
	fmt.Println(r.Kind(), r.Mapping())
	for row, err := range r.All(context.Background()) {
		switch {
		case err != nil: // the rest of the file can't be read
			fmt.Println(err)
		case row.Err != nil: // this row can't
			fmt.Println(row.Err)
		default:
			name := record.PersonOf(row.Record).PrimaryName()
			fmt.Println(row.Record.Head().ID, name.Given(), name.Surname)
		}
	}
	// Output:
	// person [id=ref givenName=Forename surname=Surname dateOfBirth=DOB]
	// A1 Ada Example
	// custody.csv: row 2: has 2 columns where the header has 4: is the row cut off, or a line end in a cell not quoted?
	// A3 Alan Sample
}
