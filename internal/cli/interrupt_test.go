package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/quality"
)

// endless is a file that never ends and interrupts the run on its way.
type endless struct {
	n      int
	after  int
	cancel context.CancelFunc
	rest   []byte
	waits  bool // then it gives nothing more, as a terminal does
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.n == 0 {
			e.rest = []byte("id,first_name,surname,dob\n")
		}
		if e.n++; e.n == e.after {
			e.cancel()
			if e.waits {
				select {}
			}
		}
		for i := range 200 {
			e.rest = fmt.Appendf(e.rest, "%d-%d,Ada,Ashdown,1985-12-10\n", e.n, i)
		}
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func TestInterruptedRunsLeaveNothing(t *testing.T) {
	for _, verb := range []string{
		"check --out json=DIR/a.json --out csv=DIR/b.csv -",
		"validate --out json=DIR/a.json -",
		"normalise --out csv=DIR/a.csv --changes DIR/c.csv -",
		"dedupe --pairs DIR/p.csv --clusters DIR/c.csv -",
	} {
		for _, waits := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s %v", verb[:8], waits), func(t *testing.T) {
				dir := t.TempDir()
				old := filepath.Join(dir, "a.json")
				if err := os.WriteFile(old, []byte("of an earlier run"), 0o644); err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				var stdout, stderr bytes.Buffer
				in := &endless{after: 60, cancel: cancel, waits: waits}
				done := make(chan int, 1)
				go func() {
					done <- run(ctx, strings.Fields(strings.ReplaceAll(verb, "DIR", dir)), in, &stdout, &stderr, testClock)
				}()
				select {
				case code := <-done:
					if code != exitAborted {
						t.Errorf("exit code %d: %s", code, stderr.String())
					}
				case <-time.After(20 * time.Second):
					t.Fatal("the run does not end")
				}
				if !strings.Contains(stderr.String(), "interrupted") {
					t.Errorf("standard error does not say so: %s", stderr.String())
				}
				left, err := os.ReadDir(dir)
				if err != nil || len(left) != 1 || left[0].Name() != "a.json" {
					t.Errorf("left behind: %v, %v", left, err)
				}
				if b, _ := os.ReadFile(old); string(b) != "of an earlier run" {
					t.Error("the file of an earlier run was touched")
				}
			})
		}
	}
}

// crashing is a writer to a reader that went away.
type crashing struct{}

func (crashing) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestUnwritableStandardOutput(t *testing.T) {
	var stderr bytes.Buffer
	if code := run(t.Context(), []string{"rules"}, strings.NewReader(""), crashing{}, &stderr, testClock); code != exitAborted {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
}

func TestProgressLines(t *testing.T) {
	var out bytes.Buffer
	now := testClock()
	a := &app{stderr: &out, clock: func() time.Time { return now }}
	in := &input{size: 1000, seen: &watcher{}}
	p := &progress{f: &common{}, a: a, in: []*input{in}, size: 1000, began: now, stages: []stage{{"reading", 0.5}, {"comparing", 0.4}, {"writing", 0.1}}}
	show := p.lines()
	for _, n := range []int64{0, 150, 199, 200, 210, 1000} {
		in.seen.n.Store(n)
		now = testClock().Add(time.Duration(n) * 100 * time.Millisecond)
		show()
	}
	p.enter(1)
	show() // not a line twice
	p.matching(1, 0.75)
	p.matching(1, 0.5) // a worker that was done later with an earlier part
	show()
	p.enter(2)
	show()
	want := "ledsq: 10%, reading, about 3 min left\nledsq: 50%, reading, about 100 s left\nledsq: 80%, comparing, about 25 s left\nledsq: 90%, writing, about 10 s left\n"
	if got := out.String(); got != want {
		t.Errorf("got %q", got)
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct{ given, want, why string }{
		{"chekc", "check", "two letters exchanged"},
		{"postcode", "person/postcode-invalid", "part of a name"},
		{"zzzzzz", "", "nothing is near"},
	} {
		if got := nearest(tt.given, []string{"check", "amend", "person/postcode-invalid"}); got != tt.want {
			t.Errorf("%s: %q: %s", tt.given, got, tt.why)
		}
	}
}

func TestVerdict(t *testing.T) {
	finding := func(s quality.Severity, o quality.Outcome) []quality.Finding {
		return []quality.Finding{{Rule: "x/y", Severity: s, Outcome: o}}
	}
	for _, tt := range []struct {
		findings []quality.Finding
		skipped  int
		from     quality.Severity
		want     int
		why      string
	}{
		{nil, 0, quality.Error, 0, "nothing found"},
		{finding(quality.Error, quality.Fail), 0, quality.Error, 1, "a finding at the threshold"},
		{finding(quality.Warning, quality.Fail), 0, quality.Error, 0, "one below it"},
		{finding(quality.Warning, quality.Fail), 0, quality.Info, 1, "one above it"},
		{finding(quality.Error, quality.Fail), 0, "", 0, "never"},
		{finding(quality.Info, quality.CannotTell), 0, quality.Info, 0, "undecided is not failed"},
		{nil, 1, quality.Error, 3, "never 0 when a row was skipped"},
		{nil, 1, "", 3, "not even when nothing fails"},
		{finding(quality.Error, quality.Fail), 1, quality.Error, 1, "findings outweigh skipped rows"},
		{finding(quality.Error, quality.RuleError), 1, "", 4, "a crashed rule outweighs all"},
	} {
		tally := report.NewTally(&report.Header{})
		tally.Add(&report.Record{Findings: tt.findings})
		for range tt.skipped {
			tally.Skip(report.SkippedRow{})
		}
		if got := verdict(tally, tt.from); got != tt.want {
			t.Errorf("%s: exit code %d, want %d", tt.why, got, tt.want)
		}
	}
}
