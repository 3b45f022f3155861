package report

import (
	"fmt"
	"io"
	"strings"

	"leds.internal/ledsq/quality"
)

// maxAnnotations is how many annotations GitHub shows per level; it drops the
// rest without a word, so that one annotation stands for all records of a rule.
const maxAnnotations = 10

// github writes workflow commands that GitHub Actions turns into annotations.
type github struct {
	w io.Writer
	h *Header
}

func newGitHub(w io.Writer, h *Header) Writer { return &github{w, h} }

func (g *github) Record(*Record) error  { return nil }
func (g *github) Skip(SkippedRow) error { return nil }

func (g *github) Close(s *Summary) error {
	var lines []string
	used, cut := map[string]int{}, map[string]int{}
	add := func(level, file string, line int, title, text string) {
		if used[level]++; used[level] > maxAnnotations {
			cut[level]++
			return
		}
		at := ""
		if file != "" {
			at = " file=" + property(file)
			if line > 0 {
				at += fmt.Sprintf(",line=%d", line)
			}
			at += ",title=" + property(title)
		} else {
			at = " title=" + property(title)
		}
		lines = append(lines, "::"+level+at+"::"+data(text))
	}
	if s.Skipped > 0 {
		r := s.SkippedRows[0]
		add("error", r.File, 0, "rows skipped", fmt.Sprintf("%s could not be read; the first is %s", plural(s.Skipped, "row"), r))
	}
	for _, r := range s.Rules {
		level := string(r.Severity)
		switch {
		case r.Outcome == quality.RuleError:
			level = "error"
		case r.Outcome == quality.CannotTell || r.Severity == quality.Info:
			level = "notice"
		}
		var ids []string
		for _, e := range r.Examples {
			ids = append(ids, where(g.h, e.ID, e.File, e.Row)+in(e.Field))
		}
		more := ""
		if n := r.Records - len(ids); n > 0 {
			more = fmt.Sprintf(" and %s more", count(n))
		}
		e := r.Examples[0]
		add(level, e.File, e.Line, r.Rule, fmt.Sprintf("%s: %s: %s%s", r.Title, plural(r.Records, "record"), strings.Join(ids, ", "), more))
	}
	for _, level := range []string{"error", "warning", "notice"} {
		if n := cut[level]; n > 0 {
			lines = append(lines, fmt.Sprintf("%s of level %s not shown as annotations; use --out markdown or jsonl for all", plural(n, "rule"), level))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	_, err := io.WriteString(g.w, strings.Join(lines, "\n")+"\n")
	return err
}

// data and property escape what GitHub's commands would act upon.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}

// gitlab writes GitLab's code quality report: a JSON array of issues.
type gitlab struct {
	w io.Writer
	h *Header
	n int
}

func newGitLab(w io.Writer, h *Header) Writer { return &gitlab{w: w, h: h} }

// severities are GitLab's words.
func gitlabSeverity(f *quality.Finding) string {
	switch {
	case f.Outcome == quality.RuleError:
		return "blocker"
	case f.Outcome != quality.Fail || f.Severity == quality.Info:
		return "info"
	case f.Severity == quality.Error:
		return "critical"
	}
	return "major"
}

func (g *gitlab) Record(r *Record) error {
	for i := range r.Findings {
		f := &r.Findings[i]
		if err := g.issue(message(g.h, r, f), f.Rule, gitlabSeverity(f), fingerprint(r, f), r.File, r.Line); err != nil {
			return err
		}
	}
	return nil
}

func (g *gitlab) Skip(s SkippedRow) error {
	r, f := &Record{ID: fmt.Sprint(s.Row), File: s.File}, &quality.Finding{Rule: "row-skipped", Field: s.Column}
	return g.issue("Row skipped: "+s.String(), "row-skipped", "critical", fingerprint(r, f), s.File, 0)
}

func (g *gitlab) issue(text, rule, severity, print, file string, line int) error {
	b := []byte("[\n")
	if g.n++; g.n > 1 {
		b = []byte(",\n")
	}
	b = appendMembers(b, 0, "description", text, "check_name", rule, "severity", severity, "fingerprint", print)
	b = append(b[:len(b)-1], `,"location":{"path":`...)
	b = appendString(b, file)
	b = fmt.Appendf(b, `,"lines":{"begin":%d}}}`, max(line, 1))
	_, err := g.w.Write(b)
	return err
}

func (g *gitlab) Close(*Summary) error {
	end := "\n]\n"
	if g.n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(g.w, end)
	return err
}
