package dedupe

import "leds.internal/ledsq/record"

// attribute reads one column's value from a normalised record, in comparable
// form: "" where there is none.
type attribute struct {
	name string
	read func(r record.Record) string
}

// preset says, as tables, what is compared for a kind of record and how blocks
// are made. Everything works on whichever columns are filled.
type preset struct {
	people      bool                                             // persons, among whom twins and namesakes are to be feared
	rival       string                                           // what pairs that share much and are not one may be, as an officer would say it
	apart       func(comparisons []comparison, p pattern) string // see apart.go
	attributes  []attribute
	comparisons []comparison
	atoms       []atom
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
	name       string
	levels     []level
	chance     float64  // how often two people, vehicles … agree fully by chance, where there is too little data to tell
	shared     bool     // people of one household share it
	identifies bool     // it names one person and no other
	uses       []string // names of the columns it reads; without the first it is void
	anyOf      bool     // void only without all of them
	compare    func(c *comparer, cols []*column, a, b int32) uint8
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
