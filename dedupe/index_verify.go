package dedupe

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
)

// VerifyReport says how an index stands.
type VerifyReport struct {
	Records  int      `json:"records"`
	Stored   int      `json:"stored"`   // records read from the store and compared
	Postings int64    `json:"postings"` // looked up
	Problems []string `json:"problems"` // the first hundred; by the number of a row, without values
}

// Verify recomputes what an index holds from its records: the postings of each,
// the counts of values, ids and clusters; and with a store, that it holds these
// records, whole, and no others. Searches go on; writing waits.
func (x *Index) Verify(ctx context.Context) *VerifyReport {
	x.writing.Lock()
	defer x.writing.Unlock()
	v := &VerifyReport{Problems: []string{}}
	say := func(format string, args ...any) {
		if len(v.Problems) < 100 {
			v.Problems = append(v.Problems, fmt.Sprintf(format, args...))
		}
	}
	c := x.core
	if x.store != nil && x.broken == nil {
		x.verifyStore(ctx, v, say)
	}
	clusters := map[uint32]bool{}
	late := map[*posting]map[uint64]bool{} // what came since the sorted parts were made
	for _, p := range c.posts {
		late[p] = map[uint64]bool{}
		for h, at := range p.heads {
			for ; at != 0; at = p.pool[at-1].next {
				late[p][mix(h, uint64(p.pool[at-1].row))] = true
			}
		}
	}
	for r := int32(searchers); int(r) < c.t.n && ctx.Err() == nil; r++ {
		if c.hidden[r] {
			continue
		}
		v.Records++
		if c.rowOf[c.idOf[r]] != r {
			say("row %d: its id leads to another row", r)
		}
		c.eachKey(r, func(p *posting, h uint64) {
			v.Postings++
			_, there := slices.BinarySearch(p.main(h), h<<32|uint64(r))
			if !there && !late[p][mix(h, uint64(r))] {
				say("row %d is not under key %s", r, p.name)
			}
		})
		clusters[c.label[r]] = true
		for at, n := c.ring[r], 0; at != r; at, n = c.ring[at], n+1 {
			if n > c.t.n || c.hidden[at] || c.label[at] != c.label[r] {
				say("row %d: its cluster is broken", r)
				break
			}
		}
	}
	if ctx.Err() != nil {
		say("it was broken off: %v", ctx.Err())
		return v
	}
	if v.Records != c.live {
		say("%d records are counted, %d are there", c.live, v.Records)
	}
	if len(clusters) != c.clustersLive {
		say("%d clusters are counted, %d are there", c.clustersLive, len(clusters))
	}
	for i, want := range c.recount() {
		have := c.counts[i]
		if want.n != have.n || want.squares != have.squares {
			say("values of %s are counted wrongly", c.t.cols[i].name)
			continue
		}
		for id, n := range want.count {
			if id < len(have.count) && have.count[id] != n || id >= len(have.count) && n != 0 {
				say("values of %s are counted wrongly", c.t.cols[i].name)
				break
			}
		}
	}
	return v
}

func (x *Index) verifyStore(ctx context.Context, v *VerifyReport, say func(string, ...any)) {
	c := x.core
	if _, err := ReadIndexMeta(x.store); err != nil {
		say("%v", err)
	}
	again := newCore(&x.preset, x.cfg, newIndexTable(&x.preset))
	if err := again.load(ctx, x.store); err != nil {
		say("%v", err)
		return
	}
	v.Stored = again.live
	if again.live != c.live {
		say("%d records are stored, %d are served", again.live, c.live)
	}
	for r := int32(searchers); int(r) < c.t.n; r++ {
		there := int(r) < again.t.n && !again.hidden[r]
		if c.hidden[r] {
			if there {
				say("row %d is stored and not served", r)
			}
			continue
		}
		if !there {
			say("row %d is served and not stored", r)
			continue
		}
		if again.idText(r) != c.idText(r) || again.t.hash[r] != c.t.hash[r] || again.ids.text[again.label[r]] != c.ids.text[c.label[r]] || !c.sameCells(r, again) {
			say("row %d is stored otherwise than it is served", r)
		}
	}
	err := x.store.Each(tableRows, func(k, _ []byte) error {
		if at := binary.BigEndian.Uint64(k) + searchers; at >= uint64(c.t.n) {
			say("row %d is stored and not served", at)
		}
		return nil
	})
	if err != nil {
		say("%v", err)
	}
}

// sameCells says whether a row holds the same values in two indexes.
func (c *core) sameCells(r int32, o *core) bool {
	same := func(a, b int32) bool {
		for i, col := range c.t.cols {
			if col.text[c.t.id(col, a)] != o.t.cols[i].text[o.t.id(o.t.cols[i], b)] {
				return false
			}
		}
		return true
	}
	return same(r, r) && slices.EqualFunc(c.t.othersOf(r), o.t.othersOf(r), func(a, b other) bool { return a.concept == b.concept && same(a.row, b.row) })
}
