package normalise

import (
	"encoding/csv"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

// namePairs is a file of labelled pairs of names with the columns case_group,
// name1, name2 and is_match, for the table in docs/normalise.md. It is no part
// of the repository.
var namePairs = flag.String("name-pairs", "", "file of labelled name pairs to measure")

// pairSteps are ways of calling two names the same, each wider than the one before.
var pairSteps = []struct {
	name string
	same func(a, b string) bool
}{
	{"as typed", func(a, b string) bool { return a == b }},
	{"Fold", func(a, b string) bool { return Fold(a) == Fold(b) }},
	{"FoldName", func(a, b string) bool { return FoldName(a) == FoldName(b) }},
	{"words in any order", func(a, b string) bool { return alike(a, b, func(x, y string) bool { return x == y }) }},
	{"and NameLink", func(a, b string) bool { return alike(a, b, linkedWords) }},
	{"and Skeleton", func(a, b string) bool {
		return alike(a, b, func(x, y string) bool { return linkedWords(x, y) || Skeleton(x) == Skeleton(y) })
	}},
	{"and DaitchMokotoff", func(a, b string) bool {
		return alike(a, b, func(x, y string) bool {
			return linkedWords(x, y) || Skeleton(x) == Skeleton(y) || slices.ContainsFunc(DaitchMokotoff(x), func(c string) bool { return slices.Contains(DaitchMokotoff(y), c) })
		})
	}},
}

func linkedWords(x, y string) bool {
	_, _, ok := NameLink(x, y)
	return x == y || ok
}

// alike says whether every word of one name has a word of its own in the other.
func alike(a, b string, same func(x, y string) bool) bool {
	left, right := strings.Fields(FoldName(a)), strings.Fields(FoldName(b))
	if len(left) != len(right) {
		return false
	}
	for _, x := range left {
		i := slices.IndexFunc(right, func(y string) bool { return same(x, y) })
		if i < 0 {
			return false
		}
		right = slices.Delete(right, i, i+1)
	}
	return true
}

// TestNamePairs prints what normalising alone equates, rightly and wrongly.
func TestNamePairs(t *testing.T) {
	if *namePairs == "" {
		t.Skip("-name-pairs FILE measures")
	}
	f, err := os.Open(*namePairs)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	groups := []string{"all"}
	type count struct{ pairs, hits [2]int }
	for _, step := range pairSteps {
		found := map[string]*count{}
		for _, row := range rows[1:] {
			match := 0
			if row[4] == "true" {
				match = 1
			}
			if !slices.Contains(groups, row[0]) {
				groups = append(groups, row[0])
			}
			for _, g := range [...]string{"all", row[0]} {
				if found[g] == nil {
					found[g] = &count{}
				}
				found[g].pairs[match]++
				if step.same(row[2], row[3]) {
					found[g].hits[match]++
				}
			}
		}
		for _, g := range groups {
			c := found[g]
			t.Logf("%-20s %-14s rightly %3d of %3d, wrongly %3d of %3d", step.name, g, c.hits[1], c.pairs[1], c.hits[0], c.pairs[0])
		}
	}
}
