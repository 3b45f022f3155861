package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/evaluate"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// evaluating are the flags of evaluate beside the common ones.
type evaluating struct {
	truth, truthColumns, pairs, clusters, records string
	groupBy                                       []string
	match, expected                               float64
	worst, sampleSize                             int
	calibration                                   string
	toCalibration, toSample, toGroups, toErrors   string
}

func (a *app) evaluate() *cobra.Command {
	f, e := &common{}, &evaluating{}
	c := &cobra.Command{
		Use:   "evaluate",
		Short: "Measure pairs and clusters: precision, recall, by threshold and by group",
		Long: `evaluate measures what ledsq dedupe or link found: --pairs, --clusters or both.

With --truth it is measured against the truth: a CSV file with the entity of
each record (id,entity_id, or the columns that --truth-columns names), or one of
labelled pairs (id_a,id_b,decision,reviewer,decided_at,rationale, told by its
header). Precision, recall and F1 by pair, by whole cluster and by record
(B-cubed) have intervals; there is a row for every threshold; errors are listed
worst first, with the evidence where the pairs are JSON Lines.

With --records the records are sorted into groups, by columns that --group-by
names and by built-in traits, and each group is compared with all others.

Without --truth it says what the probabilities expect, and which pairs to look at
so that as few as possible settle the matter: --sample FILE is to be filled in by
people and is then a --truth. Nothing is drawn at random.`,
		Example: `  ledsq evaluate --truth truth.csv --pairs pairs.jsonl --clusters clusters.csv
  ledsq evaluate --truth truth.csv --clusters clusters.csv --records persons.csv --group-by source --groups groups.csv
  ledsq evaluate --pairs pairs.csv --sample look.csv --sample-size 100`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("evaluate takes no files by themselves: name them by --truth, --pairs, --clusters and --records")
			}
			return a.runEvaluate(c.Context(), f, e)
		},
	}
	f.reading(c)
	p := c.Flags()
	p.StringArrayVar(&f.out, "out", nil, outUsage(report.EvaluationFormats()))
	p.StringVar(&e.truth, "truth", "", "`FILE` of the truth: the entity of each record, or labelled pairs")
	p.StringVar(&e.truthColumns, "truth-columns", "id,entity_id", "`ID,ENTITY` columns of a truth by entity")
	p.StringVar(&e.pairs, "pairs", "", "`FILE` of pairs, CSV or JSON Lines")
	p.StringVar(&e.clusters, "clusters", "", "`FILE` of clusters, CSV with id,cluster_id")
	p.StringVar(&e.records, "records", "", "`FILE` of the records, to compare groups")
	p.StringArrayVar(&e.groupBy, "group-by", nil, "`COLUMN` of the records to group by, repeatable")
	p.Float64Var(&e.match, "match-probability", 0, "from here a pair is a match (default: the pairs' own decisions, else 0.9)")
	p.Float64Var(&e.expected, "expected-matches", 0, "true pairs the model expects in all, as dedupe reports them: for the recall expected without labels")
	p.IntVar(&e.worst, "worst", 10, "how many errors of each sort to list")
	p.StringVar(&e.calibration, "calibration", "", "`FILE` of a calibration: its probabilities take the place of the pairs'")
	p.StringVar(&e.toCalibration, "learn-calibration", "", "`FILE` for a calibration learnt from the truth, JSON")
	p.StringVar(&e.toSample, "sample", "", "`FILE` for pairs to look at, a decisions file to fill in")
	p.IntVar(&e.sampleSize, "sample-size", 100, "how many pairs to look at")
	p.StringVar(&e.toGroups, "groups", "", "`FILE` for the comparison of groups, CSV")
	p.StringVar(&e.toErrors, "errors", "", "`FILE` for the errors listed, CSV")
	return c
}

// check finds what does not go together before anything is read.
func (e *evaluating) check() error {
	switch {
	case e.pairs == "" && e.clusters == "":
		return usage("evaluate needs --pairs FILE, --clusters FILE or both")
	case e.records != "" && e.truth == "":
		return usage("--records compares errors between groups, which needs --truth FILE")
	case e.records == "" && (len(e.groupBy) > 0 || e.toGroups != ""):
		return usage("groups need the records: --records FILE")
	case e.toCalibration != "" && (e.truth == "" || e.pairs == ""):
		return usage("a calibration is learnt from --pairs FILE and --truth FILE")
	case e.toErrors != "" && (e.truth == "" || e.pairs == ""):
		return usage("errors are found in --pairs FILE by --truth FILE")
	case (e.toSample != "" || e.calibration != "") && e.pairs == "":
		return usage("--sample and --calibration need --pairs FILE")
	case e.match < 0 || e.match >= 1:
		return usage("--match-probability must lie between 0 and 1")
	case e.worst < 0 || e.worst > 100_000:
		return usage("--worst must be a number from 0 to 100000")
	case e.sampleSize < 1 || e.sampleSize > 1_000_000:
		return usage("--sample-size must be a number from 1 to 1000000")
	case e.expected < 0:
		return usage("--expected-matches must be a number of pairs")
	}
	return nil
}

