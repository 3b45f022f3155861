package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"leds.internal/ledsq"
	"leds.internal/ledsq/quality"
)

// configName is the file looked for from the working directory upward.
const configName = ".ledsq.yaml"

// maxConfig is how many bytes a configuration file may have.
const maxConfig = 1 << 20

// allVerbs stands, in the file, for every verb that has the flag.
const allVerbs = "all"

// notInFile are flags that must be given where they act: a file found by itself
// may neither name another nor bring personal values into the open.
var notInFile = []string{"config", "no-config", "reveal", "help"}

// pathFlags are those whose value is a file to read, which the configuration
// file names from where it lies.
var pathFlags = []string{"codes", "baseline", "baseline-key", "decisions", "model", "previous"}

// configuration is what one file says: defaults of flags under the key flags,
// by verb, and the policy beside it.
type configuration struct {
	path   string // "" when there is none
	flags  []flagDefault
	policy quality.Policy

	survivors     ledsq.SurvivorPolicy
	survivorsLine int // 0 where the file says nothing of them
}

type flagDefault struct {
	verb, flag string
	values     []string
	line       int
}

// findConfig looks for the file in dir and above, and gives "" when there is none.
func findConfig(dir string) string {
	for {
		path := filepath.Join(dir, configName)
		if st, err := os.Stat(path); err == nil && st.Mode().IsRegular() {
			return path
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// configPath gives the file that holds for this run, and whether it was named.
func (a *app) configPath() (path string, named bool, err error) {
	switch {
	case a.config != "" && a.noConfig:
		return "", false, usage("--config and --no-config contradict each other: give one of them")
	case a.config != "" || a.noConfig:
		return a.config, true, nil
	}
	dir, err := os.Getwd()
	if err != nil { // the directory is gone: there is nothing to find
		return "", false, nil
	}
	return findConfig(dir), false, nil
}

// loadConfig reads a file; the name of the flag stands before an error of one
// that was named.
func (a *app) loadConfig(path string, named bool) (*configuration, error) {
	what := path
	if named {
		what = "--config " + path
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, usage("%s can't be read: %w", what, bare(err))
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, maxConfig+1))
	switch {
	case err != nil:
		return nil, usage("%s can't be read: %w", what, bare(err))
	case len(text) > maxConfig:
		return nil, usage("%s is longer than the limit of %d bytes", what, maxConfig)
	}
	c := &configuration{path: path}
	if text, err = c.takeFlags(text, a); err == nil {
		c.policy, err = quality.ParsePolicy(bytes.NewReader(text))
	}
	if err != nil {
		return nil, usage("%s: %w", what, err)
	}
	return c, nil
}

// takeFlags reads the keys flags and survivors and blanks their lines, so that
// what is left is the policy with its line numbers.
func (c *configuration) takeFlags(text []byte, a *app) ([]byte, error) {
	var doc yaml.Node
	if yaml.Unmarshal(text, &doc) != nil || len(doc.Content) == 0 {
		return text, nil // the policy's reader says what is wrong
	}
	if doc.Content[0].Kind != yaml.MappingNode { // another file given by mistake: its text is not repeated
		return nil, errors.New("is no configuration: it holds no keys")
	}
	top := doc.Content[0]
	lines := bytes.SplitAfter(text, []byte("\n"))
	taken := map[string]bool{}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		read := map[string]func(*yaml.Node, *app) error{"flags": c.readFlags, "survivors": c.readSurvivors}[key.Value]
		switch {
		case read == nil:
			continue
		case taken[key.Value]:
			return nil, fmt.Errorf("line %d: the key %s stands here twice", key.Line, key.Value)
		case top.Style&yaml.FlowStyle != 0:
			return nil, fmt.Errorf("line %d: %s needs a line of its own: write the file without braces around it", key.Line, key.Value)
		}
		taken[key.Value] = true
		end := len(lines)
		if i+2 < len(top.Content) {
			end = top.Content[i+2].Line - 1
		}
		for j := key.Line - 1; j < end; j++ {
			lines[j] = []byte("\n")
		}
		if err := read(value, a); err != nil {
			return nil, err
		}
	}
	return bytes.Join(lines, nil), nil
}

// readSurvivors reads by what preferences a record is proposed for a cluster.
func (c *configuration) readSurvivors(n *yaml.Node, _ *app) error {
	keys := []string{"order", "fields", "trusted"}
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: survivors holds %s", n.Line, strings.Join(keys, ", "))
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i]; !slices.Contains(keys, key.Value) {
			return fmt.Errorf("line %d: %w", key.Line, unknown("key of survivors", key.Value, keys))
		}
	}
	if n.Decode(&c.survivors) != nil {
		return fmt.Errorf("line %d: survivors holds order and trusted, which are lists, and fields, which has a list for each field", n.Line)
	}
	if err := c.survivors.ValidateOrders(); err != nil {
		return fmt.Errorf("line %d: %s", n.Line, strings.TrimPrefix(err.Error(), "ledsq: "))
	}
	c.survivorsLine = n.Line
	return nil
}

