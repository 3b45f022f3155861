package report

import (
	"cmp"
	"slices"

	"leds.internal/ledsq/quality"
)

// Summary is what there is to say of all the records together.
type Summary struct {
	Records int `json:"records"`
	Skipped int `json:"skipped"`
	// Score is the mean over records, Dimensions the means over those records
	// that have one.
	Score        float64            `json:"score"`
	Dimensions   map[string]float64 `json:"dimensions"`
	Distribution []Band             `json:"distribution"`
	// Findings counts failed rules, Affected the records with at least one, by severity.
	Findings   map[quality.Severity]int `json:"findings"`
	Affected   map[quality.Severity]int `json:"affected"`
	CannotTell int                      `json:"cannotTell"`
	RuleErrors int                      `json:"ruleErrors"`
	Rules      []RuleTotal              `json:"rules"` // worst first
	Forces     []GroupTotal             `json:"forces,omitempty"`
	Sources    []GroupTotal             `json:"sources,omitempty"`
	Fields     []FieldTotal             `json:"fields,omitempty"`
	// NotRun are the rules that lacked what they need in the whole run.
	NotRun      []quality.Finding `json:"notRun,omitempty"`
	Amended     *Amended          `json:"amended,omitempty"`
	Set         *Set              `json:"set,omitempty"`
	SkippedRows []SkippedRow      `json:"skippedRows"`
}

// Band is how many records score from From to below the next band.
type Band struct {
	Label   string  `json:"label"`
	From    float64 `json:"from"`
	Records int     `json:"records"`
}

// RuleTotal is what one rule found. Outcomes are counted apart: a rule that
// failed some records and could not tell of others has two.
type RuleTotal struct {
	Rule      string            `json:"rule"`
	Title     string            `json:"title"`
	Severity  quality.Severity  `json:"severity"` // the worst it was found at
	Outcome   quality.Outcome   `json:"outcome"`
	Dimension quality.Dimension `json:"dimension"`
	Records   int               `json:"records"`
	Findings  int               `json:"findings"`
	Fix       string            `json:"fix,omitempty"` // what to do, as said of the first
	Examples  []Example         `json:"examples"`
}

// Example is a record a rule found something of.
type Example struct {
	ID      string `json:"id"`
	File    string `json:"file"`
	Row     int    `json:"row"`
	Line    int    `json:"line"`
	Field   string `json:"field"`
	Message string `json:"message"`
	Value   string `json:"value,omitempty"` // what the field holds, masked unless revealed
}

// Amended says how two versions of a data set compare.
type Amended struct {
	Both      int `json:"both"`      // records in both
	Unchanged int `json:"unchanged"` // of them, those that are the same
	Added     int `json:"added"`     // only in the one after
	Removed   int `json:"removed"`   // only in the one before
}

// maxExamples is how many records a rule's total names.
const maxExamples = 5

// bands of scores. A judgement: the finer steps are where good data lies.
func bands() []Band {
	return []Band{{"1.00", 1, 0}, {"0.95-0.99", 0.95, 0}, {"0.90-0.94", 0.9, 0}, {"0.80-0.89", 0.8, 0}, {"0.60-0.79", 0.6, 0}, {"below 0.60", 0, 0}}
}

// Tally adds up records into a Summary.
type Tally struct {
	h     *Header
	sum   Summary
	score float64
	dims  map[quality.Dimension]*mean
	rules map[ruleKey]*RuleTotal
	last  map[ruleKey]int // the record a rule was last counted for

	forces, sources groups
	fields          fields
}

type mean struct {
	sum float64
	n   int
}

type ruleKey struct {
	rule    string
	outcome quality.Outcome
}

// NewTally makes a tally.
func NewTally(h *Header) *Tally {
	return &Tally{h: h, dims: map[quality.Dimension]*mean{}, rules: map[ruleKey]*RuleTotal{}, last: map[ruleKey]int{},
		forces: groups{}, sources: groups{}, fields: fields{map[string]*FieldTotal{}, map[string]int{}},
		sum: Summary{Distribution: bands(), Findings: map[quality.Severity]int{}, Affected: map[quality.Severity]int{}, SkippedRows: []SkippedRow{}}}
}

