package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
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
	stages  *stages // nil without --stage
	checked int     // records read when memory was last asked for
	ids     *idList
	sources []int32 // by record, with --within-source never
	skipped []report.SkippedRow

	previous []dedupe.Membership
	named    []int               // by record: the record whose id its cluster bears
	carried  []dedupe.Membership // with --previous: under the ids that go on
}

// newMatcher understands the flags and reads model and decisions.
func (a *app) newMatcher(f *common, m *matching) (*matcher, error) {
	r := &matcher{app: a, f: f, m: m, ids: &idList{}, cfg: dedupe.Config{Match: m.match, Review: m.review, Jobs: f.jobs, Cardinality: dedupe.Cardinality(m.cardinality), PairsPerRecord: m.perRecord}}
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
		return nil, usage("--match-probability, --review-probability and --pairs-per-record: %s", strings.TrimPrefix(err.Error(), "dedupe: "))
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
	r.f.readValues()
	if r.in, err = r.f.openAll(ctx, r.app, paths); err != nil {
		return err
	}
	r.f.tellOrder(ctx, r.app, r.in, r.schema)
	r.shown = r.f.follow(r.app, r.in, matchStages(r.writes))
	r.cfg.Progress = r.shown.matching
	if r.stages, err = r.openStages(paths); err != nil {
		r.close()
		return err
	}
	if r.stages != nil {
		r.cfg.Saved = r.stages.pairs
	}
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
	if r.m.within == "never" && len(paths) == 1 && !r.tellsSource(r.in[0]) {
		r.close()
		how := "--map source=COLUMN"
		if r.schema != nil {
			how = "the model's source"
		}
		return usage("--within-source never needs several files, or one with a column of sources: %s names it", how)
	}
	return nil
}

// tellsSource says whether the records of a file may say from which system they are.
func (r *matcher) tellsSource(in *input) bool {
	if r.schema != nil {
		return r.schema.Source != ""
	}
	return in.isJSON() || slices.ContainsFunc(in.Mapping(), func(m ingest.Mapped) bool { return m.Field == "source" })
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

// rowsAtOnce is how many rows the finder is given at a time.
const rowsAtOnce = 512

// read reads the files to their end, or takes what an earlier run saved of them.
func (r *matcher) read(ctx context.Context) error {
	if done, err := r.again(); done || err != nil {
		return noRoom(err)
	}
	keep, err := r.stages.record()
	if err != nil {
		return err
	}
	defer keep.discard()
	take := &taker{r: r, named: map[string]int32{}}
	for i, one := range r.in {
		worker, hasID, err := r.preparer(one, r.prefix(one))
		if err != nil {
			return err
		}
		if !hasID {
			r.shown.besides(func() {
				r.f.say(r.app, "%s has no column of record ids: row numbers stand for them; --map id=COLUMN names one", one.name())
			})
		}
		if err := errors.Join(take.next(), keep.file()); err != nil {
			return err
		}
		err = eachText(ctx, one, r.f.jobs, worker, func(row *ingest.Row, p prepared) error {
			if row.Err != nil {
				r.skipped = append(r.skipped, skippedRow(row))
				return nil
			}
			source := ""
			if r.m.within == "never" {
				source = strconv.Itoa(i)
				if len(r.in) == 1 {
					if source = p.source; source == "" { // nobody knows: compared with all
						source = "\x00" + strconv.Itoa(len(take.own.ends))
					}
				}
			}
			if err := keep.add(r.finder, source, p.id, p.row); err != nil {
				return err
			}
			return take.record(source, p.id, p.row)
		})
		if err != nil {
			return noRoom(err)
		}
	}
	if err := take.end(); err != nil {
		return err
	}
	r.shown.besides(func() { r.f.notes(r.app, r.in) })
	return keep.end(readings{r.skipped, allNotes(r.in)})
}

// taker adds records to the finder, file by file. Of two that are linked the second
// is the right one.
type taker struct {
	r     *matcher
	named map[string]int32 // sources by name
	files int
	own   *idList // of the file at hand
	batch []*dedupe.Row
}

// next begins the next file.
func (t *taker) next() error {
	if err := t.done(); err != nil {
		return err
	}
	if t.files == len(t.r.in) {
		return errors.New("more files than were named")
	}
	t.own = &idList{}
	t.files++
	return nil
}

func (t *taker) record(source, id string, row *dedupe.Row) error {
	r := t.r
	t.own.add(id)
	if r.m.within == "never" {
		if _, ok := t.named[source]; !ok {
			t.named[strings.Clone(source)] = int32(len(t.named))
		}
		r.sources = append(r.sources, t.named[source])
	}
	if t.batch = append(t.batch, row); len(t.batch) < rowsAtOnce { // what is compared is kept, not the record
		return nil
	}
	return t.flush()
}

func (t *taker) flush() error {
	err := t.r.finder.AddRows(t.batch, t.r.linked && t.files > 1)
	t.batch = t.batch[:0]
	if err != nil {
		return err
	}
	return t.r.roomFor(t.r.finder.Len())
}

// done ends the file at hand.
func (t *taker) done() error {
	if t.own == nil {
		return nil
	}
	if err := t.flush(); err != nil {
		return noRoom(err)
	}
	if err := t.r.faults(t.r.in[t.files-1].name(), t.own); err != nil {
		return err
	}
	t.r.ids.append(t.own)
	return nil
}

// end ends the last file.
func (t *taker) end() error {
	if err := t.done(); err != nil {
		return err
	}
	r := t.r
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
