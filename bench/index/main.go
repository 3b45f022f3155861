// Command index measures the search index on a file of persons: how long it takes
// to build and to open, how long a search takes while records are added, how much
// memory it needs, how many of the matches of a batch it finds, and whether it
// survives being killed in mid-write.
//
//	go run ./bench/index -in persons.csv [-kill 50]
//
// The file is any that ledsq reads. It says how busy the machine was, without
// which the times mean little.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/store"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

type options struct {
	in               string
	rate, ask, kills int
	seconds          int
	child, profile   string
}

func main() {
	var o options
	flag.StringVar(&o.in, "in", "", "file of persons")
	flag.IntVar(&o.rate, "rate", 1000, "records added a second while searching")
	flag.IntVar(&o.seconds, "seconds", 20, "how long to search while records are added; 0 to measure nothing but -kill")
	flag.IntVar(&o.ask, "ask", 20_000, "records asked for, to compare with the batch")
	flag.IntVar(&o.kills, "kill", 0, "how often to kill a writing process")
	flag.StringVar(&o.child, "child", "", "for the killed process: the index it writes")
	flag.StringVar(&o.profile, "profile", "", "file for a profile of opening")
	flag.Parse()
	if o.in == "" {
		flag.Usage()
		os.Exit(2)
	}
	run := measure
	if o.child != "" {
		run = child
	}
	if err := run(context.Background(), &o); err != nil {
		fmt.Fprintln(os.Stderr, "index:", err)
		os.Exit(1)
	}
}

func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:1], " ")
}

// resident gives the memory of the process in megabytes, now and at most.
func resident() string {
	b, _ := os.ReadFile("/proc/self/status")
	out := ""
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "VmHWM") {
			f := strings.Fields(line)
			kb, _ := strconv.Atoi(f[1])
			out += fmt.Sprintf("%s %d MB ", f[0], kb>>10)
		}
	}
	return out
}

// say tells what was measured, the processor time spent since it last told, and
// how many others want the processors.
func say(format string, args ...any) {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	now := time.Duration(u.Utime.Nano() + u.Stime.Nano())
	fmt.Printf("%s; processor time %v, load %s\n", fmt.Sprintf(format, args...), (now - spent).Round(10*time.Millisecond), load())
	spent = now
}

var spent time.Duration

// read reads the records of the file, normalised.
func read(ctx context.Context, path string, each func(record.Record) error) error {
	in, err := ingest.Open(path, nil, ingest.Options{Kind: record.KindPerson})
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	for rows, err := range in.Batches(ctx, runtime.GOMAXPROCS(0)) {
		if err != nil {
			return err
		}
		var wg sync.WaitGroup
		for part := range slices.Chunk(rows, (len(rows)+1)/2) {
			wg.Go(func() {
				for i := range part {
					if part[i].Err == nil {
						normalise.Canonicalise(part[i].Record, normalise.Options{})
					}
				}
			})
		}
		wg.Wait()
		for i := range rows {
			if rows[i].Err != nil {
				return rows[i].Err
			}
			if err := each(rows[i].Record); err != nil {
				return err
			}
		}
	}
	return nil
}

