package cli

import (
	"slices"
	"strconv"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// prepared is what a matcher keeps of a row.
type prepared struct {
	row        *dedupe.Row
	id, source string
}

type preparing = func(*ingest.Row, *ingest.Texts) (prepared, error)

// preparer gives what makes rows of the finder, for each worker its own, and says
// whether the records have ids of their own. prefix is put before each id.
func (r *matcher) preparer(in *input, prefix string) (func() preparing, bool, error) {
	if r.schema != nil {
		return r.valuePreparer(in, prefix)
	}
	opts := r.f.normalisingOf(in)
	fields := in.fields()
	id, source := slices.Index(fields, "id"), slices.Index(fields, "source")
	return func() preparing {
		coder := r.finder.Coder(fields, opts)
		texts := make([]string, len(fields))
		return func(row *ingest.Row, t *ingest.Texts) (p prepared, err error) {
			if t == nil {
				return r.prepareRecord(row.Record, prefix, opts), nil
			}
			for i := range texts {
				texts[i] = t.Field(i)
			}
			typed := ""
			if id >= 0 {
				typed = texts[id]
			} else {
				typed = strconv.Itoa(row.Number)
			}
			p.id = coder.ID(prefix + typed)
			var ok bool
			if p.row, ok = coder.Row(p.id, texts); !ok {
				return r.prepareRecord(t.Record(), prefix, opts), nil
			}
			if source >= 0 {
				p.source = coder.ID(texts[source]) // a reference too
			}
			return p, nil
		}
	}, in.hasID(), nil
}

func (r *matcher) prepareRecord(rec record.Record, prefix string, opts normalise.Options) prepared {
	head := rec.Head()
	head.ID = prefix + head.ID
	normalise.Canonicalise(rec, opts)
	return prepared{r.finder.Prepare(rec), head.ID, head.SourceSystem}
}

// valuePreparer is preparer for records of a schema.
func (r *matcher) valuePreparer(in *input, prefix string) (func() preparing, bool, error) {
	columns := r.schema.Columns()
	if !in.isJSON() {
		for _, c := range append(slices.Clone(columns), r.schema.ID, r.schema.Source, r.schema.Changed) {
			if c != "" && !slices.Contains(in.Unmapped(), c) {
				return nil, false, usage("%s: the model names the column %q: %w", in.name(), c, unknown("column", c, in.Unmapped()))
			}
		}
	}
	places := map[string][]int{}
	for i, c := range columns {
		places[c] = append(places[c], i)
	}
	id, source, at := slices.Index(in.Unmapped(), r.schema.ID), slices.Index(in.Unmapped(), r.schema.Source), make([]int, len(columns))
	for i, c := range columns {
		at[i] = slices.Index(in.Unmapped(), c)
	}
	opts := r.f.normalisingOf(in)
	return func() preparing {
		coder := r.finder.ValueCoder(opts)
		texts := make([]string, len(columns))
		return func(row *ingest.Row, t *ingest.Texts) (p prepared, err error) {
			if t == nil {
				return r.prepareExtra(row, prefix, places, opts), nil
			}
			p.id = strconv.Itoa(row.Number)
			if r.schema.ID != "" {
				p.id = strings.TrimSpace(t.Extra(id))
			}
			p.id = prefix + p.id
			for i := range texts {
				texts[i] = t.Extra(at[i])
			}
			p.row, _ = coder.Row(p.id, texts)
			if source >= 0 {
				p.source = strings.TrimSpace(t.Extra(source))
			}
			return p, nil
		}
	}, r.schema.ID != "", nil
}

// prepareExtra prepares a record of a schema from JSON, where keys may differ
// from record to record; places has the columns of the model by their names.
func (r *matcher) prepareExtra(row *ingest.Row, prefix string, places map[string][]int, opts normalise.Options) prepared {
	head := row.Record.Head()
	r.envelop(head, "")
	head.ID = prefix + head.ID
	values := make([]string, len(r.schema.Columns()))
	for _, e := range head.Extra {
		for _, i := range places[e.Name] {
			values[i] = e.Value
		}
	}
	return prepared{r.finder.PrepareValues(head.ID, values, opts), head.ID, head.SourceSystem}
}
