package sample

import (
	"context"
	"fmt"
	"sync"

	"leds.internal/ledsq/record"
)

// Item is one record with the truth about it.
type Item struct {
	Record record.Record
	Entity string         // who or what it is about: the same for all records of one entity
	Errors []PlantedError // what is wrong with it, or differs from the present truth

	// Household is the same for entities that might be taken for each other, and
	// Relation says why: couple, siblings, parent (and child), twins, namesake
	// (father and son of one name) or stranger (one name, nothing else). Both are ""
	// for a person who has nobody such, and for other kinds than persons.
	Household, Relation string
}

// run is a set of options made ready.
type run struct {
	o      Options
	prefix byte
	layout layout
	reg    register
	rates  *rates
	at     moment
}

// prefixes begin the ids of records, by kind.
var prefixes = map[record.Kind]byte{record.KindPerson: 'P', record.KindVehicle: 'V', record.KindMissing: 'M'}

// tags of the layouts: persons, vehicles and episodes of one seed fit each other.
const (
	tagPersons = iota + 11
	tagVehicles
	tagMissing
	tagErrors
	tagAmendments
)

func newRun(o Options) (*run, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	o = o.Normal()
	g := &run{o: o, prefix: prefixes[o.Kind], rates: o.Profile.ratesOf(o.Kind)}
	g.at.now = minute(o.AsOf.Unix() / 60)
	g.at.day = g.at.now.dayOf()
	people, fleet := layoutOf(&o, tagPersons), layoutOf(&o, tagVehicles)
	g.reg = register{&people, &fleet}
	switch o.Kind {
	case record.KindPerson:
		g.layout = people
	case record.KindVehicle:
		g.layout = fleet
	default:
		g.layout = layoutOf(&o, tagMissing)
	}
	return g, nil
}

// scratch is a record of each kind to be written over, for those who look at a
// record once and let it go. Lists keep their room.
type scratch struct {
	person  *record.Person
	vehicle *record.Vehicle
	missing *record.MissingPerson
}

func newScratch(k record.Kind) *scratch {
	s := new(scratch)
	switch k {
	case record.KindPerson:
		s.person = new(record.Person)
	case record.KindVehicle:
		s.vehicle = new(record.Vehicle)
	default:
		s.missing = new(record.MissingPerson)
	}
	return s
}

// item makes the record at a place of the output: a new one, or in the scratch.
func (g *run) item(place int, s *scratch) Item {
	if s == nil {
		s = newScratch(g.o.Kind)
	}
	number := g.layout.order.at(place)
	c := g.layout.cell(number / cellSize)
	k := number % cellSize
	e, copyNo := int(c.of[k]), int(c.copy[k])
	it := Item{Entity: entityID(g.prefix, &c, e)}
	p := planter{cell: &c, entity: e, at: g.at, columns: g.rates.columns}
	switch g.o.Kind {
	case record.KindPerson:
		who, rec := personOf(&c, e, g.at.day, anyAge), s.person
		p.person, p.src, p.rec = &who, personRecord(&who, copyNo, g.at, rec), rec
		p.r = streamOf(key(who.key, tagErrors), uint64(copyNo))
		if s := c.shape[e]; s != single {
			it.Household, it.Relation = entityID(g.prefix, &c, int(c.first[e])), shapeNames[s]
		}
	case record.KindVehicle:
		car, rec := vehicleOf(&c, e, g.at, g.reg.people), s.vehicle
		p.person, p.car, p.src, p.rec = &car.keeper, &car, vehicleRecord(&car, copyNo, g.at, rec), rec
		p.r = streamOf(key(car.key, tagErrors), uint64(copyNo))
	default:
		ep, rec := episodeOf(&c, e, g.at, &g.reg), s.missing
		p.person, p.src, p.rec = &ep.person, missingRecord(&ep, copyNo, g.at, rec), rec
		p.r = streamOf(key(ep.key, tagErrors), uint64(copyNo))
	}
	p.rec.Head().ID = recordID(g.prefix, place)
	g.rates.plant(&p, copyNo)
	for i := range p.errors {
		p.errors[i].ID = p.rec.Head().ID
	}
	it.Record, it.Errors = p.rec, p.errors
	return it
}

// Generate makes records and gives each to sink, in order and never two at a
// time. It stops at the first error of sink, or when ctx ends. What it makes
// depends on the options alone, whatever Options.Jobs is; memory does not grow
// with N.
func Generate(ctx context.Context, o Options, sink func(Item) error) error {
	g, err := newRun(o)
	if err != nil {
		return err
	}
	return inOrder(ctx, g.o.N, g.o.Jobs, func(from, to int) []Item {
		items := make([]Item, 0, to-from)
		for i := from; i < to; i++ {
			items = append(items, g.item(i, nil))
		}
		return items
	}, func(items []Item) error {
		for _, it := range items {
			if err := sink(it); err != nil {
				return fmt.Errorf("sample: generate %s: %w", g.o.Kind, err)
			}
		}
		return nil
	})
}

// chunk is how many records one job makes at a time.
const chunk = 512

// inOrder makes chunks with several jobs and takes them in order. At most
// three chunks a job are under way.
func inOrder[T any](ctx context.Context, n, jobs int, produce func(from, to int) T, take func(T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	type task struct {
		from, to int
		done     chan T
	}
	todo := make(chan task)
	queue := make(chan task, 2*jobs)
	wg.Add(1 + jobs)
	go func() {
		defer wg.Done()
		defer close(queue)
		defer close(todo)
		for from := 0; from < n; from += chunk {
			t := task{from, min(from+chunk, n), make(chan T, 1)}
			select {
			case queue <- t:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- t:
			case <-ctx.Done():
				return
			}
		}
	}()
	for range jobs {
		go func() {
			defer wg.Done()
			for t := range todo {
				t.done <- produce(t.from, t.to)
			}
		}()
	}
	for t := range queue {
		select {
		case made := <-t.done:
			if err := take(made); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
