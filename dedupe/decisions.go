package dedupe

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"leds.internal/ledsq/internal/guard"
)

// Verdict is what a person decided of two records.
type Verdict string

// The verdicts.
const (
	Same       Verdict = "same"        // one entity: they must end in one cluster
	NotSame    Verdict = "not-same"    // two entities: no chain of matches may join them
	CannotTell Verdict = "cannot-tell" // looked at and left open: binds nobody
)

// Judgement is one person's decision on a pair of records, as it stands in a
// decisions file. The ids are those of the records; what else it holds is
// written by people and may be personal.
//
// Scope, where given, keeps whole groups apart without naming every pair. Within
// one scope, records that "same" joins bear one marker, and records of different
// markers are held apart, all of them from all others: five namesakes told apart
// take four rows of "not-same" with one scope, not ten.
type Judgement struct {
	A, B      string
	Verdict   Verdict
	Reviewer  string
	At        time.Time // a date alone is midnight UTC
	Rationale string
	Scope     string
	File      string // where it was read, for messages
	Row       int    // data row from 1, 0 if not read from a file
}

// judgementColumns are the columns of a decisions file; scope may be left out.
var judgementColumns = []string{"id_a", "id_b", "decision", "reviewer", "decided_at", "rationale", "scope"}

// The limits of a decisions file, against damaged and hostile input.
const (
	maxJudgementBytes = 1 << 30
	maxJudgementField = 64 << 10
	maxRowErrors      = 10 // told before reading gives up
)

// ReadJudgements reads a decisions file: CSV with the columns id_a, id_b,
// decision (same, not-same or cannot-tell), reviewer, decided_at (a date, or an
// RFC 3339 time), rationale and, where groups are kept apart, scope, in any
// order. name is the file's, for messages. It is strict: an unknown column, an
// unknown decision, a missing reviewer or time, or a record paired with itself is
// an error that names file, row and column and no value; up to ten are told at once.
func ReadJudgements(r io.Reader, name string) ([]Judgement, error) {
	limited := &io.LimitedReader{R: r, N: maxJudgementBytes}
	c := csv.NewReader(skipMark(limited))
	c.FieldsPerRecord, c.ReuseRecord = -1, true
	header, err := c.Read()
	if err == io.EOF {
		return nil, fmt.Errorf("%s: is empty: it needs the header %s", name, strings.Join(judgementColumns[:6], ","))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, csvFault(err))
	}
	at, err := judgementHeader(header)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var out []Judgement
	var faults []error
	for row, n := 1, len(header); len(faults) < maxRowErrors; row++ {
		cells, err := c.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: row %d: %w", name, row, csvFault(err)))
			break
		}
		j := Judgement{File: name, Row: row}
		column, reason := "", fmt.Sprintf("has %d cells, the header %d", len(cells), n)
		if len(cells) == n {
			column, reason = j.fill(cells, at)
		}
		if reason == "" {
			out = append(out, j)
			continue
		}
		if column != "" {
			column = ", column " + column
		}
		faults = append(faults, fmt.Errorf("%s: row %d%s: %s", name, row, column, reason))
	}
	if limited.N <= 0 {
		faults = append(faults, fmt.Errorf("%s: is larger than a decisions file may be (%d bytes)", name, maxJudgementBytes))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return out, nil
}

// csvFault takes from an error of the CSV reader what it says of the fault and
// where, without the text.
func csvFault(err error) error {
	var pe *csv.ParseError
	if errors.As(err, &pe) {
		return fmt.Errorf("line %d is not CSV: %w", pe.Line, pe.Err)
	}
	return fmt.Errorf("can't be read: %w", err)
}

// judgementHeader finds the place of each column, -1 for a scope left out.
func judgementHeader(header []string) (at [7]int, err error) {
	for i := range at {
		at[i] = -1
	}
	for i, h := range header {
		k := slices.Index(judgementColumns, strings.TrimSpace(h))
		switch {
		case k < 0:
			return at, fmt.Errorf("column %d of the header is unknown: the columns are %s", i+1, strings.Join(judgementColumns, ", "))
		case at[k] >= 0:
			return at, fmt.Errorf("the column %s stands twice in the header", judgementColumns[k])
		}
		at[k] = i
	}
	for k, name := range judgementColumns[:6] {
		if at[k] < 0 {
			return at, fmt.Errorf("the column %s is missing", name)
		}
	}
	return at, nil
}

