package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/report"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// maxEarlier is how many earlier results a trend is drawn of.
const maxEarlier = 100

// besides reads what the page shows beside this run into the header: the results
// of --earlier and the evaluation.
func (f *common) besides(h *report.Header) error {
	if err := f.evaluated(h); err != nil || len(f.earlier) == 0 {
		return err
	}
	if !f.writesHTML() {
		return usage("--earlier is for trends in the HTML report: add --out html=FILE")
	}
	if len(f.earlier) > maxEarlier {
		return usage("--earlier was given %d times: a trend shows at most %d runs", len(f.earlier), maxEarlier)
	}
	for _, path := range f.earlier {
		e, err := readEarlier(path)
		if err != nil {
			return err
		}
		if err := e.Comparable(h); err != nil {
			return usage("--earlier %s: %w", path, err)
		}
		h.Earlier = append(h.Earlier, e)
	}
	report.SortEarlier(h.Earlier)
	return nil
}

// fairness adds the flag of verbs that match.
func (f *common) fairness(c *cobra.Command) {
	c.Flags().StringVar(&f.evaluation, "evaluation", "", "JSON `FILE` of an evaluation that compares groups: the HTML report shows its fairness tables")
}

// evaluated reads the file of --evaluation into the header.
func (f *common) evaluated(h *report.Header) error {
	if f.evaluation == "" {
		return nil
	}
	if !f.writesHTML() {
		return usage("--evaluation is for the HTML report: add --out html=FILE")
	}
	file, err := os.Open(f.evaluation)
	if err != nil {
		return aborted(fmt.Errorf("--evaluation %s: %w", f.evaluation, bare(err)))
	}
	defer file.Close()
	if h.Fairness, err = report.ReadFairness(file); err != nil {
		return usage("--evaluation %s: %w", f.evaluation, err)
	}
	return nil
}

func (f *common) writesHTML() bool {
	return slices.ContainsFunc(f.specs, func(s outSpec) bool { return s.format == "html" })
}

func readEarlier(path string) (report.Earlier, error) {
	file, err := os.Open(path)
	if err != nil {
		return report.Earlier{}, aborted(fmt.Errorf("--earlier %s: %w", path, bare(err)))
	}
	defer file.Close()
	e, err := report.ReadEarlier(file)
	if err != nil {
		return e, usage("--earlier %s: %w", path, err)
	}
	return e, nil
}

// whose gives the force and the source of a record as a report names them.
func whose(h *record.Envelope, file string) (force, source string) {
	if code := strings.TrimSpace(h.OwnerCode); len(code) >= 2 {
		force = normalise.ForceName(code[:2])
		if force == "" {
			force = "code " + code[:2]
		}
	}
	if source = strings.TrimSpace(h.SourceSystem); source == "" {
		source = file
	}
	return force, source
}

// valueOf gives what a record holds in a field, as the report may show it.
func (f *common) valueOf(r record.Record) func(string) string {
	if r == nil {
		return nil
	}
	return func(name string) string {
		col, ok := record.FindColumn(r.Kind(), name)
		if !ok {
			return ""
		}
		return f.mask(col.Field, col.Get(r))
	}
}

// setPairs gives pairs as a page lists them.
func setPairs(res *dedupe.Result, ids *idList) []report.SetPair {
	out := make([]report.SetPair, len(res.Pairs))
	for i := range res.Pairs {
		p := &res.Pairs[i]
		out[i] = report.SetPair{A: ids.at(p.A), B: ids.at(p.B), Weight: p.Weight, Probability: p.Probability, Decision: string(p.Decision), Reason: res.Explain(i).Reason}
	}
	return out
}

// clusterOf gives for each of n records the first of its cluster.
func clusterOf(n int, clusters [][]int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	for _, c := range clusters {
		for _, i := range c {
			out[i] = slices.Min(c)
		}
	}
	return out
}
