package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"leds.internal/ledsq/record"
)

// jsonParser turns JSON objects into records.
type jsonParser struct {
	f     *jsonFormat
	build builder
	count tally
	cells []string
	own   []member
	whole []byte // the parts in the record's own form, as one object
	read  jsonObject
	rest  []record.Extra
	after []lateValue
}

// keyUse is what becomes of the values under one key.
type keyUse struct {
	known   bool // found out
	cell    int  // of the plan, -1 when it has none
	tri     bool // that cell is yes or no
	own     bool // a list or object is a part of the record in its own form
	ownText bool // so is text
	late    *lateKey
}

// lateKey is what a key stands for that was not met in the first records, or
// that stands for a field another key gives in some of them.
type lateKey struct {
	column record.Column
	name   string // flat name, "" when it maps to nothing
}

type lateValue struct {
	*lateKey
	from, text string
}

func (c *jsonParser) tally() *tally { return &c.count }

func (c *jsonParser) parse(p *piece, s span) Row {
	row := Row{File: c.f.name, Number: s.number, Line: s.line}
	var key, reason string
	if reason = s.bad; reason == "" {
		row.Record, key, reason = c.object(bytes.TrimSpace(p.data[s.start:s.end]), s.number)
	}
	if reason != "" {
		row.Record = nil
		row.Err = &RowError{File: row.File, Row: row.Number, Column: key, Reason: reason, unit: c.f.unit}
	}
	return row
}

// object reads one record, or says in which key and why it can't.
func (c *jsonParser) object(b []byte, number int) (r record.Record, badKey, reason string) {
	if !utf8.Valid(b) {
		b = []byte(fromANSI(string(b)))
		c.count.decoded++
	}
	if b[0] != '{' {
		if jsontext.Value(b).IsValid(lenient) {
			return nil, "", noObject
		}
		return nil, "", notObject
	}
	if !c.read.members(b, c.f.opts.MaxColumns) {
		return nil, "", notObject
	}
	plan := c.f.plan
	c.cells = slices.Grow(c.cells[:0], plan.width)[:plan.width]
	clear(c.cells)
	c.own, c.rest, c.after = c.own[:0], c.rest[:0], c.after[:0]
	nul := hasNUL(b)
	for i, m := range c.read.all {
		if reason = c.member(m, i, nul); reason != "" {
			return nil, m.key.name, reason
		}
	}
	r = record.New(plan.kind)
	if r, badKey, reason = c.ownParts(r); reason != "" {
		return nil, badKey, reason
	}
	c.build.fill(r, c.cells, number)
	holes := false
	for _, l := range c.after {
		if l.column.Get(r) != "" && (l.name != "id" || plan.hasID || r.Head().ID != strconv.Itoa(number)) {
			c.extra(l.from, l.text, false) // another key gave the field
			continue
		}
		l.column.Set(r, l.text)
		holes = holes || strings.ContainsAny(l.name, "23456789")
		put(&c.count.lateMapped, Mapped{l.name, l.from}, true)
	}
	if holes {
		record.Compact(r)
	}
	r.Head().Extra = append(r.Head().Extra, c.rest...)
	return r, "", ""
}

// member sorts the i-th member into cells, parts of the record, and extras. nul
// says whether any has a NUL character.
func (c *jsonParser) member(m member, i int, nul bool) (reason string) {
	key := m.key
	switch {
	case i >= c.f.opts.MaxColumns:
		return fmt.Sprintf("the record has more than %d keys", c.f.opts.MaxColumns)
	case m.again:
		return "the key is there twice"
	case nul && hasNUL(m.value):
		return "has a NUL character in it: the file is damaged, or not text"
	case !key.use.known:
		c.find(key)
	}
	use, scalar := &key.use, isScalar(m.value)
	planned := use.cell >= 0
	switch {
	case use.own && !(planned && scalar) && (!scalar || use.ownText):
		c.own = append(c.own, m)
		return ""
	case len(m.value) > c.f.opts.MaxField:
		return fmt.Sprintf("is longer than the limit of %d bytes", c.f.opts.MaxField)
	case !scalar:
		c.extra(key.name, string(m.value), planned)
		return ""
	}
	s := text(m.value)
	if planned {
		if use.tri && s != "" && m.value[0] != '"' {
			s = yesNo(s)
		}
		c.cells[use.cell] = s
		return ""
	}
	if blank(s) {
		return ""
	}
	if use.late == nil {
		use.late = c.lookUp(key.name)
	}
	if use.late.name == "" {
		c.extra(key.name, s, false)
		return ""
	}
	if use.late.column.Field.Type == record.TypeTri && m.value[0] != '"' {
		s = yesNo(s)
	}
	c.after = append(c.after, lateValue{use.late, key.name, s})
	return ""
}

// find finds out what becomes of the values under a key.
func (c *jsonParser) find(key *jsonKey) {
	use := keyUse{known: true, cell: -1}
	if cell, ok := c.f.cells[key.name]; ok {
		use.cell, use.tri = cell, c.f.plan.tri[cell]
	}
	if !c.f.opts.Plain {
		use.own = ownKey(c.f.plan.kind, key.name, []byte("{}"))
		use.ownText = ownKey(c.f.plan.kind, key.name, []byte(`""`))
	}
	key.use = use
}

func (c *jsonParser) extra(key, value string, planned bool) {
	c.rest = append(c.rest, record.Extra{Name: key, Value: value})
	if !planned {
		put(&c.count.late, key, true)
	}
}

func (c *jsonParser) lookUp(key string) *lateKey {
	late := new(lateKey)
	if field := guess(c.f.plan.kind, key); field != "" && !c.f.opts.Plain {
		if !c.f.plan.fixed[field] {
			late.name = field
			late.column, _ = record.FindColumn(c.f.plan.kind, field)
		}
	}
	return late
}

func yesNo(s string) string {
	switch s {
	case "true":
		return string(record.Yes)
	case "false":
		return string(record.No)
	}
	return s
}

// hasNUL looks for the escape of a NUL; a bare one is no valid JSON.
func hasNUL(value []byte) bool {
	nul := []byte(`\u0000`)
	for i := 0; ; {
		j := bytes.Index(value[i:], nul)
		if j < 0 {
			return false
		}
		i += j
		back := 0
		for k := i - 1; k >= 0 && value[k] == '\\'; k-- {
			back++
		}
		if back%2 == 0 {
			return true
		}
		i += len(nul)
	}
}

// ownParts reads the parts in the record's own form. What the record has no
// place for, or would keep only the last of, is not dropped: its key is carried
// through whole.
func (c *jsonParser) ownParts(r record.Record) (_ record.Record, badKey, reason string) {
	if len(c.own) == 0 {
		return r, "", ""
	}
	b := c.whole[:0]
	for i, m := range c.own {
		b = appendMember(append(b, "{,"[min(i, 1)]), m)
	}
	c.whole = append(b, '}')
	if jsonv2.Unmarshal(c.whole, r, exact) == nil {
		return r, "", ""
	}
	r = record.New(c.f.plan.kind)
	for _, m := range c.own { // one by one, to see which it is
		one := append(appendMember([]byte{'{'}, m), '}')
		if jsonv2.Unmarshal(one, record.New(c.f.plan.kind), exact) != nil {
			c.rest = append(c.rest, record.Extra{Name: m.key.name, Value: string(m.value)})
			put(&c.count.nested, m.key.name, c.count.nested[m.key.name]+1)
		}
		if jsonv2.Unmarshal(one, r, lenient) != nil {
			return nil, m.key.name, "is not written as the record wants it: text, a list or an object stands where another of these belongs"
		}
	}
	return r, "", ""
}
