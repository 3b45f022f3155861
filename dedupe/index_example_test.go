package dedupe_test

import (
	"context"
	"fmt"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/record"
)

// ExampleIndex searches for a person before another record of her is made.
func ExampleIndex() {
	ctx := context.Background()
	index, err := dedupe.NewIndex(record.KindPerson, dedupe.IndexConfig{}, nil) // in memory; package store has one on disk
	if err != nil {
		fmt.Println(err)
		return
	}
	held := &record.Person{Envelope: record.Envelope{ID: "P1"}, Names: []record.Name{{GivenNames: []string{"HARRIET"}, Surname: "FENWICK"}}, DateOfBirth: "1980-06-15",
		Contacts: []record.Contact{{Type: record.ContactMobile, Value: "07700900123"}}}
	if err := index.Add(ctx, held); err != nil {
		fmt.Println(err)
		return
	}
	answer, err := index.Search(ctx, &record.Person{Names: []record.Name{{GivenNames: []string{"HARRIETT"}, Surname: "FENWICK"}}, DateOfBirth: "1980-06-15"}, 5)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, hit := range answer.Hits {
		fmt.Println(hit.ID, hit.Decision, hit.Reason)
	}
	// Output: P1 match given name one letter apart; same surname; same date of birth
}
