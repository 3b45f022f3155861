package ledsq

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"leds.internal/ledsq/record"
)

// Preference is a reason to prefer one value to another.
type Preference string

// The preferences.
const (
	BestAssured  Preference = "best-assured"  // by what stands behind it: biometric, documentary … observed
	MostFrequent Preference = "most-frequent" // held by most records
	MostRecent   Preference = "most-recent"   // by the record changed, or else made, last
	MostComplete Preference = "most-complete" // the address of most parts, the date of most precision, the longest text
	MostTrusted  Preference = "most-trusted"  // by the source that stands first in Trusted
)

// SurvivorPolicy says which of several values is proposed. The zero value is
// best-assured, then most-frequent, then most-recent.
type SurvivorPolicy struct {
	// Order are the preferences, the first that tells two values apart decides; of
	// values that none tells apart the least text is proposed.
	Order []Preference `yaml:"order,omitempty" json:"order,omitempty"`
	// Fields sets another order for single fields, by flat name (sex, dateOfBirth),
	// or for what is taken as a whole, by its list (names[primary], addresses[]).
	Fields map[string][]Preference `yaml:"fields,omitempty" json:"fields,omitempty"`
	// Trusted are source systems, the most trusted first. Others come after them.
	Trusted []string `yaml:"trusted,omitempty" json:"trusted,omitempty"`
}

// Validate says what is wrong with a policy, or nil.
func (p SurvivorPolicy) Validate() error { return p.validate(ofSomeKind) }

// ofSomeKind says whether records of some kind have a field or a list of that name.
func ofSomeKind(name string) bool {
	return slices.ContainsFunc(record.Kinds(), func(k record.Kind) bool {
		_, ok := record.FindColumn(k, name)
		return ok || slices.ContainsFunc(record.Fields(k), func(f record.Field) bool { return strings.HasPrefix(f.Path, name) && strings.HasSuffix(name, "]") })
	})
}

// ValidateOrders is Validate without a look at the names of Fields, for whoever
// does not know yet what the records are.
func (p SurvivorPolicy) ValidateOrders() error { return p.validate(func(string) bool { return true }) }

// validate says what is wrong with a policy for records that have the fields known.
func (p SurvivorPolicy) validate(known func(name string) bool) error {
	orders := map[string][]Preference{"order": p.Order}
	for name, o := range p.Fields {
		orders["fields."+name] = o
		if !known(name) {
			return fmt.Errorf("ledsq: survivor policy: there is no field or list %q", name)
		}
	}
	for name, o := range orders {
		for _, x := range o {
			switch x {
			case BestAssured, MostFrequent, MostRecent, MostComplete:
			case MostTrusted:
				if len(p.Trusted) == 0 {
					return fmt.Errorf("ledsq: survivor policy: %s asks for %s, and no source is trusted", name, x)
				}
			default:
				return fmt.Errorf("ledsq: survivor policy: %s has no preference %q: use best-assured, most-frequent, most-recent, most-complete or most-trusted", name, x)
			}
		}
	}
	return nil
}

func (p *SurvivorPolicy) order(name string) []Preference {
	if o := p.Fields[name]; len(o) > 0 {
		return o
	}
	if len(p.Order) > 0 {
		return p.Order
	}
	return []Preference{BestAssured, MostFrequent, MostRecent}
}

// SurvivorField is one value of a proposed record, with where it is from and why.
// Values are canonical text and may be personal.
type SurvivorField struct {
	Field  string           // flat name in the proposed record: address2.postcode
	Value  string           //
	From   int              // place in records of the one it is taken from
	Source string           // that record's source system
	Date   record.Timestamp // when that record was changed, or else made
	Why    string           // what told it from the others
	Others []string         // other values, in the order of preference; not for lists, whose elements all stay
}

// Survivor is a proposed record for records that seem to be of one entity. It is
// proposed and never applied.
type Survivor struct {
	Record    record.Record // what the subject's records say together; its envelope is empty; nil for records of a schema
	Fields    []SurvivorField
	Conflicts []Conflict
}

