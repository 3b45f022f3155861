package quality

import (
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// vrmIssued gives the first day on which a mark of this age may have been
// issued; ok is false for a mark that shows no age, or is none.
func vrmIssued(vrm string) (day record.Day, ok bool) {
	r := normalise.VRM(vrm)
	if r.Status != normalise.Valid {
		return 0, false
	}
	first, ok := normalise.FirstDayOf(r.Canonical)
	day, _, known := first.Interval()
	return day, ok && known
}
