package quality

import "leds.internal/ledsq/record"

func missingContactRules() []Rule {
	return []Rule{
		{
			ID: "missing/contact-elsewhere", Title: "Met by others while missing",
			Why:    "People have been spoken to by one force on the day another was told they were missing: whoever met them may know where they are, and did not know that they were looked for.",
			Source: "the case of Owami Davies as published; the rule is a judgement",
			Kinds:  episodes, Principles: atValidate, Dimension: Consistency, Severity: Error,
			ActsOn: []string{"link1.id"}, Consults: []string{"link1.kind", "link1.from", "missingSince", "lastSeenAt", "foundAt", "status"}, Since: version1, Check: contactElsewhere,
			Pass: Example{Record: `{"missingSince":"2026-11-20T20:00:00Z","links":[{"kind":"incident","id":"I1","from":"2026-11-21"}]}`},
			Fail: Example{Record: `{"missingSince":"2026-11-20T20:00:00Z","links":[{"kind":"custody","id":"C1","from":"2026-11-21"}]}`},
		},
	}
}

// Meeting says that a link of this kind leads to an event at which somebody met
// the person.
func Meeting(kind string) bool {
	return oneOf(kind, "custody", "arrest", "hospital", "stop-search", "sighting")
}

// contactElsewhere reads the links of an open episode. A crime is no contact: it
// may be the one that the person is feared to have met with. What other
// episodes of the person hold is told when a whole set is validated; records of
// other kinds are beyond it.
func contactElsewhere(c *Ctx) Outcome {
	m := c.missing
	since, ok := when(m.MissingSince)
	if !ok {
		since, ok = when(m.LastSeenAt)
	}
	if !ok || !c.openEpisode() || len(c.head.Links) == 0 {
		return NotApplicable
	}
	for i := range c.head.Links {
		l := &c.head.Links[i]
		if !Meeting(l.Kind) {
			continue
		}
		if met, ok := when(record.Timestamp(l.From)); ok && since.before(met) {
			c.Fail(item("link", i, "id"), "the person is still missing on this record, and linked to an event of later date at which somebody met them", "Ask whoever met them today, and amend or close the episode.")
		}
	}
	return c.Done()
}
