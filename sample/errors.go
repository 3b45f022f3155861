package sample

import (
	"slices"
	"strings"

	"leds.internal/ledsq/record"
)

// PlantedError is the label of one error, or of one natural variation, in a record.
// Setting the field to Original gives what the record would hold without it.
type PlantedError struct {
	ID       string // of the record
	Field    string // flat name
	Type     string // name of an ErrorType
	Original string // "" where the error put something into an empty field
}

// ErrorType is one way in which a record departs from the truth. Types are
// values in a table: see ErrorTypes.
type ErrorType struct {
	Name   string
	Doc    string // what happens in life, in one sentence
	Kinds  []record.Kind
	Fields []string // flat names of the fields it acts on

	// Variation is true where nobody made a mistake: people move, marry, go by a
	// short name. Such records differ from the present truth all the same.
	Variation bool

	apply func(*planter, *ErrorType) bool
}

// On says whether the type is one for a kind of record.
func (t *ErrorType) On(k record.Kind) bool { return slices.Contains(t.Kinds, k) }

var (
	persons  = []record.Kind{record.KindPerson}
	people   = []record.Kind{record.KindPerson, record.KindMissing}
	vehicles = []record.Kind{record.KindVehicle}
	episodes = []record.Kind{record.KindMissing}
	allKinds = record.Kinds()

	nameFields = []string{"surname", "givenName"}
	typedText  = []string{"surname", "givenName", "middleNames", "addressLine", "email", "model", "lastSeenPlace"}
	ownNumbers = []string{"pncId", "cro", "nino", "nhsNumber", "driverNumber", "passport", "prisonNumber", "vin", "engineNumber"}
	mailboxed  = []string{"addressLine", "town", "county", "postcode", "addressFrom"}
)

// ErrorTypes gives the table of errors and variations, in the order in which
// they are applied. The caller must not change it.
func ErrorTypes() []ErrorType { return errorTypes() }

// planter applies errors to one record. A field is touched at most once, so
// that every label's Original is the clean value.
type planter struct {
	r      stream
	rec    record.Record
	cell   *cell
	entity int
	person *person
	src    *source
	car    *vehicle
	at     moment
	errors []PlantedError

	columns map[string]record.Column // of the fields error types name
}

func (p *planter) column(field string) record.Column {
	c, ok := p.columns[field]
	if !ok {
		panic("sample: an error type acts on " + field + ", which it does not name")
	}
	return c
}

func (p *planter) get(field string) string { return p.column(field).Get(p.rec) }

// free says whether a field is still as the truth has it.
func (p *planter) free(field string) bool {
	for i := range p.errors {
		if p.errors[i].Field == field {
			return false
		}
	}
	return true
}

// put replaces the value of a field and labels it; it refuses a field touched
// before and a value that changes nothing.
func (p *planter) put(t *ErrorType, field, value string) bool {
	old := p.get(field)
	if old == value || !p.free(field) {
		return false
	}
	p.column(field).Set(p.rec, value)
	p.errors = append(p.errors, PlantedError{Field: field, Type: t.Name, Original: old})
	return true
}

// pickField draws one of the type's fields that holds a value and is free; ""
// when there is none.
func (p *planter) pickField(fields []string) string {
	var have [24]string
	n := 0
	for _, f := range fields {
		c, ok := p.columns[f]
		if ok && n < len(have) && p.free(f) && c.Get(p.rec) != "" {
			have[n] = f
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return have[p.r.below(n)]
}

// rewrite puts what change makes of one of the type's fields, beginning with
// one at random and going on to the next where change can do nothing.
func rewrite(change func(*planter, string) string) func(*planter, *ErrorType) bool {
	return func(p *planter, t *ErrorType) bool {
		start := p.r.below(len(t.Fields))
		for i := range t.Fields {
			f := t.Fields[(start+i)%len(t.Fields)]
			c, ok := p.columns[f]
			if !ok || !p.free(f) {
				continue
			}
			was := c.Get(p.rec)
			if was == "" {
				continue
			}
			// The domain of an address stays as it is, because it is a reserved one
			// and a slip might make a real one of it.
			domain := ""
			if at := strings.IndexByte(was, '@'); f == "email" && at > 0 {
				was, domain = was[:at], was[at:]
			}
			if now := change(p, was); now != "" && now != was && p.put(t, f, now+domain) {
				return true
			}
		}
		return false
	}
}

// plant applies the errors of a profile to a record.
func (rs *rates) plant(p *planter, copyNo int) {
	for i := range rs.list {
		rate := rs.list[i].first
		if copyNo > 0 {
			rate = rs.list[i].further
		}
		if p.r.chance(rate) {
			rs.list[i].typ.apply(p, rs.list[i].typ)
		}
	}
}

// another gives a different entity of the same cell, whose values may end up on
// this record by mistake.
func (p *planter) another() (person, bool) {
	if p.cell.entities < 2 {
		return person{}, false
	}
	e := (p.entity + 1 + p.r.below(p.cell.entities-1)) % p.cell.entities
	return personOf(p.cell, e, p.at.day, anyAge), true
}
