package normalise_test

import (
	"fmt"
	"strings"
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func ExamplePNCID() {
	r := normalise.PNCID("2OO2/OO73319Z", normalise.Options{})
	fmt.Println(r.Status, r.Canonical, r.Proved)
	fmt.Println(normalise.PNCID("1981100Q", normalise.Options{}).Readings)
	// Output:
	// repaired 2002/0073319Z true
	// [1981/0000100Q 2019/0081100Q]
}

func ExamplePostcode() {
	for _, s := range []string{"sw1a1aa", "SWIA IAA", "5W1A 1AA", "2602"} {
		r := normalise.Postcode(s)
		fmt.Println(r.Status, r.Canonical, r.Suggestions)
	}
	// Output:
	// valid SW1A 1AA []
	// repaired SW1A 1AA []
	// invalid  [SW1A 1AA]
	// foreign 2602 []
}

func ExampleVRM() {
	r := normalise.VRM("lbo7 se0")
	fmt.Println(r.Status, r.Canonical, r.Class)
	r = normalise.VRM("0011OO0")
	fmt.Println(r.Status, r.Readings, r.Class)
	// Output:
	// repaired LB07SEO current
	// ambiguous [OO11OOO OOI1000] current|ni
}

func ExampleDate() {
	o := normalise.Options{AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	for _, s := range []string{"15.6.80", "00/05/1970", "12/31/1985", "03/04/1990"} {
		r := normalise.Date(s, o)
		fmt.Println(r.Status, r.Canonical, r.Rule)
	}
	// Output:
	// valid 1980-06-15 date/century-assumed
	// partial 1970-05 date/partial
	// invalid  date/order
	// valid 1990-04-03 date/order-assumed
}

func ExampleAs() {
	read, ok := normalise.As("nhs")
	fmt.Println(ok, read("401 023 2137", normalise.Options{}).Canonical)
	// Output: true 4010232137
}

func ExampleFoldName() {
	fmt.Println(normalise.FoldName("O’Brien"), normalise.FoldName("Mc Donald"), normalise.FoldName("Łuczak-Müller"))
	// Output: OBRIEN MCDONALD LUCZAK MULLER
}

func ExampleNameLink() {
	fmt.Println(normalise.NameLink("Robert", "Bob"))
	// Output: medium diminutive true
}

func ExampleRecord() {
	p := &record.Person{
		Names:       []record.Name{{GivenNames: []string{"Mr JOHN"}, Surname: "SMITH (JONES)"}},
		DateOfBirth: "15/06/1980",
		Addresses:   []record.Address{{Postcode: "sw1a1aa"}},
	}
	changes := normalise.Record(p, normalise.Options{})
	for _, c := range changes {
		fmt.Printf("%s: %q to %q (%s)\n", c.Field, c.From, c.To, c.Rule)
	}
	normalise.Undo(p, changes)
	fmt.Println(p.Names[0].Surname, string(p.DateOfBirth))
	// Output:
	// surname: "SMITH (JONES)" to "Smith" (name/other-name)
	// alias1.surname: "" to "Jones" (name/other-name)
	// givenName: "Mr JOHN" to "John" (name/title)
	// title: "" to "Mr" (name/title)
	// dateOfBirth: "15/06/1980" to "1980-06-15" (dob/form)
	// postcode: "sw1a1aa" to "SW1A 1AA" (postcode/form)
	// SMITH (JONES) 15/06/1980
}

func ExampleParse() {
	id, err := normalise.Parse("nhs", "401-023-2137", normalise.Options{})
	fmt.Println(id.Type(), id.String(), "/", id.Display(), err)
	fmt.Println(id) // printing masks
	_, err = normalise.Parse("nhs", "4010232138", normalise.Options{})
	fmt.Println(err)
	// Output:
	// nhs 4010232137 / 401 023 2137 <nil>
	// nhs:***37
	// normalise: nhs invalid: the check digit does not agree with the number
}

func ExampleDisplay() {
	fmt.Println(normalise.Display("pncid", "1979/0163001B"))
	fmt.Println(normalise.Display("vrm", "AB51CDE"))
	fmt.Println(normalise.Display("phone", "+447700900123"))
	// Output:
	// 79/163001B
	// AB51 CDE
	// 07700 900123
}

func ExampleSplitVRM() {
	p, _ := normalise.SplitVRM("LB07SEO")
	fmt.Println(p.Format, p.Tag, p.Region, p.FirstDay, p.LastDay)
	fmt.Println(normalise.OtherFormats("J123"))
	// Output:
	// current LB London 2007-03-01 2007-08-31
	// [jersey]
}

func ExampleSplitVIN() {
	p, _ := normalise.SplitVIN("SALLAAA146A123456")
	fmt.Println(p.WMI, p.Maker, p.Region)
	// Output: SAL Land Rover Europe
}

func ExampleSplitASN() {
	p, _ := normalise.SplitASN("1101ZD0100000448754K")
	fmt.Println(p.Year, p.ForceName, p.Unit, p.Sequence)
	// Output: 11 Metropolitan Police Service ZD 448754
}

func ExampleSplitDriver() {
	p, _ := normalise.SplitDriver("MORGA657054SM9IJ")
	fmt.Println(p.Surname, p.Day, p.Month, p.Year, p.Female, p.Initials)
	// Output: MORGA 5 7 64 true SM
}

func ExampleSplitMRZ() {
	const zone = "P<GBROBRIEN<<SIOBHAN<<<<<<<<<<<<<<<<<<<<<<<<|5334013720GBR9902288F3101012<<<<<<<<<<<<<<00"
	p, _ := normalise.SplitMRZ(zone, normalise.Options{AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	fmt.Println(p.Surname, p.Given, p.Nationality, string(p.Born), string(p.Expiry))
	// Output: OBRIEN SIOBHAN GBR 1999-02-28 2031-01-01
}

func ExamplePhone() {
	for _, s := range []string{"(01632) 960 123 x4", "+44 (0)7700 900123", "0033 6 12 34 56 78", "+48 22 123"} {
		r := normalise.Phone(s, normalise.Options{})
		fmt.Println(r.Status, r.Canonical, r.Class)
	}
	// Output:
	// valid +441632960123 drama
	// valid +447700900123 drama
	// foreign +33612345678 FR
	// invalid
}

func ExampleAddress() {
	p := normalise.Address("Flat 2, 12A High St., Headingley, Leeds, West Yorkshire, LS6 3AA")
	fmt.Printf("%s|%s|%s|%s|%s|%s|%s\n", p.Flat, p.Number, p.Street, p.Locality, p.Town, p.County, p.Postcode)
	fmt.Println(p.Key())
	fmt.Println(normalise.AddressKey("12a High Street, Apt 2\nHeadingley\nLEEDS ls63aa"))
	// Output:
	// Flat 2|12A|High St.|Headingley|Leeds|West Yorkshire|LS6 3AA
	// FLAT 2 12A HIGH ST HEADINGLEY LEEDS LS63AA
	// FLAT 2 12A HIGH ST HEADINGLEY LEEDS LS63AA
}

func ExampleFold() {
	for _, s := range []string{"Łukasz Müller", "Иван Щукин", "محمد حسين", "李小龍"} {
		fmt.Println(normalise.Fold(s))
	}
	// Output:
	// LUKASZ MULLER
	// IVAN SHCHUKIN
	// MHMD HSYN
	// LIXIAOLONG
}

func ExampleDaitchMokotoff() {
	fmt.Println(normalise.DaitchMokotoff("Moskowitz"), normalise.DaitchMokotoff("Moskovitz"))
	fmt.Println(normalise.DaitchMokotoff("Peters"))
	// Output:
	// [645740] [645740]
	// [734000 739400]
}

func ExampleSkeleton() {
	fmt.Println(normalise.Skeleton("Mohammed"), normalise.Skeleton("Muhammad"), normalise.Skeleton("محمد"))
	// Output: MHMD MHMD MHMD
}

func ExampleReadCodes() {
	codes, err := normalise.ReadCodes(strings.NewReader("set,code,label,aliases,version\nwarning-marker,ZX,Zealous,zed|zeal,2026-10\n"))
	fmt.Println(codes.Sets(), err)
	v := normalise.Value(record.TypeCode, "warning-marker", "zed", normalise.Options{Codes: codes})
	fmt.Println(v.Canonical)
	// Output:
	// [{warning-marker 2026-10 true}] <nil>
	// ZX
}

func ExampleNINO() {
	for _, s := range []string{"AB 12 34 56 C", "ab123456", "11 a1 11 11", "BG123456A"} {
		r := normalise.NINO(s, normalise.Options{})
		fmt.Printf("%s %q %q\n", r.Status, r.Canonical, r.Class)
	}
	// Output:
	// valid "AB123456C" ""
	// valid "AB123456" "suffix-missing"
	// trn "11A11111" ""
	// invalid "" ""
}

func ExampleName() {
	for _, s := range []string{"MCDONALD", "VAN DER BERG", "J0HN", "unknown"} {
		r := normalise.Name(s, normalise.Options{})
		fmt.Println(r.Status, r.Canonical, r.Suggestions)
	}
	// Output:
	// valid McDonald []
	// valid van der Berg []
	// suspect J0hn [John]
	// placeholder  []
}

func ExampleTimestamp() {
	for _, s := range []string{"05/01/2026 14:30", "2026-07-05 2:30 pm BST"} {
		r := normalise.Timestamp(s, normalise.Options{})
		fmt.Println(r.Status, r.Canonical)
	}
	// Output:
	// suspect 2026-01-05T14:30:00
	// valid 2026-07-05T14:30:00+01:00
}

func ExampleVIN() {
	r := normalise.VIN("1M8GDM9AXKPO42788")
	fmt.Println(r.Status, r.Canonical, r.Class, r.Proved)
	// Output: repaired 1M8GDM9AXKP042788 check-ok true
}

func ExampleEmail() {
	r := normalise.Email("Ann.Smith@GMIAL.com", normalise.Options{})
	fmt.Println(r.Status, r.Canonical, r.Suggestions)
	// Output: suspect Ann.Smith@gmial.com [Ann.Smith@gmail.com]
}

func ExampleFoldVariants() {
	fmt.Println(normalise.FoldVariants("Müller"), normalise.FoldVariants("Miller"))
	// Output: [MULLER MUELLER] [MILLER]
}
