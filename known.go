package ledsq

import (
	"context"
	"slices"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// search asks the index for records that a new one may be about again.
func (e *Engine) search(ctx context.Context, r record.Record) (known []dedupe.Hit, why string, err error) {
	if e.cfg.Index == nil || e.cfg.Index.Kind() != r.Kind() {
		return nil, "", nil
	}
	a, err := e.cfg.Index.Search(ctx, r, dedupe.DefaultHits)
	if err != nil {
		return nil, "", err
	}
	return a.Hits, a.Why, nil
}

// identifierFields are the flat names of the fields that comparisons look at.
var identifierFields = map[string]string{
	"PNC ID": "pncId", "CRO number": "cro", "NINO": "nino", "NHS number": "nhsNumber", "driver number": "driverNumber", "passport": "passport",
	"prison number": "prisonNumber", "CRN": "crn", "national id": "nationalId", "VIN": "vin", "mark": "vrm", "episode": "episodeRef",
}

// existing is the look-up of the rules about records that exist: those that hold
// the same identifier.
func existing(x *dedupe.Index) func(record.Record) []quality.Known {
	return func(r record.Record) (out []quality.Known) {
		missing := r.Kind() == record.KindMissing
		for _, h := range x.Known(r) {
			if missing && h.Strong != "episode" { // one person, another episode
				continue
			}
			if slices.ContainsFunc(out, func(k quality.Known) bool { return k.ID == h.ID }) { // told by one identifier
				continue
			}
			out = append(out, quality.Known{ID: h.ID, Source: h.Source, By: identifierFields[h.Strong]})
		}
		return out
	}
}
