package cli

import (
	"context"
	"io"
	"os"
	"syscall"
	"testing"
	"time"

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

// BenchmarkMatcherRead reads the file that LEDSQ_BENCH_FILE names into a finder,
// which is what dedupe does before it compares.
func BenchmarkMatcherRead(b *testing.B) {
	path := os.Getenv("LEDSQ_BENCH_FILE")
	if path == "" {
		b.Skip("LEDSQ_BENCH_FILE names no file")
	}
	b.ReportAllocs()
	rows := 0
	start := userTime(b)
	for b.Loop() {
		f := &common{jobs: 2, quiet: true}
		r, err := (&app{stderr: io.Discard, clock: time.Now}).newMatcher(f, &matching{within: "compare"})
		if err == nil {
			err = r.open(context.Background(), []string{path}, false)
		}
		if err == nil {
			err = r.read(context.Background())
		}
		if err != nil {
			b.Fatal(err)
		}
		rows += r.finder.Len()
		closeAll(r.in)
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric((userTime(b)-start).Seconds()/float64(rows)*1e6, "user-s/Mrow")
}

// userTime is what of the processors' time this process has had.
func userTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano())
}

// BenchmarkCheck checks the file that LEDSQ_BENCH_FILE names: by seven rules on
// the shapes of values, as bench/peers/check does, and by all of them.
func BenchmarkCheck(b *testing.B) {
	path := os.Getenv("LEDSQ_BENCH_FILE")
	if path == "" {
		b.Skip("LEDSQ_BENCH_FILE names no file")
	}
	const shapes = "person/coded-value-unknown,person/contact-format,person/dob-future,person/name-format,person/pncid-format,person/postcode-invalid,record/date-format"
	for name, only := range map[string][]string{"shapes": {"--only", shapes}, "all": nil} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			args := append([]string{"check", "--quiet", "--no-config", "--as-of", "2026-11-23", "--fail-on", "never", "--jobs", "1", "--out", "csv=" + b.TempDir() + "/out.csv", path}, only...)
			start := userTime(b)
			for b.Loop() {
				if code := run(context.Background(), args, nil, io.Discard, io.Discard, time.Now); code != exitOK {
					b.Fatal("exit code ", code)
				}
			}
			b.ReportMetric((userTime(b)-start).Seconds()/float64(b.N), "user-s/op")
		})
	}
}
