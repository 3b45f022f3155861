package normalise

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"leds.internal/ledsq/record"
)

// DefaultPivotYear is the year that two-digit years are read by when
// Options.AsOf is zero. It is a constant because the clock is never read.
const DefaultPivotYear = 2026

// pivotYear is the latest year a two-digit year of the past may stand for.
func (o Options) pivotYear() int {
	if o.AsOf.IsZero() {
		return DefaultPivotYear
	}
	return o.AsOf.Year()
}

// horizon is how far ahead, in years, a two-digit year of a general date may
// lie: review and expiry dates are in the future.
const horizon = 20

// Date reads any calendar date and writes it as record.Date describes: ISO
// 8601 to the precision known.
//
// Accepted are ISO, day, month and year parted by / . - or space in the order
// of Options.DateOrder, month names, eight digits run together, two-digit
// years, month and year or a year alone, zeros for an unknown day or month,
// "circa" and "approx". A date that reads in the order asked for and would in
// the other too is Valid with rule date/order-assumed and both in Readings; one
// that reads only in the other is Invalid with that as a suggestion, never
// swapped silently. A two-digit year lies within 20 years after the reference
// year and 80 before it.
//
// 1900-01-01, 9999-12-31 and zeros are placeholders; so is 1970-01-01, which
// keeps its canonical text because somebody may be born on it.
func Date(text string, o Options) Result { return readDate("date", text, o) }

// PartialDateOfBirth reads a date of birth of any precision, a bare year
// included. Records use it. A two-digit year is the latest that is not after
// the reference year. A date after Options.AsOf is Invalid, class "future"; one
// that makes an age over 120 is Suspect.
func PartialDateOfBirth(text string, o Options) Result { return readDate("dob", text, o) }

// DateOfBirth is PartialDateOfBirth for a field that asks for a full date: a
// bare year is Invalid. Other partial dates stay Partial.
func DateOfBirth(text string, o Options) Result {
	r := readDate("dob", text, o)
	if r.Status == Partial && len(r.Canonical) == 4 && len(strings.TrimSpace(text)) == 4 {
		return invalid("dob/year-only", "a year alone; read it as a partial date")
	}
	return r
}

// realDate says whether a day is in the calendar.
func realDate(year, month, day int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= record.DaysIn(year, month)
}

// isoDay takes a full ISO date apart.
func isoDay(s string) (y, m, d int, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' || !allDigits(s[:4]) || !allDigits(s[5:7]) || !allDigits(s[8:]) {
		return 0, 0, 0, false
	}
	y, m, d = atoi(s[:4]), atoi(s[5:7]), atoi(s[8:])
	return y, m, d, realDate(y, m, d)
}

// eastAsian parts a date that is written with the characters for year, month and
// day: 1980年6月15日, 1980년 6월 15일.
func eastAsian(s string) string {
	if !strings.ContainsAny(s, "年년") {
		return s
	}
	return strings.TrimRight(eastAsianDate.Replace(norm.NFC.String(s)), "-")
}

var eastAsianDate = strings.NewReplacer("年 ", "-", "年", "-", "月 ", "-", "月", "-", "日", "", "號", "", "号", "", "년 ", "-", "년", "-", "월 ", "-", "월", "-", "일", "")

