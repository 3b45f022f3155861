package normalise

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"leds.internal/ledsq/record"
)

func TestAs(t *testing.T) {
	for _, tt := range []struct {
		typ, text string
		status    Status
		canonical string
		class     string
		why       string
	}{
		{"postcode", "2602", Foreign, "2602", "", "four digits: Australian, and many others"},
		{"postcode", "K1A 0B1", Foreign, "K1A 0B1", "", "Canadian"},
		{"postcode", "d02 af30", Foreign, "D02 AF30", "", "Irish, upper case"},
		{"postcode", "00-950", Foreign, "00-950", "", "Polish"},
		{"postcode", "BFPO12", Valid, "BFPO 12", "bfpo", "forces post office"},
		{"postcode", "SWIA IAA", Repaired, "SW1A 1AA", "", "two homoglyphs, one reading"},
		{"postcode", "ZZ99 3WZ", Placeholder, "ZZ993WZ", "pseudo", "kept: it says which country"},
		{"postcode", "XX1 1XX", Placeholder, "", "", "a dummy"},
		{"postcode", "EC1", Invalid, "", "outward", "strict: a full postcode"},
		{"postcode", "London", Unknown, "LONDON", "", "not a postcode of any form we know"},
		{"dob", "19081209", Valid, "1908-12-09", "", "run together, year first"},
		{"dob", "31121985", Valid, "1985-12-31", "", "run together, year last"},
		{"dob", "12311985", Invalid, "", "", "no month 31"},
		{"dob", "150680", Invalid, "", "", "six digits are too few to be sure"},
		{"dob", "May 1970", Partial, "1970-05", "month", "a month"},
		{"dob", "15th June 1980", Valid, "1980-06-15", "", "in words"},
		{"dob", "June 15, 1980", Valid, "1980-06-15", "", "American words are not ambiguous"},
		{"dob", "c1980", Partial, "1980~", "estimated", "circa"},
		{"dob", "1984-1986", Partial, "1984/1986", "interval", "from year to year"},
		{"dob", "1980-06-14T23:00:00Z", Suspect, "1980-06-14", "", "midnight of British Summer Time in UTC"},
		{"dob", "1970-01-01", Placeholder, "1970-01-01", "", "people are born on it"},
		{"dob", "05/12/2026", Invalid, "", "future", "after the reference date"},
		{"dob", "15/06/27", Valid, "1927-06-15", "", "a birth is not in the future"},
		{"date", "15/06/27", Valid, "2027-06-15", "", "a review may be"},
		{"date", "1980", Partial, "1980", "year", "a bare year"},
		{"time", "05/01/2026 14:30", Suspect, "2026-01-05T14:30:00", "", "no offset is invented"},
		{"time", "2026-01-05 14:30Z", Valid, "2026-01-05T14:30:00Z", "", "seconds added, offset given"},
		{"time", "2026-07-05 2:30 pm BST", Valid, "2026-07-05T14:30:00+01:00", "", "a zone by name"},
		{"time", "15/06/2026", Partial, "2026-06-15", "date", "no time of day"},
		{"phone", "+48 22 123 45 67", Foreign, "+48221234567", "PL", "Polish"},
		{"phone", "0033 (0)6 12 34 56 78", Foreign, "+33612345678", "FR", "the trunk zero of France is dropped"},
		{"phone", "+353 85 012 3456", Foreign, "+353850123456", "IE", "Irish, common in Northern Ireland"},
		{"phone", "+353 20 000 0000", Suspect, "+353200000000", "", "the length of an Irish number, not the beginning of one"},
		{"phone", "+48 22 123", Invalid, "", "", "too short for Poland"},
		{"phone", "+999 123 456 789", Invalid, "", "", "no such country code"},
		{"phone", "7700900123", Repaired, "+447700900123", "drama", "a lost zero"},
		{"phone", "0401 234 567", Invalid, "", "", "04 is no British code"},
		{"phone", "555 1234", Unknown, "", "", "without any code"},
		{"phone", "0800 1111", Valid, "+448001111", "freephone", "Childline is short"},
		{"vrm", "AB12 CD", Suspect, "AB12CD", "military", "or truncated"},
		{"vrm", "0012AB", Valid, "12AB", "dateless", "padded by a system"},
		{"vrm", "RO1 1234", Repaired, "ROI1234", "ni", "Northern Ireland has I"},
		{"vrm", "191-D-12345", Foreign, "191D12345", "ireland", "Irish"},
		{"vrm", "AB?? CDE", Partial, "AB??CDE", "partial", "seen in part"},
		{"pncid", "1981100Q", Ambiguous, "", "", "year of two or four digits"},
		{"pncid", "65656/91H", Invalid, "", "cro", "a CRO number in the wrong field"},
		{"pncid", "PNC ID: 02/73319z", Valid, "2002/0073319Z", "", "a label, lower case, no padding"},
		{"cro", "2002/0073319Z", Invalid, "", "pncid", "a PNCID in the wrong field"},
		{"cro", "06565691H", Valid, "065656/91H", "", "the letter proves the split"},
		{"nino", "AB123456", Valid, "AB123456", "suffix-missing", "unique without its suffix"},
		{"nino", "11 A1 11 11", TRN, "11A11111", "", "HMRC's own reference"},
		{"email", "Ann@GMIAL.com", Suspect, "Ann@gmial.com", "", "suggested, not corrected"},
		{"name", "MCDONALD", Valid, "McDonald", "", "Mc is recased"},
		{"name", "MACDONALD", Valid, "Macdonald", "", "Mac is not"},
		{"name", "MCDONALD-O'NEILL", Valid, "McDonald-O'Neill", "", "both parts"},
		{"name", "VAN DER BERG", Valid, "van der Berg", "", "particles stay small"},
		{"name", "ST JOHN", Valid, "St John", "", "not initials"},
		{"name", "NG", Valid, "Ng", "", "a surname"},
		{"name", "McDONALD", Valid, "McDONALD", "", "mixed case is kept as typed"},
		{"name", "O’Brien", Valid, "O'Brien", "", "curly apostrophe"},
		{"name", "Ã©mile", Suspect, "Ã©mile", "", "mojibake is reported, not repaired"},
		{"name", "Constable", Suspect, "Constable", "organisation", "an office and a surname"},
		{"name", "Null", Placeholder, "Null", "", "a surname too"},
		{"name", "r", Valid, "R", "", "an initial, not Regina"},
		{"name", "unknown", Placeholder, "", "", "stands for nothing"},
		{"ethnicity", "IC1", Unknown, "", "", "of another list: never forced"},
		{"ethnicity", "w1 - White British", Valid, "W1", "", "the code before its words"},
		{"nationality", "Scottish", Valid, "GBR", "", "no code of its own"},
		{"nationality", "GE", Valid, "GEO", "", "Georgia, not Germany"},
		{"colour", "not stated", Placeholder, "", "", "the list's word for none"},
		{"colour", "sparkly", Unknown, "", "", "kept as typed"},
		{"make", "merc", Valid, "MERCEDES-BENZ", "", "alias of the whole value"},
		{"make", "MB", Unknown, "", "", "two letters say too little"},
		{"risk", "absent", Valid, "no-apparent-risk", "", "the former lowest level"},
		{"number", "1,998 cc", Valid, "1998", "", "comma and unit"},
		{"number", "5'11\"", Unknown, "", "", "not a whole number"},
		{"tri", "TRUE", Valid, "yes", "", "a system's word"},
	} {
		read, ok := As(tt.typ)
		if !ok {
			t.Fatalf("no type %s", tt.typ)
		}
		if r := read(tt.text, asOf); r.Status != tt.status || r.Canonical != tt.canonical || r.Class != tt.class {
			t.Errorf("%s %q: %s %q %q, want %s %q %q: %s", tt.typ, tt.text, r.Status, r.Canonical, r.Class, tt.status, tt.canonical, tt.class, tt.why)
		}
	}
}

