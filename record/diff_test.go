package record

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestDiffIsComplete holds Diff to go-cmp, which knows nothing of the field
// table: it finds a difference where Diff does and nowhere else, and what Diff
// lists is all there is, since the record before with it put in is the record
// after.
func TestDiffIsComplete(t *testing.T) {
	for _, k := range Kinds() {
		t.Run(string(k), rapid.MakeCheck(func(t *rapid.T) {
			before := genRecord(t, k)
			after := Clone(before)
			columns := Columns(k, []Record{before})
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				if len(columns) > 0 && rapid.Bool().Draw(t, "known field") {
					c := rapid.SampledFrom(columns).Draw(t, "column")
					c.Set(after, rapid.StringMatching(`[a-z]{0,3}`).Draw(t, "value"))
					continue
				}
				other := genRecord(t, k)
				for _, c := range Columns(k, []Record{other}) {
					c.Set(after, c.Get(other))
				}
			}
			Compact(after)
			d := Diff(before, after)
			if same := gocmp.Equal(before, after); same != (len(d) == 0) {
				t.Fatalf("go-cmp says equal: %v; Diff lists %d: %s", same, len(d), gocmp.Diff(before, after))
			}
			for i, x := range d {
				if x.Before == x.After {
					t.Fatalf("%s: no difference", x.Name)
				}
				for _, y := range d[:i] {
					if x.Name == y.Name {
						t.Fatalf("%s stands twice", x.Name)
					}
				}
			}
			put := Clone(before)
			for _, types := range []bool{false, true} { // a name without its type would be another one
				for _, x := range d {
					c, ok := FindColumn(k, x.Name)
					if !ok || c.Get(before) != x.Before || c.Get(after) != x.After {
						t.Fatalf("%s: the values are not those of the records", x.Name)
					}
					if strings.HasSuffix(x.Name, ".type") == types {
						c.Set(put, x.After)
					}
				}
			}
			Compact(put)
			byType(put)
			byType(after)
			if left := gocmp.Diff(after, put); left != "" {
				t.Fatalf("with all differences put in, the record before is not that after: %s", left)
			}
		}))
	}
}

// byType sorts the lists in which elements of different types have no order.
func byType(r Record) {
	p := PersonOf(r)
	if p == nil {
		return
	}
	for i := range p.Names {
		if p.Names[i].Type == PrimaryName { // as good as none
			p.Names[i].Type = ""
		}
	}
	slices.SortStableFunc(p.Names, func(a, b Name) int { return cmp.Compare(a.Type, b.Type) })
	slices.SortStableFunc(p.Identifiers, func(a, b Identifier) int { return cmp.Compare(a.Type, b.Type) })
	slices.SortStableFunc(p.Contacts, func(a, b Contact) int { return cmp.Compare(a.Type, b.Type) })
}
