package normalise

import (
	"slices"
	"strconv"
	"strings"

	"leds.internal/ledsq/record"
)

// namer puts the names of one person in order.
type namer struct {
	w *recorder
	p *record.Person
}

// names canonicalises every name of a person and takes apart what one field
// holds of several. Each step leaves fields that the next may work on, so that a
// name is gone over until nothing changes; three rounds are the most seen.
func (n *namer) names() {
	for i := 0; i < len(n.p.Names); i++ { // grows as other names are found
		name := &n.p.Names[i]
		if name.Type == "" {
			name.Type = record.PrimaryName
		}
		for range 6 {
			if !n.round(i) {
				break
			}
		}
	}
}

// round is one pass over a name; it says whether anything changed.
func (n *namer) round(i int) bool {
	name := &n.p.Names[i]
	changed := n.leaf(i, "title", record.TypeTitle, &name.Title)
	for k := range name.GivenNames {
		changed = n.leaf(i, numbered("givenName", k), record.TypeGiven, &name.GivenNames[k]) || changed
	}
	changed = n.leaf(i, "middleNames", record.TypeMiddle, &name.MiddleNames) || changed
	changed = n.leaf(i, "surname", record.TypeSurname, &name.Surname) || changed
	changed = n.leaf(i, "suffix", record.TypeSuffix, &name.Suffix) || changed
	changed = n.leaf(i, "fullName", record.TypeFullName, &name.FullName) || changed

	if !spaced(name) {
		return n.split(i) || changed // a space stands before a second name, and after a title
	}
	// Appending to p.Names may move them: name is taken afresh each time.
	for k := range name.GivenNames {
		changed = n.other(i, numbered("givenName", k), record.TypeGiven, func(m *record.Name) *string { return &m.GivenNames[k] }) || changed
	}
	changed = n.other(i, "middleNames", record.TypeMiddle, func(m *record.Name) *string { return &m.MiddleNames }) || changed
	changed = n.other(i, "surname", record.TypeSurname, func(m *record.Name) *string { return &m.Surname }) || changed
	changed = n.other(i, "fullName", record.TypeFullName, func(m *record.Name) *string { return &m.FullName }) || changed
	changed = n.title(i) || changed
	return n.split(i) || changed
}

// spaced says whether any field of a name holds more than one word.
func spaced(n *record.Name) bool {
	for _, given := range n.GivenNames {
		if strings.IndexByte(given, ' ') >= 0 {
			return true
		}
	}
	return strings.IndexByte(n.MiddleNames, ' ') >= 0 || strings.IndexByte(n.Surname, ' ') >= 0 || strings.IndexByte(n.FullName, ' ') >= 0
}

func numbered(field string, k int) string {
	if k == 0 {
		return field
	}
	return field + strconv.Itoa(k+1)
}

// prefix gives what stands before the flat names of a name's fields.
func (n *namer) prefix(i int) string {
	group := func(t record.NameType) string {
		switch t {
		case "", record.PrimaryName:
			return "name"
		case record.AliasName:
			return "alias"
		case record.PreviousName:
			return "previousName"
		case record.NicknameName:
			return "nickname"
		}
		return "otherName"
	}
	g, count := group(n.p.Names[i].Type), 0
	for k := range i + 1 {
		if group(n.p.Names[k].Type) == g {
			count++
		}
	}
	if g == "name" && count == 1 {
		return ""
	}
	return g + strconv.Itoa(count) + "."
}

// leaf canonicalises one text of a name.
func (n *namer) leaf(i int, field string, t record.Type, v *string) bool {
	if *v == "" || n.w.asTyped(lookOf(t, ""), string(t), *v) {
		return false
	}
	r := Value(t, string(t), *v, n.w.Options)
	to, plain := apply(r, *v)
	if plain {
		return false
	}
	was := *v
	*v = to
	n.note(i, field, t, was, to, r)
	return to != was
}

// note records a change, together with an earlier one of the same field.
func (n *namer) note(i int, field string, t record.Type, from, to string, r Result) {
	if n.w.quiet {
		return
	}
	name := n.prefix(i) + field
	for k := range n.w.cs {
		if c := &n.w.cs[k]; c.Field == name {
			if to != from {
				c.To = to
			}
			if r.Status != Valid || moved(r.Rule) || c.Status == Valid && to != from && !moved(c.Rule) {
				c.Status, c.Rule, c.Class, c.Reason, c.Suggestions = r.Status, r.Rule, r.Class, r.Reason, r.Suggestions
			}
			return
		}
	}
	n.w.note(change(name, t, from, to, r))
}

