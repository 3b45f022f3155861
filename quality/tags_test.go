package quality

import (
	"testing"

	"github.com/go-playground/validator/v10"
	"leds.internal/ledsq/record"
)

func newValidator(t testing.TB) *validator.Validate {
	t.Helper()
	v := validator.New(validator.WithRequiredStructEnabled())
	if err := RegisterTags(v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTags(t *testing.T) {
	v := newValidator(t)
	for _, tt := range []struct {
		tag, value string
		ok         bool
		why        string
	}{
		{"pnc_id", "2002/0073319Z", true, "published test datum"},
		{"pnc_id", "02/73319Z", true, "the short form differs by padding only"},
		{"pnc_id", "2001/0171310S", false, "check letter"},
		{"pnc_id", "", false, "empty is no PNC ID"},
		{"cro", "65656/91H", true, ""},
		{"cro", "65656/91A", false, "check letter"},
		{"asn", "1101ZD0100000448754K", true, ""},
		{"asn", "1101ZD0100000448754A", false, "check letter"},
		{"prison_number", "A1234AA", true, ""},
		{"prison_number", "A12345A", false, ""},
		{"crn", "X123456", true, ""},
		{"crn", "123456X", false, ""},
		{"nino", "AB 12 34 56 C", true, "spacing"},
		{"nino", "QQ123456C", false, "the prefix of examples"},
		{"nhs_number", "401 023 2137", true, ""},
		{"nhs_number", "4010232138", false, "check digit"},
		{"uk_driver_number", "MORGA657054SM9IJ", true, ""},
		{"uk_driver_number", "MORGA697054SM9IJ", false, "month 97"},
		{"uk_passport", "925665416", true, ""},
		{"uk_passport", "92566541", false, ""},
		{"uk_postcode", "sw1a1aa", true, "case and spacing"},
		{"uk_postcode", "SW1A", false, "part of a postcode"},
		{"uk_postcode", "SW1A 1OA", false, "would need a repair, or is wrong"},
		{"uk_postcode", "xxSW1A 1AAyy", false, "anchored"},
		{"uk_vrm", "ab51 cde", true, ""},
		{"uk_vrm", "ABCDEFGH", false, ""},
		{"vin", "WVWZZZ1JZXW000010", true, ""},
		{"vin", "WVWZZZ1JZXW", false, ""},
		{"uk_phone", "07700 900123", true, "numbers kept for fiction are test data"},
		{"uk_phone", "+33123456789", false, "another country's"},
		{"uk_phone", "12345678", false, "e164 would accept it"},
		{"email_address", "ann@example.org", true, ""},
		{"email_address", "ann at example", false, ""},
		{"uprn", "100023336956", true, ""},
		{"uprn", "1.0E+11", false, "a spreadsheet rounded it"},
		{"record_date", "1980-06-15", true, ""},
		{"record_date", "1980-02-30", false, "no such day"},
		{"record_date", "1980", false, "a full date is asked for"},
		{"person_name", "O'Brien", true, "alphaunicode rejects it"},
		{"person_name", "Anne-Marie", true, ""},
		{"person_name", "Mary Ann", true, ""},
		{"person_name", "Jose\u0301", true, "decomposed accents"},
		{"person_name", "Łukasz 李", true, "any script"},
		{"person_name", "J0hn", false, "a digit"},
		{"person_name", "   ", false, "required would accept it"},
		{"notblank_text", "  ", false, ""},
		{"notblank_text", " x ", true, ""},
	} {
		if err := v.Var(tt.value, tt.tag); (err == nil) != tt.ok {
			t.Errorf("%s %q: %v; %s", tt.tag, tt.value, err, tt.why)
		}
	}
}

// TestEveryTagCompiles uses every tag on every kind of field, nil pointers and
// empty strings too: an unknown tag or a bad kind would panic here.
func TestEveryTagCompiles(t *testing.T) {
	v := newValidator(t)
	for _, tag := range Tags() {
		var none *string
		text := ""
		for _, value := range []any{"", "x", 7, 7.5, true, []byte("x"), []string{"x"}, map[string]int{}, &text, none, record.VRM("AB51CDE"), struct{}{}} {
			_ = v.Var(value, tag)
		}
		if v.Var("", "omitempty,"+tag) != nil || v.Var(none, "omitempty,"+tag) != nil {
			t.Errorf("omitempty,%s fails a value that is absent", tag)
		}
		if v.Var("", tag) == nil || v.Var(none, tag) == nil || v.Var(7, tag) == nil {
			t.Errorf("%s passes nothing, or a number", tag)
		}
	}
	if v.Var(record.VRM("AB51CDE"), "uk_vrm") != nil {
		t.Error("a named string type fails")
	}
	if RegisterTags(nil) == nil {
		t.Error("no validator, no error")
	}
	if err := v.RegisterValidation("crash", tagFunc(func(string) bool { panic("x") })); err != nil || v.Var("x", "crash") == nil {
		t.Error("a panic in a predicate passes, or escapes")
	}
}

// TestTagAndRuleAgree: what a tag passes no rule of the same type calls wrong.
func TestTagAndRuleAgree(t *testing.T) {
	v := newValidator(t)
	e := newEngine(t, Policy{})
	for id, tag := range map[string]string{"person/pncid-check": "pnc_id", "person/cro-format-check": "cro", "person/nino-format": "nino", "person/nhs-number-check": "nhs_number",
		"person/prison-number-format": "prison_number", "person/crn-format": "crn", "person/driver-number-format": "uk_driver_number", "person/passport-format": "uk_passport"} {
		r, _ := Find(id)
		for _, x := range []Example{r.Pass, r.Fail} {
			s := subjectOf(t, &r, x)
			o, _ := outcome(e, id, s)
			if err := v.Var(s.Record.(*record.Person).Identifiers[0].Value, tag); (err == nil) != (o == Pass) {
				t.Errorf("%s gives %s, %s gives %v", id, o, tag, err)
			}
		}
	}
}
