package normalise

import (
	"strings"
	"unicode/utf8"
)

// aliased makes a list from a file with a column canonical and one of aliases
// parted by bars. blank are the values that stand for none.
func aliased(set, file, aliases string, blank ...string) *codeSet {
	c := &codeSet{rule: set, lookup: map[string]string{}, blank: map[string]bool{}}
	for _, b := range blank {
		c.blank[b] = true
	}
	rows, col := table(file)
	for _, r := range rows {
		c.add(r[col["canonical"]], r[col["canonical"]])
	}
	for _, r := range rows {
		for _, a := range strings.Split(r[col[aliases]], "|") {
			c.add(a, r[col["canonical"]])
		}
	}
	return c
}

func sexCodes() *codeSet {
	c := aliased("sex", "sex_codes", "accepted_inputs")
	for _, extra := range [...][2]string{{"X", "U"}, {"NOT SPECIFIED", "NS"}, {"OTHER", "NS"}, {"NOT STATED", "U"}, {"NOT RECORDED", "U"}} {
		c.add(extra[0], extra[1])
	}
	for code, words := range sexWords {
		for w := range strings.FieldsSeq(words) {
			if utf8.RuneCountInString(w) == 1 {
				c.lookup[w] = code // folded it would be another word: 男 is nan
			} else {
				c.add(w, code)
			}
		}
	}
	return c
}

// sexWords are the words for the sexes in other languages where they mean but one,
// as forms and other countries' records have them. Single letters are not among
// them: M is a man in one language and a woman in another.
var sexWords = map[string]string{
	"F": "weiblich frau femme feminin féminin femminile femmina donna mujer femenino feminino mulher vrouw vrouwelijk kvinna kvinde kvinne nainen kobieta žena zena ženský ženski kadın kadin femeie женский жен 女 女性 여 여성 여자 أنثى",
	"M": "männlich mannlich maennlich mann homme masculin maschile maschio uomo hombre varón varon masculino homem mannelijk mand mies mężczyzna mezczyzna muž muz mužský muški erkek férfi ferfi bărbat barbat мужской муж 男 男性 남 남성 남자 ذكر",
}

func genderCodes() *codeSet {
	c := &codeSet{rule: "gender-identity", lookup: map[string]string{}}
	rows, col := table("gender_identity_codes")
	for _, r := range rows {
		c.add(r[col["code"]], r[col["code"]])
		c.add(r[col["label"]], r[col["code"]])
	}
	c.add("NONBINARY", "GINB")
	c.add("SELF DESCRIBED", "GISD")
	return c
}

// ethnicityCodes is the self-defined list (16+1 and 18+1). An officer's IC code
// in its field belongs to another list and is never turned into one of these.
func ethnicityCodes() *codeSet {
	c := &codeSet{rule: "ethnicity-self-defined", lookup: map[string]string{}}
	rows, col := table("ethnicity_self_defined")
	for _, r := range rows {
		c.add(r[col["code"]], r[col["code"]])
		c.add(r[col["label"]], r[col["code"]])
	}
	for _, a := range [...][2]string{{"White British", "W1"}, {"White Irish", "W2"}, {"White other", "W9"}, {"Indian", "A1"}, {"Pakistani", "A2"},
		{"Bangladeshi", "A3"}, {"Chinese", "A4"}, {"Black Caribbean", "B1"}, {"Black African", "B2"}, {"Arab", "O2"}, {"Not stated", "NS"},
		{"Prefer not to say", "NS"}, {"Any other ethnic group", "O9"}} {
		c.add(a[0], a[1])
	}
	c.other = func(key string) string {
		if k := strip(key, " "); len(k) == 3 && k[:2] == "IC" && isDigit(k[2]) {
			return "an officer-defined IC code, which belongs to another list and field"
		}
		return ""
	}
	return c
}

func icCodes() *codeSet {
	c := &codeSet{rule: "ethnicity-ic", lookup: map[string]string{}}
	rows, col := table("ethnicity_ic_codes")
	for _, r := range rows {
		c.add(r[col["ic_code"]], r[col["ic_code"]])
		c.add(r[col["label"]], r[col["ic_code"]])
		for _, a := range strings.Split(r[col["accepted_inputs"]], "|") {
			c.add(a, r[col["ic_code"]])
		}
	}
	selfDefined := ethnicityCodes()
	c.other = func(key string) string {
		if _, ok := selfDefined.lookup[key]; ok && len(key) == 2 {
			return "a self-defined ethnicity code, which belongs to another list and field"
		}
		return ""
	}
	return c
}

// countryCodes gives ISO 3166 alpha-3 codes, or those of ICAO, from alpha-2,
// names and demonyms. ISO wins where a NOMIS code reads the same (GE, AN), so
// that NOMIS codes shorter than four letters are left out.
func countryCodes() *codeSet {
	c := &codeSet{rule: "country", lookup: map[string]string{}}
	rows, col := table("nationality_codes")
	iso := col["iso3_or_icao"]
	for _, column := range [...]string{"iso3_or_icao", "iso2", "country", "aliases", "demonym", "nomis_code"} {
		for _, r := range rows {
			v := r[col[column]]
			if r[iso] == "" || column == "nomis_code" && len(v) < 4 {
				continue
			}
			for _, a := range strings.Split(v, "|") {
				c.add(a, r[iso])
				if name, _, ok := strings.Cut(a, " ("); ok && column == "country" {
					c.add(name, r[iso])
				}
			}
		}
	}
	for _, a := range [...][2]string{{"Great Britain", "GBR"}, {"Northern Ireland", "GBR"}, {"USA", "USA"}, {"America", "USA"}, {"Republic of Ireland", "IRL"},
		{"Eire", "IRL"}, {"Holland", "NLD"}, {"Russia", "RUS"}, {"South Korea", "KOR"}, {"Iran", "IRN"}, {"Syria", "SYR"}, {"Vietnam", "VNM"}, {"Turkey", "TUR"}} {
		c.add(a[0], a[1])
	}
	return c
}

