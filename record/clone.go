package record

import "reflect"

// Clone copies a record deeply: changing the copy never changes the original.
func Clone[R Record](r R) R {
	out := reflect.New(reflect.TypeOf(r).Elem())
	out.Elem().Set(reflect.ValueOf(r).Elem())
	detach(out.Elem())
	return out.Interface().(R)
}

// detach gives v lists and maps of its own.
func detach(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			detach(v.Field(i))
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		v.Set(c)
		if v.Type().Elem().Kind() == reflect.Struct {
			for i := range v.Len() {
				detach(v.Index(i))
			}
		}
	case reflect.Map:
		if v.IsNil() {
			return
		}
		c := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := v.MapRange(); it.Next(); {
			c.SetMapIndex(it.Key(), it.Value())
		}
		v.Set(c)
	}
}
