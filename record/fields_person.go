package record

// nameFields is one name; lead stands before givenName's own number.
func nameFields() []Field {
	return join([]Field{
		{"title", "title", TypeTitle, "title", Indirect, "Title, such as Mr or Dr"},
		{"givenNames[]", "givenName(#)", TypeGiven, "", Direct, "Given name (forename)"},
		{"middleNames", "middleNames", TypeMiddle, "", Direct, "Middle names, as one text"},
		{"surname", "surname", TypeSurname, "", Direct, "Surname (family name)"},
		{"suffix", "suffix", TypeSuffix, "suffix", Indirect, "What follows the name, such as Jr"},
		{"fullName", "fullName", TypeFullName, "", Direct, "The whole name, where the source does not split it"},
		{"from", "nameFrom", TypeDate, "", NotPersonal, "When the name came into use"},
		{"to", "nameTo", TypeDate, "", NotPersonal, "When it went out of use"},
	}, under("", "name.", assured(NotPersonal)))
}

func addressFields() []Field {
	return join([]Field{
		{"type", "addressType", TypeCode, "address-type", NotPersonal, "home, work, main, temporary …"},
		{"status", "addressStatus", TypeCode, "address-status", NotPersonal, "current, previous …"},
		{"noFixedAbode", "noFixedAbode", TypeTri, "", Sensitive, "Whether the person has no fixed abode"},
		{"siteLocation", "siteLocation", TypeText, "", Direct, "Where on a site, or a description of the place"},
		{"line", "addressLine", TypeAddress, "", Direct, "The address, or its first line, as one text"},
		{"premises", "premises", TypeAddress, "", Direct, "House number, house name, flat"},
		{"street", "street", TypeAddress, "", Direct, "Street"},
		{"locality", "locality", TypePlace, "", Indirect, "Village or part of a town"},
		{"town", "town", TypePlace, "", Indirect, "Post town, city or suburb"},
		{"county", "county", TypePlace, "", Indirect, "County, state or region"},
		{"postcode", "postcode", TypePostcode, "", Direct, "Postcode of any country"},
		{"country", "country", TypeCode, "country", Indirect, "Country"},
		{"uprn", "uprn", TypeUPRN, "", Direct, "Unique property reference number"},
		{"from", "addressFrom", TypeDate, "", NotPersonal, "When the person came to live there"},
		{"to", "addressTo", TypeDate, "", NotPersonal, "When they left"},
		{"verified", "addressVerified", TypeTri, "", NotPersonal, "Whether somebody checked it"},
	}, under("", "address.", assured(NotPersonal)))
}

// identifierFields lists the identifier schemes: each has a flat name of its own.
func identifierFields() []Field {
	var out []Field
	for _, s := range []struct {
		typ     IdentifierType
		name    string
		reads   Type
		meaning string
	}{
		{IDPNC, "pncId", TypePNCID, "Police National Computer identifier"},
		{IDCRO, "cro", TypeCRO, "Criminal Records Office number"},
		{IDASN, "asn", TypeASN, "Arrest/summons number"},
		{IDPrison, "prisonNumber", TypePrison, "Prison (NOMS) number"},
		{IDCRN, "crn", TypeCRN, "Probation case reference number"},
		{IDNINO, "nino", TypeNINO, "National Insurance number"},
		{IDNHS, "nhsNumber", TypeNHS, "NHS number"},
		{IDDriver, "driverNumber", TypeDriver, "Driver number"},
		{IDPassport, "passport", TypePassport, "Passport number"},
		{IDNational, "nationalId", TypeForeignID, "Personal or social security number of another country"},
		{IDLocal, "localId", TypeRef, "Reference of one system only"},
	} {
		out = append(out, Field{"identifiers[" + string(s.typ) + "].value", s.name + "(#)", s.reads, "", Direct, s.meaning})
		out = append(out, under("identifiers["+string(s.typ)+"].", s.name+"(#).", identifierRest())...)
	}
	out = append(out,
		Field{"identifiers[?].type", "identifier#.type", TypeRef, "", NotPersonal, "Scheme of an identifier not listed here"},
		Field{"identifiers[?].value", "identifier#.value", TypeRef, "", Direct, "Its value"})
	return append(out, under("identifiers[?].", "identifier#.", identifierRest())...)
}

func identifierRest() []Field {
	return join([]Field{{"country", "country", TypeCode, "country", NotPersonal, "Country that issued it"}}, assured(NotPersonal))
}

