package report

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strconv"
	"unicode/utf8"

	"leds.internal/ledsq/quality"
)

// lines is JSON Lines: one line per record.
type lines struct {
	w   io.Writer
	buf []byte
}

func newLines(w io.Writer, _ *Header) Writer { return &lines{w: w} }

func (l *lines) Record(r *Record) error {
	l.buf = append(appendRecord(l.buf[:0], r), '\n')
	_, err := l.w.Write(l.buf)
	return err
}

// Skip writes nothing: a line is a record.
func (l *lines) Skip(SkippedRow) error { return nil }

func (l *lines) Close(*Summary) error { return nil }

// appendRecord writes one record as a JSON object. It is written by hand
// because it is done once per record, and the order of keys is a contract.
func appendRecord(b []byte, r *Record) []byte {
	b = append(b, `{"id":`...)
	b = appendString(b, r.ID)
	if r.ID == "" { // else nobody could tell which record it is
		b = append(b, `,"file":`...)
		b = appendString(b, r.File)
		b = append(b, `,"row":`...)
		b = strconv.AppendInt(b, int64(r.Row), 10)
	}
	b = append(b, `,"score":`...)
	b = appendNumber(b, r.Score.Overall)
	b = append(b, `,"dimensions":{`...)
	n := 0
	for _, d := range quality.Dimensions() {
		s, ok := r.Score.Dimensions[d]
		if !ok {
			continue
		}
		if n++; n > 1 {
			b = append(b, ',')
		}
		b = appendString(b, string(d))
		b = append(b, ':')
		b = appendNumber(b, s)
	}
	b = append(b, '}')
	if r.Changed != nil {
		b = append(b, `,"changed":[`...)
		for i, c := range r.Changed {
			b = appendMembers(b, i, "field", c.Field, "before", c.Before, "after", c.After)
		}
		b = append(b, ']')
	}
	b = append(b, `,"findings":[`...)
	for i := range r.Findings {
		f := &r.Findings[i]
		members := [...]string{"rule", f.Rule, "severity", string(f.Severity), "outcome", string(f.Outcome),
			"field", f.Field, "message", f.Message, "dimension", string(f.Dimension), "fix", f.Fix}
		if f.Fix == "" {
			b = appendMembers(b, i, members[:12]...)
		} else {
			b = appendMembers(b, i, members[:]...)
		}
	}
	return append(b, "]}"...)
}

// appendMembers writes the i-th object of a list: keys and values in turn.
func appendMembers(b []byte, i int, members ...string) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	for k := 0; k < len(members); k += 2 {
		if k == 0 {
			b = append(b, '{', '"')
		} else {
			b = append(b, ',', '"')
		}
		b = append(b, members[k]...)
		b = append(b, '"', ':')
		b = appendString(b, members[k+1])
	}
	return append(b, '}')
}

// appendString writes a JSON string.
func appendString(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return appendQuoted(b, s)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func appendQuoted(b []byte, s string) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil { // no string fails
		return append(b, `""`...)
	}
	return append(b, bytes.TrimRight(out.Bytes(), "\n")...)
}

func appendNumber(b []byte, f float64) []byte { return strconv.AppendFloat(b, round(f), 'f', -1, 64) }

// round keeps six digits after the point: more would be noise of binary fractions.
func round(f float64) float64 { return math.Round(f*1e6) / 1e6 }
