package dedupe

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"leds.internal/ledsq/record"
)

// posting is the records under the values of one blocking key: those there were
// when it was made, sorted by hash, and those that came since, chained.
type posting struct {
	name   string
	atoms  []int  // places in the preset's atoms
	narrow bool   // only for searches by few fields: too common to compare everybody under it
	column string // in place of atoms, of which the parts of a text are taken
	parts  func(text string) []string

	shift  uint
	starts []uint32 // by the upper bits of a hash
	list   []uint64 // the lower bits of the hash, and the row
	heads  map[uint64]int32
	pool   []link
}

type link struct{ row, next int32 }

// keySep joins the atoms of a key in its name.
const keySep = " + "

// newPosting makes one by the names of its atoms.
func newPosting(p *preset, atoms []string, narrow bool) (*posting, error) {
	out := &posting{name: strings.Join(atoms, keySep), narrow: narrow, heads: map[uint64]int32{}}
	for _, a := range atoms {
		i := slices.IndexFunc(p.atoms, func(x atom) bool { return x.name == a })
		if i < 0 {
			return nil, fmt.Errorf("%w: there is no blocking key %q", ErrFormat, a)
		}
		out.atoms = append(out.atoms, i)
	}
	return out, nil
}

// postings makes those of the model's keys, and those for searches by few fields.
func (c *core) postings(k record.Kind) error {
	seen := map[string]bool{}
	add := func(narrow bool, atoms ...string) error {
		if name := strings.Join(atoms, keySep); seen[name] {
			return nil
		} else {
			seen[name] = true
		}
		p, err := newPosting(c.preset, atoms, narrow)
		c.posts = append(c.posts, p)
		return err
	}
	for _, atoms := range c.frozen.Keys {
		if err := add(false, atoms...); err != nil {
			return err
		}
	}
	for _, a := range c.preset.atoms {
		if !a.coarse {
			if err := add(true, a.name); err != nil {
				return err
			}
		}
	}
	more := [][]string{{"given", "surname"}, {"given sound", "surname sound"}, {"surname sound"}, {"surname sound", "dob year"}}
	if k == record.KindVehicle {
		more = [][]string{{"mark read alike"}, {"VIN end"}, {"make", "model", "colour"}, {"model", "colour"}, {"make", "colour"}}
		c.posts = append(c.posts,
			&posting{name: "parts of marks", column: "vrm", parts: markParts, narrow: true, heads: map[uint64]int32{}},
			&posting{name: "parts of VIN ends", column: "vin", parts: vinParts, narrow: true, heads: map[uint64]int32{}})
	}
	for _, atoms := range more {
		if err := add(true, atoms...); err != nil {
			return err
		}
	}
	return nil
}

// defaultKeys are the keys of an index made before there were records to plan by:
// every fine value alone, and what is coarse of the first columns two by two.
func defaultKeys(p *preset) (keys [][]string) {
	coarse := map[string]string{}
	var columns []string
	for _, a := range p.atoms {
		if coarse[a.column] == "" {
			columns = append(columns, a.column)
			coarse[a.column] = a.name
		}
		if a.coarse && !slices.ContainsFunc(p.atoms, func(b atom) bool { return b.name == coarse[a.column] && b.coarse }) {
			coarse[a.column] = a.name
		}
	}
	columns = columns[:min(6, len(columns))]
	for i, a := range columns {
		for _, b := range columns[i+1:] {
			keys = append(keys, []string{coarse[a], coarse[b]})
		}
	}
	for _, a := range p.atoms {
		if !a.coarse {
			keys = append(keys, []string{a.name})
		}
	}
	return keys
}

// atomHashes gives the hashes of all atoms for a row.
func (c *core) atomHashes(row int32, out []uint64) []uint64 {
	out = out[:0]
	for i := range c.preset.atoms {
		a := &c.preset.atoms[i]
		col := c.t.column(a.column)
		h := uint64(0)
		if id := c.t.id(col, row); id != missing {
			if code := a.derive(col.text[id]); code != "" {
				h = fnv64(a.name + "\x00" + code)
			}
		}
		out = append(out, h)
	}
	return out
}

// of gives the key's hash from those of its atoms, 0 when one is missing.
func (p *posting) of(atoms []uint64) uint64 {
	if p.parts != nil {
		return 0
	}
	h := uint64(1)
	for _, a := range p.atoms {
		if atoms[a] == 0 {
			return 0
		}
		h = mix(h, atoms[a])
	}
	return h
}

// file puts a row under its keys, those of further names and addresses included.
// Nobody may search meanwhile.
func (c *core) file(row int32) {
	c.eachKey(row, func(p *posting, h uint64) { p.add(h, row) })
}

// eachKey gives the keys of a row, each once.
func (c *core) eachKey(row int32, f func(p *posting, h uint64)) {
	own := c.atomHashes(row, nil)
	var others [][]uint64
	for _, o := range c.t.othersOf(row) {
		others = append(others, c.atomHashes(o.row, nil))
	}
	for _, p := range c.posts {
		if p.parts != nil {
			col := c.t.column(p.column)
			for _, part := range p.parts(col.text[c.t.id(col, row)]) {
				f(p, fnv64(part))
			}
			continue
		}
		h := p.of(own)
		if h != 0 {
			f(p, h)
		}
		for i, o := range others {
			more := p.of(o)
			if more == 0 || more == h || slices.ContainsFunc(others[:i], func(e []uint64) bool { return p.of(e) == more }) {
				continue
			}
			f(p, more)
		}
	}
}

