package ingest

import (
	"cmp"
	"slices"
	"strings"

	"leds.internal/ledsq/internal/edit"
	"leds.internal/ledsq/record"
)

// The words of headers that neither guess nor loosely knows, looked at one by one:
// the name of a thing in another order (name_first), after the name of a register's
// forms (cs_sexo), cut short (birt_plac) or misspelt (fornames).

// morePadding are words that say as little as padding where the rest of a header
// is known, in other languages and in the manner of registers.
var morePadding = words("pt pac pacient paciente pasien kunde klant cliente pers persona personne respondent resp author autor user mailing billing business contact display " +
	"cs sg attr attribute var variable fld q pat mbr member emp employee student stu number de del della di da do dos das du des la le el en van av af")

// placeFields are fields that may be called the name or code of a thing: nm_municipio.
var placeFields = words("town locality county country street placeOfBirth")

// codes are headers of two or three letters, which stand for a field only in a
// file that has the two names of a person so.
var codes = map[string]string{"fn": "givenName", "gn": "givenName", "ln": "surname", "sn": "surname", "mn": "middleNames", "bd": "dateOfBirth", "bdy": "dateOfBirth", "db": "dateOfBirth",
	"ad": "addressLine", "adr": "addressLine", "line": "addressLine", "ct": "town", "cty": "town", "pc": "postcode", "pst": "postcode", "ph": "phone", "em": "email", "sx": "sex"}

// The words for birth, the parts of a date and a place, folded.
var (
	birthWords = words("birth born bth birt brth b nasc nascimento naissance naiss nacimiento nac nacim urodzenia ur urodz geb geburt geburts geboorte fodelse fodsels fodt nascita nas narozeni szuletesi dogum")
	dateParts  = [5]map[string]bool{
		words("year yr y yyyy yy jahr jahre jaar annee an ano anno rok ar aar yil jahrgang"),
		words("month mth mon m mm monat maand mois mes mese miesiac manad maned"),
		words("day d dd tag dag jour dia giorno dzien"),
		words("date dt data datum dat fecha fec ymd dmy mdy yyyymmdd ddmmyyyy mmddyyyy"),
		words("place plc plac town city parish county country ort lieu lugar luogo plaats miejsce forsamling sted local loc mesto"),
	}
)

const (
	birthDate  = 3
	birthPlace = 4
)

// ofBirth says what of a birth a header is: 0 to 2 the year, month or day, then the
// whole date or the place; -1 for anything else. Words are taken apart where a
// language writes them together: geboortejaar.
func ofBirth(name string) int {
	born, part := false, -1
	for _, w := range headerWords(name) {
		w = fold(w)
		if padding[w] && !birthWords[w] || morePadding[w] {
			continue
		}
		first, rest := w, ""
		if !birthWords[w] && datePart(w) < 0 {
			if first, rest = afterBirth(w); first == "" {
				return -1
			}
		}
		for _, x := range []string{first, rest} {
			at := datePart(x)
			switch {
			case x == "":
			case birthWords[x] && !born && (len(x) > 1 || len(w) > 1):
				born = true
			case at < 0 || part >= 0 && part != at:
				return -1
			default:
				part = at
			}
		}
	}
	switch {
	case !born:
		return -1
	case part < 0:
		return birthDate
	}
	return part
}

func datePart(w string) int {
	return slices.IndexFunc(dateParts[:], func(m map[string]bool) bool { return m[w] })
}

// afterBirth cuts a word into one for birth and one for a part of a date or a
// place, in either order.
func afterBirth(w string) (first, rest string) {
	for i := 1; i < len(w)-1; i++ {
		a, b := w[:i], w[i:]
		if len(a) >= 2 && birthWords[a] && datePart(b) >= 0 || len(b) >= 3 && birthWords[b] && datePart(a) >= 0 {
			return a, b
		}
	}
	return "", ""
}

// commonWords are the words with which most headers begin, or end: they say
// nothing.
func commonWords(names []string) map[string]bool {
	count := [2]map[string]int{{}, {}}
	for _, name := range names {
		if list := headerWords(name); len(list) > 1 {
			count[0][list[0]]++
			count[1][list[len(list)-1]]++
		}
	}
	out := map[string]bool{}
	for _, c := range count {
		for w, n := range c {
			if n >= 3 && 2*n > len(names) && shortened[w] == "" && w != "name" && (len(w) == 1 || !birthWords[w]) {
				out[w] = true
			}
		}
	}
	return out
}

// core gives the words of a header that are left when all is taken off that says
// nothing, written out; nil where a word means an answer.
func (c around) core(name string) (core []string) {
	for _, w := range withoutForms(headerWords(name)) {
		w = fold(w)
		switch {
		case neverMapped[w] && !c.common[w]:
			return nil
		case c.common[w] || padding[w] && w != "l":
		default:
			core = append(core, cmp.Or(shortened[w], w))
		}
	}
	return core
}

// byWords gives the field of a header by its words.
func (c around) byWords(k record.Kind, name string) string {
	if neverMapped[fold(name)] {
		return ""
	}
	core := c.core(name)
	if n := len(core); n == 0 || n > 5 {
		return ""
	}
	if field := codes[strings.Join(core, "")]; c.codes && field != "" {
		return knownTo(k, field)
	}
	for _, list := range [][]string{core, without(core, morePadding)} {
		if field := anyOrder(k, list); field != "" {
			return field
		}
	}
	rest := without(without(core, morePadding), words("name code"))
	if field := anyOrder(k, rest); placeFields[field] && len(rest) < len(core) {
		return field
	}
	switch ofBirth(name) {
	case birthDate:
		return knownTo(k, "dateOfBirth")
	case birthPlace:
		return knownTo(k, "placeOfBirth")
	}
	return misspelt(k, strings.Join(core, ""))
}

func knownTo(k record.Kind, field string) string {
	if _, ok := record.FindColumn(k, field); !ok {
		return ""
	}
	return field
}

func without(list []string, out map[string]bool) []string {
	return slices.DeleteFunc(slices.Clone(list), func(w string) bool { return out[w] })
}

// anyOrder looks a header up with its words, two or three, in any order.
func anyOrder(k record.Kind, list []string) string {
	look := func(w ...string) string {
		key := strings.Join(w, "")
		if neverMapped[key] || len(key) < 2 {
			return ""
		}
		return first(lexicons[k]()[key])
	}
	field := look(list...)
	switch len(list) {
	case 2:
		field = cmp.Or(field, look(list[1], list[0]))
	case 3:
		field = cmp.Or(field, look(list[1], list[2], list[0]), look(list[2], list[0], list[1]), look(list[2], list[1], list[0]))
	}
	return field
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// misspelt gives the field of a long header that is one letter from a known one,
// where only one field is meant.
func misspelt(k record.Kind, key string) string {
	const long = 7
	if len(key) < long || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz") != "" { // a number says which line of an address
		return ""
	}
	found := ""
	for name, fields := range lexicons[k]() {
		if d := len(name) - len(key); d < -1 || d > 1 || len(name) < long || edit.Distance(name, key) > 1 {
			continue
		}
		if neverMapped[name] || found != "" && found != fields[0] {
			return ""
		}
		found = fields[0]
	}
	return found
}
