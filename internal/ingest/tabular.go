package ingest

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// The first bytes of files that are not text.
const (
	zipMagic     = "PK\x03\x04"
	parquetMagic = "PAR1"
	oleMagic     = "\xd0\xcf\x11\xe0"
)

// SizedReaderAt is what Parquet and Excel are read from: their tables of
// contents stand at the end. NewReader copies any other reader to a temporary
// file first.
type SizedReaderAt interface {
	io.ReaderAt
	Size() int64
}

// openTabular opens a file that is not text by its first bytes; it gives nil
// where they are those of text. text reads the whole of r in either case.
func openTabular(name string, r io.Reader, o Options) (f *tabular, text io.Reader, err error) {
	in := bufio.NewReaderSize(r, windowSize)
	head, err := in.Peek(4)
	if err != nil && err != io.EOF {
		return nil, nil, fmt.Errorf("can't be read: %w", err)
	}
	var open func(io.ReaderAt, int64, Options) (rows, error)
	switch string(head) {
	case zipMagic:
		open = openExcel
	case parquetMagic:
		open = openParquet
	case oleMagic:
		return nil, nil, errors.New("is an old Excel workbook (.xls) or one with a password: save it as .xlsx without a password")
	default:
		return nil, in, nil
	}
	at, size, closer, err := randomAccess(r, in, o)
	if err != nil {
		return nil, nil, err
	}
	f, err = newTabular(name, at, size, o, open)
	if err != nil {
		_ = closer.Close()
		return nil, nil, err
	}
	f.closers = append(f.closers, closer)
	return f, nil, nil
}

// randomAccess gives a file to be read in any order; what is a stream is copied
// to a temporary file that nobody else may read.
func randomAccess(r io.Reader, in *bufio.Reader, o Options) (io.ReaderAt, int64, io.Closer, error) {
	switch f := r.(type) {
	case SizedReaderAt:
		if f.Size() > 0 {
			return f, f.Size(), io.NopCloser(nil), nil
		}
	case *os.File:
		if st, err := f.Stat(); err == nil && st.Mode().IsRegular() {
			return f, st.Size(), io.NopCloser(nil), nil
		}
	}
	f, err := os.CreateTemp("", "ledsq-*.input")
	if err != nil {
		return nil, 0, nil, fmt.Errorf("can't be copied to a temporary file, as Parquet and Excel need it: %w", err)
	}
	temp := &tempFile{f}
	size, err := io.Copy(f, io.LimitReader(in, o.MaxDecompressed+1))
	if err == nil && size > o.MaxDecompressed {
		err = fmt.Errorf("is longer than the limit of %d bytes", o.MaxDecompressed)
	}
	if err != nil {
		_ = temp.Close()
		return nil, 0, nil, fmt.Errorf("can't be read: %w", err)
	}
	return f, size, temp, nil
}

// tempFile is removed when it is closed.
type tempFile struct{ *os.File }

func (t *tempFile) Close() error { return errors.Join(t.File.Close(), os.Remove(t.Name())) }

// rows is a table of cells, read from its first row to its last by one goroutine.
type rows interface {
	// columns gives the names of the columns, and notes for people.
	columns() (names, notes []string)
	// next appends the cells of the next row to cells and gives its number, as
	// people count it; io.EOF comes after the last. What is wrong with the row
	// alone is given as bad, with the number of its column, -1 for none.
	next(cells []string) (_ []string, number int, bad string, column int, err error)
	// unit is what number counts.
	unit() string
	io.Closer
}

// tabular is the format of files that are tables already: cells are not cut out
// of text but given one by one.
type tabular struct {
	name    string
	rows    rows
	names   []string
	opts    Options
	plan    *plan
	cells   []string
	size    int64 // of the file
	given   int64 // bytes of cells so far
	closers []io.Closer
}

func newTabular(name string, at io.ReaderAt, size int64, o Options, open func(io.ReaderAt, int64, Options) (rows, error)) (*tabular, error) {
	t := &tabular{name: name, size: size, opts: o}
	err := sheltered(func() (err error) { t.rows, err = open(at, size, o); return err })
	if err != nil {
		return nil, err
	}
	t.closers = []io.Closer{t.rows}
	names, notes := t.rows.columns()
	h := header{names: names}
	if len(names) > o.MaxColumns {
		err = fmt.Errorf("the header has %d columns, more than the limit of %d", len(names), o.MaxColumns)
	} else if err = h.clean(false); err == nil {
		t.names = h.names
		t.plan, err = makePlan(h.names, nil, func() [][]string { return headOf(open, at, size, o) }, o)
	}
	if err != nil {
		_ = t.rows.Close()
		return nil, err
	}
	t.plan.notes = append(notes, t.plan.notes...)
	return t, nil
}

