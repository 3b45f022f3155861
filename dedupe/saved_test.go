package dedupe

import (
	"bytes"
	"reflect"
	"testing"

	"leds.internal/ledsq/record"
)

func somePairs() *compared {
	return &compared{Planned: [][]string{{"surname", "dob"}}, Dropped: []Dropped{{Key: "town", Blocks: 1, Records: 400}}, N: 7, Families: true,
		counts: []patternCount{{pattern{1, 2}, 3}}, pairs: []scored{{0, 1, pattern{5, 6}, -2.5}, {0, 4, pattern{7}, 31.25}}}
}

func TestComparedSaved(t *testing.T) {
	var b bytes.Buffer
	want := somePairs()
	if err := want.write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := readCompared(bytes.NewReader(b.Bytes()), 5)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := readCompared(bytes.NewReader(b.Bytes()), 4); err == nil {
		t.Error("a pair of a record that is not there is taken")
	}
	for _, n := range []int{1, b.Len() / 2, b.Len() - 1} {
		if _, err := readCompared(bytes.NewReader(b.Bytes()[:n]), 5); err == nil {
			t.Errorf("%d bytes of %d are taken", n, b.Len())
		}
	}
}

func FuzzReadCompared(f *testing.F) {
	var b bytes.Buffer
	if err := somePairs().write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := readCompared(bytes.NewReader(text), 5)
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := c.write(&again); err != nil {
			t.Skip(err) // a number JSON has no place for
		}
		d, err := readCompared(&again, 5)
		if err != nil || len(d.pairs) != len(c.pairs) || len(d.counts) != len(c.counts) {
			t.Errorf("what was read is written and not read again: %v", err)
		}
	})
}

func FuzzReadRow(f *testing.F) {
	finder, err := NewFinder(record.KindPerson, Config{})
	if err != nil {
		f.Fatal(err)
	}
	p := &record.Person{Names: []record.Name{{GivenNames: []string{"Ada"}, Surname: "Ashdown"}, {Type: "alias", Surname: "Birch"}}, DateOfBirth: "1985-12-10"}
	p.ID = "P1"
	f.Add(string(finder.AppendRow(nil, "P1", finder.Prepare(p))) + "rest")
	f.Fuzz(func(t *testing.T, text string) {
		row, id, rest, err := finder.ReadRow(text)
		if err != nil {
			return
		}
		again, id2, rest2, err := finder.ReadRow(string(finder.AppendRow(nil, id, row)))
		if err != nil || id2 != id || rest2 != "" || again.hash != row.hash || len(again.cells) != len(row.cells) || len(rest) > len(text) {
			t.Errorf("what was read is written and not read again: %v", err)
		}
	})
}
