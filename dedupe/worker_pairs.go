package dedupe

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// floor is the least weight, by how common values are before any entity is known,
// of the pairs that are kept; see Find.
func (f *Finder) floor(s *scorer) float64 { return min(s.bits(f.cfg.Review), least) - 4 }

// NewScore makes a step that is given BatchRows and BatchLive of the blocks of one
// shard. It compares every pair of a block, but in the first block only that the
// two share, and gives the pairs worth keeping with their records.
func (w *Worker) NewScore(out Sink) Step {
	p := &part{w: w}
	var list []standing
	shard, any := uint64(0), false
	placed := int64(0)
	return &simpleStep{func(b Batch) error {
		if any && b.Key != shard {
			return errors.New("dedupe: batches of two shards came together")
		}
		shard, any = b.Key, true
		switch b.Kind {
		case BatchRows:
			placed += int64(b.Items)
			return p.take(b)
		case BatchLive:
			return takeStanding(b, &list)
		}
		return unexpected(b)
	}, func() (Tally, error) {
		s, err := p.weigh()
		if err != nil {
			return nil, err
		}
		tally := Tally{"records": placed, "live": int64(len(list))}
		if s == nil {
			return tally, nil
		}
		kept, err := w.compareBlocks(p, s, list, shard, tally)
		if err != nil {
			return nil, err
		}
		tally["kept"] = int64(len(kept))
		return tally, p.send(kept, out, tally)
	}}
}

// compareBlocks compares the pairs of the blocks of a shard.
func (w *Worker) compareBlocks(p *part, s *scorer, list []standing, shard uint64, tally Tally) ([]scored, error) {
	live := make([][]uint64, len(p.rows)) // the blocks of a record, ascending
	slices.SortFunc(list, func(x, y standing) int { return cmp.Or(cmp.Compare(x.number, y.number), cmp.Compare(x.block, y.block)) })
	type member struct {
		block uint64
		row   int32
	}
	var members []member
	for _, one := range list {
		r, ok := p.row(one.number)
		if !ok {
			return nil, errors.New("dedupe: a record stands in a block and is not there")
		}
		live[r] = append(live[r], one.block)
		if w.shardOfBlock(one.block) == shard {
			members = append(members, member{one.block, r})
		}
	}
	tally["members"] = int64(len(members))
	slices.SortFunc(members, func(x, y member) int { return cmp.Or(cmp.Compare(x.block, y.block), cmp.Compare(x.row, y.row)) })
	batch := newPairBatch(s, w.f.floor(s))
	var kept []scored
	var with []int32
	for lo := 0; lo < len(members); {
		hi := lo + 1
		for hi < len(members) && members[hi].block == members[lo].block {
			hi++
		}
		one := members[lo:hi]
		lo = hi
		if len(one) < 2 {
			return nil, errors.New("dedupe: a block has lost its records")
		}
		for i, a := range one {
			with = with[:0]
			for _, b := range one[i+1:] {
				if firstShared(live[a.row], live[b.row]) == a.block {
					with = append(with, b.row)
				}
			}
			batch.add(a.row, with)
		}
		if len(batch.kept) > 0 {
			kept = append(kept, batch.kept...)
			batch.kept = batch.kept[:0]
		}
	}
	batch.flush()
	kept = append(kept, batch.kept...)
	slices.SortFunc(kept, inOrder)
	tally["candidates"] = batch.seen
	return kept, nil
}

// firstShared gives the first value of two ascending lists that both have.
func firstShared(a, b []uint64) uint64 {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			return a[i]
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 1<<64 - 1
}

// send gives pairs away with their records.
func (p *part) send(pairs []scored, out Sink, tally Tally) error {
	rows, box := newOutbox(BatchRows, out), newOutbox(BatchPairs, out)
	seen := make([]bool, len(p.rows))
	for i := range pairs {
		for _, r := range [2]int32{pairs[i].a, pairs[i].b} {
			if seen[r] {
				continue
			}
			seen[r] = true
			b := rows.to(0)
			b.Data = append(b.Data, p.rows[r].whole...)
			if err := rows.sent(b); err != nil {
				return err
			}
		}
		b := box.to(0)
		b.Data = p.appendPair(b.Data, &pairs[i])
		if err := box.sent(b); err != nil {
			return err
		}
	}
	tally["keptRecords"] = rows.total
	return errors.Join(rows.close(), box.close())
}

// appendPair writes the numbers of two records and their pattern.
func (p *part) appendPair(b []byte, x *scored) []byte {
	b = binary.AppendUvarint(b, p.rows[x.a].number)
	b = binary.AppendUvarint(b, p.rows[x.b].number)
	return binary.AppendUvarint(binary.AppendUvarint(b, x.p[0]), x.p[1])
}

// pairList is a part with pairs of its records.
type pairList struct {
	part
	pairs []pairOf
	s     *scorer
	list  []scored
}

