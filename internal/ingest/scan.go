package ingest

import (
	"bytes"
	"math/bits"
	"strings"
)

// dialect is how a CSV file is written.
type dialect struct {
	delim byte
	eol   byte // '\n' (a '\r' before it belongs to it), or '\r' where the file has no other
}

type scanStatus uint8

const (
	scanOK   scanStatus = iota
	scanMore            // the row may go on beyond the bytes given
	scanBad             // a quote is not closed, or text follows a closing quote
)

// scan finds the end of the row at the beginning of b: the row is b[:end], the
// next one begins at next. A quote opens a cell only as its first character;
// anywhere else it is a character like any other.
func (d dialect) scan(b []byte, atEOF bool) (end, next, cells int, st scanStatus) {
	i := 0
	for cells = 1; ; cells++ {
		if i < len(b) && b[i] == '"' {
			if i, st = d.closing(b, i+1, atEOF); st != scanOK {
				return 0, 0, cells, st
			}
		} else {
			for i < len(b) && b[i] != d.delim && b[i] != d.eol {
				i++
			}
		}
		switch {
		case i == len(b) && !atEOF:
			return 0, 0, cells, scanMore
		case i == len(b):
			return d.trim(b, i), i, cells, scanOK
		case b[i] == d.delim:
			i++
		case b[i] == '\r' && d.eol == '\n': // after a closing quote, before a line feed
			return i, min(i+2, len(b)), cells, scanOK
		default:
			return d.trim(b, i), i + 1, cells, scanOK
		}
	}
}

// closing finds what follows the quoted cell whose content begins at b[i].
func (d dialect) closing(b []byte, i int, atEOF bool) (int, scanStatus) {
	more := scanMore
	if atEOF {
		more = scanBad
	}
	for {
		j := bytes.IndexByte(b[i:], '"')
		if j < 0 {
			return i, more
		}
		i += j + 1
		switch {
		case i == len(b):
			if atEOF {
				return i, scanOK
			}
			return i, scanMore
		case b[i] == '"':
			i++
		case b[i] == d.delim, b[i] == d.eol:
			return i, scanOK
		case b[i] == '\r' && i+1 == len(b):
			if atEOF {
				return i, scanOK
			}
			return i, scanMore
		case b[i] == '\r' && b[i+1] == '\n':
			return i, scanOK
		default:
			return i, scanBad
		}
	}
}

// trim takes the carriage return of a line end off a row.
func (d dialect) trim(b []byte, end int) int {
	if d.eol == '\n' && end > 0 && b[end-1] == '\r' {
		return end - 1
	}
	return end
}

// split cuts a whole row into cells. quoted says whether any cell may be.
func (d dialect) split(row string, quoted bool, cells []string) []string {
	if !quoted {
		from, at := 0, 0
		for all := uint64(d.delim) * low; at+8 <= len(row); at += 8 { // eight bytes at a look
			for hit := zeros(word(row[at:]) ^ all); hit != 0; hit &= hit - 1 {
				i := at + bits.TrailingZeros64(hit)/8
				cells = append(cells, row[from:i])
				from = i + 1
			}
		}
		for ; at < len(row); at++ {
			if row[at] == d.delim {
				cells = append(cells, row[from:at])
				from = at + 1
			}
		}
		return append(cells, row[from:])
	}
	for {
		if row != "" && row[0] == '"' {
			text, rest, more := d.unquote(row)
			cells = append(cells, text)
			if row = rest; !more {
				return cells
			}
			continue
		}
		i := strings.IndexByte(row, d.delim)
		if i < 0 {
			return append(cells, row)
		}
		cells = append(cells, row[:i])
		row = row[i+1:]
	}
}

const low, high = 0x0101010101010101, 0x8080808080808080

// word gives the first eight bytes of s, the first one lowest.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// zeros marks the high bit of each byte that is 0, of no other.
func zeros(w uint64) uint64 { return ^((w&^high + ^uint64(high)) | w | ^uint64(high)) }

// bareQuote says whether a cell that is not quoted has a quote in it.
func (d dialect) bareQuote(row string) bool {
	for row != "" {
		if row[0] == '"' {
			_, row, _ = d.unquote(row)
			continue
		}
		cell, rest, _ := strings.Cut(row, string(rune(d.delim)))
		if strings.IndexByte(cell, '"') >= 0 {
			return true
		}
		row = rest
	}
	return false
}

// unquote takes a quoted cell off a row that scan found to be well formed.
func (d dialect) unquote(row string) (text, rest string, more bool) {
	doubled := false
	for i := 1; i < len(row); i++ {
		if row[i] != '"' {
			continue
		}
		if i+1 < len(row) && row[i+1] == '"' {
			doubled = true
			i++
			continue
		}
		text = row[1:i]
		if doubled {
			text = strings.ReplaceAll(text, `""`, `"`)
		}
		if i+1 < len(row) {
			return text, row[i+2:], true
		}
		return text, "", false
	}
	return row[1:], "", false // not reached after scan
}
