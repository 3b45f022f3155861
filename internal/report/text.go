package report

import (
	"fmt"
	"io"
	"strings"

	"leds.internal/ledsq/quality"
)

// How much a text report shows before it says that there is more.
const (
	textRules   = 25
	textSkipped = 10
	textPairs   = 10
)

// text is the report for people: plain, no colour, no more than a few screens.
type text struct {
	w    io.Writer
	h    *Header
	list int // findings listed
	err  error
}

func newText(w io.Writer, h *Header) Writer { return &text{w: w, h: h} }

func (t *text) printf(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format, args...)
	}
}

func (t *text) Record(r *Record) error {
	if !t.h.List || len(r.Findings)+len(r.Changed) == 0 {
		return t.err
	}
	t.printf("%s\n", where(t.h, r.ID, r.File, r.Row))
	for _, c := range r.Changed {
		t.printf("  changed %s: %s\n", c.Field, c.arrow())
	}
	for _, f := range r.Findings {
		t.list++
		t.printf("  %-11s %s%s: %s\n", word(f.Severity, f.Outcome), f.Rule, in(f.Field), f.Message)
	}
	return t.err
}

func (c Change) arrow() string {
	old, now := c.Before, c.After
	if old == "" {
		old = "(nothing)"
	}
	if now == "" {
		now = "(nothing)"
	}
	return old + " → " + now
}

func in(field string) string {
	if field == "" {
		return ""
	}
	return " " + field
}

// word is what a finding is called in one word.
func word(s quality.Severity, o quality.Outcome) string {
	if o == quality.Fail {
		return string(s)
	}
	return string(o)
}

// where names a record: its id, and the row where one id may not be enough.
func where(h *Header, id, file string, row int) string {
	switch {
	case id == "":
		return fmt.Sprintf("%s row %d", file, row)
	case len(h.Files) > 1 && h.Command != "amend":
		return fmt.Sprintf("%s (%s row %d)", id, file, row)
	}
	return id
}

func (t *text) Skip(SkippedRow) error { return t.err }

func (t *text) Close(s *Summary) error {
	if t.list > 0 {
		t.printf("\n")
	}
	t.header(s)
	t.scores(s)
	if s.Amended != nil {
		t.printf("\nRecords in both %s, unchanged %s; only in the first %s, only in the second %s\n",
			count(s.Amended.Both), count(s.Amended.Unchanged), count(s.Amended.Removed), count(s.Amended.Added))
	}
	t.rules(s)
	if s.Set != nil {
		t.set(s.Set)
	}
	t.untold(s)
	t.skipped(s)
	return t.err
}

func (t *text) header(s *Summary) {
	h := t.h
	of := h.Command
	if h.Principle != "" && h.Principle != h.Command {
		of += " (" + h.Principle + ")"
	}
	t.printf("ledsq %s: %s", of, strings.Join(h.Files, ", "))
	if h.Kind != "" {
		t.printf(", kind %s", h.Kind)
	}
	t.printf(", as of %s\n", h.AsOf)
	if h.Revealed {
		t.printf("Personal values are REVEALED in this report.\n")
	}
	t.printf("\nRecords read  %s\n", count(s.Records))
	t.printf("Rows skipped  %s\n", count(s.Skipped))
}

func (t *text) scores(s *Summary) {
	if s.Records == 0 {
		return
	}
	t.printf("\nScore         %.3f (mean; 1 is best, and no proof that a record is true)\n", s.Score)
	for _, d := range quality.Dimensions() {
		if m, ok := s.Dimensions[string(d)]; ok {
			t.printf("  %-13s %.3f\n", d, m)
		}
	}
	t.printf("\nRecords by score\n")
	for _, b := range s.Distribution {
		t.printf("%s\n", strings.TrimRight(fmt.Sprintf("  %-12s %9s  %s", b.Label, count(b.Records), strings.Repeat("#", bar(b.Records, s.Records))), " "))
	}
}

// bar is the length of a bar of at most 40, and at least 1 for what there is.
func bar(n, of int) int {
	if n == 0 {
		return 0
	}
	return max(1, n*40/of)
}

func (t *text) rules(s *Summary) {
	t.printf("\nFindings      %s, %s, %s", plural(s.Findings[quality.Error], "error"), plural(s.Findings[quality.Warning], "warning"), plural(s.Findings[quality.Info], "info"))
	if s.CannotTell > 0 {
		t.printf("; %s a rule could not tell", plural(s.CannotTell, "time"))
	}
	if s.RuleErrors > 0 {
		t.printf("; %s a rule CRASHED, so that the results are incomplete", count(s.RuleErrors))
	}
	t.printf("\n")
	for i, r := range s.Rules {
		if i == textRules {
			t.printf("  …and %d more rules; use --out jsonl=FILE for all\n", len(s.Rules)-i)
			break
		}
		t.printf("\n  %-11s %s: %s\n", word(r.Severity, r.Outcome), r.Rule, r.Title)
		t.printf("              %s: %s\n", plural(r.Records, "record"), t.examples(r))
	}
}

func (t *text) examples(r RuleTotal) string {
	var parts []string
	for _, e := range r.Examples {
		parts = append(parts, where(t.h, e.ID, e.File, e.Row)+in(e.Field))
	}
	out := strings.Join(parts, ", ")
	if more := r.Records - len(r.Examples); more > 0 {
		out += fmt.Sprintf(" …and %s more", count(more))
		if !t.h.List {
			out += "; --out jsonl=FILE has all"
		}
	}
	return out
}

func (t *text) untold(s *Summary) {
	if len(s.NotRun) == 0 {
		return
	}
	t.printf("\nCould not be told in this run\n")
	for _, f := range s.NotRun {
		t.printf("  %s: %s\n", f.Rule, f.Message)
	}
}

func (t *text) skipped(s *Summary) {
	if s.Skipped == 0 {
		return
	}
	t.printf("\nSkipped rows: nothing is known of them\n")
	for i, r := range s.SkippedRows {
		if i == textSkipped {
			t.printf("  …and %s more; use --out json=FILE for all\n", count(s.Skipped-i))
			break
		}
		t.printf("  %s\n", r)
	}
}

// count writes a number with commas between thousands.
func count[N int | int64](n N) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return count(n) + " " + what + "s"
}
