package normalise

import "strings"

// maritalCodes is the list of NOMIS, whose letters the NHS shares; CO is its
// double of C.
func maritalCodes() *codeSet {
	c := &codeSet{rule: "marital-status", lookup: map[string]string{}}
	rows, col := table("marital_status")
	for _, r := range rows {
		code := r[col["code"]]
		if code == "CO" {
			code = "C"
		}
		c.add(r[col["code"]], code)
		label, _, _ := strings.Cut(r[col["label"]], " - ")
		label, _, _ = strings.Cut(label, " (")
		c.add(label, code)
		c.add(r[col["label"]], code)
	}
	for _, a := range [...][2]string{{"Married", "M"}, {"Civil partnership", "M"}, {"Divorced", "D"}, {"Cohabiting", "C"}, {"Living together", "C"}} {
		c.add(a[0], a[1])
	}
	return c
}

// forceCodes gives the two-digit code of the PNC from itself, the three digits of
// newer systems and the name.
func forceCodes() *codeSet {
	c := &codeSet{rule: "force", lookup: map[string]string{}}
	rows, col := table("police_force_codes")
	for _, r := range rows {
		code := r[col["pnc_force_code"]]
		c.add(code, code)
		c.add("0"+code, code)
	}
	for _, r := range rows {
		name := r[col["name"]]
		c.add(name, r[col["pnc_force_code"]])
		for _, end := range [...]string{" Police Service", " Constabulary", " Police"} {
			if short, ok := strings.CutSuffix(name, end); ok {
				c.add(short, r[col["pnc_force_code"]])
				break
			}
		}
	}
	return c
}
