package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/store"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// searching are the flags of index search.
type searching struct {
	to, format string
	limit      int
	within     time.Duration
}

// asked is one answer as it is printed.
type asked struct {
	Asked  string `json:"asked"` // the id of the record asked for, or its row
	Masked bool   `json:"masked"`
	*dedupe.Answer
	Held map[string]map[string]string `json:"held,omitempty"` // by id: what the index holds of it
}

func (a *app) indexSearch() *cobra.Command {
	f, s := &common{}, &searching{}
	c := &cobra.Command{
		Use:   "search FIELD=VALUE… | FILE --index PATH",
		Short: "Find the records that may be about whom or what is asked for",
		Long: `search asks an index for records that are likely about the same person, vehicle
or episode, and says why. Ask by fields, under their flat names (see ledsq help
check), or by the records of a file, one answer each. In a mark ? stands for one
character and * for any number of them; a short VIN is taken for its end.

What the index holds of each hit is shown masked unless --reveal is given. A
match weight is not proof of identity.`,
		Example: `  ledsq index search surname=Fenwick givenName=Harriet --index persons.idx
  ledsq index search 'vrm=AB5?CDE' colour=red --index vehicles.idx --format json
  ledsq index search new.csv --index persons.idx`,
		Args: files(1, 0, "fields or a file"),
		RunE: func(c *cobra.Command, args []string) error { return a.runIndexSearch(c.Context(), f, s, args) },
	}
	f.reading(c)
	indexFlag(c, &s.to)
	formatFlag(c, &s.format)
	p := c.Flags()
	p.BoolVar(&f.reveal, "reveal", false, "do not mask personal values; the output says so")
	p.IntVar(&s.limit, "limit", dedupe.DefaultHits, "how many hits at most")
	p.DurationVar(&s.within, "within", time.Second, "`TIME` that a search may take: then it gives what it has and says so")
	return c
}

func (a *app) runIndexSearch(ctx context.Context, f *common, s *searching, args []string) error {
	if err := f.parse(a); err != nil {
		return err
	}
	x, _, err := a.openIndex(ctx, s.to, store.Read)
	if err != nil {
		return err
	}
	defer func() { _ = x.Close() }()
	answer := func(name string, r record.Record) error {
		ctx, stop := context.WithTimeout(ctx, s.within)
		defer stop()
		found, err := x.Search(ctx, r, s.limit)
		if err != nil {
			return usage("%w", err)
		}
		out := &asked{name, !f.reveal, found, map[string]map[string]string{}}
		for _, h := range found.Hits {
			out.Held[h.ID] = f.held(x, h.ID)
		}
		return a.print(s.format, out, out.text)
	}
	if _, err := os.Stat(args[0]); err != nil && strings.Contains(args[0], "=") {
		r, err := fields(x.Kind(), args)
		if err != nil {
			return err
		}
		normalise.Canonicalise(r, f.normalising())
		return answer("", r)
	}
	return f.each(ctx, a, args, x.Kind(), func(row *ingest.Row) error {
		name := row.Record.Head().ID
		if name == "" {
			name = fmt.Sprint("row ", row.Number)
		}
		return answer(name, row.Record)
	})
}

// fields makes a record of FIELD=VALUE.
func fields(k record.Kind, args []string) (record.Record, error) {
	r := record.New(k)
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		c, known := record.FindColumn(k, name)
		switch {
		case !ok:
			return nil, usage("fields are given as FIELD=VALUE, such as surname=Fenwick")
		case !known:
			return nil, usage("records of kind %s have no field %s", k, name)
		}
		c.Set(r, value)
	}
	return r, nil
}

// columnFields are the flat names of the columns of an index that have another name.
var columnFields = map[string]string{"given": "givenName", "middle": "middleNames", "dob": "dateOfBirth", "line": "addressLine", "engine": "engineNumber",
	"missing since": "missingSince", "last seen": "lastSeenPlace", "episode": "episodeRef", "keeper": "keeper.name", "first registered": "firstRegistered"}

// held gives what an index holds of a record, masked unless it is to be revealed.
func (f *common) held(x *dedupe.Index, id string) map[string]string {
	out := map[string]string{}
	for _, v := range x.Held(id) {
		switch c, ok := record.FindColumn(x.Kind(), cmpName(v.Column)); {
		case f.reveal:
			out[v.Column] = v.Text
		case ok:
			out[v.Column] = f.mask(c.Field, v.Text)
		default:
			out[v.Column] = "…"
		}
	}
	return out
}

func cmpName(column string) string {
	if n, ok := columnFields[column]; ok {
		return n
	}
	return column
}

func (q *asked) text(w io.Writer) {
	if q.Asked != "" {
		fmt.Fprintf(w, "%s: ", q.Asked)
	}
	switch n := len(q.Hits); {
	case n == 0:
		fmt.Fprintf(w, "nobody and nothing held seems to be the same; %d records compared\n", q.Compared)
	case q.Few:
		fmt.Fprintf(w, "%d hits by the few fields asked for; %d records compared\n", n, q.Compared)
	default:
		fmt.Fprintf(w, "%d hits; %d records compared\n", n, q.Compared)
	}
	if !q.Complete {
		fmt.Fprintf(w, "  not complete: %s\n", q.Why)
	}
	for _, h := range q.Hits {
		fmt.Fprintf(w, "  %s  %s  probability %.3f  weight %.1f", h.ID, h.Decision, h.Probability, h.Weight)
		if h.Source != "" {
			fmt.Fprintf(w, "  of %s", h.Source)
		}
		if h.Cluster != h.ID {
			fmt.Fprintf(w, "  cluster %s", h.Cluster)
		}
		fmt.Fprintf(w, "\n      %s\n", h.Reason)
		if h.Strong != "" {
			fmt.Fprintf(w, "      the same %s: to LEDS another record would be duplicate-exists\n", h.Strong)
		}
		var held []string
		for _, k := range heldOrder(q.Held[h.ID]) {
			held = append(held, k+" "+q.Held[h.ID][k])
		}
		if len(held) > 0 {
			fmt.Fprintf(w, "      %s\n", strings.Join(held, ", "))
		}
	}
	if len(q.Hits) > 0 && !q.Masked {
		fmt.Fprintln(w, "  personal values are shown, as --reveal asks")
	}
}

func heldOrder(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
