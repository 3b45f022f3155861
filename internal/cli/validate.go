package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"leds.internal/ledsq"
	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

func (a *app) validate() *cobra.Command {
	f := &common{}
	c := &cobra.Command{
		Use:   "validate FILE…",
		Short: "Judge whole data sets: records, duplicates, conflicts between sources (Code 6.4)",
		Long: `validate takes each file for a source. It judges every record, looks for
duplicates among the records of all the files, lists what records of one entity
disagree on, and measures the whole. The records are held in memory. Nothing is
merged: people decide.`,
		Example: `  ledsq validate custody.csv crime.csv
  ledsq validate --out json=report.json --out markdown persons.csv`,
		Args: files(1, 0, "at least one file"),
		RunE: func(c *cobra.Command, args []string) error { return a.runValidate(c.Context(), f, args) },
	}
	f.reading(c)
	f.reporting(c, allFormats())
	f.fairness(c)
	f.failing(c)
	c.Flags().StringVar(&f.statement, "statement", "", "`FILE` for the quality statement, JSON: what a sender gives a recipient with the data")
	return c
}

func (a *app) runValidate(ctx context.Context, f *common, paths []string) error {
	var shown *progress
	f.progress = func(s dedupe.Stage, done float64) { shown.matching(s, done) }
	engine, in, kind, err := f.begin(ctx, a, paths)
	if err != nil {
		return err
	}
	defer closeAll(in)
	h := f.header("validate", paths)
	h.Kind, h.Principle = string(kind), string(quality.Validate)
	h.Rules = rulesOf(principlesOf(quality.Validate), []record.Kind{kind})
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	r, err := f.reporter(a, h, outs)
	if err != nil {
		return err
	}
	shown = f.follow(a, in, matchStages(false))
	defer shown.stop()
	var places []place
	var found *ledsq.Found
	switch kind {
	case record.KindPerson:
		found, err = validateAs[*record.Person](ctx, engine, in, f, r, &places)
	case record.KindVehicle:
		found, err = validateAs[*record.Vehicle](ctx, engine, in, f, r, &places)
	default:
		found, err = validateAs[*record.MissingPerson](ctx, engine, in, f, r, &places)
	}
	if err != nil {
		return aborted(err)
	}
	shown.stop()
	f.notes(a, in)
	for i := range found.Records {
		j, p := &found.Records[i], places[i]
		one := &report.Record{ID: j.ID, File: p.file, Row: p.row, Line: p.line, Score: j.Score, Findings: j.Findings, Force: p.force, Source: p.source, Value: f.valueOf(p.rec)}
		if err := r.record(one); err != nil {
			return err
		}
	}
	sum := r.tally.Sum()
	sum.NotRun = within(engine.NotRun(), h.Rules)
	sum.Set = f.set(found, places)
	for _, s := range found.Sources {
		r.sources = append(r.sources, s.Findings...)
	}
	if f.statement != "" {
		w, err := outs.open(f.statement)
		if err != nil {
			return err
		}
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(found.Statement); err != nil {
			return written(err)
		}
	}
	defer f.sayPolicy(a, engine)
	return r.finish(sum)
}

// place is where a record was read, and whose it is. The record is kept for the
// first ones only, for the values of examples.
type place struct {
	file          string
	row, line     int
	force, source string
	rec           record.Record
}

// keepValues is of how many records the values are kept for examples: a rule
// that finds anything mostly does so among the first.
const keepValues = 20_000

// validateAs reads the inputs as sources of one type of record.
func validateAs[R record.Record](ctx context.Context, e *ledsq.Engine, in []*input, f *common, r *reporter, places *[]place) (*ledsq.Found, error) {
	var sources []ledsq.Source[R]
	for _, one := range in {
		sources = append(sources, ledsq.Source[R]{Name: sourceName(one), Records: rowsAs[R](ctx, one, f.jobs, r, places)})
	}
	return ledsq.Validate(ctx, e, sources)
}

// sourceName is a file's name without folder and endings.
func sourceName(in *input) string {
	name, _, _ := strings.Cut(filepath.Base(in.path), ".")
	if name == "" || name == "-" {
		return in.name()
	}
	return name
}

