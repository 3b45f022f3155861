package sample

import (
	"sync"

	"leds.internal/ledsq/record"
)

const (
	seen   = "Birth certificate seen"
	call   = "Telephone call with the person"
	review = "Record review"
	feed   = "Import from another system"
)

var amendmentTypes = sync.OnceValue(func() []AmendmentType {
	return []AmendmentType{
		// Good ones.
		{"spelling-corrected", "A misspelt given name put right from a document.", persons, false, "", "spelling corrected", seen, "correction", spellingCorrected},
		{"middle-added", "A middle name added.", persons, false, "", "middle name added", "Passport seen", "", middleAdded},
		{"moved-kept", "A new address; the old one kept, with its end.", persons, false, "", "moved house", "Council tax record", "", movedKept},
		{"alias-added", "An alias added.", persons, false, "", "alias given on arrest", "Custody record", "", aliasAdded},
		{"married-kept", "A new surname; the old one kept as previous.", persons, false, "", "married", "Marriage certificate seen", "", marriedKept},
		{"phone-added", "A second telephone number.", persons, false, "", "second number given", call, "", phoneAdded},
		{"marker-ended", "A warning marker ended with reason, not removed.", persons, false, "", "marker reviewed", "Marker review panel", "", markerEnded},
		{"category-added", "A suspect convicted: the category added, none lost.", persons, false, "", "convicted at court", "Court register", "", categoryAdded},
		{"occupation-added", "An occupation added.", persons, false, "", "occupation given", "Interview record", "", occupationAdded},
		{"review-extended", "Reviewed and kept, with a new review date.", allKinds, false, "", "reviewed and retained", "Annual review", "", reviewExtended},
		{"keeper-changed", "A keeper ended and a new one begun.", vehicles, false, "", "sold, new keeper", "DVLA notice", "", keeperChanged},
		{"cherished-transfer", "A new mark; the old one kept with the reason.", vehicles, false, "", "cherished-transfer", "DVLA notice", "", cherishedTransfer},
		{"recovered", "A stolen vehicle recovered: the report closed, not removed.", vehicles, false, "", "recovered by patrol", "Recovery log", "", recovered},
		{"feature-noted", "A feature to know the vehicle by.", vehicles, false, "", "feature noted", "Body-worn video", "", featureNoted},
		{"risk-raised", "A new, higher risk assessment after the old.", episodes, false, "", "new information", "Reporter, second account", "", riskRaised},
		{"action-added", "A further step recorded.", episodes, false, "", "further enquiry", "Duty officer", "", actionAdded},
		{"closed-complete", "Found and closed, with well-being confirmed.", episodes, false, "", "found", "Officer at the scene", "", closedComplete},

		// Bad ones, one fault each.
		{"version-old", "Based on a version that is not the stored one.", allKinds, true, "record/version-stale", "details added", review, "", versionOld},
		{"version-kept", "The version not raised.", allKinds, true, "record/version-stale", "details added", review, "", versionKept},
		{"no-change", "Only case and spacing differ.", []record.Kind{record.KindPerson, record.KindVehicle}, true, "record/no-change", "tidied", "Data quality run", "", noChange},
		{"no-reason", "A name, mark or risk changed and no reason given.", allKinds, true, "record/amend-reason-missing", "-", "", "", noReason},
		{"key-changed", "The identifier in the source system changed.", allKinds, true, "record/key-or-owner-changed", "record moved", "System migration", "", keyChanged},
		{"owner-taken", "Another owner without a transfer.", allKinds, true, "record/key-or-owner-changed", "now ours", "Telephone call between forces", "", ownerTaken},
		{"value-lost", "A mandatory value emptied.", allKinds, true, "record/value-lost", "record refreshed", feed, "", valueLost},
		{"purpose-changed", "Law enforcement becomes safeguarding without a legal basis.", allKinds, true, "record/purpose-changed", "now a welfare matter", review, "", purposeChanged},
		{"recipients-not-told", "A correction, and nobody told those who have the record.", persons, true, "record/recipients-not-notified", "number was one digit wrong", call, "correction", recipientsNotTold},
		{"assurance-lowered", "A name seen on a document replaced by one somebody said.", persons, true, "record/assurance-downgraded", "person said so", call, "correction", assuranceLowered},
		{"identity-replaced", "Another person written over the first.", persons, true, "person/identity-replaced", "details corrected", call, "correction", identityReplaced},
		{"dob-replaced", "Quite another date of birth, no document.", persons, true, "person/dob-changed", "date corrected", call, "correction", dobReplaced},
		{"pnc-replaced", "Another PNC ID.", persons, true, "person/identifier-changed", "number updated", "PNC print", "", pncReplaced},
		{"surname-not-kept", "A new surname, the old one gone.", persons, true, "person/surname-changed-no-alias", "married", call, "", surnameNotKept},
		{"address-overwritten", "A new address over the old.", persons, true, "person/address-overwritten", "moved", call, "", addressOverwritten},
		{"death-reversed", "A date of death removed.", persons, true, "person/death-reversed", "record refreshed", feed, "", deathReversed},
		{"marker-removed", "A warning marker gone.", persons, true, "person/marker-removed-unexplained", "record tidied", "Data quality run", "", markerRemoved},
		{"conviction-lowered", "Convicted becomes suspect, not quashed.", persons, true, "person/category-changed", "category updated", review, "", convictionLowered},
		{"stolen-removed", "A stolen report gone without recovery.", vehicles, true, "vehicle/stolen-removed-no-recovery", "record refreshed", feed, "", stolenRemoved},
		{"mark-replaced", "Another mark, the old one not kept.", vehicles, true, "vehicle/vrm-changed", "new plate", "Seen on the road", "", markReplaced},
		{"vin-replaced", "Quite another VIN.", vehicles, true, "vehicle/vin-changed", "updated", feed, "", vinReplaced},
		{"make-replaced", "Another make while mark and VIN stay.", vehicles, true, "vehicle/description-changed", "make read from the boot lid", "Body-worn video", "", makeReplaced},
		{"risk-lowered", "The level lowered without new reasons.", episodes, true, "missing/risk-lowered", "level reviewed", "Duty officer", "", riskLowered},
		{"risk-rewritten", "A former assessment edited.", episodes, true, "missing/risk-history-rewritten", "assessment corrected", "Duty officer", "correction", riskRewritten},
		{"since-moved", "Missing since two days later, no reason for it.", episodes, true, "missing/missing-since-moved", "-", "", "", sinceMoved},
		{"closed-incomplete", "Closed, and nobody saw that the person is well.", episodes, true, "missing/closed-incomplete", "found", "Telephone call from the reporter", "", closedIncomplete},
		{"wish-ignored", "An adult's place shown against their wish.", episodes, true, "missing/wish-not-to-disclose", "found", "Officer at the scene", "", wishIgnored},
	}
})
