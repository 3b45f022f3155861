package cli

import (
	"context"
	"encoding/base64"
	"flag"
	"html"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

var update = flag.Bool("update", false, "rewrite the golden files of the scripts")

func testClock() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		// crashing is ledsq with a rule that panics over a surname.
		"crashing": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, testClock, crashingRule()))
		},
		"ledsq": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, testClock)) },
		// during runs ledsq and sends it the signal given first as soon as the stage given second begins.
		"during": func() {
			stageBegins = func(name string) {
				if name == strings.ReplaceAll(os.Args[2], "-", " ") {
					stopAt(os.Args[1])
				}
			}
			os.Exit(Main(os.Args[3:], os.Stdin, os.Stdout, os.Stderr, testClock))
		},
		// code runs ledsq and succeeds if its exit code is the one given first.
		"code": func() {
			if got := Main(os.Args[2:], os.Stdin, os.Stdout, os.Stderr, testClock); string(rune('0'+got)) != os.Args[1] {
				println("exit code", got, "instead of", os.Args[1])
				os.Exit(1)
			}
		},
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "../../testdata/scripts", UpdateScripts: *update, RequireUniqueNames: true, Setup: func(e *testscript.Env) error {
		e.Setenv("GORACE", "atexit_sleep_ms=10") // else each of some 500 commands sleeps for a second under the race detector
		return nil
	},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"hidden": hidden, "appears": appears, "hook": hook}})
}

// appears waits for a file whose name fits a pattern, so that a run is
// interrupted at its work and not before.
func appears(ts *testscript.TestScript, _ bool, patterns []string) {
	for _, p := range patterns {
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
			if found, err := filepath.Glob(ts.MkAbs(p)); err != nil || len(found) > 0 {
				ts.Check(err)
				break
			}
			if time.Now().After(deadline) {
				ts.Fatalf("no file %s", p)
			}
		}
	}
}

// hook puts the pre-commit hook of the examples into the repository of a script.
func hook(ts *testscript.TestScript, _ bool, _ []string) {
	text, err := os.ReadFile("../../examples/ci/pre-commit")
	ts.Check(err)
	ts.Check(os.MkdirAll(ts.MkAbs(".git/hooks"), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(".git/hooks/pre-commit"), text, 0o755))
}

func crashingRule() quality.Rule {
	return quality.Rule{ID: "person/crash", Title: "Crashes", Why: "To see what becomes of a fault of ours.", Source: "judgement", Kinds: []record.Kind{record.KindPerson},
		Principles: []quality.Principle{quality.Create, quality.Amend, quality.Validate}, Dimension: "validity", Severity: quality.Warning, ActsOn: []string{"surname"}, Since: "1.0",
		Pass: quality.Example{Record: "{}"}, Fail: quality.Example{Record: "{}"},
		Check: func(*quality.Ctx) quality.Outcome { panic("Zebedee Quill") }}
}

// unpacked gives a page without its code and with its pictures as text: in base64
// a secret could hide, and one could seem to stand where there is none.
func unpacked(page string) string {
	page = regexp.MustCompile("base64,[A-Za-z0-9+/=&#;]+").ReplaceAllStringFunc(page, func(s string) string {
		text, err := base64.StdEncoding.DecodeString(html.UnescapeString(strings.TrimPrefix(s, "base64,")))
		if err != nil {
			return s
		}
		return string(text)
	})
	return regexp.MustCompile("sha256-[A-Za-z0-9+/=&#;]{43,}|aria-hidden| hidden>|(?s:<style>.*</style>|<script>.*</script>)").ReplaceAllString(page, "")
}

var fractions = regexp.MustCompile(`([: >,-][0-9]{1,3})\.[0-9]+`)

// hidden fails when a file is empty or holds a personal value planted by a script.
func hidden(ts *testscript.TestScript, _ bool, files []string) {
	for _, name := range files {
		// A weight may have any digits behind its point.
		text := fractions.ReplaceAllString(strings.ToLower(unpacked(ts.ReadFile(name))), "$1")
		if len(text) < 10 {
			ts.Fatalf("%s is empty: that hides nothing", name)
		}
		for _, secret := range []string{"zebedee", "quill", "1931", "2093", "ze1", "0770", "+4477", "900123", "hidden", "0163001", "123456", "taxiderm"} {
			if strings.Contains(text, secret) {
				ts.Fatalf("%s gives away %s", name, secret)
			}
		}
	}
}
