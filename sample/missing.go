package sample

import (
	"strings"
	"sync"

	"leds.internal/ledsq/record"
)

// scene is the kind of a missing-person episode.
type scene uint8

const (
	childHome scene = iota
	childCare
	adultHome
	oldCare
	ward
	scenes
)

// sceneShares is the part of episodes of each kind: children make up about two
// in three of the episodes that police forces report to the UK Missing Persons
// Unit, and many of those go missing from care.
var sceneShares = [scenes]float64{0.30, 0.31, 0.27, 0.06, 0.06}

var sceneNames = [scenes]string{"child", "care", "adult", "old", "hosp"}

// episode is one made-up episode: the truth that records are made from.
type episode struct {
	key       uint64
	scene     scene
	person    person
	personID  string // of the person's record in a run of persons, "" if none
	vehicleID string // of the vehicle used, in a run of vehicles
	mark      string
	since     minute
	level     string
	open      bool
	lasted    minute
	before    int // earlier episodes
}

var (
	she = strings.NewReplacer("{s}", "she", "{S}", "She", "{o}", "her")
	he  = strings.NewReplacer("{s}", "he", "{S}", "He", "{o}", "him")
)

// phrases are the words that episodes quote, by kind; accounts of what happened
// also with their pronouns filled in.
var phrases = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, f := range []string{"circumstances.txt", "rationales.txt", "missing.txt"} {
		for _, line := range lines(f) {
			k, words, _ := strings.Cut(line, "|")
			out[k] = append(out[k], words)
			if f == "circumstances.txt" {
				out[k+" he"], out[k+" she"] = append(out[k+" he"], he.Replace(words)), append(out[k+" she"], she.Replace(words))
			}
		}
	}
	for _, s := range sceneNames { // where people of any scene are seen
		out[s+" seen"] = append(out[s+" seen"], out["seen"]...)
	}
	return out
})

var levels = [scenes][]string{{"medium", "low", "medium", "medium"}, {"medium", "medium", "low"}, {"low", "medium", "high", "low", "very-low"}, {"high", "medium"}, {"medium", "high"}}

// register holds the runs an episode refers to.
type register struct{ people, fleet *layout }

// episodeOf makes the episode of an entity. Members of a household after the
// first are the same person missing again, or a twin missing with the first.
func episodeOf(c *cell, e int, at moment, reg *register) episode {
	first := int(c.first[e])
	ep := newEpisode(key(c.key, uint64(first)+1), c, first, at, reg)
	m := int(c.member[e])
	if m == 0 {
		return ep
	}
	r := streamOf(ep.key, 100+uint64(m))
	again := ep
	again.key = r.next()
	switch c.shape[e] {
	case twins:
		again.person = relative(&ep.person, twins, again.key, at.day, ageClass(ep.scene))
		again.person.homes, again.person.nHomes = ep.person.homes, ep.person.nHomes
		again.personID, again.vehicleID, again.mark = "", "", ""
		again.since += minute(r.between(-5, 5))
	case couple, siblings, parent:
		again.before = m
		again.since += minute(m)*41*day + minute(r.between(30, 900))
		again.lasted = lasting(&r)
		again.vehicleID, again.mark = "", ""
	default:
		return newEpisode(again.key, c, e, at, reg)
	}
	return again
}

func ageClass(s scene) age {
	switch s {
	case childHome, childCare:
		return child
	case oldCare:
		return old
	}
	return adult
}

// lasting draws how long somebody stays missing: most are back within two days.
func lasting(r *stream) minute {
	return minute([]int{6, 9, 14, 18, 26, 31, 40, 52, 66}[r.below(9)])*hour + minute(r.below(55))
}

