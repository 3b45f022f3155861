package normalise

import "leds.internal/ledsq/record"

// Undo takes changes back: for each, the last first, the field gets the text it
// had. The changes must be those that Record returned for this record, with no
// change to it since. List elements that Record added, such as an alias found
// in a name field, are dropped, and with them any that hold nothing.
func Undo(r record.Record, cs []Change) {
	added := false
	for i := len(cs) - 1; i >= 0; i-- {
		c := &cs[i]
		if c.From == c.To {
			continue
		}
		if column, ok := record.FindColumn(r.Kind(), c.Field); ok {
			column.Set(r, c.From)
			added = added || c.From == ""
		}
	}
	if added {
		record.Compact(r)
	}
}
