package normalise

import (
	"strings"
	"sync"
)

// streetForms writes the last words of streets, and the words for a flat, in one
// short form each. ST is also Saint, so that Saint becomes ST and not the reverse.
var streetForms = map[string]string{
	"STREET": "ST", "STR": "ST", "ROAD": "RD", "AVENUE": "AVE", "AV": "AVE", "LANE": "LN", "DRIVE": "DR", "DRV": "DR", "CLOSE": "CL", "COURT": "CT",
	"CRT": "CT", "CRESCENT": "CRES", "CRESENT": "CRES", "CRESC": "CRES", "PLACE": "PL", "SQUARE": "SQ", "TERRACE": "TCE", "TERR": "TCE", "TER": "TCE",
	"GARDENS": "GDNS", "GDS": "GDNS", "GROVE": "GR", "GRV": "GR", "CIRCUIT": "CCT", "BOULEVARD": "BLVD", "BVD": "BLVD", "HOUSE": "HSE", "HEIGHTS": "HTS",
	"PARK": "PK", "MOUNT": "MT", "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "SAINT": "ST", "BUILDINGS": "BLDGS", "ESTATE": "EST",
	"APARTMENT": "FLAT", "APT": "FLAT", "APPT": "FLAT", "FLT": "FLAT", "UPPER": "UPR", "LOWER": "LWR", "GREEN": "GRN", "WHARF": "WHF", "PARADE": "PDE",
}

// streetEnds are the words that end the name of a street, in their short forms
// where they have one.
var streetEnds = wordSet(`ST RD AVE LN DR CL CT CRES PL SQ TCE GDNS GR CCT BLVD WAY WALK ROW HILL RISE VIEW MEWS GATE GREEN GRN YARD PARADE PDE
	QUAY QUAYS EMBANKMENT BYPASS HIGHWAY BROADWAY CAUSEWAY WYND PEND BRAE LOAN GAIT PATH PASSAGE ALLEY FOLD CROFT DENE DELL VALE
	WHARF WHF APPROACH CIRCUS ESPLANADE PROMENADE CHASE DRIFT GARTH HEADING LEA LEAS RIDE RIDGE STEPS HEOL FFORDD STRYD LON RHODFA CLOS MAES`)

var flatMarks = wordSet("FLAT ROOM UNIT SUITE STUDIO BEDSIT MAISONETTE PENTHOUSE PLOT PITCH CARAVAN CHALET BERTH CELL WARD ANNEXE")

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func shortForm(upper string) string {
	if s, ok := streetForms[upper]; ok {
		return s
	}
	return upper
}

func streetWord(w string) bool { return streetEnds[shortForm(Fold(w))] }

// endsStreet says whether a part ends as streets do and has a name before that,
// or begins as Welsh streets do.
func endsStreet(s string) bool {
	words := strings.Fields(Fold(s))
	if len(words) < 2 {
		return false
	}
	last := words[len(words)-1]
	switch words[0] {
	case "HEOL", "FFORDD", "STRYD", "LON", "RHODFA", "CLOS", "MAES":
		return true
	}
	switch shortForm(last) {
	case "N", "S", "E", "W": // High Street North
		last = words[len(words)-2]
	}
	return streetEnds[shortForm(last)]
}

// isNumber knows 12, 12A, 12-14 and 12/3.
func isNumber(s string) bool {
	s = strings.TrimSuffix(strings.ToUpper(s), ".")
	if s == "" || len(s) > 10 || !isDigit(s[0]) {
		return false
	}
	letters := 0
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c) && !isUpper(s[i-1]):
		case isUpper(c):
			letters++
		case (c == '-' || c == '/') && i+1 < len(s) && isDigit(s[i+1]):
			letters = 0
		default:
			return false
		}
	}
	return letters < 2
}

// beginsNumber says whether a part begins with a house number.
func beginsNumber(s string) bool {
	first, _, more := strings.Cut(s, " ")
	return more && isNumber(first)
}

// isFlat says whether a folded part names a flat and nothing else.
func isFlat(u string) bool {
	words := strings.Fields(u)
	n := flatWords(words)
	return n > 0 && n == len(words)
}

