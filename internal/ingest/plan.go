package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"leds.internal/ledsq/record"
)

// plan says what becomes of each column of one file.
type plan struct {
	kind     record.Kind
	setters  []setter // in the order of the columns
	extras   []extra
	mapped   []Mapped
	unmapped []string
	notes    []string
	hasID    bool
	width    int               // cells of a row
	tri      []bool            // by cell: the field takes yes and no
	fixed    map[string]bool   // fields the user gave
	taken    map[string]string // field → where from, "" for a field not to be mapped

	guessedID string // the column of ids that its values tell
}

// setter puts the text of a cell, or of a template over several, into a field.
type setter struct {
	name   string
	from   string
	column record.Column
	put    func(*spot, string) // nil: by column
	cell   int
	tmpl   *template
	read   func(string) string // what a text of this column stands for; nil for itself
	before int                 // the setter of the element before it in a list, or noneBefore, anyBefore
}

const (
	noneBefore = -1 // not in a list, or first in it
	anyBefore  = -2 // the element before it may be missing
)

type extra struct {
	cell int
	name string
}

// planner makes a plan.
type planner struct {
	*plan
	names []string
	used  []bool // columns that go into a field
	loose bool   // JSON: a key may turn up later
}

// makePlan maps headers to fields. canonical holds the JSON keys that are read
// as parts of the record itself; it is nil for CSV.
// look gives the first rows, for columns that their values tell; nil where they are not looked at.
func makePlan(names []string, canonical map[string]bool, look func() [][]string, o Options) (*plan, error) {
	p := &planner{plan: &plan{kind: o.Kind, taken: map[string]string{}, fixed: map[string]bool{}}, names: names, loose: canonical != nil}
	if o.Plain {
		p.kind, p.used = record.KindPerson, make([]bool, len(names))
		p.finish()
		return p.plan, nil
	}
	if p.kind == "" {
		all := names
		for k := range canonical {
			all = append(all[:len(all):len(all)], k)
		}
		kind, err := detectKind(all, o.Map)
		if err != nil {
			return nil, err
		}
		p.kind = kind
	}
	p.used = make([]bool, len(names), len(names)+len(o.Map))
	if err := p.given(o.Map); err != nil {
		return nil, err
	}
	p.birthParts()
	p.surnameParts()
	ctx := aroundOf(p.kind, p.names)
	p.wellKnown(ctx, guess)
	p.wellKnown(ctx, loosely)
	p.wellKnown(ctx, ctx.byWords)
	if o.Values && look != nil {
		p.byValues(look(), o.Year)
	}
	if len(p.setters) == 0 && len(canonical) == 0 {
		return nil, fmt.Errorf("none of the %d columns maps to a field of a %s record: is the first line a header? Name the columns with --map FIELD=COLUMN", len(names), p.kind)
	}
	p.finish()
	return p.plan, nil
}

// given takes the mapping that the user gave.
func (p *planner) given(m Mapping) error {
	for _, one := range m {
		c, ok := findField(p.kind, one.Field)
		if !ok {
			return unknownField(one.Field, p.kind)
		}
		field := c.Name()
		if _, dup := p.taken[field]; dup {
			return fmt.Errorf("the mapping gives the field %s twice", field)
		}
		p.fixed[field] = true
		if one.From == "" {
			p.taken[field] = ""
			continue
		}
		i, err := p.find(one.From)
		if err == nil {
			p.used[i] = true
			p.set(field, p.names[i], setter{cell: i})
			continue
		}
		if !strings.Contains(one.From, "{") {
			return err
		}
		if err := p.template(field, one.From); err != nil {
			return err
		}
	}
	return nil
}

// template maps a field to the columns that a template joins.
func (p *planner) template(field, text string) error {
	t, err := parseTemplate(text, p.find)
	if err != nil {
		return err
	}
	for _, cell := range t.refs {
		p.used[cell] = true
		t.names = append(t.names, p.names[cell])
	}
	p.set(field, text, setter{cell: t.refs[0], tmpl: t})
	return nil
}

// find finds a column by name, or by its folded name where only one has it.
func (p *planner) find(name string) (int, error) {
	if i := slices.Index(p.names, name); i >= 0 {
		return i, nil
	}
	at, key := -1, fold(name)
	for i, have := range p.names {
		if key != "" && fold(have) == key && !strings.Contains(name, "{") {
			if at >= 0 {
				return 0, fmt.Errorf("the mapping names the column %q, and there are %q and %q: write it as it is in the file", name, p.names[at], have)
			}
			at = i
		}
	}
	if at < 0 && p.loose && !strings.Contains(name, "{") {
		p.names = append(p.names, name)
		p.used = append(p.used, false)
		p.notes = append(p.notes, fmt.Sprintf("The mapping names the key %q, which the first records do not have.", name))
		return len(p.names) - 1, nil
	}
	if at < 0 {
		return 0, fmt.Errorf("the mapping names the column %q, which is not there: %s", name, p.list())
	}
	return at, nil
}

const notHeader = "the first line does not look like a header, so that its columns are not listed"

// list names the columns there are, unless they may be values, as in a file
// without a header: names nobody knows, or with digits in them.
func (p *planner) list() string {
	const most = 60
	known := 0
	for _, name := range p.names {
		if looksLikeValue(name) {
			return notHeader
		}
		if wellKnown(name) {
			known++
		}
	}
	if known < min(2, len(p.names)) {
		return notHeader
	}
	if n := len(p.names); n > most {
		return fmt.Sprintf("there are %s and %d more", strings.Join(p.names[:most], ", "), n-most)
	}
	return "there are " + strings.Join(p.names, ", ")
}

