package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe/evaluate"
	"leds.internal/ledsq/internal/report"
)

// explaining are the flags of explain pair and explain cluster.
type explaining struct {
	pairs, clusters, records, model string
	values                          bool
}

func (a *app) explainPair() *cobra.Command {
	f, e := &common{}, &explaining{}
	c := &cobra.Command{
		Use:   "pair ID_A ID_B",
		Short: "Say why two records were proposed as one, or not: part by part, and in a sentence",
		Long: `pair explains two records: the prior, what each comparison adds, adjustments, and
the running total, which ends at the weight of the pair. It names levels of
agreement and holds no personal value unless --values asks for them.

--pairs FILE is what ledsq dedupe --pairs FILE.jsonl wrote. --records FILE compares
the records anew, so that pairs can be explained that no file lists; --model FILE
does so by a model. With --records, --values sets the two records side by side, masked
unless --reveal is given.`,
		Example: `  ledsq explain pair P0001 P0007 --pairs pairs.jsonl
  ledsq explain pair P0001 P0002 --records persons.csv --out json`,
		Args: files(2, 2, "the ids of two records"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runExplainPair(c.Context(), f, e, args[0], args[1])
		},
	}
	f.reading(c)
	p := c.Flags()
	p.StringArrayVar(&f.out, "out", nil, outUsage(report.ExplainFormats()))
	p.StringVar(&e.pairs, "pairs", "", "`FILE` of pairs in JSON Lines")
	p.StringVar(&e.records, "records", "", "`FILE` of the records, to compare anew")
	p.StringVar(&e.model, "model", "", "`FILE` of a model, with --records")
	p.BoolVar(&e.values, "values", false, "with --records: what the two records hold, side by side, masked")
	p.BoolVar(&f.reveal, "reveal", false, "do not mask those values")
	choices(c, "out", report.ExplainFormats()...)
	return c
}

func (a *app) explainCluster() *cobra.Command {
	f, e := &common{}, &explaining{}
	c := &cobra.Command{
		Use:     "cluster ID",
		Short:   "Say why records are in one cluster: its weakest link and all its pairs",
		Example: `  ledsq explain cluster P0001 --pairs pairs.jsonl --clusters clusters.csv`,
		Args:    files(1, 1, "the id of one cluster, or of a record in it"),
		RunE:    func(c *cobra.Command, args []string) error { return a.runExplainCluster(c.Context(), f, e, args[0]) },
	}
	p := c.Flags()
	p.StringArrayVar(&f.out, "out", nil, outUsage(report.ExplainFormats()))
	p.StringVar(&e.pairs, "pairs", "", "`FILE` of pairs in JSON Lines")
	p.StringVar(&e.clusters, "clusters", "", "`FILE` of clusters, CSV with id,cluster_id")
	choices(c, "out", report.ExplainFormats()...)
	return c
}

func (a *app) runExplainPair(ctx context.Context, f *common, e *explaining, x, y string) error {
	if (e.pairs == "") == (e.records == "") {
		return usage("explain pair needs --pairs FILE or --records FILE, one of them")
	}
	if e.model != "" && e.records == "" {
		return usage("--model compares the records anew: give --records FILE too")
	}
	if (e.values || f.reveal) && e.records == "" {
		return usage("--values and --reveal show what records hold: give --records FILE too")
	}
	if err := f.parse(a); err != nil {
		return err
	}
	var err error
	if f.specs, err = parseOut(f.out, report.ExplainFormats()); err != nil {
		return err
	}
	var w *report.Waterfall
	if e.records != "" {
		w, err = a.compareAnew(ctx, f, e, x, y)
	} else {
		err = a.eachPair(ctx, e.pairs, 0, func(p evaluate.Scored) (err error) {
			if p.A == x && p.B == y || p.A == y && p.B == x {
				w, err = report.WaterfallOf(&p)
			}
			return err
		})
		if err == nil && w == nil {
			err = usage("%s does not list the pair: it is too light for the file, or was never compared; --records FILE compares it", e.pairs)
		}
	}
	if err != nil {
		return err
	}
	return a.writeExplained(f.specs, []string{e.pairs, e.records}, func(to writer, format string) error {
		return report.WriteWaterfall(to, format, "ledsq", moduleVersion(), w)
	})
}

