package ingest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Dates of birth and ages, by the values of their columns.

// yearOfDay gives the year of a text that looks like a whole date in numbers.
func yearOfDay(v string) (int, bool) {
	v, _, _ = strings.Cut(v, " ")
	v, _, _ = strings.Cut(v, "T")
	parts := strings.FieldsFunc(v, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	var n []int
	for _, x := range parts {
		k, err := strconv.Atoi(x)
		if err != nil || k < 0 {
			return 0, false
		}
		n = append(n, k)
	}
	fits := func(a, b int) bool { return a >= 1 && b >= 1 && a <= 31 && b <= 31 && min(a, b) <= 12 }
	switch {
	case len(n) == 3 && len(parts[0]) == 4 && fits(n[1], n[2]):
		return n[0], true
	case len(n) == 3 && len(parts[2]) == 4 && fits(n[0], n[1]):
		return n[2], true
	case len(n) == 1 && len(v) == 8 && fits(n[0]/100%100, n[0]%100):
		return n[0] / 10000, true
	}
	return 0, false
}

// births says whether values are dates of birth: days of many years.
func (s *sampled) births() bool {
	var years []int
	for _, v := range s.values {
		if y, ok := yearOfDay(v); ok && y > 1500 && y < 2100 {
			years = append(years, y)
		}
	}
	if float64(len(years)) < most*float64(len(s.values)) || len(years) < leastSample/2 {
		return false
	}
	slices.Sort(years)
	return years[len(years)*9/10]-years[len(years)/10] >= 25
}

// eventWords are words of headers of dates that are none of birth, however many
// years they span.
var eventWords = words("reg register registered registration created creation updated modified changed death dead died deceased deat burial buried marriage married wedding baptism entry entered " +
	"admission admitted discharge visit event arrival departure issue issued expiry expires start end since from until last first download load notific notification census interview " +
	"invoice order hire hired termination joined join membership diagnosis onset test sample payment due effective valid seen reported review missing found arrest offence conviction")

// birthByValues finds a date of birth that no header and no age tells.
func (p *planner) birthByValues(at []sampled) {
	for i, name := range p.names {
		if p.used[i] || p.has("dateOfBirth") || slices.ContainsFunc(headerWords(name), func(w string) bool { return eventWords[fold(w)] }) {
			continue
		}
		if !p.answer(i) && 5*len(at[i].values) >= at[i].rows && at[i].births() {
			p.guessed("dateOfBirth", i)
		}
	}
}

// shortDates reads dates of birth of three times two digits, with or without marks,
// whose year stands first, or anywhere without marks, by what only one order allows.
func (p *planner) shortDates(at []sampled) {
	for i := range p.setters {
		s := &p.setters[i]
		if s.name != "dateOfBirth" || s.tmpl != nil {
			continue
		}
		var above [3][2]int // of each part, values above 12 and above 31
		short, bare := 0, false
		for _, v := range at[s.cell].values {
			n, marks, ok := twoDigits(v)
			if !ok {
				continue
			}
			short, bare = short+1, bare || !marks
			for k, x := range n {
				if x > 12 {
					above[k][0]++
				}
				if x > 31 {
					above[k][1]++
				}
			}
		}
		if short < leastSample/2 || float64(short) < most*float64(len(at[s.cell].values)) {
			return
		}
		few := short / 50 // slips
		var order [3]int  // places of day, month and year
		switch {
		case above[1][0] <= few && above[2][1] <= few && above[0][1] > few:
			order = [3]int{2, 1, 0}
		case bare && above[1][0] <= few && above[0][1] <= few && above[2][1] > few:
			order = [3]int{0, 1, 2}
		case bare && above[0][0] <= few && above[1][1] <= few && above[2][1] > few:
			order = [3]int{1, 0, 2}
		default:
			return
		}
		s.read = func(text string) string {
			n, _, ok := twoDigits(strings.TrimSpace(text))
			if !ok || n[order[1]] < 1 || n[order[1]] > 12 {
				return text
			}
			return fmt.Sprintf("%02d %s %02d", n[order[0]], months[n[order[1]]-1], n[order[2]])
		}
		return
	}
}

// months are written out, so that no order of day and month is asked for.
var months = [...]string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}

// twoDigits takes a text of three times two digits apart.
func twoDigits(v string) (n [3]int, marks, ok bool) {
	marks = len(v) == 8
	if marks {
		if v[2] != v[5] || strings.IndexByte("/-. ", v[2]) < 0 {
			return n, marks, false
		}
		v = v[:2] + v[3:5] + v[6:]
	}
	if len(v) != 6 || strings.Trim(v, "0123456789") != "" {
		return n, marks, false
	}
	for k := range n {
		n[k] = int(v[2*k]-'0')*10 + int(v[2*k+1]-'0')
	}
	return n, marks, true
}

// ageByValues makes a year of birth of an age, and of the year in which it was
// told where a column has that, for files without dates of birth.
func (p *planner) ageByValues(at []sampled, year int) {
	if p.has("dateOfBirth") || year == 0 {
		return
	}
	for _, s := range p.setters {
		if s.name != "age" || s.tmpl != nil {
			continue
		}
		if at[s.cell].share(func(v string) bool { n, err := strconv.Atoi(v); return err == nil && n >= 0 && n < 125 }) < 0.8 {
			return
		}
		t, when := &template{refs: []int{s.cell}, names: []string{s.from}, year: year}, ""
		for i, name := range p.names {
			list := headerWords(name)
			if !p.used[i] && slices.ContainsFunc(list, func(w string) bool { return dateParts[0][fold(w)] }) && ofBirth(name) < 0 && !slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(w, "dea") }) &&
				at[i].share(func(v string) bool { return isYear(v) && v > "1500" && v < "2100" }) >= most {
				t.refs, t.names, when = append(t.refs, i), append(t.names, name), " and "+name
				p.used[i] = true
				break
			}
		}
		p.set("dateOfBirth", "{"+strings.Join(t.names, "}-{")+"}", setter{cell: s.cell, tmpl: t})
		p.notes = append(p.notes, "The year of birth is told from "+s.from+when+".")
		return
	}
}

// yearOfAge is the year of somebody's birth who was so old in a year.
func (t *template) yearOfAge(parts []string) string {
	year := t.year
	if len(parts) > 1 {
		y, err := strconv.Atoi(parts[1])
		if err != nil {
			return ""
		}
		year = y
	}
	age, err := strconv.Atoi(parts[0])
	if err != nil || age < 0 || age > 124 || year < 1000 {
		return ""
	}
	return strconv.Itoa(year - age)
}
