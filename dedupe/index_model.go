package dedupe

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"leds.internal/ledsq/record"
)

// frozen is what was estimated when the index was built. It is stored as it is.
type frozen struct {
	Learned          bool
	Records          int // estimated from
	Model            Model
	M, U, H          [][]float64 // by comparison of the preset and level
	Prior, HomePrior float64     // bits
	Alone            bool
	Families         bool
	Keys             [][]string // names of atoms
	Terms            []frozenTerms
	Names            frozenNames
}

// frozenTerms are the frequencies of one column: the counts of the values that
// occur more than once.
type frozenTerms struct {
	N     int64
	Agree float64
	IDs   []uint32
	Count []int32
}

// frozenNames are the names that go together: those that matter.
type frozenNames struct {
	N                float64
	Full             []uint64
	FullCount        []int32
	Given, Surname   []uint32
	GivenN, SurnameN []int32
}

// schema says in one text what is compared and how, so that an index made by
// other comparisons is not read as if it were by these.
func (p *preset) schema() string {
	var b strings.Builder
	for _, a := range p.attributes {
		fmt.Fprintf(&b, "%s,", a.name)
	}
	for _, c := range p.comparisons {
		fmt.Fprintf(&b, ";%s", c.name)
		for _, l := range c.levels {
			fmt.Fprintf(&b, ",%s", l.name)
		}
	}
	b.WriteByte(';')
	for _, a := range p.atoms {
		fmt.Fprintf(&b, "%s,", a.name)
	}
	return fmt.Sprintf("%016x", fnv64(b.String()))
}

// assumed is how many records an index is taken to hold, one in ten of which has
// a duplicate, where there were too few to estimate a model from.
const assumed = 10_000

// defaultMatch is the match threshold of an index without records to choose it by.
const defaultMatch = 0.9

// defaultFrozen gives the model of an index without records: the documented chances of
// each level.
func defaultFrozen(p *preset, cfg IndexConfig) *frozen {
	m, u, h := defaultLevels(p.comparisons)
	all := float64(assumed) * (assumed - 1) / 2
	f := &frozen{M: m, U: u, H: h, Keys: defaultKeys(p), Prior: bitsOf(assumed / 10 / all), HomePrior: math.Log2(assumed / 10 / all)}
	f.Model = Model{Match: cmp.Or(cfg.Match, defaultMatch), Review: cfg.Review, Prior: assumed / 10 / all}
	w := weights(m, u)
	for k, c := range p.comparisons {
		mc := ModelComparison{Name: c.name}
		for l, lv := range c.levels {
			mc.Levels = append(mc.Levels, ModelLevel{Name: lv.name, M: m[k][l], U: u[k][l], Weight: w[k][l]})
		}
		f.Model.Comparisons = append(f.Model.Comparisons, mc)
	}
	return f
}

// freeze takes what Find estimated. Comparisons for which there were no values
// keep their defaults.
func freeze(p *preset, cfg IndexConfig, t *table, res *Result, keys [][]string) *frozen {
	f := defaultFrozen(p, cfg)
	f.Records = t.n
	if res.found == nil || t.n < fewTerms {
		return f
	}
	s := res.found.s
	f.Learned, f.Model, f.Prior, f.HomePrior, f.Alone, f.Families, f.Keys = true, *res.Model, s.prior, s.homePrior, s.alone, s.families, keys
	for k, c := range p.comparisons {
		i := slices.IndexFunc(s.comparisons, func(a comparison) bool { return a.name == c.name })
		if i < 0 {
			continue
		}
		f.M[k], f.U[k] = s.m[i], s.u[i]
		if s.h != nil {
			f.H[k] = s.h[i]
		}
	}
	if s.h == nil {
		f.H = nil
	}
	members := representatives(t, res.Clusters)
	for _, col := range t.cols {
		f.Terms = append(f.Terms, freezeTerms(t, col, members))
	}
	f.Names = freezeNames(&s.names)
	return f
}

