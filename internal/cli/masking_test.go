package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/internal/table"
	"leds.internal/ledsq/record"
)

// planted is a file of records with a value of its own in every personal field,
// and the values that must come to light nowhere.
type planted struct {
	header  []string
	rows    [][]string
	secrets map[string]string // part of a value → field
}

// letters writes a number as four letters.
func letters(n int) string {
	b := []byte("aaaa")
	for i := 3; i >= 0; i-- {
		b[i] += byte(n % 26)
		n /= 26
	}
	return string(b)
}

// plant makes rows whose personal fields hold words, digits, formulas and
// markup that no other field holds: all of them wrong for most of the fields, so
// that they run into the messages of rules and into error paths. The last row
// holds a good date of birth and good identifiers, of nobody.
func plant(k record.Kind, from int) *planted {
	p := &planted{secrets: map[string]string{}}
	good := map[string]string{"dateOfBirth": "13/07/1931", "person.dateOfBirth": "13/07/1931", "postcode": "ZE1 0AA", "sex": "M",
		"pncId": "1979/0163001B", "nino": "AB123456C", "phone": "+447700900123", "vrm": "AB51CDE", "surname": "Quillfeather"}
	fields := record.Fields(k)
	p.header = []string{"id", "shoes", "person_id_old"}
	for i := range fields {
		c, ok := record.FindColumn(k, fields[i].First())
		if ok && fields[i].Personal != record.NotPersonal && !slices.Contains(p.header, c.Name()) && !strings.HasPrefix(c.Name(), "extra") {
			p.header = append(p.header, c.Name())
		}
	}
	for r := range 6 {
		row := []string{fmt.Sprint("R", r)}
		for i := 1; i < len(p.header); i++ {
			word, digits := "qzx"+letters(from+1000*r+i)+"vjk", fmt.Sprintf("7%08d31", 10_000_000+from+1000*r+i)
			secret, value := word, word
			switch r {
			case 1, 4: // twice the same, for pairs
				word, digits = "qzx"+letters(from+1000+i)+"vjk", fmt.Sprintf("7%08d31", 10_000_000+from+1000+i)
				secret, value = word, word+" "+digits
			case 2:
				secret, value = digits[:9], digits
			case 3:
				value = `=HYPERLINK("http://` + word + `.invalid")<b>` + word + `</b>@`
			case 5:
				secret, value = "", good[p.header[i]]
				if value == "" && i < 3 {
					secret, value = word, word
				}
			}
			if secret != "" {
				p.secrets[secret] = p.header[i]
			}
			row = append(row, value)
		}
		p.rows = append(p.rows, row)
	}
	for _, s := range []string{"07/1931", "1931-07", "ze1", "0163001", "123456c", "7700900123", "quillf"} {
		p.secrets[s] = "a good value"
	}
	return p
}

