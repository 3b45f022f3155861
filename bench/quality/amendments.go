package main

import (
	"fmt"
	"io"

	"leds.internal/ledsq"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// amendments measures changes: a bad one is flagged when the rule it breaks
// fails, a good one when any rule warns.
func (b *bench) amendments(w io.Writer) error {
	type count struct {
		n, flagged int
		rules      map[string]int
	}
	counts := map[string]*count{}
	var good, goodFlagged, bad, badFlagged int
	o := sample.Options{Kind: b.kind, N: b.n, Seed: b.seed}
	err := sample.GenerateAmendments(b.ctx, o, func(a sample.Amended) error {
		list := a.After.Head().Amendments
		findings, err := b.amend(a.Before, a.After, list[len(list)-1])
		if err != nil {
			return err
		}
		c := counts[a.Type]
		if c == nil {
			c = &count{rules: map[string]int{}}
			counts[a.Type] = c
		}
		c.n++
		any, by := false, false
		for _, f := range findings {
			by = by || f.Outcome == quality.Fail && f.Rule == a.Rule
			if f.Outcome == quality.Fail && f.Severity != quality.Info {
				any = true
				c.rules[f.Rule]++
			}
		}
		if a.Flag {
			bad++
			if by {
				badFlagged++
				c.flagged++
			}
			return nil
		}
		good++
		if any {
			goodFlagged++
			c.flagged++
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n## Amendments: %s\n\nBad ones flagged by the rule they break: %s of %d. Good ones at which any rule warns: %s of %d.\n\n| amendment | | pairs | flagged | rules that warn |\n|---|---|--:|--:|---|\n",
		b.kind, percent(badFlagged, bad), bad, percent(goodFlagged, good), good)
	for _, t := range sample.AmendmentTypes() {
		c := counts[t.Name]
		if c == nil {
			continue
		}
		what := "good"
		if t.Flag {
			what = "bad"
		}
		rules := most(c.rules, 2)
		if len(rules) > 2 {
			rules = rules[2:]
		}
		fmt.Fprintf(w, "| `%s` | %s | %d | %s | %s |\n", t.Name, what, c.n, percent(c.flagged, c.n), rules)
	}
	return nil
}

// amend judges one change of any kind of record.
func (b *bench) amend(before, after record.Record, why record.Amendment) ([]quality.Finding, error) {
	kept, err := ledsq.Amend(b.ctx, b.e, before, after, why)
	return kept.Findings, err
}
