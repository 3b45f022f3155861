package ledsq

import (
	"context"
	"time"

	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// State gives the quality statement on one record: what it was checked for, by
// which rules and as of when, what failed and what could not be told. A record
// that is passed on should go with one. The record given is not changed.
func State[R record.Record](ctx context.Context, e *Engine, p quality.Principle, r R) (quality.Statement, error) {
	made, err := Judge(ctx, e, p, r)
	if err != nil {
		return quality.Statement{}, err
	}
	return StateMade(e, p, made), nil
}

// StateMade is State for a record that was judged already, under the principle
// given.
func StateMade[R record.Record](e *Engine, p quality.Principle, made Made[R]) quality.Statement {
	s := &quality.Subject{Record: made.Record, AsOf: e.cfg.AsOf}
	rep := &quality.Report{ID: made.Record.Head().ID, Score: made.Score, Findings: made.Findings, Suppressed: made.Suppressed}
	return quality.State(s, rep, e.rules.Checked(made.Record.Kind(), p, false))
}

// Statement says how good a data set was found to be: what a sender gives to a
// recipient with it. It holds no values of the records.
type Statement struct {
	Kind    record.Kind `json:"kind"`
	AsOf    time.Time   `json:"asOf"`
	Sources []string    `json:"sources"`
	quality.Checked
	Metrics Metrics `json:"metrics"`
	// Rates of each source, beside the targets they are held to, and what was
	// found of a source as a whole.
	Rates    []Rate          `json:"rates"`
	OfSource []SourceFinding `json:"ofSources"`
	// Untold counts, for rules that could not decide, the records concerned.
	Untold map[string]int `json:"untold"`
	// Suppressions are those of the policy, with what they set aside.
	Suppressions []quality.SuppressionUse `json:"suppressions"`
}

// SourceFinding is a finding on a source as a whole.
type SourceFinding struct {
	Source string `json:"source"`
	quality.Finding
}

// state makes the statement on what was found.
func (e *Engine) state(f *Found) *Statement {
	s := &Statement{Kind: f.Kind, AsOf: e.cfg.AsOf, Sources: []string{}, Checked: e.rules.Checked(f.Kind, quality.Validate, true), Metrics: f.Metrics,
		Untold: map[string]int{}, Suppressions: append([]quality.SuppressionUse{}, e.rules.Suppressions()...)}
	s.Rates, s.OfSource = []Rate{}, []SourceFinding{}
	for _, o := range f.Sources {
		s.Rates = append(s.Rates, o.Rates...)
		for _, x := range o.Findings {
			s.OfSource = append(s.OfSource, SourceFinding{o.Name, x})
		}
	}
	known := map[string]bool{}
	for i := range f.Records {
		r := &f.Records[i]
		if !known[r.Source] {
			known[r.Source] = true
			s.Sources = append(s.Sources, r.Source)
		}
		seen := map[string]bool{}
		for _, x := range r.Findings {
			if x.Outcome != quality.Fail && !seen[x.Rule] {
				seen[x.Rule] = true
				s.Untold[x.Rule]++
			}
		}
	}
	return s
}