func freezeTerms(t *table, col *column, members []int32) (f frozenTerms) {
	counts := make([]int32, len(col.text))
	for _, r := range members {
		if id := t.id(col, r); id != missing {
			counts[id]++
			f.N++
		}
	}
	f.Agree = agreement(counts, f.N)
	for id, k := range counts {
		if k > 1 {
			f.IDs, f.Count = append(f.IDs, uint32(id)), append(f.Count, k)
		}
	}
	return f
}

func freezeNames(g *together) (f frozenNames) {
	if g.holders == nil {
		return f
	}
	f.N = g.n
	f.Full = g.holders.sorted(2) // two bear it by chance alone
	for _, name := range f.Full {
		f.FullCount = append(f.FullCount, g.holders.of(name))
	}
	sorted := func(t *tally) (ids []uint32, n []int32) {
		for _, id := range t.sorted(0) {
			ids, n = append(ids, uint32(id)), append(n, t.of(id))
		}
		return ids, n
	}
	f.Given, f.GivenN = sorted(g.givenHolders)
	f.Surname, f.SurnameN = sorted(g.lastHolders)
	return f
}

// weigh makes the two scorers of a frozen model.
func (c *core) weigh() {
	f, t := c.frozen, c.t
	comparisons := slices.Clone(c.preset.comparisons)
	base := scorer{t: t, preset: c.preset, comparisons: comparisons, m: f.M, u: f.U, weights: weights(f.M, f.U), prior: f.Prior, homePrior: f.HomePrior, alone: f.Alone, families: f.Families}
	if f.H != nil {
		base.h, base.home = f.H, weights(f.H, f.U)
	}
	base.names = f.names(t, comparisons)
	still, live := base, base
	frozenCounts := make([]*termCounts, len(t.cols))
	for i := range t.cols {
		k := &termCounts{}
		if f.Learned {
			k.n, k.agree = f.Terms[i].N, f.Terms[i].Agree
			k.count = make([]int32, len(t.cols[i].text))
			for j, id := range f.Terms[i].IDs {
				k.count[id] = f.Terms[i].Count[j]
			}
			c.counts[i].agree = k.agree
		} else {
			c.counts[i].least = fewTerms
		}
		frozenCounts[i] = k
	}
	still.rarities = raritiesOf(t, comparisons, frozenCounts)
	live.rarities = raritiesOf(t, comparisons, c.counts)
	c.still, c.search = &still, &live
}

func raritiesOf(t *table, comparisons []comparison, counts []*termCounts) (out [][]levelRarity) {
	of := func(name string) *rarity {
		if name == "" {
			return nil
		}
		col := t.column(name)
		return &rarity{column: col, counts: counts[col.index]}
	}
	for _, c := range comparisons {
		var levels []levelRarity
		for _, l := range c.levels {
			levels = append(levels, levelRarity{of(l.column), of(l.second), l.share})
		}
		out = append(out, levels)
	}
	return out
}

func (f *frozen) names(t *table, comparisons []comparison) together {
	g := namesTogether(t, comparisons, nil)
	if len(f.Names.Given) == 0 || g.given < 0 || g.surname < 0 {
		return g
	}
	g.first, g.last, g.n = t.column("given"), t.column("surname"), f.Names.N
	g.count(len(f.Names.Full), len(f.Names.Given), len(f.Names.Surname))
	for i, name := range f.Names.Full {
		g.holders.add(name, f.Names.FullCount[i])
	}
	for i, id := range f.Names.Given {
		g.givenHolders.add(uint64(id), f.Names.GivenN[i])
	}
	for i, id := range f.Names.Surname {
		g.lastHolders.add(uint64(id), f.Names.SurnameN[i])
	}
	return g
}

// IndexBuilder gathers records and makes an index of them: the model is estimated
// as Finder does, and its clusters are the first ones.
type IndexBuilder struct {
	x        *Index
	f        *Finder
	c        *core
	decided  []Judgement
	earlier  []storedEntry
	previous []Membership
}

