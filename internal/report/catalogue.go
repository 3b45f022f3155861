package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"leds.internal/ledsq/internal/guard"
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
	Day        string          `json:"examplesAsOf,omitempty"`
	Passes     *example        `json:"passes,omitempty"` // made up
	Fails      *example        `json:"fails,omitempty"`
}

// example is a record that comes with a rule.
type example struct {
	Before    json.RawMessage `json:"before,omitempty"`
	Record    json.RawMessage `json:"record"`
	Amendment json.RawMessage `json:"amendment,omitempty"`
}

func ruleOf(r *quality.Rule) rule {
	return rule{ID: r.ID, Title: r.Title, Why: r.Why, Source: r.Source, POLE: r.POLE, Kinds: words(r.Kinds), Principles: words(r.Principles), Dimension: string(r.Dimension),
		Severity: string(r.Severity), ActsOn: words(r.ActsOn), Consults: words(r.Consults), Params: r.Params, Needs: string(r.Needs), Since: r.Since}
}

func exampleOf(e *quality.Example) *example {
	if e.Record == "" {
		return nil
	}
	return &example{json.RawMessage(e.Before), json.RawMessage(e.Record), json.RawMessage(e.Amendment)}
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
		for i := range rules {
			out = append(out, ruleOf(&rules[i]))
		}
		_, err := w.Write(append(marshal(out), '\n'))
		return err
	case "csv":
		t := csv.NewWriter(w)
		_ = t.Write([]string{"id", "severity", "dimension", "kinds", "principles", "fields", "title", "why", "source"}) // Error tells
		for _, r := range rules {
			_ = t.Write([]string{r.ID, string(r.Severity), string(r.Dimension), strings.Join(words(r.Kinds), " "), strings.Join(words(r.Principles), " "),
				strings.Join(r.ActsOn, " "), guard.Put(r.Title), guard.Put(r.Why), guard.Put(r.Source)})
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

// RuleExplainFormats are the formats one rule can be explained in.
func RuleExplainFormats() []string { return []string{"text", "json"} }

// Explain writes all there is to know of one rule, in one of RuleExplainFormats.
func Explain(w io.Writer, format string, r *quality.Rule) error {
	if format == "json" {
		out := ruleOf(r)
		out.Day, out.Passes, out.Fails = quality.ExampleDay, exampleOf(&r.Pass), exampleOf(&r.Fail)
		_, err := w.Write(append(marshal(out), '\n'))
		return err
	}
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
