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

// Hit is a record that may be about who or what was asked for.
type Hit struct {
	ID          string     `json:"id"`
	Source      string     `json:"source,omitempty"`  // system, as the record named it
	Cluster     string     `json:"cluster,omitempty"` // the id of its cluster
	Weight      float64    `json:"weight"`            // bits
	Probability float64    `json:"probability"`
	Decision    Decision   `json:"decision"`
	Strong      string     `json:"strong,omitempty"` // an identifier that names one person, vehicle or episode, and that both hold: PNC ID, VIN …
	Evidence    []Evidence `json:"evidence"`
	Reason      string     `json:"reason"`
}

// Answer is what a search found, the heaviest first, of equal ones by id.
type Answer struct {
	Hits     []Hit `json:"hits"`
	Compared int   `json:"compared"` // records
	// Few says that what was asked could not make a match even if all of it
	// agreed: hits are those that agree best on it, below the thresholds too.
	Few bool `json:"few"`
	// Complete is false when there may be more than was looked at; Why says why.
	Complete bool   `json:"complete"`
	Why      string `json:"why,omitempty"`
}

// Limits of a search.
const (
	DefaultHits = 10
	maxHits     = 1000
	// A text longer than this is not searched for: nobody is called so.
	maxAsked = 1 << 10
)

// asker is what one search at a time works with.
type asker struct {
	c    *core
	row  int32
	lent []uint32 // by column: ids used of those on loan
	list []int32
	once gatherer
	asks []ask
}

// ask is a list of records to look through.
type ask struct {
	p *posting
	h uint64
	n int
}

func newAsker(c *core, slot int) *asker {
	return &asker{c: c, row: int32(slot), lent: make([]uint32, len(c.t.cols)), once: gatherer{t: c.t}}
}

// Search gives the records that are likely about whom or what a normalised record
// describes, which may hold a few fields only: a name, a phone number, half a mark
// with ? for a character and * for any number of them. A record of the same id is
// left out, as it is the record itself. limit is how many hits, DefaultHits for 0
// and 1,000 at most.
//
// It takes bounded time whatever is asked, less when the context ends before: it
// then gives what it has, and says so in the answer. An error says that the
// record is of another kind.
func (x *Index) Search(ctx context.Context, r record.Record, limit int) (*Answer, error) {
	if r.Kind() != x.kind {
		return nil, fmt.Errorf("dedupe: a %s was asked for in an index of kind %s", r.Kind(), x.kind)
	}
	if limit <= 0 {
		limit = DefaultHits
	}
	limit = min(limit, maxHits)
	r, wild := wildcards(r)
	f := &Finder{kind: x.kind, preset: x.preset}
	row := f.Prepare(r)
	defer rows.Put(row)
	out := &Answer{Hits: []Hit{}, Complete: true}
	for _, cells := range [][]cell{row.cells, row.more} {
		for i := range cells {
			if len(cells[i].text) > maxAsked {
				cells[i].text = ""
				out.Complete, out.Why = false, "a value of more than a thousand bytes was left out of the search"
			}
		}
	}
	row.cells = slices.DeleteFunc(row.cells, func(c cell) bool { return c.text == "" })
	if len(row.cells)+len(row.others)+len(wild) == 0 {
		out.Complete = false
		out.Why = "there is nothing to search for: no name, date, address, contact or identifier that can be compared"
		return out, nil
	}
	var slot int
	select {
	case slot = <-x.slots:
	case <-ctx.Done():
		out.Complete, out.Why = false, "time ran out before the search began"
		return out, nil
	}
	defer func() { x.slots <- slot }()
	x.mu.RLock()
	defer x.mu.RUnlock()
	x.asking[slot].search(ctx, row, wild, r.Head().ID, limit, out)
	return out, nil
}

// seat writes what is asked into the asker's row.
func (a *asker) seat(row *Row) {
	t := a.c.t
	clear(a.lent)
	own := t.cells[int(a.row)*t.width : int(a.row+1)*t.width]
	clear(own)
	for _, c := range row.cells {
		own[c.column] = a.id(c)
	}
	t.others[a.row] = t.others[a.row][:0]
	for i, o := range row.others {
		if i == lentOther {
			break
		}
		r := a.c.others + a.row*lentOther + int32(i)
		cells := t.extra[int(r-extraRows)*t.width : int(r-extraRows+1)*t.width]
		copy(cells, own)
		for _, c := range row.more[o.from:o.to] {
			cells[c.column] = a.id(c)
		}
		t.others[a.row] = append(t.others[a.row], other{o.concept, r})
	}
}

