package sample

import (
	"strconv"
	"strings"
	"sync"

	"leds.internal/ledsq/record"
)

// place is a town with what belongs to it: postcode districts, the drama range
// of its dialling code, the stations that own records, memory tags of marks.
type place struct {
	town, county, nation string
	districts            []string
	phone                string
	owners               []string
	tags                 []string
}

type gazetteer struct {
	places  []place
	any     []*place            // in as many slots as the town's weight
	nation  map[string][]*place // the same, by nation
	streets []string
	welsh   []string
}

var places = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{nation: map[string][]*place{}, streets: lines("streets.txt"), welsh: lines("streets-welsh.txt")}
	table := rows("places.csv")
	g.places = make([]place, len(table))
	for i, f := range table {
		g.places[i] = place{f[0], f[1], f[2], strings.Fields(f[4]), f[5], strings.Fields(f[6]), strings.Fields(f[7])}
		p := &g.places[i]
		weight, _ := strconv.Atoi(f[3])
		for range weight {
			g.any = append(g.any, p)
			g.nation[p.nation] = append(g.nation[p.nation], p)
		}
	}
	return g
})

// home is one address. Its street follows from its postcode, as it does in life.
type home struct {
	at       *place
	district uint8
	unit     uint16 // which postcode of the district
	number   uint16
	flat     uint8
	from     record.Day
}

// units is how many postcodes a district has: about the national mean.
const units = 600

func newHome(r *stream, at *place, from record.Day) home {
	u := r.unit()
	h := home{at: at, district: uint8(r.below(len(at.districts))), unit: uint16(r.below(units)), number: uint16(1 + int(u*u*180)), from: from}
	if r.chance(0.18) {
		h.flat = uint8(1 + r.below(24))
	}
	return h
}

func townOf(r *stream, h *heritage) *place {
	g := places()
	if h.nations != "" && r.chance(0.75) {
		return pick(r, g.nation[h.nations])
	}
	return pick(r, g.any)
}

func (h *home) hash() uint64 {
	return mix(uint64(h.unit)<<32 ^ uint64(h.district)<<16 ^ uint64(len(h.at.town))<<8 ^ uint64(h.at.districts[0][0])<<24 ^ uint64(h.at.town[0]))
}

func (h *home) street() string {
	g := places()
	k := h.hash()
	if h.at.nation == "W" && k%10 < 6 {
		return g.welsh[k/16%uint64(len(g.welsh))]
	}
	return g.streets[k/16%uint64(len(g.streets))]
}

// line writes the first line: "Flat 3, 12 Ropewalk Mews".
func (h *home) line() string {
	b := make([]byte, 0, 48)
	if h.flat > 0 {
		b = append(b, "Flat "...)
		b = strconv.AppendInt(b, int64(h.flat), 10)
		b = append(b, ", "...)
	}
	b = strconv.AppendInt(b, int64(h.number), 10)
	b = append(b, ' ')
	return string(append(b, h.street()...))
}

// inward are the letters that the last two places of a postcode use.
const inward = "ABDEFGHJLNPQRSTUWXYZ"

// postcode writes a postcode of a real district; whether that very postcode is
// in use is chance.
func (h *home) postcode(space bool) string {
	k := (uint64(h.unit)*7919 + uint64(h.district)*131) % 3600
	b := make([]byte, 0, 8)
	b = append(b, h.at.districts[h.district]...)
	if space {
		b = append(b, ' ')
	}
	return string(append(b, byte('1'+k%9), inward[k/9%20], inward[k/180%20]))
}

// mobile and landline draw from the ranges Ofcom keeps for drama: 07700 900000
// to 900999, and a thousand numbers for each of the larger towns or none.
func mobile(r *stream) phone { return phone{"07700900", uint16(r.between(1, 999))} }

func landline(r *stream, at *place) phone { return phone{at.phone, uint16(r.between(1, 999))} }

type phone struct {
	prefix string
	number uint16
}
