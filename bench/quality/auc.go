package main

import (
	"fmt"
	"io"
	"slices"

	"leds.internal/ledsq/sample"
)

// auc measures the score on a realistic mixture: how often a record with an
// error scores lower than one without, ties counting half. An error that
// normalising put right is none: the record that is scored does not hold it.
func (b *bench) auc(w io.Writer, clean []judged) error {
	profile, _ := sample.ProfileByName("realistic")
	var right, wrong, shownWrong []float64
	err := b.generate(profile, b.n, -1, func(i int, j judged) error {
		bad, show := false, false
		for _, e := range j.errors {
			if variation(e.Type) {
				continue
			}
			if fold(get(&clean[i], e.Field)) == fold(get(&j, e.Field)) {
				continue // put right by normalising: the record that is scored is right
			}
			bad = true
			show = show || shown(e.Type, &clean[i], &j)
		}
		switch {
		case !bad:
			right = append(right, j.score)
		default:
			wrong = append(wrong, j.score)
			if show {
				shownWrong = append(shownWrong, j.score)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nArea under the ROC curve of the score, profile `realistic`: %.3f for errors the record itself shows (%d records), %.3f for all planted errors (%d), against %d records without.\n",
		area(shownWrong, right), len(shownWrong), area(wrong, right), len(wrong), len(right))
	return nil
}

func variation(name string) bool {
	for _, t := range sample.ErrorTypes() {
		if t.Name == name {
			return t.Variation
		}
	}
	return false
}

// area gives the share of pairs in which the wrong one scores lower.
func area(wrong, right []float64) float64 {
	if len(wrong) == 0 || len(right) == 0 {
		return 0.5
	}
	right = slices.Sorted(slices.Values(right))
	sum := 0.0
	for _, x := range wrong {
		lo, _ := slices.BinarySearch(right, x)
		hi := lo
		for hi < len(right) && right[hi] == x {
			hi++
		}
		sum += float64(len(right)-hi) + float64(hi-lo)/2
	}
	return sum / float64(len(wrong)) / float64(len(right))
}
