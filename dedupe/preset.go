package dedupe

import "leds.internal/ledsq/record"

// attribute reads one column's value from a normalised record and appends it in
// comparable form; nothing where there is none.
type attribute struct {
	name    string
	read    func(b []byte, r record.Record) []byte
	concept string // what may have several values, all columns together: "name", "address"
	fields  []fieldForm
}

// fieldForm is a field that an attribute is read from, by its flat name. form
// appends for a canonical text of it what read appends for a record that has no
// other of the attribute's fields.
type fieldForm struct {
	field string
	form  former
}

// former appends a text in another form.
type former func(b []byte, text string) []byte

// in gives the fields of an attribute that has one form for all of them.
func in(form former, fields ...string) (out []fieldForm) {
	for _, f := range fields {
		out = append(out, fieldForm{f, form})
	}
	return out
}

// preset says, as tables, what is compared for a kind of record and how blocks
// are made. Everything works on whichever columns are filled.
type preset struct {
	people      bool                                             // persons, among whom twins and namesakes are to be feared
	rival       string                                           // what pairs that share much and are not one may be, as an officer would say it
	apart       func(comparisons []comparison, p pattern) string // see apart.go
	attributes  []attribute
	variants    func(r record.Record, add func(concept string, v record.Record)) // further names and addresses; nil for none
	comparisons []comparison
	atoms       []atom
	keys        [][]int // blocking keys by their atoms, nil where they are planned
}

func presetFor(k record.Kind) (preset, bool) {
	switch k {
	case record.KindPerson:
		return personPreset(), true
	case record.KindVehicle:
		return vehiclePreset(), true
	case record.KindMissing:
		return missingPreset(), true
	}
	return preset{}, false
}

// comparison compares two records on one concept and says which of its levels
// holds. Level 0 means that one side has no value: it weighs nothing. Levels
// from 1 are ordered, the closest agreement first.
type comparison struct {
	most       float64 // the largest share of matches that may fall on the last level; 0 for any
	name       string
	levels     []level
	chance     float64  // how often two people, vehicles … agree fully by chance, where there is too little data to tell
	concept    string   // compared over all names, or all addresses, of both: the closest counts
	shared     bool     // rivals share it: people of one household, episodes of one person
	identifies bool     // it names one person and no other
	uses       []string // names of the columns it reads; without the first it is void
	anyOf      bool     // void only without all of them
	swaps      uint8    // the level at which the first two columns are exchanged, 0 for none
	compare    func(c *comparer, cols []*column, a, b int32) uint8
	reads      []reading                                           // what compare will look at; nil where that is little
	closest    func(c *comparer, cols []*column, a, b int32) uint8 // with anyOf: the closest level that is possible, at a glance; nil for 1
}

// level is one degree of agreement.
type level struct {
	name   string // as an officer would say it
	column string // the column whose term frequency adjusts the weight, or ""
	second string // a second one, for two agreements in one level
	share  float64
}

// atom is what blocking keys are made of: a value or a code derived from it. A
// coarse atom brings together all records that a fine one of its column does.
type atom struct {
	name   string
	column string
	coarse bool
	derive func(text string) string
}
