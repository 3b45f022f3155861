package cli

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"leds.internal/ledsq"
	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// changesSpec tells by its ending in which format a change report is written.
func changesSpec(path string) outSpec {
	switch filepath.Ext(path) {
	case ".json":
		return outSpec{"json", path}
	case ".csv":
		return outSpec{"csv", path}
	case ".md":
		return outSpec{"markdown", path}
	}
	return outSpec{"text", path}
}

// readPrevious reads the clusters of the run before, and finds what does not go
// together before the records are read.
func (r *matcher) readPrevious() error {
	m := r.m
	switch {
	case m.changes != "" && m.previous == "":
		return usage("--changes says what became of the clusters of --previous FILE: give it too")
	case m.previous == "":
		return nil
	}
	var err error
	r.previous, err = readMemberships(r.app, m.previous, "id", "cluster_id")
	return err
}

// checkSurvivors says before the work begins whether records can be proposed, and
// which fields of the policy they can't have. Keys of JSON may turn up at any record.
func (r *matcher) checkSurvivors(paths []string) error {
	policy, err := &r.f.engine.Survivor, error(nil)
	switch {
	case r.m.survivors == "":
		return nil
	case slices.Contains(paths, "-"):
		return usage("--survivors reads the records once more, and standard input can be read once only: give a file")
	case r.schema == nil:
		err = policy.Validate()
	case !slices.ContainsFunc(r.in, (*input).isJSON):
		var columns []string
		for _, in := range r.in {
			columns = append(columns, in.Unmapped()...)
		}
		err = policy.ValidateColumns(columns)
	}
	if err != nil {
		return usage("%s: %s", r.app.conf.path, strings.TrimPrefix(err.Error(), "ledsq: "))
	}
	return nil
}

// nameClusters gives the clusters their ids: those of the run before where they
// are the same entity.
func (r *matcher) nameClusters(res *dedupe.Result) (*dedupe.ChangeReport, error) {
	r.named = report.ClusterIDs(res.Clusters, r.ids.at)
	if r.m.previous == "" {
		return nil, nil
	}
	current := make([]dedupe.Membership, len(r.named))
	for i, c := range r.named {
		current[i] = dedupe.Membership{Record: r.ids.at(i), Cluster: r.ids.at(c)}
	}
	decided := map[string]bool{}
	for _, j := range r.cfg.Judgements {
		decided[j.A], decided[j.B] = true, true
	}
	carried, changes, err := dedupe.CarryIDs(r.previous, current, dedupe.CarryOptions{Decided: func(id string) bool { return decided[id] }})
	r.carried = carried
	return changes, aborted(err)
}

// clusterOf gives the id of a record's cluster.
func (r *matcher) clusterOf(i int) string {
	if r.carried != nil {
		return r.carried[i].Cluster
	}
	return r.ids.at(r.named[i])
}

// propose reads the records once more and writes a proposed record for each
// cluster of two or more.
func (r *matcher) propose(ctx context.Context, w io.Writer, res *dedupe.Result) error {
	switch r.in[0].Kind() {
	case record.KindVehicle:
		return proposeAs[*record.Vehicle](ctx, r, w, res)
	case record.KindMissing:
		return proposeAs[*record.MissingPerson](ctx, r, w, res)
	}
	return proposeAs[*record.Person](ctx, r, w, res)
}

func proposeAs[R record.Record](ctx context.Context, r *matcher, w io.Writer, res *dedupe.Result) error {
	size := make([]int, len(res.Clusters))
	for _, c := range res.Clusters {
		size[c]++
	}
	opts, n := r.f.normalising(), 0
	canonicalise := func(rec R, in *input) { normalise.Canonicalise(rec, r.f.normalisingOf(in)) }
	survive := func(records []R, members []int) *ledsq.Survivor {
		return ledsq.Survive(records, members, r.f.engine.Survivor)
	}
	if r.schema != nil {
		canonicalise = func(rec R, in *input) {
			head := rec.Head()
			r.envelop(head, sourceName(in))
			head.ModifiedAt = record.Timestamp(normalise.Timestamp(head.ExtraValue(r.schema.Changed), opts).Canonical)
		}
		survive = func(records []R, members []int) *ledsq.Survivor {
			return ledsq.SurviveColumns(records, members, r.schema, opts, r.f.engine.Survivor)
		}
	}
	records := make([]R, len(res.Clusters)) // those of clusters of one stay empty
	for _, was := range r.in {
		one, err := was.again(r.app)
		if err != nil {
			return err
		}
		err = eachRow(ctx, one, r.f.jobs, func(*ingest.Row) (struct{}, error) { return struct{}{}, nil }, func(row *ingest.Row, _ struct{}) error {
			if row.Err != nil {
				return nil
			}
			if n >= len(records) {
				return usage("%s has more records than when it was read first: it must not change during the run", one.name())
			}
			if size[res.Clusters[n]] > 1 {
				records[n], _ = row.Record.(R)
				canonicalise(records[n], one)
				row.Keep()
			}
			n++
			return nil
		})
		one.close()
		if err != nil {
			return err
		}
	}
	if n != len(records) {
		return usage("there are fewer records than when they were read first: files must not change during the run")
	}
	members := make([][]int, len(records))
	for i, c := range res.Clusters {
		if size[c] > 1 {
			members[c] = append(members[c], i)
		}
	}
	out := report.NewSurvivors(w)
	for _, m := range members {
		if len(m) == 0 {
			continue
		}
		if err := out.Write(r.clusterOf(m[0]), r.ids.at, survive(records, m)); err != nil {
			return written(err)
		}
	}
	if err := out.Flush(); err != nil {
		return written(err)
	}
	return nil
}

// envelop says of a record of a schema what its columns say of the record itself:
// its id, and from where it is (by default a file's name).
func (r *matcher) envelop(head *record.Envelope, file string) {
	head.SourceSystem = cmp.Or(head.ExtraValue(r.schema.Source), file)
	if r.schema.ID != "" {
		head.ID = head.ExtraValue(r.schema.ID)
	}
}
