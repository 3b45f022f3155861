// Command quality measures rules and scores on generated records whose errors
// are known: which errors are caught and by which rule, false alarms, how well
// the score tells a right record from a wrong one, and amendments good and bad.
//
//	go run ./bench/quality -n 20000 -seed 7
//
// It writes Markdown. docs/quality.md holds what it wrote, and says what cannot
// be caught and why.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"leds.internal/ledsq"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

func main() {
	n := flag.Int("n", 20000, "records a kind, and pairs of an amendment")
	seed := flag.Uint64("seed", 7, "seed of the generator")
	fields := flag.Bool("fields", false, "a row for each field of an error type")
	flag.Parse()
	w := bufio.NewWriter(os.Stdout)
	err := run(context.Background(), w, *n, *seed, *fields)
	if e := w.Flush(); err == nil {
		err = e
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "quality:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, n int, seed uint64, fields bool) error {
	e, err := ledsq.New(ledsq.Config{AsOf: sample.DefaultAsOf()})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Measured with `go run ./bench/quality -n %d -seed %d`; %d rules, as of %s.\n", n, seed, len(e.Rules()), e.AsOf().Format("2006-01-02"))
	for _, k := range record.Kinds() {
		b := &bench{ctx: ctx, e: e, kind: k, n: n, seed: seed, fields: fields}
		if err := b.errors(w); err != nil {
			return err
		}
	}
	for _, k := range record.Kinds() {
		b := &bench{ctx: ctx, e: e, kind: k, n: n, seed: seed}
		if err := b.amendments(w); err != nil {
			return err
		}
	}
	return nil
}
