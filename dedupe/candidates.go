package dedupe

import (
	"context"
	"sync"
	"sync/atomic"
)

// candidates are the blocks of all keys. A pair that shares several keys is met
// once, under the first of them.
type candidates struct {
	t    *table
	sets []*blockSet
}

// task is a run of blocks of one set, small enough to share out fairly.
type task struct {
	set    int
	lo, hi int // block numbers from 1
}

func (c *candidates) tasks() []task {
	var out []task
	for s, set := range c.sets {
		lo := 1
		weight := 0
		for b := 1; b < len(set.start); b++ {
			size := int(set.start[b] - set.start[b-1])
			weight += size * size
			if weight > 1<<16 {
				out = append(out, task{s, lo, b + 1})
				lo, weight = b+1, 0
			}
		}
		if lo < len(set.start) {
			out = append(out, task{s, lo, len(set.start)})
		}
	}
	return out
}

// first says whether the pair shares no key before set s.
func (c *candidates) first(s int, a, b int32) bool {
	for _, set := range c.sets[:s] {
		if id := set.of[a]; id != 0 && id == set.of[b] {
			return false
		}
	}
	return true
}

// each gives every candidate pair, a before b, to one of the workers; a pair that
// meets under another name as well may come twice. newWorker
// is called once for each; workers run at the same time, and which pair goes to
// which worker is not fixed, so what they gather must not depend on order.
// Within a block too large for one task's share (every pair of a small file),
// rows are still spread over workers.
func (c *candidates) each(ctx context.Context, jobs int, newWorker func() func(a, b int32)) error {
	tasks := c.tasks()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(jobs, 1) {
		visit := newWorker()
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(tasks) {
					return
				}
				c.run(ctx, tasks[i], visit)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

func (c *candidates) run(ctx context.Context, t task, visit func(a, b int32)) {
	set := c.sets[t.set]
	for blk := t.lo; blk < t.hi; blk++ {
		members := set.order[set.start[blk-1]:set.start[blk]]
		for i, a := range members {
			if i%256 == 0 && ctx.Err() != nil {
				return
			}
			for _, b := range members[i+1:] {
				x, y := min(a, b), max(a, b)
				if x != y && c.t.comparable(x, y) && c.first(t.set, x, y) {
					visit(x, y)
				}
			}
		}
	}
}
