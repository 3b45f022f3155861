package sample

import (
	"strconv"

	"leds.internal/ledsq/record"
)

// missingRecord writes one record of an episode, without error, as its source would.
func missingRecord(ep *episode, copyNo int, at moment, out *record.MissingPerson) *source {
	r := streamOf(ep.key, tagRecord+uint64(copyNo))
	s, town := missingSource(&r, ep, copyNo)
	p, w := &ep.person, phrases()
	owner := pick(&r, town.owners)
	since := ep.since
	if copyNo > 0 {
		since += minute(pick(&r, []int{-20, 10, 35}))
	}
	wait := r.between(40, 600)
	if ep.scene == adultHome {
		wait = r.between(180, 1200)
	}
	reported := since + minute(min(wait, int(ep.lasted)-60))
	created := reported + minute(r.between(4, 35))
	assessed := created + minute(r.between(3, 20))
	number := r.between(10_000, 99_999)
	minor := ageOn(p.born, since.dayOf()) < 18
	care := ep.scene == childCare

	purpose := "policing"
	if minor || ep.scene >= oldCare {
		purpose = "safeguarding"
	}
	room := *out
	*out = record.MissingPerson{Factors: room.Factors}
	out.Envelope = record.Envelope{
		SourceSystem: s.name, SourceID: reference(s.prefix, r.below(9_000_000)+1_000_000), OwnerCode: owner,
		Purposes: append(room.Purposes[:0], record.Code{Value: purpose}), Justification: "Reported missing, enquiries to establish whereabouts and well-being",
		CreatedAt: created.stamp(), CreatedBy: strconv.Itoa(r.between(1001, 9899)), Version: "1", Status: record.Code{Value: "closed"},
		ReviewDate: record.Date(isoDay(at.day + record.Day(r.between(40, 400)))),
		Links:      append(room.Links[:0], record.Link{Kind: "incident", ID: eventRef(owner, number, created), Reason: "report of a missing person"}),
		Assessed:   append(room.Assessed[:0], record.Evidence{Field: "riskLevel", Basis: record.Assessment, Source: "Control room, informant account"}),
	}
	ep.describe(&r, s, &room.Person, out)
	out.EpisodeRef = owner[:2] + "MP/" + strconv.Itoa(number)
	out.RecordType.Value = "missing"
	home := &p.homes[0]
	out.MissingSince, out.LastSeenAt = since.stamp(), (since - minute(r.between(0, 50))).stamp()
	own := streamOf(ep.key, 7)
	out.LastSeenPlace = home.at.town + ", " + pick(&own, w[sceneNames[ep.scene]+" seen"])
	out.MissingFrom = home.line() + ", " + home.at.town
	out.ReportedAt = reported.stamp()
	out.Reporter = ep.reporter(&own, reported, s)
	out.Circumstances = pick(&own, w[sceneNames[ep.scene]+[...]string{" he", " she"}[sexIndex(p.female)]])
	out.OutOfCharacter = tri(ep.scene == adultHome || ep.scene == oldCare)
	out.RiskAssessments = room.RiskAssessments[:0]
	ep.risk(&r, s, assessed, out)
	out.Actions = append(room.Actions[:0], record.Action{At: assessed.stamp(), By: out.RiskAssessments[0].By, Text: pick(&r, w["action"])})
	out.ResidenceType.Value = [...]string{"family", "residential-care", "own-home", "residential-care", "hospital"}[ep.scene]
	out.LookedAfter = tri(care)
	if care {
		out.ResponsibleAuth = home.at.town + " City Council"
	}
	out.PreviousEpisodes = record.NewNumber(ep.before)
	out.AtTime.Clothing = pick(&own, w[sceneNames[ep.scene]+" wears"])
	out.AtTime.VehicleID, out.AtTime.VRM = ep.vehicleID, record.VRM(ep.mark)
	out.Photo = record.MissingPhoto{Present: record.Yes, TakenAt: (since - minute(r.between(20, 300))*day).stamp()}
	out.NationalCirculated = (created + minute(r.between(30, 300))).stamp()
	out.PublicityConsent = record.Yes
	if minor {
		out.PublicityConsent = record.Unknown
	}
	if ep.open {
		ep.stillOpen(&r, since, assessed, at, out)
	} else {
		ep.close(&r, &own, since, assessed, minor, at, out)
	}
	return s
}

func tri(yes bool) record.Tri {
	if yes {
		return record.Yes
	}
	return record.No
}

// describe fills in the person: four plus one, and five of the eight features.
func (ep *episode) describe(r *stream, s *source, room *record.Person, out *record.MissingPerson) {
	p, q := &ep.person, &out.Person
	q.ID = ep.personID
	q.Roles = append(room.Roles[:0], record.Code{Value: "missing"})
	q.Categories = append(room.Categories[:0], record.Code{Value: "other"})
	q.Names = append(room.Names[:0], record.Name{Type: record.PrimaryName, GivenNames: []string{s.word(p.given, false, false)}, Surname: s.word(p.surname, true, false)})
	if p.middle != "" && r.chance(0.4) {
		q.Names[0].MiddleNames = s.word(p.middle, false, false)
	}
	q.DateOfBirth = s.day(p.born)
	q.Sex.Value = s.sex[sexIndex(p.female)]
	q.EthnicitySelfDefined.Value = p.heritage.ethnicity
	q.Nationalities = append(room.Nationalities[:0], record.Code{Value: p.nationality()})
	a := address(&p.homes[0], s)
	a.Type.Value = "home"
	q.Addresses = append(room.Addresses[:0], a)
	q.Contacts = append(room.Contacts[:0], record.Contact{Type: record.ContactMobile, Value: s.number(p.mobile)})
	p.describe(&q.Description)
}

