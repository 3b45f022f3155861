package dedupe

import (
	"encoding/binary"
	"errors"
	"slices"
)

// roots gives for each record of the part the root of its tree, from the labels
// of all records that pairs connect; itself for one that none does.
func (p *part) roots() ([]uint64, error) {
	out := make([]uint64, len(p.rows))
	for i, r := range p.rows {
		out[i] = r.number
	}
	if p.w.cfg.Labels == nil {
		return nil, errors.New("dedupe: the step needs to know which records are connected")
	}
	at, last := 0, uint64(0)
	for b, err := range p.w.cfg.Labels {
		if err != nil {
			return nil, err
		}
		if b.Kind != BatchForest {
			return nil, unexpected(b)
		}
		sorted := true
		err := items(b, func(c *cursor) {
			number, root := c.uvarint(), c.uvarint()
			sorted = sorted && number >= last && root < number
			last = number
			for at < len(p.rows) && p.rows[at].number < number {
				at++
			}
			if at < len(p.rows) && p.rows[at].number == number {
				out[at] = root
			}
		})
		if err != nil {
			return nil, err
		}
		if !sorted {
			return nil, errors.New("dedupe: the connected records are not in the order of their numbers")
		}
	}
	return out, nil
}

// NewGather makes a step that is given what NewScore gave, and brings the pairs
// within each group of connected records together. With last it decides on the
// others: their records are in two clusters.
func (w *Worker) NewGather(last bool, out Sink) Step {
	l := &pairList{part: part{w: w}}
	return &simpleStep{l.Take, func() (Tally, error) {
		tally := Tally{"pairs": int64(len(l.pairs))}
		if some, err := l.weigh(); err != nil || !some {
			return tally, err
		}
		roots, err := l.roots()
		if err != nil {
			return nil, err
		}
		rows, box := newOutbox(BatchRows, out), newOutbox(BatchPairs, out)
		type place struct {
			shard uint64
			row   int32
		}
		sent := map[place]bool{}
		var across []scored
		for i := range l.list {
			x := &l.list[i]
			if roots[x.a] != roots[x.b] {
				if l.joins(x) {
					return nil, errors.New("dedupe: two records are joined by a pair and not connected")
				}
				across = append(across, *x)
				continue
			}
			to := w.shardOfTree(roots[x.a])
			for _, r := range [2]int32{x.a, x.b} {
				if sent[place{to, r}] {
					continue
				}
				sent[place{to, r}] = true
				b := rows.to(to)
				b.Data = append(b.Data, l.rows[r].whole...)
				if err := rows.sent(b); err != nil {
					return nil, err
				}
			}
			b := box.to(to)
			b.Data = l.appendPair(b.Data, x)
			if err := box.sent(b); err != nil {
				return nil, err
			}
		}
		tally["gatheredRecords"], tally["within"], tally["across"] = rows.total, box.total, int64(len(across))
		if err := errors.Join(rows.close(), box.close()); err != nil || !last {
			return tally, err
		}
		alone := make([]int, len(l.rows))
		for i := range alone {
			alone[i] = i
		}
		return tally, l.decide(across, alone, out, tally)
	}}
}

// NewComponents makes a step that is given the pairs of groups of connected
// records, with their records, and makes the clusters. It gives which values are
// not to be counted, since one record stands for its cluster; with last it decides
// on the pairs and names the clusters.
func (w *Worker) NewComponents(last bool, out Sink) Step {
	l := &pairList{part: part{w: w}}
	in := int64(0)
	return &simpleStep{func(b Batch) error {
		if b.Kind == BatchRows {
			in += int64(b.Items)
		}
		return l.Take(b)
	}, func() (Tally, error) {
		tally := Tally{"records": in, "pairs": int64(len(l.pairs))}
		if some, err := l.weigh(); err != nil || !some {
			return tally, err
		}
		made := clusters(l.t, l.list, l.s.bits(w.f.cfg.Match), l.s, 1, nil)
		stands := make([]bool, len(made))
		for _, r := range representatives(l.t, made) {
			stands[r] = true
		}
		size := make([]int, len(made))
		for r, c := range made {
			size[c]++
			if !stands[r] {
				tally["clustered"]++
			}
		}
		if last {
			if err := l.name(made, size, out, tally); err != nil {
				return nil, err
			}
			return tally, l.decide(l.list, made, out, tally)
		}
		terms := w.newTermCounter(out)
		for r := range made {
			if stands[r] {
				continue
			}
			if err := terms.less(l.t, int32(r)); err != nil {
				return nil, err
			}
		}
		err := terms.flush()
		tally["terms"] = terms.out.total
		return tally, err
	}}
}

