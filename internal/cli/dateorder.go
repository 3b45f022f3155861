package cli

import (
	"context"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/ingest"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// How much of a file is looked at, and how many dates must tell, before its dates
// are read month first without being asked.
const (
	orderRows = 5000
	orderSure = 5
)

// tellOrder reads dates month first where the files themselves say so: by dates
// that can be read so and no other way (12/31/1976), with next to none of the
// other kind. It says what it does, once. --date-order, given, stands. Of records of
// no kind the schema says which columns are dates. It is for matching, which needs
// the day that was meant; where records are judged or written see hintOrder.
func (f *common) tellOrder(ctx context.Context, a *app, in []*input, s *dedupe.Schema) {
	if month, day, ok := f.monthFirst(ctx, in, s); ok {
		f.engine.DateOrder = normalise.MDY
		f.say(a, "dates are read month first: of the first rows %d can be read so alone, %d the other way; --date-order dmy reads them day first", month, day)
	}
}

// hintOrder says where dates look as if their month stood first, and reads them day
// first all the same: whoever judges or writes records decides that himself.
func (f *common) hintOrder(ctx context.Context, a *app, in []*input) {
	if f.quiet { // nobody would hear it
		return
	}
	if month, day, ok := f.monthFirst(ctx, in, nil); ok {
		f.say(a, "dates are read day first, and look as if the month stood first: of the first rows %d can be read so alone, %d the other way; --date-order mdy reads them so", month, day)
	}
}

// monthFirst counts the dates that can be read in one order only, and says whether
// they ask for the month first.
func (f *common) monthFirst(ctx context.Context, in []*input, s *dedupe.Schema) (month, day int, ok bool) {
	if f.dateOrder != "" || f.engine.DateOrder == normalise.MDY {
		return 0, 0, false
	}
	for _, one := range in {
		if one.path == "-" {
			return 0, 0, false // it can be read once only
		}
		m, d := f.countOrder(ctx, one, datesOf(one, s))
		month, day = month+m, day+d
	}
	return month, day, month >= orderSure && day*20 <= month
}

// datesOf gives the ways to the dates of a record.
func datesOf(in *input, s *dedupe.Schema) (dates []func(record.Record) string) {
	if s != nil {
		for _, c := range s.Comparisons {
			if c.Type == "date" {
				dates = append(dates, func(r record.Record) string { return r.Head().ExtraValue(c.Column) })
			}
		}
		return dates
	}
	for _, m := range in.Mapping() {
		if c, ok := record.FindColumn(in.Kind(), m.Field); ok && (c.Field.Type == record.TypeDOB || c.Field.Type == record.TypeDate) {
			dates = append(dates, c.Get)
		}
	}
	return dates
}

// countOrder counts the dates at the head of a file whose month can only stand
// first, and whose day can.
func (f *common) countOrder(ctx context.Context, in *input, dates []func(record.Record) string) (month, day int) {
	if len(dates) == 0 {
		return 0, 0
	}
	r, err := ingest.Open(in.path, nil, f.ingest)
	if err != nil {
		return 0, 0 // it is said when the file is read
	}
	defer func() { _ = r.Close() }()
	n := 0
	for row, err := range r.All(ctx) {
		if n++; err != nil || n > orderRows {
			break
		}
		if row.Err != nil {
			continue
		}
		for _, get := range dates {
			x, y, ok := slashed(get(row.Record))
			switch {
			case !ok:
			case x <= 12 && y > 12:
				month++
			case x > 12 && y <= 12:
				day++
			}
		}
	}
	return month, day
}

// slashed gives the first two numbers of a date such as 31/12/1976; not of one
// that begins with its year.
func slashed(s string) (x, y int, ok bool) {
	part, digits := [2]int{}, [2]int{}
	k := 0
	for i := 0; i < len(s) && k < 2; i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && digits[k] < 2:
			part[k], digits[k] = part[k]*10+int(c-'0'), digits[k]+1
		case c == '/' || c == '.' || c == '-':
			k++
		default:
			return 0, 0, false
		}
	}
	return part[0], part[1], k == 2 && digits[0] > 0 && digits[1] > 0 && part[0] <= 31 && part[1] <= 31
}
