package record

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// fill puts text into every leaf of a value, and two elements into every list.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 4))
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf("x").Convert(v.Type().Elem()))
	}
}

// shared gives the path of a list or map that two values have in common.
func shared(a, b reflect.Value, path string) string {
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if p := shared(a.Field(i), b.Field(i), path+"."+a.Type().Field(i).Name); p != "" {
				return p
			}
		}
	case reflect.Slice:
		if a.Pointer() == b.Pointer() {
			return path
		}
		for i := range a.Len() {
			if p := shared(a.Index(i), b.Index(i), path+"[]"); p != "" {
				return p
			}
		}
	case reflect.Map:
		if a.Pointer() == b.Pointer() {
			return path
		}
	}
	return ""
}

// TestCloneSharesNothing fills every list and map there is: nothing of a copy
// may be the original's.
func TestCloneSharesNothing(t *testing.T) {
	for _, k := range Kinds() {
		r := New(k)
		fill(reflect.ValueOf(r).Elem())
		c := Clone(r)
		if d := cmp.Diff(r, c); d != "" {
			t.Errorf("%s: the copy differs:\n%s", k, d)
		}
		if p := shared(reflect.ValueOf(r).Elem(), reflect.ValueOf(c).Elem(), string(k)); p != "" {
			t.Errorf("%s is shared with the copy", p)
		}
		rapid.Check(t, func(t *rapid.T) {
			r := genRecord(t, k)
			if d := cmp.Diff(r, Clone(r)); d != "" {
				t.Fatalf("%s: the copy differs:\n%s", k, d)
			}
		})
	}
}

func BenchmarkClone(b *testing.B) {
	p := walkedPerson()
	b.ReportAllocs()
	for b.Loop() {
		Clone(p)
	}
}

func BenchmarkWalk(b *testing.B) {
	p, n := walkedPerson(), 0
	b.ReportAllocs()
	for b.Loop() {
		Walk(p, func(Leaf) { n++ })
	}
}

// walkedPerson is a record as most of a large file are.
func walkedPerson() *Person {
	return &Person{
		Envelope: Envelope{ID: "r1"},
		Names:    []Name{{Type: PrimaryName, GivenNames: []string{"Ann"}, MiddleNames: "Mary", Surname: "Smith"}},
		Sex:      Code{Value: "F"}, DateOfBirth: "1980-06-15",
		Addresses:   []Address{{Line: "12 High Street", Town: "Leeds", Postcode: "LS1 1AA"}},
		Identifiers: []Identifier{{Type: IDPNC, Value: "2002/0073319Z"}},
		Contacts:    []Contact{{Type: ContactPhone, Value: "+447700900123"}, {Type: ContactEmail, Value: "ann.smith@example.org"}},
	}
}
