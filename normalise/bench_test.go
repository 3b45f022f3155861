package normalise

import (
	"testing"

	"leds.internal/ledsq/record"
)

func benchPerson() *record.Person {
	return &record.Person{
		Envelope: record.Envelope{ID: "r1"},
		Names:    []record.Name{{Type: record.PrimaryName, GivenNames: []string{"Ann"}, MiddleNames: "Mary", Surname: "Smith"}},
		Sex:      record.Code{Value: "F"}, DateOfBirth: "1980-06-15",
		Addresses:   []record.Address{{Line: "12 High Street", Town: "Leeds", Postcode: "LS1 1AA"}},
		Identifiers: []record.Identifier{{Type: record.IDPNC, Value: "2002/0073319Z"}},
		Contacts:    []record.Contact{{Type: record.ContactPhone, Value: "+447911123456"}, {Type: record.ContactEmail, Value: "ann.smith@example.org"}},
	}
}

func BenchmarkRecord(b *testing.B) {
	b.Run("clean", func(b *testing.B) {
		p := benchPerson()
		b.ReportAllocs()
		for b.Loop() {
			Record(p, asOf)
		}
	})
	b.Run("messy", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p := benchPerson()
			p.Names[0].Surname, p.Names[0].GivenNames[0], p.Names[0].Type = "SMITH", "ANN", ""
			p.DateOfBirth, p.Sex.Value = "15/06/1980", "female"
			p.Addresses[0].Postcode, p.Identifiers[0].Value, p.Contacts[0].Value = "ls11aa", "02/73319z", "07911 123456"
			Record(p, asOf)
		}
	})
}

func BenchmarkValue(b *testing.B) {
	for _, row := range []struct{ name, text string }{
		{"postcode", "LS1 1AA"}, {"postcode", "ls11aa"}, {"dob", "1980-06-15"}, {"dob", "15/06/1980"}, {"name", "Smith"}, {"name", "MCDONALD"},
		{"pncid", "2002/0073319Z"}, {"cro", "065656/91H"}, {"asn", "1101ZD0100000448754K"}, {"nino", "AB123456C"}, {"nhs", "4010232137"},
		{"phone", "+447911123456"}, {"phone", "07911 123456"}, {"email", "ann.smith@example.org"}, {"vrm", "AB51CDE"}, {"vin", "1M8GDM9AXKP042788"},
		{"crn", "X123456"}, {"noms", "A1234AA"}, {"ptiurn", "01ZD0303208"}, {"ccr", "97/1626/008395Q"}, {"chi", "0101701233M"}, {"utr", "1955839661"},
		{"passport", "123456780"}, {"brp", "ZW9005196"}, {"phone", "+33612345678"}, {"engine", "BKD123456"}, {"uprn", "100023336956"}, {"ethnicity", "W1"},
		{"nationality", "Polish"}, {"sex", "F"}, {"colour", "blue"}, {"time", "2026-01-05T14:30:00Z"}, {"driver", "MORGA657054SM9IJ"},
	} {
		read, _ := As(row.name)
		b.Run(row.name+"/"+row.text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				read(row.text, asOf)
			}
		})
	}
}

func BenchmarkFold(b *testing.B) {
	for _, s := range []string{"SMITH", "O'Brien-Jones", "Łukasz Müller", "Иван Щукин", "李小龍"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				FoldName(s)
			}
		})
	}
}

func BenchmarkKeys(b *testing.B) {
	for name, f := range map[string]func(){
		"AddressKey":     func() { AddressKey("Flat 2, 12A High St., Headingley, Leeds, West Yorkshire, LS6 3AA") },
		"DaitchMokotoff": func() { DaitchMokotoff("Peterson") },
		"Skeleton":       func() { Skeleton("Mohammed") },
		"Display":        func() { Display("nino", "AB123456C") },
		"SplitVRM":       func() { SplitVRM("LB07SEO") },
		"SplitVIN":       func() { SplitVIN("1M8GDM9AXKP042788") },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
}
