package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"leds.internal/ledsq/internal/table"
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
			return nil, usage("--out %s: this verb writes %s", v, strings.Join(allowed, ", "))
		}
		out = append(out, outSpec{format, path})
	}
	if len(out) == 0 {
		out = []outSpec{{allowed[0], "-"}}
	}
	return out, nil
}

// byEnding puts the format before a path that stands alone and tells it by its
// ending: people.parquet is parquet=people.parquet.
func byEnding(values []string) []string {
	var out []string
	for _, v := range values {
		switch ext := strings.ToLower(filepath.Ext(v)); {
		case strings.Contains(v, "="):
		case jsonLines(v):
			v = "jsonl=" + v
		case ext == ".csv" || table.FormatOf(v) != table.CSV:
			v = ext[1:] + "=" + v
		}
		out = append(out, v)
	}
	return out
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
	table      io.WriteCloser // that turns CSV into what is in the file, nil for none
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
	out.w = bufio.NewWriterSize(&patientWriter{o.app.ctx, out.file}, 64<<10)
	o.list = append(o.list, out)
	return out.w
}

// openTable gives a writer for CSV text of exact cells that goes into a file in
// the format its name tells: CSV as it is, Parquet, or a sheet of a workbook.
// numbers are the columns that hold numbers.
func (o *outputs) openTable(path, sheet string, numbers ...string) (io.Writer, error) {
	w, err := o.open(path)
	f := table.FormatOf(path)
	if err != nil || f == table.CSV {
		return w, err
	}
	out := o.list[len(o.list)-1]
	out.table = table.FromCSV(w, f, table.Options{Sheet: sheet, Numbers: numbers})
	return out.table, nil
}

// patientWriter is a writer that gives up when the run is interrupted.
type patientWriter struct {
	ctx context.Context
	w   io.Writer
}

func (p *patientWriter) Write(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.w.Write(b)
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
	if err := o.app.ctx.Err(); err != nil {
		o.discard()
		return aborted(err)
	}
	for _, out := range o.list {
		var err error
		if out.table != nil {
			err = out.table.Close()
		}
		if e := out.w.Flush(); err == nil {
			err = e
		}
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
		if t, ok := out.table.(interface{ Abort() }); ok {
			t.Abort()
		}
		_ = out.file.Close()
		if out.temp != "" {
			_ = os.Remove(out.temp)
		}
	}
	o.list = nil
}