// fill takes a row, or says in which column it is wrong, and how.
func (j *Judgement) fill(cells []string, at [7]int) (column, reason string) {
	var v [7]string
	for k, i := range at {
		if i < 0 {
			continue
		}
		if len(cells[i]) > maxJudgementField {
			return judgementColumns[k], fmt.Sprintf("is longer than %d bytes", maxJudgementField)
		}
		v[k] = strings.Clone(guard.Take(strings.TrimSpace(cells[i])))
	}
	j.A, j.B, j.Verdict, j.Reviewer, j.Rationale, j.Scope = v[0], v[1], Verdict(v[2]), v[3], v[5], v[6]
	switch j.Verdict {
	case Same, NotSame, CannotTell:
	default:
		return "decision", "must be same, not-same or cannot-tell"
	}
	switch {
	case j.A == "":
		return "id_a", "is empty"
	case j.B == "":
		return "id_b", "is empty"
	case j.A == j.B:
		return "id_b", "is the same record as id_a"
	case j.Reviewer == "":
		return "reviewer", "is empty: a decision needs somebody who answers for it"
	case j.Scope != "" && j.Verdict == CannotTell:
		return "scope", "is given for cannot-tell, which keeps nobody apart"
	}
	var err error
	if j.At, err = time.Parse(time.DateOnly, v[4]); err != nil {
		if j.At, err = time.Parse(time.RFC3339, v[4]); err != nil {
			return "decided_at", "must be a date such as 2026-11-23, or a time such as 2026-11-23T12:00:00Z"
		}
	}
	return "", ""
}

// WriteJudgements writes a decisions file that ReadJudgements reads back alike,
// with the column scope only where one is given. What a spreadsheet would take
// for a formula is put behind an apostrophe, which reading takes away.
func WriteJudgements(w io.Writer, list []Judgement) error {
	n := 6
	if slices.ContainsFunc(list, func(j Judgement) bool { return j.Scope != "" }) {
		n = 7
	}
	c := csv.NewWriter(w)
	if err := c.Write(judgementColumns[:n]); err != nil {
		return err
	}
	for _, j := range list {
		at := j.At.Format(time.RFC3339Nano)
		if j.At.Equal(j.At.UTC().Truncate(24 * time.Hour)) {
			at = j.At.UTC().Format(time.DateOnly)
		}
		row := []string{j.A, j.B, string(j.Verdict), j.Reviewer, at, j.Rationale, j.Scope}
		for i, cell := range row {
			row[i] = guard.Put(cell)
		}
		if err := c.Write(row[:n]); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// Standing gives the decisions that stand: of those on one pair, in either order
// of its records, the latest, and of two at one time the one that comes later in
// the list. The rest are superseded. Both keep the order given.
func Standing(list []Judgement) (standing, superseded []Judgement) {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int {
		x, y := &list[i], &list[k]
		return cmp.Or(cmp.Compare(min(x.A, x.B), min(y.A, y.B)), cmp.Compare(max(x.A, x.B), max(y.A, y.B)), x.At.Compare(y.At), i-k)
	})
	last := make([]bool, len(list))
	for n, i := range order {
		if n+1 < len(order) {
			x, y := &list[i], &list[order[n+1]]
			if min(x.A, x.B) == min(y.A, y.B) && max(x.A, x.B) == max(y.A, y.B) {
				continue
			}
		}
		last[i] = true
	}
	for i, j := range list {
		if last[i] {
			standing = append(standing, j)
		} else {
			superseded = append(superseded, j)
		}
	}
	return standing, superseded
}

// WriteUndecided writes a decisions file with pairs that wait for a decision: who
// looks at them fills in the rest.
func WriteUndecided(w io.Writer, pairs [][2]string) error {
	c := csv.NewWriter(w)
	if err := c.Write(judgementColumns[:6]); err != nil {
		return err
	}
	for _, p := range pairs {
		if err := c.Write([]string{guard.Put(p[0]), guard.Put(p[1]), "", "", "", ""}); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
