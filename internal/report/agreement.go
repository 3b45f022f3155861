package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"leds.internal/ledsq/dedupe"
)

// Agreement is how the decisions of two reviewers compare.
type Agreement struct {
	First  Reviewed `json:"first"`
	Second Reviewed `json:"second"`
	Both   int      `json:"both"` // pairs that both decided
	Agreed int      `json:"agreed"`
	Share  float64  `json:"share"` // of Both
	// Kappa is Cohen's: agreement beyond chance as a share of what there could be.
	// It is nil where chance alone would agree on everything, or on nothing decided.
	Kappa *float64 `json:"kappa"`
	// Table counts pairs by the decision of the first (rows) and the second
	// (columns), both in the order of Verdicts.
	Verdicts []string     `json:"verdicts"`
	Table    [][]int      `json:"table"`
	Differ   []Difference `json:"differ"`
}

// Reviewed is one file of decisions.
type Reviewed struct {
	File      string   `json:"file"`
	Reviewers []string `json:"reviewers"`
	Pairs     int      `json:"pairs"`
}

// Difference is a pair that two reviewers decided differently.
type Difference struct {
	A               string `json:"id_a"`
	B               string `json:"id_b"`
	First           string `json:"first"`
	Second          string `json:"second"`
	FirstRationale  string `json:"firstRationale"`
	SecondRationale string `json:"secondRationale"`
}

// CompareReviews compares two lists of decisions. Of decisions on one pair in
// one list the latest counts.
func CompareReviews(nameA string, a []dedupe.Judgement, nameB string, b []dedupe.Judgement) *Agreement {
	a, _ = dedupe.Standing(a)
	b, _ = dedupe.Standing(b)
	out := &Agreement{First: reviewedBy(nameA, a), Second: reviewedBy(nameB, b), Differ: []Difference{}}
	verdicts := []dedupe.Verdict{dedupe.Same, dedupe.NotSame, dedupe.CannotTell}
	out.Verdicts = words(verdicts)
	out.Table = [][]int{make([]int, 3), make([]int, 3), make([]int, 3)}
	type pair struct{ a, b string }
	other := map[pair]*dedupe.Judgement{}
	for i := range b {
		other[pair{min(b[i].A, b[i].B), max(b[i].A, b[i].B)}] = &b[i]
	}
	for i := range a {
		x := &a[i]
		y := other[pair{min(x.A, x.B), max(x.A, x.B)}]
		if y == nil {
			continue
		}
		out.Both++
		out.Table[slices.Index(verdicts, x.Verdict)][slices.Index(verdicts, y.Verdict)]++
		if x.Verdict == y.Verdict {
			out.Agreed++
		} else {
			out.Differ = append(out.Differ, Difference{x.A, x.B, string(x.Verdict), string(y.Verdict), x.Rationale, y.Rationale})
		}
	}
	slices.SortFunc(out.Differ, func(p, q Difference) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	out.kappa()
	return out
}

func reviewedBy(name string, list []dedupe.Judgement) Reviewed {
	r := Reviewed{File: name, Reviewers: []string{}, Pairs: len(list)}
	for _, j := range list {
		if !slices.Contains(r.Reviewers, j.Reviewer) {
			r.Reviewers = append(r.Reviewers, j.Reviewer)
		}
	}
	slices.Sort(r.Reviewers)
	return r
}

// kappa follows Cohen (1960), A coefficient of agreement for nominal scales.
func (a *Agreement) kappa() {
	if a.Both == 0 {
		return
	}
	n := float64(a.Both)
	a.Share = round(float64(a.Agreed) / n)
	chance := 0.0
	for k := range a.Table {
		row, column := 0, 0
		for i := range a.Table {
			row += a.Table[k][i]
			column += a.Table[i][k]
		}
		chance += float64(row) / n * float64(column) / n
	}
	if chance < 1 {
		k := round((float64(a.Agreed)/n - chance) / (1 - chance))
		a.Kappa = &k
	}
}

// AgreementFormats are the formats an Agreement can be written in.
func AgreementFormats() []string { return []string{"text", "json"} }

// WriteAgreement writes it. Notes of reviewers may be personal: they are written
// with revealed only.
func WriteAgreement(w io.Writer, format string, a *Agreement, revealed bool) error {
	one := *a
	if !revealed {
		one.Differ = slices.Clone(a.Differ)
		for i := range one.Differ {
			one.Differ[i].FirstRationale, one.Differ[i].SecondRationale = hide(one.Differ[i].FirstRationale), hide(one.Differ[i].SecondRationale)
		}
	}
	if format == "json" {
		_, err := w.Write(append(marshal(&one), '\n'))
		return err
	}
	return one.text(w)
}

func hide(s string) string {
	if s == "" {
		return ""
	}
	return "***"
}

func (a *Agreement) text(w io.Writer) error {
	t := &text{w: w}
	for _, r := range []Reviewed{a.First, a.Second} {
		t.printf("%s: %s, by %s\n", r.File, plural(r.Pairs, "pair"), strings.Join(r.Reviewers, ", "))
	}
	t.printf("\nDecided by both  %s\n", plural(a.Both, "pair"))
	if a.Both == 0 {
		t.printf("There is nothing to compare.\n")
		return t.err
	}
	t.printf("Agreed on        %s (%s)\n", plural(a.Agreed, "pair"), percent(a.Share))
	if a.Kappa == nil {
		t.printf("Cohen's kappa    can't be told: both gave one answer to everything\n")
	} else {
		t.printf("Cohen's kappa    %.3f (1 full agreement, 0 no more than chance)\n", *a.Kappa)
	}
	t.printf("\n%-24s", "first \\ second")
	for _, v := range a.Verdicts {
		t.printf("%12s", v)
	}
	t.printf("\n")
	for i, v := range a.Verdicts {
		t.printf("%-24s", v)
		for _, n := range a.Table[i] {
			t.printf("%12s", count(n))
		}
		t.printf("\n")
	}
	if len(a.Differ) > 0 {
		t.printf("\nDecided differently\n")
	}
	for _, d := range a.Differ {
		t.printf("  %s, %s: %s / %s%s%s\n", d.A, d.B, d.First, d.Second, note("first", d.FirstRationale), note("second", d.SecondRationale))
	}
	return t.err
}

func note(who, what string) string {
	if what == "" {
		return ""
	}
	return fmt.Sprintf("; %s: %s", who, strings.Join(strings.Fields(what), " "))
}
