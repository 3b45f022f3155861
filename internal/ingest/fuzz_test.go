package ingest

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	jsonv2 "github.com/go-json-experiment/json"
	"leds.internal/ledsq/record"
	"pgregory.net/rapid"
)

// cutAll cuts and splits a whole text; a bad row is nil.
func cutAll(in io.Reader, d dialect, least, most int) (rows [][]string) {
	c := cutter{dialect: d, r: in, min: least, max: most, limit: DefaultMaxRow, line: 1}
	for p := new(piece); ; {
		p.rows = p.rows[:0]
		err := c.cut(p)
		for _, s := range p.rows {
			if s.bad != "" {
				rows = append(rows, nil)
				continue
			}
			rows = append(rows, d.split(string(p.data[s.start:s.end]), s.quoted, nil))
		}
		if err != nil {
			return rows
		}
	}
}

// sameAsStandard holds the scanner to encoding/csv on text that it accepts.
func sameAsStandard(t interface{ Fatalf(string, ...any) }, in string, delim byte) {
	std := csv.NewReader(strings.NewReader(in))
	std.Comma, std.FieldsPerRecord = rune(delim), -1
	want, err := std.ReadAll()
	if err != nil {
		return
	}
	got := cutAll(strings.NewReader(in), dialect{delim, '\n'}, 0, 1<<30)
	for _, row := range got {
		for i := range row { // encoding/csv turns CRLF in quotes into LF, here it is kept
			row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
		}
	}
	if !slices.EqualFunc(want, got, slices.Equal) {
		t.Fatalf("%q\nencoding/csv %q\nhere         %q", in, want, got)
	}
	slow := cutAll(iotest.OneByteReader(strings.NewReader(in)), dialect{delim, '\n'}, 0, 1<<30)
	for _, row := range slow {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
		}
	}
	if !slices.EqualFunc(got, slow, slices.Equal) {
		t.Fatalf("%q: other rows when it comes byte by byte", in)
	}
}

func TestSameAsStandard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delim := rapid.SampledFrom([]byte(candidates)).Draw(t, "delim")
		cell := rapid.StringOf(rapid.SampledFrom([]rune("ab \",;\t|\n\r'é€")))
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Comma, w.UseCRLF = rune(delim), rapid.Bool().Draw(t, "crlf")
		for _, row := range rapid.SliceOf(rapid.SliceOfN(cell, 1, 5)).Draw(t, "rows") {
			_ = w.Write(row)
		}
		w.Flush()
		sameAsStandard(t, b.String(), delim)
	})
}

// FuzzCSV: no panic, the same rows as encoding/csv on well-formed text, and
// good rows after any text at all are read.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n", "\"a\n\",b\n", "\"a,b\n", "a\"b,c\n", "\"a\"\"b\"\r\n", "\"a\"\r", "x,\"y\"z\n\"", "\"\",\"\n\"\"\",a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		sameAsStandard(t, in, ',')
		// The rows behind it have quoted cells, so that a quote left open can't run over them.
		tail := "\n\"1\",\"Hill\"\n\"2\",\"Dale\"\n"
		rows := cutAll(strings.NewReader(in+tail), dialect{',', '\n'}, 2, 2)
		if n := len(rows); n < 1 || !slices.Equal(rows[n-1], []string{"2", "Dale"}) {
			t.Fatalf("%q: the last row is lost: %q", in, rows)
		}
		r, err := NewReader("f", strings.NewReader("surname,town\n"+in), Options{MaxField: 50, MaxRow: 100})
		if err != nil {
			return
		}
		n := 0
		for row, err := range r.All(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; row.Number != n || (row.Err == nil) == (row.Record == nil) {
				t.Fatalf("row %d: %+v", n, row)
			}
		}
	})
}

// FuzzJSON: no panic, no line lost after a bad one, and text is text.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"surname":"x"}`, `[{"surname":"x"},{"a":[1]}]`, "{\n\"a\":1\n}\n{", `{"names":[{"surname":1}]}`, `{"a":"\u0000"}`, `[{"a":1}`, "{\"a\":1}{", `{"":null}`, `{"factors":{"a":true}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, k := range record.Kinds() {
			for _, text := range []string{in, "[" + in, "{\n" + in} {
				r, err := NewReader("f", strings.NewReader(text), Options{Kind: k, MaxRow: 200})
				if err != nil {
					continue
				}
				for row, err := range r.All(context.Background()) {
					if err == nil && (row.Err == nil) == (row.Record == nil) {
						t.Fatalf("%+v", row)
					}
				}
				_, _, _ = r.Notes(), r.Unmapped(), r.Mapping()
			}
		}
		// A line of anything between two good ones.
		if strings.ContainsAny(in, "\r\n") || !utf8.ValidString(in) {
			return
		}
		r, err := NewReader("f", strings.NewReader("{\"surname\":\"a\"}\n"+in+"\n{\"surname\":\"b\"}\n"), Options{Kind: record.KindPerson})
		if err != nil {
			t.Fatal(err)
		}
		var last Row
		for row, err := range r.All(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			last = row
		}
		if last.Number != 3 || last.Err != nil || record.PersonOf(last.Record).PrimaryName().Surname != "b" {
			t.Fatalf("%q: the row after it is lost: %+v", in, last)
		}
	})
}

