package normalise

import (
	"unicode"
	"unicode/utf8"

	"github.com/gosimple/unidecode"
)

// transliterate appends the Latin spelling of a letter, digit or mark that the
// tables of fold.go do not have. The spelling is that of the library's one table
// for all scripts; a Chinese character has its commonest Mandarin reading. Within
// a word no spaces are put between characters, since Chinese given names are
// spelt in one (GB/T 28039).
//
// Marks are dropped where they are optional in writing: accents on Latin, Greek
// and Cyrillic letters, vowel points on Arabic and Hebrew ones, so that a name
// with and without them is the same. In the scripts of India and its neighbours
// they are the vowels, and stay. A letter that the table does not have is kept.
func transliterate(b []byte, r rune) []byte {
	if t, ok := arabic[r]; ok {
		return append(b, t...)
	}
	mark := unicode.IsMark(r)
	if mark && (r < 0x0900 || r >= 0x1AB0 && r < 0x1B00 || r >= 0x1DC0 && r < 0x1E00 || r >= 0x20D0 && r < 0x2100 || r >= 0x3000) {
		return b
	}
	t := unidecode.Unidecode(string(r))
	if t == "" && !mark {
		return utf8.AppendRune(b, unicode.ToUpper(r)) // not in the table
	}
	for i := 0; i < len(t); i++ {
		switch c := t[i]; {
		case c >= 'a' && c <= 'z':
			b = append(b, c-32)
		case isUpper(c) || isDigit(c):
			b = append(b, c)
		}
	}
	return b
}

// arabic corrects the table where it has marks for letters that are vowels or
// silent: ain and hamza have no letter in the usual English spellings, the final
// ta marbuta and alef maqsura are A.
var arabic = map[rune]string{
	'ا': "A", 'ع': "", 'ء': "", 'ة': "A", 'ى': "A", 'ے': "E", 'ی': "Y", 'ک': "K", 'ہ': "H", 'ھ': "H", 'ۃ': "A", 'ٱ': "A",
}
