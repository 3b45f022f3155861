package table_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
	"leds.internal/ledsq/internal/table"
	"pgregory.net/rapid"
)

var rowsOf = [][]string{
	{"id", "weight", "phone", "address2.postcode"},
	{"1", "12.5", "07700900123", ""},
	{"=HYPERLINK(\"http://x.invalid\")", "-3", "+447700900123", "LS1 4AP"},
	{"<img src=x onerror=alert(1)>", "", "a\nb", "Ólafur"},
	{"_x0041_ & 'x'", "0.000001", " leading and trailing ", "00"},
}

func write(t *testing.T, f table.Format, o table.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	w := table.NewWriter(&b, f, o)
	for _, row := range rowsOf {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCSV(t *testing.T) {
	safe, exact := string(write(t, table.CSV, table.Options{})), string(write(t, table.CSV, table.Options{Exact: true}))
	if !strings.Contains(safe, `"'=HYPERLINK(""http://x.invalid"")",-3,+447700900123,LS1 4AP`) {
		t.Error(safe)
	}
	rows, err := csv.NewReader(strings.NewReader(exact)).ReadAll()
	if d := cmp.Diff(rowsOf, rows); d != "" || err != nil {
		t.Error(d, err)
	}
}

func TestExcel(t *testing.T) {
	b := write(t, table.Excel, table.Options{Sheet: "Pairs", Numbers: []string{"weight"}})
	book, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got, err := book.GetRows("Pairs")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{}
	for _, row := range rowsOf {
		for len(row) > 0 && row[len(row)-1] == "" { // the library leaves blank cells at the end out
			row = row[:len(row)-1]
		}
		want = append(want, row)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for cell, kind := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset, "A3": excelize.CellTypeInlineString} {
		if k, err := book.GetCellType("Pairs", cell); k != kind || err != nil {
			t.Errorf("%s is of type %v, %v", cell, k, err)
		}
	}
	if f, err := book.GetCellFormula("Pairs", "A3"); f != "" || err != nil {
		t.Errorf("a formula: %q, %v", f, err)
	}
	if !bytes.Equal(b, write(t, table.Excel, table.Options{Sheet: "Pairs", Numbers: []string{"weight"}})) {
		t.Error("twice the same table gives different bytes")
	}
}

func TestParquet(t *testing.T) {
	b := write(t, table.Parquet, table.Options{Numbers: []string{"weight"}})
	type row struct {
		ID     *string  `parquet:"id"`
		Weight *float64 `parquet:"weight"`
		Phone  *string  `parquet:"phone"`
		Post   *string  `parquet:"address2.postcode"`
	}
	got, err := parquet.Read[row](bytes.NewReader(b), int64(len(b)))
	if err != nil || len(got) != len(rowsOf)-1 {
		t.Fatal(len(got), err)
	}
	if got[0].Post != nil || *got[0].Weight != 12.5 || got[2].Weight != nil || *got[1].ID != rowsOf[2][0] || *got[2].Post != rowsOf[3][3] {
		t.Errorf("%+v", got)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range f.Schema().Columns() {
		names = append(names, c[0])
	}
	if d := cmp.Diff(rowsOf[0], names); d != "" {
		t.Error("the columns stand in the order of the table", d)
	}
	if !bytes.Equal(b, write(t, table.Parquet, table.Options{Numbers: []string{"weight"}})) {
		t.Error("twice the same table gives different bytes")
	}
}

func TestFromCSV(t *testing.T) {
	text := string(write(t, table.CSV, table.Options{Exact: true}))
	for _, f := range []table.Format{table.CSV, table.Parquet, table.Excel} {
		var b bytes.Buffer
		w := table.FromCSV(&b, f, table.Options{Numbers: []string{"weight"}, Exact: true})
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), write(t, f, table.Options{Numbers: []string{"weight"}, Exact: true})) {
			t.Errorf("%s: not what the rows themselves give", f)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		why    string
		format table.Format
		rows   [][]string
		want   string
	}{
		{"more than a cell of a workbook holds", table.Excel, [][]string{{"a"}, {strings.Repeat("x", 32768)}}, "row 2, column a: a cell of a workbook ends at 32767 characters"},
		{"what XML can't hold", table.Excel, [][]string{{"a"}, {"x\x07"}}, "a control character can't stand in a workbook"},
		{"more columns than a sheet has", table.Excel, [][]string{make([]string, 16385)}, "ends at column 16384"},
		{"no number", table.Parquet, [][]string{{"n"}, {"x"}}, "column n holds no number"},
		{"too narrow a row", table.Parquet, [][]string{{"a", "b"}, {"x"}}, "a row of 1 cells under a header of 2"},
		{"no header", table.Excel, nil, "a sheet needs columns"},
	} {
		w := table.NewWriter(io.Discard, c.format, table.Options{Numbers: []string{"n"}})
		var err error
		for _, row := range c.rows {
			if err == nil {
				err = w.Write(row)
			}
		}
		if err == nil {
			err = w.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.why, err, c.want)
		}
	}
}

func TestGuard(t *testing.T) {
	for cell, want := range map[string]string{
		"":                      "",
		"Ashdown":               "Ashdown",
		"=1+1":                  "'=1+1",
		"@SUM(A1)":              "'@SUM(A1)",
		"\t=1":                  "'\t=1",
		"\r=1":                  "'\r=1",
		"＝1":                    "'＝1",
		"+447700900123":         "+447700900123",
		"+44 (0)7700 900123":    "+44 (0)7700 900123",
		"+447700900123;ext=12":  "+447700900123;ext=12",
		"+447700900123 ext 12":  "+447700900123 ext 12",
		"-0.5":                  "-0.5",
		"-":                     "-",
		"+A1":                   "'+A1",
		"-2+3+cmd|' /C calc'!A": "'-2+3+cmd|' /C calc'!A",
		"+1;ext=1;ext=A1":       "'+1;ext=1;ext=A1",
		"'=1":                   "''=1",
		"'t Hooft":              "'t Hooft",
		"O'Brien":               "O'Brien",
	} {
		if got := table.Guard(cell); got != want {
			t.Errorf("Guard(%q) = %q, want %q", cell, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`'{0,3}[=+@\t\r-]?[0-9a-z' ()=+-]{0,6}`).Draw(t, "cell")
		if got := table.Unguard(table.Guard(s)); got != s {
			t.Fatalf("%q comes back as %q", s, got)
		}
		if g := table.Guard(s); strings.HasPrefix(g, "=") || strings.HasPrefix(g, "@") {
			t.Fatalf("%q is a formula", g)
		}
	})
}

func ExampleGuard() {
	for _, cell := range []string{`=HYPERLINK("http://x.invalid")`, "+447700900123"} {
		fmt.Println(table.Guard(cell))
	}
	// Output:
	// '=HYPERLINK("http://x.invalid")
	// +447700900123
}

func ExampleNewWriter() {
	w := table.NewWriter(os.Stdout, table.FormatOf("records.csv"), table.Options{})
	_ = w.Write([]string{"id", "surname"})
	_ = w.Write([]string{"P1", "Ashdown"})
	_ = w.Close()
	// Output:
	// id,surname
	// P1,Ashdown
}
