package quality

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"leds.internal/ledsq/internal/edit"
)

func vehicleModelRules() []Rule {
	return []Rule{
		{
			ID: "vehicle/model-misspelt", Title: "Model a slip away from a well-known one",
			Why:    "A search for the model does not find one that is misspelt; and a description that is wrong in one letter was not checked.",
			Source: "a list of well-known models by make, from general knowledge; what differs in a digit is another model and not judged",
			Kinds:  vehicles, Principles: throughout, Dimension: Accuracy, Severity: Warning,
			ActsOn: []string{"model"}, Consults: []string{"make"}, Since: version1, Check: modelMisspelt,
			Params: []Param{{"least", Characters, 4, "shortest well-known model that is compared"}},
			Pass:   Example{Record: `{"make":"FORD","model":"FOCUS ZETEC"}`},
			Fail:   Example{Record: `{"make":"FORD","model":"FOCSU ZETEC"}`},
		},
		{
			ID: "vehicle/model-make-mismatch", Title: "Well-known model of another make",
			Why:    "A Golf is no Ford: make or model was taken from the wrong line or badge, and a search by both finds nothing.",
			Source: "a list of well-known models by make, from general knowledge; a model that two makes have had, or that the list does not hold, is not judged",
			Kinds:  vehicles, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"make"}, Consults: []string{"model"}, Since: version1, Check: modelMake,
			Pass: Example{Record: `{"make":"VOLKSWAGEN","model":"GOLF"}`},
			Fail: Example{Record: `{"make":"FORD","model":"GOLF"}`},
		},
	}
}

//go:embed codes/vehicle_models.csv
var vehicleModels string

// models are the well-known ones: of each make, and the makes of each.
type models struct {
	of    map[string][]string // by make: names without spaces and marks
	makes map[string][]string // by name
	words int                 // of the longest name
}

var wellKnown = sync.OnceValue(func() *models {
	m := &models{of: map[string][]string{}, makes: map[string][]string{}}
	for line := range strings.Lines(vehicleModels) {
		badge, list, ok := strings.Cut(strings.TrimSpace(line), ",")
		if !ok || badge == "make" {
			continue
		}
		for name := range strings.SplitSeq(list, "|") {
			m.words = max(m.words, len(modelWords(name)))
			name = strings.Join(modelWords(name), "")
			m.of[badge] = append(m.of[badge], name)
			m.makes[name] = append(m.makes[name], badge)
		}
	}
	return m
})

// modelWords gives the words of a model in capitals; only letters and digits
// count, so that MX-5 is MX5.
func modelWords(s string) []string {
	return strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r == '-' || r == '.' || r == '/' || r == ':':
			return -1
		}
		return r
	}, s))
}

// starts gives what a model may be called: its words and their beginnings, the
// longest first, joined.
func (m *models) starts(words []string) (out []string) {
	for n := min(len(words), m.words); n > 0; n-- {
		out = append(out, strings.Join(words[:n], ""))
	}
	return out
}

// letters says that a name is made of letters alone, at least so many.
func letters(s string, least int) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return len(s) >= least
}

// known gives the well-known models of a vehicle's make, and whether the model
// begins with the name of one.
func (m *models) known(badge string, starts []string) (list []string, is bool) {
	list = m.of[strings.ToUpper(badge)]
	return list, slices.ContainsFunc(starts, func(s string) bool { return slices.Contains(list, s) })
}

// unknownModel gives the beginnings of a vehicle's model and the well-known models
// of its make, unless it is one of these (Pass) or there is nothing to judge.
func unknownModel(c *Ctx) (starts, list []string, o Outcome) {
	v := c.vehicle
	if v.Make == "" || v.Model == "" {
		return nil, nil, NotApplicable
	}
	starts = wellKnown().starts(modelWords(v.Model))
	list, is := wellKnown().known(v.Make, starts)
	if is {
		return nil, nil, Pass
	}
	return starts, list, Fail
}

func modelMisspelt(c *Ctx) Outcome {
	starts, list, o := unknownModel(c)
	if o != Fail {
		return o
	}
	least := int(c.Param("least"))
	for _, s := range starts {
		if len(wellKnown().makes[s]) > 0 {
			return NotApplicable // spelt rightly, and of another make
		}
		for _, name := range list {
			if letters(name, least) && oneSlip(s, name, least) {
				return c.Fail("model", "the model is one slip away from a well-known one of the make", "Compare it with the vehicle or the register; a rare model is no fault.")
			}
		}
	}
	return NotApplicable // nothing to compare it with
}

// oneSlip says that one letter was put in, left out, replaced or exchanged with
// its neighbour, or that the end was cut off by three letters at most.
func oneSlip(typed, name string, least int) bool {
	if !letters(typed, least-1) {
		return false
	}
	return edit.Distance(typed, name) == 1 || len(typed) >= least && len(name)-len(typed) <= 3 && strings.HasPrefix(name, typed)
}

func modelMake(c *Ctx) Outcome {
	starts, list, o := unknownModel(c)
	if o != Fail {
		return o
	}
	v := c.vehicle
	for _, s := range starts {
		// A short name or a number may be a model of any make.
		if makes := wellKnown().makes[s]; len(makes) == 1 && len(list) > 0 && len(s) >= 4 && strings.ContainsAny(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			severity := c.rule.severity
			if a, b := makerGroup(makes[0]), makerGroup(v.Make); a >= 0 && a == b {
				severity = Info // makers of one group have sold models of each other's
			}
			return c.FailAs(severity, "make", "the model is a well-known one of another make", "Compare both with the vehicle or the register.")
		}
	}
	return NotApplicable
}
