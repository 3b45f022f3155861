package cli

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/report"
)

// matching are the flags of dedupe beside the common ones.
type matching struct {
	pairs, clusters string
	decisions       string
	model           string
	cardinality     string
	within          string
	prefixIDs       bool

	previous, changes, survivors string
	match, review                float64
	verbose, safe                bool
	perRecord                    int
	memory                       bounding
	stage                        string
	plan                         bool
}

func (a *app) dedupe() *cobra.Command {
	f, m := &common{}, &matching{}
	c := &cobra.Command{
		Use:   "dedupe FILE…",
		Short: "Find records that are likely about the same person, vehicle or episode",
		Long: `dedupe compares records with each other and proposes pairs and clusters, with why.
It needs no labels and no tuning, keeps what it compares and not the records, and
merges nothing. Several files are taken for sources: records are compared within
and across them, and with --within-source never only across.

--model FILE uses what ledsq train estimated, as it stands; a name ending in .yaml
is a model written by hand for records of any schema (see docs/matching.md).
--decisions FILE holds people's decisions, which no weight overrules.

--pairs FILE gets id_a,id_b,weight,probability,decision,reason; a name ending
in .jsonl gets the evidence comparison by comparison too. --clusters FILE gets
id,cluster_id for every record, where cluster_id is the least id of the cluster.
Names ending in .parquet or .xlsx are written as such.`,
		Example: `  ledsq dedupe --pairs pairs.csv --clusters clusters.csv persons.csv`,
		Args:    files(1, 0, "at least one file"),
		RunE:    func(c *cobra.Command, args []string) error { return a.runMatch(c.Context(), f, m, "dedupe", args) },
	}
	m.flags(c, f)
	c.Flags().StringVar(&m.within, "within-source", "compare", "compare records of one source (a file, or the column source), or never: sources hold no duplicates")
	c.Flags().BoolVar(&m.prefixIDs, "prefix-ids", false, "put the name of the file before each id, where several files use the same ids")
	choices(c, "within-source", "compare", "never")
	c.Flags().StringVar(&m.previous, "previous", "", "`FILE` of the clusters of the run before: entities keep their ids")
	c.Flags().StringVar(&m.changes, "changes", "", "`FILE` for what became of the clusters of --previous: .json, .csv, .md or text")
	c.Flags().StringVar(&m.survivors, "survivors", "", "`FILE` for a proposed record of each cluster, CSV, a row for each field; the records are read once more")
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
	c.Flags().StringVar(&m.cardinality, "cardinality", string(dedupe.ManyToMany), "how many records of each file may be one: many-to-many, one-to-one, one-to-many (LEFT holds no duplicates) or many-to-one")
	choices(c, "cardinality", "many-to-many", "one-to-one", "one-to-many", "many-to-one")
	return c
}

// flags adds what dedupe and link share.
func (m *matching) flags(c *cobra.Command, f *common) {
	f.reading(c)
	f.reporting(c, report.MatchFormats())
	f.fairness(c)
	p := c.Flags()
	p.StringVar(&m.pairs, "pairs", "", "`FILE` for the pairs, CSV, .jsonl, .parquet or .xlsx")
	p.StringVar(&m.model, "model", "", "`FILE` of a model: JSON that ledsq train wrote, or YAML for any schema (default: estimated from the records)")
	p.StringVar(&m.decisions, "decisions", "", "`FILE` of people's decisions: they hold whatever the weights say")
	safeFlag(c, &m.safe)
	p.Float64Var(&m.match, "match-probability", 0, "from here a pair is proposed as a match (default: the model's, else chosen from 0.7 up by the error rates that the weights foretell)")
	p.Float64Var(&m.review, "review-probability", 0, "from here a pair is shown for clerical review (default: the model's, else 0.2)")
	p.IntVar(&m.perRecord, "pairs-per-record", 2, "`N` pairs for each record are compared without asking whether they are worth it: more lose fewer matches and take longer, see --plan")
	m.memory.flag(c)
	m.stageFlag(c)
	p.BoolVar(&m.plan, "plan", false, "read the records, say which pairs would be compared and what memory and time that takes, and stop")
	p.BoolVarP(&m.verbose, "verbose", "v", false, "show the model that was estimated")
}

func (m *matching) stageFlag(c *cobra.Command) {
	c.Flags().StringVar(&m.stage, "stage", "", "`DIR` to save the records read and the pairs compared in: the same command goes on from there if it was ended early; emptied when the run is done")
}

// runMatch finds duplicates within files, or pairs across two.
func (a *app) runMatch(ctx context.Context, f *common, m *matching, verb string, paths []string) error {
	if err := f.parse(a); err != nil {
		return err
	}
	var err error
	formats := report.MatchFormats()
	if m.plan {
		formats = report.ForecastFormats()
	}
	if f.specs, err = parseOut(f.out, formats); err != nil {
		return err
	}
	h := f.header(verb, paths)
	r, err := a.newMatcher(f, m)
	if err != nil {
		return err
	}
	r.writes = true
	f.sayDay(a)
	if err := r.open(ctx, paths, verb == "link"); err != nil {
		return err
	}
	defer r.close()
	h.Kind = r.kindName()
	if err := f.besides(h); err != nil {
		return err
	}
	if err := r.readPrevious(); err != nil {
		return err
	}
	if err := r.checkSurvivors(paths); err != nil {
		return err
	}
	outs := &outputs{app: a, inputs: append(slices.Clone(paths), m.reads()...)}
	defer outs.discard()
	defer m.memory.hold()()
	if m.plan {
		if err := r.read(ctx); err != nil {
			return err
		}
		return r.forecast(ctx, h, outs)
	}
	w, err := m.open(outs, f.specs)
	if err != nil {
		return err
	}
	if err := r.read(ctx); err != nil {
		return err
	}
	res, err := r.finder.Find(ctx)
	if err != nil {
		return noRoom(err)
	}
	r.shown.enter(len(r.shown.stages) - 1)
	if outs.stdout { // the report may go to the terminal too
		r.shown.stop()
	}
	if n := res.Decided.Attention(); n > 0 {
		r.shown.besides(func() { a.warn("%d of people's decisions need attention: the report lists them", n) })
	}
	sum := report.SumMatching(res)
	if f.writesHTML() {
		sum.Largest, sum.Pairs = report.LargestClusters(res.Clusters, res.Pairs, r.ids.at), setPairs(res, r.ids)
	}
	sum.Skipped, sum.SkippedRow = len(r.skipped), append(sum.SkippedRow, r.skipped...)
	changes, err := r.nameClusters(res)
	if err != nil {
		return err
	}
	if err := w.write(f.specs, h, sum, res, r); err != nil {
		return written(err)
	}
	if w.changes != nil {
		if err := report.WriteChanges(w.changes, changesSpec(m.changes).format, h, changes); err != nil {
			return written(err)
		}
	}
	if w.survivors != nil {
		if err := r.propose(ctx, w.survivors, res); err != nil {
			return err
		}
	}
	if err := outs.commit(); err != nil {
		return err
	}
	r.stages.remove()
	r.shown.stop()
	r.saySkipped()
	return nil
}

// jsonLines says by its name that a file is to be JSON Lines.
func jsonLines(path string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson", ".json"}, filepath.Ext(path))
}

// reads are the files read beside the records.
func (m *matching) reads() []string {
	var out []string
	for _, p := range []string{m.decisions, m.model, m.previous} {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
