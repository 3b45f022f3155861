package normalise

import (
	"strings"
	"sync"

	"leds.internal/ledsq/record"
)

// VRMParts are the parts of a registration mark.
type VRMParts struct {
	Format string // as Result.Class of VRM
	// Age is the age identifier, "51" or "A", with the first and the last day on
	// which it was issued as ISO dates; "" in the formats that show no age.
	Age, FirstDay, LastDay string
	// Tag is the memory tag of a current mark, with region and office of first
	// registration; the latter are "" for tags that are not regional (J, Q, T, U
	// and X first). They say nothing of the keeper. Of a Northern Ireland mark
	// Tag is the code of the county or city, and Region says so.
	Tag, Region, Office string
	Serial              string // letters and digits that are neither age nor tag
}

// SplitVRM takes a mark without spaces apart.
func SplitVRM(s string) (p VRMParts, ok bool) {
	p.Format = vrmClass(s)
	switch p.Format {
	case "":
		return p, false
	case "current":
		p.Age, p.Tag, p.Serial = s[2:4], s[:2], s[4:]
		t := memoryTags()[p.Tag]
		p.Region, p.Office = t[0], t[1]
	case "prefix":
		p.Age, p.Serial = s[:1], s[1:]
	case "suffix":
		p.Age, p.Serial = s[len(s)-1:], s[:len(s)-1]
	case "ni":
		p.Tag, p.Region, p.Serial = niTag(s), "Northern Ireland", s
	default:
		p.Serial = s
	}
	if p.Age != "" {
		p.FirstDay, p.LastDay, _ = AgeIdentifier(p.Format, p.Age)
	}
	return p, true
}

// niTag finds the code of county or city: the last two letters.
func niTag(s string) string {
	l := strings.Trim(s, "0123456789")
	return l[len(l)-2:]
}

// FirstDayOf gives the first day on which a mark of this age may have been
// issued; ok is false for a mark that shows no age. A mark is never newer than
// its vehicle may show: a vehicle first registered before the day bears a false
// or a mistyped mark.
func FirstDayOf(vrm string) (day record.Date, ok bool) {
	p, _ := SplitVRM(vrm)
	return record.Date(p.FirstDay), p.FirstDay != ""
}

// AgeIdentifier gives the days between which an age identifier was issued:
// format is "current", "prefix" or "suffix".
func AgeIdentifier(format, identifier string) (first, last string, ok bool) {
	d, ok := ageIdentifiers()[format+identifier]
	return d[0], d[1], ok
}

var ageIdentifiers = sync.OnceValue(func() map[string][2]string {
	rows, col := table("vrm_age_identifiers")
	m := make(map[string][2]string, len(rows))
	for _, r := range rows {
		m[r[col["series"]]+r[col["identifier"]]] = [2]string{r[col["first_day"]], r[col["last_day"]]}
	}
	return m
})

var memoryTags = sync.OnceValue(func() map[string][2]string {
	rows, col := table("dvla_memory_tags")
	m := make(map[string][2]string, len(rows))
	for _, r := range rows {
		m[r[col["tag"]]] = [2]string{r[col["region_mnemonic"]], r[col["office"]]}
	}
	return m
})

// ForceName gives the name of the police force, or other body, with a two-digit
// code of the PNC; "" for a code that is not in the list.
func ForceName(code string) string { return forces()[code] }

var forces = sync.OnceValue(func() map[string]string {
	rows, col := table("police_force_codes")
	m := make(map[string]string, len(rows))
	for _, r := range rows {
		m[r[col["pnc_force_code"]]] = r[col["name"]]
	}
	return m
})

// VINParts are the parts of a vehicle identification number.
type VINParts struct {
	WMI, VDS, VIS string // characters 1 to 3, 4 to 9, 10 to 17
	Maker         string // "" for a WMI that is not in codes/wmi_codes.csv; badges are traded, so a soft check only
	Region        string // continent of the first character
	// Years are the model years that character 10 may stand for, oldest first.
	// Outside North America makers are free to use it otherwise.
	Years   [3]int
	CheckOK bool // mandatory in North America and China only
}

// SplitVIN takes a VIN of 17 legal characters apart.
func SplitVIN(s string) (p VINParts, ok bool) {
	if len(s) != 17 || !allAlnum(s) || strings.ContainsAny(s, "IOQ") {
		return p, false
	}
	p = VINParts{WMI: s[:3], VDS: s[3:9], VIS: s[9:], Maker: makers()[s[:3]], Region: vinRegion(s[0]), CheckOK: vinChecks(s)}
	p.Years = modelYears()[s[9]]
	return p, true
}

func vinRegion(c byte) string {
	switch {
	case c >= 'A' && c <= 'H':
		return "Africa"
	case c >= 'J' && c <= 'R':
		return "Asia"
	case c >= 'S':
		return "Europe"
	case c >= '1' && c <= '5' || c == '7':
		return "North America"
	case c == '6':
		return "Oceania"
	case c == '8' || c == '9':
		return "South America"
	}
	return ""
}

var makers = sync.OnceValue(func() map[string]string {
	rows, col := table("wmi_codes")
	m := make(map[string]string, len(rows))
	for _, r := range rows {
		m[r[col["wmi"]]] = r[col["manufacturer"]]
	}
	return m
})

var modelYears = sync.OnceValue(func() map[byte][3]int {
	rows, col := table("vin_model_year")
	m := make(map[byte][3]int, len(rows))
	for _, r := range rows {
		var years [3]int
		for i, y := range strings.Split(r[col["years"]], "|") {
			if i < len(years) {
				years[i] = atoi(y)
			}
		}
		m[r[col["code"]][0]] = years
	}
	return m
})
