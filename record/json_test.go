package record

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestAppendJSONIsMarshal: the two write the same bytes, for full records,
// random ones and those with text that must be escaped.
func TestAppendJSONIsMarshal(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, r Record) {
		want, err := json.Marshal(r)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if got := AppendJSON(nil, r); !bytes.Equal(got, want) {
			t.Fatalf("%s", cmp.Diff(string(want), string(got)))
		}
	}
	for _, k := range Kinds() {
		check(t, New(k))
		full := New(k)
		fill(reflect.ValueOf(full).Elem())
		check(t, full)
		rapid.Check(t, func(t *rapid.T) {
			r := genRecord(t, k)
			text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "12", "007", "-0", "a<b>&c", "\u2028", "\xff", "\x00\t", `"\`, "é", "1e3"}))
			e := r.Head()
			e.Extra = append(e.Extra, Extra{Name: text.Draw(t, "name"), Value: text.Draw(t, "value")}, Extra{})
			e.Version, e.ID = Number(text.Draw(t, "number")), text.Draw(t, "id")
			e.Links = []Link{}
			if p := PersonOf(r); p != nil {
				p.Names = append(p.Names, Name{}, Name{GivenNames: []string{}})
				p.Roles = append(p.Roles, Code{}, Code{Set: text.Draw(t, "set")})
				if rapid.Bool().Draw(t, "empty list") {
					p.Description.Features = []string{}
				}
			}
			if m, ok := r.(*MissingPerson); ok {
				m.Factors = rapid.MapOfN(text, rapid.Just(Yes), 0, 3).Draw(t, "factors")
			}
			check(t, r)
		})
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	p := walkedPerson()
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = AppendJSON(buf[:0], p)
	}
}
