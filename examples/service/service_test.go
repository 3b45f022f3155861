package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// safeBuffer is a log that several may write to.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// start serves on a loopback port. stop ends it as a signal would.
func start(t *testing.T, path string) (url string, log *safeBuffer, stop func()) {
	log = &safeBuffer{}
	index, err := open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- serve(ctx, slog.New(slog.NewJSONHandler(log, nil)), l, index) }()
	return "http://" + l.Addr().String(), log, func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	}
}

func person(id, given, surname, dob string) string {
	return fmt.Sprintf(`{"id":%q,"names":[{"givenNames":[%q],"surname":%q}],"dateOfBirth":%q,"contacts":[{"type":"mobile","value":"07700900123"}]}`, id, given, surname, dob)
}

func ask(t *testing.T, method, url, body string) (int, outcome) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var o outcome
	if err := json.NewDecoder(res.Body).Decode(&o); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, o
}

func TestService(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.idx")
	url, log, stop := start(t, path)
	for _, c := range []struct {
		why, method, path, body string
		status                  int
		outcome                 string
	}{
		{"a new person", "POST", "/persons", person("P1", "Harriet", "Fenwick", "1980-06-15"), 201, "created"},
		{"the same again", "POST", "/persons", person("P2", "harriet", "FENWICK", "15/06/1980"), 409, "duplicate-exists"},
		{"the same, looked at", "POST", "/persons?confirm=new", person("P2", "harriet", "FENWICK", "15/06/1980"), 201, "created"},
		{"the same id", "POST", "/persons", person("P1", "Olu", "Adeyemi", "1991-02-03"), 409, "duplicate-exists"},
		{"no id", "POST", "/persons", person("", "Olu", "Adeyemi", "1991-02-03"), 422, "rejected"},
		{"not JSON", "POST", "/persons", "{", 400, "rejected"},
		{"two records", "POST", "/persons", "{}{}", 400, "rejected"},
		{"a field that is none", "POST", "/persons", `{"nosuch":1}`, 400, "rejected"},
		{"too large", "POST", "/persons", `{"occupation":"` + strings.Repeat("x", 2<<20) + `"}`, 413, "rejected"},
		{"who is not there", "PUT", "/persons/P9", person("P9", "Olu", "Adeyemi", "1991-02-03"), 404, "not-found"},
		{"another id in the path", "PUT", "/persons/P1", person("P9", "Olu", "Adeyemi", "1991-02-03"), 400, "rejected"},
		{"amended", "PUT", "/persons/P2", person("P2", "Olu", "Adeyemi", "1991-02-03"), 200, "amended"},
		{"searched for", "POST", "/search", `{"names":[{"givenNames":["Harriet"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-15"}`, 200, "found"},
		{"nobody of that name", "POST", "/search", `{"names":[{"surname":"Quillfeather"}]}`, 200, "nothing-found"},
		{"nothing asked", "POST", "/search", `{}`, 200, "nothing-found"},
	} {
		status, o := ask(t, c.method, url+c.path, c.body)
		if status != c.status || o.Outcome != c.outcome {
			t.Errorf("%s: %d %s, want %d %s (%s)", c.why, status, o.Outcome, c.status, c.outcome, o.Why)
		}
	}

	// Under load, with a stop in the middle of it: what was created is there afterwards.
	var mu sync.Mutex
	created := map[string]bool{}
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			for i := range 12 {
				id := fmt.Sprintf("L%d-%d", w, i)
				res, err := http.Post(url+"/persons?confirm=new", "application/json", strings.NewReader(person(id, fmt.Sprint("Given", w), fmt.Sprint("Family", i), fmt.Sprintf("19%02d-03-%02d", 20+w, i+1))))
				if err != nil {
					return // the service has stopped
				}
				res.Body.Close()
				if res.StatusCode == http.StatusCreated {
					mu.Lock()
					created[id] = true
					mu.Unlock()
				}
				if res, err = http.Post(url+"/search", "application/json", strings.NewReader(person("", fmt.Sprint("Given", w), fmt.Sprint("Family", i), ""))); err == nil {
					res.Body.Close()
				}
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	stop()
	wg.Wait()
	if len(created) == 0 {
		t.Error("nothing was created under load")
	}
	// Whole dates: the digits of a year turn up in moments and durations too.
	for _, value := range []string{"Harriet", "Fenwick", "FENWICK", "1980-06", "06/1980", "07700900123", "Family", "P1"} {
		if strings.Contains(log.String(), value) {
			t.Errorf("the log holds %s", value)
		}
	}
	index, err := open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	for id := range created {
		if !index.Has(id) {
			t.Errorf("%s was acknowledged and is lost", id)
		}
	}
	if v := index.Verify(t.Context()); len(v.Problems) > 0 {
		t.Error(v.Problems)
	}
}

func TestOnlyLoopback(t *testing.T) {
	for listen, want := range map[string]bool{"127.0.0.1:80": true, "[::1]:80": true, "localhost:80": true, "0.0.0.0:80": false, ":80": false, "192.0.2.1:80": false} {
		if err := onlyLoopback(listen, false); (err == nil) != want {
			t.Errorf("%s: %v", listen, err)
		}
		if err := onlyLoopback(listen, true); err != nil {
			t.Error(err)
		}
	}
}
