package cli

import (
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

func (a *app) rules() *cobra.Command {
	var kind, principle string
	var out []string
	c := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			specs, err := parseOut(out, report.RuleFormats())
			if err != nil {
				return err
			}
			if kind != "" && record.New(record.Kind(kind)) == nil {
				return unknown("kind", kind, []string{"person", "vehicle", "missing"})
			}
			if principle != "" && !slices.Contains([]string{"create", "amend", "validate"}, principle) {
				return unknown("principle", principle, []string{"create", "amend", "validate"})
			}
			rules := slices.DeleteFunc(quality.Rules(), func(r quality.Rule) bool {
				return kind != "" && !r.Judges(record.Kind(kind)) || principle != "" && !r.Serves(quality.Principle(principle))
			})
			outs := &outputs{app: a}
			defer outs.discard()
			for _, s := range specs {
				w, err := outs.open(s.path)
				if err != nil {
					return err
				}
				if err := report.WriteRules(w, s.format, rules); err != nil {
					return written(err)
				}
			}
			return outs.commit()
		},
	}
	c.Flags().StringVar(&kind, "kind", "", "only rules for this `KIND`: person, vehicle or missing")
	c.Flags().StringVar(&principle, "principle", "", "only rules that serve create, amend or validate")
	c.Flags().StringArrayVar(&out, "out", nil, "`FORMAT=PATH`: text, json, markdown or csv; FORMAT alone is standard output")
	choices(c, "kind", "person", "vehicle", "missing")
	choices(c, "principle", "create", "amend", "validate")
	choices(c, "out", report.RuleFormats()...)
	return c
}

func (a *app) explain() *cobra.Command {
	var out []string
	c := &cobra.Command{
		Use:     "explain RULE",
		Short:   "Say what a rule asks and why; or why records were proposed as one",
		Example: "  ledsq explain person/dob-future\n  ledsq explain pair P0001 P0007 --pairs pairs.jsonl\n  ledsq explain cluster P0001 --pairs pairs.jsonl --clusters clusters.csv",
		Args:    files(1, 1, "the id of one rule"),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return ruleIDs(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			r, ok := quality.Find(args[0])
			if !ok {
				if near := nearest(args[0], ruleIDs()); near != "" {
					return usage("there is no rule %q: did you mean %s?", args[0], near)
				}
				return usage("there is no rule %q: ledsq rules lists them", args[0])
			}
			specs, err := parseOut(out, report.RuleExplainFormats())
			if err != nil {
				return err
			}
			return a.writeExplained(specs, nil, func(to writer, format string) error { return report.Explain(to, format, &r) })
		},
	}
	c.Flags().StringArrayVar(&out, "out", nil, outUsage(report.RuleExplainFormats()))
	choices(c, "out", report.RuleExplainFormats()...)
	c.AddCommand(a.explainPair(), a.explainCluster())
	return c
}

func ruleIDs() (ids []string) {
	for _, r := range quality.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

func (a *app) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.stdout.WriteString("ledsq " + moduleVersion() + ", " + runtime.Version() + ", " + ruleCount() + "\n")
			return err
		},
	}
}

// moduleVersion is that of the module the command was built from.
func moduleVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}

func ruleCount() string { return strconv.Itoa(len(quality.Rules())) + " rules" }
