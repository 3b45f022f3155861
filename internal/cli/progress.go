package cli

import (
	"fmt"
	"math"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"leds.internal/ledsq/dedupe"
)

// patience is how long a run may take before progress is shown.
const patience = 2 * time.Second

// stage is a part of a run, and what share of its time it takes by experience.
type stage struct {
	name   string
	weight float64
}

// progress shows how far a run has come: a bar on a terminal, else a line every
// 10%, with the stage and the time left.
type progress struct {
	f      *common
	a      *app
	stages []stage
	at     atomic.Int64  // the stage
	done   atomic.Uint64 // the share of it, as the bits of a float64
	in     []*input      // being read, in the first stage
	size   int64         // of those together, -1 where it is not known
	began  time.Time
	stop   func()

	mu    sync.Mutex // held while something is shown
	clear func()     // takes the bar off the line
}

// stageBegins hears of every stage that begins; tests interrupt the run there.
var stageBegins = func(name string) {}

// watch shows how far reading has come, until the function it gives is called.
func (f *common) watch(a *app, in []*input) (stop func()) {
	return f.follow(a, in, []stage{{"reading", 1}}).stop
}

// matchStages are those of dedupe, link and train.
func matchStages(writes bool) (out []stage) {
	for _, s := range dedupe.Stages() {
		out = append(out, stage{s.String(), s.Weight()})
	}
	if writes {
		out = append(out, stage{"writing", 0.1})
	}
	return out
}

// follow begins to show the progress of a run that reads files first.
func (f *common) follow(a *app, in []*input, stages []stage) *progress {
	p := &progress{f: f, a: a, stages: stages, in: in, began: a.clock()}
	for _, one := range in {
		if one.size == 0 {
			p.size = -1
			break
		}
		p.size += one.size
	}
	p.enter(0)
	p.stop = func() {}
	if f.quiet {
		return p
	}
	file, ok := a.stderr.(*os.File)
	// A terminal that can't go back on a line gets plain lines too. No colour is
	// written anywhere, so that NO_COLOR asks for nothing more.
	terminal := ok && term.IsTerminal(int(file.Fd())) && os.Getenv("TERM") != "dumb"
	quit := make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		select {
		case <-quit:
			return
		case <-time.After(patience):
		}
		show := p.lines()
		if terminal {
			show = p.bar()
		}
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			p.mu.Lock()
			show()
			p.mu.Unlock()
			select {
			case <-quit:
				p.besides(func() {})
				return
			case <-tick.C:
			}
		}
	})
	p.stop = sync.OnceFunc(func() { close(quit); done.Wait() })
	return p
}

// besides lets something else be written to standard error.
func (p *progress) besides(write func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.clear != nil {
		p.clear()
	}
	write()
}

// enter begins a stage. A stage that was begun already stays.
func (p *progress) enter(i int) {
	if p.at.Swap(int64(i)) != int64(i) || i == 0 {
		p.done.Store(0)
		stageBegins(p.stages[i].name)
	}
}

// matching hears of the progress of a Finder.
func (p *progress) matching(s dedupe.Stage, done float64) {
	if done == 0 {
		p.enter(int(s))
		return
	}
	for { // workers are done with their parts in no order
		was := p.done.Load()
		if math.Float64frombits(was) >= done || p.done.CompareAndSwap(was, math.Float64bits(done)) {
			return
		}
	}
}

// read gives how many bytes were read.
func (p *progress) read() (n int64) {
	for _, one := range p.in {
		n += one.seen.n.Load()
	}
	return n
}

// reading gives what share of the input was read, 0 where that can't be told.
func (p *progress) reading() float64 {
	if p.size <= 0 {
		return 0
	}
	return min(float64(p.read())/float64(p.size), 1)
}

// share gives how much of the run is done, from 0 to 1, and the stage.
func (p *progress) share() (done float64, at string) {
	i := int(p.at.Load())
	part := math.Float64frombits(p.done.Load())
	if i == 0 {
		part = p.reading()
	}
	sum := 0.0
	for k, s := range p.stages {
		sum += s.weight
		switch {
		case k < i:
			done += s.weight
		case k == i:
			done += s.weight * part
		}
	}
	return done / sum, p.stages[i].name
}

// left says how long the rest will take at the pace so far, "" when it is too
// early to tell.
func left(done float64, since time.Duration) string {
	if done < 0.03 || done >= 1 {
		return ""
	}
	return ", about " + roughly(time.Duration(float64(since)*(1-done)/done)) + " left"
}

// roughly writes a time as people say it.
func roughly(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%d s", max(int(math.Round(d.Seconds())), 1))
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", int(math.Round(d.Seconds()/5))*5)
	case d < 100*time.Minute:
		return fmt.Sprintf("%d min", int(math.Round(d.Minutes())))
	}
	return fmt.Sprintf("%.1f hours", d.Hours())
}

func (p *progress) lines() (show func()) {
	tenth := 0
	return func() {
		done, at := p.share()
		if t := int(done * 10); t > tenth {
			tenth = t
			p.f.say(p.a, "%d%%, %s%s", 10*t, at, left(done, p.a.clock().Sub(p.began)))
		}
	}
}

// bar shows bytes where a run is but reading, and of its whole else.
func (p *progress) bar() (show func()) {
	bytes := len(p.stages) == 1
	total := int64(1000)
	if bytes {
		total = p.size
	}
	b := progressbar.NewOptions64(total, progressbar.OptionSetWriter(p.a.stderr), progressbar.OptionShowBytes(bytes),
		progressbar.OptionSetDescription("reading"), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
	p.mu.Lock()
	p.clear = func() { _ = b.Clear() }
	p.mu.Unlock()
	return func() {
		done, at := p.share()
		b.Describe(fmt.Sprintf("%-13s", at))
		if bytes {
			_ = b.Set64(p.read())
			return
		}
		_ = b.Set64(int64(done * 1000))
	}
}
