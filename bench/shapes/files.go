package main

import (
	"fmt"
	"strconv"
	"strings"
)

func cluster(i int) string { return "e" + strconv.Itoa(i) }

// thin is names and a date of birth in parts, one record in ten a duplicate with
// one or two slips: common names, so that a name says little.
func thin(m *maker) [][]string {
	rows := [][]string{{"cluster", "fname_c1", "fname_c2", "lname_c1", "lname_c2", "by", "bm", "bd"}}
	given, surnames := words(germanGiven), words(germanSurnames)
	for i := range 9000 {
		b := being{given: m.pick(given), surname: m.pick(surnames), year: 1925 + m.IntN(85), month: 1 + m.IntN(12), day: 1 + m.IntN(28)}
		second, double := "", ""
		if m.chance(0.08) {
			second = m.pick(given)
		}
		if m.chance(0.03) {
			double = m.pick(surnames)
		}
		row := func(g, s string, y, mo, d int) []string {
			return []string{cluster(i), strings.ToUpper(g), strings.ToUpper(second), strings.ToUpper(s), strings.ToUpper(double), strconv.Itoa(y), strconv.Itoa(mo), strconv.Itoa(d)}
		}
		rows = append(rows, row(b.given, b.surname, b.year, b.month, b.day))
		if i%9 != 0 {
			continue
		}
		g, s := b.given, b.surname
		y, mo, d := b.year, b.month, b.day
		for range 1 + m.IntN(2) {
			switch m.IntN(4) {
			case 0:
				g = m.typo(g)
			case 1:
				s = m.typo(s)
			case 2:
				y, mo, d = m.born(&b, 1)
			default:
				s = m.heard(s)
			}
		}
		rows = append(rows, row(g, s, y, mo, d))
	}
	return rows
}

// gaps is people of past centuries in some ten records each, full of holes.
func gaps(m *maker) [][]string {
	rows := [][]string{{"cluster", "full_name", "first_and_surname", "first_name", "surname", "dob", "birth_place", "postcode_fake", "gender", "occupation"}}
	trades := words("politician writer painter cricketer soldier clergyman lawyer actor botanist engineer composer physician merchant architect poet")
	for i := range 3000 {
		b := m.people[m.IntN(len(m.people))]
		b.year -= 60 + m.IntN(250)
		trade := m.pick(trades)
		places := []string{b.zip, b.zip, m.people[m.IntN(len(m.people))].zip}
		for range m.copies(9) {
			g, s := m.name(b.given, 0.25), m.name(b.surname, 0.2)
			if m.chance(0.08) && len(b.middle) > 2 {
				g = b.middle
			}
			y, mo, d := m.born(&b, 0.2)
			date := iso(y, mo, d)
			if m.chance(0.12) {
				date = iso(y, 1, 1)
			}
			full := strings.TrimSpace(g + " " + m.gap(b.middle, 0.5) + " " + s)
			first := g + " " + s
			if m.chance(0.04) {
				g, s, full, first = s, g, s+" "+g, s+" "+g
			}
			if m.chance(0.06) {
				s, first, full = "", g, g
			}
			rows = append(rows, []string{cluster(i), full, first, g, s, m.gap(date, 0.2), m.gap(m.name(b.town, 0.1), 0.3), m.gap(m.name(places[m.IntN(3)], 0.15), 0.25), m.gap(b.sex, 0.2), m.gap(trade, 0.45)})
		}
	}
	return rows
}

// voters is five lists of voters with nothing but name and place; within a list
// nobody stands twice.
func voters(m *maker) [][]string {
	rows := [][]string{{"cluster", "sourceid", "givenname", "surname", "suburb", "postcode"}}
	for i := range 12000 {
		b := m.people[i]
		for list := range 5 {
			if !m.chance(0.3) {
				continue
			}
			zip := strconv.Itoa(27000 + len(b.town)*13 + int(b.zip[0])*7%1000)
			rows = append(rows, []string{cluster(i), strconv.Itoa(list), m.name(b.given, 0.12), m.name(b.surname, 0.12), m.name(b.town, 0.1), m.name(zip, 0.06)})
		}
	}
	return rows
}