func (p *posting) add(h uint64, row int32) {
	p.pool = append(p.pool, link{row, p.heads[h]})
	p.heads[h] = int32(len(p.pool)) // plus 1, so that 0 is none
}

// main gives the rows under a hash in the sorted part.
func (p *posting) main(h uint64) []uint64 {
	if len(p.list) == 0 {
		return nil
	}
	part := h >> p.shift
	list := p.list[p.starts[part]:p.starts[part+1]]
	low := h << 32 >> 32
	from, _ := slices.BinarySearchFunc(list, low, func(x, low uint64) int {
		if x>>32 < low {
			return -1
		}
		return 1
	})
	to := from
	for to < len(list) && list[to]>>32 == low {
		to++
	}
	return list[from:to]
}

// size is how many rows are under a hash, hidden ones included; more than most
// are not counted on.
func (p *posting) size(h uint64, most int) int {
	n := len(p.main(h))
	for at := p.heads[h]; at != 0 && n <= most; at = p.pool[at-1].next {
		n++
	}
	return n
}

// each gives the rows under a hash until it is told to stop.
func (p *posting) each(h uint64, f func(row int32) bool) {
	for _, x := range p.main(h) {
		if !f(int32(uint32(x))) {
			return
		}
	}
	for at := p.heads[h]; at != 0; at = p.pool[at-1].next {
		if !f(p.pool[at-1].row) {
			return
		}
	}
}

// fileAll puts all records under all keys, in place of what was there.
func (c *core) fileAll() {
	pl := newPlanner(c.t, c.preset.atoms, standardLimits, c.cfg.Jobs)
	place := make([]int, len(c.preset.atoms)) // of the planner's atoms, -1 for those without values
	for i, a := range c.preset.atoms {
		place[i] = slices.IndexFunc(pl.atoms, func(x atom) bool { return x.name == a.name })
	}
	share(c.cfg.Jobs, len(c.posts), func() func(int) {
		own, buffer := &sorter{}, make([]entry, 0, c.t.n+c.t.n/8)
		return func(i int) { buffer = c.posts[i].fill(c, pl, place, own, buffer[:0]) }
	})
}

// fill puts all records under one key; entries is room to work in.
func (p *posting) fill(c *core, pl *planner, place []int, s *sorter, entries []entry) []entry {
	p.heads, p.pool, p.list, p.starts = map[uint64]int32{}, nil, nil, nil
	var atoms []int
	for _, a := range p.atoms {
		if place[a] < 0 {
			return entries
		}
		atoms = append(atoms, place[a])
	}
	t := c.t
	for r := searchers; r < t.n; r++ {
		if c.hidden[r] {
			continue
		}
		if p.parts != nil {
			col := t.column(p.column)
			for _, part := range p.parts(col.text[t.id(col, int32(r))]) {
				entries = append(entries, entry{fnv64(part), uint32(r)})
			}
			continue
		}
		h := pl.of(atoms, int32(r))
		if h != 0 {
			entries = append(entries, entry{h, uint32(r)})
		}
		others := t.othersOf(int32(r))
		for i, o := range others {
			more := pl.of(atoms, o.row)
			if more == 0 || more == h || slices.ContainsFunc(others[:i], func(e other) bool { return pl.of(atoms, e.row) == more }) {
				continue
			}
			entries = append(entries, entry{more, uint32(r)})
		}
	}
	p.sort(entries, max(bits.Len(uint(len(entries)))-9, 1), s)
	return entries
}

// sort makes the sorted part, of two to the power of width parts.
func (p *posting) sort(entries []entry, width int, s *sorter) {
	p.shift = uint(64 - width)
	p.starts = make([]uint32, 1<<width+1)
	for _, e := range entries {
		p.starts[e.h>>p.shift+1]++
	}
	for i := 1; i < len(p.starts); i++ {
		p.starts[i] += p.starts[i-1]
	}
	at := slices.Clone(p.starts)
	p.list = make([]uint64, len(entries))
	for _, e := range entries {
		i := e.h >> p.shift
		p.list[at[i]] = e.h<<32 | uint64(e.r)
		at[i]++
	}
	for i := range len(p.starts) - 1 {
		s.sortPart(p.list[p.starts[i]:p.starts[i+1]])
	}
}

// foldable says that so many records came since the sorted part was made that
// they are worth sorting in.
func (p *posting) foldable() bool { return len(p.pool) > max(1<<14, len(p.list)/8) }

// folded gives the posting with all its records in the sorted part, the hidden
// ones left out. It only reads.
func (p *posting) folded(hidden []bool, s *sorter) *posting {
	out := *p
	var entries []entry
	width := max(bits.Len(uint(len(p.pool)))-9, 1)
	if len(p.starts) > 0 { // the sorted part does not hold the bits to be cut into more
		width = int(64 - p.shift)
	}
	for part := range len(p.starts) - 1 {
		for _, x := range p.list[p.starts[part]:p.starts[part+1]] {
			if r := uint32(x); !hidden[r] {
				entries = append(entries, entry{uint64(part)<<p.shift | x>>32, r}) // of a hash, what the order needs
			}
		}
	}
	for h, at := range p.heads {
		for ; at != 0; at = p.pool[at-1].next {
			if r := p.pool[at-1].row; !hidden[r] {
				entries = append(entries, entry{h, uint32(r)})
			}
		}
	}
	out.heads, out.pool = map[uint64]int32{}, nil
	out.sort(entries, width, s)
	return &out
}
