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
	verbose, safe   bool
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
id,cluster_id for every record, where cluster_id is the least id of the cluster.
Names ending in .parquet or .xlsx are written as such.`,
		Example: `  ledsq dedupe --pairs pairs.csv --clusters clusters.csv persons.csv`,
		Args:    files(1, 1, "one file"),
		RunE:    func(c *cobra.Command, args []string) error { return a.runMatch(c.Context(), f, m, "dedupe", args) },
	}
	m.flags(c, f)
	c.Flags().StringVar(&m.clusters, "clusters", "", "`FILE` for the clusters, CSV, .parquet or .xlsx")
	return c
}

func (a *app) link() *cobra.Command {
	f, m := &common{}, &matching{}
	c := &cobra.Command{
		Use:   "link LEFT RIGHT",
		Short: "Find pairs of records across two files that are likely one",
		Long: `link compares each record of one file with those of another and proposes pairs,
with why. Within each file nothing is looked for: dedupe does that. It needs no
labels and no tuning, and merges nothing.

--pairs FILE gets id_a,id_b,weight,probability,decision,reason, where id_a is of
LEFT and id_b of RIGHT; a name ending in .jsonl gets the evidence comparison by
comparison too, and names ending in .parquet or .xlsx are written as such.`,
		Example: `  ledsq link --pairs pairs.csv custody.csv crime.csv`,
		Args:    files(2, 2, "two files"),
		RunE:    func(c *cobra.Command, args []string) error { return a.runMatch(c.Context(), f, m, "link", args) },
	}
	m.flags(c, f)
	return c
}

// flags adds what dedupe and link share.
func (m *matching) flags(c *cobra.Command, f *common) {
	f.reading(c)
	f.reporting(c, report.MatchFormats())
	f.fairness(c)
	p := c.Flags()
	p.StringVar(&m.pairs, "pairs", "", "`FILE` for the pairs, CSV, .jsonl, .parquet or .xlsx")
	safeFlag(c, &m.safe)
	p.Float64Var(&m.match, "match-probability", 0, "from here a pair is proposed as a match (default: chosen from 0.7 up by the error rates that the weights foretell)")
	p.Float64Var(&m.review, "review-probability", 0.2, "from here a pair is shown for clerical review")
	p.BoolVarP(&m.verbose, "verbose", "v", false, "show the model that was estimated")
}

// runMatch finds duplicates within one file, or pairs across two.
func (a *app) runMatch(ctx context.Context, f *common, m *matching, verb string, paths []string) error {
	if err := f.parse(a); err != nil {
		return err
	}
	var err error
	if f.specs, err = parseOut(f.out, report.MatchFormats()); err != nil {
		return err
	}
	h := f.header(verb, paths)
	if m.match < 0 || m.match >= 1 || m.review <= 0 || m.review >= 1 || m.match > 0 && m.review > m.match {
		return usage("--match-probability and --review-probability must lie between 0 and 1, the second not above the first")
	}
	f.sayDay(a)
	in, err := f.openAll(a, paths)
	if err != nil {
		return err
	}
	defer closeAll(in)
	f.tellOrder(ctx, a, in)
	kind, err := oneKind(in)
	if err != nil {
		return err
	}
	h.Kind = string(kind)
	if err := f.besides(h); err != nil {
		return err
	}
	finder, err := dedupe.NewFinder(kind, dedupe.Config{Match: m.match, Review: m.review, Jobs: f.jobs})
	if err != nil {
		return usage("%w", err)
	}
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	w, err := m.open(outs, f.specs)
	if err != nil {
		return err
	}
	stop := f.watch(a, in)
	defer stop()
	ids := &idList{}
	var skipped []report.SkippedRow
	for i, one := range in {
		if !one.hasID() {
			f.say(a, "%s has no column of record ids: row numbers stand for them; --map id=COLUMN names one", one.name())
		}
		add, own := finder.AddRow, &idList{}
		if i > 0 {
			add = finder.AddRightRow
		}
		bad, err := f.gather(ctx, one, finder.Prepare, add, own)
		if err != nil {
			return err
		}
		if blank, twice := own.faults(); blank+twice > 0 {
			return usage("%s: ids must be unique, or pairs could not be told apart: %d records have none, %d have one that another record has too; name another column with --map id=COLUMN, or none with --map id= to use row numbers",
				one.name(), blank, twice)
		}
		ids.append(own)
		skipped = append(skipped, bad...)
	}
	stop()
	f.notes(a, in)
	res, err := finder.Find(ctx)
	if err != nil {
		return aborted(err)
	}
	sum := report.SumMatching(res)
	if f.writesHTML() {
		sum.Largest, sum.Pairs = report.LargestClusters(res.Clusters, res.Pairs, ids.at), setPairs(res, ids)
	}
	sum.Skipped, sum.SkippedRow = len(skipped), append(sum.SkippedRow, skipped...)
	if err := w.write(f.specs, h, sum, res, ids, m.verbose, f.jobs); err != nil {
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

// gather reads, normalises, prepares and adds the records, in order. It keeps
// their ids.
func (f *common) gather(ctx context.Context, in *input, prepare func(record.Record) *dedupe.Row, add func(*dedupe.Row) error, ids *idList) ([]report.SkippedRow, error) {
	opts := f.normalising()
	var skipped []report.SkippedRow
	err := eachRow(ctx, in, f.jobs, func(row *ingest.Row) (*dedupe.Row, error) {
		normalise.Canonicalise(row.Record, opts)
		return prepare(row.Record), nil
	}, func(row *ingest.Row, r *dedupe.Row) error {
		if row.Err != nil {
			skipped = append(skipped, skippedRow(row))
			return nil
		}
		ids.add(row.Record.Head().ID)
		return add(r) // what is compared is kept, not the record
	})
	return skipped, err
}

// jsonLines says by its name that a file is to be JSON Lines.
func jsonLines(path string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson", ".json"}, filepath.Ext(path))
}
