package table

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// excelWriter writes one sheet. All but numbers is text, so that a spreadsheet
// takes nothing for a formula and drops no leading nought.
type excelWriter struct {
	w       io.Writer
	sheet   string
	numbers []string
	header  []string
	number  []bool
	book    *excelize.File
	out     *excelize.StreamWriter
	cells   []any
	rows    int
}

const (
	columnWidth = 18 // characters
	maxCell     = excelize.TotalCellChars
)

func newExcelWriter(w io.Writer, o Options) *excelWriter {
	if o.Sheet == "" {
		o.Sheet = "Records"
	}
	return &excelWriter{w: w, sheet: o.Sheet, numbers: o.Numbers}
}

func (e *excelWriter) Write(cells []string) error {
	if e.header == nil {
		return e.open(cells)
	}
	if err := width(e.header, cells); err != nil {
		return err
	}
	if e.rows == excelize.TotalRows {
		return fmt.Errorf("a sheet of a workbook ends at row %d: write CSV or Parquet instead", excelize.TotalRows)
	}
	e.cells = e.cells[:0]
	for i, c := range cells {
		switch {
		case c == "":
			e.cells = append(e.cells, nil)
		case e.number[i]:
			f, err := strconv.ParseFloat(c, 64)
			if err != nil {
				return fmt.Errorf("table: column %s holds no number", e.header[i])
			}
			e.cells = append(e.cells, f)
		case len(c) > maxCell && len(utf16.Encode([]rune(c))) > maxCell:
			return fmt.Errorf("row %d, column %s: a cell of a workbook ends at %d characters: write CSV or Parquet instead", e.rows+1, e.header[i], maxCell)
		case strings.ContainsFunc(c, noXML):
			return fmt.Errorf("row %d, column %s: a control character can't stand in a workbook: write CSV or Parquet instead", e.rows+1, e.header[i])
		default:
			e.cells = append(e.cells, c)
		}
	}
	e.rows++
	return e.out.SetRow("A"+strconv.Itoa(e.rows), e.cells)
}

// noXML says which characters XML 1.0 has no way to write.
func noXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}

func (e *excelWriter) open(names []string) error {
	e.header = slices.Clone(names)
	if len(names) > excelize.MaxColumns {
		return fmt.Errorf("a sheet of a workbook ends at column %d and there are %d: write CSV or Parquet instead", excelize.MaxColumns, len(names))
	}
	for _, n := range names {
		e.number = append(e.number, slices.Contains(e.numbers, n))
	}
	e.book = excelize.NewFile()
	bold, err := e.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err == nil {
		err = e.book.SetSheetName("Sheet1", e.sheet)
	}
	if err == nil {
		e.out, err = e.book.NewStreamWriter(e.sheet)
	}
	if err == nil {
		err = e.out.SetColWidth(1, max(len(names), 1), columnWidth)
	}
	if err == nil {
		err = e.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	}
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	row := make([]any, len(names))
	for i, n := range names {
		row[i] = n
	}
	e.rows = 1
	return e.out.SetRow("A1", row, excelize.RowOpts{StyleID: bold})
}

func (e *excelWriter) Close() error {
	if e.book == nil {
		return errors.New("table: a sheet needs columns")
	}
	err := e.out.Flush()
	if err == nil {
		_, err = e.book.WriteTo(e.w)
	}
	return errors.Join(err, e.book.Close())
}

// Abort removes what is kept in temporary files.
func (e *excelWriter) Abort() {
	if e.book != nil {
		_ = e.book.Close()
	}
}
