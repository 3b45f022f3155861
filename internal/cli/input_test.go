package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A column of another name is taken for ids by the first rows; a value that stands
// there twice far below shows that it has none, and row numbers stand for them.
func TestGuessedIDsAreUniqueInTheWholeFile(t *testing.T) {
	const rows = 30_000
	dir := t.TempDir()
	dedupe := func(last int) (clusters, said string) {
		var b strings.Builder
		b.WriteString("expediente,forename,surname,date_of_birth\n")
		for i := range rows {
			n := i
			if i == rows-1 {
				n = last
			}
			fmt.Fprintf(&b, "X%d,Name%c%c,Sur%c%c%c,%d-%02d-%02d\n", n, 'a'+i%26, 'a'+i/26%26, 'a'+i/7%26, 'a'+i/11%26, 'a'+i/1201%26, 1940+i%60, 1+i/60%12, 1+i/720%28)
		}
		path, out := filepath.Join(dir, "people.csv"), filepath.Join(dir, "clusters.csv")
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		if code := run(context.Background(), []string{"dedupe", "--no-config", "--clusters", out, path}, nil, &bytes.Buffer{}, &stderr, time.Now); code != exitOK {
			t.Fatalf("exit code %d: %s", code, stderr.String())
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return string(text), stderr.String()
	}
	if clusters, _ := dedupe(rows - 1); !strings.Contains(clusters, "\nX5,") {
		t.Error("a column with each value once is not taken for the ids")
	}
	if clusters, said := dedupe(3); !strings.Contains(clusters, "\n5,") || strings.Contains(clusters, "\nX") || !strings.Contains(said, "row numbers") {
		t.Errorf("a column with a value twice is taken for the ids: %s", said)
	}
}
