package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"leds.internal/ledsq/record"

	"github.com/google/go-cmp/cmp"
)

// mixed makes rows of every width a record's room has and more, and some bad ones.
func mixed(n int) string {
	var b strings.Builder
	b.WriteString("id,forename,surname,phone,mobile,email,nino,cro,passport,postcode,alias1.surname,x,y,z\n")
	for i := range n {
		switch i % 7 {
		case 3:
			fmt.Fprintf(&b, "r%d,too few\n", i)
		case 5:
			fmt.Fprintf(&b, "r%d,,,,,,,,,,,,,\n", i)
		default:
			fmt.Fprintf(&b, "r%d,Ann %d,S%d,,%d,,n%d,c%d,p%d,LS1 1AA,,%d,,z\n", i, i, i, i, i, i%3, i, i)
			fmt.Fprintf(&b, "R%d,,Only,1,2,a@example.com,,,,,Other,x,y,z\n", i)
		}
	}
	return b.String()
}

// TestEach holds Each, with any number of workers and records in memory used
// before, to what Next gives.
func TestEach(t *testing.T) {
	text := mixed(1500)
	var want []Row
	r, err := NewReader("f", strings.NewReader(text), Options{})
	for err == nil {
		var row Row
		if row, err = r.Next(); err == nil {
			row.room = nil
			want = append(want, row)
		}
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	for _, workers := range []int{1, 2, 5} {
		r, err := NewReader("f", strings.NewReader(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		first, err := r.Next() // what Next began, Each goes on with
		if err != nil {
			t.Fatal(err)
		}
		first.room = nil
		got := []Row{first}
		var kept []Row
		err = Each(context.Background(), r, workers, func(row *Row) (string, error) {
			p := row.Record.(*record.Person)
			p.Names = append(p.Names, record.Name{Surname: "Added"}) // as normalising may
			return p.ID, nil
		}, func(row *Row, id string) error {
			if row.Err == nil {
				p := row.Record.(*record.Person)
				if id != p.ID {
					t.Fatalf("work of %s goes with %s", id, p.ID)
				}
				if p.Names = p.Names[:len(p.Names)-1]; len(p.Names) == 0 {
					p.Names = nil
				}
				if row.Number%3 == 0 {
					row.Keep()
					kept = append(kept, *row)
				}
				row := *row
				row.Record, row.room = record.Clone(p), nil
				got = append(got, row)
				return nil
			}
			got = append(got, Row{File: row.File, Number: row.Number, Line: row.Line, Err: row.Err})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, cmp.AllowUnexported(Row{}, RowError{})); d != "" {
			t.Fatalf("%d workers: %.2000s", workers, d)
		}
		for _, row := range kept {
			if d := cmp.Diff(want[row.Number-1].Record, row.Record); d != "" {
				t.Fatalf("%d workers: a record kept was used again: %s", workers, d)
			}
		}
		if r.Rows() != len(want) || r.Skipped() == 0 {
			t.Errorf("%d workers: %d rows, %d skipped", workers, r.Rows(), r.Skipped())
		}
	}
}

// TestEachEnds with the first error of work or use, and when it is cancelled.
func TestEachEnds(t *testing.T) {
	text, fault := mixed(1500), errors.New("a fault")
	open := func() *Reader {
		r, err := NewReader("f", strings.NewReader(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	nothing := func(*Row) (int, error) { return 0, nil }
	none := func(*Row, int) error { return nil }
	err := Each(context.Background(), open(), 3, func(row *Row) (int, error) {
		if row.Number == 1001 {
			return 0, fault
		}
		return 0, nil
	}, none)
	if !errors.Is(err, fault) {
		t.Errorf("work failed: %v", err)
	}
	used := 0
	r := open()
	err = Each(context.Background(), r, 3, nothing, func(row *Row, _ int) error {
		if used++; row.Number == 1001 {
			return fault
		}
		return nil
	})
	if !errors.Is(err, fault) || used != 1001 {
		t.Errorf("use failed: %v after %d rows", err, used)
	}
	if _, err := r.Next(); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("a reader left early goes on: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Each(ctx, open(), 3, nothing, none); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