// id gives the id of a value: one on loan if no record has it.
func (a *asker) id(c cell) uint32 {
	col := a.c.t.cols[c.column]
	if c.text == "" {
		return missing
	}
	if _, id := col.look(c.text, c.hash); id != missing {
		return id
	}
	if a.lent[c.column] == lentEach {
		return missing
	}
	id := uint32(a.row)*lentEach + a.lent[c.column] + 1
	a.lent[c.column]++
	col.text[id] = c.text
	for _, d := range col.all() {
		d.forget(id)
	}
	return id
}

func (a *asker) search(ctx context.Context, row *Row, wild []wildcard, self string, limit int, out *Answer) {
	c := a.c
	a.seat(row)
	s := c.search
	b := newBounded(s, math.Inf(-1))
	b.first(a.row)
	join, review := bitsOf(cmp.Or(c.cfg.Match, c.frozen.Model.Match)), bitsOf(c.cfg.Review)
	out.Few = b.agreed() < join || len(wild) > 0
	if !out.Few {
		b.floor = review - slack
	}
	more := a.gather(ctx, wild, out)
	fits := 0
	var found []scored
	for i, y := range a.list {
		if i&127 == 127 && ctx.Err() != nil {
			out.Complete, out.Why = false, fmt.Sprintf("time ran out: %d of %d candidates were compared", i, len(a.list))
			break
		}
		if c.hidden[y] || c.idText(y) == self && self != "" || !c.wildFits(wild, y) {
			continue
		}
		fits++
		out.Compared++
		p, ok := b.pattern(y)
		if !ok {
			continue
		}
		if out.Few && !agrees(s.comparisons, p, len(wild) > 0) {
			continue
		}
		if w := s.weight(p, a.row, y, nil); w >= review || out.Few {
			found = append(found, scored{a.row, y, p, w})
		}
	}
	wildBits := 0.0
	if len(wild) > 0 && fits > 0 {
		wildBits = max(math.Log2(float64(c.live)/float64(fits)), 0)
	}
	slices.SortFunc(found, func(x, y scored) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), strings.Compare(c.idText(x.b), c.idText(y.b)))
	})
	if more != "" && out.Complete {
		out.Complete, out.Why = false, more
	}
	for i := range found[:min(limit, len(found))] {
		out.Hits = append(out.Hits, c.hit(s, &found[i], wild, wildBits, join, review))
	}
}

// agreed is what a record would weigh that agreed on all the record has.
func (b *bounded) agreed() float64 {
	w := b.s.prior
	for k := range b.comparisons {
		has := b.aIDs[k] != missing
		for _, col := range b.cols[k] {
			has = has || b.comparisons[k].anyOf && b.t.id(col, b.a) != missing
		}
		if has {
			w += max(b.s.most(k, 1, b.a), 0)
		}
	}
	return w
}

// agrees says whether nothing that was compared differs, and something was.
func agrees(comparisons []comparison, p pattern, any bool) bool {
	for k := range comparisons {
		switch l := p.level(k); {
		case l == uint8(len(comparisons[k].levels)):
			return false
		case l > 0:
			any = true
		}
	}
	return any
}

func (c *core) hit(s *scorer, x *scored, wild []wildcard, wildBits, join, review float64) Hit {
	h := Hit{ID: c.idText(x.b), Source: c.source.text[c.from[x.b]], Cluster: c.ids.text[c.label[x.b]], Decision: NoMatch, Weight: x.weight}
	s.weight(x.p, x.a, x.b, func(one addend) { h.Evidence = append(h.Evidence, s.evidence(one, x.p, x.a, x.b)) })
	for i, w := range wild {
		e := Evidence{Comparison: w.name, Level: w.name + " fits what is known of it"}
		if i == 0 {
			e.Weight = wildBits
		}
		h.Evidence = append(h.Evidence, e)
		h.Weight += e.Weight
	}
	h.Probability = probability(h.Weight)
	apart, d := s.apart(x.p), NoMatch
	switch {
	case h.Weight >= join && apart == "":
		d = Match
	case h.Weight >= review:
		d = Review
	}
	h.Decision = d
	if apart != "" && h.Weight >= join {
		d = Match // by its own evidence
	}
	if h.Reason = reason(h.Evidence, d, appendSaid); apart != "" && d == Match {
		h.Reason += "; " + apart
	}
	h.Strong = c.strong(x.p)
	return h
}

