package ingest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"leds.internal/ledsq/record"
)

const tabularDir = "testdata/tabular/"

// The files were made by other programs: see testdata/tabular/make.py.
func TestTabular(t *testing.T) {
	const first = "id=1 createdAt=2026-11-20T09:00:00Z surname=Ashdown dateOfBirth=1985-12-10 nationality=GBR nationality2=IRL " +
		"+is_missing=true +height_cm=171 +local=1960-01-02T03:04:05%s +fee=12.50 +address.postcode=LS1 4AP +station=a +at=09:30:00"
	for _, c := range []struct {
		file, why string
		o         Options
		want      []string
	}{
		{"arrow.parquet", "every type of a column, two row groups", Options{}, []string{
			fmt.Sprintf(first, "") + " +raw=abc", "id=2 +is_missing=false +station=b",
			"! arrow.parquet: row 3, column raw: " + notText}},
		{"old.parquet", "the types of older writers: INT96, ConvertedType, no dictionary", Options{}, []string{
			fmt.Sprintf(first, "Z"), "id=2 +is_missing=false +station=b",
			"id=3 createdAt=2026-11-20T09:00:00.5Z surname=Ólafsdóttir dateOfBirth=1931-02-27 +height_cm=168.5 +fee=-0.05 +station=a"}},
		{"openpyxl.xlsx", "dates as dates whatever their format, numbers as kept, text that looks like a formula as text, blank rows", Options{}, []string{
			"id=1 createdAt=2026-11-20T09:00:00 surname=Ashdown dateOfBirth=1985-12-10 postcode=LS1 4AP phone=07700900123 +Time seen=09:30:00 +is_missing=TRUE +lat=0.1",
			"id=2 surname==1+1 dateOfBirth=10/12/1985 phone=447700900123 +is_missing=FALSE",
			"! openpyxl.xlsx: sheet Persons, row 6: has a value in column 10, where the header has 9 columns",
			"id=5 surname=Cole dateOfBirth=-304"}},
		{"openpyxl.xlsx", "a sheet chosen, though hidden, whatever the case", Options{Sheet: "hidden"}, []string{"id=2 surname=Hidden"}},
		{"mac1904.xlsx", "days counted from 1904", Options{}, []string{"id=2 surname=Ashdown dateOfBirth=1985-12-10"}},
	} {
		t.Run(c.file+" "+c.why, func(t *testing.T) {
			b, err := os.ReadFile(tabularDir + c.file)
			if err != nil {
				t.Fatal(err)
			}
			c.o.Kind = record.KindPerson
			for _, in := range []io.Reader{bytes.NewReader(b), io.MultiReader(bytes.NewReader(b))} { // in any order, and as a stream
				r, err := NewReader(c.file, in, c.o)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(c.want, drain(t, r)); d != "" {
					t.Error(d)
				}
				if err := r.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestTabularNotes(t *testing.T) {
	r, err := Open(tabularDir+"openpyxl.xlsx", nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if want := "Read sheet Persons; not read: Notes, Hidden, More. --sheet names another."; !slices.Contains(r.Notes(), want) {
		t.Errorf("notes %q", r.Notes())
	}
	row, err := r.Next()
	if err != nil || row.Number != 3 || row.Line != 3 {
		t.Errorf("the first row is row 3 of its sheet: %+v, %v", row, err)
	}
}

// Damaged and hostile files are refused with what to do, and never end early in silence.
func TestTabularRefused(t *testing.T) {
	book := file(t, "openpyxl.xlsx")
	arrow := file(t, "arrow.parquet")
	for _, c := range []struct {
		why  string
		in   []byte
		o    Options
		want string
	}{
		{"no such sheet", book, Options{Sheet: "Person"}, `the workbook has no sheet "Person": it has Notes, Hidden, Persons, More`},
		{"an empty sheet", book, Options{Sheet: "Notes"}, "sheet Notes has no cells"},
		{"half a workbook", book[:len(book)/2], Options{}, "can't be unpacked"},
		{"a zip archive of something else", zipped(t, map[string]string{"a.csv": "surname\n"}), Options{}, "is a zip archive and no Excel workbook"},
		{"a sheet with faulty XML", rewritten(t, book, "xl/worksheets/sheet3.xml", `<c r="A6"`, `<c r="A6" <`), Options{}, "sheet Persons: can't be read beyond row"},
		{"a sheet cut off", rewritten(t, book, "xl/worksheets/sheet3.xml", `<row r="6"`, "\x00"), Options{}, "damaged"},
		{"more than the limit unpacked", book, Options{MaxDecompressed: 2000}, "unpacks to more than the limit of 2000 bytes"},
		{"a bomb", zipped(t, map[string]string{"[Content_Types].xml": "", "xl/worksheets/sheet1.xml": strings.Repeat("<c/>", 17<<20)}), Options{}, "unpacks to more than 250 times its size"},
		{"too many columns", book, Options{MaxColumns: 3}, "more than the limit of 3"},
		{"an old or locked workbook", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Options{}, "save it as .xlsx without a password"},
		{"--sheet with CSV", []byte("surname\nx\n"), Options{Sheet: "x"}, "is no Excel workbook: leave --sheet out"},
		{"--sheet with Parquet", arrow, Options{Sheet: "x"}, "is no Excel workbook"},
		{"half a Parquet file", arrow[:len(arrow)/2], Options{}, "can't be read"},
		{"Parquet with too many columns", arrow, Options{MaxColumns: 3}, "more than the limit of 3"},
		{"Parquet values beyond the limit", arrow, Options{MaxDecompressed: 20}, "unpacks to more than the limit of 20 bytes"},
		{"a column of nothing", parquetFile(t, 100_000), Options{MaxDecompressed: 50_000}, "unpacks to more than the limit of 50000 bytes"},
	} {
		t.Run(c.why, func(t *testing.T) {
			c.o.Kind = record.KindPerson
			r, err := NewReader("f", bytes.NewReader(c.in), c.o)
			if err == nil {
				for err == nil {
					_, err = r.Next()
				}
				_ = r.Close()
			}
			if err == io.EOF || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

// Each byte of a Parquet file damaged in turn: an error or a row, never a crash.
func TestDamagedParquet(t *testing.T) {
	whole := file(t, "old.parquet")
	for i := 4; i < len(whole)-8; i += 11 {
		b := slices.Clone(whole)
		b[i] ^= 0xff
		r, err := NewReader("f", bytes.NewReader(b), Options{Kind: record.KindPerson})
		for n := 0; err == nil; n++ {
			if _, err = r.Next(); n > 1000 {
				t.Fatalf("byte %d damaged: the rows have no end", i)
			}
		}
		if r != nil {
			_ = r.Close()
		}
	}
}

// A copy of a stream is gone once it is read.
func TestTabularLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	for _, name := range []string{"openpyxl.xlsx", "arrow.parquet"} {
		r, err := NewReader(name, io.MultiReader(bytes.NewReader(file(t, name))), Options{Kind: record.KindPerson})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		if _, err := NewReader(name, io.MultiReader(bytes.NewReader(file(t, name))), Options{Kind: record.KindVehicle, MaxColumns: 1}); err == nil {
			t.Error("opened")
		}
	}
	if left, _ := filepath.Glob(dir + "/*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(tabularDir + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func zipped(t *testing.T, parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rewritten replaces text in one part of a workbook; "\x00" cuts the part off there.
func rewritten(t *testing.T, book []byte, part, old, text string) []byte {
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
		if f.Name == part {
			if !strings.Contains(parts[part], old) {
				t.Fatalf("%s has no %s", part, old)
			}
			parts[part] = strings.Replace(parts[part], old, text, 1)
			parts[part], _, _ = strings.Cut(parts[part], "\x00")
		}
	}
	return zipped(t, parts)
}

// parquetFile has one column without a value in n rows, and takes up some bytes.
func parquetFile(t *testing.T, n int) []byte {
	type row struct {
		Surname *string `parquet:"surname,dict"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b, parquet.MaxRowsPerRowGroup(1<<20))
	if _, err := w.Write(make([]row, n)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
