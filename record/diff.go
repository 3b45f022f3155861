package record

import "slices"

// Difference is one leaf that two versions of a record do not share. Before or
// After is "" where the leaf was added or removed.
type Difference struct {
	Field  *Field
	Name   string // flat name
	Before string
	After  string
}

// Diff lists what differs between two versions of a record of one kind, in the
// order of the field table. Elements of lists are paired by their number within
// their type. It compares text as it stands: normalise both sides first, and
// case or spacing never shows as a difference.
func Diff(before, after Record) []Difference {
	type side struct {
		field *Field
		text  string
	}
	old := map[string]side{}
	var names []string
	Walk(before, func(l Leaf) {
		name := l.Name()
		old[name] = side{l.Field, l.Text()}
		names = append(names, name)
	})
	var out []Difference
	Walk(after, func(l Leaf) {
		name := l.Name()
		was := old[name]
		delete(old, name)
		if was.text != l.Text() {
			out = append(out, Difference{l.Field, name, was.text, l.Text()})
		}
	})
	for _, name := range names {
		if was, gone := old[name]; gone {
			out = append(out, Difference{was.field, name, was.text, ""})
		}
	}
	order := map[*Field]int{}
	for i, f := range LeafFields(before.Kind()) {
		order[f] = i
	}
	slices.SortStableFunc(out, func(a, b Difference) int { return order[a.Field] - order[b.Field] })
	return out
}
