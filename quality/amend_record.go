package quality

import (
	"cmp"
	"strings"

	"leds.internal/ledsq/record"
)

// amendRule completes the rules of a family on amendments: for these kinds unless
// a rule says otherwise, with examples amended by who unless they say by whom.
func amendRule(kinds []record.Kind, who string) func(Rule) Rule {
	return func(r Rule) Rule {
		r.Since = version1
		if r.Kinds == nil {
			r.Kinds = kinds
		}
		if r.Principles == nil {
			r.Principles = atAmend
		}
		r.Pass.Amendment = cmp.Or(r.Pass.Amendment, who)
		r.Fail.Amendment = cmp.Or(r.Fail.Amendment, who)
		return r
	}
}

func amendRules() []Rule {
	const who = `{"by":"1234","at":"2026-11-22T09:00:00Z","reason":"letter from the person","source":"document seen","baseVersion":3}`
	return []Rule{
		{
			ID: "record/version-stale", Title: "Amended from an old version",
			Why:    "A change based on an old version silently undoes what somebody else wrote since.",
			Source: "LEDS API client schemas, error conflict/version",
			Kinds:  everyKind, Principles: atAmend, Dimension: Consistency, Severity: Error,
			ActsOn: []string{"version"}, Since: version1, Check: versionStale,
			Pass: Example{Before: `{"version":3}`, Record: `{"version":4}`, Amendment: who},
			Fail: Example{Before: `{"version":5}`, Record: `{"version":6}`, Amendment: who},
		},
		{
			ID: "record/no-change", Title: "Amendment that changes nothing",
			Why:    "An amendment without a change adds to the history and hides the ones that matter; the national service refuses it.",
			Source: "LEDS API client schemas, error unprocessable/no-changes",
			Kinds:  everyKind, Principles: atAmend, Dimension: Consistency, Severity: Info,
			ActsOn: []string{"modifiedAt"}, Since: version1, Check: noChange,
			Pass: Example{Before: `{"names":[{"surname":"Fenwick"}]}`, Record: `{"names":[{"surname":"Harker"}]}`},
			Fail: Example{Before: `{"names":[{"surname":"Fenwick"}],"version":3}`, Record: `{"names":[{"surname":"FENWICK"}],"version":4}`},
		},
		{
			ID: "record/amend-reason-missing", Title: "Not said who changed it, when, why and on what evidence",
			Why:    "Each change of data in use must be accounted for; without a reason it can be neither checked nor undone.",
			Source: "LEDS Code of Practice (2020), sections 6.3 and 6.9; which fields make it an error is a judgement",
			Kinds:  everyKind, Principles: atAmend, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"amendment1.by", "amendment1.at", "amendment1.reason", "amendment1.source"}, Since: version1, Check: amendReason,
			Pass: Example{Before: `{"occupation":"baker"}`, Record: `{"occupation":"nurse"}`, Amendment: who},
			Fail: Example{Before: `{"occupation":"baker"}`, Record: `{"occupation":"nurse"}`, Amendment: `{"by":"1234"}`},
		},
		{
			ID: "record/key-or-owner-changed", Title: "Key, maker or owner changed",
			Why:    "What a record is called, who made it and when is never edited; an owner changes only by a transfer. Else the history belongs to nobody.",
			Source: "LEDS Code of Practice (2020), section 6.9; the rule is a judgement",
			Kinds:  everyKind, Principles: atAmend, Dimension: Consistency, Severity: Error,
			ActsOn: []string{"id", "source", "sourceId", "createdAt", "createdBy", "ownerCode"}, Consults: []string{"amendment1.type"}, Since: version1, Check: keyChanged,
			Pass: Example{Before: `{"ownerCode":"01ZD"}`, Record: `{"ownerCode":"52AB"}`, Amendment: `{"type":"transfer"}`},
			Fail: Example{Before: `{"createdBy":"1234"}`, Record: `{"createdBy":"5678"}`, Amendment: who},
		},
		{
			ID: "record/value-lost", Title: "A value was removed",
			Why:    "Data is erased when it is inaccurate or no longer needed, and then for a stated reason; the rest are slips of a form.",
			Source: "Data Protection Act 2018, section 38(1)(b); LEDS Code of Practice (2020), section 6.3",
			Kinds:  everyKind, Principles: atAmend, Dimension: Completeness, Severity: Warning,
			ActsOn: []string{"surname", "dateOfBirth", "vrm", "missingSince", "phone"}, Consults: []string{"amendment1.type", "amendment1.reason"}, Since: version1, Check: valueLost,
			Pass: Example{Before: `{"occupation":"baker"}`, Record: `{}`, Amendment: `{"type":"rectification"}`},
			Fail: Example{Before: `{"dateOfBirth":"1980-06-15"}`, Record: `{}`, Amendment: who},
		},
		{
			ID: "record/assurance-downgraded", Title: "A proved value replaced by a weaker one",
			Why:    "A name from a passport should not give way to one that was only said.",
			Source: "judgement; POLE dictionary, O_005 on documents seen", POLE: "O_005",
			Kinds: people, Principles: atAmend, Dimension: Accuracy, Severity: Warning,
			ActsOn: []string{"surname", "postcode", "phone", "pncId"}, Consults: []string{"name.assurance", "address.assurance", "phone.assurance", "pncId.assurance", "evidence1.assurance"}, Since: version1, Check: assuranceDowngraded,
			Pass: Example{Before: `{"names":[{"surname":"Fenwick","assurance":"documentary"}]}`, Record: `{"names":[{"surname":"Harker","assurance":"documentary"}]}`, Amendment: who},
			Fail: Example{Before: `{"names":[{"surname":"Fenwick","assurance":"documentary"}]}`, Record: `{"names":[{"surname":"Harker","assurance":"self-declared"}]}`, Amendment: who},
		},
		{
			ID: "record/recipients-not-notified", Title: "Recipients not told of a correction",
			Why:    "Whoever was given inaccurate data must be told of the correction without delay, or will go on acting on it.",
			Source: "Data Protection Act 2018, section 38(5)(c)",
			Kinds:  everyKind, Principles: atAmend, Dimension: Accuracy, Severity: Warning,
			ActsOn: []string{"share1.notifiedAt"}, Consults: []string{"share1.sharedAt", "amendment1.type"}, Since: version1, Check: notNotified,
			Pass: Example{Before: `{"dateOfBirth":"1980-06-15"}`, Record: `{"dateOfBirth":"1980-06-16","sharedWith":[{"recipient":"probation","sharedAt":"2026-01-05T09:00:00Z","notifiedAt":"2026-11-22T09:00:00Z"}]}`, Amendment: `{"type":"correction"}`},
			Fail: Example{Before: `{"dateOfBirth":"1980-06-15"}`, Record: `{"dateOfBirth":"1980-06-16","sharedWith":[{"recipient":"probation","sharedAt":"2026-01-05T09:00:00Z"}]}`, Amendment: `{"type":"correction"}`},
		},
		{
			ID: "record/purpose-changed", Title: "Held for another purpose",
			Why:    "Data collected for one purpose may serve another only where the law allows it and it is necessary and proportionate.",
			Source: "LEDS Code of Practice (2020), section 5.6",
			Kinds:  everyKind, Principles: atAmend, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"purpose"}, Consults: []string{"legalBasis", "amendment1.reason"}, Since: version1, Check: purposeChanged,
			Pass: Example{Before: `{"purpose":["policing"]}`, Record: `{"purpose":["policing","safeguarding"],"legalBasis":"Care Act 2014, section 42"}`, Amendment: who},
			Fail: Example{Before: `{"purpose":["law-enforcement"]}`, Record: `{"purpose":["policing"]}`, Amendment: `{"by":"1234"}`},
		},
	}
}