// languageCodes gives ISO 639-3 codes from 639-1 and names.
func languageCodes() *codeSet {
	c := &codeSet{rule: "language", lookup: map[string]string{}}
	rows, col := table("language_codes")
	for _, column := range [...]string{"iso639_3", "iso639_1", "name"} {
		for _, r := range rows {
			c.lowerCode(r[col[column]], r[col["iso639_3"]])
		}
	}
	for _, a := range [...][2]string{{"Punjabi", "pan"}, {"Farsi", "fas"}, {"Persian", "fas"}, {"BSL", "bfi"}, {"Gaelic", "gla"}} {
		c.lowerCode(a[0], a[1])
	}
	return c
}

func (c *codeSet) lowerCode(text, value string) {
	c.add(text, value)
	if text != "" {
		c.lookup[value] = value
	}
}

// titleCodes gives titles as they are written, Mr or Dr, from codes and aliases.
func titleCodes() *codeSet {
	c := &codeSet{rule: "title", lookup: map[string]string{}}
	rows, col := table("name_titles")
	label := func(r []string) string {
		switch code := r[col["code"]]; code {
		case "UN":
			return "" // the list's own word for unknown
		case "REV", "PROF", "CAPT", "SGT", "INSP", "SUPT", "CLLR":
			return code[:1] + strings.ToLower(code[1:])
		case "PC", "DC", "DS", "HRH", "CI":
			return code
		case "PAN":
			return "Pan"
		case "PANI":
			return "Pani"
		default:
			return r[col["label"]]
		}
	}
	for _, r := range rows {
		if l := label(r); l != "" {
			c.add(l, l)
		}
	}
	for _, r := range rows {
		l := label(r)
		if l == "" {
			continue
		}
		c.add(r[col["code"]], l)
		for _, a := range strings.Split(r[col["aliases"]], "|") {
			if a, _, _ = strings.Cut(a, " ("); a != "" && a[0] != '(' {
				c.add(a, l)
			}
		}
	}
	return c
}

func suffixCodes() *codeSet {
	c := &codeSet{rule: "suffix", lookup: map[string]string{}}
	rows, col := table("name_suffixes")
	for _, r := range rows {
		code := r[col["code"]]
		value := code
		switch code {
		case "JR":
			value = "Jr"
		case "SNR":
			value = "Snr"
		case "ESQ":
			value = "Esq"
		case "BSC", "RN": // their aliases are other degrees and services
			c.add(value, value)
			continue
		}
		c.add(value, value)
		c.add(code, value)
		for _, a := range strings.Split(r[col["aliases"]], "|") {
			if a, _, _ = strings.Cut(a, " ("); a != "" && a[0] != '(' {
				c.add(a, value)
			}
		}
	}
	return c
}

// makeCodes folds aliases of three characters or more; two letters say too little.
func makeCodes() *codeSet {
	c := &codeSet{rule: "make", lookup: map[string]string{}}
	rows, col := table("vehicle_makes_aliases")
	for _, r := range rows {
		c.add(r[col["canonical"]], r[col["canonical"]])
	}
	for _, r := range rows {
		canonical := r[col["canonical"]]
		for _, a := range strings.Split(r[col["aliases"]], "|") {
			letters := strip(codeKey(a), " ")
			if a == "VW" || a == "V.W." || a == "V/W" || len(letters) > 2 || letters == canonical { // VW is nothing else
				if a != "RANGE ROVER" && a != "RANGEROVER" && a != "DATSUN" && canonical != "MINI" { // a model line; a badge of its own; two makes in turn
					c.add(a, canonical)
				}
			}
		}
	}
	return c
}

func bodyCodes() *codeSet {
	c := &codeSet{rule: "vehicle-body", lookup: map[string]string{}, blank: map[string]bool{"NOT RECORDED": true}}
	rows, col := table("vehicle_body_types")
	for _, r := range rows { // DVLA's labels come first, and stand for DVSA's where they are the same words
		label := strings.ToUpper(r[col["label"]])
		c.add(label, label)
		c.add(r[col["label"]], label)
	}
	return c
}

// markerCodes is an open list: no public one exists.
func markerCodes() *codeSet {
	c := &codeSet{rule: "warning-marker", lookup: map[string]string{}}
	rows, col := table("pnc_warning_signals")
	for _, r := range rows {
		c.add(r[col["code"]], r[col["code"]])
	}
	for _, r := range rows {
		short, _, _ := strings.Cut(r[col["short_text"]], " / ")
		c.add(short, r[col["code"]])
	}
	c.other = func(key string) string {
		if len(key) == 2 {
			return "a two-letter code that is not in the list, which is known to be incomplete"
		}
		return ""
	}
	return c
}

func outcomeCodes() *codeSet {
	c := &codeSet{rule: "missing-outcome", lookup: map[string]string{}}
	for _, w := range [...]string{"found-safe", "found-harmed", "deceased", "other"} {
		c.add(w, w)
	}
	rows, col := table("missing_person_codes")
	for _, r := range rows {
		if r[col["list"]] == "outcome_suggested" {
			code := strings.ToLower(strings.ReplaceAll(r[col["code"]], "_", "-"))
			c.add(code, code)
			c.add(r[col["label"]], code)
		}
	}
	return c
}
