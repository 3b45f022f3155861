package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/frame"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
)

// working are the flags of the steps of worker.
type working struct {
	matching
	facts, plan, labels string
	shards, file        int
	last                bool
}

// worker is the verb that a cluster runs: see spark/ and docs/spark.md.
func (a *app) worker() *cobra.Command {
	c := &cobra.Command{
		Use:   "worker",
		Short: "Do one step of dedupe on a part of the records, for a cluster such as Apache Spark",
		Long: `worker does one step of ledsq dedupe --model on a part of the records. It reads
batches from standard input and writes batches to standard output, each with a
checksum, and a trailer at the end that says how many there were; without the
trailer a stream counts as broken. The driver in spark/ puts the steps together.

read, count, sample, plan and keys find out what is compared with what; blocks
and place bring it together; score compares; link, forest, gather and components
make the clusters, three times over; write and publish give the files of
ledsq dedupe, byte for byte.

Batches hold records: keep them where the records may be kept. Error messages
hold none. Steps read no configuration file.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("step of worker", args[0], stepNames())
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.workerOpen(), a.workerRead(), a.workerPublish())
	for _, s := range workerSteps {
		c.AddCommand(a.workerStep(s))
	}
	return c
}

// workerSteps are the steps that take batches and give batches.
var workerSteps = []struct {
	name, short string
	begin       func(ctx context.Context, w *dedupe.Worker, o *working, out dedupe.Sink) dedupe.Step
}{
	{"count", "Add up how often values occur", func(_ context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return w.NewCount(out)
	}},
	{"sample", "Leave of the records those that keys are planned from", func(_ context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return w.NewSample(out)
	}},
	{"plan", "Choose blocking keys", func(ctx context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return &planning{w.NewPlan(ctx), out}
	}},
	{"keys", "Give the blocking keys of records", func(_ context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return w.NewKeys(out)
	}},
	{"blocks", "Find who shares a key, and leave out blocks too large", func(_ context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return w.NewBlocks(out)
	}},
	{"place", "Send records to where their blocks are compared", func(_ context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return w.NewPlace(out)
	}},
	{"score", "Compare the pairs of blocks", func(_ context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return w.NewScore(out)
	}},
	{"link", "Say which records pairs connect", func(_ context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return w.NewLink(out)
	}},
	{"forest", "Put together who is connected with whom", func(_ context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return w.NewForest(out)
	}},
	{"gather", "Bring the pairs of connected records together", func(_ context.Context, w *dedupe.Worker, o *working, out dedupe.Sink) dedupe.Step {
		return w.NewGather(o.last, out)
	}},
	{"components", "Make the clusters of connected records", func(_ context.Context, w *dedupe.Worker, o *working, out dedupe.Sink) dedupe.Step {
		return w.NewComponents(o.last, out)
	}},
	{"write", "Give the lines of pairs and clusters", func(_ context.Context, w *dedupe.Worker, _ *working, out dedupe.Sink) dedupe.Step {
		return w.NewWrite(out)
	}},
}

func stepNames() []string {
	names := []string{"open", "read"}
	for _, s := range workerSteps {
		names = append(names, s.name)
	}
	return append(names, "publish")
}

// planning gives the plan as a batch.
type planning struct {
	*dedupe.PlanStep
	out dedupe.Sink
}

// batchJSON is the kind of a batch of JSON: facts and plans.
const batchJSON = 'J'

func (p *planning) End() (dedupe.Tally, error) {
	plan, err := p.PlanStep.End()
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(plan)
	if err != nil {
		return nil, err
	}
	return dedupe.Tally{"keys": int64(len(plan.Keys))}, p.out(dedupe.Batch{Kind: batchJSON, Items: 1, Data: data})
}

// flags adds what all the steps share.
func (o *working) flags(c *cobra.Command) {
	p := c.Flags()
	p.StringVar(&o.model, "model", "", "`FILE` of the model, JSON that ledsq train wrote; needed")
	p.IntVar(&o.shards, "shards", 1, "how many parts the work is cut into, the same for all steps")
	p.Float64Var(&o.match, "match-probability", 0, "as for ledsq dedupe")
	p.Float64Var(&o.review, "review-probability", 0, "as for ledsq dedupe")
}

func (a *app) workerStep(s struct {
	name, short string
	begin       func(ctx context.Context, w *dedupe.Worker, o *working, out dedupe.Sink) dedupe.Step
}) *cobra.Command {
	o := &working{}
	c := &cobra.Command{Use: s.name, Short: s.short, Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		w, err := a.newWorker(o)
		if err != nil {
			return err
		}
		return a.pipe(func(out dedupe.Sink) (dedupe.Step, error) { return s.begin(c.Context(), w, o, out), nil })
	}}
	o.flags(c)
	p := c.Flags()
	p.StringVar(&o.facts, "facts", "", "`FILE` of what is known of all records")
	p.StringVar(&o.plan, "plan", "", "`FILE` of the keys, as plan gave it")
	p.StringVar(&o.labels, "labels", "", "`FILE` of who is connected with whom, as forest gave it")
	p.BoolVar(&o.last, "last", false, "the last of the three rounds: decide and name")
	p.StringVar(&o.pairs, "pairs", "", "`NAME` of the file the pairs will go to: its ending says what a line is")
	p.StringVar(&o.clusters, "clusters", "", "`NAME` of the file the clusters will go to")
	safeFlag(c, &o.safe)
	return c
}

// newWorker makes a worker by its flags and side files.
func (a *app) newWorker(o *working) (*dedupe.Worker, error) {
	r, err := a.workerMatcher(&common{jobs: 1, quiet: true}, o)
	if err != nil {
		return nil, err
	}
	if r.schema != nil {
		r.finder, err = dedupe.NewSchemaFinder(r.schema, r.cfg)
	} else {
		r.finder, err = dedupe.NewFinder(r.cfg.Model.Kind, r.cfg)
	}
	if err != nil {
		return nil, usage("%s: %s", o.model, strings.TrimPrefix(err.Error(), "dedupe: "))
	}
	cfg := dedupe.WorkerConfig{Shards: o.shards, Least: report.ClusterIDs}
	w := o.writers()
	cfg.PairLine, cfg.ClusterLine = report.PairLine(w.jsonl, false, w.safePairs), report.ClusterLine(w.safeClusters)
	if o.facts != "" {
		if err := sideJSON(o.facts, &cfg.Facts); err != nil {
			return nil, err
		}
		cfg.Common = sideBatches(o.facts)
	}
	if o.plan != "" {
		if err := sideJSON(o.plan, &cfg.Plan); err != nil {
			return nil, err
		}
	}
	if o.labels != "" {
		cfg.Labels = sideBatches(o.labels)
	}
	worker, err := dedupe.NewWorker(r.finder, cfg)
	if err != nil {
		return nil, usage("%s", strings.TrimPrefix(err.Error(), "dedupe: "))
	}
	return worker, nil
}

// workerMatcher reads the model.
func (a *app) workerMatcher(f *common, o *working) (*matcher, error) {
	if o.model == "" || isYAML(o.model) {
		return nil, usage("worker needs --model FILE, JSON that ledsq train wrote: nothing is estimated on parts of the records")
	}
	return a.newMatcher(f, &o.matching)
}

// sideBatches reads a stream kept in a file, but for its JSON.
func sideBatches(path string) iter.Seq2[dedupe.Batch, error] {
	return func(yield func(dedupe.Batch, error) bool) {
		err := sideFrames(path, func(f frame.Frame) (bool, error) {
			return f.Kind == batchJSON || yield(dedupe.Batch(f), nil), nil
		})
		if err != nil {
			yield(dedupe.Batch{}, err)
		}
	}
}

// sideJSON reads the JSON that stands first in a stream kept in a file.
func sideJSON(path string, into any) error {
	found := false
	err := sideFrames(path, func(f frame.Frame) (bool, error) {
		if f.Kind != batchJSON {
			return false, nil
		}
		found = true
		return false, json.Unmarshal(f.Data, into)
	})
	if err == nil && !found {
		err = fmt.Errorf("%s: does not begin with what is known of all records", path)
	}
	return aborted(err)
}

// sideFrames gives the frames of a stream kept in a file, until use has enough.
func sideFrames(path string, use func(frame.Frame) (bool, error)) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%s can't be opened: %w", path, bare(err))
	}
	defer func() { _ = file.Close() }() // read only
	r := frame.NewReader(file)
	for {
		f, err := r.Next()
		if err == io.EOF {
			return nil
		}
		more := false
		if err == nil {
			more, err = use(f)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if !more {
			return nil
		}
	}
}

// pipe runs a step from standard input to standard output.
func (a *app) pipe(begin func(out dedupe.Sink) (dedupe.Step, error)) (err error) {
	defer guardStep(&err)
	out := frame.NewWriter(a.stdout)
	step, err := begin(func(b dedupe.Batch) error { return out.Write(frame.Frame(b)) })
	if err != nil {
		return err
	}
	in := frame.NewReader(a.stdin)
	for {
		f, err := in.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return aborted(fmt.Errorf("standard input: %w", err))
		}
		if err := step.Take(dedupe.Batch(f)); err != nil {
			return aborted(err)
		}
	}
	tally, err := step.End()
	if err != nil {
		return aborted(err)
	}
	return aborted(out.Close(tally))
}

// guardStep turns a fault of ours into an error that holds no value of a record.
func guardStep(err *error) {
	if x := recover(); x != nil {
		*err = &failure{exitCrash, fmt.Errorf("internal fault (%T): nothing more was written; report it to whoever maintains ledsq", x)}
	}
}

// settled is what open found out about the files, which the others are told.
type settled struct {
	Kind      string `json:"kind"` // "" for records of a schema
	AsOf      string `json:"asOf"`
	DateOrder string `json:"dateOrder"`
	HasIDs    bool   `json:"hasIDs"` // that row numbers need not stand for
}

func (a *app) workerOpen() *cobra.Command {
	f, o := &common{}, &working{}
	c := &cobra.Command{Use: "open FILE…", Short: "Say how files are read, as JSON, before they are read in parts", Args: files(1, 0, "at least one file"),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.workerInput(c.Context(), f, o, args)
			if err != nil {
				return err
			}
			defer closeAll(r.in)
			orders, one := f.orders(r.in)
			if !one {
				return usage("dates of some files are written day first and of others month first (%s): workers read all in one order, which --date-order says", strings.Join(orders, ", "))
			}
			s := settled{AsOf: f.day, DateOrder: orders[0], HasIDs: true}
			if r.schema == nil {
				s.Kind = string(r.in[0].Kind())
			}
			for _, one := range r.in {
				_, hasID, err := r.preparer(one, "")
				if err != nil {
					return err
				}
				s.HasIDs = s.HasIDs && hasID
			}
			return aborted(json.NewEncoder(a.stdout).Encode(s))
		}}
	f.reading(c)
	o.flags(c)
	return c
}

// workerInput opens files as dedupe does.
func (a *app) workerInput(ctx context.Context, f *common, o *working, paths []string) (*matcher, error) {
	if err := f.parse(a); err != nil {
		return nil, err
	}
	r, err := a.workerMatcher(f, o)
	if err != nil {
		return nil, err
	}
	return r, r.open(ctx, paths, false)
}

func (a *app) workerRead() *cobra.Command {
	f, o := &common{}, &working{}
	c := &cobra.Command{Use: "read FILE", Short: "Read and normalise one file, and give its records", Args: files(1, 1, "one file"),
		RunE: func(c *cobra.Command, args []string) error { return a.runWorkerRead(c.Context(), f, o, args) }}
	f.reading(c)
	o.flags(c)
	c.Flags().IntVar(&o.file, "file", 0, "the place of the file among the files, from 0")
	c.Flags().BoolVar(&o.prefixIDs, "prefix-ids", false, "put the name of the file before each id")
	return c
}

func (a *app) runWorkerRead(ctx context.Context, f *common, o *working, paths []string) (err error) {
	defer guardStep(&err)
	f.quiet = true
	r, err := a.workerInput(ctx, f, o, paths)
	if err != nil {
		return err
	}
	defer closeAll(r.in)
	in := r.in[0]
	prefix := ""
	if o.prefixIDs {
		prefix = sourceName(in) + ":"
	}
	worker, _, err := r.preparer(in, prefix)
	if err != nil {
		return err
	}
	w, err := dedupe.NewWorker(r.finder, dedupe.WorkerConfig{Shards: o.shards})
	if err != nil {
		return usage("%s", strings.TrimPrefix(err.Error(), "dedupe: "))
	}
	out := frame.NewWriter(a.stdout)
	step := w.NewRead(o.file, func(b dedupe.Batch) error { return out.Write(frame.Frame(b)) })
	skipped := int64(0)
	err = eachText(ctx, in, f.jobs, worker, func(row *ingest.Row, p prepared) error {
		if row.Err != nil {
			if skipped++; skipped == 1 {
				a.warn("%v", row.Err)
			}
			return nil
		}
		return step.Add(p.id, p.row)
	})
	if err != nil {
		return err
	}
	tally, err := step.End()
	if err != nil {
		return aborted(err)
	}
	tally["skipped"] = skipped
	return aborted(out.Close(tally))
}

func (a *app) workerPublish() *cobra.Command {
	m := &matching{}
	c := &cobra.Command{Use: "publish", Short: "Write the files of pairs and clusters from their lines, once all have come", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.runPublish(m) }}
	p := c.Flags()
	p.StringVar(&m.pairs, "pairs", "", "`FILE` for the pairs, as for ledsq dedupe")
	p.StringVar(&m.clusters, "clusters", "", "`FILE` for the clusters, as for ledsq dedupe")
	safeFlag(c, &m.safe)
	return c
}

// runPublish writes the files, which appear only if the stream is whole.
func (a *app) runPublish(m *matching) error {
	outs := &outputs{app: a}
	defer outs.discard()
	w, err := m.open(outs, nil)
	if err != nil {
		return err
	}
	none := func(int) string { return "" }
	if w.pairs != nil {
		if err := report.WritePairs(w.pairs, nil, nil, none, w.jsonl, false, w.safePairs, 1); err != nil {
			return written(err)
		}
	}
	if w.clusters != nil {
		if err := report.WriteClusters(w.clusters, 0, none, none, w.safeClusters, 1); err != nil {
			return written(err)
		}
	}
	in, last := frame.NewReader(a.stdin), map[byte]uint64{}
	for {
		f, err := in.Next()
		if err == io.EOF {
			return outs.commit()
		}
		if err != nil {
			return aborted(fmt.Errorf("standard input: %w", err))
		}
		if f.Kind != dedupe.BatchPairText && f.Kind != dedupe.BatchClusText {
			return aborted(fmt.Errorf("standard input: a batch of kind %q is nothing to publish", f.Kind))
		}
		if at, met := last[f.Kind]; met && f.Key <= at {
			return aborted(errors.New("standard input: the lines are not in order"))
		}
		last[f.Kind] = f.Key
		to := w.pairs
		if f.Kind == dedupe.BatchClusText {
			to = w.clusters
		}
		if to == nil {
			continue
		}
		if _, err := to.Write(f.Data); err != nil {
			return written(err)
		}
	}
}
