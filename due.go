package ledsq

import (
	"context"

	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// Due says what is to be done about a record, by when, and whose it is: reviews,
// warning markers, unconfirmed reports of theft, and the duties of a
// missing-person enquiry, soonest first. What is overdue by the engine's AsOf
// comes first, and every rule of it fails when the record is validated. The
// limits are the parameters of the rules, as the policy sets them. The record
// given is not changed.
//
// A record in which the times are missing gives nothing: that nobody set a date
// of review is a finding, not a duty.
func Due[R record.Record](ctx context.Context, e *Engine, r R) ([]quality.Duty, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	canonical, changes := Normalise(e, r)
	return e.rules.Duties(canonical, changes, e.cfg.AsOf), nil
}
