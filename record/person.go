package record

// Person is a nominal: one record about one person in one source system.
type Person struct {
	Envelope
	Roles                []Code        `json:"roles,omitempty"`
	Categories           []Code        `json:"dataSubjectCategory,omitempty"`
	Names                []Name        `json:"names,omitempty"`
	DateOfBirth          Date          `json:"dateOfBirth,omitempty"`
	DOBPrecision         string        `json:"dobPrecision,omitempty"`
	Age                  Number        `json:"age,omitempty"`
	AgeAsOf              Date          `json:"ageAsOf,omitempty"`
	DateOfDeath          Date          `json:"dateOfDeath,omitempty"`
	VerificationOfDeath  Code          `json:"verificationOfDeath,omitzero"`
	Sex                  Code          `json:"sex,omitzero"`
	GenderIdentity       Code          `json:"genderIdentity,omitzero"`
	GenderSelfDescribed  string        `json:"genderSelfDescribed,omitempty"`
	EthnicitySelfDefined Code          `json:"ethnicitySelfDefined,omitzero"`
	EthnicityObserved    Code          `json:"ethnicityObserved,omitzero"`
	Nationalities        []Code        `json:"nationalities,omitempty"`
	PlaceOfBirth         string        `json:"placeOfBirth,omitempty"`
	CountryOfBirth       Code          `json:"countryOfBirth,omitzero"`
	Identifiers          []Identifier  `json:"identifiers,omitempty"`
	Addresses            []Address     `json:"addresses,omitempty"`
	Contacts             []Contact     `json:"contacts,omitempty"`
	Description          Description   `json:"description,omitzero"`
	Markers              []Marker      `json:"markers,omitempty"`
	Circulations         []Circulation `json:"circulations,omitempty"`
	Processes            []Process     `json:"processes,omitempty"`
	Occupation           string        `json:"occupation,omitempty"`
	Languages            []Code        `json:"languages,omitempty"`
	Associates           []Associate   `json:"associates,omitempty"`
	Photographs          []Photograph  `json:"photographs,omitempty"`
}

// NameType says what a name is to the person.
type NameType string

// The types of name. A name without a type is the primary one.
const (
	PrimaryName  NameType = "primary"
	AliasName    NameType = "alias"
	PreviousName NameType = "previous"
	NicknameName NameType = "nickname"
)

// Name is one name of a person. FullName holds the whole name where the source
// does not split it.
type Name struct {
	Type        NameType  `json:"type,omitempty"`
	Title       string    `json:"title,omitempty"`
	GivenNames  []string  `json:"givenNames,omitempty"`
	MiddleNames string    `json:"middleNames,omitempty"`
	Surname     string    `json:"surname,omitempty"`
	Suffix      string    `json:"suffix,omitempty"`
	FullName    string    `json:"fullName,omitempty"`
	From        Date      `json:"from,omitempty"`
	To          Date      `json:"to,omitempty"`
	Assurance   Assurance `json:"assurance,omitempty"`
	Basis       Basis     `json:"basis,omitempty"`
}

// IdentifierType names the scheme of an identifier.
type IdentifierType string

// The identifier schemes the field table knows; a record may carry others.
const (
	IDPNC      IdentifierType = "PNC"
	IDCRO      IdentifierType = "CRO"
	IDASN      IdentifierType = "ASN"
	IDPrison   IdentifierType = "PRISON"
	IDCRN      IdentifierType = "CRN"
	IDNINO     IdentifierType = "NINO"
	IDNHS      IdentifierType = "NHS"
	IDDriver   IdentifierType = "DRIVER"
	IDPassport IdentifierType = "PASSPORT"
	IDNational IdentifierType = "NATIONAL" // another country's personal or social security number
	IDLocal    IdentifierType = "LOCAL"
)

// Identifier is a number given to a person by a scheme.
type Identifier struct {
	Type      IdentifierType `json:"type,omitempty"`
	Value     string         `json:"value,omitempty"`
	Country   Code           `json:"country,omitzero"`
	Assurance Assurance      `json:"assurance,omitempty"`
	Basis     Basis          `json:"basis,omitempty"`
}

// Address is one address of a person. Line holds the address as one text where
// the source does not split it (it may then also repeat the parts).
type Address struct {
	Type         Code      `json:"type,omitzero"`
	Status       Code      `json:"status,omitzero"`
	NoFixedAbode Tri       `json:"noFixedAbode,omitempty"`
	SiteLocation string    `json:"siteLocation,omitempty"`
	Line         string    `json:"line,omitempty"`
	Premises     string    `json:"premises,omitempty"`
	Street       string    `json:"street,omitempty"`
	Locality     string    `json:"locality,omitempty"`
	Town         string    `json:"town,omitempty"`
	County       string    `json:"county,omitempty"`
	Postcode     Postcode  `json:"postcode,omitempty"`
	Country      Code      `json:"country,omitzero"`
	UPRN         UPRN      `json:"uprn,omitempty"`
	From         Date      `json:"from,omitempty"`
	To           Date      `json:"to,omitempty"`
	Verified     Tri       `json:"verified,omitempty"`
	Assurance    Assurance `json:"assurance,omitempty"`
	Basis        Basis     `json:"basis,omitempty"`
}

