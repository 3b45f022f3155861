package normalise

import "github.com/nyaruka/phonenumbers"

// foreignPhone reads the digits of an international number that is not British,
// by the numbering plan of its country. A trunk zero that was left in (+33 06…)
// is dropped where the plan says so.
func foreignPhone(digits string) Result {
	if len(digits) < 7 || len(digits) > 15 || digits[0] == '0' {
		return invalid("phone/length", "not 7 to 15 digits after the plus sign")
	}
	n, err := phonenumbers.Parse("+"+digits, "")
	if err != nil {
		return invalid("phone/country", "no country code begins like this, or the number is too short or too long for its country")
	}
	canonical := phonenumbers.Format(n, phonenumbers.E164)
	if canonical != "+"+digits {
		if again, err := phonenumbers.Parse(canonical, ""); err != nil || phonenumbers.Format(again, phonenumbers.E164) != canonical {
			canonical = "+" + digits // a plan that would shorten it again and again decides nothing
		}
	}
	region := phonenumbers.GetRegionCodeForNumber(n)
	switch {
	case region != "" && phonenumbers.IsValidNumberForRegion(n, region):
		return Result{Status: Foreign, Canonical: canonical, Class: region, Rule: "phone/foreign", Reason: "the number of another country, in the form of its plan"}
	case phonenumbers.IsPossibleNumber(n):
		return Result{Status: Suspect, Canonical: canonical, Rule: "phone/foreign-plan", Reason: "the number of another country, of a length its plan has and a beginning it has not"}
	}
	return invalid("phone/foreign-length", "too short or too long for the country it names")
}
