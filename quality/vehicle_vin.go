package quality

import (
	"slices"
	"strings"

	"leds.internal/ledsq/normalise"
)

func vehicleVINRules() []Rule {
	return []Rule{
		{
			ID: "vehicle/vin-make-mismatch", Title: "VIN of another maker",
			Why:    "The first three characters of a VIN name its maker. Where the make is another's, the VIN or the badge was misread, or the vehicle is not what it seems.",
			Source: "ISO 3780 (world manufacturer identifiers; a public sample of the list). Makers that share plants are not told apart: a judgement",
			Kinds:  vehicles, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"make"}, Consults: []string{"vin"}, Since: version1, Check: vinMake,
			Pass: Example{Record: `{"vin":"WVWZZZ1JZXW000010","make":"VOLKSWAGEN"}`},
			Fail: Example{Record: `{"vin":"WVWZZZ1JZXW000010","make":"FORD"}`},
		},
	}
}

// makerGroups are makers that share plants, so that a VIN of one is right on
// another's badge. A make that is in none is not judged.
var makerGroups = [...][]string{
	{"VOLKSWAGEN", "AUDI", "SEAT", "SKODA", "CUPRA", "PORSCHE", "BENTLEY", "LAMBORGHINI", "QUATTRO", "SAIC VOLKSWAGEN"},
	{"OPEL", "VAUXHALL", "CHEVROLET", "DAEWOO", "CADILLAC", "SAAB"},
	{"PEUGEOT", "CITROEN", "DS", "TALBOT"},
	{"FIAT", "ALFA", "LANCIA", "ABARTH", "TOFAS", "MASERATI"},
	{"CHRYSLER", "JEEP", "DODGE"},
	{"TOYOTA", "LEXUS", "DAIHATSU"},
	{"SUZUKI"}, {"ISUZU"}, {"SUBARU"}, {"MAZDA"},
	{"BMW", "MINI", "ALPINA", "ROLLS-ROYCE"},
	{"MERCEDES", "SMART", "EVOBUS", "SETRA"},
	{"RENAULT", "DACIA", "ALPINE"},
	{"NISSAN", "INFINITI"},
	{"MITSUBISHI"},
	{"FORD"},
	{"HYUNDAI", "KIA", "GENESIS"},
	{"JAGUAR", "LAND ROVER", "DAIMLER"},
	{"ROVER", "MG", "AUSTIN", "MORRIS", "NAC MG", "SAIC MG", "LDV", "MAXUS"},
	{"HONDA"},
	{"TESLA"},
	{"VOLVO", "POLESTAR", "GEELY", "LOTUS"},
	{"YAMAHA"}, {"KAWASAKI"}, {"DUCATI"}, {"HARLEY"}, {"PIAGGIO", "APRILIA", "MOTO GUZZI", "VESPA"},
}

// allied are makers, by the first of their group, that have sold vehicles of each
// other's making: vans and small cars above all. There a difference is a note.
var allied = [...][]string{
	{"OPEL", "PEUGEOT", "FIAT", "CHRYSLER", "TOYOTA", "SUZUKI", "RENAULT", "NISSAN", "SUBARU", "ISUZU", "MAZDA"},
	{"RENAULT", "NISSAN", "MITSUBISHI", "MERCEDES"},
	{"FORD", "MAZDA", "VOLVO", "JAGUAR", "VOLKSWAGEN"},
}

func alliedGroups(a, b int) bool {
	for _, list := range allied {
		if slices.Contains(list, makerGroups[a][0]) && slices.Contains(list, makerGroups[b][0]) {
			return true
		}
	}
	return false
}

// makerGroup gives the group of a make or maker, -1 where it is not known. The
// group that names the start of it most fully counts: Rover is no Land Rover.
func makerGroup(name string) int {
	name = strings.ToUpper(name)
	best, length := -1, 0
	for i, group := range makerGroups {
		for _, g := range group {
			if len(g) > length && strings.HasPrefix(name, g) {
				best, length = i, len(g)
			}
		}
	}
	return best
}

func vinMake(c *Ctx) Outcome {
	v := c.vehicle
	if v.VIN == "" || v.Make == "" {
		return NotApplicable
	}
	parts, ok := normalise.SplitVIN(string(v.VIN))
	maker, badge := makerGroup(parts.Maker), makerGroup(v.Make)
	if !ok || maker < 0 || badge < 0 {
		return NotApplicable
	}
	switch {
	case maker == badge:
		return Pass
	case alliedGroups(maker, badge):
		return c.FailAs(Info, "make", "the VIN is one of another maker's, which has made vehicles for this one", "Compare both with the vehicle, if it is at hand.")
	default:
		return c.Fail("make", "the VIN is one of another maker's", "Compare both with the vehicle: one of them was misread, or the VIN is not the vehicle's.")
	}
}
