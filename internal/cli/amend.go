package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"leds.internal/ledsq"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

func (a *app) amend() *cobra.Command {
	f, list := &common{}, false
	c := &cobra.Command{
		Use:   "amend BEFORE AFTER",
		Short: "Judge what changed between two versions of a data set (Code 6.3)",
		Long: `amend matches the records of two files by their ids and judges each change:
what was lost, replaced, lowered or left stale, and whether anybody said why.
Records that are in one file only are counted. BEFORE is held in memory.`,
		Example: `  ledsq amend monday.csv tuesday.csv
  ledsq amend --list --reveal monday.csv tuesday.csv`,
		Args: files(2, 2, "two files"),
		RunE: func(c *cobra.Command, args []string) error { return a.runAmend(c.Context(), f, list, args) },
	}
	f.reading(c)
	f.reporting(c, allFormats())
	f.failing(c)
	c.Flags().BoolVar(&list, "list", false, "list every change and finding in the text report")
	return c
}

func (a *app) runAmend(ctx context.Context, f *common, list bool, paths []string) error {
	engine, in, kind, err := f.begin(ctx, a, paths)
	if err != nil {
		return err
	}
	defer closeAll(in)
	for _, one := range in {
		if !one.hasID() {
			return usage("%s has no column of record ids, by which the two files are matched: name it with --map id=COLUMN", one.name())
		}
	}
	h := f.header("amend", paths)
	h.Kind, h.List, h.Principle = string(kind), list, string(quality.Amend)
	h.Rules = perRecord(rulesOf([]quality.Principle{quality.Create, quality.Amend, quality.Validate}, []record.Kind{kind}))
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	r, err := f.reporter(a, h, outs)
	if err != nil {
		return err
	}
	stop := f.watch(a, in)
	defer stop()
	m := &amending{ctx: ctx, f: f, engine: engine, r: r, before: map[string]record.Record{}, seen: map[string]bool{}}
	if err := m.run(in); err != nil {
		return err
	}
	stop()
	f.notes(a, in)
	sum := r.tally.Sum()
	m.count.Removed = len(m.before) - m.count.Both
	sum.Amended = &m.count
	defer f.sayPolicy(a, engine)
	return r.finish(sum)
}

// amending is the state of one run of amend.
type amending struct {
	ctx    context.Context
	f      *common
	engine *ledsq.Engine
	r      *reporter
	before map[string]record.Record
	seen   map[string]bool // ids of the file after
	count  report.Amended
	twice  int
}

func (m *amending) run(in []*input) error {
	none := func(*ingest.Row) (struct{}, error) { return struct{}{}, nil }
	err := eachRow(m.ctx, in[0], m.f.jobs, none, func(row *ingest.Row, _ struct{}) error {
		if id := m.id(row); row.Err != nil {
			return m.r.skip(row)
		} else if m.before[id] != nil {
			m.twice++
		} else {
			m.before[id] = row.Record
			row.Keep()
		}
		return nil
	})
	if err == nil {
		err = m.unique(in[0])
	}
	if err != nil {
		return err
	}
	err = eachRow(m.ctx, in[1], m.f.jobs, m.judge, func(row *ingest.Row, out *report.Record) error {
		if id := m.id(row); row.Err != nil {
			return m.r.skip(row)
		} else if m.seen[id] {
			m.twice++
			return nil
		} else {
			m.seen[id] = true
		}
		if out == nil {
			m.count.Added++
			return nil
		}
		m.count.Both++
		if len(out.Changed) == 0 {
			m.count.Unchanged++
		}
		return m.r.record(out)
	})
	if err == nil {
		err = m.unique(in[1])
	}
	return err
}

// id gives a record's id; a record without one can't be matched and is skipped.
func (m *amending) id(row *ingest.Row) string {
	if row.Err != nil {
		return ""
	}
	id := strings.TrimSpace(row.Record.Head().ID)
	if id == "" {
		row.Err = &ingest.RowError{File: row.File, Row: row.Number, Column: "id", Reason: "the record has no id, so that it can't be matched with another version"}
	}
	return id
}

func (m *amending) unique(in *input) error {
	if m.twice > 0 {
		return usage("%s: %s an id that another record has too, so that versions can't be told apart: give each record one id, or name another column with --map id=COLUMN",
			in.name(), has(m.twice))
	}
	return nil
}

func has(n int) string {
	if n == 1 {
		return "1 record has"
	}
	return fmt.Sprintf("%d records have", n)
}

// judge gives the report on one record after; nil when there is none before.
func (m *amending) judge(row *ingest.Row) (*report.Record, error) {
	before := m.before[strings.TrimSpace(row.Record.Head().ID)]
	if before == nil {
		return nil, nil
	}
	kept, err := ledsq.Amend(m.ctx, m.engine, before, row.Record, record.Amendment{})
	if err != nil {
		return nil, fmt.Errorf("%s: row %d: %w", row.File, row.Number, err)
	}
	force, source := whose(row.Record.Head(), row.File)
	out := &report.Record{ID: row.Record.Head().ID, File: row.File, Row: row.Number, Line: row.Line, Score: kept.Score, Findings: kept.Findings, Changed: []report.Change{},
		Force: force, Source: source, Value: m.f.valueOf(row.Record)}
	for _, d := range kept.Changed {
		out.Changed = append(out.Changed, report.Change{Field: d.Name, Before: m.f.mask(d.Field, d.Before), After: m.f.mask(d.Field, d.After)})
	}
	return out, nil
}
