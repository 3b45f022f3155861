package sample_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

func TestProfileRoundTrip(t *testing.T) {
	for _, p := range sample.Profiles() {
		var b bytes.Buffer
		if err := p.Encode(&b); err != nil {
			t.Fatal(err)
		}
		back, err := sample.ParseProfile(&b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p, back); diff != "" {
			t.Errorf("%s: %s", p.Name, diff)
		}
	}
	types := sample.ErrorTypes()
	rapid.Check(t, func(t *rapid.T) {
		p := sample.Profile{Name: rapid.StringMatching(`[a-z][a-z0-9-]{0,12}`).Draw(t, "name"), Rates: map[string]sample.Rate{}}
		for range rapid.IntRange(0, 8).Draw(t, "types") {
			p.Rates[types[rapid.IntRange(0, len(types)-1).Draw(t, "type")].Name] = sample.Rate{First: rapid.Float64Range(0, 1).Draw(t, "first"), Further: rapid.Float64Range(0, 1).Draw(t, "further")}
		}
		var b bytes.Buffer
		if err := p.Encode(&b); err != nil {
			t.Fatal(err)
		}
		back, err := sample.ParseProfile(&b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p, back); diff != "" {
			t.Error(diff)
		}
	})
}

func TestProfileIsStrict(t *testing.T) {
	for text, why := range map[string]string{
		"name: x\nrates:\n  typo: {first: 0.1, further: 0.1}\n":  "there is no such type",
		"name: x\nrates:\n  alias: {first: 1.5, further: 0.1}\n": "a rate above one",
		"name: x\nrates:\n  alias: {first: -1, further: 0.1}\n":  "a rate below nought",
		"name: x\nrates:\n  alias: {frist: 0.1}\n":               "a key misspelt",
		"nmae: x\n": "a key misspelt",
		"name: x\nrates:\n  alias: {first: .nan, further: 0.1}\n": "no number",
		"name: x\n---\nname: y\n":                                 "two documents",
		"":                                                        "nothing",
	} {
		if _, err := sample.ParseProfile(strings.NewReader(text)); err == nil {
			t.Errorf("accepted although %s: %q", why, text)
		}
	}
}

// TestRatesAreBounds counts how often each type happens: never much more often
// than the profile says.
func TestRatesAreBounds(t *testing.T) {
	p := profile(t, "realistic")
	const n = 30000
	count := map[string]float64{}
	for _, it := range items(t, sample.Options{Kind: record.KindPerson, N: n, Seed: 12, Profile: p}) {
		types := map[string]bool{}
		for _, e := range it.Errors {
			types[e.Type] = true
		}
		for name := range types {
			count[name]++
		}
	}
	const further = sample.DefaultDuplicates
	for _, ty := range sample.ErrorTypes() {
		r := p.Rates[ty.Name]
		if got, most := count[ty.Name]/n, r.First*(1-further)+r.Further*further; got > most*1.2+0.001 {
			t.Errorf("%s happens in %.4f of records, its rates allow %.4f", ty.Name, got, most)
		}
	}
}
