package record

// Vehicle is one record about one vehicle.
type Vehicle struct {
	Envelope
	Role                Code            `json:"role,omitzero"`
	VRM                 VRM             `json:"vrm,omitempty"`
	VRMPartial          Tri             `json:"vrmPartial,omitempty"`
	PreviousVRMs        []PreviousMark  `json:"previousVrms,omitempty"`
	RegistrationCountry Code            `json:"registrationCountry,omitzero"`
	VIN                 VIN             `json:"vin,omitempty"`
	ChassisNumber       string          `json:"chassisNumber,omitempty"`
	EngineNumber        EngineNumber    `json:"engineNumber,omitempty"`
	Make                string          `json:"make,omitempty"`
	Model               string          `json:"model,omitempty"`
	BodyShape           Code            `json:"bodyShape,omitzero"`
	Colours             []Code          `json:"colours,omitempty"`
	VehicleType         Code            `json:"vehicleType,omitzero"`
	FuelType            Code            `json:"fuelType,omitzero"`
	EngineCapacityCC    Number          `json:"engineCapacityCc,omitempty"`
	YearOfManufacture   Number          `json:"yearOfManufacture,omitempty"`
	Doors               Number          `json:"doors,omitempty"`
	LeftHandDrive       Tri             `json:"leftHandDrive,omitempty"`
	FirstRegistered     Date            `json:"monthOfFirstRegistration,omitempty"`
	DateLastV5C         Date            `json:"dateLastV5C,omitempty"`
	MOTStatus           Code            `json:"motStatus,omitzero"`
	MOTExpiry           Date            `json:"motExpiry,omitempty"`
	TaxStatus           Code            `json:"taxStatus,omitzero"`
	TaxDue              Date            `json:"taxDue,omitempty"`
	MarkedForExport     Tri             `json:"markedForExport,omitempty"`
	IdentifyingFeatures []string        `json:"identifyingFeatures,omitempty"`
	Keepers             []Keeper        `json:"keepers,omitempty"`
	Reports             []VehicleReport `json:"reports,omitempty"`
}

// PreviousMark is a registration mark the vehicle bore before.
type PreviousMark struct {
	VRM    VRM    `json:"vrm,omitempty"`
	From   Date   `json:"from,omitempty"`
	To     Date   `json:"to,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// Keeper is who kept the vehicle and when.
type Keeper struct {
	PersonID string `json:"personID,omitempty"`
	Name     string `json:"name,omitempty"`
	From     Date   `json:"from,omitempty"`
	To       Date   `json:"to,omitempty"`
}

// VehicleReport says that a vehicle is stolen, lost, found, seized, of
// interest, used in crime, or that its plate was stolen or cloned.
type VehicleReport struct {
	Type         Code      `json:"type,omitzero"`
	At           Timestamp `json:"at,omitempty"`
	CrimeRef     string    `json:"crimeRef,omitempty"`
	OwnerCode    string    `json:"ownerCode,omitempty"`
	Confirmed    Tri       `json:"confirmed,omitempty"`
	ConfirmedAt  Timestamp `json:"confirmedAt,omitempty"`
	ExpiresAt    Timestamp `json:"expiresAt,omitempty"`
	RecoveredAt  Timestamp `json:"recoveredAt,omitempty"`
	CancelReason string    `json:"cancelReason,omitempty"`
}
