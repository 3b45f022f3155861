package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// matcher reads records and gives them to a finder: those of a kind, or of a
// schema of the user's own. dedupe, link and train share it.
type matcher struct {
	app    *app
	f      *common
	m      *matching
	cfg    dedupe.Config
	schema *dedupe.Schema // nil for records of a kind

	linked  bool
	writes  bool // files are written in the end
	in      []*input
	finder  *dedupe.Finder
	shown   *progress
	ids     *idList
	sources []int32 // by record, with --within-source never
	skipped []report.SkippedRow

	previous []dedupe.Membership
	named    []int               // by record: the record whose id its cluster bears
	carried  []dedupe.Membership // with --previous: under the ids that go on
}

// newMatcher understands the flags and reads model and decisions.
func (a *app) newMatcher(f *common, m *matching) (*matcher, error) {
	r := &matcher{app: a, f: f, m: m, ids: &idList{}, cfg: dedupe.Config{Match: m.match, Review: m.review, Jobs: f.jobs, Cardinality: dedupe.Cardinality(m.cardinality)}}
	if m.match < 0 || m.match >= 1 || m.review < 0 || m.review >= 1 {
		return nil, usage("--match-probability and --review-probability must lie between 0 and 1")
	}
	if m.cardinality != "" && !slices.Contains(dedupe.Cardinalities(), r.cfg.Cardinality) {
		return nil, unknown("cardinality", m.cardinality, []string{"many-to-many", "one-to-one", "one-to-many", "many-to-one"})
	}
	if m.within != "" && m.within != "compare" && m.within != "never" {
		return nil, unknown("value of --within-source", m.within, []string{"compare", "never"})
	}
	if err := m.memory.parse(); err != nil {
		return nil, err
	}
	r.cfg.Memory = m.memory.bytes
	if err := r.readModel(); err != nil {
		return nil, err
	}
	if err := r.cfg.Validate(); err != nil {
		return nil, usage("--match-probability and --review-probability: %s", strings.TrimPrefix(err.Error(), "dedupe: "))
	}
	var err error
	r.cfg.Judgements, err = readJudgements(a, m.decisions)
	return r, err
}

// readModel reads a trained model, or a schema.
func (r *matcher) readModel() error {
	path := r.m.model
	if path == "" {
		return nil
	}
	file, err := openSide(r.app, path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // read only
	if isYAML(path) {
		if r.schema, err = dedupe.ParseSchema(file); err != nil {
			return usage("%s: %w", path, err)
		}
	} else {
		m, err := dedupe.ReadModel(file)
		if err != nil {
			return usage("%s: %w", path, err)
		}
		r.cfg.Model, r.schema = m, m.Schema
		if r.cfg.Match == 0 {
			r.cfg.Match = m.Model.Match
		}
		if r.cfg.Review == 0 {
			r.cfg.Review = min(m.Model.Review, r.cfg.Match)
		}
		if m.Schema == nil {
			if k := record.Kind(r.f.kind); k != "" && k != m.Kind {
				return usage("%s is a model of records of kind %s, and --kind says %s", path, m.Kind, k)
			}
			r.f.ingest.Kind = m.Kind
		}
	}
	if r.schema == nil {
		return nil
	}
	if r.f.kind != "" || r.f.mapping != "" {
		return usage("%s names the columns itself: leave --kind and --map out", path)
	}
	if t := r.schema.Thresholds; r.cfg.Match == 0 && t.Match > 0 {
		r.cfg.Match = t.Match
	}
	if t := r.schema.Thresholds; r.cfg.Review == 0 && t.Review > 0 {
		r.cfg.Review = t.Review
	}
	r.f.ingest.Plain = true
	return nil
}

func isYAML(path string) bool {
	return slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(filepath.Ext(path)))
}

// open opens the files and makes the finder. The caller closes them.
func (r *matcher) open(ctx context.Context, paths []string, linked bool) error {
	var err error
	r.linked = linked
	if r.in, err = r.f.openAll(r.app, paths); err != nil {
		return err
	}
	if r.schema == nil {
		r.f.tellOrder(ctx, r.app, r.in)
	}
	r.shown = r.f.follow(r.app, r.in, matchStages(r.writes))
	r.cfg.Progress = r.shown.matching
	if r.schema != nil {
		r.finder, err = dedupe.NewSchemaFinder(r.schema, r.cfg)
	} else {
		var kind record.Kind
		if kind, err = oneKind(r.in); err != nil {
			r.close()
			return err
		}
		r.finder, err = dedupe.NewFinder(kind, r.cfg)
	}
	if err != nil {
		r.close()
		what := ""
		if r.m.model != "" {
			what = r.m.model + ": "
		}
		return usage("%s%s", what, strings.TrimPrefix(err.Error(), "dedupe: "))
	}
	if r.m.within == "never" && len(paths) == 1 && (r.schema != nil || !r.in[0].isJSON() && !slices.ContainsFunc(r.in[0].Mapping(), func(m ingest.Mapped) bool { return m.Field == "source" })) {
		r.close()
		return usage("--within-source never needs several files, or one with a column of sources: --map source=COLUMN names it")
	}
	return nil
}