// Add counts a record.
func (t *Tally) Add(r *Record) {
	t.sum.Records++
	t.score += r.Score.Overall
	for i := range t.sum.Distribution {
		if b := &t.sum.Distribution[i]; r.Score.Overall >= b.From || b.From == 0 {
			b.Records++
			break
		}
	}
	for d, s := range r.Score.Dimensions {
		m := t.dims[d]
		if m == nil {
			m = &mean{}
			t.dims[d] = m
		}
		m.sum += s
		m.n++
	}
	var worst [4]bool
	for i := range r.Findings {
		f := &r.Findings[i]
		t.finding(r, f)
		t.fields.add(t.sum.Records, f)
		if f.Outcome == quality.Fail {
			worst[Rank(f.Severity)] = true
		}
	}
	for _, s := range []quality.Severity{quality.Error, quality.Warning, quality.Info} {
		if worst[Rank(s)] {
			t.sum.Affected[s]++
		}
	}
	t.forces.add(r.Force, r.Score.Overall, worst)
	t.sources.add(r.Source, r.Score.Overall, worst)
}

func (t *Tally) finding(r *Record, f *quality.Finding) {
	switch f.Outcome {
	case quality.CannotTell:
		t.sum.CannotTell++
	case quality.RuleError:
		t.sum.RuleErrors++
	default:
		t.sum.Findings[f.Severity]++
	}
	key := ruleKey{f.Rule, f.Outcome}
	rt := t.rules[key]
	if rt == nil {
		rt = &RuleTotal{Rule: f.Rule, Title: t.h.title(f.Rule), Severity: f.Severity, Outcome: f.Outcome, Dimension: f.Dimension}
		t.rules[key] = rt
	}
	rt.Findings++
	if rt.Fix == "" {
		rt.Fix = f.Fix
	}
	if Rank(f.Severity) > Rank(rt.Severity) {
		rt.Severity = f.Severity
	}
	if t.last[key] != t.sum.Records {
		t.last[key] = t.sum.Records
		rt.Records++
		if len(rt.Examples) < maxExamples {
			e := Example{ID: r.ID, File: r.File, Row: r.Row, Line: r.Line, Field: f.Field, Message: f.Message}
			if r.Value != nil && f.Field != "" {
				e.Value = r.Value(f.Field)
			}
			rt.Examples = append(rt.Examples, e)
		}
	}
}

// Skip counts a row that could not be read.
func (t *Tally) Skip(s SkippedRow) {
	t.sum.Skipped++
	t.sum.SkippedRows = append(t.sum.SkippedRows, s)
}

// RuleErrors is how many times a rule crashed so far.
func (t *Tally) RuleErrors() int { return t.sum.RuleErrors }

// Failing counts the findings at or above a severity so far; "" is none.
func (t *Tally) Failing(from quality.Severity) int {
	n := 0
	for s, k := range t.sum.Findings {
		if from != "" && Rank(s) >= Rank(from) {
			n += k
		}
	}
	return n
}

// Skipped is how many rows could not be read so far.
func (t *Tally) Skipped() int { return t.sum.Skipped }

// Sum gives the summary of what was counted.
func (t *Tally) Sum() *Summary {
	s := t.sum
	s.Dimensions = map[string]float64{}
	if s.Records > 0 {
		s.Score = round(t.score / float64(s.Records))
	}
	for d, m := range t.dims {
		s.Dimensions[string(d)] = round(m.sum / float64(m.n))
	}
	s.Rules = []RuleTotal{}
	for _, rt := range t.rules {
		s.Rules = append(s.Rules, *rt)
	}
	slices.SortFunc(s.Rules, func(a, b RuleTotal) int {
		return cmp.Or(outcomeOrder(a.Outcome)-outcomeOrder(b.Outcome), Rank(b.Severity)-Rank(a.Severity),
			cmp.Compare(b.Records, a.Records), cmp.Compare(a.Rule, b.Rule))
	})
	s.Forces, s.Sources, s.Fields = t.forces.list(), t.sources.list(), t.fields.list()
	return &s
}

// outcomeOrder puts crashed rules first and undecided ones last.
func outcomeOrder(o quality.Outcome) int {
	switch o {
	case quality.RuleError:
		return 0
	case quality.CannotTell:
		return 2
	}
	return 1
}
