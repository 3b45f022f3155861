package dedupe

import (
	"context"
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
)

// candidates are the blocks of all keys.
type candidates struct {
	t       *table
	sets    []*blockSet
	planner *planner // nil where every pair is compared
	keys    []key    // of sets
	tell    func(done float64)
	split   func(held span) []*blockSet // for want of memory sets hold nobody's partners: this gives those of some records
}

// chunk is how many records a worker takes at a time.
const chunk = 1 << 10

func (c *candidates) chunks() int { return (c.t.n + chunk - 1) / chunk }

// pairs is how many pairs there are, those that share several keys counted as often.
func (c *candidates) pairs() int64 {
	n := int64(0)
	for _, s := range c.sets {
		n += s.pairs
	}
	return n
}

// each gives every record with those it is to be compared with to one of the
// workers, every pair of records exactly once; of two files the record is of the
// left one, of one file it comes before the others. newWorker is called once for
// each worker; workers run at the same time, each over chunks of records in order,
// and which chunk goes to which worker is not fixed.
func (c *candidates) each(ctx context.Context, jobs int, newWorker func() visitor) error {
	if c.split == nil {
		return c.some(ctx, c.sets, span{0, int32(c.t.n)}, visitors(jobs, newWorker))
	}
	per, workers := partSize(c.t.n), visitors(jobs, newWorker)
	for from := int32(0); from < int32(c.t.n) && ctx.Err() == nil; from += per {
		held := span{from, min(from+per, int32(c.t.n))}
		if err := c.some(ctx, c.split(held), held, workers); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func visitors(jobs int, newWorker func() visitor) (out []visitor) {
	for range max(jobs, 1) {
		out = append(out, newWorker())
	}
	return out
}

// some gives the records held, which begin with a chunk, with those they are to be compared with.
func (c *candidates) some(ctx context.Context, sets []*blockSet, held span, workers []visitor) error {
	var next atomic.Int64
	next.Store(int64(held.from) / chunk)
	var wg sync.WaitGroup
	for _, v := range workers {
		wg.Go(func() {
			g := &gatherer{t: c.t, sets: sets, held: held}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i*chunk >= int(held.to) {
					return
				}
				for a := i * chunk; a < min((i+1)*chunk, int(held.to)); a++ {
					if with := g.with(int32(a)); len(with) > 0 {
						v.visit(i, int32(a), with)
						if len(with) > 256 && ctx.Err() != nil {
							return
						}
					}
				}
				if v.done != nil {
					v.done(i)
				}
				if c.tell != nil {
					c.tell(float64(i+1) / float64(c.chunks()))
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// visitor is one worker: it gets the records of a chunk, each with those it is to be
// compared with, good until the next call, and then is told that the chunk is done.
type visitor struct {
	visit func(chunk int, a int32, with []int32)
	done  func(chunk int) // nil for nothing
}

// gatherer finds the partners of one record after another.
type gatherer struct {
	t    *table
	sets []*blockSet
	held span
	list []int32
	from [][]uint32 // where the partners begin, by block
	sink uint32     // makes the processor fetch ahead
	seen []uint32   // open hash table of the partners so far, plus 1
}

// with gives those that a record is to be compared with, each once, good until
// the next call.
func (g *gatherer) with(a int32) []int32 {
	g.list, g.from = g.list[:0], g.from[:0]
	several := len(g.t.othersOf(a)) > 0
	for _, s := range g.sets {
		if at := s.place[a-g.held.from]; at != 0 {
			g.from = append(g.from, s.order[at-1:])
		}
		if several && len(s.more) > 0 {
			i, _ := slices.BinarySearchFunc(s.more, a, func(e extra, a int32) int { return int(e.record) - int(a) })
			for ; i < len(s.more) && s.more[i].record == a; i++ {
				g.from = append(g.from, s.order[s.more[i].place-1:])
			}
		}
	}
	// The blocks lie apart: the processor fetches the beginnings of all at once.
	for _, from := range g.from {
		g.sink += from[0]
	}
	for _, from := range g.from {
		g.take(from)
	}
	if len(g.from) > 1 {
		g.once()
	}
	return g.list
}

func (g *gatherer) take(from []uint32) {
	list := g.list
	for _, r := range from {
		list = append(list, int32(r&^endMark))
		if r&endMark != 0 {
			break
		}
	}
	g.list = list
}

// once leaves each partner once.
func (g *gatherer) once() {
	size := 1 << bits.Len(uint(2*len(g.list)))
	if len(g.seen) < size {
		g.seen = make([]uint32, size)
	}
	seen := g.seen[:size]
	clear(seen)
	shift := 32 - bits.Len(uint(size-1))
	kept := g.list[:0]
next:
	for _, r := range g.list {
		at := uint32(r) * 0x9e3779b1 >> shift
		for ; seen[at] != 0; at = (at + 1) & uint32(size-1) {
			if seen[at] == uint32(r)+1 {
				continue next
			}
		}
		seen[at] = uint32(r) + 1
		kept = append(kept, r)
	}
	g.list = kept
}
