package table

import "strings"

// Guard makes a cell safe to open in a spreadsheet: what could be taken for a
// formula gets an apostrophe before it, which spreadsheets know as the mark of
// text. That is a cell that begins with = @ tab, carriage return, line feed or
// their full-width forms, or with + or - unless the rest is a number or a
// telephone number: +447700900123 and -0.5 stay as they are, for they do nothing
// and machines read them. A cell that has such an apostrophe already gets
// another, so that Unguard always gives back what was there.
func Guard(cell string) string {
	if formula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// Unguard takes off what Guard put on.
func Unguard(cell string) string {
	if Guarded(cell) {
		return cell[1:]
	}
	return cell
}

// Guarded says whether a cell looks as Guard leaves it.
func Guarded(cell string) bool {
	return len(cell) > 1 && cell[0] == '\'' && formula(strings.TrimLeft(cell, "'"))
}

func formula(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '=', '@', '\t', '\r', '\n':
		return true
	case '+', '-':
		return !number(s[1:])
	case 0xef: // the first byte of full-width forms
		for _, wide := range [...]string{"＝", "＠", "＋", "－"} {
			if strings.HasPrefix(s, wide) {
				return true
			}
		}
	}
	return false
}

// number says whether text is digits and what stands between them, with an
// extension of a telephone number at its end.
func number(s string) bool {
	for _, ext := range [...]string{";ext=", " ext ", " ext. ", " x"} {
		if before, after, ok := strings.Cut(s, ext); ok && strings.Trim(after, "0123456789") == "" {
			s = before
			break
		}
	}
	return strings.Trim(s, "0123456789 .,()-") == ""
}