// moved knows the rules that take a field apart: they settle what was suspect
// of the whole, and say more than a change of case.
func moved(rule string) bool { return rule == "name/other-name" || rule == "name/title" }

// other moves a second name out of a field into an alias or previous name.
func (n *namer) other(i int, field string, t record.Type, at func(*record.Name) *string) (changed bool) {
	for {
		v := at(&n.p.Names[i])
		rest, found, ok := cutOther(*v)
		if !ok {
			return changed
		}
		was := *v
		*v = rest
		n.note(i, field, t, was, rest, Result{Status: Valid, Rule: "name/other-name", Reason: "a second name in the field moved to a name of its own"})
		alias := record.Name{Type: record.AliasName}
		if found.previous {
			alias.Type = record.PreviousName
		}
		words := strings.Count(found.text, " ") + 1
		target, tt := "fullName", record.TypeFullName
		switch {
		case found.previous, t == record.TypeSurname && (found.marked || words == 1):
			target, tt, alias.Surname = "surname", record.TypeSurname, found.text
		case found.marked, words == 1 && t != record.TypeFullName:
			target, tt, alias.GivenNames = "givenName", record.TypeGiven, []string{found.text}
		default:
			alias.FullName = found.text
		}
		n.p.Names = append(n.p.Names, alias)
		n.note(len(n.p.Names)-1, target, tt, "", found.text, Result{Status: Valid, Rule: "name/other-name", Reason: "a second name found in another field"})
		changed = true
	}
}

// title moves a title from the front of the first given name to its own field.
func (n *namer) title(i int) bool {
	name := &n.p.Names[i]
	if len(name.GivenNames) == 0 || !strings.Contains(name.GivenNames[0], " ") {
		return false
	}
	title, rest := cutTitle(name.GivenNames[0], 1)
	if title == "" || name.Title != "" && name.Title != title {
		return false
	}
	was := name.GivenNames[0]
	name.GivenNames[0] = rest
	r := Result{Status: Valid, Rule: "name/title", Reason: "a title in the given name moved to its own field"}
	n.note(i, "givenName", record.TypeGiven, was, rest, r)
	if name.Title == "" {
		name.Title = title
		n.note(i, "title", record.TypeTitle, "", title, r)
	}
	return true
}

// split fills the parts from the full name where it is all there is.
func (n *namer) split(i int) bool {
	name := &n.p.Names[i]
	if name.FullName == "" || name.Surname != "" || name.MiddleNames != "" || slices.ContainsFunc(name.GivenNames, func(g string) bool { return g != "" }) {
		return false
	}
	if namePlaceholder(name.FullName) != "" {
		return false
	}
	p, ok := splitName(name.FullName)
	if !ok {
		return false
	}
	r := Result{Status: Suspect, Rule: "name/order-assumed", Reason: "split from the full name; the surname is assumed to come last"}
	if p.sure {
		r = Result{Status: Valid, Rule: "name/split", Reason: "split from the full name at its comma or slash"}
	}
	changed := false
	fill := func(field string, t record.Type, v *string, part string) {
		if part == "" || *v != "" {
			return
		}
		out := Value(t, string(t), part, n.w.Options)
		if out.Canonical == "" && out.Status == Placeholder {
			return // nothing is known of this part
		}
		if out.Canonical != "" {
			part = out.Canonical
		}
		*v, changed = part, true
		n.note(i, field, t, "", part, r)
	}
	fill("title", record.TypeTitle, &name.Title, p.title)
	if p.given != "" && len(name.GivenNames) == 0 {
		if out := readName(p.given, false); out.Status != Placeholder || out.Canonical != "" {
			name.GivenNames = []string{""}
		}
	}
	if len(name.GivenNames) > 0 {
		fill("givenName", record.TypeGiven, &name.GivenNames[0], p.given)
	}
	fill("middleNames", record.TypeMiddle, &name.MiddleNames, p.middle)
	fill("surname", record.TypeSurname, &name.Surname, p.surname)
	fill("suffix", record.TypeSuffix, &name.Suffix, p.suffix)
	return changed
}
