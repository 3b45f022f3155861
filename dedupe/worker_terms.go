package dedupe

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
)

// termColumn is a column whose values are counted, or something that is counted
// like one.
type termColumn struct {
	name   string
	column int // of the preset, -1 for none
	seed   uint64
}

// Counted beside the columns: whole names, the given names and surnames of those
// who have both, and ids, to find any that two records have.
const (
	termNames   = "whole name"
	termGiven   = "given of whole name"
	termSurname = "surname of whole name"
	termID      = "id"
)

// termColumns are the columns whose values adjust weights.
func (f *Finder) termColumns() []termColumn {
	used := map[string]bool{}
	for _, c := range f.preset.comparisons {
		for _, l := range c.levels {
			used[l.column], used[l.second] = true, true
		}
	}
	var out []termColumn
	for i, a := range f.preset.attributes {
		if used[a.name] {
			out = append(out, termColumn{a.name, i, fnv64("column\x00" + a.name)})
		}
	}
	for _, name := range [...]string{termNames, termGiven, termSurname, termID} {
		out = append(out, termColumn{name, -1, fnv64("also\x00" + name)})
	}
	return out
}

// term is how often a value occurs, by the hash of column and value.
type term struct {
	key    uint64
	column uint8 // place among the worker's
	n      int32
}

// termCounter counts the values of records as long as they fit a bounded table.
type termCounter struct {
	w              *Worker
	counts         map[term]int32 // by term with n left 0
	out            *outbox
	given, surname int
}

const mostTerms = 1 << 20

func (w *Worker) newTermCounter(out Sink) *termCounter {
	c := &termCounter{w: w, counts: map[term]int32{}, out: newOutbox(BatchTerms, out), given: -1, surname: -1}
	for i, a := range w.f.preset.attributes {
		switch a.name {
		case "given":
			c.given = i
		case "surname":
			c.surname = i
		}
	}
	return c
}

// row counts the values of a record.
func (c *termCounter) row(r *Row, id string) error {
	var given, surname uint64
	for _, cell := range r.cells {
		if cell.column == c.given {
			given = cell.hash
		}
		if cell.column == c.surname {
			surname = cell.hash
		}
	}
	for k, t := range c.w.terms {
		for _, cell := range r.cells {
			if cell.column == t.column {
				c.add(k, cell.hash, 1)
			}
		}
		c.names(k, given, surname, 1)
		if t.name == termID && id != "" {
			c.add(k, fnv64(id), 1)
		}
	}
	if len(c.counts) < mostTerms {
		return nil
	}
	return c.flush()
}

// names counts a whole name, and its parts.
func (c *termCounter) names(k int, given, surname uint64, by int32) {
	if given == 0 || surname == 0 {
		return
	}
	switch c.w.terms[k].name {
	case termNames:
		c.add(k, mix(given, surname), by)
	case termGiven:
		c.add(k, given, by)
	case termSurname:
		c.add(k, surname, by)
	}
}

func (c *termCounter) add(k int, hash uint64, by int32) {
	c.counts[term{key: mix(c.w.terms[k].seed, hash), column: uint8(k)}] += by
}

// less takes away the values of a record of a part.
func (c *termCounter) less(t *table, r int32) error {
	hash := func(col *column) uint64 {
		if col == nil {
			return 0
		}
		if id := t.id(col, r); id != missing {
			return fnv64(col.text[id])
		}
		return 0
	}
	given, surname := hash(t.column("given")), hash(t.column("surname"))
	for k, one := range c.w.terms {
		if one.column >= 0 {
			if h := hash(t.cols[one.column]); h != 0 {
				c.add(k, h, -1)
			}
		}
		c.names(k, given, surname, -1)
	}
	if len(c.counts) < mostTerms {
		return nil
	}
	return c.flush()
}

// flush gives the counts to their shards, in an order of their own.
func (c *termCounter) flush() error {
	list := make([]term, 0, len(c.counts))
	for t, n := range c.counts {
		t.n = n
		list = append(list, t)
	}
	clear(c.counts)
	slices.SortFunc(list, byKey)
	for _, t := range list {
		b := c.out.to(c.w.shard(t.key))
		b.Data = appendTerm(b.Data, t)
		if err := c.out.sent(b); err != nil {
			return err
		}
	}
	return c.out.close()
}

func byKey(x, y term) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.column, y.column)) }

func appendTerm(b []byte, t term) []byte {
	b = append(binary.LittleEndian.AppendUint64(b, t.key), t.column)
	return binary.AppendUvarint(b, uint64(uint32(t.n<<1)^uint32(t.n>>31)))
}

// countStep adds up the counts of one shard.
type countStep struct {
	w    *Worker
	out  Sink
	list []term
	in   int64
}

// NewCount makes a step that adds up BatchTerms of one shard. It gives them added
// up, and BatchCommon for those who need to know how common a value is.
func (w *Worker) NewCount(out Sink) Step { return &countStep{w: w, out: out} }

func (s *countStep) Take(b Batch) error {
	if b.Kind != BatchTerms {
		return unexpected(b)
	}
	s.in += int64(b.Items)
	err := items(b, func(c *cursor) {
		t := term{key: c.uint64()}
		if len(c.s) == 0 || int(c.s[0]) >= len(s.w.terms) {
			c.bad = true
			return
		}
		t.column = c.s[0]
		c.s = c.s[1:]
		z := uint32(c.uvarint())
		t.n = int32(z>>1) ^ -int32(z&1)
		s.list = append(s.list, t)
	})
	if len(s.list) > 4*mostTerms && len(s.list) > 2*cap(s.list)/3 {
		s.merge()
	}
	return err
}

