package quality

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func processRules() []Rule {
	return []Rule{
		{
			ID: "person/process-dates-order", Title: "Arrest, offence and result out of order",
			Why:    "Nobody is arrested before the offence or before being born; a date out of order belongs to another case or was mistyped.",
			Source: "POLE dictionary; Bichard 7 exceptions HO100305 and following; the pairs are a judgement", POLE: "E_001",
			Kinds: persons, Principles: throughout, Dimension: Consistency, Severity: Error,
			ActsOn:   []string{"process1.arrestAt", "process1.offence1.start", "process1.offence1.end", "process1.resultReceivedAt", "process1.resultEnteredAt"},
			Consults: []string{"dateOfBirth"}, Since: version1, Check: processOrder, asks: notOfLists,
			Pass: Example{Record: `{"processes":[{"arrestAt":"2026-10-02T09:00:00Z","offences":[{"start":"2026-10-01T22:00:00Z"}]}]}`},
			Fail: Example{Record: `{"processes":[{"arrestAt":"2026-10-02T09:00:00Z","offences":[{"start":"2026-10-05T22:00:00Z"}]}]}`},
		},
		{
			ID: "person/next-appearance-missing", Title: "On bail to no date or court",
			Why:    "A person on bail or postal requisition must appear; without date and court nobody can say whether they did.",
			Source: "LEDS API client schemas (next appearance); Bichard 7 exceptions HO100322 and HO100323",
			Kinds:  persons, Principles: throughout, Dimension: Completeness, Severity: Error,
			ActsOn: []string{"process1.nextAppearance", "process1.nextCourt"}, Consults: []string{"process1.result"}, Since: version1, Check: nextAppearance, asks: notOfLists,
			Pass: Example{Record: `{"processes":[{"result":"remanded-on-bail","nextAppearance":"2026-12-10","nextCourt":"Example Magistrates' Court"}]}`},
			Fail: Example{Record: `{"processes":[{"result":"remanded-on-bail"}]}`},
		},
		{
			ID: "person/process-entered-late", Title: "Arrest or result entered late",
			Why:    "Until it is entered no other force can see it.",
			Source: "PNC Code of Practice (2005): arrests in 24 hours, all in 3 days, results in 7 days; historic, and still the only published targets",
			Kinds:  persons, Principles: throughout, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"createdAt", "process1.resultEnteredAt"}, Consults: []string{"process1.arrestAt", "process1.resultReceivedAt"}, Since: version1, Check: processLate, asks: notOfLists,
			Params: []Param{{"arrest", Hours, 24, "time to enter an arrest"}, {"arrest-error", Hours, 72, "delay that makes it an error"}, {"result", Days, 7, "time to enter a result"}},
			Pass:   Example{Record: `{"createdAt":"2026-10-02T12:00:00Z","processes":[{"arrestAt":"2026-10-02T09:00:00Z"}]}`},
			Fail:   Example{Record: `{"createdAt":"2026-10-04T12:00:00Z","processes":[{"arrestAt":"2026-10-02T09:00:00Z"}]}`},
		},
		{
			ID: "person/impending-stale", Title: "Prosecution open for long",
			Why:    "An impending prosecution that was never finished still counts against the person at every check.",
			Source: "national target quoted by the Metropolitan Police Authority (2002): none over 12 months without enquiry",
			Kinds:  persons, Principles: atValidate, Dimension: Timeliness, Severity: Warning,
			ActsOn: []string{"process1.result"}, Consults: []string{"process1.arrestAt", "process1.nextAppearance", "amendment1.at", "amendment1.field1"}, Since: version1, Check: impendingStale, asks: notOfLists,
			Params: []Param{{"limit", Months, 12, "time after which an open prosecution is looked into"}},
			Pass:   Example{Record: `{"processes":[{"arrestAt":"2026-10-02T09:00:00Z"}]}`},
			Fail:   Example{Record: `{"processes":[{"arrestAt":"2024-10-02T09:00:00Z"}]}`},
		},
		{
			ID: "person/leds-field-limits", Title: "Field the national service would refuse",
			Why:    "A court case reference or offence code of another form is refused when the result is sent.",
			Source: "LEDS API client schemas; Bichard 7 exceptions HO200200 to HO200204",
			Kinds:  persons, Principles: atCreate, Dimension: Validity, Severity: Error,
			ActsOn: []string{"process1.courtCaseReference", "process1.offence1.code", "process1.nextCourt"}, Since: version1, Check: ledsLimits, asks: notOfLists,
			Params: []Param{{"court", Characters, 71, "longest name of a court"}},
			Pass:   Example{Record: `{"processes":[{"courtCaseReference":"97/1626/008395Q","offences":[{"code":"TH68006"}]}]}`},
			Fail:   Example{Record: `{"processes":[{"courtCaseReference":"1626-8395"}]}`},
		},
	}
}

func offenceLeaf(i, j int, leaf string) string {
	return item("process", i, "offence"+strconv.Itoa(j+1)+"."+leaf)
}

