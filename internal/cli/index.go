package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/store"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// index is the verb about search indexes on disk.
func (a *app) index() *cobra.Command {
	c := &cobra.Command{
		Use:   "index",
		Short: "Search before create: a search index on disk",
		Long: `index keeps records on disk so that they are found in a moment: before another
record is made, who or what it is about is asked for. The index file holds
personal values and is not encrypted: that is left to the disk it lies on.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("verb of index", args[0], []string{"build", "add", "remove", "search", "stats", "verify", "rebuild"})
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.indexBuild(), a.indexAdd(), a.indexRemove(), a.indexSearch(), a.indexStats(), a.indexVerify(), a.indexRebuild())
	return c
}

// openIndex opens an index file.
func (a *app) openIndex(ctx context.Context, path string, m store.Mode) (*dedupe.Index, *store.File, error) {
	f, err := store.Open(path, m)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, aborted(fmt.Errorf("%s: there is no such index: ledsq index build makes one", path))
	}
	if err != nil {
		return nil, nil, aborted(err)
	}
	x, err := dedupe.OpenIndex(ctx, dedupe.IndexConfig{Now: a.clock}, f)
	if err != nil {
		_ = f.Close()
		return nil, nil, aborted(fmt.Errorf("%s: %w", path, err))
	}
	return x, f, nil
}

// each gives the normalised records of files. Rows that can't be read are counted
// and the first of them told.
func (f *common) each(ctx context.Context, a *app, paths []string, kind record.Kind, use func(*ingest.Row) error) error {
	in, err := f.openAll(ctx, a, paths)
	if err != nil {
		return err
	}
	defer closeAll(in)
	found, err := oneKind(in)
	if err != nil {
		return err
	}
	f.hintOrder(ctx, a, in)
	if kind != "" && found != kind {
		return usage("the index holds records of kind %s, the file those of kind %s", kind, found)
	}
	var bad []report.SkippedRow
	for _, one := range in {
		for rows, err := range one.Batches(ctx, f.jobs) {
			if err != nil {
				return aborted(err)
			}
			for i := range rows {
				row := &rows[i]
				if row.Err != nil {
					bad = append(bad, skippedRow(row))
					continue
				}
				normalise.Canonicalise(row.Record, f.normalising())
				if err := use(row); err != nil {
					return err
				}
			}
		}
	}
	if len(bad) > 0 {
		a.code = exitAborted
		a.skippedRows(len(bad), bad[0])
	}
	return aborted(ctx.Err())
}

// refused says which row an index would not take, and why.
func refused(row *ingest.Row, err error) error {
	return aborted(fmt.Errorf("%s: row %d: %w", row.File, row.Number, err))
}

func (a *app) indexBuild() *cobra.Command {
	f, to := &common{}, ""
	c := &cobra.Command{
		Use:   "build FILE… --index PATH",
		Short: "Make an index of records",
		Long: `build reads records, estimates from them how they are to be weighed, as dedupe
does, and writes an index. The index must not exist; one whose building is
broken off is not left behind. Every record needs an id of its own.`,
		Example: `  ledsq index build persons.csv --index persons.idx`,
		Args:    files(1, 0, "at least one file"),
		RunE: func(c *cobra.Command, args []string) (err error) {
			if err := f.parse(a); err != nil {
				return err
			}
			st, err := store.Open(to, store.Create)
			if errors.Is(err, fs.ErrExist) {
				return usage("%s exists already: remove it, or add to it with ledsq index add", to)
			}
			if err != nil {
				return aborted(err)
			}
			defer func() {
				_ = st.Close()
				if err != nil {
					_ = os.Remove(to)
				}
			}()
			var b *dedupe.IndexBuilder
			if err := f.each(c.Context(), a, args, "", func(row *ingest.Row) (err error) {
				if b == nil {
					if b, err = dedupe.NewIndexBuilder(row.Record.Kind(), dedupe.IndexConfig{Config: dedupe.Config{Jobs: f.jobs}, Now: a.clock}); err != nil {
						return usage("%w", err)
					}
				}
				if err := b.Add(b.Prepare(row.Record)); err != nil {
					return refused(row, err)
				}
				return nil
			}); err != nil {
				return err
			}
			if b == nil {
				return aborted(errors.New("there are no records to make an index of"))
			}
			x, err := b.Build(c.Context(), st)
			if err != nil {
				return aborted(err)
			}
			a.sayStats(x.Stats())
			return nil
		},
	}
	f.reading(c)
	indexFlag(c, &to)
	return c
}

// indexFlag asks for the path of the index.
func indexFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "index", "", "`PATH` of the index")
	_ = c.MarkFlagRequired("index")
}

func (a *app) indexAdd() *cobra.Command {
	f, to, replace := &common{}, "", false
	c := &cobra.Command{
		Use:   "add FILE… --index PATH",
		Short: "Add records to an index, or put them in the place of those they replace",
		Long: `add takes records into an index; those that are there already, by their ids, are
an error, or with --replace take the place of what was there. Clusters are made
anew where a record touches them, and ids of clusters go on.`,
		Example: `  ledsq index add today.csv --replace --index persons.idx`,
		Args:    files(1, 0, "at least one file"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.parse(a); err != nil {
				return err
			}
			ctx := c.Context()
			x, _, err := a.openIndex(ctx, to, store.Write)
			if err != nil {
				return err
			}
			defer func() { _ = x.Close() }()
			added, replaced := 0, 0
			var waiting []*ingest.Row
			flush := func() error {
				list := make([]record.Record, len(waiting))
				for i, row := range waiting {
					list[i] = row.Record
				}
				for i, err := range x.AddAll(ctx, list) {
					if errors.Is(err, dedupe.ErrExists) && replace {
						err = x.Update(ctx, list[i])
						replaced++
						added--
					}
					if err != nil {
						return refused(waiting[i], err)
					}
					added++
				}
				waiting = waiting[:0]
				return nil
			}
			err = f.each(ctx, a, args, x.Kind(), func(row *ingest.Row) error {
				own := *row
				if waiting = append(waiting, &own); len(waiting) == 512 {
					return flush()
				}
				return nil
			})
			if err == nil {
				err = flush()
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(a.stdout, "%d records added, %d replaced; the index holds %d\n", added, replaced, x.Len())
			return nil
		},
	}
	f.reading(c)
	indexFlag(c, &to)
	c.Flags().BoolVar(&replace, "replace", false, "records that are there already take the place of what was there")
	return c
}

func (a *app) indexRemove() *cobra.Command {
	to := ""
	c := &cobra.Command{
		Use:     "remove ID… --index PATH",
		Short:   "Remove records from an index by their ids",
		Long:    "remove takes records out of an index. Ids are given as arguments, or one a line on standard input for -.\nAn id that is not there is an error; those before it are removed.",
		Example: `  ledsq index remove P104 P105 --index persons.idx`,
		Args:    files(1, 0, "at least one id"),
		RunE: func(c *cobra.Command, ids []string) error {
			if len(ids) == 1 && ids[0] == "-" {
				ids = nil
				for s := bufio.NewScanner(a.stdin); s.Scan(); {
					if id := strings.TrimSpace(s.Text()); id != "" {
						ids = append(ids, id)
					}
				}
			}
			x, _, err := a.openIndex(c.Context(), to, store.Write)
			if err != nil {
				return err
			}
			defer func() { _ = x.Close() }()
			for i, id := range ids {
				if err := x.Remove(c.Context(), id); err != nil {
					return aborted(fmt.Errorf("id %d of %d: %w", i+1, len(ids), err))
				}
			}
			fmt.Fprintf(a.stdout, "%d records removed; the index holds %d\n", len(ids), x.Len())
			return nil
		},
	}
	indexFlag(c, &to)
	return c
}

// indexFormats are the formats of what index prints.
var indexFormats = []string{"text", "json"}

func formatFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "format", "text", "text or json")
	choices(c, "format", indexFormats...)
}

// print writes a value as JSON, or as text.
func (a *app) print(format string, v any, text func(io.Writer)) error {
	switch format {
	case "json":
		e := json.NewEncoder(a.stdout)
		e.SetIndent("", "  ")
		return e.Encode(v)
	case "text":
		text(a.stdout)
		return nil
	}
	return unknown("format", format, indexFormats)
}

func (a *app) sayStats(s dedupe.IndexStats) {
	fmt.Fprintf(a.stdout, "%d records of kind %s in %d clusters; %d postings under %d keys\n", s.Records, s.Kind, s.Clusters, s.Postings, s.Keys)
	switch {
	case !s.Learned:
		fmt.Fprintf(a.stdout, "weighed by defaults: too few records to estimate from when it was built\n")
	default:
		fmt.Fprintf(a.stdout, "weighed by what was estimated from %d records\n", s.From)
	}
	if s.Stale {
		fmt.Fprintf(a.stdout, "the model is of much fewer or more records than there are now: ledsq index rebuild estimates it anew\n")
	}
}

func (a *app) indexStats() *cobra.Command {
	to, format := "", ""
	c := &cobra.Command{
		Use:   "stats --index PATH",
		Short: "Say what an index holds",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			x, _, err := a.openIndex(c.Context(), to, store.Read)
			if err != nil {
				return err
			}
			defer func() { _ = x.Close() }()
			s := x.Stats()
			return a.print(format, s, func(io.Writer) {
				a.sayStats(s)
				fmt.Fprintf(a.stdout, "%d decisions of people, %d journal entries, %d rows replaced or removed\n", s.Decisions, s.Journal, s.Rows-s.Records)
			})
		},
	}
	indexFlag(c, &to)
	formatFlag(c, &format)
	return c
}

func (a *app) indexVerify() *cobra.Command {
	to, format := "", ""
	c := &cobra.Command{
		Use:   "verify --index PATH",
		Short: "Recompute what an index holds from its records, and say what is wrong",
		Long: `verify reads every page and record of an index, checks checksums, and recomputes
postings, counts and clusters. Exit code 1 says that something is wrong;
rebuild makes the index anew from the records that can be read.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			x, f, err := a.openIndex(c.Context(), to, store.Read)
			if err != nil {
				return err
			}
			defer func() { _ = x.Close() }()
			v := x.Verify(c.Context())
			v.Problems = append(v.Problems, f.Check()...)
			if len(v.Problems) > 0 {
				a.code = exitFindings
			}
			return a.print(format, v, func(w io.Writer) {
				fmt.Fprintf(w, "%d records served, %d stored, %d postings: %d problems\n", v.Records, v.Stored, v.Postings, len(v.Problems))
				for _, p := range v.Problems {
					fmt.Fprintln(w, "  "+p)
				}
			})
		},
	}
	indexFlag(c, &to)
	formatFlag(c, &format)
	return c
}

func (a *app) indexRebuild() *cobra.Command {
	to := ""
	c := &cobra.Command{
		Use:   "rebuild --index PATH",
		Short: "Make an index anew from its own records, with a model estimated from them",
		Long: `rebuild writes the index anew beside the old one, which it then replaces: the
model is estimated from the records as they are now, and room of what was
removed is given back. Decisions, the journal and ids of clusters go along.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			x, _, err := a.openIndex(c.Context(), to, store.Write)
			if err != nil {
				return err
			}
			defer func() { _ = x.Close() }()
			beside := to + ".new"
			st, err := store.Open(beside, store.Create)
			if err != nil {
				return aborted(err)
			}
			defer func() {
				if err != nil {
					_ = st.Close()
					_ = os.Remove(beside)
				}
			}()
			y, err := x.Rebuild(c.Context(), st)
			if err != nil {
				return aborted(err)
			}
			if err := y.Close(); err != nil {
				return aborted(err)
			}
			if err := os.Rename(beside, to); err != nil {
				return aborted(err)
			}
			a.sayStats(y.Stats())
			return nil
		},
	}
	indexFlag(c, &to)
	return c
}
