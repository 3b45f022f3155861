package record

// MissingPerson is one episode of a person being missing, or of an
// unidentified person, body or remains. The person stands inside it, with an
// envelope of their own where they are a record elsewhere.
type MissingPerson struct {
	Envelope
	Person              Person                `json:"person,omitzero"`
	EpisodeRef          string                `json:"episodeRef,omitempty"`
	RecordType          Code                  `json:"recordType,omitzero"`
	MissingSince        Timestamp             `json:"missingSince,omitempty"`
	LastSeenAt          Timestamp             `json:"lastSeenAt,omitempty"`
	LastSeenPlace       string                `json:"lastSeenPlace,omitempty"`
	MissingFrom         string                `json:"missingFrom,omitempty"`
	ReportedAt          Timestamp             `json:"reportedAt,omitempty"`
	Reporter            Reporter              `json:"reporter,omitzero"`
	Circumstances       string                `json:"circumstances,omitempty"`
	OutOfCharacter      Tri                   `json:"outOfCharacter,omitempty"`
	Intention           string                `json:"intention,omitempty"`
	RiskAssessments     []RiskAssessment      `json:"riskAssessments,omitempty"`
	Factors             map[string]Tri        `json:"factors,omitempty"`
	NextReviewAt        Timestamp             `json:"nextReviewAt,omitempty"`
	Reviews             []Review              `json:"reviews,omitempty"`
	Actions             []Action              `json:"actions,omitempty"`
	ResidenceType       Code                  `json:"residenceType,omitzero"`
	LookedAfter         Tri                   `json:"lookedAfter,omitempty"`
	ResponsibleAuth     string                `json:"responsibleAuthority,omitempty"`
	PreviousEpisodes    Number                `json:"previousEpisodes,omitempty"`
	AtTime              DescriptionAtTime     `json:"descriptionAtTime,omitzero"`
	Photo               MissingPhoto          `json:"photo,omitzero"`
	DNAAvailable        Tri                   `json:"dnaAvailable,omitempty"`
	DentalAvailable     Tri                   `json:"dentalAvailable,omitempty"`
	FingerprintsHeld    Tri                   `json:"fingerprintsAvailable,omitempty"`
	NationalCirculated  Timestamp             `json:"nationalCirculatedAt,omitempty"`
	UKMPUNotifiedAt     Timestamp             `json:"ukmpuNotifiedAt,omitempty"`
	UKMPURef            string                `json:"ukmpuRef,omitempty"`
	PublicityConsent    Tri                   `json:"publicityConsent,omitempty"`
	FoundAt             Timestamp             `json:"foundAt,omitempty"`
	FoundPlace          string                `json:"foundPlace,omitempty"`
	FoundBy             string                `json:"foundBy,omitempty"`
	Outcome             Code                  `json:"outcome,omitzero"`
	Harm                []Code                `json:"harm,omitempty"`
	WellbeingAt         Timestamp             `json:"wellbeingConfirmedAt,omitempty"`
	WellbeingBy         string                `json:"wellbeingConfirmedBy,omitempty"`
	PreventionInterview Interview             `json:"preventionInterview,omitzero"`
	ReturnInterview     ReturnInterview       `json:"returnInterview,omitzero"`
	Disclosure          WhereaboutsDisclosure `json:"whereaboutsDisclosure,omitzero"`
}

// Reporter is who told the police, and when they last knew it.
type Reporter struct {
	Name          string    `json:"name,omitempty"`
	Relationship  string    `json:"relationship,omitempty"`
	Contact       string    `json:"contact,omitempty"`
	InformationAt Timestamp `json:"informationAt,omitempty"`
}

// RiskAssessment is one assessment; the list is appended to and never edited.
// Level carries its scheme as the code set: EW-APP, EW-2017 or SCO.
type RiskAssessment struct {
	Level        Code      `json:"level,omitzero"`
	At           Timestamp `json:"at,omitempty"`
	By           string    `json:"by,omitempty"`
	Rationale    string    `json:"rationale,omitempty"`
	Factors      []string  `json:"factors,omitempty"`
	Source       string    `json:"source,omitempty"`
	SupervisorAt Timestamp `json:"supervisorAt,omitempty"`
	Supervisor   string    `json:"supervisor,omitempty"`
}

// Review is one review of an open episode.
type Review struct {
	At       Timestamp `json:"at,omitempty"`
	By       string    `json:"by,omitempty"`
	Decision string    `json:"decision,omitempty"`
}

// Action is a step agreed or taken.
type Action struct {
	At   Timestamp `json:"at,omitempty"`
	By   string    `json:"by,omitempty"`
	Text string    `json:"text,omitempty"`
}

// DescriptionAtTime is what the person wore and carried when last seen.
type DescriptionAtTime struct {
	Clothing  string `json:"clothing,omitempty"`
	Items     string `json:"items,omitempty"`
	Phone     Phone  `json:"phone,omitempty"`
	VehicleID string `json:"vehicleID,omitempty"`
	VRM       VRM    `json:"vrm,omitempty"`
}

// MissingPhoto says whether a photograph is held.
type MissingPhoto struct {
	Present Tri       `json:"present,omitempty"`
	TakenAt Timestamp `json:"takenAt,omitempty"`
}

// Interview is the prevention interview (the safe and well check) after return.
type Interview struct {
	At      Timestamp `json:"at,omitempty"`
	By      string    `json:"by,omitempty"`
	Refused Tri       `json:"refused,omitempty"`
}

// ReturnInterview is the return-home interview a local authority offers a child.
type ReturnInterview struct {
	OfferedAt Timestamp `json:"offeredAt,omitempty"`
	HeldAt    Timestamp `json:"heldAt,omitempty"`
	Refused   Tri       `json:"refused,omitempty"`
	Provider  string    `json:"provider,omitempty"`
}

// WhereaboutsDisclosure is the found person's wish about who may be told.
// Wish is agreed, refused or child.
type WhereaboutsDisclosure struct {
	Wish Code `json:"wish,omitzero"`
}

// Risk gives the latest risk assessment, the last of the list, or the zero value.
func (m *MissingPerson) Risk() RiskAssessment {
	if n := len(m.RiskAssessments); n > 0 {
		return m.RiskAssessments[n-1]
	}
	return RiskAssessment{}
}
