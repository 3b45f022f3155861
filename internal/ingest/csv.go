package ingest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"leds.internal/ledsq/internal/guard"
)

// csvFormat reads CSV.
type csvFormat struct {
	name string
	dialect
	cutter cutter
	head   header
	ansi   bool
	opts   Options
	plan   *plan
}

func newCSVFormat(name string, s *source, o Options) (format, *plan, error) {
	d := findDialect(s, o.Delimiter)
	h, err := readHeader(s, &d, o)
	if err != nil {
		return nil, nil, err
	}
	p, err := makePlan(h.names, nil, func() [][]string { return d.head(s.window[h.bytes:], s.whole) }, o)
	if err != nil {
		return nil, nil, err
	}
	p.notes = append(s.notes, p.notes...)
	if _, err := s.r.Discard(h.bytes); err != nil {
		return nil, nil, err
	}
	f := &csvFormat{name: name, dialect: d, head: h, ansi: s.ansi, opts: o, plan: p}
	f.cutter = cutter{dialect: d, r: s.r, min: h.min, max: len(h.names), limit: o.MaxRow, line: h.lines + 1}
	return f, p, nil
}

// head cuts the rows that are whole at the beginning of a text into cells.
func (d dialect) head(b []byte, whole bool) (rows [][]string) {
	for len(b) > 0 {
		end, next, _, st := d.scan(b, whole)
		if st != scanOK {
			break
		}
		if end > 0 {
			rows = append(rows, d.split(string(b[:end]), true, nil))
		}
		b = b[next:]
	}
	return rows
}

func (f *csvFormat) cut(p *piece) error { return f.cutter.cut(p) }

func (f *csvFormat) parser() parser {
	return &csvParser{f: f, build: builder{plan: f.plan, set: make([]bool, len(f.plan.setters))}}
}

// csvParser turns rows into records.
type csvParser struct {
	f     *csvFormat
	cells []string
	build builder
	count tally
	texts *Texts // the row at hand, where rows are read as texts
}

func (c *csvParser) tally() *tally { return &c.count }

func (c *csvParser) reuse() *builder { return &c.build }

func (c *csvParser) readTexts() { c.texts = &Texts{build: &c.build} }

func (c *csvParser) parse(p *piece, s span) Row {
	row := Row{File: c.f.name, Number: s.number, Line: s.line}
	fail := func(column, reason string) Row {
		row.Err = &RowError{File: row.File, Row: row.Number, Column: column, Reason: reason}
		return row
	}
	if s.bad != "" {
		return fail("", s.bad)
	}
	text, mixed, plain := "", false, p.plain()
	if c.texts != nil {
		text = p.copied()[s.start:s.end]
	} else {
		text = string(p.data[s.start:s.end])
	}
	if !plain && !isASCII(text) {
		if c.f.ansi {
			text = fromANSI(text)
		} else {
			mixed = !utf8.ValidString(text)
		}
	}
	c.cells = c.f.split(text, s.quoted, c.cells[:0])
	cells, h := c.cells, &c.f.head
	if len(cells) > len(h.names) {
		// Spreadsheets leave delimiters behind at the end.
		for _, cell := range cells[len(h.names):] {
			if cell != "" {
				return fail("", fmt.Sprintf("has %d columns where the header has %d: quote cells with the delimiter in them", len(cells), len(h.names)))
			}
		}
		cells = cells[:len(h.names)]
	}
	if len(cells) < h.min {
		return fail("", fmt.Sprintf("has %d columns where the header has %d: is the row cut off, or a line end in a cell not quoted?", len(cells), len(h.names)))
	}
	if !plain && strings.IndexByte(text, 0) >= 0 {
		for i, cell := range cells {
			if strings.IndexByte(cell, 0) >= 0 {
				return fail(h.names[i], "has a NUL byte in it: the file is damaged, or not text")
			}
		}
	}
	if len(text) > c.f.opts.MaxField {
		for i, cell := range cells {
			if len(cell) > c.f.opts.MaxField {
				return fail(h.names[i], fmt.Sprintf("is longer than the limit of %d bytes", c.f.opts.MaxField))
			}
		}
	}
	if mixed {
		for i, cell := range cells {
			if !utf8.ValidString(cell) {
				cells[i] = fromANSI(cell)
				c.count.decoded++
			}
		}
	}
	c.unguard(cells)
	c.texts.give(&row, &c.build, cells)
	return row
}

// unguard takes off the apostrophes that keep a spreadsheet from taking cells
// for formulas, so that a file made safe to open reads as what it was made from.
func (c *csvParser) unguard(cells []string) {
	for i, cell := range cells {
		if len(cell) > 1 && cell[0] == '\'' && guard.Has(cell) {
			cells[i] = guard.Take(cell)
			c.count.guarded++
		}
	}
}
