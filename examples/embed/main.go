// Command embed is the smallest program that uses the library: it judges one
// person about to be recorded and prints what a screen would show the officer.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"leds.internal/ledsq"
	"leds.internal/ledsq/record"
)

func main() {
	if err := run(context.Background(), os.Stdout, time.Now()); err != nil {
		fmt.Fprintln(os.Stderr, "embed:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, now time.Time) error {
	engine, err := ledsq.New(ledsq.Config{AsOf: now})
	if err != nil {
		return err
	}
	made, err := ledsq.Create(ctx, engine, &record.Person{
		Names:       []record.Name{{GivenNames: []string{"siobhan"}, Surname: "o'brien"}},
		DateOfBirth: "31/06/1979", // June has thirty days
		Sex:         record.Code{Value: "female"},
		Identifiers: []record.Identifier{{Type: record.IDPNC, Value: "79/163001b"}},
		Addresses:   []record.Address{{Line: "4 Invented Row", Postcode: "ls14ap"}},
	})
	if err != nil {
		return err
	}
	for _, c := range made.Changes {
		if c.From != c.To {
			fmt.Fprintf(w, "put right  %-14s %q → %q\n", c.Field, c.From, c.To)
		}
	}
	for _, f := range made.Findings {
		fmt.Fprintf(w, "%-10s %-14s %s %s\n", f.Severity, f.Field, f.Message, f.Fix)
	}
	fmt.Fprintf(w, "score      %.2f\n", made.Score.Overall)
	return nil
}
