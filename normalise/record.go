package normalise

import (
	"strconv"
	"strings"
	"sync"

	"leds.internal/ledsq/record"
)

// Record canonicalises a record in place and returns what it changed and what
// it found, in a fixed order: names first, then the other fields in the order of
// the field table, then what follows from several of them.
//
// A value becomes its canonical text; a placeholder is blanked unless it may be
// a real value; what is invalid, ambiguous or not recognised stays as typed.
// Every leaf that changed, or whose status is not Valid, gives a Change, From
// equal to To where the text was left. Beyond single values it
//
//   - splits a title, an alias or a former name off a name field, and a full
//     name into its parts where the record has no others;
//   - calls a name without a type the primary one (the flat names do not show it);
//   - moves an extension from a telephone number to its own field, and the
//     second of two colours likewise;
//   - sets noFixedAbode where the address or postcode says so;
//   - brings dateOfBirth to the precision that dobPrecision states;
//   - accepts identifiers, postcodes and marks of other forms as Foreign where
//     the record names another country.
//
// Extra columns are not read. Normalising a record again changes nothing, and
// Undo takes the changes back.
func Record(r record.Record, o Options) []Change {
	w := recorders.Get().(*recorder)
	w.quiet = false
	w.record(r, o)
	var cs []Change
	if len(w.cs) > 0 {
		cs = make([]Change, len(w.cs))
		copy(cs, w.cs)
		clear(w.cs)
		w.cs = w.cs[:0]
	}
	recorders.Put(w)
	return cs
}

// Canonicalise does to a record what Record does, and gives no account of it:
// for matching, which needs the values alone.
func Canonicalise(r record.Record, o Options) {
	w := recorders.Get().(*recorder)
	w.quiet = true
	w.record(r, o)
	recorders.Put(w)
}

// recorder works on one record. It is used again for the next, so that a record
// without changes costs no memory.
type recorder struct {
	Options
	year        int // of AsOf
	quiet       bool
	cs          []Change
	abroad      map[record.Type][]bool // for the n-th leaf of the type, whether its country is another
	foreignMark bool
	looks       []look            // by the place of a leaf
	visitor     func(record.Leaf) // visit
	set         string            // the code list looked at last
	list        *codeSet
}

var recorders = sync.Pool{New: func() any {
	w := new(recorder)
	w.visitor = w.visit
	return w
}}

func (w *recorder) record(r record.Record, o Options) {
	if w.AsOf != o.AsOf {
		w.year = o.AsOf.Year()
	}
	w.Options, w.abroad, w.foreignMark, w.looks = o, nil, false, looks(r.Kind())
	p := record.PersonOf(r)
	if p != nil {
		n := namer{w: w, p: p}
		n.names()
		w.extensions(p)
		w.abroad = foreignParts(p)
	}
	if v, ok := r.(*record.Vehicle); ok {
		w.colours(v)
		w.foreignMark = foreignCountry(v.RegistrationCountry.Value)
	}
	record.Walk(r, w.visitor)
	if p != nil {
		w.noFixedAbode(p)
		w.precision(p)
	}
}

// note adds a change.
func (w *recorder) note(c ...Change) {
	if !w.quiet {
		w.cs = append(w.cs, c...)
	}
}

// change writes a Change from a Result.
func change(field string, t record.Type, from, to string, r Result) Change {
	return Change{Field: field, Type: t, Rule: r.Rule, From: from, To: to, Status: r.Status, Class: r.Class,
		Proved: r.Proved, Readings: r.Readings, Suggestions: r.Suggestions, Reason: r.Reason}
}

// apply gives the text a field gets from a result; plain says that there is
// nothing to report.
func apply(r Result, text string) (to string, plain bool) {
	switch {
	case r.Canonical != "":
		to = r.Canonical
	case r.Status == Placeholder:
		to = ""
	default:
		to = text
	}
	return to, r.Status == Valid && to == text && r.Rule == ""
}

