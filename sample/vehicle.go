package sample

import (
	"strconv"
	"strings"
	"sync"

	"leds.internal/ledsq/record"
)

// vehicle is one made-up vehicle: the truth that records are made from.
type vehicle struct {
	key        uint64
	model      *model
	registered record.Day
	made       int // year of manufacture
	mark       string
	previous   string // the mark before a cherished transfer
	transfer   record.Day
	vin        string
	chassis    string // of one older than the VIN standard
	engine     string
	colour     string
	at         *place
	keeper     person
	keeperID   string // of the keeper's record in a run of persons, "" if none
	since      record.Day
	stolen     bool
}

type model struct {
	make, name, body, fuel, wmi, cc string
	from, to                        int
}

type marque struct {
	models []model
	any    []*model
	ages   []letterAge
}

// letterAge is a year letter of a mark with the days it was issued on.
type letterAge struct {
	suffix      bool
	letter      byte
	first, last record.Day
}

var marques = sync.OnceValue(func() *marque {
	m := new(marque)
	table := rows("models.csv")
	m.models = make([]model, len(table))
	for i, f := range table {
		from, _ := strconv.Atoi(f[6])
		to, _ := strconv.Atoi(f[7])
		weight, _ := strconv.Atoi(f[8])
		m.models[i] = model{f[0], f[1], f[2], f[3], f[4], f[5], from, to}
		for range weight {
			m.any = append(m.any, &m.models[i])
		}
	}
	for _, f := range rows("ages.csv") {
		first, _ := record.Date(f[2]).First()
		last, _ := record.Date(f[3]).First()
		m.ages = append(m.ages, letterAge{f[0] == "suffix", f[1][0], record.DayOf(first.Year, first.Month, first.Day), record.DayOf(last.Year, last.Month, last.Day)})
	}
	return m
})

var colours = strings.Split("BLACK BLACK BLACK BLACK WHITE WHITE WHITE SILVER SILVER SILVER GREY GREY GREY GREY BLUE BLUE BLUE RED RED GREEN ORANGE YELLOW BROWN BEIGE PURPLE BRONZE", " ")

// vehicleOf makes the vehicle of an entity. Its keeper is an entity of the
// population of persons made with the same options, so that the two files fit
// each other; without one (a nil population) the keeper is on no file.
func vehicleOf(c *cell, e int, at moment, population *layout) vehicle {
	v := vehicle{key: key(c.key, uint64(e)+1)}
	r := streamOf(v.key, 0)
	year, _, _ := civil(at.day)
	for v.model = pick(&r, marques().any); v.model.from >= year; {
		v.model = pick(&r, marques().any)
	}
	v.keeper, v.keeperID = keeperOf(&r, c, e, at, population)
	v.at = v.keeper.homes[0].at
	v.dates(&r, at.day)
	v.marks(&r)
	v.numbers(&r)
	v.colour = pick(&r, colours)
	v.since = max(v.registered, at.day-record.Day(30+r.below(2500)))
	if grown := addYears(v.keeper.born, 17); v.since < grown {
		v.since = grown
	}
	v.stolen = r.chance(0.16)
	return v
}

// keeperOf draws an adult of the same cell of the population.
func keeperOf(r *stream, c *cell, e int, at moment, population *layout) (person, string) {
	if population != nil && c.number*cellSize < population.n {
		homes := population.cell(c.number)
		for try := range 4 {
			k := (e + try*7) % homes.entities
			if p := personOf(&homes, k, at.day, anyAge); p.died == 0 && ageOn(p.born, at.day) > 18 {
				return p, recordID('P', population.order.place(c.number*cellSize+k))
			}
		}
	}
	return newPerson(r.next(), at.day, adult, single), ""
}

// dates draws the day of first registration from the years the model was sold
// in: most vehicles on the road are under fifteen years old.
func (v *vehicle) dates(r *stream, today record.Day) {
	y, _, _ := civil(today)
	to := min(v.model.to, y)
	u := r.unit()
	year := max(v.model.from, to-int(u*u*22))
	if r.chance(0.03) {
		year = r.between(v.model.from, to)
	}
	v.registered = min(record.DayOf(year, 1, 1)+record.Day(r.below(365)), today-40)
	v.made, _, _ = civil(v.registered - record.Day(20+r.below(120)))
	if v.made < v.model.from {
		v.made, _, _ = civil(v.registered)
	}
}

