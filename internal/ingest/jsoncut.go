package ingest

import (
	"bytes"
	"errors"
	"io"
)

// The reasons of the JSON cutter.
const (
	notObject = "is not one whole JSON object: is it cut off, or spread over several lines?"
	notClosed = "a JSON record is not closed, or is longer than the limit"
	noObject  = "is JSON, but no object: a record is written {…}"
)

// jsonCutter cuts JSON Lines, an array of objects, or objects one after the
// other (values) into rows.
type jsonCutter struct {
	r      io.Reader
	values bool // not one to a line
	array  bool // and between square brackets
	limit  int
	rest   []byte
	number int
	line   int  // on which rest begins
	column int  // and how far into it
	skip   bool // going on to the next line, or the next object no further in than from
	from   int
	closed bool // the array is
	err    error
}

var errNotClosed = errors.New("the JSON array is not closed: the file may be cut off, fetch it again")

func (c *jsonCutter) cut(p *piece) error {
	p.data = append(p.data[:0], c.rest...)
	c.rest = c.rest[:0]
	for want := pieceSize; ; {
		p.data, c.err = fill(c.r, p.data, want)
		used := 0
		for used < len(p.data) {
			n := 0
			if c.values {
				n = c.value(p, used)
			} else {
				n = c.oneLine(p, used)
			}
			if n == 0 {
				break
			}
			used += n
		}
		if len(p.rows) > 0 || c.err != nil {
			c.rest = append(c.rest, p.data[used:]...)
			if c.err == io.EOF && c.array && !c.closed {
				return errNotClosed
			}
			return c.err
		}
		p.data = append(p.data[:0], p.data[used:]...)
		want = max(pieceSize, 2*len(p.data))
	}
}

// oneLine takes the line at p.data[at:] and gives its length, 0 when it may go on.
func (c *jsonCutter) oneLine(p *piece, at int) int {
	b := p.data[at:]
	end := bytes.IndexByte(b, '\n')
	next := end + 1
	if end < 0 {
		if c.err != io.EOF {
			if c.skip {
				return len(b)
			}
			if len(b) > c.limit {
				c.number = c.line
				c.add(p, at, at, tooLong)
				c.skip = true
				return len(b)
			}
			return 0
		}
		end, next = len(b), len(b)
	}
	c.number = c.line
	switch text := bytes.TrimSpace(b[:end]); {
	case c.skip:
		c.skip = false
	case end > c.limit:
		c.add(p, at, at, tooLong)
	case len(text) > 0:
		c.add(p, at, at+end, "")
	}
	c.line++
	return next
}

func (c *jsonCutter) add(p *piece, start, end int, bad string) {
	p.rows = append(p.rows, span{start: start, end: end, number: c.number, line: c.line, bad: bad})
}

// value takes the value at p.data[at:] with what stands before it.
func (c *jsonCutter) value(p *piece, at int) int {
	b := p.data[at:]
	if c.skip {
		if n := c.resume(b); n > 0 {
			return c.pass(b, n)
		}
	}
	if space := len(b) - len(bytes.TrimLeft(b, " \t\r\n")); space > 0 {
		return c.pass(b, space)
	}
	switch first := b[0]; {
	case first == ',':
		return c.pass(b, 1)
	case first == ']' && c.array && !c.closed:
		c.closed = true
		return c.pass(b, 1)
	case first != '{':
		// A value that is no object ends with its line, or at the next comma.
		n := bytes.IndexAny(b[1:], ",\n]") + 1
		if n == 0 {
			if c.err != io.EOF && len(b) <= c.limit {
				return 0
			}
			n = len(b)
		}
		c.number++
		c.add(p, at, at, noObject)
		return c.pass(b, n)
	}
	n := objectEnd(b[:min(len(b), c.limit)])
	if n == 0 && len(b) <= c.limit && c.err == nil {
		return 0
	}
	c.number++
	if n == 0 {
		c.add(p, at, at, notClosed)
		c.skip, c.from = true, c.column
		return c.pass(b, 1)
	}
	c.add(p, at, at+n, "")
	return c.pass(b, n)
}

// pass goes n bytes on.
func (c *jsonCutter) pass(b []byte, n int) int {
	if i := bytes.LastIndexByte(b[:n], '\n'); i >= 0 {
		c.line += bytes.Count(b[:n], []byte{'\n'})
		c.column = n - 1 - i
	} else {
		c.column += n
	}
	return n
}

// resume says how far to go on after a record that is not closed: to the next
// line whose object begins no further in than that record did.
func (c *jsonCutter) resume(b []byte) int {
	for at := 0; ; {
		if at > 0 || c.column == 0 {
			line := b[at:]
			indent := len(line) - len(bytes.TrimLeft(line, " \t,"))
			if indent == len(line) && at > 0 && c.err == nil {
				return at // the rest of the line is still to come
			}
			if indent < len(line) && line[indent] == '{' && indent <= c.from {
				c.skip = false
				return at + indent
			}
		}
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return len(b)
		}
		at += i + 1
	}
}

// objectEnd gives the length of the object b begins with, 0 when it goes on beyond b.
func objectEnd(b []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(b); i++ {
		c := b[i]
		if quoted {
			switch c {
			case '\\':
				i++
			case '"':
				quoted = false
			}
			continue
		}
		switch c {
		case '"':
			quoted = true
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
