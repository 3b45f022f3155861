package record

import (
	"reflect"
	"slices"
	"strings"
)

// Column is one flat name of a kind, found once and then used on many records.
type Column struct {
	Field *Field
	at    place
	idx   [maxDepth]int
	key   string
}

// FindColumn finds a flat name such as surname, alias1.surname or
// address2.postcode. ok is false when the kind has no such name.
func FindColumn(k Kind, name string) (c Column, ok bool) {
	p := planOf(k)
	for _, at := range p.keyed {
		if key, found := strings.CutPrefix(name, strings.TrimSuffix(at.field.Name, "*")); found && key != "" {
			return Column{Field: at.field, at: at, key: key}, true
		}
	}
	normal, numbers, count := name, [maxDepth]int{}, 0
	at, ok := p.byName[name] // dateLastV5C has a digit of its own
	if !ok {
		normal, numbers, count = normalName(name)
		at, ok = p.byName[normal]
	}
	if !ok {
		return c, false
	}
	c = Column{Field: at.field, at: at, idx: [maxDepth]int{1, 1, 1}}
	// The numbers given are those of the parts not left out, in order.
	k2, given := 0, 0
	for _, part := range templateParts(at.field.Name) {
		if !part.optional || strings.Contains(normal, part.text) {
			if given < count {
				c.idx[k2] = numbers[given]
				given++
			}
		}
		k2++
	}
	return c, given == count && max(c.idx[0], c.idx[1], c.idx[2]) <= MaxRepeat
}

type templatePart struct {
	text     string
	optional bool
}

// templateParts gives the numbered parts of a name template, in order.
func templateParts(t string) (parts []templatePart) {
	for {
		i := strings.IndexAny(t, "(#")
		if i < 0 {
			return parts
		}
		if t[i] == '#' {
			parts = append(parts, templatePart{"#", false})
			t = t[i+1:]
			continue
		}
		end := strings.IndexByte(t, ')')
		text := t[i+1 : end]
		if text == "#" { // a bare number: it counts when what it follows is followed by one
			text = t[strings.LastIndexByte(t[:i], '.')+1:i] + "#"
		}
		parts = append(parts, templatePart{text, true})
		t = t[end+1:]
	}
}

// normalName writes the numbers of a flat name as # and gives them.
func normalName(name string) (normal string, numbers [maxDepth]int, count int) {
	if !strings.ContainsAny(name, "0123456789") {
		return name, numbers, 0
	}
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] < '1' || name[i] > '9' {
			b.WriteByte(name[i])
			continue
		}
		n := 0
		for ; i < len(name) && name[i] >= '0' && name[i] <= '9' && n < 10_000; i++ {
			n = n*10 + int(name[i]-'0')
		}
		i--
		b.WriteByte('#')
		if count == maxDepth {
			return name, numbers, 0
		}
		numbers[count] = n
		count++
	}
	return b.String(), numbers, count
}

// MaxRepeat is the highest number a repeated flat name may carry: a column
// called alias99999.surname is a mistake, not a person with as many names.
const MaxRepeat = 200

// Name gives the column's flat name.
func (c Column) Name() string { return flatName(c.Field.Name, c.idx, c.key) }

// Get gives the value of the column in a record, "" when it has none.
func (c Column) Get(r Record) string {
	v := reflect.ValueOf(r).Elem()
	depth := 0
	for _, n := range c.at.chain {
		v = v.FieldByIndex(n.index)
		switch n.kind {
		case listNode:
			if v = n.element(v, c.idx[depth]); !v.IsValid() {
				return ""
			}
			depth++
		case wordsNode:
			if c.idx[depth] > v.Len() {
				return ""
			}
			v = v.Index(c.idx[depth] - 1)
		case mapNode:
			if v = v.MapIndex(reflect.ValueOf(c.key)); !v.IsValid() {
				return ""
			}
		}
	}
	return v.String()
}