// write writes the file in a format, with rows that can't be read among them.
func (p *planted) write(t *testing.T, path string) string {
	t.Helper()
	var b bytes.Buffer
	w := table.NewWriter(&b, table.FormatOf(path), table.Options{Exact: true})
	for _, row := range append([][]string{p.header}, p.rows...) {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if table.FormatOf(path) == table.CSV {
		b.WriteString("R8," + strings.Repeat("qzxaaaavjk,", 2*len(p.header)) + "\nR9,qzxaaaavjk\nR10,\"qzxaaaavjk,\nR11,qzxaaaavjk\x00\n")
		p.secrets["qzxaaaavjk"] = "a row that can't be read"
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestPlantedValuesStayHidden runs every verb over planted values and looks for
// them in every report, in standard output and in standard error.
func TestPlantedValuesStayHidden(t *testing.T) {
	for n, k := range record.Kinds() {
		t.Run(string(k), func(t *testing.T) {
			dir := t.TempDir()
			p, q := plant(k, 20_000*n), plant(k, 20_000*n+10_000)
			for s, f := range q.secrets {
				p.secrets[s] = f
			}
			one, two := p.write(t, filepath.Join(dir, "one.csv")), q.write(t, filepath.Join(dir, "two.csv"))
			book, lake := p.write(t, filepath.Join(dir, "book.xlsx")), p.write(t, filepath.Join(dir, "lake.parquet"))
			lines := jsonLinesOf(t, dir, p)
			key := filepath.Join(dir, "key.txt")
			if err := os.WriteFile(key, []byte("a key of more than sixteen bytes"), 0o600); err != nil {
				t.Fatal(err)
			}
			kind := "--kind=" + string(k)
			seen := 0
			hidden := func(args ...string) {
				t.Helper()
				seen += runHidden(t, p, t.TempDir(), args...)
			}
			reports := outFlags(allFormats())
			for _, in := range []string{one, book, lake, lines} {
				hidden(append(reports, "check", kind, "--list", in)...)
			}
			hidden(append(reports, "check", kind, "--principle=validate", "--baseline-key="+key, "--write-baseline=DIR/base", one)...)
			hidden(append(reports, "validate", kind, "--statement=DIR/statement", one, two)...)
			hidden(append(reports, "amend", kind, "--list", lake, book)...)
			hidden(append(reports, "amend", kind, "--list", lines, two)...)
			hidden(append(outFlags(report.MatchFormats()), "dedupe", kind, "-v", "--pairs=DIR/p.csv", "--clusters=DIR/c.csv", one)...)
			hidden("dedupe", kind, "--pairs=DIR/p.jsonl", lake)
			hidden(append(outFlags(report.MatchFormats()), "link", kind, "-v", "--pairs=DIR/p.csv", one, two)...)
			hidden(append(outFlags(dueFormats), "due", kind, "--within=-1", one)...)
			if data := runHidden(t, &planted{}, t.TempDir(), "normalise", kind, "--changes=DIR/changes", "--out=csv=DIR/data", one); data < 1000 {
				t.Errorf("the data files the user asked for hold %d bytes", data)
			}
			for _, args := range [][]string{ // faults of use and of files
				{"normalise", kind, "--out=csv=DIR/-", "--undo=" + two, one}, {"check", kind, "--config=" + one, two}, {"check", kind, "--codes=" + one, two},
				{"check", kind, "--baseline-key=" + key, "--baseline=" + one, two}, {"generate", "--errors=" + one}, {"generate", "--errors=" + lines},
				{"check", kind, "--delimiter=|", one}, {"check", kind, "--map=occupation=" + "nothing", one}, {"check", "--map=vrm=zzz", one},
				{"check", kind, "--sheet=Nothing", book}, {"config", "verify", one}, {"config", "verify", lines}, {"check", kind, headless(t, dir, p)},
				{"check", headless(t, dir, p)}, {"check", kind, "--map=id=x", headless(t, dir, p)}, {"check", kind, brokenJSON(t, dir, p)},
			} {
				runHidden(t, p, t.TempDir(), args...)
			}
			if seen < 100_000 {
				t.Errorf("%d bytes of reports: that hides nothing", seen)
			}
			var out bytes.Buffer
			run(t.Context(), []string{"amend", "-q", kind, "--list", "--reveal", lines, two}, strings.NewReader(""), &out, &out, testClock)
			if p.find(out.String()) == "" {
				t.Error("--reveal brings nothing to light: the values are not where they would be")
			}
		})
	}
}

// outFlags asks for a report in every format, into the directory DIR.
func outFlags(formats []string) (args []string) {
	for _, f := range formats {
		if f != "html" || slices.Contains(allFormats(), f) {
			args = append(args, "--out="+f+"=DIR/"+f+".report")
		}
	}
	return args
}

// runHidden runs the command, looks through all it wrote, and counts the bytes.
func runHidden(t *testing.T, p *planted, dir string, args ...string) (n int) {
	t.Helper()
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "DIR", dir)
	}
	if i := slices.IndexFunc(args, func(a string) bool { return !strings.HasPrefix(a, "-") }); i > 0 { // the verb first
		args = append([]string{args[i]}, slices.Delete(slices.Clone(args), i, i+1)...)
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr, testClock)
	look := func(where, text string) {
		n += len(text)
		if found := p.find(text); found != "" {
			t.Errorf("%v: %s gives away %s", args, where, found)
		}
	}
	if code == exitUsage && slices.Contains(args, "--list") {
		t.Errorf("%v: %s", args, stderr.String())
	}
	look("standard output", stdout.String())
	look("standard error", stderr.String())
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		look(f.Name(), unpacked(string(b)))
	}
	return n
}

// find gives the field whose value is in the text, "" for none.
func (p *planted) find(text string) string {
	text = strings.ToLower(text)
	for s, f := range p.secrets {
		if i := strings.Index(text, s); i >= 0 {
			return fmt.Sprintf("%s (%s): …%s…", s, f, text[max(0, i-80):min(len(text), i+60)])
		}
	}
	return ""
}

// jsonLinesOf writes the records in their own nested form.
func jsonLinesOf(t *testing.T, dir string, p *planted) string {
	t.Helper()
	path := filepath.Join(dir, "lines.jsonl")
	kind := record.KindPerson
	for _, k := range record.Kinds() {
		if _, ok := record.FindColumn(k, p.header[len(p.header)-1]); ok {
			kind = k
		}
	}
	in := p.write(t, filepath.Join(dir, "whole.parquet"))
	var out bytes.Buffer
	if code := run(t.Context(), []string{"normalise", "-q", "--kind=" + string(kind), "--out=jsonl=" + path, in}, strings.NewReader(""), &out, &out, testClock); code != 0 {
		t.Fatal(out.String())
	}
	return path
}

// headless is a file without a header, so that its first line holds values.
func headless(t *testing.T, dir string, p *planted) string {
	t.Helper()
	path := filepath.Join(dir, "headless.csv")
	if err := os.WriteFile(path, []byte(strings.Join(p.rows[0], ",")+"\n"+strings.Join(p.rows[2], ",")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// brokenJSON holds objects that can't be read, each in another way.
func brokenJSON(t *testing.T, dir string, p *planted) string {
	t.Helper()
	path := filepath.Join(dir, "broken.jsonl")
	v := p.rows[0][3]
	text := `{"id":"1","surname":"` + v + `"}
{"id":"2","surname":"` + v + `"
{"id":"3","surname":"` + v + `","surname":"` + v + `"}
{"id":"4","names":"` + v + `"}
"` + v + `"
{"id":"5","surname":"` + v + `\u0000"}
{"id":"6","names":[{"` + v + `":1}]}
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
