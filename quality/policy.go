package quality

import (
	"fmt"
	"time"

	"leds.internal/ledsq/record"
)

// Policy is what a force may decide of a rule set. The zero value is every rule
// with its documented defaults. Unknown ids and parameters are errors in New,
// because a misspelt exception is a rule silently on or off. ParsePolicy reads
// it from YAML.
type Policy struct {
	// Name says whose policy it is, for reports and statements.
	Name string `json:"name,omitempty" yaml:"name,omitempty"`
	// Off lists the ids of rules not to run.
	Off []string `json:"off,omitempty" yaml:"off,omitempty"`
	// Only lists the ids of the only rules to run, less those in Off; all if empty.
	// The others are as if turned off, and cost nothing.
	Only []string `json:"only,omitempty" yaml:"only,omitempty"`
	// Severity replaces the severity of every finding of a rule, by id.
	Severity map[string]Severity `json:"severity,omitempty" yaml:"severity,omitempty"`
	// Params replaces parameters: rule id, then the parameter's name. The unit
	// is that of the parameter.
	Params map[string]map[string]float64 `json:"params,omitempty" yaml:"params,omitempty"`
	// Weights replaces what a rule weighs in a score, by severity, at least 0.
	Weights map[Severity]float64 `json:"weights,omitempty" yaml:"weights,omitempty"`
	// Gates are what a data set must reach.
	Gates Gates `json:"gates,omitzero" yaml:"gates,omitempty"`
	// Suppressions set findings aside.
	Suppressions []Suppression `json:"suppressions,omitempty" yaml:"suppressions,omitempty"`

	// Files names files of reference data, for whoever reads the policy file to
	// open and give as Lookups: the command does. This package opens nothing.
	Files LookupFiles `json:"lookups,omitzero" yaml:"lookups,omitempty"`
	// Codes are code lists in place of the built-in ones, by the name of the
	// list. OwnCodes makes of them what normalising takes.
	Codes map[string]CodeList `json:"codes,omitempty" yaml:"codes,omitempty"`

	// AsOf is the day by which suppressions expire. Where it is zero none does;
	// package ledsq sets it to the day it judges by.
	AsOf time.Time `json:"-" yaml:"-"`
	// Extra are rules of the caller's own, run after the built-in ones.
	Extra []Rule `json:"-" yaml:"-"`
	// Lookups are the reference data that some rules need.
	Lookups Lookups `json:"-" yaml:"-"`
}

// Lookup names a kind of reference data.
type Lookup string

// The look-ups. NoLookup is that of a rule that needs none.
const (
	NoLookup        Lookup = ""
	PostcodeLookup  Lookup = "postcode-directory"
	TownLookup      Lookup = "postcode-towns"
	RegisterLookup  Lookup = "vehicle-register"
	ExistingLookup  Lookup = "existing-records"
	noLookupMessage        = "the look-up it needs was not given"
)

// Lookups are the caller's reference data. They are called from several
// goroutines at once and must be quick. A nil function means that the data is
// not there: the rules that need it cannot tell, and Engine.NotRun lists them.
//
// Each is one function, so that a database, a service or a map can stand behind
// it; Postcodes, Register and Existing are such data read from files.
type Lookups struct {
	// PostcodeInUse says whether a full postcode, in the form SW1A 1AA, is or
	// was in use.
	PostcodeInUse func(record.Postcode) bool
	// PostcodeTown gives the town of a postcode, "" where it is not known.
	PostcodeTown func(record.Postcode) string
	// Existing gives the records held already that seem to be of the same
	// person, vehicle or episode as a normalised record about to be made.
	Existing func(record.Record) []Known
	// RegisteredVehicle gives the register's own record of a mark, normalised;
	// nil when it has none.
	RegisteredVehicle func(record.VRM) *record.Vehicle
}

