package dedupe

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"leds.internal/ledsq/normalise"
)

// Schema says what is compared of records that are of no kind of ours: any
// columns, by comparisons of some types.
type Schema struct {
	Name        string             `json:"name" yaml:"name"`                             // of what the records are, as in "stolen bicycles"
	ID          string             `json:"id,omitempty" yaml:"id,omitempty"`             // column of record ids; row numbers stand for them if ""
	Source      string             `json:"source,omitempty" yaml:"source,omitempty"`     // column of the systems that records are from; those of one file are of one if ""
	Changed     string             `json:"changed,omitempty" yaml:"changed,omitempty"`   // column of when records were changed last, for the record that is proposed of several
	Comparisons []SchemaComparison `json:"comparisons" yaml:"comparisons"`               // at least one, 32 at most
	Blocking    []SchemaKey        `json:"blocking,omitempty" yaml:"blocking,omitempty"` // planned from the data if empty
	Thresholds  SchemaThresholds   `json:"thresholds,omitzero" yaml:"thresholds,omitempty"`
}

// SchemaKey is a blocking key: records that share all its parts are compared. A
// part is the name of a comparison, for its whole value, or with a dot and a part
// of the value: "frame number.end", "postcode.district".
type SchemaKey []string

// SchemaThresholds are probabilities, 0 for the defaults of Config.
type SchemaThresholds struct {
	Match  float64 `json:"match,omitempty" yaml:"match,omitempty"`
	Review float64 `json:"review,omitempty" yaml:"review,omitempty"`
}

// SchemaComparison compares one column.
type SchemaComparison struct {
	Name   string        `json:"name,omitempty" yaml:"name,omitempty"` // as an officer would say it; the column's if ""
	Column string        `json:"column" yaml:"column"`
	Type   string        `json:"type" yaml:"type"`                         // see ComparisonTypes
	Levels []SchemaLevel `json:"levels,omitempty" yaml:"levels,omitempty"` // between the same and different, the closest first; the type's own if empty
	// Chance is how often two different things agree fully by chance, where there
	// are too few records to tell; the type's own if 0.
	Chance float64 `json:"chance,omitempty" yaml:"chance,omitempty"`
	// MostDiffer is the largest share of true matches that may differ, 0 for any.
	MostDiffer float64 `json:"mostDiffer,omitempty" yaml:"mostDiffer,omitempty"`
	// Apart holds records that differ apart, whatever else they agree on.
	Apart bool `json:"apart,omitempty" yaml:"apart,omitempty"`
	// Plain leaves out that agreement on a rare value weighs more.
	Plain bool `json:"plain,omitempty" yaml:"plain,omitempty"`
}

// SchemaLevel is one degree of agreement: a name and one criterion.
type SchemaLevel struct {
	Name       string  `json:"name,omitempty" yaml:"name,omitempty"`
	Edits      int     `json:"edits,omitempty" yaml:"edits,omitempty"`           // letters put in, taken out, replaced or exchanged, 1 to 3; of texts of four letters for each
	Similarity float64 `json:"similarity,omitempty" yaml:"similarity,omitempty"` // Jaro-Winkler, from 0 to 1
	Words      float64 `json:"words,omitempty" yaml:"words,omitempty"`           // share of letters in words that are the same or nearly, from 0 to 1
	Within     float64 `json:"within,omitempty" yaml:"within,omitempty"`         // of a number
	Percent    float64 `json:"percent,omitempty" yaml:"percent,omitempty"`       // of the larger of two numbers
	Days       int     `json:"days,omitempty" yaml:"days,omitempty"`             // between two dates
	Is         string  `json:"is,omitempty" yaml:"is,omitempty"`                 // sound, part, nickname, exchanged, overlap, district
}

const maxSchemaLevels = 12

// nameOf gives a comparison's name.
func (c *SchemaComparison) nameOf() string {
	if c.Name != "" {
		return c.Name
	}
	return c.Column
}

// Columns gives the columns that are compared, in the order of the comparisons.
func (s *Schema) Columns() []string {
	var out []string
	for i := range s.Comparisons {
		out = append(out, s.Comparisons[i].Column)
	}
	return out
}

// Canonical writes a value as it is compared in a column, by the first comparison
// of it, whose type it gives; "" for what can't be read as that, or a column that
// is not compared.
func (s *Schema) Canonical(column, text string, o normalise.Options) (kind, canonical string) {
	for i := range s.Comparisons {
		if c := &s.Comparisons[i]; c.Column == column {
			return c.Type, s.canonical(i, text, o)
		}
	}
	return "", ""
}

