package ingest

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
	"github.com/xuri/nfp"
)

// The limits of a workbook beside those of Options: a sheet has at most
// 1,048,576 rows, so that more is no workbook of records.
const (
	maxWorkbook  = 512 << 20 // bytes of the file, which is held in memory
	maxUnpacked  = 8 << 30   // bytes of all its parts
	maxParts     = 10_000
	partInMemory = 16 << 20 // bytes; a larger sheet goes through a temporary file
)

// dateMark begins what a cell with the format of a date shows. XML can't hold
// it, so that no text of a cell begins with it.
const dateMark = "\x02"

// excel reads one sheet of a workbook.
type excel struct {
	book   *excelize.File
	sheet  string
	rows   *excelize.Rows
	last   int // the last row the sheet says it has
	number int // of the row last given out
	names  []string
	notes  []string
	ended  bool
}

func openExcel(at io.ReaderAt, size int64, o Options) (rows, error) {
	if size > maxWorkbook {
		return nil, fmt.Errorf("is a workbook of more than %d MiB: save the sheet as CSV UTF-8", maxWorkbook>>20)
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, errors.New("starts like an Excel workbook and can't be unpacked: fetch it again, or save it again")
	}
	if err := weigh(z, size, o); err != nil {
		return nil, err
	}
	limit := min(o.MaxDecompressed, maxUnpacked)
	book, err := excelize.OpenReader(io.NewSectionReader(at, 0, size), excelize.Options{UnzipSizeLimit: limit, UnzipXMLSizeLimit: min(partInMemory, limit)})
	if err != nil {
		if book != nil {
			_ = book.Close()
		}
		return nil, errors.New("starts like an Excel workbook and can't be read: open it in a spreadsheet and save it again")
	}
	e := &excel{book: book}
	if err := e.open(z, o); err != nil {
		_ = e.Close()
		return nil, err
	}
	return e, nil
}

// weigh refuses a workbook whose parts unpack to too much, before anything is
// unpacked. A part that lies about its size fails when it is.
func weigh(z *zip.Reader, size int64, o Options) error {
	isBook := false
	var whole uint64
	for _, f := range z.File {
		isBook = isBook || strings.EqualFold(f.Name, "[Content_Types].xml")
		whole += min(f.UncompressedSize64, 1<<62)
		if whole > uint64(min(o.MaxDecompressed, maxUnpacked)) {
			return fmt.Errorf("the workbook unpacks to more than the limit of %d bytes: unpack it by hand if it is to be trusted", min(o.MaxDecompressed, maxUnpacked))
		}
	}
	switch {
	case !isBook:
		return errors.New("is a zip archive and no Excel workbook: unpack it and name the files in it")
	case len(z.File) > maxParts:
		return fmt.Errorf("the workbook has %d parts, more than the limit of %d", len(z.File), maxParts)
	case whole > ratioFrom && whole/uint64(max(size, 1)) > uint64(o.MaxRatio):
		return fmt.Errorf("the workbook unpacks to more than %d times its size, as no file of records does: unpack it by hand if it is to be trusted", o.MaxRatio)
	}
	return nil
}

// open finds the sheet and reads as far as its header.
func (e *excel) open(z *zip.Reader, o Options) error {
	plainDates(e.book)
	sheets := e.book.GetSheetList()
	var names []string
	for _, name := range sheets {
		if o.Sheet != "" && !strings.EqualFold(name, o.Sheet) {
			continue
		}
		if visible, err := e.book.GetSheetVisible(name); o.Sheet == "" && (err != nil || !visible) {
			continue
		}
		found, err := e.header(z, name)
		if err != nil {
			return fmt.Errorf("sheet %s: %w", name, err)
		}
		if found {
			break
		}
	}
	for _, name := range sheets {
		if name != e.sheet {
			names = append(names, name)
		}
	}
	switch {
	case e.sheet == "" && o.Sheet == "":
		return errors.New("the workbook has no sheet with cells that is not hidden: name one with --sheet, or fill one in")
	case e.sheet == "" && len(names) == len(sheets) && !containsFold(sheets, o.Sheet):
		return fmt.Errorf("the workbook has no sheet %q: it has %s; name one with --sheet", o.Sheet, strings.Join(names, ", "))
	case e.sheet == "":
		return fmt.Errorf("sheet %s has no cells: it needs a header row", o.Sheet)
	case len(names) > 0 && o.Sheet == "":
		e.notes = append(e.notes, fmt.Sprintf("Read sheet %s; not read: %s. --sheet names another.", e.sheet, strings.Join(names, ", ")))
	}
	return nil
}

func containsFold(list []string, s string) bool {
	for _, have := range list {
		if strings.EqualFold(have, s) {
			return true
		}
	}
	return false
}

