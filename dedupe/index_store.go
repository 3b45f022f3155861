package dedupe

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strconv"

	"leds.internal/ledsq/record"
)

// Store keeps what an index holds: keys and values in named tables. Package store
// has one of files. It must be safe for use by several goroutines.
type Store interface {
	// Each gives the entries of a table in the order of their keys. Key and value
	// are good until f returns. A table that was never written to is empty.
	Each(table string, f func(key, value []byte) error) error
	// Commit writes all or nothing, and returns when it is durable.
	Commit(writes []StoreWrite) error
	Close() error
}

// StoreWrite puts a value under a key; a nil value takes the key away.
type StoreWrite struct {
	Table      string
	Key, Value []byte
}

// Tables of a store, and the version of what is in them.
const (
	tableMeta      = "meta"
	tableValues    = "values"    // by column and first id: the texts of ids in turn
	tableRows      = "rows"      // by row: a record, as ids of values
	tableClusters  = "clusters"  // by row: its cluster, where that is not named as the record
	tableDecisions = "decisions" // by number
	tableJournal   = "journal"   // by number
	indexFormat    = 1
)

type storedEntry struct{ key, value []byte }

func numberKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// sealed puts a checksum after a value; opened takes it off.
func sealed(b []byte) []byte { return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b)) }

func opened(b []byte) ([]byte, error) {
	if len(b) < 4 {
		return nil, ErrCorrupt
	}
	body := b[:len(b)-4]
	if crc32.ChecksumIEEE(body) != binary.BigEndian.Uint32(b[len(body):]) {
		return nil, fmt.Errorf("%w: a checksum is wrong", ErrCorrupt)
	}
	return body, nil
}

// newValues gives the texts of columns that are not stored yet.
func (c *core) newValues() (out []StoreWrite) {
	const most = 1 << 16 // bytes of one value
	for i, col := range c.t.cols {
		first := int(col.loans) + 1
		for from := max(c.saved[i], first); from < len(col.text); {
			var b []byte
			to := from
			for ; to < len(col.text) && len(b) < most; to++ {
				b = binary.AppendUvarint(b, uint64(len(col.text[to])))
				b = append(b, col.text[to]...)
			}
			out = append(out, StoreWrite{tableValues, numberKey(uint64(i)<<32 | uint64(from-first)), sealed(b)})
			from = to
		}
	}
	return out
}

// markSaved says that all values are stored.
func (c *core) markSaved() {
	for i, col := range c.t.cols {
		c.saved[i] = len(col.text)
	}
}

// concepts are those of further names and addresses, by their number.
var concepts = []string{"name", "address"}

func (c *core) encodeRow(row int32) []byte {
	b := binary.AppendUvarint(nil, uint64(len(c.idText(row))))
	b = append(b, c.idText(row)...)
	source := c.source.text[c.from[row]]
	b = binary.AppendUvarint(b, uint64(len(source)))
	b = append(b, source...)
	b = binary.BigEndian.AppendUint64(b, c.t.hash[row])
	b = c.encodeCells(b, row)
	others := c.t.othersOf(row)
	b = binary.AppendUvarint(b, uint64(len(others)))
	for _, o := range others {
		b = append(b, byte(slices.Index(concepts, o.concept)))
		b = c.encodeCells(b, o.row)
	}
	return sealed(b)
}

func (c *core) encodeCells(b []byte, row int32) []byte {
	for _, col := range c.t.cols {
		id := c.t.id(col, row)
		if id != missing {
			id -= col.loans
		}
		b = binary.AppendUvarint(b, uint64(id))
	}
	return b
}

