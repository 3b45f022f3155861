package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func (a *app) man() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages, one for each verb",
		Long:    "man writes a page of section 1 for each verb into a folder that is there already.",
		Example: "  ledsq man /usr/local/share/man/man1",
		Args:    files(1, 1, "one folder"),
		RunE: func(c *cobra.Command, args []string) error {
			outs := &outputs{app: a}
			defer outs.discard()
			if err := a.manPages(c.Root(), args[0], outs); err != nil {
				return err
			}
			return outs.commit()
		},
	}
}

func (a *app) manPages(c *cobra.Command, dir string, outs *outputs) error {
	w, err := outs.open(filepath.Join(dir, strings.ReplaceAll(c.CommandPath(), " ", "-")+".1"))
	if err != nil {
		return err
	}
	c.DisableAutoGenTag = true
	day := a.clock()
	err = doc.GenMan(c, &doc.GenManHeader{Section: "1", Date: &day, Source: "ledsq " + moduleVersion(), Manual: "ledsq"}, w)
	if err != nil {
		return written(err)
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && !sub.IsAdditionalHelpTopicCommand() {
			if err := a.manPages(sub, dir, outs); err != nil {
				return err
			}
		}
	}
	return nil
}
