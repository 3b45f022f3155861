package cli

import (
	"fmt"

	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// reporter hands every record to all the reports asked for.
type reporter struct {
	a       *app
	f       *common
	h       *report.Header
	tally   *report.Tally
	writers []report.Writer
	outs    *outputs
	gates   quality.GateCount
	sources []quality.Finding // on sources as a whole
}

// allFormats are the formats of verbs that report findings.
func allFormats() (names []string) {
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	return names
}

func (f *common) reporter(a *app, h *report.Header, outs *outputs) (*reporter, error) {
	r := &reporter{a: a, f: f, h: h, tally: report.NewTally(h), outs: outs}
	if err := f.besides(h); err != nil {
		return nil, err
	}
	for _, s := range f.specs {
		format, err := report.FindFormat(s.format)
		if err != nil {
			return nil, usage("--out %s: %w", s.format, err)
		}
		w, err := outs.open(s.path)
		if err != nil {
			return nil, err
		}
		r.writers = append(r.writers, format.New(w, h))
	}
	return r, nil
}

func (r *reporter) record(rec *report.Record) error {
	r.tally.Add(rec)
	r.gates.Add(rec.Score, rec.Findings)
	r.f.baseline.count(rec, r.f.severity())
	for _, w := range r.writers {
		if err := w.Record(rec); err != nil {
			return written(err)
		}
	}
	return nil
}

func (r *reporter) skip(row *ingest.Row) error {
	s := skippedRow(row)
	r.tally.Skip(s)
	for _, w := range r.writers {
		if err := w.Skip(s); err != nil {
			return written(err)
		}
	}
	return nil
}

// written puts a failure to write into words.
func written(err error) error {
	return aborted(fmt.Errorf("a report can't be written: %w", bare(err)))
}

// finish writes the summaries, puts the files in place and settles the exit code.
func (r *reporter) finish(sum *report.Summary) error {
	for _, w := range r.writers {
		if err := w.Close(sum); err != nil {
			return written(err)
		}
	}
	if err := r.f.baseline.write(r.outs); err != nil {
		return err
	}
	if err := r.outs.commit(); err != nil {
		return err
	}
	if !r.outs.stdout {
		r.f.say(r.a, "%d records read, %d rows skipped: %d errors, %d warnings, %d infos; mean score %.3f", sum.Records, sum.Skipped,
			sum.Findings[quality.Error], sum.Findings[quality.Warning], sum.Findings[quality.Info], sum.Score)
	}
	r.a.code = verdict(r.tally, r.f.severity())
	if r.f.baseline.known != nil && r.a.code == exitFindings && r.f.baseline.fresh == 0 {
		r.a.code = exitOK // all of it is old debt
		if sum.Skipped > 0 {
			r.a.code = exitAborted
		}
	}
	for _, f := range r.sources { // of no record, so that no baseline knows them
		if s := r.f.severity(); s != "" && r.a.code != exitCrash && !s.Worse(f.Severity) {
			r.a.code = exitFindings
		}
	}
	r.f.sayBaseline(r.a)
	r.checkGates()
	if sum.Skipped > 0 {
		r.a.skippedRows(sum.Skipped, sum.SkippedRows[0])
	}
	if r.a.code == exitCrash {
		r.a.warn("a rule crashed: the results are incomplete")
	}
	return nil
}

// verdict gives the exit code. A crashed rule outweighs all else, because then
// nobody knows what was not found; findings outweigh skipped rows, because a
// build must fail on them in either case; and skipped rows are never 0.
func verdict(t *report.Tally, from quality.Severity) int {
	switch {
	case t.RuleErrors() > 0:
		return exitCrash
	case t.Failing(from) > 0:
		return exitFindings
	case t.Skipped() > 0:
		return exitAborted
	}
	return exitOK
}

// rulesOf gives the rules that a run may apply.
func rulesOf(principles []quality.Principle, kinds []record.Kind) []quality.Rule {
	var out []quality.Rule
	for _, r := range quality.Rules() {
		serves, judges := false, false
		for _, p := range principles {
			serves = serves || r.Serves(p)
		}
		for _, k := range kinds {
			judges = judges || r.Judges(k)
		}
		if serves && judges {
			out = append(out, r)
		}
	}
	return out
}

// within keeps the look-ups that are absent to the rules of a run.
func within(list []quality.Finding, rules []quality.Rule) []quality.Finding {
	var out []quality.Finding
	for _, f := range list {
		for i := range rules {
			if rules[i].ID == f.Rule {
				out = append(out, f)
			}
		}
	}
	return out
}

// mask gives a value as the report may show it.
func (f *common) mask(field *record.Field, value string) string {
	if f.reveal {
		return value
	}
	return field.Mask(value)
}
