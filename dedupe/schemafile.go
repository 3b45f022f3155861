package dedupe

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed model.schema.json
var modelSchema []byte

// SchemaSchema gives the JSON Schema (2020-12) of the YAML that ParseSchema
// reads, for editors that complete and check it.
func SchemaSchema() []byte { return bytes.Clone(modelSchema) }

// maxSchema is how many bytes a schema may have.
const maxSchema = 1 << 20

// ParseSchema reads a schema in YAML:
//
//	name: stolen bicycles
//	id: reference
//	comparisons:
//	  - {name: frame number, column: frame_no, type: code, mostDiffer: 0.1}
//	  - {column: make, type: text}
//	  - {column: colour, type: words}
//	  - {column: postcode, type: postcode}
//	blocking: [[frame number], [make, postcode.district]]
//	thresholds: {match: 0.9, review: 0.2}
//
// Unknown keys, types and criteria, values out of range and a second document are
// errors that name the line and suggest what was meant.
func ParseSchema(r io.Reader) (*Schema, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxSchema+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("can't be read: %w", err)
	case len(text) > maxSchema:
		return nil, fmt.Errorf("is longer than a model may be (%d bytes)", maxSchema)
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	var doc yaml.Node
	if err := d.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("is empty: it needs name and comparisons")
		}
		return nil, errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, errors.New("holds more than one document")
	}
	if err := strict(doc.Content[0], reflect.TypeFor[Schema]()); err != nil {
		return nil, err
	}
	s := &Schema{}
	if err := doc.Decode(s); err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if path, err := s.fault(); err != nil {
		return nil, fmt.Errorf("line %d: %w", nodeAt(doc.Content[0], path).Line, err)
	}
	return s, nil
}

// strict compares the keys of YAML with those of a type, and the shape of values
// with its shape.
func strict(n *yaml.Node, t reflect.Type) error {
	if n.Kind == yaml.AliasNode {
		return fmt.Errorf("line %d: write it out: a model takes no aliases", n.Line)
	}
	wrong := func(what string) error { return fmt.Errorf("line %d: %s is wanted here", n.Line, what) }
	switch t.Kind() {
	case reflect.Struct:
		if n.Kind != yaml.MappingNode {
			return wrong("keys with values")
		}
		fields := map[string]reflect.Type{}
		var names []string
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
			fields[name] = t.Field(i).Type
			names = append(names, name)
		}
		seen := map[string]bool{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			of, ok := fields[key.Value]
			switch {
			case !ok:
				return fmt.Errorf("line %d: there is no key %q here%s", key.Line, key.Value, meant(key.Value, names))
			case seen[key.Value]:
				return fmt.Errorf("line %d: the key %s stands here twice", key.Line, key.Value)
			}
			seen[key.Value] = true
			if err := strict(n.Content[i+1], of); err != nil {
				return err
			}
		}
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			return wrong("a list")
		}
		for _, one := range n.Content {
			if err := strict(one, t.Elem()); err != nil {
				return err
			}
		}
	default:
		var number float64
		var yes bool
		switch {
		case n.Kind != yaml.ScalarNode:
			return wrong("a single value")
		case t.Kind() == reflect.Bool && n.Decode(&yes) != nil:
			return wrong("true or false")
		case t.Kind() == reflect.Int && n.Decode(new(int)) != nil:
			return wrong("a whole number")
		case t.Kind() == reflect.Float64 && n.Decode(&number) != nil:
			return wrong("a number")
		}
	}
	return nil
}

// nodeAt finds the node under a path of keys and places, as far as there is one.
func nodeAt(n *yaml.Node, path []any) *yaml.Node {
	for _, step := range path {
		next := n
		switch step := step.(type) {
		case int:
			if n.Kind == yaml.SequenceNode && step < len(n.Content) {
				next = n.Content[step]
			}
		case string:
			for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
				if n.Content[i].Value == step {
					next = n.Content[i+1]
				}
			}
		}
		n = next
	}
	return n
}
