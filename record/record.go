// Package record holds the nouns of police data: a Person (a nominal), a
// Vehicle and a MissingPerson (one record per episode), the envelope they
// share, and one field table per kind.
//
// A record is text. Every leaf is a string or a named string type, so that a
// value stays exactly as it was typed until package normalise makes it
// canonical; methods of the named types (Date, Timestamp, Number …) read the
// canonical text and say so when they can't. Nothing is lost on the way in:
// JSON and CSV round trip whatever was typed.
//
// The field table is the one list of what a record holds: path, flat name,
// meaning, type, code set, and how personal the value is. CSV columns, header
// mapping, differences, masking, comparison and documentation all read it.
package record

// Kind says which of the three records a value is.
type Kind string

// The kinds of record.
const (
	KindPerson  Kind = "person"
	KindVehicle Kind = "vehicle"
	KindMissing Kind = "missing"
)

// Kinds lists the kinds in their customary order.
func Kinds() []Kind { return []Kind{KindPerson, KindVehicle, KindMissing} }

// Record is implemented by *Person, *Vehicle and *MissingPerson and by nothing
// else: the field tables know those three types.
type Record interface {
	// Kind says which of the three it is.
	Kind() Kind
	// Head gives the envelope, which every kind has.
	Head() *Envelope
}

// New returns an empty record of a kind, or nil for a kind that is none.
func New(k Kind) Record {
	switch k {
	case KindPerson:
		return new(Person)
	case KindVehicle:
		return new(Vehicle)
	case KindMissing:
		return new(MissingPerson)
	}
	return nil
}

// Kind says that this is a person.
func (*Person) Kind() Kind { return KindPerson }

// Kind says that this is a vehicle.
func (*Vehicle) Kind() Kind { return KindVehicle }

// Kind says that this is a missing-person episode.
func (*MissingPerson) Kind() Kind { return KindMissing }

// Head gives the record's envelope.
func (p *Person) Head() *Envelope { return &p.Envelope }

// Head gives the record's envelope.
func (v *Vehicle) Head() *Envelope { return &v.Envelope }

// Head gives the record's envelope, not that of the person in it.
func (m *MissingPerson) Head() *Envelope { return &m.Envelope }

// PersonOf gives the person a record is about: the record itself, or the
// person inside a missing-person episode. A vehicle has none: nil.
func PersonOf(r Record) *Person {
	switch r := r.(type) {
	case *Person:
		return r
	case *MissingPerson:
		return &r.Person
	}
	return nil
}