func newEpisode(k uint64, c *cell, e int, at moment, reg *register) episode {
	r := streamOf(k, 0)
	ep := episode{key: k, scene: scene(choose(&r, sceneShares[:]))}
	alone := c.shape[e] == single
	ep.open = alone && r.chance(0.08)
	if ep.scene == adultHome && r.chance(0.5) {
		ep.known(&r, c, e, at, reg)
	}
	if ep.person.heritage == nil {
		ep.person = newPerson(key(k, 1), at.day, ageClass(ep.scene), single)
	}
	p := &ep.person
	if ep.scene <= childCare {
		p.known, p.maiden = false, ""
	}
	p.homes[0].from = min(p.homes[0].from, at.day-300)
	ep.level = pick(&r, levels[ep.scene])
	ep.lasted = lasting(&r)
	ep.since = at.now - minute(r.between(150, 300))*day + minute(r.between(-700, 700))
	if alone && !ep.open {
		ep.since = at.now - minute(r.between(12, 330))*day + minute(r.between(-700, 700))
	}
	if ep.open {
		// An open episode of clean data is one reviewed the evening before, of a
		// level whose next review isn't due on the reference date.
		ep.level = "low"
		u := r.unit()
		ep.since = at.now - minute(5+int(u*u*150))*day + minute(r.between(-600, 600))
	}
	return ep
}

// known links the episode to an adult of the population and, now and then, to
// the vehicle they keep.
func (ep *episode) known(r *stream, c *cell, e int, at moment, reg *register) {
	if reg == nil || c.number*cellSize >= reg.people.n {
		return
	}
	homes := reg.people.cell(c.number)
	k := e % homes.entities
	p := personOf(&homes, k, at.day, anyAge)
	if years := ageOn(p.born, at.day); p.died != 0 || years < 19 || years > 68 {
		return
	}
	ep.person, ep.personID = p, recordID('P', reg.people.order.place(c.number*cellSize+k))
	if !r.chance(0.3) {
		return
	}
	garage := reg.fleet.cell(c.number)
	if k >= garage.entities {
		return
	}
	if v := vehicleOf(&garage, k, at, reg.people); v.keeper.key == p.key && v.registered < at.day-400 {
		ep.vehicleID, ep.mark = recordID('V', reg.fleet.order.place(c.number*cellSize+k)), v.mark
	}
}

// missingSources are the systems episodes come from.
var missingSources = []source{
	{name: "COMPACT", prefix: "CO", sex: [2]string{"M", "F"}},
	{name: "MISPER-WEB", prefix: "MW", sex: [2]string{"Male", "Female"}},
	{name: "RMS-MISPER", prefix: "RM", sex: [2]string{"M", "F"}, date: slashDate, upper: surnameUpper},
	{name: "CYMRU-MISPER", prefix: "CM", sex: [2]string{"M", "F"}},
	{name: "NI-MISPER", prefix: "NM", sex: [2]string{"1", "2"}, date: dotDate},
	{name: "SCOT-MISPER", prefix: "SM", sex: [2]string{"M", "F"}, tight: true},
}

// missingSource draws the system and the place of the force: for a further
// record another force's, where the person was seen or is placed.
func missingSource(r *stream, ep *episode, copyNo int) (*source, *place) {
	at := ep.person.homes[0].at
	if copyNo > 0 {
		at = pick(r, places().any)
	}
	switch at.nation {
	case "W":
		return &missingSources[3], at
	case "N":
		return &missingSources[4], at
	case "S":
		return &missingSources[5], at
	}
	return &missingSources[r.below(3)], at
}

// factorKeys are the questions of the risk assessment.
var factorKeys = []string{"suicideOrSelfHarm", "abductionOrSeriousCrime", "essentialMedication", "dementia", "sexualExploitation", "forcedMarriageOrHonour", "youngChildAlone"}

func (ep *episode) factors(m map[string]record.Tri) map[string]record.Tri {
	if m == nil {
		m = make(map[string]record.Tri, len(factorKeys))
	}
	for _, k := range factorKeys {
		m[k] = record.No
	}
	if ep.level == "medium" || ep.level == "high" {
		switch {
		case ep.scene == oldCare:
			m["dementia"] = record.Yes
		case ep.scene == ward:
			m["essentialMedication"] = record.Yes
		case ep.scene == adultHome && ep.level == "high":
			m["suicideOrSelfHarm"] = record.Yes
		}
	}
	return m
}