func measure(ctx context.Context, o *options) error {
	dir, err := os.MkdirTemp("", "index")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if o.seconds == 0 { // only to be killed
		return killing(ctx, o, dir)
	}
	path := filepath.Join(dir, "persons.idx")
	from := time.Now()
	b, err := dedupe.NewIndexBuilder(record.KindPerson, dedupe.IndexConfig{})
	if err != nil {
		return err
	}
	n := 0
	if err := read(ctx, o.in, func(r record.Record) error { n++; return b.Add(b.Prepare(r)) }); err != nil {
		return err
	}
	say("read and prepared %d records in %v", n, since(from))
	f, err := store.Open(path, store.Create)
	if err != nil {
		return err
	}
	x, err := b.Build(ctx, f)
	if err != nil {
		return err
	}
	b = nil
	size, _ := os.Stat(path)
	say("built in %v in all, file %d MB", since(from), size.Size()>>20)
	if err := x.Close(); err != nil {
		return err
	}
	x = nil
	debug.FreeOSMemory()
	if o.profile != "" {
		to, err := os.Create(o.profile)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(to); err != nil {
			return err
		}
	}
	from = time.Now()
	if f, err = store.Open(path, store.Write); err != nil {
		return err
	}
	if x, err = dedupe.OpenIndex(ctx, dedupe.IndexConfig{}, f); err != nil {
		return err
	}
	say("opened in %v", since(from))
	pprof.StopCPUProfile()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	say("memory after opening: heap %d MB, %s", m.HeapAlloc>>20, resident())
	if err := mixed(ctx, o, x, n); err != nil {
		return err
	}
	if err := recall(ctx, o, x); err != nil {
		return err
	}
	from = time.Now()
	v := x.Verify(ctx)
	say("verified %d records, %d postings in %v: %d problems", v.Records, v.Postings, since(from), len(v.Problems))
	fmt.Println(strings.Join(v.Problems[:min(5, len(v.Problems))], "\n"))
	if err := x.Close(); err != nil {
		return err
	}
	return killing(ctx, o, dir)
}

func since(t time.Time) time.Duration { return time.Since(t).Round(10 * time.Millisecond) }

