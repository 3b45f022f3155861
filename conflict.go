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
	Held     []Held   // what each of Records holds, beside it
	Proposed string   // proposed survivor: best assured, then held by most records, then the latest; never applied
	Why      string   // what decided
}

// Held is what one record holds of a field that is in conflict.
type Held struct {
	Value     string
	Source    string           // of the record
	At        record.Timestamp // when the record was last changed, or else made; "" where it does not say
	Assurance record.Assurance // what stands behind the value; "" where it does not say
}

// value gives what a record holds.
func (c *Conflict) value(of int) string {
	if i := slices.Index(c.Records, of); i >= 0 {
		return c.Held[i].Value
	}
	return ""
}

// assurances are the grades, weakest first.
var assurances = []record.Assurance{"", record.Observed, record.ThirdParty, record.SelfDeclared, record.OfficialRecord, record.Documentary, record.Biometric}

// assuranceOf says what stands behind a value: what the record says of the
// field, or of the identifier that the field is.
func assuranceOf(r record.Record, field string) record.Assurance {
	for _, x := range r.Head().Assessed {
		if x.Field == field && x.Assurance != "" {
			return x.Assurance
		}
	}
	if col, ok := record.FindColumn(r.Kind(), field+".assurance"); ok {
		return record.Assurance(col.Get(r))
	}
	return ""
}

// compared are the fields whose values should agree between records of one
// entity, by kind. Names, addresses and contacts may rightly differ.
var compared = map[record.Kind][]string{
	record.KindPerson:  {"dateOfBirth", "sex", "dateOfDeath", "pncId", "cro", "nino", "nhsNumber", "driverNumber", "placeOfBirth"},
	record.KindVehicle: {"vin", "make", "model", "colour", "fuel", "firstRegistered", "bodyType", "engineNumber"},
	record.KindMissing: {"dateOfBirth", "sex", "missingSince", "riskLevel", "outcome", "foundAt"},
}

// conflicts lists the fields on which the members of one cluster disagree.
func conflicts[R record.Record](records []R, members []int, source func(int) string) []Conflict {
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
		backed := map[string]int{} // the best assurance of a value
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
			h := Held{value, source(i), cmp.Or(head.ModifiedAt, head.CreatedAt), assuranceOf(records[i], name)}
			c.Held = append(c.Held, h)
			latest[value] = max(latest[value], h.At)
			backed[value] = max(backed[value], slices.Index(assurances, h.Assurance))
		}
		if len(c.Values) < 2 || agree(col.Field.Type, c.Values) {
			continue
		}
		slices.SortStableFunc(c.Values, func(a, b string) int {
			return cmp.Or(cmp.Compare(backed[b], backed[a]), cmp.Compare(count[b], count[a]), cmp.Compare(latest[b], latest[a]), cmp.Compare(a, b))
		})
		first, second := c.Values[0], c.Values[1]
		c.Proposed = first
		switch {
		case backed[first] > backed[second]:
			c.Why = "the best assured: " + string(assurances[backed[first]])
		case count[first] > count[second]:
			c.Why = "held by most records"
		case latest[first] > latest[second]:
			c.Why = "the latest"
		default:
			c.Why = "nothing decides: the first in the alphabet"
		}
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
