package cli

import (
	"io"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/report"
)

// clusters is the verb about files of clusters.
func (a *app) clusters() *cobra.Command {
	c := &cobra.Command{
		Use:   "clusters",
		Short: "Compare the clusters of two runs, and keep the ids of entities",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("verb of clusters", args[0], []string{"diff"})
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.clustersDiff())
	return c
}

func (a *app) clustersDiff() *cobra.Command {
	f, carry := &common{}, ""
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what joined, split, moved, appeared and vanished between two runs",
		Long: `diff compares two files of clusters (id,cluster_id, as ledsq dedupe writes them)
by their records. A new cluster goes on under the id of the old one that it
shares most records with; an id never passes to a cluster of strangers. Reports
name records and clusters by their ids and hold no other value.

--carry FILE gets the clusters of NEW under the ids that go on: give it as OLD
the next time.`,
		Example: `  ledsq clusters diff october.csv november.csv --carry november-ids.csv --out csv=changes.csv`,
		Args:    files(2, 2, "two files"),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.runClustersDiff(f, carry, args)
		},
	}
	c.Flags().StringArrayVar(&f.out, "out", nil, outUsage(report.ChangeFormats()))
	c.Flags().StringVar(&carry, "carry", "", "`FILE` for the clusters of NEW under the ids that go on, CSV")
	return c
}

func (a *app) runClustersDiff(f *common, carry string, paths []string) error {
	var err error
	if f.specs, err = parseOut(f.out, report.ChangeFormats()); err != nil {
		return err
	}
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	to, err := outs.openReports(f.specs)
	if err != nil {
		return err
	}
	var ids io.Writer
	if carry != "" {
		if ids, err = outs.open(carry); err != nil {
			return err
		}
	}
	var sides [2][]dedupe.Membership
	for i, path := range paths {
		if sides[i], err = readMemberships(a, path, "id", "cluster_id"); err != nil {
			return err
		}
	}
	carried, changes, err := dedupe.CarryIDs(sides[0], sides[1], dedupe.CarryOptions{})
	if err != nil {
		return aborted(err)
	}
	h := f.header("clusters diff", paths)
	for i, s := range f.specs {
		if err := report.WriteChanges(to[i], s.format, h, changes); err != nil {
			return written(err)
		}
	}
	if ids != nil {
		if err := dedupe.WriteMemberships(ids, carried); err != nil {
			return written(err)
		}
	}
	return outs.commit()
}
