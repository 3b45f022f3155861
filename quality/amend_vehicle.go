package quality

import (
	"slices"
	"strings"

	"leds.internal/ledsq/internal/edit"
	"leds.internal/ledsq/record"
)

func amendVehicleRules() []Rule {
	const who = `{"by":"1234","at":"2026-11-22T09:00:00Z","reason":"as seen","source":"officer"}`
	rule := amendRule(vehicles, who)
	return []Rule{
		rule(Rule{
			ID: "vehicle/stolen-removed-no-recovery", Title: "Stolen report gone without recovery",
			Why:    "A report that vanishes makes a vehicle that is still missing look recovered.",
			Source: "loss of reports as claims specialists describe it (secondary); the rule is a judgement", Dimension: Consistency, Severity: Error,
			ActsOn: []string{"report1.type"}, Consults: []string{"report1.recoveredAt", "report1.cancelReason", "amendment1.reason"}, Check: stolenRemoved,
			Pass: Example{Before: `{"reports":[{"type":"stolen","at":"2026-11-01T09:00:00Z"}]}`, Record: `{"reports":[{"type":"stolen","at":"2026-11-01T09:00:00Z","recoveredAt":"2026-11-05T09:00:00Z","cancelReason":"recovered"}]}`},
			Fail: Example{Before: `{"reports":[{"type":"stolen","at":"2026-11-01T09:00:00Z"}]}`, Record: `{}`},
		}),
		rule(Rule{
			ID: "vehicle/vrm-changed", Title: "Mark changed without reason, or the former one not kept",
			Why:    "Marks move between vehicles lawfully and unlawfully; the former one is needed to tell.",
			Source: "judgement", Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"vrm"}, Consults: []string{"vin", "previousVrm", "amendment1.reason"}, Check: vrmChanged,
			Pass: Example{Before: `{"vrm":"AB51CDE"}`, Record: `{"vrm":"A1ABC","previousVrms":[{"vrm":"AB51CDE","reason":"cherished-transfer"}]}`, Amendment: `{"reason":"cherished transfer"}`},
			Fail: Example{Before: `{"vrm":"AB51CDE"}`, Record: `{"vrm":"A1ABC"}`},
		}),
		rule(Rule{
			ID: "vehicle/vin-changed", Title: "VIN changed",
			Why:    "The VIN is the vehicle: another VIN is another vehicle, or a slip put right.",
			Source: "judgement", Dimension: Consistency, Severity: Error,
			ActsOn: []string{"vin"}, Consults: []string{"amendment1.reason"}, Check: vinChanged,
			Pass: Example{Before: `{"vin":"WVWZZZ1JZXW000010"}`, Record: `{"vin":"WVWZZZ1JZXW000011"}`, Amendment: `{"type":"correction"}`},
			Fail: Example{Before: `{"vin":"WVWZZZ1JZXW000010"}`, Record: `{"vin":"SALLAAA146A395321"}`},
		}),
		rule(Rule{
			ID: "vehicle/description-changed", Title: "Make or model changed while mark and VIN stay",
			Why:    "The same vehicle does not become another make: the record may have been overwritten by that of a clone. A correction may name the model or colour anew; a make that was wrong is looked at all the same.",
			Source: "judgement", Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"make", "model", "colour", "bodyType"}, Consults: []string{"vrm", "vin", "amendment1.type"}, Check: descriptionChanged,
			Pass: Example{Before: `{"vrm":"AB51CDE","make":"FORD"}`, Record: `{"vrm":"AB51CDE","make":"FORD","model":"FOCUS"}`},
			Fail: Example{Before: `{"vrm":"AB51CDE","make":"FORD"}`, Record: `{"vrm":"AB51CDE","make":"VOLVO"}`},
		}),
	}
}

func (c *Ctx) oldVehicle() *record.Vehicle {
	v, _ := c.Before().(*record.Vehicle)
	return v
}