// write lists what a batch of changes puts into the store.
func (w *writer) write(batch []*change) {
	c := w.c
	w.writes = c.newValues()
	put := func(table string, key uint64, value []byte) {
		w.writes = append(w.writes, StoreWrite{table, numberKey(key), value})
	}
	for _, ch := range batch {
		if ch.err != nil {
			continue
		}
		if ch.old != 0 {
			put(tableRows, uint64(ch.old-searchers), nil)
		}
		if ch.row != 0 {
			put(tableRows, uint64(ch.row-searchers), c.encodeRow(ch.row))
		}
	}
	for _, row := range slices.Sorted(maps.Keys(w.touched)) {
		value := c.encodeLabel(row)
		if !w.stands(row) {
			value = nil
		}
		put(tableClusters, uint64(row-searchers), value)
	}
	n := len(c.judged.list)
	for _, ch := range batch {
		n -= len(ch.decided)
	}
	for _, ch := range batch {
		for _, j := range ch.decided {
			b, _ := json.Marshal(j)
			put(tableDecisions, uint64(n), sealed(b))
			n++
		}
	}
	for _, e := range w.entries {
		b, _ := json.Marshal(e)
		put(tableJournal, e.Seq, sealed(b))
	}
}

// encodeLabel gives nil for a cluster that is named as the record is.
func (c *core) encodeLabel(row int32) []byte {
	if c.label[row] == c.idOf[row] || c.label[row] == 0 {
		return nil
	}
	return sealed([]byte(c.ids.text[c.label[row]]))
}

// settle writes a new index into its store.
func (x *Index) settle(b *IndexBuilder, store Store) error {
	x.judged.add(b.decided...)
	if len(b.previous) > 0 || len(b.decided) > 0 {
		x.carry(b)
	}
	if store == nil {
		return nil
	}
	if err := store.Each(tableMeta, func(_, _ []byte) error { return errNotEmpty }); err != nil {
		return err
	}
	x.store = store
	c := x.core
	const each = 20_000
	for _, writes := range [][]StoreWrite{c.newValues()} {
		for part := range slices.Chunk(writes, 64) {
			if err := store.Commit(part); err != nil {
				return err
			}
		}
	}
	c.markSaved()
	var writes []StoreWrite
	flush := func(most int) error {
		if len(writes) <= most {
			return nil
		}
		err := store.Commit(writes)
		writes = writes[:0]
		return err
	}
	for r := int32(searchers); int(r) < c.t.n; r++ {
		key := numberKey(uint64(r - searchers))
		writes = append(writes, StoreWrite{tableRows, key, c.encodeRow(r)})
		if v := c.encodeLabel(r); v != nil {
			writes = append(writes, StoreWrite{tableClusters, key, v})
		}
		if err := flush(each); err != nil {
			return err
		}
	}
	for i, j := range c.judged.list {
		v, _ := json.Marshal(j)
		writes = append(writes, StoreWrite{tableDecisions, numberKey(uint64(i)), sealed(v)})
	}
	for _, e := range b.earlier {
		writes = append(writes, StoreWrite{tableJournal, e.key, e.value})
	}
	for _, e := range c.recent {
		v, _ := json.Marshal(e)
		writes = append(writes, StoreWrite{tableJournal, numberKey(e.Seq), sealed(v)})
	}
	var model bytes.Buffer
	if err := gob.NewEncoder(&model).Encode(c.frozen.lowered(c)); err != nil {
		return err
	}
	for k, v := range map[string]string{"kind": string(x.kind), "schema": x.preset.schema(), "model": model.String()} {
		writes = append(writes, StoreWrite{tableMeta, []byte(k), sealed([]byte(v))})
	}
	if err := flush(0); err != nil {
		return err
	}
	// Last, so that an index half written is none.
	return store.Commit([]StoreWrite{{tableMeta, []byte("format"), []byte(strconv.Itoa(indexFormat))}})
}

var errNotEmpty = errors.New("dedupe: the store holds an index already")

// lowered gives a model with ids as they are stored.
func (f *frozen) lowered(c *core) *frozen { return f.shifted(c, -lentIDs) }