var relations = [scenes][]string{{"mother", "father"}, {"residential worker"}, {"partner", "brother", "employer", "flatmate"}, {"care home manager"}, {"ward sister"}}

func (ep *episode) reporter(r *stream, at minute, s *source) record.Reporter {
	w := phrases()
	rel := pick(r, relations[ep.scene])
	family := pick(r, w["other"])
	switch rel {
	case "mother", "father", "partner", "brother":
		family = ep.person.surname
	}
	names := w["woman"]
	switch {
	case rel == "father", rel == "brother", rel != "mother" && rel != "ward sister" && r.chance(0.5):
		names = w["man"]
	}
	given := pick(r, names)
	for given == ep.person.given {
		given = pick(r, names)
	}
	return record.Reporter{Name: given + " " + family, Relationship: rel, Contact: s.number(ep.person.landline), InformationAt: at.stamp()}
}

func (ep *episode) risk(r *stream, s *source, at minute, out *record.MissingPerson) {
	level, scheme := ep.level, "EW-APP"
	if s.name == "SCOT-MISPER" {
		scheme = "SCO"
		if level == "very-low" {
			level = "low"
		}
	}
	out.Factors = ep.factors(out.Factors)
	a := record.RiskAssessment{Level: record.Code{Value: level, Set: scheme}, At: at.stamp(), By: strconv.Itoa(r.between(1001, 9899)),
		Rationale: phrases()[level][0], Source: out.Reporter.Name + ", " + out.Reporter.Relationship,
		SupervisorAt: (at + 25).stamp(), Supervisor: "PS" + strconv.Itoa(r.between(101, 999))}
	for _, k := range factorKeys {
		if out.Factors[k] == record.Yes {
			a.Factors = append(a.Factors, k)
		}
	}
	out.RiskAssessments = append(out.RiskAssessments, a)
}

// stillOpen fills in what has been done about somebody still missing.
func (ep *episode) stillOpen(r *stream, since, assessed minute, at moment, out *record.MissingPerson) {
	out.Status.Value = "active"
	days := int((at.now - since) / day)
	for _, n := range []int{1, 3, 7, 14, 27, 60, 89, 120, 150, 180, 240, 300, 360} {
		if n < days-1 {
			out.Reviews = append(out.Reviews, record.Review{At: (since + minute(n)*day).stamp(), By: "DS" + strconv.Itoa(r.between(101, 999)), Decision: "Level unchanged, enquiries continue"})
		}
	}
	last := max(at.now-16*hour, assessed+hour)
	out.Reviews = append(out.Reviews, record.Review{At: last.stamp(), By: "DI" + strconv.Itoa(r.between(11, 99)), Decision: "Level unchanged, next review set"})
	out.NextReviewAt = (last + 47*hour).stamp()
	out.ModifiedAt, out.ModifiedBy, out.LastConfirmed = last.stamp(), strconv.Itoa(r.between(1001, 9899)), last.stamp()
	out.Version = "2"
	if days > 2 {
		out.UKMPUNotifiedAt = (since + minute(r.between(50, 70))*hour).stamp()
		out.UKMPURef = "UKM-" + strconv.Itoa(r.between(10_000, 99_999))
	}
	if days > 20 {
		out.DNAAvailable, out.DentalAvailable, out.FingerprintsHeld = record.Yes, tri(r.chance(0.5)), record.No
	}
}

// close fills in how the episode ended, each step after the one before.
func (ep *episode) close(r, own *stream, since, assessed minute, minor bool, at moment, out *record.MissingPerson) {
	w := phrases()
	found := max(ep.since+ep.lasted, assessed+2*hour)
	town := ep.person.homes[0].at.town
	out.FoundAt, out.FoundPlace, out.FoundBy = found.stamp(), town+", "+pick(own, w["found"]), pick(own, w["by"])
	out.Outcome.Value = "found-safe"
	if own.chance(0.04) {
		out.Outcome.Value = "found-harmed"
		out.Harm = []record.Code{{Value: pick(own, []string{"physical-injury", "psychological", "self-harm"})}}
	}
	out.WellbeingAt, out.WellbeingBy = (found + hour).stamp(), strconv.Itoa(r.between(1001, 9899))
	out.PreventionInterview = record.Interview{At: (found + minute(r.between(2, 20))*hour).stamp(), By: strconv.Itoa(r.between(1001, 9899)), Refused: record.No}
	out.Disclosure.Wish.Value = "agreed"
	if minor {
		out.Disclosure.Wish.Value = "child"
		out.ReturnInterview = record.ReturnInterview{OfferedAt: (found + minute(r.between(20, 48))*hour).stamp(), HeldAt: (found + minute(r.between(50, 69))*hour).stamp(), Refused: record.No, Provider: town + " City Council"}
	}
	modified := (found + 71*hour).stamp()
	out.ModifiedAt, out.ModifiedBy, out.LastConfirmed, out.Version = modified, strconv.Itoa(r.between(1001, 9899)), modified, "2"
	if found-since > 70*hour {
		out.UKMPUNotifiedAt = (since + 60*hour).stamp()
	}
}
