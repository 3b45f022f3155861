package cli

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"leds.internal/ledsq"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// input is one file being read.
type input struct {
	*ingest.Reader
	path string
	how  ingest.Options // it is read
	file *os.File
	seen *watcher
	size int64 // 0 where it is not known

	order normalise.DateOrder // of its dates, as they tell it; "" for that of all files
}

// openAll opens the files, so that a name misspelt is told before an hour's work.
func (f *common) openAll(ctx context.Context, a *app, paths []string) (in []*input, err error) {
	defer func() {
		if err != nil {
			closeAll(in)
		}
	}()
	for i, path := range paths {
		if slices.Contains(paths[:i], path) && path == "-" {
			return in, usage("standard input can be read once only")
		}
		one, err := openOne(a, path, f.ingest)
		if err == nil && one.GuessedID() != "" && !f.unique(ctx, one) {
			one.close()
			without := one.how
			without.Map = append(slices.Clone(without.Map), ingest.Mapped{Field: "id"})
			one, err = openOne(a, path, without)
		}
		if err != nil {
			return in, inputError(err)
		}
		in = append(in, one)
		if f.ingest.Plain {
			f.say(a, "%s", describePlain(one))
			continue
		}
		f.say(a, "%s", describe(one))
	}
	return in, nil
}

func closeAll(in []*input) {
	for _, one := range in {
		one.close()
	}
}

func (in *input) close() {
	_ = in.Close()
	if in.file != nil {
		_ = in.file.Close()
	}
}

// readValues lets columns be told by their values where no header tells them: for
// matching, and for what people are shown of it.
func (f *common) readValues() {
	f.ingest.Values, f.ingest.Year = true, f.engine.AsOf.Year()
}

// unique says whether a column that was taken for ids by the first rows has every
// value once in the whole file, which is read for it.
func (f *common) unique(ctx context.Context, in *input) bool {
	if in.path == "-" {
		return true // it can be read once only; ids that stand there twice are refused later
	}
	r, err := ingest.Open(in.path, nil, in.how)
	if err != nil {
		return false
	}
	defer func() { _ = r.Close() }()
	at := slices.IndexFunc(r.Mapping(), func(m ingest.Mapped) bool { return m.Field == "id" })
	var all []uint64
	err = ingest.EachText(ctx, r, f.jobs, func() func(*ingest.Row, *ingest.Texts) (uint64, error) {
		return func(row *ingest.Row, t *ingest.Texts) (uint64, error) {
			if row.Err != nil || t == nil {
				return 0, nil
			}
			h := fnv.New64a()
			_, _ = io.WriteString(h, strings.TrimSpace(t.Field(at)))
			return h.Sum64(), nil
		}
	}, func(row *ingest.Row, id uint64) error {
		if row.Err == nil {
			all = append(all, id)
		}
		return nil
	})
	slices.Sort(all)
	n := len(all)
	return err == nil && len(slices.Compact(all)) == n
}

// openOne opens a file so that what was read of it can be counted; what can't
// be opened is left to ingest, which says why.
func openOne(a *app, path string, o ingest.Options) (*input, error) {
	in := &input{path: path, how: o, seen: &watcher{}}
	var err error
	st, statErr := os.Stat(path)
	switch {
	case path == "-":
		in.seen.r = a.stdin
		in.Reader, err = ingest.NewReader("standard input", in.seen, o)
	case statErr == nil && st.Mode().IsRegular():
		if in.file, err = os.Open(path); err != nil {
			in.Reader, err = ingest.Open(path, nil, o)
			break
		}
		in.size, in.seen.r, in.seen.size = st.Size(), in.file, st.Size()
		if in.Reader, err = ingest.NewReader(path, in.seen, o); err != nil {
			_ = in.file.Close()
		}
	default:
		in.Reader, err = ingest.Open(path, nil, o)
	}
	return in, err
}

// inputError tells an input that can't be read from one that the command line
// must say more about.
func inputError(err error) error {
	var pe *fs.PathError
	if !errors.As(err, &pe) && (strings.Contains(err.Error(), "--kind") || strings.Contains(err.Error(), "--map") || strings.Contains(err.Error(), "--sheet")) {
		return usage("%w", err)
	}
	return aborted(err)
}

