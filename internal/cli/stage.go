package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"leds.internal/ledsq/internal/frame"
)

// stageFile is a file that keeps what a stage of a run came to: a stream of frames,
// the first of which says of what input and settings it is.
type stageFile struct {
	path     string
	settings map[string]string
}

const (
	stageHead = 'H'
	stageData = 'D'
	stageStep = 1 << 20 // bytes of a frame
)

// Load opens the file, and gives nil where there is none.
func (s *stageFile) Load() (io.ReadCloser, error) {
	f, err := os.Open(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, aborted(fmt.Errorf("the stage %s can't be read: %w", s.path, bare(err)))
	}
	r := &stageReader{path: s.path, file: f, frames: frame.NewReader(f)}
	head, err := r.frames.Next()
	if err == nil && head.Kind != stageHead {
		err = errors.New("it does not begin as one does")
	}
	var of map[string]string
	if err == nil {
		err = json.Unmarshal(head.Data, &of)
	}
	if err != nil {
		_ = f.Close()
		return nil, r.damaged(err)
	}
	if differ := s.differing(of); len(differ) > 0 {
		_ = f.Close()
		return nil, usage("the stage %s was saved of other input or settings (%s): give them as they were, name another folder, or remove that one to begin anew", s.path, strings.Join(differ, ", "))
	}
	return r, nil
}

// differing lists the settings that are not those of the file.
func (s *stageFile) differing(of map[string]string) (names []string) {
	for _, k := range slices.Sorted(maps.Keys(s.settings)) {
		if was, ok := of[k]; !ok || was != s.settings[k] {
			if k == "as-of" && was != "" {
				k = "--as-of " + was
			}
			names = append(names, k)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(of)) {
		if _, ok := s.settings[k]; !ok {
			names = append(names, k)
		}
	}
	return names
}

// Save writes the file, whole or not at all.
func (s *stageFile) Save(write func(io.Writer) error) error {
	w, err := s.create()
	if err != nil {
		return err
	}
	defer w.discard()
	if err := write(w); err != nil {
		return w.failed(err)
	}
	return w.commit()
}

// stageWriter is a file being written, under another name.
type stageWriter struct {
	path   string
	file   *os.File
	frames *frame.Writer
	buf    []byte
	done   bool
}

func (s *stageFile) create() (*stageWriter, error) {
	w := &stageWriter{path: s.path}
	f, err := os.CreateTemp(filepath.Dir(s.path), "."+filepath.Base(s.path)+".*.part")
	if err != nil {
		return nil, w.failed(err)
	}
	w.file, w.frames = f, frame.NewWriter(f)
	head, err := json.Marshal(s.settings)
	if err == nil {
		err = w.frames.Write(frame.Frame{Kind: stageHead, Data: head})
	}
	if err != nil {
		w.discard()
		return nil, w.failed(err)
	}
	return w, nil
}

func (w *stageWriter) failed(err error) error {
	return aborted(fmt.Errorf("the stage %s can't be written: %w", w.path, bare(err)))
}

func (w *stageWriter) Write(b []byte) (int, error) {
	w.buf = append(w.buf, b...)
	if len(w.buf) < stageStep {
		return len(b), nil
	}
	return len(b), w.flush()
}

func (w *stageWriter) flush() error {
	for part := range slices.Chunk(w.buf, stageStep) {
		if err := w.frames.Write(frame.Frame{Kind: stageData, Data: part}); err != nil {
			return err
		}
	}
	w.buf = w.buf[:0]
	return nil
}

func (w *stageWriter) commit() error {
	err := w.flush()
	if err == nil {
		err = w.frames.Close(nil)
	}
	if err == nil {
		err = w.file.Sync() // what is there after a power cut is whole too
	}
	if e := w.file.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(w.file.Name(), w.path)
	}
	if err != nil {
		return w.failed(err)
	}
	w.done = true
	return nil
}

// discard takes away what is not whole.
func (w *stageWriter) discard() {
	if !w.done {
		w.done = true
		_ = w.file.Close()
		_ = os.Remove(w.file.Name())
	}
}

// stageReader reads what was written. Its end is good only with the trailer.
type stageReader struct {
	path   string
	file   *os.File
	frames *frame.Reader
	rest   []byte
}

func (r *stageReader) Read(b []byte) (int, error) {
	for len(r.rest) == 0 {
		f, err := r.frames.Next()
		if err == io.EOF {
			return 0, io.EOF
		}
		if err != nil || f.Kind != stageData {
			return 0, r.damaged(err)
		}
		r.rest = f.Data
	}
	n := copy(b, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *stageReader) Close() error { return r.file.Close() }

func (r *stageReader) damaged(why error) error {
	if why == nil {
		why = errors.New("what is in it is of no known kind")
	}
	return aborted(fmt.Errorf("the stage %s is damaged: remove it to begin anew (%w)", r.path, why))
}

// fingerprint is the hash of what a file holds.
func fingerprint(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // read only
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