// readFlags reads verb, flag and value, and says with its line what there is not.
func (c *configuration) readFlags(n *yaml.Node, a *app) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: flags holds verbs, and these hold flags", n.Line)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		verb, flags := n.Content[i], n.Content[i+1]
		known := flagsOf(a, verb.Value)
		if known == nil {
			return fmt.Errorf("line %d: %w", verb.Line, unknown("command", verb.Value, append(verbs(a), allVerbs)))
		}
		if flags.Kind != yaml.MappingNode {
			return fmt.Errorf("line %d: %s holds flags, as in {fail-on: warning}", flags.Line, verb.Value)
		}
		for j := 0; j+1 < len(flags.Content); j += 2 {
			name, value := flags.Content[j], flags.Content[j+1]
			d := flagDefault{verb: verb.Value, flag: name.Value, line: name.Line}
			switch {
			case slices.Contains(notInFile, d.flag):
				return fmt.Errorf("line %d: %s can't be set in a file: give it on the command line", d.line, d.flag)
			case !slices.Contains(known, d.flag):
				return fmt.Errorf("line %d: %w", d.line, unknown("flag of "+verb.Value, d.flag, known))
			}
			if d.values = scalars(value); d.values == nil {
				return fmt.Errorf("line %d: %s needs a value, or a list of values", d.line, d.flag)
			}
			if slices.Contains(pathFlags, d.flag) {
				for k, v := range d.values {
					if !filepath.IsAbs(v) {
						d.values[k] = filepath.Join(filepath.Dir(c.path), v)
					}
				}
			}
			if err := d.try(a); err != nil {
				return fmt.Errorf("line %d: %s: %w", d.line, d.flag, err)
			}
			c.flags = append(c.flags, d)
		}
	}
	return nil
}

// flagsOf names the flags of a verb, or of all of them; nil where there is no such verb.
func flagsOf(a *app, verb string) []string {
	var names []string
	for _, c := range a.verbs() {
		if verb == allVerbs || c.Name() == verb {
			if names == nil {
				names = []string{}
			}
			c.Flags().VisitAll(func(f *pflag.Flag) {
				if !slices.Contains(names, f.Name) {
					names = append(names, f.Name)
				}
			})
		}
	}
	return names
}

// scalars gives a value, or those of a list, as text.
func scalars(n *yaml.Node) []string {
	switch n.Kind {
	case yaml.ScalarNode:
		return []string{n.Value}
	case yaml.SequenceNode:
		var out []string
		for _, one := range n.Content {
			if one.Kind != yaml.ScalarNode {
				return nil
			}
			out = append(out, one.Value)
		}
		return out
	}
	return nil
}

// try sets the flag of a verb nobody runs, to see whether it takes the value.
func (d flagDefault) try(a *app) error {
	for _, c := range a.verbs() {
		if f := c.Flags().Lookup(d.flag); f != nil && (d.verb == allVerbs || d.verb == c.Name()) {
			if err := d.set(c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d flagDefault) set(c *cobra.Command) error {
	for _, v := range d.values {
		if err := c.Flags().Set(d.flag, v); err != nil {
			return errors.New(strings.TrimPrefix(err.Error(), "invalid argument "))
		}
	}
	return nil
}

// configure finds and reads the file, and sets those flags of the verb that
// were not given. What is said for the verb wins over what is said for all.
func (a *app) configure(c *cobra.Command) error {
	path, named, err := a.configPath()
	if err != nil || path == "" {
		return err
	}
	if a.conf, err = a.loadConfig(path, named); err != nil {
		return err
	}
	given := map[string]bool{}
	c.Flags().Visit(func(f *pflag.Flag) { given[f.Name] = true })
	for _, of := range []string{c.Name(), allVerbs} {
		for _, d := range a.conf.flags {
			if d.verb != of || given[d.flag] || c.Flags().Lookup(d.flag) == nil {
				continue
			}
			if err := d.set(c); err != nil {
				return usage("%s: line %d: %s: %w", path, d.line, d.flag, err)
			}
			given[d.flag] = true
		}
	}
	if quiet, err := c.Flags().GetBool("quiet"); !named && (err != nil || !quiet) {
		a.warn("configuration of %s; --no-config leaves it out", path)
	}
	return nil
}
