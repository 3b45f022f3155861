package normalise

import "strings"

// AddressParts is an address on one line, taken apart as far as is safe. Every
// word of the line stands in exactly one part, as it was typed: nothing is lost,
// and what is not understood is in Rest.
type AddressParts struct {
	// Kind is "" for an ordinary address, or nfa (no fixed abode), prison,
	// hospital, care, pobox or foreign. An nfa or foreign address is not taken
	// apart: all of it is in Rest.
	Kind      string
	CareOf    string // c/o and whose
	Flat      string // with its word: Flat 2, Ground Floor Flat, Room 4
	Building  string // a house name, prison, hospital, PO box
	Number    string // 12, 12A, 12-14
	Street    string
	Locality  string
	Town      string
	County    string
	Postcode  string // as typed
	Country   string // of the United Kingdom
	Rest      string
	Separated bool // commas or line ends showed where parts end; without them less is safe
}

// Address takes a British address apart. Commas and line ends part it; the
// postcode at its end, a county, and words such as Flat, Road and Hospital tell
// which part is which. Without commas only number, street, postcode and a post
// town of the postcode's area are taken out. The last part before county and
// postcode is the town when a street or building stands before it.
//
// Records keep their addressLine: nothing here changes one. Key compares.
func Address(line string) (p AddressParts) {
	s := strings.TrimSpace(strings.NewReplacer("\r", "\n", "\t", " ", "\v", " ").Replace(line))
	segs := segments(s)
	if len(segs) == 0 {
		return p
	}
	if saysNFA(segs[0]) {
		return AddressParts{Kind: "nfa", Rest: CleanText(s)}
	}
	if last := segs[len(segs)-1]; len(segs) > 1 && foreignCountry(last) && !isCounty(last) {
		return AddressParts{Kind: "foreign", Rest: CleanText(s)}
	}
	p.Separated = len(segs) > 1
	segs = p.takeEnd(segs)
	if !p.Separated && len(segs) == 1 {
		p.takeRun(segs[0])
	} else {
		p.takeFront(segs)
	}
	if p.Kind == "" {
		p.Kind = placeKind(p.Building)
	}
	return p
}

// segments parts a line at commas, semicolons and line ends.
func segments(s string) (out []string) {
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if f = CleanText(f); strings.Trim(f, " .-") != "" {
			out = append(out, f)
		}
	}
	return out
}

// takeEnd takes country, postcode and county off the end.
func (p *AddressParts) takeEnd(segs []string) []string {
	last := func() *string { return &segs[len(segs)-1] }
	drop := func() {
		if *last() == "" {
			segs = segs[:len(segs)-1]
		}
	}
	if len(segs) > 1 && homeNation(*last()) {
		p.Country, *last() = *last(), ""
		drop()
	}
	if len(segs) == 0 {
		return segs
	}
	*last(), p.Postcode = cutPostcode(*last())
	drop()
	if len(segs) > 1 && isCounty(*last()) {
		p.County, *last() = *last(), ""
		drop()
	}
	return segs
}

func homeNation(s string) bool {
	switch Fold(s) {
	case "UK", "UNITED KINGDOM", "GB", "GREAT BRITAIN", "ENGLAND", "SCOTLAND", "WALES", "NORTHERN IRELAND":
		return true
	}
	return false
}

// cutPostcode takes a postcode off the end: its last word, or the last two.
func cutPostcode(s string) (rest, postcode string) {
	for cut, words := len(s), 0; words < 2; words++ {
		i := strings.LastIndexByte(s[:cut], ' ')
		if code := s[i+1:]; len(code) >= 5 && len(code) <= 9 {
			if r := Postcode(code); (r.Status == Valid || r.Status == Repaired) && r.Class != "overseas" {
				return strings.TrimSpace(s[:i+1]), code
			}
		}
		if i < 0 {
			break
		}
		cut = i
	}
	return s, ""
}

