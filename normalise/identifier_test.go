package normalise

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"leds.internal/ledsq/record"

	"pgregory.net/rapid"
)

func TestDisplay(t *testing.T) {
	for _, tt := range [][3]string{
		{"pncid", "1979/0163001B", "79/163001B"}, {"pncid", "2000/0000223R", "00/223R"}, {"cro", "065656/91H", "065656/91H"}, {"asn", "9700000000000123456K", "97/0000/00/123456K"},
		{"nino", "AB123456C", "AB 12 34 56 C"}, {"nino", "AB123456", "AB 12 34 56"}, {"nhs", "9434765919", "943 476 5919"}, {"chi", "0101701233M", "010170 1233"},
		{"driver", "MORGA657054SM9IJ", "MORGA 657054 SM9IJ"}, {"driver", "12345678", "12345 678"}, {"utr", "1955839661", "19558 39661"}, {"noms", "A1234AA", "A1234AA"},
		{"phone", "+447911123456", "07911 123456"}, {"phone", "+442079460018", "020 7946 0018"}, {"phone", "+33612345678", "+33 6 12 34 56 78"},
		{"vrm", "AB51CDE", "AB51 CDE"}, {"vrm", "A1BCD", "A1 BCD"}, {"vrm", "ABC1D", "ABC 1D"}, {"vrm", "Q123ABC", "Q123 ABC"}, {"vrm", "ABZ1234", "ABZ 1234"},
		{"vrm", "1AB", "1 AB"}, {"vrm", "123D456", "123 D 456"}, {"vrm", "BMN123A", "BMN 123 A"}, {"vrm", "12345", "12345"}, {"vrm", "nonsense", "nonsense"},
		{"mrz", "A|B", "A\nB"}, {"hat", "x", "x"}, {"pncid", "", ""},
	} {
		if got := Display(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%s %s is shown as %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

// TestVectorsMakeRoundTrips reads every vector that is a good identifier, and its
// display form again.
func TestVectorsMakeRoundTrips(t *testing.T) {
	f, err := os.Open("testdata/vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, row := range rows[1:] {
		if _, ok := displays[row[0]]; !ok {
			continue
		}
		id, err := Parse(row[0], row[1], asOf)
		var parse *ParseError
		if err != nil {
			if !errors.As(err, &parse) || !id.IsZero() || len(row[1]) > 4 && strings.Contains(err.Error(), row[1]) {
				t.Errorf("%s %q: %v", row[0], row[1], err)
			}
			continue
		}
		n++
		if again, err := Parse(row[0], id.String(), asOf); err != nil || again != id {
			t.Errorf("%s %q reads again as %q, %v", row[0], id.String(), again.String(), err)
		}
		if again, err := Parse(row[0], id.Display(), asOf); err != nil || again != id {
			t.Errorf("%s %q is shown as %q, which reads as %q, %v", row[0], id.String(), id.Display(), again.String(), err)
		}
	}
	if n < 100 {
		t.Errorf("only %d identifiers read", n)
	}
}

func TestIdentifierIsAValue(t *testing.T) {
	var zero Identifier
	if !zero.IsZero() || zero.String() != "" || zero.Display() != "" || zero.Type() != "" || fmt.Sprint(zero) != "" {
		t.Errorf("the zero value is %q", fmt.Sprint(zero))
	}
	a, err := Parse("PNCID", "79/163001b", asOf)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Parse("pncid", "1979/0163001B", asOf)
	if a != b || map[Identifier]bool{a: true}[b] != true {
		t.Error("two spellings of one identifier differ")
	}
	if s := fmt.Sprintf("%v %s %q %+v", a, a, a, a); strings.Contains(s, "163001") {
		t.Errorf("printing gives the value away: %s", s)
	}
	if j, err := json.Marshal(map[string]Identifier{"id": a, "none": zero}); err != nil || string(j) != `{"id":"1979/0163001B","none":""}` {
		t.Errorf("%s %v", j, err)
	}
	if _, err := Parse("hat", "x", asOf); err == nil {
		t.Error("a hat is an identifier")
	}
	if len(IdentifierTypes()) != len(displays) {
		t.Error("a type is not listed")
	}
}

func TestSplit(t *testing.T) {
	check := func(name string, got, want any, ok bool) {
		t.Helper()
		if !ok || got != want {
			t.Errorf("%s: %+v %v, want %+v", name, got, ok, want)
		}
	}
	pnc, ok := SplitPNCID("2002/0073319Z")
	check("pncid", pnc, PNCIDParts{2002, 73319, 'Z'}, ok)
	cro, ok := SplitCRO("065656/91H")
	check("cro", cro, CROParts{false, 91, 65656, 'H'}, ok)
	cro, ok = SplitCRO("SF83/50058Z")
	check("cro", cro, CROParts{true, 83, 50058, 'Z'}, ok)
	asn, ok := SplitASN("1101ZD0100000448754K")
	check("asn", asn, ASNParts{11, "01", "ZD", "01", "Metropolitan Police Service", 448754, 'K', false}, ok)
	nino, ok := SplitNINO("AB123456C")
	check("nino", nino, NINOParts{"AB", 123456, "C"}, ok)
	chi, ok := SplitCHI("1506854567F")
	check("chi", chi, CHIParts{15, 6, 85, true}, ok)
	driver, ok := SplitDriver("A9999761215EF9GH")
	check("driver", driver, DriverParts{"A", 21, 11, 75, true, "EF", '9', "GH"}, ok)
	pc, ok := SplitPostcode("SW1A 1AA")
	check("postcode", pc, PostcodeParts{"SW", "SW1A", "SW1A 1", "AA"}, ok)
	pc, ok = SplitPostcode("M1")
	check("postcode", pc, PostcodeParts{Area: "M", District: "M1"}, ok)
	vrm, ok := SplitVRM("LB07SEO")
	check("vrm", vrm, VRMParts{Format: "current", Age: "07", FirstDay: "2007-03-01", LastDay: "2007-08-31", Tag: "LB", Region: "London", Office: vrm.Office, Serial: "SEO"}, ok && vrm.Office != "")
	vrm, ok = SplitVRM("A123BCD")
	check("vrm", vrm, VRMParts{Format: "prefix", Age: "A", FirstDay: "1983-08-01", LastDay: "1984-07-31", Serial: "123BCD"}, ok)
	vrm, ok = SplitVRM("ABZ1234")
	check("vrm", vrm, VRMParts{Format: "ni", Tag: "BZ", Region: "Northern Ireland", Serial: "ABZ1234"}, ok)
	vin, ok := SplitVIN("1M8GDM9AXKP042788")
	check("vin", vin, VINParts{WMI: "1M8", VDS: "GDM9AX", VIS: "KP042788", Maker: vin.Maker, Region: "North America", Years: [3]int{1989, 2019, 2049}, CheckOK: true}, ok)
	if day, ok := FirstDayOf("AB51CDE"); !ok || day != "2001-09-01" {
		t.Errorf("51 was issued from %s", day)
	}
	if _, ok := FirstDayOf("ABZ1234"); ok {
		t.Error("a Northern Ireland mark shows no age")
	}
	for mark, want := range map[string]string{"J123": "jersey", "AY12": "alderney", "123ABC": "trade", "12345": "trade2015", "AB51CDE": "", "A1": "", "": ""} {
		if got := strings.Join(OtherFormats(mark), "|"); got != want {
			t.Errorf("%s may also be %q, want %q", mark, got, want)
		}
	}
}

func TestSplitMRZ(t *testing.T) {
	p, ok := SplitMRZ("P<GBROBRIEN<<SIOBHAN<<<<<<<<<<<<<<<<<<<<<<<<|5334013720GBR9902288F3101012<<<<<<<<<<<<<<00", asOf)
	if want := (MRZParts{Format: "TD3", Document: "P", Issuer: "GBR", Surname: "OBRIEN", Given: "SIOBHAN", Number: "533401372", Nationality: "GBR", Sex: "F",
		Born: "1999-02-28", Expiry: "2031-01-01"}); !ok || p != want {
		t.Errorf("%+v, want %+v", p, want)
	}
	p, ok = SplitMRZ("I<UTOD231458907<<<<<<<<<<<<<<<|7408122F1204159UTO<<<<<<<<<<<6|ERIKSSON<<ANNA<MARIA<<<<<<<<<<", asOf)
	if want := (MRZParts{Format: "TD1", Document: "I", Issuer: "UTO", Surname: "ERIKSSON", Given: "ANNA MARIA", Number: "D23145890", Nationality: "UTO", Sex: "F",
		Born: "1974-08-12", Expiry: "2012-04-15", Specimen: true}); !ok || p != want {
		t.Errorf("%+v, want %+v", p, want)
	}
	const letterO = "P<GBROBRIEN<<SIOBHAN<<<<<<<<<<<<<<<<<<<<<<<<|5334013720GBR99O2288F31O1012<<<<<<<<<<<<<<00"
	if r := MRZ(letterO, asOf); r.Status != Repaired || !r.Proved {
		t.Errorf("letters O in the dates: %s", r.Status)
	}
}

// TestSplitTakesAnyText looks for a text on which a Split panics.
func TestSplitTakesAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { splitAll(genText().Draw(t, "text")) })
}

func splitAll(s string) {
	for _, typ := range IdentifierTypes() {
		Display(typ, s)
		if id, err := Parse(typ, s, asOf); err == nil {
			Display(typ, id.text)
		}
	}
	SplitPNCID(s)
	SplitCRO(s)
	SplitASN(s)
	SplitNINO(s)
	SplitCHI(s)
	SplitDriver(s)
	SplitPostcode(s)
	SplitVRM(s)
	SplitVIN(s)
	SplitMRZ(s, Options{})
	OtherFormats(s)
	FirstDayOf(s)
}

func FuzzIdentifier(f *testing.F) {
	for _, p := range pieces {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, text string) {
		splitAll(text)
		for _, typ := range IdentifierTypes() {
			id, err := Parse(typ, text, asOf)
			if err != nil {
				continue
			}
			if again, err := Parse(typ, id.String(), asOf); err != nil || again != id {
				t.Errorf("%s: %q reads as %q and that as %q, %v", typ, text, id.String(), again.String(), err)
			}
		}
	})
}