// Set puts text into the column of a record, making list elements as needed.
// Elements made on the way to a higher number stay empty until Compact.
func (c Column) Set(r Record, text string) {
	v := reflect.ValueOf(r).Elem()
	depth := 0
	for _, n := range c.at.chain {
		v = v.FieldByIndex(n.index)
		switch n.kind {
		case listNode:
			v = n.makeElement(v, c.idx[depth])
			depth++
		case wordsNode:
			for v.Len() < c.idx[depth] {
				v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
			}
			v = v.Index(c.idx[depth] - 1)
		case mapNode:
			if v.IsNil() {
				v.Set(reflect.MakeMap(v.Type()))
			}
			v.SetMapIndex(reflect.ValueOf(c.key), reflect.ValueOf(text).Convert(v.Type().Elem()))
			return
		}
	}
	v.SetString(text)
}

// element gives the n-th element (from 1) of the node's group, or the zero Value.
func (n *node) element(list reflect.Value, nth int) reflect.Value {
	for i := range list.Len() {
		if e := list.Index(i); n.takes(e) {
			if nth--; nth == 0 {
				return e
			}
		}
	}
	return reflect.Value{}
}

func (n *node) makeElement(list reflect.Value, nth int) reflect.Value {
	have := 0
	for i := range list.Len() {
		if e := list.Index(i); n.takes(e) {
			if have++; have == nth {
				return e
			}
		}
	}
	for ; have < nth; have++ {
		e := reflect.New(list.Type().Elem()).Elem()
		if n.disc >= 0 {
			e.Field(n.disc).SetString(n.types[0])
		}
		list.Set(reflect.Append(list, e))
	}
	return list.Index(list.Len() - 1)
}

// Compact drops list elements that hold nothing (or nothing but their type),
// which columns left blank leave behind.
func Compact(r Record) { compact(planOf(r.Kind()).root, reflect.ValueOf(r).Elem()) }

func compact(nodes []*node, v reflect.Value) {
	for _, n := range nodes {
		f := v.FieldByIndex(n.index)
		switch n.kind {
		case structNode:
			compact(n.children, f)
		case listNode:
			for i := f.Len() - 1; i >= 0; i-- {
				e := f.Index(i)
				compact(n.children, e)
				if n.takes(e) && n.isEmpty(e) {
					f.Set(reflect.AppendSlice(f.Slice3(0, i, i), f.Slice(i+1, f.Len())))
				}
			}
		case wordsNode:
			for i := f.Len() - 1; i >= 0; i-- {
				if f.Index(i).Len() == 0 {
					f.Set(reflect.AppendSlice(f.Slice3(0, i, i), f.Slice(i+1, f.Len())))
				}
			}
		}
		if f.Kind() == reflect.Slice && f.Len() == 0 && !f.IsNil() {
			f.SetZero()
		}
	}
}

func (n *node) isEmpty(e reflect.Value) bool {
	for i := range e.NumField() {
		if i != n.disc && !e.Field(i).IsZero() {
			return false
		}
	}
	return true
}

// Columns gives the columns that hold a value in at least one of the records,
// in the order of the field table: the header of a CSV file without loss.
func Columns[R Record](k Kind, records []R) []Column {
	order := map[*Field]int{}
	for i, f := range LeafFields(k) {
		order[f] = i
	}
	seen := map[string]Column{}
	for _, r := range records {
		Walk(r, func(l Leaf) {
			if name := l.Name(); seen[name].Field == nil {
				c, ok := FindColumn(k, name)
				if ok {
					seen[name] = c
				}
			}
		})
	}
	out := make([]Column, 0, len(seen))
	for _, c := range seen {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Column) int {
		if a.Field != b.Field {
			return order[a.Field] - order[b.Field]
		}
		if c := slices.Compare(a.idx[:], b.idx[:]); c != 0 {
			return c
		}
		return strings.Compare(a.key, b.key)
	})
	return out
}