// flatWords counts the words that name a flat at the front: FLAT 2, FLAT 2 B,
// GROUND FLOOR FLAT, FIRST FLOOR, BASEMENT FLAT, FLAT G.
func flatWords(words []string) int {
	if len(words) == 0 {
		return 0
	}
	word := func(i int) string {
		if i >= len(words) {
			return ""
		}
		return shortForm(Fold(words[i]))
	}
	switch word(0) {
	case "GROUND", "FIRST", "SECOND", "THIRD", "FOURTH", "TOP", "BASEMENT", "GARDEN", "1ST", "2ND", "3RD", "4TH", "UPR", "LWR":
		n := 1
		if word(n) == "FLOOR" {
			n++
		}
		if word(n) == "FLAT" || word(n) == "MAISONETTE" {
			n++
		}
		if n > 1 {
			return n
		}
		return 0
	}
	if !flatMarks[word(0)] || len(words) == 1 {
		return 0
	}
	id := word(1)
	if id == "NO" && len(words) > 2 {
		id = word(2)
		if isNumber(id) {
			return 3
		}
	}
	if isNumber(strings.ReplaceAll(id, " ", "/")) || len(id) <= 2 && id != "" && isUpper(id[0]) {
		return 2
	}
	return 0
}

// placeKind knows prisons, hospitals and homes by their names, and not the
// streets that are called after them.
func placeKind(s string) string {
	if s == "" || endsStreet(s) {
		return ""
	}
	u := " " + Fold(s) + " "
	for _, k := range [...]struct{ kind, words string }{
		{"prison", "HMP|HMYOI|YOI|HMPYOI|HM PRISON|YOUNG OFFENDERS INSTITUTION|YOUNG OFFENDER INSTITUTION|SECURE TRAINING CENTRE|IMMIGRATION REMOVAL CENTRE"},
		{"hospital", "HOSPITAL|INFIRMARY|HOSPICE"},
		{"care", "CARE HOME|NURSING HOME|CHILDRENS HOME|RESIDENTIAL HOME|HOSTEL|APPROVED PREMISES|REFUGE"},
	} {
		for w := range strings.SplitSeq(k.words, "|") {
			if strings.Contains(u, " "+w+" ") {
				return k.kind
			}
		}
	}
	return ""
}

var countyNames = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	rows, col := table("counties")
	for _, r := range rows {
		m[Fold(r[col["county"]])] = true
		for a := range strings.SplitSeq(r[col["aliases"]], "|") {
			m[Fold(a)] = true
		}
	}
	delete(m, "")
	return m
})

func isCounty(s string) bool { return countyNames()[Fold(s)] }

var postTowns = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	rows, col := table("postcode_areas")
	for _, r := range rows {
		m[r[col["area"]]] = Fold(r[col["name"]])
	}
	return m
})

// postTown says whether a text is the town that the area of a postcode is called
// after.
func postTown(town, postcode string) bool {
	u := Fold(town)
	if u == "" {
		return false
	}
	p, _ := SplitPostcode(Postcode(postcode).Canonical)
	name := postTowns()[p.Area]
	return name == u || u == "LONDON" && strings.HasPrefix(name, "LONDON")
}

// Key is the comparable form of an address: flat, number, building, street,
// locality, town and postcode folded, in that order whatever theirs was, street
// words in one short form each. County and country are left out, since most
// leave them out. Never show it.
func (p AddressParts) Key() string {
	if p.Kind == "nfa" {
		return "NFA"
	}
	var b strings.Builder
	for _, part := range [...]string{p.CareOf, p.Flat, p.Number, p.Building, p.Street, p.Rest, p.Locality, p.Town} {
		for i, w := range strings.Fields(Fold(part)) {
			if i == 0 && w == "NO" {
				continue // No 12
			}
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(shortForm(w))
		}
	}
	if r := Postcode(p.Postcode); r.OK() {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strip(r.Canonical, " "))
	}
	return b.String()
}

// AddressKey is the Key of an address on one line.
func AddressKey(line string) string { return Address(line).Key() }
