package cli

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// readLookups reads the reference data that the policy names. Their paths are
// from the folder of the policy, so that the two can be kept together.
func (f *common) readLookups(ctx context.Context, a *app) error {
	files, to := f.engine.Policy.Files, &f.engine.Policy.Lookups
	if files.Postcodes != "" {
		d, err := f.readPostcodes(a.beside(files.Postcodes))
		if err != nil {
			return usage("lookups: %w", err)
		}
		to.PostcodeInUse = d.InUse
		if d.HasTowns() {
			to.PostcodeTown = d.Town
		}
		f.say(a, "postcode directory: %d postcodes", d.Len())
	}
	if files.Register != "" {
		g := quality.NewRegister()
		if err := f.readRecords(ctx, a, files.Register, record.KindVehicle, func(r record.Record) error { return g.Add(r.(*record.Vehicle)) }); err != nil {
			return err
		}
		to.RegisteredVehicle = g.Vehicle
		f.say(a, "vehicle register: %d vehicles", g.Len())
	}
	if files.Existing != "" {
		x := quality.NewExisting()
		if err := f.readRecords(ctx, a, files.Existing, f.ingest.Kind, x.Add); err != nil {
			return err
		}
		to.Existing = x.Known
		f.say(a, "existing records: %d", x.Len())
	}
	return nil
}

func (a *app) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(a.conf.path), path)
}

func (f *common) readPostcodes(path string) (*quality.Postcodes, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", path, bare(err))
	}
	defer func() { _ = file.Close() }()
	var r io.Reader = bufio.NewReaderSize(file, 1<<16)
	if magic, err := r.(*bufio.Reader).Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		if r, err = gzip.NewReader(r); err != nil {
			return nil, fmt.Errorf("%s can't be read: %w", path, err)
		}
	}
	return quality.ReadPostcodes(r, path)
}

// readRecords reads the records of a look-up, normalised. A row that can't be
// read ends the run: a look-up that is half there would find nothing and say so
// with confidence.
func (f *common) readRecords(ctx context.Context, a *app, path string, kind record.Kind, add func(record.Record) error) error {
	in, err := openOne(a, a.beside(path), ingest.Options{Kind: kind})
	if err != nil {
		return usage("lookups: %w", err)
	}
	defer closeAll([]*input{in})
	for rows, err := range in.Batches(ctx, f.jobs) {
		if err != nil {
			return usage("lookups: %w", err)
		}
		for i := range rows {
			row := &rows[i]
			if row.Err != nil {
				return usage("lookups: %w", row.Err)
			}
			normalise.Record(row.Record, f.normalising())
			if err := add(row.Record); err != nil {
				return usage("lookups: %s: row %d: %w", row.File, row.Number, err)
			}
		}
	}
	return nil
}
