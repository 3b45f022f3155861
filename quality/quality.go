// Package quality judges records: rules as values, five outcomes, findings that
// say what to do next, and scores with their reasons. It reads what package
// normalise made of a record and changes nothing.
package quality

import (
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// Principle is a section of the Code of Practice for the Law Enforcement Data Service.
type Principle string

// The principles a rule may serve.
const (
	Create   Principle = "create"   // 6.2
	Amend    Principle = "amend"    // 6.3
	Validate Principle = "validate" // 6.4
)

// Dimension is one of the six of the Government Data Quality Framework.
type Dimension string

// The dimensions, with the names of the POLE dictionary beside them.
const (
	Completeness Dimension = "completeness" // POLE: completeness
	Uniqueness   Dimension = "uniqueness"   // POLE: duplication
	Consistency  Dimension = "consistency"  // POLE: integrity
	Timeliness   Dimension = "timeliness"   // POLE: timeliness
	Validity     Dimension = "validity"     // POLE: conformity
	Accuracy     Dimension = "accuracy"     // POLE: accuracy
)

// Dimensions lists the six in the framework's order.
func Dimensions() []Dimension {
	return []Dimension{Completeness, Uniqueness, Consistency, Timeliness, Validity, Accuracy}
}

// Severity says how much a failed rule matters.
type Severity string

// The severities, most serious first.
const (
	Error   Severity = "error"   // must be fixed or formally overridden
	Warning Severity = "warning" // a person should look
	Info    Severity = "info"    // context
)

// Outcome is what a rule says of a record.
type Outcome string

// The outcomes. Only Fail, CannotTell and RuleError give a finding.
const (
	Pass          Outcome = "pass"
	Fail          Outcome = "fail"
	NotApplicable Outcome = "not-applicable"
	CannotTell    Outcome = "cannot-tell" // a look-up or a value it needs is absent
	RuleError     Outcome = "rule-error"  // the rule itself crashed
)

// Finding is one failed (or undecidable) rule on one field of one record. Its
// texts never repeat a personal value.
type Finding struct {
	Rule      string    `json:"rule"`
	Severity  Severity  `json:"severity"`
	Outcome   Outcome   `json:"outcome"`
	Dimension Dimension `json:"dimension"`
	Field     string    `json:"field"` // flat name, or "" for the record as a whole
	Message   string    `json:"message"`
	Fix       string    `json:"fix,omitempty"`
}

// Subject is what rules look at: a normalised record with what was found of it
// and, for an amendment, the record before.
type Subject struct {
	Record  record.Record
	Changes []normalise.Change
	Before  record.Record // nil unless amended
	// BeforeChanges is what was found of Before when it was normalised.
	BeforeChanges []normalise.Change
	Amendment     record.Amendment
	AsOf          time.Time
}

// Report is what was found of one record.
type Report struct {
	ID       string    `json:"id"`
	Score    Score     `json:"score"`
	Findings []Finding `json:"findings"`
	// Suppressed are findings that the policy sets aside, each for a reason and
	// by somebody. They are scored like the others: to bear with a fault does
	// not make the record better.
	Suppressed []Finding `json:"suppressed,omitempty"`
}

// Score says how good a record is, in [0,1], as a whole and by dimension. A
// dimension with no applicable rule is absent; a record to which no rule applies
// scores 1 and has no dimensions. A high score is not proof that the record is
// true; docs/scoring.md defines it.
type Score struct {
	Overall float64 `json:"overall"`
	// Dimensions may be shared between scores: it is not to be changed.
	Dimensions map[Dimension]float64 `json:"dimensions"`
	// Coverage is the share, by weight, of the applicable rules that could be
	// decided: 1 when none lacked a look-up or a value it needs.
	Coverage float64 `json:"coverage"`
	// Lost says what each failed rule took off, in rule order: the points add up
	// to 1 − Overall.
	Lost []Loss `json:"lost,omitempty"`
	// Weights is the weight of the decided rules of each dimension: how much there
	// was to judge it by. Overall is the mean of the dimensions by it. Open is the
	// weight of the undecided ones.
	Weights Weights `json:"weights,omitzero"`
	Open    float64 `json:"-"`
}
