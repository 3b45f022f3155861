package dedupe

import (
	"fmt"
	"strings"
	"testing"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// crowd makes n unlike persons, so that what is rare and what is common can be told.
func crowd(n int) []*record.Person {
	given := strings.Fields("Aled Bronwen Callum Deepa Edwin Fatima Gethin Hana Ivor Jasmin Kofi Lena Morag Nkechi Olek Priya Quentin Rhian Soraya Tomasz")
	surname := strings.Fields("Ashdown Blenkin Corrigan Dhillon Elphick Farnaby Gudger Hrynko Inglis Jessup Karimi Ludlow Mwangi Nuttall Okonjo Pasternak Quirk Rostami Siddle Thackray")
	var out []*record.Person
	for i := range n {
		out = append(out, &record.Person{Envelope: record.Envelope{ID: fmt.Sprintf("crowd%d", i)},
			Names:       []record.Name{{GivenNames: []string{given[i%20]}, Surname: surname[(i/20+i*7)%20]}},
			DateOfBirth: record.NewDate(1950+i*13%55, 1+i*5%12, 1+i*11%28),
			Addresses:   []record.Address{{Line: fmt.Sprintf("%d Invented Row", 1+i), Town: "Leeds", Postcode: record.Postcode(fmt.Sprintf("LS%d %dAP", 1+i%20, i%10))}}})
	}
	return out
}

func person(id, given, surname string, dob record.Date, line string, postcode record.Postcode) *record.Person {
	return &record.Person{Envelope: record.Envelope{ID: id}, Names: []record.Name{{GivenNames: []string{given}, Surname: surname}}, DateOfBirth: dob,
		Addresses: []record.Address{{Line: line, Town: "Leeds", Postcode: postcode}}}
}

// decide tells what is decided of the two last of the records.
func decide[R record.Record](t *testing.T, records []R) (Decision, string, bool) {
	for _, r := range records {
		normalise.Record(r, normalise.Options{})
	}
	res := find(t, records, Config{}, nil)
	a, b := len(records)-2, len(records)-1
	for i, p := range res.Pairs {
		if p.A == a && p.B == b {
			return p.Decision, res.Explain(i).Reason, res.Clusters[a] == res.Clusters[b]
		}
	}
	return NoMatch, "", res.Clusters[a] == res.Clusters[b]
}

func TestPersons(t *testing.T) {
	alias := person("b", "Casper", "Vellacott", "1985-03-09", "12 Other Street", "M1 1AE")
	alias.Names = append(alias.Names, record.Name{Type: record.AliasName, GivenNames: []string{"Zebulon"}, Surname: "Quarmby"})
	moved := person("b", "Zebulon", "Quarmby", "1985-03-09", "1 New Road", "CF10 3AT")
	moved.Addresses = append(moved.Addresses, record.Address{Line: "9 Hidden Lane", Town: "Leeds", Postcode: "LS9 9ZZ"})
	first := func() *record.Person {
		return person("a", "Zebulon", "Quarmby", "1985-03-09", "9 Hidden Lane", "LS9 9ZZ")
	}
	for _, tt := range []struct {
		why    string
		second *record.Person
		joined bool
		says   string
	}{
		{"the same in other words", person("b", "ZEBULON", "QUARMBY", "09/03/1985", "9 hidden lane", "ls99zz"), true, "same address"},
		{"day and month exchanged", person("b", "Zebulon", "Quarmby", "1985-09-03", "9 Hidden Lane", "LS9 9ZZ"), true, "exchanged"},
		{"names exchanged", person("b", "Quarmby", "Zebulon", "1985-03-09", "9 Hidden Lane", "LS9 9ZZ"), true, "exchanged"},
		{"only the year of birth known", person("b", "Zebulon", "Quarmby", "1985", "9 Hidden Lane", "LS9 9ZZ"), true, "may be the same day"},
		{"known by an alias", alias, true, "same surname"},
		{"moved, the old address kept", moved, true, "same address"},
		{"a twin", person("b", "Obadiah", "Quarmby", "1985-03-09", "9 Hidden Lane", "LS9 9ZZ"), false, "twins"},
		{"father and son of one name", person("b", "Zebulon", "Quarmby", "1957-11-30", "9 Hidden Lane", "LS9 9ZZ"), false, "parent"},
		{"somebody else", person("b", "Marjorie", "Ellershaw", "1942-01-20", "3 Far Away", "TR1 2AB"), false, ""},
	} {
		d, reason, joined := decide(t, append(crowd(200), first(), tt.second))
		if joined != tt.joined || !strings.Contains(reason, tt.says) {
			t.Errorf("%s: joined %v, %s (%s)", tt.why, joined, d, reason)
		}
	}
}

func TestVehicles(t *testing.T) {
	car := func(id string, vrm record.VRM, vin record.VIN, mk, model, colour string) *record.Vehicle {
		return &record.Vehicle{Envelope: record.Envelope{ID: id}, VRM: vrm, VIN: vin, Make: mk, Model: model, Colours: []record.Code{{Value: colour}}}
	}
	fleet := func() (out []*record.Vehicle) {
		models := [][2]string{{"FORD", "FOCUS"}, {"FORD", "FIESTA"}, {"VAUXHALL", "CORSA"}, {"TOYOTA", "YARIS"}, {"BMW", "320D"}}
		for i := range 200 {
			m := models[i%5]
			out = append(out, car(fmt.Sprint("car", i), record.VRM(fmt.Sprintf("A%c%02d %c%c%c", 'B'+i%8, 2+i%20, 'B'+i%9, 'D'+i*3%11, 'J'+i*7%10)),
				record.VIN(fmt.Sprintf("WVWZZZ1JZ3W%06d", 100000+i*317)), m[0], m[1], []string{"BLUE", "RED", "WHITE", "BLACK"}[i%4]))
		}
		return out
	}
	first := car("a", "LB07 SEO", "SALLAAA146A123456", "LAND ROVER", "DISCOVERY", "GREEN")
	previous := car("b", "X1 ABC", "", "LAND ROVER", "DISCOVERY", "GREEN")
	previous.PreviousVRMs = []record.PreviousMark{{VRM: "LB07SEO"}}
	for _, tt := range []struct {
		why    string
		second *record.Vehicle
		joined bool
	}{
		{"the same, no VIN taken", car("b", "lb07seo", "", "LANDROVER", "DISCOVERY", "GREEN"), true},
		{"O read for 0", car("b", "LBO7SEO", "", "LAND ROVER", "DISCOVERY", "GREEN"), true},
		{"now under another mark", previous, true},
		{"a clone: the same mark on another VIN", car("b", "LB07 SEO", "SALLAAA147B654321", "LAND ROVER", "DISCOVERY", "GREEN"), false},
		{"the same model and colour, another car", car("b", "MX12 TRW", "SALLAAA147B654321", "LAND ROVER", "DISCOVERY", "GREEN"), false},
	} {
		a := *first
		d, reason, joined := decide(t, append(fleet(), &a, tt.second))
		if joined != tt.joined {
			t.Errorf("%s: joined %v, %s (%s)", tt.why, joined, d, reason)
		}
	}
}

func TestEpisodes(t *testing.T) {
	var episodes []*record.MissingPerson
	add := func(id string, p *record.Person, since record.Timestamp) {
		q := *p
		q.ID = ""
		place := fmt.Sprintf("%d Invented Park", len(episodes)%17)
		if len(id) == 1 {
			place = "Bus station" // of the two that are looked at
		}
		episodes = append(episodes, &record.MissingPerson{Envelope: record.Envelope{ID: id}, Person: q, MissingSince: since, LastSeenPlace: place})
	}
	for i, p := range crowd(150) {
		at := fmt.Sprintf("2026-%02d-%02dT20:00:00Z", 1+i%10, 1+i%27)
		add(fmt.Sprint("e", i), p, record.Timestamp(at))
		if i%10 == 0 { // goes missing again, months later
			add(fmt.Sprint("again", i), p, record.Timestamp(fmt.Sprintf("2026-%02d-%02dT20:00:00Z", 1+(i+5)%10, 1+(i+9)%27)))
		}
	}
	runaway := person("", "Wren", "Hollinrake", "2011-05-02", "2 Some Court", "LS2 2BB")
	add("a", runaway, "2026-06-01T21:00:00Z")
	add("b", runaway, "2026-06-01T23:30:00Z")
	if d, reason, joined := decide(t, episodes); !joined {
		t.Errorf("one episode reported twice: %s (%s)", d, reason)
	}
	episodes = episodes[:len(episodes)-1]
	add("b", runaway, "2026-09-14T19:00:00Z")
	if d, reason, joined := decide(t, episodes); joined {
		t.Errorf("two episodes of one child: %s (%s)", d, reason)
	}
}
