package record

import "strings"

// Envelope is what every record carries whatever it is about: where it came
// from, why it is held, who made and changed it, and what it is linked to.
type Envelope struct {
	ID             string      `json:"id,omitempty"`
	SourceSystem   string      `json:"sourceSystem,omitempty"`
	SourceID       string      `json:"sourceID,omitempty"`
	OwnerCode      string      `json:"ownerCode,omitempty"`
	Purposes       []Code      `json:"purpose,omitempty"`
	PurposeDetail  string      `json:"purposeDetail,omitempty"`
	Justification  string      `json:"justification,omitempty"`
	LegalBasis     string      `json:"legalBasis,omitempty"`
	CreatedAt      Timestamp   `json:"createdAt,omitempty"`
	CreatedBy      string      `json:"createdBy,omitempty"`
	ModifiedAt     Timestamp   `json:"modifiedAt,omitempty"`
	ModifiedBy     string      `json:"modifiedBy,omitempty"`
	LastConfirmed  Timestamp   `json:"lastConfirmedAt,omitempty"`
	Version        Number      `json:"version,omitempty"`
	Status         Code        `json:"status,omitzero"`
	ReviewDate     Date        `json:"reviewDate,omitempty"`
	RetentionGroup Code        `json:"retentionGroup,omitzero"`
	SecurityMark   Code        `json:"securityMarking,omitzero"`
	Links          []Link      `json:"links,omitempty"`
	Amendments     []Amendment `json:"amendments,omitempty"`
	SharedWith     []Share     `json:"sharedWith,omitempty"`
	Assessed       []Evidence  `json:"evidence,omitempty"`
	Extra          []Extra     `json:"extra,omitempty"`
}

// Code is a coded value with the code set it was taken from, because the same
// code means different things in different sets (W4 is Traveller in one list
// of ethnicities and Roma in another). In JSON a code without a set is a plain
// string.
type Code struct {
	Value   string `json:"value,omitempty"`
	Set     string `json:"codeSet,omitempty"`
	Version string `json:"version,omitempty"`
}

// Link ties a record to another: an event, a person, a vehicle.
type Link struct {
	Kind   string `json:"kind,omitempty"`
	ID     string `json:"id,omitempty"`
	Reason string `json:"reason,omitempty"`
	From   Date   `json:"from,omitempty"`
	To     Date   `json:"to,omitempty"`
}

// Amendment says who changed what, when, why, and on which version it was based.
type Amendment struct {
	At          Timestamp `json:"at,omitempty"`
	By          string    `json:"by,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	Source      string    `json:"source,omitempty"`
	Fields      []string  `json:"fields,omitempty"`
	BaseVersion Number    `json:"baseVersion,omitempty"`
	Type        string    `json:"type,omitempty"`
}

// Share says with whom the record was shared and when they were told of a correction.
type Share struct {
	Recipient  string    `json:"recipient,omitempty"`
	SharedAt   Timestamp `json:"sharedAt,omitempty"`
	NotifiedAt Timestamp `json:"notifiedAt,omitempty"`
}

// Evidence says how a field's value is known. Names, addresses, contacts and
// identifiers carry their own assurance; this is for single values such as
// dateOfBirth. Field is a flat name of the field table.
type Evidence struct {
	Field     string    `json:"field,omitempty"`
	Assurance Assurance `json:"assurance,omitempty"`
	Basis     Basis     `json:"basis,omitempty"`
	Source    string    `json:"source,omitempty"`
}

// ExtraValue gives what an extra column holds, without spaces around it; "" where
// there is nothing in it or no such column.
func (e *Envelope) ExtraValue(column string) string {
	for _, x := range e.Extra {
		if x.Name == column && column != "" {
			return strings.TrimSpace(x.Value)
		}
	}
	return ""
}

// Extra is a column or key of the source that maps to no field: carried
// through untouched, read by no rule and no comparison.
type Extra struct {
	Name  string `json:"name"`
	Value string `json:"value,omitempty"`
}

// Assurance says what stands behind a value.
type Assurance string

// The grades of assurance, strongest first.
const (
	Biometric      Assurance = "biometric"
	Documentary    Assurance = "documentary"
	OfficialRecord Assurance = "official-record"
	SelfDeclared   Assurance = "self-declared"
	ThirdParty     Assurance = "third-party"
	Observed       Assurance = "observed"
)

// Basis separates fact from personal assessment (Data Protection Act 2018, section 38(2)).
type Basis string

// The two bases.
const (
	Fact       Basis = "fact"
	Assessment Basis = "assessment"
)
