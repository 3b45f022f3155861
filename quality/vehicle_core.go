package quality

import (
	"slices"
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func vehicleRules() []Rule {
	return []Rule{
		{
			ID: "vehicle/minimum-description", Title: "Too little to know the vehicle by",
			Why:    "A known vehicle has mark, make, model, shape and colour; of a suspicious one at least something was seen.",
			Source: "POLE dictionary; the VIN in place of the mark is a judgement", POLE: "O_001",
			Kinds: vehicles, Principles: throughout, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"vrm", "make", "model", "bodyType", "colour"}, Consults: []string{"role", "vin"}, Since: version1, Check: vehicleMinimum,
			Pass: Example{Record: `{"role":"known","vrm":"AB51CDE","vin":"WF0AXXGCDA1A12345","make":"FORD","model":"FOCUS","bodyShape":"HATCHBACK","colours":["BLUE"]}`},
			Fail: Example{Record: `{"role":"known","vrm":"AB51CDE","make":"FORD"}`},
		},
		{
			ID: "vehicle/vrm-format", Title: "Not a registration mark",
			Why:    "A mark that is none stops the wrong vehicle, or lets the right one pass.",
			Source: "POLE dictionary; DVLA vehicles-presentation-common (RegistrationNumber)", POLE: "DS_065",
			Kinds: []record.Kind{record.KindVehicle, record.KindMissing}, Principles: throughout, Dimension: Validity, Severity: Warning,
			ActsOn: []string{"vrm", "previousVrm"}, Consults: []string{"registrationCountry", "vrmPartial"}, Since: version1, Check: vrmFormat,
			Pass: Example{Record: `{"vrm":"AB51CDE"}`},
			Fail: Example{Record: `{"vrm":"AB5I1CDEFG99"}`},
		},
		{
			ID: "vehicle/vrm-newer-than-vehicle", Title: "Mark newer than the vehicle",
			Why:    "A plate may never make a vehicle look newer than it is: a mark issued after the first registration was mistyped, or belongs to a clone.",
			Source: "DVLA rule on the age of marks; the table of letters is from general knowledge",
			Kinds:  vehicles, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"vrm"}, Consults: []string{"firstRegistered", "yearOfManufacture", "registrationCountry"}, Since: version1, Check: vrmNewer,
			Pass: Example{Record: `{"vrm":"AB51CDE","monthOfFirstRegistration":"2001-10"}`},
			Fail: Example{Record: `{"vrm":"AB51CDE","monthOfFirstRegistration":"1999-03"}`},
		},
		{
			ID: "vehicle/vrm-country-mismatch", Title: "Mark and country disagree",
			Why:    "A British mark on a vehicle registered abroad, or the reverse, is a slip or a false plate.",
			Source: "POLE dictionary, note to DS_065; the rule is a judgement", POLE: "DS_065",
			Kinds: vehicles, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"registrationCountry"}, Consults: []string{"vrm"}, Since: version1, Check: vrmCountry,
			Pass: Example{Record: `{"vrm":"AB51CDE","registrationCountry":"GBR"}`},
			Fail: Example{Record: `{"vrm":"AB51CDE","registrationCountry":"FRA"}`},
		},
		{
			ID: "vehicle/vin-format", Title: "Not a vehicle identification number",
			Why:    "The VIN is what a vehicle is when its plates are false. Since 1981 it has 17 characters without I, O and Q.",
			Source: "ISO 3779; 49 CFR 565",
			Kinds:  vehicles, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn: []string{"vin"}, Consults: []string{"yearOfManufacture", "firstRegistered"}, Since: version1, Check: vinFormat,
			Params: []Param{{"since", Years, 1981, "first year of manufacture from which a VIN has 17 characters"}},
			Pass:   Example{Record: `{"vin":"WVWZZZ1JZXW000010"}`},
			Fail:   Example{Record: `{"vin":"WVWZZZ1JZXW","yearOfManufacture":2015}`},
		},
		{
			ID: "vehicle/make-model-coded", Title: "Make or model not as the register writes it",
			Why:    "Make and model are searched by the words of the register; another spelling, or one in the other's field, is not found.",
			Source: "POLE dictionary; the list of makes is a sample", POLE: "O_001",
			Kinds: vehicles, Principles: throughout, Dimension: Validity, Severity: Warning,
			ActsOn: []string{"make", "model"}, Since: version1, Check: makeModel,
			Pass: Example{Record: `{"make":"FORD","model":"FOCUS"}`},
			Fail: Example{Record: `{"make":"FORD","model":"FORD FOCUS"}`},
		},
		{
			ID: "vehicle/dates-order", Title: "Dates out of order",
			Why:    "A vehicle is not stolen before it was registered nor recovered before it was stolen: one of the dates is wrong.",
			Source: "Single Online Home data model (dates); the pairs are a judgement",
			Kinds:  vehicles, Principles: throughout, Dimension: Consistency, Severity: Error,
			ActsOn:   []string{"firstRegistered", "yearOfManufacture", "dateLastV5C", "report1.at", "report1.recoveredAt", "keeper1.to"},
			Consults: []string{"keeper1.from", "motExpiry", "taxDue", "report1.confirmedAt"}, Since: version1, Check: vehicleDates,
			Params: []Param{{"unsold", Years, 2, "how many years after it was made a vehicle is first registered without a note"}},
			Pass:   Example{Record: `{"monthOfFirstRegistration":"2015-03","yearOfManufacture":2015,"reports":[{"type":"stolen","at":"2026-11-01T09:00:00Z"}]}`},
			Fail:   Example{Record: `{"monthOfFirstRegistration":"2015-03","reports":[{"type":"stolen","at":"2026-11-01T09:00:00Z","recoveredAt":"2026-10-01T09:00:00Z"}]}`},
		},
		{
			ID: "vehicle/register-mismatch", Title: "Differs from the register",
			Why:    "Where the register knows another make, colour or fuel under the mark, the mark was mistyped or is on the wrong vehicle.",
			Source: "LEDS Code of Practice (2020), section 6.4 (data from different sources)",
			Kinds:  vehicles, Principles: atValidate, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"make", "colour", "fuel", "firstRegistered"}, Consults: []string{"vrm"}, Needs: RegisterLookup, Since: version1, Check: registerMismatch,
			Pass: Example{Record: `{"vrm":"AB51CDE","make":"FORD"}`},
			Fail: Example{Record: `{"vrm":"AB51CDE","make":"VOLVO"}`},
		},
	}
}

