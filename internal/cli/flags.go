package cli

import (
	"fmt"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"leds.internal/ledsq"
	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// common are the flags that verbs share, as given and as understood.
type common struct {
	kind, mapping, asOf, dateOrder, delimiter, failOn, statement, codes, evaluation string
	jobs                                                                            int
	quiet, reveal                                                                   bool
	out, earlier, only                                                              []string

	ingest ingest.Options
	engine ledsq.Config
	day    string // what the report says of AsOf
	specs  []outSpec

	progress func(dedupe.Stage, float64) // hears of matching; nil if nobody looks

	baseline baseline
}

// reading adds the flags of every verb that reads records.
func (f *common) reading(c *cobra.Command) {
	p := c.Flags()
	p.StringVar(&f.kind, "kind", "", "`KIND` of the records: person, vehicle or missing (default: told from the columns)")
	p.StringVar(&f.mapping, "map", "", "`FIELD=COLUMN,…` sets fields by hand; {a}-{b} joins columns, FIELD= leaves a field out")
	p.StringVar(&f.asOf, "as-of", "", "`DATE` to judge by, the end of that day, or a full RFC 3339 time (default: today)")
	p.StringVar(&f.dateOrder, "date-order", "", "how dates like 03/04/1985 are read: dmy, mdy or ymd (default dmy; dedupe, link, review, explain and evaluate read mdy where only that fits)")
	p.StringVar(&f.delimiter, "delimiter", "", "`CHARACTER` between the columns of CSV; \\t for tab (default: found)")
	p.StringVar(&f.ingest.Sheet, "sheet", "", "`NAME` of the sheet of an Excel workbook (default: the first that is not hidden and has cells)")
	p.StringVar(&f.codes, "codes", "", "`FILE` of code lists that take the place of the built-in ones, CSV with set,code,label,aliases,version")
	p.IntVar(&f.jobs, "jobs", 0, "how many workers; never changes the output (default: one per processor)")
	p.BoolVarP(&f.quiet, "quiet", "q", false, "no progress, mapping and notes on standard error")
	choices(c, "kind", "person", "vehicle", "missing")
	choices(c, "date-order", "dmy", "mdy", "ymd")
}

// reporting adds the flags of verbs that write reports.
func (f *common) reporting(c *cobra.Command, formats []string) {
	p := c.Flags()
	p.StringArrayVar(&f.out, "out", nil, outUsage(formats))
	p.StringArrayVar(&f.earlier, "earlier", nil, "JSON `FILE` of an earlier run, repeatable: the HTML report shows the trend")
	p.BoolVar(&f.reveal, "reveal", false, "do not mask personal values; the report says so")
	choices(c, "out", formats...)
}

// choices completes a flag with the values it takes.
func choices(c *cobra.Command, flag string, values ...string) {
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // fails only for no such flag, which tests see
}

// safeFlag adds the flag that tells data files for spreadsheets from exact ones.
func safeFlag(c *cobra.Command, to *bool) {
	c.Flags().BoolVar(to, "spreadsheet-safe", true, "put an apostrophe before cells of CSV that a spreadsheet would take for a formula; ledsq reads them back as they were")
}

func (f *common) failing(c *cobra.Command) {
	c.Flags().StringVar(&f.failOn, "fail-on", "error", "exit with 1 from this severity: error, warning, info or never")
	choices(c, "fail-on", "error", "warning", "info", "never")
	c.Flags().StringSliceVar(&f.only, "only", nil, "`RULE,…`: run these rules and no others, in place of the policy's own choice")
	_ = c.RegisterFlagCompletionFunc("only", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var ids []string
		for _, r := range quality.Rules() {
			ids = append(ids, r.ID)
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	})
	f.baseline.flags(c)
}

// parse understands the flags. now is today's date for who gave none.
func (f *common) parse(a *app) error {
	switch k := record.Kind(f.kind); {
	case f.kind == "", record.New(k) != nil:
		f.ingest.Kind = k
	default:
		return unknown("kind", f.kind, []string{"person", "vehicle", "missing"})
	}
	m, err := ingest.ParseMap(f.mapping)
	if err != nil {
		return usage("--map: %w", err)
	}
	f.ingest.Map = m
	if f.engine.Codes, err = ownCodes(f.codes); err != nil {
		return err
	}
	switch d := f.delimiter; {
	case d == "":
	case d == `\t`:
		f.ingest.Delimiter = '\t'
	case len(d) == 1 && d != `"` && d >= " " && d < "\x7f" || d == "\t":
		f.ingest.Delimiter = rune(d[0])
	default:
		return usage("--delimiter must be one ASCII character other than a quote, or \\t")
	}
	switch o := normalise.DateOrder(f.dateOrder); o {
	case "":
		f.engine.DateOrder = normalise.DMY
	case normalise.DMY, normalise.MDY, normalise.YMD:
		f.engine.DateOrder = o
	default:
		return unknown("date order", f.dateOrder, []string{"dmy", "mdy", "ymd"})
	}
	if f.jobs < 0 {
		return usage("--jobs must be 1 or more")
	}
	if f.jobs == 0 {
		f.jobs = runtime.GOMAXPROCS(0)
	}
	f.engine.Match = dedupe.Config{Jobs: f.jobs, Progress: f.progress}
	switch quality.Severity(f.failOn) {
	case "", "never", quality.Error, quality.Warning, quality.Info:
	default:
		return unknown("severity", f.failOn, []string{"error", "warning", "info", "never"})
	}
	if err := f.takePolicy(a); err != nil {
		return err
	}
	if err := f.parseBaseline(); err != nil {
		return err
	}
	return f.parseAsOf(a)
}

// parseAsOf reads the date to judge by. A bare date is the end of that day, so
// that what was recorded on it does not lie in the future.
func (f *common) parseAsOf(a *app) error {
	text := f.asOf
	if text == "" {
		text = a.clock().Format(time.DateOnly)
	}
	f.day = text
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		f.engine.AsOf = t
		return nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return usage("--as-of must be a date such as 2026-11-23, or a time such as 2026-11-23T12:00:00Z")
	}
	f.engine.AsOf = t.Add(24*time.Hour - time.Second)
	return nil
}

// severity gives the severity from which findings fail the run, "" for never.
func (f *common) severity() quality.Severity {
	if f.failOn == "never" {
		return ""
	}
	return quality.Severity(f.failOn)
}

func (f *common) normalising() normalise.Options {
	return normalise.Options{AsOf: f.engine.AsOf, DateOrder: f.engine.DateOrder, Codes: f.engine.Codes}
}

// header begins a report.
func (f *common) header(command string, paths []string) *report.Header {
	return &report.Header{Tool: "ledsq", Version: moduleVersion(), Command: command, AsOf: f.day, Files: paths, Revealed: f.reveal, FailOn: f.severity()}
}

// say writes a line for people to standard error, unless they want quiet.
func (f *common) say(a *app, format string, args ...any) {
	if !f.quiet {
		fmt.Fprintf(a.stderr, "ledsq: "+format+"\n", args...)
	}
}

// sayDay says by which date is judged, where it was not given.
func (f *common) sayDay(a *app) {
	if f.asOf == "" {
		f.say(a, "judging as of %s, today; --as-of DATE sets another day", f.day)
	}
}