// strong gives the first comparison that names one entity and agrees.
func (c *core) strong(p pattern) string {
	for k, cmp := range c.still.comparisons {
		if (cmp.identifies || slices.Contains(strongOnes, cmp.name)) && p.level(k) == 1 {
			return cmp.name
		}
	}
	return ""
}

// strongOnes are comparisons, beside the identifiers of persons, that name one
// vehicle or episode.
var strongOnes = []string{"VIN", "mark", "episode"}

// gather lists the records to compare, those under the most selective keys first.
// It gives why there may be more, "" if there are none.
func (a *asker) gather(ctx context.Context, wild []wildcard, out *Answer) (more string) {
	c := a.c
	a.list, a.asks = a.list[:0], a.asks[:0]
	c.eachKey(a.row, func(p *posting, h uint64) {
		if p.parts != nil { // for wildcards
			return
		}
		if n := p.size(h, c.cfg.MaxCandidates); n > 0 {
			a.asks = append(a.asks, ask{p, h, n})
		}
	})
	budget := c.cfg.MaxCandidates
	for i := range wild {
		list, rest := c.wildRows(ctx, &wild[i], budget)
		a.list = append(a.list, list...)
		if rest {
			more = "more records may fit than were compared: say more, or give it more time"
		}
	}
	slices.SortStableFunc(a.asks, func(x, y ask) int { return cmp.Or(x.n-y.n, strings.Compare(x.p.name, y.p.name)) })
	for _, k := range a.asks {
		if len(a.list) >= budget {
			break
		}
		// Under common values alone nobody is looked for, unless there is nothing else.
		if len(wild) > 0 || k.n > standardLimits.block && len(a.list) > 0 && (!out.Few || len(a.list) >= standardLimits.block) {
			continue
		}
		left := budget - len(a.list)
		k.p.each(k.h, func(r int32) bool {
			if !c.hidden[r] {
				a.list = append(a.list, r)
				left--
			}
			return left > 0
		})
		if k.n > standardLimits.block && left <= 0 {
			more = fmt.Sprintf("more than %d records share what was asked: say more, such as a date of birth or a place", budget)
		}
	}
	a.once.list = a.list
	a.once.once()
	a.list = a.once.list
	return more
}

// Known gives the records that hold the same identifier as a normalised record:
// one that names a person, a vehicle or an episode and no other. It takes
// microseconds. A record of the same id is left out; one that holds several of the
// same identifiers stands several times, by one each.
func (x *Index) Known(r record.Record) []Hit {
	if r.Kind() != x.kind {
		return nil
	}
	f := &Finder{kind: x.kind, preset: x.preset}
	row := f.Prepare(r)
	defer rows.Put(row)
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.core
	var out []Hit
	for _, cell := range row.cells {
		col := c.t.cols[cell.column]
		_, id := col.look(cell.text, cell.hash)
		if id == missing {
			continue
		}
		name := c.identifier(col.name)
		if name == "" {
			continue
		}
		for _, p := range c.posts {
			if len(p.atoms) != 1 || c.preset.atoms[p.atoms[0]].column != col.name || c.preset.atoms[p.atoms[0]].coarse {
				continue
			}
			left := DefaultHits
			atom := &c.preset.atoms[p.atoms[0]]
			p.each(mix(1, fnv64(atom.name+"\x00"+atom.derive(cell.text))), func(at int32) bool {
				if !c.hidden[at] && c.t.id(col, at) == id && c.idText(at) != r.Head().ID && !slices.ContainsFunc(out, func(o Hit) bool { return o.ID == c.idText(at) && o.Strong == name }) {
					out = append(out, Hit{ID: c.idText(at), Source: c.source.text[c.from[at]], Cluster: c.ids.text[c.label[at]], Strong: name, Reason: "same " + name})
					left--
				}
				return left > 0
			})
			break
		}
	}
	slices.SortStableFunc(out, func(a, b Hit) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// identifier gives the comparison of a column that names one entity, "" for others.
func (c *core) identifier(column string) string {
	for _, k := range c.still.comparisons {
		if (k.identifies || slices.Contains(strongOnes, k.name)) && k.uses[0] == column {
			return k.name
		}
	}
	return ""
}
