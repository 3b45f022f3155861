package dedupe

import (
	"math/bits"

	"leds.internal/ledsq/record"
)

// letterSet sums up which letters a text has, so that most pairs of texts that
// are not alike are told without comparing them: bits 0 to 25 say that a letter
// occurs, 26 to 51 that it does so again, 52 to 56 are digits two by two, and the
// bits above count what these leave out. Upper and lower case are one. The set of
// a text outside ASCII says nothing.
type letterSet uint64

const (
	restShift = 57
	restFull  = 127
)

func lettersOf(s string) letterSet {
	var set letterSet
	rest := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		bit := -1
		switch {
		case c >= 0x80:
			return restFull << restShift
		case c >= 'A' && c <= 'Z':
			bit = int(c - 'A')
		case c >= 'a' && c <= 'z':
			bit = int(c - 'a')
		case c >= '0' && c <= '9':
			bit = 52 + int(c-'0')/2
		}
		switch {
		case bit >= 0 && set&(1<<bit) == 0:
			set |= 1 << bit
		case bit >= 0 && bit < 26 && set&(1<<(bit+26)) == 0:
			set |= 1 << (bit + 26)
		default:
			rest++
		}
	}
	return set | letterSet(min(rest, restFull))<<restShift
}

// common bounds from above how many letters two texts share, each counted as
// often as both have it; ok is false when the sets say nothing.
func (s letterSet) common(o letterSet) (n int, ok bool) {
	ra, rb := s>>restShift, o>>restShift
	if ra == restFull || rb == restFull {
		return 0, false
	}
	return bits.OnesCount64(uint64(s&o<<7>>7)) + int(min(ra, rb)), true
}

// mayBeWithin says whether so few edits may lead from a text of la letters to one
// of lb.
func mayBeWithin(a, b letterSet, la, lb, edits int) bool {
	n, ok := a.common(b)
	return !ok || max(la, lb)-n <= edits
}

// mayBeLike says whether the Jaro-Winkler similarity of two texts that begin with
// prefix letters in common, at most 4, may reach a floor above 0.7.
func mayBeLike(a, b letterSet, la, lb, prefix int, floor float64) bool {
	n, ok := a.common(b)
	if !ok || la == 0 || lb == 0 {
		return true
	}
	m := float64(min(n, la, lb))
	jaro := (m/float64(la) + m/float64(lb) + 1) / 3
	return jaro+0.1*float64(prefix)*(1-jaro) >= floor-1e-9
}

// brief is a text's letters, length and first four bytes.
type brief struct {
	letters letterSet
	size    uint32
	head    uint32
}

func briefOf(s string) brief {
	b := brief{letters: lettersOf(s), size: uint32(len(s))}
	for i := range min(len(s), 4) {
		b.head |= uint32(s[i]) << (8 * i)
	}
	return b
}

// mayBeWithin says whether so few edits may lead from one text to the other.
func (b brief) mayBeWithin(o brief, edits int) bool {
	return mayBeWithin(b.letters, o.letters, int(b.size), int(o.size), edits)
}

// mayBeLike says whether the Jaro-Winkler similarity may reach a floor above 0.7.
func (b brief) mayBeLike(o brief, floor float64) bool {
	prefix := min(bits.TrailingZeros32(b.head^o.head)/8, 4)
	return mayBeLike(b.letters, o.letters, int(b.size), int(o.size), prefix, floor)
}

// mayBeSpelt says whether spell may find the texts anything but different.
func (b brief) mayBeSpelt(o brief) bool {
	if b == o {
		return true
	}
	short := min(b.size, o.size)
	return short >= 3 && b.mayBeWithin(o, max(editsFor(int(short)), 1)) || short >= 3 && b.mayBeLike(o, 0.84)
}

// endSet is the first three and last three bytes of a text and its length:
// what is one edit apart agrees on one end.
type endSet uint64

func endsOf(s string) endSet {
	e := endSet(min(len(s), 1<<16-1)) << 48
	if len(s) >= 8 {
		e |= endSet(s[0]) | endSet(s[1])<<8 | endSet(s[2])<<16
		n := len(s)
		e |= endSet(s[n-1])<<24 | endSet(s[n-2])<<32 | endSet(s[n-3])<<40
	}
	return e
}

func (e endSet) len() int { return int(e >> 48) }

// mayBeOneEdit says whether the texts may be one edit apart. A letter may be of
// several bytes, so only lengths that no letter explains rule it out.
func (e endSet) mayBeOneEdit(o endSet) bool {
	if d := e.len() - o.len(); d > 4 || d < -4 {
		return false
	}
	if min(e.len(), o.len()) < 16 && (e|o)&0x808080808080 != 0 || min(e.len(), o.len()) < 8 {
		return true
	}
	x := e ^ o
	return x&0xffffff == 0 || x&0xffffff000000 == 0
}

// dayForm is a date taken apart.
type dayForm struct {
	from, to   record.Day // the first and last day it may be
	digits     uint32     // of an exact day: year, month and day, four bits a digit
	year       int16
	month, day uint8
	exact      bool
}

func dayOf(s string) dayForm {
	d := record.Date(s)
	var f dayForm
	f.from, f.to, _ = d.Interval()
	if f.exact = d.Exact(); f.exact {
		y, _ := d.First()
		f.year, f.month, f.day = int16(y.Year), uint8(y.Month), uint8(y.Day)
		for i := 0; i < len(s); i++ {
			if s[i] != '-' {
				f.digits = f.digits<<4 | uint32(s[i]-'0')
			}
		}
	}
	return f
}

// oneDigit says whether two exact days are the same, or differ in one digit or
// in two neighbouring ones exchanged.
func (f dayForm) oneDigit(o dayForm) bool {
	x := f.digits ^ o.digits
	if x == 0 {
		return true
	}
	low := bits.TrailingZeros32(x) &^ 3
	if x>>low < 16 {
		return true
	}
	// Neighbours stand in one of year, month and day: day 0-1, month 2-3, year 4-7.
	if x>>low >= 256 || low == 4 || low == 12 {
		return false
	}
	a, b := f.digits>>low&255, o.digits>>low&255
	return a>>4 == b&15 && a&15 == b>>4
}
