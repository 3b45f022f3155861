package evaluate

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestOrderOfRows evaluates the same facts added in two orders, and compares the
// reports byte for byte.
func TestOrderOfRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "n")
		entity, cluster := make([]int32, n), make([]int32, n)
		for i := range n {
			entity[i], cluster[i] = rapid.Int32Range(-1, 5).Draw(t, "entity"), rapid.Int32Range(-1, 5).Draw(t, "cluster")
		}
		var scored []Scored
		for i := range n {
			for k := range i {
				if rapid.Bool().Draw(t, "scored") {
					w := float64(rapid.IntRange(-30, 30).Draw(t, "w")) / 7
					scored = append(scored, Scored{A: fmt.Sprint(i), B: fmt.Sprint(k), Weight: w, Probability: 1 / (1 + math.Exp2(-w))})
				}
			}
		}
		evaluate := func(turned bool) string {
			order := make([]int, n)
			for i := range order {
				order[i] = i
				if turned {
					order[i] = n - 1 - i
				}
			}
			r := NewRecords()
			e, c, g := make([]int32, n), make([]int32, n), Grouping{Name: "g", Labels: []string{"a", "b"}, Of: make([]int32, n)}
			for k, i := range order {
				r.Number(fmt.Sprint(i))
				e[k], c[k], g.Of[k] = entity[i], cluster[i], int32(i%2)
				if turned && e[k] >= 0 {
					e[k] = 9 - e[k] // the numbers of entities mean nothing
				}
			}
			truth := ByEntity(e)
			pairs := NewPairs(r, truth, 0.5, 4)
			list := slices.Clone(scored)
			if turned {
				slices.Reverse(list)
			}
			for _, s := range list {
				if turned {
					s.A, s.B = s.B, s.A
				}
				if err := pairs.Add(s); err != nil {
					t.Fatal(err)
				}
			}
			got, err := Evaluate(Input{Records: r, Truth: truth, Pairs: pairs, Clusters: c, Group: []Grouping{g}, Worst: 4, Sample: 5})
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			return string(text) + fmt.Sprint(got.Plan.Pairs)
		}
		if a, b := evaluate(false), evaluate(true); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

// FuzzReadPairs feeds anything: it must read or refuse, name the file, and never
// hand on what makes no sense.
func FuzzReadPairs(f *testing.F) {
	f.Add("id_a,id_b,weight,probability,decision,reason\n1,2,3.5,0.9,match,x\n")
	f.Add("{\"id_a\":\"1\",\"id_b\":\"2\",\"weight\":3,\"evidence\":[{}]}\n")
	f.Add("\ufeffid_a,id_b,probability\n'=1,2,1\n")
	f.Fuzz(func(t *testing.T, text string) {
		err := ReadPairs(strings.NewReader(text), "p", 0, func(s Scored) error {
			if s.A == "" || s.B == "" || !(s.Probability >= 0 && s.Probability <= 1) || !(math.Abs(s.Weight) <= maxBits) || s.Decision == "" {
				t.Fatalf("handed on: %+v", s)
			}
			return nil
		})
		if err != nil && !strings.HasPrefix(err.Error(), "p: ") {
			t.Fatalf("an error without the file: %v", err)
		}
	})
}

// FuzzReadCalibration feeds anything: what is read is a rising function.
func FuzzReadCalibration(f *testing.F) {
	f.Add(`{"version":1,"knots":[{"weight":1,"probability":0.5,"pairs":1}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ReadCalibration(strings.NewReader(text))
		if err != nil {
			return
		}
		last := 0.0
		for w := -20.0; w < 20; w++ {
			p := c.Probability(w)
			if !(p >= last && p <= 1) {
				t.Fatalf("%v at %v bits, after %v", p, w, last)
			}
			last = p
		}
	})
}
