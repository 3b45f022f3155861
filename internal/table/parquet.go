package table

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

const (
	rowsPerGroup = 100_000 // held in memory until they are written
	rowsAtATime  = 128
)

// parquetWriter writes optional columns of text, and of doubles for numbers. A
// blank cell is null.
type parquetWriter struct {
	w       io.Writer
	numbers []string
	header  []string
	number  []bool
	out     *parquet.Writer //nolint:staticcheck // the generic writers need a Go type; these columns are known only at run time
	rows    []parquet.Row
}

func (p *parquetWriter) Write(cells []string) error {
	if p.header == nil {
		return p.open(cells)
	}
	if err := width(p.header, cells); err != nil {
		return err
	}
	if len(p.rows) < cap(p.rows) {
		p.rows = p.rows[:len(p.rows)+1]
	} else {
		p.rows = append(p.rows, nil)
	}
	row := p.rows[len(p.rows)-1][:0]
	for i, c := range cells {
		switch {
		case c == "":
			row = append(row, parquet.NullValue().Level(0, 0, i))
		case p.number[i]:
			f, err := strconv.ParseFloat(c, 64)
			if err != nil {
				return fmt.Errorf("table: column %s holds no number", p.header[i])
			}
			row = append(row, parquet.DoubleValue(f).Level(0, 1, i))
		default:
			row = append(row, parquet.ByteArrayValue([]byte(c)).Level(0, 1, i))
		}
	}
	p.rows[len(p.rows)-1] = row
	if len(p.rows) < rowsAtATime {
		return nil
	}
	return p.flush()
}

func (p *parquetWriter) flush() error {
	_, err := p.out.WriteRows(p.rows)
	p.rows = p.rows[:0]
	return err
}

func (p *parquetWriter) open(names []string) error {
	p.header = slices.Clone(names)
	root := &ordered{}
	for _, name := range names {
		n := slices.Contains(p.numbers, name)
		p.number = append(p.number, n)
		node := parquet.String()
		if n {
			node = parquet.Leaf(parquet.DoubleType)
		}
		root.fields = append(root.fields, &field{parquet.Optional(parquet.Compressed(node, &parquet.Snappy)), name})
	}
	c, err := parquet.NewWriterConfig(parquet.NewSchema("records", root), parquet.MaxRowsPerRowGroup(rowsPerGroup), parquet.CreatedBy("ledsq", "", ""))
	if err != nil {
		return fmt.Errorf("table: these columns can't be written as Parquet: %w", err)
	}
	p.out = parquet.NewWriter(p.w, c)
	return nil
}

func (p *parquetWriter) Close() error {
	if p.out == nil {
		return fmt.Errorf("table: a Parquet file needs columns")
	}
	if err := p.flush(); err != nil {
		return err
	}
	return p.out.Close()
}

func (p *parquetWriter) Abort() {}

// ordered is a group whose fields stand in the order of the columns; that of
// the library sorts them by name.
type ordered struct {
	parquet.Group
	fields []parquet.Field
}

func (o *ordered) Fields() []parquet.Field { return o.fields }

type field struct {
	parquet.Node
	name string
}

func (f *field) Name() string                           { return f.name }
func (f *field) Value(base reflect.Value) reflect.Value { return base }
