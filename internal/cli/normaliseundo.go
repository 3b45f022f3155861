package cli

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/table"
	"leds.internal/ledsq/normalise"
)

// undoing reads a file of changes beside the canonical records it came with,
// which have the same order. It holds the changes of one record at a time.
type undoing struct {
	path string
	file *os.File
	in   *csv.Reader
	col  [4]int // record, id, field, from
	to   int
	next []string // the row that was read ahead, nil at the end
}

func openUndo(path string) (*undoing, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, usage("%s can't be read: %v", path, bare(err))
	}
	if table.FormatOf(path) != table.CSV {
		_ = file.Close()
		return nil, usage("--undo reads a file of changes as CSV, and %s is named as something else", path)
	}
	u := &undoing{path: path, file: file, in: csv.NewReader(file)}
	head, err := u.in.Read()
	if err == nil {
		for i, name := range [...]string{"record", "id", "field", "from"} {
			u.col[i] = slices.Index(head, name)
		}
		u.to = slices.Index(head, "to")
	}
	if err != nil || slices.Min(u.col[:]) < 0 || u.to < 0 {
		u.close()
		return nil, usage("%s is no file that --changes wrote: it lacks a column record, id, field, from or to", path)
	}
	if err := u.advance(); err != nil {
		u.close()
		return nil, err
	}
	return u, nil
}

func (u *undoing) advance() error {
	row, err := u.in.Read()
	if errors.Is(err, io.EOF) {
		u.next = nil
		return nil
	}
	if err != nil {
		return &failure{exitAborted, fmt.Errorf("%s can't be read to its end", u.path)}
	}
	u.next = row
	return nil
}

// take gives the changes of the n-th record, whose id must agree.
func (u *undoing) take(n int, id string) (cs []normalise.Change, err error) {
	number := strconv.Itoa(n)
	for u.next != nil && u.next[u.col[0]] == number {
		c := normalise.Change{Field: u.next[u.col[2]], From: table.Unguard(u.next[u.col[3]]), To: table.Unguard(u.next[u.to])}
		if table.Unguard(u.next[u.col[1]]) != id {
			return nil, &failure{exitAborted, fmt.Errorf("%s: record %d has another id than the file of changes says: the two do not belong together", u.path, n)}
		}
		cs = append(cs, c)
		if err := u.advance(); err != nil {
			return nil, err
		}
	}
	return cs, nil
}

// end says whether changes were left over, which belong to other records.
func (u *undoing) end() error {
	if u.next != nil {
		return &failure{exitAborted, fmt.Errorf("%s has changes of records that are not there", u.path)}
	}
	return nil
}

func (u *undoing) close() { _ = u.file.Close() }

// undone takes the changes of a record back.
func (n *normalising) undone(row *ingest.Row) (tidied, error) {
	cs, err := n.undo.take(n.records, row.Record.Head().ID)
	if err != nil {
		return tidied{}, err
	}
	normalise.Undo(row.Record, cs)
	return n.render(row.Record, tidied{}), nil
}