func TestSuggestionsAndReadings(t *testing.T) {
	for _, tt := range []struct {
		typ, text, want, why string
	}{
		{"dob", "12/31/1985", "suggest 1985-12-31", "never swapped silently"},
		{"dob", "29221", "suggest 1980-01-01", "a spreadsheet's day number"},
		{"dob", "05/12/2026", "suggest 2026-05-12", "the future one way only"},
		{"dob", "03/04/1990", "read 1990-04-03 1990-03-04", "either order"},
		{"postcode", "5W1A 1AA", "suggest SW1A 1AA", "a look-alike"},
		{"vrm", "LBO7 5E0", "suggest LB07SEO", "a look-alike and homoglyphs"},
		{"vrm", "1OAB", "read 1OAB 10AB", "fits as typed, and otherwise"},
		{"vrm", "B007O0A", "read BO07OOA BOO700A", "two formats"},
		{"pncid", "2002/0073319", "suggest 2002/0073319Z", "the letter can be computed"},
		{"pncid", "2003/001Z345N", "suggest 2003/0012345N", "Z for 2, and the letter agrees"},
		{"nhs", "45055771O4", "suggest 4505577104", "NHS numbers are never repaired"},
		{"name", "J0HN", "suggest John", "a digit for a letter"},
		{"phone", "mum 07911 123456", "suggest +447911123456", "a number among words"},
	} {
		read, _ := As(tt.typ)
		r := read(tt.text, asOf)
		got := "suggest " + strings.Join(r.Suggestions, " ")
		if len(r.Readings) > 0 {
			got = "read " + strings.Join(r.Readings, " ")
		}
		if got != tt.want {
			t.Errorf("%s %q: %s, want %s: %s", tt.typ, tt.text, got, tt.want, tt.why)
		}
	}
}

func TestDateOrder(t *testing.T) {
	for _, tt := range []struct {
		order DateOrder
		text  string
		want  string
	}{
		{"", "03/04/1990", "1990-04-03"}, {MDY, "03/04/1990", "1990-03-04"}, {MDY, "12/31/1985", "1985-12-31"}, {YMD, "90/04/03", "1990-04-03"},
		{MDY, "1990-04-03", "1990-04-03"}, {MDY, "03041990", "1990-03-04"}, {YMD, "03/04/1990", "1990-04-03"},
	} {
		if r := Date(tt.text, Options{DateOrder: tt.order}); r.Canonical != tt.want {
			t.Errorf("%q %q: %q, want %q", tt.order, tt.text, r.Canonical, tt.want)
		}
	}
}

