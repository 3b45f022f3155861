package record

import "strings"

// Type says what kind of text a leaf holds. Package normalise has one way of
// reading each type, and comparisons and masking choose by it too.
type Type string

// The types of leaf. Those of identifiers bear the names that
// "ledsq normalise --as" takes.
const (
	TypeText      Type = "text"      // words for people, on one line
	TypeNarrative Type = "narrative" // words for people, on many lines
	TypeRef       Type = "ref"       // a reference or code word of a system: trimmed, else untouched
	TypeTitle     Type = "title"
	TypeGiven     Type = "given"
	TypeMiddle    Type = "middle"
	TypeSurname   Type = "surname"
	TypeSuffix    Type = "suffix"
	TypeFullName  Type = "fullname"
	TypeDate      Type = "date"
	TypeDOB       Type = "dob"
	TypeTime      Type = "time"
	TypeNumber    Type = "number"
	TypeTri       Type = "tri"
	TypeCode      Type = "code" // the Field's CodeSet says which list
	TypeAddress   Type = "address"
	TypePlace     Type = "place"
	TypePostcode  Type = "postcode"
	TypeUPRN      Type = "uprn"
	TypePhone     Type = "phone"
	TypeEmail     Type = "email"
	TypePNCID     Type = "pncid"
	TypeCRO       Type = "cro"
	TypeASN       Type = "asn"
	TypePrison    Type = "noms"
	TypeCRN       Type = "crn"
	TypeNINO      Type = "nino"
	TypeNHS       Type = "nhs"
	TypeDriver    Type = "driver"
	TypePassport  Type = "passport"
	TypeForeignID Type = "foreignid"
	TypeVRM       Type = "vrm"
	TypeVIN       Type = "vin"
	TypeChassis   Type = "chassis"
	TypeEngine    Type = "engine"
	TypeMake      Type = "make"
	TypeModel     Type = "model"
	TypeCourtRef  Type = "ccr"
)

// Personal says how much a value says about a living person, which decides how
// it is masked.
type Personal uint8

// The grades, least first.
const (
	NotPersonal Personal = iota // says nothing about a person
	Indirect                    // identifies only together with other values: sex, town, make
	Direct                      // identifies: names, dates of birth, identifiers, marks, contacts
	Sensitive                   // special category or risk to the person: health, ethnicity, markers, free text
)

// String gives the grade's name.
func (p Personal) String() string {
	return [...]string{"none", "indirect", "direct", "sensitive"}[p]
}

// Field is one row of a field table.
//
// Path is the place of the leaf in the JSON form: addresses[].postcode is any
// address, identifiers[PNC].value the value of an identifier of type PNC,
// names[?] a name of a type the table does not list, factors{} any key.
//
// Name is the flat name that CSV headers, mappings and findings use. A # stands
// for the number of the element from 1; what stands in round brackets is left
// out for the first: "(address#.)postcode" is postcode, address2.postcode and so on.
type Field struct {
	Path     string
	Name     string
	Type     Type
	CodeSet  string
	Personal Personal
	Meaning  string
}

// First gives the flat name of the field's first occurrence: postcode, alias1.surname.
func (f *Field) First() string { return flatName(f.Name, [maxDepth]int{1, 1, 1}, "*") }

// flatName fills the numbers into a name template.
func flatName(template string, idx [maxDepth]int, key string) string {
	if !strings.ContainsAny(template, "#*") {
		return template
	}
	var b strings.Builder
	k := 0
	for i := 0; i < len(template); i++ {
		switch c := template[i]; c {
		case '(':
			if idx[k] == 1 {
				i += strings.IndexByte(template[i:], ')')
				k++
			}
		case ')':
		case '#':
			writeInt(&b, idx[k])
			k++
		case '*':
			b.WriteString(key)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func writeInt(b *strings.Builder, n int) {
	if n >= 10 {
		writeInt(b, n/10)
	}
	b.WriteByte(byte('0' + n%10))
}

// Fields gives the field table of a kind, in the order of columns. The caller
// must not change it.
func Fields(k Kind) []Field { return planOf(k).fields }
