package record

import (
	"fmt"
	"log/slog"
	"strings"
	"unicode/utf8"
)

// Mask hides a value as its field asks: a value that says nothing about a
// person stays, of an identifying one the shape remains (first letter of each
// word for names, last two characters of a number), of a sensitive one nothing.
func (f *Field) Mask(value string) string {
	if value == "" {
		return ""
	}
	switch f.Personal {
	case NotPersonal:
		return value
	case Indirect:
		return initials(value)
	case Sensitive:
		return "***"
	}
	switch f.Type {
	case TypeGiven, TypeMiddle, TypeSurname, TypeFullName, TypeAddress, TypeText, TypePlace:
		return initials(value)
	}
	return tail(value)
}

// initials keeps the first letter of each word and hides how long it is.
func initials(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		words[i] = string(r) + "***"
	}
	return strings.Join(words, " ")
}

// tail keeps the last two characters of a value of at least six.
func tail(s string) string {
	if r := []rune(s); len(r) >= 6 {
		return "***" + string(r[len(r)-2:])
	}
	return "***"
}

// Masked gives a copy of a record with every value masked as its field asks.
func Masked[R Record](r R) R {
	out := Clone(r)
	Walk(out, func(l Leaf) { l.SetText(l.Field.Mask(l.Text())) })
	return out
}

// summary is what a log may say of a record.
func summary(r Record) string {
	return fmt.Sprintf("%s %s", r.Kind(), r.Head().ID)
}

// Format writes kind and id only, whatever the verb: a record in a log line
// gives nobody away. Use encoding/json for the values.
func (p Person) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, summary(&p)) }

// Format writes kind and id only, whatever the verb.
func (v Vehicle) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, summary(&v)) }

// Format writes kind and id only, whatever the verb.
func (m MissingPerson) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, summary(&m)) }

// LogValue gives kind and id only.
func (p Person) LogValue() slog.Value { return slog.StringValue(summary(&p)) }

// LogValue gives kind and id only.
func (v Vehicle) LogValue() slog.Value { return slog.StringValue(summary(&v)) }

// LogValue gives kind and id only.
func (m MissingPerson) LogValue() slog.Value { return slog.StringValue(summary(&m)) }

func formatMasked(s fmt.State, v, masked string) {
	if v == "" {
		masked = ""
	}
	_, _ = fmt.Fprint(s, masked)
}

// Format masks the name.
func (n Name) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprint(s, initials(strings.Join([]string{strings.Join(n.GivenNames, " "), n.MiddleNames, n.Surname, n.FullName}, " ")))
}

// Format masks the identifier's value.
func (i Identifier) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprint(s, string(i.Type)+" "+tail(i.Value))
}

// Format masks the address.
func (a Address) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, "***") }

// Format masks the contact's value.
func (c Contact) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprint(s, string(c.Type)+" "+tail(c.Value))
}

// Format masks the date, which may be one of birth.
func (d Date) Format(s fmt.State, _ rune) { formatMasked(s, string(d), "****-**-**") }
