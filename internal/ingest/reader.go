package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"leds.internal/ledsq/record"
)

// Reader reads the records of one file in order. It is for one goroutine.
type Reader struct {
	name  string
	opts  Options
	plan  *plan
	form  format
	tally tally
	own   io.Closer // the file, when Open opened it

	piece  *piece // being given out by Next
	at     int
	parser parser
	err    error // ends reading: io.EOF or worse
}

// format cuts its input into pieces of whole rows; the parsers it makes turn
// rows into records, each parser in a goroutine of its own.
type format interface {
	cut(*piece) error // io.EOF when there are no more rows
	parser() parser
}

type parser interface {
	parse(p *piece, s span) Row
	tally() *tally
}

// piece is a run of whole rows.
type piece struct {
	data []byte
	rows []span
	text string // data, once it is asked for
	seen bool   // whether it was looked at for
	odd  bool   // characters beyond ASCII, and NUL
}

// copied gives data as text, one copy for all rows.
func (p *piece) copied() string {
	if p.text == "" {
		p.text = string(p.data)
	}
	return p.text
}

// plain says whether no row has anything but ASCII and no NUL in it.
func (p *piece) plain() bool {
	if !p.seen {
		p.seen, p.odd = true, !plainBytes(p.data)
	}
	return !p.odd
}

// span is one row of a piece.
type span struct {
	start, end   int // in data, the line end left out
	number, line int
	quoted       bool   // CSV: it may hold quoted cells
	bad          string // why it can't be read, if so
}

// tally counts what a parser met that is worth a note.
type tally struct {
	rows, skipped int
	decoded       int             // cells that were not UTF-8
	guarded       int             // cells with an apostrophe against formulas
	late          map[string]bool // JSON keys that map to nothing
	lateMapped    map[Mapped]bool // JSON keys met after the start that map to a field
	nested        map[string]int  // JSON keys with parts the record has no place for
}

func (t *tally) add(u *tally) {
	t.rows += u.rows
	t.skipped += u.skipped
	t.decoded += u.decoded
	t.guarded += u.guarded
	for k := range u.late {
		put(&t.late, k, true)
	}
	for k := range u.lateMapped {
		put(&t.lateMapped, k, true)
	}
	for k, n := range u.nested {
		put(&t.nested, k, t.nested[k]+n)
	}
	*u = tally{}
}

func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}

// Open opens a file, or standard input when path is "-", and reads as far as
// it needs to know format, kind and mapping. The caller closes the Reader.
func Open(path string, stdin io.Reader, o Options) (*Reader, error) {
	if path == "-" {
		if stdin == nil {
			return nil, errors.New("standard input is not there to be read")
		}
		return NewReader("standard input", stdin, o)
	}
	f, err := os.Open(path)
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		switch {
		case errors.Is(err, os.ErrNotExist):
			return nil, fmt.Errorf("%s: there is no such file (%w)", path, err)
		case errors.Is(err, os.ErrPermission):
			return nil, fmt.Errorf("%s: you may not read this file (%w)", path, err)
		}
		return nil, fmt.Errorf("%s: can't be opened: %w", path, err)
	}
	if st, err := f.Stat(); err == nil && st.IsDir() {
		f.Close()
		return nil, fmt.Errorf("%s: is a directory: name the files in it", path)
	}
	r, err := NewReader(path, f, o)
	if err != nil {
		f.Close()
		return nil, err
	}
	r.own = f
	return r, nil
}

