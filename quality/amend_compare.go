package quality

import (
	"leds.internal/ledsq/internal/edit"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// hasSurname says whether any name of the person has the surname, whatever the case.
func hasSurname(p *record.Person, surname string) bool {
	for i := range p.Names {
		if sameName(p.Names[i].Surname, surname) {
			return true
		}
	}
	return false
}

// keepsName says whether a name still stands on the person, as whatever type.
// A former surname alone keeps a name of which only the surname changed.
func keepsName(p *record.Person, n *record.Name) bool {
	for i := range p.Names {
		m := &p.Names[i]
		if sameName(m.Surname, n.Surname) && (sameName(m.Given(), n.Given()) || m.Given() == "" && sameName(p.PrimaryName().Given(), n.Given())) {
			return true
		}
	}
	return false
}

func sameName(a, b string) bool {
	return a == b || normalise.FoldName(a) == normalise.FoldName(b)
}

// near says that two names differ by no more than a slip of the keyboard:
// one edit, such as two letters exchanged, in five letters or fewer, two in longer names.
func near(a, b string) bool {
	a, b = normalise.FoldName(a), normalise.FoldName(b)
	d := edit.Distance(a, b)
	return d <= 1 || d == 2 && min(len(a), len(b)) > 5
}

func sharesIdentifier(a, b *record.Person) bool {
	for i := range a.Identifiers {
		x := &a.Identifiers[i]
		if x.Value == "" || x.Type != record.IDPNC && x.Type != record.IDCRO && x.Assurance != record.Biometric {
			continue
		}
		for j := range b.Identifiers {
			if y := &b.Identifiers[j]; y.Type == x.Type && y.Value == x.Value {
				return true
			}
		}
	}
	return false
}

type slip uint8

const (
	slipNone  slip = iota // another date
	slipYear              // a year apart
	slipSmall             // day and month exchanged, or one digit
)

// dobSlip says how two full dates differ.
func dobSlip(a, b record.Date) slip {
	if len(a) != 10 || len(b) != 10 {
		return slipNone
	}
	if a[:4] == b[:4] && a[5:7] == b[8:] && a[8:] == b[5:7] {
		return slipSmall
	}
	digits := 0
	for i := range 10 {
		if a[i] != b[i] {
			digits++
		}
	}
	x, _ := a.First()
	y, _ := b.First()
	switch {
	case a[4:] == b[4:] && (x.Year-y.Year == 1 || y.Year-x.Year == 1):
		return slipYear
	case digits == 1:
		return slipSmall
	}
	return slipNone
}

func keepsAddress(p *record.Person, a *record.Address) bool {
	for i := range p.Addresses {
		b := &p.Addresses[i]
		if sameName(a.Line, b.Line) && a.Premises == b.Premises && sameName(a.Street, b.Street) && (a.Postcode == b.Postcode || a.Postcode == "") {
			return true
		}
	}
	return false
}

// completes says that a later address only fills gaps of the earlier one.
func completes(a, b *record.Address) bool {
	fills := func(was, now string) bool { return was == "" || sameName(was, now) }
	return fills(a.Line, b.Line) && fills(a.Premises, b.Premises) && fills(a.Street, b.Street) && fills(a.Town, b.Town) && fills(string(a.Postcode), string(b.Postcode))
}
