package main

import (
	"context"
	"strings"

	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// population makes graded pairs of names from a sample population: the names, as
// they stand in their records, of one person where they differ, and those of two
// people of one household. Father and son of one name are left out, and strangers
// of one name, and names that somebody made up on the spot: no comparison of names
// could tell.
func population(n int, seed uint64) ([]pair, error) {
	profile, _ := sample.ProfileByName("realistic")
	type written struct {
		entity, name string
		errors       []sample.PlantedError
	}
	people, homes, relation := map[string][]written{}, map[string][]written{}, map[string]string{}
	var order, homeOrder []string
	o := sample.Options{Kind: record.KindPerson, N: n, Seed: seed, Profile: profile}
	err := sample.Generate(context.Background(), o, func(it sample.Item) error {
		name := &record.PersonOf(it.Record).Names[0]
		x := written{it.Entity, strings.Join(strings.Fields(name.Given()+" "+name.MiddleNames+" "+name.Surname+" "+name.FullName), " "), it.Errors}
		if len(people[x.entity]) == 0 {
			order = append(order, x.entity)
		}
		people[x.entity] = append(people[x.entity], x)
		if r := it.Relation; r == "twins" || r == "siblings" || r == "parent" || r == "couple" {
			if len(homes[it.Household]) == 0 {
				homeOrder = append(homeOrder, it.Household)
			}
			homes[it.Household], relation[it.Household] = append(homes[it.Household], x), r
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []pair
	for _, e := range order {
		for i, x := range people[e] {
			for _, y := range people[e][:i] {
				kind := nameError(x.errors, y.errors)
				if strings.EqualFold(x.name, y.name) || x.name == "" || y.name == "" || kind == "alias" {
					continue
				}
				out = append(out, pair{a: y.name, b: x.name, match: true, category: kind})
			}
		}
	}
	for _, h := range homeOrder {
		for i, x := range homes[h] {
			for _, y := range homes[h][:i] {
				if x.entity != y.entity && x.name != "" && y.name != "" {
					out = append(out, pair{a: y.name, b: x.name, category: relation[h]})
				}
			}
		}
	}
	return out, nil
}

// nameError says what is the matter with the names of two records.
func nameError(lists ...[]sample.PlantedError) string {
	found := ""
	for _, list := range lists {
		for _, e := range list {
			switch e.Field {
			case "givenName", "middleNames", "surname":
				if e.Type == "alias" {
					return e.Type
				}
				if found != "" && found != e.Type {
					return "several"
				}
				found = e.Type
			}
		}
	}
	if found == "" {
		return "form of the source"
	}
	return found
}
