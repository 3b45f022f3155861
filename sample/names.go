package sample

import "strings"

func sexIndex(female bool) int {
	if female {
		return 1
	}
	return 0
}

// name gives the person a name after the habits of their tradition. The order
// of parts and their spelling are those a careful clerk would record.
func (p *person) name(r *stream) {
	h := p.heritage
	g := &h.given[sexIndex(p.female)]
	p.given, p.middle = g.draw(r), ""
	p.surname = h.surname.draw(r)
	if h.english > 0 && r.chance(h.english) {
		p.given = englishNames().given[sexIndex(p.female)].draw(r)
	}
	switch h.form {
	case plain, gaelic:
		if r.chance(middleShare(h)) {
			p.middle = g.draw(r)
		}
		if h.name == "english" {
			if r.chance(0.22) {
				p.surname = rareSurname(r)
			}
			if r.chance(0.025) {
				p.surname += "-" + h.surname.draw(r)
			}
		}
	case muslimSouth:
		p.muslimSouth(r, g)
	case sikhName:
		p.middle = sikhWord(p.female)
		if r.chance(0.25) {
			p.surname, p.middle = p.middle, ""
		}
	case slavic:
		p.surname = feminineIf(p.female, h, p.surname)
		if r.chance(0.15) {
			p.middle = g.draw(r)
		}
	case chain:
		p.middle = h.given[0].draw(r) // the father's name
	case arabicName:
		if r.chance(0.5) {
			p.middle = h.given[0].draw(r)
		}
	case chineseName:
		if r.chance(0.25) {
			p.middle, p.given = p.given, englishNames().given[sexIndex(p.female)].draw(r)
		}
	case vietName:
		p.middle = "Van"
		if p.female {
			p.middle = "Thi"
		}
	case iberian:
		if r.chance(0.35) {
			p.surname = h.surname.draw(r) + " " + p.surname
		}
	}
	if p.middle == p.given {
		p.middle = ""
	}
}

// middleShare is the part of people with a middle name on record: judgement.
func middleShare(h *heritage) float64 {
	if h.name == "english" || h.name == "scottish" || h.name == "welsh" {
		return 0.55
	}
	return 0.25
}

func (p *person) muslimSouth(r *stream, g *pool) {
	bengali := p.heritage.name == "bangladeshi"
	switch {
	case p.female && r.chance(0.45):
		// The last name is a women's name, not the family's.
		last := []string{"Bibi", "Begum", "Akhtar", "Kauser", "Parveen"}
		if bengali {
			last = []string{"Begum", "Khatun", "Akter", "Bibi", "Sultana"}
		}
		p.surname = pick(r, last)
	case !p.female && r.chance(0.3):
		p.middle = p.given
		p.given = pick(r, []string{"Mohammed", "Mohammed", "Muhammad", "Mohammad", "Mohamed"})
		if bengali && r.chance(0.5) {
			p.given = "Md"
		}
	case !p.female && r.chance(0.2):
		p.middle = g.draw(r)
	}
}

func sikhWord(female bool) string {
	if female {
		return "Kaur"
	}
	return "Singh"
}

// inherit gives a brother or sister what the two have from their parents.
func (p *person) inherit(of *person, family string) {
	switch p.heritage.form {
	case chain:
		p.middle, p.surname = of.middle, of.surname
	case sikhName:
		if family == "Singh" || family == "Kaur" {
			p.surname, p.middle = sikhWord(p.female), ""
			return
		}
		p.surname, p.middle = family, sikhWord(p.female)
	case muslimSouth:
		if !p.female || !of.female {
			p.surname = family
		}
	default:
		p.surname = feminineIf(p.female, p.heritage, masculine(p.heritage, family))
	}
	if p.middle == p.given {
		p.middle = ""
	}
}

// childOf gives a child what comes from a parent.
func (p *person) childOf(of *person, family string) {
	if p.heritage.form == chain && !of.female && of.middle != "" {
		p.middle, p.surname = of.given, of.middle
		return
	}
	p.inherit(of, family)
}

// marriedName is the name a woman takes from a husband who is on no file.
func (p *person) marriedName(r *stream) string {
	if p.heritage.name == "english" && r.chance(0.22) {
		return rareSurname(r)
	}
	s := p.heritage.surname.draw(r)
	if r.chance(0.05) {
		s = p.surname + "-" + s
	}
	return feminineIf(true, p.heritage, s)
}

// feminine gives the form that a woman of the tradition bears.
func feminine(h *heritage, s string) string {
	if h.form != slavic {
		return s
	}
	for _, end := range []string{"ski", "cki", "dzki"} {
		if strings.HasSuffix(s, end) {
			return s[:len(s)-1] + "a"
		}
	}
	return s
}

func feminineIf(female bool, h *heritage, s string) string {
	if female {
		return feminine(h, s)
	}
	return s
}

func masculine(h *heritage, s string) string {
	if h.form == slavic && (strings.HasSuffix(s, "ska") || strings.HasSuffix(s, "cka")) {
		return s[:len(s)-1] + "i"
	}
	return s
}
