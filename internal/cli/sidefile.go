package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/evaluate"
)

// openSide opens a file that goes with records: clusters, truth, decisions,
// pairs. "-" is standard input.
func openSide(a *app, path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.stdin), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, aborted(fmt.Errorf("%s can't be opened: %w", path, bare(err)))
	}
	return f, nil
}

// eachPair reads a file of pairs. Without decisions in it a pair is a match from
// the probability match on; 0 is that of the reader.
func (a *app) eachPair(ctx context.Context, path string, match float64, use func(evaluate.Scored) error) error {
	f, err := openSide(a, path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // read only
	return aborted(evaluate.ReadPairs(f, path, match, func(p evaluate.Scored) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return use(p)
	}))
}

func readMemberships(a *app, path, record, cluster string) ([]dedupe.Membership, error) {
	f, err := openSide(a, path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	list, err := dedupe.ReadMemberships(f, path, record, cluster)
	return list, aborted(err)
}

// readJudgements reads a decisions file; "" is none.
func readJudgements(a *app, path string) ([]dedupe.Judgement, error) {
	if path == "" {
		return nil, nil
	}
	f, err := openSide(a, path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	list, err := dedupe.ReadJudgements(f, path)
	return list, aborted(err)
}

// openReports opens an output for each --out.
func (o *outputs) openReports(specs []outSpec) ([]io.Writer, error) {
	var to []io.Writer
	for _, s := range specs {
		w, err := o.open(s.path)
		if err != nil {
			return nil, err
		}
		to = append(to, w)
	}
	return to, nil
}

// outUsage describes --out for a verb with these formats.
func outUsage(formats []string) string {
	return "`FORMAT=PATH` of a report, repeatable; FORMAT alone or PATH - is standard output; formats: " + strings.Join(formats, " ") + " (default: text)"
}
