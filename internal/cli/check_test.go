package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestCheckWithoutRecords: what is written of rows that pass without a record is
// what is written when every row has to be one, as it has for its statement.
func TestCheckWithoutRecords(t *testing.T) {
	envelopes := filepath.Join(t.TempDir(), "from.csv")
	if err := os.WriteFile(envelopes, []byte("ownerCode,source,givenName,surname,dateOfBirth\n01ZD,RMS,Ann,Fenwick,1980-06-15\n,,Ann,Fenwick,1980-06-15\n43,PNC ,Ann,Fenw1ck,1980-06-15\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"../../testdata/persons.csv", "../../testdata/fake_1000.csv", "../../testdata/latin1.csv", envelopes} {
		for _, only := range [][]string{nil, {"--only", "person/name-format,record/date-format,person/postcode-invalid"}} {
			dir := t.TempDir()
			for _, as := range [][]string{{"a"}, {"b", "--statement", filepath.Join(dir, "statements")}} {
				args := []string{"check", "--quiet", "--no-config", "--as-of", "2026-11-23", "--fail-on", "never", "--kind", "person", path}
				for _, format := range allFormats() {
					args = append(args, "--out", format+"="+filepath.Join(dir, as[0]+"."+format))
				}
				var stderr bytes.Buffer
				if code := run(context.Background(), append(append(args, only...), as[1:]...), nil, &stderr, &stderr, time.Now); code != exitOK && code != exitAborted {
					t.Fatalf("exit code %d: %s", code, &stderr)
				}
			}
			for _, format := range allFormats() {
				a, errA := os.ReadFile(filepath.Join(dir, "a."+format))
				b, errB := os.ReadFile(filepath.Join(dir, "b."+format))
				if errA != nil || errB != nil || !bytes.Equal(a, b) {
					t.Errorf("%s %v: %s differs without records (%v, %v)", path, only, format, errA, errB)
				}
			}
		}
	}
}
