package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/report"
)

// bounding is the flag of how much memory matching may take.
type bounding struct {
	given string
	bytes int64 // 0 for no bound
}

func (b *bounding) flag(c *cobra.Command) {
	c.Flags().StringVar(&b.given, "memory", "", "`SIZE` of memory that the run may take, such as 4GB (default: three quarters of what the machine or its container has); it never changes the output")
}

// leastMemory is below what any run takes.
const leastMemory = 64e6

// parse understands the flag.
func (b *bounding) parse() error {
	if b.given == "" {
		b.bytes = machineMemory() / 4 * 3
		return nil
	}
	n, err := humanize.ParseBytes(b.given)
	if err != nil || n > math.MaxInt64 {
		return usage("--memory %s: a size is wanted, such as 4GB or 800MB", b.given)
	}
	if n < leastMemory {
		return usage("--memory %s: the least is %s", b.given, report.Bytes(leastMemory))
	}
	b.bytes = int64(n)
	return nil
}

// machineMemory is the memory of the container or the machine in bytes, 0 where that
// can't be told.
func machineMemory() int64 {
	n := uint64(math.MaxInt64)
	for _, ask := range []memlimit.Provider{memlimit.FromCgroup, memlimit.FromSystem} {
		if has, err := ask(); err == nil && has > 0 {
			n = min(n, has)
		}
	}
	if n == math.MaxInt64 {
		return 0
	}
	return int64(n)
}

// hold makes the collector keep to the bound, until the function it gives is called.
func (b *bounding) hold() (release func()) {
	if b.bytes == 0 {
		return func() {}
	}
	was := debug.SetMemoryLimit(b.bytes / 20 * 19)
	return func() { debug.SetMemoryLimit(was) }
}

// checkEvery is after how many records reading asks whether memory will do.
const checkEvery = 1 << 16

// roomFor says, while records are read, whether they can be matched in the memory
// allowed, as soon as that can be foretold.
func (r *matcher) roomFor(read int) error {
	if r.cfg.Memory == 0 || read < r.checked+checkEvery {
		return nil
	}
	r.checked = read
	all := read
	if done := r.shown.reading(); done > 0.1 {
		all = int(float64(read) / done)
	}
	if need := r.finder.LeastFor(all); need > r.cfg.Memory {
		return &dedupe.MemoryError{Records: all, Need: need, Bound: r.cfg.Memory}
	}
	return nil
}

// noRoom puts it into words that memory does not do.
func noRoom(err error) error {
	var short *dedupe.MemoryError
	if !errors.As(err, &short) {
		return aborted(err)
	}
	return aborted(fmt.Errorf("about %s of memory are needed to match %d records, and %s are allowed: nothing was compared or written; allow more with --memory, or match fewer records at a time",
		report.Bytes(short.Need), short.Records, report.Bytes(short.Bound)))
}

// forecast writes what the run would do and need.
func (r *matcher) forecast(ctx context.Context, h *report.Header, outs *outputs) error {
	began := r.app.clock()
	read := began.Sub(r.shown.began)
	c, err := r.finder.Forecast(ctx)
	if err != nil {
		return aborted(err)
	}
	planned := r.app.clock().Sub(began)
	r.shown.stop()
	f := &report.Forecast{Forecast: c, Skipped: len(r.skipped), Allowed: r.cfg.Memory, Reading: read.Seconds()}
	f.Total = (read + timeLeft(c, planned)).Seconds()
	for _, s := range r.f.specs {
		w, err := outs.open(s.path)
		if err != nil {
			return err
		}
		if err := report.WriteForecast(w, s.format, h, f); err != nil {
			return written(err)
		}
	}
	if err := outs.commit(); err != nil {
		return err
	}
	r.saySkipped()
	return nil
}