// headOf gives the cells of the first rows of a table, read on its own.
func headOf(open func(io.ReaderAt, int64, Options) (rows, error), at io.ReaderAt, size int64, o Options) (out [][]string) {
	const look = 500
	_ = sheltered(func() error { // what is wrong is said when the rows are read
		r, err := open(at, size, o)
		if err != nil {
			return err
		}
		defer func() { _ = r.Close() }()
		for len(out) < look {
			cells, _, bad, _, err := r.next(nil)
			if err != nil {
				return err
			}
			if bad == "" {
				out = append(out, cells)
			}
		}
		return nil
	})
	return out
}

// sheltered turns a panic of a library over a damaged or hostile file into an error.
func sheltered(f func() error) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = errors.New("the file is damaged: its parts contradict each other")
		}
	}()
	return f()
}

// Close closes the table and what it is read from, once.
func (t *tabular) Close() error {
	var err error
	for _, c := range t.closers {
		err = errors.Join(err, c.Close())
	}
	t.closers = nil
	return err
}

// cut packs rows into p: for each cell its length, then its text.
func (t *tabular) cut(p *piece) error {
	p.data = p.data[:0]
	return sheltered(func() error {
		for len(p.data) < pieceSize {
			cells, number, bad, column, err := t.rows.next(t.cells[:0])
			t.cells = cells
			if err != nil {
				return err
			}
			s := span{start: len(p.data), number: number, line: number}
			if bad == "" {
				bad, column = t.fault(cells)
			}
			switch {
			case bad == "":
				for _, c := range cells {
					p.data = binary.AppendUvarint(p.data, uint64(len(c)))
					p.data = append(p.data, c...)
				}
			case column >= 0 && column < len(t.names): // the parser finds the column by it
				s.bad = bad
				p.data = append(p.data, t.names[column]...)
			default:
				s.bad = bad
			}
			s.end = len(p.data)
			p.rows = append(p.rows, s)
			switch t.given += int64(s.end - s.start); {
			case t.given > t.opts.MaxDecompressed:
				return fmt.Errorf("unpacks to more than the limit of %d bytes: unpack it by hand if it is to be trusted", t.opts.MaxDecompressed)
			case t.given > ratioFrom && t.given/max(t.size, 1) > int64(t.opts.MaxRatio):
				return fmt.Errorf("unpacks to more than %d times its size, as no file of records does: unpack it by hand if it is to be trusted", t.opts.MaxRatio)
			}
		}
		return nil
	})
}

// fault says what is wrong with the cells of a row.
func (t *tabular) fault(cells []string) (bad string, column int) {
	whole := 0
	for i, c := range cells {
		whole += len(c)
		switch {
		case len(c) > t.opts.MaxField:
			return fmt.Sprintf("is longer than the limit of %d bytes", t.opts.MaxField), i
		case i >= len(t.names) && !blank(c):
			return fmt.Sprintf("has a value in column %d, where the header has %d columns", i+1, len(t.names)), -1
		case strings.IndexByte(c, 0) >= 0:
			return "has a NUL byte in it: the file is damaged, or not text", i
		case !isASCII(c) && !utf8.ValidString(c):
			return "is not text: it holds bytes that are not UTF-8", i
		}
	}
	if whole > t.opts.MaxRow {
		return tooLong, -1
	}
	return "", -1
}

func (t *tabular) parser() parser {
	return &tabularParser{t: t, build: builder{plan: t.plan, set: make([]bool, len(t.plan.setters))}}
}

// tabularParser turns packed rows into records.
type tabularParser struct {
	t     *tabular
	cells []string
	build builder
	count tally
	texts *Texts // the row at hand, where rows are read as texts
}

func (c *tabularParser) tally() *tally { return &c.count }

func (c *tabularParser) readTexts() { c.texts = &Texts{build: &c.build} }

func (c *tabularParser) parse(p *piece, s span) Row {
	row := Row{File: c.t.name, Number: s.number, Line: s.line}
	text := string(p.data[s.start:s.end])
	if s.bad != "" {
		row.Err = &RowError{File: row.File, Row: row.Number, Column: text, Reason: s.bad, unit: c.t.rows.unit()}
		return row
	}
	c.cells = c.cells[:0]
	for at := s.start; at < s.end; {
		n, k := binary.Uvarint(p.data[at:s.end])
		at += k
		from := at - s.start
		c.cells = append(c.cells, text[from:from+int(n)])
		at += int(n)
	}
	for i, tri := range c.t.plan.tri {
		if tri && i < len(c.cells) {
			switch c.cells[i] { // as Excel and Parquet write a truth value
			case "TRUE", "FALSE", "true", "false":
				c.cells[i] = yesNo(strings.ToLower(c.cells[i]))
			}
		}
	}
	c.texts.give(&row, &c.build, c.cells)
	return row
}
