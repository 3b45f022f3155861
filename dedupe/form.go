package dedupe

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"leds.internal/ledsq/dedupe/internal/similarity"
	"leds.internal/ledsq/normalise"
)

// form is one distinct value of a column. What grading needs of it beside its
// text is derived once for all values of the column, when first asked for.
type form struct {
	c  *column
	id uint32
}

func (f form) text() string { return f.c.text[f.id] }

// plain is the text without spaces.
func (f form) plain() string { return f.c.plains.of(f) }

// sound is the Soundex code of the text without spaces, "" for none.
func (f form) sound() [4]byte { return f.c.sounds.of(f) }

// brief is what tells most texts apart without reading them.
func (f form) brief() brief { return f.c.briefs.of(f) }

// plainBrief is that of the text without spaces.
func (f form) plainBrief() brief { return f.c.plainBriefs.of(f) }

// spaced says whether the text has spaces.
func (f form) spaced() bool { return f.brief().size != f.plainBrief().size }

// userBrief is that of the user of an email.
func (f form) userBrief() brief { return f.c.users.of(f) }

// ends are the first and last three bytes of the text, and its length.
func (f form) ends() endSet { return f.c.ends.of(f) }

// day is the text read as a date.
func (f form) day() dayForm { return f.c.days.of(f) }

// postcode is the text read as a postcode.
func (f form) postcode() postcodeForm { return f.c.postcodes.of(f) }

// line is the text taken apart into words.
func (f form) line() lineForm { return f.c.lines.of(f) }

// linked says whether two names of a column may stand for one another.
func linked(a, b form) bool {
	if b.id < a.id { // a value on loan is in nobody's list but its own
		a, b = b, a
	}
	return slices.Contains(a.c.links.of(a), b.id)
}

// forms is what is derived from the values of a column.
type forms struct {
	plains      derived[string]
	briefs      derived[brief]
	plainBriefs derived[brief]
	users       derived[brief]
	postcodes   derived[postcodeForm]
	sounds      derived[[4]byte]
	ends        derived[endSet]
	days        derived[dayForm]
	links       derived[[]uint32]
	lines       derived[lineForm]
	linked      int               // names whose links others know of
	lexicon     []word            // of lines
	words       map[string]uint32 // places in the lexicon
	arena       []uint32          // of the words of lines
}

func newForms() *forms {
	f := &forms{words: map[string]uint32{}}
	f.plains.derive = ofText(joined)
	f.briefs.derive = ofText(briefOf)
	f.plainBriefs.derive = ofText(func(s string) brief { return briefOf(joined(s)) })
	f.users.derive = ofText(func(s string) brief { return briefOf(user(s)) })
	f.postcodes.derive = ofText(postcodeOf)
	f.sounds.derive = ofText(func(s string) (code [4]byte) {
		copy(code[:], similarity.Soundex(joined(s)))
		return code
	})
	f.ends.derive = ofText(endsOf)
	f.days.derive = ofText(dayOf)
	f.links.derive = nameLinks
	f.lines.derive = splitLine
	return f
}

// all are the derived things, whatever their types.
func (f *forms) all() [10]interface {
	grow(c *column)
	forget(id uint32)
} {
	return [10]interface {
		grow(c *column)
		forget(id uint32)
	}{&f.plains, &f.briefs, &f.plainBriefs, &f.users, &f.postcodes, &f.sounds, &f.ends, &f.days, &f.links, &f.lines}
}

// derived is one thing derived from each value of a column, by value id.
type derived[T any] struct {
	derive func(c *column, id uint32) T
	ready  atomic.Bool
	mu     sync.Mutex
	values []T
	known  []bool // of values on loan: whether theirs is derived yet
}

func (d *derived[T]) of(f form) T {
	if !d.ready.Load() {
		d.fill(f.c)
	}
	if f.id <= f.c.loans && f.id != missing && !d.known[f.id] {
		d.values[f.id], d.known[f.id] = d.derive(f.c, f.id), true
	}
	return d.values[f.id]
}

