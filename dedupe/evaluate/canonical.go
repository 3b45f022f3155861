package evaluate

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// canonical numbers records by their ids, and entities and clusters by their
// first records, so that not even the last digit of a sum depends on the order of
// the rows. It uses up the pairs.
func (in *Input) canonical() error {
	n := in.Records.Len()
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	ids := in.Records.ids
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(ids[a], ids[b]) })
	now, sorted := make([]int32, n), make([]string, n)
	for k, i := range order {
		now[i], sorted[k] = int32(k), ids[i]
	}
	in.Records = &Records{ids: sorted}
	// move gives values by record in the new order, -1 where there is none.
	move := func(of []int32) []int32 {
		out := make([]int32, n)
		for k, i := range order {
			out[k] = -1
			if int(i) < len(of) {
				out[k] = of[i]
			}
		}
		return out
	}
	if in.Clusters != nil {
		in.Clusters, _ = firstMet(move(in.Clusters))
	}
	groups := slices.Clone(in.Group)
	for i := range groups {
		groups[i].Of = move(groups[i].Of)
	}
	in.Group = groups
	if t := in.Truth; t != nil {
		moved := &Truth{known: t.known, labels: slices.Clone(t.labels)}
		moved.unit, moved.units = firstMet(move(t.unit))
		for i, l := range moved.labels {
			moved.labels[i] = Label{now[l.A], now[l.B], l.Same}
		}
		slices.SortFunc(moved.labels, func(x, y Label) int { return cmp.Compare(key(x.A, x.B), key(y.A, y.B)) })
		in.Truth = moved
	}
	if in.Pairs == nil {
		return nil
	}
	if in.Pairs.used {
		return errors.New("evaluate: pairs can be evaluated once")
	}
	in.Pairs.used = true
	list := in.Pairs.list
	for i := range list {
		list[i].A, list[i].B = now[list[i].A], now[list[i].B]
	}
	slices.SortFunc(list, func(x, y Pair) int { return cmp.Compare(key(x.A, x.B), key(y.A, y.B)) })
	for i := 1; i < len(list); i++ {
		if key(list[i].A, list[i].B) == key(list[i-1].A, list[i-1].B) {
			return errors.New("evaluate: a pair of records stands twice among the pairs: its ids tell no two files apart, or the file holds more than one run")
		}
	}
	return nil
}

// firstMet numbers values in the order met, and says how many there are; below 0
// they stay.
func firstMet(of []int32) ([]int32, int) {
	number := map[int32]int32{}
	for i, v := range of {
		if v < 0 {
			continue
		}
		k, ok := number[v]
		if !ok {
			k = int32(len(number))
			number[v] = k
		}
		of[i] = k
	}
	return of, len(number)
}