// header reads up to the first row that has cells.
func (e *excel) header(z *zip.Reader, sheet string) (bool, error) {
	var err error
	if e.rows, err = e.book.Rows(sheet); err != nil { // a chart
		e.rows = nil
		return false, nil
	}
	e.sheet = sheet
	if e.last, err = lastRow(z, sheet); err != nil {
		return false, err
	}
	for e.number = 0; e.rows.Next(); {
		e.number++
		cells, err := e.rows.Columns()
		if err != nil {
			return false, errors.New("can't be read: the sheet is damaged")
		}
		for i, c := range cells {
			if c != "" {
				e.names = make([]string, len(cells))
				for j := i; j < len(cells); j++ {
					e.names[j] = shown(cells[j])
				}
				return true, nil
			}
		}
	}
	if err := e.whole(); err != nil {
		return false, err
	}
	_ = e.rows.Close()
	e.sheet, e.rows = "", nil
	return false, nil
}

func (e *excel) columns() (names, notes []string) { return e.names, e.notes }

// sheetOf gives the sheet a table is, if it is one.
func sheetOf(t *tabular) (string, bool) {
	if t == nil {
		return "", false
	}
	e, ok := t.rows.(*excel)
	if !ok {
		return "", false
	}
	return e.sheet, true
}

func (e *excel) unit() string { return "sheet " + e.sheet + ", row" }

func (e *excel) next(cells []string) ([]string, int, string, int, error) {
	for !e.ended {
		if !e.rows.Next() {
			e.ended = true
			if err := e.whole(); err != nil {
				return cells, 0, "", -1, fmt.Errorf("sheet %s: %w", e.sheet, err)
			}
			break
		}
		e.number++
		got, err := e.rows.Columns()
		if err != nil {
			return cells, 0, "", -1, fmt.Errorf("sheet %s, row %d: can't be read: the sheet is damaged", e.sheet, e.number)
		}
		filled := false
		for _, c := range got {
			cells = append(cells, shown(c))
			filled = filled || !blank(c)
		}
		if filled {
			return cells, e.number, "", -1, nil
		}
		cells = cells[:0] // a row without cells is none
	}
	return cells, 0, "", -1, io.EOF
}

// whole says whether the sheet was read to its last row: the library takes
// faulty XML for the end of the sheet.
func (e *excel) whole() error {
	if err := e.rows.Error(); err != nil || e.number < e.last {
		return fmt.Errorf("can't be read beyond row %d of %d: the sheet is damaged; open it in a spreadsheet and save it again", e.number, e.last)
	}
	return nil
}

func (e *excel) Close() error {
	var err error
	if e.rows != nil {
		err = e.rows.Close()
	}
	return errors.Join(err, e.book.Close())
}

// plainDates sets every format of a date to one that reads the same in every
// country, behind a mark, and every other format to none, so that numbers come
// as they are kept and not as they are shown.
func plainDates(book *excelize.File) {
	s := book.Styles
	if s == nil || s.CellXfs == nil {
		return
	}
	style, err := book.NewStyle(&excelize.Style{CustomNumFmt: ptr(`"` + dateMark + `"yyyy\-mm\-dd"T"hh:mm:ss`)})
	if err != nil || style >= len(s.CellXfs.Xf) {
		return
	}
	date := s.CellXfs.Xf[style].NumFmtID
	custom := map[int]string{}
	if s.NumFmts != nil {
		for _, f := range s.NumFmts.NumFmt {
			custom[f.NumFmtID] = f.FormatCode
		}
	}
	const noFormat = 1 << 20 // no such format: cells come as they are kept
	for i := range s.CellXfs.Xf {
		if x := &s.CellXfs.Xf[i]; x.NumFmtID != nil && i != style {
			code, ok := custom[*x.NumFmtID]
			if ok && isDateFormat(code) || !ok && isBuiltInDate(*x.NumFmtID) {
				x.NumFmtID = date
			} else {
				x.NumFmtID = ptr(noFormat)
			}
		}
	}
}

func ptr[T any](v T) *T { return &v }

// isBuiltInDate knows the numbers of the formats of dates and times that need
// no code in the file: ECMA-376 part 1, 18.8.30.
func isBuiltInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58 || id >= 71 && id <= 81
}

// isDateFormat says whether a format code shows a date or time of day.
func isDateFormat(code string) bool {
	p := nfp.NumberFormatParser()
	for _, section := range p.Parse(code) {
		for _, t := range section.Items {
			if t.TType == nfp.TokenTypeDateTimes {
				return true
			}
		}
	}
	return false
}

// shown takes the mark off a date: a whole day stands without a time, a time
// of day without a date.
func shown(cell string) string {
	text, ok := strings.CutPrefix(cell, dateMark)
	if !ok {
		return cell
	}
	day, clock, ok := strings.Cut(text, "T")
	switch {
	case ok && (day == "1899-12-30" || day == "1899-12-31" || day == "1900-01-00"):
		return clock
	case ok && clock == "00:00:00":
		return day
	}
	return text
}
