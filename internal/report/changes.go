package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/guard"
)

// ChangeFormats are the formats a report of changed clusters can be written in.
func ChangeFormats() []string { return []string{"text", "json", "csv", "markdown"} }

// textChanges is how many changes a text lists of each kind.
const textChanges = 10

// WriteChanges writes what changed between the clusters of two runs. CSV has a
// row for each record of a cluster that changed.
func WriteChanges(w io.Writer, format string, h *Header, r *dedupe.ChangeReport) error {
	switch format {
	case "json":
		_, err := w.Write(append(marshal(struct {
			Header *Header              `json:"header"`
			Report *dedupe.ChangeReport `json:"report"`
		}{h, r}), '\n'))
		return err
	case "csv":
		return changesCSV(w, r)
	case "markdown":
		m := &markdown{w: w, h: h}
		m.changes(r)
		return m.err
	}
	t := &text{w: w, h: h}
	t.changes(r)
	return t.err
}

// changesCSV gives before and after of each record; empty where it was in none.
func changesCSV(w io.Writer, r *dedupe.ChangeReport) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"record", "before", "after", "change", "why"})
	for i := range r.Changes {
		c := &r.Changes[i]
		before := map[string]string{}
		for _, b := range c.Before {
			for _, rec := range b.Records {
				before[rec] = b.ID
			}
		}
		for _, a := range c.After {
			for _, rec := range a.Records {
				_ = out.Write([]string{guard.Put(rec), guard.Put(before[rec]), guard.Put(a.ID), string(c.Kind), c.Why})
			}
		}
		for _, rec := range c.Removed {
			_ = out.Write([]string{guard.Put(rec), guard.Put(before[rec]), "", string(c.Kind), c.Why})
		}
	}
	out.Flush()
	return out.Error()
}

// changeWords say what a kind of change is.
var changeWords = map[dedupe.ChangeKind]string{
	dedupe.Joined: "several became one", dedupe.Split: "one became several", dedupe.Moved: "records moved between clusters",
	dedupe.Grew: "records were added", dedupe.Shrank: "records were removed", dedupe.Replaced: "records were added and removed",
	dedupe.Appeared: "all records are new", dedupe.Vanished: "all records are gone", dedupe.Unchanged: "the same records",
}

func (t *text) changes(r *dedupe.ChangeReport) {
	t.printf("ledsq %s: %s\n\n", t.h.Command, strings.Join(t.h.Files, " → "))
	t.printf("Records      %s: %s added, %s removed, %s under another id\n", count(r.Records), count(r.Added), count(r.Removed), count(r.Moved))
	t.printf("Clusters     %s, of which %s keep an id they had\n", count(r.Clusters), count(r.KeptIDs))
	for _, k := range dedupe.ChangeKinds() {
		if n := r.Counts[k]; n > 0 {
			t.printf("  %-10s %9s  %s\n", k, count(n), changeWords[k])
		}
	}
	var last dedupe.ChangeKind
	listed := 0
	for i := range r.Changes {
		c := &r.Changes[i]
		if c.Kind != last {
			last, listed = c.Kind, 0
			t.printf("\n%s: %s\n", strings.ToUpper(string(c.Kind[:1]))+string(c.Kind[1:]), changeWords[c.Kind])
		}
		if listed++; listed > textChanges {
			if listed == textChanges+1 {
				t.printf("  …and %s more; --out csv=FILE has all\n", count(r.Counts[c.Kind]-textChanges))
			}
			continue
		}
		t.printf("  %s: %s\n", states(c), c.Why)
	}
}

// states says which clusters became which.
func states(c *dedupe.ClusterChange) string {
	side := func(list []dedupe.ClusterState) string {
		var parts []string
		for _, s := range list {
			parts = append(parts, fmt.Sprintf("%s (%s)", s.ID, plural(len(s.Records), "record")))
		}
		return shorten(parts, 5)
	}
	switch {
	case len(c.Before) == 0:
		return side(c.After)
	case len(c.After) == 0:
		return side(c.Before)
	}
	return side(c.Before) + " → " + side(c.After)
}

func (m *markdown) changes(r *dedupe.ChangeReport) {
	m.printf("# ledsq %s\n\n%s: %s, %s added, %s removed, %s under another id; %s, %s with an id they had.\n\n| change | | number |\n|---|---|--:|\n",
		md(m.h.Command), md(strings.Join(m.h.Files, " → ")), plural(r.Records, "record"), count(r.Added), count(r.Removed), count(r.Moved), plural(r.Clusters, "cluster"), count(r.KeptIDs))
	for _, k := range dedupe.ChangeKinds() {
		m.printf("| %s | %s | %s |\n", k, changeWords[k], count(r.Counts[k]))
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		switch i {
		case 0:
			m.printf("\n| change | clusters | why |\n|---|---|---|\n")
		case 100:
			m.printf("\n%s more changes are not shown.\n", count(len(r.Changes)-i))
			return
		}
		m.printf("| %s | %s | %s |\n", c.Kind, md(states(c)), md(c.Why))
	}
}
