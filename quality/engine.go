package quality

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"leds.internal/ledsq/record"
)

// Engine judges records by a rule set under a policy. It holds nothing of the
// records it has seen: any number of goroutines may share one.
type Engine struct {
	rules   []active
	byID    map[string]*active
	plans   map[record.Kind]map[Principle][]*active
	alone   map[record.Kind][]*active // those of Amend that look at one record
	lookups Lookups
	weights weights
	spared  []spared
	policy  string   // its name
	off     []string // rules it turned off
	pool    sync.Pool
}

// New makes an engine of the built-in rules and those of the policy.
func New(p Policy) (*Engine, error) {
	rules := Rules()
	own := len(rules)
	rules = append(rules, p.Extra...)
	for i := range rules[own:] {
		rules[own+i].asks = ofAnything // nothing holds it to that
	}
	if err := ValidateRules(rules); err != nil {
		return nil, err
	}
	on, err := p.apply(rules)
	if err != nil {
		return nil, err
	}
	e := &Engine{rules: on, byID: map[string]*active{}, plans: map[record.Kind]map[Principle][]*active{}, alone: map[record.Kind][]*active{}, lookups: p.Lookups, policy: p.Name}
	if e.weights, err = p.weigh(); err != nil {
		return nil, err
	}
	if e.spared, err = p.spare(e.byID, rules); err != nil {
		return nil, err
	}
	e.pool.New = func() any { return new(Ctx) }
	for i := range e.rules {
		r := &e.rules[i]
		r.dimension, r.weight = dimensionIndex(r.Dimension), e.weights.of(r.severity)
		e.byID[r.ID] = r
	}
	for i := range rules {
		if id := rules[i].ID; e.byID[id] == nil {
			e.off = append(e.off, id)
		}
	}
	slices.Sort(e.off)
	for _, k := range record.Kinds() {
		e.plans[k] = map[Principle][]*active{}
		for _, pr := range []Principle{Create, Amend, Validate} {
			e.plans[k][pr] = e.plan(k, pr)
		}
		e.alone[k] = slices.DeleteFunc(slices.Clone(e.plans[k][Amend]), func(r *active) bool { return r.amendOnly() })
	}
	return e, nil
}

// plan lists the rules that run for a principle. To validate is to judge what
// is held as strictly as what is new, so that Validate includes the rules of
// Create. An amendment answers for what it did: Amend includes the rules on a
// single record too, and Check keeps of their findings what the amendment
// brought about.
func (e *Engine) plan(k record.Kind, p Principle) []*active {
	var out []*active
	for i := range e.rules {
		r := &e.rules[i]
		if r.Set || !r.Judges(k) {
			continue
		}
		switch {
		case r.Serves(p),
			p == Validate && r.Serves(Create),
			p == Amend && !r.amendOnly():
			out = append(out, r)
		}
	}
	return out
}

// amendOnly says that a rule compares before and after.
func (r *Rule) amendOnly() bool { return len(r.Principles) == 1 && r.Principles[0] == Amend }

// Rules gives the rules that run, as the policy sets their severity, in order.
func (e *Engine) Rules() []Rule {
	out := make([]Rule, len(e.rules))
	for i := range e.rules {
		out[i] = *e.rules[i].Rule
		out[i].Severity = e.rules[i].severity
	}
	return out
}

// Rule gives a rule that runs, by its id, as the policy sets its severity; ok is
// false for one that is unknown or turned off.
func (e *Engine) Rule(id string) (r Rule, ok bool) {
	a := e.byID[id]
	if a == nil {
		return r, false
	}
	r = *a.Rule
	r.Severity = a.severity
	return r, true
}

// Runs says whether a rule is known and not turned off.
func (e *Engine) Runs(id string) bool { return e.byID[id] != nil }

// Param gives the value of a parameter as the policy sets it; ok is false for a
// rule that does not run, and for a parameter it does not have.
func (e *Engine) Param(rule, name string) (value float64, ok bool) {
	a := e.byID[rule]
	if a == nil {
		return 0, false
	}
	i := a.param(name)
	if i < 0 {
		return 0, false
	}
	return a.params[i], true
}

// NotRun lists the rules whose look-up was not given. They count as undecided
// in the coverage of every score and give no finding of their own on each
// record: that a directory is missing is a fact about the run, and is said once.
func (e *Engine) NotRun() []Finding {
	var out []Finding
	for i := range e.rules {
		if r := &e.rules[i]; r.blind && !r.Set {
			out = append(out, Finding{Rule: r.ID, Severity: Info, Outcome: CannotTell, Dimension: r.Dimension,
				Message: noLookupMessage + ": " + string(r.Needs), Fix: "Give the look-up in the configuration, or turn the rule off."})
		}
	}
	return out
}

// Check judges a record under a principle. Findings come in rule order, then by
// field. For Amend the subject must hold the record before; rules on a single
// record then report only what the amendment brought about: what was not found
// of the record before, or stands in a field that the amendment changed.
//
// A subject without a record gives an empty report. The subject is only read,
// and may be shared between goroutines.
func (e *Engine) Check(p Principle, s *Subject) Report {
	if s == nil || s.Record == nil {
		return Report{Score: Score{Overall: 1, Coverage: 1}}
	}
	c := e.pool.Get().(*Ctx)
	defer e.pool.Put(c)
	var was map[place]bool
	if p == Amend && s.Before != nil {
		was = e.standing(c, s)
	}
	c.reset(e, s, s.Record, s.Changes)
	t := &c.tally
	*t = tally{weights: &e.weights, losses: t.losses[:0]}
	c.runAll(e.plans[s.Record.Kind()][p], func(r *active, o Outcome) {
		if was != nil && !r.amendOnly() {
			o = c.keepNew(o, was)
		}
		t.count(r, o, c.found[c.start:])
	})
	rep := Report{ID: s.Record.Head().ID, Score: t.score()}
	if len(c.found) > 0 {
		rep.Findings = slices.Clone(c.found)
	}
	e.suppress(&rep)
	c.clear()
	return rep
}

