package cli

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/evaluate"
	"leds.internal/ledsq/internal/report"
)

// training are the flags of train beside the common ones.
type training struct {
	matching
	schema, truth, truthColumns string
}

func (a *app) train() *cobra.Command {
	f, t := &common{}, &training{}
	c := &cobra.Command{
		Use:   "train FILE",
		Short: "Estimate a matching model on one file, for ledsq dedupe and link to use on others",
		Long: `train estimates a model on the records of a file and writes it with --model FILE:
what each agreement weighs, the prior, thresholds, how the estimate went, and
which comparisons depend on each other. ledsq dedupe --model and ledsq link
--model use it as it stands; only how common values are is counted anew.

--schema FILE.yaml compares records of any columns, as the file says; ledsq
train --json-schema writes the schema of that file, for editors.

No labels are needed. With --truth (the entity of each record, or labelled pairs)
or --decisions what agreements weigh is counted on them, the estimate without
labels counting for 30 pairs more, and a calibration is learnt that turns weights
into the probabilities that labels showed.`,
		Example: `  ledsq train persons.csv --model persons.json
  ledsq train stolen.csv --schema bicycles.yaml --truth truth.csv --model bicycles.json
  ledsq dedupe --model persons.json --clusters clusters.csv custody.csv`,
		Args: func(c *cobra.Command, args []string) error {
			if yes, _ := c.Flags().GetBool("json-schema"); yes {
				return nil
			}
			return files(1, 1, "one file")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if yes, _ := c.Flags().GetBool("json-schema"); yes {
				_, err := a.stdout.Write(dedupe.SchemaSchema())
				return err
			}
			return a.runTrain(c.Context(), f, t, args)
		},
	}
	f.reading(c)
	p := c.Flags()
	p.StringArrayVar(&f.out, "out", nil, outUsage(report.ModelFormats()))
	choices(c, "out", report.ModelFormats()...)
	p.StringVar(&t.model, "model", "", "`FILE` for the model, JSON; needed")
	p.StringVar(&t.schema, "schema", "", "`FILE` that says in YAML which columns are compared, and how")
	p.StringVar(&t.truth, "truth", "", "`FILE` of the truth: the entity of each record, or labelled pairs")
	p.StringVar(&t.truthColumns, "truth-columns", "id,entity_id", "`ID,ENTITY` columns of a truth by entity")
	p.StringVar(&t.decisions, "decisions", "", "`FILE` of people's decisions to learn from")
	p.Float64Var(&t.match, "match-probability", 0, "threshold of matches that the model keeps (default: chosen from 0.7 up by the error rates that the weights foretell)")
	p.Float64Var(&t.review, "review-probability", 0, "threshold of clerical review that the model keeps (default 0.2)")
	t.memory.flag(c)
	t.stageFlag(c)
	p.Bool("json-schema", false, "write the JSON Schema of the file that --schema names, and stop")
	return c
}

func (a *app) runTrain(ctx context.Context, f *common, t *training, paths []string) error {
	switch {
	case t.model == "":
		return usage("train needs --model FILE: where the model goes")
	case t.truth != "" && t.decisions != "":
		return usage("--truth and --decisions are two sorts of labels: give one of them")
	case t.schema != "" && !isYAML(t.schema):
		return usage("--schema %s: a schema is YAML, and its name ends in .yaml", t.schema)
	}
	if err := f.parse(a); err != nil {
		return err
	}
	var err error
	if f.specs, err = parseOut(f.out, report.ModelFormats()); err != nil {
		return err
	}
	outs := &outputs{app: a, inputs: append(slices.Clone(paths), t.truth, t.decisions, t.schema)}
	defer outs.discard()
	to, err := outs.openReports(f.specs)
	if err != nil {
		return err
	}
	file, err := outs.open(t.model)
	if err != nil {
		return err
	}
	// Decisions are learnt from here, and bind nothing.
	using := t.matching
	using.model, using.decisions = t.schema, ""
	r, err := a.newMatcher(f, &using)
	if err != nil {
		return err
	}
	f.sayDay(a)
	if err := r.open(ctx, paths, false); err != nil {
		return err
	}
	defer r.close()
	defer t.memory.hold()()
	if err := r.read(ctx); err != nil {
		return err
	}
	labels, err := t.labels(a, r.ids)
	if err != nil {
		return err
	}
	if labels != nil {
		if err := r.finder.Teach(*labels); err != nil {
			return usage("%w", err)
		}
	}
	res, err := r.finder.Find(ctx)
	if err != nil {
		return noRoom(err)
	}
	if len(res.Model.Comparisons) == 0 {
		return usage("%s: nothing to train on: fewer than two records, or no column to compare", paths[0])
	}
	r.shown.stop()
	m := r.finder.Keep(res, f.day)
	if m.Taught != nil {
		calibrate(a, m)
	}
	if err := m.Write(file); err != nil {
		return written(err)
	}
	h := f.header("train", paths)
	h.Kind = r.kindName()
	for i, s := range f.specs {
		if err := report.WriteModel(to[i], s.format, h, m); err != nil {
			return written(err)
		}
	}
	if err := outs.commit(); err != nil {
		return err
	}
	r.stages.remove()
	r.saySkipped()
	return nil
}