// takeFront reads the parts before county and postcode from the front.
func (p *AddressParts) takeFront(segs []string) {
	for len(segs) > 0 {
		s := segs[0]
		switch u := Fold(s); {
		case p.CareOf == "" && (strings.HasPrefix(u, "C O ") || strings.HasPrefix(u, "CARE OF ")):
			p.CareOf = s
		case p.Flat == "" && isFlat(u):
			p.Flat = s
		case p.Building == "" && (placeKind(s) != "" || strings.HasPrefix(u, "PO BOX ") || strings.HasPrefix(u, "P O BOX ")):
			p.Building = s
			if placeKind(s) == "" {
				p.Kind = "pobox"
			}
		case p.Number == "" && isNumber(s) && len(segs) > 1:
			p.Number = s // "12, High Street"
		case p.Building == "" && len(segs) > 1 && !endsStreet(s) && (endsStreet(segs[1]) || beginsNumber(segs[1])):
			p.Building = s // a house name, or 2 Rose Cottages: the street comes next
		case p.takeStreet(s, len(segs) > 1 || p.Postcode != ""):
			p.takeTown(segs[1:])
			return
		default:
			if p.Building != "" || p.Flat != "" && len(segs) == 1 {
				p.takeTown(segs)
			} else {
				p.Rest = strings.Join(segs, ", ")
			}
			return
		}
		segs = segs[1:]
	}
}

// takeStreet reads "12 High Street", "Flat 2 12 High Street" and "High Street";
// any is true where something more follows, so that "12 Whitegates" is a street.
func (p *AddressParts) takeStreet(s string, any bool) bool {
	words := strings.Fields(s)
	flat, number := p.Flat, ""
	if p.Flat == "" && p.Number == "" {
		if n := flatWords(words); n > 0 && n < len(words) && isNumber(words[n]) && len(words) > n+1 {
			flat, words = strings.Join(words[:n], " "), words[n:]
		}
	}
	switch {
	case p.Number != "" || len(words) < 2:
	case isNumber(words[0]):
		number, words = words[0], words[1:]
	case len(words) > 2 && Fold(words[0]) == "NO" && isNumber(words[1]):
		number, words = words[0]+" "+words[1], words[2:]
	}
	street := strings.Join(words, " ")
	if !endsStreet(street) && !(any && (number != "" || p.Number != "")) {
		return false
	}
	if number != "" {
		p.Number = number
	}
	p.Flat, p.Street = flat, street
	return true
}

// takeTown gives what is left its places: the last is the town.
func (p *AddressParts) takeTown(segs []string) {
	if p.Flat == "" && len(segs) > 0 && isFlat(Fold(segs[0])) { // "12 High Street, Flat 2"
		p.Flat, segs = segs[0], segs[1:]
	}
	if n := len(segs); n > 0 {
		p.Town, p.Locality = segs[n-1], strings.Join(segs[:n-1], ", ")
	}
}

// takeRun reads a line without commas: what comes after the street is a town only
// if the postcode's area, or the end of the line, says that it is one.
func (p *AddressParts) takeRun(s string) {
	words := strings.Fields(s)
	start, end := flatWords(words), -1
	if start < len(words) && isNumber(words[start]) {
		start++
	}
	for i := start + 1; i < len(words); i++ { // a name comes first: St Johns Road is no street of its own
		if streetWord(words[i]) && !(i+1 < len(words) && streetWord(words[i+1])) {
			end = i + 1
			break
		}
	}
	if end < 0 || !p.takeStreet(strings.Join(words[:end], " "), false) {
		if placeKind(s) != "" || isFlat(Fold(s)) {
			p.takeFront([]string{s})
			return
		}
		p.Rest = s
		return
	}
	rest := strings.Join(words[end:], " ")
	if postTown(rest, p.Postcode) {
		p.Town = rest
	} else {
		p.Rest = rest
	}
}
