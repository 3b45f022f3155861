package normalise

import (
	"strings"
	"testing"

	"leds.internal/ledsq/record"
)

// nameLine writes a name on one line.
func nameLine(n record.Name) string {
	return string(n.Type) + "|" + n.Title + "|" + strings.Join(n.GivenNames, ",") + "|" + n.MiddleNames + "|" + n.Surname + "|" + n.Suffix
}

func TestNamesOfRecords(t *testing.T) {
	given := func(g, s string) record.Name { return record.Name{GivenNames: []string{g}, Surname: s} }
	for _, tt := range []struct {
		in   record.Name
		want string
		why  string
	}{
		{record.Name{FullName: "SMITH, John Paul"}, "primary||John|Paul|Smith|", "a comma puts the surname first"},
		{record.Name{FullName: "SMITH/JOHN/PAUL"}, "primary||John|Paul|Smith|", "so does the PNC's slash"},
		{record.Name{FullName: "Mr Jan van der Berg Jr"}, "primary|Mr|Jan||van der Berg|Jr", "particles go with the surname"},
		{record.Name{FullName: "Mr Smith"}, "primary|Mr|||Smith|", "a title shows that a single word is the surname"},
		{record.Name{FullName: "Madonna"}, "primary|||||", "a single word is not split"},
		{record.Name{FullName: "JANE SMITH NEE JONES"}, "primary||Jane||Smith| previous||||Jones|", "the former surname"},
		{record.Name{FullName: "John Smith aka Johnny Jones"}, "primary||John||Smith| alias||Johnny||Jones|", "an alias"},
		{given("Mr John", "Smith"), "primary|Mr|John||Smith|", "a title in the given name"},
		{given("Dean", "Master"), "primary||Dean||Master|", "names that are titles stay"},
		{given("Syed Ali", "Khan"), "primary||Syed Ali||Khan|", "Syed is a name"},
		{given("Fr John", "Smith"), "primary||Fr John||Smith|", "Fr is a title in a title field only"},
		{given(`Robert "Bob"`, "Smith"), "primary||Robert||Smith| alias||Bob|||", "a name in quotes"},
		{given("Ann", "Smith (Jones)"), "primary||Ann||Smith| alias||||Jones|", "a name in brackets"},
		{given("Ann", "Smith (deceased)"), "primary||Ann||Smith (deceased)|", "a remark is not a name"},
		{given("Ann", "O'Neill"), "primary||Ann||O'Neill|", "an apostrophe is not a quote"},
		{given("Nee", "Nee"), "primary||Nee||Nee|", "Nee is a name where nothing stands around it"},
		{given("UNKNOWN", "MIG_ERROR_SMITH"), "primary||||Smith|", "placeholders and migration prefixes"},
	} {
		p := &record.Person{Names: []record.Name{tt.in}}
		Record(p, asOf)
		var lines []string
		for _, n := range p.Names {
			lines = append(lines, nameLine(n))
		}
		if got := strings.Join(lines, " "); got != tt.want {
			t.Errorf("%v: %s, want %s: %s", nameLine(tt.in)+"|"+tt.in.FullName, got, tt.want, tt.why)
		}
	}
}

func TestRecordBeyondSingleValues(t *testing.T) {
	code := func(v string) record.Code { return record.Code{Value: v} }
	for _, tt := range []struct {
		r    record.Record
		want map[string]string
		why  string
	}{
		{&record.Person{Addresses: []record.Address{{Line: "NFA"}}}, map[string]string{"noFixedAbode": "yes", "addressLine": "NFA"}, "the words are kept"},
		{&record.Person{Addresses: []record.Address{{Line: "1 High St"}, {Postcode: "nf1 1nf"}}}, map[string]string{"address2.noFixedAbode": "yes", "noFixedAbode": ""}, "by postcode, second address"},
		{&record.Person{DateOfBirth: "01/01/1980", DOBPrecision: "Year"}, map[string]string{"dateOfBirth": "1980", "dobPrecision": "year"}, "day and month were filled in"},
		{&record.Person{DateOfBirth: "1980-06-15", DOBPrecision: "year"}, map[string]string{"dateOfBirth": "1980-06-15"}, "a contradiction is left"},
		{&record.Person{DateOfBirth: "1980-06-15", DOBPrecision: "est"}, map[string]string{"dateOfBirth": "1980-06-15~"}, "an estimate"},
		{&record.Person{DateOfBirth: "1980"}, map[string]string{"dateOfBirth": "1980"}, "a record takes a bare year"},
		{&record.Person{Contacts: []record.Contact{{Type: record.ContactWork, Value: "0161 496 0000 ext 12"}}}, map[string]string{"workPhone": "+441614960000", "workPhone.extension": "12"}, "the extension has a field"},
		{&record.Person{Identifiers: []record.Identifier{{Type: record.IDPassport, Value: "bad"}, {Type: record.IDPassport, Value: "ab1234567", Country: code("Polish")}}},
			map[string]string{"passport": "bad", "passport2": "AB1234567", "passport2.country": "POL"}, "another country's passport"},
		{&record.Vehicle{Colours: []record.Code{code("blu/WHITE")}}, map[string]string{"colour": "BLUE", "colour2": "WHITE"}, "two colours"},
		{&record.Vehicle{VRM: "wx 98765", RegistrationCountry: code("PL")}, map[string]string{"vrm": "WX 98765"}, "a Polish mark"},
		{&record.Person{Addresses: []record.Address{{Postcode: "sw1a"}}}, map[string]string{"postcode": "SW1A"}, "a record keeps an outward code"},
		{&record.Person{Envelope: record.Envelope{Extra: []record.Extra{{Name: " x ", Value: " N/K "}}}}, map[string]string{"extra1.value": " N/K "}, "extra columns are carried"},
	} {
		Record(tt.r, asOf)
		for name, want := range tt.want {
			c, ok := record.FindColumn(tt.r.Kind(), name)
			if !ok {
				t.Fatalf("no column %s", name)
			}
			if got := c.Get(tt.r); got != want {
				t.Errorf("%s is %q, want %q: %s", name, got, want, tt.why)
			}
		}
	}
}