// rowsAs gives the records of an input; rows that can't be read are skipped and told.
func rowsAs[R record.Record](ctx context.Context, in *input, jobs int, r *reporter, places *[]place) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		var none R
		for rows, err := range in.Batches(ctx, jobs) {
			if err != nil {
				yield(none, err)
				return
			}
			for i := range rows {
				row := &rows[i]
				if row.Err != nil {
					if err := r.skip(row); err != nil {
						yield(none, err)
						return
					}
					continue
				}
				rec, ok := row.Record.(R)
				if !ok {
					yield(none, fmt.Errorf("%s: row %d: a %s among other records", row.File, row.Number, row.Record.Kind()))
					return
				}
				p := place{file: row.File, row: row.Number, line: row.Line}
				p.force, p.source = whose(rec.Head(), row.File)
				p.source = strings.Clone(p.source) // it may be a piece of a whole row
				if len(*places) < keepValues {
					p.rec = rec
				}
				*places = append(*places, p)
				if !yield(rec, nil) {
					return
				}
			}
		}
	}
}

// set puts what was found of the whole into the report.
func (f *common) set(found *ledsq.Found, places []place) *report.Set {
	m := &found.Metrics
	s := &report.Set{Filled: m.Completeness, Matches: m.DuplicatePairs, Reviews: m.ReviewPairs, Clusters: m.Clusters, Rate: m.DuplicateRate,
		Pairs: []report.SetPair{}, Conflicts: []report.Conflict{}, Dropped: report.Droppings(found.Dropped)}
	if found.Matching != nil {
		s.Candidates = found.Matching.Candidates
	}
	name := func(i int) string {
		if id := found.Records[i].ID; id != "" {
			return id
		}
		return fmt.Sprintf("%s row %d", places[i].file, places[i].row)
	}
	pairs := slices.Clone(found.Duplicates)
	slices.SortStableFunc(pairs, func(a, b ledsq.Duplicate) int {
		return cmp.Or(cmp.Compare(decisionOrder(a.Decision), decisionOrder(b.Decision)), cmp.Compare(b.Weight, a.Weight))
	})
	for _, d := range pairs {
		s.Pairs = append(s.Pairs, report.SetPair{A: name(d.A), B: name(d.B), Weight: d.Weight, Probability: d.Probability, Decision: string(d.Decision), Reason: d.Reason})
	}
	for _, c := range found.Conflicts {
		out := report.Conflict{Field: c.Field, Why: c.Why}
		for _, i := range c.Records {
			out.Records = append(out.Records, name(i))
		}
		col, ok := record.FindColumn(found.Kind, c.Field)
		shown := func(v string) string {
			switch {
			case ok:
				return f.mask(col.Field, v)
			case !f.reveal:
				return "***"
			}
			return v
		}
		for _, v := range c.Values {
			out.Values = append(out.Values, shown(v))
		}
		for _, h := range c.Held {
			out.Held = append(out.Held, report.Held{Value: shown(h.Value), Source: h.Source, At: string(h.At), Assurance: string(h.Assurance)})
		}
		s.Conflicts = append(s.Conflicts, out)
	}
	s.Sources = sourceTotals(found)
	s.Weigh(found.Matching)
	plain := make([]dedupe.Pair, len(found.Duplicates))
	for i := range plain {
		plain[i] = found.Duplicates[i].Pair
	}
	s.Largest = report.LargestClusters(clusterOf(len(found.Records), found.Clusters), plain, name)
	return s
}

func decisionOrder(d dedupe.Decision) int {
	if d == dedupe.Match {
		return 0
	}
	return 1
}

// sourceTotals measures each source, in the order met.
func sourceTotals(found *ledsq.Found) []report.SourceTotal {
	out := []report.SourceTotal{}
	at := map[string]int{}
	for i := range found.Records {
		j := &found.Records[i]
		k, ok := at[j.Source]
		if !ok {
			k = len(out)
			at[j.Source] = k
			out = append(out, report.SourceTotal{Name: j.Source})
		}
		out[k].Records++
		out[k].Score += j.Score.Overall
	}
	for i := range out {
		out[i].Score /= float64(out[i].Records)
	}
	for _, s := range found.Sources {
		out[at[s.Name]].Findings, out[at[s.Name]].Rates = s.Findings, s.Rates
	}
	return out
}