func stolenRemoved(c *Ctx) Outcome {
	old := c.oldVehicle()
	if old == nil || !slices.ContainsFunc(old.Reports, func(r record.VehicleReport) bool { return stolen(&r) && stands(&r) }) {
		return NotApplicable
	}
	if c.because("weed", "recovered", "recovery", "cancelled", "rectification") {
		return Pass
	}
	for i := range old.Reports {
		r := &old.Reports[i]
		if !stolen(r) || !stands(r) {
			continue
		}
		kept := slices.ContainsFunc(c.vehicle.Reports, func(n record.VehicleReport) bool {
			return stolen(&n) && (n.At == r.At || r.CrimeRef != "" && n.CrimeRef == r.CrimeRef)
		}) || slices.ContainsFunc(c.vehicle.Reports, func(n record.VehicleReport) bool { return is(n.Type, "found") })
		if !kept {
			c.Fail(item("report", i, "type"), "a report of theft was removed, and no recovery, cancellation or weeding is recorded", "Put it back; when the vehicle is found, record that and cancel the report.")
		}
	}
	return c.Done()
}

func vrmChanged(c *Ctx) Outcome {
	old := c.oldVehicle()
	if old == nil || old.VRM == "" || old.VRMPartial == record.Yes {
		return NotApplicable
	}
	v := c.vehicle
	if v.VRM == old.VRM || v.VRM == "" {
		return Pass // removal is record/value-lost
	}
	if old.VIN != "" && v.VIN != "" && old.VIN != v.VIN {
		return c.FailAs(Error, "vrm", "mark and VIN both changed: the record is now another vehicle's", "Put both back, and make a record of its own for the other vehicle.")
	}
	kept := slices.ContainsFunc(v.PreviousVRMs, func(p record.PreviousMark) bool { return p.VRM == old.VRM })
	if !kept && !c.because("correction") {
		c.Fail("previousVrm", "the mark changed, and the former one is not kept", "Add it to the previous marks.")
	}
	stated := slices.ContainsFunc(v.PreviousVRMs, func(p record.PreviousMark) bool { return p.VRM == old.VRM && p.Reason != "" })
	if !stated && !c.because("cherished-transfer", "re-registration", "correction", "clone-found", "clone") {
		c.Fail("vrm", "the mark changed, and it is not said why", "Give the reason: cherished-transfer, re-registration, correction or clone-found.")
	}
	return c.Done()
}

func vinChanged(c *Ctx) Outcome {
	old := c.oldVehicle()
	if old == nil || old.VIN == "" || c.vehicle.VIN == "" {
		return NotApplicable
	}
	if old.VIN == c.vehicle.VIN || c.because("correction") || c.rectified() {
		return Pass
	}
	if edit.Distance(string(old.VIN), string(c.vehicle.VIN)) <= 2 {
		return c.FailAs(Warning, "vin", "the VIN changed by a character or two, and it is not said to be a correction", "Give correction as the type of the amendment, with what it rests on.")
	}
	return c.Fail("vin", "the VIN is another altogether", "Put it back, and make a record of its own for the other vehicle.")
}

func descriptionChanged(c *Ctx) Outcome {
	old := c.oldVehicle()
	v := c.vehicle
	if old == nil || old.VRM == "" && old.VIN == "" || old.VRM != v.VRM || old.VIN != v.VIN {
		return NotApplicable
	}
	if c.rectified() {
		return Pass
	}
	const fix = "Compare mark and VIN with the register, and the vehicle with both."
	if old.Make != "" && v.Make != "" && !strings.EqualFold(old.Make, v.Make) {
		c.Fail("make", "the make changed while mark and VIN stayed", fix)
	}
	if c.because("correction") {
		return c.Done()
	}
	if old.Model != "" && v.Model != "" && !strings.EqualFold(old.Model, v.Model) {
		c.Fail("model", "the model changed while mark and VIN stayed", fix)
	}
	if len(old.Colours) > 0 && len(v.Colours) > 0 && fold(old.Colours[0]) != fold(v.Colours[0]) {
		c.FailAs(Info, "colour", "the colour changed", "No more is needed if the vehicle was repainted.")
	}
	if old.BodyShape.Value != "" && v.BodyShape.Value != "" && fold(old.BodyShape) != fold(v.BodyShape) {
		c.FailAs(Info, "bodyType", "the body shape changed", "No more is needed if the vehicle was rebuilt or the former shape was wrong.")
	}
	return c.Done()
}
