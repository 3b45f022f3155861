package sample

import (
	"fmt"
	"runtime"
	"time"

	"leds.internal/ledsq/record"
)

// Options say what to make. The zero value of each field but Kind and N is a
// documented default; Normal fills them in.
type Options struct {
	Kind record.Kind // person, vehicle or missing
	N    int         // how many records (for amendments: pairs), at least 1
	Seed uint64      // the same seed, the same bytes; 0 is a seed like any other

	// AsOf is the day the records are made for: nothing in a clean one happens
	// after it, and ages are counted at it. The zero value is 2026-11-23, 12:00 UTC.
	// The clock is never read.
	AsOf time.Time

	// Duplicates is the part of records that are further records of an entity
	// that has one already, at most 0.9. Zero is the default of 0.25, a negative
	// value means none.
	Duplicates float64

	// Profile gives the rates of errors. The zero value plants nothing, not even
	// the natural variations of the clean profile.
	Profile Profile

	// Jobs is how many records are made at a time, 0 for one a processor. It
	// changes nothing in the output.
	Jobs int
}

// DefaultAsOf is the moment records are made for when Options.AsOf is zero.
func DefaultAsOf() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// DefaultDuplicates is the part of further records when Options.Duplicates is 0.
const DefaultDuplicates = 0.25

// MaxRecords is the most records one run makes: identifiers have nine digits.
const MaxRecords = 999_999_999

// Normal gives the options with defaults filled in.
func (o Options) Normal() Options {
	if o.AsOf.IsZero() {
		o.AsOf = DefaultAsOf()
	}
	switch {
	case o.Duplicates == 0:
		o.Duplicates = DefaultDuplicates
	case o.Duplicates < 0:
		o.Duplicates = 0
	}
	if o.Jobs == 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	return o
}

// Validate says what is wrong with the options, nil if nothing is.
func (o Options) Validate() error {
	switch {
	case record.New(o.Kind) == nil:
		return fmt.Errorf("sample: kind %q is none of person, vehicle, missing", o.Kind)
	case o.N < 1 || o.N > MaxRecords:
		return fmt.Errorf("sample: the number of records must be from 1 to %d", MaxRecords)
	case o.Duplicates > 0.9 || o.Duplicates != o.Duplicates:
		return fmt.Errorf("sample: duplicates must be at most 0.9")
	case o.Jobs < 0:
		return fmt.Errorf("sample: jobs must not be negative")
	case !o.AsOf.IsZero() && (o.AsOf.Year() < 2015 || o.AsOf.Year() > 2049):
		return fmt.Errorf("sample: the reference date must lie in the years 2015 to 2049")
	}
	return o.Profile.Validate()
}
