package normalise

import (
	"embed"
	"encoding/csv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed codes/*.csv
var codeFiles embed.FS

// table reads an embedded list: the rows below its header, and the number of
// each column by name. The files are part of the program, so that a fault in one
// is a fault in the program, and a test reads them all.
func table(name string) (rows [][]string, column map[string]int) {
	f, err := codeFiles.Open("codes/" + name + ".csv")
	if err != nil {
		panic("normalise: no code list " + name)
	}
	defer f.Close()
	rows, err = csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		panic("normalise: code list " + name + " is damaged")
	}
	column = map[string]int{}
	for i, c := range rows[0] {
		column[c] = i
	}
	return rows[1:], column
}

// postcodeAreas marks the areas that exist by their letters, the second at 26
// for an area of one letter.
var postcodeAreas = sync.OnceValue(func() *[26][27]bool {
	var areas [26][27]bool
	rows, col := table("postcode_areas")
	for _, r := range rows {
		a := r[col["area"]]
		second := 26
		if len(a) == 2 {
			second = int(a[1] - 'A')
		}
		areas[a[0]-'A'][second] = true
	}
	return &areas
})

// niCounties marks the county and city codes of Northern Ireland marks.
var niCounties = sync.OnceValue(func() *[26][26]bool {
	var codes [26][26]bool
	rows, col := table("ni_vrm_county_codes")
	for _, r := range rows {
		c := r[col["code"]]
		codes[c[0]-'A'][c[1]-'A'] = true
	}
	return &codes
})

// dramaRanges are the numbers kept for fiction, by their first digits without
// the leading zero. Each range is all numbers that begin so.
var dramaRanges = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	rows, col := table("ofcom_drama_numbers")
	for _, r := range rows {
		from := strings.TrimPrefix(strip(r[col["from"]], " "), "0")
		m[from[:len(from)-3]] = true // every range is a thousand numbers
	}
	return m
})

func isDrama(nsn string) bool { return dramaRanges()[nsn[:len(nsn)-3]] }

// placeholders holds the values that stand for nothing, by kind of field.
var placeholders = sync.OnceValue(func() map[string]map[string]string {
	m := map[string]map[string]string{}
	rows, col := table("placeholder_values")
	for _, r := range rows {
		domain, value, class := r[col["domain"]], r[col["value"]], r[col["class"]]
		if strings.HasSuffix(value, "(weak)") || strings.HasSuffix(value, "_") && len(value) > 1 {
			continue // too common to blank; a prefix, not a value
		}
		if m[domain] == nil {
			m[domain] = map[string]string{}
		}
		m[domain][value] = class
	}
	return m
})

// nameWords are the placeholders among names. ends has, by the length of a word
// and its first character (the last five bits of it), a bit for the last
// character of each.
type nameWords struct {
	class map[string]string
	ends  [25][32]uint32
}

var namePlaceholders = sync.OnceValue(func() *nameWords {
	w := &nameWords{class: placeholders()["name"]}
	for word := range w.class {
		if n := len(word); n > 0 && n < len(w.ends) {
			w.ends[n][word[0]&31] |= 1 << (word[n-1] & 31)
		}
	}
	return w
})

// mayHave is true for every word of the list and false for nearly all others.
// The case of letters does not matter to it.
func (w *nameWords) mayHave(s string) bool {
	n := len(s)
	return n == 0 || n < len(w.ends) && w.ends[n][s[0]&31]&(1<<(s[n-1]&31)) != 0
}

// isToken says whether an upper-case value is a word that stands for no value
// in a field for an identifier, a number or a date.
func isToken(s string) bool {
	if len(s) > 15 || isDigit(s[0]) {
		return false
	}
	switch s {
	case "NONE", "NIL", "NO", "REFUSED", "WITHHELD", "XXX", "XXXX", "X", "NOT APPLICABLE":
		return true
	}
	return isUnknown(s)
}

// isUnknown says whether a text, in any case, says only that nothing is known.
func isUnknown(s string) bool {
	if len(s) > 16 {
		return false
	}
	if c := s[0] | 0x20; c >= 'a' && c <= 'z' && c != 'b' && c != 'n' && c != 't' && c != 'u' || isDigit(s[0]) {
		return false // none of the words begins with another letter
	}
	marks := true
	for i := 0; i < len(s) && marks; i++ {
		marks = strings.IndexByte(".-?*_/ ", s[i]) >= 0
	}
	if marks {
		return true
	}
	var buf [16]byte
	b := buf[:len(s)]
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' {
			c -= 32
		} else if c >= utf8.RuneSelf {
			b = []byte(strings.ToUpper(s))
			break
		}
		b[i] = c
	}
	switch string(b) {
	case "UNKNOWN", "UNKOWN", "UNKN", "UNK", "NOT KNOWN", "N/K", "NK", "N.K.", "NOT GIVEN", "NOT STATED", "NOT RECORDED",
		"NOT SUPPLIED", "NOT PROVIDED", "NOT ENTERED", "NOT AVAILABLE", "NULL", "N/A", "NAN", "BLANK", "TBC", "TBA", "T.B.C.", "TO BE CONFIRMED":
		return true
	}
	return false
}
