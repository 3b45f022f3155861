package normalise

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAddress(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want AddressParts
		why  string
	}{
		{"12 High Street, Leeds LS1 4AP", AddressParts{Number: "12", Street: "High Street", Town: "Leeds", Postcode: "LS1 4AP", Separated: true}, "the usual"},
		{"Flat 2, 12A High St., Headingley, Leeds, West Yorkshire, LS6 3AA, UK", AddressParts{Flat: "Flat 2", Number: "12A", Street: "High St.", Locality: "Headingley",
			Town: "Leeds", County: "West Yorkshire", Postcode: "LS6 3AA", Country: "UK", Separated: true}, "every part"},
		{"Flat 2 12 High Street\nLeeds\nls14ap", AddressParts{Flat: "Flat 2", Number: "12", Street: "High Street", Town: "Leeds", Postcode: "ls14ap", Separated: true}, "lines"},
		{"12, High Street, Leeds", AddressParts{Number: "12", Street: "High Street", Town: "Leeds", Separated: true}, "a comma after the number"},
		{"No. 12 High Street, Leeds", AddressParts{Number: "No. 12", Street: "High Street", Town: "Leeds", Separated: true}, "No before the number"},
		{"12 High Street, Flat 2, Leeds", AddressParts{Flat: "Flat 2", Number: "12", Street: "High Street", Town: "Leeds", Separated: true}, "the flat after the street"},
		{"Rose Cottage, Mill Lane, Ambridge, Borsetshire", AddressParts{Building: "Rose Cottage", Street: "Mill Lane", Locality: "Ambridge", Town: "Borsetshire", Separated: true}, "a county of fiction is no county"},
		{"2 Rose Cottages, Mill Lane, Ripon", AddressParts{Building: "2 Rose Cottages", Street: "Mill Lane", Town: "Ripon", Separated: true}, "a terrace called after itself"},
		{"Ground Floor Flat, 7 Park Road North, Acton, London W3 8RX", AddressParts{Flat: "Ground Floor Flat", Number: "7", Street: "Park Road North", Locality: "Acton",
			Town: "London", Postcode: "W3 8RX", Separated: true}, "a flat without a number"},
		{"HMP Leeds, 2 Gloucester Terrace, Leeds, LS12 2TJ", AddressParts{Kind: "prison", Building: "HMP Leeds", Number: "2", Street: "Gloucester Terrace", Town: "Leeds",
			Postcode: "LS12 2TJ", Separated: true}, "a prison"},
		{"Ward 5, St James's University Hospital, Beckett Street, Leeds", AddressParts{Kind: "hospital", Flat: "Ward 5", Building: "St James's University Hospital",
			Street: "Beckett Street", Town: "Leeds", Separated: true}, "a hospital"},
		{"4 Hospital Road, Leeds", AddressParts{Number: "4", Street: "Hospital Road", Town: "Leeds", Separated: true}, "a street is no hospital"},
		{"c/o Smith, 4 Hope Close, York", AddressParts{CareOf: "c/o Smith", Number: "4", Street: "Hope Close", Town: "York", Separated: true}, "care of"},
		{"PO Box 12, Hull, HU1 1AA", AddressParts{Kind: "pobox", Building: "PO Box 12", Town: "Hull", Postcode: "HU1 1AA", Separated: true}, "a box"},
		{"NFA", AddressParts{Kind: "nfa", Rest: "NFA"}, "no fixed abode"},
		{"No Fixed Abode, Leeds", AddressParts{Kind: "nfa", Rest: "No Fixed Abode, Leeds"}, "in words, with a place"},
		{"12 rue de la Paix, 75002 Paris, France", AddressParts{Kind: "foreign", Rest: "12 rue de la Paix, 75002 Paris, France"}, "foreign: untouched"},
		{"12 High Street Leeds LS1 4AP", AddressParts{Number: "12", Street: "High Street", Town: "Leeds", Postcode: "LS1 4AP"}, "no commas: the area names the town"},
		{"12 High Street Otley LS21 1AA", AddressParts{Number: "12", Street: "High Street", Rest: "Otley", Postcode: "LS21 1AA"}, "no commas: not sure what Otley is"},
		{"12 St Johns Road", AddressParts{Number: "12", Street: "St Johns Road"}, "Saint is no street"},
		{"14 Heol y Bont, Aberystwyth", AddressParts{Number: "14", Street: "Heol y Bont", Town: "Aberystwyth", Separated: true}, "Welsh streets begin with their word"},
		{"Whitegates", AddressParts{Rest: "Whitegates"}, "nothing says what it is"},
		{"", AddressParts{}, "nothing"},
	} {
		if got := Address(tt.in); got != tt.want {
			t.Errorf("%q: %+v\nwant %+v: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestAddressKey(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"Flat 2, 12 High Street, Leeds LS1 4AP", "12 High St., Apt 2, LEEDS, West Yorkshire, ls14ap", true},
		{"12 Saint Johns Rd, York", "No 12 St. John's Road, York, UK", true},
		{"12 High Street, Leeds", "21 High Street, Leeds", false},
		{"12 High Street, Leeds", "12 High Road, Leeds", false},
		{"NFA", "no fixed abode, Leeds", true},
	} {
		if a, b := AddressKey(tt.a), AddressKey(tt.b); (a == b) != tt.same {
			t.Errorf("%q and %q", a, b)
		}
	}
}

// checkAddress tests that no word is lost or made up, whatever the text.
func checkAddress(t failer, text string) {
	p := Address(text)
	sorted := func(s string) []string {
		w := strings.Fields(Fold(s))
		slices.Sort(w)
		return w
	}
	parts := strings.Join([]string{p.CareOf, p.Flat, p.Building, p.Number, p.Street, p.Locality, p.Town, p.County, p.Postcode, p.Country, p.Rest}, " , ")
	want := strings.NewReplacer(",", " , ", ";", " ; ", "\n", " \n ", "\r", " \r ").Replace(text)
	if got, want := sorted(parts), sorted(CleanText(want)); !slices.Equal(got, want) {
		t.Errorf("%q: the parts hold %q, the line %q", text, got, want)
	}
	p.Key()
}

func TestAddressLosesNoWord(t *testing.T) {
	words := []string{"12", "12A", "Flat", "2", "High", "Street", "St", "Road", "Leeds", "London", "Kent", "Rose Cottage", "HMP", "Hospital", "NFA", "c/o", "PO Box", "LS1 4AP",
		"ls14ap", "UK", "France", "Ward", "5", "No", ",", ", ", "\n", ";", "West Yorkshire", "Ground Floor", "é", "-", "."}
	rapid.Check(t, func(t *rapid.T) {
		checkAddress(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 9).Draw(t, "words"), " "))
	})
	rapid.Check(t, func(t *rapid.T) { checkAddress(t, genText().Draw(t, "text")) })
}

func FuzzAddress(f *testing.F) {
	f.Add("Flat 2, 12A High St., Headingley, Leeds, West Yorkshire, LS6 3AA, UK")
	f.Add("c/o HMP Leeds; PO Box 12\nNFA")
	f.Fuzz(func(t *testing.T, text string) { checkAddress(t, text) })
}