// all gives what is derived from every value of a column without loans.
func (d *derived[T]) all(c *column) []T {
	if !d.ready.Load() {
		d.fill(c)
	}
	return d.values
}

func (d *derived[T]) fill(c *column) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ready.Load() {
		return
	}
	// Values on loan are read by nobody but who has them.
	d.values, d.known = make([]T, c.loans+1, len(c.text)), make([]bool, c.loans+1)
	if c.loans == 0 {
		d.values[missing] = d.derive(c, missing)
	}
	for id := int(c.loans) + 1; id < len(c.text); id++ {
		d.values = append(d.values, d.derive(c, uint32(id)))
	}
	d.ready.Store(true)
}

// grow derives from the values that came since. Nobody else may use the column
// meanwhile.
func (d *derived[T]) grow(c *column) {
	if !d.ready.Load() {
		return
	}
	for id := len(d.values); id < len(c.text); id++ {
		d.values = append(d.values, d.derive(c, uint32(id)))
	}
}

// forget is for whoever puts another value into one on loan.
func (d *derived[T]) forget(id uint32) {
	if d.ready.Load() {
		d.known[id] = false
	}
}

// ofText derives from a text alone.
func ofText[T any](of func(text string) T) func(*column, uint32) T {
	return func(c *column, id uint32) T { return of(c.text[id]) }
}

// nameLinks gives for a name those other values of the column that it is linked
// with (see normalise.NameLink).
func nameLinks(c *column, id uint32) (out []uint32) {
	for _, l := range normalise.Nicknames(c.text[id]) {
		if other, ok := c.find(l.Name); ok && other != id && !slices.Contains(out, other) {
			out = append(out, other)
		}
	}
	return out
}

// postcodeForm is a postcode taken apart.
type postcodeForm struct {
	plain    brief // without spaces
	district brief
	size     uint32 // with spaces
}

func postcodeOf(s string) postcodeForm {
	return postcodeForm{briefOf(joined(s)), briefOf(district(s)), uint32(len(s))}
}

// lineForm is a text taken apart into words.
type lineForm struct {
	words   []uint32 // places in the column's lexicon
	letters letterSet
	size    int32  // bytes without spaces
	digits  uint32 // a hash of its digits in their order
}

// word is a word of a column.
type word struct {
	text    string
	letters letterSet
	numeric bool
}

// mostLentWords is how many words of a value on loan are looked at.
const mostLentWords = 24

// splitLine takes a text apart. Words that a value on loan brings stand in places
// of their own.
func splitLine(c *column, id uint32) lineForm {
	f, text := c.forms, c.text[id]
	lent := id != missing && id <= c.loans
	from, size, digits := len(f.arena), len(text), uint32(0)
	var own []uint32
	for w := range strings.SplitSeq(text, " ") {
		n, seen := f.words[w]
		switch {
		case lent && len(own) == mostLentWords: // the rest counts as not agreeing
		case lent && !seen:
			n = (id-1)*mostLentWords + uint32(len(own))
			f.lexicon[n] = word{w, lettersOf(w), numeric(w)}
		case !seen:
			n = uint32(len(f.lexicon))
			f.words[w] = n
			f.lexicon = append(f.lexicon, word{w, lettersOf(w), numeric(w)})
		}
		if lent {
			if len(own) < mostLentWords {
				own = append(own, n)
			}
			size--
			continue
		}
		if len(f.arena) == cap(f.arena) { // a full piece stays with those who point to it
			grown := make([]uint32, len(f.arena)-from, max(1<<16, 2*(len(f.arena)-from+1)))
			copy(grown, f.arena[from:])
			f.arena, from = grown, 0
		}
		f.arena = append(f.arena, n)
		size--
	}
	for i := 0; i < len(text); i++ {
		if digit(text[i]) {
			digits = (digits ^ uint32(text[i])) * 16777619
		}
	}
	if !lent {
		own = f.arena[from:len(f.arena):len(f.arena)]
	}
	return lineForm{own, lettersOf(text), int32(size + 1), digits}
}
