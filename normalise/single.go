package normalise

import (
	"slices"
	"strings"

	"leds.internal/ledsq/record"
)

// Single reads values of one field without the records that hold them: what
// Canonicalise would make of each, as long as nothing else in the record has a
// part in it. Matching reads most of a file in this way, each distinct value
// once. It is for one goroutine.
type Single struct {
	w     recorder
	field *record.Field
	read  reader
	look  look
	role  role
	p     record.Person // a person who has nothing but the name at hand
	names [1]record.Name
	given [1]string
}

// role is what a field may have to do with others of its record.
type role uint8

const (
	roleNone      role = iota
	roleName           // what it holds beside a name goes to other fields
	roleCountry        // another country changes what postcodes and numbers are read as
	rolePrecision      // the date of birth is brought to it
	roleColour         // two in one field are given a field each
)

// SingleOf gives the way to read a field of a kind by its flat name; nil where
// its values can't be told apart from those of others: full names, second names
// and second elements of any list, and elements whose type stands beside them.
func SingleOf(k record.Kind, field string, o Options) *Single {
	c, ok := record.FindColumn(k, field)
	if !ok {
		return nil
	}
	f := c.Field
	if strings.Contains(f.Path, "[?]") || f.First() != field && !strings.HasSuffix(f.Name, "*") {
		return nil
	}
	s := &Single{field: f, read: readerOf(f.Type)}
	s.w.quiet, s.w.Options, s.w.year = true, o, o.AsOf.Year()
	path := strings.TrimPrefix(f.Path, "person.")
	if list, leaf, found := strings.Cut(path, "]."); found && strings.HasPrefix(list, "names[") {
		switch {
		case list != "names[primary", leaf == "fullName":
			return nil
		case f.Type == record.TypeGiven, f.Type == record.TypeMiddle, f.Type == record.TypeSurname:
			s.look, s.role = lookName, roleName
			return s
		}
	}
	if i := slices.Index(record.LeafFields(k), f); i >= 0 {
		s.look = looks(k)[i]
	}
	if f.Type == record.TypeTitle || f.Type == record.TypeSuffix { // read with the name, not past it
		s.look = lookOf(f.Type, "")
	}
	switch {
	case path == "registrationCountry", path == "addresses[].country", strings.HasPrefix(path, "identifiers[") && strings.HasSuffix(path, "].country"):
		s.role = roleCountry
	case path == "dobPrecision":
		s.role = rolePrecision
	case k == record.KindVehicle && f.CodeSet == "vehicle-colour":
		s.role = roleColour
	}
	return s
}

// Inert says whether no value of the field has a part in what becomes of others:
// then a value nobody asks for need not be read.
func (s *Single) Inert() bool { return s.role == roleNone }

// Read gives the canonical text of a value that is not empty. alone is false
// where the value may have a part in what becomes of others, or they in what
// becomes of it: then only the whole record tells.
func (s *Single) Read(text string) (canonical string, alone bool) {
	switch s.role {
	case roleName:
		return s.name(text)
	case roleCountry:
		if foreignCountry(text) {
			return "", false
		}
	case roleColour:
		if strings.ContainsAny(text, "/&") {
			return "", false
		}
	}
	f := s.field
	if s.look == lookPast || s.w.asTyped(s.look, f.CodeSet, text) {
		return text, true
	}
	to, _ := apply(s.read(f.CodeSet, text, s.w.Options), text)
	return to, s.role != rolePrecision || to == "exact"
}

// Plain says that a text is valid, alone, and in its standard form or, of dates,
// contacts and the like, brought to it by form alone; it gives that form. Of most
// texts it takes a look. Of what it does not say so, nothing is known.
func (s *Single) Plain(text string) (canonical string, ok bool) {
	switch {
	case s.role != roleNone && s.role != roleName, s.look == lookPast:
		return "", false
	case s.role == roleName && strings.IndexByte(text, ' ') >= 0: // perhaps two names, or a title
		return "", false
	case s.look == lookText && saysNFA(text): // which answers another field
		return "", false
	case s.w.asTyped(s.look, s.field.CodeSet, text):
		return text, true
	}
	switch s.look {
	case lookName:
		if !plainASCII(text) { // what was lost of it would be a finding
			return "", false
		}
	case lookPhone:
		if mayHaveExtension(text) {
			return "", false
		}
	case lookDOB, lookDate, lookPostcode, lookEmail, lookPNCID:
	default:
		return "", false
	}
	r := s.read(s.field.CodeSet, text, s.w.Options)
	return r.Canonical, r.Status == Valid && s.w.asTyped(s.look, s.field.CodeSet, r.Canonical)
}

// name reads a part of a name as the name of a person who has no other part.
func (s *Single) name(text string) (string, bool) {
	if strings.IndexByte(text, ' ') < 0 && s.w.asTyped(lookName, "", text) {
		return text, true
	}
	s.names[0] = record.Name{Type: record.PrimaryName}
	part := &s.names[0].Surname
	switch s.field.Type {
	case record.TypeGiven:
		s.names[0].GivenNames, part = s.given[:], &s.given[0]
	case record.TypeMiddle:
		part = &s.names[0].MiddleNames
	}
	*part = text
	s.p.Names = s.names[:]
	n := namer{w: &s.w, p: &s.p}
	n.names()
	return *part, len(s.p.Names) == 1 && s.names[0].Title == ""
}
