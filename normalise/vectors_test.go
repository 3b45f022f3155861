package normalise

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"
)

// asOf is the reference date of every test.
var asOf = Options{AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}

// vectorText writes a result the way the vectors file does: a VRM or VIN with
// its class, the parts that differ in place of a canonical text.
func vectorText(typ string, r Result) string {
	switch {
	case typ == "mrz", r.Class == "future", r.Status == Mismatch:
		return r.Class
	case r.Status == Ambiguous:
		classes := strings.Split(r.Class, "|")
		var out []string
		for i, v := range r.Readings {
			out = append(out, v+":"+classes[i])
		}
		return strings.Join(out, "|")
	case (typ == "vrm" || typ == "vin") && r.Canonical != "":
		return r.Canonical + ":" + r.Class
	}
	return r.Canonical
}

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
		if string(r.Status) != status || vectorText(typ, r) != canonical {
			t.Errorf("%s %q: %s %q, want %s %q; %s (%s: %s)", typ, input, r.Status, vectorText(typ, r), status, canonical, why, r.Rule, r.Reason)
			continue
		}
		passed++
		if r.Status != Valid && r.Reason == "" {
			t.Errorf("%s %q: %s without a reason", typ, input, r.Status)
		}
	}
	t.Logf("%d of %d vectors", passed, len(rows)-1)
}
