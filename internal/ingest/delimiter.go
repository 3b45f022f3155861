package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// candidates are the delimiters looked for, the likeliest first.
const candidates = ",;\t|"

// findDialect tells line end and, unless it is given, delimiter from the first
// part of a file.
func findDialect(s *source, given rune) dialect {
	d := dialect{delim: ',', eol: lineEnd(s.window)}
	if given != 0 {
		d.delim = byte(given)
		return d
	}
	best := -1
	for i := 0; i < len(candidates); i++ {
		try := dialect{candidates[i], d.eol}
		if n := try.likely(s.window, s.whole); n > best {
			best, d.delim = n, try.delim
		}
	}
	return d
}

// lineEnd gives '\r' for a file that has carriage returns and, outside quotes,
// no line feed.
func lineEnd(b []byte) byte {
	quoted, cr := false, false
	for _, c := range b {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\n' && !quoted:
			return '\n'
		case c == '\r':
			cr = true
		}
	}
	if cr && !bytes.HasSuffix(b, []byte{'\r'}) || bytes.Count(b, []byte{'\r'}) > 1 {
		return '\r'
	}
	return '\n'
}

// likely judges a dialect: well-known names in the header count most, then
// rows of the width of the header, then its width.
func (d dialect) likely(b []byte, whole bool) int {
	const look = 30
	width, known, same, rows := 0, 0, 0, 0
	for len(b) > 0 && rows < look {
		end, next, cells, st := d.scan(b, whole)
		if st == scanMore {
			break
		}
		if st == scanBad {
			if i := bytes.IndexByte(b, d.eol); i >= 0 && rows > 0 {
				b = b[i+1:]
				rows++
				continue
			}
			break
		}
		row := string(b[:end])
		b = b[next:]
		switch {
		case end == 0:
			continue
		case width == 0:
			if width = cells; width == 1 {
				return 0
			}
			for _, name := range d.split(row, true, nil) {
				if wellKnown(name) {
					known++
				}
			}
		case cells == width:
			same++
		}
		rows++
	}
	return known*1_000_000 + same*1_000 + min(width, 999)
}

// header is the first row of a CSV file.
type header struct {
	names []string
	min   int // cells a row must have: names left empty at the end need none
	lines int // lines up to the first row of data
	bytes int // bytes up to it
}

func readHeader(s *source, d *dialect, o Options) (h header, err error) {
	b := s.window
	for {
		line, after, ok := bytes.Cut(b[h.bytes:], []byte{d.eol})
		if !ok {
			break
		}
		line = bytes.TrimSuffix(line, []byte{'\r'})
		// Excel names its delimiter in a line of its own: sep=;
		names := len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") && line[4] != '"' && line[4] < utf8.RuneSelf
		if len(line) > 0 && (!names || o.Delimiter != 0) {
			break
		}
		if names {
			d.delim = line[4]
			o.Delimiter = rune(d.delim)
		}
		h.bytes = len(b) - len(after)
		h.lines++
	}
	rest := b[h.bytes:]
	end, next, _, st := d.scan(rest, s.whole)
	switch {
	case st == scanMore:
		return h, fmt.Errorf("the header is longer than %d bytes, or a quote in it is not closed: is this a CSV file?", windowSize)
	case st == scanBad:
		return h, errors.New("the header has a quote that is not closed")
	case bytes.IndexByte(rest[:end], 0) >= 0:
		return h, errors.New("the header has a NUL byte in it: this is not a CSV file")
	}
	h.names = d.split(string(rest[:end]), true, nil)
	if len(h.names) > o.MaxColumns {
		return h, fmt.Errorf("the header has %d columns, more than the limit of %d", len(h.names), o.MaxColumns)
	}
	h.lines += 1 + bytes.Count(rest[:end], []byte{d.eol})
	h.bytes += next
	return h, h.clean(s.ansi)
}

// clean decodes the names, names those left empty, and refuses two the same.
func (h *header) clean(ansi bool) error {
	at := map[string]int{}
	for i, name := range h.names {
		if !isASCII(name) && (ansi || !utf8.ValidString(name)) {
			name = fromANSI(name)
		}
		name = strings.TrimSpace(name)
		if h.names[i] = name; name == "" {
			continue
		}
		if j, dup := at[name]; dup {
			called := "have the same name"
			if wellKnown(name) { // anything else may be a value of a file without a header
				called = fmt.Sprintf("are both called %q", name)
			}
			return fmt.Errorf("columns %d and %d %s: rename one of them", j+1, i+1, called)
		}
		at[name] = i
		h.min = i + 1
	}
	if h.min == 0 {
		return errors.New("the header has no column names")
	}
	for i, name := range h.names {
		if name == "" {
			name = fmt.Sprintf("column%d", i+1)
			for _, taken := at[name]; taken; _, taken = at[name] {
				name += "_"
			}
			h.names[i], at[name] = name, i
		}
	}
	return nil
}
