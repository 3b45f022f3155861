package report

import (
	"fmt"
	"io"
	"strings"

	"leds.internal/ledsq/quality"
)

// markdown is a summary in tables, for job summaries and wikis.
type markdown struct {
	w   io.Writer
	h   *Header
	err error
}

func newMarkdown(w io.Writer, h *Header) Writer { return &markdown{w: w, h: h} }

func (m *markdown) printf(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.w, format, args...)
	}
}

func (m *markdown) Record(*Record) error  { return nil }
func (m *markdown) Skip(SkippedRow) error { return nil }

func (m *markdown) Close(s *Summary) error {
	m.printf("# ledsq %s\n\n%s, as of %s.\n\n", m.h.Command, md(strings.Join(m.h.Files, ", ")), m.h.AsOf)
	if m.h.Revealed {
		m.printf("**Personal values are revealed in this report.**\n\n")
	}
	m.printf("| records | rows skipped | score | errors | warnings | infos | could not tell | rules crashed |\n|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	m.printf("| %s | %s | %.3f | %s | %s | %s | %s | %s |\n", count(s.Records), count(s.Skipped), s.Score, count(s.Findings[quality.Error]),
		count(s.Findings[quality.Warning]), count(s.Findings[quality.Info]), count(s.CannotTell), count(s.RuleErrors))
	if a := s.Amended; a != nil {
		m.printf("\nRecords in both %s, unchanged %s, only before %s, only after %s.\n", count(a.Both), count(a.Unchanged), count(a.Removed), count(a.Added))
	}
	if len(s.Dimensions) > 0 {
		m.printf("\n| dimension | score |\n|---|--:|\n")
		for _, d := range quality.Dimensions() {
			if v, ok := s.Dimensions[string(d)]; ok {
				m.printf("| %s | %.3f |\n", d, v)
			}
		}
	}
	m.rules(s)
	if s.Set != nil {
		m.set(s.Set)
	}
	m.rest(s)
	return m.err
}

func (m *markdown) rules(s *Summary) {
	if len(s.Rules) == 0 {
		return
	}
	m.printf("\n| | rule | what is wrong | records | for example |\n|---|---|---|--:|---|\n")
	for _, r := range s.Rules {
		var ids []string
		for _, e := range r.Examples {
			ids = append(ids, md(where(m.h, e.ID, e.File, e.Row)+in(e.Field)))
		}
		m.printf("| %s | `%s` | %s | %s | %s |\n", word(r.Severity, r.Outcome), r.Rule, md(r.Title), count(r.Records), strings.Join(ids, ", "))
	}
}

func (m *markdown) set(s *Set) {
	heading := "\n## Sources\n\n"
	for _, o := range s.Sources {
		for _, r := range o.Rates {
			m.printf("%s- %s: %.1f%% of %s, target %.0f%%: %s\n", heading, md(o.Name), 100*r.Reached, count(r.Of), 100*r.Target, md(r.Meaning))
			heading = ""
		}
		for _, f := range o.Findings {
			m.printf("%s- **%s** %s: `%s` %s. %s\n", heading, f.Severity, md(o.Name), f.Rule, md(f.Message), md(f.Fix))
			heading = ""
		}
	}
	m.printf("\n## Duplicates\n\n%s proposed as matches, %s for clerical review, %s.\n", plural(s.Matches, "pair"), count(s.Reviews), plural(s.Clusters, "cluster"))
	if len(s.Pairs) > 0 {
		m.printf("\n| decision | records | bits | why |\n|---|---|--:|---|\n")
	}
	for i, p := range s.Pairs {
		if i == textPairs {
			m.printf("\n%s more pairs are not shown.\n", count(len(s.Pairs)-i))
			break
		}
		m.printf("| %s | %s, %s | %.1f | %s |\n", p.Decision, md(p.A), md(p.B), p.Weight, md(p.Reason))
	}
	if len(s.Conflicts) > 0 {
		m.printf("\n## Conflicts\n\n| field | records | values |\n|---|---|---|\n")
	}
	for i, c := range s.Conflicts {
		if i == textPairs {
			m.printf("\n%s more conflicts are not shown.\n", count(len(s.Conflicts)-i))
			break
		}
		m.printf("| %s | %s | %s |\n", c.Field, md(shorten(c.Records, maxExamples)), md(strings.Join(c.Values, " / ")))
	}
}

func (m *markdown) rest(s *Summary) {
	if len(s.NotRun) > 0 {
		m.printf("\n## Could not be told\n\n")
		for _, f := range s.NotRun {
			m.printf("- `%s`: %s\n", f.Rule, md(f.Message))
		}
	}
	if s.Skipped > 0 {
		m.printf("\n## Skipped rows\n\n")
		for i, r := range s.SkippedRows {
			if i == textSkipped {
				m.printf("- …and %s more\n", count(s.Skipped-i))
				break
			}
			m.printf("- %s\n", md(r.String()))
		}
	}
}

// md takes from text what Markdown would act upon.
func md(s string) string {
	return strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", "*", "\\*", "`", "\\`", "_", "\\_", "[", "\\[", "\n", " ", "\r", " ").Replace(s)
}