// pairOf is a pair by the numbers of its records.
type pairOf struct {
	a, b uint64
	p    pattern
}

func (l *pairList) Take(b Batch) error {
	switch b.Kind {
	case BatchRows:
		return l.take(b)
	case BatchPairs:
		return items(b, func(c *cursor) {
			l.pairs = append(l.pairs, pairOf{c.uvarint(), c.uvarint(), pattern{c.uvarint(), c.uvarint()}})
		})
	}
	return unexpected(b)
}

// weigh weighs the pairs by what is known of all records; false where there are none.
func (l *pairList) weigh() (bool, error) {
	var err error
	if l.s, err = l.part.weigh(); err != nil || l.s == nil {
		return false, err
	}
	l.list = make([]scored, 0, len(l.pairs))
	for _, x := range l.pairs {
		a, okA := l.row(x.a)
		b, okB := l.row(x.b)
		if !okA || !okB || a >= b {
			return false, errors.New("dedupe: a pair has lost its records")
		}
		for k := range 2 * 16 { // what no comparison of the model has can only be damage
			if k >= len(l.s.comparisons) && x.p.level(k) != 0 || k < len(l.s.comparisons) && int(x.p.level(k)) > len(l.s.comparisons[k].levels) {
				return false, errors.New("dedupe: a pair has a pattern that the model does not know")
			}
		}
		l.list = append(l.list, scored{a, b, x.p, l.s.weight(x.p, a, b, nil)})
	}
	slices.SortFunc(l.list, inOrder)
	for i := 1; i < len(l.list); i++ {
		if inOrder(l.list[i-1], l.list[i]) == 0 {
			return false, fmt.Errorf("dedupe: the pair of records %d and %d came twice", l.rows[l.list[i].a].number, l.rows[l.list[i].b].number)
		}
	}
	return len(l.list) > 0, nil
}

// joins says whether a pair may join two clusters.
func (l *pairList) joins(x *scored) bool {
	return x.weight >= l.s.bits(l.w.f.cfg.Match) && l.s.apart(x.p) == ""
}

// NewLink makes a step that is given what NewScore gave and says which records
// its pairs connect.
func (w *Worker) NewLink(out Sink) Step {
	l := &pairList{part: part{w: w}}
	return &simpleStep{l.Take, func() (Tally, error) {
		tally := Tally{"pairs": int64(len(l.pairs))}
		if some, err := l.weigh(); err != nil || !some {
			return tally, err
		}
		t := newTrees()
		for i := range l.list {
			if x := &l.list[i]; l.joins(x) {
				t.join(l.rows[x.a].number, l.rows[x.b].number)
				tally["joining"]++
			}
		}
		n, err := t.send(out)
		tally["linked"] = n
		return tally, err
	}}
}

// NewForest makes a step that is given BatchForest and puts the trees together.
func (w *Worker) NewForest(out Sink) Step {
	t := newTrees()
	in := int64(0)
	return &simpleStep{func(b Batch) error {
		if b.Kind != BatchForest {
			return unexpected(b)
		}
		in += int64(b.Items)
		return items(b, func(c *cursor) { t.join(c.uvarint(), c.uvarint()) })
	}, func() (Tally, error) {
		n, err := t.send(out)
		return Tally{"linkedIn": in, "linked": n}, err
	}}
}

// trees is a union-find over any numbers; the root of a tree is its least number.
type trees struct {
	at     map[uint64]int32
	number []uint64
	up     []int32
}

func newTrees() *trees { return &trees{at: map[uint64]int32{}} }

func (t *trees) find(number uint64) int32 {
	i, ok := t.at[number]
	if !ok {
		i = int32(len(t.up))
		t.at[number] = i
		t.number, t.up = append(t.number, number), append(t.up, i)
	}
	return t.root(i)
}

func (t *trees) root(i int32) int32 {
	for t.up[i] != i {
		t.up[i] = t.up[t.up[i]]
		i = t.up[i]
	}
	return i
}

func (t *trees) join(a, b uint64) {
	x, y := t.find(a), t.find(b)
	if t.number[y] < t.number[x] {
		x, y = y, x
	}
	t.up[y] = x
}

// send gives every record that is not the root of its tree, with its root,
// ascending.
func (t *trees) send(out Sink) (int64, error) {
	var list [][2]uint64
	for i, n := range t.number {
		if r := t.root(int32(i)); r != int32(i) {
			list = append(list, [2]uint64{n, t.number[r]})
		}
	}
	slices.SortFunc(list, func(x, y [2]uint64) int { return cmp.Compare(x[0], y[0]) })
	box := newOutbox(BatchForest, out)
	for _, x := range list {
		b := box.to(0)
		b.Data = binary.AppendUvarint(binary.AppendUvarint(b.Data, x[0]), x[1])
		if err := box.sent(b); err != nil {
			return 0, err
		}
	}
	return box.total, box.close()
}
