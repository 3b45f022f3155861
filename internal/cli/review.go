package cli

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/evaluate"
	"leds.internal/ledsq/internal/report"
)

// maxReview is how many pairs a page holds: more than a person decides in weeks,
// and few enough for a browser.
const maxReview = 2000

// reviewing are the flags of review.
type reviewing struct {
	showing
	linked        bool
	sample        int
	match, review float64
	blind         bool
	compare       bool
}

func (a *app) review() *cobra.Command {
	f, v := &common{}, &reviewing{}
	c := &cobra.Command{
		Use:   "review PAIRS",
		Short: "Make a page on which people decide about pairs, or compare what two people decided",
		Long: `review writes one HTML page that works offline: the records of each pair side by
side, their differences marked, the reason in words and the evidence step by step.
Decisions are made with the keyboard or the mouse, kept in the browser, and saved
to a file of id_a,id_b,decision,reviewer,decided_at,rationale.

PAIRS is what --pairs of dedupe or link wrote; with .jsonl the evidence is shown
too. --records names the files the pairs were found in; those of link with --linked.
Values are masked unless --reveal is given: a reviewer who is to decide by them
must be allowed to see them. Of more than 2,000 pairs a sample is taken.

With --compare it reads two files of decisions instead and says how far they agree.`,
		Example: `  ledsq dedupe --pairs pairs.jsonl persons.csv
  ledsq review --records persons.csv --reveal --out html=review.html pairs.jsonl
  ledsq review --compare decisions-kim.csv decisions-sam.csv`,
		Args: func(c *cobra.Command, args []string) error {
			if v.compare {
				return files(2, 2, "with --compare two files of decisions")(c, args)
			}
			return files(1, 1, "one file of pairs")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if v.compare {
				return a.compareReviews(f, args)
			}
			return a.runReview(c.Context(), f, v, args[0])
		},
	}
	f.reading(c)
	p := c.Flags()
	v.flags(p, "`FILE` of the records, repeatable, as given to dedupe; of link both, LEFT first", "`FILE` of the model the pairs were found by, where it names the columns of records of no kind")
	p.BoolVar(&v.linked, "linked", false, "the two files of --records are those that link compared: they may use the same ids")
	p.StringArrayVar(&f.out, "out", nil, "`FORMAT=PATH`: html, or with --compare text or json; FORMAT alone is standard output")
	p.BoolVar(&f.reveal, "reveal", false, "do not mask personal values; the page says so")
	p.BoolVar(&v.blind, "blind", false, "leave scores, reasons and evidence out of the page")
	p.IntVar(&v.sample, "sample", 0, "take a sample of `N` pairs, most of them near the thresholds (default: all, at most 2000)")
	p.Float64Var(&v.match, "match-probability", 0.9, "the match threshold the pairs were found by, for the sample")
	p.Float64Var(&v.review, "review-probability", 0.2, "the review threshold the pairs were found by, for the sample")
	p.BoolVar(&v.compare, "compare", false, "compare two files of decisions")
	return c
}

func (a *app) runReview(ctx context.Context, f *common, v *reviewing, path string) error {
	if err := f.parse(a); err != nil {
		return err
	}
	specs, err := parseOut(f.out, []string{"html"})
	if err != nil {
		return err
	}
	switch {
	case v.sample < 0 || v.sample > maxReview:
		return usage("--sample must be from 1 to %d", maxReview)
	case v.match <= 0 || v.match >= 1 || v.review <= 0 || v.review > v.match:
		return usage("--match-probability and --review-probability must lie between 0 and 1, the second not above the first")
	case v.linked && len(v.records) != 2:
		return usage("--linked takes --records LEFT and --records RIGHT")
	}
	most := v.sample
	if most == 0 {
		most = maxReview
	}
	m, err := v.matcher(a, f)
	if err != nil {
		return err
	}
	outs := &outputs{app: a, inputs: append([]string{path}, v.records...)}
	defer outs.discard()
	var writers []io.Writer
	for _, s := range specs {
		w, err := outs.open(s.path)
		if err != nil {
			return err
		}
		writers = append(writers, w)
	}
	r := &report.Review{Tool: "ledsq", Version: moduleVersion(), Revealed: f.reveal, Blind: v.blind, Linked: v.linked, Schema: m.schema}
	s := report.NewSampler(most, v.match, v.review)
	err = a.eachPair(ctx, path, v.match, func(p evaluate.Scored) error {
		s.Add(&p)
		return nil
	})
	if err != nil {
		return err
	}
	if r.Pairs, r.Sampled = s.Pairs(); len(r.Pairs) == 0 {
		return usage("%s holds no pairs: there is nothing to review", path)
	}
	if r.Sampled != "" {
		f.say(a, "%s", r.Sampled)
	}
	if len(v.records) == 0 {
		f.say(a, "no records were given: the page shows ids and evidence only; --records FILE adds them")
	}
	var ids []sought
	for i := range r.Pairs {
		ids = append(ids, sought{r.Pairs[i].A, false}, sought{r.Pairs[i].B, true})
	}
	found, skipped, err := m.recordsOf(ctx, v.records, v.linked, ids)
	if err != nil {
		return err
	}
	r.Record, r.Reading = found.find, f.normalising()
	for _, w := range writers {
		if err := report.WriteReview(w, r); err != nil {
			return aborted(fmt.Errorf("%s: %w", path, err))
		}
	}
	if err := outs.commit(); err != nil {
		return err
	}
	switch {
	case f.reveal:
		f.say(a, "the page shows personal values: keep it as you would the records")
	case len(v.records) > 0:
		f.say(a, "values are masked in the page; --reveal shows them to a reviewer who may see them")
	}
	if len(skipped) > 0 {
		a.code = exitAborted
		a.skippedRows(len(skipped), skipped[0])
	}
	return nil
}

// compareReviews says how far two reviewers agree.
func (a *app) compareReviews(f *common, paths []string) error {
	specs, err := parseOut(f.out, report.AgreementFormats())
	if err != nil {
		return err
	}
	var lists [2][]dedupe.Judgement
	for i, path := range paths {
		if lists[i], err = readDecisions(path); err != nil {
			return err
		}
	}
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	sum := report.CompareReviews(paths[0], lists[0], paths[1], lists[1])
	for _, s := range specs {
		w, err := outs.open(s.path)
		if err != nil {
			return err
		}
		if err := report.WriteAgreement(w, s.format, sum, f.reveal); err != nil {
			return written(err)
		}
	}
	return outs.commit()
}

func readDecisions(path string) ([]dedupe.Judgement, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, aborted(fmt.Errorf("%s: %w", path, bare(err)))
	}
	defer file.Close()
	list, err := dedupe.ReadJudgements(file, path)
	return list, aborted(err)
}