func (l Lookups) has(n Lookup) bool {
	switch n {
	case PostcodeLookup:
		return l.PostcodeInUse != nil
	case TownLookup:
		return l.PostcodeTown != nil
	case RegisterLookup:
		return l.RegisteredVehicle != nil
	case ExistingLookup:
		return l.Existing != nil
	}
	return true
}

// LookupFiles are the paths of reference data: CSV or JSON Lines, as records are
// read, but for the postcodes, which ReadPostcodes reads.
type LookupFiles struct {
	Postcodes string `json:"postcodes,omitempty" yaml:"postcodes,omitempty"`
	Register  string `json:"register,omitempty" yaml:"register,omitempty"` // vehicles
	Existing  string `json:"existing,omitempty" yaml:"existing,omitempty"` // records of the kind that is judged
}

// CodeList is a code list of a force's own.
type CodeList struct {
	Version string `json:"version,omitempty" yaml:"version,omitempty"`
	// Codes gives, for each code, the other texts that stand for it.
	Codes map[string][]string `json:"codes" yaml:"codes"`
}

// active is a rule as a policy sets it.
type active struct {
	*Rule
	order    int
	severity Severity
	fixed    bool      // the policy set the severity, so that the check may not
	params   []float64 // beside Rule.Params
	blind    bool      // its look-up is absent

	dimension int     // its index
	weight    float64 // of its severity, by the policy
}

// apply makes the rules that are to run, in catalogue order.
func (p Policy) apply(rules []Rule) ([]active, error) {
	byID := make(map[string]*Rule, len(rules))
	for i := range rules {
		byID[rules[i].ID] = &rules[i]
	}
	off := map[string]bool{}
	for _, id := range p.Off {
		if byID[id] == nil {
			return nil, fmt.Errorf("quality: policy turns off an unknown rule %q", id)
		}
		off[id] = true
	}
	only := map[string]bool{}
	for _, id := range p.Only {
		if byID[id] == nil {
			return nil, fmt.Errorf("quality: policy asks for an unknown rule %q only", id)
		}
		only[id] = true
	}
	for id, s := range p.Severity {
		if byID[id] == nil || rank(s) == 0 {
			return nil, fmt.Errorf("quality: policy gives rule %q the severity %q: one of them is unknown", id, s)
		}
	}
	for id, set := range p.Params {
		for name := range set {
			if byID[id] == nil || byID[id].param(name) < 0 {
				return nil, fmt.Errorf("quality: policy sets an unknown parameter %q of rule %q", name, id)
			}
			if !sane(set[name]) {
				return nil, fmt.Errorf("quality: policy sets the parameter %q of rule %q to %g: it must be from 0 to 1000000", name, id, set[name])
			}
		}
	}
	var out []active
	for i := range rules {
		r := &rules[i]
		if off[r.ID] || len(only) > 0 && !only[r.ID] {
			continue
		}
		a := active{Rule: r, order: i, severity: r.Severity, blind: !p.Lookups.has(r.Needs)}
		if s, ok := p.Severity[r.ID]; ok {
			a.severity, a.fixed = s, true
		}
		for _, q := range r.Params {
			v, ok := p.Params[r.ID][q.Name]
			if !ok {
				v = q.Default
			}
			a.params = append(a.params, v)
		}
		out = append(out, a)
	}
	return out, nil
}

// sane says that a number can be a parameter: none counts backwards.
func sane(x float64) bool { return x >= 0 && x <= 1_000_000 }

// weigh gives the weights of the severities.
func (p Policy) weigh() (weights, error) {
	w := weights{0, InfoWeight, WarningWeight, ErrorWeight}
	for s, x := range p.Weights {
		if rank(s) == 0 || !(x >= 0 && x <= 1000) {
			return w, fmt.Errorf("quality: policy gives the severity %q the weight %g: it must be error, warning or info, and from 0 to 1000", s, x)
		}
		w[rank(s)] = x
	}
	return w, p.Gates.validate()
}

func (r *Rule) param(name string) int {
	for i := range r.Params {
		if r.Params[i].Name == name {
			return i
		}
	}
	return -1
}
