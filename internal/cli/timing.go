package cli

import (
	"time"

	"leds.internal/ledsq/dedupe"
)

// timeLeft foretells how long a run takes from the time that planning took, which
// is included. Planning is work of known extent on this very machine, so that what
// is foretold follows its speed and what else it has to do. The amounts are
// seconds of one such machine, measured on files of 50 thousand to a million persons; only
// what they are to each other counts.
func timeLeft(c *dedupe.Forecast, planned time.Duration) time.Duration {
	n, pairs := float64(c.Records)/1e6, float64(c.Pairs)/1e6
	plan := 3.4 + 13.7*n
	rest := 2 + 0.9*pairs + 9*n
	if c.Memory.Split { // blocks are made again for each part, twice
		rest += 100 * n
	}
	return time.Duration(float64(planned) * (1 + rest/plan))
}
