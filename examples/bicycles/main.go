// Bicycles finds reports of one stolen bicycle among many, which are records of no
// kind that ledsq knows: a model in YAML says which columns are compared and how.
// The command does the same by
//
//	ledsq dedupe --model bicycles.yaml --clusters clusters.csv stolen.csv
package main

import (
	"context"
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"log"
	"os"
	"slices"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/normalise"
)

//go:embed bicycles.yaml stolen.csv
var files embed.FS

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, w io.Writer) error {
	ids, res, err := match(ctx)
	if err != nil {
		return err
	}
	tell(w, ids, res)
	return nil
}

// tell lists the pairs that want people.
func tell(w io.Writer, ids []string, res *dedupe.Result) {
	for i, p := range res.Pairs {
		if p.Decision == dedupe.Review {
			fmt.Fprintf(w, "%s and %s, probability %.2f: %s\n", ids[p.A], ids[p.B], p.Probability, res.Explain(i).Reason)
		}
	}
}

// match compares the reports and gives their references, too.
func match(ctx context.Context) ([]string, *dedupe.Result, error) {
	model, err := files.Open("bicycles.yaml")
	if err != nil {
		return nil, nil, err
	}
	schema, err := dedupe.ParseSchema(model)
	if err != nil {
		return nil, nil, fmt.Errorf("bicycles.yaml: %w", err)
	}
	finder, err := dedupe.NewSchemaFinder(schema, dedupe.Config{})
	if err != nil {
		return nil, nil, err
	}
	reports, err := files.Open("stolen.csv")
	if err != nil {
		return nil, nil, err
	}
	rows, err := csv.NewReader(reports).ReadAll()
	if err != nil {
		return nil, nil, err
	}
	header, columns := rows[0], schema.Columns()
	var ids []string
	for _, row := range rows[1:] {
		values := make([]string, len(columns))
		for i, c := range columns {
			values[i] = row[slices.Index(header, c)]
		}
		id := row[slices.Index(header, schema.ID)]
		ids = append(ids, id)
		if err := finder.AddRow(finder.PrepareValues(id, values, normalise.Options{})); err != nil {
			return nil, nil, err
		}
	}
	res, err := finder.Find(ctx)
	return ids, res, err
}