// FuzzJSONObject holds the reader of objects to encoding/json: what is one, its
// members, and what a person's own parts are read as.
func FuzzJSONObject(f *testing.F) {
	for _, s := range []string{`{}`, `{"a":1,"a":[{"b":null}]}`, ` {"\u0061\ud800":"\ud83d\ude00"} `, `{"a":01}`, `{"a":1}{`, `{"a":1,}`, `{a:1}`, "{\"a\":\"\x01\"}", `{"names":[{"surname":"a","SURNAME":null}],"sex":{"value":1},"birthYear":-0.5e7}`} {
		f.Add(s)
	}
	var o jsonObject // one for all, as in use
	f.Fuzz(func(t *testing.T, in string) {
		b := bytes.TrimSpace([]byte(in))
		if !utf8.Valid(b) || len(b) == 0 || b[0] != '{' {
			return
		}
		if got, want := o.members(b, 100), json.Valid(b); got != want {
			t.Fatalf("an object? %v, encoding/json says %v", got, want)
		} else if !got {
			return
		}
		var whole map[string]json.RawMessage
		if err := json.Unmarshal(b, &whole); err != nil {
			t.Fatal(err)
		}
		last := map[string]string{}
		for _, m := range o.all {
			if _, had := last[m.key.name]; had != m.again {
				t.Fatalf("%q: again is %v", m.key.name, m.again)
			}
			last[m.key.name] = string(m.value)
		}
		for key, value := range whole {
			if last[key] != string(value) && len(o.all) <= 100 {
				t.Fatalf("%q holds %q, encoding/json says %q", key, last[key], value)
			}
		}
		want, got := new(record.Person), new(record.Person)
		wantErr, gotErr := json.Unmarshal(b, want), jsonv2.Unmarshal(b, got, lenient)
		if (wantErr == nil) != (gotErr == nil) {
			t.Fatalf("%v, encoding/json says %v", gotErr, wantErr)
		}
		if wantErr == nil && !reflect.DeepEqual(want, got) {
			t.Fatalf("read as %+v, encoding/json says %+v", got, want)
		}
		strict := json.NewDecoder(bytes.NewReader(b))
		strict.DisallowUnknownFields()
		if jsonv2.Unmarshal(b, new(record.Person), exact) == nil && strict.Decode(new(record.Person)) != nil {
			t.Fatal("takes what encoding/json has no place for")
		}
	})
}

