// Command names measures the comparison of whole names against graded pairs: the
// area under the ROC curve, beside plain Jaro-Winkler's, in all and by group. A
// group with pairs of one kind only is ranked against all pairs of the other.
//
//	go run ./bench/names name_pairs.csv
//	go run ./bench/names -sample 20000
//
// The file is CSV with the columns name1, name2 and is_match, and quality and
// category where there are any; -sample takes the names of a sample population
// instead, one person's against those of the household. The names of a file stay where they are: -worst prints
// those that rank worst, which are for the eyes of whoever holds the file.
package main

import (
	"cmp"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"leds.internal/ledsq/dedupe"
)

func main() {
	worst := flag.Int("worst", 0, "print so many of the pairs that rank worst")
	rounds := flag.Int("bootstrap", 2000, "bootstrap samples for the intervals")
	n := flag.Int("sample", 0, "make so many records of sample people instead of reading a file")
	seed := flag.Uint64("seed", 7, "seed of the sample population")
	flag.Parse()
	if (flag.NArg() != 1) == (*n == 0) || *rounds < 1 {
		flag.Usage()
		os.Exit(2)
	}
	var pairs []pair
	var err error
	if *n > 0 {
		pairs, err = population(*n, *seed)
	} else {
		pairs, err = read(flag.Arg(0))
	}
	if err == nil {
		err = run(os.Stdout, pairs, *rounds, *worst)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "names:", err)
		os.Exit(1)
	}
}

// pair is a graded pair with its two scores.
type pair struct {
	a, b, quality, category string
	match                   bool
	ours, plain             float64
	how                     dedupe.NameComparison
}

func run(w io.Writer, pairs []pair, rounds, worst int) error {
	if s, o := counts(pairs); s == 0 || o == 0 {
		return fmt.Errorf("%d pairs of one person and %d of two: both are needed to rank them", s, o)
	}
	for i := range pairs {
		p := &pairs[i]
		p.how = dedupe.CompareNames(p.a, p.b)
		p.ours, p.plain = p.how.Similarity, jaroWinkler(strings.ToUpper(p.a), strings.ToUpper(p.b))
	}
	if _, err := fmt.Fprintf(w, "%-40s %6s %6s  %-22s %s\n", "pairs", "same", "other", "CompareNames (95%)", "Jaro-Winkler (95%)"); err != nil {
		return err
	}
	groups := []func(*pair) string{func(*pair) string { return "all" },
		func(p *pair) string { return "quality " + cmp.Or(p.quality, "(none)") }, func(p *pair) string { return "category " + cmp.Or(p.category, "(none)") }}
	for _, of := range groups {
		byName := map[string][]pair{}
		for i := range pairs {
			byName[of(&pairs[i])] = append(byName[of(&pairs[i])], pairs[i])
		}
		names := make([]string, 0, len(byName))
		for name, list := range byName {
			same, other := counts(list)
			if max(same, other) < 10 || name != "all" && len(list) == len(pairs) {
				continue // too few to say anything, or all again
			}
			if min(same, other) == 0 { // ranked against all pairs of the other kind
				for _, p := range pairs {
					if p.match == (same == 0) {
						list = append(list, p)
					}
				}
				byName[name] = list
			}
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if err := line(w, name, byName[name], rounds); err != nil {
				return err
			}
		}
	}
	return printWorst(w, pairs, worst)
}

func counts(list []pair) (same, other int) {
	for _, p := range list {
		if p.match {
			same++
		} else {
			other++
		}
	}
	return same, other
}

func line(w io.Writer, name string, list []pair, rounds int) error {
	same, other := counts(list)
	cell := func(score func(*pair) float64) string {
		lo, hi := interval(list, score, rounds)
		return fmt.Sprintf("%.3f (%.3f to %.3f)", auc(list, score), lo, hi)
	}
	_, err := fmt.Fprintf(w, "%-40s %6d %6d  %-22s %s\n", name, same, other,
		cell(func(p *pair) float64 { return p.ours }), cell(func(p *pair) float64 { return p.plain }))
	return err
}

// auc is the probability that a pair of one person scores above one of two,
// ties counting half.
func auc(list []pair, score func(*pair) float64) float64 {
	type scored struct {
		s     float64
		match bool
	}
	all := make([]scored, len(list))
	for i := range list {
		all[i] = scored{score(&list[i]), list[i].match}
	}
	slices.SortFunc(all, func(x, y scored) int { return cmp.Compare(x.s, y.s) })
	wins, below, same := 0.0, 0.0, 0.0
	for i := 0; i < len(all); {
		j, s, o := i, 0.0, 0.0
		for ; j < len(all) && all[j].s == all[i].s; j++ {
			if all[j].match {
				s++
			} else {
				o++
			}
		}
		wins += s * (below + o/2)
		below += o
		same += s
		i = j
	}
	return wins / (same * below)
}

// interval is the bootstrap percentile interval, drawn within matches and others
// so that their numbers stay.
func interval(list []pair, score func(*pair) float64, rounds int) (lo, hi float64) {
	var by [2][]pair
	for _, p := range list {
		k := 0
		if p.match {
			k = 1
		}
		by[k] = append(by[k], p)
	}
	r := rand.New(rand.NewPCG(1, 2))
	areas := make([]float64, rounds)
	drawn := make([]pair, 0, len(list))
	for i := range areas {
		drawn = drawn[:0]
		for _, from := range by {
			for range from {
				drawn = append(drawn, from[r.IntN(len(from))])
			}
		}
		areas[i] = auc(drawn, score)
	}
	slices.Sort(areas)
	return areas[rounds*25/1000], areas[min(rounds*975/1000, rounds-1)]
}

func printWorst(w io.Writer, pairs []pair, n int) error {
	slices.SortStableFunc(pairs, func(x, y pair) int { return cmp.Compare(x.ours, y.ours) })
	for _, match := range []bool{true, false} {
		list := slices.Clone(pairs)
		if !match {
			slices.Reverse(list)
		}
		list = slices.DeleteFunc(list, func(p pair) bool { return p.match != match })
		for _, p := range list[:min(n, len(list))] {
			if _, err := fmt.Fprintf(w, "match %-5v %.3f %.3f  %s | %s  [%s]\n", match, p.ours, p.plain, p.a, p.b, p.how.Level); err != nil {
				return err
			}
		}
	}
	return nil
}

func read(path string) ([]pair, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty", path)
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[h] = i
	}
	cell := func(row []string, name string) string {
		if i, ok := at[name]; ok {
			return row[i]
		}
		return ""
	}
	for _, need := range []string{"name1", "name2", "is_match"} {
		if _, ok := at[need]; !ok {
			return nil, fmt.Errorf("%s has no column %s", path, need)
		}
	}
	var out []pair
	for i, row := range rows[1:] {
		p := pair{a: cell(row, "name1"), b: cell(row, "name2"), quality: cell(row, "quality"), category: cell(row, "category")}
		switch cell(row, "is_match") {
		case "true":
			p.match = true
		case "false":
		default:
			return nil, fmt.Errorf("%s, row %d: is_match must be true or false", path, i+2)
		}
		out = append(out, p)
	}
	return out, nil
}
