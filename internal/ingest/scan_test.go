package ingest

import (
	"slices"
	"strings"
	"testing"
)

// FuzzSplit holds the cells of rows without quotes to those of package strings.
func FuzzSplit(f *testing.F) {
	for _, row := range []string{"", ",", "a,b,c", "12345678,", ",,,,,,,,,", "no delimiter in a long line of it", "caf\xe9,\x80\x81,\x00,\xff\xff\xff\xff\xff\xff\xff,-,--", strings.Repeat("ab,", 40)} {
		f.Add(row)
	}
	f.Fuzz(func(t *testing.T, row string) {
		for _, d := range []byte{',', ';', '\t', '|', '-'} {
			if got, want := (dialect{delim: d}).split(row, false, nil), strings.Split(row, string(rune(d))); !slices.Equal(got, want) {
				t.Fatalf("%q by %q: %q, want %q", row, d, got, want)
			}
		}
	})
}
