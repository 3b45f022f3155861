package cli

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/frame"
	"leds.internal/ledsq/internal/report"
)

// stages are the files that a run of matching saves in a folder: the records as
// they are compared, and the pairs.
type stages struct {
	dir            string
	records, pairs *stageFile
}

const (
	recordsStage = "records.stage"
	pairsStage   = "pairs.stage"
)

// openStages makes the folder and says what the stages in it must be of; nil without --stage.
func (r *matcher) openStages(paths []string) (*stages, error) {
	dir := r.m.stage
	if dir == "" {
		return nil, nil
	}
	cannot := func(err error) error { return aborted(fmt.Errorf("--stage %s: %w", dir, bare(err))) }
	orders, _ := r.f.orders(r.in)
	settings := map[string]string{"kind": r.kindName(), "as-of": r.f.day, "date-order": strings.Join(orders, " "), "delimiter": r.f.delimiter, "sheet": r.f.ingest.Sheet,
		"within-source": r.m.within, "prefix-ids": fmt.Sprint(r.m.prefixIDs), "pairs-per-record": fmt.Sprint(r.cfg.PairsPerRecord), "link": fmt.Sprint(r.linked)}
	program, err := os.Executable()
	if err != nil {
		return nil, cannot(err)
	}
	for name, path := range map[string]string{"program": program, "codes": r.f.codes, "config": r.app.conf.path, "model": r.m.model} {
		if path == "" {
			continue
		}
		if settings[name], err = fingerprint(path); err != nil {
			return nil, cannot(err)
		}
	}
	for i, path := range paths {
		if path == "-" || r.in[i].size == 0 {
			return nil, usage("--stage needs files that can be read again, and %s can't", r.in[i].name())
		}
		of, err := fingerprint(path)
		if err != nil {
			return nil, cannot(err)
		}
		settings[fmt.Sprintf("file %d", i+1)] = of
		var columns []string
		for _, m := range r.in[i].Mapping() {
			columns = append(columns, m.String())
		}
		settings[fmt.Sprintf("columns of file %d", i+1)] = strings.Join(columns, ",")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil { // it holds personal data
		return nil, cannot(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".*.stage.*.part"))
	if err != nil {
		return nil, cannot(err)
	}
	for _, path := range left { // of a run that was killed as it wrote
		_ = os.Remove(path)
	}
	compared := maps.Clone(settings)
	compared["review-probability"] = fmt.Sprint(r.cfg.Review)
	return &stages{dir: dir, records: &stageFile{filepath.Join(dir, recordsStage), settings}, pairs: &stageFile{filepath.Join(dir, pairsStage), compared}}, nil
}

// remove removes the stages of a run that is done.
func (s *stages) remove() {
	if s != nil {
		_ = os.Remove(s.records.path)
		_ = os.Remove(s.pairs.path)
		_ = os.Remove(s.dir) // unless something else is in it
	}
}

// What a piece of the stage of records is.
const (
	pieceFile   = 'F' // a file begins
	pieceRecord = 'R' // its source, and what is compared of it
	pieceEnd    = 'E' // what else is to be known of the reading, as JSON
)

// readings is what else is to be known of the reading.
type readings struct {
	Skipped []report.SkippedRow `json:"skipped"`
	Notes   []string            `json:"notes"`
}

// recorder saves the records as they are read.
type recorder struct {
	w   *stageWriter
	out *bufio.Writer
	buf []byte
}

func (s *stages) record() (*recorder, error) {
	if s == nil {
		return nil, nil
	}
	w, err := s.records.create()
	if err != nil {
		return nil, err
	}
	return &recorder{w: w, out: bufio.NewWriterSize(w, 64<<10)}, nil
}

func (c *recorder) file() error {
	if c == nil {
		return nil
	}
	return c.out.WriteByte(pieceFile)
}

func (c *recorder) add(f *dedupe.Finder, source, id string, row *dedupe.Row) error {
	if c == nil {
		return nil
	}
	b := binary.AppendUvarint(append(c.buf[:0], pieceRecord, 0, 0, 0, 0), uint64(len(source)))
	b = f.AppendRow(append(b, source...), id, row)
	binary.LittleEndian.PutUint32(b[1:], uint32(len(b)-5))
	c.buf = b
	_, err := c.out.Write(b)
	return err
}

func (c *recorder) end(of readings) error {
	if c == nil {
		return nil
	}
	text, err := json.Marshal(of)
	if err == nil {
		_, err = c.out.Write(append([]byte{pieceEnd}, text...))
	}
	if err == nil {
		err = c.out.Flush()
	}
	if err != nil {
		return c.w.failed(err)
	}
	return c.w.commit()
}

func (c *recorder) discard() {
	if c != nil {
		c.w.discard()
	}
}

// again adds the records that an earlier run saved. It is false where none did.
func (r *matcher) again() (done bool, err error) {
	if r.stages == nil {
		return false, nil
	}
	from, err := r.stages.records.Load()
	if from == nil || err != nil {
		return false, err
	}
	defer func() { _ = from.Close() }() // read only
	r.f.say(r.app, "going on from the records saved in %s", r.stages.dir)
	in := bufio.NewReaderSize(from, 1<<20)
	bad := func(err error) error {
		var f *failure
		if errors.As(err, &f) {
			return err
		}
		return aborted(fmt.Errorf("the stage %s is damaged: remove it to begin anew", r.stages.records.path))
	}
	take := &taker{r: r, named: map[string]int32{}}
	var size [4]byte
	var buf []byte
	for {
		if err := r.app.ctx.Err(); err != nil {
			return false, aborted(err)
		}
		piece, err := in.ReadByte()
		if err != nil {
			return false, bad(err)
		}
		switch piece {
		case pieceFile:
			if err := take.next(); err != nil {
				return false, bad(err)
			}
		case pieceRecord:
			if _, err := io.ReadFull(in, size[:]); err != nil {
				return false, bad(err)
			}
			n := int(binary.LittleEndian.Uint32(size[:]))
			if n > frame.MaxData || take.own == nil {
				return false, bad(nil)
			}
			if cap(buf) < n {
				buf = make([]byte, n)
			}
			if _, err := io.ReadFull(in, buf[:n]); err != nil {
				return false, bad(err)
			}
			text := string(buf[:n])
			of, k := binary.Uvarint(buf[:n])
			if k <= 0 || of > uint64(n-k) {
				return false, bad(nil)
			}
			row, id, rest, err := r.finder.ReadRow(text[k+int(of):])
			if err != nil || rest != "" {
				return false, bad(err)
			}
			if err := take.record(text[k:k+int(of)], id, row); err != nil {
				return false, err
			}
		case pieceEnd:
			var of readings
			d := json.NewDecoder(in)
			if err := d.Decode(&of); err != nil {
				return false, bad(err)
			}
			if _, err := d.Token(); err != io.EOF { // the trailer was read, and nothing after it
				return false, bad(err)
			}
			r.skipped = of.Skipped
			for _, n := range of.Notes {
				r.f.say(r.app, "%s", n)
			}
			return true, take.end()
		default:
			return false, bad(nil)
		}
	}
}
