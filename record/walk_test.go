package record

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// slowLeaf is Leaf by reflection.
type slowLeaf struct {
	field *Field
	value reflect.Value
	key   string
	idx   [maxDepth]int
}

// slowWalk is Walk written in the plainest way, by reflection, to hold the two
// to the same leaves.
func slowWalk(r Record, visit func(slowLeaf)) {
	w := slowWalker{visit: visit}
	w.nodes(planOf(r.Kind()).root, reflect.ValueOf(r).Elem(), 0)
}

type slowWalker struct {
	visit func(slowLeaf)
	leaf  slowLeaf
}

func (w *slowWalker) nodes(nodes []*node, v reflect.Value, depth int) {
	for _, n := range nodes {
		var f reflect.Value
		if len(n.index) == 1 {
			f = v.Field(n.index[0])
		} else {
			f = v.FieldByIndex(n.index)
		}
		switch n.kind {
		case leafNode:
			if f.Len() > 0 {
				w.emit(n, f)
			}
		case structNode:
			w.nodes(n.children, f, depth)
		case listNode:
			w.list(n, f, depth)
		case wordsNode:
			for i := range f.Len() {
				if e := f.Index(i); e.Len() > 0 {
					w.leaf.idx[depth] = i + 1
					w.emit(n, e)
				}
			}
		case mapNode:
			w.keyed(n, f)
		}
	}
}

func (w *slowWalker) emit(n *node, v reflect.Value) {
	l := w.leaf
	l.field, l.value = n.field, v
	w.visit(l)
}

func (w *slowWalker) list(n *node, f reflect.Value, depth int) {
	count := 0
	for i := range f.Len() {
		e := f.Index(i)
		if !n.takes(e) {
			continue
		}
		count++
		w.leaf.idx[depth] = count
		w.nodes(n.children, e, depth+1)
	}
}

func (w *slowWalker) keyed(n *node, f reflect.Value) {
	keys := f.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, k := range keys {
		if e := f.MapIndex(k); e.Len() > 0 {
			l := w.leaf
			l.field, l.value, l.key = n.field, e, k.String()
			w.visit(l)
		}
	}
}

// TestWalkMeetsWhatReflectionMeets compares the leaves of random records.
func TestWalkMeetsWhatReflectionMeets(t *testing.T) {
	type met struct{ path, name, text string }
	for _, k := range Kinds() {
		t.Run(string(k), rapid.MakeCheck(func(t *rapid.T) {
			r := genRecord(t, k)
			if p := PersonOf(r); p != nil { // groups of any type
				for range rapid.IntRange(0, 3).Draw(t, "others") {
					typ := rapid.SampledFrom([]string{"", "other", "PNC", "EMAIL", "alias", "x"}).Draw(t, "type")
					p.Names = append(p.Names, Name{Type: NameType(typ), Surname: "n", GivenNames: []string{"", "g"}})
					p.Identifiers = append(p.Identifiers, Identifier{Type: IdentifierType(typ), Value: "i"})
					p.Contacts = append(p.Contacts, Contact{Type: ContactType(typ), Value: "c"})
				}
			}
			var want, got []met
			slowWalk(r, func(l slowLeaf) {
				want = append(want, met{l.field.Path, flatName(l.field.Name, l.idx, l.key), l.value.String()})
			})
			Walk(r, func(l Leaf) {
				got = append(got, met{l.Field.Path, l.Name(), l.Text()})
				if LeafFields(k)[l.Place] != l.Field {
					t.Fatalf("%s is not at its place", l.Field.Path)
				}
			})
			if !slices.Equal(got, want) {
				t.Fatalf("walked\n%v\nwant\n%v", got, want)
			}
			Walk(r, func(l Leaf) { l.SetText(l.Text() + "!") })
			i := 0
			slowWalk(r, func(l slowLeaf) {
				// A type that was marked puts its element into another group.
				if v := l.value.String(); !strings.HasSuffix(v, "!") {
					t.Fatalf("%s was not set", l.field.Path)
				}
				i++
			})
			if i != len(want) {
				t.Fatalf("%d leaves after setting them, %d before", i, len(want))
			}
		}))
	}
}
