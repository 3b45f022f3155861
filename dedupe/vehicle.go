package dedupe

import (
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// vehiclePreset compares vehicles by mark, VIN, make and model, and whatever
// else describes them. A clone bears the mark of another vehicle: the VIN, where
// both have one, tells them apart.
func vehiclePreset() preset {
	about := func(form former, text func(*record.Vehicle) string) func([]byte, record.Record) []byte {
		return func(b []byte, r record.Record) []byte { return form(b, text(r.(*record.Vehicle))) }
	}
	fold, foldName := former(normalise.AppendFold), former(normalise.AppendFoldName)
	return preset{
		apart: vehiclesApart,
		attributes: []attribute{
			{"vrm", about(code, func(v *record.Vehicle) string { return string(v.VRM) }), "", in(code, "vrm")},
			{"previous", about(code, func(v *record.Vehicle) string {
				if len(v.PreviousVRMs) == 0 {
					return ""
				}
				return string(v.PreviousVRMs[0].VRM)
			}), "", in(code, "previousVrm")},
			{"vin", about(code, func(v *record.Vehicle) string { return string(v.VIN) }), "", in(code, "vin")},
			{"make", about(fold, func(v *record.Vehicle) string { return v.Make }), "", in(fold, "make")},
			{"model", about(fold, func(v *record.Vehicle) string { return v.Model }), "", in(fold, "model")},
			{"colour", about(fold, func(v *record.Vehicle) string {
				if len(v.Colours) == 0 {
					return ""
				}
				return v.Colours[0].Value
			}), "", in(fold, "colour")},
			{"engine", about(code, func(v *record.Vehicle) string { return string(v.EngineNumber) }), "", in(code, "engineNumber")},
			{"first registered", about(knownDate, func(v *record.Vehicle) string { return string(v.FirstRegistered) }), "", in(knownDate, "firstRegistered")},
			{"keeper", about(foldName, func(v *record.Vehicle) string {
				if len(v.Keepers) == 0 {
					return ""
				}
				return v.Keepers[0].Name
			}), "", in(foldName, "keeper1.name")},
		},
		comparisons: []comparison{
			{name: "mark", most: 0.3, chance: 0.000001, uses: []string{"vrm", "previous"}, compare: compareMarks, levels: []level{
				{name: "same mark", column: "vrm", share: 1}, {name: "mark agrees but for O and 0 or I and 1"},
				{name: "mark of one is a previous mark of the other"}, {name: "mark one character apart"}, {name: "mark differs"}}},
			{name: "VIN", most: 0.1, chance: 0.000001, uses: []string{"vin"}, compare: onColumn(gradeCodes), reads: coded, levels: []level{
				{name: "same VIN", column: "vin", share: 1}, {name: "VIN one character apart"}, {name: "VIN differs"}}},
			{name: "make and model", most: 0.2, chance: 0.01, anyOf: true, uses: []string{"model", "make"}, compare: compareModels, levels: []level{
				{name: "same make and model", column: "model", share: 1}, {name: "model alike"}, {name: "same make", column: "make", share: 1}, {name: "make and model differ"}}},
			{name: "colour", chance: 0.1, uses: []string{"colour"}, compare: onColumn(gradeUnlike), levels: []level{{name: "same colour", column: "colour", share: 1}, {name: "colour differs"}}},
			{name: "engine number", chance: 0.000001, uses: []string{"engine"}, compare: onColumn(gradeCodes), reads: coded, levels: []level{
				{name: "same engine number", column: "engine", share: 1}, {name: "engine number one character apart"}, {name: "engine number differs"}}},
			{name: "first registration", chance: 0.001, uses: []string{"first registered"}, compare: onColumn(gradeDays), levels: []level{
				{name: "same first registration", column: "first registered", share: 1}, {name: "first registration may agree"},
				{name: "first registration within a year"}, {name: "first registration differs"}}},
			wordsComparison("keeper", "keeper"),
		},
		atoms: []atom{
			{"mark", "vrm", false, value}, {"mark read alike", "vrm", true, lookAlike}, {"mark start", "vrm", true, start(4)}, {"mark end", "vrm", true, end(4)},
			{"VIN", "vin", false, value}, {"VIN end", "vin", true, end(6)}, {"engine", "engine", false, value},
			{"make", "make", false, value}, {"model", "model", false, value}, {"colour", "colour", true, value},
			{"first registered", "first registered", false, value}, {"year registered", "first registered", true, dateCut(4)}, {"keeper", "keeper", false, value},
		},
	}
}

// lookAlike writes the characters that plates show in one shape alike.
var lookAlikes = strings.NewReplacer("O", "0", "I", "1")

func lookAlike(s string) string { return lookAlikes.Replace(s) }

// end gives the last n characters, for values of at least that.
func end(n int) func(string) string {
	return func(s string) string {
		if len(s) < n {
			return ""
		}
		return s[len(s)-n:]
	}
}

func compareMarks(c *comparer, cols []*column, a, b int32) uint8 {
	vrm, previous := cols[0], cols[1]
	x, y := c.ids(vrm, a, b)
	if x == missing || y == missing {
		return 0
	}
	if x == y {
		return 1
	}
	g := c.grade(vrm, x, y, gradeMarks)
	px, py := c.ids(previous, a, b)
	if g > 3 && (px != missing && previous.text[px] == vrm.text[y] || py != missing && previous.text[py] == vrm.text[x]) {
		return 3
	}
	return g
}

func gradeMarks(x, y form) uint8 {
	a, b := x.text(), y.text()
	switch {
	case len(a) == len(b) && lookAlike(a) == lookAlike(b):
		return 2
	case min(len(a), len(b)) >= 5 && spelling(x, y) == oneEdit:
		return 4
	}
	return 5
}

// compareModels takes make and model as one: whoever agrees on the model agrees
// on the make, the body and mostly the fuel, which must not be counted again.
func compareModels(c *comparer, cols []*column, a, b int32) uint8 {
	model, maker := cols[0], cols[1]
	x, y := c.ids(model, a, b)
	p, q := c.ids(maker, a, b)
	sameMake := p != missing && p == q
	switch {
	case x != missing && x == y:
		return 1
	case x != missing && y != missing && c.grade(model, x, y, gradeModels) <= alike && (sameMake || p == missing || q == missing):
		return 2
	case sameMake:
		return 3
	case x == missing && p == missing || y == missing && q == missing:
		return 0
	}
	return 4
}

// gradeModels takes GOLF and GOLF TDI for one model written shorter and longer.
func gradeModels(x, y form) uint8 {
	a, b := x.text(), y.text()
	if strings.HasPrefix(b, a+" ") || strings.HasPrefix(a, b+" ") || partOf(a, b) || partOf(b, a) {
		return close2
	}
	return spelling(x, y)
}

// gradeDays compares dates: may be the same, within a year, apart.
func gradeDays(a, b form) uint8 {
	d, e := a.day(), b.day()
	switch {
	case record.Date(a.text()).Overlaps(record.Date(b.text())):
		return 2
	case d.from-e.to < 366 && e.from-d.to < 366:
		return 3
	}
	return 4
}
