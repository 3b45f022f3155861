package dedupe

import (
	"context"
	"slices"
)

// Forecast is what Find would do, and need.
type Forecast struct {
	Records int          `json:"records"`
	Keys    []PlannedKey `json:"keys"`  // most pairs first; none where there is nothing to compare
	Pairs   int64        `json:"pairs"` // of all keys together: a pair that shares several is counted for each
	Memory  Memory       `json:"memory"`
	// Error is not nil where Config.Memory does not allow it.
	Error *MemoryError `json:"-"`
}

// PlannedKey is a key that records are brought together by.
type PlannedKey struct {
	Name    string  `json:"key"`
	Pairs   int64   `json:"pairs"`
	Dropped Dropped `json:"dropped"` // blocks too large to compare in full
}

// Forecast chooses the keys and counts their pairs, and compares no more than some by
// chance to choose by. It can be called once, and in place of Find.
func (f *Finder) Forecast(ctx context.Context) (*Forecast, error) {
	t := f.t
	p := &Forecast{Records: t.n}
	t.compact()
	comparisons := active(t, f.cfg.Model.known(f.preset.comparisons))
	if t.n < 2 || len(comparisons) == 0 {
		p.Memory = (&candidates{t: t}).memory(f.cfg.Jobs)
		return p, ctx.Err()
	}
	f.tell(Planning, 0)
	bound := f.cfg.Memory
	f.cfg.Memory = 0
	c, err := f.block(ctx, comparisons, drawPairs(t, comparisons, randomPairs, f.cfg.Jobs))
	if err != nil {
		return nil, err
	}
	if bound > 0 && c.planner != nil && c.expected(f.cfg.Jobs) > bound {
		c.split = func(span) []*blockSet { return nil } // it would be
	}
	p.Memory = c.memory(f.cfg.Jobs)
	if bound > 0 && p.Memory.Least > bound {
		p.Error = &MemoryError{t.n, p.Memory.Least, bound}
	}
	for _, s := range c.sets {
		p.Keys = append(p.Keys, PlannedKey{s.key, s.pairs, s.drop})
		p.Pairs += s.pairs
	}
	slices.SortStableFunc(p.Keys, func(x, y PlannedKey) int { return int(min(max(y.Pairs-x.Pairs, -1), 1)) })
	return p, nil
}
