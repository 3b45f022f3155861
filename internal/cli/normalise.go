package cli

import (
	"cmp"
	"context"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/table"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func (a *app) normalise() *cobra.Command {
	f, plan, as := &common{}, normalisePlan{}, ""
	c := &cobra.Command{
		Use:   "normalise FILE…",
		Short: "Write canonical records, and what was changed and why",
		Long: `normalise writes the records in standard form: as JSON Lines where the input is
JSON, else as CSV; --out FORMAT=FILE says otherwise, and so does the ending of a
FILE alone: .csv, .jsonl, .parquet or .xlsx. All are data files and hold the
values. In CSV a cell that a spreadsheet would take for a formula gets an
apostrophe before it, which is taken off when ledsq reads the file;
--spreadsheet-safe=false leaves such cells as they are. --changes FILE says of each value what was done or
found, by which rule, and whether it is sure; --undo FILE takes those changes
back from the canonical records, so that nothing that was typed is lost. Values
that can't be understood stay as they were typed. While a table is written the records are kept in a
temporary file that nobody else may read.

With --as TYPE each line of the input is one value, and the output is CSV with
input,status,canonical,reason: one column of a spreadsheet put right in a pipe.
The canonical form of a mark or VIN is followed by a colon and its class, and an
ambiguous value by all its readings.`,
		Example: `  ledsq normalise --changes changes.csv persons.csv > canonical.csv
  ledsq normalise --undo changes.csv canonical.csv > as-typed.csv
  cut -d, -f5 persons.csv | ledsq normalise --as postcode -`,
		RunE: func(c *cobra.Command, args []string) error {
			if as != "" {
				return a.runAs(c.Context(), f, as, plan.safe, args)
			}
			if len(args) == 0 {
				return usage("normalise needs at least one file, or - for standard input")
			}
			if plan.undo != "" && plan.changes != "" {
				return usage("--undo reads a file of changes and --changes writes one: give one of them")
			}
			return a.runNormalise(c.Context(), f, plan, args)
		},
	}
	f.reading(c)
	c.Flags().StringArrayVar(&f.out, "out", nil, "`FORMAT=PATH`, csv, jsonl, parquet or xlsx, or a PATH with one of these endings, repeatable; FORMAT alone or PATH - is standard output")
	c.Flags().StringVar(&plan.changes, "changes", "", "`FILE` for what was changed and why, as CSV with the values")
	c.Flags().StringVar(&plan.undo, "undo", "", "rebuild what was typed: take back the changes in this `FILE` of --changes from canonical records")
	c.Flags().StringVar(&as, "as", "", "read one value per line as this `TYPE`, such as postcode, pncid, dob, vrm")
	safeFlag(c, &plan.safe)
	choices(c, "out", recordFormats...)
	choices(c, "as", normalise.Types()...)
	return c
}

// ownCodes reads the user's code lists, nil where there are none.
func ownCodes(path string) (*normalise.Codes, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, usage("%s can't be read: %v", path, bare(err))
	}
	defer file.Close()
	own, err := normalise.ReadCodes(file)
	if err != nil {
		return nil, usage("%s: %v", path, err)
	}
	return own, nil
}

// normalisePlan is what the flags of normalise alone say.
type normalisePlan struct {
	changes, undo string
	safe          bool
}

// recordFormats are those that normalise writes; the first is the default.
var recordFormats = []string{"csv", "jsonl", "parquet", "xlsx"}

// tidied is one record normalised, as the outputs want it.
type tidied struct {
	changes []normalise.Change
	json    []byte
	cells   []cell
}

func (a *app) runNormalise(ctx context.Context, f *common, plan normalisePlan, paths []string) error {
	if err := f.parse(a); err != nil {
		return err
	}
	specs, err := parseOut(byEnding(f.out), recordFormats)
	if err != nil {
		return err
	}
	f.sayDay(a)
	in, err := f.openAll(ctx, a, paths)
	if err != nil {
		return err
	}
	defer closeAll(in)
	kind, err := oneKind(in)
	if err != nil {
		return err
	}
	f.hintOrder(ctx, a, in)
	if len(f.out) == 0 && in[0].isJSON() {
		specs[0].format = "jsonl"
	}
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	n := &normalising{kind: kind, opts: f.normalising(), safe: plan.safe, rules: map[ruleStatus]int{}}
	defer n.close()
	if err := n.open(outs, specs, plan.changes); err != nil {
		return err
	}
	if plan.undo != "" {
		if n.undo, err = openUndo(plan.undo); err != nil {
			return err
		}
	}
	stop := f.watch(a, in)
	defer stop()
	for _, one := range in {
		if err := eachRow(ctx, one, f.jobs, n.work, n.use); err != nil {
			return err
		}
	}
	if n.undo != nil {
		if err := n.undo.end(); err != nil {
			return err
		}
	}
	if err := n.finish(); err != nil {
		return written(err)
	}
	stop()
	f.notes(a, in)
	if err := outs.commit(); err != nil {
		return err
	}
	n.summary(a, f)
	return nil
}

