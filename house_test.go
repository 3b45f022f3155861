package ledsq_test

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "leds.internal/ledsq"

// arrows says which rooms a room may import. What is not listed may import
// nothing of the house.
var arrows = map[string][]string{
	"record":          {},
	"normalise":       {"record"},
	"quality":         {"record", "normalise", "internal/edit"},
	"dedupe":          {"record", "normalise", "dedupe/internal", "internal/edit", "internal/guard"},
	"":                {"record", "normalise", "quality", "dedupe"},
	"internal/edit":   {},
	"internal/guard":  {},
	"internal/frame":  {},
	"internal/table":  {"internal/guard"},
	"internal/ingest": {"record", "internal/edit", "internal/guard"},
	"internal/report": {"record", "normalise", "quality", "dedupe", "", "internal/guard"},
	"internal/cli":    {"record", "normalise", "quality", "dedupe", "", "internal/edit", "internal/frame", "internal/guard", "internal/ingest", "internal/report", "internal/table", "sample", "dedupe/store"},
	"cmd/ledsq":       {"internal/cli"},
	"examples":        {"record", "normalise", "quality", "dedupe", "dedupe/store", ""},
	"dedupe/internal": {},
	"dedupe/store":    {"dedupe"},
	"sample":          {"record", "normalise"},
	"bench":           {},
	"bench/quality":   {"record", "normalise", "quality", "", "sample"},
	"bench/shapes":    {"record", "sample"},
	"bench/index":     {"record", "normalise", "dedupe", "dedupe/store", "internal/ingest"},
	"bench/names":     {"record", "dedupe", "sample"},
	"bench/kin":       {"record", "normalise", "dedupe", "sample"},
}

// outside says which room alone may import a module from outside.
var outside = map[string]string{
	"github.com/go-playground/validator":    "quality",
	"github.com/xrash/smetrics":             "dedupe/internal",
	"github.com/google/go-cmp":              "(tests only)",
	"github.com/santhosh-tekuri/jsonschema": "(tests only)",
	"github.com/spf13/cobra":                "internal/cli",
	"github.com/go-analyze/charts":          "internal/report",
	"github.com/chromedp":                   "(tests only)",
	"github.com/go-json-experiment/json":    "internal/ingest",
	"go.etcd.io/bbolt":                      "dedupe/store",
}

// fixed are rooms in which time, files, the environment and standard output are
// passed in and never taken.
var fixed = []string{"record", "normalise", "quality", "dedupe", "dedupe/internal", "sample", "", "internal/edit", "internal/ingest", "internal/report", "internal/guard", "internal/table", "internal/frame"}

type pkg struct {
	ImportPath string
	Imports    []string
	GoFiles    []string
	Dir        string
}

// room gives the room of a package: the longest entry of arrows it lies in.
func room(path string) string {
	rel := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
	best := ""
	for r := range arrows {
		if r != "" && (rel == r || strings.HasPrefix(rel, r+"/")) && len(r) > len(best) {
			best = r
		}
	}
	return best
}

func packages(t *testing.T) []pkg {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,GoFiles,Dir", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p pkg
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// TestArrows keeps the arrows of the house.
func TestArrows(t *testing.T) {
	for _, p := range packages(t) {
		from := room(p.ImportPath)
		for _, i := range p.Imports {
			if i == module || strings.HasPrefix(i, module+"/") {
				to := room(i)
				if to != from && !slices.Contains(arrows[from], to) {
					t.Errorf("%s imports %s: the arrows of the house do not go that way", p.ImportPath, i)
				}
			}
			for lib, owner := range outside {
				if strings.HasPrefix(i, lib) && from != owner {
					t.Errorf("%s imports %s, which belongs to %s", p.ImportPath, i, owner)
				}
			}
			if slices.Contains(fixed, from) && i == "os" && from != "internal/ingest" {
				t.Errorf("%s imports os: files and streams are passed in", p.ImportPath)
			}
		}
	}
}

// TestNoClock finds calls of time.Now and random numbers below internal/cli.
func TestNoClock(t *testing.T) {
	for _, p := range packages(t) {
		if !slices.Contains(fixed, room(p.ImportPath)) {
			continue
		}
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range f.Imports {
				if strings.Contains(i.Path.Value, "math/rand") {
					t.Errorf("%s/%s: randomness is passed in", p.ImportPath, name)
				}
			}
		}
	}
	src := grep(t, "time.Now(", "time.Since(", "os.Getenv(", "os.Stdout", "os.Stderr")
	for _, hit := range src {
		r := room(module + "/" + filepath.ToSlash(filepath.Dir(hit)))
		if slices.Contains(fixed, r) {
			t.Errorf("%s reads the clock, the environment or standard output", hit)
		}
	}
}

// grep gives the source files (not tests) that hold one of the words.
func grep(t *testing.T, words ...string) []string {
	var out []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		b := string(src)
		for _, w := range words {
			if strings.Contains(b, w) {
				out = append(out, path)
				break
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestFilesAreShort holds every source file to 500 lines.
func TestFilesAreShort(t *testing.T) {
	for _, path := range grep(t, "package ") {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(src), "\n"); n > 500 {
			t.Errorf("%s has %d lines: would two names tell more than one?", path, n)
		}
	}
}