// NewReader reads from r; name stands for it in rows and errors. Closing the
// Reader does not close r. Parquet and Excel are read in no order: r is an
// *os.File or a SizedReaderAt at its beginning, or is copied to a temporary
// file, which Close removes.
func NewReader(name string, r io.Reader, o Options) (*Reader, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	rd := &Reader{name: name, opts: o, piece: new(piece)}
	var src *source
	table, r, err := openTabular(name, r, o)
	if table != nil {
		rd.form, rd.plan = table, table.plan
	} else if err == nil {
		src, err = openSource(r, o)
	}
	if _, ok := sheetOf(table); err == nil && o.Sheet != "" && !ok {
		err = errors.New("is no Excel workbook: leave --sheet out")
	}
	if err == nil && table == nil {
		if first := firstByte(src.window); first == '{' || first == '[' {
			rd.form, rd.plan, err = newJSONFormat(name, src, o)
		} else {
			rd.form, rd.plan, err = newCSVFormat(name, src, o)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	rd.parser = rd.form.parser()
	return rd, nil
}

func firstByte(b []byte) byte {
	if b = bytes.TrimLeft(b, " \t\r\n"); len(b) > 0 {
		return b[0]
	}
	return 0
}

// Next gives the next row. A row that can't be read has Err set and is no
// error of Next; io.EOF comes after the last row, any other error means that
// the rest of the file can't be read.
func (r *Reader) Next() (Row, error) {
	for r.at >= len(r.piece.rows) {
		if r.err != nil {
			return Row{}, r.err
		}
		r.at = 0
		if r.err = r.cut(r.piece); r.err != nil && len(r.piece.rows) == 0 {
			return Row{}, r.err
		}
	}
	row := r.parser.parse(r.piece, r.piece.rows[r.at])
	r.at++
	r.count(&row)
	return row, nil
}

// cut fills a piece, and names the file in an error.
func (r *Reader) cut(p *piece) error {
	p.rows, p.text, p.seen = p.rows[:0], "", false
	err := r.form.cut(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%s: %w", r.name, err)
	}
	return err
}

func (r *Reader) count(row *Row) {
	r.tally.rows++
	if row.Err != nil {
		r.tally.skipped++
	}
}

// Kind gives the kind of the records.
func (r *Reader) Kind() record.Kind { return r.plan.kind }

// Mapping gives the fields that are read and where from, in the order of the
// columns. For JSON Lines it grows as new keys are met.
func (r *Reader) Mapping() []Mapped {
	r.settle()
	out := slices.Clone(r.plan.mapped)
	return append(out, sorted(r.tally.lateMapped, Mapped.String)...)
}

// Unmapped gives the columns that map to no field, in the order of the header.
// They are carried as Extra. For JSON Lines it grows as new keys are met.
func (r *Reader) Unmapped() []string {
	r.settle()
	out := slices.Clone(r.plan.unmapped)
	for _, k := range sorted(r.tally.late, func(s string) string { return s }) {
		if !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// GuessedID gives the column that was taken for the ids of records by its values
// in the first rows, "" if a header tells it or there is none. It may hold ids twice
// further on.
func (r *Reader) GuessedID() string { return r.plan.guessedID }

// Rows counts the rows given out so far, good and bad.
func (r *Reader) Rows() int { return r.tally.rows }

// Skipped counts those that could not be read.
func (r *Reader) Skipped() int { return r.tally.skipped }

// Notes gives what somebody should know about how the file was read, as plain
// sentences without personal values: encoding, columns left out and why. It is
// complete once the last row was read.
func (r *Reader) Notes() []string {
	r.settle()
	out := slices.Clone(r.plan.notes)
	switch n := r.tally.decoded; {
	case n == 1:
		out = append(out, "1 cell was not UTF-8 and was read as Windows-1252: check the letters with accents in it.")
	case n > 1:
		out = append(out, fmt.Sprintf("%d cells were not UTF-8 and were read as Windows-1252: check the letters with accents in them.", n))
	}
	switch n := r.tally.guarded; {
	case n == 1:
		out = append(out, "1 cell was read without the apostrophe that keeps a spreadsheet from taking it for a formula.")
	case n > 1:
		out = append(out, fmt.Sprintf("%d cells were read without the apostrophe that keeps a spreadsheet from taking them for formulas.", n))
	}
	for _, k := range sorted(r.tally.nested, func(s string) string { return s }) {
		out = append(out, fmt.Sprintf("Key %q has parts that the record has no place for, or that stand there twice, in %d of the records: carried through whole as an extra.", k, r.tally.nested[k]))
	}
	return out
}

// settle takes over what the parser of Next has counted.
func (r *Reader) settle() { r.tally.add(r.parser.tally()) }

// Close closes the file if Open opened it.
func (r *Reader) Close() error {
	if r.err == nil {
		r.err = errors.New(r.name + ": the reader is closed")
	}
	r.piece.rows, r.at = nil, 0
	var err error
	if c, ok := r.form.(io.Closer); ok {
		err = c.Close()
	}
	if r.own == nil {
		return err
	}
	own := r.own
	r.own = nil
	return errors.Join(err, own.Close())
}
