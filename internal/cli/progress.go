package cli

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// patience is how long a run may take before progress is shown.
const patience = 2 * time.Second

// watch shows how far reading has come, until the function it gives is called:
// a bar on a terminal, else a line every 10% where the size is known.
func (f *common) watch(a *app, in []*input) (stop func()) {
	if f.quiet {
		return func() {}
	}
	total := int64(0)
	for _, one := range in {
		if one.size == 0 {
			total = -1
			break
		}
		total += one.size
	}
	file, ok := a.stderr.(*os.File)
	// A terminal that can't go back on a line gets plain lines too. No colour is
	// written anywhere, so that NO_COLOR asks for nothing more.
	terminal := ok && term.IsTerminal(int(file.Fd())) && os.Getenv("TERM") != "dumb"
	if !terminal && total < 0 {
		return func() {}
	}
	read := func() (n int64) {
		for _, one := range in {
			n += one.seen.n.Load()
		}
		return n
	}
	quit := make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		select {
		case <-quit:
			return
		case <-time.After(patience):
		}
		show, end := f.lines(a, total)
		if terminal {
			show, end = barOn(a.stderr, total)
		}
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			show(read())
			select {
			case <-quit:
				end()
				return
			case <-tick.C:
			}
		}
	})
	return sync.OnceFunc(func() { close(quit); done.Wait() })
}

func (f *common) lines(a *app, total int64) (show func(int64), end func()) {
	tenth := int64(0)
	return func(n int64) {
		if t := n * 10 / total; t > tenth {
			tenth = t
			f.say(a, "%d%% read", 10*t)
		}
	}, func() {}
}

func barOn(w io.Writer, total int64) (show func(int64), end func()) {
	b := progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true),
		progressbar.OptionSetDescription("reading"), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
	return func(n int64) { _ = b.Set64(n) }, func() { _ = b.Clear() }
}
