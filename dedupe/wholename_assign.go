package dedupe

import "math"

// pairing says which word goes with which, -1 for none.
type pairing struct {
	of, back [maxNameWords]int
	price    [maxNameWords][maxNameWords]float64
	level    [maxNameWords][maxNameWords]NameLevel
}

// pairUp pairs the words of two names so that the sum of prices is least (the
// Hungarian method, O(n³) for n up to 16). Every word of the shorter name is
// paired, if only with one that has nothing to do with it; of the longer name
// those are left over that cost least.
func pairUp(a, b *plainWords, m *pairing) {
	n := max(a.n, b.n)
	var price [maxNameWords][maxNameWords]float64
	for i := range n {
		for j := range n {
			switch {
			case i >= a.n:
				price[i][j] = leftOut(b, j)
			case j >= b.n:
				price[i][j] = leftOut(a, i)
			default:
				p, level := priceOf(a.at(i), b.at(j))
				m.price[i][j], m.level[i][j] = p, level
				// Of two ways that cost the same, the one nearer the order of the words.
				price[i][j] = p*role(a, i, b, j, level) + 1e-6*math.Abs(float64(i-j))
			}
		}
	}
	for i := range m.of {
		m.of[i], m.back[i] = -1, -1
	}
	for j, i := range cheapest(&price, n) {
		if j < b.n && i < a.n && j < n {
			m.of[i], m.back[j] = j, i
		}
	}
}

// cheapest gives for every column the row that the cheapest assignment gives it:
// shortest augmenting paths with potentials.
func cheapest(price *[maxNameWords][maxNameWords]float64, n int) (rowOf [maxNameWords]int) {
	var u, v [maxNameWords + 1]float64
	var match [maxNameWords + 1]int // row of a column, both from 1
	for row := 1; row <= n; row++ {
		var way [maxNameWords + 1]int
		var least [maxNameWords + 1]float64
		var used [maxNameWords + 1]bool
		for j := range least {
			least[j] = math.Inf(1)
		}
		match[0] = row
		j0 := 0
		for match[j0] != 0 {
			used[j0] = true
			i0, delta, j1 := match[j0], math.Inf(1), 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if d := price[i0-1][j-1] - u[i0] - v[j]; d < least[j] {
					least[j], way[j] = d, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := 0; j <= n; j++ {
				if used[j] {
					u[match[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
		}
		for j0 != 0 {
			match[j0] = match[way[j0]]
			j0 = way[j0]
		}
	}
	for j := 1; j <= maxNameWords; j++ {
		rowOf[j-1] = maxNameWords
		if j <= n {
			rowOf[j-1] = match[j] - 1
		}
	}
	return rowOf
}
