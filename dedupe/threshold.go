package dedupe

import (
	"math"
	"slices"
)

// Where no match threshold is asked for, it is chosen from the error rates that
// the weights themselves foretell: the lowest probability from lowestMatch on at
// which the matches together are expected to be right in wantedPrecision of cases.
// Weights foretell well where fields err independently and too well in families,
// so neither end is left to them.
const (
	lowestMatch     = 0.7
	highestMatch    = 0.95
	wantedPrecision = 0.95
)

// chooseMatch gives the threshold for pairs as weighed.
func chooseMatch(pairs []scored, apart func(pattern) string) float64 {
	var sure []float64
	floor, all := bitsOf(lowestMatch), 0.0
	for i := range pairs {
		if p := &pairs[i]; p.weight >= floor && apart(p.p) == "" {
			sure = append(sure, probability(p.weight))
			all += sure[len(sure)-1]
		}
	}
	if all > (wantedPrecision+slack)*float64(len(sure)) { // all of them will do, whatever the order of adding up
		return lowestMatch
	}
	slices.Sort(sure)
	slices.Reverse(sure)
	sum, match := 0.0, highestMatch
	for i, p := range sure {
		if sum += p; sum >= wantedPrecision*float64(i+1) {
			match = p
		}
	}
	if len(sure) == 0 || match == sure[len(sure)-1] {
		return lowestMatch
	}
	return min(max(math.Ceil(match*1000)/1000, lowestMatch), highestMatch)
}

// expectedPrecision is the share of true matches that the weights foretell among
// the pairs at or above a threshold, 0 without any.
func expectedPrecision(pairs []Pair) float64 {
	sum, n := 0.0, 0.0
	for i := range pairs {
		if pairs[i].Decision == Match {
			sum += pairs[i].Probability
			n++
		}
	}
	return sum / max(n, 1)
}
