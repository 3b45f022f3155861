package quality

import (
	"slices"
	"time"

	"leds.internal/ledsq/record"
)

// RuleSet is the version of the built-in rules. A rule that changes what it says
// of a record raises it.
const RuleSet = version1

// Statement says how good a record was found to be, by which rules, as of when,
// and what could not be told: what whoever passes data on owes to whoever relies
// on it (Data Protection Act 2018, section 38(4) and (5)). It holds no value of
// the record but its id and source.
type Statement struct {
	Kind    record.Kind `json:"kind"`
	ID      string      `json:"id"`
	Source  string      `json:"source,omitempty"`
	Version string      `json:"version,omitempty"` // of the record
	AsOf    time.Time   `json:"asOf"`
	// LastChanged and LastConfirmed are the times the record itself gives.
	LastChanged   record.Timestamp `json:"lastChanged,omitempty"`
	LastConfirmed record.Timestamp `json:"lastConfirmed,omitempty"`
	Checked
	Score Score `json:"score"`
	// Failed lists the rules that failed, Untold those that could not be
	// decided, with the reason.
	Failed     []Finding `json:"failed"`
	Untold     []Finding `json:"untold"`
	Suppressed []Finding `json:"suppressed"`
}

// Checked says by what a record or a data set was judged.
type Checked struct {
	Principle Principle     `json:"principle"`
	RuleSet   string        `json:"ruleSet"`
	Policy    string        `json:"policy,omitempty"` // its name
	Rules     []RuleVersion `json:"rules"`            // that ran for the kind, in order
	NotRun    []string      `json:"notRun"`           // for want of a look-up
	Off       []string      `json:"off"`              // by the policy
}

// RuleVersion names a rule with the version of the rule set that brought it and
// the severity and parameters it ran with.
type RuleVersion struct {
	ID       string             `json:"id"`
	Since    string             `json:"since"`
	Severity Severity           `json:"severity"`
	Params   map[string]float64 `json:"params,omitempty"`
}

// Checked gives what records of a kind are judged by under a principle. Rules
// about sets are among them only if sets says that they were run.
func (e *Engine) Checked(k record.Kind, p Principle, sets bool) Checked {
	c := Checked{Principle: p, RuleSet: RuleSet, Policy: e.policy, Rules: []RuleVersion{}, NotRun: []string{}, Off: slices.Clone(e.off)}
	if c.Off == nil {
		c.Off = []string{}
	}
	for i := range e.rules {
		r := &e.rules[i]
		runs := slices.Contains(e.plans[k][p], r) || sets && r.Set && r.Judges(k)
		switch {
		case !runs:
		case r.blind:
			c.NotRun = append(c.NotRun, r.ID)
		default:
			v := RuleVersion{ID: r.ID, Since: r.Since, Severity: r.severity}
			for j, q := range r.Params {
				if v.Params == nil {
					v.Params = map[string]float64{}
				}
				v.Params[q.Name] = r.params[j]
			}
			c.Rules = append(c.Rules, v)
		}
	}
	return c
}

// State makes the statement on one record from its report. Checked is given, so
// that it is made once for many records.
func State(s *Subject, rep *Report, by Checked) Statement {
	h := s.Record.Head()
	out := Statement{Kind: s.Record.Kind(), ID: h.ID, Source: h.SourceSystem, Version: string(h.Version), AsOf: s.AsOf, LastConfirmed: h.LastConfirmed,
		Checked: by, Score: rep.Score, Failed: []Finding{}, Untold: []Finding{}, Suppressed: append([]Finding{}, rep.Suppressed...)}
	if out.LastChanged = h.ModifiedAt; out.LastChanged == "" {
		out.LastChanged = h.CreatedAt
	}
	for _, f := range rep.Findings {
		if f.Outcome == Fail {
			out.Failed = append(out.Failed, f)
		} else {
			out.Untold = append(out.Untold, f)
		}
	}
	return out
}
