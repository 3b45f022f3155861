package normalise

import (
	"encoding/csv"
	"os"
	"testing"
	"time"
)

// asOf is the reference date of every test.
var asOf = Options{AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}

func TestVectors(t *testing.T) {
	f, err := os.Open("testdata/vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	passed := 0
	for _, row := range rows[1:] {
		typ, input, status, canonical, why := row[0], row[1], row[2], row[3], row[4]
		read, ok := As(typ)
		if !ok {
			t.Errorf("%s: no such type", typ)
			continue
		}
		r := read(input, asOf)
		if string(r.Status) != status || CanonicalText(typ, r) != canonical {
			t.Errorf("%s %q: %s %q, want %s %q; %s (%s: %s)", typ, input, r.Status, CanonicalText(typ, r), status, canonical, why, r.Rule, r.Reason)
			continue
		}
		passed++
		if r.Status != Valid && r.Reason == "" {
			t.Errorf("%s %q: %s without a reason", typ, input, r.Status)
		}
	}
	t.Logf("%d of %d vectors", passed, len(rows)-1)
}
