package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

const (
	rowsAtATime = 256 // read ahead
	listRoom    = 9   // values of a list that each get a field
)

// parquetRows reads a Parquet file from its first row group to its last.
type parquetRows struct {
	file   *parquet.File
	groups []parquet.RowGroup
	open   parquet.Rows
	leaves []leaf
	names  []string
	buf    []parquet.Row
	at, n  int
	number int
	err    error
	notes  []string
}

// leaf is one column of a Parquet file.
type leaf struct {
	at   int  // its first cell
	room int  // how many cells it has
	list bool // several values to a row
	text func(parquet.Value) (string, bool)
}

func openParquet(at io.ReaderAt, size int64, o Options) (rows, error) {
	f, err := parquet.OpenFile(at, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, errors.New("starts like a Parquet file and can't be read: it is cut off, damaged or encrypted; fetch it again")
	}
	if err := weighPages(at, size, f.Metadata()); err != nil {
		return nil, err
	}
	p := &parquetRows{file: f, groups: f.RowGroups(), buf: make([]parquet.Row, rowsAtATime)}
	paths := f.Schema().Columns()
	if len(paths) > o.MaxColumns {
		return nil, fmt.Errorf("the file has %d columns, more than the limit of %d", len(paths), o.MaxColumns)
	}
	var lists []string
	for _, path := range paths {
		column, ok := f.Schema().Lookup(path...)
		if !ok {
			return nil, errors.New("the schema of the Parquet file is damaged")
		}
		l := leaf{at: len(p.names), room: 1, text: reader(column.Node)}
		name := columnName(path)
		p.names = append(p.names, name)
		switch l.list = column.MaxRepetitionLevel > 0; {
		case l.list && repeatsWell(name):
			for l.room = 1; l.room < listRoom; l.room++ {
				p.names = append(p.names, fmt.Sprint(name, l.room+1))
			}
		case l.list:
			lists = append(lists, name)
		}
		p.leaves = append(p.leaves, l)
	}
	if len(lists) > 0 {
		p.notes = append(p.notes, "Columns with lists are read as JSON: "+strings.Join(lists, ", ")+".")
	}
	return p, nil
}

// columnName joins the path of a column by points, without the steps that
// Parquet puts between a list and its elements.
func columnName(path []string) string {
	n := len(path)
	if n >= 3 && path[n-2] == "list" && (path[n-1] == "element" || path[n-1] == "item") {
		path = path[:n-2]
	}
	return strings.Join(path, ".")
}

func (p *parquetRows) columns() (names, notes []string) { return p.names, p.notes }

func (p *parquetRows) unit() string { return "row" }

func (p *parquetRows) next(cells []string) ([]string, int, string, int, error) {
	for p.at >= p.n {
		if err := p.fetch(); err != nil {
			return cells, 0, "", -1, err
		}
	}
	row := p.buf[p.at]
	p.at++
	p.number++
	cells = slices.Grow(cells, len(p.names))[:len(p.names)]
	clear(cells)
	bad, column := "", -1
	for len(row) > 0 {
		i := row[0].Column()
		n := 1
		for n < len(row) && row[n].Column() == i {
			n++
		}
		if i < 0 || i >= len(p.leaves) {
			return cells, 0, "", -1, fmt.Errorf("row %d can't be read: the file is damaged", p.number)
		}
		l := &p.leaves[i]
		if why := l.fill(cells[l.at:l.at+l.room], row[:n]); why != "" && bad == "" {
			bad, column = why, l.at
		}
		row = row[n:]
	}
	return cells, p.number, bad, column, nil
}

// fetch reads some rows ahead, of the next row group where one has ended.
func (p *parquetRows) fetch() error {
	if p.err != nil {
		return p.err
	}
	if p.open == nil {
		if len(p.groups) == 0 {
			p.err = io.EOF
			return p.err
		}
		p.open = p.groups[0].Rows()
		p.groups = p.groups[1:]
	}
	var err error
	p.at = 0
	p.n, err = p.open.ReadRows(p.buf)
	if err == io.EOF || err == nil && p.n == 0 {
		err = p.open.Close()
		p.open = nil
	}
	if err != nil {
		p.err = fmt.Errorf("can't be read beyond row %d: the file is damaged; fetch it again", p.number+p.n)
	}
	return nil
}

func (p *parquetRows) Close() error {
	if p.open == nil {
		return nil
	}
	open := p.open
	p.open = nil
	return open.Close()
}

const notText = "holds bytes that are no text: write the column out as text, or leave it out"

// fill puts the values of one column of one row into its cells, or says why it can't.
func (l *leaf) fill(cells []string, values []parquet.Value) (bad string) {
	list := make([]string, 0, 4)
	for _, v := range values {
		if v.IsNull() {
			continue
		}
		s, ok := l.text(v)
		if !ok {
			return notText
		}
		list = append(list, s)
	}
	switch {
	case len(list) == 0:
	case !l.list || len(cells) > 1:
		if copy(cells, list) < len(list) {
			return fmt.Sprintf("has %d values, more than the limit of %d", len(list), len(cells))
		}
	default:
		b, err := json.Marshal(list)
		if err != nil {
			return notText
		}
		cells[0] = string(b)
	}
	return ""
}

// repeatsWell says whether the values of a list can each have a column that
// stands for a field, such as nationality and nationality2.
func repeatsWell(name string) bool { return wellKnown(name) && wellKnown(name+"2") }
