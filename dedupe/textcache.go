package dedupe

import (
	"hash/maphash"
	"strings"
)

// textCache keeps what some thousand typed texts of a field became. Names, dates
// and towns come again and again; a field whose texts hardly do is given up, and
// its values cost no memory here.
type textCache struct {
	slots  [][2]cacheSlot
	looks  int // in this trial
	found  int
	warm   bool // a first trial is over
	closed bool
	buf    []byte // a form, while it is written
}

// cacheSlot is a text that was met. The latest of a place stands first in it.
type cacheSlot struct {
	hash uint64
	text *knownText
}

// knownText is what a typed text became.
type knownText struct {
	typed string
	alone bool // else the whole record must be asked
	first *knownValue
}

// knownValue is a text in the form of an attribute.
type knownValue struct {
	id        uint32 // in the attribute's column, 0 until a record with it was added: for whoever adds
	attribute int
	hash      uint64
	text      string
	next      *knownValue
}

const (
	cachePlaces  = 1 << 10 // small enough to stay near the processor
	cacheTrial   = 1 << 11 // so many looks show whether keeping pays
	cacheMaxText = 64      // bytes: longer ones hardly come again
)

var cacheSeed = maphash.MakeSeed() // where a text lies has no part in any result

func newTextCache() *textCache { return &textCache{} }

// find gives what a text became, nil when it is not known.
func (t *textCache) find(text string) *knownText {
	if t.closed || t.slots == nil {
		return nil
	}
	h := maphash.String(cacheSeed, text)
	place := &t.slots[h%cachePlaces]
	t.looks++
	for i := range place {
		if s := &place[i]; s.hash == h && s.text != nil && s.text.typed == text {
			t.found++
			if i > 0 {
				place[0], place[1] = place[1], place[0]
				s = &place[0]
			}
			return s.text
		}
	}
	return nil
}

// keep takes in what a text became and gives it, nil where it is not kept.
func (t *textCache) keep(text, canonical string, alone bool, forms []attributeForm) *knownText {
	if t.closed || len(text) > cacheMaxText {
		return nil
	}
	switch {
	case t.slots == nil:
		t.slots = make([][2]cacheSlot, cachePlaces)
	case t.looks >= cacheTrial:
		if !t.warm && t.found < cacheTrial/4 || t.warm && t.found < cacheTrial*2/3 {
			t.slots, t.closed = nil, true
			return nil
		}
		t.looks, t.found, t.warm = 0, 0, true
	}
	k := &knownText{typed: strings.Clone(text), alone: alone}
	if alone && canonical != "" {
		for _, f := range forms {
			if t.buf = f.form(t.buf[:0], canonical); len(t.buf) > 0 {
				form := string(t.buf)
				k.first = &knownValue{attribute: f.attribute, hash: fnv64(form), text: form, next: k.first}
			}
		}
	}
	h := maphash.String(cacheSeed, text)
	place := &t.slots[h%cachePlaces]
	place[1] = place[0]
	place[0] = cacheSlot{h, k}
	return k
}
