package dedupe

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// simpleStep is a step that does something with each batch and something at the end.
type simpleStep struct {
	take func(Batch) error
	end  func() (Tally, error)
}

func (s *simpleStep) Take(b Batch) error  { return s.take(b) }
func (s *simpleStep) End() (Tally, error) { return s.end() }

// NewSample makes a step that gives of BatchRows those records that keys are
// planned from, all under one key.
func (w *Worker) NewSample(out Sink) Step {
	n := w.cfg.Facts.Records
	steps := [2]uint64{uint64(max(n/w.f.limits.sampled(n), 1)), uint64(max(n/(randomPairs/4), 1))} // see newPlanner and drawPairs
	box, in := newOutbox(BatchRows, out), int64(0)
	if w.everyPair() {
		steps = [2]uint64{1<<64 - 1, 1<<64 - 1} // nothing is planned
	}
	return &simpleStep{func(b Batch) error {
		if b.Kind != BatchRows {
			return unexpected(b)
		}
		in += int64(b.Items)
		return unpackRows(b, func(p packed) {
			hash := (&cursor{s: p.rest}).uint64()
			if hash%steps[0] == 0 || hash%steps[1] == 0 {
				to := box.to(0)
				to.Data = append(to.Data, p.whole...)
			}
		})
	}, func() (Tally, error) { return Tally{"records": in, "sampled": box.total}, box.close() }}
}

// everyPair says whether there are so few records that no keys are needed.
func (w *Worker) everyPair() bool {
	return (&table{overall: &overall{n: w.cfg.Facts.Records}}).everyPair(w.f.limits)
}

// PlanStep chooses blocking keys from the sampled records.
type PlanStep struct {
	w    *Worker
	part *part
	ctx  context.Context
}

// NewPlan makes a step that is given what NewSample gave and says which keys to use.
func (w *Worker) NewPlan(ctx context.Context) *PlanStep {
	return &PlanStep{w: w, part: &part{w: w}, ctx: ctx}
}

// Take takes BatchRows.
func (s *PlanStep) Take(b Batch) error {
	if b.Kind != BatchRows {
		return unexpected(b)
	}
	return s.part.take(b)
}

// End gives the plan.
func (s *PlanStep) End() (Plan, error) {
	f := s.w.f
	if err := s.part.build(); err != nil {
		return Plan{}, err
	}
	if err := s.part.t.overall.load(s.part); err != nil {
		return Plan{}, err
	}
	f.t = s.part.t
	comparisons := active(f.t, f.cfg.Model.known(f.preset.comparisons))
	if f.t.all() < 2 || len(comparisons) == 0 {
		return Plan{Keys: [][]string{}}, nil
	}
	var random []drawn
	if !s.w.everyPair() {
		random = drawPairs(f.t, comparisons, randomPairs, 1)
	}
	p, keys := f.chooseKeys(s.ctx, comparisons, random)
	plan := Plan{Every: p == nil, Keys: [][]string{}}
	for _, k := range keys {
		plan.Keys = append(plan.Keys, p.names(k))
	}
	return plan, s.ctx.Err()
}

// blockOf numbers a block by its key and as much of the hash as Find tells blocks
// apart by.
func (w *Worker) blockOf(k int, h uint64) uint64 {
	return uint64(k)<<56 | grouped(h, w.cfg.Facts.Records)
}

// NewKeys makes a step that gives for BatchRows the blocks of their records.
func (w *Worker) NewKeys(out Sink) Step {
	box, in := newOutbox(BatchKeys, out), int64(0)
	entry := func(number, block uint64) error {
		b := box.to(w.shardOfBlock(block))
		b.Data = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(b.Data, number), block)
		return box.sent(b)
	}
	return &simpleStep{func(b Batch) error {
		if b.Kind != BatchRows {
			return unexpected(b)
		}
		in += int64(b.Items)
		p := &part{w: w}
		if err := errors.Join(p.take(b), p.build()); err != nil {
			return err
		}
		if w.cfg.Plan.Every {
			for _, r := range p.rows {
				if err := entry(r.number, 0); err != nil {
					return err
				}
			}
			return nil
		}
		atoms := newAtoms(p.t, w.f.preset.atoms, w.f.limits, w.f.cfg.Jobs)
		keys, err := atoms.named(w.cfg.Plan.Keys)
		if err != nil {
			return err
		}
		var own []uint64
		for r, row := range p.rows {
			own = own[:0]
			note := func(at int32) {
				for k := range keys {
					if h := atoms.of(keys[k], at); h != 0 {
						own = append(own, w.blockOf(k, h))
					}
				}
			}
			note(int32(r))
			for _, o := range p.t.othersOf(int32(r)) {
				note(o.row)
			}
			slices.Sort(own)
			for _, block := range slices.Compact(own) {
				if err := entry(row.number, block); err != nil {
					return err
				}
			}
		}
		return nil
	}, func() (Tally, error) { return Tally{"records": in, "keys": box.total}, box.close() }}
}

