package cli

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"leds.internal/ledsq"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

func (a *app) check() *cobra.Command {
	f, principle, list := &common{}, "", false
	c := &cobra.Command{
		Use:   "check FILE…",
		Short: "Judge each record by itself (Code 6.2)",
		Long: `check normalises each record and applies the rules on records about to be
created, or with --principle validate those on records held already. It says
what is wrong, how much it matters, and scores each record. It streams: a file
may be larger than memory. FILE is CSV or JSON Lines, plain or gzip,
Parquet or Excel; - is standard input.`,
		Example: `  ledsq check persons.csv
  ledsq check --out sarif=out.sarif --out jsonl=findings.jsonl persons.csv
  ledsq check --fail-on never --list vehicles.csv`,
		Args: files(1, 0, "at least one file"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runCheck(c.Context(), f, quality.Principle(principle), list, args)
		},
	}
	f.reading(c)
	f.reporting(c, allFormats())
	f.failing(c)
	c.Flags().StringVar(&principle, "principle", "create", "which rules: create or validate")
	c.Flags().StringVar(&f.statement, "statement", "", "`FILE` for the quality statement on each record, JSON Lines: what a sender gives a recipient with it")
	choices(c, "principle", "create", "validate")
	c.Flags().BoolVar(&list, "list", false, "list every finding in the text report")
	return c
}

func (a *app) runCheck(ctx context.Context, f *common, p quality.Principle, list bool, paths []string) error {
	if err := f.parse(a); err != nil {
		return err
	}
	if p != quality.Create && p != quality.Validate {
		return unknown("principle", string(p), []string{"create", "validate"})
	}
	var err error
	if f.specs, err = parseOut(f.out, allFormats()); err != nil {
		return err
	}
	if err := f.readLookups(ctx, a); err != nil {
		return err
	}
	engine, err := ledsq.New(f.engine)
	if err != nil {
		return usage("%w", err)
	}
	j := &judge{f, engine, p}
	f.sayDay(a)
	in, err := f.openAll(ctx, a, paths)
	if err != nil {
		return err
	}
	defer closeAll(in)
	f.hintOrder(ctx, a, in)
	h := f.header("check", paths)
	h.Principle, h.List = string(p), list
	var kinds []record.Kind
	for _, one := range in {
		if !slices.Contains(kinds, one.Kind()) {
			kinds = append(kinds, one.Kind())
		}
	}
	if len(kinds) == 1 {
		h.Kind = string(kinds[0])
	}
	h.Rules = perRecord(rulesOf(principlesOf(p), kinds))
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	r, err := f.reporter(a, h, outs)
	if err != nil {
		return err
	}
	var statements io.Writer
	if f.statement != "" {
		if statements, err = outs.open(f.statement); err != nil {
			return err
		}
	}
	stop := f.watch(a, in)
	defer stop()
	var now report.Record
	for _, one := range in {
		err := eachText(ctx, one, f.jobs, j.worker(ctx, one), func(row *ingest.Row, j judged) error {
			if row.Err != nil {
				return r.skip(row)
			}
			if statements != nil {
				if _, err := statements.Write(j.statement); err != nil {
					return written(err)
				}
			}
			now = j.report
			return r.record(&now)
		})
		if err != nil {
			return err
		}
	}
	stop()
	f.notes(a, in)
	sum := r.tally.Sum()
	sum.NotRun = within(engine.NotRun(), h.Rules)
	defer f.sayPolicy(a, engine)
	return r.finish(sum)
}

// judged is what check says of one row.
type judged struct {
	report    report.Record
	statement []byte // a line of JSON; nil unless asked for
}

// judge does the work of check.
type judge struct {
	f      *common
	engine *ledsq.Engine
	p      quality.Principle
}

// worker makes the work of one goroutine on a file. Rows in which nothing is to be
// found, as their texts alone show, pass without a record.
func (j *judge) worker(ctx context.Context, in *input) func() func(*ingest.Row, *ingest.Texts) (judged, error) {
	fields := in.fields()
	at := func(t *ingest.Texts, field int) string {
		if field < 0 {
			return ""
		}
		return t.Field(field)
	}
	id, owner, source := slices.Index(fields, "id"), slices.Index(fields, "ownerCode"), slices.Index(fields, "source")
	return func() func(*ingest.Row, *ingest.Texts) (judged, error) {
		var sieve *quality.Sieve
		if j.f.statement == "" { // else every record has one of its own
			sieve = j.engine.Sieve(j.p, in.Kind(), fields)
		}
		return func(row *ingest.Row, t *ingest.Texts) (judged, error) {
			if t != nil && sieve != nil {
				if score, ok := sieve.Clean(t.Field); ok {
					r := report.Record{ID: at(t, id), File: row.File, Row: row.Number, Line: row.Line, Score: score}
					if r.ID == "" && id < 0 {
						r.ID = strconv.Itoa(row.Number)
					}
					r.Force, r.Source = whose(&record.Envelope{OwnerCode: at(t, owner), SourceSystem: at(t, source)}, row.File)
					return judged{report: r}, nil
				}
			}
			row.Make()
			return j.record(ctx, row)
		}
	}
}

// record judges the record of a row.
func (j *judge) record(ctx context.Context, row *ingest.Row) (judged, error) {
	head := row.Record.Head()
	out := judged{report: report.Record{ID: head.ID, File: row.File, Row: row.Number, Line: row.Line, Value: j.f.valueOf(row.Record)}} // the id as the file has it
	out.report.Force, out.report.Source = whose(head, row.File)
	made, err := ledsq.JudgeInPlace(ctx, j.engine, j.p, row.Record)
	out.report.Score, out.report.Findings = made.Score, made.Findings
	if err == nil && j.f.statement != "" {
		out.statement, err = json.Marshal(ledsq.StateMade(j.engine, j.p, made))
		out.statement = append(out.statement, '\n')
	}
	return out, err
}

// principlesOf gives the principles whose rules run for one: to validate is to
// judge what is held as strictly as what is new.
func principlesOf(p quality.Principle) []quality.Principle {
	if p == quality.Create {
		return []quality.Principle{p}
	}
	return []quality.Principle{quality.Create, p}
}

// perRecord leaves out the rules that judge records together.
func perRecord(rules []quality.Rule) []quality.Rule {
	return slices.DeleteFunc(rules, func(r quality.Rule) bool { return r.Set })
}
