package quality

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/go-playground/validator/v10"
)

// maxPersonName is the longest name the tag person_name passes, as the default
// of person/name-format.
const maxPersonName = 35

// Tags lists the tags that RegisterTags adds.
func Tags() []string {
	out := make([]string, 0, len(shapes)+2)
	for _, s := range shapes {
		out = append(out, s.tag)
	}
	return append(out, "person_name", "notblank_text")
}

// RegisterTags teaches v tags for the values this library knows, for structs of
// the user's own: pnc_id, cro, asn, prison_number, crn, nino, nhs_number,
// uk_driver_number, uk_passport, uk_postcode, uk_vrm, vin, uk_phone,
// email_address, uprn, record_date, person_name and notblank_text. It must run
// before v's first validation.
//
// A tag passes when package normalise calls the value Valid: in its standard
// form, or different from it by case and spacing only. What it would have to
// repair, finds ambiguous, partial or foreign, or takes for a filler, fails.
// record_date passes any full date that can be read, day first. person_name
// passes letters of any script with spaces, hyphens, apostrophes and dots.
// notblank_text passes text with something else than white space in it, which
// required does not ask.
//
// An empty string fails every tag: write omitempty before it where the value may
// be absent. A nil pointer fails, or is passed over with omitempty, and never
// panics. The tags are for fields of any string type and pointers to one; on a
// field of another kind they fail. They test the form alone: validator/v10 stops
// at the first failing tag of a field, and can't say why, so that everything else
// is left to the rules of an Engine.
func RegisterTags(v *validator.Validate) error {
	if v == nil {
		return fmt.Errorf("quality: register tags: no validator given")
	}
	add := func(tag string, ok func(string) bool) error {
		if err := v.RegisterValidation(tag, tagFunc(ok)); err != nil {
			return fmt.Errorf("quality: register tag %s: %w", tag, err)
		}
		return nil
	}
	for _, s := range shapes {
		if err := add(s.tag, s.wellFormed); err != nil {
			return err
		}
	}
	if err := add("person_name", personName); err != nil {
		return err
	}
	return add("notblank_text", func(s string) bool { return strings.TrimSpace(s) != "" })
}

// tagFunc makes a predicate on text a function of validator/v10. A panic in a
// predicate would escape the validator and end the caller's run: it fails the
// field instead.
func tagFunc(ok func(string) bool) validator.Func {
	return func(fl validator.FieldLevel) (pass bool) {
		defer func() {
			if recover() != nil {
				pass = false
			}
		}()
		f := fl.Field()
		for f.Kind() == reflect.Pointer || f.Kind() == reflect.Interface {
			if f.IsNil() {
				return false
			}
			f = f.Elem()
		}
		return f.Kind() == reflect.String && f.Len() > 0 && ok(f.String())
	}
}

func personName(s string) bool {
	return strings.TrimSpace(s) != "" && nameShape(s, maxPersonName) == nameFine
}