// named gives keys by the names of their atoms.
func (p *planner) named(keys [][]string) ([]key, error) {
	var out []key
	for _, names := range keys {
		var k key
		for _, name := range names {
			i := slices.IndexFunc(p.atoms, func(a atom) bool { return a.name == name })
			if i < 0 {
				return nil, fmt.Errorf("dedupe: the plan has the key part %q, which these records have not", name)
			}
			k = append(k, i)
		}
		out = append(out, k)
	}
	if len(out) > 1<<8 {
		return nil, errors.New("dedupe: the plan has too many keys")
	}
	return out, nil
}

// standing is that a record stands in a block.
type standing struct{ number, block uint64 }

// takeStanding reads BatchKeys or BatchLive.
func takeStanding(b Batch, list *[]standing) error {
	return items(b, func(c *cursor) { *list = append(*list, standing{c.uint64(), c.uint64()}) })
}

// NewBlocks makes a step that is given BatchKeys of one shard, and tells every
// record in which blocks it meets others. Those too large are left out here, before
// anybody asks which key brings two records together first.
func (w *Worker) NewBlocks(out Sink) Step {
	var list []standing
	return &simpleStep{func(b Batch) error {
		if b.Kind != BatchKeys {
			return unexpected(b)
		}
		return takeStanding(b, &list)
	}, func() (Tally, error) {
		tally := Tally{"keys": int64(len(list))}
		box := newOutbox(BatchLive, out)
		slices.SortFunc(list, func(x, y standing) int { return cmp.Or(cmp.Compare(x.block, y.block), cmp.Compare(x.number, y.number)) })
		for lo := 0; lo < len(list); {
			hi := lo + 1
			for hi < len(list) && list[hi].block == list[lo].block {
				if list[hi].number == list[hi-1].number {
					return nil, fmt.Errorf("dedupe: record %d of file %d came to a block twice", list[hi].number&(1<<40-1)+1, list[hi].number>>40+1)
				}
				hi++
			}
			one := list[lo:hi]
			lo = hi
			if len(one) < 2 {
				continue
			}
			if len(one) > w.f.limits.block && !w.cfg.Plan.Every {
				k := int(one[0].block >> 56)
				if k >= len(w.cfg.Plan.Keys) {
					return nil, errors.New("dedupe: a block of a key that the plan does not have")
				}
				name := strings.Join(w.cfg.Plan.Keys[k], " + ")
				tally["droppedBlocks:"+name]++
				tally["droppedRecords:"+name] += int64(len(one))
				continue
			}
			tally["blocks"]++
			for _, s := range one {
				b := box.to(w.shardOfRecord(s.number))
				b.Data = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(b.Data, s.number), s.block)
				if err := box.sent(b); err != nil {
					return nil, err
				}
			}
		}
		tally["live"] = box.total
		return tally, box.close()
	}}
}

// NewPlace makes a step that is given BatchRows and BatchLive of one shard, and
// sends every record, with the blocks it stands in, wherever one of them is compared.
func (w *Worker) NewPlace(out Sink) Step {
	p := &part{w: w}
	var list []standing
	return &simpleStep{func(b Batch) error {
		switch b.Kind {
		case BatchRows:
			return p.take(b)
		case BatchLive:
			return takeStanding(b, &list)
		}
		return unexpected(b)
	}, func() (Tally, error) {
		slices.SortFunc(p.rows, func(x, y packed) int { return cmp.Compare(x.number, y.number) })
		slices.SortFunc(list, func(x, y standing) int { return cmp.Or(cmp.Compare(x.number, y.number), cmp.Compare(x.block, y.block)) })
		rows, live := newOutbox(BatchRows, out), newOutbox(BatchLive, out)
		at := 0
		var shards []uint64
		for _, r := range p.rows {
			from := at
			for at < len(list) && list[at].number == r.number {
				at++
			}
			shards = shards[:0]
			for _, s := range list[from:at] {
				shards = append(shards, w.shardOfBlock(s.block))
			}
			slices.Sort(shards)
			for _, to := range slices.Compact(shards) {
				b := rows.to(to)
				b.Data = append(b.Data, r.whole...)
				if err := rows.sent(b); err != nil {
					return nil, err
				}
				// To know that a pair was met in an earlier block, it takes the blocks
				// before the last that is compared there.
				last := uint64(0)
				for _, s := range list[from:at] {
					if w.shardOfBlock(s.block) == to {
						last = s.block
					}
				}
				for _, s := range list[from:at] {
					if s.block > last {
						break
					}
					b := live.to(to)
					b.Data = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(b.Data, s.number), s.block)
					if err := live.sent(b); err != nil {
						return nil, err
					}
				}
			}
		}
		if at < len(list) {
			return nil, errors.New("dedupe: a record stands in a block and is not there")
		}
		return Tally{"records": int64(len(p.rows)), "live": int64(len(list)), "placed": rows.total, "placedLive": live.total}, errors.Join(rows.close(), live.close())
	}}
}
