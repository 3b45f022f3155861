package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// One type per identifier, so that an API says which it takes. Each holds
// whatever text was typed until it is normalised. They mask themselves when
// formatted or logged; convert to string for the value.
type (
	// PNCID is a Police National Computer person identifier, 2002/0073319Z.
	PNCID string
	// CRO is a Criminal Records Office number, 065656/91H or SF83/50058Z.
	CRO string
	// ASN is an arrest/summons number of 20 characters, 1101ZD0100000448754K.
	ASN string
	// PrisonNumber is a prison (NOMS) number, A1234AA.
	PrisonNumber string
	// CRN is a probation case reference number, X123456.
	CRN string
	// NINO is a National Insurance number, AB123456C.
	NINO string
	// NHSNumber is an NHS number of ten digits, 4010232137.
	NHSNumber string
	// DriverNumber is a Great Britain driver number, MORGA657054SM9IJ.
	DriverNumber string
	// PassportNumber is a passport number; it belongs to the booklet, not the person.
	PassportNumber string
	// VRM is a vehicle registration mark without spaces, AB51CDE.
	VRM string
	// VIN is a vehicle identification number of 17 characters.
	VIN string
	// EngineNumber is an engine number, of no standard form.
	EngineNumber string
	// Postcode is a postcode of any country, SW1A 1AA.
	Postcode string
	// UPRN is a unique property reference number of up to 12 digits.
	UPRN string
	// Phone is a telephone number, +447700900123.
	Phone string
	// Email is an email address.
	Email string
)

// UnmarshalJSON takes a string or a number.
func (n *Number) UnmarshalJSON(b []byte) error {
	return scalar(b, (*string)(n), "a number")
}

// MarshalJSON gives a number where the text is one, else a string.
func (n Number) MarshalJSON() ([]byte, error) {
	if i, ok := n.Int(); ok && strconv.Itoa(i) == string(n) {
		return []byte(n), nil
	}
	return json.Marshal(string(n))
}

// UnmarshalJSON takes a string, true or false.
func (t *Tri) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "true":
		*t = Yes
		return nil
	case "false":
		*t = No
		return nil
	}
	return scalar(b, (*string)(t), "yes, no or unknown")
}

// scalar reads a JSON string or number as text. Its error never repeats the value.
func scalar(b []byte, s *string, want string) error {
	b = bytes.TrimSpace(b)
	switch {
	case bytes.Equal(b, []byte("null")):
		return nil
	case len(b) > 0 && b[0] == '"':
		if last := len(b) - 1; last > 0 && b[last] == '"' && plainText(b[1:last]) {
			*s = string(b[1:last])
			return nil
		}
		return json.Unmarshal(b, s)
	case len(b) > 0 && (b[0] == '-' || b[0] >= '0' && b[0] <= '9'):
		*s = string(b)
		return nil
	}
	return fmt.Errorf("want %s, as text or number", want)
}

// plainText says whether the letters of a JSON string stand for themselves.
func plainText(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

type codeObject Code

// UnmarshalJSON takes a plain string or number, or an object with value,
// codeSet and version.
func (c *Code) UnmarshalJSON(b []byte) error {
	if b = bytes.TrimSpace(b); len(b) > 0 && b[0] == '{' {
		return json.Unmarshal(b, (*codeObject)(c))
	}
	return scalar(b, &c.Value, "a code")
}

// MarshalJSON gives a plain string where no code set is named.
func (c Code) MarshalJSON() ([]byte, error) {
	if c.Set == "" && c.Version == "" {
		return json.Marshal(c.Value)
	}
	return json.Marshal(codeObject(c))
}

// IsZero says whether the code is empty.
func (c Code) IsZero() bool { return c == Code{} }