// compareAnew finds in the records and explains any two of them.
func (a *app) compareAnew(ctx context.Context, f *common, e *explaining, x, y string) (*report.Waterfall, error) {
	r, err := a.newMatcher(f, &matching{model: e.model})
	if err != nil {
		return nil, err
	}
	if err := r.open(ctx, []string{e.records}, false); err != nil {
		return nil, err
	}
	defer r.close()
	if err := r.read(ctx); err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i := range r.ids.ends {
		if id := r.ids.at(i); id == x || id == y {
			at[id] = i
		}
	}
	for _, id := range []string{x, y} {
		if _, ok := at[id]; !ok {
			return nil, usage("%s has no record with one of the two ids", e.records)
		}
	}
	if x == y {
		return nil, usage("the two ids are one")
	}
	res, err := r.finder.Find(ctx)
	if err != nil {
		return nil, aborted(err)
	}
	p, why, ok := res.Compare(at[x], at[y])
	if !ok {
		return nil, usage("%s: the two have nothing to compare", e.records)
	}
	w, err := report.NewWaterfall(x, y, &p, why)
	if err != nil || !e.values && !f.reveal {
		return w, aborted(err)
	}
	wanted := held{{x: nil, y: nil}, {}}
	if _, err := r.recordsOf(ctx, []string{e.records}, wanted); err != nil {
		return nil, err
	}
	left, right := wanted.find(x, false), wanted.find(y, false)
	if left == nil || right == nil {
		return nil, usage("%s changed while it was read", e.records)
	}
	w.SetBeside(left, right, r.schema, f.normalising(), f.reveal)
	return w, nil
}

func (a *app) runExplainCluster(ctx context.Context, f *common, e *explaining, id string) error {
	if e.pairs == "" || e.clusters == "" {
		return usage("explain cluster needs --pairs FILE and --clusters FILE")
	}
	var err error
	if f.specs, err = parseOut(f.out, report.ExplainFormats()); err != nil {
		return err
	}
	list, err := readMemberships(a, e.clusters, "id", "cluster_id")
	if err != nil {
		return err
	}
	cluster := ""
	for _, m := range list {
		if m.Cluster == id {
			cluster = id
			break
		}
		if m.Record == id {
			cluster = m.Cluster
		}
	}
	if cluster == "" {
		return usage("%s has neither a cluster nor a record of that id", e.clusters)
	}
	var records []string
	for _, m := range list {
		if m.Cluster == cluster {
			records = append(records, m.Record)
		}
	}
	in := map[string]bool{}
	for _, r := range records {
		in[r] = true
	}
	slices.Sort(records)
	var pairs []*report.Waterfall
	err = a.eachPair(ctx, e.pairs, 0, func(p evaluate.Scored) error {
		if !in[p.A] || !in[p.B] {
			return nil
		}
		w, err := report.WaterfallOf(&p)
		pairs = append(pairs, w)
		return err
	})
	if err != nil {
		return err
	}
	c := report.NewClusterWaterfall(cluster, records, pairs)
	return a.writeExplained(f.specs, []string{e.pairs, e.clusters}, func(to writer, format string) error {
		return report.WriteClusterWaterfall(to, format, "ledsq", moduleVersion(), c)
	})
}

type writer interface{ Write([]byte) (int, error) }

func (a *app) writeExplained(specs []outSpec, inputs []string, write func(to writer, format string) error) error {
	outs := &outputs{app: a, inputs: inputs}
	defer outs.discard()
	to, err := outs.openReports(specs)
	if err != nil {
		return err
	}
	for i, s := range specs {
		if err := write(to[i], s.format); err != nil {
			return written(err)
		}
	}
	return outs.commit()
}
