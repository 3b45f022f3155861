package sample

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"leds.internal/ledsq/record"
)

func TestPermutation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 3000).Draw(t, "n")
		p := newPermutation(n, rapid.Uint64().Draw(t, "key"))
		seen := make([]bool, n)
		for i := range n {
			k := p.at(i)
			if k < 0 || k >= n || seen[k] {
				t.Fatalf("%d of %d: %d", i, n, k)
			}
			seen[k] = true
			if p.place(k) != i {
				t.Fatalf("the place of %d is %d, not %d", k, p.place(k), i)
			}
		}
	})
}

// TestClock compares the quick calendar with package time, and the rule of
// summer time with a few days known.
func TestClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := record.Day(rapid.IntRange(-60000, 40000).Draw(t, "day"))
		y, m, dd := civil(d)
		wy, wm, wd := d.Date()
		if y != wy || m != wm || dd != wd || dayAt(y, m, dd) != d {
			t.Fatalf("day %d is %d-%d-%d, not %d-%d-%d", d, y, m, dd, wy, wm, wd)
		}
	})
	for at, want := range map[string]string{
		"2026-03-29T00:59:00Z": "2026-03-29T00:59:00+00:00",
		"2026-03-29T01:00:00Z": "2026-03-29T02:00:00+01:00",
		"2026-10-25T00:59:00Z": "2026-10-25T01:59:00+01:00",
		"2026-10-25T01:00:00Z": "2026-10-25T01:00:00+00:00",
		"2026-07-01T23:30:00Z": "2026-07-02T00:30:00+01:00",
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := minute(when.Unix() / 60).stamp(); string(got) != want {
			t.Errorf("%s is %s in London, not %s", at, want, string(got))
		}
	}
}

// TestSharesAddUp: what is documented as a share is one.
func TestSharesAddUp(t *testing.T) {
	sum := 0.0
	for _, h := range heritages() {
		sum += h.share
	}
	if sum < 0.9995 || sum > 1.0005 {
		t.Errorf("heritages add up to %f", sum)
	}
	for name, of := range map[string][]float64{"households": shapeShares[:], "scenes": sceneShares[:]} {
		sum = 0
		for _, s := range of {
			sum += s
		}
		if sum < 0.9995 || sum > 1.0005 {
			t.Errorf("%s add up to %f", name, sum)
		}
	}
}

// TestRelatives makes households and looks at what makes them one.
func TestRelatives(t *testing.T) {
	today := record.DayOf(2026, 11, 23)
	met := map[shape]int{}
	for k := range uint64(3000) {
		for s := couple; s < shapes; s++ {
			c := cell{key: key(k, uint64(s)), entities: 2}
			c.member[1], c.shape[0], c.shape[1] = 1, s, s
			a, b := personOf(&c, 0, today, anyAge), personOf(&c, 1, today, anyAge)
			ok := true
			switch s {
			case twins:
				ok = a.born == b.born && (a.given != b.given || a.female != b.female)
			case namesake:
				ok = a.given == b.given && !b.female && ageOn(a.born, b.born) >= 18
			case parent:
				ok = ageOn(a.born, b.born) >= 18
			case couple:
				ok = a.female != b.female && a.homes[0] == b.homes[0]
			case stranger:
				ok = a.given == b.given && a.surname == b.surname && a.key != b.key
			}
			if !ok || a.surname == "" || b.surname == "" || a.given == "" || b.given == "" {
				t.Errorf("shape %d: %+v %+v", s, a, b)
			}
			if b.nHomes < 1 || b.homes[0].from < b.born {
				t.Errorf("shape %d: came to live there before birth", s)
			}
			if s == couple && (a.maiden != "" || b.maiden != "") {
				met[s]++
			}
		}
	}
	if met[couple] < 500 {
		t.Errorf("only %d couples with a changed name", met[couple])
	}
}
