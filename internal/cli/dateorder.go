package cli

import (
	"cmp"
	"context"
	"slices"

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
// other kind. Registers of two countries may be linked, so that each file has its own
// order, and one that says too little that of all. It says what it does. --date-order,
// given, stands. Of records of no kind the schema says which columns are dates, all
// in one order. It is for matching, which needs the day that was meant; where records
// are judged or written see hintOrder.
func (f *common) tellOrder(ctx context.Context, a *app, in []*input, s *dedupe.Schema) {
	each, all := f.countOrders(ctx, in, s)
	if all.monthFirst() {
		f.engine.DateOrder = normalise.MDY
	}
	if s == nil {
		for i, c := range each {
			switch {
			case c.monthFirst():
				in[i].order = normalise.MDY
			case c.dayFirst():
				in[i].order = normalise.DMY
			}
		}
	}
	if _, one := f.orders(in); one {
		if all.monthFirst() {
			f.say(a, "dates are read month first: of the first rows %d can be read so alone, %d the other way; --date-order dmy reads them day first", all.month, all.day)
		}
		return
	}
	for i, c := range each {
		if f.orderOf(in[i]) == normalise.MDY {
			f.say(a, "%s: dates are read month first, unlike those of other files: of the first rows %d can be read so alone, %d the other way; --date-order dmy reads all of them day first", in[i].name(), c.month, c.day)
		}
	}
}

// orderOf gives the order in which the dates of a file are read.
func (f *common) orderOf(in *input) normalise.DateOrder { return cmp.Or(in.order, f.engine.DateOrder) }

// orders gives those of all files, and says whether they are one.
func (f *common) orders(in []*input) (all []string, one bool) {
	for _, i := range in {
		all = append(all, string(f.orderOf(i)))
	}
	return all, len(slices.Compact(slices.Clone(all))) <= 1
}

// normalisingOf is normalising for the records of a file.
func (f *common) normalisingOf(in *input) normalise.Options {
	o := f.normalising()
	o.DateOrder = f.orderOf(in)
	return o
}

// hintOrder says where dates look as if their month stood first, and reads them day
// first all the same: whoever judges or writes records decides that himself.
func (f *common) hintOrder(ctx context.Context, a *app, in []*input) {
	if f.quiet { // nobody would hear it
		return
	}
	if _, all := f.countOrders(ctx, in, nil); all.monthFirst() {
		f.say(a, "dates are read day first, and look as if the month stood first: of the first rows %d can be read so alone, %d the other way; --date-order mdy reads them so", all.month, all.day)
	}
}

// order counts dates that can be read in one order only.
type order struct{ month, day int } // what stands first

func (c order) monthFirst() bool { return c.month >= orderSure && c.day*20 <= c.month }

func (c order) dayFirst() bool { return order{c.day, c.month}.monthFirst() }

// countOrders counts the dates of each file and of all; none where the order was given.
func (f *common) countOrders(ctx context.Context, in []*input, s *dedupe.Schema) (each []order, all order) {
	if f.dateOrder != "" || f.engine.DateOrder == normalise.MDY {
		return nil, order{}
	}
	for _, one := range in {
		if one.path == "-" {
			return nil, order{} // it can be read once only
		}
		c := f.countOrder(ctx, one, datesOf(one, s))
		each, all = append(each, c), order{all.month + c.month, all.day + c.day}
	}
	return each, all
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
func (f *common) countOrder(ctx context.Context, in *input, dates []func(record.Record) string) (c order) {
	if len(dates) == 0 {
		return c
	}
	r, err := ingest.Open(in.path, nil, in.how)
	if err != nil {
		return c // it is said when the file is read
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
				c.month++
			case x > 12 && y <= 12:
				c.day++
			}
		}
	}
	return c
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