func readDate(kind, text string, o Options) Result {
	if y, m, d, ok := isoDay(text); ok {
		return judgeDate(kind, text, text, dateRead{y: y, m: m, d: d}, o)
	}
	s := eastAsian(tidy(text))
	if s == "" {
		return invalid(kind+"/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder(kind + "/placeholder")
	}
	if len(s) == 9 && s[4] == '-' && allDigits(s[:4]) && allDigits(s[5:]) {
		s = s[:4] + "/" + s[5:] // from year to year
	}
	if d := record.Date(s); len(s) > 4 && d.Known() {
		return keptDate(kind, text, s, d)
	}
	s, estimated := cutEstimate(s)
	s, clock := cutClock(s)
	if clock == clockBad {
		return invalid(kind+"/form", "not a date")
	}
	r := parseDate(s, kind, o)
	if r.why != "" {
		return Result{Status: Invalid, Rule: kind + "/" + r.step(), Reason: r.why, Suggestions: r.suggest}
	}
	if r.null {
		return Result{Status: Placeholder, Rule: kind + "/placeholder", Reason: "zeros or nines stand for no date"}
	}
	canonical := string(record.NewDate(r.y, r.m, r.d))
	if estimated {
		out := judgeDate(kind, text, canonical, r, o)
		if out.OK() {
			return Result{Status: Partial, Canonical: canonical + "~", Class: "estimated", Rule: kind + "/estimated", Reason: "marked as an estimate"}
		}
		return out
	}
	out := judgeDate(kind, text, canonical, r, o)
	if out.Status == Valid && clock == clockLate {
		out.Status, out.Rule = Suspect, kind+"/time-zone"
		out.Reason = "a time of 23:00 shows a date moved to another time zone; the day may be the next"
		next := record.DateOfDay(record.DayOf(r.y, r.m, r.d) + 1)
		out.Suggestions = []string{string(next)}
	}
	return out
}

// keptDate is a date in one of the forms of record.Date beyond a day.
func keptDate(kind, text, s string, d record.Date) Result {
	r := valid(text, s, kind+"/form")
	switch {
	case d.Ambiguous():
		return ambiguous(kind+"/ambiguous", "day and month may be exchanged", s[1:11], strings.TrimSuffix(s[12:], "]"))
	case d.Estimated():
		r.Status, r.Class = Partial, "estimated"
	case d.Precision() == record.ToInterval:
		r.Status, r.Class = Partial, "interval"
	case d.Precision() == record.ToMonth:
		r.Status, r.Class = Partial, "month"
	}
	if r.Rule == "" {
		r.Rule, r.Reason = kind+"/partial", "the date is not known to the day"
	}
	return r
}

// judgeDate says what is to be thought of a date that was read.
func judgeDate(kind, text, canonical string, r dateRead, o Options) Result {
	switch canonical {
	case "1900-01-01", "9999-12-31", "0001-01-01":
		return Result{Status: Placeholder, Rule: kind + "/placeholder", Reason: "a date that systems put where none is known"}
	}
	if kind == "dob" {
		if year := o.AsOf.Year(); !o.AsOf.IsZero() && (r.y >= year || r.y <= year-120) {
			asOf := record.DayAt(o.AsOf)
			from, to, _ := record.Date(canonical).Interval()
			if other, _, ok := record.Date(r.other).Interval(); ok && from > asOf && other <= asOf {
				return Result{Status: Invalid, Class: "future", Rule: "dob/future", Reason: "after the reference date; with day and month exchanged it is not",
					Suggestions: []string{r.other}}
			} else if ok && other > asOf {
				r.other = "" // the exchanged reading is impossible
			}
			if from > asOf {
				return Result{Status: Invalid, Class: "future", Rule: "dob/future", Reason: "after the reference date"}
			}
			if _, most, _ := record.Date(canonical).AgeOn(asOf); most > 120 {
				if least := asOf - to; least > 120*365 {
					return Result{Status: Suspect, Canonical: canonical, Rule: "dob/over-120", Reason: "an age over 120"}
				}
			}
		}
		if canonical == "1970-01-01" {
			return Result{Status: Placeholder, Canonical: canonical, Rule: "dob/epoch",
				Reason: "the day that computers count from, put where none is known; kept, because people were born on it"}
		}
	}
	switch canonical {
	case "1899-12-30", "1899-12-31", "1753-01-01", "1800-01-01", "1901-01-01", "1111-11-11":
		return Result{Status: Suspect, Canonical: canonical, Rule: kind + "/system-default", Reason: "a date that systems put where none is known"}
	}
	if r.y < 1800 || r.y > 2199 {
		return Result{Status: Suspect, Canonical: canonical, Rule: kind + "/year", Reason: "a year that a record is unlikely to hold"}
	}
	switch {
	case r.d == 0:
		class := "year"
		if r.m != 0 {
			class = "month"
		}
		return Result{Status: Partial, Canonical: canonical, Class: class, Rule: kind + "/partial", Reason: "the date is not known to the day"}
	case r.other != "":
		return Result{Status: Valid, Canonical: canonical, Rule: "date/order-assumed",
			Reason: "day and month could be exchanged; read in the order the options give", Readings: []string{canonical, r.other}}
	case r.century:
		return Result{Status: Valid, Canonical: canonical, Rule: "date/century-assumed", Reason: "a two-digit year; the century follows from the reference date"}
	case text == canonical:
		return Result{Status: Valid, Canonical: canonical}
	}
	return Result{Status: Valid, Canonical: canonical, Rule: kind + "/form", Reason: reasonForm}
}