func processOrder(c *Ctx) Outcome {
	p := c.person
	if len(p.Processes) == 0 {
		return NotApplicable
	}
	now := exactly(c.now)
	future := func(s span, ok bool, field string) {
		if ok && !c.now.IsZero() && now.before(s) {
			c.Fail(field, "the date lies in the future", "Correct it.")
		}
	}
	born, hasBorn := dateSpan(p.DateOfBirth)
	for i := range p.Processes {
		q := &p.Processes[i]
		arrest, okA := when(q.ArrestAt)
		future(arrest, okA, item("process", i, "arrestAt"))
		if okA && hasBorn && arrest.before(born) {
			c.Fail(item("process", i, "arrestAt"), "the arrest is earlier than the person's birth", "Correct whichever date is wrong.")
		}
		for j := range q.Offences {
			start, okS := when(q.Offences[j].Start)
			end, okE := when(q.Offences[j].End)
			future(start, okS, offenceLeaf(i, j, "start"))
			if okS && okE && end.before(start) {
				c.Fail(offenceLeaf(i, j, "end"), "the offence ended before it began", "Correct whichever time is wrong.")
			}
			if okS && okA && arrest.before(start) {
				c.Fail(item("process", i, "arrestAt"), "the arrest is earlier than the offence", "Correct whichever time is wrong, or move the offence to its own process.")
			}
		}
		received, okR := when(q.ResultReceivedAt)
		entered, okE := when(q.ResultEnteredAt)
		if okR && okA && received.before(arrest) {
			c.Fail(item("process", i, "resultReceivedAt"), "the result is earlier than the arrest", "Correct whichever time is wrong.")
		}
		if okR && okE && entered.before(received) {
			c.Fail(item("process", i, "resultEnteredAt"), "the result was entered before it was received", "Correct whichever time is wrong.")
		}
	}
	return c.Done()
}

func nextAppearance(c *Ctx) Outcome {
	bailed := false
	for i := range c.person.Processes {
		q := &c.person.Processes[i]
		if !is(q.Result, "remanded-on-bail", "bail", "postal-requisition") {
			continue
		}
		bailed = true
		if q.NextAppearance == "" {
			c.Fail(item("process", i, "nextAppearance"), "no date of the next appearance is given", "Add date and court.")
		}
		if q.NextCourt == "" {
			c.Fail(item("process", i, "nextCourt"), "no court of the next appearance is given", "Add date and court.")
		}
	}
	if !bailed {
		return NotApplicable
	}
	return c.Done()
}

// processLate compares an arrest with the making of the record only while the
// record holds one process: a later arrest is added to a record long made.
func processLate(c *Ctx) Outcome {
	p := c.person
	known := false
	if len(p.Processes) == 1 && !c.created.IsZero() {
		if arrest, ok := when(p.Processes[0].ArrestAt); ok {
			known = true
			switch h := arrest.hoursTo(exactly(c.created)); {
			case h > c.Limit("arrest-error").Hours():
				c.FailAs(Error, "createdAt", "the arrest was entered later than any target allows", "Nothing can undo the delay; find out why it came about.")
			case h > c.Limit("arrest").Hours():
				c.Fail("createdAt", "the arrest was entered late", "Nothing can undo the delay; find out why it came about.")
			}
		}
	}
	for i := range p.Processes {
		received, ok1 := when(p.Processes[i].ResultReceivedAt)
		entered, ok2 := when(p.Processes[i].ResultEnteredAt)
		if ok1 && !ok2 && p.Processes[i].ResultEnteredAt == "" && !c.now.IsZero() {
			entered, ok2 = exactly(c.now), true
		}
		if ok1 && ok2 {
			known = true
			if received.hoursTo(entered) > c.Limit("result").Hours() {
				c.Fail(item("process", i, "resultEnteredAt"), "the result was entered late, or is still not entered", "Enter it, if that is still to be done.")
			}
		}
	}
	if !known {
		return NotApplicable
	}
	return c.Done()
}

func impendingStale(c *Ctx) Outcome {
	if len(c.person.Processes) == 0 {
		return NotApplicable
	}
	if c.now.IsZero() {
		return c.noDate()
	}
	since := c.now.AddDate(0, -int(c.Param("limit")), 0)
	if c.enquired(since) {
		return Pass
	}
	for i := range c.person.Processes {
		q := &c.person.Processes[i]
		arrest, ok := when(q.ArrestAt)
		if !ok || !impending(q) {
			continue
		}
		next, planned := dateSpan(q.NextAppearance)
		if arrest.before(exactly(since)) && !(planned && next.to >= c.now.Unix()-int64(24*time.Hour/time.Second)) {
			c.Fail(item("process", i, "result"), "the prosecution has been open for longer than the limit, with no result and no appearance to come", "Enquire of the court or the officer, and enter the result.")
		}
	}
	return c.Done()
}

// enquired says that somebody asked after a prosecution since. That the record
// still holds says nothing of it: an enquiry is an amendment of a process.
func (c *Ctx) enquired(since time.Time) bool {
	return slices.ContainsFunc(c.head.Amendments, func(a record.Amendment) bool {
		at, ok := when(a.At)
		return ok && at.from > since.Unix() && slices.ContainsFunc(a.Fields, func(f string) bool { return strings.HasPrefix(f, "process") })
	})
}

// impending says that a process has no result yet.
func impending(q *record.Process) bool {
	return q.Result.Value == "" || is(q.Result, "pending", "remanded-on-bail", "bail", "postal-requisition")
}

func ledsLimits(c *Ctx) Outcome {
	p := c.person
	if len(p.Processes) == 0 {
		return NotApplicable
	}
	c.ofType(record.TypeCourtRef, func(ch *normalise.Change) {
		if ch.Status == normalise.Invalid || ch.Status == normalise.Unknown {
			c.Fail(ch.Field, "not a court case reference: year, court, number and letter", "Correct it from the court's result.")
		}
	})
	for i := range p.Processes {
		q := &p.Processes[i]
		if float64(len([]rune(q.NextCourt))) > c.Param("court") {
			c.Fail(item("process", i, "nextCourt"), "the name of the court is longer than the national service takes", "Use its usual name.")
		}
		for j := range q.Offences {
			if n := len(q.Offences[j].Code.Value); n != 0 && n != 7 && n != 8 {
				c.Fail(offenceLeaf(i, j, "code"), "an offence code has seven characters, or eight with its qualifier", "Look the code up in the standard list of offences.")
			}
		}
	}
	return c.Done()
}
