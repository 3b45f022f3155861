package cli

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"leds.internal/ledsq"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/table"
	"leds.internal/ledsq/quality"
)

var dueFormats = []string{"text", "json", "jsonl", "csv"}

func (a *app) due() *cobra.Command {
	f, within, owner := &common{}, 0, ""
	c := &cobra.Command{
		Use:   "due FILE…",
		Short: "Say what will lapse, when, and whose it is (Code 6.3)",
		Long: `due lists what is to be done about records: reviews of records and warning
markers, reports of theft that are not confirmed, and the duties of
missing-person enquiries (review, national circulation, UK Missing Persons Unit
after 72 hours, long-term reviews from 28 days, interviews after return). What
is overdue comes first. The limits are parameters of the rules: ledsq explain
RULE shows them, and --config sets others. The list is held in memory.`,
		Example: `  ledsq due --within 7 persons.csv
  ledsq due --owner 01ZD --out csv=due.csv vehicles.csv missing.jsonl`,
		Args: files(1, 0, "at least one file"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runDue(c.Context(), f, within, owner, args)
		},
	}
	f.reading(c)
	c.Flags().StringArrayVar(&f.out, "out", nil, "`FORMAT=PATH` of a list, repeatable; FORMAT alone or PATH - is standard output; formats: "+strings.Join(dueFormats, " ")+" (default: text)")
	choices(c, "out", dueFormats...)
	c.Flags().IntVar(&within, "within", 28, "`DAYS` ahead to list; 0 lists only what is overdue, -1 everything")
	c.Flags().StringVar(&owner, "owner", "", "only what is this `OWNER`'s")
	return c
}

func (a *app) runDue(ctx context.Context, f *common, within int, owner string, paths []string) error {
	if err := f.parse(a); err != nil {
		return err
	}
	var err error
	if f.specs, err = parseOut(f.out, dueFormats); err != nil {
		return err
	}
	if within < -1 || within > 36500 {
		return usage("--within must be a number of days, 0 or -1")
	}
	engine, err := ledsq.New(f.engine)
	if err != nil {
		return usage("%w", err)
	}
	f.sayDay(a)
	in, err := f.openAll(ctx, a, paths)
	if err != nil {
		return err
	}
	defer closeAll(in)
	limit := f.engine.AsOf.AddDate(0, 0, within)
	wanted := func(d quality.Duty) bool {
		return (d.Overdue || within < 0 || !d.Due.After(limit) && within > 0) && (owner == "" || strings.EqualFold(d.Owner, owner))
	}
	l := &dueList{AsOf: f.day, Files: paths, Duties: []duty{}}
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	var to []io.Writer
	for _, s := range f.specs {
		w, err := outs.open(s.path)
		if err != nil {
			return err
		}
		to = append(to, w)
	}
	stop := f.watch(a, in)
	defer stop()
	for _, one := range in {
		err := eachRow(ctx, one, f.jobs, func(row *ingest.Row) ([]quality.Duty, error) {
			return ledsq.Due(ctx, engine, row.Record)
		}, func(row *ingest.Row, due []quality.Duty) error {
			if row.Err != nil {
				l.skip(row)
				return nil
			}
			l.Records++
			for _, d := range due {
				if wanted(d) {
					l.Duties = append(l.Duties, duty{d, row.File, row.Number})
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	stop()
	f.notes(a, in)
	slices.SortStableFunc(l.Duties, func(x, y duty) int {
		return cmp.Or(x.Due.Compare(y.Due), strings.Compare(x.Owner, y.Owner), strings.Compare(x.Record, y.Record))
	})
	for i, s := range f.specs {
		if err := l.write(to[i], s.format); err != nil {
			return written(err)
		}
	}
	if err := outs.commit(); err != nil {
		return err
	}
	if l.Skipped > 0 {
		a.code = exitAborted
		a.skippedRows(l.Skipped, l.first)
	}
	return nil
}

// dueList is everything due in the files of a run.
type dueList struct {
	AsOf    string   `json:"asOf"`
	Files   []string `json:"files"`
	Records int      `json:"records"`
	Skipped int      `json:"skipped"`
	Duties  []duty   `json:"duties"`
	first   any
}

type duty struct {
	quality.Duty
	File string `json:"file"`
	Row  int    `json:"row"`
}

func (l *dueList) skip(row *ingest.Row) {
	if l.Skipped == 0 {
		l.first = skippedRow(row)
	}
	l.Skipped++
}

func (l *dueList) write(w io.Writer, format string) error {
	switch format {
	case "json":
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(l)
	case "jsonl":
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for i := range l.Duties {
			if err := e.Encode(&l.Duties[i]); err != nil {
				return err
			}
		}
		return nil
	case "csv":
		t := table.NewWriter(w, table.CSV, table.Options{})
		_ = t.Write([]string{"due", "overdue", "owner", "kind", "id", "field", "what", "rule", "file", "row"})
		for _, d := range l.Duties {
			_ = t.Write([]string{d.Due.Format(time.RFC3339), yesNo(d.Overdue), d.Owner, string(d.Kind), d.Record, d.Field, d.What, d.Rule, d.File, strconv.Itoa(d.Row)})
		}
		return t.Close()
	}
	return l.text(w)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// text groups the list by what is overdue and by day.
func (l *dueList) text(w io.Writer) error {
	b := bufio.NewWriter(w)
	overdue := 0
	for _, d := range l.Duties {
		if d.Overdue {
			overdue++
		}
	}
	fmt.Fprintf(b, "Due as of %s: %d overdue, %d to come, of %d records\n", l.AsOf, overdue, len(l.Duties)-overdue, l.Records)
	head := ""
	for _, d := range l.Duties {
		h := d.Due.Format("Monday 2 January 2006")
		if d.Overdue {
			h = "Overdue"
		}
		if h != head {
			head = h
			fmt.Fprintf(b, "\n%s\n", h)
		}
		fmt.Fprintf(b, "  %s  %-8s %s %s: %s  (%s)\n", d.Due.Format("2006-01-02 15:04"), cmp.Or(d.Owner, "nobody"), d.Kind, cmp.Or(d.Record, fmt.Sprintf("row %d", d.Row)), d.What, d.Rule)
	}
	return b.Flush()
}
