package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/store"
	"leds.internal/ledsq/record"
)

// Example keeps an index in a file, closes it and opens it again.
func Example() {
	dir, _ := os.MkdirTemp("", "example")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "persons.idx")
	ctx := context.Background()

	file, err := store.Open(path, store.Create)
	if err != nil {
		fmt.Println(err)
		return
	}
	index, _ := dedupe.NewIndex(record.KindPerson, dedupe.IndexConfig{}, file)
	_ = index.Add(ctx, person("P1", "WILLIAM"))
	_ = index.Close()

	file, _ = store.Open(path, store.Read)
	index, _ = dedupe.OpenIndex(ctx, dedupe.IndexConfig{}, file)
	defer index.Close()
	answer, _ := index.Search(ctx, person("", "BILL"), 5)
	for _, hit := range answer.Hits {
		fmt.Println(hit.ID, hit.Decision, hit.Reason)
	}
	// Output: P1 match nickname or other form of the given name; same surname; same date of birth; same phone
}

func person(id, given string) *record.Person {
	return &record.Person{Envelope: record.Envelope{ID: id}, Names: []record.Name{{GivenNames: []string{given}, Surname: "ASHDOWN"}}, DateOfBirth: "1979-03-04",
		Contacts: []record.Contact{{Type: record.ContactPhone, Value: "07700900123"}}}
}

const childEnv = "LEDSQ_STORE_CHILD"

// TestMain is also the process that is killed: it adds records and prints the id of
// each that is acknowledged.
func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		write(path)
		return
	}
	os.Exit(m.Run())
}

func write(path string) {
	ctx := context.Background()
	f, err := store.Open(path, store.Write)
	if err != nil {
		panic(err)
	}
	x, err := dedupe.OpenIndex(ctx, dedupe.IndexConfig{}, f)
	if err != nil {
		panic(err)
	}
	first := x.Stats().Rows
	var wg sync.WaitGroup
	var out sync.Mutex
	for w := range 4 {
		wg.Go(func() {
			for i := w; ; i += 4 {
				p := person(fmt.Sprintf("%d-%d", first, i), fmt.Sprint("A", i))
				p.DateOfBirth = record.Date(fmt.Sprintf("19%02d-0%d-02", i%90, 1+i%9))
				if err := x.Add(ctx, p); err != nil {
					panic(err)
				}
				if i%3 == 0 {
					if err := x.Update(ctx, p); err != nil {
						panic(err)
					}
				}
				out.Lock()
				fmt.Println(p.ID)
				out.Unlock()
			}
		})
	}
	wg.Wait()
}

// TestKilled kills a process in mid-write, several times: whatever it
// acknowledged is there, and what is there is whole.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.idx")
	f, err := store.Open(path, store.Create)
	if err != nil {
		t.Fatal(err)
	}
	x, err := dedupe.NewIndex(record.KindPerson, dedupe.IndexConfig{}, f)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	for k := range 3 {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(out)
		for n := 0; ; n++ {
			line, err := lines.ReadString('\n')
			if id, whole := strings.CutSuffix(line, "\n"); whole {
				acknowledged = append(acknowledged, id)
			}
			if n == 20+7*k { // in the middle of whatever the others write
				_ = cmd.Process.Kill()
			}
			if err != nil {
				break
			}
		}
		_ = cmd.Wait()
		f, err := store.Open(path, store.Read)
		if err != nil {
			t.Fatal(err)
		}
		x, err := dedupe.OpenIndex(t.Context(), dedupe.IndexConfig{}, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range acknowledged {
			if !x.Has(id) {
				t.Errorf("record %s was acknowledged and is lost", id)
			}
		}
		if p := append(x.Verify(t.Context()).Problems, f.Check()...); len(p) > 0 {
			t.Error(p)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(acknowledged) < 50 {
		t.Errorf("only %d records were acknowledged", len(acknowledged))
	}
}

// TestOneWriter opens a file that another has, one of a later format, and damaged ones.
func TestOneWriter(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "p.idx")
	ctx := t.Context()
	f, err := store.Open(path, store.Create)
	if err != nil {
		t.Fatal(err)
	}
	x, err := dedupe.NewIndex(record.KindPerson, dedupe.IndexConfig{}, f)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		if err := x.Add(ctx, person(fmt.Sprint(i), fmt.Sprint("N", i))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := store.Open(path, store.Write); !errors.Is(err, store.ErrLocked) {
		t.Errorf("a second writer: %v", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if err := x.Add(ctx, person("new", "ANN")); err == nil {
		t.Error("something was added to a closed index")
	}
	var readers []*dedupe.Index
	for range 2 {
		f, err := store.Open(path, store.Read)
		if err != nil {
			t.Fatal(err)
		}
		r, err := dedupe.OpenIndex(ctx, dedupe.IndexConfig{}, f)
		if err != nil {
			t.Fatal(err)
		}
		readers = append(readers, r)
	}
	if err := readers[0].Add(ctx, person("new", "ANN")); !errors.Is(err, dedupe.ErrReadOnly) {
		t.Errorf("added by a reader: %v", err)
	}
	for _, r := range readers {
		_ = r.Close()
	}

	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Another byte anywhere: it opens as it was, or is refused, and is never served wrong.
	damaged, found := filepath.Join(dir, "d.idx"), 0
	for at := 0; at < len(whole); at += len(whole)/24 + 1 {
		b := append([]byte(nil), whole...)
		b[at] ^= 0x55
		if err := os.WriteFile(damaged, b, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := store.Open(damaged, store.Read)
		if err != nil {
			found++
			continue
		}
		if r, err := dedupe.OpenIndex(ctx, dedupe.IndexConfig{}, f); err != nil {
			found++
		} else if n := r.Len(); n != 50 {
			t.Errorf("byte %d: %d records are served without a word", at, n)
		}
		_ = f.Close()
	}
	t.Logf("%d of 24 damages were found", found)

	if f, err = store.Open(path, store.Write); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit([]dedupe.StoreWrite{{Table: "meta", Key: []byte("format"), Value: []byte("2")}}); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := dedupe.OpenIndex(ctx, dedupe.IndexConfig{}, f); !errors.Is(err, dedupe.ErrFormat) || !strings.Contains(err.Error(), "format 2") {
		t.Errorf("a later format after %v: %v", time.Since(start), err)
	}
	_ = f.Close()
}