// Validate says what is wrong with a schema, or nil.
func (s *Schema) Validate() error {
	_, err := s.fault()
	return err
}

// fault says what is wrong and where: a path of keys and places.
func (s *Schema) fault() (path []any, err error) {
	if strings.TrimSpace(s.Name) == "" {
		return []any{"name"}, errors.New("name is missing: say what the records are")
	}
	if n := len(s.Comparisons); n == 0 || n > maxComparisons {
		return []any{"comparisons"}, fmt.Errorf("comparisons must be 1 to %d", maxComparisons)
	}
	t := s.Thresholds
	if err := (Config{Match: t.Match, Review: t.Review}).Validate(); err != nil {
		return []any{"thresholds"}, errors.New(strings.TrimPrefix(err.Error(), "dedupe: "))
	}
	names := map[string]bool{}
	for i := range s.Comparisons {
		c := &s.Comparisons[i]
		if key, err := c.fault(); err != nil {
			return append([]any{"comparisons", i}, key...), err
		}
		if names[c.nameOf()] {
			return []any{"comparisons", i, "name"}, fmt.Errorf("two comparisons are called %q: give one of them a name of its own", c.nameOf())
		}
		names[c.nameOf()] = true
	}
	for i, key := range s.Blocking {
		if len(key) == 0 || len(key) > 4 {
			return []any{"blocking", i}, errors.New("a blocking key has 1 to 4 parts")
		}
		for k, part := range key {
			if _, err := s.atom(part); err != nil {
				return []any{"blocking", i, k}, err
			}
			if slices.Contains(key[:k], part) {
				return []any{"blocking", i, k}, errors.New("the part stands in the key twice")
			}
		}
	}
	return nil, nil
}

// fault says what is wrong with a comparison and under which key.
func (c *SchemaComparison) fault() ([]any, error) {
	t := comparisonType(c.Type)
	switch {
	case strings.TrimSpace(c.Column) == "":
		return []any{"column"}, errors.New("column is missing: name the column that is compared")
	case strings.Contains(c.nameOf(), "."):
		return []any{"name"}, errors.New("the name of a comparison has no dot in it: give it another with name")
	case t == nil:
		return []any{"type"}, fmt.Errorf("there is no type %q%s", c.Type, meant(c.Type, ComparisonTypes()))
	case c.Chance < 0 || c.Chance >= 1:
		return []any{"chance"}, errors.New("chance must lie between 0 and 1")
	case c.MostDiffer < 0 || c.MostDiffer >= 1:
		return []any{"mostDiffer"}, errors.New("mostDiffer must lie between 0 and 1")
	case len(c.Levels) > maxSchemaLevels:
		return []any{"levels"}, fmt.Errorf("more than %d levels", maxSchemaLevels)
	}
	for i := range c.Levels {
		if err := c.Levels[i].fault(t); err != nil {
			return []any{"levels", i}, err
		}
	}
	return nil, nil
}

// fault says what is wrong with a level of a type.
func (l *SchemaLevel) fault(t *schemaType) error {
	var given []string
	for _, one := range []struct {
		name   string
		is, ok bool
	}{
		{"edits", l.Edits != 0, l.Edits >= 1 && l.Edits <= 3},
		{"similarity", l.Similarity != 0, l.Similarity > 0.7 && l.Similarity < 1},
		{"words", l.Words != 0, l.Words > 0 && l.Words < 1},
		{"within", l.Within != 0, l.Within > 0},
		{"percent", l.Percent != 0, l.Percent > 0 && l.Percent < 100},
		{"days", l.Days != 0, l.Days > 0 && l.Days < 36525},
		{"is", l.Is != "", true},
	} {
		if !one.is {
			continue
		}
		given = append(given, one.name)
		if !one.ok {
			return fmt.Errorf("%s is out of range: edits go from 1 to 3, similarity from above 0.7 to below 1, words from 0 to 1, days and numbers are above 0", one.name)
		}
	}
	if len(given) != 1 {
		return fmt.Errorf("a level has one criterion, and this has %d: the same and different stand by themselves", len(given))
	}
	what := given[0]
	if what == "is" {
		what = l.Is
	}
	if !slices.Contains(t.criteria, what) {
		return fmt.Errorf("the type %s has no level by %q%s", t.name, what, meant(what, t.criteria))
	}
	return nil
}
