package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/frame"
)

// spreadRun puts the steps of worker together as spark/ does, with nothing
// between them but bytes.
type spreadRun struct {
	t      *testing.T
	dir    string
	shards int
	common []string // flags of every step
	spoil  func(step string, in []byte) []byte
	tally  map[string]dedupe.Tally // by step, of all its parts
}

// piped runs ledsq and gives what it wrote.
func piped(stdin []byte, args ...string) (out []byte, said string, code int) {
	var stdout, stderr bytes.Buffer
	code = run(context.Background(), args, bytes.NewReader(stdin), &stdout, &stderr, testClock)
	return stdout.Bytes(), stderr.String(), code
}

// stream puts frames together for a step.
func stream(frames []frame.Frame) []byte {
	var b bytes.Buffer
	w := frame.NewWriter(&b)
	for _, f := range frames {
		if err := w.Write(f); err != nil {
			panic(err)
		}
	}
	if err := w.Close(nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// unstream takes what a step wrote apart.
func unstream(t *testing.T, b []byte) ([]frame.Frame, dedupe.Tally) {
	t.Helper()
	r := frame.NewReader(bytes.NewReader(b))
	var out []frame.Frame
	for {
		f, err := r.Next()
		if err == io.EOF {
			return out, r.Trailer().Tally
		}
		if err != nil {
			t.Fatal(err)
		}
		f.Data = bytes.Clone(f.Data)
		out = append(out, f)
	}
}

// step runs a step over some frames.
func (r *spreadRun) step(name string, in []frame.Frame, flags ...string) []frame.Frame {
	r.t.Helper()
	b := stream(in)
	if r.spoil != nil {
		b = r.spoil(name, b)
	}
	out, said, code := piped(b, append(append([]string{"worker", name}, r.common...), flags...)...)
	if code != exitOK {
		r.t.Fatalf("%s: exit %d: %s", name, code, said)
	}
	frames, tally := unstream(r.t, out)
	r.add(name, tally)
	return frames
}

func (r *spreadRun) add(name string, tally dedupe.Tally) {
	if r.tally[name] == nil {
		r.tally[name] = dedupe.Tally{}
	}
	r.tally[name].Add(tally)
}

// byKey runs a step over the frames of each key alone, in an order of no meaning.
func (r *spreadRun) byKey(name string, in []frame.Frame, flags ...string) [][]frame.Frame {
	parts := map[uint64][]frame.Frame{}
	for _, f := range in {
		parts[f.Key] = append(parts[f.Key], f)
	}
	var out [][]frame.Frame
	for _, k := range slices.Sorted(maps.Keys(parts)) {
		slices.Reverse(parts[k])
		out = append(out, r.step(name, parts[k], flags...))
	}
	return out
}

func only(frames []frame.Frame, kinds string) (out []frame.Frame) {
	for _, f := range frames {
		if strings.IndexByte(kinds, f.Kind) >= 0 {
			out = append(out, f)
		}
	}
	return out
}

// keep writes a side file.
func (r *spreadRun) keep(name string, frames []frame.Frame) string {
	path := filepath.Join(r.dir, name)
	if err := os.WriteFile(path, stream(frames), 0o600); err != nil {
		r.t.Fatal(err)
	}
	return path
}

// factsOf writes what is known of all records.
func (r *spreadRun) factsOf(round int, terms []frame.Frame) (string, []frame.Frame) {
	delete(r.tally, "count")
	counted := slices.Concat(r.byKey("count", terms)...)
	f := dedupe.Facts{Records: int(r.tally["read"]["records"]), Filled: map[string]int{}, Terms: map[string]dedupe.Terms{}, Entities: round > 0}
	for k, n := range r.tally["read"] {
		if name, ok := strings.CutPrefix(k, "filled:"); ok {
			f.Filled[name] = int(n)
		}
	}
	for k, n := range r.tally["count"] {
		if name, ok := strings.CutPrefix(k, "n:"); ok {
			f.Terms[name] = dedupe.Terms{N: n, Squares: r.tally["count"]["squares:"+name]}
		}
	}
	data, err := json.Marshal(f)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.keep(fmt.Sprintf("facts%d", round), append([]frame.Frame{{Kind: batchJSON, Items: 1, Data: data}}, only(counted, "t")...)), only(counted, "T")
}

// run gives the paths of the pairs and the clusters.
func (r *spreadRun) run(pairs, clusters string, read []string, files ...string) {
	r.tally = map[string]dedupe.Tally{}
	r.common = append(r.common, "--shards", strconv.Itoa(r.shards))
	var rows, terms []frame.Frame
	for i, file := range files {
		out, said, code := piped(nil, append(append(append([]string{"worker", "read", "--file", strconv.Itoa(i)}, r.common...), read...), file)...)
		if code != exitOK {
			r.t.Fatalf("read: exit %d: %s", code, said)
		}
		frames, tally := unstream(r.t, out)
		rows, terms = append(rows, only(frames, "R")...), append(terms, only(frames, "T")...)
		r.add("read", tally)
	}
	facts, base := r.factsOf(0, terms)
	plan := r.keep("plan", r.step("plan", r.step("sample", rows, "--facts", facts), "--facts", facts))
	keys := r.step("keys", rows, "--facts", facts, "--plan", plan)
	live := slices.Concat(r.byKey("blocks", keys, "--facts", facts, "--plan", plan)...)
	placed := slices.Concat(r.byKey("place", append(slices.Clone(rows), live...))...)
	parts := r.byKey("score", placed, "--facts", facts)
	var decided []frame.Frame
	for round := range 3 {
		flags := []string{"--facts", facts, "--last=" + strconv.FormatBool(round == 2), "--pairs", pairs, "--clusters", clusters}
		var trees []frame.Frame
		for _, p := range parts {
			trees = append(trees, r.step("forest", r.step("link", p, flags...))...)
		}
		labels := r.keep("labels", r.step("forest", trees))
		var gathered []frame.Frame
		for _, p := range parts {
			gathered = append(gathered, r.step("gather", p, append(flags, "--labels", labels)...)...)
		}
		made := slices.Concat(r.byKey("components", only(gathered, "RP"), flags...)...)
		decided = append(decided, only(gathered, "D")...)
		decided = append(decided, only(made, "DN")...)
		if round < 2 {
			facts, _ = r.factsOf(round+1, append(slices.Clone(base), made...))
		}
	}
	lines := slices.Concat(r.byKey("write", append(slices.Clone(rows), decided...), "--clusters", clusters)...)
	slices.SortFunc(lines, func(x, y frame.Frame) int { return cmp.Compare(x.Key, y.Key) })
	if out, said, code := piped(stream(lines), "worker", "publish", "--pairs", pairs, "--clusters", clusters); code != exitOK {
		r.t.Fatalf("publish: exit %d: %s %s", code, out, said)
	}
}

// sampleSet generates records and trains a model on some of them.
func sampleSet(t *testing.T, kind string, n int) (records, model string) {
	t.Helper()
	dir := t.TempDir()
	records, model = filepath.Join(dir, kind+".csv"), filepath.Join(dir, "model.json")
	for _, args := range [][]string{
		{"generate", "--kind", kind, "--n", strconv.Itoa(n), "--seed", "7", "--errors", "realistic", "--out", records},
		{"train", "--quiet", "--as-of", "2026-11-23", "--model", model, records},
	} {
		if _, said, code := piped(nil, args...); code != exitOK {
			t.Fatalf("%v: %s", args, said)
		}
	}
	return records, model
}

// TestWorkersGiveWhatDedupeGives compares the bytes of one process with those of
// many steps, each on a part.
func TestWorkersGiveWhatDedupeGives(t *testing.T) {
	for _, one := range []struct {
		why, kind string
		n, shards int
		ext       string
	}{
		{"keys are planned, names and addresses vary", "person", 2200, 3, ".csv"},
		{"few enough that every pair is compared", "person", 300, 3, ".jsonl"},
		{"vehicles, whose rivals are another matter", "vehicle", 300, 2, ".csv"},
		{"episodes", "missing", 300, 2, ".csv"},
	} {
		t.Run(one.kind+strconv.Itoa(one.n), func(t *testing.T) {
			records, model := sampleSet(t, one.kind, one.n)
			r := &spreadRun{t: t, dir: t.TempDir(), shards: one.shards, common: []string{"--model", model}}
			r.compare(one.ext, nil, records)
			score := r.tally["score"]
			if score["kept"] == 0 || score["candidates"] < score["kept"] || one.n > 2000 && score["members"] != r.tally["blocks"]["live"] {
				t.Errorf("%s: %v", one.why, r.tally)
			}
		})
	}
}

// TestWorkersOnSeveralFiles reads files whose ids are the same, and one without ids
// that has blank and broken lines: the order of records must be that of one process.
func TestWorkersOnSeveralFiles(t *testing.T) {
	records, model := sampleSet(t, "person", 400)
	all, err := os.ReadFile(records)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(all), "\n")
	var files []string
	for i, cut := range [][2]int{{1, 150}, {50, 300}, {200, 400}} {
		files = append(files, filepath.Join(t.TempDir(), fmt.Sprintf("force%d.csv", i)))
		if err := os.WriteFile(files[i], []byte(lines[0]+strings.Join(lines[cut[0]:cut[1]], "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := &spreadRun{t: t, dir: t.TempDir(), shards: 3, common: []string{"--model", model}}
	r.compare(".csv", []string{"--prefix-ids"}, files...)
	r = &spreadRun{t: t, dir: t.TempDir(), shards: 2, common: []string{"--model", model}}
	r.compare(".csv", []string{"--map", "id="}, records)
}

// TestWorkersOnASchema compares records of no kind of ours.
func TestWorkersOnASchema(t *testing.T) {
	dir, records := t.TempDir(), "../../examples/bicycles/stolen.csv"
	model := filepath.Join(dir, "m.json")
	if _, said, code := piped(nil, "train", "--quiet", "--schema", "../../examples/bicycles/bicycles.yaml", "--model", model, records); code != exitOK {
		t.Fatal(said)
	}
	r := &spreadRun{t: t, dir: dir, shards: 3, common: []string{"--model", model}}
	r.compare(".csv", nil, records)
}

// compare runs dedupe and the steps over the same files and compares their bytes.
func (r *spreadRun) compare(ext string, read []string, files ...string) {
	r.t.Helper()
	name := func(s string) string { return filepath.Join(r.dir, s) }
	read = append(read, "--as-of", "2026-11-23")
	args := append(append([]string{"dedupe", "--quiet", "--pairs", name("p1" + ext), "--clusters", name("c1.csv")}, r.common...), read...)
	if _, said, code := piped(nil, append(args, files...)...); code != exitOK {
		r.t.Fatal(said)
	}
	r.run(name("p2"+ext), name("c2.csv"), read, files...)
	sameFiles(r.t, name("p1"+ext), name("p2"+ext))
	sameFiles(r.t, name("c1.csv"), name("c2.csv"))
}

// TestBrokenStreams cuts and damages what a step is given: it must say so, end
// with 3, and write no trailer, so that nobody takes what it wrote for all.
func TestBrokenStreams(t *testing.T) {
	records, model := sampleSet(t, "person", 300)
	out, _, code := piped(nil, "worker", "read", "--model", model, "--as-of", "2026-11-23", "--shards", "2", records)
	if code != exitOK {
		t.Fatal(code)
	}
	frames, _ := unstream(t, out)
	rows := stream(only(frames, "R"))
	head := len(frame.Magic)
	for _, one := range []struct {
		why, want string
		in        []byte
	}{
		{"nothing at all", "cut short", nil},
		{"within the first word", "cut short", rows[:3]},
		{"after it", "cut short", rows[:head]},
		{"within the head of a batch", "cut short", rows[:head+10]},
		{"within the records", "cut short", rows[:head+1000]},
		{"within the trailer", "cut short", rows[:len(rows)-5]},
		{"just before the trailer", "cut short", stream(only(frames, "R"))[:len(rows)-len(stream(nil))]},
		{"a record is changed", "damaged", flipped(rows, head+500)},
		{"a length is changed", "stream", flipped(rows, head+14)},
		{"the trailer is changed", "damaged", flipped(rows, len(rows)-10)},
		{"a batch is lost", "incomplete", append(slices.Clone(rows[:head]), rows[head+21+len(only(frames, "R")[0].Data):]...)},
		{"two streams", "goes on", append(slices.Clone(rows), rows...)},
		{"another kind", "nothing for this step", stream([]frame.Frame{{Kind: 'M', Items: 1, Data: []byte("x")}})},
		{"sound to the eye, and no records", "damaged", stream([]frame.Frame{{Kind: 'R', Items: 1, Data: []byte("Fenwick")}})},
	} {
		out, said, code := piped(one.in, "worker", "sample", "--model", model)
		if code != exitAborted || !strings.Contains(said, one.want) || strings.Contains(said, "Fenwick") {
			t.Errorf("%s: exit %d: %s", one.why, code, said)
		}
		r := frame.NewReader(bytes.NewReader(out))
		for {
			if _, err := r.Next(); err == io.EOF {
				t.Fatalf("%s: a trailer all the same", one.why)
			} else if err != nil {
				break
			}
		}
	}
	// What is published appears whole or not at all.
	to := filepath.Join(t.TempDir(), "clusters.csv")
	lines := stream([]frame.Frame{{Kind: 'c', Items: 1, Data: []byte("P1,P1\n")}, {Kind: 'c', Key: 1, Items: 1, Data: []byte("P2,P1\n")}})
	for n := range lines {
		if _, said, code := piped(lines[:n], "worker", "publish", "--clusters", to); code != exitAborted {
			t.Fatalf("cut after %d of %d: exit %d: %s", n, len(lines), code, said)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(to), "*")); len(left) > 0 {
		t.Errorf("published: %v", left)
	}
	if _, said, code := piped(lines, "worker", "publish", "--clusters", to); code != exitOK {
		t.Error(said)
	}
}

func flipped(b []byte, at int) []byte {
	out := slices.Clone(b)
	out[at] ^= 0x40
	return out
}

func sameFiles(t *testing.T, want, got string) {
	t.Helper()
	a, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(got)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(a, b) && len(a) > 1000 {
		return
	}
	x, y := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			t.Fatalf("%s has %d lines, %s %d; line %d is\n%s\nand\n%s", filepath.Base(want), len(x), filepath.Base(got), len(y), i+1, x[i], y[i])
		}
	}
	t.Fatalf("%s has %d lines, %s %d", filepath.Base(want), len(x), filepath.Base(got), len(y))
}

// TestWorkersOnNothing reads files of no record and of one.
func TestWorkersOnNothing(t *testing.T) {
	_, model := sampleSet(t, "person", 300)
	for n, text := range []string{"id,givenName,surname\n", "id,givenName,surname\nP1,Ann,Fenwick\n"} {
		records := filepath.Join(t.TempDir(), "few.csv")
		if err := os.WriteFile(records, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		r := &spreadRun{t: t, dir: dir, shards: 2, common: []string{"--model", model}}
		r.run(filepath.Join(dir, "p.csv"), filepath.Join(dir, "c.csv"), []string{"--kind", "person"}, records)
		b, err := os.ReadFile(filepath.Join(dir, "c.csv"))
		if want := []string{"id,cluster_id\n", "id,cluster_id\nP1,P1\n"}[n]; err != nil || string(b) != want {
			t.Errorf("%d records: %q, %v", n, b, err)
		}
	}
}
