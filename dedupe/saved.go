package dedupe

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"
)

// Saved keeps what a stage came to, so that a later run goes on from there. What
// it holds is of these very records and settings: whoever implements it sees to
// that, and that nothing damaged is given.
type Saved interface {
	// Load gives what was saved, nil if nothing was.
	Load() (io.ReadCloser, error)
	// Save keeps all that write writes, or nothing.
	Save(write func(io.Writer) error) error
}

// AppendRow adds what is compared of a record, with its id, to b, as ReadRow reads
// it. The row stays as it is.
func (f *Finder) AppendRow(b []byte, id string, r *Row) []byte { return appendRow(b, 0, id, r) }

var errSaved = errors.New("dedupe: what was saved can't be read")

// ReadRow reads a row at the beginning of b, and gives what follows it. The texts of
// the row lie in b.
func (f *Finder) ReadRow(b string) (row *Row, id, rest string, err error) {
	if len(b) < 4 {
		return nil, "", "", errSaved
	}
	n := int(binary.LittleEndian.Uint32([]byte(b[:4])))
	if n > len(b)-4 {
		return nil, "", "", errSaved
	}
	c := cursor{s: b[4 : 4+n]}
	c.uvarint() // its number
	row = rows.Get().(*Row)
	id, ok := packed{rest: c.s}.unpack(row, len(f.preset.attributes))
	if c.bad || !ok {
		return nil, "", "", errSaved
	}
	row.kind, row.named = f.kind, f.named[id]
	return row, id, b[4+n:], nil
}

// compared is what comparing came to: all that the rest of Find needs of it.
type compared struct {
	Planned  [][]string      `json:"planned"`
	Dropped  []Dropped       `json:"dropped"`
	N        int64           `json:"n"` // candidate pairs
	Blocking *BlockingRecall `json:"blocking"`
	Families bool            `json:"families"`
	Counts   int             `json:"counts"`
	Pairs    int             `json:"pairs"`

	counts []patternCount
	pairs  []scored
}

// write writes a line of JSON, and the counts and pairs as numbers.
func (c *compared) write(w io.Writer) error {
	c.Counts, c.Pairs = len(c.counts), len(c.pairs)
	head, err := json.Marshal(c)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<20)
	_, _ = out.Write(append(head, '\n')) // Flush gives the error
	var b []byte
	for i := range c.counts {
		p := &c.counts[i]
		b = binary.LittleEndian.AppendUint64(appendPattern(b[:0], p.p), math.Float64bits(p.n))
		_, _ = out.Write(b)
	}
	for i := range c.pairs {
		p := &c.pairs[i]
		b = binary.LittleEndian.AppendUint32(b[:0], uint32(p.a))
		b = binary.LittleEndian.AppendUint32(b, uint32(p.b))
		b = binary.LittleEndian.AppendUint64(appendPattern(b, p.p), math.Float64bits(p.weight))
		_, _ = out.Write(b)
	}
	return out.Flush()
}

func appendPattern(b []byte, p pattern) []byte {
	for _, x := range p {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	return b
}

const patternBytes = 8 * len(pattern{})

func readPattern(b []byte) (p pattern) {
	for i := range p {
		p[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return p
}

// readCompared reads what write wrote, of so many records.
func readCompared(r io.Reader, records int) (*compared, error) {
	in := bufio.NewReaderSize(r, 1<<20)
	head, err := in.ReadBytes('\n')
	if err != nil {
		return nil, err
	}
	c := &compared{}
	d := json.NewDecoder(bytes.NewReader(head))
	d.DisallowUnknownFields()
	if err := d.Decode(c); err != nil || c.Counts < 0 || c.Pairs < 0 {
		return nil, errSaved
	}
	var b [8 + patternBytes + 8]byte
	for range c.Counts { // memory grows with what is there, whatever the numbers say
		if _, err := io.ReadFull(in, b[:patternBytes+8]); err != nil {
			return nil, err
		}
		c.counts = append(c.counts, patternCount{readPattern(b[:]), math.Float64frombits(binary.LittleEndian.Uint64(b[patternBytes:]))})
	}
	for range c.Pairs {
		if _, err := io.ReadFull(in, b[:]); err != nil {
			return nil, err
		}
		p := scored{int32(binary.LittleEndian.Uint32(b[:])), int32(binary.LittleEndian.Uint32(b[4:])), readPattern(b[8:]), math.Float64frombits(binary.LittleEndian.Uint64(b[8+patternBytes:]))}
		if p.a < 0 || p.b <= p.a || int(p.b) >= records {
			return nil, errSaved
		}
		c.pairs = append(c.pairs, p)
	}
	if _, err := in.ReadByte(); err != io.EOF {
		if err == nil {
			err = errSaved
		}
		return nil, err
	}
	return c, nil
}

// load gives what comparing came to in an earlier run, nil where there was none.
func (f *Finder) load() (*compared, error) {
	if f.cfg.Saved == nil {
		return nil, nil
	}
	r, err := f.cfg.Saved.Load()
	if r == nil || err != nil {
		return nil, err
	}
	c, err := readCompared(r, f.t.n)
	if e := r.Close(); err == nil {
		err = e
	}
	return c, err
}