// mixed searches for records of the file, one after another, while others are added.
func mixed(ctx context.Context, o *options, x *dedupe.Index, n int) error {
	var some []record.Record
	every := max(n/20_000, 1)
	i := 0
	if err := read(ctx, o.in, func(r record.Record) error {
		if i++; i%every == 0 {
			some = append(some, r)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, quiet := range []bool{true, false} {
		until := time.Now().Add(time.Duration(o.seconds) * time.Second)
		var wg sync.WaitGroup
		var made atomic.Int64
		var mu sync.Mutex
		var writes []time.Duration
		if !quiet {
			const writers = 20
			for w := range writers {
				wg.Go(func() {
					tick := time.NewTicker(time.Second * writers / time.Duration(o.rate))
					defer tick.Stop()
					for i := w; time.Now().Before(until); i += writers {
						<-tick.C
						r := record.Clone(some[i*7919%len(some)])
						r.Head().ID = fmt.Sprint("new-", i)
						from := time.Now()
						if err := x.Add(ctx, r); err != nil {
							panic(err)
						}
						made.Add(1)
						mu.Lock()
						writes = append(writes, time.Since(from))
						mu.Unlock()
					}
				})
			}
		}
		var took []time.Duration
		compared := 0
		r := rand.New(rand.NewPCG(1, 2))
		for time.Now().Before(until) {
			ask := record.Clone(some[r.IntN(len(some))])
			ask.Head().ID = ""
			if r.IntN(2) == 0 { // somebody new in part
				record.PersonOf(ask).DateOfBirth = "1977-03-04"
				record.PersonOf(ask).Contacts = nil
			}
			from := time.Now()
			a, err := x.Search(ctx, ask, 10)
			took = append(took, time.Since(from))
			if err != nil {
				return err
			}
			compared += a.Compared
			time.Sleep(500 * time.Microsecond) // about a thousand searches a second
		}
		wg.Wait()
		say("%d searches, %d records added a second: p50 %v p99 %v p99.9 %v most %v, compared %d on average", len(took), made.Load()/int64(o.seconds),
			at(took, 0.5), at(took, 0.99), at(took, 0.999), at(took, 1), compared/len(took))
		if !quiet {
			say("an add, durable: p50 %v p99 %v", at(writes, 0.5), at(writes, 0.99))
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	say("memory: heap %d MB, %s", m.HeapAlloc>>20, resident())
	return nil
}

func at(list []time.Duration, share float64) time.Duration {
	slices.Sort(list)
	return list[min(int(share*float64(len(list))), len(list)-1)].Round(10 * time.Microsecond)
}

// recall finds the matches of the batch and asks for their records.
func recall(ctx context.Context, o *options, x *dedupe.Index) error {
	f, err := dedupe.NewFinder(record.KindPerson, dedupe.Config{})
	if err != nil {
		return err
	}
	var ids []string
	if err := read(ctx, o.in, func(r record.Record) error { ids = append(ids, r.Head().ID); return f.Add(r) }); err != nil {
		return err
	}
	res, err := f.Find(ctx)
	if err != nil {
		return err
	}
	partners := map[string][]string{}
	for _, p := range res.Pairs {
		if p.Decision == dedupe.Match {
			partners[ids[p.A]] = append(partners[ids[p.A]], ids[p.B])
			partners[ids[p.B]] = append(partners[ids[p.B]], ids[p.A])
		}
	}
	all, found, match, asked := 0, 0, 0, 0
	every, i := max(len(partners)/o.ask, 1), 0
	err = read(ctx, o.in, func(r record.Record) error {
		want := partners[r.Head().ID]
		if len(want) == 0 {
			return nil
		}
		if i++; i%every != 0 {
			return nil
		}
		a, err := x.Search(ctx, r, 200)
		if err != nil {
			return err
		}
		asked++
		for _, id := range want {
			all++
			if at := slices.IndexFunc(a.Hits, func(h dedupe.Hit) bool { return h.ID == id }); at >= 0 {
				found++
				if a.Hits[at].Decision == dedupe.Match {
					match++
				}
			}
		}
		return nil
	})
	say("of %d matches of the batch for %d records: found %.2f%%, as matches %.2f%%", all, asked, 100*float64(found)/float64(all), 100*float64(match)/float64(all))
	return err
}

// child adds records one by one and says which are acknowledged, until it is killed.
func child(ctx context.Context, o *options) error {
	f, err := store.Open(o.child, store.Write)
	if err != nil {
		return err
	}
	x, err := dedupe.OpenIndex(ctx, dedupe.IndexConfig{}, f)
	if err != nil {
		return err
	}
	first := x.Stats().Rows
	var wg sync.WaitGroup
	var out sync.Mutex
	for w := range 8 {
		wg.Go(func() {
			for i := w; ; i += 8 {
				p := &record.Person{Envelope: record.Envelope{ID: fmt.Sprintf("k%d-%d", first, i)}, Names: []record.Name{{GivenNames: []string{"ANN"}, Surname: fmt.Sprint("FENWICK", i%50)}}, DateOfBirth: record.Date(fmt.Sprintf("19%02d-01-02", i%90))}
				if err := x.Add(ctx, p); err != nil {
					panic(err)
				}
				out.Lock()
				fmt.Println(p.ID)
				out.Unlock()
			}
		})
	}
	wg.Wait()
	return nil
}

// killing lets a process write, kills it at a moment of no choosing, and looks at
// what is left.
func killing(ctx context.Context, o *options, dir string) error {
	if o.kills == 0 {
		return nil
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "killed.idx")
	f, err := store.Open(path, store.Create)
	if err != nil {
		return err
	}
	x, err := dedupe.NewIndex(record.KindPerson, dedupe.IndexConfig{}, f)
	if err != nil {
		return err
	}
	if err := x.Close(); err != nil {
		return err
	}
	acknowledged, problems := map[string]bool{}, 0
	for k := range o.kills {
		cmd := exec.CommandContext(ctx, self, "-in", o.in, "-child", path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		if err := cmd.Start(); err != nil {
			return err
		}
		lines := bufio.NewReader(out)
		for n := 0; ; n++ {
			line, err := lines.ReadString('\n')
			if id, whole := strings.CutSuffix(line, "\n"); whole {
				acknowledged[id] = true
			}
			if n == 5+k*13%40 { // in the middle of whatever the others write
				_ = cmd.Process.Kill()
			}
			if err != nil {
				break
			}
		}
		_ = cmd.Wait()
		if f, err = store.Open(path, store.Write); err != nil {
			return err
		}
		if x, err = dedupe.OpenIndex(ctx, dedupe.IndexConfig{}, f); err != nil {
			return err
		}
		for id := range acknowledged {
			if !x.Has(id) {
				problems++
			}
		}
		problems += len(x.Verify(ctx).Problems) + len(f.Check())
		if err := x.Close(); err != nil {
			return err
		}
	}
	say("killed %d times: %d records acknowledged, %d problems", o.kills, len(acknowledged), problems)
	return nil
}
