package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"leds.internal/ledsq/internal/table"
	"leds.internal/ledsq/record"
)

// read reads everything; bad rows come as "!" and their message.
func read(t testing.TB, in string, o Options) (*Reader, []string) {
	t.Helper()
	r, err := NewReader("f.csv", strings.NewReader(in), o)
	if err != nil {
		t.Fatal(err)
	}
	return r, drain(t, r)
}

func drain(t testing.TB, r *Reader) (out []string) {
	t.Helper()
	for {
		row, err := r.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			return append(out, "!! "+err.Error())
		}
		if row.Err != nil {
			out = append(out, "! "+row.Err.Error())
			continue
		}
		out = append(out, show(row.Record))
	}
}

// show writes a record as name=value pairs in the order of the field table.
func show(r record.Record) string {
	var parts []string
	record.Walk(r, func(l record.Leaf) {
		if !strings.HasPrefix(l.Name(), "extra") {
			parts = append(parts, l.Name()+"="+l.Text())
		}
	})
	for _, e := range r.Head().Extra {
		parts = append(parts, "+"+e.Name+"="+e.Value)
	}
	return strings.Join(parts, " ")
}

func TestCSV(t *testing.T) {
	const h = "id,surname,town\n"
	good := "id=1 surname=Hill town=Bath"
	for _, c := range []struct {
		why, in string
		want    []string
	}{
		{"plain", h + "1,Hill,Bath\n", []string{good}},
		{"no line end at the end", h + "1,Hill,Bath", []string{good}},
		{"CRLF", "id,surname,town\r\n1,Hill,Bath\r\n", []string{good}},
		{"CR only", "id,surname,town\r1,Hill,Bath\r2,Dale,York\r", []string{good, "id=2 surname=Dale town=York"}},
		{"byte order mark", "\xef\xbb\xbf" + h + "1,Hill,Bath\n", []string{good}},
		{"semicolons", "id;surname;town\n1;Hill;Bath\n", []string{good}},
		{"semicolons, commas in cells", "id;surname;address\n1;Hill;1, The Row, Bath\n", []string{"id=1 surname=Hill addressLine=1, The Row, Bath"}},
		{"tabs", "id\tsurname\ttown\n1\tHill\tBath\n", []string{good}},
		{"bars", "id|surname|town\n1|Hill|Bath\n", []string{good}},
		{"the delimiter named as Excel does", "sep=;\nid;surname;town\n1;Hill;Bath\n", []string{good}},
		{"blank lines before the header and between rows", "\n\r\n" + h + "\n1,Hill,Bath\n\n", []string{good}},
		{"quoted cells", h + `"1","Hill","Bath"` + "\n", []string{good}},
		{"doubled quotes, delimiters and line ends in quotes", h + "1,\"Hi\"\"ll, A\nB\",Bath\n2,x,y\n", []string{"id=1 surname=Hi\"ll, A\nB town=Bath", "id=2 surname=x town=y"}},
		{"a quote inside a cell is a character", h + "1,Hill 5'10\",Bath\n", []string{"id=1 surname=Hill 5'10\" town=Bath"}},
		{"blank cells are unset, others kept as typed", h + "1, Hill ,  \n", []string{"id=1 surname= Hill "}},
		{"blank id with an id column stays blank", h + ",Hill,Bath\n", []string{"surname=Hill town=Bath"}},
		{"no id column: the row number", "surname,town\nHill,Bath\nx,\n", []string{good, "id=2 surname=x"}},
		{"too few cells, the next row goes on", h + "1,Hill\n1,Hill,Bath\n", []string{"! f.csv: row 1: has 2 columns where the header has 3: is the row cut off, or a line end in a cell not quoted?", good}},
		{"too many cells", h + "1,Hill,Bath,x\n1,Hill,Bath\n", []string{"! f.csv: row 1: has 4 columns where the header has 3: quote cells with the delimiter in them", good}},
		{"empty cells too many at the end", h + "1,Hill,Bath,,\n", []string{good}},
		{"nameless columns at the end", "id,surname,town,,\n1,Hill,Bath,,\n1,Hill,Bath\n1,Hill,Bath,x,\n", []string{good, good, good + " +column4=x"}},
		{"a quote left open takes one row only", h + "1,\"Hill,Bath\n1,Hill,Bath\n1,Hill,Bath\n", []string{"! f.csv: row 1: " + badQuote, good, good}},
		{"a quote left open, closed by accident later", h + "1,\"Hill,Bath\n1,Hill,Bath\n1,Hill,\",x\"\n1,Hill,Bath\n", []string{"! f.csv: row 1: " + badQuote, good, "id=1 surname=Hill town=,x", good}},
		{"text after a closing quote", h + "1,\"Hill\"x,Bath\n1,Hill,Bath\n", []string{"! f.csv: row 1: " + badQuote, good}},
		{"a quote open at the very end", h + "1,Hill,\"Bath", []string{"! f.csv: row 1: " + badQuote}},
		{"a NUL byte", h + "1,Hi\x00ll,Bath\n1,Hill,Bath\n", []string{"! f.csv: row 1, column surname: has a NUL byte in it: the file is damaged, or not text", good}},
		{"control characters are kept", h + "1,Hill\x07,Bath\n", []string{"id=1 surname=Hill\x07 town=Bath"}},
		{"Windows-1252", h + "1,Ren\xe9e,\x8cuvre\n2,\x80,x\n", []string{"id=1 surname=Renée town=Œuvre", "id=2 surname=€ town=x"}},
		{"one bad byte in a UTF-8 file", h + "1,Renée,Ångström\n2,Ren\xe9e,Zoë\n", []string{"id=1 surname=Renée town=Ångström", "id=2 surname=Renée town=Zoë"}},
		{"header only", h, nil},
		{"header only, no line end", "id,surname,town", nil},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, got := read(t, c.in, Options{Kind: record.KindPerson})
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestOpenErrors(t *testing.T) {
	for _, c := range []struct {
		why, in string
		o       Options
		want    string
	}{
		{"nothing", "", Options{}, "the file is empty: it needs a header line, or JSON records"},
		{"white space", " \n\n", Options{}, "the file is empty: it needs a header line, or JSON records"},
		{"two columns of one name", "surname,dob,surname\n", Options{}, `columns 1 and 3 are both called "surname": rename one of them`},
		{"no header: values are not repeated", "Xyz,Xyz\n", Options{}, "columns 1 and 2 have the same name: rename one of them"},
		{"no kind to be told", "a,b\n1,2\n", Options{}, errNoKind.Error()},
		{"two kinds", "surname,vrm\n", Options{}, errTwoKinds.Error()},
		{"no such kind", "surname\n", Options{Kind: "boat"}, `there is no kind "boat": use person, vehicle or missing`},
		{"no column maps", "a,b\n", Options{Kind: record.KindPerson}, "none of the 2 columns maps to a field of a person record: is the first line a header? Name the columns with --map FIELD=COLUMN"},
		{"only the truth", "cluster,label\n", Options{Kind: record.KindPerson}, "none of the 2 columns maps"},
		{"map: no such field", "surname\n", Options{Map: Mapping{{"surnam", "surname"}}}, `there is no field "surnam" of a person record: did you mean surname?`},
		{"map: no such column", "surname,dob\n", Options{Map: Mapping{{"town", "city"}}}, `the mapping names the column "city", which is not there: there are surname, dob`},
		{"map: a field twice", "surname,dob\n", Options{Map: Mapping{{"surname", "dob"}, {"surname", "surname"}}}, "the mapping gives the field surname twice"},
		{"map: bad template", "surname,dob\n", Options{Map: Mapping{{"town", "{dob"}}}, `the template "{dob" has a { without a column`},
		{"map: columns that look like values are not listed", "Hill,01/02/1980\n", Options{Kind: record.KindPerson, Map: Mapping{{"town", "city"}}}, "the first line does not look like a header"},
		{"half a gzip header", "\x1f\x8b\x08", Options{}, "starts like a gzip file and can't be unpacked"},
		{"a quote in the header", "surname,\"dob\n1,2\n", Options{}, "the header has a quote that is not closed"},
		{"a delimiter that can't be", "surname\n", Options{Delimiter: '"'}, "the delimiter '\"' can't be used"},
		{"JSON cut off", `{"surname":`, Options{}, "the first record is no JSON object with keys in it: is it cut off?"},
		{"JSON without objects", "[1,2]", Options{}, "none of the first 2 records is a JSON object"},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := NewReader("f.csv", strings.NewReader(c.in), c.o)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
	for path, want := range map[string]string{"no/such": "there is no such file", t.TempDir(): "is a directory"} {
		if _, err := Open(path, nil, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open: %v, want %s", err, want)
		}
	}
	if _, err := Open("-", strings.NewReader("surname\nx\n"), Options{}); err != nil {
		t.Error(err)
	}
}

func utf16Text(s string, big bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

func TestEncodings(t *testing.T) {
	in := "surname,town\n" + strings.Repeat("Zoë 𝄞,Łódź\n", 5000)
	for why, text := range map[string]string{
		"UTF-8": in, "UTF-16 LE": utf16Text(in, false), "UTF-16 BE": utf16Text(in, true),
		"gzip": gz(in), "gzip in two parts": gz(in[:1000]) + gz(in[1000:]), "gzip of UTF-16": gz(utf16Text(in, false)),
	} {
		_, got := read(t, text, Options{})
		if len(got) != 5000 || got[4999] != "id=5000 surname=Zoë 𝄞 town=Łódź" {
			t.Errorf("%s: %d rows, last %q", why, len(got), got[len(got)-1])
		}
	}
	r, _ := read(t, "surname,town\nZoë,x\nZo\xeb,Caf\xe9\nZoë,Zoë\n", Options{})
	if d := cmp.Diff([]string{"2 cells were not UTF-8 and were read as Windows-1252: check the letters with accents in them."}, r.Notes()); d != "" {
		t.Error(d)
	}
}

func TestHostile(t *testing.T) {
	rows := "surname,town\n" + strings.Repeat("Hill,Bath\n", 100)
	cut := gz(rows)
	if _, got := read(t, cut[:len(cut)-10], Options{}); !strings.Contains(got[len(got)-1], "the gzip file is cut off") {
		t.Errorf("cut off: %q", got[len(got)-1])
	}
	bomb := gz("surname,town\n" + strings.Repeat("Hill,"+strings.Repeat("x", 4000)+"\n", 40_000))
	r, err := NewReader("f", strings.NewReader(bomb), Options{})
	for n := 0; err == nil; n++ {
		if _, err = r.Next(); n > 20_000 {
			t.Fatal("not stopped")
		}
	}
	if !strings.Contains(err.Error(), "more than 250 times its size") {
		t.Error(err)
	}
	if _, got := read(t, gz(strings.Repeat(rows, 200)), Options{MaxDecompressed: 150_000}); !strings.Contains(got[len(got)-1], "the limit of 150000 bytes") {
		t.Error(got[len(got)-1])
	}
	o := Options{MaxRow: 100, MaxField: 50}
	long := strings.Repeat("x", 1<<20)
	for why, bad := range map[string]string{"a long row": "a," + long, "a long quoted row": `a,"` + long, "quoted over lines": "a,\"" + strings.Repeat("x\n", 1)[:1] + long,
		"a long cell": "a," + long[:60]} {
		_, got := read(t, "surname,town\nHill,Bath\n"+bad+"\nDale,York\n", o)
		if len(got) != 3 || !strings.HasPrefix(got[1], "! f.csv: row 2") || got[2] != "id=3 surname=Dale town=York" {
			t.Errorf("%s: %.300q", why, got)
		}
	}
}

func TestFiles(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.*")
	for _, f := range files {
		r, err := Open(f, nil, Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		rows := drain(t, r)
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		text := fmt.Sprintf("kind %s\nmapping %v\nunmapped %v\nnotes %q\n%s\n", r.Kind(), r.Mapping(), r.Unmapped(), r.Notes(), strings.Join(rows, "\n"))
		golden := filepath.Join("testdata/golden", filepath.Base(f)+".txt")
		want, err := os.ReadFile(golden)
		if *update {
			_ = os.MkdirAll("testdata/golden", 0o777)
			err = os.WriteFile(golden, []byte(text), 0o666)
			want = []byte(text)
		}
		if err != nil {
			t.Error(err)
		}
		if d := cmp.Diff(string(want), text); d != "" {
			t.Errorf("%s: %s", f, d)
		}
	}
}

// TestBatches holds every number of workers, and Next, to the same rows.
func TestBatches(t *testing.T) {
	var b strings.Builder
	b.WriteString("surname,town,notes\n")
	for i := range 40000 {
		switch i % 7 {
		case 0:
			fmt.Fprintf(&b, "\"Hill\n%d\",Bath,x\n", i)
		case 3:
			fmt.Fprintf(&b, "Caf\xe9 %d,Zoë\n", i)
		default:
			fmt.Fprintf(&b, "Caf\xe9 %d,Zoë,\n", i)
		}
	}
	csvText := "surname,town,notes\nZoë,Zoë,\n" + b.String()[19:]
	var j strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&j, "{\"surname\":\"Hill %d\",\"late%d\":1,\"names\":[{\"type\":\"alias\",\"oops\":%d}]}\n", i, i/9000, i)
	}
	for name, text := range map[string]string{"csv": csvText, "json": j.String()} {
		one, want := read(t, text, Options{})
		for _, workers := range []int{0, 1, 3} {
			r, err := NewReader("f.csv", strings.NewReader(text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			first, _ := r.Next() // some rows by Next, the rest in batches
			got := []string{show(first.Record)}
			for rows, err := range r.Batches(context.Background(), workers) {
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range rows {
					if row.Err != nil {
						got = append(got, "! "+row.Err.Error())
					} else {
						got = append(got, show(row.Record))
					}
				}
			}
			if !slices.Equal(want, got) {
				t.Errorf("%s with %d workers: %d rows, want %d, or others", name, workers, len(got), len(want))
			}
			if d := cmp.Diff([]any{one.Rows(), one.Skipped(), one.Notes(), one.Unmapped()}, []any{r.Rows(), r.Skipped(), r.Notes(), r.Unmapped()}); d != "" {
				t.Error(d)
			}
		}
	}
	r, _ := NewReader("f", strings.NewReader(csvText), Options{})
	for range r.Batches(context.Background(), 2) { //nolint:errcheck // the loop is left on purpose
		break
	}
	if _, err := r.Next(); err == nil || err == io.EOF {
		t.Error("after a loop left early, Next says", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	r, _ = NewReader("f", strings.NewReader(csvText), Options{})
	for _, err := range r.All(ctx) {
		if err != context.Canceled {
			t.Error(err)
		}
	}
}

// What a table guards against spreadsheets is read as it was.
func TestGuardedCells(t *testing.T) {
	rows := [][]string{{"id", "surname", "phone", "odd"}, {"1", "=Hill", "+447700900123", "'=1\n\"2\""}, {"2", "'t Hooft", "@x", "-"}}
	var texts [2]string
	for i, exact := range []bool{true, false} {
		var b bytes.Buffer
		w := table.NewWriter(&b, table.CSV, table.Options{Exact: exact})
		for _, row := range rows {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		texts[i] = b.String()
	}
	if texts[0] == texts[1] {
		t.Fatal("nothing was guarded")
	}
	want := []string{"id=1 surname==Hill phone=+447700900123 +odd='=1\n\"2\"", "id=2 surname='t Hooft phone=@x +odd=-"}
	r, got := read(t, texts[1], Options{Kind: record.KindPerson})
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if note := "3 cells were read without the apostrophe that keeps a spreadsheet from taking them for formulas."; !slices.Contains(r.Notes(), note) {
		t.Errorf("notes %q", r.Notes())
	}
}

// TestJSONForm holds reading to the JSON that encoding/json writes of a record.
func TestJSONForm(t *testing.T) {
	for _, k := range record.Kinds() {
		want := record.New(k)
		for _, name := range []string{"id", "sex", "surname", "alias1.fullName", "address2.postcode", "nino", "process1.offence1.code",
			"colour2", "vrm", "bodyType", "make", "keeper1.name", "missingSince", "riskLevel", "outOfCharacter", "person.source", "factor.child", "motStatus", "extra1.name"} {
			if c, ok := record.FindColumn(k, name); ok {
				c.Set(want, "x "+name)
			}
		}
		record.Compact(want)
		b, _ := json.Marshal(want)
		r, err := NewReader("f", bytes.NewReader(b), Options{Kind: k})
		if err != nil {
			t.Fatal(err)
		}
		row, err := r.Next()
		if err != nil || row.Err != nil {
			t.Fatal(err, row.Err)
		}
		if d := cmp.Diff(want, row.Record); d != "" {
			t.Error(d)
		}
	}
}
