package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"leds.internal/ledsq/internal/table"
	"leds.internal/ledsq/normalise"
)

// runAs reads one value per line.
func (a *app) runAs(ctx context.Context, f *common, name string, safe bool, paths []string) error {
	if err := f.parse(a); err != nil {
		return err
	}
	read, ok := normalise.As(name)
	if !ok {
		if near := nearest(name, normalise.Types()); near != "" {
			return usage("there is no type %q: did you mean %s?", name, near)
		}
		return usage("there is no type %q: use one of %s", name, strings.Join(normalise.Types(), ", "))
	}
	specs, err := parseOut(byEnding(f.out), []string{"csv", "parquet", "xlsx"})
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	outs := &outputs{app: a, inputs: paths}
	defer outs.discard()
	w, err := outs.open(specs[0].path)
	if err != nil {
		return err
	}
	opts := f.normalising()
	t := table.NewWriter(w, table.Format(specs[0].format), table.Options{Sheet: "Values", Exact: !safe})
	defer t.Abort()
	err = t.Write([]string{"input", "status", "canonical", "reason"})
	for _, path := range paths {
		if err != nil {
			return written(err)
		}
		err = eachLine(ctx, a, path, func(line string) error {
			r := read(line, opts)
			return t.Write([]string{line, string(r.Status), normalise.CanonicalText(name, r), r.Reason})
		})
		if err != nil {
			return aborted(err)
		}
	}
	if err := t.Close(); err != nil {
		return written(err)
	}
	return outs.commit()
}

// eachLine gives the lines of a file without their ends.
func eachLine(ctx context.Context, a *app, path string, use func(string) error) error {
	src := a.stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("%s can't be read: %w", path, bare(err))
		}
		defer file.Close()
		src = file
	}
	in := bufio.NewReaderSize(src, 64<<10)
	for first := true; ; first = false {
		line, err := in.ReadString('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("%s can't be read: %w", path, bare(err))
		}
		if line == "" && err == io.EOF {
			return ctx.Err()
		}
		if first {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if e := use(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")); e != nil {
			return e
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
