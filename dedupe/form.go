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

// letters says which letters the text has.
func (f form) letters() letterSet { return f.c.letters.of(f) }

// userLetters says which letters the user of an email has.
func (f form) userLetters() letterSet { return f.c.users.of(f) }

// ends are the first and last three bytes of the text, and its length.
func (f form) ends() endSet { return f.c.ends.of(f) }

// day is the text read as a date.
func (f form) day() dayForm { return f.c.days.of(f) }

// words are the words of the text: the same number for the same word of a column.
func (f form) words() []uint32 { return f.c.words.of(f) }

// size is how long the text is without the spaces between its words.
func (f form) size() int { return len(f.text()) - len(f.words()) + 1 }

// linked says whether two names of a column may stand for one another.
func linked(a, b form) bool { return slices.Contains(a.c.links.of(a), b.id) }

// forms is what is derived from the values of a column.
type forms struct {
	plains  derived[string]
	users   derived[letterSet]
	sounds  derived[[4]byte]
	letters derived[letterSet]
	ends    derived[endSet]
	days    derived[dayForm]
	links   derived[[]uint32]
	words   derived[[]uint32]
	lexicon lexicon // of words
}

func newForms() *forms {
	return &forms{
		sounds: derived[[4]byte]{derive: each(func(s string) (code [4]byte) {
			copy(code[:], similarity.Soundex(joined(s)))
			return code
		})},
		plains:  derived[string]{derive: each(joined)},
		users:   derived[letterSet]{derive: each(func(s string) letterSet { return lettersOf(user(s)) })},
		letters: derived[letterSet]{derive: each(lettersOf)},
		ends:    derived[endSet]{derive: each(endsOf)},
		days:    derived[dayForm]{derive: each(dayOf)},
		links:   derived[[]uint32]{derive: nameLinks},
		words:   derived[[]uint32]{derive: splitWords},
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

// lexicon is the distinct words of a column.
type lexicon struct {
	text    []string
	letters []letterSet
	numeric []bool
}

func splitWords(c *column) [][]uint32 {
	out := make([][]uint32, len(c.text))
	var arena []uint32
	known := map[string]uint32{}
	lex := &c.lexicon
	for id, text := range c.text {
		from := len(arena)
		for w := range strings.SplitSeq(text, " ") {
			n, seen := known[w]
			if !seen {
				n = uint32(len(lex.text))
				known[w] = n
				lex.text, lex.letters, lex.numeric = append(lex.text, w), append(lex.letters, lettersOf(w)), append(lex.numeric, numeric(w))
			}
			if len(arena) == cap(arena) { // a full piece stays with those who point to it
				grown := make([]uint32, len(arena)-from, max(1<<16, 2*(len(arena)-from+1)))
				copy(grown, arena[from:])
				arena, from = grown, 0
			}
			arena = append(arena, n)
		}
		out[id] = arena[from:len(arena):len(arena)]
	}
	return out
}
