package dedupe

import (
	"slices"
	"strings"
)

// limits bound blocking.
type limits struct {
	allPairs  int64 // up to so many pairs nothing is blocked: every pair is compared
	perRecord int   // candidate pairs per record, over all keys
	block     int   // records in a block; larger ones are left to finer keys and reported
	keys      int
	sample    int // records that key planning counts
}

var standardLimits = limits{allPairs: 2_000_000, perRecord: 30, block: 300, keys: 48, sample: 100_000}

// key is a blocking key: records that share all its atoms meet in a block.
type key struct {
	atoms []int   // indices into the planner's atoms, ascending by column
	pairs float64 // expected
}

// planner chooses blocking keys from counts.
type planner struct {
	t      *table
	limits limits
	atoms  []atom
	hash   [][]uint64 // by atom, by value id: 0 where the atom has no code
	column []*column  // by atom
	n      int        // records
	sample []int32    // records counted
	scale  float64    // pairs in all for each pair in the sample
	codes  [][]uint64 // by atom: of the records of the sample
	buf    []uint64
	sorter sorter
}

func newPlanner(t *table, atoms []atom, l limits) *planner {
	p := &planner{t: t, limits: l, n: t.n, scale: 1}
	for _, a := range atoms {
		col := t.column(a.column)
		if col == nil || col.filled == 0 {
			continue
		}
		h := make([]uint64, len(col.text))
		for id := 1; id < len(h); id++ {
			if code := a.derive(col.text[id]); code != "" {
				h[id] = fnv64(a.name + "\x00" + code)
			}
		}
		p.atoms = append(p.atoms, a)
		p.hash = append(p.hash, h)
		p.column = append(p.column, col)
	}
	step := uint64(max(t.n/l.sample, 1))
	for r := range t.n {
		if t.hash[r]%step == 0 {
			p.sample = append(p.sample, int32(r))
		}
	}
	if step > 1 {
		f := float64(t.n) / float64(max(len(p.sample), 1))
		p.scale = f * f
	}
	p.codes = make([][]uint64, len(p.atoms))
	return p
}

func (p *planner) name(k key) string {
	names := make([]string, len(k.atoms))
	for i, a := range k.atoms {
		names[i] = p.atoms[a].name
	}
	return strings.Join(names, " + ")
}

// of gives the key's hash for a record, 0 when an atom is missing.
func (p *planner) of(k []int, r int32) uint64 {
	h := uint64(1)
	for _, a := range k {
		v := p.hash[a][p.t.id(p.column[a], r)]
		if v == 0 {
			return 0
		}
		h = mix(h, v)
	}
	return h
}

// mostLost is how many pairs a key may leave in blocks too large for each it
// brings together: a town is no key where nearly everybody lives in one.
const mostLost = 10

// count estimates how many pairs the key brings together; wide says that it
// leaves too many in blocks too large.
func (p *planner) count(atoms []int) (pairs float64, wide bool) {
	p.buf = append(p.buf[:0], p.codesOf(atoms[0])...)
	for _, a := range atoms[1:] {
		codes := p.codesOf(a)
		for i, h := range p.buf {
			if h != 0 && codes[i] != 0 {
				p.buf[i] = mix(h, codes[i])
			} else {
				p.buf[i] = 0
			}
		}
	}
	kept, all := p.sorter.countPairs(p.buf, p.limits.block)
	return float64(kept) * p.scale, all > mostLost*kept
}

// codesOf gives the hashes of an atom for the sample.
func (p *planner) codesOf(atom int) []uint64 {
	if p.codes[atom] == nil {
		codes := make([]uint64, len(p.sample))
		for i, r := range p.sample {
			codes[i] = p.of([]int{atom}, r)
		}
		p.codes[atom] = codes
	}
	return p.codes[atom]
}