func (w *recorder) visit(l record.Leaf) {
	look := w.looks[l.Place]
	if look == lookPast {
		return
	}
	f, text := l.Field, l.Text()
	if w.abroad == nil && !w.foreignMark && w.asTyped(look, f.CodeSet, text) {
		return
	}
	r := Value(f.Type, f.CodeSet, text, w.Options)
	if w.foreign(f) && (r.Status == Invalid || r.Status == Unknown || r.Status == Ambiguous) {
		r = Result{Status: Foreign, Canonical: tidy(text), Rule: string(f.Type) + "/foreign", Reason: "the record names another country; the form is not tested"}
	}
	to, plain := apply(r, text)
	if plain {
		return
	}
	if to != text {
		l.SetText(to)
	}
	if !w.quiet {
		w.note(change(l.Name(), f.Type, text, to, r))
	}
}

// foreign says whether the record puts the leaf at hand in another country. It
// must be asked once for each leaf.
func (w *recorder) foreign(f *record.Field) bool {
	if w.foreignMark && f.Type == record.TypeVRM {
		return f.Path == "vrm"
	}
	list := w.abroad[f.Type]
	if len(list) == 0 {
		return false
	}
	w.abroad[f.Type] = list[1:]
	return list[0]
}

// foreignParts finds the passports, driver numbers and postcodes of other
// countries, in the order in which they are walked.
func foreignParts(p *record.Person) map[record.Type][]bool {
	var m map[record.Type][]bool
	any := false
	for i := range p.Identifiers {
		any = any || foreignCountry(p.Identifiers[i].Country.Value)
	}
	for i := range p.Addresses {
		any = any || foreignCountry(p.Addresses[i].Country.Value)
	}
	if !any {
		return nil
	}
	m = map[record.Type][]bool{}
	for i := range p.Identifiers {
		id := &p.Identifiers[i]
		switch {
		case id.Value == "":
		case id.Type == record.IDPassport:
			m[record.TypePassport] = append(m[record.TypePassport], foreignCountry(id.Country.Value))
		case id.Type == record.IDDriver:
			m[record.TypeDriver] = append(m[record.TypeDriver], foreignCountry(id.Country.Value))
		}
	}
	for i := range p.Addresses {
		if a := &p.Addresses[i]; a.Postcode != "" {
			m[record.TypePostcode] = append(m[record.TypePostcode], foreignCountry(a.Country.Value))
		}
	}
	return m
}

// foreignCountry says whether a country is named that has no British postcodes,
// passports and marks.
func foreignCountry(country string) bool {
	if country == "" {
		return false
	}
	r := Code("country", country)
	switch r.Canonical {
	case "", "GBR", "GGY", "JEY", "IMN", "XXX", "GBD", "GBN", "GBO", "GBP", "GBS":
		return false
	}
	return true
}

// extensions moves the extension of a telephone number to its own field.
func (w *recorder) extensions(p *record.Person) {
	for i := range p.Contacts {
		c := &p.Contacts[i]
		if c.Extension != "" || c.Type == record.ContactEmail || c.Type == record.ContactSocial || !mayHaveExtension(c.Value) {
			continue
		}
		name, ok := contactName(p, i)
		if !ok {
			continue
		}
		if _, ext := cutExtension(tidy(c.Value)); ext != "" && Phone(c.Value, w.Options).OK() {
			c.Extension = ext
			w.note(change(name+".extension", record.TypeRef, "", ext,
				Result{Status: Valid, Rule: "phone/extension", Reason: "the extension moved from the number to its own field"}))
		}
	}
}

// mayHaveExtension looks for what every mark of an extension has in it.
func mayHaveExtension(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i]|0x20 == 'x' || s[i] == '#' {
			return true
		}
	}
	return false
}

// contactName gives the flat name of a telephone contact's value.
func contactName(p *record.Person, i int) (string, bool) {
	name := ""
	switch p.Contacts[i].Type {
	case record.ContactPhone:
		name = "phone"
	case record.ContactMobile:
		name = "mobile"
	case record.ContactHome:
		name = "homePhone"
	case record.ContactWork:
		name = "workPhone"
	case record.ContactWorkMob:
		name = "workMobile"
	}
	k := 0
	for j := range i {
		if p.Contacts[j].Type == p.Contacts[i].Type {
			k++
		}
	}
	return numbered(name, k), name != ""
}

