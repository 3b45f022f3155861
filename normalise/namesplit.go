package normalise

import "strings"

// nameParts is a full name taken apart.
type nameParts struct {
	title, given, middle, surname, suffix string
	sure                                  bool // a comma or slash showed the order
}

// splitName parts a full name. Comma and slash put the surname first; without
// them the last word is the surname, with the particles before it, and the
// order is assumed: many names in the world put the family first. ok is false
// for a single word and for what has more commas than a name.
func splitName(full string) (p nameParts, ok bool) {
	p.title, full = cutTitle(full, 1)
	full, p.suffix = cutSuffix(full)
	switch {
	case strings.Contains(full, "/"):
		parts := strings.Split(full, "/")
		p.sure = true
		p.surname = strings.TrimSpace(parts[0])
		rest := strings.Fields(strings.Join(parts[1:], " "))
		p.forenames(rest)
		return p, p.surname != "" || len(rest) > 0
	case strings.Contains(full, ","):
		surname, rest, _ := strings.Cut(full, ",")
		if strings.Contains(rest, ",") {
			return p, false
		}
		p.sure = true
		p.surname = strings.TrimSpace(surname)
		title, rest := cutTitle(strings.TrimSpace(rest), 1)
		if title != "" && p.title == "" {
			p.title = title
		}
		p.forenames(strings.Fields(rest))
		return p, p.surname != ""
	}
	words := strings.Fields(full)
	switch len(words) {
	case 0:
		return p, false
	case 1:
		p.surname = words[0] // Mr Smith: a title alone shows that it is one
		return p, p.title != ""
	}
	last := len(words) - 1
	for last > 1 && surnamePart(strings.ToUpper(words[last-1])) {
		last--
	}
	if last == 1 && len(words) > 2 && p.title != "" && surnamePart(strings.ToUpper(words[0])) {
		last = 0 // Mr van der Berg
	}
	p.surname = strings.Join(words[last:], " ")
	p.forenames(words[:last])
	return p, true
}

func (p *nameParts) forenames(words []string) {
	if len(words) > 0 {
		p.given = words[0]
		p.middle = strings.Join(words[1:], " ")
	}
}

// cutTitle takes a title off the front when at least more words follow. Only
// words that are hardly ever names count: Master, Major, Earl, Dean, Syed and
// the like stay, and so do Fr and Sr, which are titles in a title field only.
func cutTitle(s string, more int) (title, rest string) {
	head, rest, ok := strings.Cut(s, " ")
	if !ok || strings.Count(rest, " ")+1 < more || len(head) > 9 {
		return "", s
	}
	switch strings.ToUpper(strings.TrimSuffix(head, ".")) {
	case "MR", "MRS", "MISS", "MS", "MX", "DR", "DOCTOR", "PROF", "PROFESSOR", "REV", "REVD", "REVEREND", "SIR", "LADY", "LORD", "DAME",
		"IMAM", "RABBI", "PC", "SGT", "CLLR", "CAPT":
		return Code("title", strings.TrimSuffix(head, ".")).Canonical, strings.TrimSpace(rest)
	}
	return "", s
}

// cutSuffix takes Jr, Snr and the like off the end.
func cutSuffix(s string) (rest, suffix string) {
	i := strings.LastIndexAny(s, " ,")
	if i <= 0 {
		return s, ""
	}
	switch strings.ToUpper(strings.TrimSuffix(s[i+1:], ".")) {
	case "JR", "JNR", "JUNIOR", "SNR", "II", "III", "ESQ", "OBE", "MBE", "CBE", "QPM", "PHD":
		return strings.TrimRight(s[:i], " ,"), Code("suffix", s[i+1:]).Canonical
	}
	return s, ""
}

// otherName is a second name found inside a name field.
type otherName struct {
	text     string
	previous bool // née or formerly
	marked   bool // in brackets or quotes: another form of the field it stands in
}

// cutOther takes a second name out of a name: "Robert (Bob)", `Robert "Bob"`,
// "Smith aka Jones", "Smith née Jones". ok is false when there is none, when
// nothing would be left of the first, or when what stands in the marks is no name.
func cutOther(s string) (rest string, other otherName, ok bool) {
	if strings.IndexByte(s, ' ') < 0 {
		return s, other, false
	}
	if rest, other, ok = cutMarked(s); ok {
		return rest, other, true
	}
	words := strings.Fields(s)
	for i := 1; i < len(words)-1; i++ {
		previous := false
		n := 1
		switch strings.ToUpper(strings.Trim(words[i], ".:,")) {
		case "AKA", "A.K.A", "A/K/A", "ALIAS":
		case "NEE", "NÉE", "F/K/A", "FKA", "FORMERLY", "PREVIOUSLY":
			previous = true
		case "ALSO":
			if i+3 >= len(words) || !strings.EqualFold(words[i+1], "known") || !strings.EqualFold(words[i+2], "as") {
				continue
			}
			n = 3
		default:
			continue
		}
		text := strings.Trim(strings.Join(words[i+n:], " "), " .,:")
		rest := strings.Trim(strings.Join(words[:i], " "), " ,")
		if !wordsOnly(text) || rest == "" {
			return s, other, false
		}
		return rest, otherName{text: text, previous: previous}, true
	}
	return s, other, false
}

func cutMarked(s string) (rest string, other otherName, ok bool) {
	for _, marks := range [...]string{"()", "[]", "{}", `""`, "''"} {
		i := strings.IndexByte(s, marks[0])
		if i < 0 || marks == "''" && i > 0 && s[i-1] != ' ' {
			continue
		}
		j := strings.IndexByte(s[i+1:], marks[1])
		if j < 1 {
			continue
		}
		end := i + 1 + j
		if marks == "''" && end+1 < len(s) && s[end+1] != ' ' {
			continue // O'Neill and 'twas: apostrophes, not quotes
		}
		text := strings.TrimSpace(s[i+1 : end])
		rest := strings.Trim(strings.TrimSpace(s[:i])+" "+strings.TrimSpace(s[end+1:]), " ")
		for _, word := range [...]string{"NÉE ", "NEE ", "née ", "nee ", "Née ", "Nee ", "formerly ", "FORMERLY ", "Formerly "} {
			if t, found := strings.CutPrefix(text, word); found {
				text, other.previous = strings.TrimSpace(t), true
			}
		}
		for _, word := range [...]string{"AKA ", "aka ", "Aka ", "a.k.a. "} {
			text = strings.TrimPrefix(text, word)
		}
		if rest == "" || !wordsOnly(text) || !wordsOnly(rest) && strings.ContainsAny(rest, marks) {
			continue
		}
		other.text, other.marked = text, !other.previous
		return rest, other, true
	}
	return s, other, false
}

// wordsOnly says whether a text may be a name: letters, no digits or marks, no
// word that describes or stands for nothing.
func wordsOnly(s string) bool {
	if s == "" || len(s) > 60 || strings.ContainsAny(s, `0123456789()[]{}"/@#+=<>?*_:;,&`) {
		return false
	}
	switch strings.ToUpper(strings.Trim(s, ".")) {
	case "DECEASED", "DECD", "DEC'D", "DEC", "JNR", "JR", "SNR", "JUNIOR", "SENIOR", "POLICE", "MR", "MRS", "MISS", "MS", "DR", "WEAK", "?":
		return false
	}
	r := readName(s, true)
	return r.Status == Valid && r.Canonical != ""
}
