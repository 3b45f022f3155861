package sample

import (
	"strconv"

	"leds.internal/ledsq/record"
)

// source is a system that records come from, with its habits of writing. A
// habit is no error: the value is right, and only looks different.
type source struct {
	name       string
	prefix     string // of its own references
	date       dateStyle
	sex        [2]string
	upper      letterCase
	ascii      bool // holds no accents
	tight      bool // postcodes without their space
	shortPNC   bool
	phone      phoneStyle
	suspects   bool // holds people suspected or convicted
	others     bool // holds victims, witnesses and the like
	process    bool // holds arrests
	middle     float64
	title      float64
	contact    float64 // a telephone number
	email      float64
	ethnicity  float64
	nation     float64
	government float64 // NINO, driver number, passport
	health     float64 // NHS number
	age        float64 // an age beside the date of birth
	job        float64
	body       float64
	past       float64 // a former address
}

type (
	dateStyle  uint8
	letterCase uint8
	phoneStyle uint8
)

const (
	isoDate dateStyle = iota
	slashDate
	dotDate
	monthDate

	asWritten letterCase = iota
	surnameUpper
	allUpper
	someLower // typed by the public: now and then without capitals

	national phoneStyle = iota
	international
	bracketed
)

// The part a source fills of a field is a judgement, as is which source holds what.
var personSources = []source{
	{name: "PNC", prefix: "PN", date: slashDate, sex: [2]string{"M", "F"}, upper: allUpper, ascii: true, shortPNC: true, suspects: true, process: true,
		middle: 0.9, contact: 0.2, ethnicity: 0.5, nation: 0.6, government: 0.35, job: 0.3, body: 0.7, past: 0.3},
	{name: "CUSTODY", prefix: "CU", sex: [2]string{"Male", "Female"}, suspects: true, process: true,
		middle: 0.8, title: 0.1, contact: 0.6, email: 0.1, ethnicity: 0.95, nation: 0.9, government: 0.45, health: 0.1, age: 0.7, job: 0.6, body: 0.6, past: 0.1},
	{name: "NORTH-RMS", prefix: "NR", date: slashDate, sex: [2]string{"M", "F"}, upper: surnameUpper, suspects: true, others: true,
		middle: 0.6, title: 0.3, contact: 0.65, email: 0.25, ethnicity: 0.5, nation: 0.3, government: 0.12, health: 0.05, age: 0.1, job: 0.2, body: 0.15, past: 0.15},
	{name: "SOUTH-RMS", prefix: "SR", date: monthDate, sex: [2]string{"M", "F"}, phone: international, suspects: true, others: true,
		middle: 0.6, title: 0.2, contact: 0.7, email: 0.3, ethnicity: 0.5, nation: 0.3, government: 0.12, health: 0.05, age: 0.05, job: 0.25, body: 0.15, past: 0.25},
	{name: "CONTACT", prefix: "CT", sex: [2]string{"Male", "Female"}, upper: someLower, ascii: true, tight: true, phone: bracketed, others: true,
		middle: 0.15, title: 0.7, contact: 0.9, email: 0.55, ethnicity: 0.1, government: 0.01},
	{name: "NI-RMS", prefix: "NI", date: dotDate, sex: [2]string{"1", "2"}, suspects: true, others: true,
		middle: 0.6, title: 0.2, contact: 0.65, email: 0.2, ethnicity: 0.4, nation: 0.4, government: 0.1, age: 0.1, job: 0.2, body: 0.15, past: 0.15},
	{name: "CYMRU-RMS", prefix: "CY", sex: [2]string{"M", "F"}, suspects: true, others: true,
		middle: 0.6, title: 0.2, contact: 0.65, email: 0.25, ethnicity: 0.5, nation: 0.3, government: 0.12, health: 0.05, age: 0.1, job: 0.2, body: 0.15, past: 0.2},
	{name: "SCOT-CRIME", prefix: "SC", sex: [2]string{"M", "F"}, tight: true, suspects: true, others: true,
		middle: 0.6, title: 0.2, contact: 0.65, email: 0.25, ethnicity: 0.5, nation: 0.3, government: 0.12, age: 0.1, job: 0.2, body: 0.15, past: 0.15},
}

const (
	srcPNC = iota
	srcCustody
	srcNorth
	srcSouth
	srcContact
	srcNI
	srcWales
	srcScotland
)

// sourceFor draws the system that a record of a person comes from.
func sourceFor(r *stream, p *person) *source {
	region := srcSouth
	switch p.homes[0].at.nation {
	case "N":
		region = srcNI
	case "W":
		region = srcWales
	case "S":
		region = srcScotland
	default:
		// Forces numbered 03 to 34 lie north of the Severn and the Wash, by and large.
		if f := p.homes[0].at.owners[0][:2]; f >= "03" && f <= "34" {
			region = srcNorth
		}
	}
	weights := [...]float64{0, 0, 0.6, 0.4}
	if p.known {
		weights = [...]float64{0.25, 0.25, 0.37, 0.13}
	}
	return &personSources[[...]int{srcPNC, srcCustody, region, srcContact}[choose(r, weights[:])]]
}

var months = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// day writes a date as the source does.
func (s *source) day(d record.Day) record.Date {
	y, m, dd := civil(d)
	b := make([]byte, 0, 11)
	switch s.date {
	case isoDate:
		b = appendDay(b, d)
	case slashDate, dotDate:
		sep := byte('/')
		if s.date == dotDate {
			sep = '.'
		}
		b = append2(b, dd)
		b = append(b, sep)
		b = append2(b, m)
		b = append(b, sep)
		b = append4(b, y)
	case monthDate:
		b = strconv.AppendInt(b, int64(dd), 10)
		b = append(b, ' ')
		b = append(b, months[m-1]...)
		b = append(b, ' ')
		b = append4(b, y)
	}
	return record.Date(b)
}

// word writes a part of a name as the source does.
func (s *source) word(w string, surname, lower bool) string {
	if w == "" {
		return ""
	}
	if s.ascii {
		w = plainLetters(w)
	}
	if s.upper == allUpper || surname && s.upper == surnameUpper {
		return upper(w)
	}
	if lower {
		return lowerCase(w)
	}
	return w
}

// postcode writes a home's postcode as the source does.
func (s *source) postcode(h *home) record.Postcode { return record.Postcode(h.postcode(!s.tight)) }

// number writes a telephone number as the source does.
func (s *source) number(p phone) string {
	b := make([]byte, 0, 16)
	cut := dialling(p.prefix)
	switch s.phone {
	case international:
		b = append(b, "+44"...)
		b = append(b, p.prefix[1:]...)
	case bracketed:
		if p.prefix[1] != '7' {
			b = append(b, '(')
			b = append(b, p.prefix[:cut]...)
			b = append(b, ") "...)
			b = append(b, p.prefix[cut:]...)
			break
		}
		fallthrough
	default:
		b = append(b, p.prefix[:cut]...)
		b = append(b, ' ')
		b = append(b, p.prefix[cut:]...)
	}
	return string(digits(b, int(p.number), 3))
}

// dialling gives the length of the code before the number proper.
func dialling(prefix string) int {
	switch {
	case prefix[1] == '2':
		return 3
	case prefix[:5] == "01632" || prefix[1] == '7':
		return 5
	}
	return 4
}