func vehicleMinimum(c *Ctx) Outcome {
	v := c.vehicle
	parts := [...]struct {
		gone        bool
		field, what string
	}{
		{v.VRM == "" && v.VIN == "", "vrm", "neither registration mark nor VIN is given"},
		{v.Make == "", "make", "the make is missing"},
		{v.Model == "", "model", "the model is missing"},
		{v.BodyShape.Value == "", "bodyType", "the body shape is missing"},
		{!slices.ContainsFunc(v.Colours, func(c record.Code) bool { return c.Value != "" }), "colour", "the colour is missing"},
	}
	if is(v.Role, "suspicious") {
		for _, p := range parts {
			if !p.gone {
				return Pass
			}
		}
		return c.Fail("", "nothing is recorded of how the vehicle looked", "Give at least part of the mark, make, model, shape or colour.")
	}
	s := Warning
	switch {
	case is(v.Role, "known"):
		s = Error
	case v.Role.Value == "" && !c.carries: // a plain list need not describe
		s = Info
	}
	for i, p := range parts {
		if p.gone {
			if i == 0 {
				c.FailAs(Error, p.field, p.what, "Give the mark, or the VIN.")
				continue
			}
			c.FailAs(s, p.field, p.what, "Look the vehicle up in the register and add it.")
		}
	}
	if v.VIN == "" && v.ChassisNumber == "" && is(v.Role, "known") {
		c.FailAs(Info, "vin", "neither VIN nor chassis number is given", "Look the vehicle up in the register and add it: marks change.")
	}
	return c.Done()
}

func vrmFormat(c *Ctx) Outcome {
	v := c.vehicle
	if v == nil { // a mark noted in a missing person's episode
		return c.judge(c.missing.AtTime.VRM != "", nil, record.TypeVRM)
	}
	has := v.VRM != "" || len(v.PreviousVRMs) > 0
	if n := len(v.VRM); n > 11 || strings.Trim(string(v.VRM), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 *?_-.") != "" {
		return c.FailAs(Error, "vrm", "the mark is longer than any, or holds other than letters and digits", "Correct it; put remarks elsewhere.")
	}
	return c.judge(has, func(ch *normalise.Change) bool {
		return !(ch.Status == normalise.Partial && v.VRMPartial == record.Yes)
	}, record.TypeVRM)
}

