package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"leds.internal/ledsq/record"
)

// jsonParser turns JSON objects into records.
type jsonParser struct {
	f     *jsonFormat
	build builder
	count tally
	late  map[string]lateKey // keys that the plan does not know, looked up once
	cells []string
	seen  []string // keys of this record
	own   []member
	rest  []record.Extra
	after []lateValue
}

type member struct {
	key   string
	value []byte
}

// lateKey is what a key stands for that was not met in the first records, or
// that stands for a field another key gives in some of them.
type lateKey struct {
	column record.Column
	name   string // flat name, "" when it maps to nothing
}

type lateValue struct {
	lateKey
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
	switch {
	case !json.Valid(b):
		return nil, "", notObject
	case b[0] != '{':
		return nil, "", noObject
	}
	plan := c.f.plan
	c.cells = slices.Grow(c.cells[:0], plan.width)[:plan.width]
	clear(c.cells)
	c.seen, c.own, c.rest, c.after = c.seen[:0], c.own[:0], c.rest[:0], c.after[:0]
	members(b, func(rawKey, value []byte) bool {
		badKey = text(rawKey)
		reason = c.member(badKey, value)
		return reason == ""
	})
	if reason != "" {
		return nil, badKey, reason
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

// member sorts one member into cells, parts of the record, and extras.
func (c *jsonParser) member(key string, value []byte) (reason string) {
	if len(c.seen) >= c.f.opts.MaxColumns {
		return fmt.Sprintf("the record has more than %d keys", c.f.opts.MaxColumns)
	}
	if len(c.seen) > 0 && slices.Contains(c.seen, key) {
		return "the key is there twice"
	}
	c.seen = append(c.seen, key)
	if hasNUL(value) {
		return "has a NUL character in it: the file is damaged, or not text"
	}
	cell, planned := c.f.cells[key]
	scalar := isScalar(value)
	switch {
	case !c.f.opts.Plain && !(planned && scalar) && ownKey(c.f.plan.kind, key, value):
		c.own = append(c.own, member{key, value})
		return ""
	case len(value) > c.f.opts.MaxField:
		return fmt.Sprintf("is longer than the limit of %d bytes", c.f.opts.MaxField)
	case !scalar:
		c.extra(key, string(value), planned)
		return ""
	}
	s := text(value)
	if planned {
		if t := c.f.plan.tri[cell]; t && s != "" && value[0] != '"' {
			s = yesNo(s)
		}
		c.cells[cell] = s
		return ""
	}
	if blank(s) {
		return ""
	}
	late := c.lookUp(key)
	if late.name == "" {
		c.extra(key, s, false)
		return ""
	}
	if late.column.Field.Type == record.TypeTri && value[0] != '"' {
		s = yesNo(s)
	}
	c.after = append(c.after, lateValue{late, key, s})
	return ""
}

func (c *jsonParser) extra(key, value string, planned bool) {
	c.rest = append(c.rest, record.Extra{Name: key, Value: value})
	if !planned {
		put(&c.count.late, key, true)
	}
}

func (c *jsonParser) lookUp(key string) lateKey {
	late, ok := c.late[key]
	if !ok {
		if field := guess(c.f.plan.kind, key); field != "" && !c.f.opts.Plain {
			if !c.f.plan.fixed[field] {
				late.name = field
				late.column, _ = record.FindColumn(c.f.plan.kind, field)
			}
		}
		if len(c.late) < c.f.opts.MaxColumns { // hostile input has no end of keys
			c.late[key] = late
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
// place for is not dropped: its key is carried through whole.
func (c *jsonParser) ownParts(r record.Record) (_ record.Record, badKey, reason string) {
	if len(c.own) == 0 {
		return r, "", ""
	}
	var b bytes.Buffer
	for i, m := range c.own {
		b.WriteByte("{,"[min(i, 1)])
		name, _ := json.Marshal(m.key)
		b.Write(name)
		b.WriteByte(':')
		b.Write(m.value)
	}
	b.WriteByte('}')
	strict := json.NewDecoder(&b)
	strict.DisallowUnknownFields()
	if strict.Decode(r) == nil {
		return r, "", ""
	}
	r = record.New(c.f.plan.kind)
	for _, m := range c.own { // one by one, to see which it is
		name, _ := json.Marshal(m.key)
		one := slices.Concat([]byte{'{'}, name, []byte{':'}, m.value, []byte{'}'})
		strict := json.NewDecoder(bytes.NewReader(one))
		strict.DisallowUnknownFields()
		if strict.Decode(record.New(c.f.plan.kind)) != nil {
			c.rest = append(c.rest, record.Extra{Name: m.key, Value: string(m.value)})
			put(&c.count.nested, m.key, c.count.nested[m.key]+1)
		}
		if json.Unmarshal(one, r) != nil {
			return nil, m.key, "is not written as the record wants it: text, a list or an object stands where another of these belongs"
		}
	}
	return r, "", ""
}
