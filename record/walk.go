package record

import (
	"reflect"
	"slices"
	"strings"
	"unsafe"
)

// Leaf is one non-empty value of a record, met by Walk.
type Leaf struct {
	Field *Field
	Place int // of the field in LeafFields
	at    *step
	text  *string
	in    *keyed // the map it lies in, for a keyed leaf
	idx   [maxDepth]int
}

// keyed is a leaf that is a value of a map.
type keyed struct {
	owner reflect.Value
	key   string
}

// Text gives the value.
func (l Leaf) Text() string { return *l.text }

// SetText replaces the value in the record being walked.
func (l Leaf) SetText(s string) {
	if l.in != nil {
		l.in.owner.SetMapIndex(reflect.ValueOf(l.in.key), reflect.ValueOf(s).Convert(l.in.owner.Type().Elem()))
	}
	*l.text = s
}

// Name gives the flat name: address2.postcode.
func (l Leaf) Name() string {
	key := ""
	if l.in != nil {
		key = l.in.key
	} else if n := l.at.numbers; (n < 1 || l.idx[0] == 1) && (n < 2 || l.idx[1] == 1) && (n < 3 || l.idx[2] == 1) {
		return l.at.first
	}
	return flatName(l.Field.Name, l.idx, key)
}

// Walk visits every non-empty leaf of a record in the order of its field table.
// The visitor may set the leaf it is given and must not change the record otherwise.
func Walk(r Record, visit func(Leaf)) {
	w := walker{visit: visit}
	w.steps(planOf(r.Kind()).steps, addressOf(r), 0)
}

// LeafFields gives the fields that Walk meets, in its order: those of the field
// table, with code set and version of every code. Leaf.Place counts in it, for
// what is to be found out once about each field. The caller must not change it.
func LeafFields(k Kind) []*Field { return planOf(k).leaves }

// addressOf gives where a record lies in memory.
func addressOf(r Record) unsafe.Pointer {
	switch r := r.(type) {
	case *Person:
		return unsafe.Pointer(r)
	case *Vehicle:
		return unsafe.Pointer(r)
	case *MissingPerson:
		return unsafe.Pointer(r)
	}
	return nil
}

type walker struct {
	visit func(Leaf)
	leaf  Leaf
}

// list is how a slice lies in memory; a string begins the same.
type list struct {
	data unsafe.Pointer
	len  int
	_    int
}

func (w *walker) steps(all []block, base unsafe.Pointer, depth int) {
	for i := range all {
		b := &all[i]
		some := uintptr(0)
		for _, at := range &b.filled {
			some |= *(*uintptr)(unsafe.Add(base, at))
		}
		if some != 0 { // nearly all are empty
			w.block(b.steps, base, depth)
		}
	}
}

func (w *walker) block(steps []step, base unsafe.Pointer, depth int) {
	for i := range steps {
		s := &steps[i]
		if *(*uintptr)(unsafe.Add(base, s.filled)) == 0 {
			continue
		}
		at := unsafe.Add(base, s.offset)
		switch s.kind {
		case leafNode:
			w.leaf.Field, w.leaf.Place, w.leaf.at, w.leaf.text = s.field, int(s.place), s, (*string)(at)
			w.visit(w.leaf)
		case wordsNode:
			l := (*list)(at)
			for i := range l.len {
				if e := (*string)(unsafe.Add(l.data, uintptr(i)*unsafe.Sizeof(""))); *e != "" {
					w.leaf.Field, w.leaf.Place, w.leaf.at, w.leaf.text, w.leaf.idx[depth] = s.field, int(s.place), s, e, i+1
					w.visit(w.leaf)
				}
			}
		case mapNode:
			w.keyed(s, at)
		case listNode:
			l, g := (*list)(at), s.group
			count := 0
			for i := range l.len {
				e := unsafe.Add(l.data, uintptr(i)*g.size)
				if g.node.disc >= 0 {
					t := *(*string)(unsafe.Add(e, g.disc))
					if g.one != "" && t != g.one || g.one == "" && !g.node.takesType(t) {
						continue
					}
				}
				count++
				w.leaf.idx[depth] = count
				w.steps(g.steps, e, depth+1)
			}
		}
	}
}

func (w *walker) keyed(s *step, at unsafe.Pointer) {
	f := reflect.NewAt(s.group.typ, at).Elem()
	keys := f.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, k := range keys {
		if text := f.MapIndex(k).String(); text != "" {
			l := w.leaf
			l.Field, l.Place, l.at, l.text, l.in = s.field, int(s.place), s, &text, &keyed{f, k.String()}
			w.visit(l)
		}
	}
}

// step is a node with the place where it lies in memory, counted from the
// record or from the list element it is a part of, so that Walk needs no
// reflection: a million persons take it 0.3 s and reflection took 5 s. Structs
// within a struct have no step of their own: their parts stand in their place.
// The offsets come from the types themselves, when the plan is compiled.
type step struct {
	offset uint32
	filled uint32 // where a word lies that is 0 when there is nothing: the length, or the map itself
	place  uint16
	kind   nodeKind
	field  *Field
	group  *group // of a list or map

	first   string // flat name of the first occurrence
	numbers int    // in the flat name
}

// block is some steps that follow each other; filled has that of each, so that
// all of them are passed at one look where there is nothing.
type block struct {
	filled [8]uint32
	steps  []step
}

func blocks(steps []step) (out []block) {
	for part := range slices.Chunk(steps, len(block{}.filled)) {
		b := block{steps: part}
		for i := range b.filled {
			b.filled[i] = part[min(i, len(part)-1)].filled
		}
		out = append(out, b)
	}
	return out
}

// group is what a step over a list or map needs to know of its elements.
type group struct {
	node  *node
	size  uintptr // of an element
	disc  uintptr // where in it its type stands
	one   string  // the one type it must have, "" where it may have several
	steps []block
	typ   reflect.Type
}

// layOut gives the steps of nodes within a struct type that begins at base.
func layOut(nodes []*node, t reflect.Type, base uintptr) (out []step) {
	for _, n := range nodes {
		// Embedded structs lie in the struct itself; none is behind a pointer.
		f, offset := t, base
		for _, i := range n.index {
			sf := f.Field(i)
			offset += sf.Offset
			f = sf.Type
		}
		s := step{kind: n.kind, offset: uint32(offset), filled: uint32(offset + unsafe.Offsetof(list{}.len)), place: uint16(n.place), field: n.field}
		if n.field != nil {
			s.first, s.numbers = n.field.First(), strings.Count(n.field.Name, "#")
		}
		switch n.kind {
		case leafNode:
			mustBe(f.Kind() == reflect.String, n)
		case structNode:
			out = append(out, layOut(n.children, f, offset)...)
			continue
		case wordsNode:
			mustBe(f.Elem().Kind() == reflect.String, n)
		case mapNode:
			s.filled, s.group = s.offset, &group{node: n, typ: f}
		case listNode:
			s.group = &group{node: n, typ: f, size: f.Elem().Size(), steps: blocks(layOut(n.children, f.Elem(), 0))}
			if n.disc >= 0 {
				mustBe(f.Elem().Field(n.disc).Type.Kind() == reflect.String, n)
				s.group.disc = f.Elem().Field(n.disc).Offset
				if n.other == nil && len(n.types) == 1 {
					s.group.one = n.types[0]
				}
			}
		}
		out = append(out, s)
	}
	return out
}

func mustBe(text bool, n *node) {
	if !text {
		panic("record: " + n.step + " is not text")
	}
}
