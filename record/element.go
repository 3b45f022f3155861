package record

import "strings"

// Element gives the number, from 1, of the element of the outermost list that a
// leaf lies in: 2 for address2.postcode. It is 0 for a leaf that is in no list.
func (l Leaf) Element() int {
	if !strings.Contains(l.Field.Path, "[") {
		return 0
	}
	return l.idx[0]
}

// List gives the outermost list that a leaf lies in, with its type: addresses[],
// names[alias]. It is "" for a leaf that is in no list.
func (l Leaf) List() string {
	path, _, found := strings.Cut(l.Field.Path, "]")
	if !found {
		return ""
	}
	return path + "]"
}

// At gives the column in another element of its outermost list.
func (c Column) At(element int) Column {
	c.idx[0] = element
	return c
}
