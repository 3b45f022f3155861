package evaluate

import (
	"fmt"
	"math"
	"testing"
)

// BenchmarkEvaluate measures a hundred thousand records with two hundred thousand
// pairs and their clusters.
func BenchmarkEvaluate(b *testing.B) {
	const n = 100_000
	r := NewRecords()
	entity, cluster := make([]int32, n), make([]int32, n)
	g := Grouping{Name: "g", Labels: []string{"a", "b", "c"}, Of: make([]int32, n)}
	for i := range n {
		r.Number(fmt.Sprint("R", i))
		entity[i], cluster[i], g.Of[i] = int32(i/2), int32(i/2), int32(i%3)
		if i%20 == 0 {
			cluster[i] = int32(n + i)
		}
	}
	truth := ByEntity(entity)
	fill := func() *Pairs {
		pairs := NewPairs(r, truth, 0.9, 10)
		for i := range 2 * n {
			w := float64(i%4000)/200 - 5
			a, c := i%n, (i%n+1+(i/n)*7+i%5)%n
			if err := pairs.Add(Scored{A: r.ID(int32(a)), B: r.ID(int32(c)), Weight: w, Probability: 1 / (1 + math.Exp2(-w))}); err != nil {
				b.Fatal(err)
			}
		}
		return pairs
	}
	for b.Loop() {
		b.StopTimer()
		pairs := fill()
		b.StartTimer()
		if _, err := Evaluate(Input{Records: r, Truth: truth, Pairs: pairs, Clusters: cluster, Group: []Grouping{g}, Worst: 10}); err != nil {
			b.Fatal(err)
		}
	}
}
