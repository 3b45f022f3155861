package sample_test

import (
	"context"
	"fmt"
	"strings"

	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// Records with their truth: which are about the same person, and what is wrong
// with each.
func ExampleGenerate() {
	profile, _ := sample.ProfileByName("harsh")
	entities, errors := map[string]bool{}, 0
	o := sample.Options{Kind: record.KindPerson, N: 1000, Seed: 1, Profile: profile}
	err := sample.Generate(context.Background(), o, func(it sample.Item) error {
		entities[it.Entity] = true
		for _, e := range it.Errors {
			if e.Type == "day-month-swapped" {
				errors++
			}
		}
		return nil
	})
	fmt.Println(err, len(entities) < 1000, errors > 0)
	// Output: <nil> true true
}

// A profile of one's own: only what the text names happens.
func ExampleParseProfile() {
	p, err := sample.ParseProfile(strings.NewReader(`
name: telephone
about: names taken down over a bad line
rates:
  hearing: {first: 0.2, further: 0.2}
`))
	fmt.Println(p.Name, p.Rates["hearing"].First, err)
	_, err = sample.ParseProfile(strings.NewReader("rates: {haering: {first: 0.2}}"))
	fmt.Println(err)
	// Output:
	// telephone 0.2 <nil>
	// sample: profile without name: there is no error type "haering"
}
