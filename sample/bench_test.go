package sample_test

import (
	"context"
	"io"
	"testing"

	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// BenchmarkWriteCSV reports records a second with one job for each processor.
func BenchmarkWriteCSV(b *testing.B) {
	for _, name := range []string{"clean", "realistic"} {
		profile, _ := sample.ProfileByName(name)
		for _, k := range record.Kinds() {
			b.Run(name+"/"+string(k), func(b *testing.B) {
				b.ReportAllocs()
				out := sample.Outputs{Records: io.Discard, Truth: io.Discard, Labels: io.Discard}
				if err := sample.WriteCSV(context.Background(), sample.Options{Kind: k, N: b.N, Seed: 1, Profile: profile}, out); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
			})
		}
	}
}
