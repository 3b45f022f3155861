package sample

import (
	"strconv"
	"strings"

	"leds.internal/ledsq/record"
)

// vehicleSources are the systems vehicles come from. Date fills the first
// registration in full or to the month.
var vehicleSources = []source{
	{name: "DVLA-EXTRACT", prefix: "DV", upper: allUpper},
	{name: "ANPR-HUB", prefix: "AN", upper: allUpper},
	{name: "STOLEN-DESK", prefix: "SD", upper: allUpper},
	{name: "RTC-FORM", prefix: "RT", upper: asWritten},
	{name: "NORTH-RMS", prefix: "NR", upper: allUpper},
	{name: "NI-RMS", prefix: "NI", upper: allUpper, date: slashDate},
}

const (
	vsDVLA = iota
	vsANPR
	vsStolen
	vsCollision
	vsRMS
	vsNI
)

var vehicleReason = [...]string{"Keeper and vehicle details confirmed for enquiry", "Seen at a camera during an operation", "Reported stolen by the keeper",
	"Involved in a collision on the road", "Used by a suspect in a live enquiry", "Stopped at a checkpoint, details taken"}

func vehicleSource(r *stream, v *vehicle) int {
	if v.at.nation == "N" && r.chance(0.6) {
		return vsNI
	}
	if v.stolen && r.chance(0.5) {
		return vsStolen
	}
	return [...]int{vsDVLA, vsANPR, vsCollision, vsRMS}[choose(r, []float64{0.35, 0.25, 0.2, 0.2})]
}

// vehicleRecord writes one record of a vehicle, without error, as its source would.
func vehicleRecord(v *vehicle, copyNo int, at moment, out *record.Vehicle) *source {
	r := streamOf(v.key, tagRecord+uint64(copyNo))
	which := vehicleSource(&r, v)
	s := &vehicleSources[which]
	owner := pick(&r, v.at.owners)
	back := r.between(8, min(700, int(at.day-v.registered)-20))
	if which == vsANPR {
		back = min(back, r.between(8, 60))
	}
	created := minuteOf(at.day-record.Day(back), minute(r.between(0, 1439)))
	event := eventRef(owner, r.between(10_000, 99_999), created)
	purpose, link := "law-enforcement", "crime"
	if which == vsCollision || which == vsNI {
		purpose, link = "policing", "incident"
	}
	room := *out
	*out = record.Vehicle{}
	out.Envelope = record.Envelope{
		SourceSystem: s.name, SourceID: reference(s.prefix, r.below(9_000_000)+1_000_000), OwnerCode: owner,
		Purposes: append(room.Purposes[:0], record.Code{Value: purpose}), Justification: vehicleReason[which],
		CreatedAt: created.stamp(), CreatedBy: strconv.Itoa(r.between(1001, 9899)),
		LastConfirmed: max(created+hour, at.now-minute(r.between(2, 60))*day).stamp(), Version: "1", Status: record.Code{Value: "active"},
		ReviewDate: record.Date(isoDay(at.day + record.Day(r.between(40, 1400)))),
		Links:      append(room.Links[:0], record.Link{Kind: link, ID: event}),
	}
	out.Role.Value = "known"
	out.VRM = record.VRM(v.mark)
	out.RegistrationCountry.Value = "GBR"
	out.VIN, out.ChassisNumber = record.VIN(v.vin), v.chassis
	out.Make, out.Model = v.model.make, v.model.name
	out.BodyShape.Value = v.model.body
	out.Colours = append(room.Colours[:0], record.Code{Value: v.colour})
	out.FuelType.Value, out.EngineCapacityCC = v.model.fuel, record.Number(v.model.cc)
	out.FirstRegistered = v.date(s, v.registered, which != vsStolen && which != vsRMS && which != vsNI)
	v.sourceHabits(&r, which, out)
	if which == vsDVLA || which == vsStolen || which == vsCollision {
		out.Keepers = append(room.Keepers[:0], record.Keeper{PersonID: v.keeperID, Name: v.keeper.given + " " + v.keeper.surname, From: record.Date(isoDay(v.since))})
		if v.keeperID != "" && which == vsDVLA {
			out.Links = append(out.Links, record.Link{Kind: "person", ID: v.keeperID, Reason: "keeper"})
		}
	}
	out.Reports = room.Reports[:0]
	v.reports(&r, which, owner, event, created, at, out)
	return s
}

