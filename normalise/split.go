package normalise

import "strings"

// The Split functions take canonical text apart; ok is false for text that is
// not the canonical form of its type. The parts are values without pointers,
// compared with ==.

// PNCIDParts are the parts of a PNC ID.
type PNCIDParts struct {
	Year, Serial int // the year in four digits
	Check        byte
}

// SplitPNCID takes 2002/0073319Z apart.
func SplitPNCID(s string) (p PNCIDParts, ok bool) {
	if len(s) != 13 || s[4] != '/' || !allDigits(s[:4]) || !allDigits(s[5:12]) || checkLetter(s[2:4], s[5:12]) != s[12] {
		return p, false
	}
	return PNCIDParts{atoi(s[:4]), atoi(s[5:12]), s[12]}, true
}

// CROParts are the parts of a CRO number.
type CROParts struct {
	ShortFile    bool
	Year, Serial int // the year in two digits: a CRO number has no century
	Check        byte
}

// SplitCRO takes 065656/91H or SF83/50058Z apart.
func SplitCRO(s string) (p CROParts, ok bool) {
	if r := CRO(s, Options{}); r.Status != Valid || r.Canonical != s {
		return p, false
	}
	head, tail, _ := strings.Cut(s, "/")
	n := len(tail) - 1
	if year, short := strings.CutPrefix(head, "SF"); short {
		return CROParts{true, atoi(year), atoi(tail[:n]), tail[n]}, true
	}
	return CROParts{false, atoi(tail[:n]), atoi(head), tail[n]}, true
}

// ASNParts are the parts of an arrest/summons number.
type ASNParts struct {
	Year                int // two digits
	Force, Unit, System string
	ForceName           string // "" for a code that is not in codes/police_force_codes.csv
	Sequence            int
	Check               byte
	Dummy               bool // a pattern used where nobody was arrested or summonsed
}

// SplitASN takes 1101ZD0100000448754K apart.
func SplitASN(s string) (p ASNParts, ok bool) {
	if len(s) != 20 || !allAlnum(s) {
		return p, false
	}
	if c, n, good := asnReading(s); !good || n > 0 || c != s {
		return p, false
	}
	return ASNParts{atoi(s[:2]), s[2:4], s[4:6], s[6:8], ForceName(s[2:4]), atoi(s[8:19]), s[19], dummyASN(s)}, true
}

// NINOParts are the parts of a National Insurance number.
type NINOParts struct {
	Prefix string
	Number int
	Suffix string // "" where it was not given
}

// SplitNINO takes AB123456C apart.
func SplitNINO(s string) (p NINOParts, ok bool) {
	if r := NINO(s, Options{}); r.Status != Valid || r.Canonical != s {
		return p, false
	}
	return NINOParts{s[:2], atoi(s[2:8]), s[8:]}, true
}

// CHIParts are what a Scottish CHI number says of its holder.
type CHIParts struct {
	Day, Month, Year int // the year in two digits: there is no century
	Female           bool
}

// SplitCHI takes 0101701233M apart.
func SplitCHI(s string) (p CHIParts, ok bool) {
	if r := CHI(s, Options{}); r.Status != Valid || r.Canonical != s {
		return p, false
	}
	return CHIParts{atoi(s[:2]), atoi(s[2:4]), atoi(s[4:6]), s[10] == 'F'}, true
}

// DriverParts are what a Great Britain driver number says of its holder.
type DriverParts struct {
	Surname          string // its first five letters or fewer, MAC as MC
	Day, Month, Year int    // the year in two digits: there is no century
	Female           bool
	Initials         string // two, one or none
	TieBreak         byte
	Check            string
}

// SplitDriver takes MORGA657054SM9IJ apart; ok is false for a Northern Ireland
// licence, whose digits say nothing.
func SplitDriver(s string) (p DriverParts, ok bool) {
	if r := DriverNumber(s, Options{}); r.Status != Valid || r.Canonical != s || len(s) != 16 {
		return p, false
	}
	d, _ := driverBirth(s)
	return DriverParts{strings.TrimRight(s[:5], "9"), d.day, d.month, d.yy, d.female, strings.TrimRight(s[11:13], "9"), s[13], s[14:]}, true
}

// PostcodeParts are the parts of a postcode.
type PostcodeParts struct {
	Area, District, Sector, Unit string // SW, SW1A, SW1A 1, AA
}

// SplitPostcode takes SW1A 1AA, or the outward code SW1A alone, apart; ok is
// false for BFPO numbers and the codes of overseas territories.
func SplitPostcode(s string) (p PostcodeParts, ok bool) {
	out, in, full := strings.Cut(s, " ")
	if !outwardOK(out) || full && (len(in) != 1 || !allDigits(in)) && !inwardOK(in) {
		return p, false
	}
	p.District = out
	p.Area = strings.TrimRight(out[:2], "0123456789")
	if full {
		p.Sector, p.Unit = out+" "+in[:1], in[1:]
	}
	return p, true
}
