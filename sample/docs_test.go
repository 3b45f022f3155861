package sample_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

var update = flag.Bool("update", false, "rewrite the generated tables of docs/sample.md")

// TestDocs keeps the generated tables of docs/sample.md as the code has them.
func TestDocs(t *testing.T) {
	const name = "../docs/sample.md"
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	got := string(b)
	for mark, table := range map[string]string{"errors": errorsTable(t), "amendments": amendmentsTable()} {
		from, to := "<!-- "+mark+": generated -->\n", "<!-- end -->"
		i := strings.Index(got, from)
		if i < 0 {
			t.Fatalf("%s has no place for the table of %s", name, mark)
		}
		i += len(from)
		j := i + strings.Index(got[i:], to)
		if *update {
			got = got[:i] + table + got[j:]
		} else if got[i:j] != table {
			t.Errorf("the table of %s in %s is not that of the code: run go test ./sample -update", mark, name)
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func kinds(ks []record.Kind) string {
	if len(ks) == len(record.Kinds()) {
		return "all"
	}
	var s []string
	for _, k := range ks {
		s = append(s, string(k))
	}
	return strings.Join(s, ", ")
}

func errorsTable(t *testing.T) string {
	var b strings.Builder
	clean, real, harsh := profile(t, "clean"), profile(t, "realistic"), profile(t, "harsh")
	b.WriteString("| type | kinds | what happens | clean | realistic | harsh |\n|---|---|---|--:|--:|--:|\n")
	rate := func(p sample.Profile, name string) string {
		r := p.Rates[name]
		if r == (sample.Rate{}) {
			return "–"
		}
		return fmt.Sprintf("%.3g / %.3g", r.First*100, r.Further*100)
	}
	for _, ty := range sample.ErrorTypes() {
		name := "`" + ty.Name + "`"
		if ty.Variation {
			name += " (variation)"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", name, kinds(ty.Kinds), ty.Doc, rate(clean, ty.Name), rate(real, ty.Name), rate(harsh, ty.Name))
	}
	return b.String()
}

func amendmentsTable() string {
	var b strings.Builder
	b.WriteString("| type | kinds | what was done | rule that should object |\n|---|---|---|---|\n")
	for _, ty := range sample.AmendmentTypes() {
		rule := "none: it is good"
		if ty.Flag {
			rule = "`" + ty.Rule + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", ty.Name, kinds(ty.Kinds), ty.Doc, rule)
	}
	return b.String()
}
