package dedupe

import (
	"testing"

	"pgregory.net/rapid"

	"leds.internal/ledsq/record"
)

// TestBatchesCompareAlike holds the levels of pairs compared in batches to those of
// each pair alone, further names and addresses included.
func TestBatchesCompareAlike(t *testing.T) {
	for _, k := range []record.Kind{record.KindPerson, record.KindVehicle, record.KindMissing} {
		f, err := NewFinder(k, Config{Jobs: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range sampled(t, k, 700, 3) {
			if err := f.Add(r); err != nil {
				t.Fatal(err)
			}
		}
		f.t.compact()
		comparisons := active(f.t, f.preset.comparisons)
		pairs := drawPairs(f.t, comparisons, 40_000, 2)
		c, several := newComparer(f.t, comparisons), 0
		for _, d := range pairs {
			if len(f.t.othersOf(d.a)) > 0 {
				several++
			}
			if want := c.pattern(d.a, d.b); d.p != want {
				t.Fatalf("%s: %d and %d are %v in a batch and %v alone", k, d.a, d.b, d.p, want)
			}
		}
		if k == record.KindPerson && several == 0 || len(pairs) < 10_000 {
			t.Errorf("%s: %d pairs, %d of several names or addresses: too few to tell", k, len(pairs), several)
		}
	}
}

// TestTally holds the table to a map.
func TestTally(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tally, want := newTally(rapid.IntRange(0, 40).Draw(t, "room")), map[uint64]int32{}
		for _, k := range rapid.SliceOfN(rapid.Uint64Range(1, 90), 0, 300).Draw(t, "keys") {
			key := k << (k % 3 * 20) // some differ above only
			tally.add(key, int32(k%4))
			want[key] += int32(k % 4)
		}
		more := 0
		for k, n := range want {
			if tally.of(k) != n {
				t.Fatalf("%d was counted %d times, not %d", k, tally.of(k), n)
			}
			if n > 2 {
				more++
			}
		}
		if got := tally.sorted(2); len(got) != more || tally.of(0) != 0 || tally.of(1<<63) != 0 {
			t.Fatalf("%d keys, not %d", len(got), more)
		}
	})
}

// TestPrune holds keys to what only they bring.
func TestPrune(t *testing.T) {
	for _, c := range []struct {
		why    string
		free   int64
		sure   float64 // matches that only the dear key brings
		remain int
	}{
		{"pairs are free", 2000, 0, 2},
		{"a thousand pairs for no match", 500, 0, 1},
		{"and for a hundred", 500, 100, 2},
	} {
		cheap, dear := &option{key: key{0}, covers: []int32{0}}, &option{key: key{1}, covers: []int32{0, 1}}
		one := &choice{p: &planner{limits: limits{allPairs: c.free}}, sure: []float64{50, c.sure}, stands: []float64{60, 1000}, covered: make([]bool, 2),
			spent: 1060, keys: []key{dear.key, cheap.key}, taken: []*option{dear, cheap}}
		if one.prune(); len(one.keys) != c.remain || one.keys[len(one.keys)-1][0] != 0 {
			t.Errorf("%s: keys %v are left", c.why, one.keys)
		}
	}
}

// TestPlacesOfKeys keeps keys that bring next to nothing from filling the places
// that a file has for keys while most pairs are free.
func TestPlacesOfKeys(t *testing.T) {
	c := &choice{p: &planner{n: 1000, limits: limits{keys: 4}}}
	add := func(n int) {
		o := &option{key: key{len(c.options)}}
		for range n {
			o.covers = append(o.covers, int32(len(c.stands)))
			c.stands, c.gain, c.covered = append(c.stands, 10), append(c.gain, 0), append(c.covered, false)
		}
		c.options = append(c.options, o)
	}
	for range 8 {
		add(1)
	}
	add(200) // 2,000 pairs
	add(900) // 9,000: more than any key is given
	const free = 12_000
	c.take(func(_, costs float64) float64 { return c.fresh(costs, free) })
	if len(c.keys) != 4 || c.keys[0][0] != 8 {
		t.Errorf("keys %v", c.keys)
	}
}