func (a *app) runEvaluate(ctx context.Context, f *common, e *evaluating) error {
	if err := f.parse(a); err != nil {
		return err
	}
	var err error
	if f.specs, err = parseOut(f.out, report.EvaluationFormats()); err != nil {
		return err
	}
	if err := e.check(); err != nil {
		return err
	}
	var paths []string
	for _, p := range []string{e.truth, e.pairs, e.clusters, e.records} {
		if p != "" {
			paths = append(paths, p)
		}
	}
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	to, err := outs.openReports(f.specs)
	if err != nil {
		return err
	}
	var extra [4]io.Writer
	for i, path := range []string{e.toCalibration, e.toSample, e.toGroups, e.toErrors} {
		if path != "" {
			if extra[i], err = outs.open(path); err != nil {
				return err
			}
		}
	}
	in, err := e.read(a)
	if err != nil {
		return err
	}
	skipped, first := 0, any(nil)
	if e.records != "" {
		if in.Group, skipped, first, err = a.groups(ctx, f, e, in.Records); err != nil {
			return err
		}
	}
	r, err := evaluate.Evaluate(in)
	if err != nil {
		return aborted(err)
	}
	if r.Clusters == nil && r.Pairs != nil && r.Pairs.True == 0 {
		a.warn("none of the pairs is known to the truth, or no two of its records are one: are the ids the same?")
	}
	h := f.header("evaluate", paths)
	for i, s := range f.specs {
		if err := report.WriteEvaluation(to[i], s.format, h, r); err != nil {
			return written(err)
		}
	}
	if err := e.writeExtras(extra, r); err != nil {
		return err
	}
	if err := outs.commit(); err != nil {
		return err
	}
	if skipped > 0 {
		a.code = exitAborted
		a.skippedRows(skipped, first)
	}
	return nil
}

func (e *evaluating) writeExtras(to [4]io.Writer, r *evaluate.Report) error {
	var err error
	if to[0] != nil {
		if r.Calibrated == nil {
			return aborted(errors.New("a calibration needs at least 20 pairs whose truth is known"))
		}
		err = r.Calibrated.Write(to[0])
	}
	if to[1] != nil {
		err = errors.Join(err, dedupe.WriteUndecided(to[1], r.Plan.Pairs))
	}
	if to[2] != nil {
		err = errors.Join(err, report.WriteGroups(to[2], r))
	}
	if to[3] != nil {
		err = errors.Join(err, report.WriteErrors(to[3], r))
	}
	if err != nil {
		return written(err)
	}
	return nil
}

// read reads everything but the records. The truth comes first: it says which
// pairs are worth keeping with their evidence.
func (e *evaluating) read(a *app) (evaluate.Input, error) {
	in := evaluate.Input{Records: evaluate.NewRecords(), Expected: e.expected, Worst: e.worst}
	var err error
	if e.truth != "" {
		if in.Truth, err = e.readTruth(a, in.Records); err != nil {
			return in, err
		}
	}
	if e.clusters != "" {
		list, err := readMemberships(a, e.clusters, "id", "cluster_id")
		if err != nil {
			return in, err
		}
		if in.Clusters, err = numbered(list, in.Records, in.Truth != nil); err != nil {
			return in, usage("%s: %w", e.clusters, err)
		}
	}
	if e.calibration != "" {
		f, err := openSide(a, e.calibration)
		if err != nil {
			return in, err
		}
		in.Use, err = evaluate.ReadCalibration(f)
		_ = f.Close()
		if err != nil {
			return in, aborted(fmt.Errorf("%s %w", e.calibration, err))
		}
	}
	if e.pairs != "" {
		in.Pairs = evaluate.NewPairs(in.Records, in.Truth, e.match, e.worst)
		use := in.Pairs.Add
		if len(in.Use.Knots) > 0 && e.match > 0 { // the threshold is one of calibrated probabilities
			use = func(s evaluate.Scored) error {
				s.Probability = in.Use.Probability(s.Weight)
				return in.Pairs.Add(s)
			}
		}
		if err := a.eachPair(a.ctx, e.pairs, e.match, use); err != nil {
			return in, err
		}
		if e.toSample != "" || e.truth == "" {
			in.Sample = e.sampleSize
		}
	}
	return in, nil
}

