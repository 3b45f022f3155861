package record

import (
	"reflect"
	"slices"
	"strings"
)

// Leaf is one non-empty value of a record, met by Walk.
type Leaf struct {
	Field *Field
	value reflect.Value
	owner reflect.Value // the map, for a keyed leaf
	key   string
	idx   [maxDepth]int
}

// Text gives the value.
func (l Leaf) Text() string { return l.value.String() }

// SetText replaces the value in the record being walked.
func (l Leaf) SetText(s string) {
	if l.owner.IsValid() {
		l.owner.SetMapIndex(reflect.ValueOf(l.key), reflect.ValueOf(s).Convert(l.owner.Type().Elem()))
		return
	}
	l.value.SetString(s)
}

// Name gives the flat name: address2.postcode.
func (l Leaf) Name() string { return flatName(l.Field.Name, l.idx, l.key) }

// Walk visits every non-empty leaf of a record in the order of its field table.
func Walk(r Record, visit func(Leaf)) {
	w := walker{visit: visit}
	w.nodes(planOf(r.Kind()).root, reflect.ValueOf(r).Elem(), 0)
}

type walker struct {
	visit func(Leaf)
	leaf  Leaf
}

func (w *walker) nodes(nodes []*node, v reflect.Value, depth int) {
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

func (w *walker) emit(n *node, v reflect.Value) {
	l := w.leaf
	l.Field, l.value = n.field, v
	w.visit(l)
}

func (w *walker) list(n *node, f reflect.Value, depth int) {
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

func (w *walker) keyed(n *node, f reflect.Value) {
	keys := f.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, k := range keys {
		if e := f.MapIndex(k); e.Len() > 0 {
			l := w.leaf
			l.Field, l.value, l.owner, l.key = n.field, e, f, k.String()
			w.visit(l)
		}
	}
}
