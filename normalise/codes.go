package normalise

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// codeSet is one code list: what is accepted, upper-case and with its marks
// as spaces, and what it stands for.
type codeSet struct {
	rule   string
	lookup map[string]string
	blank  map[string]bool                  // canonical values that stand for no value
	own    map[string]bool                  // the codes of a list of the user's own
	other  func(key string) (reason string) // why a value that is not found may belong elsewhere
}

// Code reads a coded value by the list its field names, such as "sex" or
// "vehicle-colour". A value that is recognised becomes the code; one that is not
// is Unknown and kept as typed, because lists differ between forces and change.
// A set this package has no list of is only trimmed, and Valid.
func Code(set, text string) Result {
	load, ok := codeSets[set]
	if !ok {
		return ref(text)
	}
	return load().read(text)
}

func (c *codeSet) read(text string) Result {
	if v, ok := c.lookup[text]; ok { // most values are canonical already
		return c.found(text, v)
	}
	key := codeKey(text)
	if key == "" {
		return Result{Status: Placeholder, Rule: c.rule + "/placeholder", Reason: reasonToken}
	}
	if v, ok := c.lookup[key]; ok {
		return c.found(text, v)
	}
	if v, ok := c.lookup[tidy(text)]; ok {
		return c.found(text, v)
	}
	if isUnknown(key) && ascii(text) { // 男, which reads nan, is a word of its own
		return Result{Status: Placeholder, Rule: c.rule + "/placeholder", Reason: reasonToken}
	}
	// A code is often followed by its words: "W1 - White British".
	if head, rest, ok := strings.Cut(strings.TrimSpace(text), " "); ok && strings.HasPrefix(rest, "-") {
		if v, ok := c.lookup[codeKey(head)]; ok {
			return c.found(text, v)
		}
	}
	reason := "not in the list of this field"
	if c.other != nil {
		if why := c.other(key); why != "" {
			reason = why
		}
	}
	return Result{Status: Unknown, Rule: c.rule + "/unknown", Reason: reason}
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func (c *codeSet) found(text, v string) Result {
	switch {
	case c.blank[v]:
		return Result{Status: Placeholder, Rule: c.rule + "/placeholder", Reason: reasonToken}
	case text == v:
		return Result{Status: Valid, Canonical: v}
	}
	return Result{Status: Valid, Canonical: v, Rule: c.rule + "/code", Reason: "the list's own code for what was typed"}
}

// Sex reads a sex code: M, F, U (not known) or NS (not specified), from the
// words, CJS numbers and letters in use. NHS's X is read as not known.
func Sex(text string, o Options) Result { return o.code("sex", text) }

// Make reads a vehicle's make: common abbreviations and misspellings of the
// whole value become the make's name. Two letters alone (MB, LR) are never
// expanded, and a make that is not in the list is Unknown and kept.
func Make(text string) Result { return Code("vehicle-make", text) }

// codeKey folds a code for looking up: upper case, marks as single spaces.
func codeKey(s string) string {
	if k := Fold(s); k != "" {
		return k
	}
	return strings.TrimSpace(s)
}

// codeSets are the lists, each read when first asked for.
var codeSets = map[string]func() *codeSet{
	"sex":                    sync.OnceValue(sexCodes),
	"gender-identity":        sync.OnceValue(genderCodes),
	"ethnicity-self-defined": sync.OnceValue(ethnicityCodes),
	"ethnicity-ic":           sync.OnceValue(icCodes),
	"country":                sync.OnceValue(countryCodes),
	"language":               sync.OnceValue(languageCodes),
	"title":                  sync.OnceValue(titleCodes),
	"suffix":                 sync.OnceValue(suffixCodes),
	"vehicle-colour":         sync.OnceValue(func() *codeSet { return aliased("vehicle-colour", "vehicle_colours", "aliases", "NOT STATED") }),
	"vehicle-fuel":           sync.OnceValue(func() *codeSet { return aliased("vehicle-fuel", "vehicle_fuel_types", "aliases") }),
	"vehicle-make":           sync.OnceValue(makeCodes),
	"vehicle-body":           sync.OnceValue(bodyCodes),
	"wheelplan":              sync.OnceValue(func() *codeSet { return aliased("wheelplan", "vehicle_wheelplans", "aliases", "NOT RECORDED") }),
	"marital-status":         sync.OnceValue(maritalCodes),
	"force":                  sync.OnceValue(forceCodes),
	"warning-marker":         sync.OnceValue(markerCodes),
	"missing-outcome":        sync.OnceValue(outcomeCodes),
	"missing-risk": fixed("missing-risk", "very-low low medium high no-apparent-risk",
		"absent", "no-apparent-risk", "nar", "no-apparent-risk", "no-apparent-risk-absent", "no-apparent-risk", "vl", "very-low",
		"l", "low", "m", "medium", "med", "medium", "standard", "medium", "h", "high", "low-risk", "low", "medium-risk", "medium",
		"high-risk", "high", "very-low-risk", "very-low"),
	"missing-record-type": fixed("missing-record-type", "missing unidentified-person unidentified-body unidentified-remains", "missing-person", "missing", "misper", "missing"),
	"missing-harm": fixed("missing-harm", "none physical-injury sexual-offence exploitation self-harm assault psychological medical fatal other unknown",
		"no-harm", "none", "injury", "physical-injury", "selfharm", "self-harm", "death", "fatal", "deceased", "fatal"),
	"disclosure-wish": fixed("disclosure-wish", "agreed refused child", "yes", "agreed", "no", "refused", "agree", "agreed", "refuse", "refused"),
	"residence-type":  fixed("residence-type", "family own-home care foster-care residential-care hospital mental-health-unit prison hostel supported-living asylum-accommodation no-fixed-abode other unknown", "foster", "foster-care", "childrens-home", "residential-care", "care-home", "residential-care", "nfa", "no-fixed-abode", "home", "own-home"),
	"person-role": fixed("person-role", "offender known-suspect unknown-suspect suspect victim witness person-of-interest person-of-interest-unknown subject vulnerable-child vulnerable-adult unborn sudden-death missing involved-party informant associate other",
		"poi", "person-of-interest", "missing-person", "missing", "misper", "missing", "ip", "victim", "injured-party", "victim", "complainant", "victim", "aggrieved", "victim", "defendant", "offender"),
	"data-subject-category": fixed("data-subject-category", "suspect convicted victim witness other", "offender", "convicted"),
	"purpose":               fixed("purpose", "law-enforcement policing safeguarding", "le", "law-enforcement", "other-policing", "policing", "other-policing-purpose", "policing"),
	"record-status":         fixed("record-status", "draft active closed weeded merged", "open", "active", "live", "active", "current", "active"),
	"mopi-group":            fixed("mopi-group", "1 2 3 4", "group-1", "1", "group-2", "2", "group-3", "3", "group-4", "4"),
	"gsc":                   fixed("gsc", "official official-sensitive secret top-secret", "os", "official-sensitive"),
	"circulation": fixed("circulation", "wanted locate-trace missing disqualified bail order", "locate", "locate-trace", "trace", "locate-trace",
		"wm", "wanted", "wanted-missing", "wanted", "disqualified-driver", "disqualified"),
	"address-type":          fixed("address-type", "home work main temporary correspondence previous bail term-time other", "residential", "home", "primary", "main", "correspondance", "correspondence", "postal", "correspondence", "business", "work"),
	"address-status":        fixed("address-status", "current previous proposed unverified", "former", "previous", "old", "previous", "present", "current"),
	"vehicle-role":          fixed("vehicle-role", "known suspicious", "suspect", "suspicious"),
	"vehicle-report":        fixed("vehicle-report", "stolen lost found seized interest used-in-crime plate-stolen cloned lost-or-stolen", "los", "lost-or-stolen", "recovered", "found", "fnd", "found"),
	"verification-of-death": fixed("verification-of-death", "certificate coroner hospital police family not-verified other"),
	"mot-status":            fixed("mot-status", "valid not-valid no-details no-results", "no-details-held-by-dvla", "no-details", "no-results-returned", "no-results", "expired", "not-valid"),
	"tax-status":            fixed("tax-status", "taxed untaxed sorn not-taxed-for-on-road-use", "not-taxed", "untaxed", "statutory-off-road-notification", "sorn"),
	"vehicle-type":          fixed("vehicle-type", "car motorcycle moped van lorry bus coach taxi motorhome trailer caravan tractor quad minibus agricultural other", "hgv", "lorry", "truck", "lorry", "lgv", "van", "motorbike", "motorcycle", "motor-cycle", "motorcycle", "motor-car", "car"),
	"process-result":        fixed("process-result", "remanded-on-bail remanded-in-custody postal-requisition convicted acquitted discontinued cautioned no-further-action dismissed pending other", "bail", "remanded-on-bail", "nfa", "no-further-action", "guilty", "convicted", "not-guilty", "acquitted", "caution", "cautioned"),
	"assurance":             fixed("assurance", "biometric documentary official-record self-declared third-party observed", "document", "documentary", "self", "self-declared"),
	"basis":                 fixed("basis", "fact assessment", "factual", "fact", "opinion", "assessment", "intelligence", "assessment"),
	"dob-precision":         fixed("dob-precision", "exact month year estimated", "day", "exact", "full", "exact", "known", "exact", "approximate", "estimated", "approx", "estimated", "est", "estimated", "estimate", "estimated", "year-only", "year", "y", "year", "m", "month", "e", "estimated"),
	"build":                 fixed("build", "slim thin medium average large heavy stocky muscular athletic fat frail proportional small", "med", "medium"),
	"eye-colour":            fixed("eye-colour", "blue brown green grey hazel black maroon pink multicoloured other", "gray", "grey", "blu", "blue", "brn", "brown", "grn", "green"),
	"hair-colour":           fixed("hair-colour", "black blonde brown light-brown dark-brown red ginger auburn grey white bald dyed other", "blond", "blonde", "gray", "grey", "fair", "blonde"),
	"complexion":            fixed("complexion", "pale fair medium ruddy freckled tanned olive dark other", "light", "fair"),
}

// fixed makes a small list of words in lower case with hyphens, which also
// accept spaces and any case. The rest are pairs of an alias and its word.
func fixed(set, words string, aliases ...string) func() *codeSet {
	return sync.OnceValue(func() *codeSet {
		c := &codeSet{rule: set, lookup: map[string]string{}}
		for _, w := range strings.Fields(words) {
			c.add(w, w)
		}
		for i := 0; i+1 < len(aliases); i += 2 {
			c.add(aliases[i], aliases[i+1])
		}
		return c
	})
}

// add accepts a text for a value unless an earlier one has it.
func (c *codeSet) add(text, value string) {
	if text == value {
		c.lookup[text] = value
	}
	for _, k := range [...]string{codeKey(text), tidy(text)} {
		if _, taken := c.lookup[k]; !taken && k != "" {
			c.lookup[k] = value
		}
	}
}
