package normalise

import "strings"

// VRM reads a vehicle registration mark and writes it without spaces.
//
// Class says the format: current (AB51CDE), prefix (A123BCD), suffix (ABC123D),
// dateless, ni, qplate, diplomatic, military, iom, jersey, guernsey, trade2015.
// A mark that fits as typed is kept; where a reading of O as 0 or I as 1, or
// the reverse, is a mark too, Readings lists it after the typed one, for
// searches. If it does not fit as typed, the only such reading is the repair,
// and several are Ambiguous: Class then lists their formats in the order of
// Readings, parted by a bar. Look-alikes (S and 5) are only suggested.
//
// A mark with *, ? or _ for characters not seen is Partial. The Irish form is
// Foreign; marks of other countries have no form of their own here, so that
// they may come out Invalid: a vehicle record that names its country of
// registration keeps them as Foreign. Whether an age identifier is issued yet,
// or agrees with the vehicle, is a question for package quality.
//
// Source: dvla RegistrationNumber.scala, cuvva-public-go; see codes/README.md
// for the Northern Ireland codes.
func VRM(text string) Result {
	if class := vrmClass(text); class != "" {
		return vrmTyped(text, text, class)
	}
	s := tidy(text)
	if s == "" {
		return invalid("vrm/empty", reasonEmpty)
	}
	if isToken(s) || vrmToken(s) {
		return placeholder("vrm/placeholder")
	}
	s = strip(unlabel(s, "VRM", "REG", "REGISTRATION"), " -.")
	if strings.ContainsAny(s, "*?_") && len(s) <= 8 && allAlnum(strip(s, "*?_")) {
		return Result{Status: Partial, Canonical: s, Class: "partial", Rule: "vrm/partial", Reason: "characters are missing; for searching only"}
	}
	if class := vrmClass(s); class != "" {
		return vrmTyped(text, s, class)
	}
	if z := strings.TrimLeft(s, "0"); z != s && z != "" { // some systems pad reversed marks with zeros
		if class := vrmClass(z); (class == "dateless" || class == "ni") && isDigit(z[0]) {
			return vrmTyped(text, z, class)
		}
	}
	if len(s) > 7 || !allAlnum(s) {
		if irishMark(s) {
			return Result{Status: Foreign, Canonical: s, Class: "ireland", Rule: "vrm/foreign", Reason: "the form of an Irish mark"}
		}
		return invalid("vrm/form", "no British mark has this form")
	}
	marks, classes := vrmReadings(s)
	switch {
	case len(marks) == 1:
		r := repaired(marks[0], "vrm/homoglyph", false)
		r.Class = classes[0]
		return r
	case irishMark(s):
		return Result{Status: Foreign, Canonical: s, Class: "ireland", Rule: "vrm/foreign", Reason: "the form of an Irish mark"}
	case len(marks) > 1:
		r := ambiguous("vrm/homoglyph", "O or I may each be a letter or a digit, and more than one reading is a mark", marks...)
		r.Class = strings.Join(classes, "|")
		return r
	}
	var near []string
	for i := 0; i < len(s); i++ {
		if l := lookalike(s[i]); l != 0 {
			t := s[:i] + string(l) + s[i+1:]
			if vrmClass(t) != "" {
				near = append(near, t)
				continue
			}
			if m, _ := vrmReadings(t); len(m) == 1 && !contains(near, m[0]) {
				near = append(near, m[0])
			}
		}
	}
	return invalid("vrm/form", "no British mark has this form", near...)
}

func vrmTyped(text, s, class string) Result {
	r := Result{Status: Valid, Canonical: s, Class: class}
	if text != s {
		r.Rule, r.Reason = "vrm/form", reasonForm
	}
	if class == "military" && isUpper(s[0]) {
		r.Status, r.Rule, r.Reason = Suspect, "vrm/truncated", "a military mark, or a current one that lost its last letter"
	}
	if strings.ContainsAny(s, "0O1I") && !allDigits(s) {
		if marks, _ := vrmReadings(s); len(marks) > 1 {
			r.Readings = append([]string{s}, without(marks, s)...)
		}
	}
	return r
}

func without(list []string, s string) []string {
	out := list[:0]
	for _, v := range list {
		if v != s {
			out = append(out, v)
		}
	}
	return out
}

func vrmToken(s string) bool {
	switch s {
	case "TRADE", "Q", "CYCLE", "PEDESTRIAN", "TRAILER", "XXX", "NOTKNOWN", "NOPLATES", "NO PLATES":
		return true
	}
	return false
}

// vrmReadings gives every reading of O/0 and I/1 that is a mark, in the order
// of letters before digits from the left, and its class.
func vrmReadings(s string) (marks, classes []string) {
	var buf [7]byte
	if len(s) > len(buf) {
		return nil, nil
	}
	var try func(i int)
	try = func(i int) {
		if i == len(s) {
			if class := vrmClassOf(buf[:i]); class != "" {
				marks, classes = append(marks, string(buf[:i])), append(classes, class)
			}
			return
		}
		c := s[i]
		buf[i] = c
		h := homoglyph(c)
		if h == 0 {
			try(i + 1)
			return
		}
		if first := i == 0; isDigit(c) == first { // the first as a letter, the others as digits: the usual marks come first
			c, h = h, c
		}
		buf[i] = c
		try(i + 1)
		buf[i] = h
		try(i + 1)
	}
	try(0)
	return marks, classes
}

// irishMark knows year (two digits, or three from 2013), county and number.
func irishMark(s string) bool {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i != 2 && (i != 3 || s[2] != '1' && s[2] != '2') {
		return false
	}
	j := i
	for j < len(s) && isUpper(s[j]) {
		j++
	}
	return j-i >= 1 && j-i <= 2 && len(s)-j >= 1 && len(s)-j <= 6 && allDigits(s[j:])
}