// ContactType says what kind of contact a value is.
type ContactType string

// The contact types of the POLE dictionary (DS_051 to DS_055), with one of our
// own, PHONE, for a number whose kind the source does not give.
const (
	ContactPhone   ContactType = "PHONE"
	ContactHome    ContactType = "LANH"
	ContactWork    ContactType = "LANW"
	ContactMobile  ContactType = "MOBH"
	ContactWorkMob ContactType = "MOBW"
	ContactEmail   ContactType = "EMAIL"
	ContactSocial  ContactType = "SOCIAL"
)

// Contact is a way of reaching a person. Safe says whether it may be used
// without putting the person at risk (POLE DS_111).
type Contact struct {
	Type      ContactType `json:"type,omitempty"`
	Value     string      `json:"value,omitempty"`
	Extension string      `json:"extension,omitempty"`
	Safe      Tri         `json:"safe,omitempty"`
	Assurance Assurance   `json:"assurance,omitempty"`
	Basis     Basis       `json:"basis,omitempty"`
}

// Description is what a person looks like.
type Description struct {
	HeightFromCm Number   `json:"heightCmFrom,omitempty"`
	HeightToCm   Number   `json:"heightCmTo,omitempty"`
	Build        Code     `json:"build,omitzero"`
	Complexion   Code     `json:"complexion,omitzero"`
	EyeLeft      Code     `json:"eyeLeft,omitzero"`
	EyeRight     Code     `json:"eyeRight,omitzero"`
	HairColour   Code     `json:"hairColour,omitzero"`
	Features     []string `json:"features,omitempty"`
}

// Marker is a warning or information marker.
type Marker struct {
	Code        Code      `json:"code,omitzero"`
	Text        string    `json:"text,omitempty"`
	Basis       Basis     `json:"basis,omitempty"`
	Source      string    `json:"source,omitempty"`
	EvidenceRef string    `json:"evidenceRef,omitempty"`
	SetAt       Timestamp `json:"setAt,omitempty"`
	SetBy       string    `json:"setBy,omitempty"`
	ReviewDate  Date      `json:"reviewDate,omitempty"`
	EndAt       Timestamp `json:"endAt,omitempty"`
	EndReason   string    `json:"endReason,omitempty"`
}

// Circulation says that a person is wanted, missing, disqualified, on bail or
// under an order.
type Circulation struct {
	Type    Code      `json:"type,omitzero"`
	Ref     string    `json:"ref,omitempty"`
	Offence string    `json:"offence,omitempty"`
	From    Timestamp `json:"from,omitempty"`
	To      Timestamp `json:"to,omitempty"`
}

// Process is one arrest or summons and what came of it.
type Process struct {
	ASN              ASN       `json:"asn,omitempty"`
	ArrestAt         Timestamp `json:"arrestAt,omitempty"`
	Offences         []Offence `json:"offences,omitempty"`
	NextAppearance   Date      `json:"nextAppearance,omitempty"`
	NextCourt        string    `json:"nextCourt,omitempty"`
	Result           Code      `json:"result,omitzero"`
	ResultReceivedAt Timestamp `json:"resultReceivedAt,omitempty"`
	ResultEnteredAt  Timestamp `json:"resultEnteredAt,omitempty"`
	CourtCaseRef     string    `json:"courtCaseReference,omitempty"`
}

// Offence is one offence of a process.
type Offence struct {
	Code  Code      `json:"code,omitzero"`
	Text  string    `json:"text,omitempty"`
	Start Timestamp `json:"start,omitempty"`
	End   Timestamp `json:"end,omitempty"`
}

// Associate is another person this one is known with.
type Associate struct {
	ID           string `json:"id,omitempty"`
	Name         string `json:"name,omitempty"`
	Relationship string `json:"relationship,omitempty"`
	Basis        Basis  `json:"basis,omitempty"`
}

// Photograph refers to an image held elsewhere.
type Photograph struct {
	Ref string    `json:"ref,omitempty"`
	At  Timestamp `json:"at,omitempty"`
}

// PrimaryName gives the person's main name: the first of type primary or
// without a type, or else the first there is. It is the zero Name if there is none.
func (p *Person) PrimaryName() Name {
	for i := range p.Names {
		if t := p.Names[i].Type; t == PrimaryName || t == "" {
			return p.Names[i]
		}
	}
	if len(p.Names) > 0 {
		return p.Names[0]
	}
	return Name{}
}

// Given gives the first given name, or "".
func (n Name) Given() string {
	if len(n.GivenNames) > 0 {
		return n.GivenNames[0]
	}
	return ""
}

// IdentifierValues gives every value the person has in one scheme, in order.
func (p *Person) IdentifierValues(t IdentifierType) []string {
	var vs []string
	for i := range p.Identifiers {
		if p.Identifiers[i].Type == t && p.Identifiers[i].Value != "" {
			vs = append(vs, p.Identifiers[i].Value)
		}
	}
	return vs
}