// place is where a rule found something.
type place struct{ rule, field string }

// standing gives what the rules on a single record find of the record before.
func (e *Engine) standing(c *Ctx, s *Subject) map[place]bool {
	c.reset(e, &Subject{Record: s.Before, Changes: s.BeforeChanges, AsOf: s.AsOf}, s.Before, s.BeforeChanges)
	was := map[place]bool{}
	c.runAll(e.alone[s.Before.Kind()], func(*active, Outcome) {
		for _, f := range c.found[c.start:] {
			was[place{f.Rule, f.Field}] = true
		}
	})
	c.clear()
	return was
}

// keepNew drops the findings of the rule just run that the amendment did not
// bring about, and gives the outcome that is left.
func (c *Ctx) keepNew(o Outcome, was map[place]bool) Outcome {
	if len(c.found) == c.start || o == RuleError { // a crash is never old news
		return o
	}
	kept := c.found[:c.start]
	for _, f := range c.found[c.start:] {
		if !was[place{f.Rule, f.Field}] || f.Field != "" && c.touched(f.Field) {
			kept = append(kept, f)
		}
	}
	c.found = kept
	if len(c.found) == c.start {
		return NotApplicable
	}
	return o
}

// Finding makes a finding of a rule by its id, with the dimension and severity
// that catalogue and policy give it; an empty severity is the rule's own. It is
// how findings on a set of records come in. ok is false for a rule that is
// unknown or turned off.
func (e *Engine) Finding(rule string, s Severity, field, message, fix string) (f Finding, ok bool) {
	r := e.byID[rule]
	if r == nil {
		return f, false
	}
	if s == "" || r.fixed {
		s = r.severity
	}
	return Finding{Rule: r.ID, Severity: s, Outcome: Fail, Dimension: r.Dimension, Field: field, Message: message, Fix: fix}, true
}

// Add puts findings on a set of records into the report of one of them, in
// order, and scores it anew. judged lists the rules about sets that were run:
// those without a finding here passed, and count for the record as much as one
// that failed counts against it.
func (e *Engine) Add(rep *Report, judged []string, findings ...Finding) {
	if len(findings) > 0 {
		rep.Findings = append(slices.Clone(rep.Findings), findings...)
		slices.SortStableFunc(rep.Findings, func(a, b Finding) int {
			return cmp.Or(e.order(a.Rule)-e.order(b.Rule), strings.Compare(a.Field, b.Field), strings.Compare(a.Message, b.Message))
		})
	}
	var passed []*active
	for _, id := range judged {
		r := e.byID[id]
		if r != nil && !slices.ContainsFunc(findings, func(f Finding) bool { return f.Rule == id }) {
			passed = append(passed, r)
		}
	}
	if len(passed)+len(findings) > 0 {
		rep.Score = rep.Score.with(&e.weights, passed, findings)
	}
	e.suppress(rep)
}

func (e *Engine) order(id string) int {
	if r := e.byID[id]; r != nil {
		return r.order
	}
	return len(e.rules)
}

// runAll runs the rules one after another and tells the outcome of each, which
// is CannotTell for one whose look-up is absent.
func (c *Ctx) runAll(rules []*active, tell func(*active, Outcome)) {
	for next := 0; next < len(rules); {
		next = c.runFrom(rules, next, tell)
	}
}

// runFrom runs the rules from a place on, and gives the place to go on from: the
// end, or that after a rule that panicked. Such a rule is reported and never stops
// the run; what it panicked with may hold personal values, so that only its type
// is told. One guard stands over many rules, because to set it up for each would
// cost more than most of them do.
func (c *Ctx) runFrom(rules []*active, i int, tell func(*active, Outcome)) (next int) {
	told := false
	defer func() {
		if told { // not the rule crashed: let it pass
			return
		}
		x := recover()
		if x == nil {
			return
		}
		r := rules[i]
		c.found = append(c.found[:c.start], Finding{Rule: r.ID, Severity: Warning, Outcome: RuleError, Dimension: r.Dimension,
			Message: fmt.Sprintf("this rule stopped with an internal error (%T)", x),
			Fix:     "The record was not judged by this rule: report the fault to whoever maintains it."})
		tell(r, RuleError)
		next = i + 1
	}()
	for ; i < len(rules); i++ {
		r := rules[i]
		c.rule, c.start = r, len(c.found)
		var o Outcome
		switch {
		case r.blind:
			o = CannotTell
		default:
			o = r.Check(c)
			if n := len(c.found) - c.start; n > 1 {
				slices.SortStableFunc(c.found[c.start:], func(a, b Finding) int { return strings.Compare(a.Field, b.Field) })
			} else if n == 0 && o == Fail { // a failure without a finding would be a fault nobody sees
				c.Fail("", r.Title, "")
			}
		}
		told = true
		tell(r, o)
		told = false
	}
	return i
}