const (
	tagLetters = "ABCDEFGHJKLMNPRSTUVWXYZ"        // of a mark's last three, without I, O, Q
	yearCodes  = "ABCDEFGHJKLMNPRSTVWXY123456789" // model year of a VIN, from 1980
	niCodes    = "AZ BZ CZ DZ EZ FZ GZ HZ JZ KZ LZ MZ NZ OI PZ RZ SZ TZ UI VZ WZ XI YZ IA IB IG IL IW JI"
)

// marks gives the registration mark: of the place and half-year of first
// registration, of Northern Ireland without an age, or cherished.
func (v *vehicle) marks(r *stream) {
	switch {
	case v.at.nation == "N":
		codes := strings.Fields(niCodes)
		v.mark = string("ABCDEFGHJKLMNOPRSTUVWXY"[r.below(23)]) + pick(r, codes) + strconv.Itoa(r.between(1000, 9999))
		return
	case r.chance(0.004):
		v.mark = "Q" + strconv.Itoa(r.between(21, 999)) + threeLetters(r)
		return
	}
	v.mark = v.ageMark(r)
	if v.mark == "" || r.chance(0.03) {
		v.previous = v.mark
		v.mark = cherished(r)
		v.transfer = v.registered + record.Day(r.between(10, 400))
	}
}

func threeLetters(r *stream) string {
	return string([]byte{tagLetters[r.below(22)], tagLetters[r.below(22)], tagLetters[r.below(22)]})
}

// cherished makes a mark without an age: AB 1234, 12 ABC.
func cherished(r *stream) string {
	if r.chance(0.5) {
		return threeLetters(r)[:r.between(1, 2)] + strconv.Itoa(r.between(1, 9999))
	}
	return strconv.Itoa(r.between(1, 999)) + threeLetters(r)
}

// ageMark gives the mark that the day of first registration asks for, "" for
// one before 1963, when marks had no age.
func (v *vehicle) ageMark(r *stream) string {
	y, m, _ := civil(v.registered)
	if v.registered >= record.DayOf(2001, 9, 1) {
		id := y % 100
		switch {
		case m < 3:
			id = (y + 49) % 100 // September of the year before
		case m > 8:
			id = (y + 50) % 100
		}
		tags := v.at.tags
		if len(tags) == 0 {
			tags = []string{"LB"}
		}
		return pick(r, tags) + string(append2(nil, id)) + threeLetters(r)
	}
	for _, a := range marques().ages {
		if v.registered < a.first || v.registered > a.last {
			continue
		}
		if a.suffix {
			return threeLetters(r) + strconv.Itoa(r.between(1, 999)) + string(a.letter)
		}
		return string(a.letter) + strconv.Itoa(r.between(21, 999)) + threeLetters(r)
	}
	return ""
}

// numbers gives VIN and engine number, or the chassis number of one made before
// the VIN standard.
func (v *vehicle) numbers(r *stream) {
	v.engine = string([]byte{tagLetters[r.below(23)], tagLetters[r.below(23)]}) + strconv.Itoa(r.between(100_000, 999_999))
	if v.made < 1981 {
		v.chassis = string([]byte{tagLetters[r.below(23)], tagLetters[r.below(23)]}) + strconv.Itoa(r.between(10_000_000, 99_999_999))
		return
	}
	b := append(make([]byte, 0, 17), v.model.wmi...)
	switch v.model.make {
	case "VOLKSWAGEN", "AUDI", "SKODA", "SEAT":
		b = append(b, 'Z', 'Z', 'Z', "156789AB"[r.below(8)], "ABCKLPT"[r.below(7)], 'Z')
	default:
		for range 5 {
			b = append(b, (tagLetters + "0123456789")[r.below(33)])
		}
		b = append(b, byte('0'+r.below(10)))
	}
	b = append(b, yearCodes[(v.made-1980)%30], tagLetters[r.below(23)])
	b = digits(b, r.between(100_000, 999_999), 6)
	// The check digit is law in North America and China only.
	if c := b[0]; c >= '1' && c <= '5' || c == 'L' {
		b[8] = vinCheck(b)
	}
	v.vin = string(b)
}

func vinCheck(b []byte) byte {
	const weights = "8765432A098765432"
	sum := 0
	for i, c := range b {
		w := int(weights[i] - '0')
		if weights[i] == 'A' {
			w = 10
		}
		if i != 8 {
			sum += w * vinValue(c)
		}
	}
	if sum %= 11; sum == 10 {
		return 'X'
	}
	return byte('0' + sum)
}

func vinValue(c byte) int {
	switch {
	case c <= '9':
		return int(c - '0')
	case c <= 'H':
		return int(c-'A') + 1
	case c <= 'R':
		return int(c-'J') + 1
	}
	return int(c-'S') + 2
}
