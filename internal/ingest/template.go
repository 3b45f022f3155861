package ingest

import (
	"fmt"
	"strings"
)

// template joins cells: {birth_year}-{birth_month}-{birth_day}.
type template struct {
	text  []string // before each cell, and after the last: one more than refs
	refs  []int
	names []string // of the columns, as the file has them
	date  bool     // the field is a date
	year  int      // not 0: the first cell is an age, told in the year of the second or in this
}

// parseTemplate reads a template; find gives the column of a name.
func parseTemplate(s string, find func(string) (int, error)) (*template, error) {
	t := &template{}
	rest := s
	for {
		before, after, open := strings.Cut(rest, "{")
		if strings.Contains(before, "}") {
			return nil, fmt.Errorf("the template %q has a } without a {", s)
		}
		t.text = append(t.text, before)
		if !open {
			break
		}
		name, more, shut := strings.Cut(after, "}")
		if !shut || strings.TrimSpace(name) == "" || strings.Contains(name, "{") {
			return nil, fmt.Errorf("the template %q has a { without a column and a } after it", s)
		}
		i, err := find(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		t.refs = append(t.refs, i)
		rest = more
	}
	if len(t.refs) == 0 {
		return nil, fmt.Errorf("the template %q names no column", s)
	}
	return t, nil
}

// join fills the template. A blank part is left out with the text between it
// and its neighbour; when all are blank, so is the whole.
func (t *template) join(cells []string) string {
	var room [8]string
	parts := room[:0]
	some := false
	for _, i := range t.refs {
		part := ""
		if i < len(cells) {
			part = strings.TrimSpace(cells[i])
		}
		some = some || part != ""
		parts = append(parts, part)
	}
	if !some {
		return ""
	}
	if t.year != 0 {
		return t.yearOfAge(parts)
	}
	if t.date {
		return t.joinDate(parts)
	}
	var b strings.Builder
	b.WriteString(t.text[0])
	first := true
	for i, part := range parts {
		if part == "" {
			continue
		}
		if !first {
			b.WriteString(t.text[i])
		}
		b.WriteString(part)
		first = false
	}
	b.WriteString(t.text[len(parts)])
	return b.String()
}

// joinDate keeps year and month of a date without a day, and the year of one
// without a month. Any other gap is left to be seen, never closed: 1980 and 15
// must not become 1980-15. Day and month get two digits.
func (t *template) joinDate(parts []string) string {
	from, to := 0, len(parts)
	gap := func(i int) bool { return parts[i] == "" }
	switch n := len(parts); {
	case isYear(parts[0]):
		for i := range n {
			if gap(i) {
				to = i
				break
			}
		}
	case isYear(parts[n-1]):
		for i := range n {
			if gap(i) {
				from = i + 1
			}
		}
	}
	var b strings.Builder
	b.WriteString(t.text[0])
	for i := from; i < to; i++ {
		if i > from {
			b.WriteString(t.text[i])
		}
		if len(parts) > 1 && len(parts[i]) == 1 && parts[i][0] >= '0' && parts[i][0] <= '9' {
			b.WriteByte('0')
		}
		b.WriteString(parts[i])
	}
	b.WriteString(t.text[len(t.refs)])
	return b.String()
}

func isYear(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == 4
}
