package dedupe

import "strings"

// limits bound blocking.
type limits struct {
	allPairs  int64 // up to so many pairs nothing is blocked: every pair is compared
	perRecord int   // candidate pairs per record, over all keys
	freely    int   // so many of them are not asked what they bring
	block     int   // records in a block; larger ones are left to finer keys and reported
	keys      int
	sample    int // records that key planning counts
}

var standardLimits = limits{allPairs: 2_000_000, perRecord: 30, freely: 2, block: 300, keys: 48, sample: 100_000}

// sampled is how many of n records key planning counts: a sixteenth of very many,
// or hardly two records of one entity would be among them.
func (l limits) sampled(n int) int { return max(l.sample, n/16) }

// free is up to how many pairs keys are not asked what they bring for them.
func (l limits) free(n int) float64 { return float64(max(l.allPairs, int64(l.freely)*int64(n))) }

// mostPerRecord bounds what may be asked for.
const mostPerRecord = 1000

// spending is the limits where so many pairs for each record are not asked what
// they bring; 0 changes nothing.
func (l limits) spending(perRecord int) limits {
	if perRecord > 0 {
		l.freely, l.perRecord = perRecord, max(l.perRecord, perRecord)
	}
	return l
}

// key is a blocking key: records that share all its atoms meet in a block.
// Atoms are indices into the planner's, ascending by column.
type key []int

// mostAtoms is how many atoms keys are planned from: of a schema of very many
// columns the first are enough to bring records together.
const mostAtoms = 128

// planner chooses blocking keys from counts.
type planner struct {
	t      *table
	limits limits
	all    []atom     // of the preset
	atoms  []atom     // of columns that have values
	hash   [][]uint64 // by atom, by value id: 0 where the atom has no code
	column []*column  // by atom
	n      int        // records
	sample []int32    // records counted
	hashes []uint64   // of these
	step   uint64     // one record in so many is
	scale  float64    // pairs in all for each pair in the sample
	codes  [][]uint64 // by atom: of the records of the sample
}

func newPlanner(t *table, atoms []atom, l limits, jobs int) *planner {
	p := newAtoms(t, atoms, l, jobs)
	p.step = uint64(max(p.n/l.sampled(p.n), 1))
	for r := range t.n {
		if t.hash[r]%p.step == 0 {
			p.sample = append(p.sample, int32(r))
		}
	}
	if p.step > 1 {
		f := float64(p.n) / float64(max(len(p.sample), 1))
		p.scale = f * f
	}
	p.hashes = make([]uint64, len(p.sample))
	for i, r := range p.sample {
		p.hashes[i] = t.hash[r]
	}
	p.codes = make([][]uint64, len(p.atoms))
	share(jobs, len(p.codes), func() func(int) {
		return func(a int) {
			p.codes[a] = make([]uint64, len(p.sample))
			for i, r := range p.sample {
				p.codes[a][i] = p.of(key{a}, r)
			}
		}
	})
	return p
}

// newAtoms makes a planner that knows the atoms of records and no sample.
func newAtoms(t *table, atoms []atom, l limits, jobs int) *planner {
	p := &planner{t: t, limits: l, all: atoms, n: t.all(), scale: 1}
	for _, a := range atoms {
		col := t.column(a.column)
		if col == nil || col.filled == 0 || len(p.atoms) == mostAtoms {
			continue
		}
		p.atoms = append(p.atoms, a)
		p.hash = append(p.hash, make([]uint64, len(col.text)))
		p.column = append(p.column, col)
	}
	share(jobs, len(p.atoms), func() func(int) { return p.derive })
	return p
}

// derive finds the codes of one atom.
func (p *planner) derive(atom int) {
	a, h, text := p.atoms[atom], p.hash[atom], p.column[atom].text
	begin := fnvMore(fnvMore(fnvBegin, a.name), "\x00")
	for id := 1; id < len(h); id++ {
		if code := a.derive(text[id]); code != "" {
			h[id] = fnvEnd(fnvMore(begin, code))
		}
	}
}

func (p *planner) name(k key) string { return strings.Join(p.names(k), " + ") }

func (p *planner) names(k key) []string {
	names := make([]string, len(k))
	for i, a := range k {
		names[i] = p.atoms[a].name
	}
	return names
}

// of gives the key's hash for a record, 0 when an atom is missing.
func (p *planner) of(k key, r int32) uint64 {
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

// ofAll gives the key's hashes for all records, atom by atom: what is waited for
// is waited for together.
func (p *planner) ofAll(k key, hashes []uint64) {
	for r := range hashes {
		hashes[r] = 1
	}
	for _, a := range k {
		values, cells, width := p.hash[a], p.t.cells, p.t.width
		at := p.column[a].index
		for r, h := range hashes {
			v := values[cells[at]]
			at += width
			if v == 0 || h == 0 {
				hashes[r] = 0
			} else {
				hashes[r] = mix(h, v)
			}
		}
	}
}

// blocks sorts the records into the blocks of one key, and keeps the partners of those held.
func (p *planner) blocks(k key, s *sorter, held span) *blockSet {
	if s.hashes == nil {
		s.hashes = make([]uint64, p.n)
	}
	hashes := s.hashes
	p.ofAll(k, hashes)
	// Under another name or at another address a record has other keys.
	var more []entry
	for r, others := range p.t.others {
		for _, o := range others {
			if h := p.of(k, o.row); h != 0 && h != hashes[r] {
				more = append(more, entry{h, uint32(r)})
			}
		}
	}
	return s.makeBlocks(p.t, p.name(k), hashes, more, p.limits.block, held)
}

// everything is one block of all records, for files small enough.
func everything(t *table) *blockSet {
	s := newBlockSet("every pair", t.n, span{0, int32(t.n)})
	all := make([]uint64, t.n)
	for r := range all {
		all[r] = uint64(r)
	}
	s.add(t, all)
	return s
}
