package dedupe

import (
	"slices"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// missingPreset compares episodes: the person as in personPreset, and when and
// where they went missing, since one person may be missing many times.
func missingPreset() preset {
	of := func(f func(*record.MissingPerson) string) func(record.Record) string {
		return func(r record.Record) string { return f(r.(*record.MissingPerson)) }
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
		attribute{"missing since", of(func(m *record.MissingPerson) string { return day(m.MissingSince, m.LastSeenAt, m.ReportedAt) }), ""},
		attribute{"last seen", of(func(m *record.MissingPerson) string { return normalise.Fold(m.LastSeenPlace) }), ""},
		attribute{"episode", of(func(m *record.MissingPerson) string { return normalise.Fold(m.EpisodeRef) }), ""},
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

// day gives the day of the first timestamp that has one.
func day(times ...record.Timestamp) string {
	for _, t := range times {
		if len(t) >= 10 && record.Date(t[:10]).Known() {
			return string(t[:10])
		}
	}
	return ""
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
