package dedupe

import "math"

// compareWhole compares two names that have words.
func compareWhole(x, y *wholeName) NameComparison {
	if w, ok := sameJoined(x, y); ok {
		return NameComparison{Similarity: math.Exp(-priceSpacing), Level: NamesSame, Words: []NameWord{{A: w, B: w, Level: NamesSame, Similarity: 1}}}
	}
	spacing := joinAlike(x, y) + joinAlike(y, x)
	if x.n < y.n {
		x.splitInitials(y)
	} else if y.n < x.n {
		y.splitInitials(x)
	}
	a, b := x.plain(), y.plain()
	var m pairing
	pairUp(&a, &b, &m)
	c := NameComparison{Level: NamesSame, Words: make([]NameWord, 0, max(x.n, y.n))}
	total := float64(spacing) * priceSpacing
	worse := func(l NameLevel) { c.Level = max(c.Level, l) }

	last, ordered, paired := -1, true, 0
	for i := range a.n {
		j := m.of[i]
		if j < 0 {
			total += leftOut(&a, i)
			worse(leftOutLevel(a.at(i)))
			c.Words = append(c.Words, NameWord{A: a.at(i).text, Level: NamesPart})
			continue
		}
		paired++
		ordered = ordered && j > last
		last = j
		price, level := m.price[i][j], m.level[i][j]
		total += price * role(&a, i, &b, j, level)
		worse(level)
		c.Words = append(c.Words, NameWord{A: a.at(i).text, B: b.at(j).text, Level: level, Similarity: math.Exp(-price)})
	}
	for j := range b.n {
		if m.back[j] < 0 {
			total += leftOut(&b, j)
			worse(leftOutLevel(b.at(j)))
			c.Words = append(c.Words, NameWord{B: b.at(j).text, Level: NamesPart})
		}
	}
	if paired == 1 && a.n != b.n && !onlySoft(&a, &b, &m) {
		total += priceLone
	}
	if !ordered {
		total += priceOrder
		worse(NamesReordered)
	}
	p, conflict := besides(x, y)
	if total += p; fatherAndSon(&a, &b, &m) {
		total, conflict = total+priceConflict, true
	}
	if conflict {
		worse(NamesDiffer)
	}
	c.Similarity = math.Exp(-total)
	if c.Similarity < 0.3 {
		c.Level = NamesDiffer
	}
	return c
}

// plainWords are the words of a name that are neither titles nor particles nor
// generations.
type plainWords struct {
	of    *wholeName
	index [maxNameWords]uint8
	n     int
}

func (w *wholeName) plain() (p plainWords) {
	p.of = w
	for i := range w.n {
		if w.words[i].kind == plainWord {
			p.index[p.n] = uint8(i)
			p.n++
		}
	}
	return p
}

func (p *plainWords) at(i int) *nameWord { return &p.of.words[p.index[i]] }

// end says whether a word stands first or last, where the given name and the
// surname are.
func (p *plainWords) end(i int) bool { return i == 0 || i == p.n-1 }

// role is the part of a price that is asked of a pair of words. A middle initial
// that agrees must not cost more than one that was left out.
func role(a *plainWords, i int, b *plainWords, j int, l NameLevel) float64 {
	switch {
	case a.end(i) || b.end(j):
		return 1
	case l == NamesInitials:
		return priceMiddleInitial
	}
	return priceMiddle
}

// leftOut is what a word costs that the other name leaves out.
func leftOut(p *plainWords, i int) float64 {
	w := p.at(i)
	for k := range p.n {
		if k != i && p.at(k).key == w.key {
			return priceRepeated
		}
	}
	switch {
	case w.soft:
		return priceParticle
	case p.end(i):
		return priceExtraEnd
	}
	return priceExtra
}

func leftOutLevel(w *nameWord) NameLevel {
	if w.soft {
		return NamesSame
	}
	return NamesPart
}

// onlySoft says whether nothing but what may be a title is left out.
func onlySoft(a, b *plainWords, m *pairing) bool {
	for i := range a.n {
		if m.of[i] < 0 && !a.at(i).soft {
			return false
		}
	}
	for j := range b.n {
		if m.back[j] < 0 && !b.at(j).soft {
			return false
		}
	}
	return true
}

// fatherAndSon says whether the words on either side of "son of" are exchanged:
// Omar bin Zayd is not Zayd bin Omar, though his father or son may be.
func fatherAndSon(a, b *plainWords, m *pairing) bool {
	da, db := a.of.descent(), b.of.descent()
	if da < 0 || db < 0 {
		return false
	}
	up, down := false, false
	for i := range a.n {
		if j := m.of[i]; j >= 0 && m.level[i][j] != NamesDiffer {
			before, after := int(a.index[i]) < da, int(b.index[j]) < db
			up, down = up || before && !after, down || !before && after
		}
	}
	return up && down
}

// descent gives the place of the first word for "son of" or "daughter of", -1 for none.
func (w *wholeName) descent() int {
	for i := range w.n {
		if w.words[i].kind == particleWord && descentWords[w.words[i].text] {
			return i
		}
	}
	return -1
}

// besides is what titles, particles and generations cost together.
func besides(x, y *wholeName) (price float64, conflict bool) {
	gx, gy := generationOf(x), generationOf(y)
	switch {
	case gx != gy && gx != 0 && gy != 0:
		price, conflict = priceConflict, true
	case gx != gy:
		price = priceGenerated
	}
	return price + min(missingFrom(x, y)+missingFrom(y, x), 3*priceParticle), conflict
}

func generationOf(w *wholeName) int {
	for i := w.n - 1; i > 0; i-- {
		if w.words[i].kind == generationWord {
			if g := generationNumber(w.words[i].text, i == w.n-1); g != 9 {
				return g
			}
		}
	}
	return 0
}

// missingFrom is the price of the particles and titles of x that y has not.
func missingFrom(x, y *wholeName) (price float64) {
	for i := range x.n {
		if k := x.words[i].kind; k != particleWord && k != titleWord {
			continue
		}
		found := false
		for j := range y.n {
			found = found || y.words[j].text == x.words[i].text
		}
		if !found {
			price += priceParticle
		}
	}
	return price
}
