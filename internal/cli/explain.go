package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe/evaluate"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/record"
)

// explaining are the flags of explain pair and explain cluster.
type explaining struct {
	showing
	pairs, clusters string
	values          bool
}

const modelWithRecords = "`FILE` of a model, with --records"

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
	e.flags(p, "`FILE` of the records, repeatable, to compare anew", modelWithRecords)
	p.BoolVar(&e.values, "values", false, "with --records: what the two records hold, side by side, masked")
	p.BoolVar(&f.reveal, "reveal", false, "do not mask those values")
	choices(c, "out", report.ExplainFormats()...)
	return c
}

func (a *app) explainCluster() *cobra.Command {
	f, e := &common{}, &explaining{}
	c := &cobra.Command{
		Use:   "cluster ID",
		Short: "Say why records are in one cluster: its weakest link and all its pairs",
		Long: `cluster explains the records that stand in one cluster, by the pairs and clusters
that ledsq dedupe wrote. With --records it shows what they hold, field by field and
value by value, masked unless --reveal is given.`,
		Example: `  ledsq explain cluster P0001 --pairs pairs.jsonl --clusters clusters.csv
  ledsq explain cluster P0001 --pairs pairs.jsonl --clusters clusters.csv --records persons.csv --reveal`,
		Args: files(1, 1, "the id of one cluster, or of a record in it"),
		RunE: func(c *cobra.Command, args []string) error { return a.runExplainCluster(c.Context(), f, e, args[0]) },
	}
	f.reading(c)
	p := c.Flags()
	p.StringArrayVar(&f.out, "out", nil, outUsage(report.ExplainFormats()))
	p.StringVar(&e.pairs, "pairs", "", "`FILE` of pairs in JSON Lines")
	p.StringVar(&e.clusters, "clusters", "", "`FILE` of clusters, CSV with id,cluster_id")
	e.flags(p, "`FILE` of the records, repeatable: what those of the cluster hold, masked", modelWithRecords)
	p.BoolVar(&f.reveal, "reveal", false, "do not mask those values")
	choices(c, "out", report.ExplainFormats()...)
	return c
}

func (a *app) runExplainPair(ctx context.Context, f *common, e *explaining, x, y string) error {
	if (e.pairs == "") == (len(e.records) == 0) {
		return usage("explain pair needs --pairs FILE or --records FILE, one of them")
	}
	if e.model != "" && len(e.records) == 0 {
		return usage("--model compares the records anew: give --records FILE too")
	}
	if (e.values || f.reveal) && len(e.records) == 0 {
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
	if len(e.records) > 0 {
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
	return a.writeExplained(f.specs, append([]string{e.pairs}, e.records...), func(to writer, format string) error {
		return report.WriteWaterfall(to, format, "ledsq", moduleVersion(), w)
	})
}

// compareAnew finds in the records and explains any two of them.
func (a *app) compareAnew(ctx context.Context, f *common, e *explaining, x, y string) (*report.Waterfall, error) {
	r, err := e.matcher(a, f)
	if err != nil {
		return nil, err
	}
	if err := r.open(ctx, e.records, false); err != nil {
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
			return nil, usage("%s: there is no record with one of the two ids", e.files())
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
		return nil, usage("%s: the two have nothing to compare", e.files())
	}
	w, err := report.NewWaterfall(x, y, &p, why)
	if err != nil || !e.values && !f.reveal {
		return w, aborted(err)
	}
	found, _, err := r.recordsOf(ctx, e.records, false, []sought{{x, false}, {y, false}})
	if err != nil {
		return nil, err
	}
	left, right := found.find(x, false), found.find(y, false)
	if left == nil || right == nil {
		return nil, usage("%s changed while it was read", e.files())
	}
	w.SetBeside(left, right, r.schema, f.normalising(), f.reveal)
	return w, nil
}

func (a *app) runExplainCluster(ctx context.Context, f *common, e *explaining, id string) error {
	if e.pairs == "" || e.clusters == "" {
		return usage("explain cluster needs --pairs FILE and --clusters FILE")
	}
	if (f.reveal || e.model != "") && len(e.records) == 0 {
		return usage("--reveal and --model are about what records hold: give --records FILE too")
	}
	if err := f.parse(a); err != nil {
		return err
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
	if len(e.records) > 0 {
		if err := a.clusterValues(ctx, f, e, c); err != nil {
			return err
		}
	}
	return a.writeExplained(f.specs, append([]string{e.pairs, e.clusters}, e.records...), func(to writer, format string) error {
		return report.WriteClusterWaterfall(to, format, "ledsq", moduleVersion(), c)
	})
}

// clusterValues adds what the records of a cluster hold.
func (a *app) clusterValues(ctx context.Context, f *common, e *explaining, c *report.ClusterWaterfall) error {
	r, err := e.matcher(a, f)
	if err != nil {
		return err
	}
	var ids []sought
	for _, id := range c.Records {
		ids = append(ids, sought{id: id})
	}
	found, _, err := r.recordsOf(ctx, e.records, false, ids)
	if err != nil {
		return err
	}
	records := make([]record.Record, len(c.Records))
	for i, id := range c.Records {
		records[i] = found.find(id, false)
	}
	c.SetValues(records, r.schema, f.normalising(), f.reveal)
	return nil
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