// Survive proposes a record from those of one cluster, which must be canonical
// (see Normalise). members are places in records, at least one.
//
// A single value is chosen by the policy. What belongs together stays together:
// a name, an address, an identifier is taken from one record as a whole, never
// made of parts of several. Of lists nothing is lost: their elements are put in
// order of preference, and only those leave that another says more fully. The
// envelope (who made the record, when, for what purpose) is whoever's who makes
// the record, and is left empty.
func Survive[R record.Record](records []R, members []int, p SurvivorPolicy) *Survivor {
	kind := records[members[0]].Kind()
	units := gather(records, members)
	out := &Survivor{Record: record.New(kind)}
	for _, u := range units {
		u.choose(headers(records), &p)
		for n, c := range u.candidates {
			if u.list == "" && n > 0 {
				break
			}
			i := c.from
			head := records[i].Head()
			for _, l := range c.leaves {
				col, ok := record.FindColumn(kind, l.name)
				if !ok {
					continue
				}
				if u.list != "" {
					col = col.At(n + 1)
				}
				col.Set(out.Record, l.text)
				f := SurvivorField{Field: col.Name(), Value: l.text, From: i, Source: head.SourceSystem, Date: c.date, Why: c.why}
				if u.list == "" {
					f.Others = u.others()
				}
				out.Fields = append(out.Fields, f)
			}
		}
	}
	out.Conflicts = conflicts(records, members, func(i int) string { return records[i].Head().SourceSystem }, p)
	return out
}

// unit is what is chosen as a whole: a single value, or the elements of a list.
type unit struct {
	name       string
	list       string // "" for a single value
	kind       record.Type
	assured    func(i int) int // how well a record assures it, nil for what is not known
	candidates []candidate
	order      int
}

// candidate is one of the values of a unit, or one element.
type candidate struct {
	key     string
	leaves  []leafText
	records []int        // that hold it
	texts   [][]leafText // as each of them writes it
	less    []int        // that say it less fully
	from    int          // the record it is taken from: the latest that holds it
	date    record.Timestamp
	full    int // parts, or precision, or length
	trust   int
	assured int    // the best of its records
	source  string // the trusted one it is from
	why     string
}

type leafText struct{ name, text string }

// enveloped are the first steps of the paths of the envelope.
var enveloped = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{"extra": true}
	t := reflect.TypeFor[record.Envelope]()
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		out[name] = true
	}
	return out
})

// gather finds the units of the records, in the order of the field table.
func gather[R record.Record](records []R, members []int) []*unit {
	order := map[string]int{}
	for i, f := range record.Fields(records[members[0]].Kind()) {
		order[f.Path] = i
	}
	units := map[string]*unit{}
	for _, i := range members {
		type element struct {
			u      *unit
			number int
		}
		content := map[element][]leafText{}
		var met []element
		record.Walk(records[i], func(l record.Leaf) {
			step, _, _ := strings.Cut(strings.TrimPrefix(l.Field.Path, "person."), ".")
			step, _, _ = strings.Cut(step, "[")
			if enveloped()[step] {
				return
			}
			list := l.List()
			name := cmp.Or(list, l.Name())
			u := units[name]
			if u == nil {
				u = &unit{name: name, list: list, kind: l.Field.Type, order: order[l.Field.Path]}
				if list == "" {
					u.assured = assuredBy(records, name)
				}
				units[name] = u
			}
			e := element{u, l.Element()}
			if content[e] == nil {
				met = append(met, e)
			}
			content[e] = append(content[e], leafText{l.Name(), l.Text()})
		})
		for _, e := range met {
			e.u.add(records[i].Kind(), i, content[e])
		}
	}
	out := make([]*unit, 0, len(units))
	for _, u := range units {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b *unit) int { return cmp.Or(a.order-b.order, strings.Compare(a.name, b.name)) })
	return out
}

// add adds what one record holds to the candidates.
func (u *unit) add(kind record.Kind, i int, leaves []leafText) {
	var key strings.Builder
	for k, l := range leaves {
		if col, ok := record.FindColumn(kind, l.name); ok && u.list != "" {
			leaves[k].name = col.At(1).Name()
		}
		fmt.Fprintf(&key, "%s\x00%s\x00", leaves[k].name, strings.ToLower(l.text))
	}
	u.put(i, key.String(), leaves)
}

// put adds what one record holds to the candidate of that key.
func (u *unit) put(i int, key string, leaves []leafText) {
	for c := range u.candidates {
		if u.candidates[c].key == key {
			u.candidates[c].hold(i, leaves)
			return
		}
	}
	u.candidates = append(u.candidates, candidate{key: key, leaves: leaves, records: []int{i}, texts: [][]leafText{leaves}})
}

// others are the values that are not proposed, in the order of preference.
func (u *unit) others() (out []string) {
	for _, c := range u.candidates[1:] {
		out = append(out, c.leaves[0].text)
	}
	return out
}

// hold notes that one more record says it, perhaps in other capitals.
func (c *candidate) hold(i int, leaves []leafText) {
	if !slices.Contains(c.records, i) {
		c.records, c.texts = append(c.records, i), append(c.texts, leaves)
	}
}
