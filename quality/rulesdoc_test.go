package quality

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

const rulesFile = "../docs/rules.md"

// TestRulesDocument holds docs/rules.md to the catalogue.
func TestRulesDocument(t *testing.T) {
	want := rulesDocument()
	if *update {
		if err := os.WriteFile(rulesFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(rulesFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("docs/rules.md is not what the catalogue says: go test ./quality -run RulesDocument -update")
	}
}

func rulesDocument() []byte {
	var b bytes.Buffer
	rules := Rules()
	fmt.Fprintf(&b, "# Rules\n\nGenerated from the catalogue by `go test ./quality -update`: change the rule, not this file.\n\n%d rules. ", len(rules))
	b.WriteString("Severity is that of a finding unless the rule grades it. Rules that serve *create* run when a record is validated too. " +
		"Every rule has an example that passes and one that fails (`ledsq explain RULE`), and rows in `testdata/conformance.csv`.\n")
	var families []string
	for _, r := range rules {
		if !slices.Contains(families, r.Family()) {
			families = append(families, r.Family())
		}
	}
	for _, family := range families {
		fmt.Fprintf(&b, "\n## %s\n\n| rule | kinds | serves | dimension | severity | what and why | parameters | source |\n|---|---|---|---|---|---|---|---|\n", family)
		for _, r := range rules {
			if r.Family() == family {
				docRow(&b, &r)
			}
		}
	}
	return b.Bytes()
}

func docRow(b *bytes.Buffer, r *Rule) {
	var kinds, serves, params []string
	for _, k := range r.Kinds {
		kinds = append(kinds, string(k))
	}
	if len(kinds) == len(everyKind) {
		kinds = []string{"all"}
	}
	for _, p := range r.Principles {
		serves = append(serves, string(p))
	}
	for _, p := range r.Params {
		params = append(params, fmt.Sprintf("`%s` %s: %s", p.Name, p.Unit.Amount(p.Default), p.Meaning))
	}
	if r.Needs != NoLookup {
		params = append(params, "needs the look-up "+string(r.Needs))
	}
	source := r.Source
	if r.POLE != "" {
		source += " (POLE " + r.POLE + ")"
	}
	what := "**" + r.Title + ".** " + r.Why
	if len(r.ActsOn) > 0 {
		what += " Fields: `" + strings.Join(r.ActsOn, "`, `") + "`."
	}
	cell := func(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
	fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s | %s | %s | %s |\n", r.ID, strings.Join(kinds, ", "), strings.Join(serves, ", "), r.Dimension, r.Severity,
		cell(what), cell(strings.Join(params, "; ")), cell(source))
}