func looksLikeValue(s string) bool {
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	return digits >= 4 || strings.Contains(s, "@")
}

// birthParts joins year, month and day of birth where they are columns of
// their own and no column holds the whole date.
func (p *planner) birthParts() {
	if _, taken := p.taken["dateOfBirth"]; taken {
		return
	}
	if _, ok := record.FindColumn(p.kind, "dateOfBirth"); !ok {
		return
	}
	at := [3]int{-1, -1, -1}
	short := 0
	for _, name := range p.names {
		if shortParts[fold(name)] {
			short++
		}
	}
	for i, name := range p.names {
		key := fold(name)
		if shortParts[key] && short < 3 {
			continue
		}
		part := slices.IndexFunc(birthParts[:], func(m map[string]bool) bool { return m[key] || m[written(name)] })
		if of := ofBirth(name); part < 0 && of >= 0 && of < len(birthParts) && guess(p.kind, name) == "" {
			part = of
		}
		switch {
		case p.used[i]:
		case part >= 0 && at[part] < 0:
			at[part] = i
		case part < 0 && guess(p.kind, name) == "dateOfBirth":
			return
		}
	}
	if at[0] < 0 {
		return
	}
	var from []string
	for _, i := range at {
		if i < 0 {
			break // a day is nothing without a month
		}
		from = append(from, "{"+p.names[i]+"}")
	}
	p.joined("dateOfBirth", "date of birth", strings.Join(from, "-"))
}

// surnameParts joins the two columns of a surname: the father's and the mother's, or
// a particle and what it stands before.
func (p *planner) surnameParts() {
	if _, taken := p.taken["surname"]; taken {
		return
	}
	if _, ok := record.FindColumn(p.kind, "surname"); !ok {
		return
	}
	for _, parts := range surnameParts {
		var at [2]int
		for i := range at {
			at[i] = slices.IndexFunc(p.names, func(name string) bool { return parts[i][fold(name)] })
		}
		if at[0] < 0 || at[1] < 0 || p.used[at[0]] || p.used[at[1]] {
			continue
		}
		p.joined("surname", "surname", "{"+p.names[at[0]]+"} {"+p.names[at[1]]+"}")
		return
	}
}

// joined maps a field to columns joined, and says so; not where a header has a brace.
func (p *planner) joined(field, what, text string) {
	if p.template(field, text) == nil {
		p.notes = append(p.notes, "The "+what+" is put together from "+text+".")
	}
}

// wellKnown maps the headers that stand for a field by the guess, the first one first.
func (p *planner) wellKnown(ctx around, guess func(record.Kind, string) string) {
	for i, name := range p.names {
		if p.used[i] {
			continue
		}
		field := ctx.special(p.kind, name)
		if field == "" {
			field = guess(p.kind, name)
		}
		if field == "" {
			continue
		}
		by, taken := p.taken[field]
		if taken && by != "" && repeats[field] {
			for n := 2; taken && n <= record.MaxRepeat; n++ {
				if next := numbered(p.kind, field, n); next != "" {
					_, taken = p.taken[next]
					if !taken {
						field = next
					}
				}
			}
		}
		switch {
		case !taken:
			p.used[i] = true
			p.set(field, name, setter{cell: i})
		case p.loose && !p.fixed[field]:
			p.used[i] = true // JSON records may differ in their keys: looked at record by record
		case by != "":
			p.notes = append(p.notes, fmt.Sprintf("Column %q stands for %s, which %q gives already: carried through as an extra.", name, field, by))
		}
	}
}

func (p *planner) set(field, from string, s setter) {
	s.column, _ = record.FindColumn(p.kind, field)
	s.name, s.from = field, from
	s.put = direct(p.kind, field)
	if s.tmpl != nil {
		s.tmpl.date = s.column.Field.Type == record.TypeDate || s.column.Field.Type == record.TypeDOB
	}
	p.taken[field] = from
	p.setters = append(p.setters, s)
}

// finish puts all in the order of the columns.
func (p *planner) finish() {
	slices.SortStableFunc(p.setters, func(a, b setter) int { return cmp.Compare(a.cell, b.cell) })
	p.width = len(p.names)
	p.tri = make([]bool, p.width)
	at := map[string]int{}
	for i := range p.setters {
		at[p.setters[i].name] = i
	}
	for i := range p.setters {
		s := &p.setters[i]
		if s.tmpl == nil {
			p.tri[s.cell] = s.column.Field.Type == record.TypeTri
		}
		s.before = before(p.kind, s.name, at)
		p.mapped = append(p.mapped, Mapped{s.name, s.from})
		p.hasID = p.hasID || s.name == "id"
	}
	for i, name := range p.names {
		if !p.used[i] {
			p.extras = append(p.extras, extra{i, name})
			p.unmapped = append(p.unmapped, name)
		}
	}
}

// before finds the setter of the element that must stand before this one, so
// that a record only needs compacting where that one is blank.
func before(k record.Kind, name string, at map[string]int) int {
	digits := strings.IndexAny(name, "23456789")
	if one := strings.IndexByte(name, '1'); one >= 0 && (digits < 0 || one < digits) {
		if end := one + 1; end < len(name) && name[end] >= '0' && name[end] <= '9' {
			return anyBefore
		}
	}
	if digits < 0 {
		return noneBefore
	}
	if c, ok := record.FindColumn(k, name); ok && !strings.ContainsAny(c.Field.Name, "#") {
		return noneBefore // dateLastV5C
	}
	if digits == len(name)-1 && name[digits] == '2' {
		if i, ok := at[name[:digits]]; ok {
			return i
		}
	}
	return anyBefore
}
