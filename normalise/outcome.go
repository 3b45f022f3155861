package normalise

// Further statuses, of values that are understood and are not what their field
// asks for, or not what it usually holds. Their names are those of the test
// vectors.
const (
	NoFixedAbode   Status = "nfa"               // a postcode that stands for no fixed abode
	Temporary      Status = "temporary"         // an old temporary National Insurance number
	Administrative Status = "administrative"    // a National Insurance number no person has
	TRN            Status = "trn"               // a temporary reference number of HMRC
	Legacy         Status = "legacy"            // a form no longer issued
	TestRange      Status = "test-range"        // kept for tests by the issuer
	CHIRange       Status = "chi-range"         // a Scottish CHI number in the NHS number field
	HCNRange       Status = "hcn-or-3xx-range"  // Northern Ireland, or England's numbers from 3
	Unallocated    Status = "unallocated-range" // passes its check, lies in no range issued
	Mismatch       Status = "mismatch"          // contradicts the person it is compared with
)

const (
	reasonEmpty = "the field is empty"
	reasonForm  = "case, spacing or padding put in the standard form"
	reasonToken = "a word that stands for no value"
)

// valid is the result of a value in its standard form, or brought to it by
// case, spacing and the like.
func valid(text, canonical, rule string) Result {
	if text == canonical {
		return Result{Status: Valid, Canonical: canonical}
	}
	return Result{Status: Valid, Canonical: canonical, Rule: rule, Reason: reasonForm}
}

func invalid(rule, reason string, suggestions ...string) Result {
	return Result{Status: Invalid, Rule: rule, Reason: reason, Suggestions: suggestions}
}

func repaired(canonical, rule string, proved bool) Result {
	reason := "letter O or I read as digit 0 or 1, or the reverse; only one reading has the right form"
	if proved {
		reason = "letter O or I read as digit 0 or 1; the check character confirms it"
	}
	return Result{Status: Repaired, Canonical: canonical, Rule: rule, Reason: reason, Proved: proved}
}

func placeholder(rule string) Result {
	return Result{Status: Placeholder, Rule: rule, Reason: reasonToken}
}

func ambiguous(rule, reason string, readings ...string) Result {
	return Result{Status: Ambiguous, Rule: rule, Reason: reason, Readings: readings}
}
