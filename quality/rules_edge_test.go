package quality

import (
	"testing"

	"leds.internal/ledsq/record"
)

// variation is a record with the outcome that a rule must give of it: written
// by hand, with the reason. Severity is that of the worst finding, where it
// matters. The conformance file holds them all.
type variation struct {
	rule      string
	kind      record.Kind
	record    string
	before    string
	amendment string
	want      Outcome
	severity  Severity
	why       string
}

const (
	p = record.KindPerson
	v = record.KindVehicle
	m = record.KindMissing
)

// edges walk along the edges of rules that have several grades.
var edges = []variation{
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

	{"record/value-lost", m, `{"status":"closed","foundAt":"2026-11-22T20:00:00Z"}`, `{"status":"active","nextReviewAt":"2026-11-23T20:00:00Z"}`, `{"by":"1"}`, Pass, "", "to close an episode is to end its reviews"},
	{"record/value-lost", m, `{"status":"active"}`, `{"status":"active","nextReviewAt":"2026-11-23T20:00:00Z"}`, `{"by":"1"}`, Fail, Warning, "an open one needs its review"},
	{"record/assurance-downgraded", p, `{"names":[{"givenNames":["Kathryn"],"surname":"Fenwick","assurance":"self-declared"}]}`, `{"names":[{"givenNames":["Katherine"],"surname":"Fenwick","assurance":"documentary"}]}`, "", Fail, Warning, "the surname alone does not keep the name"},
	{"record/assurance-downgraded", p, `{"names":[{"givenNames":["Ann"],"surname":"Harker","assurance":"self-declared"},{"type":"previous","surname":"Fenwick","assurance":"documentary"}]}`, `{"names":[{"givenNames":["Ann"],"surname":"Fenwick","assurance":"documentary"}]}`, "", Pass, "", "the proved name is kept beside it"},
	{"person/identity-replaced", p, `{"names":[{"givenNames":["Rupert"],"surname":"Quist"},{"type":"alias","givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1961-02-28"}`, `{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-15"}`, "", Fail, Error, "the former name as an alias does not make it one person"},
	{"person/identity-replaced", p, `{"names":[{"givenNames":["Rupert"],"surname":"Quist"}],"dateOfBirth":"1961-02-28"}`, `{"names":[{"givenNames":["Ann"],"surname":"Fenwick"},{"type":"alias","surname":"Quist"}],"dateOfBirth":"1980-06-15"}`, "", Pass, "", "a surname known before"},
	{"record/provenance-missing", p, `{"id":"n1","ownerCode":"01ZD","sourceSystem":"RMS","createdAt":"2026-11-20T09:00:00Z","createdBy":"1234"}`, "", "", Fail, Error, "an id is not the source's own where a source is named"},
	{"record/orphan", m, `{"createdBy":"1234","createdAt":"2026-01-05T09:00:00Z"}`, "", "", Fail, Warning, "an episode is an event of its own"},
	{"record/review-date-missing", m, `{"status":"active","nextReviewAt":"2026-11-24T08:00:00Z"}`, "", "", Fail, Info, "the search is reviewed"},
	{"record/fact-basis-missing", m, `{"createdBy":"1234","riskAssessments":[{"level":"low"}],"evidence":[{"field":"riskLevel","basis":"assessment"}]}`, "", "", Pass, "", "said to be an assessment"},
	{"record/fact-basis-missing", m, `{"createdBy":"1234","riskAssessments":[{"level":"low"}]}`, "", "", Fail, Warning, "not said"},
	{"person/four-plus-one", p, `{"roles":["victim"],"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"31/02/1988","sex":"F","contacts":[{"type":"MOBH","value":"+447700900123"}]}`, "", "", Fail, Warning, "no such day"},
	{"person/dob-equals-event", p, `{"dateOfBirth":"2026-10-14","createdAt":"2026-10-14T10:05:00Z"}`, "", "", Fail, Warning, "the day of entry"},
	{"person/dob-equals-event", p, `{"dateOfBirth":"2026-10-14","age":0,"createdAt":"2026-10-14T10:05:00Z"}`, "", "", Pass, "", "just born"},
	{"person/pncid-format", p, `{"identifiers":[{"type":"PNC","value":"2014/12A4567K"}]}`, "", "", Fail, Error, "a letter that resembles no digit"},
	{"person/pncid-check", p, `{"identifiers":[{"type":"PNC","value":"2014/12A4567K"}]}`, "", "", Pass, "", "told by the form"},
	{"person/pncid-check", p, `{"identifiers":[{"type":"PNC","value":"PNC 79/163001A"}]}`, "", "", Fail, Error, "the label is no part of it"},
	{"person/cro-format-check", p, `{"identifiers":[{"type":"CRO","value":"000000/00Z"}]}`, "", "", Fail, Error, "the form of a number that nobody has"},
	{"person/nino-format", p, `{"identifiers":[{"type":"NINO","value":"QQ123456C"}]}`, "", "", Fail, Error, "an example number"},
	{"record/placeholder-value", p, `{"identifiers":[{"type":"NINO","value":"QQ123456C"},{"type":"PNC","value":"UNKNOWN"}]}`, "", "", Fail, Warning, "the word; the number has a rule of its own"},
	{"person/address-inconsistent", p, `{"addresses":[{"noFixedAbode":"yes","line":"29 Invented Row","postcode":"LS1 1AA"}]}`, "", "", Fail, Warning, "no fixed abode with a postcode"},
	{"person/address-inconsistent", p, `{"addresses":[{"postcode":"ZZ99 3VZ"}]}`, "", "", Pass, "", "a postcode that says the same"},
	{"person/impending-stale", p, `{"lastConfirmedAt":"2026-10-18T15:40:00Z","processes":[{"arrestAt":"2025-08-19T04:00:00Z"}]}`, "", "", Fail, Warning, "to confirm the record is not to ask the court"},
	{"person/impending-stale", p, `{"amendments":[{"at":"2026-10-18T15:40:00Z","fields":["process1.nextAppearance"]}],"processes":[{"arrestAt":"2025-08-19T04:00:00Z"}]}`, "", "", Pass, "", "somebody asked"},

	{"vehicle/minimum-description", v, `{"role":"suspicious","colours":["RED"]}`, "", "", Pass, "", "something was seen"},
	{"vehicle/minimum-description", v, `{"role":"suspicious"}`, "", "", Fail, Error, "nothing was"},
	{"vehicle/make-model-coded", v, `{"make":"FORD","model":"BMW 320D"}`, "", "", Fail, Warning, "two makes"},
	{"vehicle/make-model-coded", v, `{"make":"ROVER","model":"MINI COOPER"}`, "", "", Pass, "", "a make that was once a model"},
	{"vehicle/report-incomplete", v, `{"ownerCode":"60GW","reports":[{"type":"seized","at":"2026-11-22T09:00:00Z","crimeRef":"C1"}]}`, "", "", Fail, Warning, "the record's owner may not be the report's"},
	{"vehicle/interest-no-expiry", v, `{"reviewDate":"2027-05-18","reports":[{"type":"interest","at":"2026-11-07T09:00:00Z"}]}`, "", "", Fail, Warning, "reviewed too late to end it"},
	{"vehicle/interest-no-expiry", v, `{"reviewDate":"2027-01-18","reports":[{"type":"interest","at":"2026-11-07T09:00:00Z"}]}`, "", "", Pass, "", "reviewed in time"},
	{"vehicle/vin-format", v, `{"vin":"WOL3YXGV1B5210207"}`, "", "", Fail, Info, "the letter O read as a zero"},
	{"vehicle/description-changed", v, `{"vrm":"AB51CDE","make":"AUDI"}`, `{"vrm":"AB51CDE","make":"SEAT"}`, `{"type":"correction"}`, Fail, Warning, "another make is looked at whatever is said"},
	{"vehicle/description-changed", v, `{"vrm":"AB51CDE","make":"SEAT","model":"IBIZA"}`, `{"vrm":"AB51CDE","make":"SEAT","model":"LEON"}`, `{"type":"correction"}`, Pass, "", "another model is a correction"},
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
	{"missing/person-minimum", m, `{"person":{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"age":46,"sex":"F"},"missingFrom":"1 Invented Row"}`, "", "", Fail, Warning, "missing from what may be the home"},
	{"missing/person-minimum", m, `{"person":{"names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1991-02-30","sex":"F","addresses":[{"line":"1 High Street"}]}}`, "", "", Fail, Error, "no such day"},
	{"missing/description-minimum", m, `{"foundAt":"2026-11-22T20:00:00Z","person":{"sex":"F"}}`, "", "", Fail, Info, "found, and perhaps missing again"},
	{"missing/initial-actions-missing", m, `{"foundAt":"2026-11-22T20:00:00Z"}`, "", "", Fail, Info, "found"},
	{"missing/circumstances-thin", m, `{"circumstances":"Left for work as usual and did not arrive there.","lastSeenPlace":"Leeds"}`, "", "", Fail, Info, "last seen is not missing from"},
	{"missing/risk-rationale-missing", m, `{"riskAssessments":[{"level":"medium","rationale":"Out of character and unwell, but in contact yesterday.","source":"sister"}]}`, "", "", Fail, Warning, "not said when"},
	{"missing/long-term-review-overdue", m, `{"missingSince":"2026-07-10T12:00:00Z","reviews":[{"at":"2026-07-24T10:00:00Z"},{"at":"2026-11-07T10:00:00Z"}]}`, "", "", Fail, Info, "that of 28 days was left out"},
	{"missing/long-term-review-overdue", m, `{"missingSince":"2026-07-10T12:00:00Z","reviews":[{"at":"2026-08-06T10:00:00Z"}]}`, "", "", Fail, Warning, "that of three months is due"},
	{"missing/contact-elsewhere", m, `{"missingSince":"2026-11-20T20:00:00Z","links":[{"kind":"custody","id":"C1","from":"2026-11-20"}]}`, "", "", Pass, "", "perhaps earlier on the day"},
	{"missing/contact-elsewhere", m, `{"missingSince":"2026-11-20T20:00:00Z","foundAt":"2026-11-21T20:00:00Z","links":[{"kind":"custody","id":"C1","from":"2026-11-21"}]}`, "", "", NotApplicable, "", "found"},
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
}

func TestVariations(t *testing.T) {
	e := newEngine(t, Policy{Lookups: exampleLookups})
	for _, tt := range variations() {
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
