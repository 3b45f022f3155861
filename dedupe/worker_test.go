package dedupe

import (
	"slices"
	"testing"
)

// TestGrouped holds what workers take for one block to what group does.
func TestGrouped(t *testing.T) {
	const n = 5000
	base := uint64(0xfedcba9876543210)
	hashes := make([]uint64, n)
	for i := range hashes {
		hashes[i] = mix(uint64(i+1), 77)
	}
	hashes[0], hashes[1] = base, base                   // the same
	hashes[2] = base ^ 1<<40                            // differ where group does not look
	hashes[3], hashes[4] = base^1<<63, base^1           // and where it does
	hashes[5], hashes[6] = base^1<<40^1<<45, base^1<<60 // the first as the same, the second not
	want := map[uint64][]uint32{}
	for r, h := range hashes {
		want[grouped(h, n)] = append(want[grouped(h, n)], uint32(r))
	}
	got := 0
	(&sorter{}).group(n, func(yield func(uint64, uint32)) {
		for r, h := range hashes {
			yield(h, uint32(r))
		}
	}, func(records []uint64) {
		var own []uint32
		for _, x := range records {
			own = append(own, uint32(x))
		}
		if w := want[grouped(hashes[own[0]], n)]; !slices.Equal(own, w) {
			t.Errorf("group has %v, workers %v", own, w)
		}
		got += len(own)
	})
	alone := 0
	for _, w := range want {
		if len(w) == 1 {
			alone++
		}
	}
	if got+alone != n || got < 4 {
		t.Errorf("%d in groups and %d alone, of %d", got, alone, n)
	}
}

// TestFirstShared says that a pair is compared in one block only.
func TestFirstShared(t *testing.T) {
	for _, one := range []struct {
		a, b []uint64
		want uint64
	}{
		{[]uint64{1, 5, 9}, []uint64{2, 5, 9}, 5},
		{[]uint64{9}, []uint64{1, 2, 9}, 9},
		{[]uint64{1, 2}, []uint64{3}, 1<<64 - 1},
		{nil, []uint64{3}, 1<<64 - 1},
	} {
		if got := firstShared(one.a, one.b); got != one.want {
			t.Errorf("%v and %v: %d", one.a, one.b, got)
		}
	}
}

// FuzzRows reads records that somebody made up.
func FuzzRows(f *testing.F) {
	row := &Row{hash: 7, cells: []cell{{1, fnv64("ANN"), "ANN"}}, more: []cell{{0, fnv64("FENWICK"), "FENWICK"}}, others: []otherCells{{"name", 0, 1}}}
	f.Add(appendRow(nil, numberOf(1, 5), "P1", row))
	f.Fuzz(func(t *testing.T, b []byte) {
		var list []packed
		if unpackRows(Batch{Kind: BatchRows, Items: 1, Data: b}, func(p packed) { list = append(list, p) }) != nil {
			return
		}
		var own Row
		id, ok := list[0].unpack(&own, 3)
		if !ok {
			return
		}
		again := appendRow(nil, list[0].number, id, &own)
		var back []packed
		if err := unpackRows(Batch{Kind: BatchRows, Items: 1, Data: again}, func(p packed) { back = append(back, p) }); err != nil || back[0].number != list[0].number {
			t.Errorf("%x reads %v, and back %v: %v", b, list, back, err)
		}
	})
}
