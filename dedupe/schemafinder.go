package dedupe

import (
	"fmt"
	"slices"
	"strings"

	"leds.internal/ledsq/normalise"
)

// NewSchemaFinder makes a finder for records of a schema, which are added by
// PrepareValues and AddRow. A model in cfg must be of the same schema; thresholds
// that cfg leaves out are the schema's.
func NewSchemaFinder(s *Schema, cfg Config) (*Finder, error) {
	if err := s.Validate(); err != nil {
		return nil, fmt.Errorf("dedupe: %w", err)
	}
	if cfg.Match == 0 {
		cfg.Match = s.Thresholds.Match
	}
	if cfg.Review == 0 {
		cfg.Review = s.Thresholds.Review
	}
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	f, err := newFinder("", s.preset(), cfg)
	if err != nil {
		return nil, err
	}
	f.schema = s
	return f, nil
}

// preset says in tables what the schema says.
func (s *Schema) preset() preset {
	p := preset{apart: s.apart}
	for i := range s.Comparisons {
		c := &s.Comparisons[i]
		t, name := comparisonType(c.Type), c.nameOf()
		own := c.Levels
		if len(own) == 0 {
			own = t.levels
		}
		k := comparison{name: name, most: c.MostDiffer, chance: c.Chance, uses: []string{name}}
		if k.chance == 0 {
			k.chance = t.chance
		}
		same := level{name: "same " + name, column: name, share: 1}
		if c.Plain {
			same = level{name: same.name}
		}
		k.levels = append(k.levels, same)
		for l := range own {
			k.levels = append(k.levels, level{name: own[l].say(name)})
		}
		k.levels = append(k.levels, level{name: name + " differs"})
		numbers := t.numbers
		k.compare = onColumn(func(x, y form) uint8 {
			for l := range own {
				if own[l].holds(x, y, numbers) {
					return uint8(l + 2)
				}
			}
			return uint8(len(own) + 2)
		})
		p.comparisons = append(p.comparisons, k)
		p.attributes = append(p.attributes, attribute{name: name})
		for _, part := range t.parts {
			p.atoms = append(p.atoms, atom{strings.TrimSuffix(name+"."+part.name, "."), name, part.coarse, part.derive})
		}
	}
	for _, key := range s.Blocking {
		var atoms []int
		for _, part := range key {
			i, _ := s.atom(part)
			atoms = append(atoms, i)
		}
		slices.Sort(atoms)
		p.keys = append(p.keys, atoms)
	}
	return p
}

// atom gives the place among the preset's atoms of a part of a blocking key.
func (s *Schema) atom(part string) (int, error) {
	n := 0
	var known []string
	for i := range s.Comparisons {
		c := &s.Comparisons[i]
		t := comparisonType(c.Type)
		if t == nil {
			continue
		}
		for _, p := range t.parts {
			name := strings.TrimSuffix(c.nameOf()+"."+p.name, ".")
			if name == part {
				return n, nil
			}
			known = append(known, name)
			n++
		}
	}
	return 0, fmt.Errorf("there is no part %q of a key%s", part, meant(part, known))
}

// apart holds apart what differs where the schema says so.
func (s *Schema) apart(comparisons []comparison, p pattern) string {
	for i := range s.Comparisons {
		c := &s.Comparisons[i]
		if !c.Apart {
			continue
		}
		for k := range comparisons {
			if comparisons[k].name == c.nameOf() && p.level(k) == uint8(len(comparisons[k].levels)) {
				return "held apart: " + c.nameOf() + " differs"
			}
		}
	}
	return ""
}

// given makes keys of the atoms that a schema names. Those of columns without a
// value are left out.
func (p *planner) given(keys [][]int) []key {
	var out []key
next:
	for _, want := range keys {
		k := key{}
		for _, a := range want {
			i := slices.IndexFunc(p.atoms, func(have atom) bool { return have.name == p.all[a].name })
			if i < 0 {
				continue next
			}
			k = append(k, i)
		}
		out = append(out, k)
	}
	return out
}

// PrepareValues reads what is compared of a record of the finder's schema: the
// values of Schema.Columns in their order, "" for none, as they were typed. o says
// how dates are read. It may be called by several workers at once.
func (f *Finder) PrepareValues(id string, values []string, o normalise.Options) *Row {
	row := newRow(f.kind, f.named[id])
	h := uint64(7)
	for i := range f.schema.Comparisons {
		text, hash := "", emptyHash
		if i < len(values) {
			text = f.schema.canonical(i, values[i], o)
		}
		if text != "" {
			hash = fnv64(text)
			row.cells = append(row.cells, cell{i, hash, text})
		}
		h = mix(h+uint64(i), hash)
	}
	row.hash = mix(h, fnv64(id))
	return row
}

// canonical writes a value as its comparison takes it.
func (s *Schema) canonical(comparison int, typed string, o normalise.Options) string {
	if strings.TrimSpace(typed) == "" {
		return ""
	}
	return comparisonType(s.Comparisons[comparison].Type).canonical(typed, o)
}
