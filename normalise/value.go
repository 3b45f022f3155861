package normalise

import (
	"maps"
	"slices"
	"strings"

	"leds.internal/ledsq/record"
)

// reader reads the text of one type of leaf.
type reader func(codeSet, text string, o Options) Result

// readers is the way of reading each type of leaf: one row per type.
var readers = map[record.Type]reader{
	record.TypeText:      plain(Text),
	record.TypeNarrative: plain(Narrative),
	record.TypeRef:       func(set, text string, o Options) Result { return o.code(set, text) },
	record.TypeTitle:     func(_, text string, o Options) Result { return o.code("title", text) },
	record.TypeGiven:     plain(func(text string) Result { return readName(text, false) }),
	record.TypeMiddle:    plain(middleNames),
	record.TypeSurname:   plain(func(text string) Result { return readName(text, true) }),
	record.TypeSuffix:    func(_, text string, o Options) Result { return o.code("suffix", text) },
	record.TypeFullName:  plain(func(text string) Result { return readName(text, true) }),
	record.TypeDate:      dated(Date),
	record.TypeDOB:       dated(PartialDateOfBirth),
	record.TypeTime:      dated(Timestamp),
	record.TypeNumber:    plain(Number),
	record.TypeTri:       plain(Tri),
	record.TypeCode:      func(set, text string, o Options) Result { return o.code(set, text) },
	record.TypeAddress:   plain(Text),
	record.TypePlace:     plain(Text),
	record.TypePostcode:  plain(PartialPostcode),
	record.TypeUPRN:      plain(UPRN),
	record.TypePhone:     dated(Phone),
	record.TypeEmail:     dated(Email),
	record.TypePNCID:     dated(PNCID),
	record.TypeCRO:       dated(CRO),
	record.TypeASN:       dated(ASN),
	record.TypePrison:    dated(PrisonNumber),
	record.TypeCRN:       dated(CRN),
	record.TypeNINO:      dated(NINO),
	record.TypeNHS:       dated(NHSNumber),
	record.TypeDriver:    dated(DriverNumber),
	record.TypePassport:  dated(Passport),
	record.TypeForeignID: plain(foreignID),
	record.TypeVRM:       plain(VRM),
	record.TypeVIN:       plain(VIN),
	record.TypeChassis:   plain(Chassis),
	record.TypeEngine:    plain(EngineNumber),
	record.TypeMake:      func(_, text string, o Options) Result { return o.code("vehicle-make", text) },
	record.TypeModel:     plain(Text),
	record.TypeCourtRef:  dated(CourtCaseRef),
}

func plain(f func(string) Result) reader {
	return func(_, text string, _ Options) Result { return f(text) }
}

func dated(f func(string, Options) Result) reader {
	return func(_, text string, o Options) Result { return f(text, o) }
}

// Value reads text as a leaf of a record of the given type; codeSet is the list
// of a coded one. Of dates and postcodes it takes partial ones, as records do.
// Normalising the Canonical of its result again gives the same Canonical.
func Value(t record.Type, codeSet, text string, o Options) Result {
	return readerOf(t)(codeSet, text, o)
}

func readerOf(t record.Type) reader {
	if f, ok := readers[t]; ok {
		return f
	}
	return plain(ref)
}

// middleNames is a name, except that NULL and its like are no middle name.
func middleNames(text string) Result {
	r := readName(text, false)
	if r.Status == Placeholder {
		return placeholder(r.Rule)
	}
	return r
}

// foreignID keeps the number of another country's scheme: of many forms, none
// of them tested.
func foreignID(text string) Result {
	s := tidy(text)
	if s == "" || isToken(s) {
		return placeholder("foreignid/placeholder")
	}
	return valid(text, s, "foreignid/form")
}

// types are the names that a list of values can be read by, which are those of
// the test vectors and a few more.
var types = map[string]func(string, Options) Result{
	"pncid": PNCID, "cro": CRO, "asn": ASN, "noms": PrisonNumber, "crn": CRN, "ptiurn": PTIURN, "ccr": CourtCaseRef,
	"nino": NINO, "nhs": NHSNumber, "chi": CHI, "driver": DriverNumber, "passport": Passport, "brp": BRP, "utr": UTR, "mrz": MRZ,
	"driver_consistency": driverRow,
	"postcode":           noOptions(Postcode), "uprn": noOptions(UPRN), "usrn": noOptions(USRN),
	"phone": Phone, "email": Email,
	"vrm": noOptions(VRM), "vin": noOptions(VIN), "chassis": noOptions(Chassis), "engine": noOptions(EngineNumber), "make": coded("vehicle-make"),
	"dob": DateOfBirth, "date": Date, "time": Timestamp,
	"name": Name, "sex": Sex, "number": noOptions(Number), "tri": noOptions(Tri), "text": noOptions(Text),
	"ethnicity": coded("ethnicity-self-defined"), "ic": coded("ethnicity-ic"), "nationality": coded("country"), "country": coded("country"),
	"language": coded("language"), "colour": coded("vehicle-colour"), "fuel": coded("vehicle-fuel"), "body": coded("vehicle-body"),
	"title": coded("title"), "risk": coded("missing-risk"), "gender": coded("gender-identity"), "marital": coded("marital-status"),
	"force": coded("force"), "marker": coded("warning-marker"), "wheelplan": coded("wheelplan"), "outcome": coded("missing-outcome"),
}

// As gives the function that reads values of a named type, such as "pncid",
// "postcode" or "dob"; ok is false for a name that is none. "driver_consistency"
// takes number, surname, forenames, date of birth and sex parted by semicolons.
func As(typeName string) (read func(string, Options) Result, ok bool) {
	read, ok = types[strings.ToLower(typeName)]
	return read, ok
}

// Types lists the names that As takes, in alphabetical order.
func Types() []string { return slices.Sorted(maps.Keys(types)) }

func noOptions(f func(string) Result) func(string, Options) Result {
	return func(text string, _ Options) Result { return f(text) }
}

func coded(set string) func(string, Options) Result {
	return func(text string, o Options) Result { return o.code(set, text) }
}

func driverRow(text string, _ Options) Result {
	f := strings.Split(text, ";")
	if len(f) != 5 {
		return invalid("driver_consistency/form", "not five parts with semicolons between")
	}
	return DriverAgrees(f[0], f[1], f[2], f[3], f[4])
}

// CanonicalText writes what was found of one value in one text, as the test
// vectors and the column "canonical" of ledsq normalise --as do: the canonical
// form; for a registration mark or VIN its class behind a colon; all readings of
// an ambiguous value; and where there is no canonical form but something to tell,
// that: the format or the failed check digits of a machine-readable zone, the
// parts of a driver number that disagree with the person, "future" of a date.
func CanonicalText(typeName string, r Result) string {
	switch {
	case typeName == "mrz", r.Class == "future", r.Status == Mismatch:
		return r.Class
	case r.Status == Ambiguous:
		classes := strings.Split(r.Class, "|")
		out := slices.Clone(r.Readings)
		for i := range min(len(out), len(classes)) {
			if classes[i] != "" {
				out[i] += ":" + classes[i]
			}
		}
		return strings.Join(out, "|")
	case (typeName == "vrm" || typeName == "vin") && r.Canonical != "" && r.Class != "":
		return r.Canonical + ":" + r.Class
	}
	return r.Canonical
}
