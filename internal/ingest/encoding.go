package ingest

import (
	"bufio"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// ansiHigh holds what Windows-1252 has at 0x80 to 0x9f. The five places that
// code page leaves open are control characters, as in the WHATWG Encoding
// Standard: https://encoding.spec.whatwg.org/index-windows-1252.txt
var ansiHigh = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

// fromANSI reads text as Windows-1252. No byte is without a meaning.
func fromANSI(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0x80:
			b.WriteByte(c)
		case c < 0xa0:
			b.WriteRune(ansiHigh[c-0x80])
		default:
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plainBytes says whether b is ASCII without a NUL.
func plainBytes(b []byte) bool {
	for ; len(b) >= 8; b = b[8:] {
		// Of bytes below 0x80, only 0 less 1 has the high bit set.
		if w := binary.LittleEndian.Uint64(b); w&high != 0 || (w-low)&high != 0 {
			return false
		}
	}
	for _, c := range b {
		if c == 0 || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// utf16Reader gives UTF-16 as UTF-8.
type utf16Reader struct {
	r    *bufio.Reader
	big  bool
	high rune   // a high surrogate waiting for its other half
	rest []byte // decoded, not yet given out
	out  []byte
	err  error
}

func newUTF16(r *bufio.Reader, big bool) *utf16Reader { return &utf16Reader{r: r, big: big} }

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.rest) == 0 && u.err == nil {
		u.fill()
	}
	if len(u.rest) == 0 {
		return 0, u.err
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

func (u *utf16Reader) fill() {
	var in [4096]byte
	n, err := io.ReadFull(u.r, in[:])
	if u.err = err; err == io.ErrUnexpectedEOF {
		u.err = io.EOF
	}
	u.out = u.out[:0]
	for i := 0; i+1 < n; i += 2 {
		c := rune(in[i]) | rune(in[i+1])<<8
		if u.big {
			c = rune(in[i])<<8 | rune(in[i+1])
		}
		u.unit(c)
	}
	if n%2 == 1 { // half a character at the very end
		u.out = utf8.AppendRune(u.out, utf8.RuneError)
	}
	if u.err != nil && u.high != 0 {
		u.out, u.high = utf8.AppendRune(u.out, utf8.RuneError), 0
	}
	u.rest = u.out
}

func (u *utf16Reader) unit(c rune) {
	if u.high != 0 {
		r := utf16.DecodeRune(u.high, c)
		u.high = 0
		u.out = utf8.AppendRune(u.out, r)
		if r != utf8.RuneError {
			return
		}
	}
	if c >= 0xd800 && c < 0xdc00 {
		u.high = c
		return
	}
	u.out = utf8.AppendRune(u.out, c) // a lone low surrogate becomes U+FFFD
}