// colours parts two colours in one field, which DVLA gives as BLUE/WHITE.
func (w *recorder) colours(v *record.Vehicle) {
	if len(v.Colours) != 1 {
		return
	}
	was := v.Colours[0].Value
	first, second, ok := strings.Cut(strings.ReplaceAll(was, "&", "/"), "/")
	if !ok {
		return
	}
	a, b := w.code("vehicle-colour", strings.TrimSpace(first)), w.code("vehicle-colour", strings.TrimSpace(second))
	if a.Status != Valid || b.Status != Valid || a.Canonical == b.Canonical {
		return
	}
	r := Result{Status: Valid, Rule: "vehicle-colour/two", Reason: "two colours in one field given a field each"}
	v.Colours[0].Value = a.Canonical
	v.Colours = append(v.Colours, record.Code{Value: b.Canonical, Set: v.Colours[0].Set, Version: v.Colours[0].Version})
	w.note(change("colour", record.TypeCode, was, a.Canonical, r), change("colour2", record.TypeCode, "", b.Canonical, r))
	if v.Colours[0].Set != "" {
		w.note(change("colour2.codeSet", record.TypeRef, "", v.Colours[0].Set, r))
	}
	if v.Colours[0].Version != "" {
		w.note(change("colour2.version", record.TypeRef, "", v.Colours[0].Version, r))
	}
}

// noFixedAbode answers the question where the address itself does.
func (w *recorder) noFixedAbode(p *record.Person) {
	for i := range p.Addresses {
		a := &p.Addresses[i]
		if a.NoFixedAbode != "" && a.NoFixedAbode != record.Unknown {
			continue
		}
		pc := string(a.Postcode)
		if pc != "NFA" && pc != "ZZ993VZ" && pc != "NF11NF" && pc != "NF11FA" && !saysNFA(a.Line) && !saysNFA(a.Premises) && !saysNFA(a.Street) && !saysNFA(a.SiteLocation) {
			continue
		}
		name := "noFixedAbode"
		if i > 0 {
			name = "address" + strconv.Itoa(i+1) + "." + name
		}
		was := string(a.NoFixedAbode)
		a.NoFixedAbode = record.Yes
		w.note(change(name, record.TypeTri, was, string(record.Yes),
			Result{Status: Valid, Rule: "address/no-fixed-abode", Reason: "the address or postcode says that there is no fixed abode"}))
	}
}

// saysNFA knows the words for no fixed abode, alone or at the start of a line.
func saysNFA(s string) bool {
	if len(s) < 3 || strings.IndexByte("nNoO", s[0]) < 0 {
		return false
	}
	u := Fold(s)
	u = strings.TrimPrefix(u, "OF ")
	for _, w := range [...]string{"NFA", "N F A", "NO FIXED ABODE", "NO FIXED ADDRESS", "NO FIXED PLACE OF ABODE"} {
		if u == w || strings.HasPrefix(u, w+" ") {
			return true
		}
	}
	return false
}

// precision brings the date of birth to the precision the record states: day
// and month that a system filled in with 1 are dropped, an estimate is marked.
// A day or month that is not the filler is left, and reported.
func (w *recorder) precision(p *record.Person) {
	if p.DOBPrecision == "" || p.DOBPrecision == "exact" || !p.DateOfBirth.Exact() && p.DateOfBirth.Precision() != record.ToMonth || p.DateOfBirth.Estimated() {
		return
	}
	was := string(p.DateOfBirth)
	to, why := was, ""
	switch p.DOBPrecision {
	case "year":
		if was[4:] == "-01-01" || was[4:] == "-01" {
			to, why = was[:4], "only the year is known, as dobPrecision says"
		}
	case "month":
		if len(was) == 7 {
			return
		}
		if strings.HasSuffix(was, "-01") {
			to, why = was[:7], "only year and month are known, as dobPrecision says"
		}
	case "estimated":
		to, why = was+"~", "marked as an estimate, as dobPrecision says"
	default:
		return
	}
	r := Result{Status: Partial, Rule: "dob/precision", Reason: why}
	if to == was {
		r = Result{Status: Suspect, Rule: "dob/precision", Reason: "the date is more precise than dobPrecision says"}
	}
	p.DateOfBirth = record.Date(to)
	w.note(change("dateOfBirth", record.TypeDOB, was, to, r))
}
