package normalise

import "strings"

// PNCID reads a Police National Computer person identifier.
//
// The standard form is the year in four digits, a slash, seven digits and a
// check letter: 2002/0073319Z. Accepted are two-digit years, serials without
// their leading zeros, a dash or space for the slash or nothing at all, any
// case, and a label before it. A two-digit year belongs to the century that
// does not make it later than Options.AsOf.
//
// The check letter is the last two digits of the year and the seven of the
// serial, modulo 23. It lets a wrong number pass one time in 23 and does not
// cover the century. Letters O and I among the digits are repaired only when it
// then agrees; without a slash, two readings may both agree, and none is picked.
//
// Source: HMPPS hmpps-person-record, PNCIdentifier (MIT).
func PNCID(text string, o Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("pncid/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("pncid/placeholder")
	}
	s = unlabel(s, "PNCID", "PNC")
	head, tail, parted := cutSeparator(s)
	head, tail = strip(head, " -"), strip(tail, " -")
	if !parted {
		return pncUnparted(text, head, o)
	}
	if len(tail) < 2 || !isUpper(tail[len(tail)-1]) {
		return pncNoLetter(head, tail, o)
	}
	r, ok := pncReading(head, tail[:len(tail)-1], tail[len(tail)-1], o)
	cro := croFits(head, tail)
	switch {
	case ok && r.zero:
		return Result{Status: Placeholder, Rule: "pncid/placeholder", Reason: "a serial of zeros stands for no value"}
	case ok && cro && len(head) == 2 && r.homoglyphs == 0:
		return ambiguous("pncid/cro", "reads as a PNCID and as a CRO number; both check letters agree",
			r.text, pad(head, 6)+"/"+tail)
	case ok:
		return pncFound(text, r, o)
	case cro:
		return Result{Status: Invalid, Class: "cro", Rule: "pncid/cro", Reason: "this is a CRO number"}
	}
	if n := strings.Count(tail, ""); n < 4 || n > 10 {
		return invalid("pncid/form", "not a year, a serial of up to seven digits and a letter")
	}
	sure := func(t string) (string, bool) {
		r, ok := pncReading(head, t, tail[len(tail)-1], o)
		return r.text, ok && !r.zero
	}
	if s := oneLookalike(tail[:len(tail)-1], sure); len(s) == 1 {
		return invalid("pncid/check-letter", "a character resembles another; the one correction that the check letter confirms is suggested", s...)
	}
	return invalid("pncid/check-letter", "the form or the check letter is wrong")
}

// cutSeparator splits at the slash, or at what stands for it.
func cutSeparator(s string) (head, tail string, ok bool) {
	i := strings.IndexByte(s, '/')
	if i < 0 {
		i = strings.IndexByte(s, '\\')
	}
	if i < 0 {
		if i = strings.IndexAny(s, "- "); i != 2 && i != 4 {
			return s, "", false
		}
	}
	return s[:i], s[i+1:], true
}

type pncRead struct {
	text       string
	homoglyphs int
	zero       bool
}

// pncReading gives the canonical text when year, serial and letter agree.
func pncReading(year, serial string, letter byte, o Options) (r pncRead, ok bool) {
	y, n, ok1 := asDigits(year)
	d, m, ok2 := asDigits(serial)
	if !ok1 || !ok2 || len(d) > 7 || (len(y) != 2 && len(y) != 4) {
		return r, false
	}
	if len(y) == 2 {
		if atoi(y) <= o.pivotYear()%100 {
			y = "20" + y
		} else {
			y = "19" + y
		}
	}
	d = pad(d, 7)
	r = pncRead{y + "/" + d + string(letter), n + m, d == "0000000"}
	if y[:2] != "19" && y[:2] != "20" && !(r.zero && y == "0000") {
		return r, false
	}
	return r, checkLetter(y[2:], d) == letter
}

func pncFound(text string, r pncRead, o Options) Result {
	if !o.AsOf.IsZero() && atoi(r.text[:4]) > o.AsOf.Year() {
		return invalid("pncid/future", "the year is after the reference date")
	}
	if r.homoglyphs > 0 {
		return repaired(r.text, "pncid/check-letter", true)
	}
	return valid(text, r.text, "pncid/form")
}

// pncUnparted reads a PNCID without its slash: eleven digits are year and
// serial, ten a four-digit year, fewer may be either.
func pncUnparted(text, s string, o Options) Result {
	if len(s) < 3 || !isUpper(s[len(s)-1]) {
		return pncNoLetter("", s, o)
	}
	body, letter := s[:len(s)-1], s[len(s)-1]
	var found []pncRead
	for _, year := range [...]int{4, 2} {
		n := len(body) - year
		if n < 1 || n > 7 {
			continue
		}
		if r, ok := pncReading(body[:year], body[year:], letter, o); ok {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 0:
		return invalid("pncid/check-letter", "the form or the check letter is wrong")
	case 1:
		if found[0].zero {
			return Result{Status: Placeholder, Rule: "pncid/placeholder", Reason: "a serial of zeros stands for no value"}
		}
		return pncFound(text, found[0], o)
	}
	return ambiguous("pncid/no-slash", "without its slash it reads with a year of four digits and of two; both check letters agree",
		found[0].text, found[1].text)
}

// pncNoLetter computes the letter that is missing, as a suggestion only.
func pncNoLetter(year, serial string, o Options) Result {
	const reason = "there is no check letter at the end"
	if year == "" && len(serial) == 11 {
		year, serial = serial[:4], serial[4:]
	}
	d, _, ok := asDigits(serial)
	y, _, ok2 := asDigits(year)
	if ok && ok2 && len(d) <= 7 && (len(y) == 2 || len(y) == 4) {
		if r, ok := pncReading(y, d, checkLetter(y[len(y)-2:], pad(d, 7)), o); ok {
			return invalid("pncid/form", reason, r.text)
		}
	}
	return invalid("pncid/form", reason)
}
