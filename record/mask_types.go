package record

import (
	"fmt"
	"log/slog"
)

// The identifier types mask themselves when formatted or logged, whatever the
// verb: string(id) is the value.

// Format masks the value.
func (v PNCID) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v CRO) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v ASN) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v PrisonNumber) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v CRN) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v NINO) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v NHSNumber) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v DriverNumber) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v PassportNumber) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v VRM) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v VIN) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v EngineNumber) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v Postcode) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v UPRN) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v Phone) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// Format masks the value.
func (v Email) Format(s fmt.State, _ rune) { formatMasked(s, string(v), tail(string(v))) }

// LogValue masks the value.
func (v PNCID) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v CRO) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v ASN) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v PrisonNumber) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v CRN) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v NINO) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v NHSNumber) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v DriverNumber) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v PassportNumber) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v VRM) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v VIN) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v EngineNumber) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v Postcode) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v UPRN) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v Phone) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (v Email) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }

// LogValue masks the value.
func (d Date) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(d)) }
