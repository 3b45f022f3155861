package cli

import (
	"fmt"

	"leds.internal/ledsq"
)

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
			f.say(a, "%s set %d findings aside", of, s.Findings)
		}
	}
}