// plan chooses keys within the budget: single selective values, every two
// columns together, and three where two are too common.
func (p *planner) plan() []key {
	budget := max(float64(p.limits.perRecord)*float64(p.n), float64(p.limits.allPairs))
	each := budget / 5
	var good, wide []key
	consider := func(atoms ...int) {
		k := key{atoms: slices.Clone(atoms)}
		var lossy bool
		k.pairs, lossy = p.count(atoms)
		if k.pairs == 0 && !lossy {
			return
		}
		if k.pairs <= each && !lossy {
			good = append(good, k)
			return
		}
		wide = append(wide, k)
	}
	for i := range p.atoms {
		if !p.atoms[i].coarse {
			single := key{atoms: []int{i}}
			var lossy bool
			if single.pairs, lossy = p.count(single.atoms); single.pairs > 0 && single.pairs <= budget/15 && !lossy {
				good = append(good, single)
			}
		}
		for j := i + 1; j < len(p.atoms); j++ {
			if p.column[i] != p.column[j] {
				consider(i, j)
			}
		}
	}
	tooWide := wide
	wide = nil
	for _, k := range tooWide {
		// Only the finer of the wide keys are worth a third atom.
		if p.atoms[k.atoms[0]].coarse && p.atoms[k.atoms[1]].coarse {
			continue
		}
		for j := range p.atoms {
			if p.column[j] == p.column[k.atoms[0]] || p.column[j] == p.column[k.atoms[1]] || !p.atoms[j].coarse {
				continue
			}
			if len(good) < 400 {
				consider(k.atoms[0], k.atoms[1], j)
			}
		}
	}
	return p.choose(good, budget)
}

// choose takes keys from the most selective on until the budget is used, then
// drops those whose pairs a coarser chosen key brings together anyway.
func (p *planner) choose(good []key, budget float64) []key {
	slices.SortStableFunc(good, func(a, b key) int {
		switch {
		case a.pairs < b.pairs:
			return -1
		case a.pairs > b.pairs:
			return 1
		}
		return slices.Compare(a.atoms, b.atoms)
	})
	var chosen []key
	for _, k := range good {
		if k.pairs > budget {
			break
		}
		budget -= k.pairs
		for i := len(chosen) - 1; i >= 0; i-- {
			if p.covers(k, chosen[i]) {
				budget += chosen[i].pairs
				chosen = slices.Delete(chosen, i, i+1)
			}
		}
		chosen = append(chosen, k)
	}
	// Widest first: a record pair is scored under the first key it shares.
	slices.Reverse(chosen)
	if len(chosen) > p.limits.keys {
		chosen = chosen[:p.limits.keys]
	}
	return chosen
}

// covers says whether every pair of the fine key shares the coarse key too.
func (p *planner) covers(coarse, fine key) bool {
	if len(coarse.atoms) > len(fine.atoms) {
		return false
	}
	for _, c := range coarse.atoms {
		found := slices.ContainsFunc(fine.atoms, func(f int) bool {
			return f == c || (p.column[f] == p.column[c] && p.atoms[c].coarse && !p.atoms[f].coarse)
		})
		if !found {
			return false
		}
	}
	return true
}

// blocks sorts the records into the blocks of one key.
func (p *planner) blocks(k key, s *sorter) *blockSet {
	if s.hashes == nil {
		s.hashes = make([]uint64, p.n)
	}
	hashes := s.hashes
	for r := range hashes {
		hashes[r] = p.of(k.atoms, int32(r))
	}
	// Under another name or at another address a record has other keys.
	var more []entry
	for r, others := range p.t.others {
		for _, o := range others {
			if h := p.of(k.atoms, o.row); h != 0 && h != hashes[r] {
				more = append(more, entry{h, uint32(r)})
			}
		}
	}
	return s.makeBlocks(p.t, p.name(k), hashes, more, p.limits.block)
}

// everything is one block of all records, for files small enough.
func everything(t *table) *blockSet {
	s := &blockSet{key: "every pair", place: make([]uint32, t.n)}
	all := make([]uint64, t.n)
	for r := range all {
		all[r] = uint64(r)
	}
	s.add(t, all)
	return s
}
