package ledsq

import (
	"fmt"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// Here stand the rules about sets of records of people. They need no model:
// what they compare is the same or it is not.

// crowd is the size of a group of records from which what they share is taken
// for a filler or a hostel, and not for a family.
const crowd = 12

// people finds an identifier on two people, twins whom matching had no reason to
// propose, and episodes of one person at the same time.
func (v *validation[R]) people(set *setFindings) {
	if v.found.Kind == record.KindVehicle {
		return
	}
	for _, name := range strongKeys[record.KindPerson] {
		v.identifierConflicts(set, name)
	}
	known := make(map[[2]int]dedupe.Decision, len(v.found.Duplicates))
	for _, d := range v.found.Duplicates {
		known[[2]int{min(d.A, d.B), max(d.A, d.B)}] = d.Decision
	}
	v.twins(set, known)
	v.overlaps(set, known)
}

// groups gives the records that share a key, two or more, in the order of the
// first of each group; records without a key are left out.
func (v *validation[R]) groups(key func(p *record.Person) string) [][]int {
	at := map[string]int{}
	var all [][]int
	for i, r := range v.records {
		k := key(record.PersonOf(r))
		if k == "" {
			continue
		}
		g, seen := at[k]
		if !seen {
			g = len(all)
			at[k] = g
			all = append(all, nil)
		}
		all[g] = append(all[g], i)
	}
	var shared [][]int
	for _, g := range all {
		if len(g) > 1 {
			shared = append(shared, g)
		}
	}
	return shared
}

// pairs visits each pair of a group that is not a crowd.
func (v *validation[R]) pairs(group []int, visit func(i, j int, a, b *record.Person)) {
	if len(group) > crowd {
		return
	}
	for n, i := range group {
		for _, j := range group[n+1:] {
			visit(i, j, record.PersonOf(v.records[i]), record.PersonOf(v.records[j]))
		}
	}
}

// identifierConflicts finds one number on records that differ in surname and date
// of birth: it belongs to one of them at most.
func (v *validation[R]) identifierConflicts(set *setFindings, name string) {
	scheme := map[string]record.IdentifierType{"pncId": record.IDPNC, "cro": record.IDCRO}[name]
	told := map[int]bool{}
	for _, group := range v.groups(func(p *record.Person) string {
		if values := p.IdentifierValues(scheme); len(values) > 0 {
			return values[0]
		}
		return ""
	}) {
		v.pairs(group, func(i, j int, a, b *record.Person) {
			if !otherSurname(a, b) || !a.DateOfBirth.Known() || !b.DateOfBirth.Known() || a.DateOfBirth.Overlaps(b.DateOfBirth) {
				return
			}
			for _, k := range [...]int{i, j} {
				if !told[k] {
					told[k] = true
					set.tell(k, "person/identifier-conflict", "", name, fmt.Sprintf("records that share neither surname nor date of birth hold the same number: %s", v.others(group, k)),
						"Find out whose number it is, and take it from the other.")
				}
			}
		})
	}
}

// otherSurname says that both bear surnames and have none in common.
func otherSurname(a, b *record.Person) bool {
	known := map[string]bool{}
	for i := range a.Names {
		known[normalise.FoldName(a.Names[i].Surname)] = true
	}
	delete(known, "")
	both := false
	for i := range b.Names {
		s := normalise.FoldName(b.Names[i].Surname)
		if known[s] {
			return false
		}
		both = both || s != ""
	}
	return both && len(known) > 0
}

// twins finds who shares surname, date of birth and home but not the given name.
// Matching holds twins of alike names apart, and does not so much as propose a
// brother and sister.
func (v *validation[R]) twins(set *setFindings, known map[[2]int]dedupe.Decision) {
	for _, group := range v.groups(func(p *record.Person) string {
		n := p.PrimaryName()
		if n.Surname == "" || n.Given() == "" || !p.DateOfBirth.Exact() || len(p.Addresses) == 0 || p.Addresses[0].Postcode == "" {
			return ""
		}
		return strings.Join([]string{normalise.FoldName(n.Surname), string(p.DateOfBirth), string(p.Addresses[0].Postcode)}, "|")
	}) {
		v.pairs(group, func(i, j int, a, b *record.Person) {
			if _, proposed := known[[2]int{i, j}]; proposed || !otherGiven(a, b) {
				return
			}
			for _, side := range [...][2]int{{i, j}, {j, i}} {
				set.tell(side[0], "set/possible-twin", "", "givenName", "same surname, date of birth and home as record "+v.found.Records[side[1]].ID+", but another given name",
					"Do not merge them: find out whether they are twins.")
			}
		})
	}
}

// otherGiven says that two people bear given names that are not forms of one.
func otherGiven(a, b *record.Person) bool {
	x, y := normalise.FoldName(a.PrimaryName().Given()), normalise.FoldName(b.PrimaryName().Given())
	if _, _, linked := normalise.NameLink(x, y); linked || x == y {
		return false
	}
	return !strings.HasPrefix(x, y) && !strings.HasPrefix(y, x) // an initial, a second name
}

// overlaps finds episodes of one name and date of birth that run at the same
// time. Those of one report are proposed by matching already.
func (v *validation[R]) overlaps(set *setFindings, known map[[2]int]dedupe.Decision) {
	if v.found.Kind != record.KindMissing {
		return
	}
	for _, group := range v.groups(func(p *record.Person) string {
		n := p.PrimaryName()
		if n.Surname == "" || n.Given() == "" || !p.DateOfBirth.Exact() {
			return ""
		}
		return strings.Join([]string{normalise.FoldName(n.Given()), normalise.FoldName(n.Surname), string(p.DateOfBirth)}, "|")
	}) {
		v.pairs(group, func(i, j int, _, _ *record.Person) {
			if known[[2]int{i, j}] == dedupe.Match || !overlap(v.records[i], v.records[j]) {
				return
			}
			for _, side := range [...][2]int{{i, j}, {j, i}} {
				v.metElsewhere(set, side[0], side[1])
				set.tell(side[0], "missing/episode-overlap", "", "missingSince", "runs at the same time as record "+v.found.Records[side[1]].ID+", of the same name and date of birth",
					"Join the two enquiries: tell the other force today.")
			}
		})
	}
}

// metElsewhere tells of an open episode when another record of the same person
// says that somebody has met or found them since.
func (v *validation[R]) metElsewhere(set *setFindings, i, other int) {
	x, ok1 := any(v.records[i]).(*record.MissingPerson)
	y, ok2 := any(v.records[other]).(*record.MissingPerson)
	if !ok1 || !ok2 || x.FoundAt != "" || quality.Ended(&x.Envelope) {
		return
	}
	since, ok := x.MissingSince.Time()
	if !ok {
		return
	}
	what := ""
	if at, ok := y.FoundAt.Time(); ok && at.After(since) {
		what = "the person as found"
	}
	for _, l := range y.Links {
		if _, last, ok := l.From.Interval(); ok && quality.Meeting(l.Kind) && last > record.DayAt(since) {
			what = "an event at which somebody met the person"
		}
	}
	if what != "" {
		set.tell(i, "missing/contact-elsewhere", "", "missingSince", "still open, while record "+v.found.Records[other].ID+" holds "+what+" since",
			"Ask whoever met them today, and amend or close the episode.")
	}
}
