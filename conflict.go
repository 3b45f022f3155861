package ledsq

import (
	"leds.internal/ledsq/record"
)

// Conflict is a field on which records that seem to be one entity disagree.
// Values are canonical text and may be personal.
type Conflict struct {
	Field    string
	Records  []int    // places in Found.Records that hold a value
	Values   []string // the different values, the proposed one first
	Proposed string   // by the survivor policy; never applied
	Why      string   // what told it from the next
}

// compared are the fields whose values should agree between records of one
// entity, by kind. Names, addresses and contacts may rightly differ.
var compared = map[record.Kind][]string{
	record.KindPerson:  {"dateOfBirth", "sex", "dateOfDeath", "pncId", "cro", "nino", "nhsNumber", "driverNumber", "placeOfBirth"},
	record.KindVehicle: {"vin", "make", "model", "colour", "fuel", "firstRegistered", "bodyType", "engineNumber"},
	record.KindMissing: {"dateOfBirth", "sex", "missingSince", "riskLevel", "outcome", "foundAt"},
}

// conflicts lists the fields on which the members of one cluster disagree.
func conflicts[R record.Record](records []R, members []int, p SurvivorPolicy) []Conflict {
	kind := records[members[0]].Kind()
	var out []Conflict
	for _, name := range compared[kind] {
		col, ok := record.FindColumn(kind, name)
		if !ok {
			continue
		}
		u := &unit{name: name, kind: col.Field.Type}
		c := Conflict{Field: name}
		for _, i := range members {
			if value := col.Get(records[i]); value != "" {
				c.Records = append(c.Records, i)
				u.add(kind, i, []leafText{{name, value}})
			}
		}
		u.choose(headers(records), &p)
		for _, x := range u.candidates {
			c.Values = append(c.Values, x.leaves[0].text)
		}
		if len(c.Values) < 2 || agree(col.Field.Type, c.Values) {
			continue
		}
		c.Proposed, c.Why = c.Values[0], u.candidates[0].why
		out = append(out, c)
	}
	return out
}

// agree says whether values of different text may yet be one: dates of
// different precision.
func agree(t record.Type, values []string) bool {
	if t != record.TypeDOB && t != record.TypeDate {
		return false
	}
	for i, a := range values {
		for _, b := range values[i+1:] {
			if !record.Date(a).Overlaps(record.Date(b)) {
				return false
			}
		}
	}
	return true
}
