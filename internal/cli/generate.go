package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// generating are the flags of generate.
type generating struct {
	kind, out, truth, labels, errs, asOf string
	before, after, amendLabels           string
	n                                    int
	seed                                 uint64
	duplicates                           float64
	jobs                                 int
}

func (a *app) generate() *cobra.Command {
	g := &generating{}
	c := &cobra.Command{
		Use:   "generate",
		Short: "Make synthetic records with known truth and known errors",
		Long: `generate makes up records of people, vehicles or missing-person episodes: a
population with families, homes and moves, whose identifiers agree with their
holders. Part of the records are further records of one entity, and errors are
planted as the profile says; --truth and --error-labels state both. The same
seed gives the same bytes, whatever the number of jobs. Nobody in it is real.

Records go to --out: JSON Lines, Parquet or Excel if its name ends in .jsonl,
.parquet or .xlsx, else CSV. With
--before and --after it makes amendments instead: the same records before and
after a change, good ones and bad ones, told apart by --amend-labels.`,
		Example: `  ledsq generate --kind person --n 1000 --seed 7 --out people.csv --truth truth.csv --error-labels errors.csv
  ledsq generate --kind missing --n 200 --errors realistic --out episodes.jsonl
  ledsq generate --kind vehicle --n 100 --before before.jsonl --after after.jsonl --amend-labels labels.csv`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runGenerate(c.Context(), g) },
	}
	p := c.Flags()
	p.StringVar(&g.kind, "kind", "person", "`KIND` of the records: person, vehicle or missing")
	p.IntVarP(&g.n, "n", "n", 1000, "how many records, or pairs of records with --before")
	p.Uint64Var(&g.seed, "seed", 1, "the same seed gives the same records")
	p.Float64Var(&g.duplicates, "duplicates", sample.DefaultDuplicates, "`SHARE` of the records that are further records of an entity, 0 to 0.9")
	p.StringVar(&g.errs, "errors", "clean", "`PROFILE` of errors: clean, realistic, harsh, or a YAML file of your own")
	p.StringVar(&g.asOf, "as-of", "", "`DATE` the records are made for (default: "+sample.DefaultAsOf().Format(time.DateOnly)+", so that a seed always means the same)")
	p.StringVar(&g.out, "out", "-", "`FILE` for the records; - is standard output")
	p.StringVar(&g.truth, "truth", "", "`FILE` for id,entity_id")
	p.StringVar(&g.labels, "error-labels", "", "`FILE` for id,field,type,original of each planted error")
	p.StringVar(&g.before, "before", "", "`FILE` for records before an amendment, as JSON Lines")
	p.StringVar(&g.after, "after", "", "`FILE` for the same records after it")
	p.StringVar(&g.amendLabels, "amend-labels", "", "`FILE` for id,type,flag,rule of each amendment")
	p.IntVar(&g.jobs, "jobs", 0, "how many workers; never changes the output (default: one per processor)")
	choices(c, "kind", "person", "vehicle", "missing")
	choices(c, "errors", "clean", "realistic", "harsh")
	return c
}

// options turns the flags into what the generator takes.
func (g *generating) options() (sample.Options, error) {
	o := sample.Options{Kind: record.Kind(g.kind), N: g.n, Seed: g.seed, Duplicates: g.duplicates, Jobs: g.jobs}
	if record.New(o.Kind) == nil {
		return o, unknown("kind", g.kind, []string{"person", "vehicle", "missing"})
	}
	if g.duplicates == 0 {
		o.Duplicates = -1 // none; 0 is the generator's default
	}
	if o.Jobs == 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	if g.asOf != "" {
		t, err := time.Parse(time.DateOnly, g.asOf)
		if err != nil {
			return o, usage("--as-of must be a date such as 2026-11-23")
		}
		o.AsOf = t.Add(12 * time.Hour)
	}
	var err error
	if o.Profile, err = profile(g.errs); err != nil {
		return o, err
	}
	if err := o.Validate(); err != nil {
		return o, usage("%w", err)
	}
	return o, nil
}

// profile finds a profile by name, or reads it from a file.
func profile(name string) (sample.Profile, error) {
	if p, ok := sample.ProfileByName(name); ok {
		return p, nil
	}
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return sample.Profile{}, usage("there is no profile %q: use clean, realistic, harsh, or the path of a YAML file", name)
	}
	if err != nil {
		return sample.Profile{}, aborted(err)
	}
	defer func() { _ = f.Close() }() // read only
	p, err := sample.ParseProfile(f)
	if err != nil {
		return p, usage("%s: %w", name, err)
	}
	return p, nil
}

func (a *app) runGenerate(ctx context.Context, g *generating) error {
	o, err := g.options()
	if err != nil {
		return err
	}
	outs := &outputs{app: a}
	defer outs.discard()
	if g.before != "" || g.after != "" || g.amendLabels != "" {
		if g.before == "" || g.after == "" {
			return usage("amendments need both --before FILE and --after FILE")
		}
		if err := g.amendments(ctx, o, outs); err != nil {
			return aborted(err)
		}
		return outs.commit()
	}
	var to sample.Outputs
	for _, one := range []struct {
		path, sheet string
		w           *io.Writer
	}{{g.out, "Records", &to.Records}, {g.truth, "Truth", &to.Truth}, {g.labels, "Errors", &to.Labels}} {
		if one.path == "" {
			continue
		}
		if *one.w, err = outs.openTable(one.path, one.sheet); err != nil {
			return err
		}
	}
	write := sample.WriteCSV
	if jsonLines(g.out) {
		write = sample.WriteJSONL
	}
	if err := write(ctx, o, to); err != nil {
		return aborted(err)
	}
	return outs.commit()
}

// amendments writes records before and after a change as JSON Lines, since an
// amendment may touch what CSV has no column for.
func (g *generating) amendments(ctx context.Context, o sample.Options, outs *outputs) error {
	before, err := outs.open(g.before)
	if err != nil {
		return err
	}
	after, err := outs.open(g.after)
	if err != nil {
		return err
	}
	var labels *csv.Writer
	if g.amendLabels != "" {
		w, err := outs.openTable(g.amendLabels, "Labels")
		if err != nil {
			return err
		}
		labels = csv.NewWriter(w)
		if err := labels.Write([]string{"id", "type", "flag", "rule"}); err != nil {
			return err
		}
	}
	old, now := json.NewEncoder(before), json.NewEncoder(after)
	err = sample.GenerateAmendments(ctx, o, func(m sample.Amended) error {
		if err := errors.Join(old.Encode(m.Before), now.Encode(m.After)); err != nil || labels == nil {
			return err
		}
		return labels.Write([]string{m.Before.Head().ID, m.Type, strconv.FormatBool(m.Flag), m.Rule})
	})
	if labels != nil {
		labels.Flush()
		err = errors.Join(err, labels.Error())
	}
	return err
}
