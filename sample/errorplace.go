package sample

import (
	"strings"

	"leds.internal/ledsq/record"
)

// putHome replaces the address by another home.
func (p *planter) putHome(t *ErrorType, h *home) bool {
	for _, f := range mailboxed {
		if !p.free(f) {
			return false
		}
	}
	a := address(h, p.src)
	if p.get("addressLine") == "" || !p.put(t, "addressLine", a.Line) {
		return false
	}
	p.put(t, "town", a.Town)
	p.put(t, "county", a.County)
	p.put(t, "postcode", string(a.Postcode))
	p.put(t, "addressFrom", "")
	return true
}

func addressMissing(p *planter, t *ErrorType) bool {
	for _, f := range mailboxed {
		if !p.free(f) {
			return false
		}
	}
	if p.get("addressLine") == "" {
		return false
	}
	if p.r.chance(0.6) {
		p.put(t, "town", "")
		p.put(t, "county", "")
	}
	p.put(t, "addressLine", "")
	p.put(t, "postcode", "")
	p.put(t, "addressFrom", "")
	return true
}

func moved(p *planter, t *ErrorType) bool {
	if p.person.nHomes < 2 {
		return false
	}
	return p.putHome(t, &p.person.homes[1+p.r.below(p.person.nHomes-1)])
}

func wrongAddress(p *planter, t *ErrorType) bool {
	h := p.person.homes[0]
	switch p.r.below(3) {
	case 0: // next door
		h.number += uint16(2 * (1 + p.r.below(6)))
	case 1: // made up
		h = newHome(&p.r, h.at, h.from)
	default:
		other, ok := p.another()
		if !ok {
			return false
		}
		h = other.homes[0]
	}
	return p.putHome(t, &h)
}

func otherPhone(p *planter, t *ErrorType) bool {
	f := p.pickField(t.Fields)
	return f != "" && p.put(t, f, p.src.number(p.person.oldPhone))
}

func damagedPostcode(p *planter, s string) string {
	i := p.r.below(len(s))
	switch p.r.below(5) {
	case 0: // the inward code lost
		if len(s) > 5 {
			return strings.TrimSpace(s[:len(s)-3])
		}
	case 1:
		return s[:i] + s[i+1:]
	case 2:
		if i+1 < len(s) {
			return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
		}
	case 3:
		return misread(p, s)
	}
	if c := s[i]; c >= '0' && c <= '9' {
		return s[:i] + string(byte('0'+p.r.below(10))) + s[i+1:]
	}
	return s[:i] + inward[p.r.below(20):][:1] + s[i+1:]
}

// wrongCheck puts another check letter, or digit, at the end.
func wrongCheck(p *planter, s string) string {
	last := s[len(s)-1]
	if last >= '0' && last <= '9' {
		return s[:len(s)-1] + string(byte('0'+(int(last-'0')+1+p.r.below(9))%10))
	}
	i := strings.IndexByte(checkLetters, last)
	if i < 0 {
		return s
	}
	return s[:len(s)-1] + checkLetters[(i+1+p.r.below(22))%23:][:1]
}

func transposeDigits(p *planter, s string) string {
	for range 8 {
		i := p.r.below(len(s) - 1)
		if a, b := s[i], s[i+1]; a != b && a >= '0' && a <= '9' && b >= '0' && b <= '9' {
			return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
		}
	}
	return s
}

func otherIdentifier(p *planter, t *ErrorType) bool {
	f := p.pickField(t.Fields)
	if f == "" {
		return false
	}
	if p.car != nil {
		other := vehicleOf(p.cell, (p.entity+1)%p.cell.entities, p.at, nil)
		return p.cell.entities > 1 && p.put(t, f, other.mark)
	}
	other, ok := p.another()
	if !ok {
		return false
	}
	k := other.stream(tagNINO)
	switch f {
	case "pncId":
		return p.put(t, f, other.pncID(p.src.shortPNC))
	case "cro":
		return p.put(t, f, other.cro())
	case "nino":
		return p.put(t, f, nino(&k))
	}
	return p.put(t, f, other.licence())
}

// partialMark hides one to three characters at either end.
func partialMark(p *planter, s string) string {
	n := 1 + p.r.below(3)
	if len(s) < n+3 {
		return s
	}
	if p.r.chance(0.5) {
		return strings.Repeat("?", n) + s[n:]
	}
	return s[:len(s)-n] + strings.Repeat("?", n)
}

func otherColour(p *planter, s string) string {
	if near := map[string]string{"SILVER": "GREY", "GREY": "SILVER", "BLACK": "BLUE", "BLUE": "BLACK", "RED": "MAROON", "GREEN": "BLUE", "WHITE": "SILVER"}[upper(s)]; near != "" {
		return likeCase(s, near)
	}
	return likeCase(s, "GREY")
}

func modelInMake(p *planter, t *ErrorType) bool {
	maker, model := p.get("make"), p.get("model")
	if maker == "" || model == "" || !p.free("make") || !p.free("model") {
		return false
	}
	return p.put(t, "make", maker+" "+model) && p.put(t, "model", "")
}

// registeredOff moves a date years forward or back, whatever its form.
func registeredOff(p *planter, s string) string {
	y, m, d := civil(p.car.registered)
	y += pick(&p.r, []int{-6, -4, -3, -2, 2, 3})
	if today, _, _ := civil(p.at.day); y > today {
		y -= 8
	}
	return string(p.car.date(p.src, record.DayOf(y, m, min(d, 28)), len(s) == 7))
}

func otherMake(p *planter, s string) string {
	return likeCase(s, pick(&p.r, []string{"FORD", "AUDI", "VAUXHALL", "VOLKSWAGEN", "TOYOTA", "SEAT"}))
}

func timesExchanged(p *planter, t *ErrorType) bool {
	a, b := p.get("missingSince"), p.get("reportedAt")
	if a == "" || b == "" || !p.free("missingSince") || !p.free("reportedAt") {
		return false
	}
	return p.put(t, "missingSince", b) && p.put(t, "reportedAt", a)
}

func offsetLost(_ *planter, s string) string {
	if len(s) < 25 {
		return s
	}
	return s[:19]
}

func riskUnderstated(p *planter, t *ErrorType) bool {
	e := p.rec.(*record.MissingPerson)
	if n := len(e.RiskAssessments); n != 1 || e.RiskAssessments[0].Level.Set == "SCO" {
		return false
	}
	if now := p.get("riskLevel"); now != "high" && now != "medium" {
		return false
	}
	lowest := "very-low"
	if e.RiskAssessments[0].Level.Set == "EW-2017" {
		lowest = "no-apparent-risk"
	}
	return p.put(t, "riskLevel", lowest)
}

// monthEarlier takes one month off a time stamp.
func monthEarlier(_ *planter, s string) string {
	if len(s) < 19 {
		return s
	}
	m := int(s[5]-'0')*10 + int(s[6]-'0')
	if m < 2 {
		return s
	}
	return s[:5] + string(append2(nil, m-1)) + s[7:]
}
