package cli

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden files of the scripts")

func testClock() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"ledsq": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, testClock)) },
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
	testscript.Run(t, testscript.Params{Dir: "../../testdata/scripts", UpdateScripts: *update, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"hidden": hidden}})
}

// hidden fails when a file is empty or holds a personal value planted by a script.
func hidden(ts *testscript.TestScript, _ bool, files []string) {
	for _, name := range files {
		text := strings.ToLower(ts.ReadFile(name))
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
