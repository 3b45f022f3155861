package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// maker makes files from a population, with damage.
type maker struct {
	*rand.Rand
	people []being
}

func (m *maker) chance(p float64) bool { return m.Float64() < p }

// typo damages a text by one or two keystrokes.
func (m *maker) typo(s string) string {
	r := []rune(s)
	if len(r) < 2 {
		return s
	}
	i := m.IntN(len(r))
	letter := rune('a' + m.IntN(26))
	if r[i] >= '0' && r[i] <= '9' {
		letter = rune('0' + m.IntN(10))
	}
	switch m.IntN(4) {
	case 0:
		r[i] = letter
	case 1:
		r = append(r[:i], r[i+1:]...)
	case 2:
		r = append(r[:i], append([]rune{letter}, r[i:]...)...)
	default:
		if i == 0 {
			i = 1
		}
		r[i-1], r[i] = r[i], r[i-1]
	}
	return string(r)
}

// heard respells a name as somebody might who only heard it.
func (m *maker) heard(s string) string {
	pairs := [][2]string{{"ph", "f"}, {"ck", "k"}, {"y", "i"}, {"c", "k"}, {"ie", "y"}, {"z", "s"}, {"ll", "l"}, {"tt", "t"}, {"nn", "n"}, {"ea", "ee"}, {"w", "v"}, {"ei", "ai"}, {"th", "t"}}
	m.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	low := strings.ToLower(s)
	for _, p := range pairs {
		if strings.Contains(low[min(1, len(low)):], p[0]) {
			return s[:1] + strings.Replace(low[1:], p[0], p[1], 1)
		}
	}
	return m.typo(s)
}

// name damages a name with probability p.
func (m *maker) name(s string, p float64) string {
	if !m.chance(p) || s == "" {
		return s
	}
	switch x := m.Float64(); {
	case x < 0.55:
		return m.typo(s)
	case x < 0.8:
		return m.heard(s)
	case x < 0.88:
		return s[:1]
	default:
		return m.typo(m.typo(s))
	}
}

// gap leaves a value out with probability p.
func (m *maker) gap(s string, p float64) string {
	if m.chance(p) {
		return ""
	}
	return s
}

// born damages a date with probability p.
func (m *maker) born(b *being, p float64) (y, mo, d int) {
	y, mo, d = b.year, b.month, b.day
	if !m.chance(p) {
		return y, mo, d
	}
	switch x := m.Float64(); {
	case x < 0.25 && d <= 12:
		mo, d = d, mo
	case x < 0.5:
		d = 1 + m.IntN(28)
	case x < 0.7:
		mo = 1 + m.IntN(12)
		d = min(d, 28)
	case x < 0.9:
		y += m.IntN(5) - 2
		d = min(d, 28)
	default:
		y += 10 * (1 - 2*m.IntN(2))
		d = min(d, 28)
	}
	return y, mo, d
}

func iso(y, m, d int) string { return fmt.Sprintf("%04d-%02d-%02d", y, m, d) }

// pick takes one of a list by Zipf's law: the first far more often.
func (m *maker) pick(list []string) string {
	for {
		if i := int(float64(len(list)) * m.Float64() * m.Float64() * 1.2); i < len(list) {
			return list[i]
		}
	}
}

// copies says how many records an entity has: at least one, mean m.
func (m *maker) copies(mean float64) int {
	n := 1
	for m.chance(1 - 1/mean) {
		n++
	}
	return n
}
