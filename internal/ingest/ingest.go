// Package ingest reads records from files: CSV and JSON Lines, plain or gzip,
// with headers mapped to the flat names of package record. A row it can't read
// is reported with file, row, column and reason, counted, and never silently
// dropped; the rows after it go on.
package ingest

import "leds.internal/ledsq/record"

// Row is one record read, or the reason why it could not be.
type Row struct {
	Record record.Record // nil when Err is set
	File   string
	Number int // data row or line in the file, from 1, the header not counted
	Err    *RowError
}

// RowError says why a row was skipped. It never repeats a value.
type RowError struct {
	File   string
	Row    int
	Column string // header, or "" when it is the whole row
	Reason string // what is wrong and what to do
}
