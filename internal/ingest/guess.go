package ingest

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"leds.internal/ledsq/record"
)

// guess gives the field a header stands for, "" when it stands for none.
func guess(k record.Kind, name string) string {
	key := fold(name)
	if neverMapped[key] {
		return ""
	}
	if c, ok := findField(k, name); ok {
		return c.Name()
	}
	if fields := lexicons[k]()[key]; len(fields) > 0 {
		return fields[0]
	}
	// phone_2, nationality2, postcode 2
	base := strings.TrimRight(key, "0123456789")
	n, err := strconv.Atoi(key[len(base):])
	if err != nil || n < 1 || base == "" || neverMapped[base] {
		return ""
	}
	fields := lexicons[k]()[base]
	if len(fields) == 0 {
		return ""
	}
	return numbered(k, fields[0], n)
}

// loosely gives the field a header stands for once padding is taken off it:
// patient_first_name, postcode_clean, fname_c1, and words are written out: midl_nm.
// It is for headers that guess does not know.
func loosely(k record.Kind, name string) string {
	var core []string
	second := false
	for _, w := range withoutForms(headerWords(name)) {
		switch {
		case neverMapped[w]:
			return ""
		case w == "c2":
			second = true
		case !padding[w]:
			core = append(core, cmp.Or(shortened[w], w))
		}
	}
	key := strings.Join(core, "")
	if key == "" || key == fold(name) || neverMapped[key] {
		return ""
	}
	fields := lexicons[k]()[key]
	switch {
	case len(fields) == 0 || second && fields[0] != "givenName":
		return ""
	case second:
		return "middleNames"
	}
	return fields[0]
}

// withoutForms leaves out words that together say how values are written.
func withoutForms(list []string) []string {
	for _, form := range forms {
		met := 0
		for _, w := range form {
			if slices.Contains(list, w) {
				met++
			}
		}
		if met == len(form) && len(list) > met {
			list = slices.DeleteFunc(list, func(w string) bool { return slices.Contains(form, w) })
		}
	}
	return list
}

// written gives a header folded, with its shortened words written out.
func written(name string) string {
	var key strings.Builder
	for _, w := range headerWords(name) {
		key.WriteString(fold(cmp.Or(shortened[w], w)))
	}
	return key.String()
}

// headerWords cuts a header into its words, in lower case: at marks and where
// small letters turn into capitals.
func headerWords(name string) []string {
	var b strings.Builder
	small := false
	for _, r := range name {
		if unicode.IsUpper(r) && small {
			b.WriteByte(' ')
		}
		small = unicode.IsLower(r)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		} else {
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// findField is record.FindColumn with a limit to the numbers.
func findField(k record.Kind, name string) (record.Column, bool) {
	if c, ok := record.FindColumn(k, name); ok && !tooMany(name) {
		return c, true
	}
	return record.Column{}, false
}

func tooMany(name string) bool {
	for i := 0; i < len(name); i++ {
		n := 0
		for ; i < len(name) && name[i] >= '0' && name[i] <= '9'; i++ {
			if n = n*10 + int(name[i]-'0'); n > record.MaxRepeat {
				return true
			}
		}
	}
	return false
}

// numbered gives the n-th of a field that repeats by nature: phone2, alias2.fullName,
// address2.postcode. It is "" for others: there is no second surname.
func numbered(k record.Kind, field string, n int) string {
	c, ok := record.FindColumn(k, field)
	if !ok {
		return ""
	}
	num, template := strconv.Itoa(n), c.Field.Name
	var out string
	switch {
	case field == "alias1.fullName":
		out = "alias" + num + ".fullName"
	case field == "addressLine" && n > 1: // the second line of one address, see special
		return ""
	case strings.HasPrefix(template, "(address#.)"):
		out = "address" + num + "." + field
	case strings.HasSuffix(template, "(#)"):
		out = field + num
	}
	if c, ok = findField(k, out); !ok {
		return ""
	}
	return c.Name()
}

// around is what a guess needs to know of the other headers.
type around struct {
	line, city, county, given, surname bool

	codes  bool            // two short headers are the names of a person
	common map[string]bool // words that begin or end most headers
}

func aroundOf(k record.Kind, names []string) (c around) {
	c.common = commonWords(names)
	var given, last bool
	for _, name := range names {
		switch codes[strings.Join(c.core(name), "")] {
		case "givenName":
			given = true
		case "surname":
			last = true
		}
		switch cmp.Or(guess(k, name), loosely(k, name)) {
		case "addressLine":
			c.line = true
		case "town":
			c.city = c.city || fold(name) != "suburb"
		case "county":
			c.county = true
		case "givenName":
			c.given = true
		case "surname":
			c.surname = true
		}
	}
	c.codes = given && last
	return c
}

// special gives fields that depend on the other headers, "" when they don't: what
// the further lines of an address hold, and a name beside a given name.
func (c around) special(k record.Kind, name string) string {
	if k == record.KindVehicle {
		return ""
	}
	key := written(name)
	switch base := strings.TrimRight(key, "234"); {
	case len(key) != len(base)+1 || base == "" || !slices.Contains(lexicons[k]()[base], "addressLine"):
	case key[len(base)] == '2' && c.line:
		return "locality"
	case key[len(base)] == '3' && c.line && !c.city:
		return "town"
	case key[len(base)] == '4' && c.line && !c.county:
		return "county"
	}
	switch key {
	case "suburb":
		if c.city {
			return "locality"
		}
	case "name", "namn", "navn", "nev":
		if c.given && !c.surname {
			return "surname"
		}
	}
	return ""
}

var (
	errNoKind = errors.New("no column name tells whether these are persons, vehicles or missing persons: " +
		"is the first line a header? Give --kind, and --map for columns with names of their own")
	errTwoKinds = errors.New("some columns are of persons and some of vehicles: give --kind to say which these records are")
)

// detectKind tells the kind of record from the headers.
func detectKind(names []string, m Mapping) (record.Kind, error) {
	var person, vehicle, missing bool
	mark := func(k record.Kind, field string) {
		switch {
		case k == record.KindPerson && personMarks[field]:
			person = true
		case k == record.KindVehicle && vehicleMarks[field]:
			vehicle = true
		case k == record.KindMissing && missingMarks[field]:
			missing = true
		}
	}
	for _, k := range record.Kinds() {
		for _, name := range names {
			key := fold(name)
			if weakMarks[key] {
				continue
			}
			mark(k, name)
			mark(k, guess(k, name))
			mark(k, loosely(k, name))
			if birthParts[0][key] && !shortParts[key] {
				mark(k, "dateOfBirth")
			}
		}
		for _, one := range m {
			if one.From != "" {
				mark(k, one.Field)
			}
		}
	}
	if !person && !vehicle && !missing { // headers that only their words tell
		ctx := aroundOf(record.KindPerson, names)
		for _, name := range names {
			mark(record.KindPerson, ctx.byWords(record.KindPerson, name))
		}
	}
	switch {
	case missing && (person || !vehicle):
		return record.KindMissing, nil
	case person && vehicle:
		return "", errTwoKinds
	case vehicle:
		return record.KindVehicle, nil
	case person:
		return record.KindPerson, nil
	}
	return "", errNoKind
}
