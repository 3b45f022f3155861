package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"leds.internal/ledsq"
	"leds.internal/ledsq/quality"
)

func (a *app) configVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Check and show the configuration file",
		Long: `A file called ` + configName + ` in the working directory, or the nearest one
above it, holds for every run: --config FILE names another, --no-config leaves
it out. It is YAML: the policy (off, severity, params, weights, gates,
suppressions), and beside it how a record is proposed for a cluster, and defaults
of flags, for one verb or for all that have the flag:

  name: Example Constabulary
  severity: {person/uprn-format: warning}
  survivors: {order: [most-trusted, most-recent], trusted: [PNC, CUSTODY]}
  flags:
    all: {date-order: dmy, codes: lists.csv}
    check: {fail-on: warning}

A flag on the command line wins over the file, and what is said for a verb over
what is said for all. The files that codes, baseline, baseline-key, decisions, model and
previous name are
looked for beside the configuration file. reveal can't be set in a file.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		&cobra.Command{
			Use:   "verify [FILE]",
			Short: "Say whether a configuration file is sound, and where it is not",
			Args:  cobra.MaximumNArgs(1),
			RunE:  func(_ *cobra.Command, args []string) error { return a.verifyConfig(args) },
		},
		&cobra.Command{
			Use:   "show",
			Short: "Write the configuration that holds here, and where it is from",
			Args:  cobra.NoArgs,
			RunE:  func(*cobra.Command, []string) error { return a.showConfig() },
		},
		&cobra.Command{
			Use:   "schema",
			Short: "Write the JSON Schema of the configuration file, for editors",
			Args:  cobra.NoArgs,
			RunE:  func(*cobra.Command, []string) error { return a.configSchema() },
		})
	return c
}

func (a *app) verifyConfig(args []string) error {
	path, named, err := a.configPath()
	if err != nil {
		return err
	}
	if len(args) == 1 {
		path, named = args[0], false
	}
	if path == "" {
		return usage("there is no %s here or above: name a file, as in ledsq config verify FILE", configName)
	}
	conf, err := a.loadConfig(path, named)
	if err != nil {
		return err
	}
	if _, err := ledsq.New(ledsq.Config{AsOf: a.clock(), Policy: conf.policy}); err != nil {
		return usage("%s: %w", path, err)
	}
	_, err = fmt.Fprintf(a.stdout, "%s is sound\n", path)
	return err
}

func (a *app) showConfig() error {
	path, named, err := a.configPath()
	if err != nil {
		return err
	}
	if path == "" {
		_, err := fmt.Fprintf(a.stdout, "# There is no %s here or above: every default holds.\n", configName)
		return err
	}
	conf, err := a.loadConfig(path, named)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "# %s\n", path)
	e := yaml.NewEncoder(a.stdout)
	e.SetIndent(2)
	if len(conf.flags) > 0 {
		flags := map[string]map[string]string{}
		for _, d := range conf.flags {
			if flags[d.verb] == nil {
				flags[d.verb] = map[string]string{}
			}
			flags[d.verb][d.flag] = strings.Join(d.values, " ")
		}
		if err := e.Encode(map[string]any{"flags": flags}); err != nil {
			return err
		}
	}
	if conf.survivorsLine > 0 {
		if err := e.Encode(map[string]any{"survivors": conf.survivors}); err != nil {
			return err
		}
	}
	text, err := yaml.Marshal(conf.policy)
	if err == nil && strings.TrimSpace(string(text)) != "{}" {
		_, err = a.stdout.Write(text)
	}
	return err
}

// configSchema is that of the policy with flags beside it.
func (a *app) configSchema() error {
	var schema map[string]any
	if err := json.Unmarshal(quality.PolicySchema(), &schema); err != nil {
		return err
	}
	verbsOf := map[string]any{}
	for _, verb := range append(verbs(a), allVerbs) {
		if names := flagsOf(a, verb); len(names) > 0 {
			values := map[string]any{}
			for _, n := range names {
				values[n] = map[string]any{"type": []string{"string", "number", "boolean", "array"}}
			}
			for _, n := range notInFile {
				delete(values, n)
			}
			verbsOf[verb] = map[string]any{"type": "object", "additionalProperties": false, "properties": values}
		}
	}
	schema["properties"].(map[string]any)["flags"] = map[string]any{
		"description": "defaults of flags, by verb, or for all that have the flag", "type": "object", "additionalProperties": false, "properties": verbsOf}
	order := map[string]any{"type": "array", "items": map[string]any{"enum": []ledsq.Preference{ledsq.BestAssured, ledsq.MostFrequent, ledsq.MostRecent, ledsq.MostComplete, ledsq.MostTrusted}}}
	schema["properties"].(map[string]any)["survivors"] = map[string]any{
		"description": "how a record is proposed for a cluster", "type": "object", "additionalProperties": false, "properties": map[string]any{
			"order": order, "fields": map[string]any{"type": "object", "additionalProperties": order}, "trusted": map[string]any{"type": "array", "items": map[string]any{"type": "string"}}}}
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(schema)
}
