package quality

import (
	"fmt"
	"strings"

	"leds.internal/ledsq/record"
)

// Rule is one rule as a value: what it asks, why, of which records, and the
// function that judges. Everything that explains, documents or draws a rule
// reads this value. The id is never reused.
type Rule struct {
	ID     string // family/what is wrong, such as person/dob-future
	Title  string // what is wrong, in a few words
	Why    string // the reason, in a sentence or two
	Source string // what the rule rests on; "judgement" where nobody published it
	POLE   string // reference in the Minimum POLE Data Standards Dictionary, or ""

	Kinds      []record.Kind
	Principles []Principle
	Dimension  Dimension
	Severity   Severity // of a finding, unless the check or the policy says otherwise

	ActsOn   []string // fields it judges, by flat name
	Consults []string // fields it reads to judge them
	Params   []Param
	Needs    Lookup // what must be given for the rule to be able to tell
	Since    string // version of the rule set that brought it

	// Set rules look at many records; the root package judges them and hands
	// their findings in through Engine.Finding. They have no Check.
	Set   bool
	Check func(*Ctx) Outcome

	asks asks // what a Sieve may do without the record

	Pass, Fail Example
}

// Unit says what the number of a parameter counts.
type Unit string

// The units of parameters.
const (
	Minutes    Unit = "minutes"
	Hours      Unit = "hours"
	Days       Unit = "days"
	Months     Unit = "months"
	Years      Unit = "years"
	Characters Unit = "characters"
	Count      Unit = "count"
	Percent    Unit = "percent"
	Times      Unit = "times"
)

// Amount gives a number with its unit as it is read: 24 hours, 2%, 20, 3 times.
func (u Unit) Amount(x float64) string {
	switch u {
	case Count:
		return fmt.Sprintf("%g", x)
	case Percent:
		return fmt.Sprintf("%g%%", x)
	}
	return fmt.Sprintf("%g %s", x, u)
}

// Param is a number a policy may change.
type Param struct {
	Name    string
	Unit    Unit
	Default float64
	Meaning string
}

// Example is a record that passes or fails a rule, as JSON, judged on the day
// ExampleDay. Kind is the rule's first kind unless given. Before and Amendment
// are for rules on amendments. Every value is made up: telephone numbers are
// from the ranges kept for fiction.
type Example struct {
	Kind      record.Kind
	Record    string
	Before    string
	Amendment string
}

// ExampleDay is the reference time of every example, RFC 3339.
const ExampleDay = "2026-11-23T12:00:00Z"

// Family gives the part of the id before the slash.
func (r *Rule) Family() string {
	f, _, _ := strings.Cut(r.ID, "/")
	return f
}

// Serves says whether the rule is for a principle.
func (r *Rule) Serves(p Principle) bool {
	for _, q := range r.Principles {
		if p == q {
			return true
		}
	}
	return false
}

// Judges says whether the rule is for a kind of record.
func (r *Rule) Judges(k record.Kind) bool {
	for _, q := range r.Kinds {
		if k == q {
			return true
		}
	}
	return false
}

// ValidateRules tests a rule set for what would make it useless or misleading:
// a rule without documentation, check, kind, principle or examples, an id used
// twice, a field that does not exist. New refuses a set that fails.
func ValidateRules(rules []Rule) error {
	seen := map[string]bool{}
	for i := range rules {
		r := &rules[i]
		if err := r.validate(); err != nil {
			return fmt.Errorf("quality: rule %q: %w", r.ID, err)
		}
		if seen[r.ID] {
			return fmt.Errorf("quality: rule %q stands twice", r.ID)
		}
		seen[r.ID] = true
	}
	return nil
}

func (r *Rule) validate() error {
	family, what, ok := strings.Cut(r.ID, "/")
	switch {
	case !ok || family == "" || what == "" || strings.Trim(r.ID, "abcdefghijklmnopqrstuvwxyz0123456789-/") != "":
		return fmt.Errorf("the id is not family/what in lower case")
	case r.Title == "" || r.Why == "" || r.Source == "" || r.Since == "":
		return fmt.Errorf("title, why, source or since is empty")
	case len(r.Kinds) == 0 || len(r.Principles) == 0:
		return fmt.Errorf("it is for no kind or no principle")
	case r.Set != (r.Check == nil):
		return fmt.Errorf("a rule has a check, or is of a set, and not both")
	case rank(r.Severity) == 0:
		return fmt.Errorf("unknown severity %q", r.Severity)
	case dimensionIndex(r.Dimension) < 0:
		return fmt.Errorf("unknown dimension %q", r.Dimension)
	case !r.Set && (r.Pass.Record == "" || r.Fail.Record == ""):
		return fmt.Errorf("it lacks an example that passes or one that fails")
	}
	for _, p := range r.Principles {
		if p != Create && p != Amend && p != Validate {
			return fmt.Errorf("unknown principle %q", p)
		}
	}
	for _, p := range r.Params {
		if p.Name == "" || p.Unit == "" || p.Meaning == "" {
			return fmt.Errorf("a parameter lacks name, unit or meaning")
		}
	}
	for _, list := range [...][]string{r.ActsOn, r.Consults} {
		for _, name := range list {
			if !r.hasField(name) {
				return fmt.Errorf("no kind it is for has a field %q", name)
			}
		}
	}
	return nil
}

func (r *Rule) hasField(name string) bool {
	for _, k := range r.Kinds {
		if _, ok := record.FindColumn(k, name); ok {
			return true
		}
	}
	return false
}
