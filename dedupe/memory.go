package dedupe

import (
	"fmt"
	"unsafe"
)

// memoryParts is in how many parts the records are gone through when the partners
// of all do not fit.
const memoryParts = 8

// partSize is how many records a part has: whole chunks.
func partSize(n int) int32 {
	chunks := (n + chunk - 1) / chunk
	return int32((chunks+memoryParts-1)/memoryParts) * chunk
}

// MemoryError says that records can't be matched within Config.Memory. Nothing
// was compared then.
type MemoryError struct {
	Records int
	Need    int64 // bytes: the least bound under which they can be matched
	Bound   int64 // bytes: Config.Memory
}

func (e *MemoryError) Error() string {
	return fmt.Sprintf("dedupe: %d records need at least %d MB to be matched, and %d MB are allowed", e.Records, ceilMB(e.Need), e.Bound/1e6)
}

func ceilMB(bytes int64) int64 { return (bytes + 1e6 - 1) / 1e6 }

// Memory is what matching needs, in bytes.
type Memory struct {
	Records int64 `json:"records"` // what is kept of them to be compared, and the dictionaries of values
	Blocks  int64 `json:"blocks"`  // records sorted by each key
	Pairs   int64 `json:"pairs"`   // pairs kept, and those proposed
	Usual   int64 `json:"usual"`   // the peak of a run with room to spare, garbage not yet collected included
	Least   int64 `json:"least"`   // the least bound under which the run is possible
	Split   bool  `json:"split"`   // Config.Memory does not allow all blocks at once: the records are gone through in parts
}

// What is not counted piece by piece.
const (
	derivedBytes = 80       // what is derived from a distinct value, and its code under some atoms
	fixedBytes   = 48 << 20 // the program, half a million pairs by chance and what is estimated
	idBytes      = 32       // the id of a record and its cluster, which the caller keeps
	keptPairs    = 0.6      // pairs kept, and proposed, for each candidate
	collector    = 1.15     // room that the collector needs
	garbage      = 1.5      // and takes when it may, beside as much again as is fixed
)

// bytes is what a table takes.
func (t *table) bytes() int64 {
	n := 8*cap(t.hash) + 4*cap(t.source) + cap(t.right) + 4*cap(t.cells) + 4*cap(t.extra) + 24*cap(t.others)
	for _, piece := range t.pieces {
		n += 4 * len(piece)
	}
	for _, o := range t.others {
		n += int(unsafe.Sizeof(other{})) * cap(o)
	}
	for _, c := range t.cols {
		n += 8*len(c.slots) + 16*cap(c.text) + c.bytes
	}
	return int64(n)
}

// values is how many distinct values there are.
func (t *table) values() (n int64) {
	for _, c := range t.cols {
		n += int64(len(c.text))
	}
	return n
}

// Bytes is about what the records added so far take of memory. It is cheap enough
// to be asked every some thousand records.
func (f *Finder) Bytes() int64 { return f.t.bytes() }

// LeastFor is the least bound of memory under which so many records can be
// matched, if they are like those added so far. It knows their keys only by
// experience.
func (f *Finder) LeastFor(records int) int64 {
	if f.t.n == 0 {
		return fixedBytes
	}
	more := float64(records) / float64(f.t.n)
	whole := float64(f.t.bytes())*more + derivedBytes*float64(f.t.values())*more
	const keys, pairs = 12, 2 // of few keys, for each record of few pairs
	return int64(collector * (fixedBytes + whole + float64(records)*(idBytes+keys*4/memoryParts*2+pairs*keptPairs*float64(unsafe.Sizeof(scored{})))))
}

// memory says what matching takes, once the blocks are counted.
func (c *candidates) memory(jobs int) Memory {
	t := c.t
	m := Memory{Split: c.split != nil, Records: t.bytes() + derivedBytes*t.values() + idBytes*int64(t.n)}
	var whole, part, pairs int64
	for _, s := range c.sets {
		pairs += s.pairs
		if s.met == nil {
			whole += 4 * int64(len(s.place)+cap(s.order))
			part += 4 * int64(len(s.place)+cap(s.order)) / 3 // by experience
			continue
		}
		most, all := 0, 0
		for _, n := range s.parts {
			most, all = max(most, n), all+n
		}
		whole += 4 * int64(t.n+all)
		part += 4*int64(int(partSize(t.n))+most) + int64(t.n/8)
	}
	if c.planner != nil {
		for _, h := range c.planner.hash {
			part += 8 * int64(len(h))
		}
	}
	sorting := 20 * int64(t.n) * int64(max(jobs, 1)) // of one key by each worker
	m.Blocks = whole + sorting
	kept := min(int64(keptPairs*float64(pairs)), 4*int64(t.n))
	m.Pairs = kept*int64(unsafe.Sizeof(scored{})) + int64(t.n/2)*int64(unsafe.Sizeof(scored{})+unsafe.Sizeof(Pair{})+16) + 16*int64(t.n)
	m.Usual = int64(garbage*float64(m.Records+max(m.Blocks, m.Pairs))) + 2*fixedBytes
	m.Least = int64(collector * float64(fixedBytes+m.Records+max(min(m.Blocks, part+sorting), m.Pairs)))
	return m
}

// expected is what a run with all blocks at once needs, before they are made: each
// key takes two numbers for each record at the most.
func (c *candidates) expected(jobs int) int64 {
	n := int64(c.t.n)
	live := c.t.bytes() + derivedBytes*c.t.values() + idBytes*n + 8*n*int64(len(c.keys)) + 20*n*int64(max(jobs, 1))
	return int64(collector * float64(fixedBytes+live))
}

// fits says whether matching is possible within the memory allowed.
func (c *candidates) fits(cfg Config) error {
	if m := c.memory(cfg.Jobs); cfg.Memory > 0 && m.Least > cfg.Memory {
		return &MemoryError{c.t.n, m.Least, cfg.Memory}
	}
	return nil
}
