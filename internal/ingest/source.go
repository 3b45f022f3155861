package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// windowSize is how much of a file is looked at to tell delimiter and encoding.
const windowSize = 64 << 10

// source is a file as plain UTF-8 or Windows-1252 bytes, its first part at hand.
type source struct {
	r      *bufio.Reader
	window []byte // the first bytes, not yet taken from r
	whole  bool   // the window is the whole file
	ansi   bool   // Windows-1252 throughout
	notes  []string
}

var errEmpty = errors.New("the file is empty: it needs a header line, or JSON records")

func openSource(r io.Reader, o Options) (*source, error) {
	s := &source{r: bufio.NewReaderSize(r, windowSize)}
	head, err := s.r.Peek(4)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		in := &counted{r: s.r}
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("starts like a gzip file and can't be unpacked: %w", err)
		}
		s.r = bufio.NewReaderSize(&bounded{r: z, in: in, total: o.MaxDecompressed, ratio: int64(o.MaxRatio)}, windowSize)
		if head, err = s.r.Peek(4); err != nil && err != io.EOF {
			return nil, fmt.Errorf("can't be unpacked: %w", err)
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, errors.New("holds a zip archive or an Excel workbook inside gzip: unpack it first")
	case bytes.HasPrefix(head, []byte("PAR1")):
		return nil, errors.New("holds a Parquet file inside gzip: unpack it first")
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		s.r = bufio.NewReaderSize(newUTF16(s.r, head[0] == 0xfe), windowSize)
		s.notes = append(s.notes, "Read as UTF-16.")
	}
	if head, _ = s.r.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		_, _ = s.r.Discard(3)
	}
	// An error that comes later is met again once the rows before it are read.
	s.window, err = s.r.Peek(windowSize)
	switch {
	case err != nil && err != io.EOF && len(bytes.TrimSpace(s.window)) == 0:
		return nil, fmt.Errorf("can't be read: %w", err)
	case len(bytes.TrimSpace(s.window)) == 0 && err == io.EOF:
		return nil, errEmpty
	case err == io.EOF:
		s.whole = true
	}
	if s.ansi = looksANSI(s.window, s.whole); s.ansi {
		s.notes = append(s.notes, "Not UTF-8: read as Windows-1252.")
	}
	return s, nil
}

// looksANSI says whether bytes that are not UTF-8 outnumber the letters that
// are: one bad byte does not turn a UTF-8 file into a Windows-1252 one.
func looksANSI(b []byte, whole bool) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		switch {
		case r != utf8.RuneError || n > 1:
			good++
		case whole || utf8.FullRune(b):
			bad++
		}
		b = b[n:]
	}
	return bad > good
}

// counted counts the compressed bytes read.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// ReadByte keeps gzip from putting another buffer in between.
func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// bounded stops unpacking when too much comes out.
type bounded struct {
	r            io.Reader
	in           *counted
	n            int64
	total, ratio int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.n += int64(n)
	switch {
	case b.n > b.total:
		return 0, fmt.Errorf("the gzip file unpacks to more than the limit of %d bytes: unpack it by hand if it is to be trusted", b.total)
	case b.n > ratioFrom && b.n/max(b.in.n, 1) > b.ratio:
		return 0, fmt.Errorf("the gzip file unpacks to more than %d times its size, as no file of records does: unpack it by hand if it is to be trusted", b.ratio)
	case err == io.ErrUnexpectedEOF:
		err = fmt.Errorf("the gzip file is cut off: fetch it again (%w)", err)
	case err != nil && err != io.EOF:
		err = fmt.Errorf("the gzip file is damaged: fetch it again (%w)", err)
	}
	return n, err
}
