package ledsq

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// Source is one data set to validate: a system's records, read once.
type Source[R record.Record] struct {
	Name    string // of the system or file; given to records that name no source
	Records iter.Seq2[R, error]
}

// Records makes a source of a slice.
func Records[R record.Record](name string, records []R) Source[R] {
	return Source[R]{name, func(yield func(R, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}}
}

// Found is what Validate says of one or more sources.
type Found struct {
	Kind       record.Kind
	Records    []Judged         // every record, in the order read
	Duplicates []Duplicate      // pairs proposed as matches or for review
	Clusters   [][]int          // records of one entity, by their place in Records; singletons left out
	Conflicts  []Conflict       // what records of one cluster disagree on
	Matching   *dedupe.Model    // what was estimated, for who wants to look
	Dropped    []dedupe.Dropped // what blocking left out
	Sources    []SourceReport
	NotRun     []quality.Finding // rules that could not run for want of a look-up
	Metrics    Metrics
	Statement  *Statement // what a sender gives a recipient with the data
}

// SourceReport is what is found of a source as a whole.
type SourceReport struct {
	Name     string
	Records  int
	Findings []quality.Finding
	Rates    []Rate // held to the targets of set/rate-below-target
}

// Judged is one record's report.
type Judged struct {
	Source string
	quality.Report
}

// Duplicate is a pair of records that may be about the same entity. A and B are
// places in Found.Records.
type Duplicate struct {
	dedupe.Pair
	dedupe.Explanation
	IDA, IDB string
}

// Validate judges whole data sets (6.4): each record normalised and judged, the
// records of all sources matched with each other, and what records of one
// entity disagree on listed. Nothing is merged. It stops at the first error of
// a source. All records must be of one kind. Several workers judge at the same
// time, as Config.Match.Jobs says; what comes out does not depend on how many.
func Validate[R record.Record](ctx context.Context, e *Engine, sources []Source[R]) (*Found, error) {
	v := &validation[R]{ctx: ctx, e: e, found: &Found{Kind: kindOf[R]()}, filled: map[string]int{}}
	finder, err := dedupe.NewFinder(v.found.Kind, e.cfg.Match)
	if err != nil {
		return nil, err
	}
	v.finder = finder
	for _, s := range sources {
		if err := v.read(s); err != nil {
			return nil, fmt.Errorf("ledsq: validating %s: %w", s.Name, err)
		}
	}
	if err := v.match(); err != nil {
		return nil, err
	}
	v.found.NotRun = e.NotRun()
	v.found.Metrics = measure(v.found, v.filled)
	v.found.Statement = e.state(v.found)
	return v.found, nil
}

// kindOf gives the kind of a record type without a record.
func kindOf[R record.Record]() record.Kind {
	for _, k := range record.Kinds() {
		if _, ok := record.New(k).(R); ok {
			return k
		}
	}
	return ""
}

// validation is a Validate under way.
type validation[R record.Record] struct {
	ctx     context.Context
	e       *Engine
	finder  *dedupe.Finder
	found   *Found
	records []R            // canonical
	filled  map[string]int // by flat name: records that have it
}

// atOnce is how many records are judged before the next are read: enough for all
// workers, few enough that what they make is met again in the caches.
const atOnce = 1024

// read takes the records of a source. They are copied as they come: what they are
// made of may be used again for the next.
func (v *validation[R]) read(s Source[R]) error {
	var batch []R
	for r, err := range s.Records {
		if err != nil {
			return err
		}
		if batch = append(batch, record.Clone(r)); len(batch) == atOnce {
			if err := v.add(s.Name, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return v.add(s.Name, batch)
}

// add judges records and takes them in, in order.
func (v *validation[R]) add(source string, batch []R) error {
	judged := make([]Judged, len(batch))
	rows := make([]*dedupe.Row, len(batch))
	faults := make([]error, len(batch))
	filled := make([]map[string]int, cmp.Or(v.e.cfg.Match.Jobs, runtime.GOMAXPROCS(0)))
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range filled {
		filled[w] = map[string]int{}
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(batch); i = int(next.Add(1)) - 1 {
				judged[i], faults[i] = v.judge(source, batch[i])
				countFilled(batch[i], filled[w])
				rows[i] = v.finder.Prepare(batch[i])
			}
		})
	}
	wg.Wait()
	for _, err := range faults {
		if err != nil {
			return err
		}
	}
	for _, f := range filled {
		for name, n := range f {
			v.filled[name] += n
		}
	}
	v.found.Records = append(v.found.Records, judged...)
	v.records = append(v.records, batch...)
	return v.finder.AddRows(rows, false)
}

func (v *validation[R]) judge(source string, r R) (Judged, error) {
	made, err := JudgeInPlace(v.ctx, v.e, quality.Validate, r)
	head := r.Head()
	if head.SourceSystem == "" {
		head.SourceSystem = source
	}
	return Judged{head.SourceSystem, quality.Report{ID: head.ID, Score: made.Score, Findings: made.Findings, Suppressed: made.Suppressed}}, err
}

// countFilled counts the fields that a record holds.
func countFilled(r record.Record, filled map[string]int) {
	last := ""
	record.Walk(r, func(l record.Leaf) {
		if name := l.Field.First(); name != last {
			filled[name]++
			last = name
		}
	})
}

// match finds duplicates and hands them to the rules about sets.
func (v *validation[R]) match() error {
	res, err := v.finder.Find(v.ctx)
	if err != nil {
		return err
	}
	f := v.found
	f.Matching, f.Dropped = res.Model, res.Dropped
	for i, p := range res.Pairs {
		f.Duplicates = append(f.Duplicates, Duplicate{p, res.Explain(i), f.Records[p.A].ID, f.Records[p.B].ID})
	}
	members := map[int][]int{}
	for i, c := range res.Clusters {
		members[c] = append(members[c], i)
	}
	for i := range res.Clusters {
		if m := members[i]; len(m) > 1 {
			f.Clusters = append(f.Clusters, m)
			f.Conflicts = append(f.Conflicts, conflicts(v.records, m, func(i int) string { return f.Records[i].Source }, v.e.cfg.Survivor)...)
		}
	}
	v.judgeSet()
	return nil
}