// shifted gives a model with other numbers of values.
func (f *frozen) shifted(c *core, by int) *frozen {
	out := *f
	move := func(ids []uint32) []uint32 {
		moved := make([]uint32, len(ids))
		for i, id := range ids {
			moved[i] = uint32(int(id) + by)
		}
		return moved
	}
	out.Terms = slices.Clone(f.Terms)
	for i := range out.Terms {
		out.Terms[i].IDs = move(f.Terms[i].IDs)
	}
	out.Names.Given, out.Names.Surname = move(f.Names.Given), move(f.Names.Surname)
	out.Names.Full = make([]uint64, len(f.Names.Full))
	for i, n := range f.Names.Full {
		out.Names.Full[i] = full(uint32(int(n>>32)+by), uint32(int(uint32(n))+by))
	}
	return &out
}

// IndexMeta says what a store holds, without reading the records.
type IndexMeta struct {
	Format int
	Kind   record.Kind
	schema string
	model  []byte
}

// ReadIndexMeta reads what a store holds. ErrFormat tells of a later format, or
// of a store without a whole index.
func ReadIndexMeta(store Store) (m IndexMeta, err error) {
	meta := map[string][]byte{}
	if err := store.Each(tableMeta, func(k, v []byte) error {
		meta[string(k)] = bytes.Clone(v)
		return nil
	}); err != nil {
		return m, err
	}
	m.Format, err = strconv.Atoi(string(meta["format"]))
	switch {
	case len(meta) == 0:
		return m, fmt.Errorf("%w: it holds no index, or one whose building was broken off: build it", ErrFormat)
	case meta["format"] == nil:
		return m, fmt.Errorf("%w: its building was broken off: build it anew", ErrFormat)
	case err != nil:
		return m, fmt.Errorf("%w: its format can't be read", ErrCorrupt)
	case m.Format > indexFormat:
		return m, fmt.Errorf("%w: it is of format %d, and this program reads up to %d: use a later version, or build it anew", ErrFormat, m.Format, indexFormat)
	}
	for _, k := range []string{"kind", "schema", "model"} {
		if meta[k], err = opened(meta[k]); err != nil {
			return m, err
		}
	}
	m.Kind, m.schema, m.model = record.Kind(meta["kind"]), string(meta["schema"]), meta["model"]
	return m, nil
}

// OpenIndex opens the index that a store holds. The thresholds of cfg may be
// others than those it was built with; its clusters keep to those until Rebuild.
func OpenIndex(ctx context.Context, cfg IndexConfig, store Store) (*Index, error) {
	m, err := ReadIndexMeta(store)
	if err != nil {
		return nil, err
	}
	x, err := newIndex(m.Kind, cfg, store)
	if err != nil {
		return nil, err
	}
	if m.schema != x.preset.schema() {
		return nil, fmt.Errorf("%w: it was built by a version that compares otherwise: build it anew from its records", ErrFormat)
	}
	c := newCore(&x.preset, x.cfg, newIndexTable(&x.preset))
	if c.frozen, err = readFrozen(m.model, &x.preset, c); err != nil {
		return nil, err
	}
	if err := c.load(ctx, store); err != nil {
		return nil, err
	}
	if err := c.begin(x.kind); err != nil {
		return nil, err
	}
	x.core = c
	return x, nil
}

func readFrozen(b []byte, p *preset, c *core) (*frozen, error) {
	var f frozen
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&f); err != nil && err != io.EOF {
		return nil, fmt.Errorf("%w: its model can't be read", ErrCorrupt)
	}
	out := f.shifted(c, lentIDs)
	n := len(p.comparisons)
	if len(out.M) != n || len(out.U) != n || out.Learned && len(out.Terms) != len(c.t.cols) || out.H != nil && len(out.H) != n ||
		len(f.Names.Given) != len(f.Names.GivenN) || len(f.Names.Surname) != len(f.Names.SurnameN) || len(f.Names.Full) != len(f.Names.FullCount) {
		return nil, fmt.Errorf("%w: its model is not whole", ErrCorrupt)
	}
	return out, nil
}
