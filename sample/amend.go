package sample

import (
	"context"
	"fmt"
	"slices"

	"leds.internal/ledsq/record"
)

// Amended is a record before and after one amendment, with what was done. The
// amendment itself is the last of After's list.
type Amended struct {
	Before, After record.Record
	Type          string // name of an AmendmentType
	Flag          bool   // whether a check of the amendment should object
	Rule          string // the rule that should, "" for a good amendment
}

// AmendmentType is one way of amending a record. Types are values in a table:
// see AmendmentTypes.
type AmendmentType struct {
	Name  string
	Doc   string
	Kinds []record.Kind
	Flag  bool
	Rule  string // id of the rule that should object

	reason, source, kind string
	apply                func(*amender) bool // false where the record doesn't lend itself to it
}

// AmendmentTypes gives the table of good and bad amendments. The caller must
// not change it.
func AmendmentTypes() []AmendmentType { return amendmentTypes() }

// amender makes one pair. before and after are the same record until apply
// changes one or both: what has to be so for the amendment to make sense, and
// what the amendment does.
type amender struct {
	r             stream
	before, after record.Record
	person        *person
	car           *vehicle
	src           *source
	at            moment
	mine          record.Amendment
	later         minute // when the amendment is made
}

// both applies a change to both sides: the state the amendment starts from.
func (a *amender) both(change func(record.Record)) {
	change(a.before)
	change(a.after)
}

func (a *amender) was() *record.Person    { return record.PersonOf(a.before) }
func (a *amender) now() *record.Person    { return record.PersonOf(a.after) }
func (a *amender) head() *record.Envelope { return a.after.Head() }

// goodShare is the part of amendments with which nothing is wrong.
const goodShare = 0.5

// GenerateAmendments makes Options.N pairs of a record before and after an
// amendment, half of them good, and gives each to sink, in order. The records
// are clean apart from the amendment; Options.Profile and Duplicates are not
// used. Types are drawn evenly from those the record lends itself to.
func GenerateAmendments(ctx context.Context, o Options, sink func(Amended) error) error {
	o.Profile, o.Duplicates = Profile{}, -1
	g, err := newRun(o)
	if err != nil {
		return err
	}
	var good, bad []*AmendmentType
	types := amendmentTypes()
	for i := range types {
		switch t := &types[i]; {
		case !slices.Contains(t.Kinds, o.Kind):
		case t.Flag:
			bad = append(bad, t)
		default:
			good = append(good, t)
		}
	}
	return inOrder(ctx, g.o.N, g.o.Jobs, func(from, to int) []Amended {
		var out []Amended
		for i := from; i < to; i++ {
			out = append(out, g.amend(i, good, bad))
		}
		return out
	}, func(made []Amended) error {
		for _, m := range made {
			if err := sink(m); err != nil {
				return fmt.Errorf("sample: amendments of %s: %w", o.Kind, err)
			}
		}
		return nil
	})
}

// amend makes the pair at a place: types are tried until one fits.
func (g *run) amend(place int, good, bad []*AmendmentType) Amended {
	r := streamOf(key(g.layout.key, tagAmendments), uint64(place))
	types := bad
	if r.chance(goodShare) {
		types = good
	}
	for {
		t := pick(&r, types)
		a := g.amender(place, streamOf(r.next(), 0))
		if !t.apply(a) {
			continue
		}
		a.finish(t)
		return Amended{a.before, a.after, t.Name, t.Flag, t.Rule}
	}
}

// amender makes the record at a place twice, at version 3, last touched a week
// before the reference date.
func (g *run) amender(place int, r stream) *amender {
	number := g.layout.order.at(place)
	c := g.layout.cell(number / cellSize)
	e := int(c.of[number%cellSize])
	a := &amender{r: r, at: g.at, later: g.at.now - minute(r.between(1, 9))*hour}
	fresh := func() record.Record {
		switch g.o.Kind {
		case record.KindPerson:
			who, rec := personOf(&c, e, g.at.day, anyAge), new(record.Person)
			a.person, a.src = &who, personRecord(&who, 0, g.at, rec)
			return rec
		case record.KindVehicle:
			car, rec := vehicleOf(&c, e, g.at, g.reg.people), new(record.Vehicle)
			a.person, a.car, a.src = &car.keeper, &car, vehicleRecord(&car, 0, g.at, rec)
			return rec
		}
		ep, rec := episodeOf(&c, e, g.at, &g.reg), new(record.MissingPerson)
		a.person, a.src = &ep.person, missingRecord(&ep, 0, g.at, rec)
		return rec
	}
	a.before, a.after = fresh(), fresh()
	touched := (g.at.now - 7*day).stamp()
	a.both(func(r record.Record) {
		h := r.Head()
		h.ID, h.Version = recordID(g.prefix, place), "3"
		if h.ModifiedAt == "" {
			h.ModifiedAt, h.ModifiedBy = touched, "2204"
		}
	})
	a.mine = record.Amendment{At: a.later.stamp(), By: "3317", BaseVersion: "3"}
	return a
}

// finish writes the amendment down on the record after.
func (a *amender) finish(t *AmendmentType) {
	h := a.head()
	if t.Name != "version-kept" {
		h.Version = "4"
	}
	for _, d := range record.Diff(a.before, a.after) {
		if len(a.mine.Fields) < 4 && d.Name != "version" {
			a.mine.Fields = append(a.mine.Fields, d.Name)
		}
	}
	h.ModifiedAt, h.ModifiedBy = a.mine.At, a.mine.By
	if t.reason != "-" {
		a.mine.Reason, a.mine.Source = t.reason, t.source
	}
	if a.mine.Type = t.kind; t.kind == "" {
		a.mine.Type = "update"
	}
	h.Amendments = append(h.Amendments, a.mine)
}