// date writes a registration date in full or to the month.
func (v *vehicle) date(s *source, d record.Day, month bool) record.Date {
	if month {
		return record.Date(isoDay(d)[:7])
	}
	return s.day(d)
}

func (v *vehicle) sourceHabits(r *stream, which int, out *record.Vehicle) {
	switch which {
	case vsDVLA:
		out.EngineNumber = record.EngineNumber(v.engine)
		out.YearOfManufacture = record.Number(strconv.Itoa(v.made))
		out.DateLastV5C = record.Date(isoDay(v.since))
		if v.previous != "" {
			out.PreviousVRMs = []record.PreviousMark{{VRM: record.VRM(v.previous), To: record.Date(isoDay(v.transfer)), Reason: "cherished-transfer"}}
		}
	case vsANPR:
		// A camera reads the mark; the rest is looked up, and the VIN only sometimes.
		out.FuelType.Value, out.EngineCapacityCC = "", ""
		if r.chance(0.7) {
			out.VIN, out.ChassisNumber = "", ""
		}
	case vsCollision:
		out.VRM = record.VRM(spaced(v.mark))
		out.Make, out.Model = collisionMake(v.model.make), titled(v.model.name)
		out.Colours[0].Value, out.BodyShape.Value, out.FuelType.Value = titled(v.colour), titled(v.model.body), titled(v.model.fuel)
		if r.chance(0.5) {
			out.VIN, out.ChassisNumber = "", ""
		}
	case vsRMS:
		if r.chance(0.4) {
			out.VRM = record.VRM(spaced(v.mark))
		}
	}
}

// reports adds what the police want of the vehicle.
func (v *vehicle) reports(r *stream, which int, owner, event string, created minute, at moment, out *record.Vehicle) {
	rep := record.VehicleReport{CrimeRef: event, OwnerCode: owner, At: (created - minute(r.between(30, 1100))).stamp()}
	switch {
	case which == vsStolen:
		rep.Type.Value, rep.Confirmed = "stolen", record.Yes
		rep.ConfirmedAt = (created + minute(r.between(60, 1500))).stamp()
		if r.chance(0.4) && at.now-created > 20*day {
			rep.RecoveredAt = (created + minute(r.between(1, 15))*day).stamp()
			rep.CancelReason = "recovered"
		}
	case which == vsANPR && r.chance(0.3):
		rep.Type.Value = "interest"
		rep.ExpiresAt = (at.now + minute(r.between(5, 25))*day).stamp()
	case which == vsRMS && r.chance(0.35):
		rep.Type.Value = pick(r, []string{"used-in-crime", "seized", "found"})
	default:
		return
	}
	out.Reports = append(out.Reports, rep)
}

// spaced writes a mark as on the plate: YJ20 BOX, P214 RLV, AEZ 1234.
func spaced(m string) string {
	if len(m) == 7 && m[0] >= 'A' && m[1] >= 'A' && m[2] <= '9' {
		return m[:4] + " " + m[4:]
	}
	first := m[0] >= 'A'
	for i := range len(m) {
		if (m[i] >= 'A') != first {
			if first && i == 1 && m[len(m)-1] >= 'A' { // prefix: the letter stays with its digits
				first = false
				continue
			}
			return m[:i] + " " + m[i:]
		}
	}
	return m
}

func collisionMake(s string) string {
	switch s {
	case "VOLKSWAGEN":
		return "VW"
	case "MERCEDES-BENZ":
		return "Mercedes"
	case "LAND ROVER":
		return "Landrover"
	}
	if len(s) > 3 {
		return titled(s)
	}
	return s
}

func titled(s string) string {
	words := strings.Split(lowerCase(s), " ")
	for i, w := range words {
		if w != "" && w[0] >= 'a' {
			words[i] = upper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}
