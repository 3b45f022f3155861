package frame

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

func stream(t *testing.T) []byte {
	var b bytes.Buffer
	w := NewWriter(&b)
	for i := range 5 {
		if err := w.Write(Frame{Kind: 'R', Key: uint64(i) << 40, Items: i, Data: []byte(strings.Repeat("x", i*10))}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(map[string]int64{"records": 10}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readAll(b []byte) (n int, tr *Trailer, err error) {
	r := NewReader(bytes.NewReader(b))
	for {
		if _, err := r.Next(); err == io.EOF {
			return n, r.Trailer(), nil
		} else if err != nil {
			return n, nil, err
		}
		n++
	}
}

func TestRoundTrip(t *testing.T) {
	n, tr, err := readAll(stream(t))
	if err != nil || n != 5 || tr.Items["R"] != 10 || tr.Tally["records"] != 10 {
		t.Errorf("%d frames, %+v, %v", n, tr, err)
	}
}

// TestCutAnywhere cuts a stream after every byte: none but the whole one passes.
func TestCutAnywhere(t *testing.T) {
	whole := stream(t)
	for n := range whole {
		if _, _, err := readAll(whole[:n]); err == nil || !strings.Contains(err.Error(), "cut short") {
			t.Fatalf("cut after %d of %d bytes: %v", n, len(whole), err)
		}
	}
}

// TestDamagedAnywhere changes every byte, one at a time.
func TestDamagedAnywhere(t *testing.T) {
	whole := stream(t)
	for i := range whole {
		for _, x := range [...]byte{1, 0x80, 0xff} {
			bad := bytes.Clone(whole)
			bad[i] ^= x
			if _, _, err := readAll(bad); err == nil {
				t.Fatalf("byte %d of %d changed by %x, and nobody noticed", i, len(whole), x)
			}
		}
	}
}

// TestLostAndAdded takes whole frames out, and adds some.
func TestLostAndAdded(t *testing.T) {
	whole := stream(t)
	first := len(Magic) + headSize // the first frame has no data
	lost := append(bytes.Clone(whole[:len(Magic)]), whole[first:]...)
	if _, _, err := readAll(lost); err == nil || !strings.Contains(err.Error(), "incomplete") {
		t.Errorf("a lost frame: %v", err)
	}
	if _, _, err := readAll(append(bytes.Clone(whole), 'x')); err == nil || !strings.Contains(err.Error(), "goes on") {
		t.Errorf("something after the trailer: %v", err)
	}
	if _, _, err := readAll([]byte("id,surname\n1,Fenwick\n")); err == nil || strings.Contains(err.Error(), "Fenwick") {
		t.Errorf("a file of records: %v", err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(Magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		if n, tr, err := readAll(b); err == nil && tr.Frames != int64(n) {
			t.Errorf("%d frames, %+v", n, tr)
		}
	})
}

func ExampleReader() {
	var pipe bytes.Buffer
	w := NewWriter(&pipe)
	_ = w.Write(Frame{Kind: 'R', Items: 2, Data: []byte("two records")})
	_ = w.Close(map[string]int64{"records": 2})

	r := NewReader(bytes.NewReader(pipe.Bytes()[:20]))
	_, err := r.Next()
	fmt.Println(err)
	// Output: the stream was cut short: it ends after 20 bytes and 0 batches without a trailer
}
