package main

import (
	"regexp"
	"strconv"
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// What evidence there is inside a record is said here by what is published of
// the formats and by what else the record holds, apart from the rules.
var (
	postcodeForm = regexp.MustCompile(`^([A-PR-UWYZ](\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])) ?\d[ABD-HJLNP-UW-Z]{2}$`)
	currentMark  = regexp.MustCompile(`^[A-Z]{2}(\d{2})[A-Z]{3}$`)
	anyMark      = regexp.MustCompile(`^([A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]|[A-Z]{1,3}\d{1,4}|\d{1,4}[A-Z]{1,3})$`)
	forms        = map[string]*regexp.Regexp{
		"nino":         regexp.MustCompile(`^[A-Z]{2}\d{6}[A-D]$`),
		"driverNumber": regexp.MustCompile(`^[A-Z]{1,5}9{0,4}\d{6}[A-Z9]{2}[A-Z2-9][A-Z]{2}$`),
		"prisonNumber": regexp.MustCompile(`^[A-Z]\d{4}[A-Z]{2}$`),
		"passport":     regexp.MustCompile(`^\d{9}$`),
	}
)

// shown says whether evidence inside the record shows an error of a type; was
// is the same record without it.
func shown(name string, was, is *judged) bool {
	field, value, before := "", "", ""
	for _, e := range is.errors {
		if e.Type == name {
			col, _ := record.FindColumn(is.record.Kind(), e.Field)
			field, value, before = e.Field, strings.ToUpper(strings.TrimSpace(col.Get(is.record))), e.Original
			break
		}
	}
	switch name {
	case "title-in-name", "alias-in-name", "names-joined", "initial-only", "default-date", "age-for-birth", "address-missing", "birth-date-missing",
		"partial-mark", "model-in-make", "times-exchanged", "offset-lost", "double-encoded", "case-spacing", "check-letter", "found-before-missing":
		return true
	case "placeholder":
		return field != "outcome" || is.record.Head().Status.Value == "closed"
	case "missing-field":
		return missed(field, is.record)
	case "digit-transposed", "reading", "other-identifier":
		return number(name, field, value, is)
	case "postcode-damaged":
		return !postcodeForm.MatchString(value)
	case "day-month-swapped", "date-digit", "year-off-one", "year-off-ten", "false-birth-date":
		return birth(is)
	case "sex-wrong":
		return get(is, "driverNumber") != ""
	case "names-swapped", "home-order", "hearing", "keying-neighbour", "keying-transposed", "keying-omitted", "keying-doubled", "cut-text", "mc-mac-o", "particle-moved":
		if field == "circumstances" {
			return len(value) < 20
		}
		return get(is, "driverNumber") != "" && five(get(was, "surname")) != five(get(is, "surname"))
	case "registered-later":
		return younger(get(is, "vrm"), get(is, "firstRegistered")) || madeOff(is)
	case "make-wrong":
		p, ok := normalise.SplitVIN(get(is, "vin"))
		return ok && p.Maker != "" && strings.HasPrefix(strings.ToUpper(p.Maker), strings.ToUpper(strings.SplitN(before, " ", 2)[0]))
	case "risk-understated":
		return atRisk(is.canonical)
	}
	return false
}

func get(j *judged, field string) string {
	col, ok := record.FindColumn(j.canonical.Kind(), field)
	if !ok {
		return ""
	}
	return col.Get(j.canonical)
}

// missed says whether a record of its kind and state needs the field.
func missed(field string, r record.Record) bool {
	h := r.Head()
	_, episode := r.(*record.MissingPerson)
	switch field {
	case "category":
		return !episode && strings.Contains(strings.ToLower(codes(h.Purposes)), "law")
	case "reviewDate":
		return h.Status.Value != "closed"
	case "foundPlace":
		return h.Status.Value == "closed"
	}
	return true
}

func codes(list []record.Code) string {
	var s []string
	for _, c := range list {
		s = append(s, c.Value)
	}
	return strings.Join(s, " ")
}

// number says whether a wrong character of an identifier shows: by its check
// character, its form, or other fields that carry the same fact.
func number(name, field, value string, is *judged) bool {
	switch field {
	case "pncId":
		if name == "other-identifier" {
			return tooYoung(is)
		}
		return true
	case "cro", "asn", "process1.asn", "nhsNumber":
		return name != "other-identifier"
	case "driverNumber":
		return name != "reading" || !forms[field].MatchString(value) || get(is, "dateOfBirth") != ""
	case "vrm":
		mark := strings.ReplaceAll(value, " ", "")
		return !currentMark.MatchString(mark) && !anyMark.MatchString(mark) || younger(mark, get(is, "firstRegistered"))
	case "vin":
		return strings.ContainsAny(value, "IOQ")
	case "surname":
		return strings.ContainsAny(value, "0123456789")
	case "postcode":
		return !postcodeForm.MatchString(value)
	}
	f := forms[field]
	return f != nil && !f.MatchString(strings.ReplaceAll(value, " ", ""))
}

// birth says whether something else in the record tells the date of birth.
func birth(is *judged) bool {
	if get(is, "driverNumber") != "" || tooYoung(is) {
		return true
	}
	p := record.PersonOf(is.canonical)
	age, stated := p.Age.Int()
	_, on, ok := p.AgeAsOf.Interval()
	least, most, known := p.DateOfBirth.AgeOn(on)
	return stated && ok && known && (age < least || age > most)
}

// tooYoung says that the PNC ID is of a year before the tenth of the person.
func tooYoung(is *judged) bool {
	id, born := get(is, "pncId"), get(is, "dateOfBirth")
	if len(id) < 5 || len(born) < 4 {
		return false
	}
	a, err1 := strconv.Atoi(id[:4])
	b, err2 := strconv.Atoi(born[:4])
	return err1 == nil && err2 == nil && a-b < 10
}

// five is how a driver number begins for a surname.
func five(surname string) string {
	s := normalise.FoldName(surname)
	return (s + "99999")[:5]
}

// younger says that a mark of the current format was issued after a vehicle was
// first registered, or is not issued yet.
func younger(mark, registered string) bool {
	m := currentMark.FindStringSubmatch(mark)
	if m == nil {
		return false
	}
	n, _ := strconv.Atoi(m[1])
	issued := "20" + m[1] + "-03"
	if n > 50 {
		issued = strconv.Itoa(2000+n-50) + "-09"
	}
	if issued > "2026-11" {
		return true
	}
	return len(registered) >= 7 && registered[:7] < issued
}

// madeOff says that a vehicle was registered before it was made, or years after.
func madeOff(is *judged) bool {
	made, err := strconv.Atoi(get(is, "yearOfManufacture"))
	first := get(is, "firstRegistered")
	if err != nil || len(first) < 4 {
		return false
	}
	y, _ := strconv.Atoi(first[:4])
	return made > y+1 || y > made+2 || first[:4] > "2026"
}

// atRisk says that an age or an answer speaks against the lowest level of risk.
func atRisk(r record.Record) bool {
	m := r.(*record.MissingPerson)
	if _, most, ok := m.Person.DateOfBirth.AgeOn(record.DayOf(2026, 11, 23)); ok && most < 18 {
		return true
	}
	answers := strings.Join(m.Risk().Factors, " ")
	for key, a := range m.Factors {
		if a == record.Yes {
			answers += " " + key
		}
	}
	answers = strings.ToLower(answers)
	for _, w := range []string{"suicid", "harm", "abduct", "medication", "dementia", "exploit", "marriage", "honour", "traffick"} {
		if strings.Contains(answers, w) {
			return true
		}
	}
	return false
}