// british says that nothing shows the vehicle to be registered abroad.
func british(v *record.Vehicle) bool {
	return v.RegistrationCountry.Value == "" || is(v.RegistrationCountry, "gbr")
}

func vrmNewer(c *Ctx) Outcome {
	v := c.vehicle
	if v.VRM == "" || !british(v) {
		return NotApplicable
	}
	issued, ok := vrmIssued(string(v.VRM))
	if !ok {
		return NotApplicable
	}
	if !c.now.IsZero() && issued > c.today {
		return c.Fail("vrm", "the mark has an age that is not issued yet", "Compare it with the plate or the register.")
	}
	_, to, ok := v.FirstRegistered.Interval()
	if !ok {
		return NotApplicable
	}
	if issued > to {
		return c.Fail("vrm", "the mark was first issued after the vehicle was registered", "Compare mark and date with the register; a false plate looks like this.")
	}
	return Pass
}

func vrmCountry(c *Ctx) Outcome {
	v := c.vehicle
	if v.VRM == "" || v.RegistrationCountry.Value == "" {
		return NotApplicable
	}
	r := normalise.VRM(string(v.VRM))
	switch {
	case is(v.RegistrationCountry, "gbr") && (r.Status == normalise.Foreign || r.Status == normalise.Invalid):
		return c.Fail("registrationCountry", "the vehicle is said to be British, and the mark is none of the United Kingdom", "Correct the country or the mark.")
	case !is(v.RegistrationCountry, "gbr", "imn", "jey", "ggy") && r.Status == normalise.Valid && r.Class == "current":
		return c.Fail("registrationCountry", "the vehicle is said to be registered abroad, and the mark is a current British one", "Correct the country or the mark.")
	}
	return Pass
}

func vinFormat(c *Ctx) Outcome {
	v := c.vehicle
	if v.VIN == "" {
		return NotApplicable
	}
	ch, ok := c.Change("vin")
	if !ok {
		return Pass
	}
	if ch.Status == normalise.Invalid && ch.Class == "chassis" {
		year, known := v.YearOfManufacture.Int()
		if y, ok := v.FirstRegistered.First(); !known && ok {
			year, known = y.Year, true
		}
		if !known || float64(year) < c.Param("since") {
			return c.FailAs(Warning, "vin", "fewer than 17 characters: a chassis number, or part of a VIN", "Move a chassis number to its own field, or complete the VIN.")
		}
	}
	if ch.Status == normalise.Repaired {
		return c.FailAs(Info, "vin", "a letter that no VIN holds (I, O or Q) was read as the digit it resembles", "Compare with the vehicle and confirm.")
	}
	c.status(&ch, "vehicle identification number")
	return c.Done()
}

func makeModel(c *Ctx) Outcome {
	v := c.vehicle
	if v.Make == "" && v.Model == "" {
		return NotApplicable
	}
	if ch, ok := c.Change("make"); ok && (ch.Status == normalise.Unknown || ch.Status == normalise.Invalid) {
		c.Fail("make", "the make is not in the list", "Use the register's name of the make; a rare make is no fault.")
	}
	first, rest, more := strings.Cut(v.Model, " ")
	switch {
	case v.Make != "" && (strings.EqualFold(v.Model, v.Make) || more && rest != "" && strings.EqualFold(first, v.Make)):
		c.Fail("model", "the model repeats the make", "Leave the make to its own field.")
	case v.Make == "" && v.Model != "" && normalise.Make(first).Status == normalise.Valid:
		c.Fail("model", "the make stands in the field of the model", "Move it to the make.")
	case more && otherMake(first, v.Make):
		c.Fail("model", "another make stands in the field of the model", "Find out which make is right.")
	}
	return c.Done()
}

