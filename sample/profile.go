package sample

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"go.yaml.in/yaml/v3"

	"leds.internal/ledsq/record"
)

// Profile says how often each error happens. Its file is YAML:
//
//	name: harsh
//	about: a bad feed
//	rates:
//	  keying-omitted: {first: 0.02, further: 0.05}
//	  nickname: {first: 0, further: 0.2}   # every type is named in ErrorTypes
//
// A type that is not named does not happen.
type Profile struct {
	Name  string          `yaml:"name"`
	About string          `yaml:"about,omitempty"`
	Rates map[string]Rate `yaml:"rates"`
}

// Rate is how probable an error is in a record, from 0 to 1: in the first of an
// entity and in further ones. Where it can't happen (a nickname of a name that
// has none) it doesn't, so that the rate is an upper bound; see docs/sample.md.
type Rate struct {
	First   float64 `yaml:"first"`
	Further float64 `yaml:"further"`
}

// Profiles gives the profiles that come with the package: clean, realistic, harsh.
func Profiles() []Profile {
	var out []Profile
	for _, name := range []string{"clean", "realistic", "harsh"} {
		p, err := ParseProfile(bytes.NewReader([]byte(text("profiles/" + name + ".yaml"))))
		if err != nil {
			panic("sample: profile " + name + ": " + err.Error())
		}
		out = append(out, p)
	}
	return out
}

// ProfileByName gives one of Profiles; ok is false for a name that is none.
func ProfileByName(name string) (p Profile, ok bool) {
	for _, p := range Profiles() {
		if p.Name == name {
			return p, true
		}
	}
	return p, false
}

// ParseProfile reads a profile. Unknown keys, unknown error types, rates
// outside 0 to 1 and a second document are errors.
func ParseProfile(r io.Reader) (Profile, error) {
	var p Profile
	d := yaml.NewDecoder(r)
	d.KnownFields(true)
	if err := d.Decode(&p); err != nil {
		return Profile{}, fmt.Errorf("sample: reading profile: %w", err)
	}
	if err := d.Decode(new(Profile)); !errors.Is(err, io.EOF) {
		return Profile{}, errors.New("sample: reading profile: more than one document")
	}
	return p, p.Validate()
}

// Encode writes the profile as ParseProfile reads it.
func (p Profile) Encode(w io.Writer) error {
	e := yaml.NewEncoder(w)
	e.SetIndent(2)
	if err := e.Encode(p); err != nil {
		return fmt.Errorf("sample: writing profile: %w", err)
	}
	return e.Close()
}

// Validate says what is wrong with the profile, nil if nothing is.
func (p Profile) Validate() error {
	names := make([]string, 0, len(p.Rates))
	for name := range p.Rates {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !slices.ContainsFunc(errorTypes(), func(t ErrorType) bool { return t.Name == name }) {
			return fmt.Errorf("sample: profile %s: there is no error type %q", cmp.Or(p.Name, "without name"), name)
		}
		if r := p.Rates[name]; !(r.First >= 0 && r.First <= 1 && r.Further >= 0 && r.Further <= 1) {
			return fmt.Errorf("sample: profile %s: the rates of %s must be from 0 to 1", cmp.Or(p.Name, "without name"), name)
		}
	}
	return nil
}

// rates is a profile made ready for one kind.
type rates struct {
	list []struct {
		typ            *ErrorType
		first, further float64
	}
	columns map[string]record.Column
}

func (p Profile) ratesOf(k record.Kind) *rates {
	rs := &rates{columns: columnsOf(k)}
	types := errorTypes()
	for i := range types {
		t := &types[i]
		if r := p.Rates[t.Name]; t.On(k) && (r.First > 0 || r.Further > 0) {
			rs.list = append(rs.list, struct {
				typ            *ErrorType
				first, further float64
			}{t, r.First, r.Further})
		}
	}
	return rs
}
