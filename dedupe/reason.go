package dedupe

import "strings"

// reason puts the evidence into one sentence, in the order of the comparisons.
// That two may be rivals is said where a person has to decide.
func reason(p Pair) string {
	var levels []string
	for _, e := range p.Evidence {
		if e.Comparison == namesPart || e.Comparison == rivalPart && p.Decision != Review {
			continue
		}
		levels = append(levels, e.Level)
	}
	return strings.Join(levels, "; ")
}
