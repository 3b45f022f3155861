package record

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// maxDepth is how deep lists nest: a given name in an alias, an offence in a process.
const maxDepth = 3

// plan is a field table compiled against the Go type of its kind.
type plan struct {
	fields []Field
	root   []*node
	leaves []*Field         // in the order in which they are walked
	steps  []block          // root as it lies in memory
	byName map[string]place // flat name with every number written as #, see normalName
	keyed  []place          // fields whose name ends in a key (factor.*)
}

// place is a field with the way to it.
type place struct {
	field *Field
	chain []*node
}

type nodeKind uint8

const (
	leafNode   nodeKind = iota // a string
	structNode                 // a struct in the record
	listNode                   // a list of structs, or those of one type in it
	wordsNode                  // a list of strings
	mapNode                    // string keys to strings
)

// node is one step of a path. Steps that several rows share are one node.
type node struct {
	kind     nodeKind
	step     string // as in Field.Path
	index    []int  // of the struct field
	disc     int    // of the field that tells the types of a list apart, or -1
	types    []string
	other    []string // for [?]: the types that have groups of their own
	children []*node
	field    *Field
	place    int // of the field, see plan.leaves
}

var plans = map[Kind]func() *plan{
	KindPerson: sync.OnceValue(func() *plan {
		return compile(reflect.TypeFor[Person](), join(envelopeFields(), personFields(), extraFields()))
	}),
	KindVehicle: sync.OnceValue(func() *plan {
		return compile(reflect.TypeFor[Vehicle](), join(envelopeFields(), vehicleFields(), extraFields()))
	}),
	KindMissing: sync.OnceValue(func() *plan {
		return compile(reflect.TypeFor[MissingPerson](), join(envelopeFields(), missingFields(), extraFields()))
	}),
}

func planOf(k Kind) *plan {
	p, ok := plans[k]
	if !ok {
		return &plan{}
	}
	return p()
}

// compile panics when table and types disagree, which a test would find first.
func compile(t reflect.Type, rows []Field) *plan {
	p := &plan{fields: rows, byName: map[string]place{}}
	for i := range rows {
		f := &rows[i]
		if f.Type != TypeCode {
			p.add(t, f, f.Path)
			continue
		}
		// A code is a value with the set and version it comes from.
		set := &Field{f.Path + ".codeSet", f.Name + ".codeSet", TypeRef, "", NotPersonal, "Code set of " + f.First()}
		version := &Field{f.Path + ".version", f.Name + ".version", TypeRef, "", NotPersonal, "Version of that code set"}
		p.add(t, f, f.Path+".value")
		p.add(t, set, set.Path)
		p.add(t, version, version.Path)
	}
	p.number(p.root)
	p.steps = blocks(layOut(p.root, t, 0))
	return p
}

// number gives every leaf its place in the order of the walk.
func (p *plan) number(nodes []*node) {
	for _, n := range nodes {
		if n.field != nil {
			n.place = len(p.leaves)
			p.leaves = append(p.leaves, n.field)
		}
		p.number(n.children)
	}
}

func (p *plan) add(t reflect.Type, f *Field, path string) {
	var chain []*node
	level := &p.root
	for _, step := range strings.Split(path, ".") {
		n := nodeFor(level, t, step)
		chain = append(chain, n)
		level = &n.children
		t = t.FieldByIndex(n.index).Type
		if n.kind == listNode {
			t = t.Elem()
		}
	}
	chain[len(chain)-1].field = f
	at := place{f, chain}
	if strings.HasSuffix(f.Name, "*") {
		p.keyed = append(p.keyed, at)
		return
	}
	for _, name := range normalNames(f.Name) {
		if _, dup := p.byName[name]; dup {
			panic("record: two fields are named " + name)
		}
		p.byName[name] = at
	}
}

func nodeFor(level *[]*node, t reflect.Type, step string) *node {
	for _, n := range *level {
		if n.step == step {
			return n
		}
	}
	name, rest, list := strings.Cut(step, "[")
	name = strings.TrimSuffix(name, "{}")
	sf, ok := fieldByJSON(t, name)
	if !ok {
		panic(fmt.Sprintf("record: %v has no %s", t, name))
	}
	n := &node{step: step, index: sf.Index, disc: -1}
	switch {
	case list && sf.Type.Elem().Kind() == reflect.String:
		n.kind = wordsNode
	case list:
		n.kind = listNode
		if disc := strings.TrimSuffix(rest, "]"); disc != "" {
			tf, _ := fieldByJSON(sf.Type.Elem(), "type")
			n.disc = tf.Index[0]
			n.types = []string{disc}
			if disc == string(PrimaryName) {
				n.types = append(n.types, "")
			}
			if disc == "?" {
				for _, m := range *level {
					if strings.HasPrefix(m.step, name+"[") {
						n.other = append(n.other, m.types...)
					}
				}
				n.types = []string{"other"}
			}
		}
	case sf.Type.Kind() == reflect.Map:
		n.kind = mapNode
	case sf.Type.Kind() == reflect.Struct:
		n.kind = structNode
	}
	*level = append(*level, n)
	return n
}

// fieldByJSON finds a struct field by its JSON name, also in an embedded struct.
func fieldByJSON(t reflect.Type, name string) (reflect.StructField, bool) {
	for _, sf := range reflect.VisibleFields(t) {
		if tag, _, _ := strings.Cut(sf.Tag.Get("json"), ","); tag == name && !sf.Anonymous {
			return sf, true
		}
	}
	return reflect.StructField{}, false
}

// takes says whether an element of the list belongs to this node's group.
func (n *node) takes(elem reflect.Value) bool {
	return n.disc < 0 || n.takesType(elem.Field(n.disc).String())
}

// takesType is takes for an element of type t.
func (n *node) takesType(t string) bool {
	if n.other != nil {
		return !slices.Contains(n.other, t)
	}
	return slices.Contains(n.types, t)
}

// normalNames gives every form of a name template with its numbers written as
// #: "(address#.)postcode" is both "postcode" and "address#.postcode".
func normalNames(template string) []string {
	open := strings.IndexByte(template, '(')
	if open < 0 {
		return []string{template}
	}
	end := open + strings.IndexByte(template[open:], ')')
	var out []string
	for _, rest := range normalNames(template[end+1:]) {
		out = append(out, template[:open]+rest, template[:open]+template[open+1:end]+rest)
	}
	return out
}
