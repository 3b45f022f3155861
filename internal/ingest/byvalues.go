package ingest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"leds.internal/ledsq/record"
)

// What a column is, by its values: for matching, where a column that nobody
// understands is evidence lost. Whoever judges or writes records maps by headers
// alone, which he can foresee.

// sampled is the values of a column in the first rows of a file.
type sampled struct {
	values   []string // but blank ones
	rows     int
	distinct map[string]int
}

// leastSample is how many rows must be seen before values tell anything.
const leastSample = 20

// sampleOf gives the columns of some rows.
func sampleOf(rows [][]string, width int) []sampled {
	out := make([]sampled, width)
	for i := range out {
		s := &out[i]
		s.distinct, s.rows = map[string]int{}, len(rows)
		for _, row := range rows {
			if i < len(row) && !blank(row[i]) {
				v := strings.TrimSpace(row[i])
				s.values = append(s.values, v)
				s.distinct[v]++
			}
		}
	}
	return out
}

// share is the share of the values of which something holds.
func (s *sampled) share(holds func(string) bool) float64 {
	n := 0
	for _, v := range s.values {
		if holds(v) {
			n++
		}
	}
	return float64(n) / float64(max(len(s.values), 1))
}

const most = 0.9 // the share of values that tells a column

// byValues maps columns by the values in the first rows.
func (p *planner) byValues(rows [][]string, year int) {
	if p.kind != record.KindPerson || len(rows) < leastSample {
		return
	}
	at := sampleOf(rows, len(p.names))
	known := len(p.setters)
	p.idByValues(at)
	p.sexByValues(at)
	p.fromValues(at, "email", func(s *sampled) bool {
		return s.share(func(v string) bool { return strings.Contains(v, "@") && strings.Contains(v, ".") }) >= most
	})
	p.shortDates(at)
	p.ageByValues(at, year)
	p.birthByValues(at)
	if p.has("givenName") || p.has("surname") || p.has("fullName") {
		return
	}
	p.namesByValues(at)
	if known < 2 { // hardly a header is understood
		p.fromValues(at, "addressLine", (*sampled).lines)
		p.fromValues(at, "postcode", (*sampled).postcodes)
		p.fromValues(at, "town", (*sampled).places)
	}
}

func (p *planner) has(field string) bool {
	_, ok := p.taken[field]
	return ok
}

// guessed maps a column by its values, and says so.
func (p *planner) guessed(field string, cell int) {
	p.used[cell] = true
	p.set(field, p.names[cell], setter{cell: cell})
	p.notes = append(p.notes, fmt.Sprintf("Column %q is taken for %s by its values; --map %s=COLUMN names another.", p.names[cell], field, field))
}

// fromValues maps the first column that nothing is known of and that looks like the
// values of a field which no header gives.
func (p *planner) fromValues(at []sampled, field string, is func(*sampled) bool) {
	if p.has(field) {
		return
	}
	for i := range at {
		if !p.used[i] && !p.answer(i) && 5*len(at[i].values) >= at[i].rows && len(at[i].distinct) > 2 && is(&at[i]) {
			p.guessed(field, i)
			return
		}
	}
}

// answer says whether a column must not reach a field, by its header.
func (p *planner) answer(i int) bool {
	return neverMapped[fold(p.names[i])] || slices.ContainsFunc(headerWords(p.names[i]), func(w string) bool { return neverMapped[fold(w)] })
}

// idWords are words of headers of columns that number records.
var idWords = words("id ids no nr num nu numero number key ref reference code mrn seq index uid uuid guid nbr record rec row expediente notific epic cod kod")

// idByValues takes a column for the ids of the records that is all filled, has no
// value twice in the first rows, and is called a number or stands first. Whether it
// has none twice in the whole file is for the caller to see: see Reader.GuessedID.
func (p *planner) idByValues(at []sampled) {
	p.dropID(at)
	if p.has("id") {
		return
	}
	for i := range at {
		s := &at[i]
		named := slices.ContainsFunc(headerWords(p.names[i]), func(w string) bool { return idWords[fold(w)] })
		switch {
		case p.used[i] || p.answer(i) || !named && i > 0:
		case len(s.values) < s.rows || len(s.distinct) < s.rows:
		case s.share(func(v string) bool { return !strings.ContainsAny(v, " @") && strings.ContainsAny(v, "0123456789") }) < 1:
		case s.share(func(v string) bool { _, ok := yearOfDay(v); return ok && strings.ContainsAny(v, "/.-") }) > 0.5:
		default:
			p.guessed("id", i)
			p.guessedID = p.names[i]
			return
		}
	}
}

// recordIDs are headers that say of themselves that they number records: values
// that stand there twice are a fault of the file, and refused.
var recordIDs = words("id ids recordid recid rowid uniqueid uid urn recordno recordnumber recnum recordnum rownum")

