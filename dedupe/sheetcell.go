package dedupe

import (
	"bufio"
	"io"
	"strings"
)

// formula says whether a spreadsheet would take text for a formula, apostrophes
// before it left aside.
func formula(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0
}

// guard makes text safe to open in a spreadsheet; unguard undoes it.
func guard(s string) string {
	if formula(s) {
		return "'" + s
	}
	return s
}

// PlainCell takes away the apostrophe behind which a cell of a report hides text
// that a spreadsheet would take for a formula.
func PlainCell(s string) string { return unguard(s) }

func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && formula(rest) {
		return rest
	}
	return s
}

// skipMark gives a reader without the byte order mark it may begin with.
func skipMark(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if head, _ := b.Peek(3); string(head) == "\xef\xbb\xbf" {
		_, _ = b.Discard(3)
	}
	return b
}
