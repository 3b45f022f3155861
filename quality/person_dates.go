package quality

import (
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

func birthRules() []Rule {
	return []Rule{
		{
			ID: "person/dob-future", Title: "Born in the future, or on the day of entry",
			Why:    "Nobody is born after the record is made; the day of entry in the date of birth is a slip of the form.",
			Source: "POLE dictionary, DS_034 rules 1 and 2; the exception for infants is a judgement", POLE: "DS_034",
			Kinds: people, Principles: throughout, Dimension: Validity, Severity: Error,
			ActsOn: []string{"dateOfBirth"}, Consults: []string{"createdAt", "role", "age"}, Since: version1, Check: dobFuture, asks: ofValues,
			Pass: Example{Record: `{"dateOfBirth":"1980-06-15"}`},
			Fail: Example{Record: `{"dateOfBirth":"2031-06-15"}`},
		},
		{
			ID: "person/dob-over-120", Title: "Older than 120",
			Why:    "Nobody in Britain is known to have lived so long: the century or the year is wrong.",
			Source: "POLE dictionary, DS_034 rule 4", POLE: "DS_034",
			Kinds: people, Principles: throughout, Dimension: Accuracy, Severity: Error,
			ActsOn: []string{"dateOfBirth"}, Consults: []string{"dateOfDeath"}, Since: version1, Check: dobOver120, asks: ofValues,
			Params: []Param{{"age", Years, 120, "greatest age believed"}},
			Pass:   Example{Record: `{"dateOfBirth":"1930-06-15"}`},
			Fail:   Example{Record: `{"dateOfBirth":"1830-06-15"}`},
		},
		{
			ID: "person/dob-equals-event", Title: "Date of birth is the date of an event",
			Why:    "The date of an arrest, offence or report typed into the date of birth is a known slip.",
			Source: "POLE dictionary, section 1.4, names this mistake", POLE: "1.4",
			Kinds: people, Principles: throughout, Dimension: Accuracy, Severity: Error,
			ActsOn: []string{"dateOfBirth"}, Consults: []string{"process1.arrestAt", "process1.offence1.start", "createdAt", "reportedAt", "role", "age"}, Since: version1, Check: dobEqualsEvent, asks: ofValues,
			Pass: Example{Record: `{"dateOfBirth":"1980-06-15","processes":[{"arrestAt":"2026-10-01T09:00:00Z"}]}`},
			Fail: Example{Record: `{"dateOfBirth":"2026-10-01","processes":[{"arrestAt":"2026-10-01T09:00:00Z"}]}`},
		},
		{
			ID: "person/dob-placeholder", Title: "Date of birth that systems fill in",
			Why:    "1900-01-01 and 1970-01-01 stand in many systems where none is known; 1 January is given where only the year is.",
			Source: "HMPPS person-match removes these dates; the note on 1 January is a judgement",
			Kinds:  people, Principles: throughout, Dimension: Accuracy, Severity: Warning,
			ActsOn: []string{"dateOfBirth"}, Consults: []string{"dobPrecision"}, Since: version1, Check: dobPlaceholder, asks: ofValues,
			Pass: Example{Record: `{"dateOfBirth":"1980-06-15"}`},
			Fail: Example{Record: `{"dateOfBirth":"1970-01-01"}`},
		},
		{
			ID: "person/age-dob-mismatch", Title: "Age and date of birth disagree",
			Why:    "One of the two is wrong, and both are searched by.",
			Source: "POLE dictionary, P_001 rule 4; the tolerance is a judgement", POLE: "P_001",
			Kinds: people, Principles: throughout, Dimension: Consistency, Severity: Error,
			ActsOn: []string{"age"}, Consults: []string{"dateOfBirth", "ageAsOf", "createdAt"}, Since: version1, Check: ageMismatch, asks: notOfLists,
			Params: []Param{{"error", Years, 2, "difference that makes it an error rather than a warning"}},
			Pass:   Example{Record: `{"dateOfBirth":"1980-06-15","age":46,"ageAsOf":"2026-11-20"}`},
			Fail:   Example{Record: `{"dateOfBirth":"1980-06-15","age":36,"ageAsOf":"2026-11-20"}`},
		},
		{
			ID: "person/death-before-birth", Title: "Died before birth, or in the future",
			Why:    "One of the dates is wrong; a person wrongly recorded as dead is not looked for.",
			Source: "POLE dictionary, DS_034 rule 3 and DS_076 rules 4 and 5", POLE: "DS_076",
			Kinds: people, Principles: throughout, Dimension: Consistency, Severity: Error,
			ActsOn: []string{"dateOfDeath"}, Consults: []string{"dateOfBirth"}, Since: version1, Check: deathBeforeBirth, asks: notOfLists,
			Pass: Example{Record: `{"dateOfBirth":"1930-06-15","dateOfDeath":"2020-01-05"}`},
			Fail: Example{Record: `{"dateOfBirth":"1930-06-15","dateOfDeath":"1920-01-05"}`},
		},
		{
			ID: "person/under-criminal-age", Title: "Suspect below the age of criminal responsibility",
			Why:    "A child under 10 (12 in Scotland) cannot be guilty of an offence. Such a record may be lawful, but needs a reason.",
			Source: "Children and Young Persons Act 1933, section 50; Age of Criminal Responsibility (Scotland) Act 2019",
			Kinds:  persons, Principles: throughout, Dimension: Consistency, Severity: Warning,
			ActsOn: []string{"category"}, Consults: []string{"dateOfBirth", "process1.offence1.start", "process1.arrestAt", "role"}, Since: version1, Check: underCriminalAge, asks: notOfLists,
			Params: []Param{{"age", Years, 10, "age of criminal responsibility: 12 in Scotland"}},
			Pass:   Example{Record: `{"dataSubjectCategory":["suspect"],"dateOfBirth":"2010-06-15","processes":[{"arrestAt":"2026-10-01T09:00:00Z"}]}`},
			Fail:   Example{Record: `{"dataSubjectCategory":["suspect"],"dateOfBirth":"2018-06-15","processes":[{"arrestAt":"2026-10-01T09:00:00Z"}]}`},
		},
	}
}

func dobFuture(c *Ctx) Outcome {
	p := c.person
	if p.DateOfBirth == "" {
		return NotApplicable
	}
	if c.now.IsZero() {
		return c.noDate()
	}
	ch, _ := c.Change("dateOfBirth")
	from, to, ok := p.DateOfBirth.Interval()
	switch {
	case ok && from > c.today, ch.Class == "future":
		return c.Fail("dateOfBirth", "the date of birth lies in the future", "Check year and century against the source.")
	case !ok:
		return NotApplicable
	}
	if from == to && !c.created.IsZero() && from == record.DayAt(c.created) && !newborn(p) {
		return c.Fail("dateOfBirth", "the date of birth is the day on which the record was made", "Correct it; for a newborn child state the age as 0.")
	}
	return Pass
}

// newborn says that the record itself states that the person was just born.
func newborn(p *record.Person) bool {
	age, stated := p.Age.Int()
	return stated && age == 0 || anyIs(p.Roles, "unborn", "newborn")
}

func dobOver120(c *Ctx) Outcome {
	_, to, ok := c.person.DateOfBirth.Interval()
	if !ok {
		return NotApplicable
	}
	on := c.today
	if _, died, ok := c.person.DateOfDeath.Interval(); ok {
		on = died
	} else if c.now.IsZero() {
		return c.noDate()
	}
	if float64(to.AgeOn(on)) > c.Param("age") {
		return c.Fail("dateOfBirth", "the date of birth makes an age that nobody reaches", "Check year and century against the source.")
	}
	return Pass
}

func dobEqualsEvent(c *Ctx) Outcome {
	p := c.person
	if !p.DateOfBirth.Exact() {
		return NotApplicable
	}
	born, _, _ := p.DateOfBirth.Interval()
	same := func(t record.Timestamp) bool {
		if len(t) < 10 {
			return false
		}
		from, to, ok := record.Date(t[:10]).Interval()
		return ok && from == to && from == born
	}
	const fix = "Look up the date of birth and correct it."
	for i := range p.Processes {
		if same(p.Processes[i].ArrestAt) {
			return c.Fail("dateOfBirth", "the date of birth is the date of an arrest on the same record", fix)
		}
		for j := range p.Processes[i].Offences {
			if same(p.Processes[i].Offences[j].Start) {
				return c.Fail("dateOfBirth", "the date of birth is the date of an offence on the same record", fix)
			}
		}
	}
	if c.missing != nil && (same(c.missing.ReportedAt) || same(c.missing.MissingSince)) {
		return c.FailAs(Warning, "dateOfBirth", "the date of birth is the date of the report", fix)
	}
	if same(c.head.CreatedAt) && !newborn(p) {
		return c.FailAs(Warning, "dateOfBirth", "the date of birth is the day on which the record was made", fix)
	}
	return Pass
}

func dobPlaceholder(c *Ctx) Outcome {
	p := c.person
	ch, _ := c.Change("dateOfBirth")
	switch {
	case ch.Status == normalise.Placeholder, filledIn(p.DateOfBirth), ch.Rule == "dob/system-default":
		return c.Fail("dateOfBirth", "the date is one that systems put where none is known", "Leave it blank, or confirm it from a document.")
	case p.DateOfBirth == "":
		return NotApplicable
	case newYear(p.DateOfBirth) && p.DOBPrecision == "":
		return c.FailAs(Info, "dateOfBirth", "1 January is often given where only the year is known", "State the precision of the date, or give the year alone.")
	}
	return Pass
}

// filledIn knows the days that systems put where none is known.
func filledIn(d record.Date) bool { return d == "1900-01-01" || d == "1970-01-01" }

// newYear says that a day is a 1 January.
func newYear(d record.Date) bool { return len(d) == 10 && d[4:] == "-01-01" }

func ageMismatch(c *Ctx) Outcome {
	p := c.person
	stated, ok := p.Age.Int()
	if !ok || !p.DateOfBirth.Known() {
		return NotApplicable
	}
	_, on, ok := p.AgeAsOf.Interval()
	switch {
	case ok:
	case !c.created.IsZero():
		on = record.DayAt(c.created)
	case c.now.IsZero():
		return c.CannotTell("age", "it is not said on which day the age was given")
	default: // no age was ever greater than it is now; a smaller one may have been right
		least, most, _ := p.DateOfBirth.AgeOn(c.today)
		if stated < least {
			return c.CannotTell("age", "it is not said on which day the age was given")
		} else if stated <= most {
			return Pass
		}
		on = c.today
	}
	least, most, _ := p.DateOfBirth.AgeOn(on)
	off := max(least-stated, stated-most)
	if off <= 0 {
		return Pass
	}
	s := Warning
	if off >= int(c.Param("error")) {
		s = Error
	}
	return c.FailAs(s, "age", "the age stated is not the one that the date of birth gives", "Correct whichever is wrong; where the date of birth is certain, the age may be left out.")
}

func deathBeforeBirth(c *Ctx) Outcome {
	p := c.person
	if !p.DateOfDeath.Known() {
		return NotApplicable
	}
	if p.DateOfDeath.Before(p.DateOfBirth) {
		c.Fail("dateOfDeath", "the date of death is before the date of birth", "Correct whichever is wrong.")
	}
	if from, _, ok := p.DateOfDeath.Interval(); ok && !c.now.IsZero() && from > c.today {
		c.Fail("dateOfDeath", "the date of death lies in the future", "Correct it.")
	}
	return c.Done()
}

func underCriminalAge(c *Ctx) Outcome {
	p := c.person
	if !anyIs(p.Categories, "suspect", "convicted", "offender") && !anyIs(p.Roles, "offender", "known-suspect", "suspect") {
		return NotApplicable
	}
	limit := int(c.Param("age"))
	young := func(t record.Timestamp) bool {
		s, ok := when(t)
		if !ok {
			return false
		}
		_, most, ok := p.DateOfBirth.AgeOn(record.Day(s.to / 86400))
		return ok && most < limit
	}
	for i := range p.Processes {
		early := young(p.Processes[i].ArrestAt)
		for j := range p.Processes[i].Offences {
			early = early || young(p.Processes[i].Offences[j].Start)
		}
		if early {
			return c.Fail("category", "the person was below the age of criminal responsibility", "Check the date of birth; if it is right, record why the child is held as a suspect.")
		}
	}
	if _, most, ok := p.DateOfBirth.AgeOn(c.today); ok && !c.now.IsZero() && most < limit {
		return c.Fail("category", "the person is below the age of criminal responsibility", "Check the date of birth; if it is right, record why the child is held as a suspect.")
	}
	return Pass
}
