package quality

import (
	"strconv"
	"strings"
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// What kinds and principles the rules are for, by the names they go by here.
var (
	everyKind = []record.Kind{record.KindPerson, record.KindVehicle, record.KindMissing}
	persons   = []record.Kind{record.KindPerson}
	people    = []record.Kind{record.KindPerson, record.KindMissing}
	vehicles  = []record.Kind{record.KindVehicle}
	episodes  = []record.Kind{record.KindMissing}

	atCreate   = []Principle{Create}
	atAmend    = []Principle{Amend}
	atValidate = []Principle{Validate}
	throughout = []Principle{Create, Validate}
)

const version1 = "1.0"

// fold brings a code to lower case with hyphens, the form the code lists of our
// own use, whatever list it came from. It allocates only when it must.
func fold(c record.Code) string {
	s := c.Value
	for i := 0; i < len(s); i++ {
		if b := s[i]; b == '_' || b == ' ' || b >= 'A' && b <= 'Z' {
			return strings.Map(hyphen, strings.ToLower(strings.TrimSpace(s)))
		}
	}
	return s
}

func hyphen(r rune) rune {
	if r == '_' || r == ' ' {
		return '-'
	}
	return r
}

func is(c record.Code, words ...string) bool {
	if c.Value == "" {
		return false
	}
	s := fold(c)
	for _, w := range words {
		if s == w {
			return true
		}
	}
	return false
}

func anyIs(codes []record.Code, words ...string) bool {
	for _, c := range codes {
		if is(c, words...) {
			return true
		}
	}
	return false
}

// item is the flat name of a leaf in a list whose elements are all numbered.
func item(list string, i int, leaf string) string { return list + strconv.Itoa(i+1) + "." + leaf }

// bare is the flat name of a leaf in a list whose first element is not numbered.
func bare(list string, i int, leaf string) string {
	if i == 0 {
		return leaf
	}
	return item(list, i, leaf)
}

// nameLeaf is the flat name of a leaf of the i-th name, which counts within its type.
func nameLeaf(names []record.Name, i int, leaf string) string {
	group := func(t record.NameType) string {
		switch t {
		case record.AliasName, record.NicknameName:
			return string(t)
		case record.PreviousName:
			return "previousName"
		case record.PrimaryName, "":
			return "name"
		}
		return "otherName"
	}
	g, n := group(names[i].Type), 0
	for j := range i {
		if group(names[j].Type) == g {
			n++
		}
	}
	if g == "name" {
		return bare(g, n, leaf)
	}
	return item(g, n, leaf)
}

var identifierNames = map[record.IdentifierType]string{record.IDPNC: "pncId", record.IDCRO: "cro", record.IDASN: "asn", record.IDPrison: "prisonNumber",
	record.IDCRN: "crn", record.IDNINO: "nino", record.IDNHS: "nhsNumber", record.IDDriver: "driverNumber", record.IDPassport: "passport",
	record.IDNational: "nationalId", record.IDLocal: "localId"}

// identifierField is the flat name of the i-th identifier, which counts within its scheme.
func identifierField(ids []record.Identifier, i int) string {
	name, ok := identifierNames[ids[i].Type]
	if !ok {
		name = "identifier"
	}
	n := 1
	for j := range i {
		if ids[j].Type == ids[i].Type {
			n++
		}
	}
	switch {
	case !ok:
		return name + strconv.Itoa(n) + ".value"
	case n > 1:
		return name + strconv.Itoa(n)
	}
	return name
}

var contactNames = map[record.ContactType]string{record.ContactPhone: "phone", record.ContactMobile: "mobile", record.ContactHome: "homePhone",
	record.ContactWork: "workPhone", record.ContactWorkMob: "workMobile", record.ContactEmail: "email", record.ContactSocial: "social"}

// contactField is the flat name of the i-th contact, which counts within its type.
func contactField(contacts []record.Contact, i int) string {
	n := 1
	for j := range i {
		if contacts[j].Type == contacts[i].Type {
			n++
		}
	}
	name, ok := contactNames[contacts[i].Type]
	switch {
	case !ok:
		return "contact" + strconv.Itoa(n) + ".value"
	case n > 1:
		return name + strconv.Itoa(n)
	}
	return name
}

// span is a moment as far as it is known, in seconds since 1970. A time without
// offset may be an hour off in a British summer; a date alone may be any time of
// its day.
type span struct{ from, to int64 }

func (a span) before(b span) bool { return a.to < b.from }

// hoursTo gives the hours that have certainly passed from a to b.
func (a span) hoursTo(b span) float64 { return float64(b.from-a.to) / 3600 }

func exactly(t time.Time) span { return span{t.Unix(), t.Unix()} }

func when(t record.Timestamp) (s span, ok bool) {
	if len(t) < 10 {
		return s, false
	}
	if at, ok := t.Time(); ok {
		return exactly(at), true
	}
	switch len(t) {
	case 19:
		if at, err := time.Parse("2006-01-02T15:04:05", string(t)); err == nil {
			return span{at.Unix() - 3600, at.Unix()}, true
		}
	case 10:
		return dateSpan(record.Date(t))
	}
	return s, false
}

// dateSpan gives the seconds a date may stand for, a time zone's hour included.
func dateSpan(d record.Date) (span, bool) {
	from, to, ok := d.Interval()
	return span{int64(from)*86400 - 3600, (int64(to)+1)*86400 - 1}, ok
}

// open says whether the record is in use: not closed, weeded or merged.
func (c *Ctx) open() bool { return !Ended(c.head) }

// Ended says that a record is out of use: closed, weeded or merged.
func Ended(h *record.Envelope) bool {
	switch fold(h.Status) {
	case "closed", "weeded", "merged":
		return true
	}
	return false
}

// age gives the least and greatest age on a day, from the date of birth or else
// from the age stated.
func (c *Ctx) age(on record.Day) (least, greatest int, ok bool) {
	if c.person == nil {
		return 0, 0, false
	}
	if least, greatest, ok = c.person.DateOfBirth.AgeOn(on); ok {
		return least, greatest, true
	}
	n, ok := c.person.Age.Int()
	return n, n, ok
}

// child says that the person is certainly under 18 on the reference day.
func (c *Ctx) child() bool {
	_, most, ok := c.age(c.today)
	return ok && !c.now.IsZero() && most < 18
}

func hasIdentifier(p *record.Person, t record.IdentifierType) bool {
	for i := range p.Identifiers {
		if p.Identifiers[i].Type == t && p.Identifiers[i].Value != "" {
			return true
		}
	}
	return false
}

// ofType calls visit for what was found of each leaf of a type.
func (c *Ctx) ofType(t record.Type, visit func(ch *normalise.Change)) {
	for i := range c.changes {
		if c.changes[i].Type == t {
			visit(&c.changes[i])
		}
	}
}

// long says whether text has at least as many characters as the parameter asks,
// not counting white space around it.
func (c *Ctx) long(text, param string) bool {
	return float64(len([]rune(strings.TrimSpace(text)))) >= c.Param(param)
}

// oneOf says whether a word, folded like a code, is in the list.
func oneOf(word string, words ...string) bool {
	return is(record.Code{Value: strings.TrimSpace(word)}, words...)
}
