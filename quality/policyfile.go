package quality

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed policy.schema.json
var policySchema []byte

// PolicySchema gives the JSON Schema (2020-12) of the policy file, for editors
// that complete and check YAML by one.
func PolicySchema() []byte { return bytes.Clone(policySchema) }

// ParsePolicy reads a policy in YAML:
//
//	name: Example Constabulary
//	off: [person/name-multiple]
//	only: [person/pncid-format, person/pncid-check, person/name-multiple]
//	severity: {person/uprn-format: warning}
//	params: {person/dob-over-120: {age: 115}}
//	weights: {error: 1, warning: 0.4, info: 0.1}
//	gates:
//	  min-score: 0.9
//	  max-error-rate: {all: 0.05, person/dob-future: 0}
//	codes:
//	  vehicle-colour: {version: "2026", codes: {TEAL: [turquoise green], RED: []}}
//	lookups: {postcodes: onspd.csv, register: dvla.csv, existing: nominals.csv}
//	suppressions:
//	  - rule: person/postcode-fictitious
//	    record: P1
//	    reason: the shelter's address is not told
//	    owner: Data quality team
//	    expires: 2027-03-31
//
// Unknown keys, rules, parameters and severities, a suppression without reason,
// owner or expiry, and a second document are errors that tell the line. An empty
// file is the zero Policy.
func ParsePolicy(r io.Reader) (Policy, error) {
	fail := func(err error) (Policy, error) { return Policy{}, fmt.Errorf("quality: reading policy: %w", err) }
	text, err := io.ReadAll(r)
	if err != nil {
		return fail(err)
	}
	var p Policy
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&p); err != nil && !errors.Is(err, io.EOF) {
		return fail(tidy(err))
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fail(errors.New("more than one document"))
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return fail(tidy(err))
	}
	if line, err := p.fault(&doc); err != nil {
		return fail(fmt.Errorf("line %d: %w", line, err))
	}
	return p, nil
}

// tidy takes the words of the YAML library, which name types of ours, off its error.
func tidy(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	text = strings.TrimPrefix(text, "unmarshal errors:\n")
	for _, t := range [...]string{"quality.Policy", "quality.Suppression", "quality.Gates", "quality.LookupFiles", "quality.CodeList"} {
		text = strings.ReplaceAll(text, "not found in type "+t, "is no key here")
	}
	text = strings.NewReplacer("cannot unmarshal !!", "this is no place for a ", " into quality.Policy", ": the file is keys with values", " into quality.Severity", ": a severity is wanted",
		" into map[string]float64", ": numbers by name are wanted", " into float64", ": a number is wanted").Replace(text)
	return errors.New(strings.TrimSpace(text))
}

// fault looks for what the decoder can't see, with its line.
func (p Policy) fault(doc *yaml.Node) (line int, err error) {
	rules := append(Rules(), p.Extra...)
	for i, id := range p.Off {
		if !hasRule(rules, id) {
			return lineOf(doc, "off", i), fmt.Errorf("there is no rule %q", id)
		}
	}
	for i, id := range p.Only {
		if !hasRule(rules, id) {
			return lineOf(doc, "only", i), fmt.Errorf("there is no rule %q", id)
		}
	}
	for _, id := range keys(p.Severity) {
		if !hasRule(rules, id) {
			return lineOf(doc, "severity", id), fmt.Errorf("there is no rule %q", id)
		} else if rank(p.Severity[id]) == 0 {
			return lineOf(doc, "severity", id), fmt.Errorf("the severity must be error, warning or info")
		}
	}
	for _, id := range keys(p.Params) {
		i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
		if i < 0 {
			return lineOf(doc, "params", id), fmt.Errorf("there is no rule %q", id)
		}
		for _, name := range keys(p.Params[id]) {
			if rules[i].param(name) < 0 {
				return lineOf(doc, "params", id, name), fmt.Errorf("the rule %s has no parameter %q", id, name)
			}
			if !sane(p.Params[id][name]) {
				return lineOf(doc, "params", id, name), fmt.Errorf("the parameter %q of %s must be from 0 to 1000000", name, id)
			}
		}
	}
	for _, s := range keys(p.Weights) {
		if rank(s) == 0 || !(p.Weights[s] >= 0 && p.Weights[s] <= 1000) {
			return lineOf(doc, "weights", string(s)), fmt.Errorf("a weight is of error, warning or info, and from 0 to 1000")
		}
	}
	if err := p.Gates.validate(); err != nil {
		return lineOf(doc, "gates"), errors.New(strings.TrimPrefix(err.Error(), "quality: policy: "))
	}
	for _, set := range keys(p.Codes) {
		if _, err := p.Codes[set].table(set); err != nil {
			return lineOf(doc, "codes", set), err
		}
	}
	for i := range p.Suppressions {
		s := &p.Suppressions[i]
		if key, err := s.validate(); err != nil {
			return lineOf(doc, "suppressions", i, key), err
		}
		if !hasRule(rules, s.Rule) {
			return lineOf(doc, "suppressions", i, "rule"), fmt.Errorf("there is no rule %q", s.Rule)
		}
	}
	return 0, nil
}

func keys[K ~string, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// lineOf gives the line of the deepest node there is on a path of keys and
// places in lists.
func lineOf(n *yaml.Node, path ...any) int {
	if n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	line := n.Line
	for _, step := range path {
		var next *yaml.Node
		switch step := step.(type) {
		case string:
			for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == step {
					line, next = n.Content[i].Line, n.Content[i+1]
				}
			}
		case int:
			if n.Kind == yaml.SequenceNode && step < len(n.Content) {
				next = n.Content[step]
				line = next.Line
			}
		}
		if next == nil {
			return line
		}
		n = next
	}
	return line
}
