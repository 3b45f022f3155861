package quality

import (
	"errors"
	"fmt"

	"leds.internal/ledsq/record"
)

// maxRegistered and maxExisting bound what a look-up holds in memory. A vehicle
// of the register takes about 150 bytes, a record known about 300.
const (
	maxRegistered = 60_000_000
	maxExisting   = 30_000_000
)

// ErrTooMany says that a look-up holds as many records as it may.
var ErrTooMany = errors.New("quality: the look-up is full")

// Register is an extract of the vehicle register in memory, by mark. Of each
// vehicle it holds what rules compare. Fill it with Add, then let rules read it:
// the two must not happen at the same time. Its method Vehicle is a look-up.
type Register struct {
	by    map[record.VRM]registered
	texts map[string]string // one copy of each make, colour, fuel and date
}

type registered struct{ badge, colour, fuel, first string }

// NewRegister makes an empty extract.
func NewRegister() *Register {
	return &Register{by: map[record.VRM]registered{}, texts: map[string]string{}}
}

// Add takes in one vehicle, normalised. A vehicle without a mark, and a second
// one with the same mark, is an error.
func (g *Register) Add(v *record.Vehicle) error {
	switch _, twice := g.by[v.VRM]; {
	case v.VRM == "":
		return errors.New("quality: a vehicle of the register has no mark")
	case twice:
		return errors.New("quality: a mark of the register stands twice")
	case len(g.by) == maxRegistered:
		return fmt.Errorf("%w: %d vehicles", ErrTooMany, maxRegistered)
	}
	x := registered{badge: g.text(v.Make), fuel: g.text(v.FuelType.Value), first: g.text(string(v.FirstRegistered))}
	if len(v.Colours) > 0 {
		x.colour = g.text(v.Colours[0].Value)
	}
	g.by[v.VRM] = x
	return nil
}

func (g *Register) text(s string) string {
	if t, ok := g.texts[s]; ok {
		return t
	}
	g.texts[s] = s
	return s
}

// Len gives the number of vehicles.
func (g *Register) Len() int { return len(g.by) }

// Vehicle gives the register's record of a mark, nil when it has none: a
// Lookups.RegisteredVehicle.
func (g *Register) Vehicle(m record.VRM) *record.Vehicle {
	x, ok := g.by[m]
	if !ok {
		return nil
	}
	v := &record.Vehicle{VRM: m, Make: x.badge, FuelType: record.Code{Value: x.fuel}, FirstRegistered: record.Date(x.first)}
	if x.colour != "" {
		v.Colours = []record.Code{{Value: x.colour}}
	}
	return v
}
