package normalise

import (
	"strings"
	"time"

	"leds.internal/ledsq/record"
)

// Timestamp reads a moment and writes it as RFC 3339 with its offset from UTC:
// 2026-01-05T14:30:00Z. A time without an offset is Suspect and written
// 2026-01-05T14:30:00, since none may be invented: in summer it could be either
// of two moments. A date alone is Partial. Dates are read as by [Date].
func Timestamp(text string, o Options) Result {
	if rfc3339(text) {
		if _, err := time.Parse(time.RFC3339Nano, text); err == nil {
			return Result{Status: Valid, Canonical: text}
		}
	}
	if _, _, _, ok := isoDay(text); ok {
		return timestampDate(text, o)
	}
	s := tidy(text)
	if s == "" {
		return invalid("time/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("time/placeholder")
	}
	date, rest := cutTime(s)
	if rest == "" {
		return timestampDate(text, o)
	}
	d := Date(date, o)
	if d.Status == Placeholder {
		return placeholder("time/placeholder")
	}
	clock, offset, ok := readClock(rest)
	if !ok || len(d.Canonical) != 10 || !record.Date(d.Canonical).Exact() {
		var near []string
		if ok && len(d.Suggestions) == 1 {
			near = []string{d.Suggestions[0] + "T" + clock + offset}
		}
		return invalid("time/form", "not a date and a time of day", near...)
	}
	canonical := d.Canonical + "T" + clock
	if offset == "" {
		r := Result{Status: Suspect, Canonical: canonical, Rule: "time/no-offset", Reason: "no zone offset: the moment may be an hour off"}
		if len(d.Readings) == 2 {
			r.Reason += "; day and month could be exchanged"
			r.Readings = []string{canonical, d.Readings[1] + "T" + clock}
		}
		return r
	}
	if _, err := time.Parse(time.RFC3339Nano, canonical+offset); err != nil {
		return invalid("time/form", "no such time or offset")
	}
	r := valid(text, canonical+offset, "time/form")
	if len(d.Readings) == 2 {
		r.Rule, r.Reason = d.Rule, d.Reason
		r.Readings = []string{r.Canonical, d.Readings[1] + "T" + clock + offset}
	}
	return r
}

// rfc3339 is a quick look at the shape, so that parsing is rarely in vain.
func rfc3339(s string) bool {
	return len(s) >= 20 && s[4] == '-' && s[10] == 'T' && s[13] == ':' && s[16] == ':' && (s[len(s)-1] == 'Z' || s[len(s)-3] == ':')
}

// timestampDate is a moment of which only the date is given.
func timestampDate(text string, o Options) Result {
	d := Date(text, o)
	switch d.Status {
	case Valid, Partial:
		d.Status, d.Class = Partial, "date"
		d.Rule, d.Reason = "time/date-only", "a date without a time of day"
	case Invalid:
		d.Rule = "time/form"
	case Placeholder:
		if d.Canonical == "" {
			return placeholder("time/placeholder")
		}
	}
	return d
}

// cutTime parts a date from the time of day after it: at the T, or at the last
// space before something that begins with digits and reads as a time.
func cutTime(s string) (date, rest string) {
	i := strings.IndexByte(s, ':')
	if i < 0 {
		i = strings.LastIndexByte(s, ' ') // 05/01/2026 1430, 5 May 2026 2PM
		if i < 0 {
			return s, ""
		}
		rest = s[i+1:]
		digits := strings.TrimSuffix(strings.TrimSuffix(rest, "HRS"), "H")
		if pm := strings.HasSuffix(rest, "AM") || strings.HasSuffix(rest, "PM"); pm || len(digits) == 4 && allDigits(digits) && strings.Count(s[:i], "/") == 2 || digits != rest && allDigits(digits) {
			return s[:i], rest
		}
		return s, ""
	}
	for i > 0 && isDigit(s[i-1]) {
		i--
	}
	if i < 2 {
		return s, ""
	}
	date = strings.TrimRight(s[:i], " ,")
	if s[i-1] == 'T' {
		date = s[:i-1]
	}
	return strings.TrimSuffix(date, " AT"), s[i:]
}

// readClock reads a time of day as hh:mm:ss with any fraction, and the offset
// after it, "" if none is given.
func readClock(s string) (clock, offset string, ok bool) {
	pm, am := false, false
	body, offset, ok := cutOffset(strings.TrimSpace(s))
	if !ok {
		return "", "", false
	}
	if t, found := strings.CutSuffix(body, "PM"); found {
		body, pm = strings.TrimSpace(t), true
	} else if t, found := strings.CutSuffix(body, "AM"); found {
		body, am = strings.TrimSpace(t), true
	}
	for _, w := range [...]string{"HRS", "HOURS", "H"} {
		body = strings.TrimSpace(strings.TrimSuffix(body, w))
	}
	fraction := ""
	if i := strings.IndexByte(body, '.'); i >= 0 && strings.Count(body, ":") == 2 {
		body, fraction = body[:i], body[i:]
		if len(fraction) > 10 || !allDigits(fraction[1:]) {
			return "", "", false
		}
		fraction = strings.TrimRight(fraction, "0.")
	}
	if len(body) == 4 && allDigits(body) {
		body = body[:2] + ":" + body[2:]
	}
	var n [3]int
	parts := 0
	for part := range strings.SplitSeq(body, ":") {
		if parts == 3 || !allDigits(part) || len(part) > 2 {
			return "", "", false
		}
		n[parts] = atoi(part)
		parts++
	}
	if pm || am {
		if n[0] < 1 || n[0] > 12 {
			return "", "", false
		}
		n[0] %= 12
		if pm {
			n[0] += 12
		}
	} else if parts < 2 {
		return "", "", false
	}
	if n[0] > 23 || n[1] > 59 || n[2] > 59 {
		return "", "", false
	}
	b := make([]byte, 0, 18)
	for i, v := range n {
		if i > 0 {
			b = append(b, ':')
		}
		b = append(b, byte('0'+v/10), byte('0'+v%10))
	}
	return string(append(b, fraction...)), offset, true
}

// cutOffset takes Z, GMT, UTC or ±hh:mm off a time. BST is one hour ahead.
func cutOffset(s string) (body, offset string, ok bool) {
	for _, z := range [...]string{"Z", "UTC", "GMT"} {
		if t, found := strings.CutSuffix(s, z); found {
			return strings.TrimSpace(t), "Z", true
		}
	}
	if t, found := strings.CutSuffix(s, "BST"); found {
		return strings.TrimSpace(t), "+01:00", true
	}
	i := strings.LastIndexAny(s, "+-")
	if i < 0 {
		return s, "", true
	}
	d := strip(s[i+1:], ":")
	if len(d) == 2 {
		d += "00"
	}
	if len(d) != 4 || !allDigits(d) {
		return "", "", false
	}
	return strings.TrimSpace(s[:i]), s[i:i+1] + d[:2] + ":" + d[2:], true
}
