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

// userBrief is that of the user of an email.
func (f form) userBrief() brief { return f.c.users.of(f) }

// ends are the first and last three bytes of the text, and its length.
func (f form) ends() endSet { return f.c.ends.of(f) }

// day is the text read as a date.
func (f form) day() dayForm { return f.c.days.of(f) }

// districtBrief is that of the district of a postcode.
func (f form) districtBrief() brief { return f.c.districts.of(f) }

// line is the text taken apart into words.
func (f form) line() lineForm { return f.c.lines.of(f) }

// linked says whether two names of a column may stand for one another.
func linked(a, b form) bool { return slices.Contains(a.c.links.of(a), b.id) }

// forms is what is derived from the values of a column.
type forms struct {
	plains      derived[string]
	briefs      derived[brief]
	plainBriefs derived[brief]
	users       derived[brief]
	districts   derived[brief]
	sounds      derived[[4]byte]
	ends        derived[endSet]
	days        derived[dayForm]
	links       derived[[]uint32]
	lines       derived[lineForm]
	lexicon     []word // of lines
}

func newForms() *forms {
	return &forms{
		plains:      derived[string]{derive: each(joined)},
		briefs:      derived[brief]{derive: each(briefOf)},
		plainBriefs: derived[brief]{derive: each(func(s string) brief { return briefOf(joined(s)) })},
		users:       derived[brief]{derive: each(func(s string) brief { return briefOf(user(s)) })},
		districts:   derived[brief]{derive: each(func(s string) brief { return briefOf(district(s)) })},
		sounds: derived[[4]byte]{derive: each(func(s string) (code [4]byte) {
			copy(code[:], similarity.Soundex(joined(s)))
			return code
		})},
		ends:  derived[endSet]{derive: each(endsOf)},
		days:  derived[dayForm]{derive: each(dayOf)},
		links: derived[[]uint32]{derive: nameLinks},
		lines: derived[lineForm]{derive: splitLines},
	}
}

// derived is one thing derived from each value of a column, by value id.
type derived[T any] struct {
	derive func(c *column) []T
	ready  atomic.Bool
	mu     sync.Mutex
	values []T
}

func (d *derived[T]) of(f form) T {
	if !d.ready.Load() {
		d.fill(f.c)
	}
	return d.values[f.id]
}

func (d *derived[T]) fill(c *column) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.ready.Load() {
		d.values = d.derive(c)
		d.ready.Store(true)
	}
}

// each derives from every text alone.
func each[T any](of func(text string) T) func(c *column) []T {
	return func(c *column) []T {
		out := make([]T, len(c.text))
		for id, text := range c.text {
			out[id] = of(text)
		}
		return out
	}
}

// nameLinks gives for each name those other values of the column that it is
// linked with (see normalise.NameLink).
func nameLinks(c *column) [][]uint32 {
	out := make([][]uint32, len(c.text))
	for id, text := range c.text {
		for _, l := range normalise.Nicknames(text) {
			if other, ok := c.find(l.Name); ok && other != uint32(id) && !slices.Contains(out[id], other) {
				out[id] = append(out[id], other)
			}
		}
	}
	return out
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

func splitLines(c *column) []lineForm {
	out := make([]lineForm, len(c.text))
	var arena []uint32
	known := map[string]uint32{}
	for id, text := range c.text {
		from, size, digits := len(arena), len(text), uint32(0)
		for w := range strings.SplitSeq(text, " ") {
			n, seen := known[w]
			if !seen {
				n = uint32(len(c.lexicon))
				known[w] = n
				c.lexicon = append(c.lexicon, word{w, lettersOf(w), numeric(w)})
			}
			if len(arena) == cap(arena) { // a full piece stays with those who point to it
				grown := make([]uint32, len(arena)-from, max(1<<16, 2*(len(arena)-from+1)))
				copy(grown, arena[from:])
				arena, from = grown, 0
			}
			arena = append(arena, n)
			size--
		}
		for i := 0; i < len(text); i++ {
			if digit(text[i]) {
				digits = (digits ^ uint32(text[i])) * 16777619
			}
		}
		out[id] = lineForm{arena[from:len(arena):len(arena)], lettersOf(text), int32(size + 1), digits}
	}
	return out
}