// describe says how a file is read: which columns were taken for which fields.
// Columns that bear the field's own name are only counted.
func describe(in *input) string {
	var mapped []string
	own := 0
	for _, m := range in.Mapping() {
		if m.From == m.Field {
			own++
			continue
		}
		mapped = append(mapped, m.Field+" ← "+m.From)
	}
	var parts []string
	if len(mapped) > 0 {
		parts = append(parts, strings.Join(mapped, ", "))
	}
	if own > 0 {
		parts = append(parts, fmt.Sprintf("%d by their own names", own))
	}
	if un := in.Unmapped(); len(un) > 0 {
		parts = append(parts, "carried through: "+strings.Join(un, ", "))
	}
	return fmt.Sprintf("reading %s as %s: %s", in.name(), in.Kind(), strings.Join(parts, "; "))
}

// again opens the file once more, to be read as it was.
func (in *input) again(a *app) (*input, error) {
	one, err := openOne(a, in.path, in.how)
	if err != nil {
		return nil, inputError(err)
	}
	one.order = in.order
	return one, nil
}

// fields gives those that columns go into, in the order of its texts.
func (in *input) fields() (out []string) {
	for _, m := range in.Mapping() {
		out = append(out, m.Field)
	}
	return out
}

func (in *input) name() string {
	if in.path == "-" {
		return "standard input"
	}
	return in.path
}

// isJSON says whether the file holds JSON rather than CSV.
func (in *input) isJSON() bool {
	switch in.seen.first.Load() {
	case '{', '[':
		return true
	case 0x1f: // gzip: the name must tell
		name := strings.TrimSuffix(in.path, ".gz")
		return slices.Contains([]string{".json", ".jsonl", ".ndjson"}, filepath.Ext(name))
	}
	return false
}

// hasID says whether the records bring ids of their own. Of JSON that is not
// known beforehand.
func (in *input) hasID() bool {
	return in.isJSON() || slices.ContainsFunc(in.Mapping(), func(m ingest.Mapped) bool { return m.Field == "id" })
}

// oneKind gives the kind of all the inputs.
func oneKind(in []*input) (record.Kind, error) {
	for _, one := range in[1:] {
		if one.Kind() != in[0].Kind() {
			return "", usage("%s holds records of kind %s and %s of kind %s: run one kind at a time, or give --kind", in[0].name(), in[0].Kind(), one.name(), one.Kind())
		}
	}
	return in[0].Kind(), nil
}

// notes says what is to be known of how files were read, once they were.
func (f *common) notes(a *app, in []*input) {
	for _, n := range allNotes(in) {
		f.say(a, "%s", n)
	}
}

func allNotes(in []*input) (all []string) {
	for _, one := range in {
		for _, n := range one.Notes() {
			all = append(all, one.name()+": "+n)
		}
	}
	return all
}

// watcher counts the bytes read through it and keeps the first that is no space.
type watcher struct {
	r     io.Reader
	size  int64 // 0 where it is not known, as of a stream
	n     atomic.Int64
	first atomic.Int32
}

// Size and ReadAt let Parquet and Excel be read where they lie.
func (w *watcher) Size() int64 { return w.size }

func (w *watcher) ReadAt(p []byte, at int64) (int, error) {
	f, ok := w.r.(io.ReaderAt)
	if !ok {
		return 0, errors.ErrUnsupported
	}
	n, err := f.ReadAt(p, at)
	if end := at + int64(n); end > w.n.Load() && end < w.size { // their tables of contents, at the end, are read first
		w.n.Store(end)
	}
	return n, err
}

func (w *watcher) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.n.Add(int64(n))
	if w.first.Load() == 0 {
		b := p[:n]
		if w.n.Load() == int64(n) {
			b = []byte(strings.TrimPrefix(string(b), "\ufeff"))
		}
		for _, c := range b {
			if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
				w.first.Store(int32(c))
				break
			}
		}
	}
	return n, err
}

// begin understands the flags of a verb over files of one kind, makes the engine
// and opens the files, which the caller closes.
func (f *common) begin(ctx context.Context, a *app, paths []string) (*ledsq.Engine, []*input, record.Kind, error) {
	if err := f.parse(a); err != nil {
		return nil, nil, "", err
	}
	var err error
	if f.specs, err = parseOut(f.out, allFormats()); err != nil {
		return nil, nil, "", err
	}
	if err := f.readLookups(ctx, a); err != nil {
		return nil, nil, "", err
	}
	engine, err := ledsq.New(f.engine)
	if err != nil {
		return nil, nil, "", usage("%w", err)
	}
	f.sayDay(a)
	in, err := f.openAll(ctx, a, paths)
	if err != nil {
		return nil, nil, "", err
	}
	kind, err := oneKind(in)
	if err != nil {
		closeAll(in)
		return nil, nil, "", err
	}
	f.hintOrder(ctx, a, in)
	return engine, in, kind, nil
}