// otherMake says that the first word of a model is a make, and not the vehicle's.
// Makes that were also models or badges of others are let pass: Rover Mini Cooper,
// Fiat Abarth 595, Chrysler Jeep Cherokee.
func otherMake(word, maker string) bool {
	r := normalise.Make(word)
	if r.Status != normalise.Valid || strings.EqualFold(r.Canonical, maker) {
		return false
	}
	switch r.Canonical {
	case "MINI", "MG", "ABARTH", "SMART", "ALPINE", "DS", "CUPRA", "GENESIS", "POLESTAR", "LOTUS", "JEEP", "DODGE", "AUSTIN", "TRIUMPH", "MORRIS", "MAXUS", "LEXUS":
		return false
	}
	return len(word) > 2
}

func vehicleDates(c *Ctx) Outcome {
	v := c.vehicle
	first, hasFirst := dateSpan(v.FirstRegistered)
	if !hasFirst && len(v.Reports) == 0 && len(v.Keepers) == 0 && v.YearOfManufacture == "" {
		return NotApplicable
	}
	now := exactly(c.now)
	dated := !c.now.IsZero()
	if hasFirst {
		if dated && now.before(first) {
			c.Fail("firstRegistered", "the first registration lies in the future", "Correct it.")
		}
		y, _ := v.FirstRegistered.First()
		if made, ok := v.YearOfManufacture.Int(); ok && made > y.Year+1 {
			c.Fail("yearOfManufacture", "the vehicle was made after it was registered", "Correct whichever is wrong.")
		}
		if made, ok := v.YearOfManufacture.Int(); ok && float64(y.Year-made) > c.Param("unsold") {
			c.FailAs(Info, "firstRegistered", "the vehicle was registered years after it was made", "Confirm it: an import is registered late, and a wrong date looks the same.")
		}
		for _, d := range [...]struct {
			date  record.Date
			field string
		}{{v.DateLastV5C, "dateLastV5C"}, {v.MOTExpiry, "motExpiry"}, {v.TaxDue, "taxDue"}} {
			if d.date.Before(v.FirstRegistered) {
				c.Fail(d.field, "the date is before the first registration", "Correct whichever date is wrong.")
			}
		}
	}
	for i := range v.Keepers {
		if v.Keepers[i].To.Before(v.Keepers[i].From) {
			c.Fail(item("keeper", i, "to"), "the keeper ceased before they began", "Correct whichever date is wrong.")
		}
	}
	for i := range v.Reports {
		r := &v.Reports[i]
		at, ok := when(r.At)
		if ok && dated && now.before(at) {
			c.Fail(item("report", i, "at"), "the report lies in the future", "Correct it.")
		}
		if ok && hasFirst && is(r.Type, "stolen", "lost", "lost-or-stolen") && at.before(first) {
			c.Fail(item("report", i, "at"), "the vehicle was reported before its first registration", "Correct whichever date is wrong.")
		}
		if back, ok2 := when(r.RecoveredAt); ok && ok2 && back.before(at) {
			c.Fail(item("report", i, "recoveredAt"), "the vehicle was recovered before it was reported", "Correct whichever time is wrong.")
		}
	}
	return c.Done()
}

func registerMismatch(c *Ctx) Outcome {
	v := c.vehicle
	if v.VRM == "" || !british(v) {
		return NotApplicable
	}
	known := c.lookups.RegisteredVehicle(v.VRM)
	if known == nil {
		return c.CannotTell("vrm", "the register has no vehicle of this mark")
	}
	const fix = "Compare the vehicle with the register: the mark may be mistyped or false."
	if v.Make != "" && known.Make != "" && !strings.EqualFold(v.Make, known.Make) {
		c.Fail("make", "the make is another in the register", fix)
	}
	if len(v.Colours) > 0 && len(known.Colours) > 0 && !anyIs(known.Colours, fold(v.Colours[0])) {
		c.Fail("colour", "the colour is another in the register", fix)
	}
	if a, b := fold(v.FuelType), fold(known.FuelType); a != "" && b != "" && a != b {
		c.Fail("fuel", "the fuel is another in the register", fix)
	}
	if v.FirstRegistered.Known() && known.FirstRegistered.Known() && !v.FirstRegistered.Overlaps(known.FirstRegistered) {
		c.Fail("firstRegistered", "the first registration is another in the register", fix)
	}
	return c.Done()
}
