package dedupe

import (
	"slices"
	"strings"

	"leds.internal/ledsq/normalise"
)

// The prices of a pair of words, from 0 for one word to priceDiffers.
const (
	priceInitial  = 0.25 // J for John: agrees, and tells little
	priceSpelling = 0.06 // one sound in two spellings: Philip and Filip
	priceShort    = 0.5  // three letters or more that the other begins with
	priceHomonym  = 0.4  // one reading, other signs
	maxHeard      = 24   // letters of a word up to which its sound is looked at
	priceBySound  = 0.9  // sounds alike, and is spelt quite otherwise

	// An edit weighs by the square of the part of the word that it changes, so that
	// the budget follows from the length: one letter of ten is a slip (0.09), one of
	// six a doubt (0.25), one of three another name (1).
	editSteepness = 9
)

var linkPrices = map[string]float64{"strong": 0.1, "medium": 0.2, "weak": 0.4}

// priceOf gives what a pair of plain words costs, and how they agree.
func priceOf(x, y *nameWord) (float64, NameLevel) {
	if x.native != "" && y.native != "" {
		return priceSigns(x, y)
	}
	if x.text == y.text {
		if x.other != y.other {
			return 0.01, NamesTransliterated
		}
		return 0, NamesSame
	}
	if len(x.text) == 1 || len(y.text) == 1 {
		if x.text[0] == y.text[0] {
			return priceInitial, NamesInitials
		}
		return priceDiffers, NamesDiffer
	}
	price, level := priceSpelt(x, y)
	if price, level = priceHeard(x, y, price, level); price >= 1 {
		level = NamesDiffer
	}
	if strength, _, ok := normalise.NameLink(x.text, y.text); ok && linkPrices[strength] < price {
		price, level = linkPrices[strength], NamesVariant
	}
	a, b := x.text, y.text
	if len(a) > len(b) {
		a, b = b, a
	}
	if price > priceShort && len(a) >= 3 && len(b) > len(a)+1 && strings.HasPrefix(b, a) {
		price, level = priceShort, NamesAlike
	}
	return price, level
}

// priceSigns compares words of signs that are syllables or more: one sign of
// three is a third of the name.
func priceSigns(x, y *nameWord) (float64, NameLevel) {
	if x.native == y.native {
		return 0, NamesSame
	}
	var a, b nameRunes
	a.set(x.native)
	b.set(y.native)
	price, level := priceEdits(editCost(&a, &b, plainEdits), max(a.n, b.n)), NamesAlike
	if x.text == y.text && price > priceHomonym {
		price, level = priceHomonym, NamesSound
	}
	if price >= 1 {
		level = NamesDiffer
	}
	return price, level
}

func priceEdits(cost float64, length int) float64 {
	r := cost / float64(length)
	return min(editSteepness*r*r, priceDiffers)
}

// priceSpelt compares by spelling, and by the spelling of its sounds.
func priceSpelt(x, y *nameWord) (float64, NameLevel) {
	costs := letterEdits
	if x.other != y.other {
		costs = transliteratedEdits
	}
	var a, b nameRunes
	a.set(x.text)
	b.set(y.text)
	cost := editCost(&a, &b, costs)
	common := affixes(x.text, y.text)
	price, level := priceEdits(cost, max(a.n, b.n)-common), NamesAlike
	if cost <= 1 && price < 0.7 {
		level = NamesLetterApart
	}
	if x.key == y.key {
		if price > priceSpelling {
			price = priceSpelling
		}
		if cost > 1 || x.other != y.other {
			level = NamesTransliterated
		}
		return price, level
	}
	if price > priceSpelling {
		var ka, kb nameRunes
		ka.set(x.key)
		kb.set(y.key)
		if p := priceEdits(editCost(&ka, &kb, costs), max(ka.n, kb.n, common+2)-common) + priceSpelling; p < price {
			price = p
		}
	}
	return price, level
}

// priceHeard lowers the price of words that sound alike: by how much depends on
// how much the code keeps of a word.
func priceHeard(x, y *nameWord, price float64, level NameLevel) (float64, NameLevel) {
	if price <= 0.1 || min(len(x.text), len(y.text)) < 3 || max(len(x.text), len(y.text)) > maxHeard {
		return price, level
	}
	for _, w := range [...]*nameWord{x, y} {
		if w.sound == "" {
			w.sound = normalise.Skeleton(w.text)
		}
	}
	switch {
	case x.sound == y.sound && len(x.sound) >= 3:
		part := 0.5
		if x.other != y.other {
			part = 0.3
		}
		if price = min(price*part, priceBySound); level != NamesLetterApart {
			level = NamesSound
			if x.other != y.other {
				level = NamesTransliterated
			}
		}
	case price < 1.3 && soundsShared(x.text, y.text):
		if price *= 0.75; level != NamesLetterApart {
			level = NamesSound
		}
	}
	return price, level
}

func soundsShared(a, b string) bool {
	codes := normalise.DaitchMokotoff(b)
	return slices.ContainsFunc(normalise.DaitchMokotoff(a), func(c string) bool { return slices.Contains(codes, c) })
}

// affixes gives how many letters two words share that half a language's names
// have: Jónsdóttir and Tómasdóttir differ in all but those. What is left counts
// as one letter longer than it is.
func affixes(a, b string) (n int) {
	short := min(len(a), len(b))
	for _, w := range nameEndings {
		if len(w)+2 <= short && strings.HasSuffix(a, w) && strings.HasSuffix(b, w) {
			n = len(w) - 1
			break
		}
	}
	for _, w := range nameBeginnings {
		if len(w)+n+2 <= short && strings.HasPrefix(a, w) && strings.HasPrefix(b, w) {
			return n + len(w) - 1
		}
	}
	return n
}

// Endings and beginnings that make surnames, patronymics and given names; of
// those that fit, the longest stands first.
var (
	nameEndings = strings.Fields(`SDOTTIR DOTTIR OPOULOS POULOS SHVILI OVITCH EVITCH OVICH EVICH OVYCH OVNA EVNA SKAYA SKAIA ZADEH ULLAH SSON SKII SKIJ SKYI ENKO BERG MANN STEIN IDIS
		AKIS OGLU ESCU YAN IAN DZE ZAI PUR POUR SON SEN SKI SKY SKA OVA EVA INA`)
	nameBeginnings = strings.Fields(`ABDUL ABDEL ABDAL ABDUR ABDUS FITZ ABD MAC MC`)
)
