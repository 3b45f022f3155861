package edit_test

import (
	"fmt"
	"strings"
	"testing"

	"leds.internal/ledsq/internal/edit"
	"pgregory.net/rapid"
)

func ExampleDistance() {
	fmt.Println(edit.Distance("surname", "surnmae"), edit.Distance("surname", "forename"))
	// Output: 1 3
}

func TestDistance(t *testing.T) {
	long := strings.Repeat("abcdefgh", 20)
	for _, tt := range []struct {
		a, b string
		want int
		why  string
	}{
		{"", "", 0, "nothing"},
		{"", "abc", 3, "put in"},
		{"FOCUS", "FOCS", 1, "taken out"},
		{"FOCUS", "FOCIS", 1, "replaced"},
		{"FOCUS", "FOUCS", 1, "exchanged"},
		{"CA", "ABC", 3, "a pair exchanged is not edited again"},
		{long, long + "x", 1, "longer than the space on the stack"},
	} {
		if got := edit.Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("%q, %q: %d, want %d: %s", tt.a, tt.b, got, tt.want, tt.why)
		}
	}
}

func TestSymmetry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringN(0, 12, 20).Draw(t, "a"), rapid.StringN(0, 12, 20).Draw(t, "b")
		d := edit.Distance(a, b)
		if d != edit.Distance(b, a) || d > max(len(a), len(b)) || (d == 0) != (a == b) {
			t.Fatalf("%q, %q: %d", a, b, d)
		}
	})
}
