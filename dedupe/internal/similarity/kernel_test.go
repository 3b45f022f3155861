package similarity

import (
	"testing"

	"github.com/xrash/smetrics"
	"pgregory.net/rapid"
)

// plainDistance is the same distance by the whole table, without any short cut.
func plainDistance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		for j := range d[i] {
			if i == 0 || j == 0 {
				d[i][j] = i + j
				continue
			}
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return min(d[len(x)][len(y)], limit+1)
}

// same compares the kernels with what they stand for, to the last bit.
func same(t interface {
	Fatalf(string, ...any)
}, a, b string) {
	for limit := range 4 {
		if got, want := Distance(a, b, limit), plainDistance(a, b, limit); got != want {
			t.Fatalf("distance of %q and %q up to %d: %d, want %d", a, b, limit, got, want)
		}
	}
	if a == "" || b == "" {
		return
	}
	x, y, ok := pack(a, b)
	if !ok {
		return
	}
	if got, want := JaroWinkler(a, b), min(smetrics.JaroWinkler(x, y, 0.7, 4), 1); got != want {
		t.Fatalf("Jaro-Winkler of %q and %q: %v, want %v", a, b, got, want)
	}
}

func TestKernelsEqualTheirReference(t *testing.T) {
	few := rapid.StringMatching(`[AB ]{0,12}`)
	long := rapid.StringMatching(`[A-D]{0,70}`)
	odd := rapid.StringMatching(`[ABÉØ]{0,9}`)
	rapid.Check(t, func(t *rapid.T) {
		for _, g := range []*rapid.Generator[string]{few, long, odd} {
			same(t, g.Draw(t, "a"), g.Draw(t, "b"))
		}
		// One text and the same with a few letters changed.
		a := []byte(long.Draw(t, "text"))
		b := append([]byte(nil), a...)
		for range rapid.IntRange(0, 3).Draw(t, "changes") {
			if len(b) > 1 {
				i := rapid.IntRange(0, len(b)-2).Draw(t, "at")
				switch rapid.IntRange(0, 2).Draw(t, "what") {
				case 0:
					b[i], b[i+1] = b[i+1], b[i]
				case 1:
					b = append(b[:i], b[i+1:]...)
				default:
					b[i] = 'X'
				}
			}
		}
		same(t, string(a), string(b))
	})
}

func FuzzKernels(f *testing.F) {
	f.Add("MARTHA", "MARHTA")
	f.Add("CA", "ABC")
	f.Add("\xffA", "É")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) < 300 && len(b) < 300 {
			same(t, a, b)
		}
	})
}

func BenchmarkJaroWinkler(b *testing.B) {
	for _, p := range [][2]string{{"KATHERINE", "CATHARINE"}, {"SMITH", "SCHMIDT"}, {"moyer.stephen@hotmail.co.uk", "s.moyer@hotmail.co.uk"}} {
		b.Run(p[0], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				JaroWinkler(p[0], p[1])
			}
		})
	}
}

func BenchmarkDistance(b *testing.B) {
	for _, p := range [][2]string{{"KATHERINE", "CATHARINE"}, {"SMITH", "SMIHT"}, {"07513015459", "07513015495"}} {
		b.Run(p[0], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Distance(p[0], p[1], 2)
			}
		})
	}
}
