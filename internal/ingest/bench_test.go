package ingest

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// persons makes rows like those of the synthetic million: 13 columns, some blank.
func persons(n int) string {
	var b strings.Builder
	b.WriteString("unique_id,cluster,forename,middle_name,surname,sex,dob,postcode,address_line,town,pnc_id,phone,email\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%d,Russell,Jackson,Stapleinshaw,M,1983-12-%02d,CH9 1LQ,Flat %d 62 Cole Road,Bradford,", i, i/2, i%28+1, i%100)
		switch i % 3 {
		case 0:
			b.WriteString("2005/0127852V,,eastcombe@example.com\n")
		case 1:
			b.WriteString(",07678838347,\n")
		default:
			b.WriteString(",,\n")
		}
	}
	return b.String()
}

const benchRows = 100_000

func BenchmarkNext(b *testing.B) {
	text := persons(benchRows)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := NewReader("f", strings.NewReader(text), Options{})
		for err == nil {
			_, err = r.Next()
		}
		if err != io.EOF || r.Rows() != benchRows || r.Skipped() != 0 {
			b.Fatal(err, r.Rows(), r.Skipped())
		}
	}
	b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkBatches(b *testing.B) {
	text := persons(benchRows)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := NewReader("f", strings.NewReader(text), Options{})
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range r.Batches(context.Background(), 2) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkEach(b *testing.B) {
	text := persons(benchRows)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := NewReader("f", strings.NewReader(text), Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := Each(context.Background(), r, 2, func(*Row) (int, error) { return 0, nil }, func(*Row, int) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkJSONLines(b *testing.B) {
	var s strings.Builder
	for i := range benchRows / 10 {
		fmt.Fprintf(&s, `{"id":"%d","forename":"Russell","surname":"Stapleinshaw","sex":"M","dob":"1983-12-07","postcode":"CH9 1LQ","town":"Bradford","email":"a@example.com"}`+"\n", i)
	}
	benchJSON(b, s.String())
}

// BenchmarkJSONParts reads records in their own form, lists and objects in them.
func BenchmarkJSONParts(b *testing.B) {
	var s strings.Builder
	for i := range benchRows / 10 {
		fmt.Fprintf(&s, `{"id":"M%d","sourceSystem":"MISPER","purpose":["safeguarding"],"createdAt":"2026-03-24T08:04:00+00:00","version":2,"person":{"roles":["missing"],`+
			`"names":[{"type":"primary","givenNames":["Russell"],"surname":"Stapleinshaw"}],"dateOfBirth":"1983-12-07","sex":"M","addresses":[{"type":"home","line":"15 Cole Road",`+
			`"town":"Bradford","postcode":"CH9 1LQ"}],"contacts":[{"type":"MOBH","value":"07700 900780"}]},"recordType":"missing","missingSince":"2026-03-23T22:34:00+00:00",`+
			`"riskAssessments":[{"level":{"value":"low","codeSet":"EW-APP"},"at":"2026-03-24T08:16:00+00:00"}],"factors":{"dementia":"no","youngChildAlone":"no"}}`+"\n", i)
	}
	benchJSON(b, s.String())
}

// BenchmarkFile reads the file that LEDSQ_BENCH_FILE names.
func BenchmarkFile(b *testing.B) {
	path := os.Getenv("LEDSQ_BENCH_FILE")
	if path == "" {
		b.Skip("LEDSQ_BENCH_FILE names no file")
	}
	rows := 0
	for b.Loop() {
		r, err := Open(path, nil, Options{})
		for err == nil {
			_, err = r.Next()
		}
		rows += r.Rows()
		_ = r.Close()
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

// benchJSON reads a tenth of benchRows records.
func benchJSON(b *testing.B, text string) {
	b.Helper()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := NewReader("f", strings.NewReader(text), Options{})
		for err == nil {
			_, err = r.Next()
		}
		if r.Rows() != benchRows/10 || r.Skipped() != 0 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*benchRows/10/b.Elapsed().Seconds(), "rows/s")
}
