package dedupe

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"leds.internal/ledsq/internal/guard"
)

// Membership says to which cluster, or true entity, a record belongs.
type Membership struct {
	Record  string
	Cluster string
}

// ReadMemberships reads two columns of a CSV file, by the names of its header:
// that of record ids and that of clusters. Other columns are passed over. name is
// the file's, for messages. A row without a record or a cluster, and a record that
// stands twice, are errors; they name the row and no value.
func ReadMemberships(r io.Reader, name, record, cluster string) ([]Membership, error) {
	c := csv.NewReader(skipMark(r))
	c.ReuseRecord = true
	header, err := c.Read()
	if err == io.EOF {
		return nil, fmt.Errorf("%s: is empty: it needs a header with %s and %s", name, record, cluster)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, csvFault(err))
	}
	at, to := slices.Index(header, record), slices.Index(header, cluster)
	switch {
	case at < 0:
		return nil, fmt.Errorf("%s: the header has no column %s", name, record)
	case to < 0:
		return nil, fmt.Errorf("%s: the header has no column %s", name, cluster)
	}
	var out []Membership
	known := map[string]string{} // one copy of each name of a cluster
	for row := 1; ; row++ {
		cells, err := c.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: row %d: %w", name, row, csvFault(err))
		}
		switch {
		case cells[at] == "":
			return nil, fmt.Errorf("%s: row %d, column %s: is empty", name, row, record)
		case cells[to] == "":
			return nil, fmt.Errorf("%s: row %d, column %s: is empty", name, row, cluster)
		}
		id, ok := known[guard.Take(cells[to])]
		if !ok {
			id = strings.Clone(guard.Take(cells[to]))
			known[id] = id
		}
		out = append(out, Membership{strings.Clone(guard.Take(cells[at])), id})
	}
	if row := twice(out); row > 0 {
		return nil, fmt.Errorf("%s: row %d, column %s: the record stands in an earlier row too", name, row, record)
	}
	return out, nil
}

// twice gives the first row, from 1, whose record an earlier row has; 0 for none.
func twice(list []Membership) int {
	order := make([]int32, len(list))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return cmp.Or(strings.Compare(list[i].Record, list[j].Record), int(i-j)) })
	first := 0
	for k := 1; k < len(order); k++ {
		if list[order[k]].Record == list[order[k-1]].Record && (first == 0 || int(order[k])+1 < first) {
			first = int(order[k]) + 1
		}
	}
	return first
}

// WriteMemberships writes id,cluster_id for every record, in the order given. It
// is read by machines, so that ids stand as they are.
func WriteMemberships(w io.Writer, list []Membership) error {
	out := bufio.NewWriterSize(w, 64<<10)
	c := csv.NewWriter(out)
	if err := c.Write([]string{"id", "cluster_id"}); err != nil {
		return err
	}
	for _, m := range list {
		if err := c.Write([]string{m.Record, m.Cluster}); err != nil {
			return err
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	return out.Flush()
}

// compareIDs orders ids as people count: the shorter first, so that 9 comes
// before 10, and those of one length by their text.
func compareIDs(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) }
