package quality

import (
	"fmt"
	"strings"
	"sync/atomic"

	"leds.internal/ledsq/record"
)

// Suppression sets findings of a rule aside, of one record or field or of all.
// It lapses: what nobody would renew is a fault again.
type Suppression struct {
	Rule   string `json:"rule" yaml:"rule"`
	Record string `json:"record,omitempty" yaml:"record,omitempty"` // id; every record if ""
	Field  string `json:"field,omitempty" yaml:"field,omitempty"`   // flat name; every field if ""
	Reason string `json:"reason" yaml:"reason"`                     // why it may be borne with
	Owner  string `json:"owner" yaml:"owner"`                       // who answers for it
	// Expires is the last day on which it holds, YYYY-MM-DD.
	Expires string `json:"expires" yaml:"expires"`
}

// spared is a suppression at work. Counting is all it remembers of records.
type spared struct {
	Suppression
	expired bool
	used    atomic.Int64
}

// validate says what is wrong with a suppression, and of which key.
func (s *Suppression) validate() (key string, err error) {
	for _, part := range [...]struct{ key, value string }{{"rule", s.Rule}, {"reason", s.Reason}, {"owner", s.Owner}, {"expires", s.Expires}} {
		if strings.TrimSpace(part.value) == "" {
			return part.key, fmt.Errorf("a suppression has no %s", part.key)
		}
	}
	if d := record.Date(s.Expires); len(s.Expires) != 10 || !d.Exact() {
		return "expires", fmt.Errorf("a suppression expires on no date such as 2027-03-31")
	}
	return "", nil
}

// spare makes the suppressions ready.
func (p Policy) spare(on map[string]*active, rules []Rule) ([]spared, error) {
	out := make([]spared, len(p.Suppressions))
	for i, s := range p.Suppressions {
		if _, err := s.validate(); err != nil {
			return nil, fmt.Errorf("quality: policy: suppression %d: %w", i+1, err)
		}
		if on[s.Rule] == nil && !hasRule(rules, s.Rule) {
			return nil, fmt.Errorf("quality: policy: suppression %d: there is no rule %q", i+1, s.Rule)
		}
		out[i].Suppression = s
		_, last, _ := record.Date(s.Expires).Interval()
		out[i].expired = !p.AsOf.IsZero() && last < record.DayAt(p.AsOf)
	}
	return out, nil
}

func hasRule(rules []Rule, id string) bool {
	for i := range rules {
		if rules[i].ID == id {
			return true
		}
	}
	return false
}

// suppress takes findings that are set aside out of a report.
func (e *Engine) suppress(rep *Report) {
	if len(e.spared) == 0 || len(rep.Findings) == 0 {
		return
	}
	kept := rep.Findings[:0:0]
	for _, f := range rep.Findings {
		if s := e.spares(rep.ID, &f); s != nil {
			s.used.Add(1)
			rep.Suppressed = append(rep.Suppressed, f)
		} else {
			kept = append(kept, f)
		}
	}
	rep.Findings = kept
}

// spares gives the first suppression of a finding. What a rule could not tell,
// and a rule that crashed, are no faults of the record to be borne with.
func (e *Engine) spares(id string, f *Finding) *spared {
	for i := range e.spared {
		s := &e.spared[i]
		if !s.expired && f.Outcome == Fail && s.Rule == f.Rule && (s.Record == "" || s.Record == id) && (s.Field == "" || s.Field == f.Field) {
			return s
		}
	}
	return nil
}

// SuppressionUse is what became of a suppression in the records judged so far.
type SuppressionUse struct {
	Suppression
	Findings int  `json:"findings"` // set aside by it
	Expired  bool `json:"expired"`  // so that it set nothing aside
}

// Suppressions says what became of each suppression of the policy, in its order.
// An expired one is to be renewed or taken out, and so is one that was never used.
func (e *Engine) Suppressions() []SuppressionUse {
	var out []SuppressionUse
	for i := range e.spared {
		s := &e.spared[i]
		out = append(out, SuppressionUse{s.Suppression, int(s.used.Load()), s.expired})
	}
	return out
}
