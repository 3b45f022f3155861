package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"leds.internal/ledsq"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

type bench struct {
	ctx    context.Context
	e      *ledsq.Engine
	kind   record.Kind
	n      int
	seed   uint64
	fields bool
}

// judged is a record with what was found of it.
type judged struct {
	record    record.Record
	canonical record.Record
	findings  []quality.Finding
	score     float64
	errors    []sample.PlantedError
}

// generate makes records and judges each as validating would.
func (b *bench) generate(p sample.Profile, n int, duplicates float64, use func(i int, j judged) error) error {
	i := 0
	return sample.Generate(b.ctx, sample.Options{Kind: b.kind, N: n, Seed: b.seed, Profile: p, Duplicates: duplicates}, func(it sample.Item) error {
		made, err := ledsq.Judge(b.ctx, b.e, quality.Validate, it.Record)
		if err != nil {
			return err
		}
		j := judged{it.Record, made.Record, made.Findings, made.Score.Overall, it.Errors}
		i++
		return use(i-1, j)
	})
}

// caught sums up what became of an error type, or of one field of it.
type caught struct {
	name                   string
	planted, found, mended int
	shown, shownFound      int // of those that evidence inside the record shows
	rules                  map[string]int
}

// errors measures records: every error type alone against the same record
// without it, false alarms, and the score on a realistic mixture.
func (b *bench) errors(w io.Writer) error {
	clean := make([]judged, 0, b.n)
	false1, causes := 0, map[string]int{}
	if err := b.generate(sample.Profile{}, b.n, -1, func(_ int, j judged) error {
		clean = append(clean, j)
		return nil
	}); err != nil {
		return err
	}
	profile, _ := sample.ProfileByName("clean")
	if err := b.generate(profile, b.n, 0, func(_ int, j judged) error {
		seen := map[string]bool{}
		for _, f := range j.findings {
			if f.Severity == quality.Error && f.Outcome == quality.Fail && !seen[f.Rule] {
				seen[f.Rule] = true
				causes[f.Rule]++
			}
		}
		if len(seen) > 0 {
			false1++
		}
		return nil
	}); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n## Records: %s\n\n", b.kind)
	fmt.Fprintf(w, "Error-level false alarms on `clean`: %s of %d records%s.\n\n", percent(false1, b.n), b.n, most(causes, 3))
	fmt.Fprintln(w, "| error | planted | caught or put right | of those the record itself shows | found by |\n|---|--:|--:|--:|---|")
	shown, found := 0, 0
	for _, t := range sample.ErrorTypes() {
		if t.Variation || !t.On(b.kind) {
			continue
		}
		total, by, err := b.one(t, clean)
		if err != nil {
			return err
		}
		shown += total.shown
		found += total.shownFound
		total.row(w)
		if b.fields {
			for _, c := range by {
				c.row(w)
			}
		}
	}
	fmt.Fprintf(w, "\nOf all errors that the record itself shows, each type as often as it could be planted: %s caught or put right (%d of %d).\n", percent(found, shown), found, shown)
	return b.auc(w, clean)
}

// one plants one type of error alone, in every other record.
func (b *bench) one(t sample.ErrorType, clean []judged) (*caught, []*caught, error) {
	total, by := &caught{name: "`" + t.Name + "`", rules: map[string]int{}}, map[string]*caught{}
	p := sample.Profile{Name: t.Name, Rates: map[string]sample.Rate{t.Name: {First: 0.5, Further: 0.5}}}
	err := b.generate(p, b.n, -1, func(i int, j judged) error {
		if len(j.errors) == 0 {
			return nil
		}
		was := &clean[i]
		rules := news(was.findings, j.findings)
		mended := same(was.canonical, j.canonical)
		shows := shown(t.Name, was, &j)
		name := t.Name + " " + j.errors[0].Field
		c := by[name]
		if c == nil {
			c = &caught{name: "… " + j.errors[0].Field, rules: map[string]int{}}
			by[name] = c
		}
		for _, c := range []*caught{total, c} {
			c.planted++
			if len(rules) > 0 {
				c.found++
			} else if mended {
				c.mended++
			}
			if shows {
				c.shown++
				if len(rules) > 0 || mended {
					c.shownFound++
				}
			}
			for r := range rules {
				c.rules[r]++
			}
		}
		return nil
	})
	var list []*caught
	for _, c := range by {
		list = append(list, c)
	}
	slices.SortFunc(list, func(x, y *caught) int { return cmp.Compare(x.name, y.name) })
	return total, list, err
}

// same says that normalising made one of two records, case and spaces apart,
// which no comparison of ours looks at.
func same(a, b record.Record) bool {
	for _, d := range record.Diff(a, b) {
		if fold(d.Before) != fold(d.After) {
			return false
		}
	}
	return true
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// news gives the rules that found something they had not found before, at any
// severity: a note that brings somebody to look has caught the error.
func news(before, after []quality.Finding) map[string]bool {
	had := map[string]bool{}
	for _, f := range before {
		had[f.Rule+" "+f.Field+" "+string(f.Severity)] = true
	}
	out := map[string]bool{}
	for _, f := range after {
		if f.Outcome == quality.Fail && !had[f.Rule+" "+f.Field+" "+string(f.Severity)] {
			out[f.Rule] = true
		}
	}
	return out
}

func (c *caught) row(w io.Writer) {
	if c.planted == 0 {
		return
	}
	both := percent(c.found+c.mended, c.planted)
	if c.mended > 0 {
		both += fmt.Sprintf(" (%s put right)", percent(c.mended, c.planted))
	}
	in := "none shown"
	if c.shown > 0 {
		in = fmt.Sprintf("%s of %d", percent(c.shownFound, c.shown), c.shown)
	}
	fmt.Fprintf(w, "| %s | %d | %s | %s | %s |\n", c.name, c.planted, both, in, strings.TrimPrefix(most(c.rules, 3), ": "))
}

// most names the most frequent of some counts.
func most(counts map[string]int, n int) string {
	var names []string
	for k := range counts {
		names = append(names, k)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	if len(names) == 0 {
		return ""
	}
	var parts []string
	for _, k := range names[:min(n, len(names))] {
		parts = append(parts, fmt.Sprintf("`%s` %d", k, counts[k]))
	}
	return ": " + strings.Join(parts, ", ")
}

func percent(a, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f%%", 100*float64(a)/float64(of))
}