// contactFields lists the contact types: each has a flat name of its own.
func contactFields() []Field {
	var out []Field
	for _, s := range []struct {
		typ     ContactType
		name    string
		reads   Type
		meaning string
	}{
		{ContactPhone, "phone", TypePhone, "Telephone number, its kind not given"},
		{ContactMobile, "mobile", TypePhone, "Personal mobile number"},
		{ContactHome, "homePhone", TypePhone, "Home telephone number"},
		{ContactWork, "workPhone", TypePhone, "Work telephone number"},
		{ContactWorkMob, "workMobile", TypePhone, "Work mobile number"},
		{ContactEmail, "email", TypeEmail, "Email address"},
		{ContactSocial, "social", TypeRef, "Social media handle"},
	} {
		out = append(out, Field{"contacts[" + string(s.typ) + "].value", s.name + "(#)", s.reads, "", Direct, s.meaning})
		out = append(out, under("contacts["+string(s.typ)+"].", s.name+"(#).", contactRest())...)
	}
	out = append(out,
		Field{"contacts[?].type", "contact#.type", TypeRef, "", NotPersonal, "Type of a contact not listed here"},
		Field{"contacts[?].value", "contact#.value", TypeRef, "", Direct, "Its value"})
	return append(out, under("contacts[?].", "contact#.", contactRest())...)
}

func contactRest() []Field {
	return join([]Field{
		{"extension", "extension", TypeRef, "", Direct, "Extension"},
		{"safe", "safe", TypeTri, "", Sensitive, "Whether it may be used without risk to the person"},
	}, assured(NotPersonal))
}

