package similarity

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestJaroWinkler(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
		why  string
	}{
		{"MARTHA", "MARHTA", 0.9611, "Winkler's own example"},
		{"DWAYNE", "DUANE", 0.84, "Winkler's own example"},
		{"DIXON", "DICKSONX", 0.8133, "Winkler's own example"},
		{"Zoë", "Zoe", 0.8222, "letters, not bytes"},
		{"", "A", 0, "missing is not agreement"},
		{"", "", 0, "nor are two missing ones"},
	} {
		if got := JaroWinkler(tt.a, tt.b); math.Abs(got-tt.want) > 0.0001 {
			t.Errorf("%q %q: %.4f, want %.4f: %s", tt.a, tt.b, got, tt.want, tt.why)
		}
	}
}

func TestSoundex(t *testing.T) {
	// The examples of the American Soundex rules of the National Archives.
	for name, want := range map[string]string{"ROBERT": "R163", "RUPERT": "R163", "RUBIN": "R150", "ASHCRAFT": "A261", "TYMCZAK": "T522",
		"PFISTER": "P236", "HONEYMAN": "H555", "JACKSON": "J250", "GUTIERREZ": "G362", "VANDEUSEN": "V532", "WASHINGTON": "W252", "LEE": "L000", "": "", "1": ""} {
		if got := Soundex(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"SMITH", "SMITH", 0}, {"SMITH", "SMIHT", 1}, {"SMITH", "SMYTH", 1}, {"SMITH", "SMITHE", 1}, {"CA", "ABC", 3}, {"JONES", "SMITH", 3}, {"É", "E", 1}} {
		if got := Distance(tt.a, tt.b, 2); min(got, 3) != tt.want {
			t.Errorf("%s %s: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestMeasuresAreSymmetricAndBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.StringMatching(`[A-ZÀ-Ý]{0,70}`).Draw(t, "b")
		jw := JaroWinkler(a, b)
		if jw != JaroWinkler(b, a) || jw < 0 || jw > 1 {
			t.Fatalf("%q %q: %v", a, b, jw)
		}
		if Distance(a, b, 3) != Distance(b, a, 3) {
			t.Fatalf("distance of %q %q", a, b)
		}
		_ = Soundex(a)
	})
}
