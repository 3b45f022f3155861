package dedupe

import (
	"strings"

	"leds.internal/ledsq/dedupe/internal/similarity"
)

// The codes blocking keys are made of. Each gives "" for a value it has no code for.

func value(s string) string { return s }

// joined takes the spaces out: VAN DER BERG and VANDERBERG meet.
func joined(s string) string {
	if strings.IndexByte(s, ' ') < 0 {
		return s
	}
	return strings.ReplaceAll(s, " ", "")
}

func sound(s string) string { return similarity.Soundex(s) }

// start gives the first n characters, for values longer than that.
func start(n int) func(string) string {
	return func(s string) string {
		if s = joined(s); len(s) <= n {
			return s
		}
		return s[:n]
	}
}

// exactDay says whether a date text is a full day (others make no keys but by year).
func exactDay(s string) bool { return len(s) == len("1980-06-15") && s[4] == '-' && s[7] == '-' }

// dateParts has day and month in one order whichever way they were typed.
func dateParts(s string) string {
	if !exactDay(s) {
		return ""
	}
	m, d := s[5:7], s[8:10]
	return s[:4] + min(m, d) + max(m, d)
}

// dateCut gives the first n characters of a date: its year, or year and month.
func dateCut(n int) func(string) string {
	return func(s string) string {
		if len(s) < n || s[0] == '[' || strings.HasSuffix(s, "~") || strings.Contains(s, "/") {
			return ""
		}
		return s[:n]
	}
}

func dateEnd(s string) string {
	if !exactDay(s) {
		return ""
	}
	return s[5:]
}

// district is the outward part of a British postcode; of any other, all but its
// last character (neighbouring codes in most countries).
func district(s string) string {
	if out, _, ok := strings.Cut(s, " "); ok {
		return out
	}
	if len(s) < 3 {
		return ""
	}
	return s[:len(s)-1]
}

func user(email string) string {
	u, _, _ := strings.Cut(email, "@")
	return u
}