// How many labelled pairs a calibration needs, of one entity and of two. What it
// learns from few pairs stays near what the bits say.
const (
	leastSame = 20
	leastTwo  = 5
)

// calibrate learns from the labelled pairs what a weight is worth.
func calibrate(a *app, m *dedupe.ModelFile) {
	var pairs []evaluate.Pair
	var truth []bool
	same := 0
	for _, j := range m.Taught.Judged {
		pairs = append(pairs, evaluate.Pair{Weight: j.Weight, Probability: j.Probability})
		truth = append(truth, j.Same)
		if j.Same {
			same++
		}
	}
	if same < leastSame || len(pairs)-same < leastTwo {
		a.warn("%d labelled pairs of one entity and %d of two: a calibration needs %d and %d, and none was learnt", same, len(pairs)-same, leastSame, leastTwo)
		return
	}
	c, err := evaluate.Calibrate(pairs, truth)
	if err != nil {
		return // fewer than two pairs
	}
	m.Calibration = &c
}

// labels reads the truth, by the numbers of records; nil for none.
func (t *training) labels(a *app, ids *idList) (*dedupe.Labels, error) {
	path := t.truth
	if path == "" {
		path = t.decisions
	}
	if path == "" {
		return nil, nil
	}
	number := make(map[string]int, len(ids.ends))
	for i := range ids.ends {
		number[ids.at(i)] = i
	}
	f, err := openSide(a, path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	pairs, all, err := labelled(f, path)
	if err != nil {
		return nil, err
	}
	l := &dedupe.Labels{}
	met := 0
	if pairs || t.decisions != "" {
		list, err := dedupe.ReadJudgements(all, path)
		if err != nil {
			return nil, aborted(err)
		}
		standing, _ := dedupe.Standing(list)
		for _, j := range standing {
			x, okX := number[j.A]
			y, okY := number[j.B]
			if okX && okY && x != y && j.Verdict != dedupe.CannotTell {
				l.Pairs = append(l.Pairs, dedupe.Label{A: x, B: y, Same: j.Verdict == dedupe.Same})
				met++
			}
		}
	} else {
		id, entity, ok := strings.Cut(t.truthColumns, ",")
		if !ok || id == "" || entity == "" {
			return nil, usage("--truth-columns must be two names, ID,ENTITY")
		}
		list, err := dedupe.ReadMemberships(all, path, id, entity)
		if err != nil {
			return nil, aborted(err)
		}
		l.Entity = slices.Repeat([]int32{-1}, len(ids.ends))
		names := map[string]int32{}
		for _, one := range list {
			if _, ok := names[one.Cluster]; !ok {
				names[one.Cluster] = int32(len(names))
			}
			if i, ok := number[one.Record]; ok {
				l.Entity[i] = names[one.Cluster]
				met++
			}
		}
	}
	if met == 0 {
		return nil, usage("%s: not one of its records is in the file: are the ids the same?", path)
	}
	return l, nil
}

// labelled says whether a truth is one of labelled pairs, by its header, and gives
// a reader of the whole.
func labelled(f io.Reader, path string) (bool, io.Reader, error) {
	head := make([]byte, 4096)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, nil, aborted(errors.New(path + " can't be read: " + bare(err).Error()))
	}
	line, _, _ := strings.Cut(string(head[:n]), "\n")
	return strings.Contains(line, "id_a") && strings.Contains(line, "id_b"), io.MultiReader(strings.NewReader(string(head[:n])), f), nil
}
