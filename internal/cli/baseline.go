package cli

import (
	"bytes"
	"os"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/quality"
)

// baseline is the list of findings that were there already.
type baseline struct {
	from, to, keyFile string

	key        []byte
	known      map[string]bool // nil where none is read
	made       map[string]bool // nil where none is written
	met        map[string]bool // of those known
	old, fresh int             // findings that would fail the run
}

func (b *baseline) flags(c *cobra.Command) {
	p := c.Flags()
	p.StringVar(&b.from, "baseline", "", "`FILE` of findings that were there already: only new ones fail the run")
	p.StringVar(&b.to, "write-baseline", "", "`FILE` to write the findings to, as fingerprints, for --baseline")
	p.StringVar(&b.keyFile, "baseline-key", "", "`FILE` with the secret that fingerprints are made with, 16 bytes or more")
}

// parseBaseline reads key and baseline, where they are given.
func (f *common) parseBaseline() error {
	b := &f.baseline
	if b.from == "" && b.to == "" {
		if b.keyFile != "" {
			return usage("--baseline-key is of use only with --baseline or --write-baseline")
		}
		return nil
	}
	if b.keyFile == "" {
		return usage("a baseline needs --baseline-key FILE: without a secret anybody could try which records it means")
	}
	key, err := os.ReadFile(b.keyFile)
	if err != nil {
		return usage("--baseline-key %s can't be read: %w", b.keyFile, bare(err))
	}
	if b.key = bytes.TrimSpace(key); len(b.key) < quality.MinBaselineKey {
		return usage("--baseline-key %s: the key must have %d bytes or more", b.keyFile, quality.MinBaselineKey)
	}
	if b.to != "" {
		b.made = map[string]bool{}
	}
	if b.from == "" {
		return nil
	}
	file, err := os.Open(b.from)
	if err != nil {
		return usage("--baseline %s can't be read: %w", b.from, bare(err))
	}
	defer func() { _ = file.Close() }()
	b.met = map[string]bool{}
	if b.known, err = quality.ReadBaseline(file); err != nil {
		return usage("--baseline %s: %w", b.from, err)
	}
	return nil
}

// count tells the findings of a record that would fail the run from those that
// were there already.
func (b *baseline) count(rec *report.Record, from quality.Severity) {
	if b.known == nil && b.made == nil {
		return
	}
	for i := range rec.Findings {
		f := &rec.Findings[i]
		if f.Outcome != quality.Fail {
			continue
		}
		print := quality.Fingerprint(b.key, rec.ID, f)
		if b.made != nil {
			b.made[print] = true
		}
		if b.known[print] {
			b.met[print] = true
		}
		switch {
		case from == "" || report.Rank(f.Severity) < report.Rank(from):
		case b.known[print]:
			b.old++
		default:
			b.fresh++
		}
	}
}

func (b *baseline) write(outs *outputs) error {
	if b.made == nil {
		return nil
	}
	w, err := outs.open(b.to)
	if err != nil {
		return err
	}
	if err := quality.WriteBaseline(w, b.made); err != nil {
		return written(err)
	}
	return nil
}

func (f *common) sayBaseline(a *app) {
	b := &f.baseline
	if b.known == nil {
		return
	}
	f.say(a, "of the findings that fail a run, %d were in the baseline and %d are new", b.old, b.fresh)
	if gone := len(b.known) - len(b.met); gone > 0 {
		f.say(a, "%d findings of the baseline are gone: --write-baseline writes it anew", gone)
	}
}
