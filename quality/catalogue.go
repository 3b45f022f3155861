package quality

import "slices"

// Rules gives the built-in rules in the order in which findings are given: the
// caller may change the slice. The families stand in files of their own; to add
// a rule is to add a row there, with its examples, which the tests run.
func Rules() []Rule {
	return slices.Concat(
		purposeRules(), envelopeRules(), textRules(), knownRules(),
		personRules(), birthRules(), nameRules(), identifierRules(), placeRules(), addressRules(), processRules(),
		vehicleRules(), vehicleVINRules(), vehicleModelRules(), vehicleReportRules(),
		missingRules(), riskRules(), missingDeadlineRules(), missingContactRules(),
		amendRules(), amendPersonRules(), amendVehicleRules(), amendMissingRules(),
		setRules(),
	)
}

// Find gives a built-in rule by its id.
func Find(id string) (Rule, bool) {
	rules := Rules()
	if i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id }); i >= 0 {
		return rules[i], true
	}
	return Rule{}, false
}

// setRules look at many records. The root package, which joins this one with the
// search for duplicates, judges them and makes their findings with Engine.Finding.
// It does the same for what only a set shows of person/identifier-conflict, which
// has a check of its own for one record.
func setRules() []Rule {
	rule := func(r Rule) Rule {
		r.Principles, r.Since, r.Set = atValidate, version1, true
		if r.Kinds == nil {
			r.Kinds = everyKind
		}
		return r
	}
	const duplication = "LEDS Code of Practice (2020), section 6.4 (free of unnecessary duplication)"
	return []Rule{
		rule(Rule{
			ID: "set/duplicate-exact", Title: "The same key on two records", Why: "Two records of one source with the same PNC ID, CRO number, VIN, mark or episode are one record entered twice.",
			Source: duplication + "; LEDS API client schemas, error conflict/duplicate-exists", Dimension: Uniqueness, Severity: Error, ActsOn: []string{"pncId", "cro", "vin", "vrm", "episodeRef"},
		}),
		rule(Rule{
			ID: "set/duplicate-probable", Title: "Probably the same person or vehicle twice", Why: "Whoever finds one of the records acts without what the other holds.",
			Source: duplication, Dimension: Uniqueness, Severity: Warning,
		}),
		rule(Rule{
			ID: "set/possible-twin", Title: "Perhaps twins", Why: "Two people who share surname, date of birth and home but not the given name may be twins: they must not be merged.",
			Source: "HMPPS person-match (twins)", Kinds: people, Dimension: Uniqueness, Severity: Info, ActsOn: []string{"givenName"}, Consults: []string{"surname", "dateOfBirth", "postcode"},
		}),
		rule(Rule{
			ID: "set/source-conflict", Title: "Sources disagree", Why: "Records of one person or vehicle in two sources hold different values: at least one source is wrong or out of date.",
			Source: "LEDS Code of Practice (2020), section 6.4 (data from different sources)", Dimension: Consistency, Severity: Warning,
		}),
		rule(Rule{
			ID: "set/source-lag", Title: "A change did not come through", Why: "Another source has changed its record of the same person or vehicle, and this one still holds what it held before: who looks here acts on what is known to be old.",
			Source: "LEDS Code of Practice (2020), sections 6.3 and 6.4 (originating databases); the hours are a judgement", Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"modifiedAt"}, Consults: []string{"createdAt", "source"},
			Params: []Param{{"lag", Hours, 24, "time for a change to reach the other sources"}},
		}),
		rule(Rule{
			ID: "set/rate-below-target", Title: "Source short of its target", Why: "Late or incomplete records are rarely one person's slip: a rate below the target shows a process that does not work.",
			Source: "PNC Code of Practice (2005): arrests and results; historic, and still the only published targets; the share of complete records is a judgement", Dimension: Timeliness, Severity: Warning,
			Params: []Param{{"arrests-day", Percent, 90, "arrests entered within 24 hours"}, {"arrests-three-days", Percent, 100, "arrests entered within 72 hours"}, {"results-week", Percent, 75, "results entered within 7 days of being received"},
				{"minimum", Percent, 95, "records that hold the least that one of their kind must"}, {"least", Count, 20, "fewer than so many are no rate"}},
		}),
		rule(Rule{
			ID: "set/placeholder-spike", Title: "One value far too often", Why: "A default that a form fills in, or a feed gone wrong, looks like a value on each record; only over many does it show.",
			Source: "judgement", Dimension: Accuracy, Severity: Warning, ActsOn: []string{"dateOfBirth", "postcode", "mobile", "email", "vrm", "vin"},
			Params: []Param{{"share", Percent, 2, "share of a source's records that one value, or a filler in one field, may reach"}, {"times", Times, 3, "how many times the mean of the other days a birthday may reach"},
				{"least", Count, 20, "fewer than so many records are no spike"}},
		}),
		rule(Rule{
			ID: "set/envelope-absent", Title: "The source carries no envelope", Why: "No record of the source says who made it, when and for what purpose. Rules on the single records do not apply, so that it is said once, of the source.",
			Source: "LEDS Code of Practice (2020), section 6.2; judgement", Dimension: Completeness, Severity: Warning, ActsOn: []string{"purpose", "ownerCode", "createdAt", "createdBy"},
		}),
		rule(Rule{
			ID: "missing/episode-overlap", Title: "Two episodes at the same time", Why: "Nobody is missing twice at once: a second report of one episode splits the enquiry.",
			Source: duplication, Kinds: episodes, Dimension: Uniqueness, Severity: Error, ActsOn: []string{"missingSince", "foundAt"}, Consults: []string{"surname", "dateOfBirth"},
		}),
		rule(Rule{
			ID: "vehicle/duplicate-mark", Title: "One mark on two vehicles", Why: "The same mark with different VINs, or the reverse, is a slip or a clone.",
			Source: duplication, Kinds: vehicles, Dimension: Uniqueness, Severity: Error, ActsOn: []string{"vrm", "vin"},
		}),
	}
}