func TestSexInOtherLanguages(t *testing.T) {
	for want, words := range map[string][]string{
		"F": {"weiblich", "Weiblich", "FEMME", "Mujer", "kadın", "KADIN", "Женский", "女", "여"},
		"M": {"männlich", "MÄNNLICH", "homme", "Hombre", "férfi", "мужской", "男", "남성"},
		"":  {"K", "H", "V", "W", "nan", "n/a"}, // one letter, or no word at all
	} {
		for _, w := range words {
			if r := Sex(w, Options{}); r.Canonical != want {
				t.Errorf("%s: %s %q, not %q", w, r.Status, r.Canonical, want)
			}
		}
	}
	if r := Sex("那", Options{}); r.Status != Unknown { // reads na
		t.Errorf("a word of another script is taken for no value: %s", r.Status)
	}
}

func TestReadCodes(t *testing.T) {
	const head = "set,code,label,aliases,version\n"
	c, err := ReadCodes(strings.NewReader(head + "warning-marker,ZX,Zealous,zed|zeal,2026-10\nwarning-marker,AG,Aggressive,,2026-10\nvehicle-make,ACME,Acme,,7\n"))
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Codes: c}
	for _, tt := range []struct {
		typ, in, want string
		status        Status
	}{
		{"marker", "zed", "ZX", Valid}, {"marker", "zealous", "ZX", Valid}, {"marker", "AG", "AG", Valid}, {"marker", "ES", "", Unknown}, {"make", "acme", "ACME", Valid},
		{"make", "FORD", "", Unknown}, {"sex", "male", "M", Valid},
	} {
		read, _ := As(tt.typ)
		if r := read(tt.in, o); r.Canonical != tt.want || r.Status != tt.status {
			t.Errorf("%s %s: %s %q", tt.typ, tt.in, r.Status, r.Canonical)
		}
	}
	v := &record.Vehicle{Make: "acme"}
	Record(v, o)
	if v.Make != "ACME" {
		t.Errorf("in a record the make is %q", v.Make)
	}
	if s := fmt.Sprint(c.Sets()); s != "[{vehicle-make 7 true} {warning-marker 2026-10 true}]" {
		t.Errorf("sets: %s", s)
	}
	for text, want := range map[string]string{
		"":                                     "header",
		"set,code,label\n":                     "no column",
		"set,code,label,aliases,version,hat\n": "unknown column",
		"set,set,code,label,aliases,version\n": "twice",
		head:                                   "no row",
		head + "hats,A,,,\n":                   `no set "hats"`,
		head + "sex,,,,\n":                     "no code",
		head + "sex,A,,,1\nsex,A,,,1\n":        "line 3: code",
		head + "sex,A,,x,1\nsex,B,,X,1\n":      "both",
		head + "sex,A,,,1\nsex,B,,,2\n":        "two versions",
		head + "sex,A\n":                       "wrong number of fields",
	} {
		if _, err := ReadCodes(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if len(CodeSets()) != len(codeSets) {
		t.Error("a built-in list is not listed")
	}
}

func FuzzReadCodes(f *testing.F) {
	f.Add("set,code,label,aliases,version\nwarning-marker,ZX,Zealous,zed|zeal,2026-10\n", "zed")
	f.Add("set,code,label,aliases,version\nsex,é,x y,|,1\n", "X-Y")
	f.Fuzz(func(t *testing.T, file, text string) {
		c, err := ReadCodes(strings.NewReader(file))
		if err != nil {
			return
		}
		o := Options{Codes: c}
		for _, s := range c.Sets() {
			if r := o.code(s.Name, text); r.Canonical != "" && o.code(s.Name, r.Canonical).Canonical != r.Canonical {
				t.Errorf("%s: %q gives %q, which gives %q", s.Name, text, r.Canonical, o.code(s.Name, r.Canonical).Canonical)
			}
		}
	})
}
