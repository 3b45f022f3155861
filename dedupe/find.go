package dedupe

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

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
	// PairsPerRecord is how many candidate pairs blocking may take for each record
	// without asking what matches they bring, 2 if 0. More lose fewer pairs and take
	// longer. Beyond them, and up to 30 or this number for each record, a key must be
	// worth its pairs.
	PairsPerRecord int
	// Judgements are people's decisions on pairs of records, by their ids (see
	// ReadJudgements). They hold whatever the weights say, and change no weight.
	// When two files are linked, the first record is looked for in the left one.
	Judgements []Judgement
	// Model was estimated elsewhere and is used as it stands: nothing is estimated
	// but how common values are in these records. nil estimates a model.
	Model *ModelFile
	// Cardinality says how many records of each file may be one when two files are
	// linked, any number if "".
	Cardinality Cardinality
	// Memory bounds what matching may take, in bytes; 0 is no bound. It changes no
	// result: where not all blocks fit at once, the records are gone through in
	// parts, and where that is not enough either, Find gives a MemoryError before
	// it compares. The collector of the process must be held to it too (see
	// runtime/debug.SetMemoryLimit).
	Memory int64
	// Saved, unless nil, keeps the pairs once they are compared, and if it has them
	// already they are not compared again.
	Saved Saved
	// Progress, unless nil, is told how far Find has come: the share of the stage
	// that is done, from 0 to 1. Several goroutines call it, and wait for it.
	Progress func(s Stage, done float64)
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
	case c.Cardinality != "" && !slices.Contains(Cardinalities(), c.Cardinality):
		return fmt.Errorf("dedupe: there is no cardinality %q", c.Cardinality)
	case c.PairsPerRecord < 0 || c.PairsPerRecord > mostPerRecord:
		return fmt.Errorf("dedupe: pairs per record must be 1 to %d", mostPerRecord)
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
	schema *Schema // of records of no kind of ours, else nil
	labels *Labels
	named  map[string]*[2]int32 // by id, of records with a decision: their numbers in the left and the right file, plus 1

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
	return newFinder(k, p, cfg)
}

func newFinder(k record.Kind, p preset, cfg Config) (*Finder, error) {
	if m := cfg.Model; m != nil {
		cfg.Match = cmp.Or(cfg.Match, m.Model.Match)
		cfg.Review = cmp.Or(cfg.Review, min(m.Model.Review, cfg.Match))
	}
	if err := cfg.Model.fits(k, &p); err != nil {
		return nil, err
	}
	return &Finder{kind: k, cfg: cfg.withDefaults(), preset: p, t: newTable(p.attributes), limits: standardLimits.spending(cfg.PairsPerRecord), named: namedBy(cfg.Judgements)}, nil
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
	bounds := f.bounds()
	terms := f.terms(bounds)
	t.compact()
	comparisons := active(t, f.cfg.Model.known(f.preset.comparisons))
	if t.n < 2 || len(comparisons) == 0 {
		terms.together(res.Clusters)
		res.Decided = f.decided(terms, res)
		return res, ctx.Err()
	}
	f.tell(Planning, 0)
	random := drawPairs(t, comparisons, randomPairs, jobs)
	s, pairs, err := f.compare(ctx, comparisons, random, res)
	if err != nil {
		return nil, err
	}
	review := s.bits(f.cfg.Review)
	join := func() float64 {
		if f.cfg.Match == 0 {
			res.Model.Match = chooseMatch(pairs, s.apart)
		}
		return s.bits(res.Model.Match)
	}
	// Learn once more, with chance and frequencies counted on one record of each
	// entity, then weigh and join anew.
	// What people decided of a few records changes no weight of others.
	f.tell(Clustering, 0)
	res.Clusters = clusters(t, pairs, join(), s, jobs, bounds)
	weigh := func() {
		s.weighAll(pairs)
		res.Clusters = clusters(t, pairs, join(), s, jobs, bounds)
	}
	for round := range 2 {
		f.tell(Clustering, float64(round+1)/3)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if s.given != nil {
			s.count(res.Clusters)
		} else {
			s.fit(res.Clusters)
			s.learn(res.Model)
		}
		weigh()
	}
	if s.given != nil { // what the other file held says nothing of this one
		res.Model.Expected = s.expected(pairs)
	}
	if f.labels != nil {
		res.Taught = s.teach(f.labels)
		weigh()
		res.Taught.judge(s, f.labels, pairs)
	}
	s.describe(res.Model)
	if terms != bounds {
		pairs = s.withDecided(pairs, terms.people)
		res.Clusters = clusters(t, pairs, s.bits(res.Model.Match), s, jobs, terms)
	}
	s.propose(res, pairs, s.bits(res.Model.Match), review, terms)
	res.Model.Precision = expectedPrecision(res.Pairs)
	res.Decided = f.decided(terms, res)
	return res, ctx.Err()
}

// block chooses keys and makes the blocks, or, where these would not fit into the
// memory allowed, what makes those of some records at a time.
func (f *Finder) block(ctx context.Context, comparisons []comparison, random []drawn) (*candidates, error) {
	t := f.t
	p, keys := f.chooseKeys(ctx, comparisons, random)
	c := &candidates{t: t, planner: p, keys: keys}
	if p == nil {
		c.sets = []*blockSet{everything(t)}
		return c, c.fits(f.cfg)
	}
	p.codes = nil // large, and done with
	f.tell(Planning, 0.5)
	build := func(held span) []*blockSet {
		sets := make([]*blockSet, len(keys))
		share(f.cfg.Jobs, len(keys), func() func(int) {
			own := &sorter{}
			return func(i int) { sets[i] = p.blocks(keys[i], own, held) }
		})
		return sets
	}
	if f.cfg.Memory > 0 && c.expected(f.cfg.Jobs) > f.cfg.Memory {
		c.sets, c.split = build(span{}), build // nobody's partners: what there is to count
	} else {
		c.sets = build(span{0, int32(t.n)})
		p.hash = nil
	}
	if err := c.fits(f.cfg); err != nil {
		return nil, err
	}
	return c, ctx.Err()
}

// everyPair says whether there are so few pairs that all are compared.
func (t *table) everyPair(l limits) bool {
	// Of two files one may be small and the other large: both bounds hold.
	return t.pairs() <= float64(l.allPairs) && t.all() <= 5000
}

// chooseKeys gives the keys; no planner where every pair is to be compared.
func (f *Finder) chooseKeys(ctx context.Context, comparisons []comparison, random []drawn) (*planner, []key) {
	if f.t.everyPair(f.limits) {
		return nil, nil
	}
	p := newPlanner(f.t, f.preset.atoms, f.limits, f.cfg.Jobs)
	keys := p.given(f.preset.keys)
	if f.preset.keys == nil {
		keys = p.plan(ctx, f, comparisons, random)
	}
	for _, k := range keys {
		f.planned = append(f.planned, p.names(k))
	}
	return p, keys
}
