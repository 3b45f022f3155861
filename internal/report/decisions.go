package report

import (
	"fmt"
	"strings"

	"leds.internal/ledsq/dedupe"
)

// Decisions sums up what people's decisions came to in a run of dedupe or link.
type Decisions struct {
	Same       int            `json:"same"`
	NotSame    int            `json:"notSame"`
	CannotTell int            `json:"cannotTell"`
	Superseded int            `json:"superseded"`
	Unresolved int            `json:"unresolved"` // on records that are not in the files
	Beyond     int            `json:"beyondReview"`
	Attention  []NeedsPerson  `json:"needAttention"` // all of them, contradictions first
	Unknown    []DecisionPair `json:"unresolvedDecisions"`
}

// NeedsPerson is a decision, or several, that somebody must look at again.
type NeedsPerson struct {
	Kind        string  `json:"kind"` // contradiction, or against the evidence
	A           string  `json:"id_a"`
	B           string  `json:"id_b"`
	Rows        string  `json:"rows"` // where the decisions stand
	Seen        bool    `json:"compared"`
	Weight      float64 `json:"weight"`
	Probability float64 `json:"probability"`
	Why         string  `json:"why"`
}

// DecisionPair is a decision on records that are not there.
type DecisionPair struct {
	A   string `json:"id_a"`
	B   string `json:"id_b"`
	Row string `json:"row"`
}

// shownAttention bounds what a text or page lists; JSON has all.
const shownAttention = 50

func decisionsOf(d *dedupe.Decided) *Decisions {
	if d == nil {
		return nil
	}
	out := &Decisions{Same: d.Same, NotSame: d.NotSame, CannotTell: d.CannotTell, Superseded: d.Superseded, Unresolved: len(d.Unresolved), Beyond: d.Beyond,
		Attention: []NeedsPerson{}, Unknown: []DecisionPair{}}
	for _, c := range d.Contradictions {
		out.Attention = append(out.Attention, NeedsPerson{Kind: "contradiction", A: c.A, B: c.B, Rows: rowsOf(append(c.Chain, c.Against...)), Why: c.String()})
	}
	for _, g := range d.Disagreements {
		why := "decided not the same, and the evidence says they are"
		switch {
		case g.Verdict == dedupe.Same && !g.Seen:
			why = "decided the same, and the pair was never compared"
		case g.Verdict == dedupe.Same:
			why = "decided the same, and the evidence falls short of clerical review"
		}
		out.Attention = append(out.Attention, NeedsPerson{"against the evidence", g.A, g.B, rowsOf([]dedupe.Judgement{g.Judgement}), g.Seen, g.Weight, g.Probability,
			why + ": the decision stands; look again"})
	}
	for _, j := range d.Unresolved {
		out.Unknown = append(out.Unknown, DecisionPair{j.A, j.B, rowsOf([]dedupe.Judgement{j})})
	}
	return out
}

// rowsOf says where decisions stand.
func rowsOf(list []dedupe.Judgement) string {
	var parts []string
	for _, j := range list[:min(len(list), 8)] {
		parts = append(parts, fmt.Sprintf("%s row %d", j.File, j.Row))
	}
	if len(list) > 8 {
		parts = append(parts, "…")
	}
	return strings.Join(parts, ", ")
}

// Words says it in a sentence.
func (d *Decisions) Words() string {
	s := fmt.Sprintf("Applied: %d same, %d not the same; %d cannot tell bind nobody", d.Same, d.NotSame, d.CannotTell)
	if d.Superseded > 0 {
		s += fmt.Sprintf("; %s superseded by later ones", count(d.Superseded))
	}
	if d.Unresolved > 0 {
		s += fmt.Sprintf("; %s about records that are not in the files", count(d.Unresolved))
	}
	return s + "."
}

// Shown are those that a text or page lists.
func (d *Decisions) Shown() []NeedsPerson { return d.Attention[:min(len(d.Attention), shownAttention)] }

func (t *text) decisions(d *Decisions) {
	if d == nil {
		return
	}
	t.printf("\nPeople's decisions   %s\n", d.Words())
	if len(d.Attention) > 0 {
		t.printf("Need attention       %s\n", count(len(d.Attention)))
	}
	for _, n := range d.Shown() {
		t.printf("  %s, %s: %s", n.A, n.B, n.Why)
		if n.Kind != "contradiction" {
			t.printf(" (%s", n.Rows)
			if n.Seen {
				t.printf("; probability %.3g", n.Probability)
			}
			t.printf(")")
		}
		t.printf("\n")
	}
	if more := len(d.Attention) - shownAttention; more > 0 {
		t.printf("  and %s more\n", count(more))
	}
}

func (m *markdown) decisions(d *Decisions) {
	if d == nil {
		return
	}
	m.printf("\nPeople's decisions: %s\n", d.Words())
	if len(d.Attention) > 0 {
		m.printf("\n| records | needs attention |\n|---|---|\n")
	}
	for _, n := range d.Shown() {
		m.printf("| %s, %s | %s |\n", md(n.A), md(n.B), md(n.Why))
	}
}
