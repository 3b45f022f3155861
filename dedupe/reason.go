package dedupe

import "strings"

// reason puts the evidence into one sentence, in the order of the comparisons.
// That two may be rivals is said where a person has to decide.
func reason(evidence []Evidence, d Decision) string {
	var levels []string
	for _, e := range evidence {
		if e.Comparison == namesPart || e.Comparison == rivalPart && d != Review {
			continue
		}
		levels = append(levels, e.Level)
	}
	return strings.Join(levels, "; ")
}
