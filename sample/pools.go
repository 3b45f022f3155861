package sample

import (
	"embed"
	"strings"
	"sync"
)

//go:embed data
var data embed.FS

// text gives an embedded file, which is there or the package doesn't build.
func text(name string) string {
	b, err := data.ReadFile("data/" + name)
	if err != nil {
		panic("sample: " + name + " is missing")
	}
	return string(b)
}

// rows gives the lines of an embedded file without its header.
func rows(name string) [][]string {
	var out [][]string
	for i, line := range strings.Split(strings.TrimSpace(text(name)), "\n") {
		if i > 0 && line != "" {
			out = append(out, strings.Split(line, ","))
		}
	}
	return out
}

// lines gives the lines of an embedded file that has no header.
func lines(name string) []string { return strings.Split(strings.TrimSpace(text(name)), "\n") }

// pool is a list of names, the common ones first, drawn by Zipf's law.
type pool struct {
	names []string
	slots []uint16 // a name's number in as many slots as its share
}

// newPool gives rank r (from 0) the weight 1/(r+flat): the greater flat, the
// less the first names stand out.
func newPool(names []string, flat float64) pool {
	const slots = 1 << 13
	sum := 0.0
	for i := range names {
		sum += 1 / (float64(i) + flat)
	}
	p := pool{names: names, slots: make([]uint16, 0, slots)}
	run := 0.0
	for i := range names {
		run += 1 / (float64(i) + flat)
		for n := int(run / sum * slots); len(p.slots) < n; {
			p.slots = append(p.slots, uint16(i))
		}
	}
	for len(p.slots) < slots {
		p.slots = append(p.slots, uint16(len(names)-1))
	}
	return p
}

func (p *pool) draw(r *stream) string {
	return p.names[p.slots[r.next()>>51]]
}

// sections reads a file of "key: a, b, c" lines.
func sections(name string) map[string][]string {
	out := map[string][]string{}
	for _, line := range lines(name) {
		k, list, _ := strings.Cut(line, ": ")
		out[k] = strings.Split(list, ", ")
	}
	return out
}

// syllables makes the long tail of rare surnames, place-like, as English ones
// are: a pool alone would make every surname too common in a large file.
var syllables = sync.OnceValue(func() (s struct{ pre, mid, suf []string }) {
	parts := sections("syllables.txt")
	s.pre, s.mid, s.suf = parts["pre"], parts["mid"], parts["suf"]
	for i, m := range s.mid {
		if m == "-" {
			s.mid[i] = ""
		}
	}
	return s
})

func rareSurname(r *stream) string {
	s := syllables()
	return pick(r, s.pre) + pick(r, s.mid) + pick(r, s.suf)
}