// dropID takes a header's word back that a column has the ids of records, where it
// has values twice or none: the number of a patient is on each of his records.
func (p *planner) dropID(at []sampled) {
	for i := range p.setters {
		s := &p.setters[i]
		if s.name != "id" || s.tmpl != nil || p.fixed["id"] || recordIDs[fold(s.from)] {
			continue
		}
		if one := &at[s.cell]; len(one.distinct) == one.rows {
			return
		}
		p.used[s.cell] = false
		p.notes = append(p.notes, fmt.Sprintf("Column %q has values twice, or none: it is not taken for the ids of records.", s.from))
		delete(p.taken, "id")
		p.setters = slices.Delete(p.setters, i, i+1)
		return
	}
}

// sexLetters are letters for the sexes in other languages. A letter says
// something beside the other alone: M is a man beside K, and a woman beside H.
var sexLetters = []struct{ man, woman string }{
	{"M", "K"}, // Danish, Norwegian, Swedish; Polish
	{"M", "V"}, // Dutch
	{"M", "W"}, // German
	{"H", "F"}, // French
	{"H", "M"}, // Spanish
}

// sexByValues reads the letters of a column of sexes, and finds the column if no
// header tells it.
func (p *planner) sexByValues(at []sampled) {
	for i := range p.setters {
		s := &p.setters[i]
		if s.name == "sex" && s.tmpl == nil {
			s.read = at[s.cell].sexReader()
			return
		}
	}
	if p.has("sex") {
		return
	}
	for i := range at {
		if !p.used[i] && !p.answer(i) && at[i].twoOf("M", "F") {
			p.guessed("sex", i)
			return
		}
	}
}

// twoOf says whether values are the two, and next to nothing else.
func (s *sampled) twoOf(a, b string) bool {
	n := map[string]int{}
	for _, v := range s.values {
		n[strings.ToUpper(v)]++
	}
	x, y := n[a], n[b]
	return x > 0 && y > 0 && 20*(len(s.values)-x-y) <= len(s.values) && 20*min(x, y) >= len(s.values)
}

// sexReader reads such letters; nil where values are none.
func (s *sampled) sexReader() func(string) string {
	for _, l := range sexLetters {
		if !s.twoOf(l.man, l.woman) {
			continue
		}
		return func(text string) string {
			switch strings.ToUpper(strings.TrimSpace(text)) {
			case l.man:
				return "M"
			case l.woman:
				return "F"
			}
			return text
		}
	}
	return nil
}

// lettersAlone counts the words of a text of letters alone; 0 for any other.
func lettersAlone(v string) int {
	n, letters := 0, 0
	for w := range strings.FieldsSeq(v) {
		n++
		for _, r := range w {
			switch {
			case unicode.IsLetter(r), unicode.IsMark(r):
				letters++
			case strings.ContainsRune("'’-.,", r):
			default:
				return 0
			}
		}
	}
	if letters < 2 {
		return 0
	}
	return n
}

// namesByValues finds the names of people where no header tells them: two columns
// of single words with many values, of which the one with fewer is the given name,
// or else one of several words.
func (p *planner) namesByValues(at []sampled) {
	var single []int
	whole := -1
	for i := range at {
		s := &at[i]
		many := 20*len(s.distinct) >= len(s.values) && len(s.distinct) >= 10 && 2*len(s.values) >= s.rows
		switch {
		case p.used[i] || p.answer(i) || !many:
		case s.share(func(v string) bool { n := lettersAlone(v); return n == 1 || n == 2 }) >= most && s.share(func(v string) bool { return lettersAlone(v) == 1 }) >= 0.8:
			single = append(single, i)
		case whole < 0 && s.share(func(v string) bool { n := lettersAlone(v); return n >= 2 && n <= 5 }) >= 0.8:
			whole = i
		}
	}
	switch {
	case len(single) >= 2:
		a, b := single[0], single[1]
		if len(at[a].distinct) > len(at[b].distinct) {
			a, b = b, a
		}
		p.guessed("givenName", a)
		p.guessed("surname", b)
	case whole >= 0:
		p.guessed("fullName", whole)
	case len(single) == 1:
		p.guessed("surname", single[0])
	}
}

// lines says whether values are lines of addresses: words with a number.
func (s *sampled) lines() bool {
	return s.share(func(v string) bool {
		list := strings.Fields(v)
		return len(list) > 1 && strings.ContainsAny(v, "0123456789") && lettersAlone(strings.Trim(v, "0123456789 ")) > 0
	}) >= 0.7
}

// postcodes says whether values are short codes of which many have the same.
func (s *sampled) postcodes() bool {
	return s.share(func(v string) bool {
		v = strings.NewReplacer(" ", "", "-", "").Replace(v)
		digits := 0
		for _, r := range v {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		return len(v) >= 4 && len(v) <= 8 && digits >= 2
	}) >= most && 10*len(s.distinct) <= 9*len(s.values)
}

// places says whether values are names of places: words of letters of which there
// are few.
func (s *sampled) places() bool {
	return s.share(func(v string) bool { return lettersAlone(v) > 0 && len(v) > 3 }) >= most && len(s.distinct) >= 5 && 3*len(s.distinct) <= len(s.values)
}