// audit says that a field is about the record and not what it records.
func audit(name string) bool {
	switch name {
	case "version", "modifiedAt", "modifiedBy", "lastConfirmedAt":
		return true
	}
	return strings.HasPrefix(name, "amendment") || strings.HasPrefix(name, "share") || strings.HasPrefix(name, "extra")
}

// because says whether the amendment's type or reason is one of the words.
func (c *Ctx) because(words ...string) bool {
	a := c.Amendment()
	reason := strings.ReplaceAll(strings.ToLower(a.Reason), " ", "-")
	for _, w := range words {
		if oneOf(a.Type, w) || strings.Contains(reason, w) && !strings.Contains(reason, "not-"+w) && !strings.Contains(reason, "no-"+w) {
			return true
		}
	}
	return false
}

// rectified says that the amendment puts right or erases, on a stated ground.
func (c *Ctx) rectified() bool {
	return c.because("rectification", "rectified", "erasure", "erased", "dispute-upheld")
}

func versionStale(c *Ctx) Outcome {
	if c.Before() == nil {
		return NotApplicable
	}
	stored, ok := c.Before().Head().Version.Int()
	base, based := c.Amendment().BaseVersion.Int()
	next, has := c.head.Version.Int()
	switch {
	case !ok || !based && !has:
		return NotApplicable
	case based && base != stored:
		return c.Fail("version", "the amendment was based on another version than the one stored", "Read the record again and make the change on its current version.")
	case has && next <= stored:
		return c.Fail("version", "the version does not rise with the amendment", "Count the version up by one.")
	}
	return Pass
}

func noChange(c *Ctx) Outcome {
	if c.Before() == nil {
		return NotApplicable
	}
	for _, d := range c.Diff() {
		if !audit(d.Name) {
			return Pass
		}
	}
	return c.Fail("", "nothing differs but version and times", "Leave the record as it is; to say that it still holds, set when it was confirmed.")
}

