package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"

	"leds.internal/ledsq/record"
)

// jsonFormat reads JSON records. Scalars under flat names and well-known keys
// set fields as the columns of a CSV file do; other keys of the record types
// are read in their own form.
type jsonFormat struct {
	name   string
	cutter jsonCutter
	opts   Options
	plan   *plan
	unit   string
	cells  map[string]int // key → cell of the plan
	ready  *piece         // cut before the plan was made
	err    error          // that came with it
}

// planRows is how many records the plan is made from; keys that come later are
// looked up one by one.
const planRows = 200

func newJSONFormat(name string, s *source, o Options) (format, *plan, error) {
	f := &jsonFormat{name: name, opts: o, unit: "line", ready: new(piece), cells: map[string]int{}}
	f.cutter = jsonCutter{r: s.r, limit: o.MaxRow, line: 1}
	text := bytes.TrimLeft(s.window, " \t\r\n")
	first, _, _ := bytes.Cut(text, []byte{'\n'})
	switch {
	case text[0] == '[':
		f.cutter.array, f.cutter.values, f.unit = true, true, "record"
		skip := len(s.window) - len(text) + 1
		f.cutter.pass(s.window, skip)
		if _, err := s.r.Discard(skip); err != nil {
			return nil, nil, err
		}
	case len(bytes.TrimSpace(first)) == 1: // one object over many lines
		f.cutter.values, f.unit = true, "record"
	}
	if f.err = f.cutter.cut(f.ready); f.err != nil && f.err != io.EOF && len(f.ready.rows) == 0 {
		return nil, nil, f.err
	}
	names, canonical := f.survey()
	if len(names)+len(canonical) == 0 {
		if n := len(f.ready.rows); n > 1 {
			return nil, nil, fmt.Errorf("none of the first %d records is a JSON object with keys in it", n)
		}
		return nil, nil, errors.New("the first record is no JSON object with keys in it: is it cut off?")
	}
	p, err := makePlan(names, canonical, nil, o)
	if err != nil {
		return nil, nil, err
	}
	p.notes = append(s.notes, p.notes...)
	f.plan = p
	for i := range p.setters {
		if s := &p.setters[i]; s.tmpl == nil {
			f.cells[s.from] = s.cell
		} else {
			for j, cell := range s.tmpl.refs {
				f.cells[s.tmpl.names[j]] = cell
			}
		}
	}
	for _, e := range p.extras {
		f.cells[e.name] = e.cell
	}
	return f, p, nil
}

// survey gives the keys of the first records in the order met: those that are
// like columns, and those of the record types themselves.
func (f *jsonFormat) survey() (names []string, canonical map[string]bool) {
	canonical = map[string]bool{}
	seen := map[string]bool{}
	var read jsonObject
	kinds := []record.Kind{f.opts.Kind}
	if f.opts.Kind == "" {
		kinds = record.Kinds()
	}
	for _, s := range f.ready.rows[:min(len(f.ready.rows), planRows)] {
		b := bytes.TrimSpace(f.ready.data[s.start:s.end])
		if s.bad != "" || b[0] != '{' || !read.members(b, f.opts.MaxColumns) {
			continue
		}
		for _, m := range read.all {
			key := m.key.name
			own := !f.opts.Plain && slices.ContainsFunc(kinds, func(k record.Kind) bool { return ownKey(k, key, m.value) })
			switch {
			case own:
				canonical[key] = true
			case !seen[key] && len(seen) < f.opts.MaxColumns:
				seen[key] = true
				names = append(names, key)
			}
		}
	}
	return names, canonical
}

func (f *jsonFormat) cut(p *piece) error {
	if f.ready != nil {
		*p, f.ready = *f.ready, nil
		return f.err
	}
	if f.err != nil {
		return f.err
	}
	return f.cutter.cut(p)
}

func (f *jsonFormat) parser() parser {
	return &jsonParser{f: f, build: builder{plan: f.plan, set: make([]bool, len(f.plan.setters))}}
}

// ownKeys gives the JSON keys of a record type; true where the value is a
// scalar (text or a code).
var ownKeys = map[record.Kind]func() map[string]bool{
	record.KindPerson:  sync.OnceValue(func() map[string]bool { return keysOf(record.KindPerson) }),
	record.KindVehicle: sync.OnceValue(func() map[string]bool { return keysOf(record.KindVehicle) }),
	record.KindMissing: sync.OnceValue(func() map[string]bool { return keysOf(record.KindMissing) }),
}

func keysOf(k record.Kind) map[string]bool {
	keys := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(record.New(k)).Elem()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" || name == "-" {
			continue
		}
		keys[name] = f.Type.Kind() == reflect.String || f.Type == reflect.TypeFor[record.Code]()
	}
	return keys
}

// ownKey says whether a member is read as part of the record itself: an object
// or list under one of its keys, or a scalar under one that is no flat name.
func ownKey(k record.Kind, key string, value []byte) bool {
	scalar, ok := ownKeys[k]()[key]
	if !ok || !isScalar(value) {
		return ok
	}
	if _, flat := record.FindColumn(k, key); flat {
		return false
	}
	return scalar
}

func isScalar(value []byte) bool { return value[0] != '{' && value[0] != '[' }
