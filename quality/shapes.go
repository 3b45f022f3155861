package quality

import (
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// shape is a type of value with the one test of its form. A rule reads what
// normalising found of the value; a tag asks normalising the same question: what
// is Valid to one is valid to the other.
type shape struct {
	tag  string // of validator/v10
	typ  record.Type
	noun string
}

// shapes are the identifiers and other formatted values that can be judged
// alone. Every one has a tag, and a rule where it is a field.
var shapes = [...]shape{
	{"pnc_id", record.TypePNCID, "PNC ID"},
	{"cro", record.TypeCRO, "CRO number"},
	{"asn", record.TypeASN, "arrest/summons number"},
	{"prison_number", record.TypePrison, "prison number"},
	{"crn", record.TypeCRN, "case reference number"},
	{"nino", record.TypeNINO, "National Insurance number"},
	{"nhs_number", record.TypeNHS, "NHS number"},
	{"uk_driver_number", record.TypeDriver, "driver number"},
	{"uk_passport", record.TypePassport, "passport number"},
	{"uk_postcode", record.TypePostcode, "postcode"},
	{"uk_vrm", record.TypeVRM, "registration mark"},
	{"vin", record.TypeVIN, "vehicle identification number"},
	{"uk_phone", record.TypePhone, "telephone number"},
	{"email_address", record.TypeEmail, "email address"},
	{"uprn", record.TypeUPRN, "property reference number"},
	{"record_date", record.TypeDate, "date"},
}

func shapeOf(t record.Type) shape {
	for _, s := range shapes {
		if s.typ == t {
			return s
		}
	}
	return shape{noun: "value"}
}

// wellFormed is the test behind the tags: the value is in its standard form, or
// differs from it by case and spacing only. One that needed a repair, that reads
// in two ways or is a filler is not well formed: a program that stores it as
// typed would store an error.
func (s shape) wellFormed(text string) bool {
	return normalise.Value(s.typ, "", text, normalise.Options{}).Status == normalise.Valid
}

// judge reports what normalising found of each value of a type. has says that
// the record holds one; only narrows it to some steps of normalising, by the end
// of their names.
func (c *Ctx) judge(has bool, only func(ch *normalise.Change) bool, types ...record.Type) Outcome {
	for i := range c.changes {
		ch := &c.changes[i]
		for _, t := range types {
			if ch.Type != t {
				continue
			}
			has = has || ch.To != ""
			if only == nil || only(ch) {
				c.status(ch, shapeOf(t).noun)
			}
		}
	}
	if !has && len(c.found) == c.start {
		return NotApplicable
	}
	return c.Done()
}

// status turns the status of one value into a finding, or none.
func (c *Ctx) status(ch *normalise.Change, noun string) {
	fix := "Compare it with the source and correct it."
	if len(ch.Suggestions) > 0 {
		fix = "Compare it with the source: a correction is suggested beside the value."
	}
	reason := ""
	if ch.Reason != "" {
		reason = ": " + ch.Reason
	}
	switch ch.Status {
	case normalise.Placeholder:
		if invented(ch) {
			c.Fail(ch.Field, "not "+article(noun)+noun+reason, "Leave it blank, or find out the number.")
		}
	case normalise.Invalid, normalise.Mismatch:
		c.Fail(ch.Field, "not "+article(noun)+noun+reason, fix)
	case normalise.Ambiguous:
		c.FailAs(Warning, ch.Field, "the "+noun+" reads in more than one way"+reason, fix)
	case normalise.Suspect, normalise.Unknown, normalise.Temporary, normalise.Administrative, normalise.TRN, normalise.Unallocated, normalise.TestRange:
		c.FailAs(Warning, ch.Field, "the "+noun+" is doubtful"+reason, fix)
	case normalise.Partial:
		c.FailAs(Warning, ch.Field, "the "+noun+" is incomplete"+reason, "Complete it, if the rest is known.")
	case normalise.Legacy, normalise.CHIRange, normalise.HCNRange:
		c.FailAs(Info, ch.Field, "the "+noun+" is of an older or another series"+reason, "No change is needed if the source shows the same.")
	}
}

func article(noun string) string {
	if strings.HasPrefix(noun, "NHS") || strings.IndexByte("aeio", noun[0]) >= 0 {
		return "an "
	}
	return "a "
}

// invented says that a number of an identifier's form stands for no value, such
// as 000000/00Z. The rule of its scheme tells of it, where record/placeholder-value
// tells of words such as UNKNOWN.
func invented(ch *normalise.Change) bool {
	switch ch.Type {
	case record.TypePNCID, record.TypeCRO, record.TypeASN, record.TypeNINO, record.TypeNHS, record.TypePassport:
		return ch.Status == normalise.Placeholder && strings.ContainsAny(ch.From, "0123456789")
	}
	return false
}

// checkLetter says that a PNC ID has the right form and the wrong letter:
// normalising gives one rule for both, since a letter may stand for a digit.
func checkLetter(ch *normalise.Change) bool {
	if !strings.HasSuffix(ch.Rule, "/check-letter") {
		return false
	}
	digits, letters := 0, 0
	number := strings.TrimLeftFunc(ch.From, func(r rune) bool { return r < '0' || r > '9' }) // without a label such as PNC
	for _, r := range number {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune("OoIiLlSsBbZzGgQqDd", r): // each may be a digit misread
		case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z':
			letters++
		case !strings.ContainsRune(" /-", r): // a mark that no PNC ID holds
			return false
		}
	}
	return digits > 0 && letters <= 1
}

func notCheckLetter(ch *normalise.Change) bool { return !checkLetter(ch) }
