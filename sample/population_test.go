package sample_test

import (
	"math"
	"strings"
	"testing"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

func plain(s string) string { return normalise.Fold(s) }

// TestEveryIdentifier compares each identifier of the clean profile with its
// check digit and its holder.
func TestEveryIdentifier(t *testing.T) {
	seen := map[record.IdentifierType]int{}
	for _, it := range items(t, sample.Options{Kind: record.KindPerson, N: 20000, Seed: 4, Profile: profile(t, "clean")}) {
		p := it.Record.(*record.Person)
		o := normalise.Options{AsOf: sample.DefaultAsOf()}
		born := normalise.DateOfBirth(string(p.DateOfBirth), o).Canonical
		for _, id := range p.Identifiers {
			seen[id.Type]++
			var r normalise.Result
			want := normalise.Valid
			switch id.Type {
			case record.IDPNC:
				if r = normalise.PNCID(id.Value, o); r.Canonical[:4] < born[:4] {
					t.Errorf("%s: arrested before birth", p.ID)
				}
			case record.IDCRO:
				r = normalise.CRO(id.Value, o)
			case record.IDNINO:
				r = normalise.NINO(id.Value, o)
			case record.IDNHS:
				r, want = normalise.NHSNumber(id.Value, o), normalise.TestRange
			case record.IDPassport:
				r = normalise.Passport(id.Value, o)
			case record.IDPrison:
				r = normalise.PrisonNumber(id.Value, o)
			case record.IDCRN:
				r = normalise.CRN(id.Value, o)
			case record.IDDriver:
				n := p.PrimaryName()
				r = normalise.DriverAgrees(id.Value, n.Surname, "", born, p.Sex.Value)
				if given := n.Given(); r.OK() && id.Value[11] != plain(given)[0] {
					t.Errorf("%s: the initial is another", p.ID)
				}
			}
			if r.Status != want {
				t.Errorf("%s: %s is %s %s", p.ID, id.Type, r.Status, r.Class)
			}
		}
		for _, pr := range p.Processes {
			seen[record.IDASN]++
			if r := normalise.ASN(string(pr.ASN), o); r.Status != normalise.Valid || r.Class == "dummy" {
				t.Errorf("%s: ASN is %s %s", p.ID, r.Status, r.Class)
			}
		}
		if r := normalise.Postcode(string(p.Addresses[0].Postcode)); r.Status != normalise.Valid {
			t.Errorf("%s: postcode is %s", p.ID, r.Status)
		}
	}
	for _, ty := range []record.IdentifierType{record.IDPNC, record.IDCRO, record.IDNINO, record.IDNHS, record.IDPassport, record.IDPrison, record.IDCRN, record.IDDriver, record.IDASN} {
		if seen[ty] < 30 {
			t.Errorf("only %d of %s", seen[ty], ty)
		}
	}
}

// TestSafeValues holds for every profile: an error never makes a number or an
// address that might be somebody's.
func TestSafeValues(t *testing.T) {
	o := normalise.Options{AsOf: sample.DefaultAsOf()}
	for _, k := range []record.Kind{record.KindPerson, record.KindMissing} {
		for _, it := range items(t, sample.Options{Kind: k, N: 8000, Seed: 14, Profile: profile(t, "harsh")}) {
			p := record.PersonOf(it.Record)
			for _, c := range p.Contacts {
				if c.Type == record.ContactEmail {
					_, domain, at := strings.Cut(strings.TrimSpace(strings.ToLower(c.Value)), "@")
					if at && domain != "example.com" && domain != "example.org" && domain != "example.net" && !strings.HasSuffix(domain, ".example") {
						t.Errorf("%s: %s is not reserved", it.Record.Head().ID, domain)
					}
				} else if r := normalise.Phone(c.Value, o); c.Value != "" && r.Class != "drama" {
					t.Errorf("%s: a telephone number outside the drama ranges: %s %s", it.Record.Head().ID, r.Status, r.Class)
				}
			}
			for _, v := range p.IdentifierValues(record.IDNHS) {
				if s := strings.TrimSpace(v); len(s) == 10 && !strings.HasPrefix(s, "9") {
					t.Errorf("%s: an NHS number outside the test range", it.Record.Head().ID)
				}
			}
			if m, ok := it.Record.(*record.MissingPerson); ok && normalise.Phone(m.Reporter.Contact, o).Class != "drama" {
				t.Errorf("%s: the reporter's number is outside the drama ranges", m.ID)
			}
		}
	}
}

func TestEveryMark(t *testing.T) {
	classes := map[string]int{}
	for _, it := range items(t, sample.Options{Kind: record.KindVehicle, N: 10000, Seed: 4}) {
		v := it.Record.(*record.Vehicle)
		r := normalise.VRM(string(v.VRM))
		classes[r.Class]++
		if !r.OK() {
			t.Errorf("%s: the mark is %s", v.ID, r.Status)
		}
		if v.VIN != "" {
			if r := normalise.VIN(string(v.VIN)); r.Status != normalise.Valid {
				t.Errorf("%s: the VIN is %s: %s", v.ID, r.Status, r.Reason)
			}
		}
		if r := normalise.Make(v.Make); !r.OK() {
			t.Errorf("%s: %s is no make: %s", v.ID, v.Make, r.Status)
		}
	}
	for _, c := range []string{"current", "prefix", "suffix", "dateless", "ni", "qplate"} {
		if classes[c] < 5 {
			t.Errorf("%d marks of format %s: %v", classes[c], c, classes)
		}
	}
}

// TestPopulation measures what docs/sample.md says of the people made. Each
// entity counts once, by its first record met.
func TestPopulation(t *testing.T) {
	const n = 60000
	ethnic, sexes := map[string]float64{}, map[string]float64{}
	withEthnicity, people, dead, young, prime, old, known := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	type who struct{ surname, given, born, postcode, sex string }
	all := map[string]who{}
	at := sample.DefaultAsOf()
	for _, it := range items(t, sample.Options{Kind: record.KindPerson, N: n, Seed: 6}) {
		if _, met := all[it.Entity]; met {
			continue
		}
		p := it.Record.(*record.Person)
		name := p.PrimaryName()
		born := normalise.DateOfBirth(string(p.DateOfBirth), normalise.Options{AsOf: at}).Canonical
		w := who{plain(name.Surname), plain(name.Given()), born, plain(string(p.Addresses[0].Postcode)), normalise.Sex(p.Sex.Value, normalise.Options{}).Canonical}
		all[it.Entity] = w
		people++
		sexes[w.sex]++
		if e := p.EthnicitySelfDefined.Value; e != "" {
			ethnic[e]++
			withEthnicity++
		}
		if p.DateOfDeath != "" {
			dead++
		}
		_, years, _ := record.Date(born).AgeOn(record.DayAt(at))
		if years < 18 {
			young++
		}
		if years >= 18 && years <= 45 {
			prime++
		}
		if years > 70 {
			old++
		}
		if len(p.IdentifierValues(record.IDPNC)) > 0 {
			known++
		}
	}
	near := func(what string, got, want, slack float64) {
		t.Helper()
		if math.Abs(got-want) > slack {
			t.Errorf("%s: %.4f, documented as %.4f ± %.4f", what, got, want, slack)
		}
	}
	for e, want := range map[string]float64{"W1": 0.715, "W2": 0.04, "A1": 0.035, "A2": 0.042, "A3": 0.018, "A4": 0.010, "A9": 0.004, "B1": 0.022, "B2": 0.039, "W9": 0.059, "O2": 0.016} {
		near("ethnicity "+e, ethnic[e]/withEthnicity, want, 0.008+want*0.05)
	}
	near("men", sexes["M"]/people, 0.635, 0.015)
	near("deaths", dead/people, 0.008, 0.003)
	near("under 18", young/people, 0.09, 0.015)
	near("18 to 45", prime/people, 0.61, 0.02)
	near("over 70", old/people, 0.04, 0.01)
	near("PNC ID on the first record", known/people, 0.35, 0.08)

	twins, juniors, married := 0, 0, 0
	byHome := map[string][]who{}
	for _, w := range all {
		byHome[w.surname+w.postcode] = append(byHome[w.surname+w.postcode], w)
	}
	for _, home := range byHome {
		for i, a := range home {
			for _, b := range home[:i] {
				switch {
				case a.born == b.born && a.given != b.given:
					twins++
				case a.given == b.given && a.born[:4] != b.born[:4]:
					juniors++
				case a.sex != b.sex:
					married++
				}
			}
		}
	}
	near("twins at one address, in households", float64(twins)/people, 0.010, 0.006)
	near("fathers and sons of one name at one address", float64(juniors)/people, 0.011, 0.006)
	if married < 1000 {
		t.Errorf("only %d pairs of man and woman of one surname at one address", married)
	}
}
