package cli

import (
	"context"
	"strings"

	"github.com/spf13/pflag"

	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// showing are the flags of what shows people the records that a matching found.
type showing struct {
	records   []string
	prefixIDs bool
	model     string
}

// flags adds them; the two texts say what the records and the model are for.
func (s *showing) flags(p *pflag.FlagSet, records, model string) {
	p.StringArrayVar(&s.records, "records", nil, records)
	p.BoolVar(&s.prefixIDs, "prefix-ids", false, "as dedupe had it: the name of the file stands before each id")
	p.StringVar(&s.model, "model", "", model)
}

func (s *showing) matcher(a *app, f *common) (*matcher, error) {
	return a.newMatcher(f, &matching{model: s.model, prefixIDs: s.prefixIDs})
}

// files names the files of records, for messages.
func (s *showing) files() string { return strings.Join(s.records, ", ") }

// sought is the id of a record that people are to see, and whether it is the second
// of a pair.
type sought struct {
	id    string
	right bool
}

// held are the records that were sought, by file and id.
type held struct {
	linked bool // the first of a pair is of the first file, the second of the second
	files  []map[string]record.Record
}

// find gives a record; right says that it is the second of a pair.
func (h *held) find(id string, right bool) record.Record {
	for i, of := range h.files {
		if r := of[id]; r != nil && (!h.linked || (i == 1) == right) {
			return r
		}
	}
	return nil
}

// put takes a record of a file. Of records that were not linked an id is one of one
// file.
func (h *held) put(file int, id string, r record.Record, names []string) error {
	for i, of := range h.files {
		if !h.linked && i != file && of[id] != nil {
			return usage("%s and %s both have a record of the id %s: give --prefix-ids where dedupe had it, or --linked where link compared the two", names[i], names[file], id)
		}
	}
	if h.files[file][id] == nil {
		h.files[file][id] = r
	}
	return nil
}

// recordsOf reads the records that are sought and keeps no others.
func (r *matcher) recordsOf(ctx context.Context, paths []string, linked bool, ids []sought) (*held, []report.SkippedRow, error) {
	h := &held{linked: linked}
	f, a := r.f, r.app
	if len(paths) == 0 {
		return h, nil, nil
	}
	f.readValues()
	in, err := f.openAll(ctx, a, paths)
	if err != nil {
		return nil, nil, err
	}
	defer closeAll(in)
	if r.schema == nil {
		if _, err := oneKind(in); err != nil {
			return nil, nil, err
		}
	}
	f.tellOrder(ctx, a, in, r.schema)
	stop := f.watch(a, in)
	defer stop()
	wanted := map[string]bool{}
	for _, k := range ids {
		wanted[k.id] = true
	}
	var names []string
	var skipped []report.SkippedRow
	for i, one := range in {
		names, h.files = append(names, one.name()), append(h.files, map[string]record.Record{})
		prefix, opts := r.prefix(one), f.normalisingOf(one)
		err := eachRow(ctx, one, f.jobs, func(row *ingest.Row) (record.Record, error) {
			if r.schema != nil {
				r.envelop(row.Record.Head(), "")
			} else {
				normalise.Record(row.Record, opts) // the id too: it must read as it does in the pairs
			}
			row.Record.Head().ID = prefix + row.Record.Head().ID
			return row.Record, nil
		}, func(row *ingest.Row, rec record.Record) error {
			if row.Err != nil {
				skipped = append(skipped, skippedRow(row))
				return nil
			}
			id := rec.Head().ID
			if !wanted[id] {
				return nil
			}
			row.Keep()
			return h.put(i, id, rec, names)
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return h, skipped, h.complete(a, ids, names)
}

// complete says which of the records that were sought are not there.
func (h *held) complete(a *app, ids []sought, names []string) error {
	if !h.linked {
		names = []string{strings.Join(names, ", ")}
	}
	for side, name := range names {
		there := map[string]bool{}
		for _, k := range ids {
			if !h.linked || k.right == (side == 1) {
				there[k.id] = h.find(k.id, k.right) != nil
			}
		}
		found := 0
		for _, yes := range there {
			if yes {
				found++
			}
		}
		switch {
		case found == 0:
			return usage("%s: none of the records of the pairs is there: is it what the pairs were found in, with the same --map?", name)
		case found < len(there):
			a.warn("%s: %d of the %d records of the pairs are not there, which is said where they would stand", name, len(there)-found, len(there))
		}
	}
	return nil
}

// prefix is put before the ids of a file.
func (r *matcher) prefix(in *input) string {
	if r.m.prefixIDs {
		return sourceName(in) + ":"
	}
	return ""
}
