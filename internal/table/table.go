// Package table writes tables of text: CSV, Parquet and Excel, chosen by the
// name of the file. Each is made for those who read it next: CSV can be opened
// in a spreadsheet without its cells being taken for formulas, Parquet keeps
// columns of numbers as numbers, and an Excel sheet keeps telephone numbers and
// dates as they stand.
package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Format is a format of tables.
type Format string

// The formats.
const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
	Excel   Format = "xlsx"
)

// FormatOf tells the format from the ending of a file's name; it is CSV for any
// ending it does not know.
func FormatOf(path string) Format {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".parquet":
		return Parquet
	case ".xlsx":
		return Excel
	}
	return CSV
}

// Options says how a table is written.
type Options struct {
	// Sheet is the name of the sheet of a workbook; "" is Records.
	Sheet string
	// Numbers are the columns that hold numbers. Parquet keeps them as doubles
	// and Excel as numbers; a blank cell is none. Every other column is text.
	Numbers []string
	// Exact leaves the cells of CSV as they are, instead of guarding them, see Guard.
	Exact bool
}

// Writer writes the rows of a table, the header first. It is for one goroutine.
// Close ends the table and does not close what is written to. Abort gives a
// table up that was not closed, and frees what it holds; after Close it does nothing.
type Writer interface {
	Write(cells []string) error
	Close() error
	Abort()
}

// NewWriter writes a table in one of the formats. A Parquet file and a workbook
// stand on w only once Close has succeeded. A workbook takes 1,048,576 rows with
// the header, 16,384 columns, and 32,767 characters to a cell; what is more is
// an error that says so.
func NewWriter(w io.Writer, f Format, o Options) Writer {
	switch f {
	case Parquet:
		return &parquetWriter{w: w, numbers: o.Numbers}
	case Excel:
		return newExcelWriter(w, o)
	}
	return &csvWriter{csv: csv.NewWriter(w), exact: o.Exact}
}

type csvWriter struct {
	csv   *csv.Writer
	exact bool
	cells []string
}

func (c *csvWriter) Write(cells []string) error {
	if c.exact {
		return c.csv.Write(cells)
	}
	c.cells = c.cells[:0]
	for _, cell := range cells {
		c.cells = append(c.cells, Guard(cell))
	}
	return c.csv.Write(c.cells)
}

func (c *csvWriter) Close() error {
	c.csv.Flush()
	return c.csv.Error()
}

func (c *csvWriter) Abort() {}

// FromCSV gives a writer for those that write CSV text of exact cells: it makes
// of it a table in another format. For CSV the text goes through as it is.
func FromCSV(w io.Writer, f Format, o Options) io.WriteCloser {
	if f == CSV {
		return through{w}
	}
	r, p := io.Pipe()
	c := &converter{PipeWriter: p, done: make(chan error, 1)}
	go func() {
		err := convert(NewWriter(w, f, o), r)
		_ = r.CloseWithError(err) // a further Write fails with it
		c.done <- err
	}()
	return c
}

func convert(to Writer, from io.Reader) error {
	in := csv.NewReader(from)
	in.ReuseRecord = true
	for {
		cells, err := in.Read()
		if err == io.EOF {
			return to.Close()
		}
		if err == nil {
			err = to.Write(cells)
		}
		if err != nil {
			to.Abort()
			return err
		}
	}
}

type through struct{ io.Writer }

func (through) Close() error { return nil }

type converter struct {
	*io.PipeWriter
	done chan error
}

// Close ends the table and says whether all of it was written.
func (c *converter) Close() error {
	_ = c.PipeWriter.Close()
	err := <-c.done
	c.done <- err
	return err
}

// Abort ends the table without its end, as for a run that was interrupted.
func (c *converter) Abort() {
	_ = c.CloseWithError(errAborted)
	err := <-c.done
	c.done <- err
}

var errAborted = fmt.Errorf("table: the run was aborted")

// width keeps the rows to the width of the header.
func width(header, cells []string) error {
	if len(cells) != len(header) {
		return fmt.Errorf("table: a row of %d cells under a header of %d", len(cells), len(header))
	}
	return nil
}
