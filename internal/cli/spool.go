package cli

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"slices"
	"strings"

	"leds.internal/ledsq/internal/table"
	"leds.internal/ledsq/record"
)

// cell is one value of a record with the name of its column. Columns of the
// source that map to no field are extras.
type cell struct {
	name  string
	extra bool
	text  string
}

// cellsOf takes a record apart.
func cellsOf(r record.Record) []cell {
	out := make([]cell, 0, 16)
	record.Walk(r, func(l record.Leaf) {
		if !strings.HasPrefix(l.Field.Path, "extra[") {
			out = append(out, cell{l.Name(), false, l.Text()})
		}
	})
	for _, e := range r.Head().Extra {
		if e.Value != "" {
			out = append(out, cell{e.Name, true, e.Value})
		}
	}
	return out
}

// spool keeps records until all columns are known: normalising makes columns
// that no header had, and CSV needs its header first. Beyond spoolMemory it
// goes to a temporary file.
type spool struct {
	kind record.Kind
	ids  map[column]int
	cols []column
	mem  bytes.Buffer
	file *os.File
	out  *bufio.Writer
	buf  []byte
}

type column struct {
	name  string
	extra bool
}

const spoolMemory = 64 << 20

func newSpool(k record.Kind) *spool { return &spool{kind: k, ids: map[column]int{}} }

// add keeps one record: how many cells, then column, length and text of each.
func (s *spool) add(cells []cell) error {
	b := binary.AppendUvarint(s.buf[:0], uint64(len(cells)))
	for _, c := range cells {
		key := column{c.name, c.extra}
		id, ok := s.ids[key]
		if !ok {
			id = len(s.cols)
			s.ids[key] = id
			s.cols = append(s.cols, key)
		}
		b = binary.AppendUvarint(b, uint64(id))
		b = binary.AppendUvarint(b, uint64(len(c.text)))
		b = append(b, c.text...)
	}
	s.buf = b
	if s.out == nil && s.mem.Len()+len(b) > spoolMemory {
		f, err := os.CreateTemp("", "ledsq-*.spool")
		if err != nil {
			return err
		}
		s.file, s.out = f, bufio.NewWriterSize(f, 1<<20)
	}
	if s.out != nil {
		_, err := s.out.Write(b)
		return err
	}
	s.mem.Write(b)
	return nil
}

// write writes the records as a table: fields in the order of the field table,
// then extras in the order they were met.
func (s *spool) write(t table.Writer) error {
	place, names := s.header()
	if err := t.Write(names); err != nil {
		return err
	}
	var src io.Reader = bytes.NewReader(s.mem.Bytes())
	if s.file != nil {
		if err := s.out.Flush(); err != nil {
			return err
		}
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		src = io.MultiReader(src, s.file)
	}
	r := bufio.NewReaderSize(src, 1<<20)
	row := make([]string, len(names))
	var text []byte
	for {
		n, err := binary.ReadUvarint(r)
		if err == io.EOF {
			return t.Close()
		}
		clear(row)
		for range n {
			var id, size uint64
			if id, err = binary.ReadUvarint(r); err == nil {
				size, err = binary.ReadUvarint(r)
			}
			if err == nil {
				text = slices.Grow(text[:0], int(size))[:size]
				_, err = io.ReadFull(r, text)
			}
			if err != nil {
				return err
			}
			row[place[id]] = string(text)
		}
		if err := t.Write(row); err != nil {
			return err
		}
	}
}

// header gives the place of each column, and the names in order. No two
// columns may have one name, so that an extra called as a field is told apart.
func (s *spool) header() (place []int, names []string) {
	// A record that has all of them tells their order.
	all := record.New(s.kind)
	for _, c := range s.cols {
		if col, ok := record.FindColumn(s.kind, c.name); ok && !c.extra {
			col.Set(all, "x")
		}
	}
	place = make([]int, len(s.cols))
	for _, col := range record.Columns(s.kind, []record.Record{all}) {
		if id, ok := s.ids[column{col.Name(), false}]; ok {
			place[id] = len(names)
			names = append(names, col.Name())
		}
	}
	for id, c := range s.cols {
		if !c.extra {
			continue
		}
		name := c.name
		for slices.Contains(names, name) {
			name = "original_" + name
		}
		place[id] = len(names)
		names = append(names, name)
	}
	return place, names
}

func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}