// weighty says that a field decides who somebody is, in what state, or at what risk.
func weighty(d *record.Difference) bool {
	switch d.Field.Type {
	case record.TypeSurname, record.TypeGiven, record.TypeFullName, record.TypeDOB, record.TypePNCID, record.TypeCRO, record.TypeASN, record.TypeVRM, record.TypeVIN:
		return true
	}
	n := d.Name
	return n == "status" || n == "dateOfDeath" || n == "sex" || n == "outcome" || n == "missingSince" || strings.HasPrefix(n, "marker") || strings.HasPrefix(n, "risk") ||
		strings.HasPrefix(n, "circulation") || strings.HasPrefix(n, "category") || strings.HasPrefix(n, "report") && n != "reportedAt" && !strings.HasPrefix(n, "reporter")
}

func amendReason(c *Ctx) Outcome {
	s, changed := Warning, false
	for i := range c.Diff() {
		if d := &c.diff[i]; !audit(d.Name) {
			changed = true
			if weighty(d) {
				s = Error
			}
		}
	}
	if !changed {
		return NotApplicable
	}
	a := c.Amendment()
	for _, part := range [...]struct{ value, leaf, message string }{
		{a.By, "by", "it is not said who made the change"},
		{string(a.At), "at", "it is not said when the change was made"},
		{a.Reason, "reason", "it is not said why the change was made"},
		{a.Source, "source", "it is not said on what evidence the change was made"},
	} {
		if strings.TrimSpace(part.value) == "" {
			c.FailAs(s, item("amendment", 0, part.leaf), part.message, "Complete the amendment before it is stored.")
		}
	}
	return c.Done()
}

func keyChanged(c *Ctx) Outcome {
	if c.Before() == nil {
		return NotApplicable
	}
	for _, d := range c.Diff() {
		if d.Before == "" {
			continue // filling a gap changes nobody's key
		}
		switch d.Name {
		case "id", "source", "sourceId", "createdAt", "createdBy":
			c.Fail(d.Name, "a key of the record, or who made it and when, was changed", "Put the former value back.")
		case "ownerCode":
			if !c.because("transfer") {
				c.Fail(d.Name, "the owner changed without a transfer", "Record the transfer as the type of the amendment, or put the owner back.")
			}
		}
	}
	return c.Done()
}

func valueLost(c *Ctx) Outcome {
	if c.Before() == nil {
		return NotApplicable
	}
	if c.rectified() {
		return Pass
	}
	for _, d := range c.Diff() {
		if d.Before == "" || d.After != "" || audit(d.Name) || strings.HasSuffix(d.Name, ".codeSet") || strings.HasSuffix(d.Name, ".version") {
			continue
		}
		if strings.HasPrefix(d.Name, "marker") || strings.HasPrefix(d.Name, "risk") || strings.HasPrefix(d.Name, "report") {
			continue // rules of their own
		}
		if d.Name == "nextReviewAt" && c.missing != nil && !c.openEpisode() {
			continue // to close an episode is to end its reviews
		}
		s := Warning
		if mandatory(d.Name) {
			s = Error
		}
		c.FailAs(s, d.Name, "a value was removed, and no reason for erasing it is given", "Put it back, or give rectification, erasure or dispute-upheld as the type of the amendment.")
	}
	return c.Done()
}

func notNotified(c *Ctx) Outcome {
	corrected := false
	for _, d := range c.Diff() {
		corrected = corrected || !audit(d.Name) && d.Before != ""
	}
	if !corrected || len(c.head.SharedWith) == 0 {
		return NotApplicable
	}
	changed, dated := when(c.Amendment().At)
	if !dated {
		changed, dated = when(c.head.ModifiedAt)
	}
	for i := range c.head.SharedWith {
		s := &c.head.SharedWith[i]
		shared, ok := when(s.SharedAt)
		if s.NotifiedAt == "" && !(ok && dated && changed.before(shared)) {
			c.Fail(item("share", i, "notifiedAt"), "the record was corrected, and a recipient of the former version has not been told", "Tell the recipient, and record when.")
		}
	}
	return c.Done()
}

func purposeChanged(c *Ctx) Outcome {
	if c.Before() == nil || len(c.Before().Head().Purposes) == 0 {
		return NotApplicable
	}
	was, now := c.Before().Head().Purposes, c.head.Purposes
	same := len(was) == len(now)
	for _, p := range was {
		same = same && anyIs(now, fold(p))
	}
	lawful := c.head.LegalBasis != ""
	switch {
	case same:
		return Pass
	case anyIs(was, "law-enforcement") && !anyIs(now, "law-enforcement") && !lawful:
		return c.FailAs(Error, "purpose", "data collected for law enforcement is now held for another purpose, and no legal basis is given", "Give the legal basis, or put the purpose back.")
	case !lawful && c.Amendment().Reason == "":
		return c.Fail("purpose", "the purpose changed, and neither a legal basis nor a reason is given", "Give the legal basis and the reason.")
	}
	return Pass
}