// name gives the records of clusters of two or more the id of their cluster.
func (l *pairList) name(made, size []int, out Sink, tally Tally) error {
	id := func(i int) string { return l.ids[i] }
	box := newOutbox(BatchClusters, out)
	for r, least := range l.w.cfg.Least(made, id) {
		if size[made[r]] < 2 {
			continue
		}
		if made[r] == r {
			tally["clusters"]++
		}
		b := box.to(l.w.shardOfRecord(l.rows[r].number))
		b.Data = appendText(binary.AppendUvarint(b.Data, l.rows[r].number), id(least))
		if err := box.sent(b); err != nil {
			return err
		}
	}
	tally["named"] = box.total
	return box.close()
}

// decide proposes pairs as Find does, given the clusters, and gives their lines away.
func (l *pairList) decide(pairs []scored, made []int, out Sink, tally Tally) error {
	res := &Result{Clusters: made, Model: &Model{}}
	cfg := &l.w.f.cfg
	l.s.propose(res, pairs, l.s.bits(cfg.Match), l.s.bits(cfg.Review), nil)
	box := newOutbox(BatchDecided, out)
	var line []byte
	for i := range res.Pairs {
		p, why := &res.Pairs[i], res.Explain(i)
		line = l.w.cfg.PairLine(line[:0], p, &why, l.ids[p.A], l.ids[p.B])
		b := box.to(l.w.shardOfRecord(l.rows[p.A].number))
		b.Data = binary.AppendUvarint(binary.AppendUvarint(b.Data, l.rows[p.A].number), l.rows[p.B].number)
		b.Data = appendText(b.Data, string(line))
		tally[string(p.Decision)]++
		if err := box.sent(b); err != nil {
			return err
		}
	}
	tally["decided"] = box.total
	return box.close()
}

// NewWrite makes a step that is given BatchRows, BatchDecided and BatchClusters of
// one shard, and gives the lines of the pairs and of the clusters: those of a
// thousand neighbouring records together, in order, under a key that has them in
// the order of the files.
func (w *Worker) NewWrite(out Sink) Step {
	p := &part{w: w}
	type named struct {
		number uint64
		id     string
	}
	type decided struct {
		a, b uint64
		line string
	}
	var names []named
	var pairs []decided
	return &simpleStep{func(b Batch) error {
		switch b.Kind {
		case BatchRows:
			return p.take(b)
		case BatchClusters:
			return items(b, func(c *cursor) { names = append(names, named{c.uvarint(), c.text()}) })
		case BatchDecided:
			return items(b, func(c *cursor) { pairs = append(pairs, decided{c.uvarint(), c.uvarint(), c.text()}) })
		}
		return unexpected(b)
	}, func() (Tally, error) {
		slices.SortFunc(p.rows, func(x, y packed) int { return compareNumbers(x.number, y.number) })
		slices.SortFunc(names, func(x, y named) int { return compareNumbers(x.number, y.number) })
		slices.SortFunc(pairs, func(x, y decided) int {
			if x.a != y.a {
				return compareNumbers(x.a, y.a)
			}
			return compareNumbers(x.b, y.b)
		})
		lines, text := newOutbox(BatchClusText, out), newOutbox(BatchPairText, out)
		at := 0
		for i, r := range p.rows {
			if i > 0 && r.number == p.rows[i-1].number {
				return nil, errors.New("dedupe: a record came twice")
			}
			c := cursor{s: r.rest}
			c.uint64()
			id := c.text()
			if c.bad {
				return nil, damaged(Batch{Kind: BatchRows, Data: []byte(r.whole)})
			}
			cluster := id
			if at < len(names) && names[at].number == r.number {
				cluster = names[at].id
				at++
			}
			b := lines.to(batchOf(r.number))
			b.Data = w.cfg.ClusterLine(b.Data, id, cluster)
		}
		if at < len(names) {
			return nil, errors.New("dedupe: a record stands in a cluster and is not there")
		}
		for i, x := range pairs {
			if i > 0 && x.a == pairs[i-1].a && x.b == pairs[i-1].b {
				return nil, errors.New("dedupe: a pair was decided on twice")
			}
			b := text.to(batchOf(x.a))
			b.Data = append(b.Data, x.line...)
		}
		return Tally{"records": int64(len(p.rows)), "named": int64(len(names)), "decided": int64(len(pairs))}, errors.Join(lines.close(), text.close())
	}}
}

func compareNumbers(x, y uint64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