func TestJSON(t *testing.T) {
	for _, c := range []struct {
		why, in string
		kind    record.Kind
		want    []string
	}{
		{"flat", `{"id":"1","surname":"Hill","dob":19800605,"colour":"red"}`, "", []string{"id=1 surname=Hill dateOfBirth=19800605 +colour=red"}},
		{"the record's own form", `{"id":"1","names":[{"surname":"Hill"}],"sex":{"value":"1","codeSet":"PNC"}}`, "", []string{"id=1 surname=Hill sex=1 sex.codeSet=PNC"}},
		{"both", `{"id":"1","names":[{"type":"alias","surname":"Hill"}],"last_name":"Dale","postcode":"SW1A 1AA"}`, "", []string{"id=1 surname=Dale alias1.surname=Hill postcode=SW1A 1AA"}},
		{"own scalars that are no flat names", `{"vrm":"A1","bodyShape":"saloon","leftHandDrive":false}`, "", []string{"id=1 vrm=A1 bodyType=saloon leftHandDrive=no"}},
		{"missing persons", `{"person":{"names":[{"surname":"Hill"}]},"missingSince":"x","lookedAfter":true}`, "", []string{"id=1 missingSince=x lookedAfter=yes surname=Hill"}},
		{"null, blank, numbers, booleans", `{"surname":"Hill","town":null,"county":" ","age":42,"odd":true,"n":1.50}`, "", []string{"id=1 surname=Hill age=42 +odd=true +n=1.50"}},
		{"a bad line, and a blank one", "{\"surname\":\"a\"}\n{\"surname\":\n\n{\"surname\":\"b\"}\n", "", []string{"id=1 surname=a", "! f.csv: line 2: " + notObject, "id=4 surname=b"}},
		{"not an object", "{\"surname\":\"a\"}\n[1]\n", "", []string{"id=1 surname=a", "! f.csv: line 2: " + noObject}},
		{"an array", `[{"surname":"a"}, {"surname":"b"}]`, "", []string{"id=1 surname=a", "id=2 surname=b"}},
		{"an array over many lines", "[\n  {\n    \"surname\": \"a\"\n  },\n  {\n    \"surname\": \"b\"\n  }\n]\n", "", []string{"id=1 surname=a", "id=2 surname=b"}},
		{"an array with a record not closed", "[\n  {\"surname\":\"a\"},\n  {\"surname\":\"b,\n  {\"surname\":\"c\"}\n]\n", "", []string{"id=1 surname=a", "! f.csv: record 2: " + notClosed, "id=3 surname=c"}},
		{"an array that is cut off", `[{"surname":"a"},{"surn`, "", []string{"id=1 surname=a", "! f.csv: record 2: " + notClosed, "!! f.csv: " + errNotClosed.Error()}},
		{"something else in an array", `[{"surname":"a"},7,{"surname":"b"}]`, "", []string{"id=1 surname=a", "! f.csv: record 2: " + noObject, "id=3 surname=b"}},
		{"one object over many lines", "{\n  \"surname\": \"a\"\n}\n{\n  \"surname\": \"b\"\n}\n", "", []string{"id=1 surname=a", "id=2 surname=b"}},
		{"a shape the record has not", "{\"names\":{\"surname\":\"Hill\"},\"dob\":\"x\"}\n{\"surname\":\"b\"}", record.KindPerson, []string{"! f.csv: line 1, column names: is not written as the record wants it: text, a list or an object stands where another of these belongs", "id=2 surname=b"}},
		{"parts without a place are not dropped", `{"names":[{"surname":"a","oops":1}]}`, record.KindPerson, []string{`id=1 surname=a +names=[{"surname":"a","oops":1}]`}},
		{"nor is what stands there twice", `{"names":[{"surname":"a","Surname":"b"}]}`, record.KindPerson, []string{`id=1 surname=b +names=[{"surname":"a","Surname":"b"}]`}},
		{"half of a surrogate pair", `{"surname":"a\ud800","names":[{"type":"alias","surname":"b\ud800"}]}`, "", []string{"id=1 surname=a\ufffd alias1.surname=b\ufffd"}},
		{"lists and objects under other keys", `{"surname":"a","tags":["x"]}`, "", []string{`id=1 surname=a +tags=["x"]`}},
		{"a key twice", `{"surname":"a","surname":"b"}`, "", []string{"! f.csv: line 1, column surname: the key is there twice"}},
		{"a NUL", `{"surname":"a\u0000"}`, "", []string{"! f.csv: line 1, column surname: has a NUL character in it: the file is damaged, or not text"}},
		{"an escaped backslash is no NUL", `{"surname":"a\\u0000 \"é\u00e9"}`, "", []string{`id=1 surname=a\u0000 "éé`}},
		{"a date of birth in parts", `{"surname":"a","birth_year":1980,"birth_month":6}`, "", []string{"id=1 surname=a dateOfBirth=1980-06"}},
		{"the truth stays out", `{"surname":"a","cluster":7}`, "", []string{"id=1 surname=a +cluster=7"}},
		{"Windows-1252", "{\"surname\":\"Ren\xe9e\"}", "", []string{"id=1 surname=Renée"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, got := read(t, c.in, Options{Kind: c.kind})
			if !slices.Equal(c.want, got) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestJSONLateKeys: keys that the first records do not have are mapped when they come.
func TestJSONLateKeys(t *testing.T) {
	var b strings.Builder
	for range planRows {
		b.WriteString("{\"surname\":\"a\"}\n")
	}
	b.WriteString(`{"last_name":"b","surname":"a","dob":"1980","odd":"x","phone_2":"1","date_of_birth":"1981"}`)
	r, got := read(t, b.String(), Options{})
	want := "id=201 surname=a dateOfBirth=1980 phone=1 +odd=x +last_name=b +date_of_birth=1981"
	if got[planRows] != want {
		t.Errorf("got  %s\nwant %s", got[planRows], want)
	}
	if g, w := fmt.Sprint(r.Mapping(), r.Unmapped()), "[surname=surname dateOfBirth=dob phone2=phone_2] [date_of_birth last_name odd]"; g != w {
		t.Errorf("got  %s\nwant %s", g, w)
	}
}

// TestErrorsKeepValues: no message repeats what stands in a cell.
func TestErrorsKeepValues(t *testing.T) {
	const secret = "SECRET"
	for _, in := range []string{
		"surname,dob\nSECRET\n", "surname,dob\nSECRET,SECRET,SECRET\n", "surname,dob\n\"SECRET\n", "surname,dob\nSECRET\x00,1\n",
		"{\"surname\":\"SECRET\n", `{"surname":"SECRET\u0000"}`, `{"surname":"x","names":"SECRET"}`, `{"surname":"x","names":[{"surname":{"SECRET":1}}]}`,
		`[{"surname":"x"},{"surname":"SECRET]`, `[{"surname":"x"},"SECRET"]`,
	} {
		r, err := NewReader("f", strings.NewReader(in), Options{Kind: record.KindPerson})
		if err != nil {
			if strings.Contains(err.Error(), secret) {
				t.Error(err)
			}
			continue
		}
		for row, err := range r.All(context.Background()) {
			if err != nil && strings.Contains(err.Error(), secret) || row.Err != nil && strings.Contains(row.Err.Error(), secret) {
				t.Error(err, row.Err)
			}
			if err == nil && row.Err == nil && strings.Contains(in, secret) && !json.Valid([]byte(in)) && row.Number > 1 {
				t.Errorf("%q was read without an error", in)
			}
		}
	}
}