// merge adds up the counts of one value.
func (s *countStep) merge() {
	slices.SortFunc(s.list, byKey)
	n := 0
	for i, t := range s.list {
		if i > 0 && s.list[n-1].key == t.key && s.list[n-1].column == t.column {
			s.list[n-1].n += t.n
			continue
		}
		s.list[n] = t
		n++
	}
	s.list = s.list[:n]
}

func (s *countStep) End() (Tally, error) {
	s.merge()
	tally := Tally{"termsIn": s.in}
	all, common := newOutbox(BatchTerms, s.out), newOutbox(BatchCommon, s.out)
	for _, t := range s.list {
		name := s.w.terms[t.column].name
		if t.n < 0 {
			return nil, errors.New("dedupe: more of a value was taken away than there was")
		}
		if t.n == 0 {
			continue
		}
		if name == termID {
			tally["sameIDs"] += int64(t.n) - 1
			continue
		}
		tally["n:"+name] += int64(t.n)
		tally["squares:"+name] += int64(t.n) * int64(t.n)
		shard := s.w.shard(t.key)
		b := all.to(shard)
		b.Data = appendTerm(b.Data, t)
		if err := all.sent(b); err != nil {
			return nil, err
		}
		if t.n > 1 {
			b := common.to(shard)
			b.Data = binary.LittleEndian.AppendUint64(b.Data, t.key)
			b.Data = binary.LittleEndian.AppendUint32(b.Data, uint32(t.n))
			if err := common.sent(b); err != nil {
				return nil, err
			}
		}
	}
	tally["terms"], tally["common"] = all.total, common.total
	return tally, errors.Join(all.close(), common.close())
}

// overall is what a table of a part of the records knows of all of them.
type overall struct {
	n      int
	facts  *Facts
	counts map[*column][]int32 // by value
	names  together
}

// all is how many records there are, those that lie elsewhere included.
func (t *table) all() int {
	if t.overall != nil {
		return t.overall.n
	}
	return t.n
}

// rarities is rarities of the table, from what was counted on all records.
func (w *overall) rarities(c *column) ([]float64, float64) {
	of := w.facts.Terms[c.name]
	agree := agreementOf(of.Squares, of.N)
	rare := make([]float64, len(c.text))
	for id := range rare {
		k := int32(1) // a value that is not common occurs once
		if id < len(w.counts[c]) {
			k = max(w.counts[c][id], 1)
		}
		rare[id] = rareness(agree, k, of.N)
	}
	return rare, rareness(agree, 1, of.N)
}

// together says how names go together in all records.
func (w *overall) together(g together) together {
	if !w.facts.Entities {
		return g
	}
	g.holders, g.givenHolders, g.lastHolders, g.n = w.names.holders, w.names.givenHolders, w.names.lastHolders, w.names.n
	return g
}

// load looks up how common the values of a part are.
func (w *overall) load(p *part) error {
	type want struct {
		key uint64
		put func(n int32)
	}
	t := p.t
	var wants []want
	w.counts = map[*column][]int32{}
	seed := map[string]uint64{}
	for _, one := range p.w.terms {
		seed[one.name] = one.seed
		if one.column < 0 {
			continue
		}
		c := t.cols[one.column]
		counts := make([]int32, len(c.text))
		w.counts[c] = counts
		for id := 1; id < len(c.text); id++ {
			wants = append(wants, want{mix(one.seed, fnv64(c.text[id])), func(n int32) { counts[id] = n }})
		}
	}
	if given, surname := t.column("given"), t.column("surname"); w.facts.Entities && given != nil && surname != nil {
		w.names.n = float64(w.facts.Terms[termNames].N)
		w.names.count(t.n/2, len(given.text), len(surname.text))
		for r := range int32(t.n) {
			x, y := t.id(given, r), t.id(surname, r)
			name := full(x, y)
			if name == 0 || w.names.holders.of(name) != 0 {
				continue
			}
			w.names.holders.add(name, 1)
			hx, hy := fnv64(given.text[x]), fnv64(surname.text[y])
			wants = append(wants, want{mix(seed[termNames], mix(hx, hy)), func(n int32) { w.names.holders.set(name, n) }})
			if w.names.givenHolders.of(uint64(x)) == 0 {
				w.names.givenHolders.add(uint64(x), 1)
				wants = append(wants, want{mix(seed[termGiven], hx), func(n int32) { w.names.givenHolders.set(uint64(x), n) }})
			}
			if w.names.lastHolders.of(uint64(y)) == 0 {
				w.names.lastHolders.add(uint64(y), 1)
				wants = append(wants, want{mix(seed[termSurname], hy), func(n int32) { w.names.lastHolders.set(uint64(y), n) }})
			}
		}
	}
	slices.SortFunc(wants, func(x, y want) int { return cmp.Compare(x.key, y.key) })
	if p.w.cfg.Common == nil {
		return errors.New("dedupe: the step needs to know how common values are")
	}
	at, last := 0, uint64(0)
	for b, err := range p.w.cfg.Common {
		if err != nil {
			return err
		}
		if b.Kind != BatchCommon {
			return unexpected(b)
		}
		if len(b.Data) != 12*b.Items {
			return damaged(b)
		}
		for i := 0; i < len(b.Data); i += 12 {
			key, n := binary.LittleEndian.Uint64(b.Data[i:]), int32(binary.LittleEndian.Uint32(b.Data[i+8:]))
			if key < last {
				return errors.New("dedupe: the common values are not in the order of their hashes")
			}
			last = key
			for at < len(wants) && wants[at].key < key {
				at++
			}
			for ; at < len(wants) && wants[at].key == key; at++ {
				wants[at].put(n)
			}
		}
	}
	return nil
}
