package dedupe

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"

	"leds.internal/ledsq/record"
)

// Config says how to look for duplicates. The zero value is the documented
// default and needs no tuning.
type Config struct {
	// Match is the probability from which a pair is proposed as a match. If 0 it is
	// chosen between 0.7 and 0.95 from the error rates that the weights foretell
	// (Model.Match says what was chosen).
	Match float64
	// Review is the probability from which a pair is shown for clerical review, 0.2 if 0.
	Review float64
	// Jobs is how many workers compare at the same time, the number of
	// processors if 0. It never changes a result.
	Jobs int
}

func (c Config) withDefaults() Config {
	if c.Review == 0 {
		c.Review = 0.2
	}
	if c.Jobs == 0 {
		c.Jobs = runtime.GOMAXPROCS(0)
	}
	return c
}

// Validate says what is wrong with a configuration, or nil.
func (c Config) Validate() error {
	c = c.withDefaults()
	switch {
	case c.Match < 0 || c.Match >= 1 || c.Review <= 0 || c.Review >= 1:
		return errors.New("dedupe: probabilities must lie between 0 and 1")
	case c.Match > 0 && c.Review > c.Match, c.Match == 0 && c.Review > lowestMatch:
		return errors.New("dedupe: the review threshold lies above the match threshold")
	case c.Jobs < 0:
		return errors.New("dedupe: the number of jobs is negative")
	}
	return nil
}

// Finder gathers records and then finds duplicates among them. It keeps what it
// compares, not the records.
type Finder struct {
	kind   record.Kind
	cfg    Config
	preset preset
	t      *table
	limits limits

	planned [][]string // the names of the atoms of each key, once planned
}

// NewFinder makes a finder for records of one kind.
func NewFinder(k record.Kind, cfg Config) (*Finder, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	p, ok := presetFor(k)
	if !ok {
		return nil, fmt.Errorf("dedupe: no comparisons for records of kind %q", k)
	}
	return &Finder{kind: k, cfg: cfg.withDefaults(), preset: p, t: newTable(p.attributes), limits: standardLimits}, nil
}

// Add adds a record, which must be normalised (see normalise.Record) and of the
// finder's kind. Records are numbered from 0 in the order they are added.
func (f *Finder) Add(r record.Record) error { return f.AddRow(f.Prepare(r)) }

// AddRight adds a record of the right-hand file: from then on two files are
// linked, those of Add on the left, and only pairs across them are looked for.
func (f *Finder) AddRight(r record.Record) error { return f.AddRightRow(f.Prepare(r)) }

// Len is how many records were added.
func (f *Finder) Len() int { return f.t.n }

// Find compares the records added. With fewer than two there is nothing to
// find. It can be called once.
func (f *Finder) Find(ctx context.Context) (*Result, error) {
	t, jobs := f.t, f.cfg.Jobs
	res := &Result{Clusters: make([]int, t.n), Model: &Model{Match: cmp.Or(f.cfg.Match, lowestMatch), Review: f.cfg.Review}}
	for i := range res.Clusters {
		res.Clusters[i] = i
	}
	t.compact()
	comparisons := active(t, f.preset.comparisons)
	if t.n < 2 || len(comparisons) == 0 {
		return res, ctx.Err()
	}
	random := drawPairs(t, comparisons, randomPairs, jobs)
	cand := f.block(ctx, comparisons, random)
	for _, s := range cand.sets {
		if s.drop.Blocks > 0 {
			res.Dropped = append(res.Dropped, s.drop)
		}
	}
	s, err := f.learner(ctx, comparisons, cand, random)
	if err != nil {
		return nil, err
	}
	s.learn(res.Model)
	review := bitsOf(f.cfg.Review)
	pairs, n, err := s.score(ctx, cand, jobs, min(review, least)-4)
	if err != nil {
		return nil, err
	}
	res.Model.Candidates = n
	join := func() float64 {
		if f.cfg.Match == 0 {
			res.Model.Match = chooseMatch(pairs, s.apart)
		}
		return bitsOf(res.Model.Match)
	}
	// Learn once more, with chance and frequencies counted on one record of each
	// entity, then weigh and join anew.
	res.Clusters = clusters(t, pairs, join(), s, jobs)
	for range 2 {
		s.fit(res.Clusters)
		s.learn(res.Model)
		for i := range pairs {
			pairs[i].weight = s.weight(pairs[i].p, pairs[i].a, pairs[i].b, nil)
		}
		res.Clusters = clusters(t, pairs, join(), s, jobs)
	}
	s.describe(res.Model)
	s.propose(res, pairs, bitsOf(res.Model.Match), review)
	res.Model.Precision = expectedPrecision(res.Pairs)
	return res, ctx.Err()
}

// block chooses keys and makes the blocks.
func (f *Finder) block(ctx context.Context, comparisons []comparison, random []drawn) *candidates {
	t := f.t
	// Of two files one may be small and the other large: both bounds hold.
	if t.pairs() <= float64(f.limits.allPairs) && t.n <= 5000 {
		return &candidates{t, []*blockSet{everything(t)}}
	}
	p := newPlanner(t, f.preset.atoms, f.limits)
	c := &candidates{t: t}
	keys := p.plan(ctx, f, comparisons, random)
	for _, k := range keys {
		f.planned = append(f.planned, p.names(k))
	}
	c.sets = make([]*blockSet, len(keys))
	share(f.cfg.Jobs, len(keys), func() func(int) {
		own := &sorter{}
		return func(i int) { c.sets[i] = p.blocks(keys[i], own) }
	})
	return c
}

// How many pairs are enough to estimate from.
const (
	emPairs     = 1_000_000 // candidate pairs, those that share several keys counted as often, for the mixture
	randomPairs = 500_000   // pairs drawn at random, for u
)

// learner counts what the model is estimated from.
func (f *Finder) learner(ctx context.Context, comparisons []comparison, cand *candidates, random []drawn) (*scorer, error) {
	t := f.t
	share := uint64(min(max(cand.pairs()/emPairs, 1), 1<<16-1))
	counts, err := countPatterns(ctx, t, comparisons, cand, f.cfg.Jobs, share)
	if err != nil {
		return nil, err
	}
	for i := range counts {
		counts[i].n *= float64(share)
	}
	s := &scorer{t: t, preset: &f.preset, comparisons: comparisons, random: random, counts: counts}
	s.fit(nil)
	return s, nil
}
