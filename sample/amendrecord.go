package sample

import (
	"strings"

	"leds.internal/ledsq/record"
)

func reviewExtended(a *amender) bool {
	a.head().ReviewDate = record.Date(isoDay(a.at.day + record.Day(a.r.between(1600, 2200))))
	return true
}

// detail adds something small to a record of any kind.
func (a *amender) detail() {
	switch r := a.after.(type) {
	case *record.Person:
		occupationAdded(a)
	case *record.Vehicle:
		r.IdentifyingFeatures = append(r.IdentifyingFeatures, pick(&a.r, vehicleFeatures))
	case *record.MissingPerson:
		actionAdded(a)
	}
}

func versionOld(a *amender) bool {
	a.detail()
	a.mine.BaseVersion = pick(&a.r, []record.Number{"1", "2"})
	return true
}

func versionKept(a *amender) bool { a.detail(); return true }

func noChange(a *amender) bool {
	switch r := a.after.(type) {
	case *record.Person:
		n := &r.Names[0]
		n.Surname = " " + n.Surname
		r.Addresses[0].Postcode = record.Postcode(lowerCase(string(r.Addresses[0].Postcode)))
	case *record.Vehicle:
		r.VRM = record.VRM(lowerCase(spaced(strings.ReplaceAll(string(r.VRM), " ", ""))))
	}
	return true
}

func noReason(a *amender) bool {
	switch r := a.after.(type) {
	case *record.Person:
		return spellingCorrected(a)
	case *record.Vehicle:
		a.withTheft()
		r.Reports[0].Confirmed, r.Reports[0].ConfirmedAt = record.No, ""
	case *record.MissingPerson:
		return riskRaised(a)
	}
	return true
}

func keyChanged(a *amender) bool {
	a.head().SourceID = reference(a.src.prefix, a.r.between(1_000_000, 9_999_999))
	return a.head().SourceID != a.before.Head().SourceID
}

func ownerTaken(a *amender) bool {
	a.head().OwnerCode = pick(&a.r, pick(&a.r, places().any).owners)
	return a.head().OwnerCode != a.before.Head().OwnerCode
}

func valueLost(a *amender) bool {
	switch r := a.after.(type) {
	case *record.Person:
		r.Sex.Value = ""
	case *record.Vehicle:
		r.BodyShape.Value = ""
	case *record.MissingPerson:
		r.Person.Sex.Value = ""
	}
	return true
}

func purposeChanged(a *amender) bool {
	a.both(func(r record.Record) { r.Head().Purposes = []record.Code{{Value: "law-enforcement"}} })
	a.head().Purposes = []record.Code{{Value: "safeguarding"}}
	return true
}

var vehicleFeatures = []string{"Dent in the nearside rear door", "Roof rack", "Rear window tinted", "Sticker of a football club", "Wing mirror taped"}

func featureNoted(a *amender) bool { a.detail(); return true }

func keeperChanged(a *amender) bool {
	v := a.after.(*record.Vehicle)
	if len(v.Keepers) == 0 || a.car.since > a.at.day-40 {
		return false
	}
	next := newPerson(a.r.next(), a.at.day, adult, single)
	v.Keepers[0].To = record.Date(isoDay(a.at.day - 20))
	v.Keepers = append(v.Keepers, record.Keeper{Name: next.given + " " + next.surname, From: record.Date(isoDay(a.at.day - 19))})
	return true
}

func cherishedTransfer(a *amender) bool {
	v := a.after.(*record.Vehicle)
	if a.car.previous != "" || v.VIN == "" || a.car.at.nation == "N" {
		return false
	}
	v.PreviousVRMs = []record.PreviousMark{{VRM: record.VRM(a.car.mark), To: record.Date(isoDay(a.at.day - 12)), Reason: "cherished-transfer"}}
	v.VRM = record.VRM(cherished(&a.r))
	return true
}

func markReplaced(a *amender) bool {
	v := a.after.(*record.Vehicle)
	other := *a.car
	v.VRM = record.VRM(other.ageMark(&a.r))
	return v.VIN != "" && len(v.VRM) == 7 && string(v.VRM) != a.car.mark
}

func vinReplaced(a *amender) bool {
	v := a.after.(*record.Vehicle)
	if v.VIN == "" {
		return false
	}
	other := *a.car
	for other.model = pick(&a.r, marques().any); other.model.from > a.car.made; {
		other.model = pick(&a.r, marques().any)
	}
	other.numbers(&a.r)
	v.VIN = record.VIN(other.vin)
	return other.model.make != a.car.model.make && v.VIN != ""
}

func makeReplaced(a *amender) bool {
	v := a.after.(*record.Vehicle)
	m := pick(&a.r, marques().any)
	if m.make == a.car.model.make || m.body != a.car.model.body || v.VIN == "" {
		return false
	}
	v.Make, v.Model = m.make, m.name
	return true
}

// withTheft makes both sides a vehicle that is stolen and not found.
func (a *amender) withTheft() {
	at := a.at.now - 6*day
	a.both(func(r record.Record) {
		h := r.Head()
		r.(*record.Vehicle).Reports = []record.VehicleReport{{Type: record.Code{Value: "stolen"}, At: at.stamp(), CrimeRef: h.Links[0].ID, OwnerCode: h.OwnerCode,
			Confirmed: record.Yes, ConfirmedAt: (at + 20*hour).stamp()}}
	})
}

func recovered(a *amender) bool {
	a.withTheft()
	v := a.after.(*record.Vehicle)
	v.Reports[0].RecoveredAt, v.Reports[0].CancelReason = (a.later - 2*hour).stamp(), "recovered"
	return true
}

func stolenRemoved(a *amender) bool {
	a.withTheft()
	a.after.(*record.Vehicle).Reports = nil
	return true
}
