package normalise

import (
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
)

// Identifier is an identifier that was read: its type and its standard text.
// Like netip.Addr it is small, compared with ==, and fit for a key of a map; the
// zero value is no identifier. Its parts are had by Split and the type, as in
// SplitVRM(id.String()).
//
// A type of identifier is a row of a table, not a Go type, so that a new one
// brings parsing, display and text forms by its row alone.
type Identifier struct{ typ, text string }

// Parse reads an identifier of a named type, such as "pncid" or "vrm". The error
// is a *ParseError for a value that is none, or that is a placeholder, ambiguous
// or merely not recognised; it never repeats the value. A repaired or suspect
// value is accepted: As tells how it was read.
func Parse(typeName, text string, o Options) (Identifier, error) {
	typeName = strings.ToLower(typeName)
	if _, ok := displays[typeName]; !ok {
		return Identifier{}, fmt.Errorf("normalise: there is no identifier type %q", typeName)
	}
	r := types[typeName](text, o)
	switch r.Status {
	case Invalid, Unknown, Ambiguous, Placeholder, NoFixedAbode:
		return Identifier{}, &ParseError{Type: typeName, Result: r}
	}
	return Identifier{typeName, r.Canonical}, nil
}

// ParseError says why a value is not an identifier. Result holds readings and
// suggestions, which are personal; Error does not.
type ParseError struct {
	Type   string
	Result Result
}

func (e *ParseError) Error() string {
	return "normalise: " + e.Type + " " + string(e.Result.Status) + ": " + e.Result.Reason
}

// Type is the name it was parsed by, "" for the zero value.
func (id Identifier) Type() string { return id.typ }

// IsZero says whether it is no identifier.
func (id Identifier) IsZero() bool { return id == Identifier{} }

// String is the canonical text. Printing an Identifier masks it: see Format.
func (id Identifier) String() string { return id.text }

// Display is the text in the form people read and write.
func (id Identifier) Display() string { return Display(id.typ, id.text) }

// MarshalText gives the canonical text, and nothing for the zero value.
func (id Identifier) MarshalText() ([]byte, error) { return []byte(id.text), nil }

// Format writes type and the last two characters, whatever the verb, so that a
// log gives nobody away.
func (id Identifier) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, id.masked()) }

// LogValue masks as Format does.
func (id Identifier) LogValue() slog.Value { return slog.StringValue(id.masked()) }

func (id Identifier) masked() string {
	switch n := len(id.text); {
	case n == 0:
		return ""
	case n < 6:
		return id.typ + ":***"
	default:
		return id.typ + ":***" + id.text[n-2:]
	}
}

// IdentifierTypes lists the names Parse takes, in alphabetical order.
func IdentifierTypes() []string { return slices.Sorted(maps.Keys(displays)) }
