package sample

import (
	"strings"
	"unicode/utf8"

	"leds.internal/ledsq/normalise"
)

func initial(_ *planter, s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

func halfSurname(p *planter, s string) string {
	a, b, ok := strings.Cut(s, "-")
	switch {
	case !ok:
		return s
	case p.r.chance(0.5):
		return a
	}
	return b
}

// write puts a name in the form of the record's source.
func (p *planter) write(name string, surname bool) string { return p.src.word(name, surname, false) }

func maidenName(p *planter, t *ErrorType) bool {
	return p.person.maiden != "" && p.put(t, "surname", p.write(p.person.maiden, true))
}

func alias(p *planter, t *ErrorType) bool {
	if !p.free("givenName") || !p.free("surname") || p.get("surname") == "" {
		return false
	}
	k := p.person.stream(tagAlias) // who uses an alias uses it again
	other := person{heritage: p.person.heritage, female: p.person.female}
	other.name(&k)
	p.put(t, "surname", p.write(other.surname, true))
	if p.r.chance(0.5) {
		p.put(t, "givenName", p.write(other.given, false))
		if p.get("middleNames") != "" {
			p.put(t, "middleNames", "")
		}
	}
	return true
}

func nickname(p *planter, t *ErrorType) bool {
	now := p.get("givenName")
	if now == "" || strings.ContainsRune(p.person.given, ' ') {
		return false
	}
	var short [12]string
	n := 0
	for _, l := range normalise.Nicknames(p.person.given) {
		if l.Part == "given" && l.Strength != "weak" && l.Relation != "gender_form" && n < len(short) {
			short[n] = l.Name
			n++
		}
	}
	if n == 0 {
		return false
	}
	s := short[p.r.below(n)]
	return p.put(t, "givenName", p.write(s[:1]+lowerCase(s[1:]), false))
}

func byMiddle(p *planter, t *ErrorType) bool {
	m := p.get("middleNames")
	if m == "" || len(m) < 3 || !p.free("givenName") || !p.free("middleNames") {
		return false
	}
	return p.put(t, "givenName", m) && p.put(t, "middleNames", "")
}

func religious(p *planter, t *ErrorType) bool {
	m := p.get("middleNames")
	if p.person.heritage.form != sikhName || m == "" || !p.free("surname") || !p.free("middleNames") {
		return false
	}
	return p.put(t, "surname", m) && p.put(t, "middleNames", "")
}

func swapNames(p *planter, t *ErrorType) bool {
	g, s := p.get("givenName"), p.get("surname")
	if g == "" || s == "" || !p.free("givenName") || !p.free("surname") {
		return false
	}
	return p.put(t, "givenName", s) && p.put(t, "surname", g)
}

// homeOrder shifts the parts of a name whose own order begins with the family
// name, or that has none: Wang Xiaoming, Nguyen Thi Lan.
func homeOrder(p *planter, t *ErrorType) bool {
	switch p.person.heritage.form {
	case chineseName, vietName, chain, arabicName:
	default:
		return false
	}
	g, m, s := p.get("givenName"), p.get("middleNames"), p.get("surname")
	if g == "" || s == "" || !p.free("givenName") || !p.free("surname") || !p.free("middleNames") {
		return false
	}
	if m == "" {
		return p.put(t, "givenName", s) && p.put(t, "surname", g)
	}
	switch p.person.heritage.form {
	case chain, arabicName: // the father's name taken for the surname
		return p.put(t, "surname", m) && p.put(t, "middleNames", s)
	}
	if p.put(t, "givenName", s) {
		p.put(t, "surname", g)
	}
	return true
}

func joinGiven(p *planter, t *ErrorType) bool {
	g, m := p.get("givenName"), p.get("middleNames")
	if g == "" || m == "" || !p.free("givenName") || !p.free("middleNames") {
		return false
	}
	return p.put(t, "givenName", g+" "+m) && p.put(t, "middleNames", "")
}

func gaelicForm(p *planter, s string) string {
	low := lowerCase(s)
	switch {
	case strings.HasPrefix(low, "mac") && len(s) > 5:
		return pick(&p.r, []string{s[:1] + s[2:], s[:3] + " " + s[3:]})
	case strings.HasPrefix(low, "mc") && len(s) > 4:
		return pick(&p.r, []string{s[:2] + " " + s[2:], likeCase(s, "Mac"+s[2:]), s[:1] + "'" + s[2:]})
	case strings.HasPrefix(low, "o'"):
		return pick(&p.r, []string{s[:1] + s[2:], s[:1] + " " + s[2:], s[2:]})
	}
	return s
}

var particles = []string{"al-", "al ", "el-", "el ", "bin ", "abu ", "ben ", "da ", "dos ", "de ", "ap ", "mac ", "ó ", "ní ", "van "}

// particle drops a particle, joins it on, or moves it to the middle names.
func particle(p *planter, t *ErrorType) bool {
	s := p.get("surname")
	low := strings.ToLower(s)
	for _, part := range particles {
		if !strings.HasPrefix(low, part) || len(low) != len(s) {
			continue
		}
		word, rest := s[:len(part)-1], s[len(part):]
		switch p.r.below(3) {
		case 0:
			return p.put(t, "surname", rest)
		case 1:
			return p.put(t, "surname", likeCase(s, word+lowerCase(rest)))
		}
		if m := p.get("middleNames"); p.free("middleNames") && p.put(t, "surname", rest) {
			return p.put(t, "middleNames", strings.TrimSpace(m+" "+word))
		}
		return false
	}
	return false
}

func titleIn(p *planter, t *ErrorType) bool {
	g := p.get("givenName")
	if g == "" {
		return false
	}
	title := p.person.title()
	if p.r.chance(0.1) {
		title = "Dr"
	}
	return p.put(t, "givenName", likeCase(g, title)+" "+g)
}

func aliasIn(p *planter, t *ErrorType) bool {
	f := p.pickField(t.Fields)
	if f == "" {
		return false
	}
	was := p.get(f)
	k := p.person.stream(tagAlias)
	other := person{heritage: p.person.heritage, female: p.person.female}
	other.name(&k)
	if f == "surname" {
		return p.put(t, f, was+" AKA "+p.write(other.surname, true))
	}
	return p.put(t, f, was+" ("+p.write(other.given, false)+")")
}
