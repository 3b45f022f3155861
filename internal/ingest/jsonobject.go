package ingest

import (
	"bytes"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// lenient takes all that encoding/json takes; exact refuses what a record has
// no place for, or would hold once where the text has it twice.
var (
	lenient = jsonv2.JoinOptions(
		jsontext.AllowInvalidUTF8(true), // half of a surrogate pair
		jsontext.AllowDuplicateNames(true),
		jsonv2.MatchCaseInsensitiveNames(true),
		jsonv1.MatchCaseSensitiveDelimiter(true),
		jsonv1.MergeWithLegacySemantics(true),
	)
	exact = jsonv2.JoinOptions(lenient, jsontext.AllowDuplicateNames(false), jsonv2.RejectUnknownMembers(true))
)

// jsonObject reads the members of one object after another.
type jsonObject struct {
	all  []member
	text *jsontext.Decoder
	in   bytes.Buffer
	keys map[string]*jsonKey
	row  int
}

type member struct {
	key   *jsonKey
	value []byte // as it is written
	again bool   // the object had the key before
}

// jsonKey is a key, and what was found out about it when it was first met.
type jsonKey struct {
	name string
	row  int // in which it was last
	use  keyUse
}

// members reads the text of one object into all, and says whether it is one.
// all holds until the next call, its values as long as b does. Of more members
// than most it reads one beyond that.
func (o *jsonObject) members(b []byte, most int) bool {
	o.row++
	if len(o.keys) > most { // hostile input has no end of them
		o.keys = nil
	}
	o.all, o.in = o.all[:0], *bytes.NewBuffer(b)
	if o.text == nil {
		o.text = jsontext.NewDecoder(&o.in, lenient)
	} else {
		o.text.Reset(&o.in, lenient)
	}
	if start, err := o.text.ReadToken(); err != nil || start.Kind() != '{' {
		return false
	}
	for o.text.PeekKind() != '}' {
		key, err := o.text.ReadValue()
		if err != nil {
			return false
		}
		var m member
		if len(o.all) <= most {
			m.key = o.key(key)
			m.again = m.key.row == o.row
			m.key.row = o.row
		}
		value, err := o.text.ReadValue()
		if err != nil {
			return false
		}
		if m.key != nil {
			end := int(o.text.InputOffset())
			m.value = b[end-len(value) : end]
			o.all = append(o.all, m)
		}
	}
	_, err := o.text.ReadToken()
	return err == nil && int(o.text.InputOffset()) == len(b)
}

// key gives the key that is written as raw; one met before costs no memory.
func (o *jsonObject) key(raw []byte) *jsonKey {
	name := raw[1 : len(raw)-1]
	if bytes.IndexByte(name, '\\') >= 0 {
		name = []byte(text(raw))
	}
	key, ok := o.keys[string(name)]
	if !ok {
		key = &jsonKey{name: string(name)}
		put(&o.keys, key.name, key)
	}
	return key
}

func appendMember(b []byte, m member) []byte {
	b, _ = jsontext.AppendQuote(b, m.key.name) // an error is a bad letter, which it replaces
	return append(append(b, ':'), m.value...)
}

// text gives a JSON scalar as text: a string without its quotes, a number as
// it is written, null as nothing.
func text(raw []byte) string {
	switch {
	case raw[0] != '"':
		if string(raw) == "null" {
			return ""
		}
		return string(raw)
	case bytes.IndexByte(raw, '\\') < 0:
		return string(raw[1 : len(raw)-1])
	}
	s, _ := jsontext.AppendUnquote(nil, raw) // valid, or it would not have come here, but for half of a surrogate pair
	return string(s)
}
