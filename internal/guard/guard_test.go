package guard_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leds.internal/ledsq/internal/guard"
)

func TestPut(t *testing.T) {
	for cell, want := range map[string]string{
		"":                      "",
		"Ashdown":               "Ashdown",
		"=1+1":                  "'=1+1",
		"@SUM(A1)":              "'@SUM(A1)",
		"\t=1":                  "'\t=1",
		"\r=1":                  "'\r=1",
		"＝1":                    "'＝1",
		"+447700900123":         "+447700900123",
		"+44 (0)7700 900123":    "+44 (0)7700 900123",
		"+447700900123;ext=12":  "+447700900123;ext=12",
		"+447700900123 ext 12":  "+447700900123 ext 12",
		"-0.5":                  "-0.5",
		"-":                     "-",
		"+A1":                   "'+A1",
		"-2+3+cmd|' /C calc'!A": "'-2+3+cmd|' /C calc'!A",
		"+1;ext=1;ext=A1":       "'+1;ext=1;ext=A1",
		"'=1":                   "''=1",
		"'t Hooft":              "'t Hooft",
		"O'Brien":               "O'Brien",
	} {
		if got := guard.Put(cell); got != want {
			t.Errorf("Put(%q) = %q, want %q", cell, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`'{0,3}[=+@\t\r-]?[0-9a-z' ()=+-]{0,6}`).Draw(t, "cell")
		if got := guard.Take(guard.Put(s)); got != s {
			t.Fatalf("%q comes back as %q", s, got)
		}
		if g := guard.Put(s); strings.HasPrefix(g, "=") || strings.HasPrefix(g, "@") {
			t.Fatalf("%q is a formula", g)
		}
	})
}

func ExamplePut() {
	for _, cell := range []string{`=HYPERLINK("http://x.invalid")`, "+447700900123"} {
		fmt.Println(guard.Put(cell))
	}
	// Output:
	// '=HYPERLINK("http://x.invalid")
	// +447700900123
}
