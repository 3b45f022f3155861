// Package edit tells how far one word is from another.
package edit

// Distance gives the optimal string alignment distance in bytes: how many
// letters to put in, take out, replace, or exchange with a neighbour make one
// word of the other. Long texts cost time in the product of their lengths.
func Distance(a, b string) int {
	var space [3][64]int
	var rows [3][]int
	for i := range rows {
		if len(b) < len(space[i]) {
			rows[i] = space[i][:len(b)+1]
		} else {
			rows[i] = make([]int, len(b)+1)
		}
	}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
