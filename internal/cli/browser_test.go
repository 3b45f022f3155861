package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "`folder` for screenshots of the pages, to be looked at")

// browser is a real Chromium, headless, with a profile of its own.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu    sync.Mutex
	wrong []string // console errors and requests that left the machine
}

// chromium finds the browser, or skips the test and says so.
func chromium(t *testing.T) string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless-shell", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("SKIPPED, THE PAGES ARE NOT TESTED: no Chromium is installed; on Debian: apt-get install chromium")
	return ""
}

func open(t *testing.T) *browser {
	t.Helper()
	path := chromium(t)
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	alloc, stop := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); cancel() })
	b := &browser{t: t, ctx: ctx}
	b.must(chromedp.Do(ctx)) // the browser lives as long as the context of its first action
	b.must(chromedp.Listen(ctx, b.hear))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	b.must(err)
	_, err = chromedp.Call(ctx, log.Enable, cdp.Empty{})
	b.must(err)
	return b
}

func (b *browser) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// hear notes what a page must not do.
func (b *browser) hear(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := ev.(type) {
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, "file:") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
			b.wrong = append(b.wrong, "request "+u)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			b.wrong = append(b.wrong, fmt.Sprint("console ", e.Type, " ", e.Args))
		}
	case *runtime.EventExceptionThrown:
		b.wrong = append(b.wrong, "exception "+e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			b.wrong = append(b.wrong, "log "+e.Entry.Text)
		}
	case *page.EventJavascriptDialogOpening:
		b.wrong = append(b.wrong, "dialogue "+e.Message)
	}
}

// run does one thing after the other.
func (b *browser) run(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Minute)
	defer cancel()
	b.must(chromedp.Do(ctx, steps...))
}

// show opens a file at a width; the height is that of its content when it is photographed.
func (b *browser) show(file string, width int64) {
	b.t.Helper()
	path, err := filepath.Abs(file)
	if err != nil {
		b.t.Fatal(err)
	}
	b.run(chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+filepath.ToSlash(path)))
}

// eval gives the value of an expression.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	b.must(err)
	return v
}

// quiet fails the test if the page did anything it must not.
func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.wrong {
		b.t.Error(w)
	}
	b.wrong = nil
}

// photograph keeps a picture of the whole page where -shots asks for it.
func (b *browser) photograph(name string) {
	b.t.Helper()
	if *shots == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	b.must(err)
	if err := os.WriteFile(filepath.Join(*shots, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// fits fails the test when the page is wider than the screen.
func (b *browser) fits() {
	b.t.Helper()
	if over := eval[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
		b.t.Errorf("the page is %d pixels wider than the screen", over)
	}
}

// accessible checks the page as it stands by axe-core against WCAG 2.2 AA.
func (b *browser) accessible() {
	b.t.Helper()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		b.t.Fatal(err)
	}
	b.run(chromedp.Evaluate[chromedp.Void](string(axe)))
	found := eval[string](b, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => JSON.stringify({
		passes: r.passes.length, wrong: r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 5).map(n => n.target.join(" ") + " " + n.failureSummary).join(" | "))}))`)
	var result struct {
		Passes int
		Wrong  []string
	}
	if err := json.Unmarshal([]byte(found), &result); err != nil {
		b.t.Fatal(err)
	}
	if result.Passes < 10 {
		b.t.Errorf("axe passed %d rules only: it did not see the page", result.Passes)
	}
	for _, w := range result.Wrong {
		b.t.Error(w)
	}
}

// command runs ledsq in a folder and gives what it wrote for people.
func command(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, words bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(""), &out, &words, testClock); code != want {
		t.Fatalf("ledsq %s: exit code %d instead of %d\n%s", strings.Join(args, " "), code, want, words.String())
	}
	return out.String()
}

func TestReportInBrowser(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	persons := filepath.Join("..", "..", "testdata", "persons.csv")
	hostile := at("hostile.csv")
	if err := os.WriteFile(hostile, []byte("id,first_name,surname,dob\n<img src=x onerror=alert(1)>,<script>alert(2)</script>,\"=HYPERLINK(\"\"http://x.example\"\")\",31/02/1990\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t)
	command(t, 1, "validate", "-q", "--as-of", "2026-11-01", "--out", "json="+at("old.json"), persons)
	command(t, 1, "validate", "-q", "--as-of", "2026-11-23", "--earlier", at("old.json"), "--out", "html="+at("validate.html"), persons)
	command(t, 0, "dedupe", "-q", "--as-of", "2026-11-23", "--out", "html="+at("dedupe.html"), "--pairs", at("p.jsonl"), "--clusters", at("c.csv"), persons)
	command(t, 0, "explain", "cluster", "P0012", "--pairs", at("p.jsonl"), "--clusters", at("c.csv"), "--out", "html="+at("explain.html"))
	command(t, 1, "amend", "-q", "--as-of", "2026-11-23", "--out", "html="+at("amend.html"), filepath.Join("..", "..", "testdata", "persons.before.csv"), filepath.Join("..", "..", "testdata", "persons.after.csv"))
	command(t, 1, "check", "-q", "--reveal", "--as-of", "2026-11-23", "--out", "html="+at("hostile.html"), hostile)
	for name, charts := range map[string]int{"validate": 4, "dedupe": 3, "amend": 1, "hostile": 1, "explain": 0} {
		for _, width := range []int64{1440, 390} {
			if width > 1000 && charts < 3 && *shots == "" {
				continue // nothing there that the other pages don't have
			}
			t.Run(fmt.Sprint(name, width), func(t *testing.T) {
				b.t = t
				b.show(at(name+".html"), width)
				if n := eval[int](b, "[...document.images].filter(i => i.complete && i.naturalWidth > 100 && i.getBoundingClientRect().height > 80).length"); n < charts {
					t.Errorf("%d charts can be seen, not %d", n, charts)
				}
				if n := eval[int](b, "document.images.length - document.querySelectorAll('img[alt]:not([alt=\"\"])').length"); n != 0 {
					t.Errorf("%d pictures have no words", n)
				}
				b.fits()
				b.photograph(fmt.Sprint("report-", name, "-", width))
				if width < 600 { // where tables scroll and columns break
					b.accessible()
				}
				b.quiet()
			})
		}
	}
}
