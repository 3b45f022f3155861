package report

import (
	"bytes"
	"encoding/json"
	"io"
)

// document is one JSON document: header, records, summary.
type document struct {
	w   io.Writer
	h   *Header
	buf []byte
	n   int
}

func newJSON(w io.Writer, h *Header) Writer { return &document{w: w, h: h} }

func (d *document) Record(r *Record) error {
	if err := d.open(); err != nil {
		return err
	}
	d.buf = d.buf[:0]
	if d.n++; d.n > 1 {
		d.buf = append(d.buf, ',')
	}
	d.buf = appendRecord(append(d.buf, '\n'), r)
	_, err := d.w.Write(d.buf)
	return err
}

// open writes the header before the first record.
func (d *document) open() error {
	if d.buf != nil {
		return nil
	}
	d.buf = append(d.buf, "{\n\"header\": "...)
	d.buf = append(d.buf, marshal(d.h)...)
	d.buf = append(d.buf, ",\n\"records\": ["...)
	_, err := d.w.Write(d.buf)
	return err
}

// Skip writes nothing: the summary lists the rows.
func (d *document) Skip(SkippedRow) error { return nil }

func (d *document) Close(s *Summary) error {
	if err := d.open(); err != nil {
		return err
	}
	d.buf = append(d.buf[:0], "\n],\n\"summary\": "...)
	d.buf = append(d.buf, marshal(s)...)
	d.buf = append(d.buf, "\n}\n"...)
	_, err := d.w.Write(d.buf)
	return err
}

// marshal gives JSON without the escapes that are for HTML, indented by one space.
func marshal(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		panic("report: " + err.Error()) // a type of ours that JSON does not have
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
