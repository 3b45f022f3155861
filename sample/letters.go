package sample

import (
	"strings"

	"leds.internal/ledsq/normalise"
)

// letters gives the letters A to Z of a name, as a driver number spells it. The
// common case, plain ASCII, doesn't go through normalise.Fold.
func letters(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c < 'A' || c > 'Z' && c < 'a' || c > 'z' {
			plain = false
			break
		}
	}
	if plain {
		return upper(s)
	}
	return strings.ReplaceAll(normalise.Fold(s), " ", "")
}

// upper is strings.ToUpper, which has no quick way for mixed case.
func upper(s string) string {
	b := make([]byte, len(s))
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 {
			return strings.ToUpper(s)
		}
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		b[i] = c
	}
	return string(b)
}

// plainLetters takes the accents off, as systems do that hold ASCII only.
func plainLetters(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return strings.Map(func(r rune) rune {
				if p, ok := accents[r]; ok {
					return p
				}
				return r
			}, s)
		}
	}
	return s
}

// accents maps letters with marks to those without.
var accents = func() map[rune]rune {
	m := map[rune]rune{}
	const pairs = "áaàaâaäaãaăaåaąaÁAÂAéeèeêeëeęeÉEíiìiîiïiÍIóoòoôoöoõoÓOúuùuûuüuÚUçcćcčcÇCñnńnłlŁLśsŚSșsȘSşsšsŠSźzżzžzŻZŽZțtȚTţtÖOÜUÄA"
	var last rune
	for i, r := range []rune(pairs) {
		if i%2 == 0 {
			last = r
		} else {
			m[last] = r
		}
	}
	return m
}()

func lowerCase(s string) string {
	b := make([]byte, len(s))
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 {
			return strings.ToLower(s)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b[i] = c
	}
	return string(b)
}
