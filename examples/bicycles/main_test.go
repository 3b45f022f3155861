package main

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
)

// TestBicycles measures the proposal against the truth, over pairs of reports in
// one cluster.
func TestBicycles(t *testing.T) {
	ids, res, err := match(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("truth.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	entity := map[string]string{}
	for _, row := range rows[1:] {
		entity[row[0]] = row[1]
	}
	var both, found, real float64
	for i := range ids {
		for k := range i {
			together, same := res.Clusters[i] == res.Clusters[k], entity[ids[i]] == entity[ids[k]]
			if together {
				found++
			}
			if same {
				real++
			}
			if together && same {
				both++
			}
		}
	}
	var b strings.Builder
	tell(&b, ids, res)
	if !strings.Contains(b.String(), "probability 0.") || !strings.Contains(b.String(), "same make") {
		t.Errorf("nothing for clerical review:\n%s", b.String())
	}
	f1 := 2 * both / (found + real)
	t.Logf("%.0f true pairs, %.0f proposed, %.0f of them true: F1 %.3f", real, found, both, f1)
	if f1 < 0.97 {
		t.Errorf("F1 %.3f over pairs in one cluster", f1)
	}
}
