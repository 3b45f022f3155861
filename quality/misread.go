package quality

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// misread says that a text holds UTF-8 that was read as Windows-1252: a run of
// characters beyond ASCII whose bytes make letters or quotation marks of UTF-8.
// Such runs do not come about in names: their first character is a capital with
// an accent and the next is none that follows one.
func misread(s string) bool {
	var run []byte
	for _, r := range s {
		if r < utf8.RuneSelf {
			if utf8Letters(run) {
				return true
			}
			run = run[:0]
			continue
		}
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			if r < 0x80 || r > 0x9F { // the five bytes that Windows-1252 does not define
				b = ' '
			} else {
				b = byte(r)
			}
		}
		run = append(run, b)
	}
	return utf8Letters(run)
}

// utf8Letters says that bytes hold a sequence of UTF-8 that stands for a letter
// of a European or Vietnamese alphabet, or for a quotation mark or dash.
func utf8Letters(b []byte) bool {
	for len(b) > 1 {
		r, n := utf8.DecodeRune(b)
		if n > 1 && (r <= 0x17F || r >= 0x218 && r <= 0x21B || r >= 0x1E00 && r <= 0x1EFF || r >= 0x2010 && r <= 0x2026) {
			return true
		}
		b = b[n:]
	}
	return false
}
