package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"leds.internal/ledsq/record"
)

// The bounds of groups: what is smaller or beyond is put together.
const (
	maxGroups   = 30
	leastOf     = 10 // records
	otherValues = "other values"
)

// Grouper sorts the records of a file into groups: by the built-in traits, and by
// columns that the user names. It keeps labels, not records.
type Grouper struct {
	kind    record.Kind
	on      record.Day
	traits  []Trait
	columns []grouped
	values  map[string]int32 // one number for each value met
	words   []string
	of      [][]int32 // by grouping, by record: the value, -1 for none
	common  bool      // surnames are counted
}

// grouped is a column that the user groups by.
type grouped struct {
	name string
	col  record.Column
	ok   bool // a field; else a column carried through
}

// NewGrouper makes a grouper for records of a kind. on is the day that ages are
// counted to. columns are flat names, or headers of columns that are carried
// through. It refuses a field that identifies people, which would put their names
// into a report.
func NewGrouper(k record.Kind, on record.Day, columns []string) (*Grouper, error) {
	g := &Grouper{kind: k, on: on, values: map[string]int32{}}
	for _, name := range columns {
		col, ok := record.FindColumn(k, name)
		if ok && col.Field.Personal == record.Direct {
			return nil, fmt.Errorf("%s identifies people and can't be grouped by: group by something many share", name)
		}
		g.columns = append(g.columns, grouped{name, col, ok})
	}
	people := record.PersonOf(record.New(k)) != nil
	for _, t := range Traits() {
		if people || !t.persons {
			g.traits = append(g.traits, t)
		}
	}
	g.common = people
	g.of = make([][]int32, len(g.columns)+len(g.traits)+1)
	return g, nil
}

// Seen is what a grouper keeps of a record.
type Seen struct{ values []string }

// Look sorts one record. normalise makes it canonical; what is told by the record
// as typed is looked at before. It may be called by several goroutines at once.
func (g *Grouper) Look(r record.Record, normalise func()) Seen {
	values := make([]string, len(g.of))
	k := len(g.columns)
	for i, t := range g.traits {
		if t.raw {
			values[k+i] = t.of(r, g.on)
		}
	}
	normalise()
	for i, t := range g.traits {
		if !t.raw {
			values[k+i] = t.of(r, g.on)
		}
	}
	for i, c := range g.columns {
		values[i] = orUnknown(c.value(r))
	}
	if g.common {
		values[len(values)-1] = surname(r)
	}
	return Seen{values}
}

func (c *grouped) value(r record.Record) string {
	if c.ok {
		return c.col.Get(r)
	}
	for _, e := range r.Head().Extra {
		if e.Name == c.name {
			return e.Value
		}
	}
	return ""
}

// Add takes what was seen of a record, by its number.
func (g *Grouper) Add(number int32, s Seen) {
	for i, v := range s.values {
		if v == "" {
			continue
		}
		for len(g.of[i]) <= int(number) {
			g.of[i] = append(g.of[i], -1)
		}
		id, ok := g.values[v]
		if !ok {
			v = strings.Clone(v)
			id = int32(len(g.words))
			g.values[v] = id
			g.words = append(g.words, v)
		}
		g.of[i][number] = id
	}
}

// Groupings gives the groups. Groupings of fewer than two groups are left out.
func (g *Grouper) Groupings() []Grouping {
	var out []Grouping
	add := func(name, about string, of []int32, label func(int32) string) {
		if x := group(name, about, of, label); len(x.Labels) > 1 {
			out = append(out, x)
		}
	}
	word := func(v int32) string { return g.words[v] }
	for i, c := range g.columns {
		about := "column of the records, as they have it"
		if c.ok {
			about = c.col.Field.Meaning
		}
		add(c.name, about, g.of[i], word)
	}
	for i, t := range g.traits {
		add(t.Name, t.About, g.of[len(g.columns)+i], word)
	}
	if g.common {
		bands := g.frequencies(g.of[len(g.of)-1])
		add(nameFrequency.Name, nameFrequency.About, g.of[len(g.of)-1], func(v int32) string { return bands[v] })
	}
	return out
}

// frequencies puts surnames into bands by how many bear them.
func (g *Grouper) frequencies(of []int32) map[int32]string {
	count := map[int32]int{}
	all := 0
	for _, v := range of {
		if v >= 0 {
			count[v]++
			all++
		}
	}
	names := make([]int32, 0, len(count))
	for v := range count {
		names = append(names, v)
	}
	slices.SortFunc(names, func(a, b int32) int { return cmp.Or(count[b]-count[a], cmp.Compare(g.words[a], g.words[b])) })
	out := make(map[int32]string, len(names))
	sum, last, band := 0, -1, ""
	for _, v := range names {
		if count[v] != last { // names borne by as many are in one band
			band = [...]string{"common", "middling", "rare"}[min(2, 3*sum/max(all, 1))]
			last = count[v]
		}
		out[v] = band
		sum += count[v]
	}
	return out
}

// group makes a grouping: the largest groups by label, the rest put together.
func group(name, about string, of []int32, label func(int32) string) Grouping {
	count := map[string]int{}
	for _, v := range of {
		if v >= 0 {
			count[label(v)]++
		}
	}
	labels := make([]string, 0, len(count))
	for l := range count {
		labels = append(labels, l)
	}
	slices.SortFunc(labels, func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
	keep := len(labels)
	for keep > 0 && (keep > maxGroups || count[labels[keep-1]] < leastOf) {
		keep--
	}
	g := Grouping{Name: name, About: about, Labels: labels[:keep:keep], Of: make([]int32, len(of))}
	at := make(map[string]int32, keep)
	for i, l := range g.Labels {
		at[l] = int32(i)
	}
	if keep < len(labels) {
		g.Labels = append(g.Labels, otherValues)
	}
	for i, v := range of {
		g.Of[i] = -1
		if v < 0 {
			continue
		}
		k, ok := at[label(v)]
		if !ok {
			k = int32(keep)
		}
		g.Of[i] = k
	}
	return g
}