// close closes the files and ends what is shown of the progress.
func (r *matcher) close() {
	r.shown.stop()
	closeAll(r.in)
}

func (r *matcher) kindName() string {
	if r.schema != nil {
		return r.schema.Name
	}
	return string(r.in[0].Kind())
}

// read reads the files to their end. Of two that are linked the second is the
// right one.
func (r *matcher) read(ctx context.Context) error {
	named := map[string]int32{} // sources by name
	for i, one := range r.in {
		prepare, hasID, err := r.preparer(one)
		if err != nil {
			return err
		}
		if !hasID {
			r.shown.besides(func() {
				r.f.say(r.app, "%s has no column of record ids: row numbers stand for them; --map id=COLUMN names one", one.name())
			})
		}
		add, own := r.finder.AddRow, &idList{}
		if r.linked && i > 0 {
			add = r.finder.AddRightRow
		}
		prefix := ""
		if r.m.prefixIDs {
			prefix = sourceName(one) + ":"
		}
		err = eachRow(ctx, one, r.f.jobs, func(row *ingest.Row) (*dedupe.Row, error) { return prepare(row, prefix), nil }, func(row *ingest.Row, prepared *dedupe.Row) error {
			if row.Err != nil {
				r.skipped = append(r.skipped, skippedRow(row))
				return nil
			}
			head := row.Record.Head()
			own.add(head.ID)
			if r.m.within == "never" {
				source := strconv.Itoa(i)
				if len(r.in) == 1 {
					if source = head.SourceSystem; source == "" { // nobody knows: compared with all
						source = "\x00" + strconv.Itoa(len(own.ends))
					}
				}
				if _, ok := named[source]; !ok {
					named[strings.Clone(source)] = int32(len(named))
				}
				r.sources = append(r.sources, named[source])
			}
			if err := add(prepared); err != nil { // what is compared is kept, not the record
				return err
			}
			return r.roomFor(r.finder.Len())
		})
		if err != nil {
			return noRoom(err)
		}
		if err := r.faults(one.name(), own); err != nil {
			return err
		}
		r.ids.append(own)
	}
	r.shown.besides(func() { r.f.notes(r.app, r.in) })
	if !r.linked && len(r.in) > 1 {
		if err := r.faults("the files together", r.ids); err != nil {
			return usage("%w; --prefix-ids puts the name of the file before each", err)
		}
	}
	if r.sources != nil {
		return r.finder.Sources(r.sources)
	}
	return nil
}

func (r *matcher) faults(name string, ids *idList) error {
	blank, twice := ids.faults()
	if blank+twice == 0 {
		return nil
	}
	how := "name another column with --map id=COLUMN, or none with --map id= to use row numbers"
	if r.schema != nil {
		how = "name another column by the model's id"
	}
	return usage("%s: ids must be unique, or pairs could not be told apart: %d records have none, %d have one that another record has too; %s", name, blank, twice, how)
}

// preparer gives what makes rows of the finder, and says whether the records have
// ids of their own.
func (r *matcher) preparer(in *input) (func(row *ingest.Row, prefix string) *dedupe.Row, bool, error) {
	opts := r.f.normalising()
	if r.schema == nil {
		return func(row *ingest.Row, prefix string) *dedupe.Row {
			if prefix != "" {
				row.Record.Head().ID = prefix + row.Record.Head().ID
			}
			normalise.Canonicalise(row.Record, opts)
			return r.finder.Prepare(row.Record)
		}, in.hasID(), nil
	}
	columns := r.schema.Columns()
	if !in.isJSON() {
		for _, c := range append(slices.Clone(columns), r.schema.ID) {
			if c != "" && !slices.Contains(in.Unmapped(), c) {
				return nil, false, usage("%s: the model compares the column %q: %w", in.name(), c, unknown("column", c, in.Unmapped()))
			}
		}
	}
	at := map[string][]int{}
	for i, c := range columns {
		at[c] = append(at[c], i)
	}
	return func(row *ingest.Row, prefix string) *dedupe.Row {
		head := row.Record.Head()
		values := make([]string, len(columns))
		if r.schema.ID != "" {
			head.ID = ""
		}
		for _, e := range head.Extra {
			for _, i := range at[e.Name] {
				values[i] = e.Value
			}
			if e.Name == r.schema.ID && r.schema.ID != "" {
				head.ID = strings.TrimSpace(e.Value)
			}
		}
		head.ID = prefix + head.ID
		return r.finder.PrepareValues(head.ID, values, opts)
	}, r.schema.ID != "", nil
}

// saySkipped warns of rows that could not be read.
func (r *matcher) saySkipped() {
	if len(r.skipped) > 0 {
		r.app.code = exitAborted
		r.app.skippedRows(len(r.skipped), r.skipped[0])
	}
}

// describePlain says how a file of no kind is read.
func describePlain(in *input) string {
	return fmt.Sprintf("reading %s by the model: columns %s", in.name(), strings.Join(in.Unmapped(), ", "))
}
