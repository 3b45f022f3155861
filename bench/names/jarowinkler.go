package main

// jaroWinkler is the measure as its authors describe it, over characters, with
// the customary prefix of 4 and weight of 0.1 above 0.7: what a name comparison
// has to beat.
func jaroWinkler(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	reach := max(max(len(x), len(y))/2-1, 0)
	inX, inY := make([]bool, len(x)), make([]bool, len(y))
	common := 0.0
	for i := range x {
		for j := max(0, i-reach); j <= min(len(y)-1, i+reach); j++ {
			if !inY[j] && x[i] == y[j] {
				inX[i], inY[j] = true, true
				common++
				break
			}
		}
	}
	if common == 0 {
		return 0
	}
	moved, j := 0.0, 0
	for i := range x {
		if !inX[i] {
			continue
		}
		for !inY[j] {
			j++
		}
		if x[i] != y[j] {
			moved++
		}
		j++
	}
	jaro := (common/float64(len(x)) + common/float64(len(y)) + (common-moved/2)/common) / 3
	if jaro <= 0.7 {
		return jaro
	}
	prefix := 0
	for prefix < min(4, len(x), len(y)) && x[prefix] == y[prefix] {
		prefix++
	}
	return jaro + 0.1*float64(prefix)*(1-jaro)
}
