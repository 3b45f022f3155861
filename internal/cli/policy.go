package cli

import (
	"fmt"
	"slices"

	"leds.internal/ledsq"
	"leds.internal/ledsq/quality"
)

// takePolicy takes the policy of the configuration, with its own code lists.
func (f *common) takePolicy(a *app) error {
	f.engine.Policy = a.conf.policy
	f.engine.Policy.Extra = a.extra
	if len(f.only) > 0 {
		f.engine.Policy.Only = f.only
		rules := append(quality.Rules(), a.extra...)
		for _, id := range f.only {
			if !slices.ContainsFunc(rules, func(r quality.Rule) bool { return r.ID == id }) {
				var ids []string
				for i := range rules {
					ids = append(ids, rules[i].ID)
				}
				return unknown("rule", id, ids)
			}
		}
	}
	f.engine.Survivor = a.conf.survivors
	own, err := f.engine.Policy.OwnCodes()
	if err != nil {
		return usage("%s: %w", a.conf.path, err)
	}
	if own != nil && f.engine.Codes != nil {
		return usage("code lists stand both in --codes %s and in %s: give them in one place", f.codes, a.conf.path)
	}
	if own != nil {
		f.engine.Codes = own
	}
	return nil
}

// checkGates fails the run where the records do not reach the gates of the
// policy. A crashed rule outweighs that, as it does everything.
func (r *reporter) checkGates() {
	for _, missed := range r.f.engine.Policy.Gates.Missed(&r.gates) {
		r.a.warn("gate not reached: %s", missed)
		if r.a.code != exitCrash {
			r.a.code = exitFindings
		}
	}
}

// sayPolicy says which suppressions are to be renewed or taken out.
func (f *common) sayPolicy(a *app, e *ledsq.Engine) {
	for i, s := range e.Suppressions() {
		of := fmt.Sprintf("suppression %d (%s, of %s)", i+1, s.Rule, s.Owner)
		switch {
		case s.Expired:
			a.warn("%s expired on %s and sets nothing aside: renew it or take it out", of, s.Expires)
		case s.Findings == 0:
			f.say(a, "%s set nothing aside: take it out if its fault is mended", of)
		default:
			noun := "findings"
			if s.Findings == 1 {
				noun = "finding"
			}
			f.say(a, "%s set %d %s aside", of, s.Findings, noun)
		}
	}
}