// normalising is the state of one run of normalise.
type normalising struct {
	kind    record.Kind
	opts    normalise.Options
	lines   []io.Writer // of JSON Lines
	spool   *spool      // of CSV, nil where none is asked for
	tables  []table.Writer
	safe    bool
	changes table.Writer
	undo    *undoing
	rules   map[ruleStatus]int
	records int
	skipped []error
}

type ruleStatus struct {
	rule   string
	status normalise.Status
}

func (n *normalising) open(outs *outputs, specs []outSpec, changes string) error {
	for _, s := range specs {
		w, err := outs.open(s.path)
		if err != nil {
			return err
		}
		if s.format == "jsonl" {
			n.lines = append(n.lines, w)
		} else {
			n.tables = append(n.tables, table.NewWriter(w, table.Format(s.format), table.Options{Exact: !n.safe}))
		}
	}
	if len(n.tables) > 0 {
		n.spool = newSpool(n.kind)
	}
	if changes == "" {
		return nil
	}
	w, err := outs.open(changes)
	if err != nil {
		return err
	}
	n.changes = table.NewWriter(w, table.FormatOf(changes), table.Options{Sheet: "Changes", Numbers: []string{"record"}})
	return n.changes.Write([]string{"id", "field", "rule", "status", "from", "to", "sure", "reason", "readings", "suggestions", "record"})
}

func (n *normalising) close() {
	for _, t := range n.tables {
		t.Abort()
	}
	if n.changes != nil {
		n.changes.Abort()
	}
	if n.spool != nil {
		n.spool.close()
	}
	if n.undo != nil {
		n.undo.close()
	}
}

func (n *normalising) work(row *ingest.Row) (t tidied, err error) {
	if n.undo != nil {
		return t, nil // the changes are read in the order of the records
	}
	t.changes = normalise.Record(row.Record, n.opts)
	return n.render(row.Record, t), nil
}

// render makes of a record what the outputs want.
func (n *normalising) render(r record.Record, t tidied) tidied {
	if len(n.lines) > 0 {
		t.json = append(record.AppendJSON(make([]byte, 0, 512), r), '\n')
	}
	if n.spool != nil {
		t.cells = cellsOf(r)
	}
	return t
}

func (n *normalising) use(row *ingest.Row, t tidied) error {
	if row.Err != nil {
		n.skipped = append(n.skipped, row.Err)
		return nil
	}
	n.records++
	if n.undo != nil {
		var err error
		if t, err = n.undone(row); err != nil {
			return err
		}
	}
	for _, w := range n.lines {
		if _, err := w.Write(t.json); err != nil {
			return written(err)
		}
	}
	if n.spool != nil {
		if err := n.spool.add(t.cells); err != nil {
			return written(err)
		}
	}
	id := row.Record.Head().ID
	for _, c := range t.changes {
		n.rules[ruleStatus{c.Rule, c.Status}]++
		if n.changes != nil {
			if err := n.changes.Write([]string{id, c.Field, c.Rule, string(c.Status), c.From, c.To, strconv.FormatBool(c.Sure()), c.Reason,
				strings.Join(c.Readings, "|"), strings.Join(c.Suggestions, "|"), strconv.Itoa(n.records)}); err != nil {
				return written(err)
			}
		}
	}
	return nil
}

func (n *normalising) finish() error {
	if n.changes != nil {
		if err := n.changes.Close(); err != nil {
			return err
		}
	}
	for _, w := range n.tables {
		if err := n.spool.write(w); err != nil {
			return err
		}
	}
	return nil
}

// summary says on standard error what was done, by rule.
func (n *normalising) summary(a *app, f *common) {
	type total struct {
		ruleStatus
		n int
	}
	var all []total
	for k, c := range n.rules {
		all = append(all, total{k, c})
	}
	slices.SortFunc(all, func(x, y total) int {
		return cmp.Or(y.n-x.n, cmp.Compare(x.rule, y.rule), cmp.Compare(x.status, y.status))
	})
	done := "normalised"
	if n.undo != nil {
		done = "taken back"
	}
	f.say(a, "%d records %s, %d rows skipped", n.records, done, len(n.skipped))
	for _, t := range all {
		rule := t.rule
		if rule == "" {
			rule = "(as typed)"
		}
		f.say(a, "%9d  %-11s %s", t.n, t.status, rule)
	}
	if len(n.skipped) > 0 {
		a.code = exitAborted
		a.skippedRows(len(n.skipped), n.skipped[0])
	}
}
