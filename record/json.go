package record

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// AppendJSON appends the JSON form of a record to b, byte for byte what
// json.Marshal makes of it, at about a tenth of the cost. It is for writing
// files of many records.
func AppendJSON(b []byte, r Record) []byte {
	return appendObject(b, jsonForms[r.Kind()](), addressOf(r))
}

// jsonForm is how a type is written: the tags of the structs, read once. Only
// the types that records are made of are known to it.
type jsonForm struct {
	kind   jsonKind
	typ    reflect.Type
	size   uintptr
	fields []jsonField // of a struct
	elem   *jsonForm   // of a list
}

type jsonKind uint8

const (
	jsonText jsonKind = iota
	jsonNumber
	jsonCode
	jsonStruct
	jsonList
	jsonMap
)

type jsonField struct {
	offset uintptr
	name   string // with quotes and colon
	always bool   // written even when empty
	form   *jsonForm
}

var jsonForms = map[Kind]func() *jsonForm{
	KindPerson:  sync.OnceValue(func() *jsonForm { return formOf(reflect.TypeFor[Person]()) }),
	KindVehicle: sync.OnceValue(func() *jsonForm { return formOf(reflect.TypeFor[Vehicle]()) }),
	KindMissing: sync.OnceValue(func() *jsonForm { return formOf(reflect.TypeFor[MissingPerson]()) }),
}

func formOf(t reflect.Type) *jsonForm {
	f := &jsonForm{typ: t, size: t.Size()}
	switch {
	case t == reflect.TypeFor[Number]():
		f.kind = jsonNumber
	case t == reflect.TypeFor[Code]():
		f.kind = jsonCode
	case t.Implements(reflect.TypeFor[json.Marshaler]()):
		panic(fmt.Sprintf("record: %v writes its own JSON, and AppendJSON does not know how", t))
	case t.Kind() == reflect.String:
		f.kind = jsonText
	case t.Kind() == reflect.Struct:
		f.kind = jsonStruct
		f.fields = fieldsOf(t, 0)
	case t.Kind() == reflect.Slice:
		f.kind, f.elem = jsonList, formOf(t.Elem())
	case t.Kind() == reflect.Map:
		f.kind = jsonMap
	default:
		panic(fmt.Sprintf("record: %v is neither text nor made of text", t))
	}
	return f
}

func fieldsOf(t reflect.Type, base uintptr) (out []jsonField) {
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Anonymous {
			out = append(out, fieldsOf(sf.Type, base+sf.Offset)...)
			continue
		}
		name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
		out = append(out, jsonField{base + sf.Offset, `"` + name + `":`, options == "", formOf(sf.Type)})
	}
	return out
}

// empty is what omitempty and omitzero leave out.
func (f *jsonForm) empty(at unsafe.Pointer) bool {
	switch f.kind {
	case jsonText, jsonNumber, jsonList:
		return *(*int)(unsafe.Add(at, unsafe.Offsetof(list{}.len))) == 0
	case jsonCode:
		return (*Code)(at).IsZero()
	case jsonMap:
		return *(*unsafe.Pointer)(at) == nil || reflect.NewAt(f.typ, at).Elem().Len() == 0
	}
	for i := range f.fields {
		field := &f.fields[i]
		at := unsafe.Add(at, field.offset)
		if k := field.form.kind; k == jsonList || k == jsonMap { // an empty list is not the zero list
			if *(*unsafe.Pointer)(at) != nil {
				return false
			}
		} else if !field.form.empty(at) {
			return false
		}
	}
	return true
}

func (f *jsonForm) append(b []byte, at unsafe.Pointer) []byte {
	switch f.kind {
	case jsonText:
		return appendText(b, *(*string)(at))
	case jsonNumber:
		n := (*Number)(at)
		if text, err := n.MarshalJSON(); err == nil {
			return append(b, text...)
		}
		return appendText(b, string(*n))
	case jsonCode:
		return appendCode(b, (*Code)(at))
	case jsonStruct:
		return appendObject(b, f, at)
	case jsonMap:
		return appendMap(b, reflect.NewAt(f.typ, at).Elem())
	}
	l := (*list)(at)
	b = append(b, '[')
	for i := range l.len {
		if i > 0 {
			b = append(b, ',')
		}
		b = f.elem.append(b, unsafe.Add(l.data, uintptr(i)*f.elem.size))
	}
	return append(b, ']')
}

func appendObject(b []byte, f *jsonForm, base unsafe.Pointer) []byte {
	b = append(b, '{')
	first := true
	for i := range f.fields {
		field := &f.fields[i]
		at := unsafe.Add(base, field.offset)
		if !field.always && field.form.empty(at) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = field.form.append(append(b, field.name...), at)
	}
	return append(b, '}')
}

func appendCode(b []byte, c *Code) []byte {
	if c.Set == "" && c.Version == "" {
		return appendText(b, c.Value)
	}
	sep := byte('{')
	for _, m := range [...][2]string{{`"value":`, c.Value}, {`"codeSet":`, c.Set}, {`"version":`, c.Version}} {
		if m[1] != "" {
			b = appendText(append(append(b, sep), m[0]...), m[1])
			sep = ','
		}
	}
	return append(b, '}')
}

func appendMap(b []byte, m reflect.Value) []byte {
	keys := m.MapKeys()
	slices.SortFunc(keys, func(x, y reflect.Value) int { return cmp.Compare(x.String(), y.String()) })
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, k.String())
		b = appendText(append(b, ':'), m.MapIndex(k).String())
	}
	return append(b, '}')
}

// appendText writes a string. What needs an escape is left to package json.
func appendText(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ', c == '"', c == '\\', c == '<', c == '>', c == '&', c >= utf8.RuneSelf:
			text, err := json.Marshal(s)
			if err != nil { // no string is without a JSON form
				panic("record: " + err.Error())
			}
			return append(b, text...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
