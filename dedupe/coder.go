package dedupe

import "leds.internal/ledsq/normalise"

// Coder prepares rows from the texts of fields, without making records, wherever
// that comes to the same; what it has read of a value it uses again for the next
// record with it. It is for one goroutine, and its rows are for its finder.
type Coder struct {
	f       *Finder
	id      *normalise.Single // nil where ids stay as they are
	columns []codedColumn
	at      []int // by attribute: its cell in the row at hand, plus 1
}

// codedColumn is one of the fields that rows are made from.
type codedColumn struct {
	skip  bool // nobody compares it, and nothing depends on it
	whole bool // a value of it asks for the whole record
	read  func(text string) (canonical string, alone bool)
	forms []attributeForm
	seen  *textCache
}

// attributeForm is what a text is in one attribute.
type attributeForm struct {
	attribute int
	form      former
}

// Coder makes a coder for records whose fields, by their flat names (see
// record.FindColumn), are given in this order. o says how records are normalised.
func (f *Finder) Coder(fields []string, o normalise.Options) *Coder {
	c := f.newCoder(len(fields))
	c.id = normalise.SingleOf(f.kind, "id", o)
	for i, field := range fields {
		col := &c.columns[i]
		if field == "id" { // given by itself
			col.skip = true
			continue
		}
		for a := range f.preset.attributes {
			for _, p := range f.preset.attributes[a].fields {
				if p.field == field {
					col.forms = append(col.forms, attributeForm{a, p.form})
				}
			}
		}
		single := normalise.SingleOf(f.kind, field, o)
		switch {
		case single == nil:
			col.whole = true
		case single.Inert() && col.forms == nil:
			col.skip = true
		default:
			col.read = single.Read
		}
	}
	return c
}

// ValueCoder makes a coder for records of the finder's schema, whose texts are
// those of Schema.Columns: see PrepareValues.
func (f *Finder) ValueCoder(o normalise.Options) *Coder {
	c := f.newCoder(len(f.schema.Comparisons))
	for i := range c.columns {
		c.columns[i].read = func(text string) (string, bool) { return f.schema.canonical(i, text, o), true }
		c.columns[i].forms = []attributeForm{{i, asItIs}}
	}
	return c
}

func (f *Finder) newCoder(columns int) *Coder {
	c := &Coder{f: f, columns: make([]codedColumn, columns), at: make([]int, len(f.preset.attributes))}
	for i := range c.columns {
		c.columns[i].seen = newTextCache()
	}
	return c
}

// ID gives what normalising makes of an id.
func (c *Coder) ID(typed string) string {
	if c.id == nil || typed == "" {
		return typed
	}
	id, _ := c.id.Read(typed)
	return id
}

// Row prepares a record with an id that has been through ID: texts are those of
// its fields as they were typed, "" for none. It gives what Prepare gives for the
// record normalised. ok is false where values have to do with each other, so that
// only the record itself tells.
func (c *Coder) Row(id string, texts []string) (row *Row, ok bool) {
	row = newRow(c.f.kind, c.f.named[id])
	clear(c.at)
	for i, text := range texts {
		if col := &c.columns[i]; text != "" && !col.skip && (col.whole || !c.cells(row, col, text)) {
			row.done()
			return nil, false
		}
	}
	h := uint64(7)
	for i, at := range c.at {
		hash := emptyHash
		if at > 0 {
			hash = row.cells[at-1].hash
		}
		h = mix(h+uint64(i), hash)
	}
	row.hash = mix(h, fnv64(id))
	row.texts()
	return row, true
}

func asItIs(b []byte, text string) []byte { return append(b, text...) }

// cells puts what a text is in each attribute into the row; false is for a value
// that must not be read alone, or a second one of an attribute.
func (c *Coder) cells(row *Row, col *codedColumn, text string) bool {
	known := col.seen.find(text)
	if known == nil {
		canonical, alone := col.read(text)
		if known = col.seen.keep(text, canonical, alone, col.forms); known == nil { // not worth keeping
			return alone && c.fresh(row, col, canonical)
		}
	}
	if !known.alone {
		return false
	}
	for v := known.first; v != nil; v = v.next {
		if !c.put(row, cell{v.attribute, v.hash, v.text}, v) {
			return false
		}
	}
	return true
}

func (c *Coder) fresh(row *Row, col *codedColumn, canonical string) bool {
	if canonical == "" {
		return true
	}
	for _, f := range col.forms {
		from := len(row.buf)
		if row.buf = f.form(row.buf, canonical); len(row.buf) > from && !c.put(row, row.cell(f.attribute, from), nil) {
			return false
		}
	}
	return true
}

func (c *Coder) put(row *Row, one cell, known *knownValue) bool {
	if c.at[one.column] > 0 {
		return false
	}
	row.cells, row.known = append(row.cells, one), append(row.known, known)
	c.at[one.column] = len(row.cells)
	return true
}
