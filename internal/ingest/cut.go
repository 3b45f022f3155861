package ingest

import (
	"bytes"
	"io"
)

// The reasons of the cutter.
const (
	badQuote = `a quoted cell is not closed, or text follows its closing quote: double the quotes inside it, or take them out`
	tooLong  = "the row is longer than the limit: is a line end missing?"
)

// pieceSize is about how many bytes of rows are worked on at a time.
const pieceSize = 16 << 10

// cutter cuts CSV text into rows. A row that can't be read ends at the first
// line end after its beginning, so that it takes none of the next with it.
type cutter struct {
	dialect
	r        io.Reader
	min, max int // cells of a good row
	limit    int // bytes of a good row
	rest     []byte
	number   int // of the last row given out
	line     int // line on which rest begins
	skipping bool
	err      error
}

// cut fills p with rows. At the end of the file, or at an error, it may give
// rows and the error together.
func (c *cutter) cut(p *piece) error {
	p.data = append(p.data[:0], c.rest...)
	c.rest = c.rest[:0]
	for want := pieceSize; ; {
		p.data, c.err = fill(c.r, p.data, want)
		used := c.rows(p)
		if len(p.rows) > 0 || c.err != nil {
			c.rest = append(c.rest, p.data[used:]...)
			return c.err
		}
		p.data = append(p.data[:0], p.data[used:]...)
		want = max(pieceSize, 2*len(p.data)) // a row longer than the piece
	}
}

// fill reads until data holds want bytes or the input ends.
func fill(r io.Reader, data []byte, want int) ([]byte, error) {
	for len(data) < want {
		if cap(data) < want {
			data = append(make([]byte, 0, want+want/8), data...)
		}
		n, err := r.Read(data[len(data):want])
		data = data[:len(data)+n]
		if err != nil {
			return data, err
		}
	}
	return data, nil
}

// rows finds the rows in p.data and says how many bytes they take up.
func (c *cutter) rows(p *piece) (used int) {
	atEOF := c.err == io.EOF
	for used < len(p.data) {
		b := p.data[used:]
		line, next, ok := c.physical(b, atEOF)
		if c.skipping { // the tail of a line longer than the limit
			if !ok {
				return len(p.data)
			}
			used += next
			c.line++
			c.skipping = false
			continue
		}
		if !ok {
			if len(b) > c.limit {
				c.bad(p, used, used, tooLong)
				c.skipping = true
				return len(p.data)
			}
			return used
		}
		n, done := c.row(p, used, line, next, atEOF)
		if !done {
			return used
		}
		used += n
	}
	return used
}

// physical finds the end of the line b begins with.
func (c *cutter) physical(b []byte, atEOF bool) (end, next int, ok bool) {
	i := bytes.IndexByte(b, c.eol)
	if i < 0 {
		return c.trim(b, len(b)), len(b), atEOF
	}
	return c.trim(b, i), i + 1, true
}

// row takes the row at p.data[at:], whose first line is line bytes long and
// followed by the next. It gives the bytes taken; done is false when the row
// may go on beyond the data.
func (c *cutter) row(p *piece, at, line, next int, atEOF bool) (n int, done bool) {
	b := p.data[at:]
	if bytes.IndexByte(b[:line], '"') < 0 {
		switch {
		case line > c.limit:
			c.bad(p, at, at+line, tooLong)
		case line == 0:
			c.line++
			return next, true
		default:
			c.good(p, at, at+line, false)
		}
		c.line++
		return next, true
	}
	window := b
	if len(b) > c.limit+2 {
		window, atEOF = b[:c.limit+2], false
	}
	end, after, cells, st := c.scan(window, atEOF)
	switch {
	case st == scanMore && len(b) <= c.limit+2:
		return 0, false
	case st != scanOK:
		c.bad(p, at, at+line, badQuote)
		c.line++
		return next, true
	case after > next && (c.bareQuote(string(b[:end])) || (cells < c.min || cells > c.max) && c.standsAlone(b[next:after])):
		// A quote left open that a later one happened to close: rows are inside.
		c.bad(p, at, at+line, badQuote)
		c.line++
		return next, true
	}
	c.good(p, at, at+end, true)
	c.line += 1 + bytes.Count(b[:end], []byte{c.eol})
	return after, true
}

// standsAlone says whether one of the lines is a row of the right width by itself.
func (c *cutter) standsAlone(lines []byte) bool {
	for len(lines) > 0 {
		line, next, _ := c.physical(lines, true)
		if _, _, cells, st := c.scan(lines[:line], true); st == scanOK && cells >= max(c.min, 2) && cells <= c.max {
			return true
		}
		lines = lines[next:]
	}
	return false
}

func (c *cutter) good(p *piece, start, end int, quoted bool) {
	c.number++
	p.rows = append(p.rows, span{start: start, end: end, number: c.number, line: c.line, quoted: quoted})
}

func (c *cutter) bad(p *piece, start, end int, why string) {
	c.number++
	p.rows = append(p.rows, span{start: start, end: end, number: c.number, line: c.line, bad: why})
}
