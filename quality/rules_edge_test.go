package quality

import (
	"testing"

	"leds.internal/ledsq/record"
)

// TestEdges walks along the edges of rules that have several grades.
func TestEdges(t *testing.T) {
	e := newEngine(t, Policy{Lookups: exampleLookups})
	const p, v, m = record.KindPerson, record.KindVehicle, record.KindMissing
	for _, tt := range []struct {
		rule      string
		kind      record.Kind
		record    string
		before    string
		amendment string
		want      Outcome
		severity  Severity
		why       string
	}{
		{"person/four-plus-one", p, `{"roles":["offender"],"names":[{"surname":"Fenwick"}]}`, "", "", Fail, Error, "an offender's record must be complete"},
		{"person/four-plus-one", p, `{"roles":["witness"],"createdAt":"2026-11-22T09:00:00Z","names":[{"surname":"Fenwick"}]}`, "", "", Fail, Warning, "a day old: time to complete"},
		{"person/four-plus-one", p, `{"roles":["witness"],"createdAt":"2026-11-01T09:00:00Z","names":[{"surname":"Fenwick"}]}`, "", "", Fail, Error, "the grace time has passed"},
		{"person/four-plus-one", p, `{"names":[{"givenNames":["Ann"]}],"dateOfBirth":"1980-06-15"}`, "", "", Fail, Info, "a plain list: the gap in the name is noted, sex and contact are not asked for"},
		{"person/four-plus-one", p, `{"roles":["unknown-suspect"]}`, "", "", NotApplicable, "", "nobody knows the name"},
		{"person/four-plus-one", p, `{"roles":["offender"],"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980","sex":"F","identifiers":[{"type":"CRO","value":"65656/91H"}]}`, "", "", Pass, "", "a CRO number reaches an offender; a year is a date of birth"},
		{"record/purpose-missing", p, `{"id":"1","sourceSystem":"list"}`, "", "", NotApplicable, "", "no envelope at all"},
		{"record/purpose-missing", p, `{"purpose":["curiosity"]}`, "", "", Fail, Error, "none of the three"},
		{"record/purpose-justification", p, `{"purpose":["policing"]}`, "", "", Fail, Error, "empty"},
		{"record/purpose-justification", p, `{"purpose":["policing"],"justification":"Police."}`, "", "", Fail, Warning, "says nothing"},
		{"record/timestamps-impossible", p, `{"createdAt":"2026-11-23T12:04:00Z"}`, "", "", Pass, "", "clocks may be five minutes apart"},
		{"record/timestamps-impossible", p, `{"createdAt":"2026-11-23T12:06:00Z"}`, "", "", Fail, Error, "in the future"},
		{"record/orphan", p, `{"createdAt":"2026-11-01T09:00:00Z"}`, "", "", Fail, Error, "not linked in seven days"},
		{"record/review-overdue", p, `{"reviewDate":"2026-11-23"}`, "", "", Pass, "", "the day itself is in time"},
		{"record/review-overdue", p, `{"reviewDate":"2026-11-22"}`, "", "", Fail, Warning, "a day late"},
		{"record/review-overdue", p, `{"status":"closed","reviewDate":"2020-11-22"}`, "", "", NotApplicable, "", "closed records are not reviewed"},
		{"record/review-overdue", p, `{"markers":[{"code":"VI","setAt":"2025-10-01T09:00:00Z"}]}`, "", "", Fail, Warning, "a marker lives a year without a review"},
		{"record/date-format", p, `{"createdAt":"2026-11-20T09:00:00"}`, "", "", Fail, Warning, "no offset"},
		{"record/date-format", p, `{"dateOfBirth":"03/04/1980"}`, "", "", Pass, "", "a question about the file"},
		{"record/date-format", p, `{"dateOfBirth":"30/02/1980"}`, "", "", Fail, Error, "no such day"},
		{"person/coded-value-unknown", p, `{"roles":["bystander"]}`, "", "", Fail, Warning, "the list is ours"},
		{"person/coded-value-unknown", p, `{"markers":[{"code":"QQ"}]}`, "", "", NotApplicable, "", "no list of markers is public"},
		{"person/dob-future", p, `{"dateOfBirth":"2026-11-20","createdAt":"2026-11-20T09:00:00Z"}`, "", "", Fail, Error, "the day of entry"},
		{"person/dob-future", p, `{"dateOfBirth":"2026-11-20","age":0,"createdAt":"2026-11-20T09:00:00Z"}`, "", "", Pass, "", "a newborn child"},
		{"person/dob-future", p, `{"dateOfBirth":"20/11/2031"}`, "", "", Fail, Error, "not brought to the standard form, and still future"},
		{"person/dob-placeholder", p, `{"dateOfBirth":"1985-01-01"}`, "", "", Fail, Info, "1 January without its precision"},
		{"person/dob-placeholder", p, `{"dateOfBirth":"1985-01-01","dobPrecision":"year"}`, "", "", Pass, "", "said to be a year"},
		{"person/dob-placeholder", p, `{"dateOfBirth":"01/01/1900"}`, "", "", Fail, Warning, "blanked by normalising, and told"},
		{"person/age-dob-mismatch", p, `{"dateOfBirth":"1980-06-15","age":45,"ageAsOf":"2026-11-20"}`, "", "", Fail, Warning, "a year off"},
		{"person/age-dob-mismatch", p, `{"dateOfBirth":"1980","age":45,"ageAsOf":"2026-11-20"}`, "", "", Pass, "", "a year of birth allows two ages"},
		{"person/age-dob-mismatch", p, `{"dateOfBirth":"1980-06-15","age":30}`, "", "", CannotTell, Info, "it may have been right in 2010"},
		{"person/age-dob-mismatch", p, `{"dateOfBirth":"1980-06-15","age":60}`, "", "", Fail, Error, "nobody was ever older than now"},
		{"person/name-format", p, `{"names":[{"surname":"Łukasiewicz-O'Brien"}]}`, "", "", Pass, "", "letters of any alphabet"},
		{"person/name-format", p, `{"names":[{"surname":"Fenwick@home"}]}`, "", "", Fail, Warning, "other marks"},
		{"person/name-is-organisation", p, `{"names":[{"surname":"Example District Council"}]}`, "", "", Fail, Error, "words only organisations bear"},
		{"person/pncid-format", p, `{"identifiers":[{"type":"PNC","value":"2001/0171310S"}]}`, "", "", Pass, "", "its letter is another rule's"},
		{"person/nino-format", p, `{"identifiers":[{"type":"NINO","value":"OO123456A"}]}`, "", "", Fail, Warning, "administrative prefix"},
		{"person/driver-number-mismatch", p, `{"names":[{"surname":"Fenwick"},{"type":"previous","surname":"Morgan"}],"dateOfBirth":"1975-07-05","identifiers":[{"type":"DRIVER","value":"MORGA707055SM9IJ"}]}`, "", "", Pass, "", "the licence bears the former name"},
		{"person/postcode-invalid", p, `{"addresses":[{"postcode":"SW1A"}]}`, "", "", Fail, Warning, "part of a postcode"},
		{"person/postcode-invalid", p, `{"addresses":[{"postcode":"IG1 1AA"},{"postcode":"JE2 3AB"},{"postcode":"ZE1 0AA"}]}`, "", "", Pass, "", "areas the dictionary would refuse"},
		{"person/postcode-fictitious", p, `{"addresses":[{"postcode":"ZZ99 3VZ"}]}`, "", "", Fail, Info, "stands for no fixed abode"},
		{"person/contact-format", p, `{"contacts":[{"type":"PHONE","value":"07700 900123"}]}`, "", "", Pass, "", "kept for fiction, and our test data"},
		{"person/contact-format", p, `{"contacts":[{"type":"PHONE","value":"496123"}]}`, "", "", Fail, Warning, "no dialling code"},
		{"person/process-entered-late", p, `{"createdAt":"2026-10-06T12:00:00Z","processes":[{"arrestAt":"2026-10-02T09:00:00Z"}]}`, "", "", Fail, Error, "more than three days"},
		{"person/under-criminal-age", p, `{"dataSubjectCategory":["witness"],"dateOfBirth":"2020-06-15"}`, "", "", NotApplicable, "", "a young witness is nothing special"},

		{"person/dob-changed", p, `{"dateOfBirth":"1980-12-06"}`, `{"dateOfBirth":"1980-06-12"}`, "", Fail, Info, "day and month exchanged"},
		{"person/dob-changed", p, `{"dateOfBirth":"1981-06-15"}`, `{"dateOfBirth":"1980-06-15"}`, "", Fail, Warning, "a year apart"},
		{"person/dob-changed", p, `{"dateOfBirth":"1974-11-03","evidence":[{"field":"dateOfBirth","assurance":"documentary"}]}`, `{"dateOfBirth":"1980-06-15"}`, "", Pass, "", "a document shows it"},
		{"person/identity-replaced", p, `{"names":[{"givenNames":["Peter"],"surname":"Quist"}],"dateOfBirth":"1961-02-28","sex":"M","identifiers":[{"type":"PNC","value":"2003/0062845E"}]}`, `{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-15","sex":"F","identifiers":[{"type":"PNC","value":"2003/0062845E"}]}`, "", Pass, "", "the same PNC ID: the same person"},
		{"person/marker-removed-unexplained", p, `{"markers":[{"code":"VI","endAt":"2026-11-01T09:00:00Z"}]}`, `{"markers":[{"code":"VI"}]}`, `{"by":"1234"}`, Fail, Error, "ended without a reason"},
		{"person/category-changed", p, `{"dataSubjectCategory":["victim"]}`, `{"dataSubjectCategory":["convicted","victim"]}`, `{"reason":"conviction quashed on appeal"}`, Pass, "", "quashed"},
		{"record/value-lost", p, `{}`, `{"occupation":"baker"}`, `{"by":"1"}`, Fail, Warning, "nothing anybody needs"},
		{"record/value-lost", p, `{}`, `{"sex":"F"}`, `{"by":"1"}`, Fail, Error, "mandatory"},
		{"record/amend-reason-missing", p, `{"names":[{"surname":"Married"}]}`, `{"names":[{"surname":"Fenwick"}]}`, "", Fail, Error, "an identity field"},
		{"record/purpose-changed", p, `{"purpose":["policing"]}`, `{"purpose":["law-enforcement"]}`, `{"reason":"transferred"}`, Fail, Error, "law enforcement data without a legal basis"},

		{"vehicle/minimum-description", v, `{"role":"suspicious","colours":["RED"]}`, "", "", Pass, "", "something was seen"},
		{"vehicle/minimum-description", v, `{"role":"suspicious"}`, "", "", Fail, Error, "nothing was"},
		{"vehicle/vrm-format", v, `{"vrm":"AB51*DE","vrmPartial":"yes"}`, "", "", Pass, "", "said to be part of a mark"},
		{"vehicle/vrm-format", v, `{"vrm":"AB51*DE"}`, "", "", Fail, Warning, "not said"},
		{"vehicle/vrm-newer-than-vehicle", v, `{"vrm":"A1ABC","monthOfFirstRegistration":"2010"}`, "", "", Pass, "", "an older mark is lawful"},
		{"vehicle/vrm-newer-than-vehicle", v, `{"vrm":"AB51CDE","monthOfFirstRegistration":"2001"}`, "", "", Pass, "", "the year holds September"},
		{"vehicle/vrm-newer-than-vehicle", v, `{"vrm":"AB77CDE"}`, "", "", Fail, Warning, "not issued before September 2027"},
		{"vehicle/vin-format", v, `{"vin":"GAN5UC12345","yearOfManufacture":1972}`, "", "", Fail, Warning, "older than the standard"},
		{"vehicle/stolen-weed-due", v, `{"reports":[{"type":"stolen","at":"2026-11-20T09:00:00Z"}]}`, "", "", Fail, Warning, "three days unconfirmed"},
		{"vehicle/stolen-weed-due", v, `{"reports":[{"type":"stolen","at":"2026-11-01T09:00:00Z"}]}`, "", "", Fail, Error, "three weeks"},
		{"vehicle/stolen-weed-due", v, `{"reports":[{"type":"stolen","at":"2020-11-01T09:00:00Z","confirmed":"yes"}]}`, "", "", Fail, Warning, "confirmed, and soon six years old"},
		{"vehicle/stolen-weed-due", v, `{"reports":[{"type":"stolen","at":"2020-11-01T09:00:00Z","recoveredAt":"2021-01-01T09:00:00Z"}]}`, "", "", NotApplicable, "", "recovered"},
		{"vehicle/vin-changed", v, `{"vin":"WVWZZZ1JZXW000011"}`, `{"vin":"WVWZZZ1JZXW000010"}`, "", Fail, Warning, "one character"},
		{"vehicle/vrm-changed", v, `{"vrm":"A1ABC","vin":"SALLAAA146A395321"}`, `{"vrm":"AB51CDE","vin":"WVWZZZ1JZXW000010"}`, "", Fail, Error, "mark and VIN"},
		{"vehicle/stolen-removed-no-recovery", v, `{}`, `{"reports":[{"type":"stolen","at":"2026-11-01T09:00:00Z"}]}`, `{"reason":"vehicle not recovered, entered twice"}`, Fail, Error, "the word alone is no recovery"},

		{"missing/times-order", m, `{"missingSince":"2026-11-22T20:00:00Z","lastSeenAt":"2026-11-22T22:00:00Z"}`, "", "", Fail, Warning, "seen well after"},
		{"missing/risk-contradiction", m, `{"riskAssessments":[{"level":"very-low"}],"factors":{"dementia":"yes"}}`, "", "", Fail, Error, "the lowest level"},
		{"missing/risk-contradiction", m, `{"riskAssessments":[{"level":"low"}],"factors":{"dementia":"no","travel":"yes"}}`, "", "", Pass, "", "no grave answer is yes"},
		{"missing/risk-contradiction", m, `{"riskAssessments":[{"level":"low"}],"person":{"dateOfBirth":"2016-06-15"}}`, "", "", Fail, Warning, "a young child"},
		{"missing/risk-code-unknown", m, `{"riskAssessments":[{"level":{"value":"very-low","codeSet":"SCO"}}]}`, "", "", Fail, Error, "Scotland has three levels"},
		{"missing/risk-code-unknown", m, `{"riskAssessments":[{"level":"absent"}]}`, "", "", Fail, Info, "an old word for the lowest"},
		{"missing/review-overdue", m, `{"riskAssessments":[{"level":"medium","at":"2026-11-23T08:00:00Z"}],"nextReviewAt":"2026-11-29T08:00:00Z"}`, "", "", Fail, Warning, "set six days ahead"},
		{"missing/review-overdue", m, `{"foundAt":"2026-11-22T08:00:00Z","nextReviewAt":"2026-11-20T08:00:00Z"}`, "", "", NotApplicable, "", "found"},
		{"missing/ukmpu-overdue", m, `{"recordType":"unidentified-body","reportedAt":"2026-11-21T08:00:00Z"}`, "", "", Fail, Error, "48 hours for the unidentified"},
		{"missing/risk-lowered", m, `{"riskAssessments":[{"level":"high","at":"2026-11-21T09:00:00Z"},{"level":"low","at":"2026-11-22T09:00:00Z","by":"5678","rationale":"Spoke to her sister by telephone this morning."}]}`, `{"riskAssessments":[{"level":"high","at":"2026-11-21T09:00:00Z"}]}`, "", Fail, Error, "two levels need a supervisor"},
		{"missing/prevention-interview-late", m, `{"foundAt":"2026-11-18T20:00:00Z","preventionInterview":{"refused":"yes"}}`, "", "", Pass, "", "refused"},
		{"missing/return-interview-late", m, `{"person":{"dateOfBirth":"1980-06-15"},"foundAt":"2026-11-18T20:00:00Z"}`, "", "", NotApplicable, "", "an adult"},
		{"missing/closed-incomplete", m, `{"status":"closed","outcome":"cancelled"}`, `{"status":"active"}`, "", Pass, "", "never missing"},
		{"missing/wish-not-to-disclose", m, `{"person":{"age":15},"foundPlace":"1 High Street","whereaboutsDisclosure":{"wish":"refused"}}`, `{}`, "", NotApplicable, "", "a child's whereabouts are told to those responsible"},
	} {
		r, ok := Find(tt.rule)
		if !ok {
			t.Errorf("no rule %s", tt.rule)
			continue
		}
		s := subjectOf(t, &r, Example{Kind: tt.kind, Record: tt.record, Before: tt.before, Amendment: tt.amendment})
		o, found := outcome(e, tt.rule, s)
		if o != tt.want {
			t.Errorf("%s on %s: %s, want %s; %s %+v", tt.rule, tt.record, o, tt.want, tt.why, found)
			continue
		}
		if tt.severity == "" {
			continue
		}
		worst := Severity("")
		for _, f := range found {
			if rank(f.Severity) > rank(worst) {
				worst = f.Severity
			}
		}
		if worst != tt.severity {
			t.Errorf("%s on %s: %s, want %s; %s", tt.rule, tt.record, worst, tt.severity, tt.why)
		}
	}
}
