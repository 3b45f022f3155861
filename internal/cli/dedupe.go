package cli

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// matching are the flags of dedupe beside the common ones.
type matching struct {
	pairs, clusters string
	match, review   float64
	verbose         bool
}

func (a *app) dedupe() *cobra.Command {
	f, m := &common{}, &matching{}
	c := &cobra.Command{
		Use:   "dedupe FILE",
		Short: "Find records that are likely about the same person, vehicle or episode",
		Long: `dedupe compares the records of one file with each other and proposes pairs and
clusters, with why. It needs no labels and no tuning, keeps what it compares and
not the records, and merges nothing.

--pairs FILE gets id_a,id_b,weight,probability,decision,reason; a name ending
in .jsonl gets the evidence comparison by comparison too. --clusters FILE gets
id,cluster_id for every record, where cluster_id is the id of the first record
of the cluster.`,
		Example: `  ledsq dedupe --pairs pairs.csv --clusters clusters.csv persons.csv`,
		Args:    files(1, 1, "one file"),
		RunE:    func(c *cobra.Command, args []string) error { return a.runDedupe(c.Context(), f, m, args[0]) },
	}
	f.reading(c)
	f.reporting(c, report.MatchFormats())
	p := c.Flags()
	p.StringVar(&m.pairs, "pairs", "", "`FILE` for the pairs, CSV or .jsonl")
	p.StringVar(&m.clusters, "clusters", "", "`FILE` for the clusters, CSV")
	p.Float64Var(&m.match, "match-probability", 0.9, "from here a pair is proposed as a match")
	p.Float64Var(&m.review, "review-probability", 0.2, "from here a pair is shown for clerical review")
	p.BoolVarP(&m.verbose, "verbose", "v", false, "show the model that was estimated")
	return c
}

func (a *app) runDedupe(ctx context.Context, f *common, m *matching, path string) error {
	if err := f.parse(a); err != nil {
		return err
	}
	var err error
	if f.specs, err = parseOut(f.out, report.MatchFormats()); err != nil {
		return err
	}
	if m.match <= 0 || m.match >= 1 || m.review <= 0 || m.review > m.match {
		return usage("--match-probability and --review-probability must lie between 0 and 1, the second not above the first")
	}
	f.sayDay(a)
	cfg := dedupe.Config{Match: m.match, Review: m.review, Jobs: f.jobs}
	in, err := f.openAll(a, []string{path})
	if err != nil {
		return err
	}
	defer closeAll(in)
	finder, err := dedupe.NewFinder(in[0].Kind(), cfg)
	if err != nil {
		return usage("%w", err)
	}
	outs := &outputs{app: a, inputs: []string{path}}
	defer outs.discard()
	w, err := m.open(outs, f.specs)
	if err != nil {
		return err
	}
	if !in[0].hasID() {
		f.say(a, "%s has no column of record ids: row numbers stand for them; --map id=COLUMN names one", in[0].name())
	}
	stop := f.watch(a, in)
	defer stop()
	ids, skipped, err := f.gather(ctx, in[0], finder)
	if err != nil {
		return err
	}
	stop()
	f.notes(a, in)
	if blank, twice := ids.faults(); blank+twice > 0 {
		return usage("%s: ids must be unique, or pairs could not be told apart: %d records have none, %d have one that another record has too; name another column with --map id=COLUMN, or none with --map id= to use row numbers",
			in[0].name(), blank, twice)
	}
	res, err := finder.Find(ctx)
	if err != nil {
		return aborted(err)
	}
	h := f.header("dedupe", []string{path})
	h.Kind = string(in[0].Kind())
	sum := report.SumMatching(res)
	sum.Skipped, sum.SkippedRow = len(skipped), append(sum.SkippedRow, skipped...)
	if err := w.write(f.specs, h, sum, res, ids, m.verbose); err != nil {
		return written(err)
	}
	if err := outs.commit(); err != nil {
		return err
	}
	if len(skipped) > 0 {
		a.code = exitAborted
		a.skippedRows(len(skipped), skipped[0])
	}
	return nil
}

// gather reads, normalises and adds the records, in order. It keeps their ids.
func (f *common) gather(ctx context.Context, in *input, finder *dedupe.Finder) (*idList, []report.SkippedRow, error) {
	ids, opts := &idList{}, f.normalising()
	var skipped []report.SkippedRow
	err := eachRow(ctx, in, f.jobs, func(row *ingest.Row) (record.Record, error) {
		normalise.Record(row.Record, opts)
		return row.Record, nil
	}, func(row *ingest.Row, r record.Record) error {
		if row.Err != nil {
			skipped = append(skipped, skippedRow(row))
			return nil
		}
		ids.add(r.Head().ID)
		err := finder.Add(r)
		row.Record = nil // what is compared is kept, not the record
		return err
	})
	return ids, skipped, err
}

// jsonLines says by its name that a file is to be JSON Lines.
func jsonLines(path string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson", ".json"}, filepath.Ext(path))
}