// states is American records with families at one address.
func states(m *maker) [][]string {
	rows := [][]string{{"cluster", "first_name", "middle_initial", "last_name", "age", "date_of_birth", "street_number", "street_name", "unit_number", "city", "state", "zipcode", "ssn"}}
	for i := range 12000 {
		b := m.people[i]
		ssn := fmt.Sprintf("9%02d-%02d-%04d", i%100, i/100%100, (i*7919)%10000)
		zip := strconv.Itoa(10000 + (int(b.zip[0])*911+int(b.zip[1])*37+len(b.street))%80000)
		for range m.copies(1.7) {
			home := b
			if m.chance(0.12) {
				home = m.people[m.IntN(len(m.people))]
			}
			y, mo, d := m.born(&b, 0.06)
			age := 2020 - b.year + m.IntN(2)
			if m.chance(0.05) {
				age += m.IntN(5) - 2
			}
			rows = append(rows, []string{cluster(i), m.gap(m.name(b.given, 0.08), 0.02), m.gap(b.middle[:min(1, len(b.middle))], 0.1), m.gap(m.name(b.surname, 0.08), 0.02),
				m.gap(strconv.Itoa(age), 0.05), m.gap(fmt.Sprintf("%02d/%02d/%04d", mo, d, y), 0.05), m.gap(m.name(home.number, 0.03), 0.03), m.gap(m.name(home.street, 0.08), 0.03), "",
				m.gap(m.name(home.town, 0.05), 0.03), m.gap("NY", 0.02), m.gap(m.name(zip, 0.05), 0.03), m.gap(m.name(ssn, 0.03), 0.4)})
		}
	}
	return rows
}

// german is a register with umlauts, day-first dates and five-digit postcodes.
func german(m *maker) [][]string {
	rows := [][]string{{"cluster", "Vorname", "Nachname", "Geburtsdatum", "Strasse", "PLZ", "Ort", "Telefon"}}
	given, surnames, towns, streets := words(germanGiven), words(germanSurnames), words(germanTowns), words(germanStreets)
	for i := range 6000 {
		b := being{given: m.pick(given), surname: m.pick(surnames), year: 1935 + m.IntN(70), month: 1 + m.IntN(12), day: 1 + m.IntN(28)}
		t := m.IntN(len(towns))
		town, zip := towns[t], fmt.Sprintf("%05d", 1000+t*2300+m.IntN(40))
		street := m.pick(streets) + " " + strconv.Itoa(1+m.IntN(120))
		phone := fmt.Sprintf("0%d %d", 30+t, 1000000+m.IntN(8999999))
		for range m.copies(1.6) {
			y, mo, d := m.born(&b, 0.08)
			s := m.name(b.surname, 0.1)
			if m.chance(0.2) {
				s = strings.NewReplacer("ü", "ue", "ö", "oe", "ä", "ae", "ß", "ss").Replace(s)
			}
			line := m.name(street, 0.12)
			if m.chance(0.3) {
				line = strings.Replace(line, "straße", "str.", 1)
			}
			rows = append(rows, []string{cluster(i), m.name(b.given, 0.1), s, m.gap(fmt.Sprintf("%02d.%02d.%04d", d, mo, y), 0.08), m.gap(line, 0.1), m.gap(m.name(zip, 0.05), 0.08), m.gap(town, 0.1), m.gap(m.name(phone, 0.05), 0.5)})
		}
	}
	return rows
}

// registers is two registers of one town in one file: the first with dates of
// birth, the second with telephone numbers, families in both.
func registers(m *maker) [][]string {
	rows := [][]string{{"cluster", "register", "firstname", "lastname", "dob", "street_address", "city", "telephone"}}
	n := 0
	for i := 0; n < 5000; i++ {
		b := m.people[i]
		where := b.number + " " + b.street
		first, second := m.chance(0.6), m.chance(0.6)
		if first {
			y, mo, d := m.born(&b, 0.03)
			rows = append(rows, []string{cluster(i), "A", m.name(b.given, 0.05), m.name(b.surname, 0.05), iso(y, mo, d), m.gap(m.name(where, 0.1), 0.05), "Springfield", ""})
		}
		if second {
			if m.chance(0.15) {
				where = m.people[m.IntN(len(m.people))].street
			}
			rows = append(rows, []string{cluster(i), "B", m.name(b.given, 0.07), m.name(b.surname, 0.05), "", m.gap(m.name(where, 0.1), 0.05), "Springfield", m.gap(b.phone, 0.3)})
		}
		n++
	}
	return rows
}

// fullName is one field for the whole name, in whatever order, and a year of birth.
func fullName(m *maker) [][]string {
	rows := [][]string{{"cluster", "name", "year_of_birth", "address", "postcode"}}
	for i := range 8000 {
		b := m.people[i]
		for range m.copies(1.5) {
			g, s := m.name(b.given, 0.08), m.name(b.surname, 0.08)
			name := g + " " + s
			switch x := m.Float64(); {
			case x < 0.2:
				name = s + ", " + g
			case x < 0.3 && b.middle != "":
				name = g + " " + b.middle + " " + s
			case x < 0.35:
				name = g[:1] + " " + s
			}
			y := b.year
			if m.chance(0.05) {
				y += m.IntN(3) - 1
			}
			rows = append(rows, []string{cluster(i), name, m.gap(strconv.Itoa(y), 0.1), m.gap(m.name(b.number+" "+b.street, 0.12), 0.15), m.gap(m.name(b.zip, 0.08), 0.15)})
		}
	}
	return rows
}
