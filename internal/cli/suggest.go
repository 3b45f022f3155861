package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"leds.internal/ledsq/internal/edit"
)

// unknown says that there is no such thing, and what was likely meant.
func unknown(what, given string, known []string) error {
	if near := nearest(given, known); near != "" {
		return usage("there is no %s %q: did you mean %s?", what, given, near)
	}
	if len(known) <= 12 {
		return usage("there is no %s %q: use one of %s", what, given, strings.Join(known, ", "))
	}
	return usage("there is no %s %q", what, given)
}

// nearest gives the known word that fewest letters part from the given one, ""
// when none is near.
func nearest(given string, known []string) string {
	best, least := "", 1+max(len(given)/3, 2)
	for _, k := range known {
		n := edit.Distance(strings.ToLower(given), k)
		if len(given) > 3 && strings.Contains(k, strings.ToLower(given)) {
			n = 1
		}
		if n < least {
			best, least = k, n
		}
	}
	return best
}

// flagError adds to an error of the flags which one was likely meant.
func flagError(c *cobra.Command, err error) error {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "unknown flag: --"); ok {
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		if near := nearest("--"+name, known); near != "" {
			return usage("there is no flag --%s: did you mean %s?", name, near)
		}
		text = fmt.Sprintf("there is no flag --%s", name)
	}
	return usage("%s: see %s --help", text, c.CommandPath())
}
