// Package ingest reads records from files: CSV and JSON Lines, plain or gzip,
// Parquet and Excel (.xlsx), told apart by their first bytes, with headers
// mapped to the flat names of package record. A row it can't read
// is reported with file, row, column and reason, counted, and never silently
// dropped; the rows after it go on.
//
// Values are kept exactly as they were typed, apart from the quotes that CSV
// puts around them. A cell that holds nothing but white space is unset.
// Columns that map to no field are carried in the Extra list of the record's
// envelope, in the order of the header.
package ingest

import (
	"fmt"

	"leds.internal/ledsq/record"
)

// Row is one record read, or the reason why it could not be.
type Row struct {
	Record record.Record // nil when Err is set, or where EachText gives texts
	File   string
	Number int // data row from 1, the header not counted; for JSON Lines the line of the file, for Excel the row of the sheet
	Line   int // line of the file on which the row starts, from 1
	Err    *RowError

	room  *room  // of the record, where it may be used again
	texts *Texts // while work is done on it, of a row whose record is not made
}

// RowError says why a row was skipped. It never repeats a value.
type RowError struct {
	File   string
	Row    int    // as Row.Number
	Column string // header, or "" when it is the whole row
	Reason string // what is wrong and what to do
	unit   string // what Row counts: row, line or record; "" is row
}

// Error gives "file.csv: row 12, column dob: reason".
func (e *RowError) Error() string {
	unit := e.unit
	if unit == "" {
		unit = "row"
	}
	if e.Column == "" {
		return fmt.Sprintf("%s: %s %d: %s", e.File, unit, e.Row, e.Reason)
	}
	return fmt.Sprintf("%s: %s %d, column %s: %s", e.File, unit, e.Row, e.Column, e.Reason)
}

// The limits that apply where Options gives none. A police record is a few
// hundred bytes; they are there to stop damaged and hostile input, not large files.
const (
	DefaultMaxField        = 256 << 10 // bytes in one cell
	DefaultMaxRow          = 1 << 20   // bytes in one row or JSON record
	DefaultMaxColumns      = 4096      // columns in a header, or keys in one JSON record
	DefaultMaxDecompressed = 64 << 30  // bytes out of one gzip file
	DefaultMaxRatio        = 250       // bytes out of gzip for each byte in, looked at beyond ratioFrom
	ratioFrom              = 64 << 20
)

// Options says how to read. The zero value reads most files.
type Options struct {
	// Kind of the records; "" tells it from the columns, and Open fails when it can't.
	Kind record.Kind
	// Plain reads records of no kind: every column is carried in Extra and none is
	// mapped. Kind and Map must be empty; the rows hold persons without a field,
	// whose id is the number of the row.
	Plain bool
	// Map sets fields by hand, before the well-known headers are looked at.
	Map Mapping
	// Values recognises columns of persons by their values too, where no header tells
	// them: ids, names, dates of birth, letters for the sexes, a year of birth by the
	// age in Year, the year at hand. It is for matching, and needs columns.
	Values bool
	Year   int
	// Delimiter of a CSV file, one ASCII character; 0 finds it among , ; tab and |.
	Delimiter rune
	// MaxField and MaxRow are in bytes; a longer cell or row is a row error.
	MaxField, MaxRow int
	// MaxColumns limits the columns of a header (Open fails) and the keys of
	// one JSON record (a row error).
	MaxColumns int
	// Sheet of an Excel workbook to read; "" is the first that is not hidden
	// and has cells. Open fails when another file is given.
	Sheet string
	// MaxDecompressed and MaxRatio stop a gzip file that unpacks without end:
	// at so many bytes in all, or once it has given 64 MiB and more than
	// MaxRatio bytes for each byte read. Reading ends with an error; the rows
	// before it stand. They hold for an Excel workbook, whose parts say how
	// much they unpack to, and the first for the values of a Parquet file.
	MaxDecompressed int64
	MaxRatio        int
}

func (o Options) withDefaults() (Options, error) {
	for _, d := range []struct {
		at  *int
		def int
	}{{&o.MaxField, DefaultMaxField}, {&o.MaxRow, DefaultMaxRow}, {&o.MaxColumns, DefaultMaxColumns}, {&o.MaxRatio, DefaultMaxRatio}} {
		if *d.at <= 0 {
			*d.at = d.def
		}
	}
	if o.MaxDecompressed <= 0 {
		o.MaxDecompressed = DefaultMaxDecompressed
	}
	if o.Kind != "" && record.New(o.Kind) == nil {
		return o, fmt.Errorf("there is no kind %q: use person, vehicle or missing", o.Kind)
	}
	if d := o.Delimiter; d != 0 && (d >= 0x80 || d == '"' || d == '\n' || d == '\r') {
		return o, fmt.Errorf("the delimiter %q can't be used: it must be one ASCII character other than a quote or a line end", d)
	}
	return o, nil
}

// Mapped is one field and where its value comes from: the name of a column (or
// JSON key), or a template such as {birth_year}-{birth_month}-{birth_day}.
type Mapped struct {
	Field string // flat name, see record.FindColumn
	From  string // "" in Options.Map: the field is not to be mapped
}

// String gives FIELD=COLUMN.
func (m Mapped) String() string { return m.Field + "=" + m.From }

// Mapping says, in order, which fields come from where.
type Mapping []Mapped
