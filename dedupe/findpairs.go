package dedupe

import "context"

// compare brings records together, estimates a model and weighs the pairs, or
// takes them as an earlier run saved them.
func (f *Finder) compare(ctx context.Context, comparisons []comparison, random []drawn, res *Result) (*scorer, []scored, error) {
	was, err := f.load()
	if err != nil {
		return nil, nil, err
	}
	if was == nil {
		return f.compareAll(ctx, comparisons, random, res)
	}
	f.planned, res.Dropped = was.Planned, was.Dropped
	var s *scorer
	if f.cfg.Model != nil {
		s = f.given(comparisons, res.Model)
	} else {
		s = f.learned(comparisons, random, was.counts)
		s.learn(res.Model)
		s.families = was.Families
		s.remember()
	}
	res.Model.Candidates, res.Model.Blocking = was.N, was.Blocking
	return s, was.pairs, nil
}

func (f *Finder) compareAll(ctx context.Context, comparisons []comparison, random []drawn, res *Result) (*scorer, []scored, error) {
	jobs := f.cfg.Jobs
	cand, err := f.block(ctx, comparisons, random)
	if err != nil {
		return nil, nil, err
	}
	f.tell(Estimating, 0)
	cand.tell = f.telling(Estimating)
	for _, s := range cand.sets {
		if s.drop.Blocks > 0 {
			res.Dropped = append(res.Dropped, s.drop)
		}
	}
	var s *scorer
	if f.cfg.Model != nil {
		s = f.given(comparisons, res.Model)
	} else {
		if s, err = f.learner(ctx, comparisons, cand, random); err != nil {
			return nil, nil, err
		}
		s.learn(res.Model)
	}
	f.tell(Comparing, 0)
	cand.tell = f.telling(Comparing)
	pairs, n, err := s.score(ctx, cand, jobs, f.floor(s))
	if err != nil {
		return nil, nil, err
	}
	if s.given == nil {
		s.families = f.preset.people && familiesIn(comparisons, pairs)
		s.remember()
	}
	res.Model.Candidates, res.Model.Blocking = n, cand.recapture(s, pairs) // the blocks are not kept beyond this
	if f.cfg.Saved == nil {
		return s, pairs, nil
	}
	now := &compared{Planned: f.planned, Dropped: res.Dropped, N: n, Blocking: res.Model.Blocking, Families: s.families, counts: s.counts, pairs: pairs}
	return s, pairs, f.cfg.Saved.Save(now.write)
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
	return f.learned(comparisons, random, counts), nil
}

// learned makes a scorer of what was counted.
func (f *Finder) learned(comparisons []comparison, random []drawn, counts []patternCount) *scorer {
	s := &scorer{t: f.t, preset: &f.preset, comparisons: comparisons, random: random, counts: counts, jobs: f.cfg.Jobs}
	s.fit(nil)
	return s
}
