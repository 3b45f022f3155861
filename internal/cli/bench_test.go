package cli

import (
	"context"
	"os"
	"testing"

	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// BenchmarkEachRow reads, and reads and normalises, the file that
// LEDSQ_BENCH_FILE names, as every verb over records does.
func BenchmarkEachRow(b *testing.B) {
	path := os.Getenv("LEDSQ_BENCH_FILE")
	if path == "" {
		b.Skip("LEDSQ_BENCH_FILE names no file")
	}
	f := &common{jobs: 2}
	bench := func(name string, work func(*ingest.Row) (record.Record, error)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			rows := 0
			for b.Loop() {
				in, err := openOne(&app{}, path, f.ingest)
				if err != nil {
					b.Fatal(err)
				}
				err = eachRow(context.Background(), in, f.jobs, work, func(row *ingest.Row, _ record.Record) error {
					rows++
					return nil
				})
				closeAll([]*input{in})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
	opts := f.normalising()
	bench("read", func(row *ingest.Row) (record.Record, error) { return row.Record, nil })
	bench("normalise", func(row *ingest.Row) (record.Record, error) {
		normalise.Canonicalise(row.Record, opts)
		return row.Record, nil
	})
}
