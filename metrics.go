package ledsq

import (
	"cmp"
	"slices"

	"leds.internal/ledsq/quality"
)

// Metrics sum up a data set.
type Metrics struct {
	Records         int                           `json:"records"`
	Score           float64                       `json:"score"`      // mean over records
	Dimensions      map[quality.Dimension]float64 `json:"dimensions"` // means over records that have one
	Rules           []RuleCount                   `json:"rules"`      // most frequent first
	Severities      map[quality.Severity]int      `json:"severities"` // records with at least one such finding
	Completeness    []Filled                      `json:"completeness"`
	DuplicatePairs  int                           `json:"duplicatePairs"` // proposed as matches
	ReviewPairs     int                           `json:"reviewPairs"`    // for clerical review
	Clusters        int                           `json:"clusters"`       // of two records or more
	DuplicateRate   float64                       `json:"duplicateRate"`  // records beyond the first of their cluster, as a share of all
	CannotTell      int                           `json:"cannotTell"`     // findings that a rule could not decide
	ConflictingKeys int                           `json:"conflicts"`
}

// RuleCount is how many records failed a rule.
type RuleCount struct {
	Rule     string           `json:"rule"`
	Severity quality.Severity `json:"severity"` // the worst it was found at
	Records  int              `json:"records"`
}

// Filled is how many records hold a field, by the flat name of its first occurrence.
type Filled struct {
	Field   string  `json:"field"`
	Records int     `json:"records"`
	Share   float64 `json:"share"`
}

// measure computes the metrics of what was found.
func measure(f *Found, filled map[string]int) Metrics {
	m := Metrics{Records: len(f.Records), Dimensions: map[quality.Dimension]float64{}, Severities: map[quality.Severity]int{}, Clusters: len(f.Clusters), ConflictingKeys: len(f.Conflicts)}
	have := map[quality.Dimension]int{}
	rules := map[string]*RuleCount{}
	for i := range f.Records {
		r := &f.Records[i]
		m.Score += r.Score.Overall
		for _, d := range quality.Dimensions() {
			if s, ok := r.Score.Dimensions[d]; ok {
				m.Dimensions[d] += s
				have[d]++
			}
		}
		m.count(r.Findings, rules)
	}
	if m.Records > 0 {
		m.Score /= float64(m.Records)
	}
	for d, n := range have {
		m.Dimensions[d] /= float64(n)
	}
	for _, rc := range rules {
		m.Rules = append(m.Rules, *rc)
	}
	slices.SortFunc(m.Rules, func(a, b RuleCount) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), cmp.Compare(a.Rule, b.Rule))
	})
	for field, n := range filled {
		m.Completeness = append(m.Completeness, Filled{field, n, float64(n) / float64(m.Records)})
	}
	slices.SortFunc(m.Completeness, func(a, b Filled) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), cmp.Compare(a.Field, b.Field))
	})
	for _, d := range f.Duplicates {
		if d.Decision == "match" {
			m.DuplicatePairs++
		} else {
			m.ReviewPairs++
		}
	}
	extra := 0
	for _, c := range f.Clusters {
		extra += len(c) - 1
	}
	m.DuplicateRate = float64(extra) / float64(max(m.Records, 1))
	return m
}

// count adds one record's findings.
func (m *Metrics) count(findings []quality.Finding, rules map[string]*RuleCount) {
	seen := map[string]bool{}
	worst := map[quality.Severity]bool{}
	for _, f := range findings {
		if f.Outcome == quality.CannotTell {
			m.CannotTell++
			continue
		}
		worst[f.Severity] = true
		rc := rules[f.Rule]
		if rc == nil {
			rc = &RuleCount{Rule: f.Rule, Severity: f.Severity}
			rules[f.Rule] = rc
		}
		if f.Severity.Worse(rc.Severity) {
			rc.Severity = f.Severity
		}
		if !seen[f.Rule] {
			seen[f.Rule] = true
			rc.Records++
		}
	}
	for s := range worst {
		m.Severities[s]++
	}
}
