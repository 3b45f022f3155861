package quality

import (
	"encoding/json"
	"testing"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// listed are persons as a plain list holds them, some of them with a fault.
var listed = []string{
	`{"id":"1","names":[{"givenNames":["Molly"],"surname":"Rowe"}],"sex":"F","dateOfBirth":"1964-08-11","contacts":[{"type":"MOBH","value":"07700 900459"}]}`,
	`{"id":"2","names":[{"givenNames":["Hugh"],"middleNames":"James","surname":"O'Brien"}],"sex":"M","dateOfBirth":"12/03/1990","addresses":[{"line":"4 Mill Lane","town":"Leeds","postcode":"ls11aa"}],"identifiers":[{"type":"PNC","value":"2003/0062845E"}]}`,
	`{"id":"3","names":[{"givenNames":["ZOE"],"surname":"FENWICK"}],"sex":"F","dateOfBirth":"1980-01-01","addresses":[{"line":"12 High Street","town":"York","postcode":"YO1 7HH"}],"contacts":[{"type":"EMAIL","value":"zoe@example.org"}]}`,
	`{"id":"4","names":[{"givenNames":["Ali"],"surname":"Examp1e"}],"sex":"M","dateOfBirth":"2031-02-30","addresses":[{"line":"Flat 2","postcode":"XX9 9XX"}],"identifiers":[{"type":"PNC","value":"2001/0171310S"}]}`,
}

func subjects(b *testing.B, texts ...string) []*Subject {
	out := make([]*Subject, len(texts))
	for i, t := range texts {
		out[i] = load(b, record.KindPerson, t)
	}
	return out
}

// BenchmarkCheck is what all the rules on one record cost, normalising apart:
// of a plain list, and of a record with an envelope and much in it.
func BenchmarkCheck(b *testing.B) {
	e := newEngine(b, Policy{})
	for name, texts := range map[string][]string{"list": listed, "rich": {rich}} {
		list := subjects(b, texts...)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				e.Check(Create, list[i%len(list)])
			}
		})
	}
}

// shapesOnly are the values of a record that have a tag, with their tags: what a
// program that uses validator/v10 alone would check.
type shapesOnly struct {
	Given    string `validate:"omitempty,person_name"`
	Surname  string `validate:"required,person_name"`
	Born     string `validate:"omitempty,record_date"`
	Postcode string `validate:"omitempty,uk_postcode"`
	PNCID    string `validate:"omitempty,pnc_id"`
	Phone    string `validate:"omitempty,uk_phone"`
	Email    string `validate:"omitempty,email_address"`
}

func shapesOf(r record.Record) shapesOnly {
	get := func(field string) string {
		c, _ := record.FindColumn(record.KindPerson, field)
		return c.Get(r)
	}
	return shapesOnly{get("givenName"), get("surname"), get("dateOfBirth"), get("postcode"), get("pncId"), get("mobile"), get("email")}
}

// BenchmarkBesideValidator says what a record costs: its shapes by the tags of
// validator/v10 alone; the whole way, which is to normalise it and judge it by
// every rule, with findings and score.
func BenchmarkBesideValidator(b *testing.B) {
	raw := make([]record.Record, len(listed))
	shapes := make([]shapesOnly, len(listed))
	for i, text := range listed {
		raw[i] = record.New(record.KindPerson)
		if err := json.Unmarshal([]byte(text), raw[i]); err != nil {
			b.Fatal(err)
		}
		shapes[i] = shapesOf(raw[i])
	}
	v, e, at := newValidator(b), newEngine(b, Policy{}), exampleDay(b)
	b.Run("tags", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			_ = v.Struct(&shapes[i%len(shapes)])
		}
	})
	b.Run("rules", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			r := record.Clone(raw[i%len(raw)])
			changes := normalise.Record(r, normalise.Options{AsOf: at})
			e.Check(Create, &Subject{Record: r, Changes: changes, AsOf: at})
		}
	})
}