func personFields() []Field {
	return join([]Field{
		{"roles[]", "role(#)", TypeCode, "person-role", Sensitive, "Role: offender, known-suspect, unknown-suspect, victim, witness, person-of-interest, missing …"},
		{"dataSubjectCategory[]", "category(#)", TypeCode, "data-subject-category", Sensitive, "Category of data subject: suspect, convicted, victim, witness, other"},
	},
		under("names[primary].", "(name#.)", nameFields()),
		under("names[alias].", "alias#.", nameFields()),
		under("names[previous].", "previousName#.", nameFields()),
		under("names[nickname].", "nickname#.", nameFields()),
		under("names[?].", "otherName#.", join([]Field{{"type", "type", TypeRef, "", NotPersonal, "Type of a name not listed here"}}, nameFields())),
		[]Field{
			{"dateOfBirth", "dateOfBirth", TypeDOB, "", Direct, "Date of birth, to the precision known"},
			{"dobPrecision", "dobPrecision", TypeRef, "dob-precision", NotPersonal, "exact, month, year or estimated, where the source says so"},
			{"age", "age", TypeNumber, "", Indirect, "Age in years"},
			{"ageAsOf", "ageAsOf", TypeDate, "", NotPersonal, "Day the age was given for"},
			{"dateOfDeath", "dateOfDeath", TypeDate, "", Direct, "Date of death"},
			{"verificationOfDeath", "verificationOfDeath", TypeCode, "verification-of-death", NotPersonal, "How the death was verified"},
			{"sex", "sex", TypeCode, "sex", Indirect, "Sex"},
			{"genderIdentity", "genderIdentity", TypeCode, "gender-identity", Sensitive, "Gender identity"},
			{"genderSelfDescribed", "genderSelfDescribed", TypeText, "", Sensitive, "Gender in the person's own words"},
			{"ethnicitySelfDefined", "ethnicity", TypeCode, "ethnicity-self-defined", Sensitive, "Ethnicity as the person defines it (18+1)"},
			{"ethnicityObserved", "ethnicityObserved", TypeCode, "ethnicity-ic", Sensitive, "Ethnicity as an officer saw it (IC codes)"},
			{"nationalities[]", "nationality(#)", TypeCode, "country", Indirect, "Nationality"},
			{"placeOfBirth", "placeOfBirth", TypePlace, "", Indirect, "Town or place of birth"},
			{"countryOfBirth", "countryOfBirth", TypeCode, "country", Indirect, "Country of birth"},
		},
		identifierFields(),
		under("addresses[].", "(address#.)", addressFields()),
		contactFields(),
		under("description.", "", []Field{
			{"heightCmFrom", "heightCmFrom", TypeNumber, "", Indirect, "Height in centimetres, at least"},
			{"heightCmTo", "heightCmTo", TypeNumber, "", Indirect, "Height in centimetres, at most"},
			{"build", "build", TypeCode, "build", Indirect, "Build"},
			{"complexion", "complexion", TypeCode, "complexion", Indirect, "Complexion"},
			{"eyeLeft", "eyeLeft", TypeCode, "eye-colour", Indirect, "Colour of the left eye"},
			{"eyeRight", "eyeRight", TypeCode, "eye-colour", Indirect, "Colour of the right eye"},
			{"hairColour", "hairColour", TypeCode, "hair-colour", Indirect, "Colour of the hair"},
			{"features[]", "feature#", TypeText, "", Direct, "A distinguishing feature"},
		}),
		under("markers[].", "marker#.", []Field{
			{"code", "code", TypeCode, "warning-marker", Sensitive, "Warning or information marker"},
			{"text", "text", TypeNarrative, "", Sensitive, "What it warns of"},
			{"basis", "basis", TypeRef, "basis", NotPersonal, "Whether it is fact or assessment"},
			{"source", "source", TypeText, "", Sensitive, "Where it comes from"},
			{"evidenceRef", "evidenceRef", TypeRef, "", Indirect, "Reference of the evidence"},
			{"setAt", "setAt", TypeTime, "", NotPersonal, "When it was set"},
			{"setBy", "setBy", TypeRef, "", Indirect, "Who set it"},
			{"reviewDate", "reviewDate", TypeDate, "", NotPersonal, "When it is due for review"},
			{"endAt", "endAt", TypeTime, "", NotPersonal, "When it ended"},
			{"endReason", "endReason", TypeText, "", Sensitive, "Why it ended"},
		}),
		under("circulations[].", "circulation#.", []Field{
			{"type", "type", TypeCode, "circulation", Sensitive, "wanted, locate-trace, missing, disqualified, bail or order"},
			{"ref", "ref", TypeRef, "", Indirect, "Reference of the warrant, crime or order"},
			{"offence", "offence", TypeText, "", Sensitive, "Offence it is for"},
			{"from", "from", TypeTime, "", NotPersonal, "From when"},
			{"to", "to", TypeTime, "", NotPersonal, "Until when"},
		}),
		under("processes[].", "process#.", join([]Field{
			{"asn", "asn", TypeASN, "", Direct, "Arrest/summons number of the process"},
			{"arrestAt", "arrestAt", TypeTime, "", Sensitive, "When the person was arrested or summonsed"},
		},
			under("offences[].", "offence#.", []Field{
				{"code", "code", TypeCode, "offence", Sensitive, "Offence code"},
				{"text", "text", TypeText, "", Sensitive, "Offence in words"},
				{"start", "start", TypeTime, "", Sensitive, "When it began"},
				{"end", "end", TypeTime, "", Sensitive, "When it ended"},
			}),
			[]Field{
				{"nextAppearance", "nextAppearance", TypeDate, "", Sensitive, "Next court appearance"},
				{"nextCourt", "nextCourt", TypeText, "", Sensitive, "Court of the next appearance"},
				{"result", "result", TypeCode, "process-result", Sensitive, "What came of it"},
				{"resultReceivedAt", "resultReceivedAt", TypeTime, "", NotPersonal, "When the result was received"},
				{"resultEnteredAt", "resultEnteredAt", TypeTime, "", NotPersonal, "When it was entered"},
				{"courtCaseReference", "courtCaseReference", TypeCourtRef, "", Indirect, "Court case reference"},
			})),
		[]Field{
			{"occupation", "occupation", TypeText, "", Indirect, "Occupation"},
			{"languages[]", "language(#)", TypeCode, "language", Indirect, "Language"},
		},
		under("associates[].", "associate#.", []Field{
			{"id", "id", TypeRef, "", Direct, "Record of the associate"},
			{"name", "name", TypeFullName, "", Direct, "Name of the associate"},
			{"relationship", "relationship", TypeText, "", Sensitive, "What they are to each other"},
			{"basis", "basis", TypeRef, "basis", NotPersonal, "Whether it is fact or assessment"},
		}),
		under("photographs[].", "photograph#.", []Field{
			{"ref", "ref", TypeRef, "", Indirect, "Where the image is held"},
			{"at", "at", TypeTime, "", NotPersonal, "When it was taken"},
		}),
	)
}
