// Package frame is how processes hand work to each other over a pipe: a stream
// of frames, each with a checksum, that ends with a trailer which says how many
// there were. A stream that simply stops is an error: the end of input is not
// success.
//
//	stream   = magic frame… trailer
//	magic    = "ledsqwk1"
//	frame    = kind(1) key(8) items(4) length(4) crc(4) data
//	trailer  = a frame of kind 'Z' whose data is JSON, after which nothing follows
//
// Numbers are little endian; crc is CRC-32 (IEEE) of the 17 bytes before it and the data.
package frame

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
)

// Magic begins every stream; its last character is the version.
const Magic = "ledsqwk1"

// KindTrailer is the kind of the frame that ends a stream.
const KindTrailer = 'Z'

// MaxData is how many bytes one frame may hold, against damaged and hostile input.
const MaxData = 256 << 20

const headSize = 1 + 8 + 4 + 4 + 4

// Frame is a piece of work.
type Frame struct {
	Kind  byte
	Key   uint64
	Items int // records, pairs … it holds
	Data  []byte
}

// Trailer ends a stream.
type Trailer struct {
	Frames int64            `json:"frames"`          // before it
	Items  map[string]int64 `json:"items"`           // by kind, summed
	Tally  map[string]int64 `json:"tally,omitempty"` // what whoever made the stream counted
}

// Writer writes a stream. Without Close it has no trailer, and nobody will take it.
type Writer struct {
	w       *bufio.Writer
	began   bool
	trailer Trailer
}

// NewWriter writes to w.
func NewWriter(w io.Writer) *Writer {
	return &Writer{w: bufio.NewWriterSize(w, 64<<10), trailer: Trailer{Items: map[string]int64{}}}
}

// Write writes a frame.
func (w *Writer) Write(f Frame) error {
	if f.Kind == KindTrailer || len(f.Data) > MaxData || f.Items < 0 || f.Items > math.MaxInt32 {
		return errors.New("frame: a frame that can't be written")
	}
	w.trailer.Frames++
	w.trailer.Items[string(rune(f.Kind))] += int64(f.Items)
	return w.write(f)
}

func (w *Writer) write(f Frame) error {
	if !w.began {
		w.began = true
		if _, err := w.w.WriteString(Magic); err != nil {
			return err
		}
	}
	var head [headSize]byte
	head[0] = f.Kind
	binary.LittleEndian.PutUint64(head[1:], f.Key)
	binary.LittleEndian.PutUint32(head[9:], uint32(f.Items))
	binary.LittleEndian.PutUint32(head[13:], uint32(len(f.Data)))
	binary.LittleEndian.PutUint32(head[17:], sum(head[:17], f.Data))
	if _, err := w.w.Write(head[:]); err != nil {
		return err
	}
	_, err := w.w.Write(f.Data)
	return err
}

func sum(head, data []byte) uint32 {
	return crc32.Update(crc32.ChecksumIEEE(head), crc32.IEEETable, data)
}

// Close writes the trailer, with a tally of one's own. It does not close what is
// written to.
func (w *Writer) Close(tally map[string]int64) error {
	w.trailer.Tally = tally
	data, err := json.Marshal(w.trailer)
	if err != nil {
		return err
	}
	if err := w.write(Frame{Kind: KindTrailer, Data: data}); err != nil {
		return err
	}
	return w.w.Flush()
}

// Reader reads a stream and believes nothing.
type Reader struct {
	r       *bufio.Reader
	began   bool
	data    []byte
	at      int64 // bytes read
	seen    Trailer
	trailer *Trailer
}

// NewReader reads from r.
func NewReader(r io.Reader) *Reader {
	return &Reader{r: bufio.NewReaderSize(r, 64<<10), seen: Trailer{Items: map[string]int64{}}}
}

// Next gives the next frame, whose data is good until the call after. io.EOF says
// that the stream ended with a trailer that agrees with what was read; a stream
// cut short, damaged, or followed by anything is another error, and says where.
func (r *Reader) Next() (Frame, error) {
	if !r.began {
		magic := make([]byte, len(Magic))
		if err := r.full(magic); err != nil {
			return Frame{}, err
		}
		if string(magic) != Magic {
			return Frame{}, errors.New("no stream of batches: it does not begin as one of this version does")
		}
		r.began = true
	}
	if r.trailer != nil {
		return Frame{}, io.EOF
	}
	from := r.at
	var head [headSize]byte
	if err := r.full(head[:]); err != nil {
		return Frame{}, err
	}
	f := Frame{Kind: head[0], Key: binary.LittleEndian.Uint64(head[1:])}
	items, n := binary.LittleEndian.Uint32(head[9:]), binary.LittleEndian.Uint32(head[13:])
	if n > MaxData || items > math.MaxInt32 {
		return Frame{}, r.damaged(from)
	}
	f.Items = int(items)
	if err := r.take(int(n)); err != nil {
		return Frame{}, err
	}
	f.Data = r.data
	if sum(head[:17], f.Data) != binary.LittleEndian.Uint32(head[17:]) {
		return Frame{}, r.damaged(from)
	}
	if f.Kind == KindTrailer {
		return Frame{}, r.end(f, from)
	}
	r.seen.Frames++
	r.seen.Items[string(rune(f.Kind))] += int64(f.Items)
	return f, nil
}

// take reads the data of a frame, no more at once than is there: a length alone
// takes no memory.
func (r *Reader) take(n int) error {
	const step = 1 << 20
	r.data = r.data[:0]
	for len(r.data) < n {
		from := len(r.data)
		more := min(n-from, step)
		if cap(r.data) < from+more {
			grown := make([]byte, from, min(max(2*cap(r.data), from+more), n))
			copy(grown, r.data)
			r.data = grown
		}
		r.data = r.data[:from+more]
		if err := r.full(r.data[from:]); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) full(b []byte) error {
	n, err := io.ReadFull(r.r, b)
	r.at += int64(n)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the stream was cut short: it ends after %d bytes and %d batches without a trailer", r.at, r.seen.Frames)
	}
	return err
}

func (r *Reader) damaged(from int64) error {
	return fmt.Errorf("the stream is damaged: batch %d, at byte %d, is not what was written", r.seen.Frames+1, from)
}

// end compares the trailer with what was read.
func (r *Reader) end(f Frame, from int64) error {
	t := &Trailer{}
	if json.Unmarshal(f.Data, t) != nil {
		return r.damaged(from)
	}
	if t.Frames != r.seen.Frames {
		return fmt.Errorf("the stream is incomplete: %d batches came and its trailer says %d", r.seen.Frames, t.Frames)
	}
	for k, n := range t.Items {
		if r.seen.Items[k] != n {
			return fmt.Errorf("the stream is incomplete: %d items of kind %s came and its trailer says %d", r.seen.Items[k], k, n)
		}
	}
	if _, err := r.r.ReadByte(); err != io.EOF {
		if err != nil {
			return err
		}
		return errors.New("the stream goes on after its trailer")
	}
	r.trailer = t
	return io.EOF
}

// Trailer gives the trailer, nil before Next gave io.EOF.
func (r *Reader) Trailer() *Trailer { return r.trailer }
