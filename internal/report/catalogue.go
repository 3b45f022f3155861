package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"leds.internal/ledsq/internal/table"
	"leds.internal/ledsq/quality"
)

// RuleFormats are the formats a list of rules can be written in.
func RuleFormats() []string { return []string{"text", "json", "markdown", "csv"} }

// rule is a rule as JSON has it.
type rule struct {
	ID         string          `json:"id"`
	Title      string          `json:"title"`
	Why        string          `json:"why"`
	Source     string          `json:"source"`
	POLE       string          `json:"pole,omitempty"`
	Kinds      []string        `json:"kinds"`
	Principles []string        `json:"principles"`
	Dimension  string          `json:"dimension"`
	Severity   string          `json:"severity"`
	ActsOn     []string        `json:"actsOn"`
	Consults   []string        `json:"consults"`
	Params     []quality.Param `json:"params,omitempty"`
	Needs      string          `json:"needs,omitempty"`
	Since      string          `json:"since"`
}

func words[S ~string](list []S) []string {
	out := []string{}
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

// WriteRules lists rules in one of RuleFormats.
func WriteRules(w io.Writer, format string, rules []quality.Rule) error {
	switch format {
	case "json":
		out := []rule{}
		for _, r := range rules {
			out = append(out, rule{r.ID, r.Title, r.Why, r.Source, r.POLE, words(r.Kinds), words(r.Principles), string(r.Dimension),
				string(r.Severity), words(r.ActsOn), words(r.Consults), r.Params, string(r.Needs), r.Since})
		}
		_, err := w.Write(append(marshal(out), '\n'))
		return err
	case "csv":
		t := csv.NewWriter(w)
		_ = t.Write([]string{"id", "severity", "dimension", "kinds", "principles", "fields", "title", "why", "source"}) // Error tells
		for _, r := range rules {
			_ = t.Write([]string{r.ID, string(r.Severity), string(r.Dimension), strings.Join(words(r.Kinds), " "), strings.Join(words(r.Principles), " "),
				strings.Join(r.ActsOn, " "), table.Guard(r.Title), table.Guard(r.Why), table.Guard(r.Source)})
		}
		t.Flush()
		return t.Error()
	case "markdown":
		m := &markdown{w: w}
		m.printf("| rule | severity | dimension | kinds | principles | what is wrong | why | source |\n|---|---|---|---|---|---|---|---|\n")
		for _, r := range rules {
			m.printf("| `%s` | %s | %s | %s | %s | %s | %s | %s |\n", r.ID, r.Severity, r.Dimension, strings.Join(words(r.Kinds), " "),
				strings.Join(words(r.Principles), " "), md(r.Title), md(r.Why), md(r.Source))
		}
		return m.err
	}
	t := &text{w: w}
	for _, r := range rules {
		t.printf("%-34s %-8s %-13s %s\n", r.ID, r.Severity, r.Dimension, r.Title)
	}
	t.printf("\n%s. ledsq explain RULE says more.\n", plural(len(rules), "rule"))
	return t.err
}

// Explain writes all there is to know of one rule.
func Explain(w io.Writer, r *quality.Rule) error {
	t := &text{w: w}
	t.printf("%s: %s\n\n%s\n\n", r.ID, r.Title, r.Why)
	line := func(name, value string) {
		if value != "" {
			t.printf("%-12s %s\n", name, value)
		}
	}
	line("Source", r.Source)
	line("POLE", r.POLE)
	line("Severity", string(r.Severity))
	line("Dimension", string(r.Dimension))
	line("Kinds", strings.Join(words(r.Kinds), ", "))
	line("Principles", strings.Join(words(r.Principles), ", "))
	line("Judges", strings.Join(r.ActsOn, ", "))
	line("Reads also", strings.Join(r.Consults, ", "))
	line("Needs", string(r.Needs))
	line("Since", r.Since)
	for _, p := range r.Params {
		line("Parameter", fmt.Sprintf("%s = %s: %s", p.Name, p.Unit.Amount(p.Default), p.Meaning))
	}
	t.example("Passes", &r.Pass)
	t.example("Fails", &r.Fail)
	if r.Set {
		t.printf("\nThis rule judges records together: ledsq validate applies it.\n")
	}
	return t.err
}

// example writes a made-up record that comes with the rule.
func (t *text) example(what string, e *quality.Example) {
	if e.Record == "" {
		return
	}
	t.printf("\n%s (made up, judged as of %s)\n", what, quality.ExampleDay[:10])
	for _, part := range []struct{ name, text string }{{"before", e.Before}, {"record", e.Record}, {"amendment", e.Amendment}} {
		if part.text != "" {
			t.printf("  %-10s %s\n", part.name, strings.Join(strings.Fields(part.text), " "))
		}
	}
}
