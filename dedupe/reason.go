package dedupe

import "strings"

// reason puts the evidence into one sentence, in the order of the comparisons.
func reason(evidence []Evidence) string {
	levels := make([]string, len(evidence))
	for i, e := range evidence {
		levels[i] = e.Level
	}
	return strings.Join(levels, "; ")
}
