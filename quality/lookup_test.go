package quality

import (
	"fmt"
	"strings"
	"testing"

	"leds.internal/ledsq/record"
)

func TestReadPostcodes(t *testing.T) {
	for _, tt := range []struct{ text, err, why string }{
		{"pcd,pcds,doterm,town\nSW1A1AA,SW1A 1AA,,London\nLS1 1AA,LS1 1AA,201001,Leeds\n", "", "the columns of a public directory, one given up"},
		{"\ufeffPostcode\nls11aa\nSW1A 1AA\n", "", "a byte order mark, other case and spacing"},
		{"SW1A 1AA\nLS1 1AA\n", "", "a plain list"},
		{"town,code\nLeeds,LS1 1AA\n", "row 1: no column is named postcode", "no such column"},
		{"postcode,town\nSW1A 1AA,London\nLS1 1A,Leeds\n", "row 3, column postcode: not a full postcode", "part of one"},
		{"town,postcode\nLondon,SW1A 1AA\nLeeds\n", "row 3: the row has 1 columns", "a short row"},
		{"postcode\n\"SW1A 1AA\nLS1 1AA\n", "no CSV that can be read", "a quote never closed"},
		{"", "there is no postcode in it", "empty"},
		{"postcode\n", "there is no postcode in it", "a header alone"},
	} {
		d, err := ReadPostcodes(strings.NewReader(tt.text), "d.csv")
		switch {
		case tt.err != "":
			if err == nil || !strings.Contains(err.Error(), tt.err) || !strings.HasPrefix(err.Error(), "d.csv: ") || strings.Contains(err.Error(), "LS1") {
				t.Errorf("%s: %v, want %q", tt.why, err, tt.err)
			}
		case err != nil:
			t.Errorf("%s: %v", tt.why, err)
		case !d.InUse("SW1A 1AA") || !d.InUse("LS1 1AA") || d.InUse("LS1 1AB") || d.InUse("LS1") || d.InUse("") || d.InUse("L S11 AA"):
			t.Errorf("%s: %+v", tt.why, d)
		case d.HasTowns() != (d.Town("LS1 1AA") == "Leeds") || d.Town("LS1 1AB") != "":
			t.Errorf("%s: town %q", tt.why, d.Town("LS1 1AA"))
		}
	}
	// Many, in any order, each with its own town.
	var b strings.Builder
	b.WriteString("postcode,town\n")
	for i := 2999; i >= 0; i-- {
		fmt.Fprintf(&b, "LS%d %dA%c,Town %d\n", 1+i%99, i/99%10, "ABDE"[i/990], i)
	}
	d, err := ReadPostcodes(strings.NewReader(b.String()), "d.csv")
	if err != nil || d.Len() != 3000 || d.Town("LS1 0AA") != "Town 0" || d.Town("LS99 9AA") != "Town 989" {
		t.Fatal(err, d.Len(), d.Town("LS1 0AA"), d.Town("LS99 9AA"))
	}
}

func TestRegister(t *testing.T) {
	g := NewRegister()
	v := &record.Vehicle{VRM: "AB51CDE", Make: "FORD", Colours: []record.Code{{Value: "BLUE"}, {Value: "RED"}}, FuelType: record.Code{Value: "PETROL"}, FirstRegistered: "2001-10"}
	if err := g.Add(v); err != nil {
		t.Fatal(err)
	}
	if g.Add(v) == nil || g.Add(&record.Vehicle{}) == nil {
		t.Error("a mark twice, or none, is taken")
	}
	if k := g.Vehicle("AB51CDE"); k == nil || k.Make != "FORD" || k.Colours[0].Value != "BLUE" || k.FuelType.Value != "PETROL" || k.FirstRegistered != "2001-10" {
		t.Errorf("%+v", k)
	}
	if g.Vehicle("A1ABC") != nil || g.Len() != 1 {
		t.Error("a mark that the register does not have")
	}
}

func TestExisting(t *testing.T) {
	x := NewExisting()
	episode := func(id, ref, found string) *record.MissingPerson {
		return &record.MissingPerson{Envelope: record.Envelope{ID: id}, EpisodeRef: ref, FoundAt: record.Timestamp(found),
			Person: record.Person{Names: []record.Name{{GivenNames: []string{"Ann"}, Surname: "Fenwick"}}, DateOfBirth: "1980-06-15"}}
	}
	for _, r := range []record.Record{
		&record.Vehicle{Envelope: record.Envelope{ID: "V1", SourceSystem: "A"}, VRM: "AB51CDE", VIN: "WVWZZZ1JZXW000010"},
		episode("M1", "E1", "2026-01-02T09:00:00Z"), episode("M2", "E2", ""),
	} {
		if err := x.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if x.Add(&record.Vehicle{VRM: "A1ABC"}) == nil {
		t.Error("a record without id is taken")
	}
	for _, tt := range []struct {
		r    record.Record
		want string
		why  string
	}{
		{&record.Vehicle{Envelope: record.Envelope{ID: "V2"}, VRM: "AB51CDE", VIN: "WVWZZZ1JZXW000010"}, "[{V1 A vin}]", "once, by its strongest key"},
		{&record.Vehicle{Envelope: record.Envelope{ID: "V1", SourceSystem: "B"}, VRM: "AB51CDE"}, "[{V1 A vrm}]", "the same id in another source is another record"},
		{&record.Vehicle{Envelope: record.Envelope{ID: "V1"}, VRM: "AB51CDE"}, "[]", "the record itself"},
		{&record.Vehicle{VRM: "AB51CDE", VRMPartial: record.Yes}, "[]", "part of a mark"},
		{&record.Vehicle{VRM: "AB51CDE", RegistrationCountry: record.Code{Value: "FRA"}}, "[]", "another country's mark"},
		{episode("M3", "", ""), "[{M2  }]", "still missing: the episode that is over is none to join"},
		{episode("M3", "", "2026-03-01T09:00:00Z"), "[]", "over: nobody is missing once only"},
		{episode("M3", "E1", ""), "[{M1  episodeRef} {M2  }]", "two, the strongest key first"},
	} {
		if got := fmt.Sprint(x.Known(tt.r)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.why, got, tt.want)
		}
	}
}

// TestOwnCodes: the lists of a policy are those that normalising reads.
func TestOwnCodes(t *testing.T) {
	p, err := ParsePolicy(strings.NewReader(wholePolicy))
	if err != nil {
		t.Fatal(err)
	}
	own, err := p.OwnCodes()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(own.Sets()); got != "[{sex  true} {vehicle-colour 2026 true}]" {
		t.Error(got)
	}
	if own, err := (Policy{}).OwnCodes(); own != nil || err != nil {
		t.Error("no lists give", own, err)
	}
}
