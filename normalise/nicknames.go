package normalise

import "sync"

// Link is a name that may stand for another of the same person.
type Link struct {
	Name      string // folded: upper-case letters
	Relation  string // diminutive, spelling, equivalent or gender_form
	Strength  string // strong, medium or weak
	Part      string // given or surname
	Tradition string // english, polish …, surname_variant
}

// nicknames lists the links of every name, both ways. Links are pairs and are
// never closed: Alex is Alexander and Alexandra, who are not each other.
var nicknames = sync.OnceValue(func() map[string][]Link {
	rows, col := table("nickname_pairs")
	m := make(map[string][]Link, 2*len(rows))
	add := func(from string, l Link) {
		for _, have := range m[from] {
			if have.Name == l.Name && have.Part == l.Part {
				return
			}
		}
		m[from] = append(m[from], l)
	}
	for _, r := range rows {
		a, b := FoldName(r[col["name_a_ascii"]]), FoldName(r[col["name_b_ascii"]])
		if a == b {
			continue
		}
		l := Link{Relation: r[col["relation"]], Strength: r[col["strength"]], Part: r[col["name_part"]], Tradition: r[col["tradition"]]}
		l.Name = b
		add(a, l)
		l.Name = a
		add(b, l)
	}
	return m
})

// Nicknames gives the names that may stand for a name, given names and surnames
// alike (see Link.Part); the name is compared as folded by FoldName. The caller
// must not change the list. Source: codes/nickname_pairs.csv.
func Nicknames(name string) []Link { return nicknames()[FoldName(name)] }

// NameLink says how two names are linked. ok is false when they are not; two
// names that fold to the same are not linked but equal.
func NameLink(a, b string) (strength, relation string, ok bool) {
	b = FoldName(b)
	for _, l := range nicknames()[FoldName(a)] {
		if l.Name == b {
			return l.Strength, l.Relation, true
		}
	}
	return "", "", false
}
