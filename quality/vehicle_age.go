package quality

import (
	_ "embed"
	"strings"
	"sync"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

//go:embed codes/vrm_age_identifiers.csv
var ageFile string

// ageLetters holds the first day on which a letter was issued, by series; 0 is
// a letter never issued.
var ageLetters = sync.OnceValue(func() (days struct{ suffix, prefix [26]record.Day }) {
	_, rows, _ := strings.Cut(ageFile, "\n")
	for line := range strings.Lines(rows) {
		f := strings.SplitN(strings.TrimSpace(line), ",", 4)
		if len(f) < 4 {
			continue
		}
		day, _, _ := record.Date(f[2]).Interval()
		if f[0] == "suffix" {
			days.suffix[f[1][0]-'A'] = day
		} else {
			days.prefix[f[1][0]-'A'] = day
		}
	}
	return days
})

// vrmIssued gives the first day on which a mark of this age may have been
// issued; ok is false for a mark that shows no age.
//
// In the current format the number is the year for March to August, the year
// plus 50 for September to February: 51 is September 2001, 02 March 2002, 00
// September 2050.
func vrmIssued(vrm string) (day record.Day, ok bool) {
	r := normalise.VRM(vrm)
	if r.Status != normalise.Valid {
		return 0, false
	}
	m := r.Canonical
	switch r.Class {
	case "current":
		n := int(m[2]-'0')*10 + int(m[3]-'0')
		switch {
		case n == 0:
			return record.DayOf(2050, 9, 1), true
		case n > 50:
			return record.DayOf(2000+n-50, 9, 1), true
		}
		return record.DayOf(2000+n, 3, 1), true
	case "prefix":
		day = ageLetters().prefix[m[0]-'A']
	case "suffix":
		day = ageLetters().suffix[m[len(m)-1]-'A']
	default:
		return 0, false
	}
	return day, day != 0
}