// NewIndexBuilder begins an index of records of one kind.
func NewIndexBuilder(k record.Kind, cfg IndexConfig) (*IndexBuilder, error) {
	x, err := newIndex(k, cfg, nil)
	if err != nil {
		return nil, err
	}
	f, err := NewFinder(k, cfg.Config)
	if err != nil {
		return nil, err
	}
	f.t = newIndexTable(&x.preset)
	return &IndexBuilder{x: x, f: f, c: newCore(&x.preset, x.cfg, f.t)}, nil
}

// Prepared is what is kept of a record.
type Prepared struct {
	row        *Row
	id, source string
}

// Prepare reads what is kept of a normalised record. It may be called by several
// workers at once.
func (b *IndexBuilder) Prepare(r record.Record) *Prepared { return prepare(b.f, r) }

func prepare(f *Finder, r record.Record) *Prepared {
	return &Prepared{f.Prepare(r), r.Head().ID, r.Head().SourceSystem}
}

// Add takes in a prepared record. It is for one worker at a time.
func (b *IndexBuilder) Add(p *Prepared) error {
	if err := b.x.fits(p); err != nil {
		return err
	}
	if _, there := b.c.ids.find(p.id); there {
		return ErrExists
	}
	if err := b.f.AddRow(p.row); err != nil {
		return err
	}
	b.c.idOf = append(b.c.idOf, b.c.newID(p.id))
	b.c.from = append(b.c.from, b.c.source.id(p.source, fnv64(p.source)))
	b.c.hidden = append(b.c.hidden, false)
	return nil
}

// fits says what is wrong with a record for this index.
func (x *Index) fits(p *Prepared) error {
	switch {
	case p.row.kind != x.kind:
		return fmt.Errorf("dedupe: a %s in an index of kind %s", p.row.kind, x.kind)
	case p.id == "":
		return ErrNoID
	case len(p.id) > maxIDBytes || len(p.source) > maxIDBytes:
		return fmt.Errorf("dedupe: an id or a name of a source of more than %d bytes", maxIDBytes)
	}
	return nil
}

const maxIDBytes = 1 << 12

// Build makes the index. With a store, which must be empty, all is written there
// before it returns. The builder can't be used again.
func (b *IndexBuilder) Build(ctx context.Context, store Store) (*Index, error) {
	x, c, t := b.x, b.c, b.f.t
	n := t.n
	res, err := b.f.Find(ctx)
	if err != nil {
		return nil, err
	}
	if n >= fewTerms && b.f.planned == nil && res.found != nil { // so few that every pair was compared
		p := newPlanner(t, x.preset.atoms, standardLimits, x.cfg.Jobs)
		comparisons := res.found.s.comparisons
		for _, k := range p.plan(ctx, b.f, comparisons, drawPairs(t, comparisons, randomPairs, x.cfg.Jobs)) {
			b.f.planned = append(b.f.planned, p.names(k))
		}
	}
	keys := b.f.planned
	c.frozen = freeze(&x.preset, x.cfg, t, res, keys)
	res.found = nil
	c.seat()
	for i := range n {
		c.rowOf[c.idOf[searchers+i]] = int32(searchers + i)
	}
	c.live = n
	if err := c.begin(x.kind); err != nil {
		return nil, err
	}
	c.seatClusters(res.Clusters)
	x.core = c
	return x, x.settle(b, store)
}

// begin makes what follows from the records and the model.
func (c *core) begin(k record.Kind) error {
	c.counts = c.recount()
	c.weigh()
	if err := c.postings(k); err != nil {
		return err
	}
	share(c.cfg.Jobs, 2, func() func(int) {
		return func(i int) {
			if i == 0 {
				c.warm()
			} else {
				c.fileAll()
			}
		}
	})
	for _, col := range c.t.cols {
		col.linked = len(col.links.values)
	}
	for i := range c.asking {
		c.asking[i] = newAsker(c, i)
	}
	return nil
}
