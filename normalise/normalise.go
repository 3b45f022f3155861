// Package normalise turns text as typed into the standard form, keeps the
// original, and says what it did, by which rule, and how sure it is. It never
// guesses silently: where two readings are possible it gives both and picks
// neither, and a value it doesn't recognise stays as it was typed, because not
// recognised is not the same as wrong.
//
// One value: [Value], or a function of its own such as [PNCID] or [Postcode].
// A whole record: [Record].
package normalise

import (
	"strings"
	"time"

	"leds.internal/ledsq/record"
)

// Status says what was found of a value.
type Status string

// The statuses. Some types add classes of their own, such as "nfa" for the
// postcode of no fixed abode or "trn" for a temporary tax reference; those
// values are understood but are not what the field asks for.
const (
	Valid       Status = "valid"       // the standard form, or made so by case, spacing and the like
	Repaired    Status = "repaired"    // one deterministic repair, always reported; see Result.Proved
	Ambiguous   Status = "ambiguous"   // two or more readings; none is picked
	Partial     Status = "partial"     // true but incomplete: an outward postcode, a month
	Suspect     Status = "suspect"     // well formed and unlikely
	Placeholder Status = "placeholder" // a token that means "no value"
	Foreign     Status = "foreign"     // understood as another country's form
	Unknown     Status = "unknown"     // not recognised; kept as typed, not called wrong
	Invalid     Status = "invalid"     // cannot be a value of this type; kept as typed
)

// Result is what was made of one value.
type Result struct {
	Status Status
	// Canonical is the standard text. It is "" for an invalid, ambiguous or
	// placeholder value: a record then keeps what was typed, except that a
	// placeholder is blanked.
	Canonical string
	// Class is a finer kind within the type, such as "current" for a VRM.
	Class string
	// Rule names the step that changed the value or settled its status,
	// type/step, such as "pncid/check-letter". It is "" when nothing was done.
	Rule string
	// Reason says why, in words, without repeating the value.
	Reason string
	// Proved is true for a repair that a check digit confirms.
	Proved bool
	// Readings are all the readings of an ambiguous value. Where a value is
	// valid as typed but has others, they follow the canonical one: a date whose
	// order was assumed, a mark with O or 0 in it.
	Readings []string
	// Suggestions are corrections nobody may apply without asking.
	Suggestions []string
}

// OK says whether the value may be used as it is: valid, repaired, partial,
// suspect or foreign.
func (r Result) OK() bool {
	switch r.Status {
	case Valid, Repaired, Partial, Suspect, Foreign:
		return true
	}
	return false
}

// DateOrder says how to read a date of three numbers that is not ISO.
type DateOrder string

// The orders. Day first is the default.
const (
	DMY DateOrder = "dmy"
	MDY DateOrder = "mdy"
	YMD DateOrder = "ymd"
)

// Options are what normalising depends on besides the text. The zero value
// reads dates day first and has no reference date, so that nothing is called
// future; give AsOf whenever records are dated.
type Options struct {
	AsOf      time.Time // the day to judge dates and two-digit years by
	DateOrder DateOrder // "" is DMY
	Codes     *Codes    // the user's own code lists; nil for the built-in ones
}

// Change is one thing done to, or found of, one field of a record. From and To
// are equal where the value was left as typed and only its status is reported.
type Change struct {
	Field       string // flat name, such as address2.postcode
	Type        record.Type
	Rule        string
	From        string
	To          string
	Status      Status
	Class       string
	Proved      bool
	Readings    []string
	Suggestions []string
	Reason      string
}

// Sure says whether the change rests on no guess: a change of form, or a repair
// that a check digit proves. A date whose order or century was assumed is Valid
// and not sure.
func (c Change) Sure() bool {
	return c.Status == Valid && !strings.HasSuffix(c.Rule, "-assumed") || c.Status == Repaired && c.Proved
}
