// Command f1 measures clusters against a labelled file: precision, recall and
// F1 over all pairs of records that share a cluster.
//
//	go run ./bench/f1 -truth people.csv -id unique_id -entity cluster clusters.csv
package main

import (
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	truth := flag.String("truth", "", "labelled CSV file")
	id := flag.String("id", "id", "its column of record ids")
	entity := flag.String("entity", "cluster", "its column of true entities")
	flag.Parse()
	if *truth == "" || flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(os.Stdout, *truth, *id, *entity, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "f1:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, truth, id, entity, clusters string) error {
	want, err := columns(truth, id, entity)
	if err != nil {
		return err
	}
	got, err := columns(clusters, "id", "cluster_id")
	if err != nil {
		return err
	}
	found, whole, both := map[string]int{}, map[string]int{}, map[[2]string]int{}
	for record, c := range got {
		e, ok := want[record]
		if !ok {
			return fmt.Errorf("record %s of %s is not in %s", record, clusters, truth)
		}
		found[c]++
		whole[e]++
		both[[2]string{c, e}]++
	}
	tp, p, t := pairs(both), pairs(found), pairs(whole)
	_, err = fmt.Fprintf(w, "records %d  true pairs %.0f  found %.0f  precision %.4f  recall %.4f  F1 %.4f\n",
		len(got), t, p, tp/max(p, 1), tp/max(t, 1), 2*tp/max(p+t, 1))
	return err
}

func pairs[K comparable](sizes map[K]int) float64 {
	sum := 0.0
	for _, n := range sizes {
		sum += float64(n) * float64(n-1) / 2
	}
	return sum
}

// columns reads two columns of a CSV file as a map.
func columns(path, key, value string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	r := csv.NewReader(f)
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return nil, err
	}
	k, v := -1, -1
	for i, h := range header {
		switch h {
		case key:
			k = i
		case value:
			v = i
		}
	}
	if k < 0 || v < 0 {
		return nil, fmt.Errorf("%s has no columns %s and %s", path, key, value)
	}
	out := map[string]string{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out[row[k]] = row[v]
	}
}
