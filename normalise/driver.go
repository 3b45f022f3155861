package normalise

import "strings"

// DriverNumber reads a Great Britain driver number of 16 characters,
// MORGA657054SM9IJ; the two digits of an issue number after it are dropped.
//
// It holds five letters of the surname padded with 9, decade, month (plus 50
// for women), day and last digit of the year of birth, two initials, a
// tie-break and two check letters whose making is not published: they are not
// tested. Eight digits are a Northern Ireland licence, class "ni". O and 0, I
// and 1 are repaired where the position fixes the kind, never proved.
//
// Source: dvla vehicles-presentation-common, DriverNumber.
func DriverNumber(text string, _ Options) Result {
	s := tidy(text)
	if s == "" {
		return invalid("driver/empty", reasonEmpty)
	}
	if isToken(s) {
		return placeholder("driver/placeholder")
	}
	s = strip(unlabel(s, "DRIVER", "DRIVING LICENCE", "DLN"), " -")
	if len(s) == 8 && allDigits(s) {
		r := valid(text, s, "driver/form")
		r.Class = "ni"
		return r
	}
	if len(s) == 18 && allDigits(s[16:]) {
		s = s[:16]
	}
	if len(s) != 16 {
		return invalid("driver/form", "not 16 characters")
	}
	padding := 5
	for padding > 0 && s[padding-1] == '9' {
		padding--
	}
	if padding == 0 {
		return invalid("driver/form", "it does not begin with a letter")
	}
	out, n, ok := fit(s, strings.Repeat("L", padding)+strings.Repeat("A", 5-padding)+"DDDDDDAAALL")
	if !ok || !isUpper(out[11]) || !isUpper(out[12]) && out[12] != '9' || strings.IndexByte("23456789ABCDEFGHJKLMNPRSTUVWX", out[13]) < 0 {
		return invalid("driver/form", "a character is of the wrong kind for its place")
	}
	if _, ok := driverBirth(out); !ok {
		return invalid("driver/date", "the month or day of birth in it does not exist")
	}
	if n > 0 {
		return repaired(out, "driver/homoglyph", false)
	}
	return valid(text, out, "driver/form")
}

type driverDate struct {
	yy, month, day int
	female         bool
}

func driverBirth(s string) (d driverDate, ok bool) {
	d = driverDate{yy: atoi(s[5:6])*10 + atoi(s[10:11]), month: atoi(s[6:8]), day: atoi(s[8:10])}
	if d.month > 50 {
		d.month, d.female = d.month-50, true
	}
	return d, realDate(1900+d.yy, d.month, d.day) || realDate(2000+d.yy, d.month, d.day)
}

// DriverAgrees compares a driver number with the person it should belong to:
// surname, forenames parted by spaces, date of birth as YYYY-MM-DD, sex M or F.
// Empty parts are not compared.
//
// The status is Valid with the 13 characters derived from the person, Mismatch
// with the parts that differ in Class (surname, dob, sex, initial1, initial2,
// parted by semicolons), or Invalid when the number is none. One part that
// differs is common and legitimate: marriage, order of names, sex as DVLA holds
// it. Reason says so when only day and month are exchanged.
func DriverAgrees(number, surname, forenames, born, sex string) Result {
	r := DriverNumber(number, Options{})
	if !r.OK() || r.Class == "ni" {
		return invalid("driver_consistency/number", "not a Great Britain driver number")
	}
	s := r.Canonical
	d, _ := driverBirth(s)
	var wrong []string
	reason := "parts of the number differ from the person"
	if want := driverSurname(surname); surname != "" && s[:5] != want {
		wrong = append(wrong, "surname")
	}
	if b := Date(born, Options{}); b.OK() && len(b.Canonical) == 10 {
		yy, m, day := atoi(b.Canonical[2:4]), atoi(b.Canonical[5:7]), atoi(b.Canonical[8:])
		if yy != d.yy || m != d.month || day != d.day {
			wrong = append(wrong, "dob")
			if yy == d.yy && m == d.day && day == d.month {
				reason = "day and month of birth are exchanged"
			}
		}
	}
	if x := Sex(sex, Options{}).Canonical; x == "M" && d.female || x == "F" && !d.female {
		wrong = append(wrong, "sex")
	}
	if given := strings.Fields(Fold(forenames)); len(given) > 0 {
		if s[11] != given[0][0] {
			wrong = append(wrong, "initial1")
		}
		second := byte('9')
		if len(given) > 1 {
			second = given[1][0]
		}
		if s[12] != second {
			wrong = append(wrong, "initial2")
		}
	}
	if len(wrong) > 0 {
		return Result{Status: Mismatch, Class: strings.Join(wrong, ";"), Rule: "driver_consistency/parts", Reason: reason}
	}
	return Result{Status: Valid, Canonical: s[:13]}
}

// driverSurname gives the first five characters of a driver number.
func driverSurname(surname string) string {
	s := strip(Fold(surname), " ")
	if strings.HasPrefix(s, "MAC") {
		s = "MC" + s[3:]
	}
	return (s + "99999")[:5]
}
