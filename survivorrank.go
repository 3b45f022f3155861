package ledsq

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"leds.internal/ledsq/record"
)

// header gives the envelope of a record by its place.
type header func(i int) *record.Envelope

func headers[R record.Record](records []R) header {
	return func(i int) *record.Envelope { return records[i].Head() }
}

// choose puts the candidates of a unit in the order of preference, and says of
// the first why. What another candidate says more fully (a year beside a day of
// that year, a postcode beside the whole address) is counted for that one, and
// leaves.
func (u *unit) choose(head header, p *SurvivorPolicy) {
	u.fold()
	for i := range u.candidates {
		u.candidates[i].weigh(head, u, p)
	}
	order := p.order(u.name)
	slices.SortFunc(u.candidates, func(a, b candidate) int {
		for _, o := range order {
			if c := a.compare(&b, o); c != 0 {
				return c
			}
		}
		return strings.Compare(a.key, b.key)
	})
	for i := range u.candidates {
		c := &u.candidates[i]
		switch {
		case len(u.candidates) == 1 && c.count() == 1:
			c.why = "the only record that says"
		case len(u.candidates) == 1:
			c.why = fmt.Sprintf("the %d records that say agree", c.count())
		case i+1 < len(u.candidates):
			c.why = c.reason(&u.candidates[i+1], order)
		default:
			c.why = "least preferred"
		}
	}
}

// fold lets candidates that another says more fully leave.
func (u *unit) fold() {
	slices.SortFunc(u.candidates, func(a, b candidate) int { return strings.Compare(a.key, b.key) })
	for i := 0; i < len(u.candidates); i++ {
		fuller := -1
		for k := range u.candidates {
			if fuller < 0 && k != i && u.says(&u.candidates[k], &u.candidates[i]) {
				fuller = k
			}
		}
		if fuller < 0 {
			continue
		}
		for _, r := range slices.Concat(u.candidates[i].records, u.candidates[i].less) {
			u.candidates[fuller].also(r)
		}
		u.candidates = slices.Delete(u.candidates, i, i+1)
		i = -1
	}
}

// says says whether a says all that b says, and more.
func (u *unit) says(a, b *candidate) bool {
	if u.list == "" {
		x, y := record.Date(a.leaves[0].text), record.Date(b.leaves[0].text)
		return dated(u.kind) && x.Overlaps(y) && narrower(x, y)
	}
	if len(a.leaves) <= len(b.leaves) {
		return false
	}
	for _, l := range b.leaves {
		if !slices.ContainsFunc(a.leaves, func(m leafText) bool { return m.name == l.name && strings.EqualFold(m.text, l.text) }) {
			return false
		}
	}
	return true
}

func dated(t record.Type) bool { return t == record.TypeDOB || t == record.TypeDate }

// narrower says whether a date leaves fewer days open than another, and none that
// the other does not.
func narrower(x, y record.Date) bool {
	a, b, ok := x.Interval()
	c, d, ok2 := y.Interval()
	return ok && ok2 && a >= c && b <= d && b-a < d-c
}

// also counts a record that says the same less fully.
func (c *candidate) also(i int) {
	if !slices.Contains(c.records, i) && !slices.Contains(c.less, i) {
		c.less = append(c.less, i)
	}
}

// weigh finds what the preferences ask of a candidate.
func (c *candidate) weigh(head header, u *unit, p *SurvivorPolicy) {
	c.from, c.trust = c.records[0], len(p.Trusted)
	for _, i := range c.records {
		h := head(i)
		if u.assured != nil {
			c.assured = max(c.assured, u.assured(i))
		}
		if k := slices.Index(p.Trusted, h.SourceSystem); k >= 0 {
			c.trust = min(c.trust, k)
		}
		// Of records alike the latest speaks, of those of one time the first by id.
		d, f := changed(h), changed(head(c.from))
		if n := compareTimes(d, f); n > 0 || n == 0 && h.ID < head(c.from).ID {
			c.from = i
		}
	}
	c.date = changed(head(c.from))
	c.leaves = c.texts[slices.Index(c.records, c.from)]
	for _, l := range c.leaves {
		switch {
		case u.list != "":
			c.full++
		case dated(u.kind):
			c.full = int(record.Date(l.text).Precision())
		default:
			c.full = len(l.text)
		}
	}
	if c.trust < len(p.Trusted) {
		c.source = p.Trusted[c.trust]
	}
}

// changed gives when a record was changed last, or else made.
func changed(h *record.Envelope) record.Timestamp {
	if compareTimes(h.CreatedAt, h.ModifiedAt) > 0 {
		return h.CreatedAt
	}
	return h.ModifiedAt
}

// compareTimes compares moments; what is no moment comes before all.
func compareTimes(a, b record.Timestamp) int { return moment(a).Compare(moment(b)) }

// moment reads a time. A date alone counts as its first second, and a time without
// an offset as one of UTC: both tell which of two days is later.
func moment(t record.Timestamp) time.Time {
	if t == "" {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, string(t)); err == nil {
			return at
		}
	}
	return time.Time{}
}

// compare gives below 0 when c is preferred to d.
func (c *candidate) compare(d *candidate, by Preference) int {
	switch by {
	case BestAssured:
		return cmp.Compare(d.assured, c.assured)
	case MostFrequent:
		return cmp.Compare(d.count(), c.count())
	case MostRecent:
		return compareTimes(d.date, c.date)
	case MostComplete:
		return cmp.Compare(d.full, c.full)
	case MostTrusted:
		return cmp.Compare(c.trust, d.trust)
	}
	return 0
}

// count is how many records say it, fully or not.
func (c *candidate) count() int { return len(c.records) + len(c.less) }

// reason says what put c before d.
func (c *candidate) reason(d *candidate, order []Preference) string {
	for _, by := range order {
		if c.compare(d, by) == 0 {
			continue
		}
		switch by {
		case BestAssured:
			return "the best assured: " + string(assurances[c.assured])
		case MostFrequent:
			return fmt.Sprintf("held by %d records, the next by %d", c.count(), d.count())
		case MostRecent:
			return "from the record changed last: " + string(c.date)
		case MostComplete:
			return "the most complete"
		case MostTrusted:
			return "from " + c.source + ", trusted more"
		}
	}
	return "nothing tells it from the next: the least text"
}
