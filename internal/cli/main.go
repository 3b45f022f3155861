// Package cli is the command ledsq: one file per verb, and beside them what
// they share: flags, reading in order by several workers, output files that
// appear whole or not at all, exit codes.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/quality"
)

// The exit codes.
const (
	exitOK       = 0
	exitFindings = 1 // at or above --fail-on
	exitUsage    = 2 // usage or configuration
	exitAborted  = 3 // input unreadable, rows skipped, or run aborted
	exitCrash    = 4 // a rule crashed: results are incomplete
)

// Main runs the command and gives its exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer, clock func() time.Time) int {
	// A reader of ours that goes away (| head) must be an error to write to,
	// not a sudden death that leaves temporary files behind.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	ballast := make([]byte, ballastSize)
	defer runtime.KeepAlive(ballast)
	return run(ctx, args, stdin, stdout, stderr, clock)
}

// ballastSize is memory that is never touched, so that it takes address space
// and no memory. The collector starts when the heap has doubled: a run that
// streams holds a few megabytes, and would collect them some hundred times a
// second. With the ballast checking a million persons takes a fifth less of the
// processors, for at most so much memory more.
const ballastSize = 32 << 20

// app is one run of the command: the world it may touch, and its exit code.
type app struct {
	ctx    context.Context // done when the run is interrupted
	stdin  io.Reader
	stdout *bufio.Writer
	stderr io.Writer
	clock  func() time.Time
	code   int

	config   string // --config
	noConfig bool   // --no-config
	conf     *configuration
	extra    []quality.Rule // of tests, beside the built-in ones
}

// failure is an error with the exit code it asks for.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// usage says that the command line or the configuration is wrong.
func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...)}
}

// aborted says that the run could not be finished.
func aborted(err error) error {
	var f *failure
	if err == nil || errors.As(err, &f) {
		return err
	}
	return &failure{exitAborted, err}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, clock func() time.Time, extra ...quality.Rule) int {
	a := &app{ctx: ctx, stdin: &patient{ctx: ctx, r: stdin}, stdout: bufio.NewWriterSize(stdout, 64<<10), stderr: stderr, clock: clock,
		conf: &configuration{}, extra: extra}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if flushed := a.stdout.Flush(); err == nil && flushed != nil {
		err = aborted(fmt.Errorf("standard output can't be written: %w", flushed))
	}
	if err == nil {
		return a.code
	}
	var f *failure
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "ledsq: interrupted: no output file was written")
		return exitAborted
	case errors.As(err, &f):
		fmt.Fprintln(stderr, "ledsq:", strings.TrimPrefix(f.Error(), "ledsq: "))
		return f.code
	}
	// What cobra finds wrong is the command line.
	fmt.Fprintf(stderr, "ledsq: %s\nledsq: see ledsq help\n", strings.TrimRight(err.Error(), "\n"))
	return exitUsage
}

// root makes the command with its verbs.
func (a *app) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "ledsq",
		Short: "Normalise, judge and match police records",
		Long: `ledsq makes records of persons, vehicles and missing persons good and keeps
them so. It proposes and says why; it never merges, overwrites or drops a
record, and personal values are masked in everything but the data files you
ask for.

Exit codes: 0 nothing at or above --fail-on; 1 findings at or above it;
2 wrong usage; 3 input unreadable, rows skipped, or run aborted; 4 a rule
crashed, so that the results are incomplete. Never 0 when rows were skipped.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("command", args[0], verbs(a))
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SetFlagErrorFunc(flagError)
	c.PersistentFlags().StringVar(&a.config, "config", "", "configuration `FILE` in YAML (default: "+configName+", here or in the nearest folder above); see ledsq config")
	c.PersistentFlags().BoolVar(&a.noConfig, "no-config", false, "no configuration file")
	c.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		if c.Parent() != c.Root() || slices.Contains(unconfigured, c.Name()) {
			return nil
		}
		return a.configure(c)
	}
	for _, v := range a.verbs() {
		c.AddCommand(v)
	}
	return c
}

func (a *app) verbs() []*cobra.Command {
	return []*cobra.Command{a.check(), a.amend(), a.validate(), a.normalise(), a.dedupe(), a.link(), a.index(), a.train(), a.clusters(), a.review(), a.evaluate(), a.generate(), a.due(), a.rules(), a.explain(), a.worker(), a.configVerb(), a.man(), a.version()}
}

// unconfigured are the verbs that must work whatever stands in the file.
var unconfigured = []string{"config", "man", "version", "explain", "help", "completion", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd}

func verbs(a *app) (names []string) {
	for _, v := range a.verbs() {
		names = append(names, v.Name())
	}
	return append(names, "completion", "help")
}

// files asks for a number of files on the command line; most of 0 is no limit.
func files(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < least || most > 0 && len(args) > most {
			return usage("%s needs %s; %d given: %s%s", c.Name(), what, len(args), c.CommandPath(), strings.TrimPrefix(c.Use, c.Name()))
		}
		return nil
	}
}

// warn writes a line to standard error that quiet does not silence.
func (a *app) warn(format string, args ...any) {
	fmt.Fprintf(a.stderr, "ledsq: "+format+"\n", args...)
}

// skippedRows warns of rows that could not be read.
func (a *app) skippedRows(n int, first any) {
	if n == 1 {
		a.warn("1 row could not be read and was skipped: %v", first)
		return
	}
	a.warn("%d rows could not be read and were skipped; the first: %v", n, first)
}

// patient is a reader that gives up when the run is interrupted, even while it
// waits for somebody to type.
type patient struct {
	ctx  context.Context
	r    io.Reader
	todo chan []byte
	done chan read
}

type read struct {
	data []byte
	err  error
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	if p.todo == nil {
		p.todo, p.done = make(chan []byte, 1), make(chan read, 1)
		go func() {
			for buf := range p.todo {
				n, err := p.r.Read(buf)
				p.done <- read{buf[:n], err}
			}
		}()
	}
	// The buffer is the goroutine's own: it may still be reading when we left.
	p.todo <- make([]byte, len(b))
	select {
	case r := <-p.done:
		return copy(b, r.data), r.err
	case <-p.ctx.Done():
		return 0, p.ctx.Err()
	}
}
