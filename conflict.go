package ledsq

import (
	"cmp"
	"slices"

	"leds.internal/ledsq/record"
)

// Conflict is a field on which records that seem to be one entity disagree.
// Values are canonical text and may be personal.
type Conflict struct {
	Field    string
	Records  []int    // places in Found.Records that hold a value
	Values   []string // the different values, the proposed one first
	Proposed string   // proposed survivor: held by most records, then the latest; never applied
	Why      string
}

// compared are the fields whose values should agree between records of one
// entity, by kind. Names, addresses and contacts may rightly differ.
var compared = map[record.Kind][]string{
	record.KindPerson:  {"dateOfBirth", "sex", "dateOfDeath", "pncId", "cro", "nino", "nhsNumber", "driverNumber", "placeOfBirth"},
	record.KindVehicle: {"vin", "make", "model", "colour", "fuel", "firstRegistered", "bodyType", "engineNumber"},
	record.KindMissing: {"dateOfBirth", "sex", "missingSince", "riskLevel", "outcome", "foundAt"},
}

// conflicts lists the fields on which the members of one cluster disagree.
func conflicts[R record.Record](records []R, members []int) []Conflict {
	kind := records[members[0]].Kind()
	var out []Conflict
	for _, name := range compared[kind] {
		col, ok := record.FindColumn(kind, name)
		if !ok {
			continue
		}
		c := Conflict{Field: name}
		count := map[string]int{}
		latest := map[string]record.Timestamp{}
		for _, i := range members {
			value := col.Get(records[i])
			if value == "" {
				continue
			}
			c.Records = append(c.Records, i)
			if count[value] == 0 {
				c.Values = append(c.Values, value)
			}
			count[value]++
			head := records[i].Head()
			latest[value] = max(latest[value], head.ModifiedAt, head.CreatedAt)
		}
		if len(c.Values) < 2 || agree(col.Field.Type, c.Values) {
			continue
		}
		slices.SortStableFunc(c.Values, func(a, b string) int {
			return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(latest[b], latest[a]), cmp.Compare(a, b))
		})
		c.Proposed, c.Why = c.Values[0], "held by most records, the latest where equal"
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