// readTruth tells by the header what sort of truth it is.
func (e *evaluating) readTruth(a *app, records *evaluate.Records) (*evaluate.Truth, error) {
	f, err := openSide(a, e.truth)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	pairs, all, err := labelled(f, e.truth)
	if err != nil {
		return nil, err
	}
	if pairs {
		list, err := dedupe.ReadJudgements(all, e.truth)
		if err != nil {
			return nil, aborted(err)
		}
		standing, _ := dedupe.Standing(list)
		var labels []evaluate.Label
		for _, j := range standing {
			if j.Verdict != dedupe.CannotTell {
				labels = append(labels, evaluate.Label{A: records.Number(j.A), B: records.Number(j.B), Same: j.Verdict == dedupe.Same})
			}
		}
		if len(labels) == 0 {
			return nil, usage("%s: no pair is decided same or not-same: there is nothing to measure by", e.truth)
		}
		t, err := evaluate.ByLabels(records.Len(), labels)
		return t, aborted(err)
	}
	id, entity, ok := strings.Cut(e.truthColumns, ",")
	if !ok || id == "" || entity == "" {
		return nil, usage("--truth-columns must be two names, ID,ENTITY")
	}
	list, err := dedupe.ReadMemberships(all, e.truth, id, entity)
	if err != nil {
		return nil, aborted(err)
	}
	of, err := numbered(list, records, false)
	if err != nil {
		return nil, aborted(err)
	}
	return evaluate.ByEntity(of), nil
}

// numbered gives clusters numbers, by record. With known it fails when not one
// record was met before.
func numbered(list []dedupe.Membership, records *evaluate.Records, known bool) ([]int32, error) {
	number := map[string]int32{}
	before, met := records.Len(), 0
	var out []int32
	for _, m := range list {
		i := records.Number(m.Record)
		if int(i) < before {
			met++
		}
		for len(out) < records.Len() {
			out = append(out, -1)
		}
		c, ok := number[m.Cluster]
		if !ok {
			c = int32(len(number))
			number[m.Cluster] = c
		}
		out[i] = c
	}
	if known && met == 0 {
		return nil, errors.New("not one of its records is in the truth: are the ids the same?")
	}
	return out, nil
}

// groups reads the records and sorts them.
func (a *app) groups(ctx context.Context, f *common, e *evaluating, records *evaluate.Records) (out []evaluate.Grouping, skipped int, first any, err error) {
	f.sayDay(a)
	f.readValues()
	in, err := f.openAll(ctx, a, []string{e.records})
	if err != nil {
		return nil, 0, nil, err
	}
	defer closeAll(in)
	one := in[0]
	columns, err := groupColumns(one, e.groupBy)
	if err != nil {
		return nil, 0, nil, err
	}
	g, err := evaluate.NewGrouper(one.Kind(), record.DayAt(f.engine.AsOf), columns)
	if err != nil {
		return nil, 0, nil, usage("--group-by: %w", err)
	}
	f.tellOrder(ctx, a, in, nil)
	opts := f.normalisingOf(one)
	stop := f.watch(a, in)
	defer stop()
	met := 0
	err = eachRow(ctx, one, f.jobs, func(row *ingest.Row) (evaluate.Seen, error) {
		return g.Look(row.Record, func() { normalise.Record(row.Record, opts) }), nil
	}, func(row *ingest.Row, s evaluate.Seen) error {
		if row.Err != nil {
			if skipped++; skipped == 1 {
				first = skippedRow(row)
			}
			return nil
		}
		if i, ok := records.Find(row.Record.Head().ID); ok {
			met++
			g.Add(i, s)
		}
		row.Record = nil
		return nil
	})
	stop()
	if err != nil {
		return nil, 0, nil, err
	}
	f.notes(a, in)
	if met == 0 {
		return nil, 0, nil, usage("%s: not one of its records is in the truth, the pairs or the clusters: are the ids the same? --map id=COLUMN names their column", e.records)
	}
	return g.Groupings(), skipped, first, nil
}

// groupColumns turns the names given, flat names or headers of the file, into
// what the records have them under. What JSON records hold is not known before
// they are read.
func groupColumns(in *input, names []string) ([]string, error) {
	var out, known []string
	for _, m := range in.Mapping() {
		known = append(known, m.From)
	}
	known = append(known, in.Unmapped()...)
	for _, name := range names {
		i := slices.IndexFunc(in.Mapping(), func(m ingest.Mapped) bool { return m.From == name })
		_, field := record.FindColumn(in.Kind(), name)
		switch {
		case i >= 0:
			name = in.Mapping()[i].Field
		case field, in.isJSON(), slices.Contains(known, name):
		default:
			return nil, unknown("column to group by", name, known)
		}
		out = append(out, name)
	}
	return out, nil
}
