package ingest

import (
	"strconv"

	"leds.internal/ledsq/record"
)

// builder makes records from cells by a plan. It is for one goroutine.
type builder struct {
	plan *plan
	set  []bool // which setters found a value in this row
	spot spot
	free *room // of a record done with, for the next
}

// record makes the record of one row.
func (b *builder) record(cells []string, number int) record.Record {
	if b.plan.kind != record.KindPerson {
		r := record.New(b.plan.kind)
		b.fill(r, cells, number)
		return r
	}
	in := b.free
	if b.free = nil; in == nil {
		in = new(room)
	} else {
		*in = room{}
	}
	b.spot = spot{rec: &in.person, person: &in.person, room: in}
	b.put(cells, number)
	return &in.person
}

// fill puts cells into a record. A cell beyond the end of cells is blank.
func (b *builder) fill(r record.Record, cells []string, number int) {
	b.spot = spot{rec: r, person: record.PersonOf(r)}
	b.put(cells, number)
}

func (b *builder) put(cells []string, number int) {
	r, holes := b.spot.rec, false
	for i := range b.plan.setters {
		s := &b.plan.setters[i]
		text := s.text(cells)
		if b.set[i] = !blank(text); !b.set[i] {
			continue
		}
		if s.put != nil {
			s.put(&b.spot, text)
		} else {
			s.column.Set(r, text)
		}
		if s.before != noneBefore && (s.before == anyBefore || s.before > i || !b.set[s.before]) {
			holes = true
		}
	}
	if holes {
		record.Compact(r)
	}
	head := r.Head()
	if !b.plan.hasID && head.ID == "" {
		head.ID = strconv.Itoa(number)
	}
	n := 0
	for _, e := range b.plan.extras {
		if e.cell < len(cells) && !blank(cells[e.cell]) {
			n++
		}
	}
	if n == 0 {
		return
	}
	if head.Extra == nil {
		if in := b.spot.room; in != nil && n <= len(in.extra) {
			head.Extra = in.extra[:0:n]
		} else {
			head.Extra = make([]record.Extra, 0, n)
		}
	}
	for _, e := range b.plan.extras {
		if e.cell < len(cells) && !blank(cells[e.cell]) {
			head.Extra = append(head.Extra, record.Extra{Name: e.name, Value: cells[e.cell]})
		}
	}
}

// text gives what a row has for the field.
func (s *setter) text(cells []string) string {
	switch {
	case s.tmpl != nil:
		return s.tmpl.join(cells)
	case s.cell >= len(cells):
		return ""
	case s.read != nil:
		return s.read(cells[s.cell])
	}
	return cells[s.cell]
}

// blank says whether text is nothing but white space.
func blank(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\r', '\n', '\v', '\f':
		case 0xc2: // no-break space, U+00A0
			if i+1 < len(s) && s[i+1] == 0xa0 {
				i++
				continue
			}
			return false
		default:
			return false
		}
	}
	return true
}
