package ledsq_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

var update = flag.Bool("update", false, "write testdata/generated anew")

// TestGeneratedSamples shows that the files in testdata/generated are what
//
//	ledsq generate --kind KIND --n 300 --seed 1 --errors realistic
//
// makes, so that nobody edits them by hand and no change of the generator goes
// unseen.
func TestGeneratedSamples(t *testing.T) {
	realistic, _ := sample.ProfileByName("realistic")
	for kind, name := range map[record.Kind]string{record.KindPerson: "persons", record.KindVehicle: "vehicles", record.KindMissing: "missing"} {
		var records, truth, labels bytes.Buffer
		o := sample.Options{Kind: kind, N: 300, Seed: 1, Profile: realistic}
		to := sample.Outputs{Records: &records, Truth: &truth, Labels: &labels}
		write, ending := sample.WriteCSV, ".csv"
		if kind == record.KindMissing {
			write, ending = sample.WriteJSONL, ".jsonl"
		}
		if err := write(context.Background(), o, to); err != nil {
			t.Fatal(err)
		}
		for file, made := range map[string]*bytes.Buffer{name + ending: &records, name + ".truth.csv": &truth, name + ".errors.csv": &labels} {
			path := filepath.Join("testdata", "generated", file)
			if *update {
				if err := os.WriteFile(path, made.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if have, err := os.ReadFile(path); err != nil || !bytes.Equal(have, made.Bytes()) {
				t.Errorf("%s is not what the generator makes: go test . -run Generated -update, and look at the difference (%v)", path, err)
			}
		}
	}
}
