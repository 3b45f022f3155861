package ingest

import (
	"errors"
	"fmt"
	"strings"

	"leds.internal/ledsq/internal/edit"
	"leds.internal/ledsq/record"
)

// ParseMap reads a mapping written FIELD=COLUMN,FIELD2=COLUMN2. COLUMN may be a
// template that joins columns, dateOfBirth={birth_year}-{birth_month}, and
// nothing (FIELD=) keeps a field from being mapped. A name with a comma in it
// stands in double quotes, a quote in such a name is doubled.
func ParseMap(s string) (Mapping, error) {
	items, err := splitMap(s)
	if err != nil {
		return nil, err
	}
	var m Mapping
	for _, item := range items {
		field, from, ok := strings.Cut(item, "=")
		field, from = strings.TrimSpace(field), strings.TrimSpace(from)
		switch {
		case item == "" && len(items) == 1:
			return nil, nil
		case !ok || field == "":
			return nil, errors.New("a mapping is written FIELD=COLUMN, with commas between several; quote a column name with a comma in it")
		}
		if err := someKindHas(field); err != nil {
			return nil, err
		}
		m = append(m, Mapped{field, from})
	}
	return m, nil
}

// splitMap cuts at the commas outside quotes and takes the quotes away.
func splitMap(s string) ([]string, error) {
	var items []string
	var b strings.Builder
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' && quoted && i+1 < len(s) && s[i+1] == '"':
			b.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			items = append(items, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	if quoted {
		return nil, errors.New("the mapping has a quote that is not closed")
	}
	return append(items, strings.TrimSpace(b.String())), nil
}

func someKindHas(field string) error {
	for _, k := range record.Kinds() {
		if _, ok := findField(k, field); ok {
			return nil
		}
	}
	return unknownField(field, record.Kinds()...)
}

// unknownField names the likeliest field that was meant.
func unknownField(field string, kinds ...record.Kind) error {
	of := ""
	if len(kinds) == 1 {
		of = fmt.Sprintf(" of a %s record", kinds[0])
	}
	if near := nearest(field, kinds); near != "" {
		return fmt.Errorf("there is no field %q%s: did you mean %s?", field, of, near)
	}
	return fmt.Errorf("there is no field %q%s: the flat names are listed in the documentation of package record", field, of)
}

func nearest(field string, kinds []record.Kind) string {
	key := fold(field)
	for _, k := range kinds {
		if g := guess(k, field); g != "" {
			return g
		}
	}
	best, least := "", 1+min(len(key)/3, 3)
	for _, k := range kinds {
		for _, f := range record.Fields(k) {
			if n := edit.Distance(key, fold(f.First())); n < least {
				best, least = f.First(), n
			}
		}
	}
	return best
}
