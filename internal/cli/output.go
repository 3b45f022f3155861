package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"leds.internal/ledsq/internal/report"
)

// outSpec is one --out: a format and where to.
type outSpec struct{ format, path string }

// parseOut reads the values of --out; allowed are the formats the verb has.
func parseOut(values, allowed []string) ([]outSpec, error) {
	var out []outSpec
	for _, v := range values {
		format, path, ok := strings.Cut(v, "=")
		if !ok {
			path = "-"
		}
		if path == "" {
			return nil, usage("--out %s: the path is missing; write %s=FILE, or %s alone for standard output", v, format, format)
		}
		if !slices.Contains(allowed, format) {
			if _, err := report.FindFormat(format); err != nil && format == "html" {
				return nil, usage("--out %s: %w", v, err)
			}
			return nil, usage("--out %s: this verb writes %s", v, strings.Join(allowed, ", "))
		}
		out = append(out, outSpec{format, path})
	}
	if len(out) == 0 {
		out = []outSpec{{allowed[0], "-"}}
	}
	return out, nil
}

// outputs are the files of one run. They are written under temporary names
// beside their targets and appear, all of them, when the run is done.
type outputs struct {
	app    *app
	inputs []string
	list   []*output
	stdout bool
}

type output struct {
	path, temp string
	file       *os.File
	w          *bufio.Writer
}

// open gives a writer for a path; "-" is standard output.
func (o *outputs) open(path string) (io.Writer, error) {
	if path == "-" {
		if o.stdout {
			return nil, usage("two outputs go to standard output: give all but one a file, FORMAT=PATH")
		}
		o.stdout = true
		return o.app.stdout, nil
	}
	for _, other := range o.list {
		if filepath.Clean(other.path) == filepath.Clean(path) {
			return nil, usage("two outputs go to the file %s", path)
		}
	}
	mode := os.FileMode(0o600) // it may hold personal data
	st, err := os.Stat(path)
	if err == nil {
		for _, in := range o.inputs {
			if s, err := os.Stat(in); err == nil && os.SameFile(s, st) {
				return nil, usage("the output %s is an input too: give it another name, so that the original stays", path)
			}
		}
		switch {
		case st.IsDir():
			return nil, usage("the output %s is a directory: name a file in it", path)
		case !st.Mode().IsRegular(): // a device or pipe can't be replaced
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return nil, aborted(fmt.Errorf("the output %s can't be written: %w", path, bare(err)))
			}
			return o.add(&output{path: path, file: f}), nil
		}
		mode = st.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part")
	if err != nil {
		return nil, aborted(fmt.Errorf("the output %s can't be written: %w", path, bare(err)))
	}
	w := o.add(&output{path: path, temp: f.Name(), file: f})
	if err := f.Chmod(mode); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return nil, aborted(fmt.Errorf("the output %s can't be written: %w", path, bare(err)))
	}
	return w, nil
}

func (o *outputs) add(out *output) io.Writer {
	out.w = bufio.NewWriterSize(out.file, 64<<10)
	o.list = append(o.list, out)
	return out.w
}

// bare takes the path, which the message has already, off an error.
func bare(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// commit puts the files in their places. What can fail is done for all of them
// before the first is renamed.
func (o *outputs) commit() error {
	for _, out := range o.list {
		err := out.w.Flush()
		if e := out.file.Close(); err == nil {
			err = e
		}
		if err != nil {
			o.discard()
			return aborted(fmt.Errorf("the output %s can't be written: %w", out.path, bare(err)))
		}
	}
	for _, out := range o.list {
		if out.temp == "" {
			continue
		}
		if err := os.Rename(out.temp, out.path); err != nil {
			o.discard()
			return aborted(fmt.Errorf("the output %s can't be put in its place: %w", out.path, bare(err)))
		}
		out.temp = ""
	}
	o.list = nil
	return nil
}

// discard takes away what was written so far. After commit it does nothing.
func (o *outputs) discard() {
	for _, out := range o.list {
		_ = out.file.Close()
		if out.temp != "" {
			_ = os.Remove(out.temp)
		}
	}
	o.list = nil
}
