package dedupe

import (
	"slices"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// missingPreset compares episodes: the person as in personPreset, and when and
// where they went missing, since one person may be missing many times.
func missingPreset() preset {
	about := func(form former, text func(*record.MissingPerson) string) func([]byte, record.Record) []byte {
		return func(b []byte, r record.Record) []byte { return form(b, text(r.(*record.MissingPerson))) }
	}
	p := personPreset()
	p.apart = func(comparisons []comparison, p pattern) string {
		switch why := personsApart(comparisons, p); {
		case levelOf(comparisons, p, "episode") == 1:
			return ""
		case why == mayBeTwins: // they go missing together
			return why
		case levelOf(comparisons, p, "missing since") == episodeElsewhen:
			return "may be another episode of the same person"
		}
		return ""
	}
	p.people = false
	p.rival = "may be another episode of the same person"
	for i := range p.comparisons {
		p.comparisons[i].shared = true
	}
	p.attributes = append(p.attributes,
		attribute{"missing since", func(b []byte, r record.Record) []byte {
			m, from := r.(*record.MissingPerson), len(b)
			for _, t := range [...]record.Timestamp{m.MissingSince, m.LastSeenAt, m.ReportedAt} {
				if b = dayOfTime(b, string(t)); len(b) > from {
					break
				}
			}
			return b
		}, "", in(dayOfTime, "missingSince", "lastSeenAt", "reportedAt")},
		attribute{"last seen", about(normalise.AppendFold, func(m *record.MissingPerson) string { return m.LastSeenPlace }), "", in(normalise.AppendFold, "lastSeenPlace")},
		attribute{"episode", about(normalise.AppendFold, func(m *record.MissingPerson) string { return m.EpisodeRef }), "", in(normalise.AppendFold, "episodeRef")},
	)
	p.comparisons = slices.Insert(p.comparisons, 4,
		comparison{name: "missing since", most: 0.05, chance: 0.002, uses: []string{"missing since"}, compare: onColumn(gradeEpisodeDays), levels: []level{
			{name: "missing since the same day", column: "missing since", share: 1}, {name: "missing since the day before or after"},
			{name: "missing within a week of each other"}, {name: "missing at another time"}}},
		comparison{name: "last seen", chance: 0.001, uses: []string{"last seen"}, levels: []level{{name: "last seen at the same place", column: "last seen", share: 1},
			{name: "last seen at places alike"}, {name: "last seen elsewhere"}},
			compare: onColumn(gradePlaces)},
		comparison{name: "episode", chance: 0.000001, uses: []string{"episode"}, compare: onColumn(gradeUnlike), levels: []level{
			{name: "same episode reference", column: "episode", share: 1}, {name: "episode references differ"}}},
	)
	p.atoms = append(p.atoms, atom{"missing since", "missing since", false, value}, atom{"episode", "episode", false, value})
	return p
}

// dayOfTime is the day of a timestamp that has one.
func dayOfTime(b []byte, t string) []byte {
	if len(t) < 10 {
		return b
	}
	return knownDate(b, t[:10])
}

// gradePlaces compares places said in words.
func gradePlaces(a, b form) uint8 {
	if gradeLines(a, b) <= alike {
		return 2
	}
	return 3
}

// episodeElsewhen is the level of episodes more than a week apart.
const episodeElsewhen = 4

// gradeEpisodeDays compares the days on which people went missing.
func gradeEpisodeDays(a, b form) uint8 {
	d, e := a.day().from, b.day().from
	switch apart := max(d-e, e-d); {
	case apart <= 1:
		return 2
	case apart <= 7:
		return 3
	}
	return episodeElsewhen
}
