package record

// under puts rows below a path and gives their names a prefix.
func under(path, name string, rows []Field) []Field {
	out := make([]Field, len(rows))
	for i, f := range rows {
		f.Path, f.Name = path+f.Path, name+f.Name
		out[i] = f
	}
	return out
}

// join strings tables together.
func join(tables ...[]Field) []Field {
	var out []Field
	for _, t := range tables {
		out = append(out, t...)
	}
	return out
}

// assured rows close every struct that says how its value is known.
func assured(personal Personal) []Field {
	return []Field{
		{"assurance", "assurance", TypeRef, "assurance", personal, "What stands behind the value: biometric, documentary, official-record, self-declared, third-party or observed"},
		{"basis", "basis", TypeRef, "basis", personal, "Whether the value is fact or assessment"},
	}
}

func envelopeFields() []Field {
	return join([]Field{
		{"id", "id", TypeRef, "", NotPersonal, "Identifies the record within the file or system"},
		{"sourceSystem", "source", TypeRef, "", NotPersonal, "System the record comes from"},
		{"sourceID", "sourceId", TypeRef, "", NotPersonal, "Identifies the record in that system"},
		{"ownerCode", "ownerCode", TypeRef, "", NotPersonal, "Force and station that owns the record, four letters or digits"},
		{"purpose[]", "purpose(#)", TypeCode, "purpose", NotPersonal, "Purpose it is held for: law-enforcement, policing or safeguarding"},
		{"purposeDetail", "purposeDetail", TypeText, "", Sensitive, "The purpose in more words"},
		{"justification", "justification", TypeText, "", Sensitive, "Why the record is made, 3 to 250 characters"},
		{"legalBasis", "legalBasis", TypeText, "", NotPersonal, "The law that allows it, where the purpose changes"},
		{"createdAt", "createdAt", TypeTime, "", NotPersonal, "When the record was made"},
		{"createdBy", "createdBy", TypeRef, "", Indirect, "Collar number of who made it, at most 10 characters"},
		{"modifiedAt", "modifiedAt", TypeTime, "", NotPersonal, "When it was last changed"},
		{"modifiedBy", "modifiedBy", TypeRef, "", Indirect, "Collar number of who changed it"},
		{"lastConfirmedAt", "lastConfirmedAt", TypeTime, "", NotPersonal, "When it was last confirmed to be right"},
		{"version", "version", TypeNumber, "", NotPersonal, "Version, counted from 1"},
		{"status", "status", TypeCode, "record-status", NotPersonal, "draft, active, closed, weeded or merged"},
		{"reviewDate", "reviewDate", TypeDate, "", NotPersonal, "When the record is due for review"},
		{"retentionGroup", "retentionGroup", TypeCode, "mopi-group", NotPersonal, "Retention group (management of police information)"},
		{"securityMarking", "securityMarking", TypeCode, "gsc", NotPersonal, "Government security classification"},
	},
		under("links[].", "link#.", []Field{
			{"kind", "kind", TypeRef, "", NotPersonal, "What the link points to: crime, incident, custody, missing, person, vehicle …"},
			{"id", "id", TypeRef, "", Indirect, "Identifies what it points to"},
			{"reason", "reason", TypeText, "", Indirect, "Why the two are linked"},
			{"from", "from", TypeDate, "", NotPersonal, "When the link began"},
			{"to", "to", TypeDate, "", NotPersonal, "When it ended"},
		}),
		under("amendments[].", "amendment#.", []Field{
			{"at", "at", TypeTime, "", NotPersonal, "When the change was made"},
			{"by", "by", TypeRef, "", Indirect, "Who made it"},
			{"reason", "reason", TypeText, "", Indirect, "Why"},
			{"source", "source", TypeText, "", Indirect, "On what evidence"},
			{"fields[]", "field#", TypeRef, "", NotPersonal, "A field it changed, by flat name"},
			{"baseVersion", "baseVersion", TypeNumber, "", NotPersonal, "Version it was based on"},
			{"type", "type", TypeRef, "", NotPersonal, "correction, update, rectification, erasure, transfer, merge …"},
		}),
		under("sharedWith[].", "share#.", []Field{
			{"recipient", "recipient", TypeText, "", NotPersonal, "Who received the record"},
			{"sharedAt", "sharedAt", TypeTime, "", NotPersonal, "When"},
			{"notifiedAt", "notifiedAt", TypeTime, "", NotPersonal, "When they were told of a correction"},
		}),
		under("evidence[].", "evidence#.", join([]Field{
			{"field", "field", TypeRef, "", NotPersonal, "Field the evidence is for, by flat name"},
			{"source", "source", TypeText, "", Indirect, "Where the value comes from"},
		}, assured(NotPersonal))),
		// Extra columns keep their own names and come last.
	)
}

// extraFields carry what maps to no field, under the names of the source.
func extraFields() []Field {
	return []Field{
		{"extra[].name", "extra#.name", TypeRef, "", NotPersonal, "Name of a column that maps to no field"},
		{"extra[].value", "extra#.value", TypeRef, "", Sensitive, "Its value, carried through"},
	}
}
