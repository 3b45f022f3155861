package record

import (
	"reflect"
	"sync"
	"unsafe"
)

// Clone copies a record deeply: changing the copy never changes the original.
func Clone[R Record](r R) R {
	var out Record
	switch r := Record(r).(type) {
	case *Person:
		c := *r
		out = &c
	case *Vehicle:
		c := *r
		out = &c
	case *MissingPerson:
		c := *r
		out = &c
	}
	detach(sharesOf(out.Kind()), addressOf(out))
	return out.(R)
}

// share is a list or map in a struct, which a copy of the struct shares with
// the original until it gets its own.
type share struct {
	offset uintptr
	typ    reflect.Type
	size   uintptr // of a list element
	inner  []share // of a list element
}

var shares = map[Kind]func() []share{
	KindPerson:  sync.OnceValue(func() []share { return sharesIn(reflect.TypeFor[Person](), 0) }),
	KindVehicle: sync.OnceValue(func() []share { return sharesIn(reflect.TypeFor[Vehicle](), 0) }),
	KindMissing: sync.OnceValue(func() []share { return sharesIn(reflect.TypeFor[MissingPerson](), 0) }),
}

func sharesOf(k Kind) []share { return shares[k]() }

func sharesIn(t reflect.Type, base uintptr) (out []share) {
	for i := range t.NumField() {
		f := t.Field(i)
		s := share{offset: base + f.Offset, typ: f.Type}
		switch f.Type.Kind() {
		case reflect.Struct:
			out = append(out, sharesIn(f.Type, s.offset)...)
		case reflect.Slice:
			s.size = f.Type.Elem().Size()
			if f.Type.Elem().Kind() == reflect.Struct {
				s.inner = sharesIn(f.Type.Elem(), 0)
			}
			out = append(out, s)
		case reflect.Map:
			out = append(out, s)
		}
	}
	return out
}

// detach gives the struct at base lists and maps of its own.
func detach(in []share, base unsafe.Pointer) {
	for i := range in {
		s := &in[i]
		at := unsafe.Add(base, s.offset)
		if *(*unsafe.Pointer)(at) == nil { // a list's elements, or the map itself
			continue
		}
		v := reflect.NewAt(s.typ, at).Elem()
		if s.typ.Kind() == reflect.Map {
			c := reflect.MakeMapWithSize(s.typ, v.Len())
			for it := v.MapRange(); it.Next(); {
				c.SetMapIndex(it.Key(), it.Value())
			}
			v.Set(c)
			continue
		}
		c := reflect.MakeSlice(s.typ, v.Len(), v.Len())
		reflect.Copy(c, v)
		v.Set(c)
		if s.inner != nil {
			l := (*list)(at)
			for i := range l.len {
				detach(s.inner, unsafe.Add(l.data, uintptr(i)*s.size))
			}
		}
	}
}