func TestEveryTypeHasAReader(t *testing.T) {
	for _, k := range record.Kinds() {
		for _, f := range record.Fields(k) {
			if readers[f.Type] == nil {
				t.Errorf("%s has no reader", f.Type)
			}
		}
	}
	for _, typ := range Types() {
		read, _ := As(typ)
		for _, s := range append(slices.Clone(pieces), "", strings.Repeat("A", 400), "\x00") {
			read(s, Options{})
		}
	}
}

func TestCodeListsAreRead(t *testing.T) {
	for set, load := range codeSets {
		c := load()
		if len(c.lookup) == 0 || c.rule == "" {
			t.Errorf("%s is empty", set)
		}
		for _, v := range c.lookup {
			if r := Code(set, v); r.Status != Placeholder && r.Canonical != v {
				t.Errorf("%s: %q comes out as %q", set, v, r.Canonical)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for _, tt := range []struct{ in, fold, name string }{
		{"O'Brien", "OBRIEN", "OBRIEN"}, {"O Brien", "O BRIEN", "OBRIEN"}, {"Mc Donald", "MC DONALD", "MCDONALD"}, {"M'Gregor", "MGREGOR", "MCGREGOR"},
		{"Smith-Jones", "SMITH JONES", "SMITH JONES"}, {"Łukasz Müller-Straße", "LUKASZ MULLER STRASSE", "LUKASZ MULLER STRASSE"},
		{"Æthelþryð Đorđević", "AETHELTHRYD DORDEVIC", "AETHELTHRYD DORDEVIC"}, {"Иван Щукин", "IVAN SHCHUKIN", "IVAN SHCHUKIN"},
		{"Αλέξης", "ALEXIS", "ALEXIS"}, {"李 小龍", "LI XIAOLONG", "LI XIAOLONG"},
		{"محمد حسين", "MHMD HSYN", "MHMD HSYN"}, {"مُحَمَّد", "MHMD", "MHMD"}, {"فاطمة", "FATMA", "FATMA"}, {"أحمد", "AHMD", "AHMD"}, {"דוד כהן", "DVD KHN", "DVD KHN"},
		{"राम कुमार", "RAAM KUMAAR", "RAAM KUMAAR"}, {"김민준", "GIMMINJUN", "GIMMINJUN"}, {"Վարդան", "VARDAN", "VARDAN"}, {"გიორგი", "GIORGI", "GIORGI"}, {"  a  b. ", "A B", "A B"}, {"", "", ""}, {"Jo O Hara", "JO O HARA", "JO OHARA"},
	} {
		if got := Fold(tt.in); got != tt.fold {
			t.Errorf("Fold(%q) is %q, want %q", tt.in, got, tt.fold)
		}
		if got := FoldName(tt.in); got != tt.name {
			t.Errorf("FoldName(%q) is %q, want %q", tt.in, got, tt.name)
		}
	}
}

func TestNameLink(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		ok   bool
		why  string
	}{
		{"Robert", "bob", true, "a diminutive"}, {"Bob", "Robert", true, "both ways"}, {"Smith", "Smyth", true, "surnames too"},
		{"Chloe", "Chloë", false, "equal when folded: no link"}, {"Alexander", "Alexandra", false, "not closed over Alex"},
	} {
		if _, _, ok := NameLink(tt.a, tt.b); ok != tt.ok {
			t.Errorf("%s and %s: %v; %s", tt.a, tt.b, ok, tt.why)
		}
	}
}

// TestLongTextIsRead reads fields of many kilobytes: such a field is a mistake, and
// must not stop the rest. Reading that took the square of the length would take so
// long here that the tests would run out of time.
func TestLongTextIsRead(t *testing.T) {
	for _, unit := range []string{"S", "5", "5S", "Smith ", "aka x ", "(a) ", "é", "01/", "1:", "\" ", ", ", "' x ", "O'"} {
		text := strings.Repeat(unit, 40_000/len(unit))
		for _, typ := range Types() {
			read, _ := As(typ)
			if r := read(text, asOf); r.Status == "" {
				t.Errorf("%q repeated, read as %s, has no status", unit, typ)
			}
		}
		Address(text).Key()
		DaitchMokotoff(text)
		Skeleton(text)
		p := &record.Person{Names: []record.Name{{GivenNames: []string{text[:2000]}, FullName: text[:2000]}}}
		Record(p, asOf)
	}
}

// TestReadersMayRunAtOnce is for the race detector: tables and libraries are
// filled on first use.
func TestReadersMayRunAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, text := range pieces {
				splitAll(text)
				FoldName(text + " 李小龍")
				Address(text).Key()
				DaitchMokotoff(text)
				Phone("+33612345678", asOf)
				NameLink(text, "Bob")
				for _, name := range Types() {
					read, _ := As(name)
					read(text, asOf)
				}
			}
		})
	}
	all.Wait()
}
