package cli

import (
	"io"
	"slices"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/internal/table"
)

// matchWriters are the outputs of dedupe.
type matchWriters struct {
	reports            []io.Writer
	pairs, clusters    io.Writer // nil where not asked for
	changes, survivors io.Writer
	jsonl              bool
	safePairs          bool // cells are guarded against spreadsheets
	safeClusters       bool
}

// writers says how lines are written, by the names of the files.
func (m *matching) writers() *matchWriters {
	return &matchWriters{jsonl: jsonLines(m.pairs), safePairs: m.safe && table.FormatOf(m.pairs) == table.CSV, safeClusters: m.safe && table.FormatOf(m.clusters) == table.CSV}
}

// open opens all the outputs before the work begins, so that a wrong path is
// told at once.
func (m *matching) open(outs *outputs, specs []outSpec) (*matchWriters, error) {
	var err error
	w := m.writers()
	for _, s := range specs {
		one, err := outs.open(s.path)
		if err != nil {
			return nil, err
		}
		w.reports = append(w.reports, one)
	}
	for _, one := range []struct {
		path, sheet string
		to          *io.Writer
	}{{m.pairs, "Pairs", &w.pairs}, {m.clusters, "Clusters", &w.clusters}} {
		if one.path == "" {
			continue
		}
		if *one.to, err = outs.openTable(one.path, one.sheet, "weight", "probability"); err != nil {
			return nil, err
		}
	}
	if m.changes != "" {
		if w.changes, err = outs.open(changesSpec(m.changes).path); err != nil {
			return nil, err
		}
	}
	if m.survivors != "" {
		if w.survivors, err = outs.open(m.survivors); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *matchWriters) write(specs []outSpec, h *report.Header, sum *report.Matching, res *dedupe.Result, r *matcher) error {
	ids, jobs := r.ids, r.f.jobs
	for i, s := range specs {
		if err := report.WriteMatching(w.reports[i], s.format, h, sum, r.m.verbose); err != nil {
			return err
		}
	}
	if w.pairs != nil {
		if err := report.WritePairs(w.pairs, res.Pairs, res.Explain, ids.at, w.jsonl, h.Command == "link", w.safePairs, jobs); err != nil {
			return err
		}
	}
	if w.clusters != nil {
		return report.WriteClusters(w.clusters, len(ids.ends), r.clusterOf, ids.at, w.safeClusters, jobs)
	}
	return nil
}

// idList holds the ids of many records in one piece, so that none keeps the row
// it was read from in memory.
type idList struct {
	text []byte
	ends []int
}

func (l *idList) add(id string) {
	l.text = append(l.text, id...)
	l.ends = append(l.ends, len(l.text))
}

// append adds the ids of another list.
func (l *idList) append(m *idList) {
	base := len(l.text)
	l.text = append(l.text, m.text...)
	for _, end := range m.ends {
		l.ends = append(l.ends, base+end)
	}
}

func (l *idList) bytes(i int) []byte {
	from := 0
	if i > 0 {
		from = l.ends[i-1]
	}
	return l.text[from:l.ends[i]]
}

func (l *idList) at(i int) string { return string(l.bytes(i)) }

// faults counts the records without an id, and those whose id an earlier one has.
func (l *idList) faults() (blank, twice int) {
	hashes := make([]uint64, 0, len(l.ends))
	for i := range l.ends {
		b := l.bytes(i)
		if len(b) == 0 {
			blank++
			continue
		}
		hashes = append(hashes, hash(b))
	}
	slices.Sort(hashes)
	same := map[uint64]bool{}
	for i := 1; i < len(hashes); i++ {
		if hashes[i] == hashes[i-1] {
			same[hashes[i]] = true
		}
	}
	if len(same) == 0 {
		return blank, 0
	}
	seen := map[string]bool{} // only of the few whose hashes are the same
	for i := range l.ends {
		if b := l.bytes(i); len(b) > 0 && same[hash(b)] {
			if seen[string(b)] {
				twice++
			}
			seen[string(b)] = true
		}
	}
	return blank, twice
}

// hash is FNV-1a, which is the same in every run.
func hash(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}
